"""Where the joints are, at the frame rate that a measure is defined for."""

from __future__ import annotations

import numpy as np

from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.resample import resample
from dance_core.motion.skeleton import BODY, SMPL24


def at_rate(motion: Motion, fps: float) -> Motion:
    """The same dance at `fps`: frames left out on the way down, smooth curves between them on the way up."""
    return resample(motion, fps, smooth=True)


def smpl_joints(motion: Motion, fps: float | None = None) -> np.ndarray:
    """(T, 24, 3) m: SMPL's 24 joints in the world, at `fps` if that is given."""
    moved = motion if fps is None else at_rate(motion, fps)
    return kin.joints(moved, max(SMPL24) + 1)[:, list(SMPL24)]


def zero_started(joints: np.ndarray) -> np.ndarray:
    """Joints (T, J, 3) minus the first frame's root, height included, as Bailando's scorer has them."""
    return joints - joints[:1, :1]


def lodge_joints(motion: Motion) -> np.ndarray:
    """(T, 22, 3) m at 30 frames a second as Lodge's scorer has them: the root from where it began, the others
    from the root of their frame."""
    places = zero_started(kin.joints(at_rate(motion, 30.0), BODY))
    places[:, 1:] -= places[:, :1]
    return places
