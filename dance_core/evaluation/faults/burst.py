"""Burst: for a moment a part of the body moves much faster than in all the rest of the dance.

A part's speed is held against its own 95th percentile, so vivid dances are let more than calm ones. A burst
lasts as long as it is at least half as fast as at its worst; what leads there is the dance's own.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.evaluation.limits import Limits
from dance_core.motion.skeleton import BODY, JOINT_NAMES

_AVERAGED_S = 0.15
_FAST = {"body": 1.1, "legs": 1.8, "arms": 2.0}  # m/s: slower is no burst, however calm the rest is


def find(dance: Dance) -> list[Fault]:
    """Stretches in which the mean speed of body, legs or arms is over the limit, and joints over 12 m/s.

    The speed is told as times the usual: the part's 95th percentile over the dance, or what is no burst.
    """
    usual = {part: max(_FAST[part], float(np.percentile(dance.averaged(speed, _AVERAGED_S), 95)))
             for part, speed in dance.group_speeds.items()}
    times = np.stack([dance.averaged(speed, _AVERAGED_S) / usual[part]
                      for part, speed in dance.group_speeds.items()], -1)
    parts = list(usual)
    found = over(KIND, dance, times, lambda _, column: parts[column],
                 lambda v, part, _: f"The {part} move{'s' * (part == 'body')} at {v * usual[part]:.1f} m/s, "
                                    f"{v:.1f} times as fast as in all but a twentieth of this dance.",
                 gap_s=0.1, edge=0.7, share=0.5)
    joints = dance.steps / (dance.stride / dance.fps) / Limits().speed * KIND.limit
    single = over(KIND, dance, joints[:, :BODY], lambda _, column: JOINT_NAMES[column], _fast)
    return found + [f for f in single if not any(f.overlaps(g) for g in found)]


def _fast(value: float, joint: str, _: float) -> str:
    return f"The {joint} moves at {value / KIND.limit * Limits().speed:.0f} m/s, faster than a body can."


KIND = Kind("burst", "Burst", "×", 1.45, 2.2,
            "mean speed of a part over 0.15 s / its 95th percentile in this dance (body 1.1, legs 1.8, arms "
            "2 m/s at least); a joint at 12 m/s is at the limit too",
            "own; limits.Limits.speed", find)
