"""Choosing among windows by rest on the beats."""

from __future__ import annotations

import numpy as np

from dance_core.generators.nets.resting import most_on_the_beat


def test_the_try_that_slows_down_on_the_beats_is_chosen() -> None:
    t = np.arange(89) + 0.5  # between 90 rows that begin at the music's frame 100
    beats = np.arange(100.0, 200.0, 15.0)
    tries = np.stack([1.0 - 0.8 * np.cos(2 * np.pi * (t - shift) / 15.0) for shift in (7.0, 4.0, 0.0)])
    assert most_on_the_beat(tries, 100, 12, beats) == 2
    assert most_on_the_beat(tries, 107, 12, beats) == 0, "the same dances seven frames later"
    assert most_on_the_beat(tries * [[1.0], [0.1], [2.0]], 100, 12, beats) == 2, "slow is not on the beat"


def test_without_beats_in_what_is_new_the_first_is_taken() -> None:
    tries = np.random.default_rng(0).random((3, 89))
    assert most_on_the_beat(tries, 100, 12, np.zeros(0)) == 0
    for known in (tries.shape[1], tries.shape[1] + 1):
        assert most_on_the_beat(tries, 100, known, np.arange(100.0, 200.0, 15.0)) == 0, "all of it is known"
    assert most_on_the_beat(tries, 100, 12, np.array([105.0, 300.0])) == 0
