"""How many beats a bar: a song in five repeats after five beats.

What is heard at each beat is compared with what is heard 1 to 14 beats later, over the whole song, for
hits, sound, harmony and the network's downbeats. These repetitions, the networks' own guesses and how well
bars of each length fit the downbeats are what a fitted model weighs for 2 to 7.
"""

from __future__ import annotations

import numpy as np

from dance_core.music.beat_inputs import HITS, NET_FPS, TIMBRE, TONES
from dance_core.music.beat_net import METRES, Heard
from dance_core.music.onsets import BANDS

LAGS = 14  # beats: two bars of seven
FEWEST = 8  # pairs of beats that a repetition is measured on


def metre_looks(heard: Heard, times: np.ndarray, fits: np.ndarray, on_grid: np.ndarray) -> np.ndarray:
    """(6, 21) numbers for each of `METRES`: repetition after one bar and two (four kinds of each, and the
    better of the same after one beat less or more), the fit of its downbeats, both networks' guesses, which
    metre it is, and for two how much the beats are divided by three: 6/8 and jigs are counted in two.

    Args:
        times: (B,) s of the beats. fits: (6,) score a beat of the downbeats. on_grid: (B, 6) or (0, 6) log
            chances of the second network.
    """
    repeats = np.array([_repeats(part) for part in _at_beats(heard, times)])
    head = np.log(heard.metre.mean(axis=0) + 1e-3)
    own = on_grid.mean(axis=0) if len(on_grid) else np.zeros(len(METRES))
    rows = []
    for i, metre in enumerate(METRES):
        one, two = repeats[:, metre - 1], repeats[:, 2 * metre - 1]
        beside = np.maximum(repeats[:, metre - 2], repeats[:, metre])[:3]
        which = np.eye(len(METRES))[i]
        two_of_three = _in_threes(heard, times) if metre == 2 else 0.0
        rows.append(np.concatenate([one, two, beside, [max(fits[i], -2.0), head[i], own[i]], which,
                                    [two_of_three]]))
    return np.array(rows)


def _in_threes(heard: Heard, times: np.ndarray) -> float:
    """How much more is hit a third after the beats than half-way between them."""
    hits = np.maximum(heard.inputs[:, HITS][:, :4], heard.inputs[:, HITS][:, 4:]).sum(axis=1)
    third, half = (np.round((times[:-1] + part * np.diff(times)) * NET_FPS).astype(int)
                   for part in (1 / 3, 0.5))
    near = np.maximum(hits, np.maximum(np.roll(hits, 1), np.roll(hits, -1)))
    last = len(near) - 1
    return float(np.clip(near[third.clip(0, last)].mean() - near[half.clip(0, last)].mean(), -6.0, 6.0))


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
