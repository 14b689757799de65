"""After the tempo jumps: how many frames until the dancer's beats fall on the new ones as when settled?

Where in a beat a dancer's motion beats come (0 = on it, ½ = between two) is told in songs of the new tempo: a
habit, with the precision that this dancer has when settled. Whoever pays no heed to the music comes anywhere.
After the jump the motion beats of all dances to such songs are put in one row by their time since the jump,
and the moment is looked for from which on they are better explained by the habit than by chance:

    until = argmax over u of  sum over motion beats later than u of log(habit(place in the beat) / 1)

That is the maximum likelihood of a change from one known distribution to another (Hinkley 1970). The time of
the last motion beat before it is the answer: 0 if the change comes at once, infinite if it never does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.evaluation.alignment import MATCH_S, motion_beats
from dance_core.evaluation.kinetic import FPS as SCORERS_RATE
from dance_core.evaluation.phaselock import Track
from dance_core.evaluation.places import at_rate
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.settings import MOTION_FPS

PLACES = 12  # parts of a beat that habits are told in
LEAST = 0.02  # nats a motion beat that a habit must tell from chance: else there is nothing to come to
REST_S = 4.0  # s that must be left after the moment found: a single lucky beat at the end is none
DRAWS = 1000  # of the bootstrap over dances


@dataclass(frozen=True, eq=False)
class Placed:
    """The motion beats of a dance: when, times (N,) s from a jump; where in a beat, place (N,) 0 to 1;
    whether on it, 70 ms near: on (N,) bool."""

    times: np.ndarray
    place: np.ndarray
    on: np.ndarray

    @classmethod
    def of(cls, rests: np.ndarray, beats: Beats, start: float = 0.0) -> Placed:
        """Motion beats `rests` (N,) s from `start` on; their times are counted from there."""
        rests = rests[rests > start + MATCH_S]  # the beat of the jump itself is on both grids
        near = np.abs(rests[:, None] - beats.times).min(1, initial=np.inf)
        return cls(rests - start, beats.phase(rests) % 1.0, near <= MATCH_S)


def share(placed: Sequence[Placed]) -> float:
    """Share of the motion beats of some dances that are on the beat; nan without any."""
    on = np.concatenate([p.on for p in placed]) if placed else np.zeros(0, bool)
    return float(on.mean()) if len(on) else float("nan")


def by_chance(beats: Beats) -> float:
    """Share that would be on the beat by chance."""
    return min(1.0, 2 * MATCH_S / float(np.median(np.diff(beats.times))))


def habit(placed: Sequence[Placed]) -> np.ndarray:
    """(PLACES,) how often motion beats come in each part of a beat, by how often they would by chance.

    One more is counted in each part than there is, and neighbours are averaged (¼, ½, ¼): few tell little.
    """
    place = np.concatenate([p.place for p in placed]) if placed else np.zeros(0)
    counts = np.bincount(_part(place), minlength=PLACES) + 1.0
    smooth = counts / 2 + (np.roll(counts, 1) + np.roll(counts, -1)) / 4
    return smooth * PLACES / smooth.sum()


def _part(place: np.ndarray) -> np.ndarray:
    """Part of the beat; the first has its middle on the beat."""
    return np.floor(place * PLACES + 0.5).astype(int) % PLACES


def moment(placed: Sequence[Placed], settled: np.ndarray, end: float) -> float:
    """Seconds from the jump until the motion beats come as when settled; inf: never.

    See the module. settled: see `habit`. end: s, how long the dances go on after the jump.
    """
    if not placed or (settled * np.log(settled)).mean() < LEAST:
        return float("inf")
    times = np.concatenate([p.times for p in placed])
    order = np.argsort(times, kind="stable")
    times = times[order]
    told = np.log(settled)[_part(np.concatenate([p.place for p in placed])[order])]
    # gained[k]: with the first k beats left out
    gained = np.append(np.cumsum(told[::-1])[::-1], 0.0)
    gained = np.where(np.append(0.0, times) <= end - REST_S, gained, -np.inf)
    k = int(np.argmax(gained))
    if gained[k] <= 0.0:
        return float("inf")
    return float(times[k - 1]) if k else 0.0


@dataclass(frozen=True)
class Following:
    """What dances do when the tempo jumps; shares of their motion beats that are on the beat.

    Attributes:
        name: of the songs. dances: how many.
        settled: in songs of the new tempo. chance: of anybody.
        before: before the jump. after: all after it. old: after it, on the old beats as if nothing had
            changed. old_chance: of anybody on those.
        frames: at 30 a second, from the jump until they follow; inf: never. low, high: its 95 % interval.
        ignoring: the same for dances to songs whose tempo did not jump: inf, or the measure is none.
    """

    name: str
    dances: int
    settled: float
    chance: float
    before: float
    after: float
    old: float
    old_chance: float
    frames: float
    low: float
    high: float
    ignoring: float


def carried_on(track: Track) -> Beats:
    """The beats before a jump, going on at their tempo to the end of the song."""
    kept = track.beats.times[track.beats.times < _jump(track) - 0.05]
    step = float(np.median(np.diff(kept)))
    times = np.concatenate([kept, np.arange(kept[-1] + step, len(track.features) / MOTION_FPS, step)])
    per_bar = track.beats.beats_per_bar
    return Beats(times, np.arange(len(times)) % per_bar + 1, 60.0 / step, 1.0, per_bar)


def following(dances: Sequence[tuple[Motion, Track]], settled: Sequence[tuple[Motion, Track]],
              unmoved: Sequence[Motion]) -> Following:
    """What dances to songs whose tempo jumps do.

    Args:
        dances: to songs of one jump.
        settled: of the same dancer to songs of the new tempo.
        unmoved: as many to songs of the old tempo, measured against the songs that jump.

    Raises ValueError for none, or another number of the last.
    """
    if not dances or not settled:
        raise ValueError("no dance to measure")
    tracks = [t for _, t in dances]
    rests = [_rests(m) for m, _ in dances]
    after = [Placed.of(r, t.beats, _jump(t)) for r, t in zip(rests, tracks, strict=True)]
    before = [Placed.of(r[r < _jump(t)], t.beats) for r, t in zip(rests, tracks, strict=True)]
    old = [Placed.of(r, carried_on(t), _jump(t)) for r, t in zip(rests, tracks, strict=True)]
    ignoring = [Placed.of(_rests(m), t.beats, _jump(t)) for m, t in zip(unmoved, tracks, strict=True)]
    steady = [Placed.of(_rests(m), t.beats) for m, t in settled]
    level, first = habit(steady), tracks[0]
    end = min(m.duration - _jump(t) for m, t in dances)
    rng = np.random.default_rng(0)
    drawn = [moment([after[i] for i in rng.integers(len(after), size=len(after))], level, end)
             for _ in range(DRAWS)]
    low, high = np.percentile(drawn, [2.5, 97.5], method="nearest") * MOTION_FPS
    return Following(first.name, len(dances), share(steady),
                     by_chance(first.beats.between(_jump(first) - 0.05, np.inf)), share(before), share(after),
                     share(old), by_chance(carried_on(first)), moment(after, level, end) * MOTION_FPS,
                     float(low), float(high), moment(ignoring, level, end) * MOTION_FPS)


def _rests(motion: Motion) -> np.ndarray:
    return motion_beats(at_rate(motion, SCORERS_RATE))


def _jump(track: Track) -> float:
    if track.jump is None:
        raise ValueError(f"the tempo of {track.name} does not jump")
    return track.jump
