"""Legs and arms that reach: on the target where it can be reached, never backwards, never NaN, never
abrupt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dance_core.motion import hinges, ik
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

STILL = np.array([1.0, 0.0, 0.0, 0.0])
LIMBS = [*hinges.LEGS.values(), *hinges.ARMS.values()]
places = arrays(np.float64, (3,), elements=st.floats(-2, 2, allow_subnormal=False))
directions = places.filter(lambda v: np.linalg.norm(v) > 0.1).map(lambda v: v / np.linalg.norm(v))
turns = directions.flatmap(lambda v: st.floats(0, 3.1).map(lambda a: rot.quaternion_from_axis_angle(v * a)))
sides = st.sampled_from(hinges.SIDES)


def leg_joints(leg: ik.Leg, side: str, pelvis: np.ndarray, position: np.ndarray) -> np.ndarray:
    """All joint places (12, 3) with one leg solved, by the project's own forward kinematics."""
    q = np.tile(STILL, (12, 1))
    q[0] = pelvis
    for name, local in (("hip", leg.hip), ("knee", leg.knee), ("ankle", leg.ankle), ("foot", leg.toe)):
        q[sk.joint(f"{side}_{name}")] = local
    return kin.positions(kin.global_rotations(q), position)


# limbs

@given(st.sampled_from(LIMBS), turns, places, directions, st.floats(0, 1), places)
def test_a_limb_meets_a_target_within_reach(limb, parent, root, direction, share, hint) -> None:
    near = float(limb.reach(np.radians(hinges.MAX_FLEXION))) + 0.031 * float(limb.reach(limb.straightest))
    far = 0.969 * float(limb.reach(limb.straightest))
    target = root + direction * (near + share * (far - near))
    upper, flexion, end = ik.solve_limb(limb, parent, root, target, hint)
    assert np.abs(end - target).max() < 1e-9
    # and so it is by going along the bones
    assert np.abs(root + rot.rotate(upper, limb.end(flexion)) - target).max() < 1e-9


@given(st.sampled_from(LIMBS), turns, places, places, places)
def test_a_limb_bends_its_own_way_only(limb, parent, root, target, hint) -> None:
    upper, flexion, end = ik.solve_limb(limb, parent, root, target, hint)
    assert np.isfinite(upper).all()
    assert np.linalg.norm(upper) == pytest.approx(1, abs=1e-9)
    assert 0 <= np.degrees(flexion) <= hinges.MAX_FLEXION + 1e-6
    measured, sideways = hinges.hinge_angles(limb, limb.hinge(flexion))
    assert measured == pytest.approx(np.degrees(flexion), abs=1e-6)
    assert sideways == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("limb", LIMBS)
def test_the_middle_joint_stays_slow_when_the_target_leaves_reach(limb: hinges.Limb) -> None:
    """A hard stop straightens a knee infinitely fast; the soft one at a few times the target's own speed."""
    longest = float(limb.reach(limb.straightest))
    times = np.linspace(0, 1, 2001)
    target = (0.75 + 0.5 * times)[:, None] * limb.end(limb.straightest)  # out of reach at 0.5 s
    speed = {}
    for soft in (0.0, ik.SOFT):
        upper, _, end = ik.solve_limb(limb, STILL, np.zeros(3), target, soft=soft)
        middle = rot.rotate(upper, limb.upper)
        speed[soft] = np.linalg.norm(np.diff(middle, axis=0), axis=-1).max() * 2000
        assert np.linalg.norm(np.diff(end, axis=0), axis=-1).max() * 2000 < 0.501 * longest
    assert speed[ik.SOFT] < 1.9 * longest
    assert speed[0.0] > 4 * speed[ik.SOFT]


@pytest.mark.parametrize("limb", LIMBS)
def test_a_target_on_the_root_has_a_limb_that_hangs_folded(limb: hinges.Limb) -> None:
    upper, flexion, end = ik.solve_limb(limb, STILL, np.ones(3), np.ones(3))
    assert np.isfinite(upper).all() and np.isfinite(end).all()
    assert hinges.MAX_FLEXION - 5 < np.degrees(flexion) <= hinges.MAX_FLEXION


