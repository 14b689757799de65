"""Feet: when they stand, how far they slide, and that planting them holds them and changes nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.motion import hinges, soles
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import Planter, detect_contacts, plant_feet, sole_points, stances
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.filters import joint_jerk
from dance_core.motion.motion import Motion

FPS = 30
LEFT, RIGHT = np.array([0.11, sk.ANKLE_HEIGHT, 0.0]), np.array([-0.11, sk.ANKLE_HEIGHT, 0.0])
PELVIS = np.array([0.0, 0.83, 0.0])


@pytest.fixture
def standing(make_stander) -> Motion:
    """Four seconds on two feet; the pelvis sways, the feet stand."""
    t = np.arange(120) / FPS
    sway = np.stack([0.03 * np.sin(2 * t), 0.01 * np.sin(3 * t), 0 * t], -1)
    return make_stander(PELVIS + sway, np.tile(LEFT, (120, 1)), np.tile(RIGHT, (120, 1)))


@pytest.fixture
def drifting(standing: Motion) -> Motion:
    """The same, but the whole dancer glides 10 cm to the left over the four seconds."""
    glide = np.linspace(0, 0.1, 120)[:, None] * [1.0, 0.0, 0.0]
    return Motion(FPS, standing.rotations, standing.translation + glide, standing.face)


@pytest.fixture
def stepping(make_stander) -> Motion:
    """Ten steps on the spot: each foot is lifted 12 cm for half a second, in turn; standing feet creep a
    bit."""
    t = np.arange(300) / FPS
    lift = [np.maximum(0, np.sin(2 * np.pi * (t + s) / 2 * 1.0)) ** 2 * 0.12 for s in (0.0, 1.0)]
    creep = 0.04 * np.sin(0.7 * t)
    feet = [np.stack([ankle[0] + creep, ankle[1] + up, 0 * t], -1)
            for ankle, up in zip((LEFT, RIGHT), lift, strict=True)]
    return make_stander(PELVIS + np.stack([0.02 * np.sin(t), -0.02 + 0 * t, 0 * t], -1), *feet)


def height(motion: Motion) -> float:
    return float(sole_points(motion)[..., 1].min())


# soles and contacts

def test_at_rest_the_soles_lie_on_the_floor() -> None:
    root = sk.REST_JOINTS[:1] - [0, sk.SOLE_Y, 0]
    points = sole_points(Motion(FPS, np.zeros((1, 55, 3)), root, np.zeros((1, 52))))
    assert np.abs(points[..., 1]).max() < 0.001
    heel, ball, tip = points[0, 0, [soles.HEEL, soles.BALL, soles.TIP], 2]
    assert heel < ball < tip
    assert tip - heel == pytest.approx(0.226, abs=0.01)  # the length of a foot


def test_standing_feet_are_in_contact_and_lifted_ones_are_not(stepping: Motion) -> None:
    on = detect_contacts(stepping)
    assert on.shape == (300, 4)
    left = sole_points(stepping)[:, 0, soles.UNDER_ANKLE, 1]
    assert on[left < 0.005, 0].mean() > 0.8
    assert not on[left > 0.06, 0].any()
    assert 0.4 < on[:, 0].mean() < 0.8


def test_a_fast_low_foot_does_not_stand(make_stander) -> None:
    t = np.arange(30) / FPS
    slide = LEFT + np.stack([0 * t, 0 * t, 0.8 * t - 0.3], -1)
    on = detect_contacts(make_stander(np.tile(PELVIS, (30, 1)) - [0, 0.1, 0], slide, np.tile(RIGHT, (30, 1))))
    assert not on[:, :2].any()
    assert on[:, 2:].all()


def test_contacts_do_not_flicker() -> None:
    """Around the threshold of 0.3 m/s one decision is kept; a gap of three low frames is closed."""
    speed = np.where(np.arange(40) % 2, 0.28, 0.35)[:, None]
    low = np.zeros((40, 1))
    assert soles.runs(soles.contacts_from(low, speed, 30)[:, 0]) == [(1, 40)]
    speed = np.zeros((40, 1))
    speed[20:23] = 1.0
    assert soles.contacts_from(low, speed, 30).all()
    low[21] = 0.1  # but not if the foot was up in between
    assert soles.runs(soles.contacts_from(low, speed, 30)[:, 0]) == [(0, 20), (23, 40)]


def test_one_frame_is_no_contact_unless_the_excerpt_cuts_it() -> None:
    low, speed = np.zeros((20, 1)), np.ones((20, 1))
    speed[10] = 0.0
    assert not soles.contacts_from(low, speed, 30).any()
    speed[0] = 0.0
    assert soles.runs(soles.contacts_from(low, speed, 30)[:, 0]) == [(0, 1)]


def test_a_single_frame_and_none_at_all_have_contacts_too(standing: Motion) -> None:
    assert detect_contacts(standing.slice(0, 1)).tolist() == [[True] * 4]
    assert detect_contacts(standing.slice(0, 0)).shape == (0, 4)


def test_agrees_with_the_labels_of_recorded_dances(recorded: Motion, recorded_contacts: np.ndarray) -> None:
    assert (detect_contacts(recorded) == recorded_contacts).mean() > 0.95


def test_runs_are_start_and_stop() -> None:
    assert soles.runs(np.array([1, 1, 0, 0, 1, 0, 1], bool)) == [(0, 2), (4, 5), (6, 7)]
    assert soles.runs(np.zeros(3, bool)) == []


# slides

def test_a_glide_of_ten_centimetres_is_measured(drifting: Motion) -> None:
    found = stances(drifting)
    assert [s.side for s in found] == ["left", "right"]
    assert [s.slide for s in found] == pytest.approx([0.1, 0.1], abs=1e-4)


def test_turning_on_the_ball_is_no_slide(make_stander) -> None:
    turn = rot.quaternion_about("y", np.linspace(0, 0.8, 60))
    ball = sk.BONES[sk.LEFT_FOOT]
    ankle = LEFT + ball - rot.rotate(turn, ball)
    motion = make_stander(np.tile(PELVIS - [0, 0.05, 0], (60, 1)), ankle, np.tile(RIGHT, (60, 1)))
    rotations = motion.rotations.copy()
    q = rot.quaternion_from_axis_angle(rotations[:, sk.LEFT_ANKLE])
    world = kin.global_rotations(rot.quaternion_from_axis_angle(rotations[:, :8]))
    knee = world[:, sk.LEFT_KNEE]
    rotations[:, sk.LEFT_ANKLE] = rot.axis_angle_from_quaternion(
        rot.multiply(rot.inverse(knee), rot.multiply(turn, rot.multiply(knee, q))))
    turned = Motion(FPS, rotations, motion.translation, motion.face)
    heel = sole_points(turned)[:, 0, soles.UNDER_ANKLE]
    assert np.linalg.norm(heel[-1] - heel[0]) > 0.09
    assert max(s.slide for s in stances(turned)) < 0.002


# planting

def test_planted_feet_stand(drifting: Motion) -> None:
    contacts = detect_contacts(drifting)
    planted = plant_feet(drifting)
    assert max(s.slide for s in stances(planted, contacts)) < 0.002
    assert joint_jerk(planted).max() < joint_jerk(drifting).max() + 10


def test_feet_keep_their_orientation_and_everything_above_the_hips_stays(stepping: Motion) -> None:
    planted = plant_feet(stepping)
    before, after = (kin.global_rotations(rot.quaternion_from_axis_angle(m.rotations[:, :12]))
                     for m in (stepping, planted))
    ankles = [sk.LEFT_ANKLE, sk.RIGHT_ANKLE]
    assert np.degrees(rot.geodesic(before[:, ankles], after[:, ankles])).max() < 0.01
    assert np.array_equal(planted.rotations[:, 12:], stepping.rotations[:, 12:])
    assert np.array_equal(planted.rotations[:, 0], stepping.rotations[:, 0])


def test_a_planted_motion_is_returned_as_it_was(standing: Motion) -> None:
    again = plant_feet(standing)
    assert np.array_equal(again.rotations, standing.rotations)
    assert np.array_equal(again.translation, standing.translation)


def test_planting_twice_is_planting_once(stepping: Motion) -> None:
    once = plant_feet(stepping)
    twice = plant_feet(once)
    assert np.abs(kin.joints(twice, 12) - kin.joints(once, 12)).max() < 0.004
    assert np.abs(kin.joints(once, 12) - kin.joints(stepping, 12)).max() > 0.01


def test_knees_stay_hinges(stepping: Motion) -> None:
    planted = plant_feet(stepping)
    for i, side in enumerate(hinges.SIDES):
        q = rot.quaternion_from_axis_angle(planted.rotations[:, sk.LEFT_KNEE + i])
        flexion, sideways = hinges.hinge_angles(hinges.LEGS[side], q)
        assert flexion.min() > -0.1
        assert np.abs(sideways).max() < 0.01


def test_feet_in_the_floor_and_over_it_come_to_it(standing: Motion) -> None:
    for error in (-0.03, 0.025):
        moved = Motion(FPS, standing.rotations, standing.translation + [0, error, 0], standing.face)
        planted = plant_feet(moved)
        assert sole_points(moved)[..., 1].min() == pytest.approx(error, abs=0.002)
        assert np.abs(sole_points(planted)[..., 1].min((1, 2))).max() < 0.005


def test_a_floor_somewhere_else_is_found(drifting: Motion) -> None:
    up = Motion(FPS, drifting.rotations, drifting.translation + [0, 2.0, 0], drifting.face)
    planted = plant_feet(up, floor=2.0)
    assert np.abs(kin.joints(planted) - kin.joints(plant_feet(drifting)) - [0, 2.0, 0]).max() < 1e-4


def test_toes_bend_rather_than_sink_in(standing: Motion) -> None:
    """Up on the balls of the feet with stiff toes, the tips would be in the floor."""
    rotations = standing.rotations.copy()
    raise_heel = rot.quaternion_about("x", np.radians(30))
    translation = standing.translation.copy()
    for i in (0, 1):
        q = rot.quaternion_from_axis_angle(rotations[:, sk.LEFT_ANKLE + i])
        rotations[:, sk.LEFT_ANKLE + i] = rot.axis_angle_from_quaternion(rot.multiply(q, raise_heel))
    on_toes = Motion(FPS, rotations, translation, standing.face)
    ball = sole_points(on_toes)[:, :, soles.BALL, 1].min()
    on_toes = Motion(FPS, rotations, translation - [0, ball, 0], standing.face)
    assert height(on_toes) < -0.02
    planted = plant_feet(on_toes)
    assert height(planted) > -0.006
    bend = planted.rotations[:, sk.LEFT_FOOT, 0]
    assert np.degrees(bend).max() < -10  # toes up
    assert np.abs(kin.joints(planted, 10) - kin.joints(on_toes, 10)).max() < 0.006  # the legs hardly move


def test_a_leg_that_is_too_short_brings_the_pelvis_down(make_stander) -> None:
    """Legs astride and nearly straight, the whole dancer glides aside: the foot left behind pulls."""
    glide = np.linspace(-0.08, 0.08, 120)[:, None] * [1.0, 0.0, 0.0]
    astride = np.array([0.34, 0.0, 0.0])
    motion = make_stander(PELVIS + glide, LEFT + astride + glide, RIGHT - astride + glide)
    planted = plant_feet(motion)
    down = (motion.translation - planted.translation)[:, 1]
    assert 0.01 < down.max() <= 0.06 + 1e-6  # by half the largest correction at most
    assert down.min() > -0.005
    assert max(s.slide for s in stances(planted, detect_contacts(motion))) < 0.005
    assert joint_jerk(planted).max() < joint_jerk(motion).max() + 30


def test_a_slide_on_purpose_is_held_only_in_part(make_stander) -> None:
    t = np.arange(90) / FPS
    glide = np.stack([0.25 * t, 0 * t, 0 * t], -1)  # 75 cm below the contact speed
    motion = make_stander(PELVIS + glide, LEFT + glide, RIGHT + glide)
    planted = plant_feet(motion, max_correction=0.08)
    moved = np.linalg.norm(kin.joints(planted, 12) - kin.joints(motion, 12), axis=-1)
    assert 0.05 < moved.max() < 0.105


def test_a_foot_that_would_glide_steps(make_stander) -> None:
    """Two standing feet that drift 60 cm in four seconds: they stand and step in turn, or one at a time."""
    t = np.arange(120) / FPS
    glide = np.stack([0.15 * t, 0 * t, 0 * t], -1)
    motion = make_stander(PELVIS + glide, LEFT + glide, RIGHT + glide)
    planted = plant_feet(motion)
    assert max(s.slide for s in stances(planted)) > 0.1
    for _ in range(3):
        planted = plant_feet(planted, steps=True, frozen=30)
    # a stance that was sliding when its frames were given out can't be mended there
    found = stances(planted.slice(30, 120))
    assert max(s.slide for s in found) < 0.02 and len(found) >= 4
    lift = sole_points(planted)[..., [soles.UNDER_ANKLE, soles.BALL], 1].min(-1)
    assert (lift > soles.LEAVE_HEIGHT).any(0).all(), "each foot is lifted"
    assert np.array_equal(planted.rotations[:30], plant_feet(motion).rotations[:30])


def test_a_foot_that_is_dragged_is_lifted(make_stander) -> None:
    """The left foot goes 30 cm along the floor in .4 s, too fast to be told for standing."""
    far = 0.3 * np.clip((np.arange(90) - 40) / 12, 0.0, 1.0)
    left = LEFT + np.stack([far - 0.1, 0 * far, 0 * far], -1)
    motion = make_stander(np.tile(PELVIS - [0, 0.05, 0], (90, 1)), left, np.tile(RIGHT, (90, 1)))
    dragged, lifted = (sole_points(plant_feet(motion, steps=steps, frozen=20))[:, 0, :, 1].min(-1)
                       for steps in (False, True))
    assert np.abs(dragged).max() < 0.01, "nothing stands there that could be planted"
    assert lifted[43:50].min() > 0.02 and lifted.max() < 0.08
    assert np.abs(lifted - dragged)[:38].max() < 0.002 > np.abs(lifted - dragged)[56:].max()


def test_a_foot_that_touches_while_it_is_dragged_is_lifted_once(make_stander) -> None:
    """It stops for two frames on its way: one step, not two with a stamp between."""
    pace = np.zeros(90)
    pace[40:46] = pace[50:56] = 0.03
    pace[46:50] = 0.004
    far = np.cumsum(pace)
    left = LEFT + np.stack([far - 0.1, 0 * far, 0 * far], -1)
    motion = make_stander(np.tile(PELVIS - [0, 0.05, 0], (90, 1)), left, np.tile(RIGHT, (90, 1)))
    assert detect_contacts(motion)[40:56].reshape(-1, 2, 2)[:, 0].any(-1).sum() in (1, 2, 3)
    height = sole_points(plant_feet(motion, steps=True, frozen=20))[:, 0, :, 1].min(-1)
    assert height.max() > 0.02
    rises = (np.diff(height[36:60]) > 5e-4).astype(int)
    assert (np.diff(rises) == 1).sum() + rises[0] == 1


def test_feet_that_stand_take_no_steps(standing: Motion, stepping: Motion) -> None:
    for motion in (standing, plant_feet(stepping)):
        assert np.array_equal(plant_feet(motion, steps=True).rotations, plant_feet(motion).rotations)


def test_recorded_dances_slide_less_and_are_no_rougher(recorded: Motion) -> None:
    contacts = detect_contacts(recorded)
    planted = plant_feet(recorded)
    before, after = (np.array([s.slide for s in stances(m, contacts)]) for m in (recorded, planted))
    assert after.mean() < 0.5 * before.mean() or before.mean() < 0.003
    assert after.max() < 0.02
    assert height(planted) > -0.01
    jerk_before, jerk_after = (joint_jerk(m, 12) for m in (recorded, planted))
    assert np.percentile(jerk_after, 99) < 1.05 * np.percentile(jerk_before, 99)
    assert np.linalg.norm(kin.joints(planted) - kin.joints(recorded), axis=-1).mean() < 0.01


# streams

def test_frozen_frames_stay_and_their_stance_goes_on(drifting: Motion) -> None:
    first = plant_feet(drifting.slice(0, 60))
    # what comes next begins where the planted part ended, and drifts on
    last = kin.joints(first, 12)[-1, sk.LEFT_ANKLE]
    offset = last - kin.joints(drifting, 12)[59, sk.LEFT_ANKLE]
    rest = Motion(FPS, drifting.rotations[60:], drifting.translation[60:] + offset, drifting.face[60:])
    both = Motion.join([first, rest])
    planted = plant_feet(both, frozen=60)
    assert np.array_equal(planted.rotations[:60], first.rotations)
    assert np.array_equal(planted.translation[:60], first.translation)
    left = sole_points(planted)[:, 0, soles.BALL]
    assert np.linalg.norm(left[60:] - left[59], axis=-1).max() < 0.003


@pytest.mark.parametrize("turned_round", [False, True])
def test_a_foot_has_no_time_to_land_elsewhere_next_to_frames_that_stay(make_stander, turned_round: bool
                                                                      ) -> None:
    """It lands two frames after those that stay, stands for a second and arrives 10 cm off: there it steps.
    Or, time turned round, it stands 10 cm off and leaves two frames before it arrives."""
    t = np.arange(100.0)
    left = np.tile(LEFT - [0.05, 0, 0], (100, 1))
    left[:, 1:] += np.clip((35 - t) / 10, 0.0, 1.0)[:, None] * [0.12, -0.12]  # comes down and forwards
    left[:, 0] += 0.10 * minimum_jerk(np.clip((t - 70) / 15, 0.0, 1.0))
    stay, arrive = 33, 15
    if turned_round:
        left, stay, arrive = left[::-1], arrive, stay
    motion = make_stander(np.tile(PELVIS - [0, 0.05, 0], (100, 1)), left, np.tile(RIGHT, (100, 1)))
    planted = plant_feet(motion, frozen=stay, arrived=arrive)
    here = slice(60, 70) if turned_round else slice(30, 40)
    rough, smooth = (FPS**2 * np.diff(kin.joints(m, 12)[here, sk.LEFT_ANKLE], 2, axis=0)
                     for m in (planted, motion))
    assert np.linalg.norm(rough, axis=-1).max() < np.linalg.norm(smooth, axis=-1).max() + 8.0
    for _ in range(2):
        planted = plant_feet(planted, frozen=stay, arrived=arrive, steps=True)
    assert max(s.slide for s in stances(planted)) < 0.02
    for part in (slice(0, stay), slice(100 - arrive, 100)):
        assert np.array_equal(planted.rotations[part], motion.rotations[part])


def test_recorded_frozen_frames_stay_bit_for_bit(recorded: Motion) -> None:
    first = plant_feet(recorded.slice(0, 150))
    planted = plant_feet(Motion.join([first, recorded.slice(150, 300)]), frozen=150)
    assert np.array_equal(planted.rotations[:150], first.rotations)
    assert np.array_equal(planted.translation[:150], first.translation)


def test_where_it_must_arrive_a_foot_steps_to_where_it_will_stand(make_stander) -> None:
    """Both feet stand, and stand 12 cm farther on when they arrive two seconds later: between, they step."""
    t = np.clip((np.arange(180) - 60) / 60, 0.0, 1.0)
    glide = np.stack([0.12 * t, 0 * t, 0 * t], -1)
    motion = make_stander(PELVIS + glide, LEFT + glide, RIGHT + glide)
    planted = motion
    for steps in (False, True, True, True):
        planted = plant_feet(planted, frozen=60, arrived=60, steps=steps)
    assert planted.slice(0, 60).same_as(motion.slice(0, 60))
    assert planted.slice(120, 180).same_as(motion.slice(120, 180))
    found = stances(planted)
    assert max(s.slide for s in found) < 0.02
    assert min([s.side for s in found].count(side) for side in ("left", "right")) >= 2
    with pytest.raises(ValueError, match="frozen is 60 and arrived 121"):
        plant_feet(motion, frozen=60, arrived=121)


@pytest.mark.parametrize("chunk", [7, 45, 120])
def test_a_stream_is_as_smooth_as_the_whole(stepping: Motion, chunk: int) -> None:
    planter = Planter()
    out: list[Motion] = []
    for a in range(0, len(stepping), chunk):
        out.append(planter.push(stepping.slice(a, a + chunk), last=a + chunk >= len(stepping)))
    streamed, whole = Motion.join(out), plant_feet(stepping)
    assert planter.waiting == 0
    assert len(streamed) == len(stepping)
    contacts = detect_contacts(stepping)
    assert max(s.slide for s in stances(streamed, contacts)) < 0.005
    assert joint_jerk(streamed, 12).max() < joint_jerk(whole, 12).max() * 1.1 + 5


def test_a_recorded_stream_is_as_smooth_as_the_whole(recorded: Motion) -> None:
    planter = Planter()
    out = [planter.push(recorded.slice(a, a + 60), last=a + 60 >= len(recorded))
           for a in range(0, len(recorded), 60)]
    streamed, whole = Motion.join(out), plant_feet(recorded)
    a, b = joint_jerk(streamed, 12), joint_jerk(whole, 12)
    assert np.percentile(a, 99.9) < 1.05 * np.percentile(b, 99.9)
    assert max(s.slide for s in stances(streamed, detect_contacts(recorded))) < 0.02


def test_wrong_contacts_and_counts_are_refused(standing: Motion) -> None:
    with pytest.raises(ValueError, match=r"\(120, 2\)"):
        plant_feet(standing, np.zeros((120, 2), bool))
    with pytest.raises(ValueError, match="121"):
        plant_feet(standing, frozen=121)
    assert plant_feet(standing, frozen=120) is standing
