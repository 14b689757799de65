"""The SMPL-X skeleton: names, parents and rest places of its 55 joints, and the parts of it.

The rest places are those of the free neutral body that this project makes (a T-pose facing +Z,
Y up, left = +X, metres; the sole lies at SOLE_Y).
"""

from __future__ import annotations

import numpy as np

# name, parent, rest place (m)
_TABLE: tuple[tuple[str, int, tuple[float, float, float]], ...] = (
    ("pelvis", -1, (0.00000, 0.10160, 0.00476)),
    ("left_hip", 0, (0.10091, 0.05161, 0.00476)),
    ("right_hip", 0, (-0.10091, 0.05161, 0.00476)),
    ("spine1", 0, (0.00000, 0.13900, -0.02591)),
    ("left_knee", 1, (0.12151, -0.34155, 0.00476)),
    ("right_knee", 2, (-0.12151, -0.34155, 0.00476)),
    ("spine2", 3, (0.00000, 0.27750, -0.00881)),
    ("left_ankle", 4, (0.12151, -0.75365, -0.00760)),
    ("right_ankle", 5, (-0.12151, -0.75365, -0.00760)),
    ("spine3", 6, (0.00000, 0.42098, -0.01870)),
    ("left_foot", 7, (0.13998, -0.79640, 0.12380)),
    ("right_foot", 8, (-0.13998, -0.79640, 0.12380)),
    ("neck", 9, (0.00000, 0.59648, 0.00511)),
    ("left_collar", 9, (0.02291, 0.52496, 0.02162)),
    ("right_collar", 9, (-0.02291, 0.52496, 0.02162)),
    ("head", 12, (0.00000, 0.69782, 0.04429)),
    ("left_shoulder", 13, (0.17373, 0.50216, 0.01940)),
    ("right_shoulder", 14, (-0.17373, 0.50216, 0.01940)),
    ("left_elbow", 16, (0.41539, 0.50216, 0.01940)),
    ("right_elbow", 17, (-0.41539, 0.50216, 0.01940)),
    ("left_wrist", 18, (0.65455, 0.50333, 0.01720)),
    ("right_wrist", 19, (-0.65455, 0.50333, 0.01720)),
    ("jaw", 15, (0.00000, 0.70424, 0.05643)),
    ("left_eye_smplhf", 15, (0.02889, 0.73650, 0.11808)),
    ("right_eye_smplhf", 15, (-0.02889, 0.73650, 0.11808)),
    ("left_index1", 20, (0.75705, 0.49867, 0.04311)),
    ("left_index2", 25, (0.78253, 0.49689, 0.04579)),
    ("left_index3", 26, (0.80494, 0.49253, 0.04819)),
    ("left_middle1", 20, (0.75620, 0.50333, 0.01720)),
    ("left_middle2", 28, (0.78977, 0.50098, 0.01750)),
    ("left_middle3", 29, (0.81673, 0.49574, 0.01774)),
    ("left_pinky1", 20, (0.74109, 0.49867, -0.02031)),
    ("left_pinky2", 31, (0.76176, 0.49723, -0.02471)),
    ("left_pinky3", 32, (0.77667, 0.49433, -0.02794)),
    ("left_ring1", 20, (0.75053, 0.50360, -0.00205)),
    ("left_ring2", 34, (0.77990, 0.50155, -0.00462)),
    ("left_ring3", 35, (0.80402, 0.49686, -0.00677)),
    ("left_thumb1", 20, (0.69146, 0.49985, 0.04141)),
    ("left_thumb2", 37, (0.70244, 0.47891, 0.06095)),
    ("left_thumb3", 38, (0.72722, 0.46098, 0.07996)),
    ("right_index1", 21, (-0.75705, 0.49867, 0.04311)),
    ("right_index2", 40, (-0.78253, 0.49689, 0.04579)),
    ("right_index3", 41, (-0.80494, 0.49253, 0.04819)),
    ("right_middle1", 21, (-0.75620, 0.50333, 0.01720)),
    ("right_middle2", 43, (-0.78977, 0.50098, 0.01750)),
    ("right_middle3", 44, (-0.81673, 0.49574, 0.01774)),
    ("right_pinky1", 21, (-0.74109, 0.49867, -0.02031)),
    ("right_pinky2", 46, (-0.76176, 0.49723, -0.02471)),
    ("right_pinky3", 47, (-0.77667, 0.49433, -0.02794)),
    ("right_ring1", 21, (-0.75053, 0.50360, -0.00205)),
    ("right_ring2", 49, (-0.77990, 0.50155, -0.00462)),
    ("right_ring3", 50, (-0.80402, 0.49686, -0.00677)),
    ("right_thumb1", 21, (-0.69146, 0.49985, 0.04141)),
    ("right_thumb2", 52, (-0.70244, 0.47891, 0.06095)),
    ("right_thumb3", 53, (-0.72722, 0.46098, 0.07996)),
)

