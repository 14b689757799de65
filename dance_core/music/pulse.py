"""Where the pulse falls: a grid of times along the tempo curve that meets the onsets.

A beat is a state of two numbers, its frame and the interval that led to it. The best sequence
under (onsets met) + (interval near the tempo curve) + (interval near the one before) is found
exactly (Viterbi over beats, a bar-pointer model without the bar), so that the pulse may speed up,
slow down or step to another tempo, and runs on through silence.
"""

from __future__ import annotations

import numpy as np
import scipy.linalg
import scipy.ndimage

from dance_core.music.onsets import FPS, Onsets
from dance_core.music.paths import bending, change_costs, walk_back

INTERVALS = np.arange(28, 106)  # frames: 214 down to 57 BPM
REACH = 4  # frames by which an interval may differ from the one before without a jump
JUMP = 8.0  # cost of a jump to any other interval: a step of the tempo
STEADINESS = 0.035  # usual change between intervals, as a share
LOOSENESS = 0.12  # usual distance of an interval from the tempo curve, as a share
CURVE_CAP = 8.0  # no interval costs more than this for leaving the tempo curve
MIDDLE = 0.6  # what an onset half-way counts against one on the beat: keeps the eighth notes together
LOUDEST = 4.0  # onset strength above which nothing more is won
CATCH = 0.045  # s around a beat in which its onset is looked for
STIFFNESS = 4.0  # how hard the grid resists uneven intervals when it is drawn to the onsets
LATENCY = -0.001  # s by which onset peaks come late (clicks, see tests/music/test_tracker.py)


def follow(onsets: Onsets, period: np.ndarray) -> np.ndarray:
    """(B,) times in s of a pulse with about the given period (T,) in frames, from 0 to the song's end."""
    strength = np.minimum(onsets.strength, LOUDEST)
    times = _best_path(strength, period) / FPS
    if len(times) == 1:  # a second of sound: the tempo curve alone knows the pace
        times = np.append(times, times[0] + float(np.median(period)) / FPS)
    return extended(times, onsets.duration)


def extended(times: np.ndarray, duration: float) -> np.ndarray:
    """The same pulse, run on at its first and last pace to both ends of the song."""
    first = float(np.median(np.diff(times[:5])))
    last = float(np.median(np.diff(times[-5:])))
    before = np.arange(times[0] - first, -0.3 * first, -first)[::-1]
    after = np.arange(times[-1] + last, duration, last)
    return np.concatenate([np.maximum(before, 0.0), times, after])


def _best_path(strength: np.ndarray, period: np.ndarray) -> np.ndarray:
    """(B,) frames of the beats."""
    frames, n = len(strength), len(INTERVALS)
    column = np.arange(n)
    log = np.log(INTERVALS)
    change = change_costs(INTERVALS, REACH, STEADINESS)
    to_curve = -np.minimum(0.5 * ((log - np.log(period)[:, None]) / LOOSENESS) ** 2, CURVE_CAP)
    score = np.empty((frames, n), np.float32)  # best path that ends with a beat here, after this interval
    onward = np.empty((frames, n), np.float32)  # the same, by the interval that comes next
    back = np.empty((frames, n), np.int8)
    half = INTERVALS // 2
    for a in range(0, frames, int(INTERVALS[0])):  # a block never depends on itself
        t = np.arange(a, min(frames, a + int(INTERVALS[0])))[:, None]
        source, middle = t - INTERVALS, t - half
        before = np.where(source >= 0, onward[np.maximum(source, 0), column], 0.0)
        between = np.where(middle >= 0, strength[np.maximum(middle, 0)], 0.0)
        now = before + strength[t] + MIDDLE * between + to_curve[t[:, 0]]
        score[t[:, 0]] = now
        padded = np.pad(now, ((0, 0), (REACH, REACH)), constant_values=-1e9)
        options = np.stack([padded[:, k:k + n] - change[k] for k in range(2 * REACH + 1)])
        best = options.argmax(axis=0)
        value, origin = np.take_along_axis(options, best[None], 0)[0], column + best - REACH
        top = now.argmax(axis=1)[:, None]
        jump = np.take_along_axis(now, top, 1) - JUMP
        onward[t[:, 0]] = np.maximum(value, jump)
        back[t[:, 0]] = np.where(jump > value, top, origin)
    return walk_back(score, back, INTERVALS)


def refine(onsets: Onsets, times: np.ndarray) -> np.ndarray:
    """(B,) the grid drawn to the onsets between frames and made even where there are none.

    Minimises sum w (b - onset)^2 + STIFFNESS * sum (second difference of b)^2, a banded linear system.
    """
    if len(times) < 3:
        return times
    onset, weight = _nearest_onsets(onsets.strength, times)
    bands = bending(len(times), STIFFNESS)
    bands[2] += weight + 1e-3
    pull = weight * onset + 1e-3 * times
    refined = scipy.linalg.solveh_banded(bands, pull) - LATENCY
    return refined if (np.diff(refined) > 0).all() else times - LATENCY


def _nearest_onsets(strength: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(B,) time of the strongest onset near each beat, to a fraction of a frame; (B,) its weight."""
    reach = round(CATCH * FPS)
    centre = np.round(times * FPS).astype(int)
    at = np.clip(centre[:, None] + np.arange(-reach, reach + 1), 1, len(strength) - 2)
    peak = at[np.arange(len(times)), strength[at].argmax(axis=1)]
    left, mid, right = strength[peak - 1], strength[peak], strength[peak + 1]
    is_peak = (mid >= left) & (mid >= right) & (mid > 0)
    curve = left - 2.0 * mid + right
    shift = np.where(is_peak & (curve < 0), 0.5 * (left - right) / np.minimum(curve, -1e-9), 0.0)
    return (peak + np.clip(shift, -0.5, 0.5)) / FPS, np.where(is_peak, np.clip(mid, 0.0, 3.0), 0.0)
