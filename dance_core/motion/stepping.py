"""Steps that a foot had better take: where it drifts while it stands, and where it is dragged."""

from __future__ import annotations

import numpy as np

from dance_core.motion import soles
from dance_core.motion.vectors import length

SLOW = 0.02  # m/s: of two points that are slower than this both stand
STILL = 0.002  # m: a stance that slides less than this in all is left alone
DRIFT = 0.015  # m: a stance that drifts further had better be two
STEP_S, STEP_HEIGHT = 0.27, 0.07  # s and m of a step; a lower one would look like a slide
MOST_STEPS = 3  # in one stance
ALOFT = 0.1  # m of drift that are better than a step while the other foot is in the air too
LOW, DRAG = 0.03, 0.05  # m: a foot this low that goes this far is dragged
TOUCH = 3  # frames that a dragged foot may stand between, and is dragged on
BESIDE = 2  # frames before and after in which it begins to rise, and comes down


def slowest(points: np.ndarray, on: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a foot moves from frame to frame while it stands: (T-1, 2), and whether it stands (T-1,).

    Points (T, 2, 2), contacts (T, 2). Who stands? The slower point, decidedly: a foot that turns on its ball
    is held there.
    """
    both = on[1:] & on[:-1]
    steps = np.diff(points, axis=0)
    slow = 1.0 / (np.square(steps).sum(-1) + SLOW**2) ** 3 * both
    share = slow / np.maximum(slow.sum(-1, keepdims=True), 1e-9)
    return (share[..., None] * steps).sum(1), both.any(-1)


def stepping(points: np.ndarray, on: np.ndarray, other: np.ndarray, fps: float, first: int,
             stop: int) -> np.ndarray:
    """When a foot that drifts while it stands had better step: (T,) share of a step's height, mostly 0.

    Takes those frames out of the contacts `on`. A step is where least drift is left before and after it, and
    where the other foot stands.

    Args:
        points: (T, 2, 2) m over the floor. on: (T, 2) contacts, changed.
        other: (T,) whether the other foot stands.
        first, stop: no frame before, and none from there on, is touched.
    """
    frames = round(STEP_S * fps)
    rise = _rise(frames)
    share = np.zeros(len(on))
    for _ in range(MOST_STEPS):
        moves, both = slowest(points * fps, on)
        stepped = False
        for a, b in soles.runs(both):
            way = np.concatenate([np.zeros((1, 2)), np.cumsum(moves[a:b], 0) / fps])  # frames a to b
            starts = np.arange(max(a, first), min(b + 1, stop) - frames + 1)
            if _drift(way) <= DRIFT or not len(starts):
                continue
            cost = [max(_drift(way[:k - a + 1]), _drift(way[k - a + frames - 1:]))
                    + ALOFT * float((~other[k:k + frames]).mean()) for k in starts]
            k = int(starts[np.argmin(cost)])
            if min(cost) > _drift(way) - STILL:
                continue
            on[k:k + frames] = False
            share[k:k + frames] = rise
            stepped = True
        if not stepped:
            break
    return share


def _drift(way: np.ndarray) -> float:
    """How far (N, 2) places ever get from the first, m."""
    return float(length(way - way[:1]).max(initial=0.0))


def lifting(points: np.ndarray, low: np.ndarray, on: np.ndarray, upright: np.ndarray, fps: float,
            first: int, stop: int) -> np.ndarray:
    """Where a foot that is dragged along the floor had better be lifted: (T,) share of a step's height.

    Takes those frames out of the contacts `on`. Who drags a foot on purpose drags it slowly, and keeps the
    contact; or sits.

    Args:
        points: (T, 2, 2) m over the floor. low: (T,) m, height of the lowest point. on: (T, 2) contacts,
            changed. upright: (T,) whether the dancer is on the feet.
        first, stop: no frame before, and none from there on, is touched.
    """
    share = np.zeros(len(on))
    near = (low < LOW) & upright
    dragged = near & ~on.any(-1)
    for a, b in soles.runs(near & ~dragged):
        if b - a <= TOUCH and a and dragged[a - 1] and dragged[b:b + 1].any():
            dragged[a:b] = True  # or one step would become two, with a stamp between
    dragged[:first] = dragged[stop:] = False
    for a, b in soles.runs(dragged):
        way = length(points[b - 1] - points[a]).min()
        if way < DRAG:
            continue
        a, b = max(first, a - BESIDE), min(stop, b + BESIDE)
        on[a:b] = False
        share[a:b] = np.maximum(share[a:b], min(1.0, way / STEP_HEIGHT / 2) * _rise(b - a))
    return share


def _rise(frames: int) -> np.ndarray:
    """(frames,) up to 1 and down again, without speed or acceleration at both ends."""
    u = (np.arange(frames) + 1) / (frames + 1)
    return 64 * (u * (1 - u)) ** 3
