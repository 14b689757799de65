"""Metronomes: clicks alone, the first of the bar louder or higher, or all alike."""

from __future__ import annotations

import numpy as np

from dance_core.beatnet.machine import RATE


def metronome(seed: int, seconds: float) -> tuple[np.ndarray, np.ndarray, int]:
    """(N,) float32 samples at `machine.RATE`, (B,) beats in s, beats a bar (0 where all clicks are alike)."""
    rng = np.random.default_rng([seed, 31])
    tempo = float(np.exp(rng.uniform(np.log(62), np.log(205))))
    metre = int(rng.choice([0, 2, 3, 4, 4, 4, 5, 6, 7]))
    start = 0.0 if rng.random() < 0.3 else rng.uniform(0.02, 0.8)
    beats = np.arange(start, seconds - 0.1, 60.0 / tempo)
    out = rng.standard_normal(int(seconds * RATE)) * 10.0 ** (-rng.uniform(45, 100) / 20)
    t = np.arange(int(0.08 * RATE)) / RATE
    pitch, decay = np.exp(rng.uniform(np.log(60), np.log(3500))), rng.uniform(0.002, 0.03)
    kind, higher = rng.integers(3), rng.choice([1.0, 1.5, 2.0])
    louder = rng.uniform(1.4, 3.0) if higher == 1.0 or kind == 1 else rng.uniform(1.0, 2.0)
    for i, beat in enumerate(beats):
        first = bool(metre) and i % metre == 0
        tone, noise = np.sin(2 * np.pi * pitch * (higher if first else 1.0) * t), rng.standard_normal(len(t))
        click = (
            (tone, noise, tone + 0.5 * noise)[kind] * np.exp(-t / decay) * 0.3 * (louder if first else 1.0)
        )
        part = out[round(beat * RATE):round(beat * RATE) + len(click)]
        part += click[:len(part)]
    return (0.9 * out / np.abs(out).max()).astype(np.float32), beats, metre
