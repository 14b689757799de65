"""Confidence by raters: it covers, a naive resample doesn't; closed forms where there are some."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from simulate_coverage import simulate
from simulated import Population

from dance_core.study.analysis import power
from dance_core.study.analysis.bradley_terry import Model
from dance_core.study.analysis.intervals import by_raters, draw, exact_share, holm
from dance_core.study.analysis.scales import Means


def test_intervals_hold_the_truth_and_naive_ones_do_not() -> None:
    """simulate_coverage.py does this with 400 studies; with these 100 the bounds are wider."""
    found = simulate(studies=100, raters=24, trials=24, resamples=299, seed=11)
    by_rater, _, naive, naive_plain = found.strengths
    assert 0.92 <= by_rater <= 0.98
    assert naive < 0.90 and naive_plain < 0.90


def test_few_raters_are_no_trap() -> None:
    found = simulate(studies=100, raters=8, trials=24, resamples=299, seed=3)
    assert 0.91 <= found.strengths[0] <= 0.985
    assert found.strengths[1] < found.strengths[0] - 0.03  # percentiles alone are too narrow here


def test_means_cover_too_with_raters_of_unequal_zeal() -> None:
    rng = np.random.default_rng(4)
    held = naive = 0
    for _ in range(400):
        zeal = rng.integers(2, 20, 20)
        rows = [(f"r{r}", "a", 3 + taste + rng.normal()) for r, taste in enumerate(rng.normal(0, .7, 20))
                for _ in range(zeal[r])]
        found = Means.of(rows).intervals(resamples=399, seed=1)
        held += bool(found.low[0] <= 3 <= found.high[0])
        values = np.array([v for _, _, v in rows])
        naive += abs(values.mean() - 3) <= 1.96 * values.std(ddof=1) / len(values) ** 0.5
    assert 0.92 <= held / 400 <= 0.98
    assert naive / 400 < 0.85


def test_standard_error_of_a_mean_in_closed_form() -> None:
    values = np.array([1.0, 2, 4, 5, 3, 3])
    means = Means.of([(f"r{i}", "a", v) for i, v in enumerate(values)])
    value, se = means.estimate(np.ones((1, 6)))
    assert value[0, 0] == 3 and se[0, 0] == pytest.approx(values.std(ddof=1) / 6 ** 0.5)


def test_differences_of_means_are_paired_by_rater() -> None:
    rng = np.random.default_rng(0)
    taste = rng.normal(0, 1, 30)
    a, b = taste + 0.3 + rng.normal(0, .1, 30), taste + rng.normal(0, .1, 30)
    rows = [(f"r{i}", g, v[i]) for i in range(30) for g, v in (("a", a), ("b", b))]
    found = Means.of(rows).differences(seed=0)
    assert found.value[0] == pytest.approx((a - b).mean())
    assert found.se[0] == pytest.approx((a - b).std(ddof=1) / 30 ** 0.5)
    assert found.p[0] < 0.001
    t = stats.ttest_rel(a, b).confidence_interval()
    assert (found.low[0], found.high[0]) == pytest.approx((t.low, t.high), abs=0.02)


def test_sums_of_squares_are_the_same_either_way() -> None:
    rng = np.random.default_rng(1)
    counts = rng.integers(1, 5, (5, 2)).astype(float)
    means = Means(("a", "b"), tuple("rstuv"), rng.normal(3, 1, (5, 2)), counts)
    weights = draw(5, 50)
    value, se = means.estimate(weights)
    other, slow = means.estimate(weights, np.eye(2))
    assert other == pytest.approx(value) and slow == pytest.approx(se, abs=1e-9)


def test_a_group_that_some_resamples_do_not_have() -> None:
    rows = [(f"r{i}", "a", float(i % 3)) for i in range(12)]
    rows += [("r0", "b", 1.0), ("r1", "b", 2.0), ("r2", "b", 4.0)]
    found = Means.of(rows).intervals(seed=0)
    assert np.isfinite([*found.low, *found.high]).all()
    assert found.high[1] - found.low[1] > found.high[0] - found.low[0]


def test_everybody_said_the_same() -> None:
    found = Means.of([(f"r{i}", "a", 1.0) for i in range(10)]).intervals(bounds=(0, 1), about=0.5)
    assert (found.low[0], found.high[0]) == pytest.approx((0.025 ** 0.1, 1.0))  # ten coins, all heads
    assert exact_share(0.5, 10) == pytest.approx(tuple(stats.binomtest(5, 10).proportion_ci()))


def test_one_rater_has_no_interval() -> None:
    found = Means.of([("r", "a", 2.0), ("r", "a", 4.0)]).intervals()
    assert found.value[0] == 3 and np.isnan(found.low[0]) and np.isnan(found.p[0])


def test_same_seed_same_interval_and_the_scale_is_never_left() -> None:
    model = Model(Population().study(10, 24, np.random.default_rng(0)))
    one, two = (by_raters(model.estimate, 10, resamples=200, seed=9) for _ in range(2))
    assert np.array_equal(one.low, two.low)
    assert (draw(7, 100).sum(1) == 7).all()
    found = Means.of([(f"r{i}", "a", v) for i, v in enumerate([5, 5, 5, 5, 4.0])]).intervals(bounds=(1, 5))
    assert found.high[0] == 5


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_lowers_and_keeps_the_order(p: list[float]) -> None:
    values = np.array(p)
    adjusted = holm(values)
    assert (adjusted >= values).all() and (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(values, kind="stable")]) >= -1e-12).all()
    assert adjusted.min() == pytest.approx(min(1, len(p) * values.min()))


def test_holm_by_hand() -> None:
    found = holm(np.array([0.01, 0.04, np.nan, 0.03]))
    assert found == pytest.approx([0.03, 0.06, np.nan, 0.06], nan_ok=True)


def test_power_is_the_formula_of_the_books() -> None:
    # sd 1, difference ½: (2.8016 / 0.5)² = 31.4 raters
    found = power.need(0.5, 1 / 10 ** 0.5, raters=10, votes_each=12)
    assert (found.raters, found.more_raters, found.more_votes) == (32, 22, 264)
    assert power.power(0.5, 1 / 10 ** 0.5, 10, 32) == pytest.approx(0.80, abs=0.01)
    assert power.need(0.0, 1.0, 10, 12).raters is None
    assert power.need(2.0, 1 / 10 ** 0.5, 10, 12).more_raters == 0


def test_the_power_note_comes_true() -> None:
    """From one study of 40 it says how many raters show 60 : 40; so many then do in about 80 % of studies."""
    people = Population(strengths=(0.25, -0.25), taste_sd=0.6)
    rng = np.random.default_rng(2)
    gap = people.truth()[2]
    pilot = Model(people.study(60, 12, rng)).fit()
    planned = power.need(gap, float(pilot.se[0, 2]), 60, 12).raters
    assert planned is not None and 10 < planned < 80
    shown = 0
    for i in range(150):
        found = by_raters(Model(people.study(planned, 12, rng)).estimate, planned, resamples=199, seed=i)
        shown += bool(found.low[2] > 0)
    assert 0.65 <= shown / 150 <= 0.93
