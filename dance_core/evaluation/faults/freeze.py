"""Freeze: the body, its legs or its arms stand still for longer than a dancer holds a pose."""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault, joined
from dance_core.motion.soles import runs

STILL = 0.03  # m/s, mean over the part's joints: slower is still; a standing person sways faster
_AVERAGED_S = 0.15
_LONGER = {"body": 1.0, "legs": 2.5, "arms": 2.5}  # how many times the limit each part may stand


def find(dance: Dance) -> list[Fault]:
    """Stretches in which a part is still; legs and arms only where the body as a whole is not."""
    found: list[Fault] = []
    all_still = np.zeros(len(dance), bool)
    for part, speed in dance.group_speeds.items():
        limit = KIND.limit * _LONGER[part]
        still = dance.averaged(speed, _AVERAGED_S) < STILL
        for a, b in joined(runs(still), dance.frames(0.1)):
            seconds = (b - a) / dance.fps
            if seconds <= limit or all_still[a:b].mean() > 0.5:
                continue
            if part == "body":
                all_still[a:b] = True
            found.append(fault(KIND, dance, a, b, seconds, part, _sentence, limit))
    return sorted(found, key=lambda f: f.start_s)


def _sentence(value: float, part: str, _: float) -> str:
    return f"The whole body stands still for {value:.1f} s." if part == "body" else \
        f"The {part} stand still for {value:.1f} s while the rest moves on."


KIND = Kind("freeze", "Freeze", "s", 1.2, 2.5,
            f"how long the mean speed of the body's joints is below {STILL:g} m/s; of legs or arms, about "
            "the pelvis, 2.5 times as long is let go",
            "own; a pose that is hit lasts shorter, recorded dances stand for 2.0 s at most", find)
