"""Dances in other bars than four: counts fall on beats, a waltz steps on one, two and three and is strong on
one, every style stays a body's dance in every metre, and in 4/4 nothing has changed."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import pytest
from practice import stance, steady_beats

from dance_core.corpus.studio.dancer import STYLES, vocabulary
from dance_core.corpus.studio.dancer.routine import Slot
from dance_core.corpus.studio.dancer.score import Score
from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation.limits import check
from dance_core.generators.base import Request
from dance_core.generators.choreographer.counting import counting_of, counts_of
from dance_core.generators.choreographer.form import eights_of
from dance_core.generators.choreographer.generator import choreograph
from dance_core.generators.choreographer.plan import plan_routine
from dance_core.motion.contacts import detect_contacts
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.extract import extract_features
from dance_core.music.features import Features

SECONDS = 24.0
NAMES = ("loudness", "onset_envelope", "mfcc_1", "mfcc_2", "chroma_1")


def music(seconds: float = SECONDS) -> Features:
    """Swells, and changes its colour every eight seconds."""
    t = np.arange(int(seconds * 30)) / 30
    colour = t // 8 % 2
    columns = [0.55 + 0.3 * np.sin(t / 4), 0.5 + 0.3 * np.cos(t / 3), 10 * colour, -5 * colour, 0 * t]
    return Features(np.stack(columns, -1).astype(np.float32), NAMES)


def music_beats(tempo: float, per_bar: int) -> Beats:
    return steady_beats(tempo, SECONDS, 0.4, 1, per_bar)


@cache
def dance(style: str, tempo: float, per_bar: int, seed: int = 3) -> Motion:
    features = music()
    request = Request(features, music_beats(tempo, per_bar), 0, len(features), style, stance(), seed=seed)
    return choreograph(request).frames(0, len(features))


# --- counting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bar", "per_bar", "tempo", "on_downbeats"), [
    (4, 4, 120.0, 4), (4, 4, 170.0, 2), (4, 4, 58.0, 8), (4, 3, 100.0, 3), (4, 3, 180.0, 1), (4, 2, 110.0, 2),
    (4, 2, 55.0, 2), (4, 5, 120.0, 5), (4, 5, 165.0, 2), (4, 6, 120.0, 6), (4, 7, 120.0, 7), (4, 7, 180.0, 3),
    (3, 3, 184.0, 3), (3, 3, 58.0, 3), (3, 6, 120.0, 6), (3, 2, 60.0, 6), (3, 4, 120.0, 3), (3, 5, 130.0, 3),
    (3, 7, 130.0, 3)])
def test_every_downbeat_is_a_count_and_every_bar_has_as_many(bar, per_bar, tempo, on_downbeats):
    beats = music_beats(tempo, per_bar)
    counting = counting_of(beats, bar)
    at = counting.counts(np.arange(0.0, 10.0 * per_bar, float(per_bar)))
    np.testing.assert_allclose(at, on_downbeats * np.arange(10.0), atol=1e-9)
    running = counting.counts(np.linspace(-3.0, 40.0, 2000))
    assert (np.diff(running) > 0).all()
    assert counting.phrase % counting.bar == 0


def test_a_fast_duple_bar_is_waltzed_slow_quick_quick_over_two_bars():
    counting = counting_of(music_beats(110.0, 2), 3)
    np.testing.assert_allclose(counting.counts(np.array([0.0, 2.0, 3.0, 4.0, 8.0])), [0, 1, 2, 3, 6])
    assert counting.counts(np.array([1.0]))[0] < 0.5  # the slow one waits first


def test_in_bars_of_three_eights_become_sixes():
    features, beats = music(), music_beats(120.0, 3)
    counting = counting_of(beats)
    counts = counts_of(beats, len(features), 30.0, counting)
    phrases = eights_of(features, counts, counting.phrase)
    np.testing.assert_allclose(np.diff([p.start for p in phrases]), 6.0)
    assert phrases[0].start <= counts[0] and phrases[-1].start + 6 > counts[-1]


# --- planning ------------------------------------------------------------------------------------


def routine(style: str, tempo: float, per_bar: int, seed: int = 3) -> tuple[Slot, ...]:
    features, beats = music(), music_beats(tempo, per_bar)
    counting = counting_of(beats, STYLES[style].bar)
    counts = counts_of(beats, len(features), 30.0, counting)
    return plan_routine(vocabulary()[style], eights_of(features, counts, counting.phrase),
                        tempo * counting.rate, seed, float(counts[-1]), counting, STYLES[style].hurried)


@pytest.mark.parametrize("style", vocabulary())
@pytest.mark.parametrize("per_bar", [3, 5, 6, 7])
def test_moves_begin_on_bars_and_never_reach_into_the_next_phrase(style, per_bar):
    counting = counting_of(music_beats(120.0, per_bar), STYLES[style].bar)
    slots = routine(style, 120.0, per_bar)
    for slot, after in zip(slots, slots[1:], strict=False):
        assert slot.start + (slot.length or slot.move.counts) <= after.start + 1e-9
    assert {s.start % counting.phrase for s in slots[:-1]} <= {0.0, float((counting.phrase + 1) // 2)}
    assert slots[-1].start % counting.bar == 0  # the last pose


@pytest.mark.parametrize("seed", range(4))
def test_a_waltz_never_steps_twice_with_one_foot(seed):
    style = STYLES["waltz"]
    slots = routine("waltz", 120.0, 3, seed)
    for slot, after in zip(slots[1:-1], slots[2:], strict=True):
        if slot.move.role != "pose":
            assert slot.score(style).last_foot != after.score(style).first_foot or slot.touch


def score_of(name: str) -> Score:
    move = next(m for moves in vocabulary().values() for m in moves if m.name == name)
    score = Score(move.counts)
    move.write(score)
    return score


def test_six_of_eight_counts_are_three_of_each_half_where_the_halves_mirror_each_other():
    whole = Score(8)
    for c in range(8):
        whole.step(c, "LRLRRLRL"[c])
    short = whole.shortened(6)
    assert [(f.count, f.side) for f in short.feet] == list(zip(range(6), "LRLRLR", strict=True))
    whole.step(3.5, "L")  # its halves are no longer alike: the end is left out
    assert sorted(f.count for f in whole.shortened(6).feet) == [0, 1, 2, 3, 3.5, 4, 5]


@pytest.mark.parametrize("counts", [3, 4, 5, 6])
def test_a_walk_cut_short_comes_home_step_by_step(counts):
    """Four steps forward and four back, of 14 cm each."""
    way = sorted(score_of("Punking walk").shortened(counts).scalars["travel_z"])
    assert way[-1][1] == pytest.approx(0.0) and way[-1][0] == counts - 1
    assert np.abs(np.diff([z for _, z, _ in way])).max() < 0.29  # at once it would be 0.56


def test_no_heel_is_raised_just_before_the_next_move():
    """A move cut off while a heel is on its way up, and the next one that puts this foot elsewhere."""
    raised = [f.count for f in score_of("Overhead twirl").feet if f.pitch > 0.0]
    assert 2.9 in raised
    assert max(f.count for f in score_of("Overhead twirl").shortened(3).feet) <= 2.5


# --- the waltz on its counts ---------------------------------------------------------------------


def strikes(motion: Motion) -> np.ndarray:
    """(N,) frames at which a foot comes to the floor."""
    on = detect_contacts(motion).reshape(-1, 2, 2).any(-1)
    return np.sort(np.concatenate([np.flatnonzero(on[1:, i] & ~on[:-1, i]) + 1 for i in (0, 1)]))


def danced_counts(tempo: float, per_bar: int) -> np.ndarray:
    beats = music_beats(tempo, per_bar)
    return counts_of(beats, int(SECONDS * 30), 30.0, counting_of(beats, 3))


def on_counts(motion: Motion, counts: np.ndarray, shift: float = 0.0) -> float:
    """Share of the strikes that lie within a quarter of a count, moved by `shift` counts."""
    at = counts[strikes(motion)] + shift
    return float(np.mean(np.abs(at - np.round(at)) < 0.25))


def drop(motion: Motion, counts: np.ndarray, shift: float = 0.0) -> np.ndarray:
    """(3,) m: mean height of the pelvis on counts one, two, three, moved by `shift` counts."""
    ones = np.arange(np.ceil(counts[0] / 3) * 3 + 3, counts[-1] - 6, 3) - shift
    return np.array([np.interp(ones + k, counts, motion.translation[:, 1]).mean() for k in range(3)])


WALTZES = [(100.0, 3), (140.0, 3), (172.0, 3), (54.0, 2), (66.0, 2)]


@pytest.mark.parametrize(("tempo", "per_bar"), WALTZES)
def test_the_feet_of_a_waltz_come_down_on_one_two_and_three(tempo, per_bar):
    motion, counts = dance("waltz", tempo, per_bar), danced_counts(tempo, per_bar)
    place = np.bincount(np.round(counts[strikes(motion)]).astype(int) % 3, minlength=3)
    assert on_counts(motion, counts) > 0.8
    assert on_counts(motion, counts, 0.5) < 0.2  # the control: between the counts
    assert place.min() >= 4 and place[0] == place.max()


@pytest.mark.parametrize(("tempo", "per_bar"), WALTZES)
def test_a_waltz_is_down_on_one_and_up_on_three(tempo, per_bar):
    motion, counts = dance("waltz", tempo, per_bar), danced_counts(tempo, per_bar)

    def accented(shift: float) -> bool:
        low, risen, high = drop(motion, counts, shift)
        return bool(low + 0.025 < risen < high)
    assert accented(0.0)
    assert not accented(1.0) and not accented(2.0)  # the controls: one of another beat


def test_a_waltz_on_other_bars_is_strong_on_each_downbeat_all_the_same():
    for per_bar in (4, 5, 7):
        motion, counts = dance("waltz", 120.0, per_bar), danced_counts(120.0, per_bar)
        low, risen, high = drop(motion, counts)
        assert low + 0.025 < min(risen, high), per_bar


@pytest.mark.parametrize(("metre", "per_beat"), [("3/4", 1), ("6/8", 3)])
def test_the_studios_waltzes_are_danced_on_their_own_beats(metre, per_beat):
    """Songs as they are written and heard; counts told from the song's beats alone."""
    made = write_song("waltz", 5, 18.0, metre=metre)
    features = extract_features(made.song, made.beats)
    motion = choreograph(Request(features, made.beats, 0, len(features), "waltz", stance(), seed=5)
                         ).frames(0, len(features))
    first = np.flatnonzero(made.beats.bar_position == 1)[0]
    counts = per_beat * (made.beats.phase(np.arange(len(features)) / 30) - first)
    assert on_counts(motion, counts) > 0.85
    assert on_counts(motion, counts, 0.5) < 0.15
    for shift in (0.0, 1.0, 2.0):  # the last two are controls: one of another beat
        low, risen, high = drop(motion, counts, shift)
        assert (low + 0.015 < risen < high) == (shift == 0.0)
    assert not check(motion).faults


