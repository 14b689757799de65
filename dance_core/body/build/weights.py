"""Which joint moves which vertex: MakeHuman's 163 bones summed onto SMPL-X's 55 joints."""

from __future__ import annotations

import numpy as np

from dance_core.body.build.source import Source
from dance_core.motion.skeleton import JOINT_NAMES, joint

INFLUENCES = 4  # joints a vertex: what a browser's vertex shader and core glTF take

_TRUNK = {
    "root": "pelvis", "pelvis": "pelvis", "spine05": "pelvis", "spine04": "spine1", "spine03": "spine1",
    "spine02": "spine2", "breast": "spine3", "spine01": "spine3", "neck01": "neck", "neck02": "neck",
    "neck03": "neck", "head": "head",
}
_LIMBS = {
    "clavicle": "collar", "shoulder01": "collar", "upperarm01": "shoulder", "upperarm02": "shoulder",
    "lowerarm01": "elbow", "lowerarm02": "elbow", "wrist": "wrist", "upperleg01": "hip", "upperleg02": "hip",
    "lowerleg01": "knee", "lowerleg02": "knee", "foot": "ankle", "eye": "eye_smplhf",
    **{f"metacarpal{i}": "wrist" for i in range(1, 5)},
    **{f"finger{i + 1}-{k}": f"{finger}{k}" for i, finger in
       enumerate(("thumb", "index", "middle", "ring", "pinky")) for k in (1, 2, 3)},
}
_JAW = ("jaw", "special04", "oris01", "oris02", "oris06.", "oris07", "tongue")  # the rest of the face: head


def joint_of(bone: str) -> int:
    """Index of the SMPL-X joint that a bone of the default rig belongs to."""
    stem, _, side = bone.partition(".")
    prefix = {"L": "left_", "R": "right_"}.get(side, "")
    if stem in _TRUNK:
        return joint(_TRUNK[stem])
    if stem in _LIMBS:
        return joint(prefix + _LIMBS[stem])
    if stem.startswith("toe"):
        return joint(prefix + "foot")
    return joint("jaw" if (stem if not side else f"{stem}.").startswith(_JAW) else "head")


def bone_weights(source: Source) -> tuple[list[str], np.ndarray]:
    """Names of the bones and weights (N, bones), rows summing to 1 (vertices without any follow the root)."""
    names = list(source.rig_weights)
    table = np.zeros((len(source.base[0]), len(names)))
    for b, name in enumerate(names):
        for vertex, weight in source.rig_weights[name]:
            table[vertex, b] = weight
    total = table.sum(1, keepdims=True)
    table[total[:, 0] <= 0, names.index("root")] = 1.0
    return names, table / np.where(total > 0, total, 1.0)


def joint_weights(names: list[str], table: np.ndarray) -> np.ndarray:
    """Weights (N, 55) from weights of bones (N, bones)."""
    out = np.zeros((len(table), len(JOINT_NAMES)))
    for b, name in enumerate(names):
        out[:, joint_of(name)] += table[:, b]
    return out


def prune(weights: np.ndarray) -> np.ndarray:
    """The four strongest joints of each vertex, as multiples of 1/65535 that sum to 1 exactly."""
    keep = np.argsort(-weights, axis=1, kind="stable")[:, :INFLUENCES]
    top = np.take_along_axis(weights, keep, 1)
    whole = np.floor(top / top.sum(1, keepdims=True) * 65535 + 0.5)
    whole[:, 0] += 65535 - whole.sum(1)
    out = np.zeros_like(weights)
    np.put_along_axis(out, keep, whole / 65535, 1)
    return out
