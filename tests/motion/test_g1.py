"""The G1 robot's rows of numbers: where known joint angles put a person's limbs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.g1 import COLUMNS, JOINTS, figure_from_rows, load_g1, read_rows
from dance_core.motion.motion import Motion
from dance_core.motion.retargeting import metres_per_unit, motion_from_figure

AHEAD, LEFT, UP = np.eye(3)[[2, 0, 1]]


def robot(**angles: float) -> np.ndarray:
    row = np.zeros((1, COLUMNS))
    row[:, 2], row[:, 6] = 0.79, 1.0
    for name, angle in angles.items():
        row[:, 7 + JOINTS.index(name)] = angle
    return row


def person(rows: np.ndarray) -> Motion:
    return motion_from_figure(figure_from_rows(rows, 60.0))


def bone(rows: np.ndarray, start: int, stop: int) -> np.ndarray:
    """Direction (3,) from one joint to another in the first frame."""
    places = kin.joints(person(rows), sk.BODY)[0]
    return (places[stop] - places[start]) / np.linalg.norm(places[stop] - places[start])


def apart(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.degrees(np.arccos(np.clip(a @ b, -1, 1))))


def test_at_zero_it_stands_with_its_forearms_ahead() -> None:
    for i in (0, 1):
        assert apart(bone(robot(), sk.LEFT_HIP + i, sk.LEFT_KNEE + i), -UP) < 1
        assert apart(bone(robot(), sk.LEFT_KNEE + i, sk.LEFT_ANKLE + i), -UP) < 1
        assert apart(bone(robot(), sk.LEFT_ELBOW + i, sk.LEFT_WRIST + i), AHEAD) < 5
        assert apart(bone(robot(), sk.LEFT_SHOULDER + i, sk.LEFT_ELBOW + i), -UP) < 8
    assert apart(bone(robot(), sk.RIGHT_HIP, sk.LEFT_HIP), LEFT) < 1


def test_joint_angles_come_out_as_angles_of_limbs() -> None:
    bent = robot(left_knee=0.6, left_hip_pitch=-0.3, left_ankle_pitch=-0.3)
    assert apart(bone(bent, sk.LEFT_HIP, sk.LEFT_KNEE), bone(bent, sk.LEFT_KNEE, sk.LEFT_ANKLE)) == \
        pytest.approx(np.degrees(0.6), abs=0.2)
    assert bone(bent, sk.LEFT_HIP, sk.LEFT_KNEE) @ AHEAD == pytest.approx(np.sin(0.3), abs=0.01)
    straight = robot(left_elbow=np.pi / 2, right_elbow=np.pi / 2)
    for i in (0, 1):
        arm = bone(straight, sk.LEFT_ELBOW + i, sk.LEFT_WRIST + i)
        assert apart(arm, -UP) < 5
    raised = robot(left_shoulder_roll=np.pi / 2, left_elbow=np.pi / 2)
    assert apart(bone(raised, sk.LEFT_SHOULDER, sk.LEFT_WRIST), LEFT) < 8
    forwards = robot(right_shoulder_pitch=-np.pi / 2, right_elbow=np.pi / 2)
    tilt = np.radians(16)  # of the shoulder's axis: raised ahead, an arm comes inwards by that
    expected = np.sin(tilt) * (np.cos(tilt) * LEFT - np.sin(tilt) * UP) + np.cos(tilt) * AHEAD
    assert apart(bone(forwards, sk.RIGHT_SHOULDER, sk.RIGHT_WRIST), expected) < 3
    bow = kin.global_rotations(rot.quaternion_from_axis_angle(person(robot(waist_pitch=0.4)).rotations))
    assert rot.geodesic(bow[0, sk.SPINE3], rot.quaternion_about("x", 0.4)) < 1e-6
    assert rot.geodesic(bow[0, sk.HEAD], rot.quaternion_about("x", 0.35 * 0.4)) < 1e-6
    turned = kin.global_rotations(rot.quaternion_from_axis_angle(person(robot(waist_yaw=0.4)).rotations))
    assert rot.yaw_of(turned[0, sk.HEAD]) == pytest.approx(0.4, abs=1e-6)
    assert rot.yaw_of(turned[0, sk.SPINE3]) == pytest.approx(0.4, abs=1e-6)
    assert rot.yaw_of(turned[0, sk.PELVIS]) == pytest.approx(0.0, abs=1e-6)


def test_the_quaternion_is_x_y_z_w_and_z_is_up() -> None:
    row = robot()
    row[0, 3:7] = [0, 0, np.sin(0.5), np.cos(0.5)]
    pelvis = rot.quaternion_from_axis_angle(person(row).rotations[:, 0])
    assert rot.yaw_of(pelvis)[0] == pytest.approx(1.0, abs=1e-6)
    rows = np.repeat(robot(), 2, 0)
    rows[1, :3] += [0.5, 0.1, 0.0]  # ahead, left
    moved = np.diff(person(rows).translation, axis=0)[0]
    scale = metres_per_unit(figure_from_rows(rows, 60.0))
    assert moved == pytest.approx([0.1 * scale, 0.0, 0.5 * scale], abs=1e-5)
    assert scale == pytest.approx(sk.LEG / 0.62, rel=0.02)  # its leg is 62 cm long


def test_it_stands_on_the_floor_at_a_persons_height(tmp_path: Path) -> None:
    np.savetxt(tmp_path / "a.csv", np.repeat(robot(), 5, 0), fmt="%.6f", delimiter=",")
    motion = load_g1(tmp_path / "a.csv")
    assert motion.fps == 60 and len(motion) == 5 and motion.parts == {"body"}
    assert motion.translation[0, 1] == pytest.approx(sk.PELVIS_HEIGHT, abs=0.02)


def write(path: Path, rows: np.ndarray) -> Path:
    np.savetxt(path, rows, fmt="%.6f", delimiter=",")
    return path


def test_what_is_no_such_file_gets_the_number_that_was_wrong(tmp_path: Path) -> None:
    def said(rows: np.ndarray) -> str:
        with pytest.raises(UserError) as told:
            read_rows(write(tmp_path / "a.csv", rows))
        return str(told.value)

    good = np.repeat(robot(left_knee=0.5), 3, 0)
    assert read_rows(write(tmp_path / "a.csv", good)) == pytest.approx(good)
    assert "Row 1" in said(good[:, :35]) and "35 numbers; 36" in said(good[:, :35])
    degrees, short, far, nothing = (good.copy() for _ in range(4))
    degrees[2, 10], short[1, 3:7], far[1, 0], nothing[2, 20] = 28.6, 0.5 * short[1, 3:7], 2000.0, np.nan
    assert "Row 3" in said(degrees) and "28.6 rad" in said(degrees)
    assert "Row 2" in said(short) and "0.5" in said(short)
    assert "2000 m" in said(far) and "Row 3" in said(nothing)
    (tmp_path / "b.csv").write_text("a,b\n")
    with pytest.raises(UserError, match="2 numbers"):
        read_rows(tmp_path / "b.csv")
    (tmp_path / "c.csv").write_text("\n")
    with pytest.raises(UserError, match="0 rows"):
        read_rows(tmp_path / "c.csv")
    with pytest.raises(UserError, match="no such"):
        read_rows(tmp_path / "d.csv")
