"""Freeze: the body, its legs or its arms stand still for longer than a dancer holds a pose.

The body's stillness is told by speeds of joints in the world, that of legs and arms by how fast their
joints turn: a body that is carried along on frozen legs has still legs.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault, joined
from dance_core.motion import skeleton as sk
from dance_core.motion.soles import runs

STILL = 0.03  # m/s, mean over the body's joints: slower is still; a standing person sways faster
STILL_LIMB = 0.05  # rad/s, mean over hips, knees and ankles, or shoulders, elbows and wrists
_AVERAGED_S = 0.15
_LONGER = 2.5  # times as long as the body legs or arms may stand
LIMBS = {"legs": (sk.LEFT_HIP, sk.RIGHT_HIP, sk.LEFT_KNEE, sk.RIGHT_KNEE, sk.LEFT_ANKLE, sk.RIGHT_ANKLE),
         "arms": (sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER, sk.LEFT_ELBOW, sk.RIGHT_ELBOW, sk.LEFT_WRIST,
                  sk.RIGHT_WRIST)}


def find(dance: Dance) -> list[Fault]:
    """Stretches in which the body is still, or its legs or arms do not turn while the rest moves."""
    still = dance.averaged(dance.group_speeds["body"], _AVERAGED_S) < STILL
    found = _faults(dance, still, "body", KIND.limit)
    for part, joints in LIMBS.items():
        turning = dance.averaged(dance.turning[:, list(joints)].mean(-1), _AVERAGED_S)
        found += [f for f in _faults(dance, turning < STILL_LIMB, part, KIND.limit * _LONGER)
                  if not any(g.joint == "body" and f.overlaps(g) for g in found)]
    return sorted(found, key=lambda f: f.start_s)


def _faults(dance: Dance, still: np.ndarray, part: str, limit: float) -> list[Fault]:
    return [fault(KIND, dance, a, b, (b - a) / dance.fps, part, _sentence, limit)
            for a, b in joined(runs(still), dance.frames(0.1)) if (b - a) / dance.fps > limit]


def _sentence(value: float, part: str, _: float) -> str:
    return f"The whole body stands still for {value:.1f} s." if part == "body" else \
        f"The {part} stand still for {value:.1f} s while the rest moves on."


KIND = Kind("freeze", "Freeze", "s", 1.2, 2.5,
            f"how long the mean speed of the body's joints is below {STILL:g} m/s; legs or arms: how long "
            f"they turn slower than {STILL_LIMB:g} rad/s, 2.5 times as long is let go",
            "own; a pose that is hit lasts shorter, recorded dances stand for 2.0 s at most", find)
