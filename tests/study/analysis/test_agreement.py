"""Krippendorff's alpha: the package of that name, Krippendorff's own example, and what it must not do."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.study.analysis.agreement import LEVELS, alpha, alpha_interval, table


def unit_rows(matrix: np.ndarray) -> list[tuple[str, float]]:
    """(raters, units) with NaN for missing."""
    return [(str(u), float(matrix[r, u])) for r, u in np.argwhere(~np.isnan(matrix))]


@given(st.integers(2, 6), st.integers(2, 12), st.integers(0, 10_000), st.floats(0, 0.6))
def test_it_is_the_package(raters: int, units: int, seed: int, missing: float) -> None:
    rng = np.random.default_rng(seed)
    answers = rng.integers(-2, 3, (raters, units)).astype(float)
    answers[rng.random(answers.shape) < missing] = np.nan
    answers[:2, 0] = -1, 2  # something to disagree about
    counts, values = table(unit_rows(answers))
    for level in LEVELS:
        expected = krippendorff.alpha(answers, level_of_measurement=level)
        assert alpha(counts, values, level) == pytest.approx(expected, abs=1e-6)


def test_krippendorffs_own_example() -> None:
    """Computing Krippendorff's Alpha-Reliability, 2011, example C: 0.743, 0.815, 0.849."""
    n = np.nan
    answers = np.array([[1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
                        [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n]])
    counts, values = table(unit_rows(answers))
    found = [alpha(counts, values, level) for level in LEVELS]
    assert found == pytest.approx([0.743, 0.815, 0.849], abs=6e-4)
    low, high = alpha_interval(counts, values, "nominal", seed=0)
    assert low < found[0] < high


def test_all_agree_and_nothing_to_compare() -> None:
    counts, values = table([("u", 1), ("u", 1), ("v", 2), ("v", 2)])
    assert alpha(counts, values, "ordinal") == 1
    counts, values = table([("u", 1), ("v", 2)])
    assert np.isnan(alpha(counts, values)) and np.isnan(alpha_interval(counts, values)[0])
    counts, values = table([("u", 1), ("u", 1)])
    assert np.isnan(alpha(counts, values))


def test_answers_at_random_are_worth_nothing() -> None:
    rng = np.random.default_rng(0)
    counts, values = table([(str(u), int(a)) for u in range(300) for a in rng.integers(1, 6, 4)])
    for level in LEVELS:
        low, high = alpha_interval(counts, values, level, resamples=500)
        assert abs(alpha(counts, values, level)) < 0.06 and low < 0 < high
