"""What begins when: how strongly notes and drum hits set in, a hundred times a second.

    song → spectra → rise of each band (flux) → four bands on a common scale

The tracker hears songs only through this; nothing later looks at samples again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.fft
import scipy.ndimage
import soxr

from dance_core.music.song import Song

FPS = 100  # frames a second: 10 ms, refined below a frame later
RATE = 20_000  # Hz; 200 samples a frame exactly, and hi-hats are still heard below 10 kHz
HOP = RATE // FPS
WINDOW = 1024  # samples, 51 ms: kick and bass apart, hits of fast rolls too
BANDS = 48  # mel bands of the spectra
BAND_EDGES = (0.0, 160.0, 500.0, 2200.0, 1e9)  # Hz: kick and bass, low voices, snare and voice, hi-hat
LOOK_BACK = 2  # frames that a rise is measured over
COMPRESS = 20.0  # a band as loud as the song's loud ones counts log(1 + 20)
LEVEL_WINDOW = 8 * FPS  # frames over which each band is brought to unit level
LEVEL_FLOOR = 0.15  # share of the whole song's level below which a quiet passage is not raised
CHUNK = 2048  # frames transformed at once, to keep memory flat

PITCH_FPS = 20
PITCH_RATE = 5_000
PITCH_WINDOW = 1024  # samples, 0.2 s
PITCHES = 60  # semitones from A1 (55 Hz)


@dataclass(frozen=True, eq=False)
class Onsets:
    """A song as the beat tracker hears it.

    Attributes:
        bands: (T, 4) float64, onset strength per band (`BAND_EDGES`), frame i at i / FPS seconds;
            about zero mean and unit deviation over any 8 s.
        timbre: (T, 48) float32, log mel spectra of the same frames.
        pitches: (U, 60) float32, log semitone spectra without their smooth part, PITCH_FPS a second.
        loudness: (T,) float64, level of the frame relative to the song's loudest, 0 to 1.
        duration: seconds.
    """

    bands: np.ndarray
    timbre: np.ndarray
    pitches: np.ndarray
    loudness: np.ndarray
    duration: float

    def __len__(self) -> int:
        return len(self.bands)

    @cached_property
    def strength(self) -> np.ndarray:
        """(T,) one onset curve: the bands together, the low one counted more (kicks mark beats)."""
        x = scipy.ndimage.gaussian_filter1d(self.bands @ np.array([1.0, 0.6, 0.6, 0.6]), 0.8)
        mean = scipy.ndimage.uniform_filter1d(x, 6 * FPS)
        power = scipy.ndimage.uniform_filter1d(x**2, 6 * FPS) - mean**2
        return (x - mean) / (np.sqrt(np.maximum(power, 0.0)) + 0.2 * x.std() + 1e-9)


def hear(song: Song) -> Onsets:
    """Everything that the tracker needs to know of a song."""
    mel = _spectra(song, RATE, HOP, WINDOW, _mel_filters())
    pitch = _spectra(song, PITCH_RATE, PITCH_RATE // PITCH_FPS, PITCH_WINDOW, _pitch_filters())
    timbre, pitches = _compressed(mel), _compressed(pitch)
    pitches = np.maximum(0.0, pitches - scipy.ndimage.uniform_filter1d(pitches, 13, axis=1))
    level = np.sqrt((mel.astype(np.float64) ** 2).mean(axis=1))
    return Onsets(_levelled(_band_flux(timbre)), timbre, pitches, level / (level.max() + 1e-12), song.duration)


def _spectra(song: Song, rate: int, hop: int, window: int, filters: np.ndarray) -> np.ndarray:
    """(T, F) float32 magnitudes through `filters` (bins, F); frame i is centred on i * hop / rate seconds."""
    x = song.samples
    if song.sample_rate != rate:
        x = soxr.resample(x, song.sample_rate, rate)
    frames = len(x) // hop + 1
    x = np.pad(x, (window // 2, window // 2 + hop))
    views = np.lib.stride_tricks.sliding_window_view(x, window)[::hop][:frames]
    taper = np.hanning(window + 1)[:-1].astype(np.float32)
    out = np.empty((frames, filters.shape[1]), np.float32)
    for a in range(0, frames, CHUNK):
        out[a:a + CHUNK] = np.abs(scipy.fft.rfft(views[a:a + CHUNK] * taper, axis=1, workers=2)) @ filters
    return out


def _mel_filters() -> np.ndarray:
    """(bins, BANDS) triangles from 30 to 9500 Hz, evenly spaced in mel, each at least a bin wide."""
    edges = 700.0 * (10.0 ** (np.linspace(_mel(30.0), _mel(9_500.0), BANDS + 2) / 2595.0) - 1.0)
    low, mid, high = edges[:-2], edges[1:-1], edges[2:]
    step = RATE / WINDOW
    low, high = np.minimum(low, mid - step), np.maximum(high, mid + step)
    f = np.fft.rfftfreq(WINDOW, 1.0 / RATE)[:, None]
    w = np.maximum(0.0, np.minimum((f - low) / (mid - low), (high - f) / (high - mid)))
    return (w / w.sum(axis=0)).astype(np.float32)


def _mel(hz: float | np.ndarray) -> float | np.ndarray:
    return 2595.0 * np.log10(1.0 + hz / 700.0)


def _band_centres() -> np.ndarray:
    return 700.0 * (10.0 ** (np.linspace(_mel(30.0), _mel(9_500.0), BANDS + 2)[1:-1] / 2595.0) - 1.0)


def _pitch_filters() -> np.ndarray:
    """(bins, PITCHES) triangles, a semitone apart, at least a bin wide."""
    f = np.fft.rfftfreq(PITCH_WINDOW, 1.0 / PITCH_RATE)[:, None]
    centre = 55.0 * 2.0 ** (np.arange(PITCHES) / 12.0)
    width = np.maximum(centre * (2.0 ** (1.0 / 12.0) - 1.0), PITCH_RATE / PITCH_WINDOW)
    return np.maximum(0.0, 1.0 - np.abs(f - centre) / width).astype(np.float32)


def _compressed(spectra: np.ndarray) -> np.ndarray:
    """Log magnitudes relative to the song's own loud parts, so that recording level does not matter."""
    level = spectra.max(axis=1)
    sounding = spectra[level > 0.003 * level.max()]  # silence between clicks says nothing of their level
    loud = float(np.percentile(sounding, 95.0)) if len(sounding) else 0.0
    loud = max(loud, 1e-9)
    return np.log1p(spectra * np.float32(COMPRESS / loud))


