"""A dance moved a little in time: it rests on the beats, begins where it began, and never runs backwards."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.retiming import SLOPE, read_at, rested

BEAT = 15.0  # frames: 120 BPM
BEATS = np.arange(1, 9) * BEAT
FRAMES = 150


def speed(late: float) -> np.ndarray:
    """(T,) m/s between the frames of a body that rests `late` frames after every beat."""
    return 1.0 - np.cos(2 * np.pi * (np.arange(FRAMES) + 0.5 - late) / BEAT)


def late_after(move: np.ndarray, late: float) -> float:
    """Frames between the beats and the rests nearest to them, on average, as the moved dance is seen."""
    seen = np.interp(np.arange(FRAMES) + move, np.arange(FRAMES) + 0.5, speed(late))
    rests = np.flatnonzero((seen[1:-1] <= seen[:-2]) & (seen[1:-1] < seen[2:])) + 1
    return float(np.mean([np.abs(rests - b).min() for b in BEATS[1:]]))


@given(st.floats(-3.0, 3.0))
def test_it_rests_on_the_beats_afterwards(late: float) -> None:
    move = rested(speed(late), BEATS, 0.0, FRAMES - 1.0, 4.0, 1.0)
    assert move is not None
    assert late_after(move(np.arange(FRAMES)), late) <= 1.0


@given(st.integers(0, 10_000), st.booleans(), st.floats(0.5, 6.0))
def test_nothing_is_moved_far_or_fast_or_where_it_begins(seed: int, free: bool, most: float) -> None:
    rng = np.random.default_rng(seed)
    beats = np.cumsum(rng.uniform(8.0, 25.0, 12))
    stop = float(rng.uniform(60.0, 150.0))
    move = rested(rng.random(FRAMES), beats, 0.0, stop, most, 0.5, free=free)
    assert move is not None
    at = np.linspace(0.0, stop, 500)
    moved = move(at)
    assert moved[0] == 0.0 and np.abs(moved).max() <= most + 1e-9
    assert free or abs(moved[-1]) < 1e-9
    assert (np.diff(at + moved) > 0).all(), "time goes on"
    places = np.concatenate([[0.0], beats[(beats > 1) & (beats < stop - 1)], [stop]])
    assert np.abs(np.diff(move(places)) / np.diff(places)).max() <= SLOPE + 1e-9


def test_a_change_of_pace_has_its_price() -> None:
    cheap, dear = (rested(speed(3.0), BEATS, 0.0, FRAMES - 1.0, 4.0, stiff) for stiff in (0.1, 1e6))
    assert cheap is not None and dear is not None
    assert cheap(BEATS[3]) >= 2.0
    assert np.abs(dear(np.arange(FRAMES))).max() == 0.0


def test_without_beats_nothing_is_moved() -> None:
    for beats in (BEATS[:0], BEATS + 200):
        assert rested(speed(2.0), beats, 0.0, 100.0, 4.0, 1.0) is None


def test_what_is_read_faster_moves_faster() -> None:
    rows = np.zeros((90, pc.ROW))
    rows[:, pc.HEIGHT] = np.sin(np.arange(90) / 10)
    rows[:, pc.VELOCITY], rows[:, pc.TURN] = 0.8, 0.3
    rows[:, pc.CONTACTS] = np.arange(90)[:, None] % 2
    at = np.arange(40) * 1.25
    read = read_at(rows, at)
    np.testing.assert_allclose(read[:, pc.VELOCITY], 1.0)
    np.testing.assert_allclose(read[:, pc.TURN], 0.375)
    np.testing.assert_allclose(read[:, pc.HEIGHT], np.sin(at / 10), atol=2e-3)
    assert read[:, pc.CONTACTS].min() >= 0.0 and read[:, pc.CONTACTS].max() <= 1.0
    assert np.array_equal(read_at(rows, np.arange(90.0)), rows)
