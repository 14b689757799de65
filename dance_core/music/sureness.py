"""How sure the tracker may be: numbers of a tracked song, and the chance that it is right.

Chances are logistic curves over the numbers, fitted by `dance_core.beatnet.calibrate` on pieces that the
network has not learned from: of songs with a confidence of 0.8, eight in ten are right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from dance_core.music.bar_length import MetreModel
from dance_core.music.bar_pointer import Bars, beat_odds
from dance_core.music.beat_inputs import NET_FPS
from dance_core.music.beat_net import FASTEST, SLOWEST, TEMPO_BINS, WEIGHTS, Heard
from dance_core.music.onsets import FPS, Onsets

CURVES = WEIGHTS.with_suffix(".json")
NUMBERS = ("on the beats", "beats heard", "between them", "on thirds", "worst stretch", "tempo", "evenness",
           "missed", "length", "liveliness")
METRE_NUMBERS = ("beats", "chance", "before the next", "slips", "downbeats", "bars")
_STRETCH = 8 * FPS


@dataclass(frozen=True)
class Curve:
    """Chance = 1 / (1 + exp(-(bias + weights · (numbers - mean) / spread)))."""

    bias: float
    weights: tuple[float, ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]

    def chance(self, numbers: np.ndarray) -> float:
        """0 to 1, to three decimals: the last bits of a sum are not the same on every machine."""
        scaled = np.clip((numbers - np.array(self.mean)) / np.array(self.spread), -4.0, 4.0)
        return round(float(1.0 / (1.0 + np.exp(-(self.bias + scaled @ np.array(self.weights))))), 3)


def beat_numbers(onsets: Onsets, heard: Heard, bars: Bars) -> np.ndarray:
    """(10,) `NUMBERS` of a song with at least two beats."""
    odds = beat_odds(heard, len(onsets))
    near = np.maximum(odds, np.maximum(np.roll(odds, 1), np.roll(odds, -1)))
    times, count = bars.times, np.arange(len(bars.times))

    def at(places: np.ndarray) -> np.ndarray:
        frame = np.round(np.interp(places, count, times) * FPS).astype(int)
        return near[np.clip(frame, 0, len(near) - 1)]

    on = at(count)
    halves, thirds = at(count[:-1] + 0.5), np.maximum(at(count[:-1] + 1 / 3), at(count[:-1] + 2 / 3))
    index = np.minimum((times * FPS / _STRETCH).astype(int), int(times[-1] * FPS / _STRETCH))
    worst = min(
        (on[index == k].mean() for k in np.unique(index) if (index == k).sum() > 2), default=on.mean()
    )
    log = np.log(np.diff(times))
    peaks = (odds > 0) & (odds >= np.roll(odds, 1)) & (odds > np.roll(odds, -1))
    peak_times = np.flatnonzero(peaks) / FPS
    missed = np.mean(np.abs(times - peak_times[:, None]).min(axis=1) > 0.05) if len(peak_times) else 1.0
    return np.array([on.mean(), (on > 0).mean(), halves.mean(), thirds.mean(), worst, _tempo(heard, times),
                     np.log(np.abs(np.diff(log)).mean() + 0.005) if len(log) > 1 else 0.0, missed,
                     np.log(onsets.duration), min(onsets.liveliness, 0.3)])


def metre_numbers(heard: Heard, bars: Bars) -> np.ndarray:
    """(6,) `METRE_NUMBERS`."""
    ranked = np.sort(bars.chances)[::-1]
    steps = np.diff(bars.positions)
    slips = np.mean((steps != 1) & ~((bars.positions[1:] == 1) & (bars.positions[:-1] == bars.metre)))
    row = np.clip(np.round(bars.times * NET_FPS - 0.25).astype(int), 0, len(heard.beat) - 1)
    down = heard.downbeat[np.clip(row[:, None] + np.arange(-1, 2), 0, len(heard.beat) - 1)].max(axis=1)
    first = bars.positions == 1
    rest = down[~first].mean() if not first.all() else 0.0
    return np.array([heard.beat[row].mean(), ranked[0], min(ranked[0] - ranked[1], 4.0), slips,
                     (down[first].mean() if first.any() else 0.0) - rest,
                     np.log(len(bars.times) / bars.metre)])


def _tempo(heard: Heard, times: np.ndarray) -> float:
    """Mean share that the tempo head gives to the tempi that were found, and their neighbours."""
    tempo = 60.0 / np.diff(times)
    place = np.clip(
        np.log(tempo / SLOWEST) / np.log(FASTEST / SLOWEST) * TEMPO_BINS, 0, TEMPO_BINS - 1
    ).astype(int)
    row = np.clip(np.round(times[:-1] * NET_FPS).astype(int), 0, len(heard.tempo) - 1)
    beside = np.clip(place[:, None] + np.arange(-1, 2), 0, TEMPO_BINS - 1)
    return float(heard.tempo[row[:, None], beside].sum(axis=1).mean())


@dataclass(frozen=True)
class Learned:
    """What is fitted beside the network: two chances, and the choice of the metre."""

    confidence: Curve
    metre_confidence: Curve
    metre: MetreModel


def chances(learned: Learned, onsets: Onsets, heard: Heard, bars: Bars) -> tuple[float, float]:
    """Chance that the beats are right, and that beats a bar and downbeats are too."""
    sure = learned.confidence.chance(beat_numbers(onsets, heard, bars))
    return sure, round(sure * learned.metre_confidence.chance(metre_numbers(heard, bars)), 3)


@lru_cache(maxsize=2)
def learned_from(path: Path = CURVES) -> Learned:
    """Read from JSON, as `beatnet.system` writes it."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    curves = [Curve(k["bias"], tuple(k["weights"]), tuple(k["mean"]), tuple(k["spread"]))
              for k in (kept["confidence"], kept["metre_confidence"])]
    m = kept["metre"]
    return Learned(*curves, MetreModel(tuple(m["bias"]), tuple(map(tuple, m["weights"])), tuple(m["mean"]),
                                       tuple(m["spread"])))
