"""How many beats a bar: a song in five repeats after five beats.

What is heard at each beat is compared with what is heard 1 to 14 beats later, over the whole song, for
hits, sound, harmony and the network's downbeats. A softmax over these repetitions, the network's own guess
and how well bars of each length fit its downbeats gives the chances of 2 to 7;
`dance_core.beatnet.calibrate` fits it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.beat_inputs import HITS, NET_FPS, TIMBRE, TONES
from dance_core.music.beat_net import METRES, Heard
from dance_core.music.onsets import BANDS

LAGS = 14  # beats: two bars of seven
FEWEST = 8  # pairs of beats that a repetition is measured on
COLUMNS = 4 * LAGS + 2 * len(METRES)
FAR = 4.0  # deviations beyond which a column counts no more


@dataclass(frozen=True)
class MetreModel:
    """chances = softmax(bias + weights · (columns - mean) / spread); weights (6, COLUMNS)."""

    bias: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]

    def log_chances(self, columns: np.ndarray) -> np.ndarray:
        """(6,) log chance of each of METRES."""
        scaled = np.clip((columns - np.array(self.mean)) / np.array(self.spread), -FAR, FAR)
        x = np.array(self.bias) + np.array(self.weights) @ scaled
        return x - np.logaddexp.reduce(x)


def metre_columns(heard: Heard, times: np.ndarray, fits: np.ndarray) -> np.ndarray:
    """(68,) what the model looks at; times: (B,) s of the beats; fits: (6,) score a beat of each length."""
    repeats = [_repeats(part) for part in _at_beats(heard, times)]
    head = np.log(heard.metre.mean(axis=0) + 1e-3)
    return np.concatenate([*repeats, np.maximum(fits, -2.0), head])


def _at_beats(heard: Heard, times: np.ndarray) -> tuple[np.ndarray, ...]:
    """Hits on and half a beat after each (B, 8), sound (B, 48) and notes (B, 60) to the next, downbeats."""
    rows, inputs = len(heard.inputs), heard.inputs
    middle = times + 0.5 * np.diff(times, append=2 * times[-1] - times[-2])
    hits = np.maximum(inputs[:, HITS][:, :4], inputs[:, HITS][:, 4:])
    hits = np.maximum(hits, np.maximum(np.roll(hits, 1, 0), np.roll(hits, -1, 0)))
    row, half = (np.clip(np.round(t * NET_FPS).astype(int), 0, rows - 1) for t in (times, middle))
    edges = np.append(row, min(rows, 2 * row[-1] - row[-2]))
    down = np.maximum(heard.downbeat, np.maximum(np.roll(heard.downbeat, 1), np.roll(heard.downbeat, -1)))
    timbre = inputs[:, TIMBRE][:, :BANDS]
    return (np.concatenate([hits[row], hits[half]], axis=1), _means(timbre, edges),
            _means(inputs[:, TONES], edges), down[row][:, None])


def _means(rows: np.ndarray, edges: np.ndarray) -> np.ndarray:
    total = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])
    stop = np.maximum(edges[1:], edges[:-1] + 1).clip(max=len(rows))
    start = np.minimum(edges[:-1], stop - 1)
    return (total[stop] - total[start]) / (stop - start)[:, None]


def _repeats(x: np.ndarray) -> np.ndarray:
    """(LAGS,) correlation of (B, F) with itself 1 to 14 beats later; 0 where there are too few beats."""
    spread = x.std(axis=0)
    z = (x - x.mean(axis=0)) / (spread + 0.1 * spread.mean() + 1e-6)
    out = np.zeros(LAGS)
    power = float((z * z).mean()) + 1e-9
    for lag in range(1, LAGS + 1):
        if len(z) - lag >= FEWEST:
            out[lag - 1] = float((z[lag:] * z[:-lag]).mean()) / power
    return out
