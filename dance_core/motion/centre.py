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


def centred(motion: Motion, frame: int, fps: float) -> Motion:
    """One frame, of a motion of `fps`, with the pelvis over x = z = 0 and facing +Z; its height stays."""
    one = motion.slice(frame, frame + 1)
    q = rot.quaternion_from_axis_angle(one.rotations)
    q[:, 0] = rot.multiply(rot.quaternion_about("y", -rot.yaw_of(q[:, 0])), q[:, 0])
    place = one.translation * np.array([0.0, 1.0, 0.0], np.float32)
    return Motion(fps, rot.axis_angle_from_quaternion(q), place, one.face, one.betas, one.parts)
