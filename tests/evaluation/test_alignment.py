"""Beat alignment: closed-form scores, the same beats at 30 and 60 Hz, and controls that must be lower."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import mir_eval
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice import Poser, Swayer, job_for, stance, steady_beats

from dance_core.evaluation.alignment import (
    SIGMA_S,
    beat_alignment,
    hits,
    motion_beats,
    motion_speed,
    moved_beats,
    offset_curve,
    precision_recall,
    score,
)
from dance_core.generators.base import Request
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "motion" / "aistpp"


def bobbing(fps: float, seconds: float = 10.0, period: float = 0.5, late: float = 0.0) -> Motion:
    """The whole body goes up and down; it is at rest every half `period`, first at `late` seconds."""
    t = np.arange(int(seconds * fps)) / fps - late
    one = stance()
    place = np.repeat(one.translation, len(t), 0)
    place[:, 1] += 0.1 * np.cos(2 * np.pi * t / period)
    return Motion(fps, np.repeat(one.rotations, len(t), 0), place, np.zeros((len(t), 52)))


def test_speed_is_metres_a_second_whatever_the_frame_rate():
    for fps in (30.0, 60.0):
        # mean |sin| is 2/π of the peak 0.1 · 2π / 0.5
        assert motion_speed(bobbing(fps)).mean() == pytest.approx(0.8, rel=0.02)


@pytest.mark.parametrize("fps", [30.0, 60.0])
@pytest.mark.parametrize("late", [0.0, 0.004, 0.011])
def test_motion_beats_are_where_the_body_is_at_rest(fps, late):
    found = motion_beats(bobbing(fps, period=1.0, late=late))
    rests = np.arange(1, 20) * 0.5 + late
    assert len(found) == len(rests)
    assert np.abs(found - rests).max() <= 0.5 / fps + 1e-9


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
@pytest.mark.parametrize("clip", ["gBR_sBM_cAll_d04_mBR0_ch01", "gJS_sFM_cAll_d02_mJS4_ch09_p1"])
def test_a_real_dance_has_the_same_beats_at_30_and_60_hz(clip):
    slow = motion_beats(load_npz(REAL / f"{clip}.npz"))
    fast = motion_beats(load_npz(REAL / "60fps" / f"{clip}.npz"))
    assert abs(len(slow) - len(fast)) <= 1 and len(slow) > 10
    near = [np.abs(fast - t).min() for t in slow]
    assert np.percentile(near, 90) < 0.012


def test_scores_by_closed_form():
    beats = np.arange(10) * 0.5
    assert score(beats, beats) == pytest.approx(1.0)
    assert score(beats, beats + 0.05) == pytest.approx(np.exp(-0.5))  # one sigma away
    assert score(beats, beats + 0.1) == pytest.approx(np.exp(-2))
    assert score(beats, beats + 0.05, sigma_s=0.1) == pytest.approx(np.exp(-0.125))
    assert np.isnan(score([], beats)) and np.isnan(score(beats, []))
    assert score([1.0], [1.0]) == 1.0


def test_precision_and_recall_by_hand():
    beats = steady_beats(120, 10)  # 20 beats
    assert precision_recall(beats.times + 0.069, beats) == (1.0, 1.0)
    assert precision_recall(beats.times + 0.071, beats) == (0.0, 0.0)
    assert precision_recall(beats.times[::2], beats) == (1.0, 0.5)
    trembling = np.arange(0, 10, 0.1)  # hits every beat, with one rest of five
    assert precision_recall(trembling, beats) == (0.2, 1.0)
    # one to one: two rests near one beat are one hit
    assert precision_recall([1.0, 1.03], beats) == (0.5, 1 / 20)
    assert precision_recall([], beats) == (0.0, 0.0)
    assert precision_recall([1.0], beats.between(90, 91)) == (0.0, 0.0)


def test_both_directions_differ_where_one_side_has_more_beats():
    beats = steady_beats(120, 10)
    every_second = beat_alignment(beats.times[::2], beats)
    assert every_second.motion_to_music == pytest.approx(1.0)
    assert every_second.music_to_motion == pytest.approx(0.5, abs=0.01)
    twice = np.sort(np.concatenate([beats.times, beats.times + 0.25]))
    many = beat_alignment(twice, beats)
    assert many.music_to_motion == pytest.approx(1.0) and many.motion_to_music == pytest.approx(0.5, abs=0.01)
    assert (many.motion_beats, many.music_beats) == (40, 20)


def test_trembling_scores_high_but_gains_nothing():
    beats = steady_beats(120, 30)
    trembling = beat_alignment(np.arange(0, 30, 1 / 15), beats)
    assert trembling.music_to_motion > 0.8 and abs(trembling.gain) < 0.05
    dancing = beat_alignment(beats.times + 0.01, beats)
    assert dancing.gain > 0.6


def test_the_control_is_the_mean_of_the_curve_without_its_first_point():
    beats = steady_beats(100, 20)
    dance = beats.times + 0.02
    curve = offset_curve(dance, beats)
    found = beat_alignment(dance, beats)
    assert curve[0] == found.music_to_motion == curve.max()
    assert found.control == pytest.approx(curve[1:].mean())


def test_moved_beats_follow_a_tempo_change():
    beats = Beats(np.array([0.0, 1.0, 2.0, 2.5, 3.0]), np.array([1, 2, 3, 4, 1]), 100.0, 1.0)
    assert moved_beats(beats, 0.5).tolist() == [0.5, 1.5, 2.25, 2.75, 3.25]


def test_a_dance_to_its_own_song_scores_above_the_same_dance_to_another():
    for seed in range(3):
        job = job_for(Poser(), 30.0, seed, tempo=120)
        dance = Poser().make(Request(job.features, job.beats, 100, 900, "gHO", job.reference, seed=seed))
        times = motion_beats(dance) + 100 / 30
        own = beat_alignment(times, job.beats.between(3.4, 29.9))
        other = beat_alignment(times, steady_beats(97, 30).between(3.4, 29.9))
        assert own.music_to_motion > other.music_to_motion + 0.2
        assert own.gain > 0.2 > abs(other.gain)


def test_frozen_and_tiny_motions_have_no_beats():
    still = bobbing(30.0).slice(0, 1)
    frozen = Motion.join([still] * 60)
    for motion in (frozen, still, frozen.slice(0, 3)):
        found = beat_alignment(motion_beats(motion), steady_beats(120, 2))
        assert found.motion_beats == 0 and np.isnan(found.music_to_motion)
        assert found.as_dict() == {"motion_beats": 0.0, "music_beats": 4.0}


def test_a_song_without_beats_has_no_score():
    nothing = beat_alignment([1.0, 2.0], Beats(np.zeros(0), np.zeros(0), 0.0, 0.0))
    assert np.isnan(nothing.gain) and nothing.motion_beats == 2


TIMES = st.lists(st.floats(0, 60), min_size=1, max_size=40)


@given(TIMES, TIMES, st.floats(-5, 5))
def test_scores_lie_in_0_to_1_and_do_not_mind_a_common_shift(a, b, shift):
    a, b = np.array(a), np.array(b)
    value = score(a, b)
    assert 0.0 <= value <= 1.0
    assert score(a + shift, b + shift) == pytest.approx(value, abs=1e-9)
    # by the definition, without a search
    far = np.abs(a[:, None] - b[None]).min(1)
    assert value == pytest.approx(np.exp(-(far**2) / (2 * SIGMA_S**2)).mean(), abs=1e-12)


@given(TIMES, TIMES)
def test_hits_are_those_of_mir_eval(a, b):
    a, b = np.sort(a), np.sort(b)
    pairs = mir_eval.util.match_events(a, b, 0.07)
    assert hits(a, b) == hits(b, a) == len(pairs)
    beats = Beats(np.unique(b), np.ones(len(np.unique(b)), int), 120.0, 1.0)
    precision, recall = precision_recall(a, beats)
    f = 2 * precision * recall / max(precision + recall, 1e-12)
    assert f == pytest.approx(mir_eval.beat.f_measure(beats.times, a), abs=1e-9)


def test_moving_a_dance_by_half_a_beat_spoils_it():
    job = job_for(Swayer(), 30.0)
    dance = Swayer().make(Request(job.features, job.beats, 30, 900, "gHO", job.reference))
    curve = offset_curve(motion_beats(dance) + 1.0, job.beats)
    assert curve.max() > 0.9 and curve.min() < 0.1
    assert replace(dance, fps=30.0).duration == 29.0
