"""Segments lie on bars, cover every frame, and are never more than the generator can make."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from practice import Practice, steady_beats

from dance_core.errors import UserError
from dance_core.generators.base import Needs
from dance_core.longform.plan import blend_frames, plan_segments
from dance_core.music.beats import Beats
from dance_core.settings import Settings

SETTINGS = Settings()
BLEND = blend_frames(SETTINGS)
NO_BEATS = Beats(np.zeros(0), np.zeros(0), 0.0, 0.0)


def needs(low: float = 1.0, high: float = 30.0, context: int = 0) -> Needs:
    return Practice(segment_seconds=(low, high), context_frames=context).needs


def cuts(segments) -> list[int]:
    """Where each segment takes over from the one before."""
    return [s.start + s.overlap for s in segments]


def test_cuts_on_every_fourth_bar_the_first_after_two():
    # 120 BPM: a bar is 2 s = 60 frames, four are 240
    segments = plan_segments(steady_beats(120, 40), 1200, needs(), SETTINGS)
    assert cuts(segments) == [0, 120, 360, 600, 840, 1080]
    bars = [(s.first_bar, s.last_bar) for s in segments]
    assert bars == [(0, 1), (2, 5), (6, 9), (10, 13), (14, 17), (18, 19)]
    assert all(s.overlap == BLEND for s in segments[1:])
    assert segments[-1].stop == 1200


def test_bars_of_three_are_cut_after_four_of_them():
    # 90 BPM: a bar of three is 2 s = 60 frames
    segments = plan_segments(steady_beats(90, 40, per_bar=3), 1200, needs(), SETTINGS)
    assert cuts(segments) == [0, 120, 360, 600, 840, 1080]
    assert (segments[1].first_bar, segments[1].last_bar) == (2, 5)


def test_what_comes_before_the_first_downbeat_belongs_to_the_first_segment():
    # two beats before the first downbeat at 1.3 s
    segments = plan_segments(steady_beats(120, 40, first=0.3, in_bar=3), 1200, needs(), SETTINGS)
    assert cuts(segments)[:3] == [0, round((1.3 + 4) * 30), round((1.3 + 12) * 30)]
    assert (segments[0].first_bar, segments[0].last_bar) == (-1, 1)


def test_a_short_ragged_end_belongs_to_the_last_segment():
    segments = plan_segments(steady_beats(120, 21), 630, needs(), SETTINGS)
    assert cuts(segments) == [0, 120, 360] and segments[-1].stop == 630


def test_fewer_bars_where_four_are_too_long_for_the_generator():
    # 60 BPM: a bar is 4 s; 10 s with an overlap of 1 s leave room for two bars
    segments = plan_segments(steady_beats(60, 60), 1800, needs(1, 10), SETTINGS)
    assert set(np.diff(cuts(segments))) == {240}


def test_beats_where_no_bar_fits_and_plain_seconds_where_no_beat_does():
    slow = steady_beats(50, 60)  # a bar is 4.8 s, a beat 1.2 s = 36 frames
    on_beats = cuts(plan_segments(slow, 1800, needs(1, 4), SETTINGS))
    assert set(on_beats) <= {round(t * 30) for t in slow.times} and len(on_beats) > 10
    # beats 3 s apart and strides of at most 1.5 s
    plain = plan_segments(steady_beats(20, 60), 1800, needs(1, 2.5), SETTINGS)
    assert max(np.diff(cuts(plain))[1:]) <= 45


@pytest.mark.parametrize("beats", [NO_BEATS, Beats(np.array([3.0]), np.array([1]), 0.0, 0.1)])
def test_without_beats_it_is_cut_by_seconds(beats):
    segments = plan_segments(beats, 1200, needs(), SETTINGS)
    assert cuts(segments)[:3] == [0, 120, 360]


def test_a_tempo_change_moves_the_cuts_with_the_bars():
    fast = np.arange(0, 20, 0.5)
    slow = np.arange(20, 40, 0.75)
    times = np.concatenate([fast, slow])
    beats = Beats(times, np.arange(len(times)) % 4 + 1, 100.0, 1.0)
    segments = plan_segments(beats, 1200, needs(), SETTINGS)
    assert set(cuts(segments)[1:]) <= {round(t * 30) for t in beats.downbeats}
    assert cuts(segments)[-1] - cuts(segments)[-2] == 360  # four bars of 3 s


def test_overlap_is_the_generators_context_where_that_is_longer():
    segments = plan_segments(steady_beats(120, 40), 1200, needs(context=50), SETTINGS)
    assert {s.overlap for s in segments[1:]} == {50}


def test_a_generator_of_one_length_gets_exactly_that_length():
    segments = plan_segments(steady_beats(125, 31), 931, needs(5, 5, 16), SETTINGS)
    assert {s.stop - s.start for s in segments} == {150}


def test_music_that_is_too_short_is_refused_with_both_numbers():
    with pytest.raises(UserError, match=r"3\.0 s .* 5\.0 s"):
        plan_segments(steady_beats(120, 3), 90, needs(5, 8), SETTINGS)


def test_needs_that_contradict_themselves_name_the_generator():
    with pytest.raises(ValueError, match="practice"):
        plan_segments(NO_BEATS, 900, needs(1, 1.0, 30), SETTINGS)


@st.composite
def songs(draw):
    """Any beats, regular or not, with gaps, starting anywhere, perhaps none."""
    frames = draw(st.integers(90, 4000))
    intervals = draw(st.lists(st.floats(0.15, 4.0), min_size=0, max_size=60))
    times = draw(st.floats(0, 5)) + np.cumsum(intervals)
    per_bar = draw(st.integers(2, 7))
    bar = draw(st.integers(1, per_bar))
    position = (np.arange(len(times)) + bar - 1) % per_bar + 1
    tempo = 60 / float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    return Beats(times, position, tempo, 0.5, per_bar), frames


@given(songs(), st.floats(0.1, 6), st.floats(0.1, 20), st.integers(0, 60), st.integers(1, 8))
def test_always_covers_every_frame_within_what_the_generator_can(song, low, more, context, bars):
    beats, frames = song
    overlap = max(context, BLEND)
    high = max(low, overlap / 30 + 0.1) + more
    wanted = needs(low, high, context)
    settings = Settings(segment_bars=bars)
    if frames < np.ceil(low * 30):
        with pytest.raises(UserError):
            plan_segments(beats, frames, wanted, settings)
        return
    segments = plan_segments(beats, frames, wanted, settings)
    assert segments[0].start == 0 and segments[0].overlap == 0 and segments[-1].stop == frames
    for before, after in zip(segments, segments[1:], strict=False):
        assert after.index == before.index + 1
        assert after.start + after.overlap == before.stop  # no gap, no frame skipped
        assert after.overlap >= overlap
        assert after.start >= before.start
    for s in segments:
        assert low * 30 - 1e-3 <= s.stop - s.start <= high * 30 + 1e-3
        assert -1 <= s.first_bar <= s.last_bar


@given(st.floats(75, 165))
def test_who_counts_in_beats_is_cut_on_the_same_bars_at_any_tempo(tempo):
    counting = Practice(segment_seconds=(1.0, 13.0), segment_beats=15.5).needs
    segments = plan_segments(steady_beats(tempo, 3600 / tempo), int(30 * 3600 / tempo), counting, SETTINGS)
    beat = 60 / tempo * 30
    assert [round(cut / beat) for cut in cuts(segments)][:4] == [0, 8, 20, 32]  # four bars would be 16 beats
    assert all(s.stop - s.start <= 15.5 * beat + 1 for s in segments)
    assert counting.longest(tempo) == pytest.approx(min(13.0, 15.5 * 60 / tempo))
    assert needs(1, 13).longest(tempo) == 13.0 and counting.longest(0.0) == pytest.approx(15.5 / 2)


@given(songs(), st.floats(4, 30))
def test_no_segment_has_more_beats_than_it_may(song, beats):
    music, frames = song
    assume(frames >= 30)
    counting = Practice(segment_seconds=(1.0, 12.0), segment_beats=beats).needs
    segments = plan_segments(music, frames, counting, SETTINGS)
    assert segments[0].start == 0 and segments[-1].stop == frames
    for before, after in zip(segments, segments[1:], strict=False):
        assert after.start + after.overlap == before.stop
    for s in segments:
        inside = ((music.times * 30 >= s.start + 1) & (music.times * 30 < s.stop - 1)).sum()
        # never less than two overlaps, however many beats they are
        assert inside <= beats + 1 or s.stop - s.start <= max(2 * BLEND, 30)


@given(st.floats(60, 200), st.integers(1, 8), st.floats(20, 120), st.integers(2, 7))
def test_a_steady_song_is_cut_on_downbeats_only(tempo, bars, seconds, per_bar):
    assume(per_bar * 60 / tempo >= 1.2)  # a bar is longer than the generator's shortest segment
    beats = steady_beats(tempo, seconds, per_bar=per_bar)
    segments = plan_segments(beats, int(seconds * 30), needs(), Settings(segment_bars=bars))
    downbeats = {round(t * 30) for t in beats.downbeats}
    assert set(cuts(segments)[1:]) <= downbeats
    # nothing much shorter than asked for, so the end is no scrap
    if len(segments) > 1:
        assert segments[-1].stop - cuts(segments)[-1] >= BLEND


def jumping(tempos: tuple[float, float], first: int, seconds: float = 24.0) -> tuple[Beats, int]:
    """A song whose beats have another tempo from beat `first` on, and the frame of that beat."""
    old, new = (60 / tempo for tempo in tempos)
    times = np.concatenate([old * np.arange(first), old * first + np.arange(0, seconds - old * first, new)])
    position = np.arange(len(times)) % 4 + 1
    return Beats(times, position, 60 / float(np.median(np.diff(times))), 1.0), round(old * first * 30)


COUNTING = Practice(segment_seconds=(2.5, 13.7), segment_beats=17.64, context_frames=16).needs


@pytest.mark.parametrize("tempos", [(90.0, 140.0), (140.0, 90.0), (100.0, 120.0)])
@pytest.mark.parametrize("first", [6, 8, 16, 18, 19, 24])  # also within a bar
def test_who_counts_in_beats_is_cut_where_the_tempo_jumps(tempos, first):
    beats, jump = jumping(tempos, first)
    segments = plan_segments(beats, 720, COUNTING, SETTINGS)
    assert jump in cuts(segments)
    assert segments[0].start == 0 and segments[-1].stop == 720
    # on its clock, of one tempo, each segment has its longest segment's frames at most
    for s in segments:
        beat = 60 / tempos[s.start + s.overlap >= jump] * 30
        assert s.stop - s.start <= 17.64 * beat + 1
    others = [c for c in cuts(segments)[1:] if c != jump]
    assert set(others) <= {round(t * 30) for t in beats.times}


def test_a_jump_too_early_to_cut_at_leaves_room_for_the_tempo_after_it():
    beats, jump = jumping((120.0, 160.0), 4)  # at 2.0 s; the shortest segment has 2.5
    segments = plan_segments(beats, 720, COUNTING, SETTINGS)
    assert jump == 60 and 75 <= segments[0].stop <= 17.64 * 60 / 160 * 30 + 1


def test_who_counts_in_seconds_is_cut_on_bars_at_a_jump_too():
    beats, jump = jumping((90.0, 140.0), 18)
    segments = plan_segments(beats, 720, needs(2.5, 13.7), SETTINGS)
    assert jump not in cuts(segments)
    assert set(cuts(segments)[1:]) <= {round(t * 30) for t in beats.downbeats}


@given(st.floats(75, 165), st.floats(-0.03, 0.03))
def test_music_that_drifts_is_cut_where_it_was(tempo, drift):
    steps = 60 / tempo * (1 + drift * np.sin(np.arange(60) / 8))
    times = np.concatenate([[0.0], np.cumsum(steps)])
    beats = Beats(times, np.arange(61) % 4 + 1, tempo, 1.0)
    frames = int(times[-1] * 30)
    counting = plan_segments(beats, frames, COUNTING, SETTINGS)
    downbeats = {round(t * 30) for t in beats.downbeats}
    assert set(cuts(counting)[1:]) <= downbeats and counting[0].last_bar == 1
