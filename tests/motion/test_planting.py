"""The smoothest correction, against the same minimum found by dense least squares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.motion.planting import smoothest

FPS, FADE = 30.0, 0.1


def by_least_squares(frames: int, known: np.ndarray, values: np.ndarray, value_weights: np.ndarray,
                     rates: np.ndarray, rate_weights: np.ndarray, arrived: int) -> np.ndarray:
    """Each term of the sum as rows of one over-determined system, the known frames on its right side."""
    eye = np.eye(frames)
    terms = [(eye, np.zeros((frames, known.shape[1])), np.ones(frames)), (eye, values, value_weights),
             (np.diff(eye, axis=0) * FPS, rates, rate_weights),
             (np.diff(eye, 3, axis=0) * (FPS * FADE) ** 3, np.zeros((max(frames - 3, 0), known.shape[1])),
              np.ones(max(frames - 3, 0)))]
    left = np.concatenate([np.sqrt(w)[:, None] * a for a, _, w in terms])
    right = np.concatenate([np.sqrt(w)[:, None] * b for _, b, w in terms])
    n = len(known)
    free = np.linalg.lstsq(left[:, n:frames - arrived], right - left[:, :n] @ known, rcond=None)[0]
    return np.concatenate([known, free, np.zeros((arrived, known.shape[1]))])


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.integers(1, 3),
       st.integers(0, 2**32 - 1))
def test_the_smoothest_curve_is_the_least_squares_one(frames: int, held: int, arrived: int, width: int,
                                                      seed: int) -> None:
    rng = np.random.default_rng(seed)
    known = rng.normal(0, 0.05, (min(held, frames), width))
    arrived = min(arrived, frames - len(known))
    values, rates = rng.normal(0, 0.05, (frames, width)), rng.normal(0, 0.5, (frames - 1, width))
    floor, lock = rng.choice([0.0, 100.0, 1000.0], frames), 3000.0 * rng.integers(0, 2, frames - 1)
    found = smoothest(frames, FPS, FADE, known, values=values, value_weights=floor, rates=rates,
                      rate_weights=lock, arrived=arrived)
    assert np.array_equal(found[:len(known)], known) and not found[frames - arrived:].any()
    least = by_least_squares(frames, known, values, floor, rates, lock, arrived)
    assert found == pytest.approx(least, abs=1e-8)


def test_where_nothing_is_asked_for_nothing_moves() -> None:
    assert not smoothest(40, FPS, FADE, np.zeros((5, 2))).any()
