"""Nobody hangs in the air: who is off the floor for longer than a leap lasts comes down."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice import Swayer, job_for, stance

from dance_core.generators.base import Request
from dance_core.generators.nets.landing import FLESH, LEAP_S, landed
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.soles import sole_points


def swaying(frames: int = 150) -> Motion:
    job = job_for(Swayer(), 10.0, 1)
    return Swayer().generate([Request(job.features, job.beats, 0, frames, "gHO", job.reference, seed=1)])[0]


def lifted(motion: Motion, height: np.ndarray) -> Motion:
    return replace(motion, translation=motion.translation + np.stack([0 * height, height, 0 * height], -1
                                                                     ).astype(np.float32))


def in_the_air(motion: Motion, from_: float = 0.04) -> int:
    """Longest stretch of frames in which both soles are higher than that."""
    up = sole_points(motion)[..., 1].min((1, 2)) > from_
    edges = np.flatnonzero(np.diff(np.concatenate([[False], up, [False]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def humps(frames: int, start: int, stop: int, height: float) -> np.ndarray:
    t = np.arange(frames)
    return height * ((t >= start) & (t < stop)) * np.abs(np.sin(np.pi * (t - start) / (stop - start)))


@settings(max_examples=20, deadline=None)
@given(st.floats(0.08, 0.4), st.integers(25, 90), st.integers(15, 50))
def test_who_hovers_comes_down(height: float, long: int, start: int) -> None:
    ground = swaying()
    level = np.zeros(150)
    level[start:start + long] = height
    level = np.convolve(np.pad(level, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    hanging = lifted(ground, level)
    assert in_the_air(hanging) > LEAP_S * 30
    assert in_the_air(landed(hanging, 0)) <= LEAP_S * 30


def test_hops_from_the_air_become_hops_from_the_floor() -> None:
    """Four hops of .3 s, between which no foot comes nearer to the floor than 10 cm."""
    level = np.zeros(150)
    level[40:100] = 0.1
    for k in range(4):
        level += humps(150, 50 + 10 * k, 60 + 10 * k, 0.15)
    soles = sole_points(landed(lifted(swaying(), level), 20))[..., 1].min((1, 2))
    tops = soles[50:90].reshape(4, 10)
    assert tops.max(1).min() > 0.08 and tops.min(1).max() < 0.05


@pytest.mark.parametrize("seconds", [0.2, 0.4])
def test_a_leap_stays_a_leap_bit_for_bit(seconds: float) -> None:
    leaping = lifted(swaying(), humps(150, 60, 60 + round(30 * seconds), 0.3))
    assert landed(leaping, 0) is leaping


def test_frames_that_were_given_stay_and_the_way_down_is_smooth() -> None:
    hanging = lifted(swaying(), np.full(150, 0.2))
    down = landed(hanging, 40)
    assert down.slice(0, 40).same_as(hanging.slice(0, 40))
    height = sole_points(down)[..., 1].min((1, 2))
    assert height[60:135].max() < 0.03 and np.abs(np.diff(height, 2)).max() * 900 < 15.0


@pytest.mark.parametrize("turn", [np.pi, np.pi / 2])
def test_who_is_upside_down_or_lies_does_not_hover(turn: float) -> None:
    """The lowest joint is as far above the floor as its flesh is thick, whatever the feet do."""
    rotations = np.repeat(stance().rotations, 90, 0)
    rotations[:, 0] = [turn, 0.0, 0.0]
    body = Motion(30, rotations, np.zeros((90, 3)), np.zeros((90, 52)))
    low = min(kin.joints(body, 22)[..., 1].min() - FLESH, sole_points(body)[..., 1].min())
    assert landed(lifted(body, np.full(90, -low)), 0).translation[0, 1] == pytest.approx(-low, abs=1e-6)
    assert landed(lifted(body, np.full(90, 0.2 - low)), 0).translation[45, 1] == pytest.approx(-low, abs=0.01)
