"""Somebody taps along for a while: the whole song gets its beats, whatever tracker and hand did."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.music.beats import Beats
from dance_core.music.taps import FPS, beats_from_taps

DURATION = 40.0


def onset_curve(times: np.ndarray, duration: float = DURATION) -> np.ndarray:
    """An onset curve with a peak at each time, as the tracker hears it."""
    frames = np.arange(round(duration * FPS) + 1) / FPS
    curve = np.exp(-0.5 * ((frames[:, None] - times) / 0.012) ** 2).sum(axis=1)
    return (curve - curve.mean()) / curve.std()


def tracked(times: np.ndarray, per_bar: int = 4) -> Beats:
    pace = 60 / float(np.median(np.diff(times)))
    return Beats(times, np.arange(len(times)) % per_bar + 1, pace, 0.4, per_bar)


def far(beats: Beats, truth: np.ndarray) -> float:
    """How far the farthest true beat, the very first and last aside, is from the nearest of ours, s."""
    return float(np.abs(truth[1:-1, None] - beats.times).min(axis=1).max())


def hand(times: np.ndarray, seed: int, early: float = 0.03, loose: float = 0.02) -> list[float]:
    """Taps of a person: somewhat early, and not even."""
    return list(times - early + np.random.default_rng(seed).normal(0, loose, len(times)))


TRUTH = np.arange(0.5, 39.5, 0.6)


@pytest.mark.parametrize(("wrong", "name"), [
    (np.arange(0.5, 39.5, 0.3), "double"), (np.arange(0.5, 39.5, 1.2), "half"),
    (np.arange(0.8, 39.5, 0.6), "off-beat"), (np.arange(0.5, 39.5, 0.9), "two thirds"),
    (np.arange(0.7, 39.5, 0.6), "a third late"), (np.arange(0.5, 39.5, 0.6), "right"),
    (np.arange(0.5, 39.5, 0.471), "at another pace"),
])
@pytest.mark.parametrize("seed", range(3))
def test_twelve_taps_mend_a_song(wrong: np.ndarray, name: str, seed: int) -> None:
    beats = beats_from_taps(hand(TRUTH[20:32], seed), DURATION, tracked(wrong), onset_curve(TRUTH))
    assert far(beats, TRUTH) < 0.03, name
    assert beats.tempo == pytest.approx(100.0, rel=0.01)
    assert np.abs(beats.downbeats - TRUTH[20]).min() < 0.03  # the first tap is "one"
    assert beats.beats_per_bar == 4 and beats.confidence == 1.0


def test_a_tempo_that_changes_is_followed_as_the_tracked_beats_follow_it() -> None:
    truth = 0.5 + np.cumsum(np.linspace(0.45, 0.7, 64))
    wrong = np.interp(np.arange(0.5, 63, 0.5), np.arange(64), truth)  # double tempo
    beats = beats_from_taps(hand(truth[5:13], 1), DURATION, tracked(wrong), onset_curve(truth))
    assert far(beats, truth) < 0.03


def test_or_as_the_onsets_do_where_the_tracked_beats_are_at_another_pace() -> None:
    truth = 0.5 + np.cumsum(np.linspace(0.56, 0.64, 62))
    beats = beats_from_taps(hand(truth[25:37], 2), DURATION, tracked(np.arange(0.2, 39, 0.43)),
                            onset_curve(truth))
    assert far(beats, truth) < 0.04


def test_without_onsets_and_tracked_beats_the_taps_alone_tell() -> None:
    beats = beats_from_taps(list(np.arange(10.0, 16.0, 0.5)), DURATION)
    assert np.allclose(np.diff(beats.times), 0.5, atol=1e-3)
    assert beats.times[0] < 0.5 and beats.times[-1] > DURATION - 0.6


@given(st.floats(0.3, 1.2), st.floats(0.3, 5.0), st.integers(6, 30), st.integers(0, 2**32 - 1),
       st.floats(0.0, 0.04))
def test_misses_doubles_and_a_loose_hand_cost_nothing(period: float, start: float, number: int, seed: int,
                                                      loose: float) -> None:
    rng = np.random.default_rng(seed)
    truth = start + period * np.arange(number)
    taps = truth + rng.normal(0, loose * period, number)
    taps = np.delete(taps, rng.choice(np.arange(1, number - 1), number // 6, replace=False))  # never the ends
    twice = rng.choice(len(taps), number // 8, replace=False)
    taps = rng.permutation(np.concatenate([taps, taps[twice] + 0.15 * period]))
    beats = beats_from_taps(list(taps), 200.0)
    inside = beats.times[(beats.times > truth[0] - 0.3 * period) & (beats.times < truth[-1] + 0.3 * period)]
    assert len(inside) == number
    assert np.abs(inside - truth).max() < 0.15 * period
    assert (beats.times >= 0).all() and (beats.times <= 200.0).all() and (np.diff(beats.times) > 0).all()
    assert np.isin(np.diff(beats.bar_position), [1, -3]).all()


@pytest.mark.parametrize(("taps", "said"), [
    ([1.0, 1.5, 2.0], "3 taps"), ([], "0 taps"), ([50.0, 51.0, 52.0, 53.0], "0 taps in the song"),
    ([1.0, 1.1, 1.2, 1.3], "600 times a minute"), ([1.0, 6.0, 11.0, 16.0], "12 times a minute"),
    ([1.0, 1.0, 1.0, 1.0], "all at once"),
])
def test_taps_that_are_no_beats_are_refused_with_the_number(taps: list[float], said: str) -> None:
    with pytest.raises(UserError, match=said):
        beats_from_taps(taps, DURATION)
