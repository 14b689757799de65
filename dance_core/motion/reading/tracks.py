"""Keys of a glTF's animation, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.rates import COMMON

_SPARSE_KEYS = 12.0  # keys a second below which an animation is drawn at 30
_SAME_KEY = 1e-3  # of the time between two keys: times are written with the digits of float32


@dataclass(frozen=True, eq=False)
class Track:
    """Keys at times (K,) s: values (K, width), three rows a key where they are splines."""

    times: np.ndarray
    keys: np.ndarray
    interpolation: str

    def at(self, times: np.ndarray) -> np.ndarray:
        """Values (T, width), linear, stepped or on the spline; held at both ends."""
        values, count = self.keys, len(self.times)
        if self.interpolation == "CUBICSPLINE":
            values = values.reshape(count, 3, -1)
        if count == 1:
            return np.repeat(values[:1, 1] if values.ndim == 3 else values[:1], len(times), 0)
        t = np.clip(times, self.times[0], self.times[-1])
        low = np.clip(np.searchsorted(self.times, t, side="right") - 1, 0, count - 2)
        span = np.maximum(self.times[low + 1] - self.times[low], 1e-12)
        w = ((t - self.times[low]) / span)[:, None]
        if values.ndim == 3:
            a, b = values[low], values[low + 1]
            d = span[:, None]
            return ((2 * w**3 - 3 * w**2 + 1) * a[:, 1] + (w**3 - 2 * w**2 + w) * d * a[:, 2]
                    + (3 * w**2 - 2 * w**3) * b[:, 1] + (w**3 - w**2) * d * b[:, 0])
        if self.interpolation == "STEP":
            return np.where(w >= 1.0 - _SAME_KEY, values[low + 1], values[low])
        return values[low] * (1 - w) + values[low + 1] * w


class Tracks:
    """The keys of an animation for some nodes."""

    def __init__(self, tracks: dict[tuple[int, str], Track]) -> None:
        self.tracks = tracks

    def __len__(self) -> int:
        return len(self.tracks)

    @property
    def start(self) -> float:
        """Seconds of the first key."""
        return min(float(t.times[0]) for t in self.tracks.values())

    @property
    def stop(self) -> float:
        """Seconds of the last key."""
        return max(float(t.times[-1]) for t in self.tracks.values())

    @property
    def seconds(self) -> float:
        """From the first to the last key."""
        return self.stop - self.start if self.tracks else 0.0

    def rate(self) -> float:
        """Frames a second, by the track with most keys; 30 where keys are far apart."""
        times = max((t.times for t in self.tracks.values()), key=len)
        steps = np.diff(times)
        steps = steps[steps > 1e-6]
        if not len(steps):
            return 30.0
        rate = 1 / float(np.median(steps))
        if rate < _SPARSE_KEYS:
            return 30.0
        near = min(COMMON, key=lambda r: abs(r - rate) / rate)
        return near if abs(near - rate) < 0.004 * rate else min(round(rate, 3), 240.0)

    def values(self, node: int, what: str, times: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
        """(T, 3) of a node."""
        track = self.tracks.get((node, what))
        return np.tile(otherwise, (len(times), 1)) if track is None else track.at(times)

    def rotation(self, node: int, times: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
        """(T, 4), w first."""
        track = self.tracks.get((node, "rotation"))
        if track is None:
            return np.tile(otherwise, (len(times), 1))
        if track.interpolation == "LINEAR" and len(track.times) > 1:
            q = rot.unroll(track.keys[:, [3, 0, 1, 2]])
            track = Track(track.times, q[:, [1, 2, 3, 0]], "LINEAR")
        q = track.at(times)[:, [3, 0, 1, 2]]
        return q / np.maximum(np.linalg.norm(q, axis=-1, keepdims=True), 1e-9)
