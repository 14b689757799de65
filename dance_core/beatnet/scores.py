"""How right found beats are: the field's measures, written from Davies, Degara and Plumbley (2009).

Tests hold them against mir_eval, which only they need.
"""

from __future__ import annotations

import numpy as np

WINDOW = 0.07  # s by which a found beat may be off
SHARE = 0.175  # of a beat by which a continuous one may be off, and its interval may differ
FIRST = 5.0  # s that don't count


def f_measure(truth: np.ndarray, found: np.ndarray) -> float:
    """Harmonic mean of precision and recall within 70 ms, each beat matched once; from 5 s on. 0 to 1."""
    truth, found = truth[truth >= FIRST], found[found >= FIRST]
    if not len(truth) or not len(found):
        return 0.0
    hits = i = j = 0
    while i < len(truth) and j < len(found):  # both sorted: greedy matching is the best one
        if abs(truth[i] - found[j]) <= WINDOW:
            hits, i, j = hits + 1, i + 1, j + 1
        elif truth[i] < found[j]:
            i += 1
        else:
            j += 1
    return 2.0 * hits / (len(truth) + len(found))


def amlt(truth: np.ndarray, found: np.ndarray) -> float:
    """AMLt: share of beats right in place and pace, at the best of the allowed levels; from 5 s on. 0 to 1.

    Allowed are the beats, their off-beats, twice as many, and every other one from either.
    """
    truth, found = truth[truth >= FIRST], found[found >= FIRST]
    if len(truth) < 2 or len(found) < 2:
        return 0.0
    double = np.interp(np.arange(2 * len(truth) - 1) / 2, np.arange(len(truth)), truth)
    levels = (truth, double[1::2], double, truth[::2], truth[1::2])
    return max(_continuous(level, found) for level in levels)


def cmlt(truth: np.ndarray, found: np.ndarray) -> float:
    """CMLt: the same at the beats' own level alone."""
    truth, found = truth[truth >= FIRST], found[found >= FIRST]
    return _continuous(truth, found) if len(truth) > 1 and len(found) > 1 else 0.0


def _continuous(truth: np.ndarray, found: np.ndarray) -> float:
    if len(truth) < 2:
        return 0.0
    nearest = np.abs(found[:, None] - truth).argmin(axis=1)
    step, own = np.diff(truth), np.diff(found)
    before = np.maximum(nearest - 1, 0)  # a first beat has the interval that follows it
    pace = step[np.where(nearest == 0, 0, before)]
    mine = own[np.maximum(np.arange(len(found)) - 1, 0)]
    right = (np.abs(found - truth[nearest]) / pace < SHARE) & (np.abs(1.0 - mine / pace) < SHARE)
    _, once = np.unique(nearest, return_index=True)
    first = np.zeros(len(found), bool)
    first[once] = True
    return float((right & first).sum() / max(len(truth), len(found)))
