"""A tempo jumps where one that was kept turns into another; odd beats and people's drift are no jumps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.music.tempo_jumps import KEPT, tempo_jumps


def times_of(*parts: tuple[float, int]) -> np.ndarray:
    """Beats of so many intervals (BPM, how many), from 0.0 s on."""
    return np.concatenate([[0.0], np.cumsum(np.concatenate([np.full(n, 60 / bpm) for bpm, n in parts]))])


@pytest.mark.parametrize(("old", "new"), [(90, 140), (140, 90), (100, 120), (60, 68)])
@pytest.mark.parametrize("before", [KEPT, 7, 16])
def test_a_jump_is_found_at_its_beat(old: float, new: float, before: int) -> None:
    times = times_of((old, before), (new, 12), (old, KEPT))
    assert tempo_jumps(times) == [(before, pytest.approx(60 / new)), (before + 12, pytest.approx(60 / old))]


@given(st.floats(60, 200), st.integers(0, 2**32 - 1), st.floats(-0.01, 0.01))
def test_music_that_people_play_jumps_nowhere(tempo: float, seed: int, drift: float) -> None:
    rng = np.random.default_rng(seed)
    steps = 60 / tempo * np.exp(drift * np.arange(40))  # 1 % a beat
    late = rng.uniform(-0.02, 0.02, 41) * 60 / tempo  # and each beat by itself
    assert tempo_jumps(np.concatenate([[0.0], np.cumsum(steps)]) + late) == []


@pytest.mark.parametrize("odd", [[2.0], [0.5, 0.5], [1.5, 0.5], [3.0], [0.7]])
@pytest.mark.parametrize("at", [0, 3, 10, 19])
def test_a_beat_that_is_missed_doubled_or_misplaced_is_no_jump(odd: list[float], at: int) -> None:
    steps = np.full(20, 0.5)
    steps = np.concatenate([steps[:at], 0.5 * np.array(odd), steps[at:]])
    assert tempo_jumps(np.concatenate([[0.0], np.cumsum(steps)])) == []


@pytest.mark.parametrize("count", [0, 1, 2, 2 * KEPT])
def test_too_few_beats_jump_nowhere(count: int) -> None:
    assert tempo_jumps(np.cumsum(np.full(count, 0.5))) == []
