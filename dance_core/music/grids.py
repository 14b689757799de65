"""Grids of beats that a song may be meant in, from one that was found: half, twice, a third on, and so on.

A tracker that errs is seldom wrong altogether: it taps every other beat, between the beats, on the swung
note, or in threes where the song is in twos. All of these are relatives of the grid that it found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.beat_net import FASTEST, SLOWEST

OPENING = 0.06  # s before the first sample in which a beat counts as one on it
NEAR = 0.07  # s: beats of two grids that are meant to be the same
SAME = 0.97  # share of such beats from which two grids are one
# Beats of the found grid from one beat to the next, and from its first to the relative's first.
RELATIVES: tuple[tuple[float, float], ...] = (
    (1.0, 0.0), (1.0, 1 / 2), (1.0, 1 / 3), (1.0, 2 / 3),
    (1 / 2, 0.0), (2.0, 0.0), (2.0, 1.0),
    (2 / 3, 0.0), (2 / 3, 1 / 3), (3 / 2, 0.0), (3 / 2, 1 / 2), (3 / 2, 1.0),
    (1 / 3, 0.0), (3.0, 0.0), (3.0, 1.0), (3.0, 2.0),
)


@dataclass(frozen=True, eq=False)
class Grid:
    """times: (B,) s, at least two, rising. Relative `relative` of `RELATIVES` of tracker `source`."""

    times: np.ndarray
    source: int
    relative: int


def relatives(times: np.ndarray, duration: float, source: int) -> list[Grid]:
    """All relatives of a grid (B,) at a pace that people tap, from the song's beginning to its end.

    A beat that would fall a little before the first sample is one on it.
    """
    pace = float(np.median(np.diff(times)))
    first_pace, last_pace = float(np.median(np.diff(times[:5]))), float(np.median(np.diff(times[-5:])))
    before = max(1, int(np.ceil((times[0] + OPENING) / first_pace)) + 1)
    after = max(1, int(np.ceil((duration - times[-1]) / last_pace)) + 1)
    longer = np.concatenate([times[0] + first_pace * np.arange(-before, 0), times,
                             times[-1] + last_pace * np.arange(1, after + 1)])
    count = np.arange(-before, len(times) + after)
    out = []
    for k, (step, first) in enumerate(RELATIVES):
        if not (k == 0 or SLOWEST <= 60.0 / (pace * step) <= FASTEST):
            continue
        places = np.arange(first - step * np.floor((before + first) / step), len(times) + after - 1, step)
        found = np.interp(places, count, longer)
        found = found[(found >= -OPENING) & (found < duration)]
        if len(found) >= 2:
            out.append(Grid(_from_zero(found), source, k))
    return out


def _from_zero(times: np.ndarray) -> np.ndarray:
    """Rising times whose first may lie before 0, or on 0 beside another one."""
    found = np.maximum(times, 0.0)
    return found[np.diff(found, append=np.inf) > OPENING] if found[0] == 0.0 else found


def agreement(a: np.ndarray, b: np.ndarray) -> float:
    """F-measure of two grids, 0 to 1, beats within `NEAR`."""
    if not len(a) or not len(b):
        return 0.0
    return 2.0 * float((_distance(a, b) <= NEAR).sum()) / (len(a) + len(b))


def _distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(A,) from each of a to the nearest of b, rising."""
    at = np.searchsorted(b, a)
    return np.minimum(np.abs(a - b[np.minimum(at, len(b) - 1)]), np.abs(a - b[np.maximum(at - 1, 0)]))


def distinct(grids: list[Grid]) -> list[Grid]:
    """Without those that an earlier one equals."""
    out: list[Grid] = []
    for grid in grids:
        if not any(abs(len(grid.times) - len(kept.times)) <= 2 + 0.03 * len(kept.times)
                   and agreement(grid.times, kept.times) >= SAME for kept in out):
            out.append(grid)
    return out
