"""The mannequin's pictures: measured in pixels, because the camera is orthographic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from PIL import Image

from dance_core.body import sketch
from dance_core.body.mannequin import LEFT, RIGHT, Pieces
from dance_core.motion import kinematics
from dance_core.motion.motion import Motion
from dance_core.motion.rotations import matrix_from_quaternion, quaternion_from_axis_angle
from dance_core.motion.skeleton import FACE_NAMES, HEAD, LEFT_HIP, LEFT_SHOULDER, PELVIS_HEIGHT, RIGHT_HIP

SIZE = (220, 220)
SCALE = SIZE[1] / sketch.HEIGHT_M  # pixels a metre


def standing(frames: int = 1, turn: float = 0.0, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Motion:
    rotations = np.zeros((frames, 55, 3), np.float32)
    rotations[:, 0, 1] = turn
    place = np.tile([x, PELVIS_HEIGHT + y, z], (frames, 1))
    return Motion(30.0, rotations, place, np.zeros((frames, 52), np.float32))


def figure(motion: Motion, view: sketch.View = (0.0, 0.0), size: tuple[int, int] = SIZE, follow: bool = True,
           height_m: float = sketch.HEIGHT_M) -> np.ndarray:
    """(h, w, 4) of the figure alone."""
    return np.asarray(sketch.render(motion, 0, size, view, None, follow, height_m, ground=False)).astype(int)


def box(picture: np.ndarray) -> tuple[int, int, int, int]:
    """left, top, right, bottom of what is drawn, in pixels."""
    rows, columns = np.nonzero(picture[..., 3] > 127)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def warm(picture: np.ndarray) -> np.ndarray:
    """(h, w) where a left limb's colour is seen."""
    return (picture[..., 3] > 200) & (picture[..., 0] - picture[..., 2] > 55)


def cool(picture: np.ndarray) -> np.ndarray:
    return (picture[..., 3] > 200) & (picture[..., 2] - picture[..., 0] > 40)


def test_a_figure_stands_on_the_ground_line_and_is_as_high_as_a_person() -> None:
    _, top, _, bottom = box(figure(standing()))
    ground = sketch.camera(SIZE, (0.0, 0.0)).ground_row
    assert abs(bottom - ground) <= 1.5
    assert 1.62 < (bottom - top) / SCALE < 1.80


def test_arms_reach_as_wide_as_their_joints() -> None:
    left, _, right, _ = box(figure(standing()))
    tips = kinematics.joints(standing())[0][[27, 42], 0]
    assert_allclose((right - left) / SCALE, tips.max() - tips.min() + 2 * 0.03, atol=0.03)


@given(st.floats(0.05, 1.0), st.floats(0.0, 40.0))
@settings(max_examples=8, deadline=None)
def test_a_raised_figure_stands_that_many_pixels_higher(metres: float, elevation: float) -> None:
    view = (0.0, elevation)
    low, high = (box(figure(standing(y=y), view, height_m=3.6)) for y in (0.0, metres))
    expected = metres * SIZE[1] / 3.6 * math.cos(math.radians(elevation))
    assert abs((low[1] - high[1]) - expected) <= 1
    assert abs((low[3] - high[3]) - expected) <= 1


def test_a_metre_is_the_same_number_of_pixels_near_and_far() -> None:
    near, far = figure(standing(z=3.0), follow=False), figure(standing(z=-3.0), follow=False)
    assert box(near) == box(far)


def test_in_front_view_the_dancers_left_is_on_the_viewers_right() -> None:
    picture = figure(standing())[68:]  # without the head: lips are warm too
    middle = SIZE[0] / 2
    assert np.nonzero(warm(picture))[1].min() > middle - 2
    assert np.nonzero(cool(picture))[1].max() < middle + 2


def test_from_behind_it_is_the_other_way_round() -> None:
    picture = figure(standing(), (180.0, 0.0))[68:]
    assert np.nonzero(warm(picture))[1].max() < SIZE[0] / 2 + 2


def test_the_nearer_limb_hides_the_farther() -> None:
    # from the dancer's right, both legs lie behind each other exactly
    right_side = figure(standing(), (-90.0, 0.0))[150:]
    left_side = figure(standing(), (90.0, 0.0))[150:]
    assert cool(right_side).sum() > 200 and warm(right_side).sum() == 0
    assert warm(left_side).sum() > 200 and cool(left_side).sum() == 0


