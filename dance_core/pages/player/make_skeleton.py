"""Writes src/skeleton.js from motion/skeleton.py, so that browser and Python pose the same body."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from dance_core.motion.skeleton import BONES, FACE_NAMES, JOINT_NAMES, PARENTS, REST_JOINTS, SOLE_Y

TARGET = Path(__file__).parent / "src" / "skeleton.js"


def skeleton_js() -> str:
    """The text of src/skeleton.js."""
    def numbers(a: np.ndarray) -> str:
        return "[\n" + "".join(f"  {', '.join(f'{v:.5f}' for v in row)},\n" for row in a) + "]"

    return "\n".join([
        "// Made by make_skeleton.py from motion/skeleton.py: change it there.",
        f"export const JOINT_NAMES = {json.dumps(JOINT_NAMES)};",
        f"export const PARENTS = {json.dumps(PARENTS)};",
        "// each joint from its parent at rest, metres",
        f"export const BONES = new Float32Array({numbers(BONES)});",
        "// places at rest, metres",
        f"export const REST = new Float32Array({numbers(REST_JOINTS)});",
        f"export const SOLE_Y = {SOLE_Y:.5f};",
        f"export const FACE_NAMES = {json.dumps(FACE_NAMES)};",
        "",
    ])


if __name__ == "__main__":
    TARGET.write_text(skeleton_js())
