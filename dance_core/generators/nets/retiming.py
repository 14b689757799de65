"""A dance moved a little in time, so that it comes to rest where the music's beats fall.

What a network makes knows the beat, but comes to rest a few frames early or late. So its time is bent: at
each beat it is moved by as many frames as bring the body nearest to rest there, at the price of how much the
pace would change from beat to beat. Which are cheapest together is found by dynamic programming; between
beats time runs along a monotone cubic. The poses stay what they were.
"""

from __future__ import annotations

import numpy as np
from scipy.interpolate import PchipInterpolator

from dance_core.generators.nets.pose_code import CONTACTS, RATES
from dance_core.generators.nets.resting import calm_speed
from dance_core.motion.resample import cubic

STEP = 0.5  # frames between the moves that are weighed
SLOPE = 0.3  # frames a frame: between two beats the pace changes by at most this


def rested(speed: np.ndarray, beats: np.ndarray, start: float, stop: float, most: float, stiff: float, *,
           free: bool = True) -> PchipInterpolator | None:
    """By how many frames a dance is moved over time; None where no beat is.

    Args:
        speed: (T - 1,) m/s, of the body between its frames.
        beats: frames of the music, on the same count.
        start: nothing is moved there. stop: where the dance ends; beats outside are nobody's.
        most: frames that a moment may be moved.
        stiff: what a change of pace costs: its square times this, against the share of the mean speed that is
            less at the beat.
        free: the end may be moved, too.

    Returns:
        of a frame, how many frames later the dance is read there.
    """
    beats = beats[(beats > start + 1) & (beats < stop - 1)]
    if not len(beats) or len(speed) < 3 or most <= 0:
        return None
    calm = calm_speed(speed)
    at = np.arange(len(calm)) + 0.5
    mean = max(float(calm.mean()), 1e-6)
    moves = np.arange(-np.floor(most / STEP), np.floor(most / STEP) + 1) * STEP
    still = np.where(moves == 0.0, 0.0, np.inf)
    places = np.concatenate([[start], beats, [stop]])
    end = np.zeros(len(moves)) if free else still
    cost, came = still, []
    for k in range(1, len(places)):
        pace = (moves - moves[:, None]) / (places[k] - places[k - 1])  # from (rows) -> to (columns)
        way = cost[:, None] + np.where(np.abs(pace) <= SLOPE, stiff * pace**2, np.inf)
        came.append(way.argmin(0))
        there = np.interp(places[k] + moves, at, calm) / mean if k < len(places) - 1 else end
        cost = way.min(0) + there
    best = [int(np.argmin(cost))]
    for back in reversed(came):
        best.append(int(back[best[-1]]))
    return PchipInterpolator(places, moves[best[::-1]])


def read_at(rows: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Pose code rows (T, ROW) at fractional frames (N,), as rows of the time in which they are read."""
    out = cubic(rows, at.clip(0.0, len(rows) - 1))
    if len(at) > 1 and len(rows) > 1:
        out[:, RATES] *= np.gradient(at)[:, None]
    out[:, CONTACTS] = out[:, CONTACTS].clip(0.0, 1.0)
    return out
