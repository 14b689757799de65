"""From what the network heard to beats and bars: a bar pointer, moved by Viterbi's algorithm.

The model is that of Whiteley, Cemgil and Godsill (ISMIR 2006) in the state space of Krebs, Böck and Widmer
(ISMIR 2015): a pointer goes through the bar at a tempo that changes only on beats, in bars of 2 to 7 beats.
It is searched in two passes, both exact: first tempo and place in the beat, over frames; then place in the
bar, over the beats found, for each length of bar; `bar_length.py` chooses among these. Every frame is taken
as an independent yes or no (is there a beat?), so that a path's score is the sum of the log odds at its
beats: what lies between them is the same for all paths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.bar_length import MetreModel, metre_columns
from dance_core.music.beat_inputs import NET_FPS
from dance_core.music.beat_net import FASTEST, METRES, SLOWEST, TEMPO_BINS, Heard
from dance_core.music.onsets import FPS
from dance_core.music.paths import change_costs, walk_back

INTERVALS = np.arange(round(60 * FPS / FASTEST), round(60 * FPS / SLOWEST) + 1)  # frames: 27 to 136
REACH = 6  # frames by which an interval may differ from the one before without a jump
STEADINESS = 0.03  # usual change between intervals, as a share
JUMP = 9.0  # cost of a jump to any other interval: a step of the tempo
NEARBY = (0.3, 0.55, 0.67, 0.55, 0.3)  # what the rows around count; a sharp beat (0.3, 1, 0.3) comes to one
LEAST, MOST = -1.2, 5.0  # log odds of a frame count no less and no more
TEMPO_TRUST, TEMPO_LEAST = (
    0.5,
    -5.0,
)  # weight of the tempo head's log odds against its best bin, and their least
DOWN_BIAS = 0.2  # the network learned that most beats are none; a bar pointer knows that by itself
DOWN_LEAST, DOWN_MOST = -4.0, 4.0  # log odds of a downbeat
SLIP = 9.0  # cost of a bar that breaks off or begins anew


@dataclass(frozen=True, eq=False)
class Bars:
    """Beats and bars.

    Attributes:
        times: (B,) s. positions: (B,) place in the bar, 1 = downbeat. metre: beats a bar.
        chances: (6,) log chance of each of `METRES`. columns: what they come from, see `metre_columns`.
    """

    times: np.ndarray
    positions: np.ndarray
    metre: int
    chances: np.ndarray
    columns: np.ndarray


def beat_odds(heard: Heard, frames: int) -> np.ndarray:
    """(frames,) log odds of a beat near each frame, 100 a second.

    A beat that is sure but not sharp (a drummer's, a slow attack's) is spread over rows: they count together.
    """
    near = np.pad(heard.beat.astype(np.float64), 2)
    spread = sum(share * near[i:i + len(heard.beat)] for i, share in enumerate(NEARBY))
    p = np.clip(spread, 1e-4, 1 - 1e-2)
    row = np.minimum(np.arange(frames) * NET_FPS // FPS, len(p) - 1)
    return np.clip(np.log(p / (1 - p)), LEAST, MOST)[row]


def point(heard: Heard, frames: int, model: MetreModel | None = None) -> Bars:
    """The likeliest beats and bars of a song of so many frames (100 a second).

    Without a model of metres the bars are those that fit the network's downbeats best.
    """
    times = _beats(beat_odds(heard, frames), _pace_odds(heard, frames)) / FPS
    if len(times) == 1:  # a second of sound: the tempo head alone knows the pace
        times = np.append(times, times[0] + 60.0 / _likeliest_tempo(heard))
    return with_bars(heard, times, model)


def with_bars(heard: Heard, times: np.ndarray, model: MetreModel | None = None) -> Bars:
    """The likeliest bars over given beats (B,), at least two, in s."""
    down = _down_odds(heard, times)
    paths = [_best_bars(down, metre) for metre in METRES]
    fits = np.array([score for _, score in paths]) / len(times)
    columns = metre_columns(heard, times, fits)
    chances = np.log(np.exp(fits) / np.exp(fits).sum()) if model is None else model.log_chances(columns)
    best = int(chances.argmax())
    return Bars(times, paths[best][0] + 1, METRES[best], chances, columns)


def _likeliest_tempo(heard: Heard) -> float:
    place = float(heard.tempo.mean(axis=0).argmax()) + 0.5
    return SLOWEST * (FASTEST / SLOWEST) ** (place / TEMPO_BINS)


def _pace_odds(heard: Heard, frames: int) -> np.ndarray:
    """(frames, intervals) float32: what the tempo head says of each interval, at most 0."""
    log = np.log(heard.tempo + 1e-4)
    log = np.maximum(TEMPO_TRUST * (log - log.max(axis=1, keepdims=True)), TEMPO_LEAST)
    tempo = 60.0 * FPS / INTERVALS
    place = np.clip(
        np.log(tempo / SLOWEST) / np.log(FASTEST / SLOWEST) * TEMPO_BINS - 0.5, 0, TEMPO_BINS - 1.001
    )
    low = place.astype(int)
    part = (place - low).astype(np.float32)
    by_interval = log[:, low] * (1 - part) + log[:, low + 1] * part
    return by_interval[np.minimum(np.arange(frames) * NET_FPS // FPS, len(by_interval) - 1)].astype(
        np.float32
    )


def _beats(odds: np.ndarray, pace: np.ndarray) -> np.ndarray:
    """(B,) frames of the beats."""
    frames, n = len(odds), len(INTERVALS)
    column, block = np.arange(n), int(INTERVALS[0])
    change = change_costs(INTERVALS, REACH, STEADINESS).astype(np.float32)
    score = np.empty((frames, n), np.float32)  # best path that ends with a beat here, after this interval
    onward = np.empty((frames, n), np.float32)  # the same, by the interval that comes next
    back = np.empty((frames, n), np.uint8)
    strength = odds.astype(np.float32)
    for a in range(0, frames, block):  # a block never depends on itself
        t = np.arange(a, min(frames, a + block))[:, None]
        source = t - INTERVALS
        now = np.where(source >= 0, onward[np.maximum(source, 0), column], np.float32(0.0))
        now += strength[t] + pace[t[:, 0]]
        score[a:a + len(t)] = now
        top = now.argmax(axis=1)
        best = np.repeat(now[np.arange(len(t)), top][:, None] - np.float32(JUMP), n, axis=1)
        origin = np.repeat(top[:, None], n, axis=1)
        for k in range(-REACH, REACH + 1):
            low, high = max(0, -k), min(n, n - k)
            option = now[:, low + k:high + k] - change[k + REACH, low:high]
            better = option > best[:, low:high]
            np.copyto(best[:, low:high], option, where=better)
            np.copyto(origin[:, low:high], column[low + k:high + k], where=better)
        onward[a:a + len(t)] = best
        back[a:a + len(t)] = origin
    return walk_back(score, back, INTERVALS)


def _down_odds(heard: Heard, times: np.ndarray) -> np.ndarray:
    """(B,) log odds that each beat is a downbeat, given that it is a beat."""
    row = np.clip(
        np.round(times * NET_FPS - 0.25).astype(int)[:, None] + np.arange(-2, 3), 0, len(heard.beat) - 1
    )
    beat, down = heard.beat[row].max(axis=1), heard.downbeat[row].max(axis=1)
    share = np.clip((down + 0.02) / (np.maximum(beat, down) + 0.08), 0.01, 0.99)
    return np.clip(np.log(share / (1 - share)) + DOWN_BIAS, DOWN_LEAST, DOWN_MOST)


def _best_bars(down: np.ndarray, metre: int) -> tuple[np.ndarray, float]:
    """(B,) places from 0 of the best path through bars of so many beats; its score."""
    place = np.arange(metre)
    score, back = np.where(place == 0, down[0], 0.0), []
    for gain in down[1:]:
        top = int(score.argmax())
        stays = np.roll(score, 1)  # one place on
        slips = score[top] - SLIP > stays
        back.append(np.where(slips, top, (place - 1) % metre))
        score = np.where(slips, score[top] - SLIP, stays)
        score[0] += gain
    path = [int(score.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1]), float(score.max())
