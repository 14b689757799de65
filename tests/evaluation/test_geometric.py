"""Geometric features: poses whose predicates are known, thresholds from both sides, 30 and 60 Hz."""

from __future__ import annotations

import numpy as np
import pytest
from measured_motions import held, rocking

from dance_core.evaluation.geometric import _HL, FPS, GEOMETRIC_NAMES, geometric_features, geometric_from
from dance_core.evaluation.places import smpl_joints

T_POSE = np.array([  # SMPL's 24 joints of somebody with arms spread, facing +Z, left = +X
    [0, 0.95, 0], [0.06, 0.87, 0], [-0.06, 0.87, 0], [0, 1.05, 0], [0.1, 0.5, 0], [-0.1, 0.5, 0],
    [0, 1.18, 0],
    [0.1, 0.08, -0.03], [-0.1, 0.08, -0.03], [0, 1.25, 0], [0.1, 0.02, 0.1], [-0.1, 0.02, 0.1], [0, 1.45, 0],
    [0.08, 1.38, 0], [-0.08, 1.38, 0], [0, 1.55, 0.02], [0.19, 1.4, 0], [-0.19, 1.4, 0], [0.45, 1.4, 0],
    [-0.45, 1.4, 0], [0.7, 1.4, 0], [-0.7, 1.4, 0], [0.78, 1.4, 0], [-0.78, 1.4, 0]])


def still(pose: np.ndarray, frames: int = 10) -> np.ndarray:
    return np.repeat(pose[None], frames, 0)


def named(values: np.ndarray) -> dict[str, float]:
    return dict(zip(GEOMETRIC_NAMES, values, strict=True))


def test_there_are_32_shares():
    found = geometric_features(rocking())
    assert found.shape == (32,) and len(set(GEOMETRIC_NAMES)) == 32
    assert ((found >= 0) & (found <= 1)).all()


def test_a_t_pose_by_hand():
    found = named(geometric_from(still(T_POSE)))
    assert found["bent r_elbow r_shoulder r_elbow r_wrist"] == 0  # the arms are straight: 180°
    assert found["bent neck root r_shoulder r_elbow"] == 1  # 90° from the trunk
    assert found["bent neck root r_hip r_knee"] == 0  # legs along the trunk
    assert found["fast r_wrist"] == 0 and found["upright neck root"] == 0  # nothing moves, trunk upright
    # hands 1.4 m apart, not 2.5 shoulder widths of .39 further than …: 1.4 m > 0.98 m the other way round
    assert found["ahead l_shoulder r_shoulder l_wrist r_wrist"] == 1
    assert found["below r_wrist"] == 0  # 1.38 m above the lowest joint


def test_raising_a_foot_and_lying_down_are_seen():
    kick = T_POSE.copy()
    kick[8, 1] = 0.02 + 1.2 * _HL + 0.01
    assert named(geometric_from(still(kick)))["above r_ankle"] == 1
    kick[8, 1] -= 0.02
    assert named(geometric_from(still(kick)))["above r_ankle"] == 0
    lying = T_POSE[:, [0, 2, 1]]
    assert named(geometric_from(still(lying)))["upright neck root"] == 1


def test_speeds_are_doubled_in_the_scorers_form_only():
    # a wrist at 0.8 of the threshold: true seconds say slow, the scorers' 1/120 s says fast
    walk = still(T_POSE, 60)
    walk[:, 21, 1] += 0.8 * 2.5 * _HL * np.arange(60) / FPS
    assert named(geometric_from(walk))["fast r_wrist"] == 1
    assert named(geometric_from(walk, fixed=True))["fast r_wrist"] == 0


def test_move_looks_at_the_fourth_joint_only_when_fixed():
    # the right wrist goes up along the trunk, the chest stays
    up = still(T_POSE, 30)
    up[:, 21, 1] += 1.0 * np.arange(30) / FPS
    name = "move belly chest chest r_wrist"
    assert named(geometric_from(up, fixed=True))[name] == 1
    assert named(geometric_from(up))[name] == 0


def test_half_of_the_frames_is_a_half():
    mixed = still(T_POSE, 101)
    mixed[51:, 8, 1] += 0.6
    assert named(geometric_from(mixed))["above r_ankle"] == pytest.approx(0.5)


@pytest.mark.parametrize("fixed", [False, True])
def test_30_and_60_frames_a_second_agree(fixed):
    slow, fast = geometric_features(rocking(30.0), fixed), geometric_features(rocking(60.0), fixed)
    assert slow == pytest.approx(fast, abs=0.02)


def test_this_body_in_the_neutral_pose_stands_upright():
    found = named(geometric_from(smpl_joints(held(1.0))))
    assert found["upright neck root"] == 0 and found["below l_wrist"] == 0
    with pytest.raises(ValueError, match="1 frames"):
        geometric_from(np.zeros((1, 24, 3)))
