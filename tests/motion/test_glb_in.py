"""glTF in: whatever frames its joints have, however its armature lies, and in every way keys are written."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from foreign import SKELETONS, a_dance, off

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.gltf import Glb
from dance_core.motion.motion import Motion
from dance_core.motion.reading import read_motion


@pytest.fixture(scope="module")
def dance() -> Motion:
    return a_dance(90)


def rig(dance: Motion, names: dict[str, str], *, frames: str = "ours", lying: bool = False, unit: float = 1.0,
        keys: str = "LINEAR", matrices: bool = False, skin: bool = True) -> Glb:
    """The dance as a rig: joints' own frames ours, along y (Blender, Mixamo) or any; the armature on its
    back.
    """
    rng = np.random.default_rng(5)
    kept = [j for j in range(55) if sk.JOINT_NAMES[j] in names]
    own = np.tile(rot.IDENTITY, (55, 1))
    if frames == "any":
        own = rot.quaternion_from_axis_angle(rng.normal(size=(55, 3)))
    elif frames == "along y":
        for j in kept:
            child = next((c for c in range(55) if sk.PARENTS[c] == j), None)
            if child is not None:
                bone = sk.BONES[child] / np.linalg.norm(sk.BONES[child])
                own[j] = rot.shortest_arc(np.array([0.0, 1.0, 0.0]), bone)
    root = rot.quaternion_about("x", -np.pi / 2 if lying else 0.0)  # of the armature's node
    back = rot.inverse(root)
    world = rot.multiply(kin.global_rotations(rot.quaternion_from_axis_angle(dance.rotations)), own)
    places, rest = kin.joints(dance), sk.REST_JOINTS

    def parent(j: int) -> int:
        p = sk.PARENTS[j]
        while p >= 0 and p not in kept:
            p = sk.PARENTS[p]
        return p

    glb = Glb()
    index = {j: k + 1 for k, j in enumerate(kept)}
    glb.add("nodes", {"name": "Armature", "rotation": [float(v) for v in root[[1, 2, 3, 0]]],
                      "scale": [unit] * 3, "children": [index[0]]})
    times = glb.accessor((np.arange(len(dance)) / dance.fps).astype(np.float32), bounds=True)
    animation: dict = {"name": "take", "samplers": [], "channels": []}
    for j in kept:
        p = parent(j)
        q = rot.multiply(back, world[:, j]) if p < 0 else rot.multiply(rot.inverse(world[:, p]), world[:, j])
        at = rot.rotate(back, places[:, j]) / unit if p < 0 else \
            rot.rotate(rot.inverse(world[:, p]), places[:, j] - places[:, p]) / unit
        turn = rot.multiply(back, own[j]) if p < 0 else rot.multiply(rot.inverse(own[p]), own[j])
        here = rot.rotate(back, rest[j]) / unit if p < 0 else rot.rotate(rot.inverse(own[p]),
                                                                         rest[j] - rest[p]) / unit
        node: dict = {"name": names[sk.JOINT_NAMES[j]],
                      "children": [index[c] for c in kept if parent(c) == j]}
        if matrices:
            m = np.eye(4)
            m[:3, :3], m[:3, 3] = rot.matrix_from_quaternion(turn), here
            node["matrix"] = [float(v) for v in m.T.ravel()]
        else:
            node |= {"rotation": [float(v) for v in turn[[1, 2, 3, 0]]],
                     "translation": [float(v) for v in here]}
        if not node["children"]:
            del node["children"]
        glb.add("nodes", node)
        for path, values in (("rotation", rot.unroll(q)[:, [1, 2, 3, 0]]), ("translation", at)):
            if path == "translation" and p >= 0:
                continue
            if keys == "CUBICSPLINE":
                still = np.zeros_like(values)
                values = np.stack([still, values, still], 1).reshape(-1, values.shape[1])
            animation["samplers"].append({"input": times, "interpolation": keys,
                                          "output": glb.accessor(values.astype(np.float32))})
            animation["channels"].append({"sampler": len(animation["samplers"]) - 1,
                                          "target": {"node": index[j], "path": path}})
    if skin:
        inverse = np.zeros((len(kept), 4, 4), np.float32)
        for k, j in enumerate(kept):
            m = np.eye(4)
            m[:3, :3], m[:3, 3] = unit * rot.matrix_from_quaternion(own[j]), rest[j]
            inverse[k] = np.linalg.inv(m).T
        glb.add("skins", {"joints": [index[j] for j in kept],
                          "inverseBindMatrices": glb.accessor(inverse.reshape(len(kept), 16))})
    glb.add("animations", animation)
    return glb


def read(tmp_path: Path, glb: Glb, fps: float | None = None):
    (tmp_path / "a.glb").write_bytes(glb.bytes())
    return read_motion(tmp_path / "a.glb", fps)


@pytest.mark.parametrize("whose", ["Mixamo", "VRM", "Unreal", "Rigify"])
@pytest.mark.parametrize(("frames", "lying", "unit"), [
    ("ours", False, 1.0), ("along y", True, 0.01), ("any", True, 1.0), ("any", False, 0.01)])
def test_rigs_however_their_joints_lie(tmp_path: Path, dance: Motion, whose: str, frames: str, lying: bool,
                                       unit: float) -> None:
    found = read(tmp_path, rig(dance, SKELETONS[whose], frames=frames, lying=lying, unit=unit))
    far, degrees = off(found.motion, dance)
    assert far < 1e-3 and degrees[:22].max() < 1.0 and degrees[25:].max() < 1.0
    assert (found.skeleton, found.motion.fps, len(found.motion)) == (whose, 30.0, 90)


@pytest.mark.parametrize("keys", ["LINEAR", "STEP", "CUBICSPLINE"])
@pytest.mark.parametrize("matrices", [False, True])
@pytest.mark.parametrize("skin", [False, True])
def test_every_way_to_write_keys_and_nodes(tmp_path: Path, dance: Motion, keys: str, matrices: bool,
                                           skin: bool
                                           ) -> None:
    found = read(tmp_path, rig(dance, SKELETONS["Mixamo"], keys=keys, matrices=matrices, skin=skin))
    assert off(found.motion, dance)[0] < 1e-3


def test_vrm_says_which_bone_is_which(tmp_path: Path, dance: Motion) -> None:
    hidden = {ours: f"bone{k}" for k, ours in enumerate(SKELETONS["VRM"])}
    glb = rig(dance, hidden)
    at = {node["name"]: k for k, node in enumerate(glb.json["nodes"])}
    bones = {theirs: {"node": at[hidden[ours]]} for ours, theirs in SKELETONS["VRM"].items()}
    with pytest.raises(UserError, match="pelvis"):
        read(tmp_path, glb)
    glb.json["extensions"] = {"VRMC_vrm": {"humanoid": {"humanBones": bones}}}
    assert off(read(tmp_path, glb).motion, dance)[0] < 1e-3
    older = [{"bone": name, "node": told["node"]} for name, told in bones.items()]
    glb.json["extensions"] = {"VRM": {"humanoid": {"humanBones": older}}}
    assert off(read(tmp_path, glb).motion, dance)[0] < 1e-3


def test_a_gltf_with_its_numbers_inside(tmp_path: Path, dance: Motion) -> None:
    glb = rig(dance, SKELETONS["Mixamo"])
    glb.bytes()
    data = base64.b64encode(bytes(glb.binary)).decode()
    uri = f"data:application/octet-stream;base64,{data}"
    glb.json["buffers"] = [{"byteLength": len(glb.binary), "uri": uri}]
    (tmp_path / "a.gltf").write_text(json.dumps(glb.json))
    assert off(read_motion(tmp_path / "a.gltf").motion, dance)[0] < 1e-3
    glb.json["buffers"][0]["uri"] = "a.bin"
    (tmp_path / "a.gltf").write_text(json.dumps(glb.json))
    with pytest.raises(UserError, match="another file"):
        read_motion(tmp_path / "a.gltf")


def test_the_longest_of_several_animations_is_taken_and_named(tmp_path: Path, dance: Motion) -> None:
    glb = rig(dance, SKELETONS["Mixamo"])
    short = json.loads(json.dumps(glb.json["animations"][0])) | {"name": "other"}
    short["channels"] = short["channels"][:3]
    glb.json["animations"].insert(0, short)
    found = read(tmp_path, glb)
    assert any("'take'" in s for s in found.said) and off(found.motion, dance)[0] < 1e-3


def test_what_is_missing_is_named(tmp_path: Path, dance: Motion) -> None:
    glb = rig(dance, SKELETONS["Mixamo"])
    del glb.json["animations"]
    with pytest.raises(UserError, match="no animation"):
        read(tmp_path, glb)


@pytest.mark.parametrize("cut", [12, 40, 300, 5000, -10])
def test_half_a_file_gets_a_sentence(tmp_path: Path, dance: Motion, cut: int) -> None:
    data = rig(dance, SKELETONS["Mixamo"]).bytes()
    (tmp_path / "a.glb").write_bytes(data[:cut])
    with pytest.raises(UserError, match="glTF"):
        read_motion(tmp_path / "a.glb")


@pytest.mark.parametrize("harm", [
    {"count": 10**9}, {"count": -1}, {"byteOffset": 10**9}, {"bufferView": 999}, {"componentType": 1},
    {"type": "MAT2"}])
def test_accessors_that_point_elsewhere_get_a_sentence(tmp_path: Path, dance: Motion, harm: dict) -> None:
    glb = rig(dance, SKELETONS["Mixamo"])
    glb.json["accessors"][3] |= harm
    with pytest.raises(UserError, match="glTF"):
        read(tmp_path, glb)


def test_nodes_in_a_circle_get_a_sentence(tmp_path: Path, dance: Motion) -> None:
    glb = rig(dance, SKELETONS["Mixamo"])
    glb.json["nodes"][-1]["children"] = [0]
    with pytest.raises(UserError, match="glTF"):
        read(tmp_path, glb)
