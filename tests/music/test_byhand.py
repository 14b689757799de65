"""Beats corrected by hand: opposite presses cancel, beats stay in the song, and bars begin on beats."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.music.beats import Beats
from dance_core.music.byhand import (
    ByHand,
    corrected,
    double_tempo,
    half_a_beat_on,
    half_tempo,
    metered,
    nudged,
    one_at,
    one_on,
    read_by_hand,
    scale_from,
)

DURATION = 30.0


def steady(bpm: float = 120.0, first: float = 0.4, per_bar: int = 4, one: int = 0) -> Beats:
    times = np.arange(first, DURATION - 0.2, 60.0 / bpm)
    return Beats(times, (np.arange(len(times)) - one) % per_bar + 1, bpm, 0.3, per_bar)


@st.composite
def songs(draw: st.DrawFn) -> Beats:
    """Beats of a song that speeds up and slows down, 60 to 170 BPM, with bars of 2 to 7."""
    number, per_bar = draw(st.integers(12, 40)), draw(st.integers(2, 7))
    pace = np.array(draw(st.lists(st.floats(0.36, 0.7), min_size=number, max_size=number)))
    pace = np.convolve(np.pad(pace, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    times = draw(st.floats(0.0, 1.0)) + np.cumsum(pace)
    one = draw(st.integers(0, per_bar - 1))
    return Beats(times, (np.arange(number) - one) % per_bar + 1, 60 / float(np.median(np.diff(times))), 0.4,
                 per_bar)


@st.composite
def presses(draw: st.DrawFn) -> tuple[Beats, ByHand, float]:
    """A song, some presses, and how long the song is."""
    base = draw(songs())
    by_hand = ByHand()
    for name in draw(st.lists(st.sampled_from(["double", "half", "on", "later", "meter", "nudge", "at"]),
                              max_size=6)):
        try:
            by_hand = {
                "double": lambda h: double_tempo(h), "half": lambda h: half_tempo(h),
                "on": lambda h: half_a_beat_on(h, base), "later": lambda h: one_on(h, base),
                "meter": lambda h: metered(h, 3), "nudge": lambda h: nudged(h, 10),
                "at": lambda h: one_at(h, base, 7.3)}[name](by_hand)
        except UserError:
            continue  # beyond four times the tempo
    return base, by_hand, float(base.times[-1]) + 0.3


def same(a: Beats, b: Beats) -> bool:
    return (np.array_equal(a.times, b.times) and np.array_equal(a.bar_position, b.bar_position)
            and a.beats_per_bar == b.beats_per_bar)


@given(presses())
def test_beats_stay_in_the_song_rise_and_bars_begin_on_beats(made: tuple[Beats, ByHand, float]) -> None:
    base, by_hand, duration = made
    try:
        beats = corrected(base, by_hand, duration)
    except UserError:  # a tempo beyond what can be tapped
        return
    assert (beats.times >= 0).all() and (beats.times <= duration).all()
    assert (np.diff(beats.times) > 0).all()
    assert np.isin(beats.downbeats, beats.times).all()
    turns = np.diff(beats.bar_position)
    assert np.isin(turns, [1, 1 - beats.beats_per_bar]).all()  # bars are whole
    assert np.abs(beats.times[0] - base.times[0]) < 5  # and reach from end to end
    assert np.abs(beats.times[-1] - base.times[-1]) < 5


@given(presses())
def test_opposite_presses_cancel_exactly(made: tuple[Beats, ByHand, float]) -> None:
    base, by_hand, _ = made
    anchored = one_on(by_hand, base, 0)
    assert nudged(nudged(by_hand, 10), -10) == by_hand
    assert one_on(one_on(by_hand, base), base, -1) == anchored
    assert half_a_beat_on(half_a_beat_on(by_hand, base), base) == anchored
    if by_hand.tempo_scale <= 2:
        assert half_tempo(double_tempo(by_hand)) == by_hand
    if by_hand.tempo_scale >= Fraction(1, 2):
        assert double_tempo(half_tempo(by_hand)) == by_hand


@given(presses())
def test_corrections_survive_being_written_down(made: tuple[Beats, ByHand, float]) -> None:
    import json

    by_hand = made[1]
    assert read_by_hand(json.loads(json.dumps(by_hand.record()))) == by_hand
    assert bool(by_hand.in_words()) == by_hand.changes


def test_nothing_set_is_the_base_itself() -> None:
    base = steady()
    assert corrected(base, ByHand(), DURATION) is base
    assert not ByHand().changes


def test_double_tempo_puts_a_beat_between_any_two_and_keeps_the_ones() -> None:
    base = steady(90.0)
    beats = corrected(base, double_tempo(ByHand()), DURATION)
    assert np.isin(base.times, beats.times).all()
    assert beats.tempo == pytest.approx(180.0)
    assert np.isin(base.downbeats, beats.downbeats).all()  # bars of four are now two of four
    assert beats.confidence == 1.0


def test_half_tempo_keeps_the_ones() -> None:
    base = steady(170.0, one=3)
    beats = corrected(base, half_tempo(ByHand()), DURATION)
    assert beats.tempo == pytest.approx(85.0)
    assert np.isin(beats.times, base.times).all()
    assert np.isin(beats.downbeats, base.downbeats).all()
    assert np.diff(np.flatnonzero(np.isin(base.times, beats.downbeats)))[0] == 8


def test_half_a_beat_on_moves_every_beat_and_its_place() -> None:
    base = steady(120.0, one=1)
    beats = corrected(base, half_a_beat_on(ByHand(), base), DURATION)
    assert np.allclose((beats.times - base.times[0]) % 0.5, 0.25)
    assert beats.downbeats[0] == pytest.approx(base.downbeats[0] + 0.25)


def test_the_beat_nearest_to_a_moment_is_one() -> None:
    base = steady(120.0)
    beats = corrected(base, one_at(ByHand(), base, base.times[9] + 0.2), DURATION)
    assert base.times[9] in beats.downbeats
    assert np.array_equal(beats.times, base.times)
    moved = nudged(one_at(nudged(ByHand(), 30), base, base.times[9] + 0.03), -30)
    assert base.times[9] in corrected(base, moved, DURATION).downbeats


def test_beats_a_bar_are_counted_from_the_first_one() -> None:
    base = steady(120.0, one=2)
    for n in range(2, 8):
        beats = corrected(base, metered(ByHand(), n), DURATION)
        assert beats.beats_per_bar == n and beats.downbeats[-1] in base.times
        assert base.times[2] in beats.downbeats
        assert set(np.diff(np.flatnonzero(beats.bar_position == 1))) == {n}


def test_a_nudge_keeps_bars_that_are_not_even_and_leaves_out_what_is_outside() -> None:
    places = np.array([1, 2, 3, 4, 1, 2, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2])
    base = Beats(np.arange(0.005, 8, 0.5), places, 120, 0.2)
    later, earlier = (corrected(base, nudged(ByHand(), n), 8.0) for n in (10, -10))
    assert np.array_equal(later.bar_position, base.bar_position)
    assert np.allclose(later.times, base.times + 0.01)
    assert len(earlier.times) == len(base.times) - 1 and earlier.bar_position[0] == 2


@pytest.mark.parametrize(("wrong", "said"), [
    (lambda: ByHand(meter=8), "2 to 7 beats, not 8"),
    (lambda: ByHand(tempo_scale=Fraction(8)), "8 times"),
    (lambda: ByHand(tempo_scale=Fraction(7, 5)), "7/5"),
    (lambda: ByHand(nudge_ms=1001), "1000 ms, not by 1001"),
    (lambda: ByHand("taps", ()), "0 taps"),
    (lambda: ByHand("taps", (float("nan"), 1.0)), "no time"),
    (lambda: ByHand("moon"), "'moon'"),
    (lambda: corrected(steady(240.0), double_tempo(ByHand()), DURATION), "480 BPM"),
    (lambda: corrected(Beats(np.array([1.0]), np.array([1]), 0, 0), ByHand(meter=3), DURATION), "Only 1 "),
])
def test_what_can_not_be_is_a_sentence_with_the_number(wrong, said: str) -> None:
    with pytest.raises(UserError, match=said):
        wrong()


@pytest.mark.parametrize(("text", "scale"), [
    ("2", Fraction(2)), ("0.5", Fraction(1, 2)), ("2/3", Fraction(2, 3)), ("0.667", Fraction(2, 3)),
    ("1.5", Fraction(3, 2)), ("0.25", Fraction(1, 4))])
def test_a_tempo_scale_may_be_typed_as_people_write_it(text: str, scale: Fraction) -> None:
    assert scale_from(text) == scale


@pytest.mark.parametrize("text", ["0.97", "5", "0", "-1", "x", "1/0", "nan", "", "9" * 50, "1e3"])
def test_other_tempo_scales_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="tempo scale"):
        scale_from(text)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=4)
                    | st.dictionaries(st.sampled_from(["source", "taps", "tempo_scale", "one", "meter",
                                                       "nudge_ms"]), inner)))
def test_whatever_a_browser_sends_is_read_or_refused(sent: object) -> None:
    with contextlib.suppress(UserError):
        assert isinstance(read_by_hand(sent), ByHand)
