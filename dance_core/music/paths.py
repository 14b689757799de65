"""Ways through time: from beat to beat with intervals that hardly change, and lines that hardly bend."""

from __future__ import annotations

import numpy as np


def change_costs(intervals: np.ndarray, reach: int, steadiness: float) -> np.ndarray:
    """(2 * reach + 1, n) cost of each interval (n,) after the one k - reach places away.

    steadiness: usual change between intervals, as a share.
    """
    log = np.log(intervals)
    n = len(log)
    costs = np.full((2 * reach + 1, n), 1e9)
    for k in range(-reach, reach + 1):
        i = np.arange(max(0, -k), min(n, n - k))
        costs[k + reach, i] = 0.5 * ((log[i + k] - log[i]) / steadiness) ** 2
    return costs


def walk_back(score: np.ndarray, back: np.ndarray, intervals: np.ndarray) -> np.ndarray:
    """Frames of the best path, first to last, that may end within an interval of the end.

    Args:
        score: (T, n) of the best path to a beat in a frame that an interval follows.
        back: (T, n) places of the interval before it. intervals: (n,) frames, rising.
    """
    frames = len(score)
    tail = np.arange(max(0, frames - int(intervals[-1])), frames)
    last = np.where(frames - tail[:, None] <= intervals + 1, score[tail], -np.inf)
    row, j = np.unravel_index(int(last.argmax()), last.shape)
    t, path = int(tail[row]), []
    while t >= 0:
        path.append(t)
        t -= int(intervals[j])
        if t >= 0:
            j = int(back[t, j])
    return np.array(path[::-1])


def bending(n: int, stiffness: float) -> np.ndarray:
    """(3, n) matrix of stiffness * sum (second difference)^2, upper form of solveh_banded."""
    bands = np.zeros((3, n))
    stencil = np.array([1.0, -2.0, 1.0])
    for offset in range(3):
        for i in range(3 - offset):
            bands[2 - offset, i + offset:n - 2 + i + offset] += stiffness * stencil[i] * stencil[i + offset]
    return bands
