"""The same dance seen in a mirror: left becomes right."""

from __future__ import annotations

import numpy as np

from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import FACE_MIRROR, MIRROR


def mirror(motion: Motion) -> Motion:
    """Reflect a motion at the plane x = 0.

    Joints and face change sides; turns about y and z, and the root's x, change sign. Exact, because the rest
    skeleton is symmetric; twice is the identity, bit for bit.
    """
    flip = np.array([1.0, -1.0, -1.0], np.float32)
    rotations = motion.rotations[:, list(MIRROR)] * flip
    translation = motion.translation * np.array([-1.0, 1.0, 1.0], np.float32)
    return Motion(motion.fps, rotations, translation, motion.face[:, list(FACE_MIRROR)], motion.betas,
                  motion.parts)
