"""Capsules: distances by closed form, true to the body's skin, and a hand in the body is found."""

from __future__ import annotations

import numpy as np
import pytest
from fit_capsules import skin, surface
from hypothesis import given
from hypothesis import strategies as st
from practice import stance

from dance_core.body.model import load_body
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.capsules import (
    ARMS,
    LEGS,
    LIMB_PAIRS,
    SUNK,
    TRUNK_AND_HEAD,
    depths,
    limb_depths,
    lines,
    nearest,
)
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion

ARM, REST = [c.name for c in ARMS], [c.name for c in TRUNK_AND_HEAD]


def piece(*ends: tuple[float, float, float]) -> np.ndarray:
    return np.array(ends, float)


def turned(**angles: tuple[str, float]) -> Motion:
    """A T-pose with some joints turned: left_elbow=("y", radians)."""
    q = np.zeros((1, 55, 4))
    q[..., 0] = 1.0
    for name, (axis, angle) in angles.items():
        q[0, sk.joint(name)] = rot.quaternion_about(axis, angle)
    return Motion(30.0, rot.axis_angle_from_quaternion(q), np.array([[0.0, sk.PELVIS_HEIGHT, 0.0]]),
                  np.zeros((1, 52)))


@pytest.mark.parametrize("first,second,far,s,t", [
    (piece((0, 0, 0), (2, 0, 0)), piece((1, 1, -1), (1, 1, 3)), 1.0, 0.5, 0.25),  # they cross
    (piece((0, 0, 0), (1, 0, 0)), piece((3, 0, 0), (4, 0, 0)), 2.0, 1.0, 0.0),  # end to end
    (piece((0, 0, 0), (1, 0, 0)), piece((0.5, 2, 0), (0.5, 5, 0)), 2.0, 0.5, 0.0),  # a T
    (piece((0, 0, 0), (0, 0, 0)), piece((-1, 3, 0), (1, 3, 0)), 3.0, 0.0, 0.5),  # a point
])
def test_nearest_places_by_hand(first, second, far, s, t):
    found = nearest(first, second)
    assert found[2] == pytest.approx(far)
    assert (found[0], found[1]) == (pytest.approx(s), pytest.approx(t))
    assert nearest(second, first)[2] == pytest.approx(far)


def test_parallel_lines_are_as_far_apart_as_they_are():
    assert nearest(piece((0, 0, 0), (4, 0, 0)), piece((3, 2, 0), (9, 2, 0)))[2] == pytest.approx(2.0)
    assert nearest(piece((0, 0, 0), (4, 0, 0)), piece((7, 4, 0), (6, 4, 0)))[2] == pytest.approx(20**0.5)


POINT = st.tuples(*[st.floats(-2, 2)] * 3)


@given(POINT, POINT, POINT, POINT)
def test_no_place_is_nearer_than_the_nearest(a, b, c, d):
    first, second = piece(a, b), piece(c, d)
    s, t, far = nearest(first, second)
    along = np.linspace(0, 1, 41)
    one = first[0] + along[:, None] * (first[1] - first[0])
    two = second[0] + along[:, None] * (second[1] - second[0])
    assert far <= np.linalg.norm(one[:, None] - two[None], axis=-1).min() + 1e-9
    here, there = first[0] + s * (first[1] - first[0]), second[0] + t * (second[1] - second[0])
    assert np.linalg.norm(here - there) == pytest.approx(far, abs=1e-9)


@pytest.mark.parametrize("part,names", [
    ("trunk", ("hips", "belly", "chest", "shoulders")), ("neck", ("neck",)), ("head", ("head",)),
    ("thigh", ("left_thigh",)), ("shin", ("left_shin",)), ("forearm", ("left_forearm",))])
def test_they_lie_at_the_skin_of_the_shipped_body(part, names):
    points = skin(load_body(), part)
    found = []
    for one in (c for c in (*TRUNK_AND_HEAD, *ARMS, *LEGS) if c.name in names):
        ends = sk.REST_JOINTS[one.joint] + np.array([one.start, one.stop])
        found.append(surface(points, *ends, *one.radii))
    away = np.min(found, 0)
    assert np.sqrt((away**2).mean()) < 0.01 and np.abs(np.percentile(away, [3, 97])).max() < 0.02
    assert abs(np.median(away)) < 0.002


