"""What the beat network hears: onsets, spectra and pitches in rows, fifty a second."""

from __future__ import annotations

import numpy as np

from dance_core.music.onsets import BANDS, FPS, PITCH_FPS, PITCHES, Onsets

NET_FPS = 50  # rows a second
LOUDEST = 4.0  # onset strength above which nothing more is told
TIMBRE = slice(0, 2 * BANDS)  # spectra of the two frames of a row, one after the other
HITS = slice(2 * BANDS, 2 * BANDS + 8)  # the four onset bands of both
TONES = slice(2 * BANDS + 8, 2 * BANDS + 8 + PITCHES)
INPUTS = 2 * BANDS + 8 + PITCHES


def net_inputs(onsets: Onsets) -> np.ndarray:
    """(T, 164) float32, T = frames / 2 rounded up; row i covers the frames 2i and 2i + 1. 0 is silence."""
    rows = (len(onsets) + 1) // 2
    even = np.minimum(2 * np.arange(rows), len(onsets) - 1)
    odd = np.minimum(even + 1, len(onsets) - 1)
    bands = np.clip(onsets.bands, -1.0, LOUDEST).astype(np.float32)
    at = np.minimum(even * PITCH_FPS // FPS, len(onsets.pitches) - 1)
    return np.concatenate(
        [onsets.timbre[even], onsets.timbre[odd], bands[even], bands[odd], onsets.pitches[at]],
        axis=1,
        dtype=np.float32,
    )
