"""Where the joints are, at the frame rate that a measure is defined for."""

from __future__ import annotations

import numpy as np

from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.resample import resample
from dance_core.motion.skeleton import SMPL24


def at_rate(motion: Motion, fps: float) -> Motion:
    """The same dance at `fps`: frames left out on the way down, smooth curves between them on the way up."""
    return resample(motion, fps, smooth=True)


def smpl_joints(motion: Motion, fps: float | None = None) -> np.ndarray:
    """(T, 24, 3) m: SMPL's 24 joints in the world, at `fps` if that is given."""
    moved = motion if fps is None else at_rate(motion, fps)
    return kin.joints(moved, max(SMPL24) + 1)[:, list(SMPL24)]


def zero_started(joints: np.ndarray) -> np.ndarray:
    """Joints (T, J, 3) minus the first frame's root, as the field's scorers have them (height included)."""
    return joints - joints[:1, :1]