def _band_flux(timbre: np.ndarray) -> np.ndarray:
    """(T, 4) mean rise over LOOK_BACK frames, against the neighbouring bands too (vibrato is no onset).

    The idea is the SuperFlux of Boeck and Widmer (2013).
    """
    before = scipy.ndimage.maximum_filter1d(timbre, 3, axis=1)
    rise = np.zeros(timbre.shape, np.float64)
    rise[LOOK_BACK:] = np.maximum(0.0, timbre[LOOK_BACK:] - before[:-LOOK_BACK])
    centres = _band_centres()
    return np.stack([rise[:, (centres >= a) & (centres < b)].mean(axis=1)
                     for a, b in zip(BAND_EDGES[:-1], BAND_EDGES[1:], strict=True)], axis=1)


def _levelled(flux: np.ndarray) -> np.ndarray:
    """Each band without its local mean and at unit local level, so that a breakdown counts like a chorus."""
    mean = scipy.ndimage.uniform_filter1d(flux, LEVEL_WINDOW, axis=0)
    power = np.maximum(scipy.ndimage.uniform_filter1d(flux**2, LEVEL_WINDOW, axis=0), 0.0)
    floor = LEVEL_FLOOR * np.sqrt((flux**2).mean(axis=0)) + 1e-9
    return (flux - mean) / (np.sqrt(power) + floor)
