"""What flies is slowed: the same poses, more time for them where a joint is too fast, less around it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.generators.nets.slowing import FAR, FLING, unhurried
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion


def fastest(motion: Motion) -> float:
    return float(np.linalg.norm(np.diff(kin.joints(motion), axis=0), axis=-1).max()) * motion.fps


def swinging(degrees: float, frames: int, joint: int = 16, axis: int = 2, at: int = 60) -> Motion:
    """Somebody who stands still but for one joint, which turns by so much in so many frames."""
    rotations = np.zeros((150, 55, 3))
    rotations[:, joint, axis] = np.radians(degrees) * np.clip((np.arange(150) - at) / frames, 0.0, 1.0)
    return Motion(30, rotations, np.tile([0.0, 0.9, 0.0], (150, 1)), np.zeros((150, 52)))


@pytest.mark.parametrize(("joint", "degrees", "axis"), [
    (1, -38, 0),  # a kick from one frame to the next: 15 m/s at the foot
    (16, 38, 2),  # the wrist is below FLING, the tip of the middle finger is not
    (17, -160, 2),
])
def test_a_joint_that_flies_takes_its_time(joint: int, degrees: float, axis: int) -> None:
    before = swinging(degrees, 1, joint, axis)
    after = unhurried(before, 20)
    assert fastest(before) > FLING > fastest(after)
    angle = after.rotations[:, joint, axis] / np.radians(degrees)
    assert np.all(np.diff(angle) > -0.05) and angle.min() > -0.1 and angle.max() < 1.1, "the same way, once"
    others = [j for j in range(55) if j != joint]
    assert np.abs(after.rotations[:, others]).max() < 1e-6
    far = np.abs(np.arange(150) - 60) > FAR + 8
    assert np.array_equal(after.rotations[far], before.rotations[far])


@settings(max_examples=25, deadline=None)
@given(st.floats(60, 170), st.integers(2, 6), st.integers(0, 140))
def test_the_dance_is_as_long_and_ends_as_it_did(degrees: float, frames: int, frozen: int) -> None:
    before = swinging(degrees, frames)
    after = unhurried(before, frozen)
    assert len(after) == len(before) and fastest(after) <= fastest(before) + 1e-3
    assert np.array_equal(after.rotations[:frozen], before.rotations[:frozen])
    assert np.array_equal(after.rotations[-1], before.rotations[-1])


def test_the_whole_body_goes_slower_together(motion: Motion) -> None:
    """Every new pose is one that the dance passes through anyway."""
    dance = motion.slice(0, 90)
    quick = Motion(30, dance.rotations[::3], dance.translation[::3], dance.face[::3])
    limit = 0.8 * fastest(quick)
    slow = unhurried(quick, 1, limit)
    assert fastest(slow) < 0.93 * fastest(quick)
    fine = rot.quaternion_from_axis_angle(dance.rotations)
    for pose in rot.quaternion_from_axis_angle(slow.rotations):
        assert np.degrees(rot.geodesic(fine, pose).max(-1).min()) < 20.0


def test_what_is_slow_enough_stays_the_same_object() -> None:
    dance = swinging(38, 6)
    assert unhurried(dance, 0) is dance and unhurried(dance.slice(0, 1), 0).same_as(dance.slice(0, 1))


def test_what_could_not_be_made_up_for_is_only_eased() -> None:
    """Where everything flies there is no time to be had, and nothing gets worse."""
    rotations = np.zeros((60, 55, 3))
    rotations[:, 16, 2] = np.tile([0.0, 1.0], 30)
    dance = Motion(30, rotations, np.tile([0.0, 0.9, 0.0], (60, 1)), np.zeros((60, 52)))
    assert FLING < fastest(unhurried(dance, 1)) <= fastest(dance) + 1e-3
