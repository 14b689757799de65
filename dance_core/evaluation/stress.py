"""Stress tests of any generator: what it does where music does what songs seldom do.

    jumps     the tempo jumps: frames until the dance follows (following)
    covers    one song slower and faster: slope of step rate to tempo (covers)
    seeds     how unlike other seeds' dances to one song are, beside other songs' (unlike)
    limbs     three minutes: are limbs as long as the dancer's, and stay so (limbs)

After the stress tests of HOT-dance's authors. Songs are the Studio's, their beats exactly known and given as
they are; every dance begins in the same pose. Nothing here prints: see stress_report.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.gallery import gallery
from dance_core.corpus.studio.song_styles import SONG_STYLES
from dance_core.corpus.studio.songwriter import StudioSong, write_song
from dance_core.evaluation.covers import (
    RATES,
    Cover,
    Slope,
    cover,
    rest_rate,
    slope,
    step_rate,
    warped,
)
from dance_core.evaluation.following import Following, following
from dance_core.evaluation.limbs import Boned, Limbs, limbs
from dance_core.evaluation.making import Kept, Wish, make, making_digest, weights_digest
from dance_core.evaluation.phaselock import Track, spliced_track, steady_track
from dance_core.evaluation.unlike import Unlike, unlike
from dance_core.generators.base import Generator
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.extract import extract_features
from dance_core.music.features import Features
from dance_core.settings import Settings

Report = Callable[[str, int, int], None]
Dancer = tuple[str, int, int]  # style, song, seed
_LONG_SONG = 900  # its seed, as in protocol.py


@dataclass(frozen=True)
class Asked:
    """What the tests do; the same values give the same table."""

    seeds: int = 3  # songs of each style for jumps and covers; seeds that dance to one song
    seconds: float = 24.0  # of a song; of one that jumps, half before and half after
    styles: tuple[str, ...] = ("gHO", "gMH", "gLO")
    jumps: tuple[tuple[float, float], ...] = ((90.0, 140.0), (140.0, 90.0), (100.0, 120.0))  # BPM
    rates: tuple[float, ...] = RATES
    tempo: float = 105.0  # BPM of the song that is covered: 79 to 140
    songs: int = 2  # of each style that several seeds dance to
    long_seconds: float = 180.0  # of the dance whose limbs are measured


@dataclass(frozen=True, eq=False)
class Stress:
    """What came of it. slopes: (whose, of steps, of motion beats); limbs: nothing where there are no points.

    made_by: digests of the code and of the weights that danced.
    """

    asked: Asked
    generator: str
    title: str
    jumps: list[Following]
    slopes: list[tuple[str, Slope, Slope]]
    seeds: list[Unlike]
    limbs: list[Limbs]
    made_by: str


class StressTest:
    """Runs them. `report(title, done, total)` is told of every step.

    Args:
        kept: where dances are kept, so that a test that was stopped goes on where it was.
        people: dances of people, at least as long as half of `asked.seconds`: warped in time they are the
            covers' control.
    """

    def __init__(self, generator: Generator, asked: Asked, settings: Settings, kept: Kept,
                 people: Sequence[Motion] = (), report: Report = lambda *_: None) -> None:
        self.generator, self.asked, self.settings, self.kept = generator, asked, settings, kept
        self.people, self.report = people, report
        there = generator.needs.styles
        self.styles = [s for s in asked.styles if s in there] or list(there[:1])
        self._pose = next(iter(gallery().values())).motion

    def run(self) -> Stress:
        """Everything."""
        self.generator.load()
        name = self.generator.needs.name
        jumps = self.jumps()
        slopes, plain = self.covers()
        seeds = self.seeds(plain)
        return Stress(self.asked, name, self.generator.needs.title, jumps, slopes, seeds, self.limbs(),
                      f"{making_digest(name)} {weights_digest(name)}".strip())

    def _songs(self, count: int) -> list[tuple[str, int]]:
        return [(style, song) for style in self.styles for song in range(count)]

    def _wish(self, features: Features, beats: Beats, style: str, seed: int) -> Wish:
        return Wish(features, beats, style, self._pose, seed)

    def _dance(self, name: str, features: Features, beats: Beats, style: str, seed: int) -> Motion:
        wish = self._wish(features, beats, style, seed)
        return self.kept.made(f"stress-{name}-s{seed}", self.generator, wish, self.settings).motion

    # --- the tempo jumps ---

    def jumps(self) -> list[Following]:
        """A row for each jump."""
        a, songs = self.asked, self._songs(self.asked.seeds)
        steady: dict[float, list[tuple[Motion, Track]]] = {}
        tempos = sorted({tempo for jump in a.jumps for tempo in jump})
        for n, tempo in enumerate(tempos):
            for k, (style, song) in enumerate(songs):
                self.report("Dancing at one tempo", n * len(songs) + k, len(tempos) * len(songs))
                track = steady_track(_song_style(style), song, tempo, a.seconds)
                steady.setdefault(tempo, []).append(self._tracked(f"steady-{tempo:g}", style, song, track))
        found = []
        for n, jump in enumerate(a.jumps):
            dances = []
            for k, (style, song) in enumerate(songs):
                self.report("Dancing where the tempo jumps", n * len(songs) + k, len(a.jumps) * len(songs))
                track = spliced_track(_song_style(style), song, a.seconds, jump)
                dances.append(self._tracked(f"jump-{jump[0]:g}-{jump[1]:g}", style, song, track))
            found.append(following(dances, steady[jump[1]], [m for m, _ in steady[jump[0]]]))
        return found

    def _tracked(self, name: str, style: str, song: int, track: Track) -> tuple[Motion, Track]:
        name = f"{name}-{self.asked.seconds:g}-{style}-{song}"
        return self._dance(name, track.features, track.beats, style, song), track

    # --- covers ---

    def covers(self) -> tuple[list[tuple[str, Slope, Slope]], dict[Dancer, Motion]]:
        """Slopes of the dances and of the controls; and the dances to the songs as they are, by dancer.

        Controls: dances to the song as it is, another seed's for each cover (slope 0), and the first of them
        warped in time (slope 1).
        """
        a, songs = self.asked, self._songs(self.asked.seeds)
        covers, frozen, plain = [], [], {}
        for k, (style, song) in enumerate(songs):
            made, dances = self._written(style, song), []
            for n, rate in enumerate(a.rates):
                self.report("Dancing to covers", k * len(a.rates) + n, len(songs) * len(a.rates))
                dances.append(self._covered(cover(made.song, made.beats, rate), style, song, 0))
            covers.append(dances)
            as_it_is = cover(made.song, made.beats, 1.0)
            frozen.append([self._covered(as_it_is, style, song, seed) for seed in range(len(a.rates))])
            plain[style, song, 0] = frozen[-1][0]
        name = self.generator.needs.name
        rows = [(name, covers), (f"{name}, all to the song as it is", frozen),
                (f"{name}'s dance to it, warped in time", self._warped(list(plain.values())))]
        if self.people:
            rows.append(("people's dances, warped in time", self._warped(self.people)))
        return [(row, *(slope(a.rates, [[rate(m) for m in one] for one in dances])
                        for rate in (step_rate, rest_rate))) for row, dances in rows], plain

    def _warped(self, dances: Sequence[Motion]) -> list[list[Motion]]:
        return [[warped(m, rate) for rate in self.asked.rates] for m in dances]

    def _written(self, style: str, song: int) -> StudioSong:
        return write_song(_song_style(style), song, self.asked.seconds, self.asked.tempo)

    def _covered(self, one: Cover, style: str, song: int, seed: int, once_more: str = "") -> Motion:
        a = self.asked
        name = f"{once_more}cover-{a.tempo:g}-{one.rate:g}-{a.seconds:g}-{style}-{song}"
        return self._dance(name, one.features, one.beats, style, seed)

    # --- seeds ---

    def seeds(self, plain: dict[Dancer, Motion]) -> list[Unlike]:
        """How unlike dances of several seeds are; plain: those of the first."""
        songs = self._songs(min(self.asked.songs, self.asked.seeds))
        dances, again = {}, {}
        for k, (style, song) in enumerate(songs):
            made = self._written(style, song)
            one = cover(made.song, made.beats, 1.0)
            for seed in range(self.asked.seeds):
                self.report("Dancing with other seeds", k * self.asked.seeds + seed,
                            len(songs) * self.asked.seeds)
                dances[style, song, seed] = plain.get((style, song, seed)) or self._covered(
                    one, style, song, seed)
            again[style, song, 0] = self._covered(one, style, song, 0, "again-")
        return unlike(dances, again)

    # --- limbs ---

    def limbs(self) -> list[Limbs]:
        """A row for each subject that the generator can dance as; nothing where it makes no points."""
        if not isinstance(self.generator, Boned):
            return []
        style = self.styles[0]
        made = write_song(_song_style(style), _LONG_SONG, self.asked.long_seconds)
        wish = self._wish(extract_features(made.song, made.beats), made.beats, style, 0)
        found = []
        subjects = self.generator.subjects()
        for k, (name, rest) in enumerate(subjects.items()):
            self.report("Dancing as others", k, len(subjects))
            told: list[np.ndarray] = []
            dance = make(self.generator.telling_points(name, told.append), wish, self.settings)
            found.append(limbs(name, np.concatenate(told), rest, dance.motion.fps))
        return found


def _song_style(style: str) -> str:
    """The style of a Studio song for a dance of this style: its own, or house for those that have none."""
    return style if style in SONG_STYLES else "gHO"
