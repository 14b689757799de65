"""The Beats noun: what it refuses, and that a bar of any length is passed on."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.music.beats import Beats


def counted(per_bar: object, positions: np.ndarray) -> Beats:
    return Beats(np.arange(len(positions)) * 0.5, positions, 120.0, 1.0, per_bar)  # type: ignore[arg-type]


@pytest.mark.parametrize("per_bar", [2, 3, 4, 5, 6, 7, np.int64(3)])
def test_bars_of_two_to_seven_beats_are_passed_on(per_bar):
    beats = counted(per_bar, np.arange(15) % per_bar + 1)
    for other in (beats, beats.between(1.0, 4.0), beats.shifted(2.0)):
        assert other.beats_per_bar == per_bar and type(other.beats_per_bar) is int
    np.testing.assert_allclose(np.diff(beats.downbeats), per_bar * 0.5)


@pytest.mark.parametrize("per_bar", [1, 0, -3, 8, 10**9, 3.0, True, "3", None])
def test_other_bars_are_refused_with_what_was_given(per_bar):
    with pytest.raises(ValueError, match=f"beats_per_bar is {per_bar!r}, expected 2 to 7"):
        counted(per_bar, np.ones(4, int))


def test_how_sure_the_bars_are_is_passed_on_and_checked():
    beats = Beats(np.arange(8.0), np.arange(8) % 4 + 1, 60.0, 0.9, 4, 0.4)
    assert beats.between(1.0, 5.0).metre_confidence == beats.shifted(1.0).metre_confidence == 0.4
    assert counted(4, np.arange(8) % 4 + 1).metre_confidence == 1.0, "given, not tracked"
    with pytest.raises(ValueError, match=r"metre_confidence is 1\.5"):
        Beats(np.arange(4.0), np.ones(4, int), 60.0, 1.0, 4, 1.5)


def test_a_place_beyond_the_bar_is_refused():
    with pytest.raises(ValueError, match=r"1\.\.3"):
        counted(3, np.array([1, 2, 3, 4]))
