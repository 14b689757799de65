"""What flies faster than dancers can takes longer; the moments around it make up for it.

A network's arm that whips round in three frames goes the right way too fast. So time is bent there: the poses
stay what they were, and follow each other more slowly where a joint flies and a little faster before and
after. All joints keep together, and a foot that stands still stands.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from scipy.interpolate import PchipInterpolator

from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.resample import sample
from dance_core.motion.soles import runs
from dance_core.motion.vectors import length

FLING = 11.0  # m/s, as fast as the fastest kick of the recorded dances
MARGIN = 1.04  # what is slowed gets below it by so much, for curves overshoot
QUICK = 0.65  # of a frame that a frame's way takes at least where time is made up
NEAR, FAR = 8, 40  # frames on each side in which it is
ROUNDS = 3


def unhurried(motion: Motion, frozen: int, most: float = FLING) -> Motion:
    """The motion with no joint above `most` m/s, if that can be had; bit for bit the same where none is near.

    Where the FAR frames around are too quick themselves, it is slowed as far as they allow.

    Args:
        frozen: so many first frames stay. The last one does, too.
    """
    first = max(0, frozen - 1)
    for _ in range(ROUNDS):
        new = motion.slice(first, len(motion))
        speed = length(np.diff(kin.joints(new), axis=0)).max(-1, initial=0.0) * motion.fps
        if speed.max(initial=0.0) <= most:
            break
        slower = sample(new, _read_at(speed / most) / motion.fps, motion.fps, smooth=True)
        motion = Motion.join([motion.slice(0, first), slower])
    return motion


def _read_at(hurry: np.ndarray) -> np.ndarray:
    """(T,) at which frame each is read, of speeds (T - 1,) as shares of what is allowed."""
    more = np.maximum(hurry * MARGIN - 1.0, 0.0)
    more = ndimage.gaussian_filter1d(ndimage.maximum_filter1d(more, 3), 1.0, mode="nearest")
    takes = np.ones(len(hurry))  # frames that the way from one frame to the next takes
    for a, b in runs(more > 1e-4):
        spare = np.maximum(takes - np.maximum(hurry * MARGIN, QUICK), 0.0)
        spare[a:b] = 0.0
        wanted = float(more[a:b].sum())
        for reach in range(NEAR, FAR + 1):
            given = spare * _around(len(hurry), a, b, reach)
            if given.sum() >= wanted:
                break
        share = min(1.0, float(given.sum()) / wanted)
        takes[a:b] += share * more[a:b]
        takes -= given * share * wanted / max(float(given.sum()), 1e-9)
    return PchipInterpolator(np.concatenate([[0.0], np.cumsum(takes)]), np.arange(len(takes) + 1))(
        np.arange(len(takes) + 1)).clip(0, len(takes))


def _around(count: int, a: int, b: int, reach: int) -> np.ndarray:
    """(count,) 1 beside the run a to b, falling softly to 0 within `reach`."""
    k = np.arange(count)
    far = np.maximum(np.maximum(a - k, k - (b - 1)), 0) / (reach + 1)
    return np.where(far < 1, np.cos(np.pi / 2 * np.minimum(far, 1.0)) ** 2, 0.0)
