"""Writes src/skeleton.js and src/openpose.js, so that browser and Python pose and draw the same."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from dance_core.body import openpose_picture as picture
from dance_core.motion import camera
from dance_core.motion import openpose as op
from dance_core.motion.shape import BONE_GROWTH, FLESH_GROWTH
from dance_core.motion.skeleton import BONES, FACE_NAMES, HEAD, JOINT_NAMES, PARENTS, REST_JOINTS, SOLE_Y

TARGET = Path(__file__).parent / "src" / "skeleton.js"
OPENPOSE = TARGET.with_name("openpose.js")


def _numbers(a: np.ndarray) -> str:
    return "[\n" + "".join(f"  {', '.join(f'{v:.5f}' for v in row)},\n" for row in a) + "]"


def _table(a: np.ndarray) -> str:
    """A list of lists, as short as it can be written."""
    return "[\n" + "".join(f"  [{', '.join(f'{v:.4g}' for v in row)}],\n" for row in a) + "]"


def skeleton_js() -> str:
    """The text of src/skeleton.js."""
    return "\n".join([
        "// Made by make_skeleton.py from motion/skeleton.py: change it there.",
        f"export const JOINT_NAMES = {json.dumps(JOINT_NAMES)};",
        f"export const PARENTS = {json.dumps(PARENTS)};",
        "// each joint from its parent at rest, metres",
        f"export const BONES = new Float32Array({_numbers(BONES)});",
        "// places at rest, metres",
        f"export const REST = new Float32Array({_numbers(REST_JOINTS)});",
        f"export const SOLE_Y = {SOLE_Y:.5f};",
        "// shares that each beta adds to the length of a joint's bone, to the flesh around it along x, y, z",
        f"export const BONE_GROWTH = {_table(BONE_GROWTH)};",
        f"export const FLESH_GROWTH = {_table(FLESH_GROWTH.reshape(len(FLESH_GROWTH), -1))};",
        f"export const FACE_NAMES = {json.dumps(FACE_NAMES)};",
        "",
    ])


def openpose_js() -> str:
    """The text of src/openpose.js."""
    return "\n".join([
        "// Made by make_skeleton.py from motion/openpose.py, motion/camera.py and body/openpose_picture.py.",
        f"export const POINTS = {len(op.KEYPOINTS)};",
        "// [keypoint, joint] of those that are joints; the neck lies between the shoulders",
        f"export const AT_JOINTS = {json.dumps(list(op.JOINTS.items()))};",
        f"export const NOSE = {op.NOSE}, NECK = {op.NECK}, RIGHT_SHOULDER = {op.RIGHT_SHOULDER}, "
        f"LEFT_SHOULDER = {op.LEFT_SHOULDER};",
        f"export const RIGHT_EAR = {op.RIGHT_EAR}, LEFT_EAR = {op.LEFT_EAR}, HEAD = {HEAD};",
        "// the face's keypoints; m from the head joint, where their skin looks, the cosines of fading",
        f"export const FACE = {json.dumps(op.FACE)};",
        f"export const FACE_OFFSETS = {json.dumps(op.FACE_OFFSETS.tolist())};",
        f"export const LOOKS = {json.dumps(op.LOOKS.tolist())};",
        f"export const FADES = {json.dumps(op.FADES.tolist())};",
        f"export const DRAWN = {op.DRAWN};",
        f"export const LIMBS = {json.dumps(op.LIMBS)};",
        f"export const COLOURS = {json.dumps(op.COLOURS)};",
        f"export const WIDTH = {picture.WIDTH}, SIDE = {picture.SIDE}, DIM = {picture.DIM};",
        "// of the cameras that find their place by themselves: degrees, metres, seconds",
        f"export const ANGLE = {camera.ANGLE}, EYE_M = {camera.EYE_M}, AIM_M = {camera.AIM_M}, "
        f"SLOW_S = {camera.SLOW_S}, MARGIN_M = {camera.MARGIN_M}, NEAREST_M = {camera.NEAREST_M}, "
        f"SPARE_M = {camera.SPARE_M};",
        "",
    ])


if __name__ == "__main__":
    TARGET.write_text(skeleton_js(), encoding="utf-8")
    OPENPOSE.write_text(openpose_js(), encoding="utf-8")
