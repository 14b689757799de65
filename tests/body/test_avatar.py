"""GLB: the body alone and with a dance, read back by another hand and held against our own skinning."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation
from waves import flowing

from dance_core.body.avatar import browser_glb, export_glb
from dance_core.body.model import load_body
from dance_core.motion.gltf import Glb, numbers, read_glb
from dance_core.motion.motion import Motion
from dance_core.motion.shape import bones, build_named, reshaped
from dance_core.motion.skeleton import FACE_NAMES, JOINT_NAMES, PARENTS, REST_JOINTS
from dance_core.settings import ASSETS, ROOT
from tests.waiting import PATIENCE

BUNDLED = ASSETS / "body" / "body.glb"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Motion, Path]:
    motion = flowing(40, seed=2)
    path = tmp_path_factory.mktemp("glb") / "dance.glb"
    export_glb(motion, path, title="A dance")
    return motion, path


def posed(glb: Glb, frame: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Each primitive's vertices at a key frame and its colours, by the glTF specification."""
    doc = glb.json
    local = {i: tuple(np.array(n.get(key, rest), float) for key, rest in
                      (("translation", [0, 0, 0]), ("rotation", [0, 0, 0, 1])))
             for i, n in enumerate(doc["nodes"])}
    morphs: dict[int, np.ndarray] = {}
    for channel in doc.get("animations", [{}])[0].get("channels", []):
        sampler = doc["animations"][0]["samplers"][channel["sampler"]]
        keys, node = numbers(glb, sampler["output"]), channel["target"]["node"]
        if channel["target"]["path"] == "rotation":
            local[node] = local[node][0], keys[frame]
        elif channel["target"]["path"] == "translation":
            local[node] = keys[frame], local[node][1]
        else:
            morphs[node] = keys.reshape(-1, len(FACE_NAMES))[frame]
    matrices: dict[int, np.ndarray] = {}

    def walk(node: int, above: np.ndarray) -> None:
        move = np.eye(4)
        move[:3, :3], move[:3, 3] = Rotation.from_quat(local[node][1]).as_matrix(), local[node][0]
        matrices[node] = above @ move
        for child in doc["nodes"][node].get("children", []):
            walk(child, matrices[node])

    for root in doc["scenes"][0]["nodes"]:
        walk(root, np.eye(4))
    out = []
    for i, node in enumerate(doc["nodes"]):
        if "mesh" not in node:
            continue
        skin = doc["skins"][node["skin"]]
        bind = numbers(glb, skin["inverseBindMatrices"]).reshape(-1, 4, 4).swapaxes(1, 2)
        bones = np.stack([matrices[j] @ b for j, b in zip(skin["joints"], bind, strict=True)])
        for primitive in doc["meshes"][node["mesh"]]["primitives"]:
            a = primitive["attributes"]
            place = numbers(glb, a["POSITION"]).astype(float)
            for weight, target in zip(morphs.get(i, ()), primitive.get("targets", ()), strict=False):
                place = place + weight * numbers(glb, target["POSITION"])
            joints, weights = numbers(glb, a["JOINTS_0"]).astype(int), numbers(glb, a["WEIGHTS_0"])
            blend = (weights[..., None, None] * bones[joints]).sum(1)
            out.append((np.einsum("vab,vb->va", blend[:, :3, :3], place) + blend[:, :3, 3],
                        numbers(glb, a["COLOR_0"])))
    return out


def distances(glb: Glb, motion: Motion, frame: int) -> np.ndarray:
    """How far (N,) m each vertex in the file is from the nearest of ours."""
    ours = load_body().frame(motion, frame)
    return np.concatenate([cKDTree(ours).query(place)[0] for place, _ in posed(glb, frame)])


def test_a_dance_in_the_file_is_the_dance_on_our_skin(exported: tuple[Motion, Path]) -> None:
    motion, path = exported
    glb = read_glb(path.read_bytes())
    for frame in range(0, 40, 2):  # 20 frames
        assert distances(glb, motion, frame).max() < 1e-3  # m


def test_vertices_pair_up_one_to_one(exported: tuple[Motion, Path]) -> None:
    """The nearest vertex might be another one: here each is compared with itself."""
    motion, path = exported
    body, glb = load_body(), read_glb(path.read_bytes())
    rest = Motion(30, np.zeros((1, 55, 3)), REST_JOINTS[:1], np.zeros((1, 52)))
    glb_rest = read_glb(browser_glb(body))
    at_rest = np.concatenate([p for p, _ in posed(glb_rest, 0)])
    moved = np.concatenate([p for p, _ in posed(glb, 17)])
    colour = np.concatenate([c for _, c in posed(glb_rest, 0)])
    order = {}
    ours_rest, ours = body.frame(rest, 0), body.frame(motion, 17)
    for v in range(len(ours)):
        order.setdefault(tuple(np.round(ours_rest[v], 5)), []).append(v)
    checked = 0
    for i in range(0, len(at_rest), 7):
        ids = order.get(tuple(np.round(at_rest[i].astype(np.float32), 5)), [])
        if len(ids) == 1:
            checked += 1
            assert np.linalg.norm(moved[i] - ours[ids[0]]) < 1e-3
    assert checked > 1000 and len(colour) == len(at_rest)


def test_joints_are_named_ordered_and_placed_as_ours() -> None:
    glb = read_glb(BUNDLED.read_bytes())
    nodes, skin = glb.json["nodes"], glb.json["skins"][0]
    assert [nodes[j]["name"] for j in skin["joints"]] == list(JOINT_NAMES)
    for j, node in enumerate(skin["joints"]):
        parent = PARENTS[j]
        bone = REST_JOINTS[j] - (REST_JOINTS[parent] if parent >= 0 else 0)
        assert np.allclose(nodes[node]["translation"], bone, atol=1e-6)
        assert nodes[node]["rotation"] == [0, 0, 0, 1]