def test_who_stands_at_ease_touches_nothing():
    assert depths(stance()).max() < 0.0 and depths(turned()).max() < -0.1


def limbs(pose: Motion) -> dict[tuple[str, str], float]:
    world = kin.global_rotations(rot.quaternion_from_axis_angle(pose.rotations[:, :22]))
    found = limb_depths(world, kin.positions(world, pose.translation))[0]
    return {(a.name, b.name): float(d) for (a, b), d in zip(LIMB_PAIRS, found, strict=True)}


def test_limbs_of_who_stands_at_ease_are_apart():
    assert max(limbs(stance()).values()) < 0.0 and max(limbs(turned()).values()) < 0.0


def test_legs_that_cross_in_one_plane_go_through_each_other():
    """Both thighs turned inwards by the same angle: the shins' lines cross."""
    found = limbs(turned(left_hip=("z", -np.radians(22)), right_hip=("z", np.radians(22))))
    (a, b), depth = max(found.items(), key=lambda one: one[1])
    assert {a.split("_")[1], b.split("_")[1]} <= {"shin", "foot"} and 0.05 < depth < 0.11
    wide = limbs(turned(left_hip=("z", np.radians(22)), right_hip=("z", -np.radians(22))))
    assert max(wide.values()) < -0.1


def test_limb_depths_are_mirror_images():
    pose = turned(left_hip=("z", -np.radians(25)), right_knee=("x", 0.5), left_elbow=("y", -1.0))
    ours, theirs = limbs(pose), limbs(mirror(pose))
    for (a, b), depth in ours.items():
        other = tuple("right" + n[4:] if n.startswith("left") else "left" + n[5:] for n in (a, b))
        found = theirs.get(other, theirs.get((other[1], other[0])))
        assert found == pytest.approx(depth, abs=1e-6)


def test_depth_is_what_the_radii_have_more_than_the_distance():
    """A leg raised to the side, under the arm: the ends of both lines are nearest."""
    pose = turned(left_hip=("z", np.pi / 2))
    found = depths(pose)[0, ARM.index("left_palm"), REST.index("left_thigh")]
    palm, thigh = lines(pose, ARMS)[0, ARM.index("left_palm")], lines(pose, TRUNK_AND_HEAD)[0, REST.index(
        "left_thigh")]
    straight = np.linalg.norm(palm[:, None] - thigh[None], axis=-1).min()
    assert found == pytest.approx(0.02 + 0.053 - straight, abs=1e-6)


def test_a_hand_in_the_chest_is_found_and_named():
    pose = turned(left_shoulder=("y", -np.radians(100)), left_elbow=("y", -np.radians(120)))
    found = depths(pose)[0]
    arm, rest = np.unravel_index(found.argmax(), found.shape)
    assert found.max() > SUNK and ARM[arm].startswith("left") and REST[rest] in ("chest", "shoulders")
    other = [i for i, name in enumerate(ARM) if name.startswith("right")]
    assert found[other].max() < -0.1


def test_sides_heading_and_place_do_not_matter(make_motion):
    dance = make_motion(frames=20)
    found = depths(dance)
    swap = [1, 0, 3, 2]
    legs = [*range(6), 7, 6]
    assert depths(mirror(dance)) == pytest.approx(found[:, swap][:, :, legs], abs=1e-5)
    q = rot.quaternion_from_axis_angle(dance.rotations)
    q[:, 0] = rot.multiply(rot.quaternion_about("y", 2.0), q[:, 0])
    place = rot.rotate(rot.quaternion_about("y", 2.0), dance.translation) + [3.0, 1.0, -2.0]
    elsewhere = Motion(dance.fps, rot.axis_angle_from_quaternion(q), place, dance.face)
    assert depths(elsewhere) == pytest.approx(found, abs=1e-5)
