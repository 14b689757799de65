"""Burst: for a moment a part of the body moves much faster than in all the rest of the dance.

A part's speed is held against its own 93rd percentile, so vivid dances are let more than calm ones; frames in
which it hardly moves don't count, for a dance that waits for a while is not a calmer one. A burst lasts as
long as it is at least half as fast as at its worst; what leads there is the dance's own.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.evaluation.limits import Limits
from dance_core.motion.skeleton import BODY, JOINT_NAMES

_AVERAGED_S = 0.37  # two flings of an arm: shorter, and what is found hangs on the frame rate
_SHARE = 93  # per cent of the frames with motion are usual
_MOVES = 0.5  # of the median speed: slower frames hardly move
_FAST = {"body": 1.1, "legs": 1.8, "arms": 2.0}  # m/s: slower is no burst, however calm the rest is


def find(dance: Dance) -> list[Fault]:
    """Stretches in which the mean speed of body, legs or arms is over the limit, and joints over 12 m/s.

    The speed is told as times the usual: the part's 93rd percentile over the dance, or what is no burst.
    """
    speeds = {part: dance.averaged(speed, _AVERAGED_S) for part, speed in dance.group_speeds.items()}
    usual = {part: max(_FAST[part], _vivid(speed)) for part, speed in speeds.items()}
    times = np.stack([speed / usual[part] for part, speed in speeds.items()], -1)
    parts = list(usual)
    found = over(KIND, dance, times, lambda _, column: parts[column],
                 lambda v, part, _: f"The {part} move{'s' * (part == 'body')} at {v * usual[part]:.1f} m/s, "
                                    f"{v:.1f} times as fast as in all but the fastest {100 - _SHARE} % of "
                                    "this dance.",
                 gap_s=0.1, edge=0.8, share=0.5)
    joints = dance.steps / (dance.stride / dance.fps) / Limits().speed * KIND.limit
    single = over(KIND, dance, joints[:, :BODY], lambda _, column: JOINT_NAMES[column], _fast)
    return found + [f for f in single if not any(f.overlaps(g) for g in found)]


def _vivid(speed: np.ndarray) -> float:
    """m/s that only the fastest 7 % of the frames with motion are above."""
    moving = speed[speed > _MOVES * np.median(speed)]
    return float(np.percentile(moving, _SHARE)) if len(moving) else 0.0


def _fast(value: float, joint: str, _: float) -> str:
    return f"The {joint} moves at {value / KIND.limit * Limits().speed:.0f} m/s, faster than a body can."


KIND = Kind("burst", "Burst", "×", 1.25, 1.9,
            "mean speed of a part over 0.37 s / its 93rd percentile where it moves (body 1.1, legs 1.8, arms "
            "2 m/s at least); a joint at 12 m/s is at the limit too",
            "own; limits.Limits.speed", find)
