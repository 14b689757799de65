"""Where a video's poses hang together: cut at shot changes and where nobody is.

A shot change is a difference between the poses of two frames that no body makes. The idea is HOT-dance's
(arXiv 2512.11720), which tells no numbers: measure and threshold are our own.
"""

from __future__ import annotations

import numpy as np

from dance_core.motion.openpose import DRAWN

JUMP = 0.12  # of a body's height: points that go further between two frames are another shot
_FEW = 5  # points that must be seen in both frames to tell
MIN_SEEN = 0.6  # share of points that a clip must show


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """How far the points (18, 3) of a frame lie from those of another: the median way of those seen in both,
    as a share of the body's height in the picture; infinite where those are too few."""
    both = (first[:, 2] >= DRAWN) & (second[:, 2] >= DRAWN)
    if both.sum() < _FEW:
        return float("inf")
    a, b = first[both, :2], second[both, :2]
    height = max(float(np.linalg.norm(np.ptp(p, axis=0))) for p in (a, b))
    return float(np.median(np.linalg.norm(b - a, axis=1)) / max(height, 1e-9))


def jumped(first: np.ndarray | None, second: np.ndarray | None) -> bool:
    """Whether two frames next to each other belong to different shots; None is nobody."""
    if first is None or second is None:
        return (first is None) != (second is None)
    return difference(first, second) > JUMP


def whole_shots(points: np.ndarray, least: int) -> list[tuple[int, int]]:
    """(start, stop) of the stretches of points (T, 18, 3) with one person in one shot, of at least `least`
    frames, in which enough of the body is seen."""
    there = (points[..., 2] > 0).any(1)
    edges = [0]
    for t in range(1, len(points)):
        if there[t] != there[t - 1] or (there[t] and jumped(points[t - 1], points[t])):
            edges.append(t)
    edges.append(len(points))
    return [(a, b) for a, b in zip(edges, edges[1:], strict=False)
            if b - a >= least and there[a] and (points[a:b, :, 2] >= DRAWN).mean() >= MIN_SEEN]
