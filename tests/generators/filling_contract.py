"""What every learned generator that fills in and keeps parts must do; its tests have a class of this base.

It has the fixtures `generator`, trained on gHO and gLO, and `request_`, of 120 frames from the beginning.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from learning import danced
from practice import same, stance

from dance_core.errors import UserError
from dance_core.evaluation.movement import mean_joint_speed
from dance_core.generators.base import Generator, Request
from dance_core.longform.dance import Dance, reference_error
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import PARTS, Motion
from dance_core.motion.soles import sole_points
from dance_core.settings import Settings


def made(generator: Generator, request: Request, **change: object) -> Motion:
    return generator.generate([replace(request, **change)])[0]


class FillingContract:
    def test_frame_0_is_the_reference_and_all_parts_are_made(
            self, generator: Generator, request_: Request) -> None:
        motion = made(generator, request_)
        assert len(motion) == 120 and motion.parts == PARTS
        degrees, cm = reference_error(motion, request_.reference)
        assert degrees.max() < 0.1 and cm < 0.1
        for values in (motion.rotations[:, :22], motion.rotations[:, 25:], motion.face):
            assert np.abs(np.diff(values, axis=0)).max() > 1e-3

    def test_same_request_same_bits_and_other_seeds_and_guidance_are_heard(
            self, generator: Generator, request_: Request) -> None:
        motion = made(generator, request_)
        assert same(motion, made(generator, request_))
        assert not same(motion, made(generator, request_, seed=6))
        assert not same(motion, made(generator, request_, guidance=3.0))
        together = generator.generate([replace(request_, seed=6), request_])
        assert same(together[1], motion), "whoever else is there"

    def test_lively_is_faster_than_calm(self, generator: Generator, request_: Request) -> None:
        lively, calm = replace(request_, style="gLO", energy=1.0), replace(request_, style="gLO", energy=0.0)
        if not generator.needs.uses_energy:
            with pytest.raises(UserError, match="can't be told how lively to dance"):
                generator.generate([lively])
            return
        fast, slow = (np.mean([mean_joint_speed(made(generator, one, seed=seed)) for seed in range(3)])
                      for one in (lively, calm))
        assert fast > 1.1 * slow

    def test_a_segment_goes_on_from_its_context(self, generator: Generator, request_: Request) -> None:
        first = made(generator, request_)
        context = first.slice(120 - generator.needs.context_frames, 120)
        start = 120 - len(context)
        motion = made(generator, request_, start=start, stop=start + 100, context=context)
        assert len(motion) == 100 and same(motion.slice(0, len(context)), context)
        speed = np.linalg.norm(np.diff(kin.joints(motion, 22), axis=0), axis=-1).max(-1)
        assert speed[len(context) - 1] < 2.0 * np.percentile(speed, 99), "without a jump"

    def test_a_beginning_of_its_own_stands_on_the_floor(
            self, generator: Generator, request_: Request) -> None:
        for seed in range(4):  # another segment will arrive at its first frame, which nothing plants
            motion = made(generator, request_, start=130, stop=200, seed=seed)
            assert sole_points(motion.slice(0, 1))[..., 1].min() > -1e-3

    @pytest.mark.parametrize("length", [24, 27, 30])
    def test_a_segment_arrives_where_it_must(
            self, generator: Generator, request_: Request, length: int) -> None:
        arrive = made(generator, request_, seed=9, start=130, stop=200).slice(0, length)
        motion = made(generator, request_, start=31, stop=131, arrive=arrive)
        assert np.array_equal(motion.rotations[-length:, 1:], arrive.rotations[:, 1:])
        assert np.array_equal(motion.face[-length:], arrive.face)
        heights = motion.translation[-length:, 1]
        assert np.allclose(heights, arrive.translation[:, 1], atol=1e-6), (
            "turned and moved along the floor only")

    @pytest.mark.parametrize("keep", [{"body"}, {"hands", "face"}, {"body", "face"}, {"hands"}])
    def test_parts_that_are_kept_stay_bit_for_bit(
            self, generator: Generator, request_: Request, keep: set[str]) -> None:
        given = made(generator, request_)
        motion = made(generator, request_, seed=8, keep=frozenset(keep), given=given)
        assert same(motion, motion.with_parts_of(given, frozenset(keep)))
        for part in PARTS - keep:
            assert not same(motion, motion.with_parts_of(given, frozenset({part}))), f"{part} made anew"

    @pytest.mark.parametrize("waves", [False, True])
    @pytest.mark.parametrize("keep", [frozenset(), frozenset({"body"})])
    def test_whole_dances_by_both_schedules(
            self, generator: Generator, keep: frozenset[str], waves: bool) -> None:
        features, beats, motion = danced("gLO", 2, 14.0)
        dance = Dance(features, beats, generator.needs, "gLO", stance(), Settings(segment_bars=2), 3,
                      waves=waves, keep=keep, given=motion if keep else None)
        assert len(dance.segments) >= 3
        while not dance.complete:
            asked = dance.ready()
            for (index, _), answer in zip(asked, generator.generate([r for _, r in asked]), strict=True):
                dance.accept(index, answer)
        whole = dance.motion()
        assert len(whole) == len(motion)
        if keep:
            assert np.array_equal(whole.rotations[:, :22], motion.rotations[:, :22])
            assert np.array_equal(whole.translation, motion.translation)
            assert not np.array_equal(whole.face, motion.face)
        elif waves:  # it goes on where a segment of the first wave ends, and arrives where the next begins
            assert {seam.method for seam in dance.seams()} == {"kept"}