# --- a body's limits -----------------------------------------------------------------------------


@pytest.mark.parametrize(("tempo", "per_bar"), [*WALTZES, (205.0, 3), (72.0, 2), (100.0, 2), (120.0, 4)])
def test_a_waltz_holds_a_bodys_limits(tempo, per_bar):
    report = check(dance("waltz", tempo, per_bar))
    assert not report.faults, report.faults


@pytest.mark.parametrize("style", [s for s in vocabulary() if s != "waltz"])
def test_every_style_can_be_danced_in_three(style):
    motion = dance(style, 110.0, 3)
    report = check(motion)
    assert not report.faults, report.faults
    assert np.abs(motion.translation[:, [0, 2]]).max() < 1.5


# --- 4/4 -----------------------------------------------------------------------------------------


NUMBERS = [-0.0, -1.306104, 0.706344, 0.137682, 0.877266, -0.004416, 15547.717773]


def test_routines_in_four_are_those_of_before_other_metres_were_danced():
    """A digest of the moves, where they begin, their sides and sizes, of ten styles at three tempos."""
    text = ""
    for style in [s for s in vocabulary() if s != "waltz"]:
        for tempo in (58.0, 100.0, 170.0):
            text += repr([(s.move.name, s.start, bool(s.mirrored), round(s.size, 6), s.length)
                          for s in routine(style, tempo, 4, 5)])
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "58e6f3bfb01688c2"


def test_a_dance_in_four_is_where_it_was_before_other_metres_were_danced():
    """Some numbers of a dance: rad and m, as they were then."""
    motion = dance("gHO", 120.0, 4)
    found = [float(motion.rotations[f, j, k]) for f, j, k in ((100, 0, 1), (300, 16, 2), (500, 19, 1))]
    found += [float(v) for v in motion.translation[600]] + [float(np.abs(motion.rotations).sum())]
    np.testing.assert_allclose(found, NUMBERS, rtol=1e-4, atol=1e-5)