JOINT_NAMES: tuple[str, ...] = tuple(row[0] for row in _TABLE)
PARENTS: tuple[int, ...] = tuple(row[1] for row in _TABLE)
REST_JOINTS = np.array([row[2] for row in _TABLE], np.float64)  # (55, 3) m
REST_JOINTS.setflags(write=False)
BONES = REST_JOINTS.copy()  # (55, 3) m: each joint from its parent, at rest; the pelvis' row is zero
BONES[0] = 0.0
BONES[1:] -= REST_JOINTS[list(PARENTS[1:])]
BONES.setflags(write=False)


def _levels() -> tuple[tuple[int, ...], ...]:
    depth = [0]
    for parent in PARENTS[1:]:
        depth.append(depth[parent] + 1)
    return tuple(tuple(j for j, d in enumerate(depth) if d == level) for level in range(1, max(depth) + 1))


LEVELS = _levels()  # all joints but the pelvis by their depth in the tree: what can be turned at once


def joint(name: str) -> int:
    """Index of a joint by its SMPL-X name. Raises ValueError for a name that is none."""
    return JOINT_NAMES.index(name)


(PELVIS, LEFT_HIP, RIGHT_HIP, SPINE1, LEFT_KNEE, RIGHT_KNEE, SPINE2, LEFT_ANKLE, RIGHT_ANKLE, SPINE3,
 LEFT_FOOT, RIGHT_FOOT, NECK, LEFT_COLLAR, RIGHT_COLLAR, HEAD, LEFT_SHOULDER, RIGHT_SHOULDER,
 LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST, JAW, LEFT_EYE, RIGHT_EYE) = range(25)
BODY = 22  # joints: the first so many are the body; jaw, eyes and hands come after it
HIPS, KNEES, ANKLES, FEET = slice(1, 3), slice(4, 6), slice(7, 9), slice(10, 12)  # left and right
LEFT_HAND = slice(25, 40)  # index, middle, pinky, ring, thumb: three joints each
RIGHT_HAND = slice(40, 55)
SMPL24 = (*range(22), 25, 40)  # SMPL's 24 joints: its two hands are here the first index joints

ANKLE_HEIGHT = 0.073  # m, ankle joint above the sole of a flat foot
TOE_HEIGHT = 0.031  # m, toe joint (SMPL-X "foot") above the sole of a flat foot
SOLE_Y = float(REST_JOINTS[LEFT_FOOT, 1] - TOE_HEIGHT)  # rest height of the sole
PELVIS_HEIGHT = float(REST_JOINTS[PELVIS, 1] - SOLE_Y)  # m, pelvis above the ground at rest
THIGH = float(np.linalg.norm(BONES[LEFT_KNEE]))  # m
SHIN = float(np.linalg.norm(BONES[LEFT_ANKLE]))  # m
LEG = THIGH + SHIN  # m, hip to ankle when straight

# MIRROR[i] is the joint on the other side of joint i (itself on the middle line)
MIRROR: tuple[int, ...] = tuple(
    JOINT_NAMES.index(n.replace("left", "@").replace("right", "left").replace("@", "right"))
    for n in JOINT_NAMES
)

# Apple's ARKit blend shapes, in ARKit's order
FACE_NAMES: tuple[str, ...] = (
    "eyeBlinkLeft", "eyeLookDownLeft", "eyeLookInLeft", "eyeLookOutLeft", "eyeLookUpLeft",
    "eyeSquintLeft", "eyeWideLeft", "eyeBlinkRight", "eyeLookDownRight", "eyeLookInRight",
    "eyeLookOutRight", "eyeLookUpRight", "eyeSquintRight", "eyeWideRight", "jawForward", "jawLeft",
    "jawRight", "jawOpen", "mouthClose", "mouthFunnel", "mouthPucker", "mouthLeft", "mouthRight",
    "mouthSmileLeft", "mouthSmileRight", "mouthFrownLeft", "mouthFrownRight", "mouthDimpleLeft",
    "mouthDimpleRight", "mouthStretchLeft", "mouthStretchRight", "mouthRollLower", "mouthRollUpper",
    "mouthShrugLower", "mouthShrugUpper", "mouthPressLeft", "mouthPressRight", "mouthLowerDownLeft",
    "mouthLowerDownRight", "mouthUpperUpLeft", "mouthUpperUpRight", "browDownLeft", "browDownRight",
    "browInnerUp", "browOuterUpLeft", "browOuterUpRight", "cheekPuff", "cheekSquintLeft",
    "cheekSquintRight", "noseSneerLeft", "noseSneerRight", "tongueOut",
)
FACE_MIRROR: tuple[int, ...] = tuple(
    FACE_NAMES.index(n.replace("Left", "@").replace("Right", "Left").replace("@", "Right"))
    for n in FACE_NAMES
)
