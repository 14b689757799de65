"""Sound from numbers: envelopes, band-limited voices with a moving filter, FM, plucked strings, noise.

Everything returns mono float32 at `RATE` Hz, about -1 to 1.

A voice is a wavetable that morphs: for one note, single-cycle waves are made from the harmonic
spectrum as a resonant low-pass leaves it, at a ladder of cut-off frequencies, and the note reads
between them as its filter moves. That is subtractive synthesis without aliasing and without a
sample-by-sample filter, so a note costs about a millisecond.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy import signal

from dance_core.settings import PLAYBACK_RATE

RATE = PLAYBACK_RATE
TABLE = 2048  # samples of one cycle
LADDER = np.geomspace(60.0, 18_000.0, 24)  # cut-off frequencies, Hz


def hertz(pitch: float) -> float:
    """Frequency in Hz of a MIDI pitch."""
    return 440.0 * 2.0 ** ((pitch - 69.0) / 12.0)


def seconds(n: int) -> np.ndarray:
    """(n,) float32 seconds of n samples."""
    return np.arange(n, dtype=np.float32) / np.float32(RATE)


def adsr(n: int, attack: float, decay: float, sustain: float, release: float) -> np.ndarray:
    """(n,) float32 envelope: times in s, `release` fills the end of the n samples.

    Attack is straight, decay and release are exponential, the last samples reach zero.
    """
    a, r = max(2, int(attack * RATE)), max(32, int(release * RATE))
    gate = max(n - r, min(a, n))
    t = np.arange(gate, dtype=np.float32)
    env = sustain + (1.0 - sustain) * np.exp(-np.maximum(t - a, 0.0) / max(1.0, decay * RATE))
    env[: min(a, gate)] *= t[: min(a, gate)] / a
    tail = n - gate
    if tail > 0:
        fall = np.exp(-5.0 * np.arange(tail, dtype=np.float32) / tail) - np.exp(-5.0)
        env = np.concatenate([env, env[-1] * fall / (1.0 - np.exp(-5.0))])
    return env.astype(np.float32)


def decay(n: int, tau: float) -> np.ndarray:
    """(n,) exponential fall with time constant `tau` s, brought to zero over the last 5 ms."""
    env = np.exp(-seconds(n) / np.float32(tau))
    k = min(n, int(0.005 * RATE))
    env[n - k:] *= np.linspace(1.0, 0.0, k, dtype=np.float32)
    return env


@lru_cache(maxsize=4096)
def _wave(kind: str, harmonics: int) -> np.ndarray:
    """Harmonic amplitudes 1…`harmonics` of a wave shape."""
    h = np.arange(1, harmonics + 1, dtype=np.float64)
    if kind == "saw":
        return 1.0 / h
    if kind == "square":
        return (h % 2) / h
    if kind.startswith("pulse"):
        return np.abs(np.sin(np.pi * h * float(kind[5:]) / 100.0)) / h
    if kind == "reed":  # between saw and square, a little hollow
        return np.where(h % 2 == 1, 1.0, 0.45) / h
    if kind == "soft":
        return 1.0 / h**2
    raise ValueError(f"unknown wave {kind!r}")


@lru_cache(maxsize=512)
def _tables(kind: str, pitch: int, resonance: float) -> np.ndarray:
    """(len(LADDER), TABLE + 1) float32 cycles, one a cut-off, the first sample repeated at the end."""
    f = hertz(pitch)
    harmonics = max(1, min(TABLE // 4, int(0.45 * RATE / (f * 1.03))))
    x = f * np.arange(1, harmonics + 1) / LADDER[:, None]
    # Magnitude of two resonant second-order low-passes in a row (24 dB an octave), the resonance in one.
    first = 1.0 / np.sqrt((1.0 - x**2) ** 2 + (x / (0.7 + resonance)) ** 2)
    second = 1.0 / np.sqrt((1.0 - x**2) ** 2 + (x / 0.7) ** 2)
    spectrum = np.zeros((len(LADDER), TABLE // 2 + 1), np.complex128)
    spectrum[:, 1: harmonics + 1] = -0.5j * TABLE * _wave(kind, harmonics) * first * second
    cycle = np.fft.irfft(spectrum, TABLE, axis=1)
    return np.concatenate([cycle, cycle[:, :1]], axis=1).astype(np.float32)


def voice(pitch: int, cutoff: np.ndarray, kind: str = "saw", resonance: float = 0.3,
          detune: Sequence[float] = (0.0,), bend: np.ndarray | None = None, start: float = 0.0) -> np.ndarray:
    """A band-limited note with a moving filter.

    cutoff: (n,) Hz, sets the length. detune: cents of each unison voice. bend: (n,) cents
    (vibrato, glides). start: phase of the first cycle, 0 to 1. Returns (n,) float32.
    """
    n = len(cutoff)
    tables = _tables(kind, int(pitch), float(resonance))
    place = np.log(np.clip(cutoff, LADDER[0], LADDER[-1] * 0.999) / LADDER[0])
    place = (place * ((len(LADDER) - 1) / np.log(LADDER[-1] / LADDER[0]))).astype(np.float32)
    row = place.astype(np.int32)
    mix = place - row
    base = row * (TABLE + 1)
    flat = tables.ravel()
    out = np.zeros(n, np.float32)
    for i, cents in enumerate(detune):
        step = hertz(pitch) * 2.0 ** (cents / 1200.0) / RATE
        first = (start + i * 0.381966) % 1.0
        if bend is None:
            phase = first + step * np.arange(n)
        else:
            phase = first + np.cumsum(step * 2.0 ** (bend / 1200.0))
        where = ((phase % 1.0) * TABLE).astype(np.float32)
        at = where.astype(np.int32)
        part = where - at
        at += base
        low = flat[at] + part * (flat[at + 1] - flat[at])
        at += TABLE + 1
        high = flat[at] + part * (flat[at + 1] - flat[at])
        out += low + mix * (high - low)
    return out / np.float32(np.sqrt(len(detune)))


def fm(frequency: float, index: np.ndarray, ratio: float = 1.0, feedback: float = 0.0) -> np.ndarray:
    """Two-operator FM: a sine of `frequency` Hz whose phase a sine of ratio·frequency moves by
    `index` (n,) radians. `feedback` brightens the modulator."""
    w = np.float32(2.0 * np.pi * frequency) * seconds(len(index))
    modulator = np.sin(np.float32(ratio) * w)
    if feedback:
        modulator = np.sin(np.float32(ratio) * w + np.float32(feedback) * modulator)
    return np.sin(w + index.astype(np.float32) * modulator)


def partials(frequency: float, n: int, amplitudes: Sequence[float], decays: Sequence[float],
             stretch: float = 0.0) -> np.ndarray:
    """A struck or blown body: harmonics with their own amplitude and time constant (s).

    `stretch` is the inharmonicity B of a stiff string, f_h = h·f·sqrt(1 + B·h²).
    """
    t = seconds(n)
    out = np.zeros(n, np.float32)
    for h, (a, tau) in enumerate(zip(amplitudes, decays, strict=True), start=1):
        f = frequency * h * np.sqrt(1.0 + stretch * h * h)
        if f < 0.45 * RATE and a:
            out += np.float32(a) * np.sin(np.float32(2 * np.pi * f) * t + np.float32(h * 1.7)) \
                * np.exp(-t / np.float32(tau))
    return out


def pluck(pitch: int, n: int, rng: np.random.Generator, tone: float = 0.5, sustain: float = 0.996,
          pick: float = 0.2) -> np.ndarray:
    """A plucked string (Karplus & Strong 1983), tuned by resampling.

    tone: 0 dark to 1 bright excitation. sustain: gain a period. pick: where the string is
    plucked, as a share of its length (cancels harmonics near 1/pick).
    """
    blend = float(np.clip(0.5 * (220.0 / hertz(pitch)) ** 0.5, 0.15, 0.5))  # short strings would die too soon
    period = max(8, int(round(RATE / hertz(pitch) - blend)))
    ratio = hertz(pitch) * (period + blend) / RATE
    need = int(n * ratio) + period + 2
    burst = rng.uniform(-1.0, 1.0, period)
    burst = signal.lfilter([tone], [1.0, tone - 1.0], np.tile(burst, 2))[period:]
    burst = burst - np.roll(burst, max(1, int(pick * period)))
    y = np.zeros(need + period, np.float32)
    y[:period] = burst - burst.mean()
    now, late = np.float32((1.0 - blend) * sustain), np.float32(blend * sustain)
    for s in range(period, need, period):
        before = y[s - period: s]
        y[s] = now * before[0] + late * (y[s - period - 1] if s > period else 0.0)
        y[s + 1: s + period] = now * before[1:] + late * before[:-1]
    string = np.interp(np.arange(n) * ratio, np.arange(len(y)), y).astype(np.float32)
    return string / np.float32(max(1e-6, np.abs(string).max()))


def noise(n: int, rng: np.random.Generator) -> np.ndarray:
    """(n,) white noise, standard deviation 1."""
    return rng.standard_normal(n, dtype=np.float32)


def band(x: np.ndarray, low: float | None, high: float | None, order: int = 2) -> np.ndarray:
    """Butterworth filter: keep what lies above `low` Hz and below `high` Hz (None = open)."""
    if low is not None and high is not None:
        sos = signal.butter(order, [low, high], "bandpass", fs=RATE, output="sos")
    elif low is not None:
        sos = signal.butter(order, low, "highpass", fs=RATE, output="sos")
    else:
        sos = signal.butter(order, high, "lowpass", fs=RATE, output="sos")
    return signal.sosfilt(sos, x).astype(np.float32)


def drive(x: np.ndarray, amount: float) -> np.ndarray:
    """Soft saturation, `amount` times into tanh, loudness of small signals kept within reason."""
    return np.tanh(np.float32(amount) * x) / np.float32(np.tanh(amount))


def sweep(n: int, start: float, stop: float, tau: float) -> np.ndarray:
    """(n,) curve that runs from `start` to `stop` with time constant `tau` s (Hz, cents, index …)."""
    return np.float32(stop) + np.float32(start - stop) * np.exp(-seconds(n) / np.float32(tau))


def vibrato(n: int, cents: float, rate: float, delay: float = 0.15) -> np.ndarray:
    """(n,) cents of a vibrato that swells in after `delay` s."""
    t = seconds(n)
    return np.float32(cents) * np.sin(np.float32(2 * np.pi * rate) * t) \
        * np.clip((t - delay) / 0.25, 0.0, 1.0).astype(np.float32)
