"""Sounds that nobody can dance to: the network learns to hear no beat in them."""

from __future__ import annotations

import numpy as np
import scipy.signal

from dance_core.beatnet.machine import RATE

KINDS = ("noise", "drone", "swells", "rain", "babble", "free notes", "lone sounds")


def beatless(kind: str, seed: int, seconds: float) -> np.ndarray:
    """(N,) float32 at `machine.RATE` of one of `KINDS`; the same for the same arguments."""
    rng = np.random.default_rng([seed, 19])
    n = int(seconds * RATE)
    out = {"noise": _noise, "drone": _drone, "swells": _swells, "rain": _rain, "babble": _babble,
           "free notes": _free, "lone sounds": _lone}[kind](n, rng)
    out = out + rng.standard_normal(n) * 10 ** (-rng.uniform(40, 90) / 20)
    return (rng.uniform(0.2, 0.9) * out / (np.abs(out).max() + 1e-12)).astype(np.float32)


def _noise(n: int, rng: np.random.Generator) -> np.ndarray:
    a = rng.uniform(-0.9, 0.9)
    return scipy.signal.lfilter([1.0], [1.0, -a], rng.standard_normal(n))


def _drone(n: int, rng: np.random.Generator) -> np.ndarray:
    t = np.arange(n) / RATE
    return sum(
        np.sin(2 * np.pi * rng.uniform(60, 900) * t + rng.uniform(0, 6)) * rng.uniform(0.1, 1)
        for _ in range(6)
    )


def _swells(n: int, rng: np.random.Generator) -> np.ndarray:
    at = np.cumsum(rng.uniform(0.4, 4.0, n // RATE * 3 + 8))
    return _drone(n, rng) * np.interp(
        np.arange(n) / RATE, at, rng.uniform(0.05, 1.0, len(at))
    ) + 0.1 * _noise(n, rng)


def _rain(n: int, rng: np.random.Generator) -> np.ndarray:
    out = np.zeros(n)
    for at in rng.integers(0, n, int(rng.uniform(2, 25) * n / RATE)):
        size = int(rng.uniform(200, 2500))
        part = out[at:at + size]
        part += (rng.standard_normal(size) * np.exp(-np.arange(size) / size * 6) * rng.uniform(0.05, 1))[
            : len(part)
        ]
    return out


def _babble(n: int, rng: np.random.Generator) -> np.ndarray:
    """Syllables of gliding pitch and irregular length, words and pauses."""
    out = np.zeros(n)
    at, base = 0.1, rng.uniform(80, 260)
    while at * RATE < n:
        size = int(rng.gamma(6.0, 0.03) * RATE) + 200
        pitch = base * rng.uniform(0.8, 1.3) * np.linspace(1.0, rng.uniform(0.8, 1.2), size)
        phase = 2 * np.pi * np.cumsum(pitch) / RATE
        formant = rng.choice([350.0, 500.0, 700.0, 1100.0])
        vowel = sum(np.sin(k * phase) / (1 + ((k * pitch.mean() - formant) / 200) ** 2) for k in range(1, 16))
        part = out[int(at * RATE):int(at * RATE) + size]
        part += (vowel * np.sqrt(np.hanning(size)))[:len(part)]
        if rng.random() < 0.4:
            hiss = rng.standard_normal(1500) * np.hanning(1500)
            part = out[int(at * RATE):int(at * RATE) + 1500]
            part += hiss[:len(part)]
        at += size / RATE + (rng.exponential(0.04) if rng.random() < 0.8 else rng.uniform(0.2, 0.9))
    return out


def _free(n: int, rng: np.random.Generator) -> np.ndarray:
    """Notes whose distances follow nothing."""
    out = np.zeros(n)
    at = 0.0
    while at * RATE < n:
        size = int(rng.uniform(0.2, 2.5) * RATE)
        t = np.arange(size) / RATE
        hertz = 110 * 2 ** (rng.integers(0, 36) / 12)
        tone = sum(np.sin(2 * np.pi * hertz * k * t) / k for k in range(1, 5)) * np.exp(
            -t * rng.uniform(1, 6)
        )
        part = out[int(at * RATE):int(at * RATE) + size]
        part += (rng.uniform(0.2, 1) * tone)[:len(part)]
        at += rng.exponential(rng.choice([0.3, 0.8]))
    return out


def _lone(n: int, rng: np.random.Generator) -> np.ndarray:
    out = np.zeros(n)
    for at in rng.integers(0, n, rng.integers(1, 4)):
        size = int(rng.uniform(300, 8000))
        part = out[at:at + size]
        part += (rng.standard_normal(size) * np.exp(-np.arange(size) / size * 6))[:len(part)]
    return out
