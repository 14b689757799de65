"""The skeleton and its forward kinematics, held against a chain of 4 x 4 matrices multiplied out."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion


def by_matrices(motion: Motion, frame: int) -> np.ndarray:
    """Joint places (55, 3) from explicit 4 x 4 transforms, one joint at a time."""
    place: list[np.ndarray] = []
    for j in range(55):
        local = np.eye(4)
        local[:3, :3] = rot.matrix_from_axis_angle(motion.rotations[frame, j])
        local[:3, 3] = sk.BONES[j] if j else motion.translation[frame]
        place.append(local if j == 0 else place[sk.PARENTS[j]] @ local)
    return np.array([p[:3, 3] for p in place])


def test_at_rest_joints_are_at_their_rest_places() -> None:
    motion = Motion(30, np.zeros((1, 55, 3)), sk.REST_JOINTS[:1], np.zeros((1, 52)))
    assert np.abs(kin.joints(motion)[0] - sk.REST_JOINTS).max() < 1e-7


def test_agrees_with_a_chain_of_matrices(make_motion) -> None:
    motion = make_motion(20, seed=3)
    places = kin.joints(motion)
    for frame in (0, 7, 19):
        assert np.abs(places[frame] - by_matrices(motion, frame)).max() < 1e-12


def test_bones_keep_their_lengths(make_motion) -> None:
    places = kin.joints(make_motion(30, seed=5))
    bones = places[:, 1:] - places[:, list(sk.PARENTS[1:])]
    assert np.allclose(np.linalg.norm(bones, axis=-1), np.linalg.norm(sk.BONES[1:], axis=-1), atol=1e-12)


def test_local_rotations_undo_global_ones(make_motion) -> None:
    q = rot.quaternion_from_axis_angle(make_motion(10).rotations)
    assert rot.geodesic(kin.local_rotations(kin.global_rotations(q)), q).max() < 1e-7


def test_some_joints_are_the_same_as_all_of_them(make_motion) -> None:
    motion = make_motion(5)
    assert np.array_equal(kin.joints(motion, 22), kin.joints(motion)[:, :22])


def test_a_motion_without_frames_has_no_places() -> None:
    empty = Motion(30, np.zeros((0, 55, 3)), np.zeros((0, 3)), np.zeros((0, 52)))
    assert kin.joints(empty).shape == (0, 55, 3)


# the skeleton

def test_parents_come_before_their_children() -> None:
    assert sk.PARENTS[0] == -1
    assert all(p < j for j, p in enumerate(sk.PARENTS))


def test_left_is_plus_x_and_the_sides_are_mirror_images() -> None:
    assert sk.REST_JOINTS[sk.LEFT_HIP, 0] > 0
    assert np.array_equal(sk.REST_JOINTS[list(sk.MIRROR)], sk.REST_JOINTS * [-1, 1, 1])
    assert all(sk.MIRROR[sk.MIRROR[j]] == j for j in range(55))
    assert all(sk.FACE_MIRROR[sk.FACE_MIRROR[k]] == k for k in range(52))


def test_toes_lie_before_the_ankle_and_the_head_above_all() -> None:
    assert sk.REST_JOINTS[sk.LEFT_FOOT, 2] > sk.REST_JOINTS[sk.LEFT_ANKLE, 2]
    assert sk.REST_JOINTS[:22, 1].argmax() == sk.HEAD
    assert sk.REST_JOINTS[sk.LEFT_ANKLE, 1] - sk.SOLE_Y == pytest.approx(sk.ANKLE_HEIGHT, abs=1e-3)


def test_names_are_found_and_others_refused() -> None:
    assert sk.joint("left_wrist") == sk.LEFT_WRIST
    fingers = tuple(n for n in sk.JOINT_NAMES if n.startswith("left_") and n[-1] in "123")
    assert sk.JOINT_NAMES[sk.LEFT_HAND] == fingers
    with pytest.raises(ValueError):
        sk.joint("tail")


# the noun

@pytest.mark.parametrize(("change", "says"), [
    ({"rotations": np.zeros((2, 54, 3))}, r"\(2, 54, 3\)"), ({"translation": np.zeros((3, 3))}, r"\(3, 3\)"),
    ({"face": np.full((2, 52), np.nan)}, "face"), ({"fps": 0.0}, "0"),
    ({"parts": frozenset({"tail"})}, "tail")])
def test_a_motion_that_is_none_is_refused(change: dict, says: str) -> None:
    good = {"fps": 30.0, "rotations": np.zeros((2, 55, 3)), "translation": np.zeros((2, 3)),
            "face": np.zeros((2, 52))}
    with pytest.raises(ValueError, match=says):
        Motion(**(good | change))


def test_pieces_joined_are_the_whole(make_motion) -> None:
    motion = make_motion(30)
    whole = Motion.join([motion.slice(0, 11), motion.slice(11, 30)])
    assert np.array_equal(whole.rotations, motion.rotations)
    assert whole.duration == pytest.approx(1.0)
    with pytest.raises(ValueError, match="one frame rate"):
        Motion.join([motion, make_motion(5, fps=60)])
