"""Points that say a pose: read back they are the very turns, twist included; other builds keep them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from learning import danced

from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.readback import leg_of, measured_rest, motion_of
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion

TOLD = [sk.PELVIS, sk.SPINE3, sk.HEAD, sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER, sk.LEFT_ELBOW, sk.RIGHT_ELBOW,
        sk.LEFT_WRIST, sk.RIGHT_WRIST, sk.LEFT_HIP, sk.RIGHT_HIP, sk.LEFT_ANKLE, sk.RIGHT_ANKLE]


@pytest.fixture(scope="module")
def dance() -> Motion:
    return danced("gHO", 1, 8.0)[2]


def posed(rotations: np.ndarray) -> Motion:
    """Frames with body joints turned by (T, 22, 3)."""
    turns = np.zeros((len(rotations), 55, 3))
    turns[:, :sk.BODY] = rotations
    return Motion(30.0, turns, np.tile([0.3, 0.9, -0.2], (len(turns), 1)), np.zeros((len(turns), 52)))


def off(true: Motion, made: Motion, joints: list[int] = TOLD) -> np.ndarray:
    """(T, J) degrees between the joints' turns in the world."""
    worlds = [kin.global_rotations(rot.quaternion_from_axis_angle(m.rotations[:, :sk.BODY]))[:, joints]
              for m in (true, made)]
    return np.degrees(rot.geodesic(*worlds))


def test_points_begin_with_the_joints_of_the_motion(dance) -> None:
    points = mk.points_of(dance)
    assert np.abs(points[:, :sk.BODY] - kin.joints(dance, sk.BODY)).max() < 1e-9
    assert mk.POINT_NAMES[:sk.BODY] == sk.JOINT_NAMES[:sk.BODY]
    assert np.abs(mk.summed(mk.unsummed(points)) - points).max() < 1e-9


def test_every_marker_is_far_enough_off_to_tell_a_twist() -> None:
    far = np.linalg.norm(mk.offsets()[sk.BODY:], axis=-1)
    assert far.min() >= 0.12
    assert far.max() < 0.2
    assert len(set(mk.POINT_NAMES)) == mk.POINTS
    with pytest.raises(ValueError):
        mk.point("tail")


def test_a_dance_comes_back(dance) -> None:
    made = motion_of(mk.points_of(dance), dance.fps)
    assert np.abs(mk.points_of(made) - mk.points_of(dance)).max() < 1e-3
    assert off(dance, made).max() < 0.01
    assert off(dance, made, list(range(sk.BODY))).max() < 10
    assert made.fps == dance.fps
    assert made.parts == {"body"}


@settings(max_examples=25, deadline=None)
@given(arrays(np.float64, (3, sk.BODY, 3), elements=st.floats(-1.5, 1.5, allow_subnormal=False)))
def test_any_pose_comes_back_with_its_twist(turns) -> None:
    turns[:, [sk.LEFT_FOOT, sk.RIGHT_FOOT], 2] = 0.0  # toes don't twist
    made = motion_of(mk.points_of(posed(turns)), 30.0)
    assert np.abs(mk.points_of(made)[:, :sk.BODY] - mk.points_of(posed(turns))[:, :sk.BODY]).max() < 1e-3
    assert off(posed(turns), made).max() < 0.1


@pytest.mark.parametrize("joint", [sk.LEFT_SHOULDER, sk.RIGHT_ELBOW, sk.LEFT_WRIST, sk.RIGHT_HIP, sk.HEAD,
                                   sk.LEFT_ANKLE])
def test_a_straight_limb_turned_about_itself_is_seen(joint) -> None:
    turns = np.zeros((9, sk.BODY, 3))
    axis = 0 if joint in (sk.LEFT_SHOULDER, sk.RIGHT_ELBOW, sk.LEFT_WRIST) else 1
    turns[:, joint, axis] = np.linspace(-1.2, 1.2, 9)
    made = motion_of(mk.points_of(posed(turns)), 30.0)
    assert off(posed(turns), made).max() < 0.01
    if joint != sk.HEAD:  # the neck has half of that
        assert np.abs(made.rotations[:, joint] - turns[:, joint]).max() < 1e-3


