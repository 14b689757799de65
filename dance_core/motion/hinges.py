"""Knees and elbows as hinges: two bones and the axis between them, how far one is bent, and which way.

The hinge axes are those of the rest pose (a T-pose that faces +Z, palms down): both knees bend about +X (the
shin swings back), the left elbow about -Y and the right one about +Y (the forearm swings forward). Zero
flexion is the rest pose. Everything takes any number of leading dimensions and computes in float64; angles
are in radians where they are asked for, in degrees where they are measured.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

SIDES = ("left", "right")
MAX_FLEXION = 150.0  # degrees, knees and elbows
FREE, MOST = 3.0, 4.5  # degrees to the wrong side that are left alone; that are left at most


@dataclass(frozen=True)
class Limb:
    """Two bones (3,) m at rest, the unit hinge axis between them, and where the middle joint points."""

    upper: np.ndarray
    lower: np.ndarray
    axis: np.ndarray
    pole: np.ndarray

    @property
    def bend_at_rest(self) -> float:
        """Radians from the upper to the lower bone about the hinge at rest; small, of either sign."""
        a, b = self.flat(self.upper), self.flat(self.lower)
        return float(np.arctan2(np.dot(self.axis, np.cross(a, b)), np.dot(a, b)))

    def scaled(self, factor: float) -> "Limb":
        """The same limb of another size; itself where the factor is 1."""
        return self if factor == 1.0 else replace(self, upper=factor * self.upper, lower=factor * self.lower)

    def flat(self, bone: np.ndarray) -> np.ndarray:
        """The part of a bone (3,) that is square to the hinge's axis."""
        return bone - np.dot(bone, self.axis) * self.axis

    def reach(self, flexion: ArrayLike) -> np.ndarray:
        """Distance (…) m from root to end when the hinge is at `flexion` (…) radians."""
        return np.linalg.norm(self.end(flexion), axis=-1)

    def end(self, flexion: ArrayLike) -> np.ndarray:
        """End (…, 3) m seen from the root, in the upper bone's frame."""
        return self.upper + rot.rotate(self.hinge(flexion), self.lower)

    def hinge(self, flexion: ArrayLike) -> np.ndarray:
        """Quaternion (…, 4) of the middle joint at `flexion` (…) radians."""
        half = np.asarray(flexion, np.float64)[..., None] / 2
        return np.concatenate([np.cos(half), np.sin(half) * self.axis], -1)

    def flexion_for(self, distance: ArrayLike) -> np.ndarray:
        """Flexion (…) radians, straightest to fully bent, that brings root and end `distance` (…) m apart."""
        a, b = self.flat(self.upper), self.flat(self.lower)
        along = np.dot(self.upper, self.axis) * np.dot(self.lower, self.axis)
        squares = np.dot(self.upper, self.upper) + np.dot(self.lower, self.lower)
        cosine = (np.square(distance) - squares - 2 * along) / (2 * np.linalg.norm(a) * np.linalg.norm(b))
        bend = np.arccos(np.clip(cosine, -1.0, 1.0))
        return np.maximum(bend - self.bend_at_rest, self.straightest)

    @functools.cached_property
    def shortest(self) -> float:
        """Distance in m from root to end when the hinge is bent as far as it goes."""
        return float(self.reach(np.radians(MAX_FLEXION)))

    @property
    def straightest(self) -> float:
        """Smallest flexion (radians, not below 0) at which the limb is as long as it can be."""
        return max(0.0, -self.bend_at_rest)


def _limb(side: str, middle: str, end: str, axis: tuple[float, float, float], pole: float) -> Limb:
    return Limb(sk.BONES[sk.joint(f"{side}_{middle}")], sk.BONES[sk.joint(f"{side}_{end}")],
                np.array(axis), np.array([0.0, 0.0, pole]))


LEGS = {s: _limb(s, "knee", "ankle", (1.0, 0.0, 0.0), 1.0) for s in SIDES}
ARMS = {"left": _limb("left", "elbow", "wrist", (0.0, -1.0, 0.0), -1.0),
        "right": _limb("right", "elbow", "wrist", (0.0, 1.0, 0.0), -1.0)}
HINGES = {sk.LEFT_KNEE: LEGS["left"], sk.RIGHT_KNEE: LEGS["right"],
          sk.LEFT_ELBOW: ARMS["left"], sk.RIGHT_ELBOW: ARMS["right"]}  # by the joint that bends


