"""What a dancer hears of a song's form: its phrases, how loud each is, and which of them are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.features import Features

EIGHT = 8  # counts


@dataclass(frozen=True, eq=False)
class Eight:
    """A phrase of music: eight counts, or six of bars of three.

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


def loudness_of(features: Features) -> np.ndarray:
    """(T,) 0 to 1: how loud the music is, smoothed over about a second."""
    loud = features.column("loudness").astype(np.float64)
    width = int(features.fps)
    kernel = np.hanning(2 * width + 1)
    padded = np.pad(loud, width, mode="edge")
    return np.clip(np.convolve(padded, kernel / kernel.sum(), mode="valid"), 0, 1)


def eights_of(features: Features, counts: np.ndarray, phrase: int = EIGHT) -> list[Eight]:
    """Cut the music into phrases of so many counts that cover every frame; the first may begin before it."""
    first = int(np.floor(counts[0] / phrase))
    last = int(np.floor(counts[-1] / phrase))
    rows = [
        np.flatnonzero((counts >= phrase * k) & (counts < phrase * (k + 1))) for k in range(first, last + 1)
    ]
    loud = features.column("loudness").astype(np.float64)
    onset = features.column("onset_envelope").astype(np.float64)
    level = np.array([loud[r].mean() if len(r) else 0.0 for r in rows])
    drive = np.array([onset[r].mean() if len(r) else 0.0 for r in rows])
    energy = _energy(level, drive)
    parts = _parts(features, rows, energy)
    return [
        Eight(float(phrase * k), float(energy[i]), int(parts[i]), i == 0 or parts[i] != parts[i - 1])
        for i, k in enumerate(range(first, last + 1))
    ]


def _energy(level: np.ndarray, drive: np.ndarray) -> np.ndarray:
    """Half how loud against the loudest part of the song, half how busy; 0 to 1.

    Half of each is the value itself, half its rank within the song, so that the chorus of a song that is
    mastered flat is still told from its verse; a song without any difference stays even.
    """

    def against(v: np.ndarray) -> np.ndarray:
        high, low = np.percentile(v, 92), np.percentile(v, 8)
        spread = max(high - low, 0.15 * max(high, 1e-6))
        value = np.clip(0.72 + (v - high) / spread * 0.6, 0.0, 1.0)
        rank = np.argsort(np.argsort(v)) / max(len(v) - 1, 1)
        uneven = np.clip((high - low) / (0.12 * max(high, 1e-6)), 0.0, 1.0)
        return value + 0.5 * uneven * (rank - value)

    return np.clip(0.5 * against(level) + 0.5 * against(drive), 0.0, 1.0) * np.clip(level * 4, 0, 1)


def _parts(features: Features, rows: list[np.ndarray], energy: np.ndarray) -> np.ndarray:
    """Number the eights by sound: cut where neighbours differ more than usual; like stretches share one."""
    names = [n for n in features.names if n.startswith(("mfcc", "chroma"))] + ["onset_envelope"]
    values = np.stack([features.column(n) for n in names], -1).astype(np.float64)
    means = np.stack(
        [
            np.r_[values[r].mean(0), values[r].std(0)] if len(r) else np.r_[values[0], 0 * values[0]]
            for r in rows
        ]
    )
    full = np.array([len(r) for r in rows]) >= 0.6 * max(len(r) for r in rows)  # the ends may be cut off
    full &= energy > 0.02
    usual = means[full] if full.sum() > 2 else means
    spread = usual.std(0) + 0.05 * np.r_[values.std(0), values.std(0)] + 1e-6
    point = np.concatenate(
        [(means - usual.mean(0)) / spread / np.sqrt(means.shape[1]), 2.0 * energy[:, None]], -1
    )
    step = np.linalg.norm(np.diff(point, axis=0), axis=-1)
    inner = step[full[1:] & full[:-1]]
    limit = max(1.25 * float(np.median(inner)), 0.35) if len(inner) else 0.35
    cuts = [0, *(i + 1 for i in range(len(step)) if step[i] > limit), len(rows)]
    parts, centres = np.zeros(len(rows), int), []
    for start, stop in zip(cuts[:-1], cuts[1:], strict=True):
        centre = point[start:stop].mean(0)
        far = [np.linalg.norm(centre - c) for c in centres]
        if not far or min(far) > 0.9 * limit:
            centres.append(centre)
            far = [*far, 0.0]
        parts[start:stop] = int(np.argmin(far))
    return parts
