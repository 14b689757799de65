"""A dance that hardly leaves one pose is told of, and when; one that moves about, turns or walks is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dance_core.evaluation.faults import Dance, find_hints
from dance_core.evaluation.faults.hints import LONG_S, SMALL, pose_spread
from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion


def swaying(seconds: float, arms: np.ndarray, fps: float = 30.0) -> Motion:
    """Both upper arms go up and down by so many radians (T,) at 1 Hz, and the back bends by half as much."""
    t = np.arange(round(seconds * fps)) / fps
    rotations = np.zeros((len(t), 55, 3))
    for joint, side in ((16, 1.0), (17, -1.0)):
        rotations[:, joint, 2] = side * (arms * np.sin(2 * np.pi * t) - 0.6)
    rotations[:, 3, 0] = 0.5 * arms * np.sin(2 * np.pi * t)
    place = np.tile([0.0, 0.95, 0.0], (len(t), 1))
    return Motion(fps, rotations, place, np.zeros((len(t), 52)))


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_the_seconds_of_one_pose_are_told(fps: float) -> None:
    t = np.arange(round(40 * fps)) / fps
    motion = swaying(40, np.where((t > 8) & (t < 31), 0.05, 1.6), fps)
    hint, = find_hints(Dance.of(motion))
    assert hint.start_s == pytest.approx(8, abs=1.0) and hint.stop_s == pytest.approx(31, abs=1.0)
    assert hint.value < 100 * SMALL and "Hardly leaves one pose from" in hint.sentence
    assert hint.record()["stop_s"] == pytest.approx(hint.stop_s, abs=1e-3)
    assert not find_hints(Dance.of(swaying(40, np.full(len(t), 1.6), fps)))


def test_turning_and_walking_alone_are_no_other_pose() -> None:
    still = swaying(20, np.full(600, 0.05))
    t = np.arange(600) / 30
    rotations = still.rotations.copy()
    rotations[:, 0] = rot.axis_angle_from_quaternion(rot.quaternion_about("y", np.sin(t)))
    moved = replace(still, rotations=rotations,
                    translation=still.translation + np.stack([0.3 * t, 0 * t, 0 * t], -1))
    assert pose_spread(Dance.of(moved)) == pytest.approx(pose_spread(Dance.of(still)), abs=1e-4)
    assert len(find_hints(Dance.of(moved))) == 1


def test_a_short_dance_has_none() -> None:
    assert not find_hints(Dance.of(swaying(LONG_S - 0.1, np.zeros(round(30 * (LONG_S - 0.1))))))
