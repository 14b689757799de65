"""Phase lock: dancers that rest exactly on known beats, and some that do not."""

from __future__ import annotations

import numpy as np
import pytest
from practice import steady_beats
from resting import resting_on

from dance_core.evaluation.phaselock import (
    SPLICE,
    Track,
    lock_after,
    lock_curve,
    lock_of,
    spliced_track,
    steady_track,
)
from dance_core.music.beats import Beats


def jumping_beats(first: float = 90.0, second: float = 140.0, jump: float = 12.0) -> Beats:
    a = np.arange(0, jump - 0.01, 60 / first)
    b = np.arange(jump, 24.0, 60 / second)
    times = np.concatenate([a, b])
    return Beats(times, np.arange(len(times)) % 4 + 1, 100.0, 1.0)


def track(beats: Beats, jump: float | None = None) -> Track:
    return Track("test", None, beats, jump)  # type: ignore[arg-type]


@pytest.mark.parametrize("tempo", [80, 100, 120, 140, 160])
def test_resting_on_the_beat_is_a_full_lock_at_every_tempo(tempo):
    beats = steady_beats(tempo, 20.0)
    found = lock_of("on", [(resting_on(beats.times, 20.0), track(beats))])
    assert found.lock > 0.6 and found.first == 0.0 and np.isnan(found.after)


def test_a_dancer_of_another_tempo_has_no_lock():
    beats = steady_beats(120, 24.0)
    found = lock_of("off", [(resting_on(steady_beats(97, 24.0).times, 24.0), track(beats))])
    assert abs(found.lock) < 0.1


def test_half_a_beat_late_is_below_chance():
    beats = steady_beats(100, 20.0)
    _, curve = lock_curve(resting_on(beats.times + 0.3, 20.0), beats)
    assert curve.mean() < -0.1


def test_locking_at_once_and_late_after_a_jump():
    beats = jumping_beats()
    at_once = lock_of("now", [(resting_on(beats.times, 24.0), track(beats, 12.0))])
    assert at_once.after == 0.0 and at_once.lock > 0.5 and at_once.before > 0.5
    assert abs(at_once.old_grid) < 0.12
    # goes on at the old tempo for 4 s, then takes the new one up
    old = np.arange(0, 16.0, 60 / 90)
    new = beats.times[beats.times > 16.0]
    late = lock_of("late", [(resting_on(np.concatenate([old, new]), 24.0), track(beats, 12.0))])
    assert 2.0 <= late.after <= 5.0
    never = lock_of("never", [(resting_on(np.arange(0, 25, 60 / 90), 24.0), track(beats, 12.0))])
    assert never.after == float("inf") and never.old_grid > 0.5


def test_lock_after_by_hand():
    starts = np.arange(0, 10, 0.5)
    lock = np.where(starts < 3.0, 0.0, 0.4)
    assert lock_after(starts, lock, 1.0) == 2.0
    assert lock_after(starts, np.zeros(20), 1.0) == float("inf")
    assert lock_after(starts, lock, 9.9) == float("inf")


def test_songs_are_what_they_say():
    steady = steady_track("gHO", 1, 100.0, 8.0)
    assert np.diff(steady.beats.times) == pytest.approx(0.6, abs=1e-6) and steady.jump is None
    spliced = spliced_track("gHO", 1, 14.0)
    gaps = np.diff(spliced.beats.times)
    before = spliced.beats.times[1:] <= spliced.jump + 1e-6
    assert gaps[before] == pytest.approx(60 / SPLICE[0], abs=1e-6)
    assert gaps[~before] == pytest.approx(60 / SPLICE[1], abs=1e-6)
    assert spliced.jump in spliced.beats.downbeats and len(spliced.features) == pytest.approx(420, abs=1)
    with pytest.raises(ValueError, match="no dance"):
        lock_of("none", [])
