"""The physical limits: each is found where it is broken, by its size and second, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from practice import Swayer, job_for, stance

from dance_core.evaluation.limits import Limits, check
from dance_core.generators.base import Request
from dance_core.longform.take import Jump, Seam
from dance_core.motion import kinematics as kin
from dance_core.motion import skeleton as sk
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion"


def standing(frames: int = 90) -> Motion:
    one = stance()
    return Motion(30.0, np.repeat(one.rotations, frames, 0), np.repeat(one.translation, frames, 0),
                  np.zeros((frames, 52)))


def changed(motion: Motion, joint: str | None = None, angles=None, move=None) -> Motion:
    """The motion with a joint's axis-angle (T, 3) replaced, or everything moved by (T, 3) m."""
    rotations, place = motion.rotations.copy(), motion.translation.copy()
    if joint is not None:
        rotations[:, sk.joint(joint)] = angles
    if move is not None:
        place = place + np.asarray(move, np.float32)
    return replace(motion, rotations=rotations, translation=place)


def kinds(motion: Motion, **rest) -> list[str]:
    return [f.kind for f in check(motion, **rest).faults]


def test_somebody_standing_breaks_no_limit():
    report = check(standing(), reference=stance())
    assert report.faults == ()
    assert (report.speed, report.backwards, report.slide, report.seam) == (0.0, 0.0, 0.0, 0.0)
    assert report.depth < 0.1 and report.reference_degrees < 0.1 and report.stances == 2


def test_somebody_dancing_breaks_no_limit():
    job = job_for(Swayer(), 20.0)
    dance = Swayer().make(Request(job.features, job.beats, 0, 600, "gHO", job.reference))
    report = check(dance, reference=job.reference)
    assert report.faults == () and 1 < report.speed < 12


def test_speed_is_found_by_its_joint_and_second():
    motion = standing()
    angles = np.tile(motion.rotations[0, sk.LEFT_SHOULDER], (90, 1))
    angles[45:, 2] += 1.0  # the hanging left arm jumps forward within a frame
    report = check(changed(motion, "left_shoulder", angles))
    [fault] = [f for f in report.faults if f.kind == "speed"]
    places = kin.joints(changed(motion, "left_shoulder", angles))
    assert report.speed == pytest.approx(np.linalg.norm(np.diff(places, axis=0), axis=-1).max() * 30)
    assert fault.value == report.speed > 12 == fault.limit and fault.unit == "m/s"
    assert fault.joint.startswith("left_") and fault.start_s <= 45 / 30 <= fault.stop_s < 1.6


@pytest.mark.parametrize("joint, axis, way", [
    ("left_knee", 0, 1), ("right_knee", 0, 1), ("left_elbow", 1, -1), ("right_elbow", 1, 1)])
def test_knees_and_elbows_bend_only_their_way(joint, axis, way):
    angles = np.zeros((90, 3))
    angles[30:60, axis] = way * np.radians(40)
    bent = changed(standing(), joint, angles, move=[0, 1.0, 0])  # in the air: only the hinge is of interest
    assert check(bent).backwards == pytest.approx(0.0, abs=3.5)  # the rest pose is not perfectly straight
    assert "hinge" not in kinds(bent)
    wrong = check(changed(standing(), joint, -angles, move=[0, 1.0, 0]))
    [fault] = [f for f in wrong.faults if f.kind == "hinge"]
    assert fault.joint == joint and fault.value == pytest.approx(40, abs=3.5)
    assert (fault.start_s, fault.stop_s) == (1.0, 2.0)


def test_a_little_past_straight_is_let_go():
    angles = np.zeros((90, 3))
    angles[:, 0] = -np.radians(3)
    assert "hinge" not in kinds(changed(standing(), "left_knee", angles, move=[0, 1.0, 0]))


