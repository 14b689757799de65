"""Hands out of the body: to the skin and no further, smoothly, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from practice import stance

from dance_core.motion import hinges, ik
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.capsules import ARMS, SUNK, depths, lines, nearest
from dance_core.motion.clearing import BESIDE, ENOUGH, FADE, FAR, GIVES, HURRY, hands_cleared
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.filters import differences
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion

FPS, FRAMES = 30.0, 120
LEFT_ARM = [sk.LEFT_SHOULDER, sk.LEFT_ELBOW, sk.LEFT_WRIST]


def reaching(*places: tuple[str, tuple[float, float, float]], frames: int = FRAMES, stay: int = 20,
             lower: float = 0.0) -> Motion:
    """A stance whose wrists go from places at their sides to given ones (m, from the pelvis) and back.

    Away and back last a second each, `stay` frames in between; the whole body is `lower` by so many metres.
    """
    still = stance()
    q = np.repeat(rot.quaternion_from_axis_angle(still.rotations), frames, 0)
    world = kin.global_rotations(q)
    at = kin.positions(world, np.repeat(still.translation, frames, 0))
    t = np.abs(np.arange(frames) - (frames - 1) / 2) - stay / 2
    share = (1.0 - minimum_jerk(t / FPS))[:, None]
    for side, place in places:
        i = hinges.SIDES.index(side)
        away = at[:, 0] + [0.45 - 0.9 * i, 0.1, 0.35]
        there = at[:, 0] + np.array(place)
        arm = ik.solve_arm(world[:, sk.LEFT_COLLAR + i], at[:, sk.LEFT_SHOULDER + i], side,
                           away + share * (there - away))
        for joint, local in ((sk.LEFT_SHOULDER, arm.shoulder), (sk.LEFT_ELBOW, arm.elbow),
                             (sk.LEFT_WRIST, arm.wrist)):
            q[:, joint + i] = local
    return Motion(FPS, rot.axis_angle_from_quaternion(q), np.repeat(still.translation, frames, 0)
                  - [0.0, lower, 0.0], np.zeros((frames, 52)))


IN_THE_BELLY = ("left", (0.10, 0.13, 0.02))


def depth(motion: Motion) -> np.ndarray:
    """(T,) m of the deepest place of palms and forearms in trunk, head and thighs."""
    return depths(motion).max((1, 2))


def shift(before: Motion, after: Motion, side: int = 0) -> np.ndarray:
    """(T, 3) m by which a wrist was moved."""
    joint = sk.LEFT_WRIST + side
    return kin.joints(after, 22)[:, joint] - kin.joints(before, 22)[:, joint]


@pytest.mark.parametrize("place", [
    (0.10, 0.13, 0.02), (0.05, 0.13, 0.10), (0.15, -0.1, 0.05), (0.0, 0.35, 0.1)])
def test_a_hand_in_the_body_comes_out_to_its_skin(place: tuple[float, float, float]) -> None:
    before = reaching(("left", place))
    after = hands_cleared(before)
    assert depth(before).max() > SUNK
    assert depth(after).max() < GIVES + ENOUGH + 0.003
    deep = depth(before) > SUNK
    assert depth(after)[deep].min() > -0.01, "to the skin, not further"
    assert np.linalg.norm(shift(before, after), axis=-1).max() < depth(before).max() + 0.05


def test_nothing_but_that_arm_changes_and_the_hand_keeps_its_orientation() -> None:
    before = reaching(IN_THE_BELLY)
    after = hands_cleared(before)
    others = [j for j in range(55) if j not in LEFT_ARM]
    assert np.array_equal(after.rotations[:, others], before.rotations[:, others])
    assert np.array_equal(after.translation, before.translation)
    hands = [kin.global_rotations(rot.quaternion_from_axis_angle(m.rotations[:, :22]))[:, sk.LEFT_WRIST]
             for m in (before, after)]
    assert rot.geodesic(*hands).max() < 1e-3
    changed = np.flatnonzero((after.rotations != before.rotations).any((1, 2)))
    touched = np.flatnonzero(depth(before) > GIVES)
    beside = 2 * BESIDE * FPS + 1
    assert touched[0] - beside <= changed[0] < touched[0], "it begins before the touch"
    assert touched[-1] < changed[-1] <= touched[-1] + beside, "and fades after it"


def test_who_holds_out_stays_bit_for_bit() -> None:
    for motion in (reaching(("left", (0.3, 0.1, 0.35))), reaching(), stance()):
        assert hands_cleared(motion) is motion
    cleared = hands_cleared(reaching(IN_THE_BELLY))
    again = hands_cleared(cleared)
    assert np.linalg.norm(shift(cleared, again), axis=-1).max() < 0.01, "once is next to enough"


def test_both_hands_are_pushed_alike_whichever_side_they_are_on() -> None:
    before = reaching(IN_THE_BELLY)
    expected = kin.joints(mirror(hands_cleared(before)), 22)
    assert kin.joints(hands_cleared(mirror(before)), 22) == pytest.approx(expected, abs=1e-4)


def test_the_displacement_grows_out_of_frames_that_were_given_out() -> None:
    before = reaching(IN_THE_BELLY)
    middle = FRAMES // 2  # the hand is deep in there already
    after = hands_cleared(before, middle)
    assert np.array_equal(after.rotations[:middle], before.rotations[:middle])
    moved = shift(before, after)
    steps = np.linalg.norm(differences(moved, FPS, 1), axis=-1)
    assert np.linalg.norm(moved[middle]) < 0.01 and np.linalg.norm(moved[middle + 6]) > 0.02
    assert steps.max() < 1.0 and np.linalg.norm(differences(moved, FPS, 2), axis=-1).max() < 12.0
    assert depth(after)[middle + 6:].max() < GIVES + 0.01
    with pytest.raises(ValueError, match="frozen is 121"):
        hands_cleared(before, FRAMES + 1)
    assert hands_cleared(before, FRAMES) is before


def test_the_displacement_has_no_jerk_of_its_own() -> None:
    """A curve of size s that rises over some τ has derivatives of about s/τ, s/τ² and s/τ³."""
    before = reaching(IN_THE_BELLY)
    moved = shift(before, hands_cleared(before))
    size = np.linalg.norm(moved, axis=-1).max()
    for order in (1, 2, 3):
        assert np.linalg.norm(differences(moved, FPS, order), axis=-1).max() < size / FADE**order


def test_a_hand_that_passes_through_goes_round() -> None:
    """The shortest way out is in front of a thigh at first and behind it at last."""
    before = reaching(("left", (0.11, -0.12, -0.03)), stay=0)
    after = hands_cleared(before)
    assert (depth(before) > SUNK).sum() > 4 and (depth(after) > SUNK).sum() <= 1
    assert np.linalg.norm(differences(shift(before, after), FPS), axis=-1).max() < 1.5


def test_of_two_arms_each_gives_way() -> None:
    before = reaching(("left", (-0.04, 0.2, 0.34)), ("right", (0.04, 0.2, 0.34)))
    after = hands_cleared(before)

    def overlap(motion: Motion) -> float:
        """m that both arms have in common, as far as they are as thick as palms."""
        found = lines(motion, ARMS)
        return 0.04 - min(float(nearest(found[:, a], found[:, b])[2].min()) for a in (0, 2) for b in (1, 3))

    assert overlap(before) > 0.035 and overlap(after) < overlap(before) - 0.005
    left, right = (np.linalg.norm(shift(before, after, i), axis=-1).max() for i in (0, 1))
    assert left == pytest.approx(right, rel=0.3) and left > 0.002


def test_hands_that_bear_weight_stay_on_the_floor() -> None:
    """The same touch, once in the air and once with the wrist 5 cm over the floor."""
    place = ("left", (0.15, -0.08, 0.05))
    wrist = kin.joints(reaching(place), 22)[:, sk.LEFT_WRIST, 1].min()
    high, low = reaching(place, frames=30, stay=90), reaching(place, frames=30, stay=90, lower=wrist - 0.05)
    assert hands_cleared(high) is not high and hands_cleared(low) is low


def test_no_hand_is_pushed_into_the_floor() -> None:
    still = reaching(("left", (0.15, -0.08, 0.05)))
    wrist = kin.joints(still, 22)[:, sk.LEFT_WRIST, 1].min()
    before = reaching(("left", (0.15, -0.08, 0.05)), lower=wrist - 0.11)
    after = hands_cleared(before)
    hand = [sk.LEFT_WRIST, *range(*sk.LEFT_HAND.indices(55))]
    low = [kin.joints(m)[:, hand, 1].min() for m in (before, after)]
    assert after is not before and low[1] > min(low[0], 0.0) - 0.01


PLACE = st.tuples(st.floats(-0.25, 0.25), st.floats(-0.2, 0.6), st.floats(-0.05, 0.3))


@settings(max_examples=20, deadline=None)
@example(left=(0.0, 0.41, 0.0), right=(0.0, 0.41, 0.0), frozen=0)  # next to the shoulders
@example(left=(0.0, 0.0, 0.0), right=(0.0, 0.41, 0.0), frozen=0)
@given(left=PLACE, right=PLACE, frozen=st.integers(0, FRAMES))
def test_wherever_hands_go(left: tuple[float, float, float], right: tuple[float, float, float],
                           frozen: int) -> None:
    before = reaching(("left", left), ("right", right))
    after = hands_cleared(before, frozen)
    assert np.array_equal(after.rotations[:frozen], before.rotations[:frozen])
    arms = [*LEFT_ARM, *(sk.MIRROR[j] for j in LEFT_ARM)]
    others = [j for j in range(55) if j not in arms]
    assert np.array_equal(after.rotations[:, others], before.rotations[:, others])
    assert (depth(after) > SUNK).sum() <= (depth(before) > SUNK).sum()
    for joint in (sk.LEFT_ELBOW, sk.RIGHT_ELBOW):
        q = [rot.quaternion_from_axis_angle(m.rotations[:, joint]) for m in (before, after)]
        assert hinges.bent_backwards(hinges.HINGES[joint], q[1]).max() < 3.0, "elbows bend their way"
        assert hinges.hinge_angles(hinges.HINGES[joint], q[1])[0].max() < hinges.MAX_FLEXION + 1.0
    for side in (0, 1):
        moved = shift(before, after, side)
        assert np.linalg.norm(moved, axis=-1).max() < FAR + 0.05
        assert np.linalg.norm(differences(moved, FPS), axis=-1).max() < HURRY + 0.01, "no arm is flung"
