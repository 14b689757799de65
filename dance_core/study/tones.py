"""A headphone check, made here: which of three tones is the quietest?

One tone is 6 dB quieter, one is in antiphase between the ears. Over headphones the first is the quietest;
over loudspeakers the second cancels out in the air (and, mixed to one channel, altogether). Five of six must
be right. After Woods et al. 2017, Attention, Perception & Psychophysics 79:2064-2072.
"""

from __future__ import annotations

import wave
from itertools import permutations
from pathlib import Path

import numpy as np

RATE = 16_000  # Hz; far above the tone's 200 Hz
PASS = 5  # right answers of the six
_HZ, _TONE_S, _GAP_S, _RAMP_S = 200.0, 1.0, 0.5, 0.1
_AMPLITUDE = 0.35
_QUIET = 0.5  # -6 dB


def sounds() -> list[tuple[np.ndarray, int]]:
    """The six sounds, each (N, 2) float in -1 to 1, and which tone is the quiet one (1 to 3)."""
    orders = permutations(("plain", "quiet", "antiphase"))
    return [(_sound(order), order.index("quiet") + 1) for order in orders]


def _sound(order: tuple[str, ...]) -> np.ndarray:
    t = np.arange(round(_TONE_S * RATE)) / RATE
    ramp = np.clip(np.minimum(t, t[::-1]) / _RAMP_S, 0, 1)
    tone = _AMPLITUDE * np.sin(2 * np.pi * _HZ * t) * np.sin(0.5 * np.pi * ramp) ** 2
    gap = np.zeros((round(_GAP_S * RATE), 2))
    parts = []
    for kind in order:
        both = np.stack([tone, tone], axis=1) * (_QUIET if kind == "quiet" else 1.0)
        parts += [both * (1.0, -1.0) if kind == "antiphase" else both, gap]
    return np.concatenate(parts[:-1])


def write_sound(samples: np.ndarray, path: Path) -> None:
    """(N, 2) samples as a stereo WAV of 16 bit: the six have the same number of bytes."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
