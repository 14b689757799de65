"""The floor that a dancer stands on: one height for a whole motion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dance_core.motion.motion import Motion
from dance_core.motion.soles import BALL, UNDER_ANKLE, sole_points

_STANDING = 0.3  # m/s: a sole point slower than this stands
_HOP, _FEW = 0.12, 5  # m; frames


def floor_of(motion: Motion) -> float:
    """Height in m of the floor that the dancer seems to stand on.

    It is where the lower foot usually stands: the median height of its sole while it is slow and not more
    than 12 cm above the lowest. So neither a hop nor a single bad frame moves it.
    """
    points = sole_points(motion)[:, :, [UNDER_ANKLE, BALL]]
    low = points[..., 1].min((1, 2))
    if len(motion) < 2:
        return float(low[0])
    pace = np.linalg.norm(np.gradient(points, 1 / motion.fps, axis=0), axis=-1)
    which = points[..., 1].reshape(len(motion), -1).argmin(1)
    slow = np.take_along_axis(pace.reshape(len(motion), -1), which[:, None], 1)[:, 0] < _STANDING
    near = low < np.percentile(low, 2) + _HOP
    return float(np.median(low[slow & near] if (slow & near).sum() >= _FEW else low))


def on_floor(motion: Motion, centre: bool = True) -> Motion:
    """The same dance with its standing soles at y = 0 and, with `centre`, its first frame over x = z = 0."""
    start = motion.translation[0] if centre and len(motion) else np.zeros(3)
    move = np.array([start[0], floor_of(motion), start[2]], np.float32)
    return replace(motion, translation=motion.translation - move)