def test_noise_on_the_points_turns_joints_by_a_few_degrees_and_bones_stay_as_long(dance) -> None:
    points = mk.points_of(dance)
    noisy = points + np.random.default_rng(0).normal(size=points.shape) * 0.005
    made = motion_of(noisy, dance.fps)
    assert off(dance, made).mean() < 4
    joints = slice(0, sk.BODY)
    fit = np.linalg.norm((mk.points_of(made) - points)[:, joints], axis=-1).mean()
    assert fit < np.linalg.norm((noisy - points)[:, joints], axis=-1).mean()
    lengths = np.linalg.norm(mk.links_of(made)[:, 1:sk.BODY], axis=-1)
    assert np.abs(lengths - np.linalg.norm(sk.BONES[1:sk.BODY], axis=-1)).max() < 1e-6


def test_points_that_are_none_are_refused(dance) -> None:
    points = mk.points_of(dance)
    with pytest.raises(ValueError, match="expected"):
        motion_of(points[:, :22], 30.0)
    points[3, 4, 1] = np.nan
    with pytest.raises(ValueError, match="^1 coordinates"):
        motion_of(points, 30.0)
    with pytest.raises(ValueError, match="rest skeleton"):
        mk.offsets(np.zeros((4, 3)))


# bodies of other builds

def test_a_longer_bone_is_a_longer_link_in_the_same_direction(dance) -> None:
    factors = mk.build(legs=1.1, trunk=0.9, shoulders=1.05, upper_arms=0.85, forearms=1.2, neck=1.1)
    there = mk.links_of(dance, mk.rest_of(factors))
    assert np.abs(there[:, 1:] - (mk.links_of(dance) * factors[:, None])[:, 1:]).max() < 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_another_build_is_measured_and_read_back_to_the_same_turns(dance, seed) -> None:
    factors = mk.random_build(np.random.default_rng(seed))
    assert np.array_equal(factors, factors[list(mk.MIRRORED)])
    points = mk.summed(mk.links_of(dance) * factors[:, None])
    rest = measured_rest(points)
    assert np.abs(mk.offsets(rest) - mk.offsets(mk.rest_of(factors))).max() < 1e-6
    made = motion_of(points, dance.fps, rest=None)
    assert off(dance, made).max() < 0.01
    assert leg_of(rest) == pytest.approx(sk.LEG * factors[sk.LEFT_KNEE])
    assert np.abs(made.translation - dance.translation).max() < 1e-3  # its way, for our legs again


def test_feet_that_stand_still_stand_whatever_the_build() -> None:
    turns = np.zeros((5, sk.BODY, 3))
    turns[:, sk.LEFT_HIP, 0] = turns[:, sk.RIGHT_HIP, 0] = -np.linspace(0, 0.8, 5)
    still = posed(turns)
    points = mk.points_of(still)
    way = points[:, sk.LEFT_ANKLE] - points[:1, sk.LEFT_ANKLE]
    standing = mk.links_of(still)
    standing[:, 0] -= way  # the pelvis goes so that the left ankle does not
    there = mk.summed(standing * mk.random_build(np.random.default_rng(3))[:, None])
    assert np.ptp(there[:, sk.LEFT_ANKLE], axis=0).max() < 1e-9


def test_points_in_a_mirror_are_those_of_the_mirrored_dance(dance) -> None:
    assert np.abs(mk.points_of(mirror(dance)) - mk.mirrored(mk.points_of(dance))).max() < 1e-6


# where a segment begins

def test_a_segment_is_told_from_its_first_frame_and_put_back(dance) -> None:
    later = dance.slice(100, 140)
    anchor = mk.Anchor.of(later)
    told = anchor.enter(mk.links_of(later))
    assert np.abs(told[0, 0, ::2]).max() < 1e-6
    facing = motion_of(mk.summed(told), 30.0)
    assert abs(mk.Anchor.of(facing).heading) < 1e-4
    assert np.abs(anchor.leave(told) - mk.links_of(later)).max() < 1e-9
    back = anchor.place(facing)
    assert np.abs(mk.points_of(back) - mk.points_of(later)).max() < 1e-3
