"""What the motion itself tells of limbs: which way they bend, how hands lie, when feet are flat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion import hinges
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.retargeting.theirs import Theirs

# upper bone → its middle joint; the hinge's front is where the lower bone goes when it bends
MIDDLES = {sk.LEFT_HIP: sk.LEFT_KNEE, sk.RIGHT_HIP: sk.RIGHT_KNEE, sk.LEFT_SHOULDER: sk.LEFT_ELBOW,
           sk.RIGHT_SHOULDER: sk.RIGHT_ELBOW}
_BENT = 0.15  # mean sine of the flexion from which on a limb tells which way it bends
_AGREES = 0.7  # 1 where it always bends the same way
_LOW = 0.03  # m (on our leg) above its lowest tenth in which a joint of the foot counts as down
_FEW = 8  # frames
_HAND = (25, 28, 31, 34, 37)  # left index1, middle1, pinky1, ring1, thumb1
_FLATTEST, _STEEPEST = 2.0, 42.0  # degrees by which toe joints lie below ankles of flat feet


def unit(v: np.ndarray) -> np.ndarray:
    """The direction of a vector (3,); zeros where it has none."""
    return v / max(float(np.linalg.norm(v)), 1e-12)


def arc(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """The shortest turn (4,) of one direction (3,) onto another; half a turn about some line where they are
    opposite."""
    a, b = unit(start), unit(stop)
    if a @ b < -1 + 1e-9:
        side = unit(np.cross(a, np.eye(3)[np.abs(a).argmin()]))
        return np.concatenate([[0.0], side])
    return rot.shortest_arc(a, b)


def about(axis: np.ndarray, angle: float) -> np.ndarray:
    """Quaternion (4,) of a turn by `angle` radians about a direction (3,)."""
    return np.concatenate([[np.cos(angle / 2)], np.sin(angle / 2) * unit(axis)])


def angle_about(axis: np.ndarray, start: np.ndarray, stop: np.ndarray) -> float:
    """Radians from one direction (3,) to another about an axis (3,)."""
    n = unit(axis)
    return float(np.arctan2(n @ np.cross(start, stop), start @ stop - (start @ n) * (stop @ n)))


def fitted(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """The turn (4,) that brings vectors (N, 3) nearest to others (N, 3) (Kabsch, 1976)."""
    u, _, vt = np.linalg.svd(theirs.T @ ours)
    return rot.quaternion_from_matrix(u @ np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))]) @ vt)


def mean_turn(turns: np.ndarray) -> np.ndarray:
    """The mean (4,) of rotations (S, 4): the one whose squared distances add up to least (Markley, 2007)."""
    return np.linalg.eigh(turns.T @ turns)[1][:, -1]


@dataclass(frozen=True, eq=False)
class Bend:
    """Where a lower bone goes when it bends, in the upper bone's frame (3,), and whether that can be relied
    on.
    """

    way: np.ndarray
    sure: bool


def bend(theirs: Theirs, upper: int, seen_from_below: bool = False) -> Bend:
    """How one of our upper bones' middle joint bends in the file: where the lower bone goes in the upper
    one's frame, or where the upper one comes from in the lower one's."""
    middle = MIDDLES[upper]
    own = middle if seen_from_below else upper
    along = theirs.bone(own)
    if along is None:
        return Bend(np.zeros(3), False)
    other = theirs.place(upper) if seen_from_below else theirs.place(ik_end(middle))
    lower = theirs.inside(own, other - theirs.place(middle))
    lower = lower / np.maximum(np.linalg.norm(lower, axis=-1, keepdims=True), 1e-9)
    off = lower - (lower @ unit(along))[:, None] * unit(along)
    size = np.linalg.norm(off, axis=-1)
    total = (size[:, None] * off).sum(0)
    agrees = float(np.linalg.norm(total) / max(float((size**2).sum()), 1e-12))
    return Bend(unit(total), bool(size.mean() > _BENT and agrees > _AGREES))


def ik_end(middle: int) -> int:
    """The ankle of a knee, the wrist of an elbow."""
    legs = middle < sk.LEFT_ELBOW
    return middle + (sk.LEFT_ANKLE - sk.LEFT_KNEE if legs else sk.LEFT_WRIST - sk.LEFT_ELBOW)


def our_front(upper: int) -> np.ndarray:
    """(3,) where our lower bone goes when it bends, in the frame of our upper bone at rest."""
    limb = hinges.HINGES[MIDDLES[upper]]
    return np.cross(limb.axis, unit(limb.upper))


def our_origin(upper: int) -> np.ndarray:
    """(3,) where our upper bone comes from when the limb is bent, in the frame of our lower bone."""
    limb = hinges.HINGES[MIDDLES[upper]]
    lower = unit(limb.lower)
    back = rot.rotate(rot.inverse(limb.hinge(np.radians(60.0))), -limb.upper)
    return unit(back - (back @ lower) * lower)


def hand(theirs: Theirs, side: int) -> np.ndarray | None:
    """The turn (4,) from our hand's frame to theirs, by where the fingers begin; None with less than two.

    side: 0 left, 1 right.
    """
    wrist = sk.LEFT_WRIST + side
    ours, their = [], []
    for first in _HAND:
        j = first + 15 * side
        way = theirs.bone(wrist, j)
        if way is not None:
            weight = 0.5 if first == _HAND[-1] else 1.0
            ours.append(weight * unit(sk.REST_JOINTS[j] - sk.REST_JOINTS[wrist]))
            their.append(weight * unit(way))
    if len(ours) < 2 or np.linalg.matrix_rank(np.array(their), tol=0.05) < 2:
        return None
    return fitted(np.array(ours), np.array(their))


@dataclass(frozen=True, eq=False)
class Flat:
    """A foot when it stands flat, as the motion has it: degrees by which the toes lie below the ankle, and
    where up is in the ankle's frame (3,)."""

    degrees: float
    up: np.ndarray

    @property
    def plausible(self) -> bool:
        """Whether it may be a foot with its heel down, whatever shoe it wears."""
        return _FLATTEST < self.degrees < _STEEPEST


def flat_foot(theirs: Theirs, side: int, up: np.ndarray) -> Flat | None:
    """None where there are no toes, or too few frames in which ankle and toes are both low."""
    ankle, toe = sk.LEFT_ANKLE + side, sk.LEFT_FOOT + side
    if toe not in theirs.index:
        return None
    near = _LOW * theirs.leg / sk.LEG
    high, tip = theirs.place(ankle) @ up, theirs.place(toe) @ up
    down = (high < np.percentile(high, 10) + near) & (tip < np.percentile(tip, 10) + near)
    if down.sum() < _FEW:
        return None
    bone = theirs.place(toe) - theirs.place(ankle)
    flat = np.linalg.norm(bone - (bone @ up)[:, None] * up, axis=-1)
    degrees = float(np.median(np.degrees(np.arctan2(-(bone @ up), flat))[down]))
    mean = theirs.inside(ankle, np.tile(up, (len(bone), 1)))[down].mean(0)
    return Flat(degrees, unit(mean))
