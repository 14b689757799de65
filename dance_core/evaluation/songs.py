"""Songs that nobody prepared, danced to whole and judged one by one: a mean over clips hides the dance that
fails. Styles and first poses in turn, as people would try them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.pairs import Corpus
from dance_core.corpus.studio.gallery import gallery
from dance_core.corpus.studio.song_styles import SONG_STYLES
from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation import movement
from dance_core.evaluation.limits import Limits, check
from dance_core.evaluation.making import Made, Wish, make
from dance_core.evaluation.measures import rhythm
from dance_core.generators.base import Generator
from dance_core.longform.take import Fault
from dance_core.motion.contacts import stances
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.extract import extract_features
from dance_core.music.features import Features
from dance_core.settings import Settings

# Wanted: shares of dances that hold all limits and of stances without a slide; most time turned away.
HELD, STOOD, AWAY = 0.95, 0.95, 0.08
_FIRST_SEED = 700  # of songs that are written for this; demo songs and corpus have others


@dataclass(frozen=True, eq=False)
class Unprepared:
    """A song to dance to."""

    name: str
    features: Features
    beats: Beats


@dataclass(frozen=True)
class Danced:
    """How one dance went.

    Attributes:
        song, style: what was danced to, and how.
        faults: every stretch that breaks a physical limit (limits.check), seams included.
        slides: cm, of every stance.
        away: share of frames turned away from the front (movement.turned_away).
        through: share of frames with a hand through the body (movement.hands_through).
        jerk: m/s³, unfiltered.
        gain: BAS gain on the beats that the dance was made with.
    """

    song: str
    style: str
    faults: tuple[Fault, ...]
    slides: tuple[float, ...]
    away: float
    through: float
    jerk: float
    gain: float


@dataclass(frozen=True)
class Total:
    """What all dances of a generator come to.

    Attributes:
        held: dances that hold every limit. of: how many there are.
        stances: of all dances. slid: those in which the foot slides further than it may.
        worst: cm, the longest slide.
        away, through, jerk, gain: means over the dances, see Danced.
    """

    held: int
    of: int
    stances: int
    slid: int
    worst: float
    away: float
    through: float
    jerk: float
    gain: float

    @classmethod
    def of_all(cls, danced: Sequence[Danced]) -> "Total":
        """At least one dance."""
        slides = np.array([s for d in danced for s in d.slides] or [0.0])
        return cls(sum(not d.faults for d in danced), len(danced), sum(len(d.slides) for d in danced),
                   int((slides > Limits().slide).sum()), float(slides.max()),
                   *(float(np.mean([getattr(d, name) for d in danced]))
                     for name in ("away", "through", "jerk", "gain")))


def written(count: int, seconds: float, first: int = 0) -> Iterator[Unprepared]:
    """Songs of the Studio that are in no corpus, every style of song in turn, with their exact beats.

    first: number of the first of them.
    """
    keys = list(SONG_STYLES)
    for k in range(first, first + count):
        made = write_song(keys[k % len(keys)], _FIRST_SEED + k, seconds)
        yield Unprepared(f"{made.song.title} (written)", extract_features(made.song, made.beats), made.beats)


def dance_to(generator: Generator, songs: Sequence[Unprepared], settings: Settings,
             report: Callable[[int], None] = lambda done: None,
             keep: Callable[[int, Made], None] = lambda k, made: None) -> list[Danced]:
    """One dance a song; song k has style k, pose k and seed k, each in turn. `generator` is loaded.

    report: is told how many are done. keep: gets each dance with its k as soon as it is made.
    """
    poses, styles, found = list(gallery().values()), generator.needs.styles, []
    for k, song in enumerate(songs):
        report(k)
        pose = poses[k % len(poses)].motion
        wish = Wish(song.features, song.beats, styles[k % len(styles)], pose, seed=k)
        made = make(generator, wish, settings)
        keep(k, made)
        found.append(judged(song, wish.style, made.motion, made.seams, pose))
    return found


def judged(song: Unprepared, style: str, motion: Motion, seams: Sequence[tuple[int, int]],
           reference: Motion) -> Danced:
    """Measure one dance; `seams` are frames (start, stop), `reference` is the pose that it begins in."""
    limit, fps = Limits().seam, motion.fps
    seam_faults = tuple(Fault("seam", a / fps, b / fps, float(r), limit, "", "x") for (a, b), r
                        in zip(seams, movement.seam_roughness(motion, seams), strict=True) if r > limit)
    return Danced(song.name, style, check(motion, reference=reference).faults + seam_faults,
                  tuple(100 * s.slide for s in stances(motion)), movement.turned_away(motion),
                  movement.hands_through(motion), movement.jerk(motion, None),
                  rhythm(motion, song.beats)["bas_gain"])


def recorded_through(corpus: Corpus) -> float:
    """Share of the frames of a corpus' recorded dances with a hand through the body; nan without any."""
    shares = [(movement.hands_through(corpus.pair(r.id).motion), r.seconds)
              for r in corpus.rows if r.dance_kind == "real"]
    if not shares:
        return float("nan")
    values, seconds = zip(*shares, strict=True)
    return float(np.average(values, weights=seconds))
