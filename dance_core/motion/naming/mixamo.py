"""Mixamo's names for our joints, for files that go to programs which know these."""

from __future__ import annotations

from dance_core.motion.skeleton import JOINT_NAMES

PREFIX = "mixamorig:"
_MIDDLE = {"pelvis": "Hips", "spine1": "Spine", "spine2": "Spine1", "spine3": "Spine2", "neck": "Neck",
           "head": "Head"}
_SIDED = {"hip": "UpLeg", "knee": "Leg", "ankle": "Foot", "foot": "ToeBase", "collar": "Shoulder",
          "shoulder": "Arm", "elbow": "ForeArm", "wrist": "Hand"}


def _named(joint: str) -> str | None:
    side, _, what = joint.partition("_")
    if joint in _MIDDLE:
        return PREFIX + _MIDDLE[joint]
    if what in _SIDED:
        return f"{PREFIX}{side.capitalize()}{_SIDED[what]}"
    if what[-1:].isdigit():
        return f"{PREFIX}{side.capitalize()}Hand{what.capitalize()}"
    return None  # jaw and eyes, which Mixamo has not


# SMPL-X name → Mixamo's, for the joints that Mixamo has
MIXAMO: dict[str, str] = {j: name for j in JOINT_NAMES if (name := _named(j))}
