"""A dance's manner: what it measures, how it is drawn, and that who is told none loses nothing."""

import numpy as np
import torch

from dance_core.generators.nets import manner as mn
from dance_core.generators.nets import pose_code as pc
from dance_core.music.beats import Beats


def upright(frames: int) -> np.ndarray:
    """Rows (frames, ROW) of somebody in a T-pose who stands still, pelvis at 1 m."""
    rows = np.zeros((frames, pc.ROW), np.float32)
    rows[:, pc.SIX] = np.tile([1, 0, 0, 0, 1, 0], 22)
    rows[:, pc.HEIGHT] = 1.0
    return rows


def beats(tempo: float) -> Beats:
    """Forty beats from the first frame on."""
    return Beats(np.arange(40) * 60.0 / tempo, 1 + np.arange(40) % 4, tempo, 1.0)


def test_who_stands_still_has_no_speed_and_hands_where_they_are():
    told = mn.measured(upright(40))
    assert told.shape == (40, mn.NUMBERS)
    assert np.abs(told[:, :5]).max() < 1e-6
    height, beside, pelvis = told[0, 5:]
    assert abs(height - 0.40173) < 1e-4 and 0.6 < beside < 0.7 and pelvis == 1.0


def test_who_glides_at_half_a_metre_a_second_does_it_with_every_joint():
    rows = upright(40)
    rows[:, pc.VELOCITY] = (0.3, 0.4)
    told = mn.measured(rows)
    assert np.allclose(told[:, [0, 1, 3]], 0.5, atol=1e-5) and np.abs(told[:, 2]).max() < 1e-5


def test_a_long_dance_is_measured_as_its_pieces_are(monkeypatch):
    rows = upright(90)
    rows[:, pc.VELOCITY] = np.random.default_rng(0).normal(size=(90, 2))
    whole = mn.measured(rows)
    for at_once in (89, 30, 7):
        monkeypatch.setattr(mn, "_AT_ONCE", at_once)
        assert np.allclose(mn.measured(rows), whole, atol=1e-6)


def test_twice_as_fast_is_ln_2_more_of_whatever_is_fast():
    slow, fast = np.full((2, mn.NUMBERS), 3.0) * np.array([[1.0], [2.0]])
    more = mn.manner_of(fast) - mn.manner_of(slow)
    assert np.allclose(more[:5], np.log(2.0), atol=0.03) and np.allclose(more[5:], 3.0)


def test_a_dance_has_one_manner_of_a_dancer_of_its_style():
    net = mn.Manner(8, 6)
    book = np.arange(6 * mn.NUMBERS, dtype=np.float32).reshape(6, -1)
    net.fit(book, np.array([0, 0, 0, 1, 1, 1]))
    drawn = [net.drawn(seed, beats(120), 1) for seed in range(40)]
    assert {tuple(d) for d in drawn} == {tuple(b) for b in book[3:]}
    assert (net.drawn(3, beats(120), 1) == drawn[3]).all()
    for seed in range(5):
        assert np.array_equal(*(net.drawn(seed, beats(t), 1) for t in (90, 120))), "a cover"
    assert tuple(net.drawn(0, beats(120), 7)) in {tuple(b) for b in book}


def test_who_is_asked_to_be_lively_is_one_of_the_liveliest_of_the_style():
    net = mn.Manner(8, 30)
    speeds = np.random.default_rng(0).permutation(30)
    net.fit(np.repeat(speeds[:, None], mn.NUMBERS, 1).astype(np.float32), np.arange(30) % 2)
    own = np.sort(speeds[1::2])
    for energy, few in ((0.0, own[:3]), (0.5, own[6:9]), (1.0, own[-3:])):
        drawn = {int(net.drawn(seed, beats(120), 1, energy=energy)[0]) for seed in range(40)}
        assert drawn == set(few.tolist())


def test_before_it_has_learned_anything_every_manner_says_nothing():
    net = mn.Manner(8, 3)
    assert not net(torch.randn(4, mn.NUMBERS)).any()
    with torch.no_grad():
        net.unsaid += 1.0
    say = torch.tensor([True, False])
    assert (net(torch.randn(2, mn.NUMBERS), say).sum(1) == torch.tensor([0.0, 8.0])).all()


def test_at_twice_the_pace_speeds_are_twice_as_high_and_poses_the_same():
    means = np.array([0.5, 0.3, 0.8, 0.4, 0.6, 0.3, 0.4, 0.9], np.float32)
    fast = means * np.array([2.0] * 5 + [1.0] * 3, np.float32)
    assert np.allclose(mn.at_pace(mn.manner_of(means), 2.0), mn.manner_of(fast), atol=1e-5)
    still = mn.manner_of(np.zeros(mn.NUMBERS, np.float32))
    assert np.allclose(mn.at_pace(still, 3.0), still, atol=1e-5), "who stands still is in no hurry"


def test_how_far_it_is_a_dancers_own_manner():
    net = mn.Manner(8, 4)
    book = np.random.default_rng(0).normal(size=(4, mn.NUMBERS)).astype(np.float32)
    net.fit(book, np.array([0, 1, 1, 1]))
    whole, half, none = (net.drawn(2, beats(120), 1, own=own) for own in (1.0, 0.5, 0.0))
    assert np.allclose(none, book[1:].mean(0), atol=1e-6)
    assert np.allclose(half, (whole + none) / 2, atol=1e-6) and not np.allclose(whole, none)
