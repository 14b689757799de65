"""The opening of a dance: how the reference pose gives way to the first moves.

Frame 0 is the pose. From there each part of the body is let go in its own way: the pelvis as seen from its
heading, the joints above it by one way round, the legs by what inverse kinematics missed at frame 0.
"""

from __future__ import annotations

import numpy as np

from dance_core.corpus.studio.dancer.keys import ease
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import JOINTS, Motion
from dance_core.settings import MOTION_FPS

OPENING_S = 0.9  # seconds in which the reference pose gives way to the dance
_LEG_OPENING_S = 0.25
_LEGS = [
    sk.LEFT_HIP,
    sk.RIGHT_HIP,
    sk.LEFT_KNEE,
    sk.RIGHT_KNEE,
    sk.LEFT_ANKLE,
    sk.RIGHT_ANKLE,
    sk.LEFT_FOOT,
    sk.RIGHT_FOOT,
]
_KNEES = [sk.LEFT_KNEE, sk.RIGHT_KNEE]
_UPPER = [j for j in range(1, JOINTS) if j not in _LEGS]


class Opening:
    """Blends a dance out of its reference pose.

    Frames (T,) count from the dance's first, and may be below 0: the filters look back.

    Args:
        pose: one frame.
        heading: radians that the dance itself faces at frame 0.
    """

    def __init__(self, pose: Motion, heading: float) -> None:
        self.pose = pose
        self._turns = rot.quaternion_from_axis_angle(pose.rotations[0])
        self._yaw = float(rot.yaw_of(self._turns[0]))
        self._missing = rot.wrapped(heading - self._yaw)

    def learn(self, local: np.ndarray) -> None:
        """See the dance's own local rotations (T, 55, 4) from frame 0 on, before `joints` is asked for.

        They say which way round each joint leaves the pose, and how far the legs are off it at frame 0.
        """
        q = rot.unroll(local[:, _UPPER])
        middle = q[min(int(OPENING_S * MOTION_FPS / 2), len(q) - 1)]
        q *= np.where((middle * self._turns[_UPPER]).sum(-1, keepdims=True) < 0, -1.0, 1.0)
        self._upper = q
        # in single precision, as a Motion keeps it: frame 0 is the pose to the last bit that is kept
        first = rot.axis_angle_from_quaternion(local[0, _LEGS]).astype(np.float32)
        self._legs = rot.multiply(rot.inverse(rot.quaternion_from_axis_angle(first)), self._turns[_LEGS])

    @staticmethod
    def share(frame: np.ndarray) -> np.ndarray:
        """(T,) how much of each frame is the dance's: 0 at frame 0, 1 after the opening."""
        return ease(frame / MOTION_FPS / OPENING_S)

    def place(self, pelvis: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The pelvis' place (T, 3) m out of that of the pose."""
        start = self.pose.translation[0]
        return start + (pelvis - start) * share[:, None]

    def turn(self, turn: np.ndarray, heading: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The pelvis' world rotation (T, 4) out of that of the pose.

        Blended as seen from the heading (T,) in radians, which may turn far meanwhile.
        """
        own = rot.multiply(rot.inverse(rot.quaternion_about("y", heading)), turn)
        theirs = rot.multiply(rot.quaternion_about("y", -self._yaw), self._turns[0])
        blended = rot.slerp(np.broadcast_to(theirs, own.shape), own, share)
        return rot.multiply(rot.quaternion_about("y", heading - self._missing * (1 - share)), blended)

    def joints(self, local: np.ndarray, frame: np.ndarray, share: np.ndarray) -> None:
        """Blend all joints below the pelvis, in place: local quaternions (T, 55, 4)."""
        local[:, _UPPER] = self._out_of_pose(local[:, _UPPER], frame, share)
        local[:, _LEGS] = self._without_miss(local[:, _LEGS], frame)

    def face(self, face: np.ndarray, share: np.ndarray) -> np.ndarray:
        """The face (T, 52) out of that of the pose."""
        return self.pose.face[0] + (face - self.pose.face[0]) * share[:, None]

    def _out_of_pose(self, upper: np.ndarray, frame: np.ndarray, share: np.ndarray) -> np.ndarray:
        """Trunk, head, arms and hands (T, J, 4) on their way out of the pose.

        Each joint goes one way round all the time: the way that is short in the middle of the opening.
        """
        at = np.clip(frame.astype(int), 0, len(self._upper) - 1)
        same = (upper * self._upper[at]).sum(-1, keepdims=True) >= 0
        signed = np.where(same, upper, -upper)
        weight = np.broadcast_to(share[:, None], upper.shape[:2])
        return rot.slerp(np.broadcast_to(self._turns[_UPPER], upper.shape), signed, weight, short=False)

    def _without_miss(self, legs: np.ndarray, frame: np.ndarray) -> np.ndarray:
        """Leg joints (T, J, 4) with what inverse kinematics missed at frame 0, which fades out."""
        left = np.broadcast_to(1 - ease(frame / MOTION_FPS / _LEG_OPENING_S)[:, None], legs.shape[:2])
        still = np.broadcast_to(rot.IDENTITY, legs.shape)
        missed = np.broadcast_to(self._legs, legs.shape)
        blended = rot.multiply(legs, rot.slerp(still, missed, left))
        knees = [_LEGS.index(j) for j in _KNEES]
        bend = rot.axis_angle_from_quaternion(blended[:, knees])
        least = np.minimum(self.pose.rotations[0, _KNEES, 0], 0.0)  # hinges never open further than they were
        bend[..., 0] = np.maximum(bend[..., 0], least)
        blended[:, knees] = rot.quaternion_from_axis_angle(bend)
        return blended
