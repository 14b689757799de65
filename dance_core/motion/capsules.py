"""The body as sixteen capsules: enough to ask whether a limb is inside of it or another, without the mesh.

A capsule is all that is nearer to a line than its radius; some are thicker at one end. Each is fixed to one
joint. Trunk, neck, head, thighs, shins and the lower half of the forearms were fitted once, by least
squares, to the skin of the body that the app ships (tests/motion/fit_capsules.py does it again), which lies
within 2 cm of them. Palm and foot have half the thickness of theirs, not half the width: a hand laid on the
hip is outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import shape
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion
from dance_core.motion.vectors import dot, length

Point = tuple[float, float, float]
SUNK = 0.04  # m: a palm this deep is wholly under the skin (it is 4 cm thick)


@dataclass(frozen=True)
class Capsule:
    """Attributes:
        name: what it stands for.
        joint: SMPL-X number of the joint that carries it.
        start, stop: ends of its line, m from that joint, in the body at rest.
        radii: m, at either end.
    """

    name: str
    joint: int
    start: Point
    stop: Point
    radii: tuple[float, float]


def _across(name: str, joint: int, height: float, front: float, half: float, radius: float) -> Capsule:
    """A piece of the trunk: a line from right to left at a place of the body at rest (height, front: m)."""
    y, z = height - sk.REST_JOINTS[joint, 1], front - sk.REST_JOINTS[joint, 2]
    return Capsule(name, joint, (-half, y, z), (half, y, z), (radius, radius))


def _mirrored(one: Capsule) -> Capsule:
    (a, b, c), (d, e, f) = one.start, one.stop
    name = one.name.replace("left", "right")
    return Capsule(name, sk.MIRROR[one.joint], (-a, b, c), (-d, e, f), one.radii)


def _pair(one: Capsule) -> tuple[Capsule, Capsule]:
    return one, _mirrored(one)


_FOREARM = sk.BONES[sk.LEFT_WRIST]
_KNUCKLE = sk.BONES[sk.LEFT_HAND.start + 3]  # the middle finger's first joint, from the wrist

TRUNK_AND_HEAD: tuple[Capsule, ...] = (
    _across("hips", sk.PELVIS, 0.081, 0.030, 0.037, 0.117),
    _across("belly", sk.SPINE1, 0.231, 0.044, 0.033, 0.104),
    _across("chest", sk.SPINE2, 0.395, 0.047, 0.054, 0.117),
    _across("shoulders", sk.SPINE3, 0.468, 0.020, 0.090, 0.093),
    Capsule("neck", sk.NECK, (0.0, -0.016, 0.020), (0.0, 0.104, 0.033), (0.053, 0.053)),
    Capsule("head", sk.HEAD, (0.0, 0.004, 0.023), (0.0, 0.091, -0.008), (0.082, 0.082)),
    *_pair(Capsule("left_thigh", sk.LEFT_HIP, (-0.023, 0.0, 0.032), tuple(sk.BONES[sk.LEFT_KNEE]),
                   (0.094, 0.053))),
)
ARMS: tuple[Capsule, ...] = (
    *_pair(Capsule("left_forearm", sk.LEFT_ELBOW, tuple(0.5 * _FOREARM), tuple(_FOREARM), (0.036, 0.024))),
    *_pair(Capsule("left_palm", sk.LEFT_WRIST, (0.0, -0.004, 0.0), (_KNUCKLE[0], -0.004, 0.0), (0.02, 0.02))),
)
_SHIN, _FOOT = sk.BONES[sk.LEFT_ANKLE], (0.008, -0.041, -0.016)
LEGS: tuple[Capsule, ...] = (
    *_pair(Capsule("left_shin", sk.LEFT_KNEE, (0.0, 0.0, -0.025), (_SHIN[0], _SHIN[1], _SHIN[2] - 0.003),
                   (0.055, 0.037))),
    *_pair(Capsule("left_foot", sk.LEFT_ANKLE, _FOOT, (0.008, -0.075, 0.146), (0.04, 0.03))),
)
_BY_NAME = {c.name: c for c in (*TRUNK_AND_HEAD, *ARMS, *LEGS)}
# limbs that may go through each other, by name; those that are joined, or touch in any dance, are left out
LIMB_PAIRS: tuple[tuple[Capsule, Capsule], ...] = tuple((_BY_NAME[a], _BY_NAME[b]) for a, b in (
    ("left_shin", "right_shin"), ("left_foot", "right_foot"), ("left_foot", "right_shin"),
    ("right_foot", "left_shin"), ("left_shin", "right_thigh"), ("right_shin", "left_thigh"),
    ("left_foot", "right_thigh"), ("right_foot", "left_thigh"), ("left_forearm", "right_forearm"),
    ("left_palm", "right_forearm"), ("right_palm", "left_forearm")))


def lines(motion: Motion, capsules: tuple[Capsule, ...]) -> np.ndarray:
    """(T, C, 2, 3) m: both ends of each capsule's line in the world."""
    world = kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[:, :sk.BODY]))
    places = kin.positions(world, motion.translation, shape.bones(motion.betas))
    return lines_from(world, places, capsules, shape.flesh_factors(motion.betas))


