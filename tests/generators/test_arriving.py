"""The end of a dance drawn onto frames that it must arrive at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from practice import Poser, job_for

from dance_core.generators.base import Request
from dance_core.generators.nets.arriving import FADE, arriving, parts_arriving
from dance_core.generators.nets.slowing import FLING
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.centre import heading_of
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


def test_nothing_flies_on_the_way() -> None:
    """An arm that is thrown up while it is drawn down onto the arrival."""
    motion, arrive = posed(1), posed(2, 40)
    rotations = motion.rotations.copy()
    rotations[:, 16] = 0.0
    rotations[:, 16, 2] = 2.4 * np.clip((np.arange(120) - 68) / 3, 0.0, 1.0)
    made = kin.joints(arriving(replace(motion, rotations=rotations), arrive, frozen=30))
    assert 30 * np.linalg.norm(np.diff(made, axis=0), axis=-1).max() < 1.05 * FLING


def test_what_is_frozen_stays_however_near() -> None:
    motion, arrive = posed(1), posed(2, 40)
    for frozen in (75, 80):
        made = arriving(motion, arrive, frozen)
        assert np.array_equal(made.rotations[:frozen], motion.rotations[:frozen])
    with pytest.raises(ValueError, match="40 frames to arrive at leave 80 of 120, but 81 stay"):
        arriving(motion, arrive, 81)


def fidgeting(motion: Motion, seed: int) -> Motion:
    """With fingers bent and a face made, otherwise by each seed."""
    random = np.random.default_rng(seed)
    rotations, face = motion.rotations.copy(), motion.face.copy()
    rotations[:, 25:55] += random.uniform(0.0, 0.8, (30, 3)).astype(np.float32)
    return replace(motion, rotations=rotations, face=np.clip(face + random.uniform(0.0, 0.5, 52), 0.0, 1.0))


def test_hands_and_face_arrive_without_a_jump_where_the_body_is_kept() -> None:
    motion, arrive = fidgeting(posed(1), 3), fidgeting(posed(2, 40), 4)
    keep = frozenset({"body"})
    arrive = arrive.with_parts_of(motion.slice(80, 120), keep)
    made = parts_arriving(motion, arrive, 30, motion, keep)
    assert made.slice(80, 120).same_as(arrive)
    assert made.same_as(made.with_parts_of(motion, keep)), "the body is where it was"
    assert made.slice(0, 80 - FADE).same_as(motion.slice(0, 80 - FADE))
    hard = Motion.join([motion.slice(0, 80), arrive])
    fingers = slice(25, 55)
    for of in (lambda m: m.rotations[:, fingers], lambda m: m.face):
        jump = [np.abs(np.diff(of(m)[78:83], axis=0)).max() for m in (made, hard)]
        assert jump[0] < 0.3 * jump[1]
    assert parts_arriving(motion, arrive, 80, motion, keep).same_as(hard), "there is no room to draw it on"


def test_who_arrives_in_a_handstand_is_not_spun_round() -> None:
    """Upside down a yaw means nothing: of two handstands that differ by a few degrees it is far apart."""
    def handstand(lean: float) -> Motion:
        over = rot.multiply(rot.quaternion_about("x", np.pi + lean), rot.quaternion_about("z", 0.08))
        rotations = posed(1).rotations.copy()
        rotations[:, 0] = rot.axis_angle_from_quaternion(over)
        return replace(posed(1), rotations=rotations)

    motion, arrive = handstand(0.08), handstand(-0.08).slice(0, 40)
    yaws = [heading_of(m) for m in (motion, arrive)]
    assert abs(yaws[0] - yaws[1]) > 0.5, "as yaws they are far apart"
    q = [rot.quaternion_from_axis_angle(m.rotations[80, 0]) for m in (arriving(motion, arrive, 30), motion)]
    assert np.degrees(rot.geodesic(*q)) < 15.0
