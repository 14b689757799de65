"""Keypoints in a picture over time: where they are when they are not seen, and at other frame rates."""

from __future__ import annotations

import numpy as np

from dance_core.motion.openpose import DRAWN
from dance_core.motion.resample import cubic


def filled(places: np.ndarray, confidence: np.ndarray) -> np.ndarray:
    """(T, K, 2) places of every keypoint in every frame, seen (`DRAWN`) or not.

    Between two sights of it a keypoint goes straight, before the first and after the last it stands. One that
    is never seen is where the others are in the mean; where none ever is, all are at 0.
    """
    there = confidence >= DRAWN
    frames = np.arange(len(places))
    out, never = np.zeros(places.shape), []
    for k in range(places.shape[1]):
        at = np.flatnonzero(there[:, k])
        if len(at):
            out[:, k] = np.stack([np.interp(frames, at, places[at, k, i]) for i in range(2)], -1)
        else:
            never.append(k)
    if never and len(never) < places.shape[1]:
        out[:, never] = np.delete(out, never, 1).mean(1, keepdims=True)
    return out


def at_rate(values: np.ndarray, fps: float, rate: float) -> np.ndarray:
    """Values (T, …) at `fps` as they are at `rate` a second, on smooth curves; as many seconds of them."""
    count = max(1, round(len(values) * rate / fps))
    return cubic(values, np.clip(np.arange(count) * fps / rate, 0, len(values) - 1))