@given(sides, turns, places, directions, st.floats(0.35, 0.95))
def test_a_solved_leg_stands_on_its_ankle(side, pelvis, position, direction, share) -> None:
    hip = position + rot.rotate(pelvis, sk.BONES[sk.joint(f"{side}_hip")])
    ankle = hip + direction * share * (sk.THIGH + sk.SHIN)
    leg = ik.solve_leg(pelvis, position, side, ankle)
    where = leg_joints(leg, side, pelvis, position)
    assert np.abs(where[sk.joint(f"{side}_ankle")] - ankle).max() < 1e-6
    assert np.abs(where[sk.joint(f"{side}_knee")] - leg.knee_position).max() < 1e-9


@pytest.mark.parametrize("side", hinges.SIDES)
def test_standing_at_rest_needs_no_bend(side: str) -> None:
    ankle = sk.REST_JOINTS[sk.joint(f"{side}_ankle")]
    leg = ik.solve_leg(STILL, sk.REST_JOINTS[0], side, ankle, (0, 0, 1), STILL, soft=0.0)
    for q in (leg.hip, leg.knee, leg.ankle, leg.toe):
        assert np.degrees(rot.geodesic(q, STILL)) < 0.1


@pytest.mark.parametrize("side", hinges.SIDES)
def test_a_squat_brings_the_knees_forward_and_keeps_the_feet_flat(side: str) -> None:
    ankle = sk.REST_JOINTS[sk.joint(f"{side}_ankle")]
    position = sk.REST_JOINTS[0] - [0, 0.17, 0.07]
    leg = ik.solve_leg(STILL, position, side, ankle, (0, 0, 1), STILL)
    assert np.degrees(leg.flexion) > 60
    assert leg.knee_position[2] > 0.15
    world = rot.multiply(rot.multiply(leg.hip, leg.knee), leg.ankle)
    assert np.degrees(rot.geodesic(world, STILL)) < 0.1


def test_both_legs_are_mirror_images() -> None:
    turn = rot.quaternion_from_axis_angle([0.1, 0.3, -0.2])
    turned = rot.quaternion_from_axis_angle([0.1, -0.3, 0.2])
    left = ik.solve_leg(turn, (0.1, 0.8, 0), "left", (0.3, 0.2, 0.2), (0.2, 0, 1), turn)
    right = ik.solve_leg(turned, (-0.1, 0.8, 0), "right", (-0.3, 0.2, 0.2), (-0.2, 0, 1), turned)
    for name in ("hip", "knee", "ankle"):
        a, b = (rot.axis_angle_from_quaternion(getattr(leg, name)) for leg in (left, right))
        assert np.allclose(a, b * [1, -1, -1], atol=1e-9), name


def test_a_kick_along_the_hint_is_as_smooth_as_any() -> None:
    """The leg swings from down to up through the direction that the knee is asked to point in."""
    angle = np.linspace(0.2, 2.2, 400)
    hip = sk.REST_JOINTS[sk.LEFT_HIP]
    ankle = hip + 0.7 * np.stack([0 * angle, -np.cos(angle), np.sin(angle)], -1)
    leg = ik.solve_leg(STILL, sk.REST_JOINTS[0], "left", ankle, (0, 0, 1))
    assert rot.geodesic(leg.hip[:-1], leg.hip[1:]).max() < 4 * (angle[1] - angle[0])
    assert (leg.knee_position[:, 1] - (hip + ankle)[:, 1] / 2)[200:].min() > 0  # the knee ends up above


@given(sides, turns, turns)
def test_an_ankle_turns_no_further_than_ankles_do(side, pelvis, foot) -> None:
    leg = ik.solve_leg(pelvis, (0, 0.7, 0), side, (0.1, 0.07, 0.1), None, foot)
    turn = np.degrees(2 * np.arctan2(leg.ankle[1], leg.ankle[0]))
    assert ik.ANKLE_LIMITS[0][0] - 1e-6 <= turn <= ik.ANKLE_LIMITS[0][1] + 1e-6
    assert np.isfinite(leg.ankle).all()


