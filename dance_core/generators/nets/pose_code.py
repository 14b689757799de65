"""A Motion as rows of numbers that a network learns well, and back.

One row a frame at 30 fps, ROW = 162 columns:

    0-131    local rotations of the 22 body joints as 6D, the pelvis' without its heading
    132      height of the pelvis above the floor, m
    133-134  velocity of the pelvis along the floor, m/s, to the dancer's left and ahead
    135      turn of the heading about +Y, rad/s
    136-139  contacts: left ankle, left toe, right ankle, right toe, 0 or 1
    140-151  hands: weights of HAND_SHAPES principal shapes of the 30 finger joints
    152-161  face: weights of FACE_SHAPES principal shapes of the 52 coefficients

Velocities are those from the frame to the next; the last frame repeats the one before. Jaw and eye
joints are not coded: the face's coefficients say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.contacts import detect_contacts
from dance_core.motion.motion import PARTS, Motion
from dance_core.motion.skeleton import BODY, LEFT_HAND, RIGHT_HAND

HAND_SHAPES, FACE_SHAPES = 12, 10
SIX = slice(0, BODY * 6)
HEIGHT, VELOCITY, TURN = BODY * 6, slice(BODY * 6 + 1, BODY * 6 + 3), BODY * 6 + 3
RATES = slice(VELOCITY.start, TURN + 1)  # what is per second
CONTACTS = slice(BODY * 6 + 4, BODY * 6 + 8)
HANDS = slice(CONTACTS.stop, CONTACTS.stop + HAND_SHAPES)
FACES = slice(HANDS.stop, HANDS.stop + FACE_SHAPES)
ROW = FACES.stop
_FINGERS = slice(LEFT_HAND.start, RIGHT_HAND.stop)


@dataclass(frozen=True, eq=False)
class PoseCode:
    """What must be known to code hands and faces.

    Attributes:
        hand_mean: (90,) axis-angle of the 30 finger joints, rad.
        hand_shapes: (HAND_SHAPES, 90) orthonormal rows.
        face_mean: (52,).
        face_shapes: (FACE_SHAPES, 52) orthonormal rows.
    """

    hand_mean: np.ndarray
    hand_shapes: np.ndarray
    face_mean: np.ndarray
    face_shapes: np.ndarray

    @classmethod
    def fit(cls, motions: list[Motion]) -> "PoseCode":
        """Principal shapes of the hands and faces of some motions."""
        hands = np.concatenate([m.rotations[:, _FINGERS].reshape(len(m), -1) for m in motions])
        faces = np.concatenate([m.face for m in motions])
        return cls(*_principal(hands, HAND_SHAPES), *_principal(faces, FACE_SHAPES))

    def encode(self, motion: Motion) -> np.ndarray:
        """(T, ROW) float32."""
        q = rot.quaternion_from_axis_angle(motion.rotations[:, :BODY])
        yaw = np.unwrap(rot.yaw_of(q[:, 0]))
        q[:, 0] = rot.multiply(rot.quaternion_about("y", -yaw), q[:, 0])
        rows = np.empty((len(motion), ROW), np.float32)
        rows[:, SIX] = rot.six_from_matrix(rot.matrix_from_quaternion(q)).reshape(len(motion), -1)
        rows[:, HEIGHT] = motion.translation[:, 1]
        step = np.diff(motion.translation.astype(np.float64), axis=0, append=motion.translation[-1:])
        rows[:, VELOCITY] = rot.rotate(rot.quaternion_about("y", -yaw), step)[:, ::2] * motion.fps
        rows[:, TURN] = np.diff(yaw, append=yaw[-1:]) * motion.fps
        if len(motion) > 1:
            rows[-1, VELOCITY], rows[-1, TURN] = rows[-2, VELOCITY], rows[-2, TURN]
        rows[:, CONTACTS] = detect_contacts(motion)
        fingers = motion.rotations[:, _FINGERS].reshape(len(motion), -1)
        rows[:, HANDS] = (fingers - self.hand_mean) @ self.hand_shapes.T
        rows[:, FACES] = (motion.face - self.face_mean) @ self.face_shapes.T
        return rows

    def decode(self, rows: np.ndarray, fps: float = 30.0, heading: float = 0.0,
               place: tuple[float, float] = (0.0, 0.0)) -> Motion:
        """The motion of rows (T, ROW) that starts at a heading (rad about +Y) and place (x, z in m).

        Rows may be anything finite: rotations are made whole, coefficients clipped to 0…1.
        """
        frames = len(rows)
        rows = np.asarray(rows, np.float64)
        q = rot.quaternion_from_matrix(rot.matrix_from_six(rows[:, SIX].reshape(frames, BODY, 6)))
        yaw = headings(rows, heading, fps)
        turn = rot.quaternion_about("y", yaw)
        # a pelvis that learned a little heading of its own keeps it: the heading is what was summed up
        q[:, 0] = rot.multiply(turn, q[:, 0])
        velocity = np.zeros((frames, 3))
        velocity[:, ::2] = rows[:, VELOCITY]
        way = np.cumsum(rot.rotate(turn, velocity)[:-1], axis=0) / fps
        translation = np.zeros((frames, 3))
        translation[:, ::2] = place
        translation[1:, ::2] += way[:, ::2]
        translation[:, 1] = rows[:, HEIGHT]
        rotations = np.zeros((frames, 55, 3))
        rotations[:, :BODY] = rot.axis_angle_from_quaternion(q)
        fingers = rows[:, HANDS] @ self.hand_shapes + self.hand_mean
        rotations[:, _FINGERS] = fingers.reshape(frames, -1, 3)
        face = np.clip(rows[:, FACES] @ self.face_shapes + self.face_mean, 0.0, 1.0)
        return Motion(fps, rotations, translation, face, parts=PARTS)

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays by name, as `PoseCode(**arrays)` takes them."""
        return {"hand_mean": self.hand_mean, "hand_shapes": self.hand_shapes,
                "face_mean": self.face_mean, "face_shapes": self.face_shapes}


def headings(rows: np.ndarray, heading: float = 0.0, fps: float = 30.0) -> np.ndarray:
    """(T,) rad about +Y of rows (T, ROW) whose first has a heading."""
    return heading + np.concatenate([[0.0], np.cumsum(rows[:-1, TURN], dtype=np.float64)]) / fps


def _principal(values: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean (D,) and first principal directions (count, D) of values (N, D), float32."""
    values = values.astype(np.float64)
    mean = values.mean(axis=0)
    spread = (values - mean).T @ (values - mean)
    _, vectors = np.linalg.eigh(spread)
    return mean.astype(np.float32), np.ascontiguousarray(vectors[:, ::-1][:, :count].T, np.float32)


