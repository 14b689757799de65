"""The end of a dance drawn onto frames that it must arrive at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dance_core.generators.nets.finishing import planted
from dance_core.generators.nets.slowing import unhurried
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.centre import heading_between
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.hinges import hinges_kept
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY
from dance_core.motion.vectors import length

FADE, FADE_A_METRE = 15, 45  # frames over which what is different dies away; more where a joint is far off


def arriving(motion: Motion, arrive: Motion, frozen: int) -> Motion:
    """The motion, whose last frames are those of `arrive`, as they are or turned and moved as a whole.

    They are put where the motion's own last frames begin, facing the same way. Before them the difference and
    its speed die away backwards as a quintic (inertialisation, as at a seam, in reversed time), and feet are
    planted anew between what stays at both ends: one that stands elsewhere than it will on arrival steps.

    Args:
        motion: its last len(arrive) frames stand for those that it shall arrive at.
        frozen: so many first frames stay bit for bit.
    """
    first = len(motion) - len(arrive)
    if first < frozen:
        raise ValueError(f"{len(arrive)} frames to arrive at leave {first} of {len(motion)}, "
                         f"but {frozen} stay")
    end = _placed_like(motion.slice(first, first + 1), arrive)
    far = kin.joints(end.slice(0, 1), BODY) - kin.joints(motion.slice(first, first + 1), BODY)
    n = min(FADE + round(FADE_A_METRE * float(length(far).max())), first - frozen)
    if n == 0:
        return Motion.join([motion.slice(0, first), end])
    way = _drawn_onto(motion, end, first, n)
    # the way there may be far: it takes its time, and is there when the end begins
    drawn = unhurried(Motion.join([motion.slice(0, first - n), way, end.slice(0, 1)]), frozen)
    whole = planted(Motion.join([drawn, end.slice(1, len(end))]), frozen, len(end))
    # what lies between two elbows that bend the right way may bend the wrong one
    return Motion.join([whole.slice(0, frozen), hinges_kept(whole.slice(frozen, first)), end])


def parts_arriving(motion: Motion, arrive: Motion, frozen: int, given: Motion, keep: frozenset[str]
                   ) -> Motion:
    """The motion, whose last frames are `arrive` bit for bit; what else is not kept is drawn onto them.

    Args:
        motion, frozen: as for `arriving`.
        given: frames of the dance whose parts `keep`, the body among them, stay as they are.
    """
    first = len(motion) - len(arrive)
    n = min(FADE, first - frozen)
    if n <= 0:
        return Motion.join([motion.slice(0, first), arrive])
    way = _drawn_onto(motion, arrive, first, n).with_parts_of(given.slice(first - n, first), keep)
    return Motion.join([motion.slice(0, first - n), way, arrive])


def _drawn_onto(motion: Motion, end: Motion, first: int, n: int) -> Motion:
    """The `n` frames of a motion before `first`, where `end` begins: the difference dies away backwards."""
    there, here = ((rot.quaternion_from_axis_angle(m.rotations), m.translation.astype(np.float64), m.face)
                   for m in (end.slice(0, 2), motion.slice(first, first + 2)))
    offsets = (rot.axis_angle_from_quaternion(rot.multiply(there[0], rot.inverse(here[0]))),
               there[1] - here[1], there[2] - here[2])
    u = np.arange(n, 0, -1) / n
    place, speed = 1.0 - minimum_jerk(u), n * (u - 6 * u**3 + 8 * u**4 - 3 * u**5)

    def dying(offset: np.ndarray) -> np.ndarray:
        shape = (n, *([1] * (offset.ndim - 1)))
        change = offset[0] - offset[min(1, len(offset) - 1)]  # per frame, backwards
        return place.reshape(shape) * offset[0] + speed.reshape(shape) * change

    turned, moved, face = (dying(offset) for offset in offsets)
    before = motion.slice(first - n, first)
    q = rot.multiply(rot.quaternion_from_axis_angle(turned), rot.quaternion_from_axis_angle(before.rotations))
    return replace(before, rotations=rot.axis_angle_from_quaternion(q),
                   translation=before.translation + moved, face=np.clip(before.face + face, 0.0, 1.0))


def _placed_like(there: Motion, motion: Motion) -> Motion:
    """A motion turned about Y and moved along the floor so that its first frame is over `there`."""
    q = rot.quaternion_from_axis_angle(motion.rotations[:, 0])
    facing = rot.quaternion_from_axis_angle(there.rotations[0, 0])
    turn = rot.quaternion_about("y", heading_between(facing, q[0]))
    rotations = motion.rotations.copy()
    rotations[:, 0] = rot.axis_angle_from_quaternion(rot.multiply(turn, q))
    place = rot.rotate(turn, motion.translation.astype(np.float64))
    place[:, ::2] += there.translation[0, ::2] - place[0, ::2]
    return replace(motion, rotations=rotations, translation=place)
