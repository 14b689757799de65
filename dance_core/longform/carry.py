"""Heading and place carried on: where a new segment is put so that it goes on from what was danced.

Metres, radians, Y up; a positive turn about Y is to the dancer's left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.longform.blend import AGREE_DEGREES, AGREE_METRES
from dance_core.longform.steps import SAME_PLACE
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.centre import heading_between
from dance_core.motion.motion import Motion

_FEET = [sk.LEFT_FOOT, sk.RIGHT_FOOT]
_A_STEP = 0.1  # m: a foot that must step at all counts as much as this much way
_PELVIS = 0.5  # how much the pelvis' way counts against the feet's


@dataclass(frozen=True, eq=False)
class Placing:
    """A turn about Y (radians) and then a shift (2,) m along x and z."""

    turn: float
    shift: np.ndarray

    def apply(self, motion: Motion) -> Motion:
        """Turn and move a motion; only the pelvis' rotation and translation change."""
        q = rot.quaternion_about("y", self.turn)
        rotations = motion.rotations.copy()
        rotations[:, 0] = rot.axis_angle_from_quaternion(
            rot.multiply(q, rot.quaternion_from_axis_angle(motion.rotations[:, 0])))
        place = rot.rotate(q, motion.translation)
        place[:, ::2] += self.shift
        return replace(motion, rotations=rotations, translation=place)

    def is_nothing(self) -> bool:
        """Whether it moves less than two sides may differ that agree."""
        return (abs(np.degrees(self.turn)) < AGREE_DEGREES
                and float(np.linalg.norm(self.shift)) < AGREE_METRES)


def onto(there: Motion, here: Motion) -> Placing:
    """What puts the pelvis of `here` over that of `there`, facing the same way: mean over their frames."""
    turn = heading_between(*(rot.quaternion_from_axis_angle(m.rotations[:, 0]) for m in (there, here)))
    turned = Placing(turn, np.zeros(2)).apply(here)
    return Placing(turn, (there.translation - turned.translation)[:, ::2].astype(np.float64).mean(0))


def onto_feet(there: Motion, here: Motion, stands: np.ndarray, pull: float = 0.0) -> Placing:
    """What makes `here` face as `there` does and puts standing feet where they stand.

    Args:
        there, here: the same T frames of the dance so far and of the new segment.
        stands: (T, 2) bool, feet that stand in both. The place is that of one of them, or of the pelvis,
            whichever leaves the feet the fewest and shortest steps.
        pull: metres that it is then moved towards x = z = 0.
    """
    world = [kin.global_rotations(rot.quaternion_from_axis_angle(m.rotations[:, :9])) for m in (there, here)]
    weights = np.concatenate([np.ones((len(there), 1)), stands], -1)
    turn = heading_between(*(g[:, [sk.PELVIS, sk.LEFT_ANKLE, sk.RIGHT_ANKLE]] for g in world), weights)
    turned = Placing(turn, np.zeros(2)).apply(here)
    apart = (kin.joints(there, sk.BODY) - kin.joints(turned, sk.BODY))[..., ::2]
    pelvis = apart[:, sk.PELVIS]
    feet = [apart[stands[:, i], foot] for i, foot in enumerate(_FEET) if stands[:, i].any()]

    def left_over(shift: np.ndarray) -> float:
        slid = [float(np.linalg.norm(foot - shift, axis=-1).mean()) for foot in feet]
        away = float(np.linalg.norm(pelvis - shift, axis=-1).mean())
        return sum(_A_STEP + way for way in slid if way > SAME_PLACE) + _PELVIS * away

    shift = min([pelvis.mean(0), *(foot.mean(0) for foot in feet)], key=left_over)
    if pull:
        place = there.translation[-1, ::2].astype(np.float64)
        shift = shift - place * min(pull / max(float(np.linalg.norm(place)), 1e-9), 1.0)
    return Placing(turn, shift)
