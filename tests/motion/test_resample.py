"""Other frame rates, mirror images and low-pass: what must stay the same does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.motion import filters
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.motion.resample import cubic, resample, sample


def turning(speed: float, frames: int, fps: float) -> Motion:
    """A dancer who turns about y at `speed` rad/s and walks along x at 1 m/s, a smile growing."""
    t = np.arange(frames) / fps
    rotations = np.zeros((frames, 55, 3))
    rotations[:, 0] = rot.axis_angle_from_quaternion(rot.quaternion_about("y", speed * t))
    root = np.stack([t, 0 * t + 1, 0 * t], -1)
    return Motion(fps, rotations, root, np.tile((t / t[-1])[:, None], (1, 52)))


def turns(motion: Motion) -> np.ndarray:
    return rot.quaternion_from_axis_angle(motion.rotations)


# resampling

@pytest.mark.parametrize("fps", [10, 24, 25, 30, 50, 59.94, 60, 120])
@pytest.mark.parametrize("smooth", [False, True])
def test_steady_turning_and_walking_stay_steady(fps: float, smooth: bool) -> None:
    motion = turning(5.0, 90, 30)  # through half a turn more than once
    new = resample(motion, fps, smooth=smooth)
    assert new.fps == fps
    assert len(new) == round(90 * fps / 30)
    inside = np.arange(len(new)) / fps <= 89 / 30
    t = (np.arange(len(new)) / fps)[inside]
    tolerance = 2e-3 if smooth else 2e-6
    assert rot.geodesic(turns(new)[inside, 0], rot.quaternion_about("y", 5.0 * t)).max() < tolerance
    assert np.abs(new.translation[inside, 0] - t).max() < 1e-6
    assert np.abs(new.face[inside, 0] - t / (89 / 30)).max() < 1e-6


def test_its_own_rate_is_the_motion_itself(make_motion) -> None:
    motion = make_motion()
    assert resample(motion, 30.0) is motion


@pytest.mark.parametrize("smooth", [False, True])
def test_up_and_down_again_is_the_identity(make_motion, smooth: bool) -> None:
    motion = make_motion(60)
    back = resample(resample(motion, 120, smooth=smooth), 30)
    assert np.array_equal(back.rotations, motion.rotations)
    assert np.allclose(back.translation, motion.translation, atol=1e-7)
    assert np.allclose(back.face, motion.face, atol=1e-7)


def test_cubic_curves_have_no_steps_in_velocity(make_motion) -> None:
    motion = make_motion(60, seed=4)
    ends = 59 * 8  # behind the last frame it is held
    rough, fine = (filters.joint_acceleration(resample(motion, 240, smooth=s))[:ends - 2].max()
                   for s in (False, True))
    true = filters.joint_acceleration(motion).max()
    assert fine < 2 * true < rough


@given(pace=st.floats(0.8, 1.25), start=st.floats(2.0, 6.0), a=st.floats(-2, 2), b=st.floats(-2, 2))
def test_between_frames_a_curve_goes_on_as_it_was(pace: float, start: float, a: float, b: float) -> None:
    """Parabolas stay to the letter away from the ends, lines everywhere, and the frames themselves."""
    frames = np.arange(40.0)
    values = np.stack([a * frames + b, b * frames**2 - a * frames], 1)
    times = start + pace * np.arange(24)
    assert np.allclose(cubic(values, times), np.stack([a * times + b, b * times**2 - a * times], 1))
    ends = np.linspace(0.0, 39.0, 100)
    assert np.allclose(cubic(values[:, :1], ends)[:, 0], a * ends + b)
    assert np.array_equal(cubic(values, frames), values)
    assert cubic(values.astype(np.float32), times).dtype == np.float32


@given(st.integers(1, 40), st.floats(1, 240))
def test_any_rate_gives_the_same_length(frames: int, fps: float) -> None:
    motion = Motion(30, np.zeros((frames, 55, 3)), np.zeros((frames, 3)), np.zeros((frames, 52)))
    new = resample(motion, fps)
    assert abs(new.duration - motion.duration) <= 0.5 / fps + 1e-9 or len(new) == 1


def test_times_of_ones_own_warp_the_dance(make_motion) -> None:
    motion = make_motion(31)
    back = sample(motion, np.linspace(1, 0, 31), 30)
    assert np.array_equal(back.rotations, motion.rotations[::-1])
    held = sample(motion, [-5.0, 99.0], 30)
    assert np.array_equal(held.rotations, motion.rotations[[0, 30]])


def test_what_can_not_be_resampled_is_refused(make_motion) -> None:
    with pytest.raises(ValueError, match="-3"):
        resample(make_motion(3), -3)
    with pytest.raises(ValueError, match="0 frames"):
        resample(make_motion(3).slice(0, 0), 60)


# mirror

def test_a_mirror_twice_is_nothing(make_motion) -> None:
    motion = make_motion()
    twice = mirror(mirror(motion))
    for name in ("rotations", "translation", "face"):
        assert np.array_equal(getattr(twice, name), getattr(motion, name))


def test_a_mirrored_dance_is_the_dance_reflected(make_motion) -> None:
    motion = make_motion(20, seed=8)
    expected = kin.joints(motion)[:, list(sk.MIRROR)] * [-1, 1, 1]
    assert np.abs(kin.joints(mirror(motion)) - expected).max() < 1e-6


def test_a_wink_changes_sides() -> None:
    face = np.zeros((1, 52))
    face[0, sk.FACE_NAMES.index("eyeBlinkLeft")] = 1
    face[0, sk.FACE_NAMES.index("jawOpen")] = 0.4
    other = mirror(Motion(30, np.zeros((1, 55, 3)), np.zeros((1, 3)), face)).face[0]
    assert other[sk.FACE_NAMES.index("eyeBlinkRight")] == 1
    assert other[sk.FACE_NAMES.index("eyeBlinkLeft")] == 0
    assert other[sk.FACE_NAMES.index("jawOpen")] == pytest.approx(0.4)


# low-pass and derivatives

def swaying(hertz: float, frames: int = 300, fps: float = 60) -> Motion:
    t = np.arange(frames) / fps
    rotations = np.zeros((frames, 55, 3))
    rotations[:, sk.LEFT_SHOULDER, 2] = 0.4 * np.sin(2 * np.pi * hertz * t)
    root = np.stack([0.1 * np.sin(2 * np.pi * hertz * t), 0 * t, 0 * t], -1)
    return Motion(fps, rotations, root, np.zeros((frames, 52)))


@pytest.mark.parametrize(("hertz", "gain"), [(1.0, 1.0), (6.0, 0.5), (18.0, 0.0)])
def test_low_pass_passes_what_is_low(hertz: float, gain: float) -> None:
    """6 Hz, run forwards and backwards: half at the corner, next to nothing far above it."""
    motion = swaying(hertz)
    low = filters.low_pass(motion, 6.0)
    middle = slice(60, 240)
    for before, after in ((motion.translation[middle, 0], low.translation[middle, 0]),
                          (motion.rotations[middle, sk.LEFT_SHOULDER, 2],
                           low.rotations[middle, sk.LEFT_SHOULDER, 2])):
        assert after @ before / (before @ before) == pytest.approx(gain, abs=0.02)  # no delay either
        assert np.linalg.norm(after - gain * before) < 0.05 * np.linalg.norm(before)


def test_low_pass_does_not_mind_turning_round_and_round() -> None:
    motion = turning(7.0, 120, 30)
    low = filters.low_pass(motion, 5.0)
    middle = slice(20, 100)
    assert rot.geodesic(turns(low)[middle, 0], turns(motion)[middle, 0]).max() < 0.02


def test_low_pass_of_very_short_motions(make_motion) -> None:
    for frames in (0, 1, 2, 3, 5):
        assert len(filters.low_pass(make_motion(30).slice(0, frames), 6.0)) == frames


@pytest.mark.parametrize("cutoff", [0.0, -1.0, 15.0, 99.0])
def test_low_pass_refuses_what_it_can_not_do(make_motion, cutoff: float) -> None:
    with pytest.raises(ValueError, match=str(cutoff)):
        filters.low_pass(make_motion(30), cutoff)


def test_speed_acceleration_and_jerk_of_a_known_flight() -> None:
    """x = t³: 3t² m/s, 6t m/s², 6 m/s³; all joints of a stiff body move alike."""
    fps, t = 100.0, np.arange(200) / 100.0
    root = np.stack([t**3, 0 * t, 0 * t], -1)
    motion = Motion(fps, np.zeros((200, 55, 3)), root, np.zeros((200, 52)))
    assert filters.joint_speed(motion).shape == (199, 22)
    middle = (t[1:] + t[:-1]) / 2
    assert np.abs(filters.joint_speed(motion)[:, 5] - 3 * middle**2).max() < 1e-3
    assert np.abs(filters.joint_acceleration(motion, 55)[:, 40] - 6 * t[1:-1]).max() < 0.02
    assert np.abs(filters.joint_jerk(motion)[:, 0].mean() - 6) < 0.1


def test_angular_speed_of_a_steady_turn() -> None:
    speeds = filters.angular_speed(turning(5.0, 90, 30))
    assert np.allclose(speeds[:, 0], 5.0, atol=1e-4)
    assert np.allclose(speeds[:, 1:], 0.0)
