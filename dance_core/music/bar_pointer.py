"""From what the network heard to beats: a bar pointer, moved by Viterbi's algorithm.

The model is that of Whiteley, Cemgil and Godsill (ISMIR 2006) in the state space of Krebs, Böck and Widmer
(ISMIR 2015): a pointer goes through the bar at a tempo that changes only on beats. It is searched in two
passes, both exact: here tempo and place in the beat, over frames; in `bars.py` the place in the bar, over
beats. Every frame is taken as an independent yes or no (is there a beat?), so that a path's score is the sum
of the log odds at its beats: what lies between them is the same for all paths.
"""

from __future__ import annotations

import numpy as np

from dance_core.music.beat_inputs import NET_FPS
from dance_core.music.beat_net import FASTEST, SLOWEST, TEMPO_BINS, Heard
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


def beat_odds(heard: Heard, frames: int) -> np.ndarray:
    """(frames,) log odds of a beat near each frame, 100 a second.

    A beat that is sure but not sharp (a drummer's, a slow attack's) is spread over rows: they count together.
    """
    near = np.pad(heard.beat.astype(np.float64), 2)
    spread = sum(share * near[i:i + len(heard.beat)] for i, share in enumerate(NEARBY))
    p = np.clip(spread, 1e-4, 1 - 1e-2)
    row = np.minimum(np.arange(frames) * NET_FPS // FPS, len(p) - 1)
    return np.clip(np.log(p / (1 - p)), LEAST, MOST)[row]


def point(heard: Heard, frames: int) -> np.ndarray:
    """(B,) s: the likeliest beats of a song of so many frames (100 a second), at least two."""
    times = _beats(beat_odds(heard, frames), _pace_odds(heard, frames)) / FPS
    if len(times) == 1:  # a second of sound: the tempo head alone knows the pace
        times = np.append(times, times[0] + 60.0 / _likeliest_tempo(heard))
    return times


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
