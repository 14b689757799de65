"""Twist of arms: nothing moves but the skin."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.motion import hinges
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.arms import SHARE, elbows_calibrated, twist_shared
from dance_core.motion.motion import Motion


def test_places_and_hands_stay(make_motion) -> None:
    motion = make_motion(60)
    shared = twist_shared(motion)
    assert np.abs(kin.joints(shared) - kin.joints(motion)).max() < 1e-5
    before, after = (kin.global_rotations(rot.quaternion_from_axis_angle(m.rotations))[:, [sk.LEFT_WRIST,
                                                                                          sk.RIGHT_WRIST]]
                     for m in (motion, shared))
    assert rot.geodesic(before, after).max() < 1e-5


@pytest.mark.parametrize("degrees", [-80.0, 30.0, 170.0])
def test_the_forearm_takes_its_share(make_motion, degrees: float) -> None:
    motion = make_motion(2)
    motion.rotations[:, 12:] = 0.0
    axis = hinges.ARMS["right"].lower / np.linalg.norm(hinges.ARMS["right"].lower)
    motion.rotations[:, sk.RIGHT_WRIST] = np.radians(degrees) * axis
    shared = twist_shared(motion)
    for joint, share in ((sk.RIGHT_ELBOW, SHARE), (sk.RIGHT_WRIST, 1 - SHARE), (sk.LEFT_ELBOW, 0.0)):
        turn = shared.rotations[:, joint]
        assert np.degrees(turn) == pytest.approx(np.tile(share * degrees * axis, (2, 1)), abs=1e-3)


@pytest.mark.parametrize("degrees", [-50.0, 35.0])
def test_elbows_bend_their_way_again(make_motion, degrees: float) -> None:
    """Hinged elbows, then both upper arms twisted about themselves with the forearms left where they are."""
    motion = make_motion(60)
    bend = 0.9 + 0.5 * np.sin(np.arange(60) / 9)
    for i, side in enumerate(hinges.SIDES):
        motion.rotations[:, sk.LEFT_ELBOW + i] = bend[:, None] * hinges.ARMS[side].axis
    twisted = motion.rotations.copy()
    for i, side in enumerate(hinges.SIDES):
        along = hinges.ARMS[side].upper / np.linalg.norm(hinges.ARMS[side].upper)
        turn = rot.quaternion_from_axis_angle(np.radians(degrees) * along)
        for j, q in ((sk.LEFT_SHOULDER + i, lambda q, t: rot.multiply(q, t)),
                     (sk.LEFT_ELBOW + i, lambda q, t: rot.multiply(rot.inverse(t), q))):
            now = rot.quaternion_from_axis_angle(motion.rotations[:, j])
            twisted[:, j] = rot.axis_angle_from_quaternion(q(now, turn))
    wrong = Motion(30, twisted, motion.translation, motion.face)
    right = elbows_calibrated(wrong)
    assert np.abs(kin.joints(right) - kin.joints(wrong)).max() < 1e-5
    elbows = [sk.LEFT_ELBOW, sk.RIGHT_ELBOW]
    apart = rot.geodesic(*(rot.quaternion_from_axis_angle(m.rotations[:, elbows]) for m in (right, motion)))
    assert np.degrees(apart).max() < 3  # forearms leave the hinge's plane by a degree or two at rest


def test_straight_arms_tell_nothing(make_motion) -> None:
    motion = make_motion(30)
    motion.rotations[:, [sk.LEFT_ELBOW, sk.RIGHT_ELBOW]] = 0.0
    assert np.abs(elbows_calibrated(motion).rotations - motion.rotations).max() < 1e-5
