"""Relatives of a grid of beats, and what the second network hears on one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.music.beat_inputs import HITS, INPUTS, NET_FPS, TONES
from dance_core.music.grid_net import GRID_INPUTS, PARTS, Sums, grid_inputs
from dance_core.music.grids import RELATIVES, agreement, distinct, relatives

SECONDS = 40.0


@given(tempo=st.floats(50.0, 210.0), first=st.floats(0.0, 1.0), drift=st.floats(-0.002, 0.002))
def test_relatives_lie_where_their_fractions_say(tempo: float, first: float, drift: float) -> None:
    pace = 60.0 / tempo * np.exp(drift * np.arange(round(SECONDS * tempo / 60)))
    times = first + np.cumsum(pace) - pace[0]
    for grid in relatives(times, SECONDS, 0):
        step, start = RELATIVES[grid.relative]
        inside = grid.times[(grid.times > times[0]) & (grid.times < times[-1])]
        place = np.interp(inside, times, np.arange(len(times)))
        off = (place - start) / step
        assert np.abs(off - np.round(off)).max() < 1e-3
        assert (np.diff(grid.times) > 0).all()
        assert grid.times[0] >= 0.0
        assert grid.times[-1] < SECONDS


def test_a_grid_is_among_its_relatives() -> None:
    times = np.arange(0.3, 30.0, 0.5)
    own = relatives(times, 30.0, 0)[0]
    assert own.relative == 0
    assert np.allclose(own.times, times)
    double = next(g for g in relatives(times, 30.0, 0) if RELATIVES[g.relative] == (2.0, 1.0))
    back = [g for g in relatives(double.times, 30.0, 1) if RELATIVES[g.relative] == (0.5, 0.0)]
    assert agreement(back[0].times, times) > 0.97


def test_no_relative_is_faster_or_slower_than_people_tap() -> None:
    for tempo in (60.0, 100.0, 200.0):
        for grid in relatives(np.arange(0.0, 30.0, 60.0 / tempo), 30.0, 0):
            assert 43.0 < 60.0 / np.median(np.diff(grid.times)) < 223.0


def test_equal_grids_are_one() -> None:
    times = np.arange(0.3, 30.0, 0.5)
    both = relatives(times, 30.0, 0) + relatives(times + 0.01, 30.0, 1)
    assert len(distinct(both)) == len(distinct(relatives(times, 30.0, 0)))
    off = relatives(times + 0.1, 30.0, 1)
    assert len(distinct([relatives(times, 30.0, 0)[0], off[0]])) == 2


def test_agreement_is_the_f_measure() -> None:
    beats = np.arange(0.0, 10.0, 0.5)
    assert agreement(beats, beats) == 1.0
    assert agreement(beats, beats[::2]) == pytest.approx(2 / 3)
    assert agreement(beats, beats + 0.25) == 0.0
    assert agreement(beats, beats[:0]) == 0.0


@pytest.mark.parametrize("tempo", [60.0, 118.0, 205.0])
@pytest.mark.parametrize("part", [0, 4, 6, 8])
def test_hits_stand_in_their_twelfth_at_any_tempo(tempo: float, part: int) -> None:
    pace = 60.0 / tempo
    beats = np.arange(0.5, 20.0, pace)
    rows = round(21 * NET_FPS)
    hits = np.zeros((2 * rows, 4), np.float32)
    hits[np.round((beats + part / PARTS * pace) * 2 * NET_FPS).astype(int), 2] = 3.0
    inputs = np.zeros((rows, INPUTS), np.float32)
    inputs[:, HITS] = hits.reshape(rows, 8)
    x = grid_inputs(Sums(inputs), beats)
    assert x.shape == (len(beats), GRID_INPUTS)
    heard = x[:-1, :4 * PARTS].reshape(-1, PARTS, 4)
    away = np.abs(heard[:, :, 2].argmax(axis=1) - part)
    assert np.minimum(away, PARTS - away).max() <= 1
    assert heard[:, :, 2].max(axis=1).min() == 3.0
    assert heard[:, :, [0, 1, 3]].max() == 0.0


def test_notes_are_those_of_their_half_beat() -> None:
    beats = np.arange(1.0, 20.0, 0.6)
    inputs = np.zeros((round(21 * NET_FPS), INPUTS), np.float32)
    time = np.arange(len(inputs)) / NET_FPS
    second = ((time - 1.0) / 0.6 % 1.0 >= 0.5) & (time > 0.9)
    inputs[second, TONES.start + 7] = 1.0
    x = grid_inputs(Sums(inputs), beats)[:-1]
    first_note, second_note = x[:, 4 * PARTS + 7], x[:, 4 * PARTS + 108 + 7]
    assert second_note.min() > 0.75
    assert first_note[1:].max() < 0.25
