"""Betas: bones as long as they say, in every file; feet on the floor; zeros change nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import openpose, shape
from dance_core.motion import skeleton as sk
from dance_core.motion.bvh import read_bvh
from dance_core.motion.capsules import depths
from dance_core.motion.contacts import detect_contacts, plant_feet, stances
from dance_core.motion.files import load_npz, save_bvh, save_npz
from dance_core.motion.motion import Motion
from dance_core.motion.soles import sole_points

BUILDS = [name for name in shape.BUILDS if name != "average"]
MM = 0.001


def lengths(places: np.ndarray) -> np.ndarray:
    """(…, 54) m of joint places (…, 55, 3)."""
    return np.linalg.norm(places[..., 1:, :] - places[..., list(sk.PARENTS[1:]), :], axis=-1)


@pytest.mark.parametrize("name", shape.BUILDS)
def test_a_build_is_known_by_its_betas(name: str) -> None:
    assert shape.build_words(shape.build_named(name)) == name
    assert shape.build_words(shape.build_named(name)[:len(shape.BUILDS[name])]) == name


def test_other_betas_are_told_in_numbers_that_give_them_again() -> None:
    betas = shape.checked([0.1, 0.0, -2.25])
    assert shape.build_words(betas) == "0.1,0,-2.25"
    assert np.array_equal(shape.checked([float(b) for b in shape.build_words(betas).split(",")]), betas)


def test_zeros_are_our_skeleton_itself(make_motion: Callable[..., Motion]) -> None:
    zeros = np.zeros(10, np.float32)
    assert shape.bones(zeros) is sk.BONES and shape.rest_joints(zeros) is sk.REST_JOINTS
    assert shape.leg_factor(zeros) == 1.0 and (shape.flesh_factors(zeros) == 1.0).all()
    motion = make_motion(5)
    assert shape.reshaped(motion, zeros) is motion
    q = kin.global_rotations(kin.rot.quaternion_from_axis_angle(motion.rotations))
    assert np.array_equal(kin.joints(motion), kin.positions(q, motion.translation))


@pytest.mark.parametrize("name", BUILDS)
def test_bones_are_as_long_as_the_build_says(name: str, make_motion: Callable[..., Motion]) -> None:
    betas = shape.build_named(name)
    motion = shape.reshaped(make_motion(8, seed=2), betas)
    wanted = np.linalg.norm(shape.bones(betas)[1:], axis=-1)
    assert np.allclose(wanted, shape.bone_factors(betas)[1:] * np.linalg.norm(sk.BONES[1:], axis=-1))
    assert np.abs(lengths(kin.joints(motion)) - wanted).max() < 1e-9
    assert np.abs(wanted - np.linalg.norm(sk.BONES[1:], axis=-1)).max() > 0.02  # m: it is another body


def test_the_builds_are_what_they_are_called() -> None:
    def high(name: str) -> float:
        rest = shape.rest_joints(shape.build_named(name))
        return float(rest[sk.HEAD, 1] - rest[sk.LEFT_FOOT, 1])

    def long(name: str, joints: list[int]) -> float:
        return float(np.linalg.norm(shape.bones(shape.build_named(name))[joints], axis=-1).sum())

    arm = [sk.LEFT_ELBOW, sk.LEFT_WRIST]
    assert high("short") * 1.1 < high("average") < high("tall") / 1.08
    assert long("long-armed", arm) == pytest.approx(1.12 * long("average", arm))
    assert high("long-armed") == high("average")
    wide = [sk.LEFT_SHOULDER]
    assert long("broad", wide) > 1.1 * long("average", wide)


@pytest.fixture(scope="module")
def stepping(make_stander: Callable[..., Motion]) -> Motion:
    """Three seconds on flat feet: the pelvis sways, the left foot stands, the right one steps and stands."""
    t = np.arange(90) / 30
    still, one = 0.0 * t, 1.0 + 0.0 * t
    step = np.clip((t - 1.0) / 0.5, 0.0, 1.0)
    pelvis = np.stack([0.05 * np.sin(2 * t), 0.87 + 0.02 * np.sin(5 * t), 0.03 * np.sin(t)], -1)
    left = np.stack([0.12 * one, sk.ANKLE_HEIGHT * one, still], -1)
    right = np.stack([-0.12 - 0.1 * step, sk.ANKLE_HEIGHT + 0.4 * step * (1 - step), 0.2 * step], -1)
    return make_stander(pelvis, left, right)


@pytest.mark.parametrize("name", BUILDS)
def test_feet_stand_where_they_stood_times_the_legs(name: str, stepping: Motion) -> None:
    """No correction is needed: what is planted on our body is planted on any."""
    motion = shape.reshaped(stepping, shape.build_named(name))
    factor = shape.leg_factor(motion.betas)
    assert np.abs(sole_points(motion) - factor * sole_points(stepping)).max() < 1e-6
    assert np.abs(sole_points(motion)[:, 0, :, 1].min()) < MM
    assert np.array_equal(detect_contacts(motion), detect_contacts(stepping))
    assert sorted((s.side, s.slide < MM) for s in stances(motion)) == [
        ("left", True), ("right", True), ("right", True)]
    assert np.abs(plant_feet(motion).rotations - motion.rotations).max() < 1e-3


def test_feet_of_any_body_are_planted_by_its_own_legs(stepping: Motion) -> None:
    slid = replace(stepping, translation=stepping.translation + np.linspace(0, 0.03, 90)[:, None] * [1, 0, 0])
    for name in BUILDS:
        motion = shape.reshaped(slid, shape.build_named(name))
        planted = plant_feet(motion)
        assert np.array_equal(planted.betas, motion.betas)
        assert max(s.slide for s in stances(motion)) > 0.02
        assert max(s.slide for s in stances(planted)) < 0.003
        assert np.abs(planted.translation - motion.translation).max() < 0.02  # the legs are long enough


def test_a_reshaped_dance_comes_back(make_motion: Callable[..., Motion]) -> None:
    motion = make_motion(20)
    back = shape.reshaped(shape.reshaped(motion, shape.build_named("short")), motion.betas)
    assert np.array_equal(back.rotations, motion.rotations)
    assert np.abs(back.translation - motion.translation).max() < 1e-6


def test_every_file_has_the_limbs_of_its_betas(tmp_path: Path, make_motion: Callable[..., Motion]) -> None:
    betas = shape.checked([1.0, -2.0, 2.5, 0.5, -1.0])
    motion = shape.reshaped(make_motion(6), betas)
    save_npz(tmp_path / "d.npz", motion)
    back = load_npz(tmp_path / "d.npz")
    assert np.array_equal(back.betas, motion.betas)
    assert np.abs(kin.joints(back) - kin.joints(motion)).max() < 1e-5
    save_bvh(tmp_path / "d.bvh", motion)
    bvh = read_bvh(tmp_path / "d.bvh")
    wanted = shape.bones(betas)[[sk.joint(name) for name in bvh.names]]
    assert np.abs(bvh.offsets / 100 - wanted).max() < 1e-6
    points = openpose.keypoints(motion)
    joints = kin.joints(motion)
    for point, joint in openpose.JOINTS.items():
        assert np.abs(points[:, point] - joints[:, joint]).max() < 1e-9
    ears = np.linalg.norm(points[:, openpose.RIGHT_EAR] - points[:, openpose.LEFT_EAR], axis=-1)
    own = np.linalg.norm(np.diff(openpose.FACE_OFFSETS[3:5], axis=0))
    assert ears == pytest.approx(shape.flesh_factors(betas)[sk.HEAD, 0] * own)


def test_long_arms_reach_no_further_into_the_body_than_ours(make_motion: Callable[..., Motion]) -> None:
    """Capsules move out with the flesh that they stand for."""
    motion = make_motion(40, seed=3)
    big = shape.reshaped(motion, shape.checked([2.0]))
    assert np.abs(depths(big) - depths(motion)).max() < 0.08 * 1.6  # m: all distances grow by 8 %


@pytest.mark.parametrize(("betas", "says"), [
    ([3.5], r"betas\[0\] is 3.5"), ([0, -4], r"betas\[1\] is -4"), ([-3, -3], "0.76"),
    ([np.nan], "no number"), (np.ones(12), "12 betas"),
])
def test_what_is_no_build_is_refused_in_a_sentence(betas: list[float], says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        shape.checked(betas)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_a_file_with_impossible_betas_is_refused(tmp_path: Path, make_motion: Callable[..., Motion]) -> None:
    motion = make_motion(2)
    save_npz(tmp_path / "d.npz", Motion(motion.fps, motion.rotations, motion.translation, motion.face,
                                        np.full(10, 9.0)))
    with pytest.raises(UserError, match=r"betas\[0\] is 9"):
        load_npz(tmp_path / "d.npz")
