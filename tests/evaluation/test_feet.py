"""PFC, foot skating and low-foot slides: closed forms and controls."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from measured_motions import carried, held, rocking

from dance_core.evaluation.feet import foot_skating, low_foot_slides, physical_foot_contact
from dance_core.motion.files import load_npz
from dance_core.motion.resample import resample

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion"


def sliding(speed: float, fps: float = 30.0, seconds: float = 4.0):
    """Goes along the floor at a steady speed (m/s) without lifting a foot."""
    return carried(seconds, lambda t: np.stack([speed * t, 0 * t, 0 * t], -1), fps)


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


def test_feet_in_the_air_do_not_skate():
    def leaves(t):
        return np.stack([2 * np.maximum(t - 1, 0), np.clip(5 * (t - 1), 0, 0.5), 0 * t], -1)
    flight = carried(2.0, leaves)
    assert foot_skating(flight) < 0.06  # one second of standing, and the frame in which it leaves
    high = carried(2.0, lambda t: np.stack([2 * t, 0.5 + 0 * t, 0 * t], -1))
    assert np.isnan(low_foot_slides(high))


def test_half_of_the_time_is_half():
    stop_and_go = carried(4.0, lambda t: np.stack([np.maximum(0.0, t - 2.0), 0 * t, 0 * t], -1))
    assert foot_skating(stop_and_go) == pytest.approx(0.5, abs=0.02)
    assert low_foot_slides(stop_and_go) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("measure", [physical_foot_contact, foot_skating, low_foot_slides])
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
