"""What a dancer hears of a song's form: eights, how loud each is, and which of them are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.beats import Beats
from dance_core.music.features import Features

EIGHT = 8  # counts
_FAST, _SLOW = 152.0, 62.0  # BPM: beyond these a dancer counts every second beat, or twice a beat


@dataclass(frozen=True, eq=False)
class Eight:
    """Eight counts of music.

    Attributes:
        start: count of its "one".
        energy: 0 to 1, against the rest of the song and against silence.
        part: number of the musical part that it sounds like; equal numbers sound alike.
        opens: it is the first of a new part.
    """

    start: float
    energy: float
    part: int
    opens: bool


def count_rate(tempo: float) -> float:
    """Counts a beat: 1, or 0.5 for music faster than dancers count, or 2 for very slow music."""
    return 0.5 if tempo > _FAST else 2.0 if 0 < tempo < _SLOW else 1.0


def counts_of(beats: Beats, frames: int, fps: float = 30.0) -> np.ndarray:
    """(frames,) running count at each frame; 0 on the first downbeat."""
    ones = np.flatnonzero(beats.bar_position == 1)
    first = float(ones[0]) if len(ones) else 0.0
    return (beats.phase(np.arange(frames) / fps) - first) * count_rate(beats.tempo)


def loudness_of(features: Features) -> np.ndarray:
    """(T,) 0 to 1: how loud the music is, smoothed over about a second."""
    loud = features.column("loudness").astype(np.float64)
    width = int(features.fps)
    kernel = np.hanning(2 * width + 1)
    padded = np.pad(loud, width, mode="edge")
    return np.clip(np.convolve(padded, kernel / kernel.sum(), mode="valid"), 0, 1)


def eights_of(features: Features, counts: np.ndarray) -> list[Eight]:
    """Cut the music into eights that cover every frame, the first may begin before the music does."""
    first = int(np.floor(counts[0] / EIGHT))
    last = int(np.floor(counts[-1] / EIGHT))
    rows = [np.flatnonzero((counts >= EIGHT * k) & (counts < EIGHT * (k + 1))) for k in range(first, last + 1)]
    loud = features.column("loudness").astype(np.float64)
    onset = features.column("onset_envelope").astype(np.float64)
    level = np.array([loud[r].mean() if len(r) else 0.0 for r in rows])
    drive = np.array([onset[r].mean() if len(r) else 0.0 for r in rows])
    energy = _energy(level, drive)
    parts = _parts(features, rows, energy)
    return [Eight(float(EIGHT * k), float(energy[i]), int(parts[i]), i == 0 or parts[i] != parts[i - 1])
            for i, k in enumerate(range(first, last + 1))]


def _energy(level: np.ndarray, drive: np.ndarray) -> np.ndarray:
    """Half how loud against the loudest part of the song, half how busy; 0 to 1."""
    def against(v: np.ndarray) -> np.ndarray:
        high, low = np.percentile(v, 92), np.percentile(v, 8)
        spread = max(high - low, 0.15 * max(high, 1e-6))  # an even song stays even
        return np.clip(0.72 + (v - high) / spread * 0.6, 0.0, 1.0)
    return np.clip(0.55 * against(level) + 0.45 * against(drive), 0.0, 1.0) * np.clip(level * 4, 0, 1)


def _parts(features: Features, rows: list[np.ndarray], energy: np.ndarray) -> np.ndarray:
    """Number the eights by sound: one that is near an earlier one gets its number (greedy, in order)."""
    names = [n for n in features.names if n.startswith(("mfcc", "chroma"))]
    values = np.stack([features.column(n) for n in names], -1).astype(np.float64)
    means = np.stack([values[r].mean(0) if len(r) else values[0] for r in rows])
    spread = means.std(0) + 0.25 * values.std(0) + 1e-6
    point = np.concatenate([(means - means.mean(0)) / spread / np.sqrt(len(names)), 1.5 * energy[:, None]], -1)
    parts, centres = [], []
    for i, p in enumerate(point):
        far = [np.linalg.norm(p - c) for c in centres]
        stay = parts and np.linalg.norm(p - centres[parts[-1]]) < 1.15
        near = parts[-1] if stay else int(np.argmin(far)) if far and min(far) < 0.9 else len(centres)
        if near == len(centres):
            centres.append(p)
        else:
            centres[near] = 0.7 * centres[near] + 0.3 * p
        parts.append(near)
    return np.array(parts)
