"""Speed, jerk, stillness, seams, the floor and the way: closed forms, and 30 against 60 frames a second."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from measured_motions import carried, held, rocking
from practice import Poser, job_for

from dance_core.evaluation import movement
from dance_core.evaluation.controls import frozen, jittered
from dance_core.longform.dance import Dance
from dance_core.motion import rotations as rot
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import LEFT_ELBOW, LEFT_SHOULDER
from dance_core.settings import Settings

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion"


def swinging(fps: float, size: float = 0.2, rate: float = 1.0, seconds: float = 10.0):
    """Everything goes to and fro along x: size · sin(2π rate t)."""
    return carried(seconds, lambda t: np.stack([size * np.sin(2 * np.pi * rate * t), 0 * t, 0 * t], -1), fps)


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_mean_speed_of_a_sine_is_4_times_size_times_rate(fps):
    assert movement.mean_joint_speed(swinging(fps)) == pytest.approx(4 * 0.2, rel=0.01)
    assert movement.motion_magnitude(swinging(fps)) == pytest.approx(0.0, abs=1e-4)  # it only glides


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_jerk_of_a_slow_sine_is_its_third_derivative(fps):
    w = 2 * np.pi
    expected = 0.2 * w**3 * 2 / np.pi  # mean |cos|
    assert movement.jerk(swinging(fps)) == pytest.approx(expected, rel=0.02)
    assert movement.jerk(swinging(fps), None) == pytest.approx(expected, rel=0.02)


def test_the_filter_keeps_tremor_out_of_jerk():
    calm = swinging(30.0, 0.05, 12.0)
    assert movement.jerk(calm) < 0.05 * movement.jerk(calm, None)
    assert np.isnan(movement.jerk(held(0.1)))


@pytest.mark.parametrize("measure", [movement.mean_joint_speed, movement.motion_magnitude, movement.jerk])
def test_measures_agree_at_30_and_60(measure):
    assert measure(rocking(30.0)) == pytest.approx(measure(rocking(60.0)), rel=0.02)


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
@pytest.mark.parametrize("measure", [movement.mean_joint_speed, movement.motion_magnitude, movement.jerk])
def test_measures_of_a_real_dance_agree_at_30_and_60(measure):
    slow, fast = (load_npz(REAL / "g1_moves" / part / "J_Dance5_Hype.npz") for part in ("", "60fps"))
    assert measure(slow) == pytest.approx(measure(fast), rel=0.02)


def test_still_frames_are_those_of_half_a_second_and_more():
    stops = carried(8.0, lambda t: np.stack([np.where(t < 4, 0.3 * np.sin(3 * np.minimum(t, 4)),
                                                      0.3 * np.sin(12)), 0 * t, 0 * t], -1))
    assert movement.still_frames(stops) == pytest.approx(0.5, abs=0.03)
    assert movement.still_frames(held(2.0)) == 1.0 and movement.still_frames(held(1 / 30)) == 1.0
    assert movement.still_frames(swinging(30.0)) == 0.0  # at rest for a moment twice a second


def test_depth_below_the_floor():
    def sunk(depth):
        return carried(2.0, lambda t: np.stack([0 * t, -depth + 0 * t, 0 * t], -1))
    flat = movement.floor_gap(held(1.0))
    assert flat < 0.1
    assert movement.penetration(sunk(0.03)) == (pytest.approx(3.0, abs=0.1), 1.0)
    assert movement.penetration(sunk(0.005)) == (pytest.approx(0.5, abs=0.1), 0.0)
    assert movement.penetration(sunk(-0.1)) == (0.0, 0.0)
    assert movement.floor_gap(sunk(-0.1)) == pytest.approx(10.0, abs=0.1)


def test_a_seam_that_jumps_is_rough_and_one_that_flows_is_not():
    smooth = swinging(30.0)
    jump = swinging(30.0)
    jump.translation[150:] += [0.3, 0.0, 0.0]
    assert movement.seam_roughness(smooth, [(145, 155)])[0] <= 1.01
    rough = movement.seam_roughness(jump, [(145, 155), (200, 210)])
    assert rough[0] > 10 and rough[1] < 1.5
    assert len(movement.seam_roughness(smooth, [])) == 0


def test_seam_roughness_is_the_stitchers_ratio():
    job = job_for(Poser(), 30.0)
    dance = Dance(job.features, job.beats, Poser().needs, "gHO", job.reference, Settings(), 1)
    poser = Poser()
    while not dance.complete:
        for index, request in dance.ready():
            dance.accept(index, poser.generate([request])[0])
    blended = [s for s in dance.seams() if s.stop > s.start]
    ours = movement.seam_roughness(dance.motion(), [(s.start, s.stop) for s in blended])
    assert len(ours) == len(blended) > 1
    assert ours == pytest.approx([s.ratio for s in blended], rel=0.03)


def test_the_way_and_the_end():
    walk = carried(10.0, lambda t: np.stack([np.where(t < 5, t, 10 - t) * 0.3, 0 * t, 0 * t], -1))
    assert movement.roaming(walk) == (pytest.approx(1.5, abs=0.02), pytest.approx(0.01, abs=0.01))


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_a_dancer_who_turns_is_away_for_two_thirds_of_the_turn(fps):
    still = held(6.0, fps)
    q = rot.quaternion_from_axis_angle(still.rotations)
    turn = 2 * np.pi * np.arange(len(still)) / len(still)  # one whole turn, to the left
    q[:, 0] = rot.multiply(rot.quaternion_about("y", turn), q[:, 0])
    turning = Motion(fps, rot.axis_angle_from_quaternion(q), still.translation, still.face)
    assert movement.turned_away(turning) == pytest.approx(2 / 3, abs=0.01)
    assert movement.turned_away(turning, np.pi / 2) == pytest.approx(1 / 2, abs=0.01)
    assert movement.turned_away(still) == 0.0


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_hands_are_counted_while_they_are_in_the_body(fps):
    still = held(4.0, fps)
    rotations = still.rotations.copy()
    inside = np.arange(len(still)) < len(still) // 4
    rotations[inside, LEFT_SHOULDER] = [0.0, -np.radians(100), 0.0]  # the arm goes across the chest …
    rotations[inside, LEFT_ELBOW] = [0.0, -np.radians(120), 0.0]  # … and the forearm back into it
    reaching = Motion(fps, rotations, still.translation, still.face)
    assert movement.hands_through(reaching) == pytest.approx(1 / 4, abs=0.01)
    assert movement.hands_through(reaching, 1.0) == 0.0 and movement.hands_through(still) == 0.0


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
@pytest.mark.parametrize("clip", ["g1_moves/J_Dance5_Hype", "cmu_55/55_01", "cmu_modern/05_10"])
def test_a_recorded_dancers_hands_rarely_are(clip):
    assert movement.hands_through(load_npz(REAL / f"{clip}.npz")) < 0.02


def test_tiring_is_seen():
    def slower(t):
        return np.stack([0.3 * np.sin(2 * np.pi * np.where(t < 10, t, 10 + (t - 10) / 2)), 0 * t, 0 * t], -1)
    tires = carried(20.0, slower)
    assert movement.last_against_first(tires, 8.0) == pytest.approx(0.5, rel=0.03)
    assert movement.last_against_first(swinging(30.0), 5.0) == pytest.approx(1.0, rel=0.01)
    with pytest.raises(ValueError, match="expected at least 120"):
        movement.last_against_first(tires)


def test_controls_fail_where_they_should():
    dance = rocking()
    tremble, still = jittered(dance), frozen(dance)
    assert movement.jerk(tremble) > 1.3 * movement.jerk(dance)
    assert movement.jerk(tremble, None) > 10 * movement.jerk(dance, None)  # the filter takes most of it
    assert movement.mean_joint_speed(tremble) > 1.2 * movement.mean_joint_speed(dance)
    assert movement.mean_joint_speed(still) == 0.0 and movement.still_frames(still) == 1.0
    assert (jittered(dance).translation == tremble.translation).all()  # the same each time
