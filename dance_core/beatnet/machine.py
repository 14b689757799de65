"""A score through drum machines and simple tones, no two pieces with the same: as no soundfont sounds."""

from __future__ import annotations

import numpy as np
import scipy.signal

from dance_core.beatnet.grooves import CLAP, KICK, SNARE, STICK, TOMS
from dance_core.beatnet.score import DRUMS, Score

RATE = 22_050
_LONGEST = 4.0  # s of a tone


def machine_samples(score: Score, seed: int, drums: bool = True, tones: bool = True) -> np.ndarray:
    """(N,) float32 at `RATE`, peak about 1; which instruments sound is drawn by the seed."""
    rng = np.random.default_rng([seed, 13])
    out = np.zeros(int((score.seconds + 0.5) * RATE))
    kit: dict[int, np.ndarray] = {}
    voices: dict[int, _Voice] = {}
    for note in score.notes:
        program, level = int(note["program"]), (int(note["velocity"]) / 127) ** 1.5
        if program == DRUMS:
            if drums:
                pitch = int(note["pitch"])
                if pitch not in kit:
                    kit[pitch] = _drum(pitch, rng)
                _add(out, kit[pitch], float(note["start"]), level)
        elif tones:
            if program not in voices:
                voices[program] = _Voice(program, rng)
            _add(out, voices[program](int(note["pitch"]), float(note["length"])), float(note["start"]), level)
    peak = np.abs(out).max()
    return (out[: int(score.seconds * RATE)] / peak if peak else out[: int(score.seconds * RATE)]).astype(
        np.float32
    )


class _Voice:
    """Tones of one instrument; each pitch and length is made once."""

    def __init__(self, program: int, rng: np.random.Generator) -> None:
        bass = 32 <= program < 40
        self.partials = rng.integers(1, 12)
        self.slope = rng.uniform(0.6, 2.0)
        self.odd = rng.random() < 0.3
        self.attack = (
            rng.choice([0.002, 0.005, 0.02]) if bass or rng.random() < 0.7 else rng.uniform(0.03, 0.2)
        )
        self.decay = rng.uniform(0.5, 14.0)
        self.gain = rng.uniform(0.25, 1.0) if bass else rng.uniform(0.06, 0.3)
        self.made: dict[tuple[int, int], np.ndarray] = {}

    def __call__(self, pitch: int, length: float) -> np.ndarray:
        key = (pitch, int(min(length, _LONGEST) * 50) + 1)
        if key not in self.made:
            t = np.arange(int(key[1] / 50 * RATE) + 400) / RATE
            hertz = 440.0 * 2.0 ** ((pitch - 69) / 12)
            numbers = [k for k in range(1, self.partials + 1) if hertz * k < 9000 and (not self.odd or k % 2)]
            wave = sum((np.sin(2 * np.pi * hertz * k * t) / k**self.slope for k in numbers), np.zeros(len(t)))
            shape = np.minimum(1.0, t / self.attack) * np.exp(-t * self.decay)
            shape[-400:] *= np.linspace(1, 0, 400)
            self.made[key] = self.gain * wave * shape
        return self.made[key]


def _drum(pitch: int, rng: np.random.Generator) -> np.ndarray:
    t = np.arange(int(0.35 * RATE)) / RATE
    noise = rng.standard_normal(len(t))
    if pitch in (35, KICK):
        low, sweep = rng.uniform(42, 75), rng.uniform(30, 250)
        fast = rng.uniform(20, 70)
        body = np.sin(2 * np.pi * (low * t + sweep * (1 - np.exp(-t * fast)) / fast)) * np.exp(
            -t * rng.uniform(8, 30)
        )
        return rng.uniform(0.7, 1.0) * (body + rng.choice([0.0, 0.15]) * noise * np.exp(-t * 300))
    if pitch in (STICK, SNARE, CLAP, 40):
        tone = np.sin(2 * np.pi * rng.uniform(150, 320) * t) * np.exp(-t * rng.uniform(15, 40))
        return rng.uniform(0.35, 0.8) * (
            rng.uniform(0, 0.8) * tone + 0.6 * noise * np.exp(-t * rng.uniform(12, 60))
        )
    if pitch in TOMS or pitch in (43, 48):
        return (
            0.7
            * np.sin(2 * np.pi * (60 + 2.2 * (pitch - 40) ** 1.3) * t * (1 + 0.1 * np.exp(-t * 30)))
            * np.exp(-t * 12)
        )
    bright = np.diff(noise, prepend=0.0)
    if rng.random() < 0.3:
        b, a = scipy.signal.butter(2, rng.uniform(0.3, 0.7), "high")
        bright = scipy.signal.lfilter(b, a, noise)
    slow = {46: 9, 49: 5, 51: 12, 53: 12, 57: 5}.get(pitch, rng.uniform(40, 120))
    return rng.uniform(0.08, 0.5) * bright * np.exp(-t * slow)


def _add(out: np.ndarray, sound: np.ndarray, at: float, gain: float) -> None:
    start = int(round(at * RATE))
    part = out[start:start + len(sound)]
    part += gain * sound[:len(part)]
