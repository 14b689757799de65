"""The two blends and the measure of roughness, by closed form."""

from __future__ import annotations

import numpy as np
import pytest
from practice import stance

from dance_core.longform.blend import Track, agreement, cosine, inertial, jumps, worst
from dance_core.motion import rotations as rot
from dance_core.motion.motion import FACE, Motion


def still(frames: int, elbow: float, x: float = 0.0) -> Track:
    """Standing with the left elbow at an angle (radians), the pelvis at x metres."""
    one = stance()
    rotations = np.repeat(one.rotations, frames, 0)
    rotations[:, 18] = (0.0, -elbow, 0.0)
    place = np.repeat(one.translation, frames, 0) + np.array([x, 0, 0], np.float32)
    return Track.of(Motion(30.0, rotations, place, np.full((frames, FACE), 0.5)))


def elbow(track: Track) -> np.ndarray:
    return -rot.axis_angle_from_quaternion(track.rotations[:, 18])[:, 1]


@pytest.mark.parametrize("blend", [cosine, inertial])
def test_a_blend_of_a_pose_with_itself_is_that_pose(blend):
    mixed = blend(still(15, 0.4), still(15, 0.4))
    assert np.abs(mixed.rotations - still(15, 0.4).rotations).max() < 1e-12
    assert np.abs(mixed.pelvis - still(15, 0.4).pelvis).max() < 1e-12


def test_cosine_follows_half_a_cosine():
    mixed = cosine(still(15, 0.0), still(15, 1.0, x=2.0))
    w = 0.5 - 0.5 * np.cos(np.pi * np.arange(1, 16) / 16)
    assert np.allclose(elbow(mixed), w, atol=1e-6)
    assert np.allclose(mixed.pelvis[:, 0] - mixed.pelvis[0, 0], 2 * (w - w[0]), atol=1e-6)


def test_inertial_begins_at_the_old_pose_and_dies_away():
    mixed = inertial(still(15, 0.0), still(15, 1.0))
    angles = elbow(mixed)
    assert angles[0] == pytest.approx(0.0, abs=1e-6)
    assert (np.diff(angles) > 0).all() and angles[-1] > 0.99


def test_inertial_keeps_the_old_speed():
    t = np.arange(15) / 30
    a, b = still(15, 0.0), still(15, 0.0)
    a.pelvis[:, 0] += 0.5 * t  # walks at 0.5 m/s into one who stands
    mixed = inertial(a, b)
    speeds = np.diff(mixed.pelvis[:, 0]) * 30
    assert speeds[0] == pytest.approx(0.5, rel=0.1)
    assert abs(speeds[-1]) < 0.1
    assert mixed.pelvis[-1, 0] == pytest.approx(0.0, abs=0.01)


def test_agreement_counts_the_first_frames_that_are_the_same():
    a, b = still(10, 0.3), still(10, 0.3)
    assert agreement(a, b) == 10
    b.pelvis[6:, 0] += 0.002
    assert agreement(a, b) == 6
    b.pelvis[:, 0] = a.pelvis[:, 0] + 0.0009  # under a millimetre
    assert agreement(a, b) == 10
    c = still(10, 0.3 + np.radians(0.2))
    assert agreement(a, c) == 0
    smiling = still(10, 0.3)
    smiling.face[8:, 3] += 0.1
    assert agreement(a, smiling) == 8, "a face is a part of who dances"


def test_jumps_of_a_step_and_of_a_constant_acceleration():
    joints = np.zeros((10, 1, 3))
    joints[5:, 0, 0] = 0.1  # jumps by 10 cm between frames 4 and 5
    position, velocity, acceleration = jumps(joints, 30.0)
    assert position[5] == pytest.approx(0.1) and position.sum() == pytest.approx(0.1)
    assert velocity[[4, 5]] == pytest.approx([3.0, 3.0])
    assert acceleration[3:7].max() == pytest.approx(180.0)  # from +90 to -90 m/s²
    falling = np.zeros((10, 1, 3))
    falling[:, 0, 1] = -0.5 * 9.81 * (np.arange(10) / 30) ** 2
    _, velocity, acceleration = jumps(falling, 30.0)
    assert velocity[1:-1] * 30 == pytest.approx(np.full(8, 9.81))
    assert acceleration.max() < 1e-9
    assert worst(jumps(joints, 30.0), 6, 10).position == 0.0