def test_an_arm_held_before_the_chest_hides_it_and_behind_the_back_is_hidden() -> None:
    def arm(turn: float) -> int:
        m = standing()
        m.rotations[0, LEFT_SHOULDER] = [0.0, turn, 0.0]
        return int(warm(figure(m))[60:110, 85:115].sum())

    assert arm(-2.3) > 40  # swung forward and across
    assert arm(2.3) == 0


def test_the_side_view_shows_a_dancer_who_faces_right() -> None:
    _, columns = np.nonzero(cool(figure(standing(), "side"))[190:])
    assert columns.max() - SIZE[0] / 2 > 1.4 * (SIZE[0] / 2 - columns.min())  # toes reach farther than heels


def test_turning_the_dancer_is_turning_the_camera_the_other_way() -> None:
    turned = figure(standing(turn=math.radians(50)), (50.0, 12.0))
    straight = figure(standing(), (0.0, 12.0))
    assert np.abs(turned[..., 3] - straight[..., 3]).mean() < 0.5
    assert np.abs(turned[..., :3] - straight[..., :3])[straight[..., 3] == 255].mean() < 1.0


def test_pictures_are_the_same_every_time() -> None:
    a, b = (sketch.render(standing(), 0, SIZE, "three-quarter").tobytes() for _ in range(2))
    assert a == b


def test_without_a_background_the_ground_is_see_through() -> None:
    picture = sketch.render(standing(), 0, SIZE, background=None)
    assert picture.mode == "RGBA"
    alpha = np.asarray(picture)[..., 3]
    assert (alpha[:15] == 0).all() and alpha.max() == 255
    assert sketch.render(standing(), 0, SIZE, background=(10, 20, 30)).getpixel((2, 2)) == (10, 20, 30)


def test_a_picture_over_a_colour_is_the_see_through_one_laid_on_it() -> None:
    over = Image.new("RGBA", SIZE, (*sketch.BACKGROUND, 255))
    over.alpha_composite(sketch.render(standing(), 0, SIZE, background=None))
    direct = np.asarray(sketch.render(standing(), 0, SIZE)).astype(int)
    assert np.abs(np.asarray(over.convert("RGB")).astype(int) - direct).max() <= 3


def test_the_shadow_lies_below_the_feet_and_stays_there_in_a_jump() -> None:
    def shadow(y: float) -> np.ndarray:
        with_ground = np.asarray(sketch.render(standing(y=y), 0, SIZE, "front", None)).astype(int)[..., 3]
        ground = int(sketch.camera(SIZE, "front").ground_row)
        return with_ground[ground + 3:ground + 9].sum(0)

    flat, jump = shadow(0.0), shadow(0.45)
    assert jump[90:130].sum() > 0  # still there
    assert flat[90:130].max() > 1.3 * jump[90:130].max()  # and softer without contact


def test_follow_keeps_the_pelvis_in_the_middle_and_not_following_shows_the_travel() -> None:
    m = standing(2)
    m.translation[1, 0] = 0.4
    followed = box(np.asarray(sketch.render(m, 1, SIZE, (0.0, 0.0), None, True, ground=False)))
    fixed = box(np.asarray(sketch.render(m, 1, SIZE, (0.0, 0.0), None, False, ground=False)))
    assert abs(fixed[0] - followed[0] - 0.4 * SCALE) <= 1


def test_the_face_is_seen_from_the_front_and_moves() -> None:
    def head(azimuth: float, **face: float) -> np.ndarray:
        m = standing()
        for name, value in face.items():
            m.face[0, FACE_NAMES.index(name)] = value
        return figure(m, (azimuth, 0.0), (900, 900))[100:260, 400:500]

    def reds(picture: np.ndarray) -> int:
        return int((picture[..., 0] - picture[..., 1] > 60).sum())

    assert reds(head(0)) > 0 and reds(head(180)) == 0  # the mouth
    assert reds(head(0, jawOpen=1.0)) > 2 * reds(head(0))
    whites = [int((head(0, **f)[..., :3].min(-1) > 215).sum())
              for f in ({}, {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0})]
    assert whites[1] < 0.5 * whites[0]


