"""What begins when: how strongly notes and drum hits set in, a hundred times a second.

    song → spectra → rise of each band (flux) → four bands on a common scale

The tracker hears songs only through this; nothing later looks at samples again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import scipy.ndimage
import soxr

from dance_core.music.song import Song
from dance_core.music.spectrum import frame_spectra

FPS = 100  # frames a second: 10 ms, refined below a frame later
RATE = 20_000  # Hz; 200 samples a frame exactly, and hi-hats are still heard below 10 kHz
WINDOW = 1024  # samples, 51 ms: kick and bass apart, hits of fast rolls too
BANDS = 48  # mel bands of the spectra
BAND_EDGES = (0.0, 160.0, 500.0, 2200.0, 1e9)  # Hz: kick and bass, low voices, snare and voice, hi-hat
LOOK_BACK = 2  # frames that a rise is measured over
COMPRESS = 20.0  # a band as loud as the song's loud ones counts log(1 + 20)
LEVEL_WINDOW = 8 * FPS  # frames over which each band is brought to unit level
LEVEL_FLOOR = 0.15  # share of the whole song's level below which a quiet passage is not raised

PITCH_FPS = 20
PITCH_RATE = 5_000  # Hz; the same window lasts 0.2 s there
LOWEST_PITCH = 55.0  # Hz, A1
PITCHES = 60  # semitones


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
        liveliness: rise of an average band at the song's strong onsets, in the log units of `timbre`;
            about 0.3 to 1 in music, near 0 in a steady tone.
    """

    bands: np.ndarray
    timbre: np.ndarray
    pitches: np.ndarray
    loudness: np.ndarray
    duration: float
    liveliness: float

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
    mel = _spectra(song, RATE, FPS, _band_bank()[0])
    timbre = _compressed(mel)
    pitches = _compressed(_spectra(song, PITCH_RATE, PITCH_FPS, _pitch_bank()))
    pitches = np.maximum(0.0, pitches - scipy.ndimage.uniform_filter1d(pitches, 13, axis=1))
    level = np.sqrt((mel.astype(np.float64) ** 2).mean(axis=1))
    flux = _band_flux(timbre)
    return Onsets(_levelled(flux), timbre, pitches, level / (level.max() + 1e-12), song.duration,
                  float(np.percentile(flux.mean(axis=1), 99.5)))


def _spectra(song: Song, rate: int, fps: int, bank: np.ndarray) -> np.ndarray:
    """(T, F) float32 magnitudes through `bank` (F, WINDOW / 2 + 1); frame i is centred on i / fps seconds."""
    samples = song.samples
    if song.sample_rate != rate:
        samples = soxr.resample(samples, song.sample_rate, rate)
    hop = rate // fps
    return frame_spectra(samples, len(samples) // hop + 1, WINDOW, hop, bank, power=1.0)


@lru_cache(maxsize=1)
def _band_bank() -> tuple[np.ndarray, np.ndarray]:
    """(BANDS, bins) triangles of unit sum from 30 to 9500 Hz, evenly spaced in mel; their centres in Hz.

    Unlike `spectrum.mel_bank` each is at least a bin wide, so that kicks are not lost between bins.
    """
    ends = 2595.0 * np.log10(1.0 + np.array([30.0, 9_500.0]) / 700.0)
    edges = 700.0 * (10.0 ** (np.linspace(*ends, BANDS + 2) / 2595.0) - 1.0)[:, None]
    low, centre, high = edges[:-2], edges[1:-1], edges[2:]
    step = RATE / WINDOW
    low, high = np.minimum(low, centre - step), np.maximum(high, centre + step)
    f = np.fft.rfftfreq(WINDOW, 1.0 / RATE)
    bank = np.maximum(0.0, np.minimum((f - low) / (centre - low), (high - f) / (high - centre)))
    return (bank / bank.sum(axis=1, keepdims=True)).astype(np.float32), centre[:, 0]


@lru_cache(maxsize=1)
def _pitch_bank() -> np.ndarray:
    """(PITCHES, bins) triangles a semitone apart, at least a bin wide."""
    f = np.fft.rfftfreq(WINDOW, 1.0 / PITCH_RATE)
    centre = LOWEST_PITCH * 2.0 ** (np.arange(PITCHES)[:, None] / 12.0)
    width = np.maximum(centre * (2.0 ** (1.0 / 12.0) - 1.0), PITCH_RATE / WINDOW)
    return np.maximum(0.0, 1.0 - np.abs(f - centre) / width).astype(np.float32)


def _compressed(spectra: np.ndarray) -> np.ndarray:
    """Log magnitudes relative to the song's own loud parts, so that recording level does not matter."""
    level = spectra.max(axis=1)
    sounding = spectra[level > 0.003 * level.max()]  # silence between clicks says nothing of their level
    loud = max(float(np.percentile(sounding, 95.0)) if len(sounding) else 0.0, 1e-9)
    return np.log1p(spectra * np.float32(COMPRESS / loud))


def _band_flux(timbre: np.ndarray) -> np.ndarray:
    """(T, 4) mean rise over LOOK_BACK frames, against the neighbouring bands too (vibrato is no onset).

    The idea is the SuperFlux of Boeck and Widmer (2013).
    """
    before = scipy.ndimage.maximum_filter1d(timbre, 3, axis=1)
    rise = np.zeros(timbre.shape, np.float64)
    rise[LOOK_BACK:] = np.maximum(0.0, timbre[LOOK_BACK:] - before[:-LOOK_BACK])
    centres = _band_bank()[1]
    return np.stack([rise[:, (centres >= a) & (centres < b)].mean(axis=1)
                     for a, b in zip(BAND_EDGES[:-1], BAND_EDGES[1:], strict=True)], axis=1)


def _levelled(flux: np.ndarray) -> np.ndarray:
    """Each band without its local mean and at unit local level, so that a breakdown counts like a chorus."""
    mean = scipy.ndimage.uniform_filter1d(flux, LEVEL_WINDOW, axis=0)
    power = np.maximum(scipy.ndimage.uniform_filter1d(flux**2, LEVEL_WINDOW, axis=0), 0.0)
    floor = LEVEL_FLOOR * np.sqrt((flux**2).mean(axis=0)) + 1e-9
    return (flux - mean) / (np.sqrt(power) + floor)
