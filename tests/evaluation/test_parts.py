"""Hands and face beside the body: closed forms, and hands of another dance that do not belong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from measured_motions import carried

from dance_core.evaluation.parts import energies, hands_and_face, swapped, together
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import LEFT_SHOULDER

RATE = 0.25  # Hz: how often the dance swells


def swelling(fps: float = 30.0, seconds: float = 20.0, phase: float = 0.0, fingers: float = 1.0) -> Motion:
    """Arm, fingers and mouth go to and fro four times a second, more and less, all in the same swell."""
    motion = carried(seconds, lambda t: np.stack([0 * t, 0 * t, 0 * t], -1), fps)
    t = np.arange(len(motion)) / fps
    wave = (1.0 + np.sin(2 * np.pi * RATE * t + phase)) * np.sin(2 * np.pi * 4.0 * t)
    rotations, face = motion.rotations.copy(), motion.face.copy()
    rotations[:, LEFT_SHOULDER, 2] = 0.1 * wave
    rotations[:, 25:, 2] = 0.1 * fingers * wave[:, None]
    face[:, 17] = 0.25 + 0.1 * wave
    return replace(motion, rotations=rotations, face=face)


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_fingers_that_turn_evenly_have_the_speed_they_turn_at(fps):
    still = swelling(fps, 4.0)
    rotations = np.zeros_like(still.rotations)
    rotations[:, 25:, 0] = 0.3 * (np.arange(len(still)) / fps)[:, None]
    face = np.zeros_like(still.face)
    face[:, 0] = 0.2 * np.arange(len(still)) / fps
    told = hands_and_face(replace(still, rotations=rotations, face=face))
    assert told["hands_speed"] == pytest.approx(0.3, rel=1e-3)
    assert told["face_speed"] == pytest.approx(0.2 / 52, rel=1e-3)


def test_what_swells_together_is_1_and_what_swells_in_turn_is_minus_1():
    t = np.arange(600) / 30.0
    a = 1.0 + np.sin(2 * np.pi * RATE * t)
    assert together(a, 3.0 * a + 2.0) == pytest.approx(1.0)
    assert together(a, 2.0 - a) == pytest.approx(-1.0)
    assert np.isnan(together(a, np.ones(600))) and np.isnan(together(a[:20], a[:20]))


def test_a_hand_on_a_swinging_arm_does_not_move_by_itself():
    motion = swelling(fingers=0.0)
    assert energies(motion)["body"].mean() > 0.01
    assert hands_and_face(motion)["hands_speed"] == pytest.approx(0.0, abs=1e-6)


def test_parts_of_another_dance_do_not_swell_with_the_body():
    one, other = swelling(), swelling(phase=np.pi)
    own, mixed = hands_and_face(one), hands_and_face(swapped(one, other))
    assert own["body_hands"] > 0.95 and own["body_face"] > 0.95
    assert mixed["body_hands"] < -0.9 and mixed["body_face"] < -0.9
    assert mixed["hands_face"] > 0.95  # both are the other's
    assert mixed["hands_speed"] == pytest.approx(hands_and_face(other)["hands_speed"])


def test_swapped_is_as_long_as_the_shorter_and_keeps_the_body_bit_for_bit():
    one, other = swelling(), swelling(seconds=12.0, phase=1.0)
    mixed = swapped(one, other)
    assert len(mixed) == len(other)
    assert np.array_equal(mixed.rotations[:, :22], one.rotations[:len(other), :22])
    assert np.array_equal(mixed.face, other.face)


def test_parts_that_a_dance_lacks_are_not_measured():
    assert hands_and_face(replace(swelling(), parts=frozenset({"body"}))) == {}
    assert hands_and_face(swelling().slice(0, 1)) == {}