def test_raw_joints_give_the_same_picture_with_quaternions_or_matrices() -> None:
    m = standing()
    q = kinematics.global_rotations(quaternion_from_axis_angle(m.rotations[0]))
    places = kinematics.positions(q, m.translation[0])
    pictures = [np.asarray(sketch.draw_joints(places, r, size=SIZE)).astype(int)
                for r in (q, matrix_from_quaternion(q))]
    assert np.abs(pictures[0] - pictures[1]).max() <= 1
    assert np.abs(pictures[0] - np.asarray(sketch.render(m, 0, SIZE)).astype(int)).max() <= 1


def test_project_puts_a_joint_where_it_is_drawn() -> None:
    m = standing()
    cam = sketch.camera(SIZE, "three-quarter", m.translation[0])
    x, y = cam.project(kinematics.joints(m)[0, HEAD] + [0, 0.06, 0])
    assert figure(m, "three-quarter")[round(float(y)), round(float(x)), 3] == 255


def one_piece(ra: float, rb: float, length: float, axis: np.ndarray) -> Pieces:
    y = axis / np.linalg.norm(axis)
    x = np.cross(y, [0.3, 0.5, 0.8])
    x /= np.linalg.norm(x)
    start = np.array([0.0, 1.0, 0.0])
    ends = np.stack([start, start + y * length])
    own = np.stack([x, y, np.cross(x, y)])
    return Pieces(own[None], start[None], np.array([length]), np.array([ra]), np.array([rb]), ends[None],
                  np.array([max(ra, rb)]), np.full((1, 3), 200.0), np.array([True]))


@given(st.floats(0.05, 0.2), st.floats(0.05, 0.2), st.floats(0.2, 0.6),
       st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda v: np.linalg.norm(v) > 0.2))
@settings(max_examples=25, deadline=None)
def test_ray_casting_finds_the_front_of_the_hull_of_two_balls(ra: float, rb: float, length: float,
                                                              axis: tuple[float, float, float]) -> None:
    """The hull is the union of all balls between the two ends, which can be cast one by one."""
    cam = sketch.camera((60, 60), (0.0, 0.0), (0, 0, 0))
    piece = one_piece(ra, rb, length, np.array(axis))
    depth, which = sketch._cast(piece, cam, (60, 60), cam.scale, cam.ground_row)
    pixels = np.arange(60) + 0.5
    x, y = np.meshgrid((pixels - 30) / cam.scale, (cam.ground_row - pixels) / cam.scale)
    best = np.full((60, 60), -np.inf)
    for w in np.linspace(0, 1, 400):
        c, r = (1 - w) * piece.ends[0, 0] + w * piece.ends[0, 1], (1 - w) * ra + w * rb
        inside = r * r - (x - c[0]) ** 2 - (y - c[1]) ** 2
        best = np.maximum(best, np.where(inside >= 0, c[2] + np.sqrt(np.maximum(inside, 0)), -np.inf))
    both = (which >= 0) & np.isfinite(best)
    assert (which >= 0).sum() - both.sum() <= 3  # the very rim may differ
    assert np.isfinite(best).sum() - both.sum() <= 3
    assert both.any()
    assert np.quantile(np.abs(depth - best)[both], 0.9) < 1e-3


def test_bad_requests_say_what_was_wrong() -> None:
    with pytest.raises(IndexError, match="frame 5 of a motion of 1"):
        sketch.render(standing(), 5)
    with pytest.raises(ValueError, match="'below'"):
        sketch.render(standing(), 0, view="below")
    with pytest.raises(ValueError, match="0 x 5"):
        sketch.render(standing(), 0, (0, 5))
    with pytest.raises(ValueError, match=r"\(22, 3\)"):
        sketch.draw_joints(np.zeros((22, 3)), np.zeros((22, 4)))


def test_a_dancer_out_of_the_picture_leaves_it_empty() -> None:
    m = standing(2)
    m.translation[1, 0] = 50.0
    assert np.asarray(sketch.render(m, 1, SIZE, (0, 0), None, False, ground=False))[..., 3].max() == 0


def test_left_and_right_limbs_have_their_own_tints() -> None:
    assert LEFT[0] - LEFT[2] > 60 and RIGHT[2] - RIGHT[0] > 60
    picture = figure(standing())
    joints = sketch.camera(SIZE, (0.0, 0.0)).project(kinematics.joints(standing())[0])
    for hip, mask in ((LEFT_HIP, warm(picture)), (RIGHT_HIP, cool(picture))):
        column = round(float(joints[hip, 0]))
        assert mask[150:195, column - 4:column + 5].mean() > 0.5  # the leg below that hip
