"""A motion whose beats are where one wants them."""

from __future__ import annotations

import numpy as np
from practice import stance

from dance_core.motion.motion import Motion


def resting_on(times: np.ndarray, seconds: float, fps: float = 30.0) -> Motion:
    """Goes up and down, at rest exactly at the given times (s)."""
    t = np.arange(round(seconds * fps)) / fps
    phase = np.interp(t, times, np.arange(len(times)))
    one = stance()
    place = np.repeat(one.translation, len(t), 0)
    place[:, 1] += 0.1 * np.cos(np.pi * phase)
    return Motion(fps, np.repeat(one.rotations, len(t), 0), place, np.zeros((len(t), 52)))
