"""PFC, foot skating and low-foot slides: closed forms and controls."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from measured_motions import carried, held, rocking

from dance_core.evaluation.feet import (
    foot_skating,
    foot_skating_compat,
    low_foot_slides,
    physical_foot_contact,
    skating_from,
)
from dance_core.motion.files import load_npz
from dance_core.motion.resample import resample

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion"


def sliding(speed: float, fps: float = 30.0, seconds: float = 4.0, degrees: float = 0.0):
    """Goes along the floor at a steady speed (m/s), so many degrees from +X to +Z, without lifting a foot."""
    x, z = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return carried(seconds, lambda t: speed * np.stack([x * t, 0 * t, z * t], -1), fps)


def test_who_slides_on_both_feet_with_a_push_of_one_size_has_their_product():
    # x = a t²/2 all along: the acceleration is a everywhere, so it is 1 after division by its maximum, and
    # both feet go x' / 30 a frame
    a = 0.6
    pushed = carried(4.0, lambda t: np.stack([0.5 * a * t**2, 0 * t, 0 * t], -1))
    t = (np.arange(1, 119) + 0.5) / 30  # a way ends at frames 2 … 119
    expected = ((a * t / 30) ** 2).mean() * 10_000
    assert physical_foot_contact(pushed) == pytest.approx(expected, rel=0.02)


def test_frozen_and_standing_dancers_have_no_pfc():
    assert physical_foot_contact(held(3.0)) == 0.0
    assert physical_foot_contact(sliding(1.0)) == 0.0  # steady: nothing accelerates, rounding is no push
    assert physical_foot_contact(carried(4.0, lambda t: np.stack([np.sin(3 * t), 0 * t, 0 * t], -1))) > 10
    assert np.isnan(physical_foot_contact(held(2 / 30)))


def test_falling_needs_no_foot():
    # only the upward part of a push counts: the same bounce upside down differs
    def bounce(sign):
        # the feet slide on all the while
        return carried(4.0, lambda t: np.stack([0.5 * t, sign * 0.02 * np.abs(np.sin(4 * t)), 0 * t], -1))
    assert physical_foot_contact(bounce(-1)) != pytest.approx(physical_foot_contact(bounce(1)), rel=0.1)


@pytest.mark.parametrize("speed,share", [(0.2, 0.0), (0.29, 0.0), (0.31, 1.0), (0.6, 1.0)])
def test_skating_begins_at_a_centimetre_a_frame(speed, share):
    for fps in (30.0, 60.0):
        assert foot_skating(sliding(speed, fps)) == pytest.approx(share)
        assert low_foot_slides(sliding(speed, fps)) == pytest.approx(share)


@pytest.mark.parametrize("degrees,unseen", [(0, 0.6), (90, 0.6), (45, 0.3 * 2**0.5), (-45, 9.0)])
def test_lodges_ratio_depends_on_the_heading(degrees, unseen):
    """|vx + vz| / 2 is the way along one diagonal / √2, half of it along an axis, nothing along the other."""
    assert foot_skating_compat(sliding(0.98 * unseen, degrees=degrees)) == 0.0
    if unseen < 1.0:
        frames = 120  # of which the last has no next and counts as standing
        assert foot_skating_compat(sliding(1.02 * unseen, degrees=degrees)) == pytest.approx(1 - 1 / frames)
    assert foot_skating(sliding(0.98 * unseen, degrees=degrees)) == 1.0


@pytest.mark.parametrize("apart,share", [(0.019, 38 / 39), (0.021, 0.0)])
def test_the_ground_lies_between_the_toes_where_they_are_level(apart, share):
    """A toe that slides 4.9 cm above the middle of both: more than 5 cm above the lower one."""
    places = np.zeros((40, 12, 3))
    places[0, 11, 1] = apart
    places[1:, [8, 11], 1] = 1.0  # the other foot is in the air, ever after
    places[1:, 10, 1] = 0.049 + apart / 2
    places[2:, [7, 10], 0] = 0.02 * np.arange(1, 39)[:, None]
    other = 0.0  # the other foot stood in frame 0
    assert skating_from(places) == pytest.approx((share + other) / 2, abs=0.01)


def test_feet_in_the_air_do_not_skate():
    def leaves(t):
        return np.stack([2 * np.maximum(t - 1, 0), np.clip(5 * (t - 1), 0, 0.5), 0 * t], -1)
    flight = carried(2.0, leaves)
    assert foot_skating(flight) < 0.06  # one second of standing, and the frame in which it leaves
    high = carried(2.0, lambda t: np.stack([2 * t, 0.5 + 0 * t, 0 * t], -1))
    assert np.isnan(low_foot_slides(high))
    on_tiptoe = np.zeros((40, 12, 3))
    on_tiptoe[:, [7, 8], 1] = 0.2
    assert np.isnan(skating_from(on_tiptoe)) and skating_from(on_tiptoe * 0.1) == 0.0


def test_half_of_the_time_is_half():
    stop_and_go = carried(4.0, lambda t: np.stack([np.maximum(0.0, t - 2.0), 0 * t, 0 * t], -1))
    assert foot_skating(stop_and_go) == pytest.approx(0.5, abs=0.02)
    assert low_foot_slides(stop_and_go) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("measure", [physical_foot_contact, foot_skating, foot_skating_compat,
                                     low_foot_slides])
def test_60_frames_a_second_give_the_same(measure):
    slow, fast = measure(rocking(30.0)), measure(rocking(60.0))
    assert slow == pytest.approx(fast, rel=0.02)


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
@pytest.mark.parametrize("clip,low,high", [("g1_moves/J_Dance5_Hype", 0.08, 0.2),
                                           ("cmu_salsa/60_01", 0.15, 0.3)])
def test_real_dances_are_where_they_were_measured_before(clip, low, high):
    motion = load_npz(REAL / f"{clip}.npz")
    assert low < low_foot_slides(motion) < high
    assert 0.0 < physical_foot_contact(motion) < 2.0
    twice = resample(motion, 60.0, smooth=True)
    assert physical_foot_contact(twice) == pytest.approx(physical_foot_contact(motion), rel=0.02)