def test_a_deep_squat_raises_the_heels_and_keeps_the_balls_of_the_feet() -> None:
    ankle = np.array([0.12, sk.ANKLE_HEIGHT, 0.0])
    position = np.array([0.0, 0.45, -0.05])
    leg = ik.solve_leg(STILL, position, "left", ankle, (0, 0, 1), STILL, heel_rises=True)
    flat = ik.solve_leg(STILL, position, "left", ankle, (0, 0, 1), STILL)
    ball = ankle + sk.BONES[sk.LEFT_FOOT]
    where = leg_joints(leg, "left", STILL, position)
    assert leg.ankle_position[1] > ankle[1] + 0.02
    assert np.abs(where[sk.LEFT_FOOT] - ball).max() < 0.002
    assert np.abs(leg_joints(flat, "left", STILL, position)[sk.LEFT_FOOT] - ball).max() > 0.02
    toes = rot.multiply(rot.multiply(rot.multiply(leg.hip, leg.knee), leg.ankle), leg.toe)
    assert np.degrees(rot.geodesic(toes, STILL)) < 3


@given(sides, turns, turns, st.floats(0, 1), directions, st.floats(0.4, 0.95))
def test_a_solved_arm_has_its_wrist_in_place_whatever_the_hand(side, collar, hand, share, way, far) -> None:
    shoulder = np.array([0.2, 1.4, 0.0])
    wrist = shoulder + way * far * float(hinges.ARMS[side].reach(hinges.ARMS[side].straightest))
    arm = ik.solve_arm(collar, shoulder, side, wrist, (0, -1, -0.5), hand, twist_share=share)
    upper = rot.multiply(collar, arm.shoulder)
    elbow = shoulder + rot.rotate(upper, hinges.ARMS[side].upper)
    end = elbow + rot.rotate(rot.multiply(upper, arm.elbow), hinges.ARMS[side].lower)
    assert np.abs(end - wrist).max() < 1e-6
    assert np.abs(elbow - arm.elbow_position).max() < 1e-9
    bend, sideways = hinges.hinge_angles(hinges.ARMS[side], arm.elbow)
    assert bend == pytest.approx(np.degrees(arm.flexion), abs=1e-6)
    assert sideways == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("side", hinges.SIDES)
def test_a_hand_within_its_range_is_turned_as_asked(side: str, share: float) -> None:
    sign = 1 if side == "left" else -1
    shoulder, wrist = np.array([0.2 * sign, 1.4, 0]), np.array([0.45 * sign, 1.3, 0.25])
    rest = ik.solve_arm(STILL, shoulder, side, wrist)
    forearm = rot.multiply(rest.shoulder, rest.elbow)
    asked = rot.multiply(forearm, rot.quaternion_from_axis_angle([0.8 * sign, 0.1 * sign, -0.4 * sign]))
    arm = ik.solve_arm(STILL, shoulder, side, wrist, None, asked, twist_share=share)
    got = rot.multiply(rot.multiply(arm.shoulder, arm.elbow), arm.wrist)
    assert np.degrees(rot.geodesic(got, asked)) < 0.01


def test_an_elbow_and_a_knee_bend_the_way_that_bodies_do() -> None:
    bent = Motion(30, np.zeros((1, 55, 3)), np.zeros((1, 3)), np.zeros((1, 52)))
    rotations = bent.rotations.copy()
    for s, limbs in ((i, ("knee", "elbow")) for i in hinges.SIDES):
        for name in limbs:
            limb = (hinges.LEGS if name == "knee" else hinges.ARMS)[s]
            rotations[0, sk.joint(f"{s}_{name}")] = limb.axis * np.radians(70)
    where = kin.joints(Motion(30, rotations, bent.translation, bent.face))[0]
    assert (where[[sk.LEFT_ANKLE, sk.RIGHT_ANKLE], 2] < where[[sk.LEFT_KNEE, sk.RIGHT_KNEE], 2] - 0.3).all()
    assert (where[[sk.LEFT_WRIST, sk.RIGHT_WRIST], 2] > where[[sk.LEFT_ELBOW, sk.RIGHT_ELBOW], 2] + 0.2).all()


