"""Motions of which every measure is known, at any frame rate."""

from __future__ import annotations

import numpy as np
from practice import stance

from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import LEFT_SHOULDER, PELVIS, RIGHT_ELBOW, SPINE2


def held(seconds: float, fps: float = 30.0) -> Motion:
    """Standing at ease, held."""
    one, n = stance(), round(seconds * fps)
    return Motion(fps, np.repeat(one.rotations, n, 0), np.repeat(one.translation, n, 0), np.zeros((n, 52)))


def carried(seconds: float, path, fps: float = 30.0) -> Motion:
    """The same pose, its pelvis displaced by path(t) (T, 3) m: every joint does what the path does."""
    still = held(seconds, fps)
    t = np.arange(len(still)) / fps
    return Motion(fps, still.rotations, still.translation + path(t), still.face)


def rocking(fps: float = 30.0, seconds: float = 20.0) -> Motion:
    """Hips that travel to and fro, a chest that turns, arms that swing: all sines of 0.5 to 2 Hz."""
    moved = carried(seconds, lambda t: np.stack([0.3 * np.sin(np.pi * t), 0.05 * np.cos(4 * np.pi * t),
                                                 0.2 * np.sin(np.pi * t + 1)], -1), fps)
    t = np.arange(len(moved)) / fps
    q = rot.quaternion_from_axis_angle(moved.rotations)
    for joint, axis, size, rate in ((SPINE2, "y", 0.5, 1.0), (LEFT_SHOULDER, "z", 0.8, 2.0),
                                    (RIGHT_ELBOW, "y", 0.6, 1.5), (PELVIS, "y", 0.4, 0.5)):
        turn = rot.quaternion_about(axis, size * np.sin(2 * np.pi * rate * t))
        q[:, joint] = rot.multiply(turn, q[:, joint])
    return Motion(fps, rot.axis_angle_from_quaternion(q), moved.translation, moved.face)
