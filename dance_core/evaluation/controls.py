"""Dances that must fail: what a measure says about them tells whether it can be trusted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion

TREMBLE = 0.02  # rad, of every body joint in every frame: about 1.1°
TREMBLE_ROOT = 0.004  # m


def jittered(motion: Motion, seed: int = 0) -> Motion:
    """The dance with white noise on every body joint and the root: many more rests, no more rhythm."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, TREMBLE, (len(motion), 22, 3))
    q = rot.multiply(rot.quaternion_from_axis_angle(motion.rotations[:, :22]),
                     rot.quaternion_from_axis_angle(noise))
    rotations = motion.rotations.copy()
    rotations[:, :22] = rot.axis_angle_from_quaternion(q)
    place = motion.translation + rng.normal(0, TREMBLE_ROOT, motion.translation.shape)
    return replace(motion, rotations=rotations, translation=place)


def frozen(motion: Motion) -> Motion:
    """The first frame, all along."""
    one = motion.slice(0, 1)
    return Motion(motion.fps, np.repeat(one.rotations, len(motion), 0),
                  np.repeat(one.translation, len(motion), 0), np.repeat(one.face, len(motion), 0),
                  motion.betas, motion.parts)
