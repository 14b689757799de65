"""Two motions of the same frames made into one: heading and place carried on, then a smooth way over.

`Track` is a motion as float64 quaternions, the form in which blending happens. All arrays have the frames
first; metres, radians, Y up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.longform.take import Jump
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

BODY = 22  # joints that jumps and agreement are measured on
AGREE_METRES = 0.001  # two sides nearer than this …
AGREE_DEGREES = 0.1  # … and this are the same


@dataclass(frozen=True, eq=False)
class Track:
    """rotations (T, 55, 4) unit quaternions, local; pelvis (T, 3) m; face (T, 52)."""

    rotations: np.ndarray
    pelvis: np.ndarray
    face: np.ndarray

    @classmethod
    def of(cls, motion: Motion) -> "Track":
        return cls(rot.quaternion_from_axis_angle(motion.rotations), motion.translation.astype(np.float64),
                   motion.face.astype(np.float64))

    def motion(self, like: Motion) -> Motion:
        """As a Motion with the frame rate, shape and parts of another."""
        return Motion(like.fps, rot.axis_angle_from_quaternion(self.rotations), self.pelvis, self.face,
                      like.betas, like.parts)

    def joints(self) -> np.ndarray:
        """(T, 22, 3) m."""
        return kin.positions(kin.global_rotations(self.rotations[:, :BODY]), self.pelvis)

    def slice(self, start: int, stop: int) -> "Track":
        return Track(self.rotations[start:stop], self.pelvis[start:stop], self.face[start:stop])


@dataclass(frozen=True, eq=False)
class Placing:
    """A turn about Y (radians, positive = to the left) and then a shift (2,) m along x and z."""

    turn: float
    shift: np.ndarray

    def apply(self, motion: Motion) -> Motion:
        """Turn and move a motion; only the pelvis' rotation and translation change."""
        q = rot.quaternion_about("y", self.turn)
        rotations = motion.rotations.copy()
        rotations[:, 0] = rot.axis_angle_from_quaternion(
            rot.multiply(q, rot.quaternion_from_axis_angle(motion.rotations[:, 0])))
        place = rot.rotate(q, motion.translation)
        place[:, [0, 2]] += self.shift
        return replace(motion, rotations=rotations, translation=place)


def heading_between(there: np.ndarray, here: np.ndarray) -> float:
    """Turn about Y (radians) that brings joints `here` (T, J, 3) to face as `there` (T, J, 3) do.

    The best turn, in the least-squares sense, between the lines hip to hip, shoulder to shoulder and pelvis
    to neck as seen from above (Kabsch in the plane, no positions): what is upright counts by hips and
    shoulders, what lies by its spine. Feet and arms have no say.
    """
    pairs = ((sk.RIGHT_HIP, sk.LEFT_HIP), (sk.RIGHT_SHOULDER, sk.LEFT_SHOULDER), (sk.PELVIS, sk.NECK))
    a, b = (np.stack([p[:, j] - p[:, i] for i, j in pairs], 1) for p in (there, here))
    # as complex numbers z + ix: a turn to the left about +Y multiplies by exp(i·angle)
    za, zb = (v[..., 2] + 1j * v[..., 0] for v in (a, b))
    return float(np.angle((za * np.conj(zb)).sum()))


def agree(a: Track, b: Track) -> bool:
    """Whether two tracks are the same within AGREE_METRES at every joint and AGREE_DEGREES."""
    if np.linalg.norm(a.joints() - b.joints(), axis=-1).max() >= AGREE_METRES:
        return False
    return bool(np.degrees(rot.geodesic(a.rotations, b.rotations)).max() < AGREE_DEGREES)


def cosine(a: Track, b: Track) -> Track:
    """Cross-fade over all frames: slerp of every joint, the weight half a cosine from a to b."""
    n = len(a.pelvis)
    w = 0.5 - 0.5 * np.cos(np.pi * np.arange(1, n + 1) / (n + 1))
    mix = w[:, None]
    return Track(rot.slerp(a.rotations, b.rotations, mix), (1 - mix) * a.pelvis + mix * b.pelvis,
                 (1 - mix) * a.face + mix * b.face)


def inertial(a: Track, b: Track, before: Track | None = None) -> Track:
    """b plus the offset of a at the first frame, with its speed, dying away as a quintic over all frames.

    Inertialisation (Bollo, "Inertialization: High-Performance Animation Transitions in Gears of War", GDC
    2018), with the offset of a joint as a rotation vector. `before`: the one frame of a and of b before the
    first, joined as a Track of two frames (a, b); without it speeds are taken after the first frame.
    """
    n = len(a.pelvis)
    u = np.arange(n) / n
    place = 1 - 10 * u**3 + 15 * u**4 - 6 * u**5
    speed = n * (u - 6 * u**3 + 8 * u**4 - 3 * u**5)  # for an offset's change per frame

    def offsets(x: Track, y: Track) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        turn = rot.axis_angle_from_quaternion(rot.multiply(x.rotations, rot.inverse(y.rotations)))
        return turn, x.pelvis - y.pelvis, x.face - y.face

    first = offsets(a.slice(0, 1), b.slice(0, 1))
    if before is None:
        other = offsets(a.slice(1, 2), b.slice(1, 2)) if n > 1 else first
        changes = [o - f for f, o in zip(first, other, strict=True)]
    else:
        changes = [f - o for f, o in zip(first, offsets(before.slice(0, 1), before.slice(1, 2)), strict=True)]

    def offset(i: int) -> np.ndarray:
        shape = (n, *([1] * (first[i].ndim - 1)))
        return place.reshape(shape) * first[i] + speed.reshape(shape) * changes[i]

    turned = rot.multiply(rot.quaternion_from_axis_angle(offset(0)), b.rotations)
    return Track(turned, b.pelvis + offset(1), np.clip(b.face + offset(2), 0.0, 1.0))


def jumps(joints: np.ndarray, fps: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Largest jump over the joints (T, J, 3) at each frame t: three arrays (T,), see take.Jump.

    position[t] is the way from t-1 to t, velocity[t] the change of velocity at t (from t-1…t to t…t+1),
    acceleration[t] the change of acceleration from t to t+1. Where neighbours are missing it is 0.
    """
    position, velocity, acceleration = (np.zeros(len(joints)) for _ in range(3))
    way = np.diff(joints, axis=0)
    for out, order, first in ((position, 0, 1), (velocity, 1, 1), (acceleration, 2, 1)):
        change = np.diff(way, n=order, axis=0) if len(way) > order else way[:0]
        size = np.linalg.norm(change, axis=-1).max(-1, initial=0.0) * fps**order
        out[first:first + len(size)] = size
    return position, velocity, acceleration


def worst(measured: tuple[np.ndarray, ...], start: int, stop: int) -> Jump:
    """The largest of each of `jumps` within frames start to stop."""
    return Jump(*(float(m[max(start, 0):stop].max(initial=0.0)) for m in measured))
