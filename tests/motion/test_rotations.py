"""Conversions between axis-angle, quaternions, matrices and 6D, held against textbook formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.transform import Rotation

from dance_core.motion import rotations as rot

numbers = st.floats(-1, 1, allow_subnormal=False)
vectors = arrays(np.float64, (3,), elements=numbers)


@st.composite
def axis_angles(draw: st.DrawFn, most: float = np.pi) -> np.ndarray:
    """Any direction, any angle up to `most`, the corners 0 and `most` included."""
    v = draw(vectors.filter(lambda v: np.linalg.norm(v) > 1e-3))
    angle = draw(st.one_of(st.floats(0, most), st.sampled_from([0.0, 1e-12, 1e-6, most - 1e-9, most])))
    return v / np.linalg.norm(v) * angle


quaternions = axis_angles().map(rot.quaternion_from_axis_angle)


def same_turn(a: np.ndarray, b: np.ndarray) -> float:
    """Largest difference between two axis-angles as matrices: v and -v are the same at pi."""
    return float(np.abs(rot.matrix_from_axis_angle(a) - rot.matrix_from_axis_angle(b)).max())


@given(axis_angles())
def test_agrees_with_scipy(v: np.ndarray) -> None:
    assert np.abs(rot.matrix_from_axis_angle(v) - Rotation.from_rotvec(v).as_matrix()).max() < 1e-12


@given(axis_angles())
def test_every_way_there_and_back(v: np.ndarray) -> None:
    m = rot.matrix_from_axis_angle(v)
    assert same_turn(rot.axis_angle_from_quaternion(rot.quaternion_from_axis_angle(v)), v) < 1e-9
    assert same_turn(rot.axis_angle_from_matrix(m), v) < 1e-9
    assert same_turn(rot.axis_angle_from_six(rot.six_from_axis_angle(v)), v) < 1e-9
    assert np.abs(rot.matrix_from_six(rot.six_from_matrix(m)) - m).max() < 1e-12


@given(axis_angles(3.0))
def test_below_half_a_turn_the_vector_itself_comes_back(v: np.ndarray) -> None:
    assert np.abs(rot.axis_angle_from_quaternion(rot.quaternion_from_axis_angle(v)) - v).max() < 1e-9


@given(axis_angles(40.0))
def test_angles_come_back_the_short_way(v: np.ndarray) -> None:
    back = rot.axis_angle_from_quaternion(rot.quaternion_from_axis_angle(v))
    assert np.linalg.norm(back) <= np.pi + 1e-9
    assert same_turn(back, v) < 1e-7


@pytest.mark.parametrize(("axis", "start", "stop"), [
    ("x", [0, 1, 0], [0, 0, 1]), ("y", [0, 0, 1], [1, 0, 0]), ("z", [1, 0, 0], [0, 1, 0])])
def test_quarter_turns_are_right_handed(axis: str, start: list, stop: list) -> None:
    assert np.allclose(rot.rotate(rot.quaternion_about(axis, np.pi / 2), start), stop)


@given(quaternions, quaternions, vectors)
def test_multiply_turns_by_the_second_first(a: np.ndarray, b: np.ndarray, v: np.ndarray) -> None:
    assert np.allclose(rot.rotate(rot.multiply(a, b), v), rot.rotate(a, rot.rotate(b, v)))
    matrices = rot.matrix_from_quaternion(a) @ rot.matrix_from_quaternion(b)
    assert np.allclose(rot.matrix_from_quaternion(rot.multiply(a, b)), matrices)
    assert np.allclose(rot.rotate(rot.inverse(a), rot.rotate(a, v)), v)


def test_six_numbers_are_the_first_two_columns() -> None:
    m = rot.matrix_from_axis_angle([0.0, 0.0, np.pi / 2])
    assert np.allclose(rot.six_from_matrix(m), [0, 1, 0, -1, 0, 0])


@given(arrays(np.float64, (6,), elements=st.floats(-5, 5)))
def test_any_six_numbers_give_a_rotation(six: np.ndarray) -> None:
    if np.linalg.norm(np.cross(six[:3], six[3:])) < 1e-3:
        return
    m = rot.matrix_from_six(six)
    assert np.allclose(m @ m.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(m) > 0


@given(quaternions, quaternions)
def test_slerp_begins_and_ends_where_it_should(a: np.ndarray, b: np.ndarray) -> None:
    assert rot.geodesic(rot.slerp(a, b, 0.0), a) < 1e-7
    assert rot.geodesic(rot.slerp(a, b, 1.0), b) < 1e-7


@given(quaternions, quaternions, st.floats(0, 1))
def test_slerp_turns_at_constant_speed(a: np.ndarray, b: np.ndarray, w: float) -> None:
    whole = rot.geodesic(a, b)
    if whole > np.pi - 1e-3:  # both ways round are as short there
        return
    q = rot.slerp(a, b, w)
    assert rot.geodesic(a, q) == pytest.approx(w * whole, abs=1e-6)
    assert rot.geodesic(q, b) == pytest.approx((1 - w) * whole, abs=1e-6)


def test_slerp_takes_the_long_way_only_when_asked() -> None:
    a, b = rot.quaternion_about("y", 0.0), rot.quaternion_about("y", np.radians(300))
    assert np.degrees(rot.yaw_of(rot.slerp(a, b, 0.5))) == pytest.approx(-30)
    assert np.degrees(rot.yaw_of(rot.slerp(a, b, 0.5, short=False))) == pytest.approx(150)


def test_unroll_keeps_neighbours_near() -> None:
    angles = np.linspace(0, 6 * np.pi, 200)
    q = rot.quaternion_from_axis_angle(rot.axis_angle_from_quaternion(rot.quaternion_about("z", angles)))
    assert (q[1:] * q[:-1]).sum(-1).min() < 0  # principal values jump
    smooth = rot.unroll(q)
    assert (smooth[1:] * smooth[:-1]).sum(-1).min() > 0.99
    assert np.allclose(rot.matrix_from_quaternion(smooth), rot.matrix_from_quaternion(q))


@given(st.floats(-3.1, 3.1), st.floats(-1.2, 1.2))
def test_yaw_is_what_was_turned_about_y(yaw: float, tilt: float) -> None:
    q = rot.multiply(rot.quaternion_about("y", yaw), rot.quaternion_about("x", tilt))
    assert rot.yaw_of(q) == pytest.approx(yaw, abs=1e-9)


def test_leading_dimensions_are_kept() -> None:
    v = np.random.default_rng(0).normal(size=(4, 5, 3))
    q = rot.quaternion_from_axis_angle(v)
    assert q.shape == (4, 5, 4)
    assert rot.matrix_from_quaternion(q).shape == (4, 5, 3, 3)
    assert rot.six_from_axis_angle(v).shape == (4, 5, 6)
    assert rot.slerp(q, q, np.full((4, 5), 0.5)).shape == (4, 5, 4)