def test_an_exported_body_has_the_limbs_of_its_betas(tmp_path: Path) -> None:
    motion = reshaped(flowing(3, seed=2), build_named("long-armed"))
    export_glb(motion, tmp_path / "d.glb")
    glb = read_glb((tmp_path / "d.glb").read_bytes())
    nodes, skin = glb.json["nodes"], glb.json["skins"][0]
    there = np.array([nodes[node]["translation"] for node in skin["joints"]])
    assert np.abs(there[1:] - bones(motion.betas)[1:]).max() < 1e-5
    body = load_body()
    vertices = np.concatenate([place for place, _ in posed(glb, 2)])
    ours = body.frame(motion, 2)
    for end in (np.min, np.max):
        assert np.abs(end(vertices, axis=0) - end(ours, axis=0)).max() < 1e-3


def test_the_face_has_the_52_coefficients_in_order_and_the_rest_has_none() -> None:
    glb = read_glb(BUNDLED.read_bytes())
    meshes = {m["name"]: m for m in glb.json["meshes"]}
    assert set(meshes) == {"face", "body"}
    assert meshes["face"]["extras"]["targetNames"] == list(FACE_NAMES)
    assert all(len(p["targets"]) == 52 for p in meshes["face"]["primitives"])
    assert all("targets" not in p for p in meshes["body"]["primitives"])


def test_it_is_light_enough_for_a_phone() -> None:
    assert BUNDLED.stat().st_size <= 2.5e6
    assert (ASSETS / "body" / "SMPLX_NEUTRAL.npz").stat().st_size <= 2.5e6


def test_the_shipped_glb_is_made_of_the_shipped_npz() -> None:
    assert BUNDLED.read_bytes() == browser_glb(load_body())


def test_neighbouring_keys_turn_the_short_way(exported: tuple[Motion, Path]) -> None:
    _, path = exported
    glb = read_glb(path.read_bytes())
    animation = glb.json["animations"][0]
    for channel in animation["channels"]:
        if channel["target"]["path"] == "rotation":
            q = numbers(glb, animation["samplers"][channel["sampler"]]["output"])
            assert ((q[1:] * q[:-1]).sum(1) > 0).all()
            assert np.allclose(np.linalg.norm(q, axis=1), 1, atol=1e-5)


def test_another_library_reads_it(exported: tuple[Motion, Path]) -> None:
    trimesh = pytest.importorskip("trimesh")
    scene = trimesh.load(io.BytesIO(exported[1].read_bytes()), file_type="glb")
    assert sum(len(g.faces) for g in scene.geometry.values()) == len(load_body().faces)


def validator() -> Path | None:
    """Where npm put gltf-validator, if anywhere."""
    folders = [ROOT / "node_modules", ROOT / ".venv" / "node_modules",
               ROOT / "dance_core" / "pages" / "player" / "node_modules",
               *(Path(p) for p in os.environ.get("NODE_PATH", "").split(os.pathsep) if p)]
    return next((f / "gltf-validator" for f in folders if (f / "gltf-validator").is_dir()), None)


@pytest.mark.parametrize("which", ["bundled", "dance", "still"])
def test_khronos_validator_finds_nothing(exported: tuple[Motion, Path], tmp_path: Path,
                                         which: str) -> None:
    if shutil.which("node") is None or validator() is None:
        pytest.skip("no node with gltf-validator here (npm install gltf-validator; NODE_PATH)")
    path = {"bundled": BUNDLED, "dance": exported[1], "still": tmp_path / "still.glb"}[which]
    if which == "still":  # nothing turns and the face rests
        export_glb(Motion(30, np.zeros((1, 55, 3)), REST_JOINTS[:1], np.zeros((1, 52))), path)
    script = ("const v=require(process.argv[1]),fs=require('fs');"
              "v.validateBytes(new Uint8Array(fs.readFileSync(process.argv[2])))"
              ".then(r=>console.log(JSON.stringify(r.issues)))")
    done = subprocess.run(["node", "-e", script, str(validator()), str(path)], capture_output=True,
                          text=True, timeout=PATIENCE, check=True)
    issues = json.loads(done.stdout)
    assert (issues["numErrors"], issues["numWarnings"]) == (0, 0), issues["messages"][:5]


def test_three_js_poses_it_as_we_do(exported: tuple[Motion, Path]) -> None:
    """The browser's own library, run by node: morphs, skin and animation together, at 20 frames."""
    modules = ROOT / "dance_core" / "pages" / "player" / "node_modules"
    if shutil.which("node") is None or not (modules / "three" / "build").is_dir():
        pytest.skip("no node with three.js here (npm install in dance_core/pages/player)")
    motion, path = exported
    frames = list(range(0, 40, 2))
    script = Path(__file__).with_name("pose_by_three.mjs")
    command = ["node", script, modules, path, str(motion.fps), ",".join(map(str, frames)), "11"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    for frame, flat in zip(frames, json.loads(done.stdout), strict=True):
        theirs = np.array(flat).reshape(-1, 3)
        assert len(theirs) > 1000
        assert cKDTree(load_body().frame(motion, frame)).query(theirs)[0].max() < 1e-3  # m


def test_a_motion_without_frames_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="0 frames"):
        export_glb(flowing(5).slice(0, 0), tmp_path / "no.glb")
    assert not (tmp_path / "no.glb").exists()
