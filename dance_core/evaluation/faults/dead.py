"""Dead hands, dead face: fingers or a face that do nothing while the body dances.

Told only of parts that the dance has; a hand's 15 joints, and the face's 52 coefficients, count by their
mean.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import STEP_S, Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault, joined
from dance_core.motion.skeleton import LEFT_HAND, RIGHT_HAND
from dance_core.motion.soles import runs

STILL_FINGERS = 0.02  # rad/s, mean over a hand's 15 joints
STILL_FACE = 0.002  # 1/s, mean over the 52 coefficients
_MOVES = 0.1  # m/s of the body's joints: below this nothing has to move
_AVERAGED_S = 0.2


def finger_speeds(dance: Dance) -> np.ndarray:
    """(T, 2) rad/s, left and right: mean over the hand's joints of how fast they turn."""
    return np.stack([dance.turning[:, hand].mean(-1) for hand in (LEFT_HAND, RIGHT_HAND)], -1)


def face_speed(dance: Dance) -> np.ndarray:
    """(T,) 1/s: mean change of the face's coefficients."""
    f, s = dance.motion.face.astype(np.float64), dance.stride
    out = np.zeros(len(dance))
    change = np.abs(f[s:] - f[:-s]).mean(-1) / STEP_S
    out[s // 2:s // 2 + len(change)] = change
    return out


def find_hands(dance: Dance) -> list[Fault]:
    """Stretches in which both hands' fingers are still; or one hand's, while the other's move."""
    if "hands" not in dance.parts:
        return []
    still = dance.averaged(finger_speeds(dance), _AVERAGED_S) < STILL_FINGERS
    both = _still(HANDS, dance, still.all(1), "hands", "The fingers of both hands do")
    return sorted(both + [f for side, column in (("left", 0), ("right", 1))
                          for f in _still(HANDS, dance, still[:, column] & ~still.all(1), f"{side}_wrist",
                                          f"The fingers of the {side} hand do")],
                  key=lambda f: f.start_s)


def find_face(dance: Dance) -> list[Fault]:
    """Stretches in which the face is still."""
    if "face" not in dance.parts:
        return []
    return _still(FACE, dance, dance.averaged(face_speed(dance), _AVERAGED_S) < STILL_FACE, "face",
                  "The face does")


def _still(kind: Kind, dance: Dance, still: np.ndarray, joint: str, who: str) -> list[Fault]:
    body = dance.averaged(dance.group_speeds["body"], 1.0)
    return [fault(kind, dance, a, b, (b - a) / dance.fps, joint,
                  lambda v, *_: f"{who} nothing for {v:.1f} s while the body dances.")
            for a, b in joined(runs(still), dance.frames(0.1))
            if (b - a) / dance.fps > kind.limit and body[a:b].mean() > _MOVES]


HANDS = Kind("hands", "Dead hands", "s", 4.0, 8.0,
             f"how long a hand's fingers turn slower than {STILL_FINGERS:g} rad/s while the body moves",
             "own; hands that are not in the data are not asked", find_hands)
FACE = Kind("face", "Dead face", "s", 5.0, 10.0,
            f"how long the face's coefficients change slower than {STILL_FACE:g}/s while the body moves",
            "own; people blink every 3 to 4 s (Bentivoglio et al. 1997)", find_face)