@given(st.floats(-60, 175), st.floats(-80, 80))
def test_flexion_is_signed_and_blind_to_the_twist_of_the_bone(flexion: float, twist: float) -> None:
    rotations = np.zeros((1, 55, 3))
    for joint, limb in ((sk.LEFT_KNEE, hinges.LEGS["left"]), (sk.RIGHT_KNEE, hinges.LEGS["right"]),
                        (sk.LEFT_ELBOW, hinges.ARMS["left"]), (sk.RIGHT_ELBOW, hinges.ARMS["right"])):
        own = limb.lower / np.linalg.norm(limb.lower) * np.radians(twist)
        q = rot.multiply(limb.hinge(np.radians(flexion)), rot.quaternion_from_axis_angle(own))
        rotations[0, joint] = rot.axis_angle_from_quaternion(q)
    motion = Motion(30, rotations, np.zeros((1, 3)), np.zeros((1, 52)))
    assert np.allclose(hinges.knee_flexion(motion), flexion, atol=1e-3)
    assert np.allclose(hinges.elbow_flexion(motion), flexion, atol=1e-3)


def test_recorded_knees_bend_their_way(recorded: Motion) -> None:
    """The data's own README says so: no knee bends backwards more than 12°."""
    assert hinges.knee_flexion(recorded).min() > -12
    assert hinges.knee_flexion(recorded).max() > 30


def test_a_side_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="middle"):
        ik.solve_leg(STILL, np.zeros(3), "middle", np.zeros(3))


def test_frames_and_single_poses_give_the_same() -> None:
    rng = np.random.default_rng(2)
    q = rot.quaternion_from_axis_angle(rng.normal(size=(6, 3)))
    ankle = rng.normal(size=(6, 3)) * 0.3
    many = ik.solve_leg(q, np.zeros((6, 3)), "right", ankle, (0, 0, 1), q)
    for t in range(6):
        one = ik.solve_leg(q[t], np.zeros(3), "right", ankle[t], (0, 0, 1), q[t])
        assert rot.geodesic(one.hip, many.hip[t]) < 1e-7
        assert rot.geodesic(one.ankle, many.ankle[t]) < 1e-7


@given(st.floats(-10, 10), st.floats(0, 2))
def test_a_soft_limit_is_nothing_inside_and_never_crossed(value: float, margin: float) -> None:
    out = float(ik.soft_limit(value, -3.0, 4.0, margin))
    assert -3.0 <= out <= 4.0
    if -3.0 + margin <= value <= 4.0 - margin:
        assert out == pytest.approx(value, abs=1e-12)


def test_an_arm_that_reaches_far_with_an_elbow_turned_aside_is_kept_from_bending_backwards() -> None:
    """The worst of 200,000 random elbows and targets: 7.5 degrees beyond straight, 3 before."""
    limb = hinges.ARMS["left"]
    elbow = np.array([[0.72502388, -0.40926378, 0.29656873, -0.46785738]])
    target = np.array([[0.41368255, -0.34781416, 0.13018952]])
    _, reached = ik.arm_reaching("left", np.array([[1.0, 0, 0, 0]]), elbow, target)
    assert hinges.bent_backwards(limb, elbow)[0] < 3.01 < 7.0 < hinges.bent_backwards(limb, reached)[0]
    assert hinges.bent_backwards(limb, hinges.hinge_kept(limb, reached))[0] < 4.5


@given(arrays(np.float64, (6, 3), elements=st.floats(-1.2, 1.2)))
def test_an_elbow_a_little_beyond_straight_is_left_alone(angles: np.ndarray) -> None:
    limb, q = hinges.ARMS["left"], rot.quaternion_from_axis_angle(angles)
    wrong, kept = hinges.bent_backwards(limb, q), hinges.hinge_kept(limb, q, 3.0, 4.5)
    assert np.array_equal(kept[wrong <= 3.0], q[wrong <= 3.0])
    assert hinges.bent_backwards(limb, kept).max() < 4.51


