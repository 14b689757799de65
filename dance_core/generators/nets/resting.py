"""Which of several windows rests more on the beats: dancers slow down where a beat falls."""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from torch import Tensor

from dance_core.corpus.phrases import SMOOTHING_S
from dance_core.generators.nets import fk
from dance_core.settings import MOTION_FPS


def mean_speed(rows: Tensor) -> Tensor:
    """(B, T-1) m/s, the body's mean joint speed between the frames of rows (B, T, ROW)."""
    return fk.velocities(rows, fk.places(rows)).norm(dim=-1).mean(-1)


def calm_speed(speed: np.ndarray) -> np.ndarray:
    """(..., T - 1) smoothed over time as far as the field smooths it to find rests."""
    return ndimage.gaussian_filter1d(speed.astype(float), SMOOTHING_S * MOTION_FPS, mode="nearest")


def most_on_the_beat(speed: np.ndarray, start: int, known: int, beats: np.ndarray) -> int:
    """Which try is slowest at the music's beats, against its own mean speed.

    Args:
        speed: (tries, T - 1) m/s, as from `mean_speed`.
        start: the music's frame at the first row.
        known: rows at the beginning that are the same in all tries; beats there are nobody's.
        beats: frames of the music, fractions too.
    """
    if known >= speed.shape[1]:
        return 0  # all of it is the same
    calm = calm_speed(speed)
    middles = start + 0.5 + np.arange(speed.shape[1])
    beats = beats[(beats > middles[max(known - 1, 0)]) & (beats < middles[-1])]
    if not len(beats):
        return 0
    there = np.array([np.interp(beats, middles, one).mean() for one in calm])
    return int(np.argmin(there / np.maximum(calm[:, known:].mean(1), 1e-6)))
