"""The end of a dance drawn onto frames that it must arrive at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from practice import Poser, job_for

from dance_core.generators.base import Request
from dance_core.generators.nets.arriving import FADE, arriving
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion


def posed(seed: int, frames: int = 120) -> Motion:
    job = job_for(Poser(), 10.0, seed)
    return Poser().generate([Request(job.features, job.beats, 30, 30 + frames, "gHO", job.reference,
                                     seed=seed)])[0]


def test_the_end_is_that_of_the_arrival_and_the_beginning_stays() -> None:
    motion, arrive = posed(1), posed(2, 40)
    moved = replace(arrive, translation=arrive.translation + np.array([3.0, 0.0, -2.0], np.float32))
    made = arriving(motion, moved, frozen=30)
    assert len(made) == 120
    changed = (made.rotations[:80] != motion.rotations[:80]).any((1, 2)).argmax()
    assert 30 <= changed <= 80 - FADE, "the frames on the way, and no more"
    assert np.array_equal(made.rotations[80:, 1:], arrive.rotations[:, 1:])
    assert np.allclose(made.translation[80, ::2], motion.translation[80, ::2], atol=1e-5), "it goes on there"
    shape = np.linalg.norm(kin.joints(made.slice(80, 120), 22) - made.translation[80:, None], axis=-1)
    assert np.allclose(shape, np.linalg.norm(kin.joints(arrive, 22) - arrive.translation[:, None], axis=-1),
                       atol=1e-4), "turned and moved as a whole"


def test_it_arrives_without_a_jump() -> None:
    motion, arrive = posed(1), posed(2, 40)
    made = kin.joints(arriving(motion, arrive, frozen=30), 22)
    cut = kin.joints(Motion.join([motion.slice(0, 80), arrive]), 22)
    speed = [np.linalg.norm(np.diff(x, axis=0), axis=-1).max(-1) for x in (made, cut)]
    assert speed[0][79] < 0.25 * speed[1][79]
    assert np.abs(np.diff(speed[0][78:81])).max() < 0.02, "metres a frame: nor does the speed jump"


def test_what_is_frozen_stays_however_near() -> None:
    motion, arrive = posed(1), posed(2, 40)
    for frozen in (75, 80):
        made = arriving(motion, arrive, frozen)
        assert np.array_equal(made.rotations[:frozen], motion.rotations[:frozen])
    with pytest.raises(ValueError, match="40 frames to arrive at leave 80 of 120, but 81 stay"):
        arriving(motion, arrive, 81)
