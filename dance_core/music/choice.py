"""Which of several grids is the beat: each is looked at in numbers, a fitted model weighs them.

`dance_core.beatnet.calibrate` fits the weights on pieces that the networks have not learned from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import maximum_filter1d

from dance_core.music.bar_pointer import beat_odds
from dance_core.music.beat_inputs import NET_FPS
from dance_core.music.beat_net import FASTEST, SLOWEST, TEMPO_BINS, Heard
from dance_core.music.beats import Beats
from dance_core.music.grid_net import GridHeard, Sums, grid_inputs, hear_grid, run_grid_net
from dance_core.music.grids import Grid, agreement, distinct, relatives
from dance_core.music.onsets import FPS, Onsets
from dance_core.music.tempo import tempo_prior

POINTED, PULSED = 0, 1  # sources: the bar pointer, and the pulse that needs no network
TRIED = 24  # grids that the second network hears
CLEAR = 0.5  # of onset strength
HEARD_ENOUGH = 1.5  # mean log odds of its beats above which the first network says no more for a grid
LOOKS = ("on the beats", "half-way", "on thirds", "tempo head", "verdict right",
         "verdict double", "verdict half", "verdict between", "tempo prior", "pointed", "pulsed",
         "onsets on", "onsets half-way", "slow", "fast", "sure", "sure throughout",
         "slips", "kicks on", "kicks half-way", "high on", "high half-way", "kicks against highs")


@dataclass(frozen=True, eq=False)
class Looked:
    """A grid, what the second network heard on it, and its numbers (`LOOKS`)."""

    grid: Grid
    heard: GridHeard
    looks: np.ndarray


class Candidates:
    """The grids of one song, each with its numbers."""

    def __init__(self, onsets: Onsets, heard: Heard, pointed: np.ndarray, pulse: Beats,
                 weights: dict[str, np.ndarray] | None = None) -> None:
        self.onsets, self.heard, self.pulse = onsets, heard, pulse
        pulsed = pulse.times if len(pulse.times) > 1 else pointed
        self.sums = Sums(heard.inputs)
        odds = beat_odds(heard, len(onsets))
        self.near = np.maximum(odds, np.maximum(np.roll(odds, 1), np.roll(odds, -1)))
        strength = onsets.strength
        self.strong = np.maximum(strength, np.maximum(np.roll(strength, 1), np.roll(strength, -1)))
        first = relatives(pointed, onsets.duration, POINTED)
        second = relatives(pulsed, onsets.duration, PULSED)
        # The trackers' own come first, so that of two equal ones theirs stays.
        grids = distinct([*first[:1], *second[:1], *first[1:], *second[1:]])
        quick = [self.look(grid, pointed, pulsed) for grid in grids]
        own = [g.relative == 0 for g in grids]
        rank = sorted(range(len(grids)), key=lambda i: (not own[i], -quick[i][0] + 0.5 * quick[i][1]))
        kept = sorted(rank[:TRIED])
        self.looked: list[Looked] = []
        for i in kept:
            found = self._hear(grids[i].times, weights)
            looks = quick[i]
            looks[4:8] = found.verdict.mean(axis=0)[:4]
            right = np.exp(found.verdict[:, 0])
            looks[15] = _logit(right.mean())
            looks[16] = _logit(min(part.mean() for part in np.array_split(right, max(1, len(right) // 16))))
            self.looked.append(Looked(grids[i], found, looks))
        self.looks = np.array([entry.looks for entry in self.looked])

    def _hear(self, times: np.ndarray, weights: dict[str, np.ndarray] | None) -> GridHeard:
        x = grid_inputs(self.sums, times)
        return hear_grid(x) if weights is None else run_grid_net(weights, x)

    def on_beats(self, times: np.ndarray) -> np.ndarray:
        """(B,) log odds of the first network near each of times, in s."""
        return self.near[np.clip(np.round(times * FPS).astype(int), 0, len(self.near) - 1)]

    def look(self, grid: Grid, pointed: np.ndarray, pulsed: np.ndarray) -> np.ndarray:
        """(23,) `LOOKS`, the verdicts left at 0."""
        times, count = grid.times, np.arange(len(grid.times))

        def at(curve: np.ndarray, places: np.ndarray) -> np.ndarray:
            frame = np.round(np.interp(places, count, times) * FPS).astype(int)
            return curve[np.clip(frame, 0, len(curve) - 1)]

        halves = at(self.near, count[:-1] + 0.5)
        thirds = np.maximum(at(self.near, count[:-1] + 1 / 3), at(self.near, count[:-1] + 2 / 3))
        tempo = 60.0 / float(np.median(np.diff(times)))
        return np.array([
            min(self.on_beats(times).mean(), HEARD_ENOUGH), halves.mean(), thirds.mean(),
            _tempo_share(self.heard, times), 0.0, 0.0, 0.0, 0.0, float(tempo_prior(tempo)),
            agreement(times, pointed), agreement(times, pulsed),
            at(self.strong, count).mean(), at(self.strong, count[:-1] + 0.5).mean(),
            max(0.0, np.log(80.0 / tempo)), max(0.0, np.log(tempo / 160.0)), 0.0, 0.0,
            slips(times), *hits_of(self.onsets, times),
        ])


def slips(times: np.ndarray) -> float:
    """Share of the intervals that differ by more than a tenth from the one before."""
    return float((np.abs(np.diff(np.log(np.diff(times)))) > 0.1).mean()) if len(times) > 2 else 0.0


def hits_of(onsets: Onsets, times: np.ndarray) -> list[float]:
    """Mean strength of the lowest and of the highest band on the beats, and half-way between them; and, where
    the highest is stronger between them, by how much the lowest is clearly stronger on them, as in techno."""
    out = []
    for band in (0, 3):
        curve = maximum_filter1d(np.clip(onsets.bands[:, band], -1.0, 4.0), 5)
        for part in (0.0, 0.5):
            places = np.interp(np.arange(len(times) - 1) + part, np.arange(len(times)), times)
            out.append(float(curve[np.clip(np.round(places * FPS).astype(int), 0, len(curve) - 1)].mean()))
    kicks, highs = out[0] - out[1], out[2] - out[3]
    out.append(max(0.0, kicks - CLEAR) if highs < 0.0 else 0.0)
    return out


def _logit(p: float) -> float:
    return float(np.log((p + 0.01) / (1.01 - p)))


def _tempo_share(heard: Heard, times: np.ndarray) -> float:
    """Log of the mean share that the tempo head gives to the tempi of a grid, and their neighbours."""
    tempo = 60.0 / np.diff(times)
    place = np.log(tempo / SLOWEST) / np.log(FASTEST / SLOWEST) * TEMPO_BINS
    place = np.clip(place, 0, TEMPO_BINS - 1).astype(int)
    row = np.clip(np.round(times[:-1] * NET_FPS).astype(int), 0, len(heard.tempo) - 1)
    beside = np.clip(place[:, None] + np.arange(-1, 2), 0, TEMPO_BINS - 1)
    return float(np.log(heard.tempo[row[:, None], beside].sum(axis=1).mean() + 1e-2))
