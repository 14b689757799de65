"""Two motions of the same frames made into one by blending, and how rough a motion is.

`Track` is a motion as float64 quaternions, the form in which blending happens. All arrays have the frames
first; metres, radians, Y up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.longform.take import Jump
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY

AGREE_METRES = 0.001  # two sides nearer than this …
AGREE_DEGREES = 0.1  # … and this …
AGREE_FACE = 0.001  # … and this (of 1) are the same


@dataclass(frozen=True, eq=False)
class Track:
    """rotations (T, 55, 4) unit quaternions, local; pelvis (T, 3) m; face (T, 52)."""

    rotations: np.ndarray
    pelvis: np.ndarray
    face: np.ndarray

    @classmethod
    def of(cls, motion: Motion) -> "Track":
        """A motion's track, in double precision."""
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
        """Frames start to stop, stop not included; the arrays are shared."""
        return Track(self.rotations[start:stop], self.pelvis[start:stop], self.face[start:stop])


def agreement(a: Track, b: Track) -> int:
    """How many first frames of two tracks are the same: all joints within AGREE_METRES and AGREE_DEGREES, all
    coefficients of the face within AGREE_FACE."""
    far = np.linalg.norm(a.joints() - b.joints(), axis=-1).max(-1)
    turned = np.degrees(rot.geodesic(a.rotations, b.rotations)).max(-1)
    face = np.abs(a.face - b.face).max(-1)
    differ = np.flatnonzero((far >= AGREE_METRES) | (turned >= AGREE_DEGREES) | (face >= AGREE_FACE))
    return int(differ[0]) if len(differ) else len(far)


def cosine(a: Track, b: Track) -> Track:
    """Cross-fade over all frames: slerp of every joint, the weight half a cosine from a to b."""
    n = len(a.pelvis)
    w = 0.5 - 0.5 * np.cos(np.pi * np.arange(1, n + 1) / (n + 1))
    mix = w[:, None]
    return Track(rot.slerp(a.rotations, b.rotations, mix), (1 - mix) * a.pelvis + mix * b.pelvis,
                 (1 - mix) * a.face + mix * b.face)


def inertial(a: Track, b: Track) -> Track:
    """b plus the offset of a at the first frame, with its speed, dying away as a quintic over all frames.

    Inertialisation (Bollo, "Inertialization: High-Performance Animation Transitions in Gears of War", GDC
    2018), with the offset of a joint as a rotation vector. The offset's speed is that after the first frame.
    """
    n = len(a.pelvis)
    u = np.arange(n) / n
    place = 1 - minimum_jerk(u)
    speed = n * (u - 6 * u**3 + 8 * u**4 - 3 * u**5)  # for an offset's change per frame
    offsets = (rot.axis_angle_from_quaternion(rot.multiply(a.rotations, rot.inverse(b.rotations))),
               a.pelvis - b.pelvis, a.face - b.face)

    def dying(offset: np.ndarray) -> np.ndarray:
        shape = (n, *([1] * (offset.ndim - 1)))
        change = offset[min(1, n - 1)] - offset[0]
        return place.reshape(shape) * offset[0] + speed.reshape(shape) * change

    turned, moved, face = (dying(offset) for offset in offsets)
    return Track(rot.multiply(rot.quaternion_from_axis_angle(turned), b.rotations), b.pelvis + moved,
                 np.clip(b.face + face, 0.0, 1.0))


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
