"""A hand or a forearm goes through the body's own trunk, head or thighs."""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.motion import shape
from dance_core.motion.capsules import ARMS, SUNK, TRUNK_AND_HEAD, depths_from, lines_from
from dance_core.motion.skeleton import BODY, JOINT_NAMES


def find(dance: Dance) -> list[Fault]:
    """Stretches in which a palm or the lower half of a forearm is deep in another part of the body."""
    world, places = dance.world[:, :BODY], dance.places[:, :BODY]
    flesh = shape.flesh_factors(dance.motion.betas)
    deep = 100 * depths_from(lines_from(world, places, ARMS, flesh),
                             lines_from(world, places, TRUNK_AND_HEAD, flesh))
    arms, into = deep.max(2), deep.max(1).argmax(1)

    def name(_: int, column: int) -> str:
        return JOINT_NAMES[ARMS[column].joint]

    def sentence(value: float, joint: str, seconds: float) -> str:
        return f"The {joint} is {value:.0f} cm deep in the body."

    found = over(KIND, dance, arms, name, sentence)
    return [_named(f, dance, into, arms) for f in found]


def _named(one: Fault, dance: Dance, into: np.ndarray, arms: np.ndarray) -> Fault:
    """With the part of the body that it is in."""
    from dataclasses import replace

    a, b = round(one.start_s * dance.fps), round(one.stop_s * dance.fps)
    at = a + int(arms[a:b].max(1).argmax())
    part = TRUNK_AND_HEAD[into[at]].name.replace("_", " ")
    what = "hand" if one.joint.endswith("wrist") else "forearm"
    side = one.joint.partition("_")[0]
    return replace(one, sentence=f"The {side} {what} is {one.value:.0f} cm deep in the {part}.")


KIND = Kind("inside", "Through the body", "cm", 100 * SUNK, 9.0,
            "depth of a palm or forearm in the trunk, head or thighs, all of them capsules",
            "capsules.SUNK: so deep a palm is wholly under the skin", find)
