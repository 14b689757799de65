"""Kinetic features: closed forms of both flavours, and the same numbers at 30 and 60 frames a second."""

from __future__ import annotations

import numpy as np
import pytest
from measured_motions import rocking

from dance_core.evaluation.kinetic import FPS, kinetic_features, kinetic_from


def moving(velocity: tuple[float, float, float], start=(0.0, 0.0, 0.0), frames: int = 120) -> np.ndarray:
    """(T, 1, 3) one joint that goes straight on."""
    t = np.arange(frames)[:, None] / FPS
    return (np.array(start) + t * np.array(velocity))[:, None]


def test_a_steady_joint_has_the_square_of_its_speed_and_no_acceleration():
    horizontal, vertical, acceleration = kinetic_from(moving((3.0, 2.0, 4.0)), fixed=True)
    assert horizontal == pytest.approx(25.0) and vertical == pytest.approx(4.0)
    assert acceleration == pytest.approx(0.0, abs=1e-8)


def test_free_fall_has_its_acceleration():
    t = np.arange(200) / FPS
    fall = np.stack([np.zeros(200), -0.5 * 9.81 * t**2, np.zeros(200)], -1)[:, None]
    assert kinetic_from(fall, fixed=True)[2] == pytest.approx(9.81)


def test_compat_repeats_the_scorers_slip():
    # a joint at rest 1 m from the origin: v2 - v1 = (1/Δt - 1)·p, over Δt once more: 59 · 60
    still = np.tile([0.0, 1.0, 0.0], (50, 1))[:, None]
    assert kinetic_from(still).tolist() == pytest.approx([0.0, 0.0, 59 * 60])
    assert kinetic_from(still, fixed=True).tolist() == pytest.approx([0.0, 0.0, 0.0])


def test_compat_is_the_published_loop():
    """The released scorers' arithmetic, written out frame by frame from their definition."""
    rng = np.random.default_rng(0)
    p = np.cumsum(rng.normal(0, 0.01, (40, 2, 3)), 0)
    dt, n = 1 / FPS, len(p)
    expected = []
    for j in range(2):
        sums = np.zeros(3)
        for i in range(1, n):
            offsets = [k for k in range(-2, 3) if 0 <= i + k - 1 and i + k < n]
            v = sum(p[i + k, j] - p[i + k - 1, j] for k in offsets) / (len(offsets) * dt)
            inner = [k for k in range(-2, 3) if 0 <= i + k - 1 and i + k + 1 < n]
            a = sum(((p[i + k + 1, j] - p[i + k, j]) / dt - (p[i + k, j] - p[i + k - 1, j] / dt)) / dt
                    for k in inner) / len(inner)
            sums += [v[0] ** 2 + v[2] ** 2, v[1] ** 2, np.linalg.norm(a)]
        expected += list(sums / (n - 1))
    assert kinetic_from(p) == pytest.approx(np.array(expected))


def test_features_start_at_the_first_root_and_are_stable_over_frame_rates():
    slow, fast = kinetic_features(rocking(30.0)), kinetic_features(rocking(60.0))
    assert slow.shape == (72,)
    assert slow == pytest.approx(fast, rel=0.02, abs=1e-3)
    assert kinetic_features(rocking(30.0), True) == pytest.approx(kinetic_features(rocking(60.0), True),
                                                                  rel=0.02, abs=2e-2)
    away = rocking(60.0)
    away.translation[:] += [5.0, 0.0, -7.0]
    assert kinetic_features(away) == pytest.approx(fast, rel=1e-3)


def test_too_short_a_dance_is_refused():
    with pytest.raises(ValueError, match="2 frames"):
        kinetic_from(np.zeros((2, 24, 3)))
