"""A limb goes through the body's own trunk, head or thighs, or through another limb.

The body is taken for capsules (motion.capsules), true to its skin within 2 cm. Palms and forearms are held
against trunk, head and thighs; shins and feet against the other leg, forearms and palms against the other
arm. Two limbs that go right through each other are only as deep as they are thick together (7 to 10 cm), so
less of that is let go. What is joined, and what touches in any dance (thighs, upper arms, a foot and its own
leg), is not looked at; nor are fingers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.motion import shape
from dance_core.motion.capsules import (
    ARMS,
    LIMB_PAIRS,
    SUNK,
    TRUNK_AND_HEAD,
    Capsule,
    depths_from,
    limb_depths,
    lines_from,
)
from dance_core.motion.skeleton import BODY, JOINT_NAMES

_LIMB = 3.0  # cm, of a limb in another


def find(dance: Dance) -> list[Fault]:
    """Stretches in which a limb is deep in another part of the body."""
    world, places = dance.world[:, :BODY], dance.places[:, :BODY]
    flesh = shape.flesh_factors(dance.motion.betas)
    trunk = 100 * depths_from(lines_from(world, places, ARMS, flesh),
                              lines_from(world, places, TRUNK_AND_HEAD, flesh))
    pairs = [(a, b) for a in ARMS for b in TRUNK_AND_HEAD]
    return [*_found(dance, trunk.reshape(len(dance), -1), pairs, None),
            *_found(dance, 100 * limb_depths(world, places, flesh), LIMB_PAIRS, _LIMB)]


def _found(dance: Dance, deep: np.ndarray, pairs: Sequence[tuple[Capsule, Capsule]],
           limit: float | None) -> Iterator[Fault]:
    """One fault for each stretch; deep: (T, P) cm of pairs (what is inside, what it is in)."""
    joints = [JOINT_NAMES[one.joint] for one, _ in pairs]
    for f in over(KIND, dance, deep, lambda _, column: joints[column], lambda *_: "", limit=limit):
        a, b = round(f.start_s * dance.fps), round(f.stop_s * dance.fps)
        one, other = pairs[int(deep[a:b].max(0).argmax())]
        yield replace(f, sentence=f"The {_called(one)} is {f.value:.0f} cm deep in the {_called(other)}.")


def _called(one: Capsule) -> str:
    return one.name.replace("_", " ").replace("palm", "hand")


KIND = Kind("inside", "Through the body", "cm", 100 * SUNK, 9.0,
            "depth of a palm or forearm in the trunk, head or thighs, or of a limb in the other one (3 cm "
            "let go, severe from 6.75), all of them capsules",
            "capsules.SUNK: so deep a palm is wholly under the skin", find)
