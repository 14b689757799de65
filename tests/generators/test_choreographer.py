"""The Choreographer: it counts like a dancer, hears the song's form, any stretch fits the rest."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.corpus.studio.dancer import vocabulary
from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.generators.base import Request
from dance_core.generators.choreographer.counting import count_rate, counts_of
from dance_core.generators.choreographer.form import Eight, eights_of
from dance_core.generators.choreographer.plan import plan_routine
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.kinematics import joints
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features

NAMES = ("loudness", "onset_envelope", "mfcc_1", "mfcc_2", "chroma_1")


def grid(bpm: float, seconds: float, first: float = 0.4) -> Beats:
    times = np.arange(first, seconds, 60 / bpm)
    return Beats(times, np.arange(len(times)) % 4 + 1, bpm, 1.0)


def music(seconds: float, loud=lambda t: 0.7 + 0 * t, colour=lambda t: 0 * t) -> Features:
    t = np.arange(int(seconds * 30)) / 30
    values = np.stack([loud(t), loud(t), 10 * colour(t), -5 * colour(t), 0 * t], -1).astype(np.float32)
    return Features(values, NAMES)


def standing() -> Motion:
    turns = np.zeros((1, 55, 3))
    turns[0, sk.LEFT_SHOULDER, 2], turns[0, sk.RIGHT_SHOULDER, 2] = -1.25, 1.25
    return Motion(30, turns, np.array([[0.0, sk.PELVIS_HEIGHT, 0.0]]), np.zeros((1, 52)))


def request(style="gHO", seconds=24.0, bpm=120.0, seed=0, start=0, stop=None, **kwargs) -> Request:
    features = music(seconds, **kwargs)
    return Request(features, grid(bpm, seconds), start, stop or len(features), style, standing(), seed=seed)


def dance(**kwargs) -> Motion:
    return registry()["choreographer"].generate([request(**kwargs)])[0]


class TestCounting:
    def test_count_0_is_the_first_downbeat(self):
        beats = Beats(np.array([0.5, 1.0, 1.5, 2.0]), np.array([4, 1, 2, 3]), 120.0, 1.0)
        counts = counts_of(beats, 90)
        assert counts[30] == pytest.approx(0.0) and counts[45] == pytest.approx(1.0)

    @pytest.mark.parametrize(("bpm", "rate"), [(58, 2.0), (80, 1.0), (140, 1.0), (174, 0.5)])
    def test_very_fast_music_is_counted_in_half_time(self, bpm, rate):
        assert count_rate(bpm) == rate

    def test_eights_cover_every_frame(self):
        features, beats = music(30), grid(100, 30)
        counts = counts_of(beats, len(features))
        eights = eights_of(features, counts)
        assert eights[0].start <= counts[0] and eights[-1].start + 8 > counts[-1]
        assert np.allclose(np.diff([e.start for e in eights]), 8)

    def test_a_loud_middle_is_heard_as_a_part_of_its_own_that_comes_back(self):
        wide = {"loud": lambda t: np.where((t // 16) % 2 == 1, 0.9, 0.4), "colour": lambda t: (t // 16) % 2}
        features = music(64, **wide)
        beats = Beats(np.arange(0, 64, 0.5), np.arange(128) % 4 + 1, 120.0, 1.0)
        eights = eights_of(features, counts_of(beats, len(features)))
        parts = [e.part for e in eights]
        assert parts[0] != parts[4] and parts[0] == parts[8] and parts[4] == parts[12]
        assert np.mean([e.energy for e in eights[4:8]]) > np.mean([e.energy for e in eights[:4]]) + 0.2


class TestPlanning:
    eights = [
        Eight(8.0 * k, e, p, o)
        for k, (e, p, o) in enumerate(
            [
                (0.3, 0, True),
                (0.3, 0, False),
                (0.3, 0, False),
                (0.3, 0, False),
                (0.9, 1, True),
                (0.9, 1, False),
                (0.9, 1, False),
                (0.9, 1, False),
                (0.3, 0, True),
                (0.3, 0, False),
                (0.3, 0, False),
                (0.3, 0, False),
            ]
        )
    ]

    def plan(self, seed=0, style="gMH"):
        return plan_routine(vocabulary()[style], self.eights, 100.0, seed, 95.0)

    def test_moves_follow_each_other_without_a_gap(self):
        slots = self.plan()
        ends = [s.start + (s.length or s.move.counts) for s in slots]
        assert np.allclose(ends[:-1], [s.start for s in slots[1:]])

    def test_a_part_that_comes_back_is_danced_to_the_same_ideas(self):
        slots = self.plan()
        first = [s.move.name for s in slots if s.start < 24]
        again = [s.move.name for s in slots if 64 <= s.start < 88]
        assert len(set(first) & set(again)) >= min(2, len(set(first)))

    def test_it_repeats_and_mirrors(self):
        slots = self.plan()
        names = [s.move.name for s in slots if s.start < 32]
        assert len(set(names)) < len(names) and {s.mirrored for s in slots} == {True, False}

    def test_it_ends_on_a_pose(self):
        assert self.plan()[-1].move.role == "pose"

    def test_seeds_differ_and_repeat(self):
        plans = [[s.move.name for s in self.plan(seed)] for seed in (1, 2, 3, 4, 1)]
        assert plans[0] == plans[4] and len({tuple(p) for p in plans}) >= 3


class TestContract:
    def test_same_request_same_motion(self):
        assert np.array_equal(dance(seed=3).rotations, dance(seed=3).rotations)

    def test_any_stretch_made_alone_fits_the_whole(self):
        whole, part = dance(seed=5), dance(seed=5, start=200, stop=320)
        assert np.allclose(whole.rotations[200:320], part.rotations, atol=1e-5)
        assert np.allclose(whole.translation[200:320], part.translation, atol=1e-5)

    def test_it_starts_in_the_reference_pose(self):
        a, b = (rot.quaternion_from_axis_angle(m.rotations[0]) for m in (dance(), standing()))
        assert np.degrees(rot.geodesic(a, b)).max() < 0.1

    @pytest.mark.parametrize("style", vocabulary())
    def test_every_style_dances_in_place_with_hands_and_face(self, style):
        motion = dance(style=style, seconds=40)
        place = joints(motion)
        assert np.abs(motion.translation[:, [0, 2]]).max() < 1.5
        assert np.linalg.norm(np.diff(place[:, :22], axis=0), axis=-1).mean() * 30 > 0.15
        assert (
            np.ptp(motion.rotations[:, sk.LEFT_HAND], axis=0).max() > 0.1
            and np.ptp(motion.face, axis=0).max() > 0.3
        )

    def test_an_unknown_style_is_refused(self):
        with pytest.raises(UserError, match="gXX"):
            dance(style="gXX")

    @pytest.mark.parametrize(
        "beats",
        [Beats(np.array([]), np.array([]), 0.0, 0.0), Beats(np.array([1.0]), np.array([1]), 0.0, 0.1)],
    )
    def test_music_without_beats_is_danced_all_the_same(self, beats):
        features = music(8)
        motion = registry()["choreographer"].generate([Request(features, beats, 0, 240, "gHO", standing())])[
            0
        ]
        assert len(motion) == 240
