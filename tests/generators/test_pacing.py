"""The segment's own clock: what goes in comes out where it was, and music is heard at another tempo."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from practice import steady_beats

from dance_core.generators.hotdance.dit_config import DIT_CONFIGS, FASTEST, SLOWEST, USUAL
from dance_core.generators.hotdance.generator import HotDance
from dance_core.generators.hotdance.pacing import Clock
from dance_core.longform.plan import plan_segments
from dance_core.settings import MOTION_FPS, Settings

PACES = st.floats(SLOWEST, FASTEST)


def wave(frames: np.ndarray) -> np.ndarray:
    """Something that moves as slowly as a dancer's hip does."""
    return np.stack([np.sin(frames / 9), np.cos(frames / 13)], -1)


@given(PACES, st.integers(0, 40), st.integers(60, 120))
def test_what_enters_leaves_as_it_was(pace: float, first: int, count: int) -> None:
    clock = Clock(pace)
    whole = wave(np.arange(first + count))
    there, values = clock.enter(whole, 0, 1000)
    assert there == slice(0, len(values))
    assert len(values) == pytest.approx((first + count - 1) * pace + 1, abs=1)
    stop = first + count - 2
    assert np.abs(clock.leave(values, first, stop) - whole[first:stop]).max() < 5e-3


@given(PACES, st.integers(-30, 60), st.integers(2, 60))
@example(1.375, 47, 2)  # behind the last column
def test_a_piece_lies_on_the_clock_where_it_lies_in_the_segment(pace: float, first: int, count: int) -> None:
    there, values = Clock(pace).enter(wave(np.arange(first, first + count)), first, 64)
    at = np.arange(there.start, there.stop) / pace
    assert len(values) == len(at) and there.stop <= 64
    assert not len(at) or (at.min() >= max(0, first) - 1e-5 and at.max() <= first + count - 1 + 1e-5)
    assert np.abs(values - wave(at)).max(initial=0) < 5e-3


@given(PACES, st.floats(1.0, 6.0))
def test_what_turns_keeps_its_length_between_two_frames(pace: float, frames: float) -> None:
    angle = np.arange(60) * np.pi / 2 / frames  # a quarter turn in so many frames of the clock
    turning = np.stack([np.cos(angle), np.sin(angle), np.zeros(60)], -1)
    links = np.stack([np.zeros((60, 3)), 0.27 * turning], 1)
    own = Clock(pace).leave_links(links, 2, int(50 / pace))
    assert np.abs(np.linalg.norm(own[:, 1], axis=-1) - 0.27).max() < 1e-6
    plain = Clock(pace).leave(links, 2, int(50 / pace))
    assert np.linalg.norm(plain[:, 1], axis=-1).max() <= 0.27 + 1e-3


def test_at_pace_one_nothing_is_another() -> None:
    clock, values = Clock(), np.random.default_rng(0).normal(size=(40, 3))
    assert clock.frames(40) == clock.own(40) == 40
    there, entered = clock.enter(values, -5, 30)
    assert there == slice(0, 30) and np.array_equal(entered, values[5:35])
    assert np.array_equal(clock.leave(values, 3, 9), values[3:9])


@pytest.mark.parametrize("tempo", [84.0, 110.0, 150.0])
def test_music_of_any_tempo_is_heard_at_the_usual_one(tempo: float) -> None:
    beats = steady_beats(tempo, 20.0)
    values = np.zeros((600, 2), np.float32)
    values[np.round(beats.times * MOTION_FPS).astype(int).clip(0, 599), 0] = 1.0
    values[:, 1] = np.sin(2 * np.pi * np.interp(np.arange(600) / MOTION_FPS, beats.times,
                                                np.arange(len(beats.times))))
    clock = Clock.of(beats, 60, 150, 1.0, 256)
    assert clock.pace == pytest.approx(tempo / USUAL, rel=0.02)
    heard = clock.music(values, 60, 160, beats)
    assert heard.shape == (160, 2) and heard.dtype == np.float32
    assert set(np.unique(heard[:, 0])) == {0.0, 1.0}, "a beat stays a moment"
    apart = np.diff(np.flatnonzero(heard[:, 0]))
    assert np.abs(apart - 60 / USUAL * MOTION_FPS).max() < 2.1
    sine = heard[:, 1]
    turns = np.flatnonzero((sine[:-1] < 0) & (sine[1:] >= 0))
    assert np.diff(turns).mean() == pytest.approx(60 / USUAL * MOTION_FPS, rel=0.03)


def test_part_of_the_way_keeps_part_of_the_tempo() -> None:
    beats = steady_beats(160.0, 20.0)
    assert Clock.of(beats, 0, 150, 0.5, 256).pace == pytest.approx((160 / USUAL) ** 0.5, rel=0.02)
    assert Clock.of(beats, 0, 150, 0.0, 256).pace == 1.0
    assert Clock.of(steady_beats(220.0, 20.0), 0, 150, 1.0, 256).pace == FASTEST


@given(st.floats(60.0, 220.0), st.integers(40, 400), st.sampled_from([0.0, 0.5, 1.0]))
def test_a_segment_always_fits(tempo: float, frames: int, even: float) -> None:
    clock = Clock.of(steady_beats(tempo, 16.0), 0, frames, even, 256)
    assert clock.frames(frames) <= 256


@given(st.floats(SLOWEST * USUAL + 1, FASTEST * USUAL - 1))
def test_the_longest_segment_of_any_tempo_is_danced_at_the_usual_one(tempo: float) -> None:
    seconds, beats = DIT_CONFIGS["small"].longest
    frames = int(min(seconds, beats * 60 / tempo) * MOTION_FPS)
    clock = Clock.of(steady_beats(tempo, 16.0), 0, frames, 1.0, 256)
    assert clock.pace == pytest.approx(tempo / USUAL, rel=0.01)
    assert 245 <= clock.frames(frames) <= 256


def test_a_song_that_jumps_has_the_tempo_of_each_segment() -> None:
    slow, fast = steady_beats(90.0, 10.0), steady_beats(140.0, 10.0)
    both = type(slow)(np.concatenate([slow.times, fast.times + 10.0]),
                      np.concatenate([slow.bar_position, fast.bar_position]), 115.0, 1.0, 4)
    paces = [Clock.of(both, first, 150, 1.0, 256).pace for first in (60, 400)]
    assert paces == pytest.approx([90 / USUAL, 140 / USUAL], rel=0.02)


@pytest.mark.parametrize(("old", "new"), [(90.0, 140.0), (140.0, 90.0), (100.0, 120.0)])
@pytest.mark.parametrize("bars", [4.0, 4.5, 5.0])
def test_after_a_jump_the_new_tempo_is_the_usual_one_at_once(old: float, new: float, bars: float) -> None:
    jump = bars * 240 / old
    slow, fast = steady_beats(old, jump - 0.01), steady_beats(new, 24.0 - jump)
    both = type(slow)(np.concatenate([slow.times, fast.times + jump]),
                      np.concatenate([slow.bar_position, fast.bar_position]), 115.0, 1.0, 4)
    segments = plan_segments(both, 720, HotDance().needs, Settings())
    for s in segments:
        cut, lead = s.start + s.overlap, min(s.overlap, 32)
        clock = Clock.of(both, cut, s.stop - cut, 1.0, 256, lead)
        tempo = old if cut < jump * MOTION_FPS - 1 else new
        assert tempo / clock.pace == pytest.approx(USUAL, rel=0.04)
