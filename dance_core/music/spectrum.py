"""Filter banks and short-time spectra that the features share.

Written out here (numpy and scipy.fft) rather than taken from librosa: librosa compiles with numba
for seconds on the first call of each machine, this is as fast the first time as the tenth.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft

A4_HZ = 440.0
A4_MIDI = 69
_BLOCK = 512  # frames per FFT call: keeps a ten-minute song under 40 MB of spectra


def frame_spectra(samples: np.ndarray, rows: int, size: int, hop: int, bank: np.ndarray,
                  first_centre: int = 0, power: float = 2.0) -> np.ndarray:
    """Filtered short-time spectra: (rows, filters) float32.

    samples: (N,) mono. Row i is the Hann window of `size` samples centred at sample
    first_centre + i·hop (zeros outside of the song), |FFT|**power, times `bank` (filters, size/2+1).
    """
    start = first_centre - size // 2
    stop = start + (rows - 1) * hop + size
    before, after = max(0, -start), max(0, stop - len(samples))
    padded = np.pad(np.asarray(samples, np.float32), (before, after))
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[start + before::hop][:rows]
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)).astype(np.float32)
    out = np.empty((rows, len(bank)), np.float32)
    transposed = np.ascontiguousarray(bank.T)
    for i in range(0, rows, _BLOCK):
        spectrum = np.abs(scipy.fft.rfft(frames[i:i + _BLOCK] * window, axis=1, workers=2))
        out[i:i + _BLOCK] = (spectrum if power == 1.0 else spectrum ** power) @ transposed
    return out


def _hz_to_mel(hz: np.ndarray | float) -> np.ndarray:
    """Slaney's mel scale: linear (3 mel per 200 Hz) below 1 kHz, 27 mel per factor 6.4 above."""
    hz = np.asarray(hz, np.float64)
    above = 15.0 + 27.0 * np.log(np.maximum(hz, 1.0) / 1000.0) / np.log(6.4)
    return np.where(hz < 1000.0, hz * 3 / 200, above)


def _mel_to_hz(mel: np.ndarray) -> np.ndarray:
    return np.where(mel < 15.0, mel * 200 / 3, 1000.0 * np.exp((mel - 15.0) * np.log(6.4) / 27.0))


@lru_cache(maxsize=8)
def mel_bank(rate: int, size: int, bands: int) -> np.ndarray:
    """(bands, size/2+1) float32 triangles of equal area, evenly spaced in Slaney's mels up to rate/2.

    The filter bank of Slaney's Auditory Toolbox (1998), which is also librosa's default.
    """
    edges = _mel_to_hz(np.linspace(0.0, _hz_to_mel(rate / 2), bands + 2))
    bins = np.fft.rfftfreq(size, 1 / rate)
    rise = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    fall = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    triangles = np.maximum(0.0, np.minimum(rise, fall))
    return (triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


@lru_cache(maxsize=8)
def semitone_bank(rate: int, size: int, octaves: int = 7, width: float = 0.3) -> np.ndarray:
    """(12·octaves, size/2+1) float32: means over a Gaussian around each semitone from C1 up.

    width: standard deviation in semitones. Tuned to A4 = 440 Hz. Row 12·o + c is pitch class c
    (0 = C) of octave 1 + o.
    """
    bins = np.fft.rfftfreq(size, 1 / rate)
    pitch = A4_MIDI + 12 * np.log2(np.maximum(bins, 1e-3) / A4_HZ)
    centres = 24 + np.arange(12 * octaves)
    bank = np.exp(-0.5 * ((pitch[None] - centres[:, None]) / width) ** 2)
    # At the bottom a semitone is narrower than a bin: don't let a far tail be blown up to a mean.
    return (bank / np.maximum(bank.sum(1, keepdims=True), 0.5)).astype(np.float32)


def decibels(power: np.ndarray, floor_below_peak: float = 80.0) -> np.ndarray:
    """10·log10(power), not lower than `floor_below_peak` dB under the loudest value; same shape."""
    level = 10.0 * np.log10(np.maximum(power, 1e-10))
    return np.maximum(level, level.max(initial=-100.0) - floor_below_peak)
