"""The bar pointer on what a network would say of songs whose beats are known."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.music.bar_pointer import point
from dance_core.music.bars import Bars, bars_over
from dance_core.music.beat_inputs import INPUTS, NET_FPS
from dance_core.music.beat_net import METRES, TEMPO_BINS, Heard
from dance_core.music.onsets import FPS


def told(beats: np.ndarray, metre: int, seconds: float, sure: float = 0.8, first: int = 0) -> Heard:
    """A network that hears each beat and downbeat (the first: beat `first`), nothing of tempo or metre."""
    rows = round(seconds * NET_FPS)
    beat, down = np.full(rows, 0.03, np.float32), np.full(rows, 0.01, np.float32)
    for i, time in enumerate(beats):
        row = round(time * NET_FPS - 0.25)
        for near, share in ((row - 1, 0.3), (row + 1, 0.3), (row, 1.0)):
            if 0 <= near < rows:
                beat[near] = share * sure
                down[near] = share * sure if (i - first) % metre == 0 else 0.05
    even = np.full((rows, TEMPO_BINS), 1 / TEMPO_BINS, np.float32)
    return Heard(beat, down, even, np.full((rows, len(METRES)), 1 / len(METRES), np.float32),
                 np.zeros((rows, INPUTS), np.float32))


def pointed(heard: Heard, seconds: float) -> Bars:
    """Beats and bars by the first network alone."""
    return bars_over(heard, point(heard, round(seconds * FPS)))


@pytest.mark.parametrize("metre", METRES)
@pytest.mark.parametrize("tempo", [58.0, 97.3, 141.0, 203.0])
def test_bars_of_two_to_seven_beats_are_told(metre: int, tempo: float) -> None:
    beats = np.arange(0.37, 30.0, 60.0 / tempo)
    found = pointed(told(beats, metre, 30.0, first=1), 30)
    inner = found.times[(found.times > 0.3) & (found.times < 29.5)]
    assert np.abs(inner - beats[:len(inner)]).max() < 0.025
    assert found.metre == metre
    start = int(np.abs(found.times - beats[1]).argmin())
    assert (found.positions[start:] == np.arange(len(found.positions) - start) % metre + 1).all()
    assert METRES[int(found.chances.argmax())] == metre


def test_a_beat_on_the_first_sample_is_found() -> None:
    beats = np.arange(0.0, 12.0, 0.5)
    found = pointed(told(beats, 4, 12.0), 12)
    assert found.times[0] < 0.03
    assert found.positions[0] == 1


def test_a_step_of_the_tempo_is_followed() -> None:
    beats = np.concatenate([np.arange(0.2, 15.0, 0.5), 15.2 + np.arange(0.0, 14.0, 0.41)])
    found = pointed(told(beats, 4, 29.0), 29)
    nearest = np.abs(found.times[:, None] - beats).min(axis=0)
    assert (nearest < 0.03).mean() > 0.95


def test_beats_run_on_where_nothing_is_heard() -> None:
    """Four bars of silence in the middle: the pointer goes through them at its pace."""
    beats = np.arange(0.2, 30.0, 0.5)
    heard = told(beats, 4, 30.0)
    heard.beat[10 * NET_FPS:18 * NET_FPS] = 0.02
    found = pointed(heard, 30)
    nearest = np.abs(found.times[:, None] - beats).min(axis=0)
    assert nearest[:-1].max() < 0.05


def test_one_missed_downbeat_does_not_move_the_bars() -> None:
    beats = np.arange(0.2, 40.0, 0.5)
    heard = told(beats, 3, 40.0)
    row = round(beats[30] * NET_FPS - 0.25)
    heard.downbeat[row - 1:row + 2] = 0.02
    found = pointed(heard, 40)
    assert found.metre == 3
    assert (np.diff(np.flatnonzero(found.positions == 1)) == 3).all()


def test_a_bar_that_breaks_off_is_a_slip() -> None:
    """A song in four that leaves out two beats: the bars go on from the new first."""
    beats = np.arange(0.2, 40.0, 0.5)
    heard = told(beats, 4, 40.0)
    later = told(beats, 4, 40.0, first=42)
    half = round((beats[42] - 0.1) * NET_FPS)
    heard.downbeat[half:] = later.downbeat[half:]
    found = pointed(heard, 40)
    assert found.metre == 4
    firsts = found.times[found.positions == 1]
    assert np.abs(firsts - beats[20]).min() < 0.03
    assert np.abs(firsts - beats[62]).min() < 0.03
