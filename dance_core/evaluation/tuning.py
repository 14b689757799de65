"""A generator with other numbers in how it dances, side by side: on val, so that the test clips stay unseen.

Quick: one dance a clip, the measures that such numbers move, and no controls. What a table of `protocol` says
about the chosen numbers is another matter.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from dance_core.corpus.pairs import Corpus
from dance_core.corpus.studio.gallery import gallery
from dance_core.errors import UserError
from dance_core.evaluation import measures, movement
from dance_core.evaluation.clips import Clip, choose_clips, spread_out
from dance_core.evaluation.distances import diversity, fid
from dance_core.evaluation.evaluator.judge import Heard, Judge, on_time, ranks, recall
from dance_core.evaluation.feet import foot_skating
from dance_core.evaluation.making import Wish, make, pace
from dance_core.generators.base import Generator
from dance_core.motion.motion import Motion
from dance_core.settings import Settings

POOL = 300  # dances of the training split that FID compares with, at the most
PEOPLE = "held-out dances"
_KINETIC = "kinetic_fixed"


@runtime_checkable
class Tunable(Protocol):
    """A generator that can dance with other numbers than those it came with."""

    def with_sampling(self, **changed: float) -> Generator:
        """The same weights with other numbers. ValueError for numbers that it hasn't, or can't change."""


@dataclass(frozen=True, eq=False)
class Tuned:
    """A row of the table.

    Attributes:
        name: what was changed, or `PEOPLE`.
        values: by measure; names and units as in columns.COLUMNS, and `pace`, seconds of dance a second.
    """

    name: str
    values: dict[str, float]


def combinations(changed: Mapping[str, Sequence[float]]) -> list[dict[str, float]]:
    """Every combination of the values, the first name varying slowest; [{}] for nothing."""
    return [dict(zip(changed, values, strict=True)) for values in itertools.product(*changed.values())]


def compare(generator: Generator, settings_of: Sequence[Mapping[str, float]], corpus: Corpus, count: int,
            seconds: float, settings: Settings, judge: Judge | None, split: str = "val",
            report: Callable[[str, int, int], None] = lambda *_: None) -> list[Tuned]:
    """Dance to `count` clips of a split with each of the settings; people's own dances are the first row.

    Raises:
        UserError: the generator has no such numbers, or the split no such clips.
    """
    if not isinstance(generator, Tunable):
        raise UserError(f"{generator.needs.name.capitalize()} has no numbers that can be changed.")
    try:
        dancers = [generator.with_sampling(**changed) for changed in settings_of]
    except ValueError as error:
        raise UserError(f"{str(error).capitalize()}.") from error
    clips = choose_clips(corpus, count, seconds, split)
    pool = _pool(corpus, seconds, report)
    poses = list(gallery().values())
    music = [judge.music(c.features) for c in clips] if judge else []
    rows = [Tuned(PEOPLE, _measured([c.motion for c in clips], clips, music, judge, pool))]
    for k, (dancer, changed) in enumerate(zip(dancers, settings_of, strict=True)):
        dancer.load()
        made = []
        for i, clip in enumerate(clips):
            report("Dancing", k * len(clips) + i, len(dancers) * len(clips))
            styles = dancer.needs.styles
            wish = Wish(clip.features, clip.beats, clip.style if clip.style in styles else styles[0],
                        poses[i % len(poses)].motion, i)
            made.append(make(dancer, wish, settings))
        values = _measured([m.motion for m in made], clips, music, judge, pool)
        rough = [r for m in made for r in movement.seam_roughness(m.motion, m.seams)]
        if rough:
            values["seam"] = float(np.mean(rough))
        values["pace"] = pace(made)
        rows.append(Tuned(", ".join(f"{n} {v:g}" for n, v in changed.items()) or "as it came", values))
    return rows


def _pool(corpus: Corpus, seconds: float, report: Callable[[str, int, int], None]) -> np.ndarray:
    frames = round(seconds * 30)
    chosen = spread_out([r for r in corpus.rows if r.split == "train"], frames, POOL)
    found = []
    for k, (row, n) in enumerate(chosen):
        report("Reading the corpus", k, len(chosen))
        motion = corpus.pair(row.id).motion.slice(n * frames, (n + 1) * frames)
        found.append(measures.Shape.of(motion).features[_KINETIC])
    return np.stack(found)


def _measured(motions: list[Motion], clips: list[Clip], music: list[Heard], judge: Judge | None,
              pool: np.ndarray) -> dict[str, float]:
    """Means over dances; distances and recall over the set."""
    each = [measures.rhythm(m, c.beats) | measures.hands_and_face(m)
            | {"jerk": movement.jerk(m), "speed": movement.mean_joint_speed(m),
               "away": movement.turned_away(m), "skating": foot_skating(m)}
            for m, c in zip(motions, clips, strict=True)]
    if judge:
        heard = [judge.dance(m)[0] for m in motions]
        for one, h, song, clip in zip(each, heard, music, clips, strict=True):
            one["on_time"] = float(on_time(h, song, clip.beats.tempo or 120.0))
    names = dict.fromkeys(name for one in each for name in one)
    found = {name: float(np.nanmean([one.get(name, np.nan) for one in each])) for name in names}
    if judge and len(clips) > 1:
        found["recall_1"] = recall(ranks(heard, music), 1)
    shapes = np.stack([measures.Shape.of(m).features[_KINETIC] for m in motions])
    if len(shapes) > 1 and len(pool) > 1:
        found |= {"fid_k_fixed": fid(shapes, pool), "div_k_fixed": diversity(shapes, pool)}
    return found
