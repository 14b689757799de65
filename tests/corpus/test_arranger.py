"""Laying phrases on beats: counting, warping, choosing, joining, and the hands and face on top."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from dances import FPS, clip, pulsing, steady
from hypothesis import given
from hypothesis import strategies as st

from dance_core.corpus.arranger import arrange, centred, time_map, within_limits
from dance_core.corpus.choice import WARP, choose
from dance_core.corpus.counting import BAR, beat_time, counts_per_beat, energy_of, music_counts
from dance_core.corpus.library import Library, facing_of, turned
from dance_core.corpus.phrases import kinematic_beats
from dance_core.corpus.touches import manner_of, with_touches
from dance_core.errors import UserError
from dance_core.motion import filters
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats


@cache
def library() -> Library:
    return Library([clip(f"d{i}", pace, 14.0, i) for i, pace in enumerate((0.45, 0.5, 0.6))])


gaps = st.lists(st.floats(0.3, 0.9), min_size=3, max_size=24)


# -- counting ---------------------------------------------------------------------------------------
@given(gaps, st.floats(-3, 30))
def test_beat_time_is_the_inverse_of_phase(steps: list[float], count: float) -> None:
    times = np.cumsum(steps)
    beats = Beats(times, np.arange(len(times)) % 4 + 1, 120.0, 1.0)
    assert beats.phase(beat_time(beats, np.array([count])))[0] == pytest.approx(count, abs=1e-6)


@pytest.mark.parametrize("per_beat", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("first_place", [1, 2, 4])
def test_counts_cover_the_music_and_bars_begin_on_downbeats(per_beat: float, first_place: int) -> None:
    times = np.arange(0.4, 20, 0.5)
    beats = Beats(times, (np.arange(len(times)) + first_place - 1) % 4 + 1, 120.0, 1.0)
    counts, place = music_counts(beats, 600, per_beat)
    assert counts[0] < 0 and counts[-1] > 20
    assert np.allclose(np.diff(counts), 0.5 / per_beat)
    ones = counts[(np.arange(len(counts)) + place) % BAR == 0]
    inside = ones[(ones > 0.39) & (ones < 19.9)]
    # every bar of four counts begins on one of the music's downbeats
    assert np.abs(inside[:, None] - beats.downbeats).min(1).max() < 1e-6 or per_beat == 2.0
    assert np.abs(inside[:, None] - beats.times).min(1).max() < 1e-6


def test_very_fast_music_is_counted_by_twos_and_very_slow_music_twice() -> None:
    rng = np.random.default_rng(0)
    assert counts_per_beat(180, rng) == 0.5 and counts_per_beat(64, rng) == 2.0
    assert {counts_per_beat(120, rng) for _ in range(20)} == {1.0}
    assert {counts_per_beat(155, rng) for _ in range(40)} == {0.5, 1.0}


def test_energy_rises_where_the_music_swells() -> None:
    features, beats = steady(120, 20)
    energy = energy_of(features, np.array([3.0, 17.0]))
    assert energy[0] < -0.3 and energy[1] > 0.3
    assert -1 <= energy.min() and energy.max() <= 1


# -- warping ----------------------------------------------------------------------------------------
@given(gaps, st.data())
def test_the_time_map_meets_every_count_and_never_runs_back(steps: list[float], data: st.DataObject) -> None:
    music = np.cumsum(steps)
    dance = np.cumsum(data.draw(st.lists(st.floats(0.2, 1.0), min_size=len(steps), max_size=len(steps))))
    curve = time_map(music, dance)
    assert np.allclose(curve(music), dance, atol=1e-9)
    assert (np.diff(curve(np.linspace(music[0] - 1, music[-1] + 1, 400))) > -1e-9).all()


@given(gaps, st.data())
def test_no_count_is_warped_beyond_the_limits(steps: list[float], data: st.DataObject) -> None:
    music = np.cumsum(steps)
    dance = np.cumsum(data.draw(st.lists(st.floats(0.2, 1.0), min_size=len(steps), max_size=len(steps))))
    out = within_limits(music, dance)
    pace = (dance[-1] - dance[0]) / (music[-1] - music[0])
    ratio = np.diff(out) / np.diff(music)
    assert ratio.min() > min(WARP[0], pace) - 0.02 and ratio.max() < max(WARP[1], pace) + 0.02


def test_counts_within_the_limits_stay_where_they_are() -> None:
    music = np.arange(8) * 0.5
    dance = 3 + np.cumsum([0.5, 0.45, 0.6, 0.5, 0.4, 0.5, 0.55, 0.5])
    assert np.array_equal(within_limits(music, dance), dance)


# -- choosing ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", [0, 1, 3])
def test_phrases_cover_the_music_without_gaps_and_change_on_bars(place: int) -> None:
    times = np.arange(45) * 0.5
    phrases = choose(library(), times, place, np.zeros(45), np.random.default_rng(2))
    assert phrases[0].on == 0
    for a, b in zip(phrases, phrases[1:], strict=False):
        assert a.on + a.counts == b.on
        assert (b.on + place) % BAR == 0
    assert phrases[-1].on + phrases[-1].counts >= 44
    for p in phrases:
        track = library().takes[p.take].tracks[p.track]
        assert 0 <= p.first and p.first + p.counts < len(track.times)


def test_louder_music_is_danced_faster() -> None:
    lazy, lively = clip("lazy", 0.5, 20.0, 1), clip("lively", 0.5, 20.0, 2)
    slow = Motion(30, lazy.motion.rotations * 0.4, lazy.motion.translation, lazy.motion.face)
    both = Library([lively, type(lazy)("practice/slow", "practice", "party", "s", slow, "", "")])
    times = np.arange(120) * 0.5
    speeds = []
    for energy in (-1.0, 1.0):
        chosen = choose(both, times, 0, np.full(120, energy), np.random.default_rng(1))
        speeds.append(np.mean([p.take >= 2 for p in chosen]))  # the second clip is the slow one
    assert speeds[0] > speeds[1]


def test_nothing_to_dance_is_said() -> None:
    with pytest.raises(UserError, match="0 dances"):
        Library([])
    with pytest.raises(UserError, match="4 counts"):
        Library([clip("short", 0.5, 1.5)])


@pytest.mark.parametrize("per_bar", [3, 5, 6, 7])
def test_no_recorded_dance_is_laid_on_bars_that_its_phrases_do_not_fit(per_bar: int) -> None:
    features, beats = steady(120.0, 20.0)
    places = np.arange(len(beats.times)) % per_bar + 1
    with pytest.raises(ValueError, match=f"bars of {per_bar}"):
        arrange(library(), features, Beats(beats.times, places, 120.0, 1.0, per_bar), "party", 3)


# -- the whole dance --------------------------------------------------------------------------------
@pytest.mark.parametrize("tempo", [75.0, 100.0, 120.0, 140.0, 165.0])
def test_the_dancer_rests_on_the_beats(tempo: float) -> None:
    features, beats = steady(tempo, 25)
    arranged = arrange(library(), features, beats, "party", 3)
    assert len(arranged.motion) == len(features)
    rests, _ = kinematic_beats(arranged.motion)

    def hit(moved: float) -> float:
        """Share of the rests that are near a beat, the beats moved by a part of a beat."""
        times = np.concatenate([beats.times, beats.times + 30 / tempo]) if tempo < 80 else beats.times
        return float((np.abs(rests[:, None] - times - moved * 60 / tempo).min(1) < 0.07).mean())

    elsewhere = np.mean([hit(part) for part in (0.25, 0.35, 0.65, 0.75)] if tempo >= 80 else [hit(0.25)])
    assert hit(0.0) > 2 * elsewhere
    assert set(arranged.dances) <= {"practice/d0", "practice/d1", "practice/d2"} and arranged.dances


def test_joins_do_not_show_and_feet_stay() -> None:
    features, beats = steady(115, 30)
    motion = arrange(library(), features, beats, "party", 8).motion
    raw = max(np.percentile(filters.joint_acceleration(t.motion).max(1), 99.5) for t in library().takes)
    assert filters.joint_acceleration(motion).max() < 2.0 * raw
    ankles = kin.joints(motion, 12)[:, [7, 8]]
    assert np.ptp(ankles, axis=0).max() < 0.05  # these dancers never step


def test_the_same_seed_gives_the_same_dance_and_another_another() -> None:
    features, beats = steady(110, 20)
    a, b, c = (arrange(library(), features, beats, "party", s).motion for s in (1, 1, 2))
    assert np.array_equal(a.rotations, b.rotations) and np.array_equal(a.face, b.face)
    assert not np.array_equal(a.rotations, c.rotations)


def test_a_dance_begins_in_the_middle_and_faces_the_viewer() -> None:
    features, beats = steady(110, 12)
    motion = arrange(library(), features, beats, "party", 1).motion
    assert np.abs(motion.translation[0, [0, 2]]).max() < 0.02
    assert abs(float(facing_of(kin.joints(motion.slice(0, 1), 22))[0])) < 0.1


def test_who_walks_away_is_brought_back() -> None:
    motion = pulsing(np.arange(0.2, 20, 0.5), 20.0)
    away = motion.translation + np.linspace(0, 4, len(motion))[:, None] * np.array([1.0, 0.0, 0.0])
    walked = Motion(30, motion.rotations, away, motion.face)
    back = centred(walked, 1.2)
    assert np.abs(back.translation[:, 0]).max() < 1.6
    assert np.array_equal(back.translation[:, 1], walked.translation[:, 1])
    assert np.abs(np.diff(back.translation[:, 0])).max() * FPS < 0.6
    assert centred(motion) is motion


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-7, 7))
def test_turning_a_way_agrees_with_rotations(x: float, z: float, angle: float) -> None:
    from dance_core.motion import rotations as rot

    there = rot.rotate(rot.quaternion_about("y", angle), np.array([x, 0.0, z]))
    assert np.allclose(turned(np.array([x, z]), angle), there[[0, 2]], atol=1e-9)


# -- hands and face ---------------------------------------------------------------------------------
@pytest.mark.parametrize("style", ["salsa", "party", "modern", "gKR", "gJB", "unheard-of"])
def test_hands_and_face_come_on_top_and_the_body_stays(style: str) -> None:
    motion = pulsing(np.arange(0.2, 20, 0.5), 20.0)
    times = np.arange(-1, 43) * 0.5
    out = with_touches(motion, times, 2, np.sin(times), style, 4)
    assert out.parts == {"body", "hands", "face"}
    assert np.array_equal(out.rotations[:, :25], motion.rotations[:, :25])
    assert np.array_equal(out.translation, motion.translation)
    assert out.face.min() >= 0 and out.face.max() <= 1
    for hand in (slice(25, 40), slice(40, 55)):
        assert np.linalg.norm(out.rotations[:, hand], axis=-1).max() > 0.1
        assert np.abs(np.diff(out.rotations[:, hand], axis=0)).max() * FPS < 25  # rad/s
    blinks = (np.diff((out.face[:, 0] > 0.7).astype(int)) == 1).sum()
    assert 2 <= blinks <= 14
    assert manner_of(style).rest