@given(arrays(np.float64, (6, 4, 3), elements=st.floats(-1.2, 1.2)))
def test_hinges_are_kept_from_bending_the_wrong_way(angles: np.ndarray) -> None:
    rotations = np.zeros((6, 55, 3))
    rotations[:, list(hinges.HINGES)] = angles
    motion = Motion(30, rotations, np.zeros((6, 3)), np.zeros((6, 52)))
    kept = hinges.hinges_kept(motion, 3.0)
    for joint, limb in hinges.HINGES.items():
        before, after = (rot.quaternion_from_axis_angle(m.rotations[:, joint]) for m in (motion, kept))
        wrong, left = hinges.bent_backwards(limb, before), hinges.bent_backwards(limb, after)
        assert left.max() < 3.01
        right_way = wrong == 0
        assert np.array_equal(kept.rotations[right_way, joint], motion.rotations[right_way, joint])
        moved = np.degrees(rot.geodesic(before, after))
        assert np.allclose(moved[~right_way], (wrong - left)[~right_way], atol=0.05), "no more than is needed"
    others = [j for j in range(55) if j not in hinges.HINGES]
    assert np.array_equal(kept.rotations[:, others], motion.rotations[:, others])


ELBOWS = st.tuples(st.floats(-1.5, 1.5), st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))


@given(st.sampled_from(hinges.SIDES), ELBOWS, st.tuples(*[st.floats(-0.03, 0.03)] * 3))
def test_an_arm_of_any_style_reaches_a_place_near_by(side: str, angles: tuple[float, float, float],
                                                     way: tuple[float, float, float]) -> None:
    """A twisted elbow, bent sideways, stays as it is where its wrist is, and for little changes little."""
    limb = hinges.ARMS[side]
    elbow = rot.multiply(limb.hinge(1.2), rot.quaternion_from_axis_angle(0.3 * np.array(angles)))[None]
    upper = rot.quaternion_from_axis_angle(np.array(angles))[None]
    wrist = rot.rotate(upper, limb.upper + rot.rotate(elbow, limb.lower))
    same = ik.arm_reaching(side, upper, elbow, wrist)
    assert rot.geodesic(same[0], upper).max() < 1e-6 and rot.geodesic(same[1], elbow).max() < 1e-6
    there = ik.arm_reaching(side, upper, elbow, wrist + way)
    reached = rot.rotate(there[0], limb.upper + rot.rotate(there[1], limb.lower))
    assert np.linalg.norm(reached - wrist - way) < 0.003
    assert rot.geodesic(there[1], elbow).max() < 1.0


@pytest.mark.parametrize("flexion", [-2.0, 0.0, 1.0])
def test_a_straight_arm_turns_as_one(flexion: float) -> None:
    """A centimetre less of reach would bend it by 30 degrees: it gives up following before."""
    limb = hinges.ARMS["left"]
    elbow = limb.hinge(np.radians([flexion]))
    wrist = limb.upper + rot.rotate(elbow, limb.lower)
    for size in (0.97, 1.0, 1.1):
        upper, bent = ik.arm_reaching("left", rot.IDENTITY[None], elbow, size * wrist)
        now = float(hinges.hinge_angles(limb, bent)[0][0])
        assert now < 10.0 and now >= min(flexion, 0.0) - 1e-6, "no further past straight"
    aside = wrist + [[0.0, 0.1, 0.0]]
    upper, bent = ik.arm_reaching("left", rot.IDENTITY[None], elbow, aside)
    reached = rot.rotate(upper, limb.upper + rot.rotate(bent, limb.lower))
    assert np.cross(reached, aside) == pytest.approx(0.0, abs=1e-9), "in the right direction"


def test_an_elbow_bends_no_further_than_elbows_do() -> None:
    limb = hinges.ARMS["right"]
    elbow = limb.hinge(np.radians([120.0]))
    wrist = limb.upper + rot.rotate(elbow, limb.lower)
    upper, bent = ik.arm_reaching("right", rot.IDENTITY[None], elbow, 0.01 * wrist)
    assert hinges.hinge_angles(limb, bent)[0] == pytest.approx(hinges.MAX_FLEXION, abs=1.0)
