"""The body: its joints are the project's, smplx reads and poses it as we do, wrong files get a sentence."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import numpy as np
import pytest
from waves import flowing

from dance_core.body.model import BUNDLED, Body, load_body
from dance_core.errors import UserError
from dance_core.motion import kinematics, shape
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import (
    FACE_NAMES,
    JOINT_NAMES,
    PARENTS,
    PELVIS_HEIGHT,
    REST_JOINTS,
    SOLE_Y,
    joint,
)


@pytest.fixture(scope="module")
def body() -> Body:
    return load_body()


def arrays(**changes: object) -> dict[str, np.ndarray]:
    """The bundled file's arrays with some changed; None leaves one out."""
    with np.load(BUNDLED, allow_pickle=False) as file:
        out = {k: file[k] for k in file.files} | changes
    return {k: v for k, v in out.items() if v is not None}


def smplx_model(path: Path, frames: int):
    import torch

    with contextlib.redirect_stdout(io.StringIO()):
        smplx = pytest.importorskip("smplx")
        model = smplx.create(str(path), model_type="smplx", use_pca=False, flat_hand_mean=True,
                             batch_size=frames, num_betas=10, num_expression_coeffs=10)
    return model, torch


def by_smplx(path: Path, motion: Motion, transl: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Vertices and joints of smplx, posed by the numbers of an exported npz."""
    model, torch = smplx_model(path, len(motion))
    poses = torch.tensor(motion.rotations.reshape(len(motion), 165))
    with torch.no_grad():
        out = model(global_orient=poses[:, :3], body_pose=poses[:, 3:66], jaw_pose=poses[:, 66:69],
                    leye_pose=poses[:, 69:72], reye_pose=poses[:, 72:75], left_hand_pose=poses[:, 75:120],
                    right_hand_pose=poses[:, 120:165], transl=torch.tensor(transl),
                    betas=torch.tensor(motion.betas).expand(len(motion), -1))
    return out.vertices.numpy(), out.joints.numpy()


def test_its_rest_joints_are_the_skeletons(body: Body) -> None:
    assert np.abs(body.regressor @ body.template - REST_JOINTS).max() < 1e-6


def test_a_body_at_rest_is_its_template(body: Body) -> None:
    still = body.pose(np.zeros((1, 55, 3)), REST_JOINTS[:1], np.zeros((1, 52)))[0]
    assert np.abs(still - body.template).max() < 1e-6


def test_turning_the_pelvis_turns_everything(body: Body) -> None:
    rotations = np.zeros((1, 55, 3))
    rotations[0, 0] = 0, np.pi / 2, 0  # left (+X) goes to -Z
    turned = body.pose(rotations, np.zeros((1, 3)))[0]
    centred = body.template - REST_JOINTS[0]
    assert np.abs(turned - centred[:, [2, 1, 0]] * [1, 1, -1]).max() < 1e-6


def test_every_vertex_hangs_on_at_most_four_joints_whose_weights_sum_to_one(body: Body) -> None:
    assert (body.weights > 0).sum(1).max() <= 4
    assert np.abs(body.weights.sum(1) - 1).max() < 1e-6


def test_it_stands_on_its_soles_and_is_as_wide_as_it_is_high(body: Body) -> None:
    low, high = body.template.min(0), body.template.max(0)
    assert low[1] == pytest.approx(SOLE_Y, abs=0.002)
    assert 1.60 < high[1] - low[1] < 1.80
    assert high[0] == pytest.approx(-low[0], abs=0.004)  # left and right


@pytest.mark.parametrize("name, part", [("left_wrist", "left_middle3"), ("right_wrist", "right_middle3"),
                                        ("left_knee", "left_ankle"), ("neck", "head")])
def test_vertices_around_a_joint_follow_it(body: Body, name: str, part: str) -> None:
    rotations = np.zeros((1, 55, 3))
    rotations[0, joint(name)] = 0.3, 0.4, 0.9
    moved = body.pose(rotations, REST_JOINTS[:1])[0]
    away = np.linalg.norm(body.template - REST_JOINTS[joint(part)], axis=1)
    near = away < 0.055
    after = kinematics.joints(Motion(30, rotations, REST_JOINTS[:1], np.zeros((1, 52))))[0, joint(part)]
    assert near.sum() > 10
    assert np.abs(np.linalg.norm(moved[near] - after, axis=1) - away[near]).max() < 0.02  # m


@pytest.mark.parametrize("name", FACE_NAMES)
def test_every_face_coefficient_moves_the_face_and_nothing_else(body: Body, name: str) -> None:
    face = np.zeros((1, 52))
    face[0, FACE_NAMES.index(name)] = 1
    way = np.linalg.norm(body.pose(np.zeros((1, 55, 3)), REST_JOINTS[:1], face)[0] - body.template, axis=1)
    assert 0.001 < way.max() < 0.06  # m
    assert body.template[way > 1e-4][:, 1].min() > 0.52  # nothing below the neck


def test_a_left_coefficient_moves_the_left_side(body: Body) -> None:
    for k, name in enumerate(FACE_NAMES):
        both = name in ("jawLeft", "jawRight", "mouthLeft", "mouthRight")
        if name.endswith(("Left", "Right")) and not both:
            face = np.zeros((1, 52))
            face[0, k] = 1
            moved = body.pose(np.zeros((1, 55, 3)), REST_JOINTS[:1], face)[0]
            way = np.linalg.norm(moved - body.template, axis=1)
            assert np.sign((way * body.template[:, 0]).sum()) == (1 if name.endswith("Left") else -1), name


def test_smplx_poses_it_as_we_do(body: Body) -> None:
    motion = flowing(20, seed=3)
    ours = body.pose(motion.rotations, motion.translation)
    vertices, joints = by_smplx(BUNDLED, motion, motion.translation - REST_JOINTS[0].astype(np.float32))
    assert np.abs(ours - vertices).max() < 1e-4  # m: a tenth of a millimetre
    assert np.abs(kinematics.joints(motion) - joints[:, :55]).max() < 1e-4


@pytest.mark.parametrize("name", shape.BUILDS)
def test_smplx_makes_of_betas_what_we_make(body: Body, name: str) -> None:
    """The joints' regressor of the file gives the very joints that the skeleton has for the betas."""
    betas = shape.build_named(name)
    rest = shape.rest_joints(betas)
    still = Motion(30, np.zeros((1, 55, 3)), rest[:1], np.zeros((1, 52)), betas)
    vertices, joints = by_smplx(BUNDLED, still, np.zeros((1, 3), np.float32))
    assert np.abs(joints[0, :55] - rest).max() < 1e-5
    assert np.abs(body.joints_at(betas) - rest).max() < 1e-5
    assert np.abs(vertices[0] - body.shaped(betas)).max() < 1e-5
    motion = shape.reshaped(flowing(4, seed=7), betas)
    vertices, joints = by_smplx(BUNDLED, motion, (motion.translation - rest[0]).astype(np.float32))
    ours = body.pose(motion.rotations, motion.translation, betas=betas)
    assert np.abs(ours - vertices).max() < 1e-4
    assert np.abs(kinematics.joints(motion) - joints[:, :55]).max() < 1e-4


@pytest.mark.parametrize("name", shape.BUILDS)
def test_every_build_stands_on_its_soles(body: Body, name: str) -> None:
    standing = Motion(30, np.zeros((1, 55, 3)), [[0, PELVIS_HEIGHT, 0]], np.zeros((1, 52)))
    shaped = shape.reshaped(standing, shape.build_named(name))
    assert body.frame(shaped, 0)[:, 1].min() == pytest.approx(0, abs=0.002)


def test_shape_directions_are_those_of_the_tables(body: Body) -> None:
    assert np.abs(body.shapes[:, :, :10] - shape.directions(body.template, body.weights)).max() < 2e-6


def test_smplx_finds_its_extra_joints_where_they_belong() -> None:
    motion = Motion(30, np.zeros((1, 55, 3)), REST_JOINTS[:1], np.zeros((1, 52)))
    _, joints = by_smplx(BUNDLED, motion, np.zeros((1, 3), np.float32))
    names = ("nose", "right_eye", "left_eye", "right_ear", "left_ear", "left_big_toe",
             "left_small_toe", "left_heel", "right_big_toe", "right_small_toe", "right_heel",
             "left_thumb", "left_index", "left_middle", "left_ring", "left_pinky", "right_thumb",
             "right_index", "right_middle", "right_ring", "right_pinky")
    extra = dict(zip(names, joints[0, 55:76], strict=True))
    assert extra["nose"][2] > 0.15 and abs(extra["nose"][0]) < 0.01
    for finger in ("thumb", "index", "middle", "ring", "pinky"):
        for side in ("left", "right"):
            tip = REST_JOINTS[JOINT_NAMES.index(f"{side}_{finger}3")]
            assert np.linalg.norm(extra[f"{side}_{finger}"] - tip) < 0.045
    assert extra["left_heel"][2] < extra["left_big_toe"][2] - 0.15
    assert extra["left_ear"][0] > 0.06 > -0.06 > extra["right_ear"][0]


def test_an_exported_npz_poses_smplx_as_ours(body: Body, tmp_path: Path) -> None:
    motion = flowing(8, seed=5)
    save_npz(tmp_path / "dance.npz", motion)
    with np.load(tmp_path / "dance.npz") as file:
        transl = file["trans"]
        assert np.allclose(file["poses"].reshape(-1, 55, 3), motion.rotations)
    _, joints = by_smplx(BUNDLED, load_npz(tmp_path / "dance.npz"), transl)
    assert np.abs(joints[:, :55] - kinematics.joints(motion)).max() < 1e-4


def test_a_licensed_body_is_posed_as_smplx_does(tmp_path: Path) -> None:
    """Stands in for a user's file: 400 shape directions, pose correctives, other proportions, no extras."""
    rng = np.random.default_rng(1)
    own = arrays(face_units=None, face_units_rows=None, face_units_target=None, vertex_colors=None,
                 face_material=None, material_names=None)
    v = 10_000  # smplx needs vertex 9929; more would only take time
    own |= {k: own[k][:v] for k in ("v_template", "weights")}
    away = np.linalg.norm(own["v_template"] - REST_JOINTS[:, None], axis=2)
    own["J_regressor"] = np.float32(np.exp(-(away / 0.1) ** 2) + 1e-9)
    own["J_regressor"] /= own["J_regressor"].sum(1, keepdims=True)
    own["f"] = own["f"][(own["f"] < v).all(1)]
    own["v_template"] = (own["v_template"] * [1.05, 0.97, 1.1]).astype(np.float32)
    own["shapedirs"] = rng.random((v, 3, 400), np.float32) * 1e-3
    own["posedirs"] = rng.random((v, 3, 486), np.float32) * 1e-4
    path = tmp_path / "SMPLX_NEUTRAL.npz"
    np.savez(path, **own)
    body, motion = load_body(path), flowing(4, seed=9)
    ours = body.pose(motion.rotations, motion.translation)
    assert body.correctives is not None and body.units is None
    vertices, _ = by_smplx(path, motion, (motion.translation - body.joints[0]).astype(np.float32))
    assert np.abs(ours - vertices).max() < 1e-4


def test_a_taller_body_stands_on_the_same_floor(tmp_path: Path, body: Body) -> None:
    own = arrays()
    own["v_template"] = (own["v_template"] * 1.1).astype(np.float32)
    np.savez(tmp_path / "SMPLX_TALL.npz", **own)
    standing = Motion(30, np.zeros((1, 55, 3)), [[0, PELVIS_HEIGHT, 0]], np.zeros((1, 52)))
    for who in (body, load_body(tmp_path / "SMPLX_TALL.npz")):
        assert who.frame(standing, 0)[:, 1].min() == pytest.approx(0, abs=0.002)


def test_normals_are_unit_and_point_outwards(body: Body) -> None:
    n = body.normals(body.template)
    assert np.allclose(np.linalg.norm(n, axis=1), 1, atol=1e-3)
    shirt = (np.abs(body.template[:, 0]) < 0.1) & (np.abs(body.template[:, 1] - 0.3) < 0.08)
    assert (n[shirt][:, 2] * np.sign(body.template[shirt][:, 2] - 0.01) > 0).mean() > 0.9


def refused(path: Path) -> str:
    with pytest.raises(UserError) as error:
        load_body(path)
    sentence = str(error.value)
    assert "\n" not in sentence and len(sentence) < 220
    return sentence


def test_wrong_files_get_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "SMPLX_NEUTRAL.npz"
    assert "DANCE_SMPLX" in refused(path)  # not there
    path.write_bytes(b"not a zip at all")
    assert "can't be read" in refused(path)
    whole = BUNDLED.read_bytes()
    (tmp_path / "cut.npz").write_bytes(whole[:len(whole) // 2])
    assert "can't be read" in refused(tmp_path / "cut.npz")
    save_npz(tmp_path / "dance.npz", flowing(3))
    assert "motion" in refused(tmp_path / "dance.npz")
    np.savez(tmp_path / "pickled.npz", **arrays(weights=np.array([{}], object)))
    assert "pickled" in refused(tmp_path / "pickled.npz")


@pytest.mark.parametrize("change, words", [
    ({"weights": np.zeros((18960, 24), np.float32)}, "24 joints"),
    ({"v_template": np.zeros((10, 3), np.float32)}, "(10, 55)"),
    ({"posedirs": np.zeros((3, 3, 3))}, "'posedirs'"),
    ({"shapedirs": np.zeros((18960, 3, 4), np.float32)}, "10 or more"),
    ({"kintree_table": np.zeros((2, 55), np.int64)}, "hang together"),
    ({"f": np.full((5, 3), 70_000)}, "70000"),
    ({"J_regressor": None}, "'J_regressor'"),
], ids=["smpl", "vertices", "posedirs", "shapedirs", "parents", "faces", "missing"])
def test_a_file_that_does_not_fit_is_told_why(tmp_path: Path, change: dict, words: str) -> None:
    path = tmp_path / "SMPLX_ODD.npz"
    np.savez(path, **arrays(**change))
    assert words in refused(path)


def test_nan_is_refused(tmp_path: Path) -> None:
    place = arrays()["v_template"].copy()
    place[5] = np.nan
    np.savez(tmp_path / "n.npz", **arrays(v_template=place))
    assert "NaN" in refused(tmp_path / "n.npz")


def test_the_tree_of_joints_is_smplxs() -> None:
    assert tuple(arrays()["kintree_table"][0, 1:]) == PARENTS[1:]
