"""Points back to a Motion: the turns of 22 joints, bones as long as ever.

Down the tree, each joint is turned so that what hangs on it comes to where its points are, seen from where
the joint has come to lie itself: what a bone too long or short in the points is off by is put right by the
next one, and does not add up. Pelvis, chest, head, arms, hands, thighs and feet have points enough for
a whole turn (least squares, Kabsch 1976); the others have one link, which says where they point, and take
their twist from what is above and below:

    spine, neck  in equal steps from pelvis to chest, chest to head
    collars      none of their own, as seen from the chest
    shins        none of their own: a knee is a hinge
    toes         none of their own
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.generators.hotdance import markers as mk
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import FACE, JOINTS, Motion
from dance_core.motion.vectors import length


def _rigid() -> dict[int, tuple[int, ...]]:
    """Joint -> the points that are fixed to it: what hangs on it, or on that, and turns with it."""
    return {j: tuple(k for k in range(1, mk.POINTS) if mk.TURNS_WITH[k] == j) for j in range(sk.BODY)}


FIXED = _rigid()


def motion_of(points: np.ndarray, fps: float, rest: np.ndarray | None = sk.REST_JOINTS) -> Motion:
    """The motion of points (T, K, 3) m; its parts are the body alone.

    Args:
        rest: (55, 3) m, the rest skeleton of whom they are of; None: measured from them. A Motion is always
            of our skeleton: of another the turns are kept, and the way is scaled by the length of the legs.

    Raises:
        ValueError: for another shape, or points that are not finite.
    """
    points = np.asarray(points, np.float64)
    if points.ndim != 3 or points.shape[1:] != (mk.POINTS, 3):
        raise ValueError(f"points have shape {points.shape}, expected (T, {mk.POINTS}, 3)")
    if not np.isfinite(points).all():
        raise ValueError(f"{int((~np.isfinite(points)).sum())} coordinates of the points are not finite")
    rest = measured_rest(points) if rest is None else np.asarray(rest, np.float64)
    world, pelvis = fitted(points, rest)
    rotations = np.zeros((len(points), JOINTS, 3))
    rotations[:, :sk.BODY] = rot.axis_angle_from_quaternion(kin.local_rotations(world))
    return Motion(fps, rotations, pelvis * (sk.LEG / leg_of(rest)), np.zeros((len(points), FACE)),
                  parts=frozenset({"body"}))


def leg_of(rest: np.ndarray) -> float:
    """m, hip to ankle of a rest skeleton (55, 3), the mean of both sides."""
    bones = mk.offsets(rest)
    return float(np.linalg.norm(bones[[sk.LEFT_KNEE, sk.RIGHT_KNEE, sk.LEFT_ANKLE, sk.RIGHT_ANKLE]],
                                axis=-1).sum() / 2)


def measured_rest(points: np.ndarray) -> np.ndarray:
    """(55, 3) m, the rest skeleton whose bones are as long as those of points (T, K, 3).

    Each bone has the middle (median) of its lengths over the frames and of both sides; it points where ours
    does at rest. Noise makes short bones long: 1 cm of it on both ends adds a millimetre to one of 10 cm.
    """
    long = np.median(length(mk.unsummed(points)), axis=0)
    long = (long + long[list(mk.MIRRORED)]) / 2
    ours = length(mk.offsets())
    factors = np.ones(mk.POINTS)
    factors[1:sk.BODY] = long[1:sk.BODY] / ours[1:sk.BODY]
    return mk.rest_of(factors)


def fitted(points: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """World rotations (T, 22, 4) of the joints and places (T, 3) m of the pelvis that fit points best."""
    fit = _Fit(points, mk.offsets(rest), np.empty((len(points), sk.BODY, 4)),
               np.empty((len(points), sk.BODY, 3)))
    fit.pelvis()
    fit.spine()
    for i in (0, 1):
        fit.arm(*(j + i for j in (sk.LEFT_COLLAR, sk.LEFT_SHOULDER, sk.LEFT_ELBOW, sk.LEFT_WRIST)))
        fit.leg(*(j + i for j in (sk.LEFT_HIP, sk.LEFT_KNEE, sk.LEFT_ANKLE, sk.LEFT_FOOT)))
    return fit.world, fit.at[:, 0]


@dataclass
class _Fit:
    """What is known so far. points (T, K, 3), offsets (K, 3), world (T, 22, 4), at (T, 22, 3)."""

    points: np.ndarray
    offsets: np.ndarray
    world: np.ndarray
    at: np.ndarray

    def __post_init__(self) -> None:
        self.own = {j: np.stack([self._from(k, j) for k in points]) for j, points in FIXED.items() if points}

    def _from(self, k: int, j: int) -> np.ndarray:
        out = np.zeros(3)
        while k != j:
            out += self.offsets[k]
            k = mk.HANGS_ON[k]
        return out

    def pelvis(self) -> None:
        """The root: turned and placed by all that is fixed to it."""
        own, seen = self.own[0], self.points[:, list(FIXED[0])]
        own = np.concatenate([np.zeros((1, 3)), own])
        seen = np.concatenate([self.points[:, :1], seen], axis=1)
        middle, centre = own.mean(0), seen.mean(1)
        self.world[:, 0] = _turn(own - middle, seen - centre[:, None])
        self.at[:, 0] = centre - rot.rotate(self.world[:, 0], middle)

    def spine(self) -> None:
        """From the pelvis up to the head. Where joints have one link, the twist goes on in equal steps."""
        at, world = self.points, self.world
        ends = {sk.SPINE3: (sk.SPINE1, sk.SPINE2), sk.HEAD: (sk.NECK,)}
        below = 0
        for end, between in ends.items():
            whole = self.whole(end, at[:, end])  # as it would be where its point is
            for i, j in enumerate(between):
                way = np.full(len(at), (i + 1) / (len(between) + 1))
                self.place(j)
                self.swing(j, rot.slerp(world[:, below], whole, way))
            self.place(end)
            world[:, end] = self.whole(end, self.at[:, end])
            below = end

    def place(self, j: int) -> None:
        """Where a joint comes to lie."""
        parent = sk.PARENTS[j]
        self.at[:, j] = self.at[:, parent] + rot.rotate(self.world[:, parent], self.offsets[j])

    def whole(self, j: int, at: np.ndarray) -> np.ndarray:
        """The turn (T, 4) of a joint at (T, 3) that has points enough."""
        return _turn(self.own[j], self.points[:, list(FIXED[j])] - at[:, None])

    def swing(self, j: int, before: np.ndarray) -> None:
        """The least change of a turn (T, 4) that brings a joint's one link to its point."""
        link = rot.rotate(before, self.own[j][0])
        seen = self.points[:, FIXED[j][0]] - self.at[:, j]
        arc = rot.shortest_arc(*(v / np.maximum(length(v), 1e-9)[..., None] for v in (link, seen)))
        self.world[:, j] = rot.multiply(arc, before)

    def arm(self, collar: int, shoulder: int, elbow: int, wrist: int) -> None:
        """From the chest out to a hand."""
        self.place(collar)
        self.swing(collar, self.world[:, sk.SPINE3])
        for j in (shoulder, elbow, wrist):
            self.place(j)
            self.world[:, j] = self.whole(j, self.at[:, j])

    def leg(self, hip: int, knee: int, ankle: int, foot: int) -> None:
        """From the pelvis down to the toes."""
        self.place(hip)
        self.world[:, hip] = self.whole(hip, self.at[:, hip])
        self.place(knee)
        self.swing(knee, self.world[:, hip])
        self.place(ankle)
        self.world[:, ankle] = self.whole(ankle, self.at[:, ankle])
        self.place(foot)
        self.swing(foot, self.world[:, ankle])


def _turn(own: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Turns (T, 4) that bring vectors (N, 3) closest to (T, N, 3), by least squares (Kabsch)."""
    u, _, v = np.linalg.svd(np.einsum("tni,nj->tij", seen, own))
    sign = np.ones((len(seen), 1, 3))
    sign[:, 0, 2] = np.sign(np.linalg.det(u) * np.linalg.det(v))
    return rot.quaternion_from_matrix((u * sign) @ v)
