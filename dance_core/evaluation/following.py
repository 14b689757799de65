"""After the tempo jumps: how many frames until the dancer's beats fall on the new ones as when settled?

A motion beat is on the beat if a music beat is within 70 ms. Whoever pays no heed to the music has 2 · 70 ms
of each beat by chance; a dancer who has settled has what the same dancer reaches in songs of the new tempo.
After the jump the motion beats of all dances to such songs are put in one row by their time since the jump,
and the moment is looked for from which on they are better explained by the settled share than by chance:

    until = argmax over u of  sum over motion beats later than u of (on the beat - (chance + settled) / 2)

That is the least-squares estimate of a step from one known level to another (Hinkley 1970, for known means).
The time of the last beat before it is the answer: 0 if the step comes at once, infinite if it never does.
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

LEAST = 0.05  # share by which settled dancers must be above chance: else there is nothing to come to
REST_S = 4.0  # s that must be left after the moment found: a single lucky beat at the end is none
DRAWS = 1000  # of the bootstrap over dances


@dataclass(frozen=True, eq=False)
class Placed:
    """The motion beats of a dance by when they come: times (N,) s from a jump, on (N,) bool."""

    times: np.ndarray
    on: np.ndarray

    @classmethod
    def of(cls, motion: Motion, beats: Beats, start: float = 0.0) -> "Placed":
        """Those of a dance from `start` s on; their times are counted from there."""
        rests = motion_beats(at_rate(motion, SCORERS_RATE))
        rests = rests[rests > start + MATCH_S]  # the beat of the jump itself is on both grids
        near = np.abs(rests[:, None] - beats.times).min(1, initial=np.inf)
        return cls(rests - start, near <= MATCH_S)


def share(placed: Sequence[Placed]) -> float:
    """Share of the motion beats of some dances that are on the beat; nan without any."""
    on = np.concatenate([p.on for p in placed]) if placed else np.zeros(0, bool)
    return float(on.mean()) if len(on) else float("nan")


def by_chance(beats: Beats) -> float:
    """Share that would be on the beat by chance."""
    return min(1.0, 2 * MATCH_S / float(np.median(np.diff(beats.times))))


def moment(placed: Sequence[Placed], chance: float, settled: float, end: float) -> float:
    """Seconds from the jump until the motion beats are on the beat as when settled; inf: never.

    See the module. end: s, how long the dances go on after the jump.
    """
    if not placed or not settled - chance >= LEAST:
        return float("inf")
    times = np.concatenate([p.times for p in placed])
    order = np.argsort(times, kind="stable")
    times, on = times[order], np.concatenate([p.on for p in placed])[order]
    # gained[k]: with the first k beats left out
    gained = np.append(np.cumsum((on - (chance + settled) / 2)[::-1])[::-1], 0.0)
    allowed = np.append(0.0, times) <= end - REST_S
    gained = np.where(allowed, gained, -np.inf)
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
    after = [Placed.of(m, t.beats, _jump(t)) for m, t in dances]
    before = [Placed.of(m.slice(0, round(_jump(t) * m.fps)), t.beats) for m, t in dances]
    old = [Placed.of(m, carried_on(t), _jump(t)) for m, t in dances]
    level = share([Placed.of(m, t.beats) for m, t in settled])
    first = dances[0][1]
    chance = by_chance(first.beats.between(_jump(first) - 0.05, np.inf))
    end = min(m.duration - _jump(t) for m, t in dances)
    ignoring = [Placed.of(m, t.beats, _jump(t)) for m, (_, t) in zip(unmoved, dances, strict=True)]
    rng = np.random.default_rng(0)
    drawn = [moment([after[i] for i in rng.integers(len(after), size=len(after))], chance, level, end)
             for _ in range(DRAWS)]
    low, high = np.percentile(drawn, [2.5, 97.5], method="nearest") * MOTION_FPS
    return Following(first.name, len(dances), level, chance, share(before), share(after), share(old),
                     by_chance(carried_on(first)), moment(after, chance, level, end) * MOTION_FPS, float(low),
                     float(high), moment(ignoring, chance, level, end) * MOTION_FPS)


def _jump(track: Track) -> float:
    if track.jump is None:
        raise ValueError(f"the tempo of {track.name} does not jump")
    return track.jump
