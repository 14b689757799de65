"""What a dance needs beside itself does not grow with its length: it is joined and measured in blocks."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from practice import Swayer, Walker, job_for, stance

from dance_core.evaluation.alignment import motion_speed
from dance_core.evaluation.limits import check
from dance_core.longform.blend import jumps
from dance_core.longform.dance import Dance
from dance_core.longform.stitch import _jumps_of
from dance_core.motion import kinematics as kin
from dance_core.motion import motion as motions
from dance_core.motion.contacts import detect_contacts, sole_points, stances
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY
from dance_core.serving.finish import finish
from dance_core.settings import Settings


def danced(seconds: float, generator: Walker | Swayer) -> tuple[Motion, Dance]:
    job = job_for(generator, seconds)
    dance = Dance(job.features, job.beats, generator.needs, "gHO", stance(), Settings())
    while not dance.complete:
        for index, request in dance.ready():
            dance.accept(index, generator.generate([request])[0])
    return dance.motion(), dance


@pytest.mark.parametrize("block", [7, 30, 301, 302, 10_000])
def test_measures_in_blocks_are_those_of_the_whole(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    walker = Walker(context_frames=20)
    motion, dance = danced(20.0, walker)
    rough = Motion(30.0, motion.rotations + np.random.default_rng(0).normal(0, 0.2, motion.rotations.shape),
                   motion.translation, motion.face)

    def measured() -> list[object]:
        arrays = [kin.joints(rough), sole_points(rough), detect_contacts(rough), motion_speed(rough)]
        return [*(a.tobytes() for a in arrays), stances(rough), check(rough, dance.seams(), stance()),
                *(a.tobytes() for a in _jumps_of(rough, frozenset()))]

    monkeypatch.setattr(motions, "BLOCK", block)
    in_blocks = measured()
    monkeypatch.setattr(motions, "BLOCK", len(rough))
    assert in_blocks == measured()
    assert in_blocks[-3:] == [a.tobytes() for a in jumps(kin.joints(rough, BODY), rough.fps)]
    assert check(rough, dance.seams(), stance()).faults


def test_blocks_hold_every_frame_once_beside_those_before() -> None:
    motion, _ = danced(70.0, Swayer())
    blocks = list(motion.blocks(before=3))
    assert [len(b) for _, b in blocks] == [900, 903, len(motion) - 1800 + 3]
    new = [b.rotations[0 if a == 0 else 3:] for a, b in blocks]
    assert np.array_equal(np.concatenate(new), motion.rotations)


def test_a_longer_dance_needs_little_more_memory() -> None:
    """40 MB beside the motion, from 30 s to 10 minutes, is what the project allows: .07 MB a second."""
    def beside(seconds: float) -> float:
        generator = Swayer()
        job = job_for(generator, seconds)
        tracemalloc.start()
        dance = Dance(job.features, job.beats, generator.needs, "gHO", stance(), Settings())
        while not dance.complete:
            for index, request in dance.ready():
                dance.accept(index, generator.generate([request])[0])
        take = finish(job, dance, {}, 0.0)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        m = take.motion
        return (peak - m.rotations.nbytes - m.translation.nbytes - m.face.nbytes) / 1e6

    assert beside(210.0) - beside(30.0) < 180.0 * 40.0 / 570.0
