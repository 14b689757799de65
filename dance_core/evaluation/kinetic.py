"""Kinetic features: 72 numbers that say how much each joint moves.

After Onuma, Faloutsos and Hodgins ("FMDistance", 2008) as fairmotion and the AIST++ scorers compute them: for
each of SMPL's 24 joints the mean squared horizontal speed, the mean squared vertical speed and the mean
size of the acceleration, all averaged over a window of ±2 frames at 60 frames a second.

Two flavours. The scorers that fairmotion, AIST++ and Bailando released hold a slip in the acceleration: the
second of two velocities divides only one of its two positions by Δt, so that the third number of each joint
is about 3540 × its mean distance from the origin. `compat` repeats that, because tables made with them can't
be compared without; `fixed` has the acceleration that was meant.

Lodge counts otherwise (`lodge_kinetic_features`): 22 joints, seen from the root, 30 frames a second that are
each taken to last 1/60 s, so that its speeds come out twice as high.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.places import lodge_joints, smpl_joints, zero_started
from dance_core.motion.motion import Motion

FPS = 60.0  # the features are defined at this rate only
WINDOW = 2  # frames each way


def kinetic_features(motion: Motion, fixed: bool = False) -> np.ndarray:
    """(72,) features of a dance, brought to 60 frames a second, its first root at the origin."""
    return kinetic_from(zero_started(smpl_joints(motion, FPS)), fixed)


def lodge_kinetic_features(motion: Motion) -> np.ndarray:
    """(66,) features as Lodge's code has them for FineDance, of a dance at any frame rate."""
    return kinetic_from(lodge_joints(motion))


def kinetic_from(places: np.ndarray, fixed: bool = False) -> np.ndarray:
    """(3·J,) for joints (T, J, 3) m, Y up, at 60 frames a second: [horizontal, vertical, acceleration] each.

    m²/s², m²/s² and m/s². Raises ValueError for fewer than 3 frames.
    """
    p = np.asarray(places, np.float64)
    if len(p) < 3:
        raise ValueError(f"{len(p)} frames, expected at least 3")
    velocity = _window_mean(np.diff(p, axis=0), 1, len(p)) * FPS
    second = np.diff(p, n=2, axis=0) * FPS
    if not fixed:  # v2 - v1 = Δ²p/Δt + (1/Δt - 1)·p
        second = second + (FPS - 1.0) * p[1:-1]
    acceleration = _window_mean(second, 1, len(p)) * FPS
    horizontal = (velocity[..., [0, 2]] ** 2).sum(-1).mean(0)
    vertical = (velocity[..., 1] ** 2).mean(0)
    expenditure = np.linalg.norm(acceleration, axis=-1).mean(0)
    return np.stack([horizontal, vertical, expenditure], -1).ravel()


def _window_mean(values: np.ndarray, first: int, frames: int) -> np.ndarray:
    """Means over ±WINDOW around frames 1 … frames-1, of those that exist; values[0] belongs to `first`."""
    total = np.concatenate([np.zeros_like(values[:1]), np.cumsum(values, 0)])
    i = np.arange(1, frames) - first
    low, high = np.clip(i - WINDOW, 0, len(values)), np.clip(i + WINDOW + 1, 0, len(values))
    return (total[high] - total[low]) / (high - low)[:, None, None]
