"""A person's 33 landmarks, in the picture and in metres: BlazePose's landmark network, its "full" size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion import openpose as op
from dance_core.sight.models import LANDMARKER, load
from dance_core.sight.people import Region

NAMES: tuple[str, ...] = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index", "right_index",
    "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle", "left_heel", "right_heel", "left_toes", "right_toes",
)
AT = {name: i for i, name in enumerate(NAMES)}
_SIDE = 256  # pixels of the network's input
_HIPS, _TOP = 33, 34  # two of the network's extra points: they give the region of the next picture
_NEEDED = 0.5  # least probability that there is somebody
# OpenPose's keypoints among the landmarks; the neck is the middle of the shoulders
_OPENPOSE = [AT[n] if n != "neck" else AT["left_shoulder"] for n in op.KEYPOINTS]


@dataclass(frozen=True, eq=False)
class Landmarks:
    """A person as the network sees it.

    Attributes:
        xy: (33, 2) pixels of the picture.
        world: (33, 3) m, the middle of the hips at 0, in our axes seen from the camera: x to the picture's
            right, y up, z towards the camera. Who looks into the camera faces +Z, with the left at +X.
        visibility: (33,) 0 to 1: in the picture and not hidden.
        score: 0 to 1, how surely there is somebody.
        region: where in the next picture the same person will be looked for.
    """

    xy: np.ndarray
    world: np.ndarray
    visibility: np.ndarray
    score: float
    region: Region

    def openpose(self) -> tuple[np.ndarray, np.ndarray]:
        """OpenPose's 18 keypoints: (18, 2) pixels, and confidence (18,)."""
        xy, confidence = self.xy[_OPENPOSE].copy(), self.visibility[_OPENPOSE].copy()
        both = [AT["left_shoulder"], AT["right_shoulder"]]
        xy[op.NECK] = self.xy[both].mean(0)
        confidence[op.NECK] = self.visibility[both].min()
        return xy, confidence


def read_landmarks(picture: np.ndarray, region: Region, rounds: int = 1) -> Landmarks | None:
    """The landmarks of who is in a region of a picture (h, w, 3) uint8; None if nobody is.

    rounds: how often to look; from the second time on in the region that the time before found.
    """
    found = None
    for _ in range(rounds):
        found = _look(picture, region)
        if found is None:
            return None
        region = found.region
    return found


def _look(picture: np.ndarray, region: Region) -> Landmarks | None:
    pixels = region.cut(picture, _SIDE).astype(np.float32)[None] / 255
    points, flag, metres = load(LANDMARKER)(pixels, (1, 195), (1, 1), (1, 117))
    score = float(flag[0, 0])
    if not score >= _NEEDED:
        return None
    points = points[0].reshape(39, 5).astype(np.float64)
    xy = region.to_picture(points[:, :2] / _SIDE)
    visible = (1 / (1 + np.exp(-points[:33, 3:]))).min(1)
    world = metres[0].reshape(39, 3)[:33].astype(np.float64)
    world[:, :2] = world[:, :2] @ region.axes().T
    return Landmarks(xy[:33], world * [1.0, -1.0, -1.0], visible, score, Region.around(xy[_HIPS], xy[_TOP]))
