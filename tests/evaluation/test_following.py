"""Frames until a dance follows a jump in tempo: dancers of whom it is known."""

from __future__ import annotations

import numpy as np
import pytest
from practice import features_for
from resting import resting_on

from dance_core.evaluation.following import (
    PLACES,
    Placed,
    by_chance,
    carried_on,
    following,
    habit,
    moment,
    share,
)
from dance_core.evaluation.phaselock import Track
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats

SECONDS = 24.0


def beats_at(times: np.ndarray) -> Beats:
    return Beats(times, np.arange(len(times)) % 4 + 1, 100.0, 1.0)


def song(before: float, after: float, count: int = 0) -> Track:
    """At one tempo, after `count` beats at another; 0: always at the first."""
    jump = count * 60 / before if count else None
    end = SECONDS if jump is None else jump - 0.01
    times = np.arange(0, end, 60 / before)
    if jump is not None:
        times = np.concatenate([times, np.arange(jump, SECONDS, 60 / after)])
    beats = beats_at(times)
    return Track(f"{before:g} → {after:g}", features_for(beats, SECONDS), beats, jump)


def dancer(track: Track, lag: float) -> Motion:
    """Goes on at the old tempo for `lag` s after the jump, then rests on every beat of the new one."""
    until = (track.jump or 0.0) + lag
    old, new = carried_on(track).times, track.beats.times
    rests = np.concatenate([old[old < until - 0.01], new[new > until - 0.01], [SECONDS + 1]])
    return resting_on(rests, SECONDS)


def judged(before: float, after: float, lag: float):
    """Three songs that jump at other moments, danced to with the same lag."""
    songs = [song(before, after, round(half * before / 60)) for half in (11.0, 12.0, 12.8)]
    steady, old = song(after, after), song(before, before)
    return following([(dancer(t, lag), t) for t in songs],
                     [(resting_on(steady.beats.times, SECONDS), steady)],
                     [resting_on(old.beats.times, SECONDS)] * len(songs))


@pytest.mark.parametrize("before,after", [(90, 140), (140, 90), (100, 120)])
def test_who_follows_at_once_needs_no_frame_and_who_ignores_it_never_does(before, after):
    found = judged(before, after, 0.0)
    assert found.frames == found.low == found.high == 0.0
    assert found.settled > 0.95 and found.after > 0.95 and found.before > 0.95
    assert found.old < 0.6, "on the old beats it is near chance"
    assert found.ignoring == float("inf")
    never = judged(before, after, 99.0)
    assert never.frames == never.low == float("inf") and never.old > 0.95


@pytest.mark.parametrize("lag", [1.0, 2.5, 5.0])
def test_a_lag_is_found_to_a_beat(lag):
    for before, after in ((90, 140), (140, 90)):
        found = judged(before, after, lag)
        assert abs(found.frames / 30 - lag) <= 60 / before + 0.05
        assert found.low <= found.frames <= found.high


def placed(times: np.ndarray, on: np.ndarray, anywhere: int = 0) -> Placed:
    """Beats that come on the beat where `on`, and anywhere else where not."""
    place = np.where(on, 0.0, np.random.default_rng(anywhere).uniform(0.2, 0.8, len(times)))
    return Placed(times, place, on)


def test_a_habit_is_told_beside_chance():
    assert habit([]) == pytest.approx(np.ones(PLACES))
    found = habit([placed(np.arange(60.0), np.ones(60, bool))])
    assert found.mean() == pytest.approx(1.0)
    assert found[0] > 5.0 and found[1] == found[-1] > found[2] == found[6] < 0.2
    between = habit([Placed(np.arange(60.0), np.full(60, 0.5), np.zeros(60, bool))])
    assert between.argmax() == PLACES // 2, "who always rests between the beats has a habit too"


def test_the_moment_by_hand():
    settled = habit([placed(np.arange(99.0), np.arange(99) % 4 > 0)])
    times = np.arange(1.0, 12.0)
    late = placed(times, times > 3.5)
    assert moment([late], settled, 12.0) == 3.0
    once = placed(times, (times > 3.5) & (times != 7.0))
    assert moment([once], settled, 12.0) == 3.0, "a single one off later on is no reason to begin anew"
    assert moment([late, late], np.ones(PLACES), 12.0) == float("inf"), "settled as by chance"
    assert moment([], settled, 12.0) == float("inf")
    assert moment([placed(times, times > 10.5)], settled, 12.0) == float("inf"), "a lucky beat at the end"


def test_chance_is_the_part_of_a_beat_that_lies_near_one():
    track = song(120, 120)
    assert by_chance(track.beats) == pytest.approx(0.28)
    rests = [np.random.default_rng(k).uniform(0.5, SECONDS - 0.5, 40) for k in range(30)]
    found = [Placed.of(np.sort(r), track.beats) for r in rests]
    assert share(found) == pytest.approx(0.28, abs=0.04)
    assert habit(found) == pytest.approx(np.ones(PLACES), abs=0.2)
    assert np.isnan(share([]))


def test_a_song_that_does_not_jump_is_refused():
    steady = song(100, 100)
    with pytest.raises(ValueError, match="does not jump"):
        following([(resting_on(steady.beats.times, SECONDS), steady)] * 2,
                  [(resting_on(steady.beats.times, SECONDS), steady)], [])
    with pytest.raises(ValueError, match="no dance"):
        following([], [], [])
