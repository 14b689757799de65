"""Low-pass for motions, and how fast, how abruptly and how jerkily joints move."""

from __future__ import annotations

import numpy as np
from scipy import signal

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion


def low_pass(motion: Motion, cutoff: float, order: int = 4) -> Motion:
    """Zero-phase Butterworth low-pass of rotations, root and face: nothing is delayed.

    Rotations are filtered as sign-continuous quaternions and made unit again. Filtering runs forward and
    backward, so at `cutoff` (Hz) the gain is 1/2 and the order doubles.

    Raises ValueError if cutoff is not between 0 and half the frame rate.
    """
    if not 0 < cutoff < motion.fps / 2:
        raise ValueError(f"cutoff is {cutoff} Hz, expected more than 0 and less than {motion.fps / 2}")
    if len(motion) < 3:
        return motion
    sections = signal.butter(order, cutoff, fs=motion.fps, output="sos")
    pad = min(round(3 * motion.fps / cutoff), len(motion) - 1)

    def run(values: np.ndarray) -> np.ndarray:
        return signal.sosfiltfilt(sections, np.asarray(values, np.float64), axis=0, padlen=pad)

    q = run(rot.unroll(rot.quaternion_from_axis_angle(motion.rotations)))
    return Motion(motion.fps, rot.axis_angle_from_quaternion(q), run(motion.translation),
                  np.clip(run(motion.face), 0.0, 1.0) if motion.face.any() else motion.face,
                  motion.betas, motion.parts)


def differences(places: np.ndarray, fps: float, order: int = 1) -> np.ndarray:
    """Time derivative of order n of (T, …, 3), by differences: (T-n, …, 3), per sⁿ. Empty where T <= n."""
    return np.diff(np.asarray(places, np.float64), n=order, axis=0) * fps**order


def _size(motion: Motion, count: int, order: int) -> np.ndarray:
    return np.linalg.norm(differences(kin.joints(motion, count), motion.fps, order), axis=-1)


def joint_speed(motion: Motion, count: int = 22) -> np.ndarray:
    """(T-1, count) m/s of the first joints in the world; row t lies between frames t and t+1."""
    return _size(motion, count, 1)


def joint_acceleration(motion: Motion, count: int = 22) -> np.ndarray:
    """(T-2, count) m/s²; row t is at frame t+1."""
    return _size(motion, count, 2)


def joint_jerk(motion: Motion, count: int = 22) -> np.ndarray:
    """(T-3, count) m/s³; row t lies between frames t+1 and t+2."""
    return _size(motion, count, 3)


def angular_speed(motion: Motion, count: int = 55) -> np.ndarray:
    """(T-1, count) rad/s: how fast each joint turns relative to its parent, the short way round."""
    q = rot.quaternion_from_axis_angle(motion.rotations[:, :count])
    return rot.geodesic(q[:-1], q[1:]) * motion.fps
