"""Jitter: joints tremble faster than muscles can.

Told by the path of each joint alone, above 7.5 Hz, where recorded dances have been filtered; a tremor of one
size has the same value at 30 and at 60 frames a second.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import convolve1d, minimum_filter1d

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.motion.skeleton import BODY, JOINT_NAMES

WINDOW_S = 0.5  # a median over so long: one pop, which rings for 0.15 s, is no trembling
_OF_THE_WAY = 0.04  # of a joint's way in 1/30 s: a limb that is flung has overtones of that size
_REACH = 3  # steps by which differences and mean reach beyond a tremor's ends
# The product of two neighbours swings, twice in a period of the tremor: a mean over nine steps levels it, so
# that the median over WINDOW_S is the same at either rate, within 1 % from 8 to 12 Hz and 3 % up to 14.
_HANN = np.sin(np.pi * np.arange(1, 10) / 10) ** 2 / 5
_ORDER = 4  # differences: of what is slower than 3 Hz they let 1 % through, of noise nearly half


def trembling(dance: Dance) -> np.ndarray:
    """(T, 22) mm: how far the body's joints tremble faster than 7.5 times a second.

    Fourth differences in steps of 1/30 s leave what is fast. Two in a row point in opposite ways
    where what is left is above 7.5 Hz, and the same way below: their product, negative, is what counts; 0
    where it is nothing beside the joint's own way.
    """
    s, p = dance.stride, dance.places[:, :BODY]
    out = np.zeros(p.shape[:2])
    fast = p
    for _ in range(_ORDER):
        fast = fast[s:] - fast[:-s]
    if len(fast) <= s:
        return out
    against = -(fast[s:] * fast[:-s]).sum(-1)
    weights = np.zeros((len(_HANN) - 1) * s + 1)
    weights[::s] = _HANN
    against = dance.middle(convolve1d(against, weights, axis=0, mode="mirror"), WINDOW_S)
    first = (len(p) - len(against)) // 2
    out[first:first + len(against)] = against
    out[:first], out[first + len(against):] = against[0], against[-1]
    left = 1000 * np.sqrt(np.maximum(out, 0.0)) / 2**_ORDER
    return np.where(left > 1000 * _OF_THE_WAY * dance.middle(dance.steps, WINDOW_S), left, 0.0)


def find(dance: Dance) -> list[Fault]:
    """Stretches in which a joint trembles."""
    size = trembling(dance)
    within = minimum_filter1d((size > KIND.limit).astype(np.uint8), 2 * _REACH * dance.stride + 1, axis=0,
                              mode="nearest")
    return over(KIND, dance, size * within, lambda _, column: JOINT_NAMES[column],
                lambda v, joint, s: f"For {s:.1f} s the {joint} trembles by {v:.1f} mm, faster than muscles.",
                gap_s=0.4, least_s=0.2, share=0.3)


KIND = Kind("jitter", "Jitter", "mm", 1.0, 3.0,
            "size of what is left of a joint's way above 7.5 Hz, median over 0.5 s",
            "own; recorded dances have been filtered at 8 to 13 Hz", find)
