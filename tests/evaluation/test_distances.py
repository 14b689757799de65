"""FID and Div: closed forms, and what they should not mind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg

from dance_core.evaluation.distances import diversity, fid, frechet, normalised


def exactly(mean: np.ndarray, deviations: np.ndarray, n: int = 40, seed: int = 0) -> np.ndarray:
    """(n, D) rows with exactly this mean and a diagonal covariance of exactly these deviations²."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, len(mean)))
    x -= x.mean(0)
    x = x @ linalg.inv(linalg.cholesky(np.cov(x, rowvar=False)))
    return x * deviations + mean


def test_frechet_of_two_normal_distributions_by_hand():
    a = exactly(np.array([0.0, 0.0]), np.array([1.0, 2.0]))
    b = exactly(np.array([3.0, 4.0]), np.array([2.0, 5.0]), seed=1)
    # |(3, 4)|² + (1 - 2)² + (2 - 5)²
    assert frechet(a, b) == pytest.approx(25 + 1 + 9)
    assert frechet(a, a) == pytest.approx(0.0, abs=1e-9)


def test_frechet_is_scipys_formula_also_where_covariances_turn():
    rng = np.random.default_rng(2)
    a, b = (rng.normal(size=(n, 6)) @ rng.normal(size=(6, 6)) for n in (50, 60))
    one, two = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    plain = ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(one + two - 2 * linalg.sqrtm(one @ two).real)
    assert frechet(a, b) == pytest.approx(plain) == frechet(b, a)


def test_fewer_dances_than_dimensions_still_give_a_number():
    rng = np.random.default_rng(3)
    value = frechet(rng.normal(size=(10, 72)), rng.normal(size=(200, 72)))
    assert np.isfinite(value) and value > 0
    with pytest.raises(ValueError, match="1 dances"):
        frechet(np.zeros((1, 3)), np.zeros((5, 3)))


def test_fid_does_not_mind_units():
    rng = np.random.default_rng(4)
    a, reference = rng.normal(1, 2, (40, 5)), rng.normal(0, 1, (90, 5))
    units = np.array([1.0, 100.0, 1e-3, 7.0, 2.0])
    assert fid(a * units, reference * units) == pytest.approx(fid(a, reference), rel=1e-4)
    assert normalised(reference, reference).std(0) == pytest.approx(1.0)


def test_a_constant_feature_breaks_nothing():
    reference = np.random.default_rng(5).normal(size=(30, 3))
    reference[:, 1] = 2.0
    assert np.isfinite(fid(reference[:12], reference)) and np.isfinite(diversity(reference[:12], reference))


def test_what_no_reference_dance_shows_counts_for_nothing():
    """One dance alone shows a feature that is 0 in the whole reference: it may not outweigh all others."""
    rng = np.random.default_rng(3)
    reference, made = rng.normal(size=(40, 4)), rng.normal(size=(20, 4))
    reference[:, 2], made[:, 2] = 0.0, 0.0
    shown = made.copy()
    shown[7, 2] = 1.0
    assert np.array_equal(normalised(shown, reference), normalised(made, reference))
    assert fid(shown, reference) == pytest.approx(fid(made, reference))
    assert diversity(shown, reference) == pytest.approx(diversity(made, reference))


def test_div_is_the_mean_distance_of_pairs():
    square = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    reference = exactly(np.zeros(2), np.ones(2), 50)
    reference = reference / reference.std(0)  # the scorers' deviation is over N, not N - 1
    assert diversity(square, reference) == pytest.approx((4 * 1 + 2 * np.sqrt(2)) / 6)
    assert diversity(np.ones((5, 2)), reference) == 0.0 and np.isnan(diversity(square[:1], reference))


@given(st.floats(0.0, 3.0), st.integers(0, 1000))
def test_fid_grows_with_a_shift(shift, seed):
    reference = np.random.default_rng(seed).normal(size=(80, 4))
    moved = reference + shift
    assert fid(moved, reference) == pytest.approx((shift**2 / reference.var(0)).sum(), rel=1e-3, abs=1e-6)