def lines_from(world: np.ndarray, places: np.ndarray, capsules: tuple[Capsule, ...],
               flesh: np.ndarray | float = 1.0) -> np.ndarray:
    """As `lines`, from world rotations (T, J, 4) and joint places (T, J, 3) m of the body.

    flesh: (55, 3), as `shape.flesh_factors`; the capsules' ends are so much further off, their radii as ever.
    """
    carried = [c.joint for c in capsules]
    ends = np.array([(c.start, c.stop) for c in capsules])
    ends = ends * (flesh[carried, None] if isinstance(flesh, np.ndarray) else flesh)
    return places[:, carried, None] + rot.rotate(world[:, carried, None], ends)


def depths(motion: Motion) -> np.ndarray:
    """(T, 4, 8) m: how deep each of ARMS is in each of TRUNK_AND_HEAD; below 0 the distance between them."""
    return depths_from(lines(motion, ARMS), lines(motion, TRUNK_AND_HEAD))


def depths_from(arms: np.ndarray, trunk: np.ndarray) -> np.ndarray:
    """As `depths`, from the lines (T, 4, 2, 3) and (T, 8, 2, 3) m of ARMS and TRUNK_AND_HEAD."""
    arms, rest = arms[:, :, None], trunk[:, None]
    along, across, far = nearest(arms, rest)
    arm_radii, radii = (np.array([c.radii for c in capsules]) for capsules in (ARMS, TRUNK_AND_HEAD))
    return thickness(arm_radii, along, 1) + thickness(radii, across, 2) - far


def limb_depths(world: np.ndarray, places: np.ndarray, flesh: np.ndarray | float = 1.0) -> np.ndarray:
    """(T, 11) m: how deep the two of each of LIMB_PAIRS are in each other; below 0 the distance between them.

    Two limbs whose lines cross are as deep as their radii together. Arguments as of `lines_from`.
    """
    sides = [tuple(pair[k] for pair in LIMB_PAIRS) for k in (0, 1)]
    first, second = (lines_from(world, places, side, flesh) for side in sides)
    along, across, far = nearest(first, second)
    radii = [np.array([c.radii for c in side]) for side in sides]
    return thickness(radii[0], along, 1) + thickness(radii[1], across, 1) - far


def thickness(radii: np.ndarray, along: np.ndarray, axis: int) -> np.ndarray:
    """Radius in m of capsules, radii (C, 2) m at their ends, at places (T, …) along their lines, 0 to 1; they
    lie along `axis` of those that the places have."""
    shape = [1] * along.ndim
    shape[axis] = len(radii)
    first, last = (radii[:, i].reshape(shape) for i in (0, 1))
    return first + (last - first) * along


def nearest(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where two line pieces (…, 2, 3) are nearest to each other, and how near.

    Returns:
        (…) how far along the first and along the second that is, 0 to 1, and the distance (m).
    """
    a, b = first[..., 0, :], second[..., 0, :]
    u, v = first[..., 1, :] - a, second[..., 1, :] - b
    between = a - b
    uu, vv, uv = dot(u, u), dot(v, v), dot(u, v)
    ub, vb = dot(u, between), dot(v, between)
    tiny = 1e-12
    square = uu * vv - uv * uv  # 0 where they are parallel: then any point of the first will do
    s = np.where(square > tiny, np.clip((uv * vb - vv * ub) / np.maximum(square, tiny), 0.0, 1.0), 0.0)
    t = np.clip((uv * s + vb) / np.maximum(vv, tiny), 0.0, 1.0)
    s = np.clip((uv * t - ub) / np.maximum(uu, tiny), 0.0, 1.0)
    far = length(between + s[..., None] * u - t[..., None] * v)
    return s, t, far
