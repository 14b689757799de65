"""How a dancer counts a stretch of music, and how much energy each count has."""

from __future__ import annotations

import numpy as np

from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import MOTION_FPS

BAR = 4  # counts
_FAST_BEAT, _SLOW_BEAT = 0.36, 0.86  # s: counts shorter or longer than this are not danced
_RATHER_FAST = 0.41  # s: below this, beats are counted by twos now and then
_BY_TWOS = 0.3


def music_counts(beats: Beats, frames: int, per_beat: float = 1.0) -> tuple[np.ndarray, int]:
    """Times in s of the counts to dance on, from before the first frame to behind the last, and the place
    of the first in its bar of four (0 to 3).

    per_beat: 1; 0.5 where a count is two beats, 2 where a beat is two counts.
    """
    end = frames / MOTION_FPS
    low, high = np.floor(beats.phase(np.array([0.0]))[0]) - 1, np.ceil(beats.phase(np.array([end]))[0]) + 1
    ones = np.flatnonzero(beats.bar_position == 1)
    one = float(ones[0]) if len(ones) else 0.0
    counts = np.arange(np.floor((low - one) * per_beat), np.ceil((high - one) * per_beat) + 1)
    return beat_time(beats, counts / per_beat + one), int(counts[0]) % BAR


def beat_time(beats: Beats, count: np.ndarray) -> np.ndarray:
    """Inverse of Beats.phase: times in s of running beat counts."""
    b = beats.times
    if len(b) < 2:
        return (b[0] if len(b) else 0.0) + np.asarray(count) / 2.0
    t = np.interp(count, np.arange(len(b)), b)
    t = np.where(count < 0, b[0] + count * (b[1] - b[0]), t)
    return np.where(count > len(b) - 1, b[-1] + (count - len(b) + 1) * (b[-1] - b[-2]), t)


def counts_per_beat(tempo: float, rng: np.random.Generator) -> float:
    """How a dancer counts music of this tempo: each beat, now and then every second or twice a beat."""
    beat = 60.0 / max(tempo, 1.0)
    if beat < _FAST_BEAT:
        return 0.5
    if beat > _SLOW_BEAT:
        return 2.0
    if beat < _RATHER_FAST and rng.random() < _BY_TWOS:
        return 0.5
    return 1.0


def energy_of(features: Features, times: np.ndarray) -> np.ndarray:
    """(C,) -1 to 1: how loud and busy the music is around each count, against the rest of the stretch."""
    loud = features.column("loudness").astype(np.float64)
    busy = features.column("onset_envelope").astype(np.float64)
    curve = (loud - loud.mean()) / (loud.std() + 0.03) + 0.5 * (busy - busy.mean()) / (busy.std() + 0.1)
    width = int(features.fps)
    smooth = np.convolve(np.pad(curve, width, mode="edge"), np.hanning(2 * width + 1) / width, mode="valid")
    return np.clip(np.interp(times, np.arange(len(curve)) / features.fps, smooth), -1, 1)