@pytest.mark.parametrize("centimetres, faults", [(1.0, 0), (3.0, 2)])
def test_a_standing_foot_must_not_slide(centimetres, faults):
    way = np.linspace(0, centimetres / 100, 90)
    report = check(changed(standing(), move=np.stack([way, 0 * way, 0 * way], -1)))
    assert report.slide == pytest.approx(centimetres, rel=0.02)
    found = [f for f in report.faults if f.kind == "slide"]
    assert len(found) == faults and all(f.unit == "cm" and f.limit == 2.0 for f in found)
    assert {f.joint for f in found} <= {"left_foot", "right_foot"}


@pytest.mark.parametrize("centimetres, broken", [(0.5, False), (2.0, True)])
def test_nobody_below_the_floor(centimetres, broken):
    move = np.zeros((90, 3))
    move[60:, 1] = -centimetres / 100
    report = check(changed(standing(), move=move))
    assert report.depth == pytest.approx(centimetres, abs=0.1)
    found = [f for f in report.faults if f.kind == "floor"]
    assert bool(found) == broken
    if broken:
        assert len(found) == 1 and (found[0].start_s, found[0].stop_s) == (2.0, 3.0)


def test_hands_and_knees_count_too():
    motion = standing(10)
    rotations, place = np.zeros_like(motion.rotations), motion.translation.copy()
    rotations[:, 0] = (np.pi / 2, 0, 0)  # flat on the belly, arms stretched to the sides
    place[:, 1] = 0.25
    assert check(Motion(30.0, rotations, place, motion.face)).depth < 13  # the toes point down
    place[:, 1] = 0.0
    report = check(Motion(30.0, rotations, place, motion.face))
    assert report.depth > 7 and any(f.kind == "floor" for f in report.faults)


def test_the_reference_pose_is_kept_within_five_degrees():
    motion = standing()
    for degrees, broken in ((4.0, False), (6.0, True)):
        angles = np.zeros((90, 3))
        angles[:, 1] = np.radians(degrees)
        report = check(changed(motion, "head", angles), reference=stance())
        assert report.reference_degrees == pytest.approx(degrees, abs=1e-3)
        found = [f for f in report.faults if f.kind == "reference"]
        assert bool(found) == broken
        if broken:
            assert found[0].joint == "head" and found[0].start_s == 0.0
    moved = changed(motion, move=[3.0, 0, -2.0])
    assert check(moved, reference=stance()).reference_cm < 0.01  # the place on the stage is free


def test_rough_seams_are_faults():
    nothing = Jump(0.0, 0.0, 0.0)
    seams = [Seam(i, 30 * i, 30 * i + 15, 30.0, "cosine", 0.0, 0.0, 0, nothing, nothing, nothing, ratio)
             for i, ratio in ((1, 1.4), (2, 1.6))]
    report = check(standing(), seams)
    [fault] = report.faults
    assert (fault.kind, fault.value, fault.limit, report.seam) == ("seam", 1.6, 1.5, 1.6)
    assert fault.start_s == pytest.approx(59 / 30) and fault.stop_s == pytest.approx(76 / 30)


def test_faults_come_in_order_of_time_and_limits_can_be_changed():
    move = np.zeros((90, 3))
    move[50:, 1] = -0.05
    angles = np.zeros((90, 3))
    angles[10:20, 0] = -0.5
    report = check(changed(standing(), "left_knee", angles, move=move))
    starts = [f.start_s for f in report.faults]
    assert starts == sorted(starts) and {"hinge", "floor"} <= {f.kind for f in report.faults}
    kind = Limits(speed=1e9, backwards=1e9, slide=1e9, depth=1e9)
    assert check(changed(standing(), "left_knee", angles, move=move), limits=kind).faults == ()


def test_one_frame_is_enough():
    report = check(stance())
    assert report.speed == 0.0 and report.faults == ()


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
def test_recorded_dances_break_the_hard_limits_almost_never():
    clips = sorted((REAL / "g1_moves").glob("*.npz"))
    reports = [check(load_npz(p)) for p in clips]
    assert len(reports) >= 20
    assert max(r.depth for r in reports) < 1.0
    assert sum(r.speed > 12 for r in reports) <= 1
    assert max(r.backwards for r in reports) < 5.0
