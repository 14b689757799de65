"""OpenPose's keypoints of our body: where they lie, how a camera sees them, what it can't see."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.motion import kinematics
from dance_core.motion import skeleton as sk
from dance_core.motion.camera import ANGLE, Camera, follow, front, through
from dance_core.motion.motion import Motion
from dance_core.motion.openpose import (
    COLOURS,
    DRAWN,
    FACE,
    FACE_OFFSETS,
    HIDDEN,
    KEYPOINTS,
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_EYE,
    LEFT_HIP,
    LEFT_SHOULDER,
    LEFT_WRIST,
    LIMBS,
    NECK,
    NOSE,
    RIGHT_EAR,
    RIGHT_EYE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
    in_picture,
    keypoints,
    project,
    see,
)

SIZE = (512, 768)


def standing(yaw: float = 0.0, turned: dict[int, tuple[float, float, float]] | None = None,
             at: tuple[float, float] = (0.0, 0.0), frames: int = 1) -> Motion:
    """A T-pose on the floor, turned by `yaw` rad, with some joints bent."""
    rotations = np.zeros((frames, 55, 3), np.float32)
    rotations[:, 0] = [0, yaw, 0]
    for joint, bend in (turned or {}).items():
        rotations[:, joint] = bend
    root = np.tile([at[0], sk.PELVIS_HEIGHT, at[1]], (frames, 1))
    return Motion(30.0, rotations, root, np.zeros((frames, 52)))


def looking(azimuth: float) -> list[Camera]:
    """At the standing body from 4 m; 0 = from +Z, which it faces, 90 = from +X, its left."""
    a = np.radians(azimuth)
    return [Camera((4 * np.sin(a), 1.0, 4 * np.cos(a)), (0.0, 0.9, 0.0))]


def test_the_names_limbs_and_colours_fit_together() -> None:
    assert len(KEYPOINTS) == len(set(KEYPOINTS)) == len(COLOURS) == 18 and len(LIMBS) == 17
    assert {i for limb in LIMBS for i in limb} == set(range(18))
    assert KEYPOINTS[RIGHT_WRIST] == "right_wrist" and KEYPOINTS[LEFT_EAR] == "left_ear"


def test_the_points_are_our_joints_and_the_neck_is_the_middle_of_the_shoulders() -> None:
    motion = standing(0.7, {sk.LEFT_SHOULDER: (0.2, 0.4, -1.0), sk.RIGHT_KNEE: (1.2, 0, 0)}, (0.4, -1.0), 3)
    p, joints = keypoints(motion), kinematics.joints(motion)
    assert p.shape == (3, 18, 3)
    for name in KEYPOINTS:
        if not name.endswith(("eye", "ear")) and name not in ("nose", "neck"):
            assert np.allclose(p[:, KEYPOINTS.index(name)], joints[:, sk.joint(name)], atol=1e-12)
    assert np.allclose(p[:, NECK], joints[:, [sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER]].mean(1))


def test_the_face_turns_with_the_head() -> None:
    nod = standing(turned={sk.HEAD: (0.0, np.pi / 2, 0.0)})
    p, head = keypoints(nod)[0], kinematics.joints(nod)[0, sk.HEAD]
    assert p[NOSE, 0] - head[0] > 0.1 and abs(p[NOSE, 2] - head[2]) < 0.01  # the nose points to the left, +X
    assert p[LEFT_EAR, 2] < head[2] < p[RIGHT_EAR, 2]
    assert p[LEFT_EYE, 1] == pytest.approx(p[RIGHT_EYE, 1]) and p[LEFT_EYE, 1] > p[NOSE, 1]


def test_a_point_lands_where_similar_triangles_say() -> None:
    camera = Camera((0.0, 1.0, 5.0), (0.0, 1.0, 0.0))
    points = np.array([[[0.0, 1.0, 0.0], [0.5, 1.5, 0.0], [0.5, 1.5, 2.5], [0.0, 1.0, 6.0]]])
    xy, depth = through([camera], points, SIZE)
    focal = SIZE[1] / 2 / np.tan(np.radians(ANGLE) / 2)
    assert np.allclose(xy[0, 0], [256, 384]) and np.allclose(depth[0], [5, 5, 2.5, -1])
    assert np.allclose(xy[0, 1], [256 + 0.1 * focal, 384 - 0.1 * focal])
    assert np.allclose(xy[0, 2], [256 + 0.2 * focal, 384 - 0.2 * focal])
    assert np.allclose(camera.project(points[0, 1:2], SIZE), xy[0, 1:2])


def test_a_camera_for_each_frame_or_one_for_all() -> None:
    motion = standing(frames=3)
    one = see(motion, looking(20), SIZE)
    assert np.allclose(see(motion, looking(20) * 3, SIZE).xy, one.xy) and len(one) == 3
    with pytest.raises(ValueError, match="2 cameras for 3 frames"):
        see(motion, looking(20) * 2, SIZE)


@pytest.mark.parametrize("size", [(512, 768), (300, 200), (1920, 400)])
def test_a_picture_of_another_size_is_what_the_same_camera_sees_there(size: tuple[int, int]) -> None:
    wide = see(standing(), looking(30), (1280, 720))
    other, there = in_picture(wide, size), see(standing(), looking(30), size)
    assert np.allclose(other.xy, there.xy) and np.allclose(other.confidence, there.confidence)
    assert other.size == size


def test_what_a_narrow_picture_cuts_off_is_not_seen() -> None:
    wide = see(standing(), looking(0), (1280, 720))
    narrow = in_picture(wide, (200, 720))
    assert wide.confidence[0, LEFT_WRIST] == 1 and narrow.confidence[0, LEFT_WRIST] == 0
    assert narrow.confidence[0, NOSE] == 1


def test_left_is_on_the_right_of_a_picture_from_the_front() -> None:
    seen = see(standing(), looking(0), SIZE).xy[0]
    assert seen[LEFT_WRIST, 0] > seen[LEFT_SHOULDER, 0] > seen[NECK, 0] > seen[RIGHT_WRIST, 0]
    assert seen[NOSE, 1] < seen[NECK, 1] < seen[LEFT_HIP, 1] < seen[LEFT_ANKLE, 1]


def test_from_the_front_all_is_in_plain_view() -> None:
    assert np.allclose(see(standing(), looking(0), (900, 768)).confidence, 1.0)


def test_a_face_is_seen_from_before_and_not_from_behind() -> None:
    def confident(azimuth: float) -> np.ndarray:
        return see(standing(), looking(azimuth), (900, 768)).confidence[0]

    assert (confident(180)[[NOSE, LEFT_EYE, RIGHT_EYE]] == 0).all()
    assert (confident(180)[[LEFT_EAR, RIGHT_EAR]] > DRAWN).all()
    side = confident(90)  # from its left
    assert (side[[LEFT_EAR, LEFT_EYE, NOSE]] > DRAWN).all() and side[RIGHT_EAR] < DRAWN
    other = confident(-90)
    pairs = [RIGHT_EYE, LEFT_EYE, RIGHT_EAR, LEFT_EAR]
    assert np.allclose(side[pairs], other[[LEFT_EYE, RIGHT_EYE, LEFT_EAR, RIGHT_EAR]])


def test_what_the_body_hides_is_told_with_less_confidence() -> None:
    behind = standing(turned={sk.LEFT_SHOULDER: (0.0, 0.9, 0.0), sk.LEFT_ELBOW: (0.0, 2.0, 0.0)})
    hand = keypoints(behind)[0, LEFT_WRIST]
    assert abs(hand[0]) < 0.15 and hand[2] < -0.12, hand  # a hand on the back
    for azimuth, expected in ((0, HIDDEN), (180, 1.0)):
        seen = see(behind, looking(azimuth), (900, 768))
        assert seen.confidence[0, LEFT_WRIST] == pytest.approx(expected, abs=0.05)
        assert seen.confidence[0, RIGHT_WRIST] == 1.0
    down = standing(turned={sk.LEFT_SHOULDER: (0.0, 0.0, -1.3), sk.RIGHT_SHOULDER: (0.0, 0.0, 1.3)})
    side = see(down, looking(90), (900, 768)).confidence[0]
    assert side[RIGHT_SHOULDER] == pytest.approx(HIDDEN) and side[LEFT_SHOULDER] == 1.0


def test_outside_of_the_picture_and_behind_the_eye_there_is_no_confidence() -> None:
    near = see(standing(), [Camera((0.0, 1.3, 1.2), (0.0, 1.3, 0.0))], SIZE)
    assert near.confidence[0, NOSE] == 1 and near.confidence[0, [LEFT_WRIST, LEFT_ANKLE]].max() == 0
    away = project(keypoints(standing()), [Camera((0.0, 1.0, 3.0), (0.0, 1.0, 6.0))], SIZE, 30.0)
    assert (away.confidence == 0).all()


@pytest.mark.parametrize("size", [(512, 768), (1280, 720)])
def test_neither_camera_loses_a_dancer_who_wanders(size: tuple[int, int]) -> None:
    frames = 90
    u = np.linspace(0, 2 * np.pi, frames)
    motion = standing(frames=frames)
    root = motion.translation + np.stack([1.5 * np.sin(u), 0.2 * np.sin(3 * u) ** 2, np.cos(u)], 1)
    motion = Motion(30.0, motion.rotations, root, motion.face)
    assert len(front(motion)) == 1 and len(follow(motion)) == frames
    for cameras in (front(motion, size[0] / size[1]), follow(motion, size[0] / size[1])):
        assert (see(motion, cameras, size).confidence[:, list(range(18))] > 0).all()


def test_the_face_has_no_confidence_of_its_own_in_a_long_dance_cut_into_blocks() -> None:
    motion = standing(frames=1000)
    whole = see(motion, follow(motion), SIZE)
    assert np.allclose(whole.confidence, whole.confidence[:1]) and np.allclose(whole.xy, whole.xy[:1])
    assert whole.confidence[0, list(FACE)].min() == 1


def test_the_skin_of_the_face_is_the_mesh_of_the_body_that_is_shipped() -> None:
    from dance_core.body.model import load_body

    mesh = load_body().template[[9120, 9929, 9448, 616, 6]] - sk.REST_JOINTS[sk.HEAD]
    assert np.abs(mesh - FACE_OFFSETS).max() < 1e-4