def hinge_angles(limb: Limb, quaternion: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """How a middle joint is bent: (flexion (…), sideways (…)) in degrees, from its local (…, 4).

    Flexion is the signed turn of the lower bone about the hinge axis, -180 to 180: positive its own way, 0 at
    rest. Sideways is how far the lower bone leaves the hinge's plane, -90 to 90; 0 for a true hinge. Twist of
    the lower bone about itself changes neither.
    """
    turned = rot.rotate(quaternion, limb.lower)
    rest = limb.flat(limb.lower)
    sine = (np.cross(rest, turned) * limb.axis).sum(-1)
    cosine = (turned * rest).sum(-1)
    flexion = np.degrees(np.arctan2(sine, cosine))
    out = ((turned - limb.lower) * limb.axis).sum(-1) / np.linalg.norm(limb.lower)
    return flexion, np.degrees(np.arcsin(np.clip(out, -1.0, 1.0)))


def bent_backwards(limb: Limb, quaternion: ArrayLike) -> np.ndarray:
    """(…) degrees, 0 to 90, that a middle joint with local (…, 4) points to the wrong side of straight.

    The angle between the lower bone and the plane of the straight limb, not the flexion about the hinge: of a
    bone far out of the hinge's plane (the elbows of recorded dances have that) flexion says little.
    """
    bone = rot.rotate(quaternion, limb.lower) / np.linalg.norm(limb.lower)
    front = np.cross(limb.axis, limb.lower)  # where the bone begins to go when bent its way
    front = front / np.linalg.norm(front)
    return np.degrees(np.arcsin(np.clip(-(bone @ front), 0.0, 1.0)))


def hinges_kept(motion: Motion, most: float = 3.0, free: float = 0.0) -> Motion:
    """The motion with knees and elbows that point at most `most` degrees to the wrong side of straight.

    Soft: angles just above `free` degrees hardly change, large ones come ever nearer to the limit. The middle
    joint alone turns, by the smallest turn that does it; what is bent the right way, or less than `free` the
    wrong way, stays bit for bit.
    """
    rotations = motion.rotations
    for joint, limb in HINGES.items():
        back, turned = _unbent(limb, rot.quaternion_from_axis_angle(motion.rotations[:, joint]), most,
                               free)
        if not len(back):
            continue
        if rotations is motion.rotations:
            rotations = motion.rotations.copy()
        rotations[back, joint] = rot.axis_angle_from_quaternion(turned)
    return motion if rotations is motion.rotations else replace(motion, rotations=rotations)


def hinge_kept(limb: Limb, q: np.ndarray, free: float = FREE, most: float = MOST) -> np.ndarray:
    """Rotations (T, 4) of a knee or elbow that point at most `most` degrees to the wrong side of straight.

    Soft from `free` degrees on; what is bent less the wrong way stays bit for bit.
    """
    back, turned = _unbent(limb, q, most, free)
    out = q.copy()
    out[back] = turned
    return out


def _unbent(limb: Limb, q: np.ndarray, most: float, free: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Frames of q (T, 4) that are bent backwards by over `free` degrees, and their rotations, less so."""
    wrong = bent_backwards(limb, q)
    back = np.flatnonzero(wrong > free)
    bone = rot.rotate(q[back], limb.lower / np.linalg.norm(limb.lower))
    front = np.cross(limb.axis, limb.lower)
    axis = np.cross(bone, front / np.linalg.norm(front))
    over, room = wrong[back] - free, most - free
    turn = np.radians(over - room * np.tanh(over / room))
    axis *= (turn / np.maximum(np.linalg.norm(axis, axis=-1), 1e-9))[:, None]
    return back, rot.multiply(rot.quaternion_from_axis_angle(axis), q[back])


def knee_flexion(motion: Motion) -> np.ndarray:
    """(T, 2) degrees, left and right knee: positive = bent its way, negative = bent backwards, 0 at rest."""
    q = rot.quaternion_from_axis_angle(motion.rotations[:, [sk.LEFT_KNEE, sk.RIGHT_KNEE]])
    return np.stack([hinge_angles(LEGS[s], q[:, i])[0] for i, s in enumerate(SIDES)], -1)


def elbow_flexion(motion: Motion) -> np.ndarray:
    """(T, 2) degrees, left and right elbow: positive = bent its way, negative = bent backwards, 0 at rest."""
    q = rot.quaternion_from_axis_angle(motion.rotations[:, [sk.LEFT_ELBOW, sk.RIGHT_ELBOW]])
    return np.stack([hinge_angles(ARMS[s], q[:, i])[0] for i, s in enumerate(SIDES)], -1)
