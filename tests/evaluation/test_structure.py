"""Structure: music and dance of a known form agree, another form does not, and controls have none."""

from __future__ import annotations

import numpy as np
import pytest
from measured_motions import held, rocking
from practice import steady_beats
from small_corpus import quick_features

from dance_core.evaluation.controls import frozen
from dance_core.evaluation.structure import FEWEST, agreement, dance_bars, music_bars
from dance_core.longform.carry import Placing
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.motion.resample import resample
from dance_core.music.beats import Beats
from dance_core.music.features import Features

FORM, OTHER = "AABACABA", "ABCCBACB"
BAR = 60  # frames: 120 BPM, 4 beats
BEATS = steady_beats(120, 16.0)


def music(form: str) -> Features:
    """Each letter a sound of its own, a little different every time."""
    rng = np.random.default_rng(0)
    values = quick_features(BEATS, len(form) * BAR, 0).values.copy()
    sounds = {letter: rng.normal(0, 1, 32) for letter in sorted(set(form))}
    for i, letter in enumerate(form):
        values[i * BAR:(i + 1) * BAR, 1:33] = sounds[letter] + rng.normal(0, 0.1, (BAR, 32))
    return Features(values.astype(np.float32), quick_features(BEATS, 30, 0).names)


def dance(form: str, mirrored: str = "") -> Motion:
    """Each letter two seconds of moving of its own; those at the places of `mirrored` on the other side."""
    whole = rocking()
    pieces = []
    for i, letter in enumerate(form):
        start = (ord(letter) - ord("A")) * 100
        piece = whole.slice(start, start + BAR)
        pieces.append(mirror(piece) if str(i) in mirrored else piece)
    return Motion.join(pieces)


def test_music_that_comes_back_is_alike_where_it_does():
    alike = music_bars(music(FORM), BEATS)
    same = np.array([[a == b for a in FORM] for b in FORM])
    off = ~np.eye(8, dtype=bool)
    assert alike.shape == (8, 8) and alike == pytest.approx(alike.T)
    assert alike[same & off].min() > 2 * alike[~same].max()


def test_a_dance_that_comes_back_is_alike_where_it_does():
    alike = dance_bars(dance(FORM), BEATS)
    same = np.array([[a == b for a in FORM] for b in FORM])
    assert np.diag(alike).tolist() == [1.0] * 8 and alike == pytest.approx(alike.T)
    assert alike[same].min() > 0.7 and alike[~same].max() < 0.6  # bars that are alike begin with other jerks


def test_it_agrees_with_music_of_its_own_form_and_not_with_another():
    own, other = music_bars(music(FORM), BEATS), music_bars(music(OTHER), BEATS)
    found = dance_bars(dance(FORM), BEATS)
    assert agreement(found, own) > 0.8
    assert abs(agreement(found, other)) < 0.4 and agreement(dance_bars(dance(OTHER), BEATS), other) > 0.7


def test_a_bar_on_the_other_side_is_the_same_bar():
    one, other = (dance_bars(dance(FORM, mirrored=m), BEATS) for m in ("", "157"))
    assert other == pytest.approx(one, abs=0.1) and other[0, 1] > 0.7


def test_where_which_way_and_at_what_rate_somebody_dances_does_not_matter():
    one = dance(FORM)
    found = dance_bars(one, BEATS)
    assert dance_bars(Placing(2.0, np.array([3.0, 1.0])).apply(one), BEATS) == pytest.approx(found, abs=2e-3)
    assert dance_bars(resample(one, 60.0, smooth=True), BEATS) == pytest.approx(found, abs=0.02)


def test_who_stands_still_has_no_form_and_music_without_one_is_left_out():
    own = music_bars(music(FORM), BEATS)
    assert agreement(dance_bars(held(16.0), BEATS), own) == 0.0
    assert agreement(dance_bars(frozen(dance(FORM)), BEATS), own) == 0.0
    silence = Features(np.zeros((480, 40), np.float32), music(FORM).names)
    assert np.isnan(agreement(dance_bars(dance(FORM), BEATS), music_bars(silence, BEATS)))


def test_bars_that_are_not_whole_do_not_count():
    short = dance("AABA").slice(0, 239 - 1)  # the last bar lacks two frames
    assert len(dance_bars(short, BEATS)) == len(dance_bars(dance("AAB"), BEATS)) == 3 < FEWEST
    assert np.isnan(agreement(dance_bars(short, BEATS), music_bars(music("AABA"), BEATS)))
    upbeat = steady_beats(120, 16.0, in_bar=3)  # the first whole bar begins at 1 s
    assert len(dance_bars(dance(FORM), upbeat)) == len(music_bars(music(FORM), upbeat)) == 7
    nothing = Beats(np.zeros(0), np.zeros(0, int), 0.0, 0.0)
    assert dance_bars(dance("A"), nothing).shape == (0, 0) == music_bars(music("A"), nothing).shape
