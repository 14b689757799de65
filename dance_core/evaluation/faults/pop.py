"""Pop: a joint is somewhere else from one frame to the next.

Told by each joint's path, against the steps before and after, less what is usual around: a joint that
trembles is jitter's.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.motion.skeleton import BODY, JOINT_NAMES

_AROUND_S = 0.6  # what is usual there is the median over so long
_USUAL = 3.0  # times the usual are no pop: joints that tremble all the time do it there


def surprise(dance: Dance) -> np.ndarray:
    """(T, 22) cm: how much further a joint went within 1/30 s than before and after it, less 3 × the usual.

    Half of the third difference: a step of the place has its full size, and so has a glitch of one frame.
    """
    s, p = dance.stride, dance.places[:, :BODY]
    out = np.zeros(p.shape[:2])
    third = p
    for _ in range(3):
        third = third[s:] - third[:-s]
    if not len(third):
        return out
    first = (len(p) - len(third)) // 2
    out[first:first + len(third)] = 50 * np.linalg.norm(third, axis=-1)
    return out - _USUAL * dance.middle(out, _AROUND_S)


def find(dance: Dance) -> list[Fault]:
    """Moments at which a joint jumps."""
    return over(KIND, dance, surprise(dance), lambda _, column: JOINT_NAMES[column],
                lambda v, joint, _: f"The {joint} jumps by {v:.0f} cm from one frame to the next.")


KIND = Kind("pop", "Pop", "cm", 4.0, 8.0,
            "how much further a joint goes in 1/30 s than in the steps before and after",
            "own: one in a thousand frames of recorded dances has 3 cm", find)
