"""What all kinds of fault ask of a dance, measured once: places, speeds, soles, the centre of mass.

A dance is looked at in steps of 1/30 s whatever its frame rate is: at 60 frames a second a speed is the way
from two frames before. So the same movement has the same numbers at 30 and at 60. Other rates are
resampled to one of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.ndimage import convolve1d, median_filter

from dance_core.evaluation.places import at_rate
from dance_core.longform.take import Take
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import shape
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion
from dance_core.motion.soles import soles_from
from dance_core.music.beats import Beats

STEP_S = 1 / 30  # s over which differences are taken
FLOOR_LET_GO = 0.03  # m: so far another body's soles may be from ours; the whole clip is moved by that
LOW = 0.03  # m: a point of the body nearer to the floor than this may bear weight

# shares of the body's mass and how far along from the first joint to the second they lie: de Leva (1996),
# "Adjustments to Zatsiorsky-Seluyanov's segment inertia parameters", men, table 4
_MASSES = ((sk.HEAD, sk.HEAD, 0.0694, 0.0), (sk.NECK, sk.PELVIS, 0.4346, 0.50)) + tuple(
    (a, b, share, along) for left, right, share, along in (
        ((sk.LEFT_SHOULDER, sk.LEFT_ELBOW), (sk.RIGHT_SHOULDER, sk.RIGHT_ELBOW), 0.0271, 0.5772),
        ((sk.LEFT_ELBOW, sk.LEFT_WRIST), (sk.RIGHT_ELBOW, sk.RIGHT_WRIST), 0.0223, 0.6),  # with the hand
        ((sk.LEFT_HIP, sk.LEFT_KNEE), (sk.RIGHT_HIP, sk.RIGHT_KNEE), 0.1416, 0.4095),
        ((sk.LEFT_KNEE, sk.LEFT_ANKLE), (sk.RIGHT_KNEE, sk.RIGHT_ANKLE), 0.0433, 0.4459),
        ((sk.LEFT_ANKLE, sk.LEFT_FOOT), (sk.RIGHT_ANKLE, sk.RIGHT_FOOT), 0.0137, 0.4415))
    for a, b in (left, right))

GROUPS = {  # joints of the body whose speeds are averaged
    "body": tuple(range(sk.BODY)),
    "legs": (sk.LEFT_KNEE, sk.RIGHT_KNEE, sk.LEFT_ANKLE, sk.RIGHT_ANKLE, sk.LEFT_FOOT, sk.RIGHT_FOOT),
    "arms": (sk.LEFT_ELBOW, sk.RIGHT_ELBOW, sk.LEFT_WRIST, sk.RIGHT_WRIST),
}


@dataclass(frozen=True, eq=False)
class Dance:
    """A dance, with what was measured of it so far.

    Attributes:
        motion: at 30 or 60 frames a second.
        beats: of its music, times from the first frame; None: unknown.
        seams: seconds (start, stop) that were blended.
    """

    motion: Motion
    beats: Beats | None = None
    seams: tuple[tuple[float, float], ...] = ()
    parts: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, motion: Motion, beats: Beats | None = None,
           seams: Sequence[tuple[float, float]] = ()) -> Dance:
        """From a motion of any frame rate."""
        fps = 60.0 if motion.fps > 45 else 30.0
        return cls(at_rate(motion, fps), beats, tuple(seams), motion.parts)

    @classmethod
    def of_take(cls, take: Take) -> Dance:
        """From a kept dance."""
        return cls.of(take.motion, take.beats, [(s.start / s.fps, s.stop / s.fps) for s in take.seams])

    def __len__(self) -> int:
        return len(self.motion)

    @property
    def fps(self) -> float:
        """30 or 60."""
        return self.motion.fps

    @property
    def stride(self) -> int:
        """Frames in STEP_S: 1 or 2."""
        return round(self.fps * STEP_S)

    def frames(self, seconds: float) -> int:
        """How many frames that is, at least one."""
        return max(1, round(seconds * self.fps))

    @cached_property
    def world(self) -> np.ndarray:
        """(T, 55, 4) rotations in the world."""
        return kin.global_rotations(rot.quaternion_from_axis_angle(self.motion.rotations))

    @cached_property
    def _unshifted(self) -> np.ndarray:
        return kin.positions(self.world, self.motion.translation, shape.bones(self.motion.betas))

    @cached_property
    def _soles_unshifted(self) -> np.ndarray:
        return soles_from(self.world[:, :12], self._unshifted[:, :12], shape.leg_factor(self.motion.betas))

    @cached_property
    def shift(self) -> float:
        """m by which the whole clip is moved up, so that it stands on the floor: one number, never by frame.

        The floor is where the lowest sole is most of the time: the middle of the shortest span of heights
        that holds a third of the frames. More than FLOOR_LET_GO either way is no other sole but a fault, and
        nothing is moved.
        """
        heights = np.sort(self._soles_unshifted[..., 1].min((1, 2)))
        held = max(1, len(heights) // 3)
        first = int((heights[held - 1:] - heights[:len(heights) - held + 1]).argmin())
        ground = float(np.median(heights[first:first + held]))
        return -ground if abs(ground) <= FLOOR_LET_GO else 0.0

    @cached_property
    def places(self) -> np.ndarray:
        """(T, 55, 3) m, moved by `shift`."""
        return self._unshifted + np.array([0.0, self.shift, 0.0])

    @cached_property
    def soles(self) -> np.ndarray:
        """(T, 2, 4, 3) m, as soles.sole_points, moved by `shift`."""
        return self._soles_unshifted + np.array([0.0, self.shift, 0.0])

    @cached_property
    def mass_centre(self) -> np.ndarray:
        """(T, 3) m."""
        p, total = self.places, sum(share for *_, share, _ in _MASSES)
        return sum(share / total * ((1 - w) * p[:, a] + w * p[:, b]) for a, b, share, w in _MASSES)

    def speed(self, places: np.ndarray) -> np.ndarray:
        """(T, …) m/s of places (T, …, 3): the way over STEP_S, half of it before and half after the frame."""
        return np.linalg.norm(self.velocity(places), axis=-1)

    def velocity(self, places: np.ndarray) -> np.ndarray:
        """(T, …, 3) m/s: the mean of the steps of STEP_S before and after the frame."""
        s = self.stride
        padded = np.concatenate([np.repeat(places[:1], s, 0), places, np.repeat(places[-1:], s, 0)])
        out = (padded[2 * s:] - padded[:-2 * s]) / (2 * STEP_S)
        out[:s], out[-s:] = out[:s] * 2, out[-s:] * 2  # at the ends there is only one of the two steps
        return out

    @cached_property
    def steps(self) -> np.ndarray:
        """(T, 22) m: way of the body's joints from STEP_S before; 0 in the first step."""
        s, p = self.stride, self.places[:, :sk.BODY]
        out = np.zeros(p.shape[:2])
        out[s:] = np.linalg.norm(p[s:] - p[:-s], axis=-1)
        return out

    @cached_property
    def turning(self) -> np.ndarray:
        """(T, 55) rad/s: how fast each joint turns relative to its parent, over STEP_S around the frame."""
        q = rot.quaternion_from_axis_angle(self.motion.rotations)
        s, out = self.stride, np.zeros((len(self), q.shape[1]))
        turned = rot.geodesic(q[:-s], q[s:]) / STEP_S
        out[s // 2:s // 2 + len(turned)] = turned
        out[:s // 2], out[s // 2 + len(turned):] = turned[0], turned[-1]
        return out

    @cached_property
    def group_speeds(self) -> dict[str, np.ndarray]:
        """(T,) m/s for each of GROUPS: legs and arms relative to the pelvis, the body in the world."""
        p = self.places[:, :sk.BODY]
        own = self.speed(p - p[:, :1])
        return {name: (self.speed(p) if name == "body" else own)[:, list(joints)].mean(-1)
                for name, joints in GROUPS.items()}

    def averaged(self, values: np.ndarray, seconds: float) -> np.ndarray:
        """Running mean over so long (an odd number of steps), along the first axis; as long at both rates."""
        n = round(seconds / STEP_S) | 1
        weights = np.ones(n * self.stride + (self.stride > 1))
        if self.stride > 1:  # the ends belong to it by half
            weights[[0, -1]] = 0.5
        return convolve1d(values, weights / weights.sum(), axis=0, mode="nearest")

    def middle(self, values: np.ndarray, seconds: float) -> np.ndarray:
        """Running median over so long, along the first axis: of the frames that are whole steps away."""
        size = [round(seconds / STEP_S) | 1] + [1] * (values.ndim - 1)
        out = np.empty_like(values)
        for first in range(self.stride):
            out[first::self.stride] = median_filter(values[first::self.stride], size=size, mode="mirror")
        return out
