"""Where a dance comes to rest, and how it can be counted: on dancers whose every count is known."""

from __future__ import annotations

import numpy as np
import pytest
from dances import FPS, pulsing
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.corpus.phrases import (
    PACES,
    clip_tempo,
    count_track,
    count_tracks,
    kinematic_beats,
    rest_curve,
)
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion


def test_rests_are_found_where_the_dancer_rests() -> None:
    counts = np.arange(0.4, 9.6, 0.6)
    times, depth = kinematic_beats(pulsing(counts, 10.0))
    inner = counts[1:-1]
    near = np.abs(times[:, None] - inner).min(0)
    # where a large movement meets a small one, smoothing moves the low a little towards the small one
    assert np.median(near) < 0.5 / FPS and near.max() < 2 / FPS
    assert np.median(depth) > 0.8


def test_who_does_not_move_never_rests() -> None:
    still = Motion(30, np.zeros((90, 55, 3)), np.zeros((90, 3)), np.zeros((90, 52)))
    assert not len(kinematic_beats(still)[0])
    assert count_tracks(still) == ()
    assert clip_tempo(pulsing(np.arange(0.2, 3, 0.5), 0.1)) == 0.0  # three frames have no tempo


@settings(max_examples=12)
@given(st.floats(0.4, 0.8), st.integers(0, 1000))
def test_a_track_lies_on_the_counts(pace: float, seed: int) -> None:
    counts = np.arange(0.3, 12.0, pace)
    near = min(PACES, key=lambda p: abs(np.log(p / pace)))
    track = count_track(pulsing(counts, 12.0, seed), near)
    off = np.abs(track.times[1:-1, None] - counts).min(1)
    assert np.median(off) < 1 / FPS and np.mean(off < 2 / FPS) > 0.85
    assert np.median(np.diff(track.times)) == pytest.approx(pace, abs=1.5 / FPS)


@pytest.mark.parametrize("pace", [0.45, 0.6, 0.75])
def test_the_tempo_of_a_clip_is_found_up_to_an_octave(pace: float) -> None:
    found = clip_tempo(pulsing(np.arange(0.2, 16, pace), 16.0, 4), 60 / pace)
    octave = np.log2(found * pace / 60)
    assert abs(octave - round(octave)) < 0.06


def test_counts_go_with_the_dancer_through_a_change_of_pace() -> None:
    counts = np.cumsum(np.linspace(0.5, 0.7, 20)) - 0.2
    track = count_track(pulsing(counts, 12.0), 0.6)
    off = np.abs(track.times[1:-1, None] - counts).min(1)
    assert np.mean(off < 2 / FPS) > 0.9
    assert np.diff(track.times)[-6:-1].mean() > np.diff(track.times)[1:6].mean() + 0.04


def test_a_mirror_changes_no_count() -> None:
    motion = pulsing(np.arange(0.3, 10, 0.55), 10.0, 3)
    a, b = count_track(motion, 0.51), count_track(mirror(motion), 0.51)
    assert np.allclose(a.times, b.times, atol=1e-3)


def test_the_rest_curve_is_high_at_rests_and_zero_elsewhere() -> None:
    curve = rest_curve(60, FPS, np.array([0.5, 1.0]), np.array([1.0, 0.4]))
    assert curve[15] == pytest.approx(1.0) and curve[30] == pytest.approx(0.4)
    assert curve[14] == curve[16] == pytest.approx(np.exp(-0.5))
    assert not curve[21:25].any() and not curve[40:].any()
