"""Where frames face, and a frame as a first pose: in the middle of the stage, facing the front."""

from __future__ import annotations

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion


def heading_of(motion: Motion, frame: int = 0) -> float:
    """The heading of a frame's pelvis in rad: 0 = to the front (+Z), left positive."""
    return float(rot.yaw_of(rot.quaternion_from_axis_angle(motion.rotations[frame, 0])))


def headings_of(motion: Motion) -> np.ndarray:
    """(T,) the heading of every frame's pelvis in rad, each from -π to π."""
    return rot.yaw_of(rot.quaternion_from_axis_angle(motion.rotations[:, 0]))


def heading_between(there: np.ndarray, here: np.ndarray, weights: np.ndarray | float = 1.0) -> float:
    """Turn about Y (radians) that brings world rotations `here` (…, 4) nearest to `there` (…, 4) on average.

    The twist about Y of what turns one into the other; unlike a difference of two headings it is defined for
    those who lie or stand on their hands too. weights: (…) how much each pair counts.
    """
    between = rot.multiply(there, rot.inverse(here))
    # (w + iy)² has the angle of the twist, whichever sign the quaternion has
    return float(np.angle((weights * (between[..., 0] + 1j * between[..., 2]) ** 2).sum()))


def centred(motion: Motion, frame: int, fps: float) -> Motion:
    """One frame, of a motion of `fps`, with the pelvis over x = z = 0 and facing +Z; its height stays."""
    one = motion.slice(frame, frame + 1)
    q = rot.quaternion_from_axis_angle(one.rotations)
    q[:, 0] = rot.multiply(rot.quaternion_about("y", -rot.yaw_of(q[:, 0])), q[:, 0])
    place = one.translation * np.array([0.0, 1.0, 0.0], np.float32)
    return Motion(fps, rot.axis_angle_from_quaternion(q), place, one.face, one.betas, one.parts)
