"""Where the tempo of beats jumps, from one that was kept for a while to another that is."""

from __future__ import annotations

import math

import numpy as np

KEPT = 4  # beat intervals on either side: a missed or a doubled beat is no jump
LEAST = math.log(1.12)  # music that people play drifts by less within so few beats


def tempo_jumps(times: np.ndarray) -> list[tuple[int, float]]:
    """The beats from which on the tempo is another, by more than 12 %.

    All of the `KEPT` intervals before such a beat are nearer to their own median than to that of the `KEPT`
    after it, and the other way round.

    Args:
        times: (B,) s, rising.

    Returns:
        Index of the beat, and the interval after it in s; in order, `KEPT` beats apart at least.
    """
    steps = np.log(np.diff(times))
    if len(steps) < 2 * KEPT:
        return []
    runs = np.lib.stride_tricks.sliding_window_view(steps, KEPT)
    before, after = runs[:-KEPT], runs[KEPT:]
    old, new = np.median(before, 1), np.median(after, 1)
    by, middle = np.abs(new - old), ((old + new) / 2)[:, None]
    side = np.sign(new - old)[:, None]
    kept = ((before - middle) * side < 0).all(1) & ((after - middle) * side > 0).all(1) & (by > LEAST)
    found: list[int] = []
    for i in sorted(np.flatnonzero(kept), key=lambda i: -by[i]):
        if all(abs(i - j) >= KEPT for j in found):
            found.append(int(i))
    return [(i + KEPT, math.exp(new[i])) for i in sorted(found)]
