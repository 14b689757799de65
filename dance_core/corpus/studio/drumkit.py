"""Drums made from sines, metal and noise: six kits, each drum in a few slightly different strokes.

A kit is a dict drum → list of strokes, (n,) float32 with peaks of about 1; `LEVELS` balances the
drums against each other before the mix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from dance_core.corpus.studio.synth import RATE, band, decay, drive, noise, seconds

STROKES = 3  # different recordings of the same drum

# Linear gain of each drum in the mix of a kit.
LEVELS = {
    "kick": 1.0, "snare": 0.8, "ghost": 0.5, "clap": 0.64, "snap": 0.54, "rim": 0.42, "hat": 0.2,
    "open": 0.22, "pedal": 0.16, "ride": 0.2, "crash": 0.3, "shaker": 0.16, "tamb": 0.17, "tom1": 0.5,
    "tom2": 0.52, "tom3": 0.56, "conga": 0.34, "conga2": 0.36, "cowbell": 0.2, "stomp": 0.85, "bongo": 0.3,
}


@dataclass(frozen=True)
class KitTuning:
    """What makes one kit sound unlike another. Frequencies in Hz, times in s."""

    kick_low: float = 52.0
    kick_high: float = 180.0
    kick_sweep: float = 0.022
    kick_decay: float = 0.16
    kick_click: float = 0.35
    kick_drive: float = 1.6
    snare_tone: float = 190.0
    snare_decay: float = 0.11
    snare_noise: float = 0.75
    snare_low: float = 900.0
    snare_high: float = 9_500.0
    hat_decay: float = 0.035
    hat_low: float = 7_000.0
    open_decay: float = 0.22
    grit: float = 0.0  # drive over everything: a sampler's or a tape's
    dull: float = 0.0  # low-pass over everything, Hz; 0 = open
    room: float = 0.12  # short room on the snare


KITS = {
    "break": KitTuning(kick_low=62, kick_high=170, kick_decay=0.11, kick_click=0.8, snare_tone=212,
                       snare_decay=0.13, snare_low=700, hat_decay=0.045, grit=1.6, dull=12_500, room=0.28),
    "funk": KitTuning(kick_low=58, kick_decay=0.12, kick_click=0.9, snare_tone=205, snare_decay=0.12,
                      hat_decay=0.04, grit=1.1, room=0.2),
    "dust": KitTuning(kick_low=56, kick_high=140, kick_decay=0.15, kick_click=0.65, snare_tone=185,
                      snare_decay=0.12, snare_high=7_000, hat_decay=0.04, hat_low=6_000, grit=2.2,
                      dull=10_500, room=0.22),
    "808": KitTuning(kick_low=50, kick_high=150, kick_decay=0.2, kick_click=0.65, kick_drive=2.2,
                     snare_tone=200, snare_decay=0.1, snare_low=1_500, snare_high=12_000, hat_decay=0.025,
                     hat_low=8_000, open_decay=0.25, room=0.05),
    "909": KitTuning(kick_low=50, kick_high=230, kick_sweep=0.03, kick_decay=0.2, kick_click=0.9,
                     kick_drive=2.4, snare_tone=195, snare_decay=0.13, hat_decay=0.04, open_decay=0.2,
                     room=0.1),
    "disco": KitTuning(kick_low=60, kick_high=160, kick_decay=0.12, kick_click=0.8, snare_tone=180,
                       snare_decay=0.13, snare_low=800, hat_decay=0.05, open_decay=0.24, room=0.2),
    "heavy": KitTuning(kick_low=47, kick_high=260, kick_sweep=0.026, kick_decay=0.26, kick_click=1.0,
                       kick_drive=3.5, snare_tone=175, snare_decay=0.2, snare_low=500, hat_decay=0.03,
                       grit=1.8, room=0.35),
    "soft": KitTuning(kick_low=54, kick_high=110, kick_decay=0.17, kick_click=0.3, kick_drive=1.1,
                      snare_tone=200, snare_decay=0.12, snare_low=2_000, snare_high=9_000, hat_decay=0.05,
                      hat_low=8_000, room=0.3),
}


def _length(s: float) -> int:
    return int(s * RATE)


def _kick(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(min(0.8, 4.5 * k.kick_decay))
    t = seconds(n)
    f = k.kick_low + (k.kick_high - k.kick_low) * np.exp(-t / k.kick_sweep)
    body = np.sin(2 * np.pi * np.cumsum(f) / RATE + 0.4) * decay(n, k.kick_decay)
    click = band(noise(n, rng), 1_500, 7_000) * decay(n, 0.004) * k.kick_click
    knock = np.sin(2 * np.pi * (k.kick_high * 1.9) * t) * decay(n, 0.009) * 0.3
    return drive(body + knock + click, k.kick_drive)


def _snare(k: KitTuning, rng: np.random.Generator, hard: float = 1.0) -> np.ndarray:
    n = _length(5.0 * k.snare_decay)
    t = seconds(n)
    drop = 1.0 + 0.35 * np.exp(-t / 0.012)
    phase = 2 * np.pi * np.cumsum(k.snare_tone * drop) / RATE
    body = (np.sin(phase) + 0.55 * np.sin(1.63 * phase)) * decay(n, 0.055)
    wires = band(noise(n, rng), k.snare_low, k.snare_high)
    wires *= 0.65 * decay(n, k.snare_decay) + 0.6 * decay(n, 0.018)
    crack = band(noise(n, rng), 2_500, 6_000) * decay(n, 0.006)
    out = body * (1.0 - 0.5 * k.snare_noise) + k.snare_noise * wires * 1.1 + hard * crack * 0.7
    return drive(out, 1.3)


def _clap(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(0.28)
    hands = band(noise(n, rng), 900, 6_500)
    env = np.zeros(n, np.float32)
    for start in (0.0, 0.010 + rng.uniform(-0.001, 0.001), 0.021, 0.029):
        at = _length(start)
        env[at:] += decay(n - at, 0.006 if start < 0.025 else 0.065) * (0.8 if start < 0.025 else 1.0)
    return drive(hands * env, 1.4)


def _snap(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(0.16)
    out = band(noise(n, rng), 1_700, 3_600) * (decay(n, 0.009) + 0.12 * decay(n, 0.05))
    return out + 0.3 * np.sin(2 * np.pi * 2_300 * seconds(n)) * decay(n, 0.01)


def _metal(n: int, rng: np.random.Generator, base: float) -> np.ndarray:
    """Six squares that share no common multiple, as in an analogue cymbal."""
    t = seconds(n)
    out = np.zeros(n, np.float32)
    for ratio in (1.0, 1.342, 1.2312, 1.6532, 1.9523, 2.1523):
        out += np.sign(np.sin(2 * np.pi * base * ratio * t + rng.uniform(0, 6.28)))
    return out / 6.0


def _hat(k: KitTuning, rng: np.random.Generator, tau: float) -> np.ndarray:
    n = _length(min(0.6, 5.0 * tau + 0.01))
    x = 0.6 * _metal(n, rng, 410.0) + 0.5 * noise(n, rng)
    stick = 0.5 * decay(n, 0.004)
    return band(x, k.hat_low, 16_000) * (decay(n, tau) + stick)


def _crash(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(2.2)
    x = band(0.4 * _metal(n, rng, 520.0) + noise(n, rng), 3_200, 15_000)
    return x * (0.7 * decay(n, 0.55) + 0.4 * decay(n, 0.06))


def _ride(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(0.9)
    t = seconds(n)
    ping = sum(np.sin(2 * np.pi * f * t) for f in (3_180.0, 4_270.0, 5_650.0)) * decay(n, 0.12) * 0.25
    return ping + band(_metal(n, rng, 640.0) * 0.5 + 0.4 * noise(n, rng), 5_500, 14_000) * decay(n, 0.3) * 0.6


def _shaker(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(0.11)
    t = seconds(n)
    return band(noise(n, rng), 5_500, 12_500) * np.clip(t / 0.018, 0, 1) * decay(n, 0.03)


def _tamb(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(0.22)
    t = seconds(n)
    pitches = (6_900.0, 8_150.0, 9_700.0, 11_300.0)
    jingles = sum(np.sin(2 * np.pi * f * t + rng.uniform(0, 6)) for f in pitches)
    return (0.2 * jingles + 0.6 * band(noise(n, rng), 6_500, 14_000)) * decay(n, 0.045)


def _skin(low: float, bend: float, tau: float, slap: float, rng: np.random.Generator) -> np.ndarray:
    """A tom, conga or bongo: a falling sine with a slap of noise."""
    n = _length(5.0 * tau)
    t = seconds(n)
    phase = 2 * np.pi * np.cumsum(low * (1.0 + bend * np.exp(-t / 0.03))) / RATE
    body = (np.sin(phase) + 0.3 * np.sin(1.59 * phase) * decay(n, tau * 0.4)) * decay(n, tau)
    return body + slap * band(noise(n, rng), 800, 5_000) * decay(n, 0.008)


def _cowbell(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(0.3)
    t = seconds(n)
    x = np.sign(np.sin(2 * np.pi * 562 * t)) + np.sign(np.sin(2 * np.pi * 845 * t))
    return band(x, 500, 4_500) * (0.6 * decay(n, 0.06) + 0.4 * decay(n, 0.015))


def _rim(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    n = _length(0.09)
    t = seconds(n)
    return (np.sin(2 * np.pi * 1_720 * t) + 0.7 * np.sin(2 * np.pi * 455 * t)) * decay(n, 0.012) \
        + 0.4 * band(noise(n, rng), 2_000, 8_000) * decay(n, 0.004)


def _stomp(k: KitTuning, rng: np.random.Generator) -> np.ndarray:
    """Many feet on a wooden floor."""
    n = _length(0.5)
    low = np.sin(2 * np.pi * np.cumsum(62 + 60 * np.exp(-seconds(n) / 0.02)) / RATE) * decay(n, 0.09)
    wood = band(noise(n, rng), 180, 1_400) * (decay(n, 0.035) + 0.3 * decay(n, 0.1))
    return drive(low + 0.5 * wood, 1.8)


DRUMS: dict[str, Callable[[KitTuning, np.random.Generator], np.ndarray]] = {
    "kick": _kick,
    "snare": _snare,
    "ghost": lambda k, rng: _snare(k, rng, 0.2),
    "clap": _clap,
    "snap": _snap,
    "rim": _rim,
    "hat": lambda k, rng: _hat(k, rng, k.hat_decay),
    "pedal": lambda k, rng: _hat(k, rng, 0.02),
    "open": lambda k, rng: _hat(k, rng, k.open_decay),
    "ride": _ride,
    "crash": _crash,
    "shaker": _shaker,
    "tamb": _tamb,
    "tom1": lambda k, rng: _skin(165, 0.35, 0.14, 0.4, rng),
    "tom2": lambda k, rng: _skin(122, 0.35, 0.17, 0.4, rng),
    "tom3": lambda k, rng: _skin(86, 0.4, 0.2, 0.4, rng),
    "conga": lambda k, rng: _skin(310, 0.06, 0.09, 0.5, rng),
    "conga2": lambda k, rng: _skin(205, 0.05, 0.14, 0.25, rng),
    "bongo": lambda k, rng: _skin(480, 0.05, 0.05, 0.6, rng),
    "cowbell": _cowbell,
    "stomp": _stomp,
}


def make_kit(name: str, sounds: set[str], rng: np.random.Generator) -> dict[str, list[np.ndarray]]:
    """The drums `sounds` of kit `name`, `STROKES` strokes each, (n,) float32, peak 1 × level."""
    tuning = _tuned(KITS[name], rng)
    kit: dict[str, list[np.ndarray]] = {}
    for sound in sorted(sounds):
        strokes = []
        for _ in range(STROKES):
            x = DRUMS[sound](tuning, rng).astype(np.float32)
            if tuning.room and sound in ("snare", "clap", "ghost", "rim", "snap"):
                x = _roomy(x, tuning.room, rng)
            if tuning.grit:
                x = drive(x / np.abs(x).max(), tuning.grit)
            if tuning.dull:
                x = band(x, None, tuning.dull)
            strokes.append(x * np.float32(LEVELS[sound] / np.abs(x).max()))
        kit[sound] = strokes
    return kit


def _tuned(k: KitTuning, rng: np.random.Generator) -> KitTuning:
    """The kit as it is tuned today: no two songs have quite the same kick and snare."""
    def around(value: float, share: float) -> float:
        return value * float(rng.uniform(1.0 - share, 1.0 + share))
    return replace(k, kick_low=around(k.kick_low, 0.08), kick_high=around(k.kick_high, 0.15),
                   kick_decay=around(k.kick_decay, 0.15), snare_tone=around(k.snare_tone, 0.12),
                   snare_decay=around(k.snare_decay, 0.2), hat_low=around(k.hat_low, 0.1),
                   hat_decay=around(k.hat_decay, 0.2), open_decay=around(k.open_decay, 0.2))


def _roomy(x: np.ndarray, amount: float, rng: np.random.Generator) -> np.ndarray:
    """`x` in a small live room: early noise tail of a quarter of a second."""
    n = _length(0.25)
    tail = band(noise(n, rng), 300, 7_000) * decay(n, 0.07)
    tail /= np.float32(np.sqrt((tail**2).sum()))
    size = len(x) + n
    wet = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(tail, size), size)
    out = wet.astype(np.float32) * np.float32(amount)
    out[: len(x)] += x
    return out
