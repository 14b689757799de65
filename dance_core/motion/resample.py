"""A motion at another frame rate, or at times of one's own choice (time-warping)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion


def resample(motion: Motion, fps: float, *, smooth: bool = False) -> Motion:
    """The same dance at `fps` frames a second; frame i is at i / fps s in both.

    The duration is kept to half a frame: round(T · fps / motion.fps) frames, at least 1; those behind the
    last given frame (less than one old frame of time) repeat it. At its own rate the motion itself comes
    back. Going down there is no low-pass: see `filters.low_pass` for motions that hold more than half the new
    rate.

    Args:
        smooth: see `sample`.

    Raises:
        ValueError: fps is not above 0, or the motion has no frame.
    """
    if not (np.isfinite(fps) and fps > 0):
        raise ValueError(f"fps is {fps}, expected more than 0")
    if fps == motion.fps:
        return motion
    count = max(1, round(len(motion) * fps / motion.fps))
    return sample(motion, np.arange(count) / fps, fps, smooth=smooth)


def sample(motion: Motion, times: ArrayLike, fps: float, *, smooth: bool = False) -> Motion:
    """The poses at times (N,) s of the motion, as a motion of N frames at `fps`.

    Between two frames rotations are slerped and the root is linear, so that a foot that stands in both stands
    between them too. With `smooth`, both follow cubic curves instead (Catmull-Rom on the root and on
    sign-continuous quaternions): no steps in velocity when going up in rate. The face is linear, always.
    Times before the first or after the last frame give that frame.

    Raises ValueError if the motion has no frame or a time is not finite.
    """
    t = np.asarray(times, np.float64)
    if len(motion) == 0:
        raise ValueError("the motion has 0 frames, expected at least 1")
    if t.ndim != 1 or not np.isfinite(t).all():
        raise ValueError(f"times have shape {t.shape} or are not finite")
    last = len(motion) - 1
    # exact frames stay exact although i / fps · fps may miss i by one bit
    place = np.clip(np.round(t * motion.fps, 9), 0, last)
    low = np.minimum(place.astype(int), max(last - 1, 0))
    high = np.minimum(low + 1, last)
    w = place - low
    q = rot.unroll(rot.quaternion_from_axis_angle(motion.rotations))
    if smooth:
        q = cubic(q, place)
        turned = q / np.linalg.norm(q, axis=-1, keepdims=True)
        root = cubic(motion.translation.astype(np.float64), place)
    else:
        turned = rot.slerp(q[low], q[high], w[:, None])
        root = _linear(motion.translation, low, high, w)
    rotations = rot.axis_angle_from_quaternion(turned).astype(np.float32)
    exact = w == 0
    rotations[exact] = motion.rotations[low[exact]]
    return Motion(fps, rotations, root, _linear(motion.face, low, high, w), motion.betas, motion.parts)


def _linear(values: np.ndarray, low: np.ndarray, high: np.ndarray, w: np.ndarray) -> np.ndarray:
    w = w[:, None]
    return values[low] * (1 - w) + values[high] * w


def cubic(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Values (N, …) at fractional frames (T,) from 0 to N - 1: a curve through all of them, as (T, …).

    Cubic between two frames, with the mean slope of its neighbours at each (Catmull and Rom, 1974) and
    one-sided slopes at the ends.
    """
    last = len(values) - 1
    low = np.minimum(place.astype(int), max(last - 1, 0))
    if last == 0:
        return values[low]
    slope = np.gradient(values, axis=0)
    high = low + 1
    w = (place - low).astype(values.dtype).reshape(-1, *[1] * (values.ndim - 1))
    return ((2 * w**3 - 3 * w**2 + 1) * values[low] + (w**3 - 2 * w**2 + w) * slope[low]
            + (3 * w**2 - 2 * w**3) * values[high] + (w**3 - w**2) * slope[high])
