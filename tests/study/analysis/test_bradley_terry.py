"""Strengths from comparisons: choix without ties, another solver with them, and known truth."""

from __future__ import annotations

import choix
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from simulated import Population

from dance_core.study.analysis.bradley_terry import (
    DECIDED,
    ORDINAL,
    RIDGE,
    TIES,
    Comparisons,
    Model,
    connected,
    strengths_and_differences,
)


def rows_of(wins: np.ndarray) -> list[tuple[str, str, str, int]]:
    """wins[i, j]: how often i beat j, the winner left and right by turns."""
    names = "abcdefgh"
    rows = []
    for i, j in np.argwhere(wins > 0):
        for k in range(int(wins[i, j])):
            left = k % 2 == 0
            rows.append((f"r{k}", names[i if left else j], names[j if left else i], -1 if left else 1))
    return rows


@given(st.integers(2, 7), st.integers(0, 10_000))
def test_without_ties_and_sides_it_is_choix(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    wins = rng.integers(0, 12, (n, n))
    np.fill_diagonal(wins, 0)
    wins += np.roll(np.eye(n, dtype=int), 1, axis=1)  # a ring of wins: Ford's condition holds
    np.fill_diagonal(wins, 0)
    data = [(i, j) for i, j in np.argwhere(wins > 0) for _ in range(wins[i, j])]
    expected = choix.opt_pairwise(n, data, tol=1e-12)
    model = Model(Comparisons.of(rows_of(wins), DECIDED, "abcdefgh"[:n]), side=False, quantities=np.eye(n))
    found = model.fit()
    assume(not found.penalised[0])
    assert found.values[0, :n] == pytest.approx(expected - expected.mean(), abs=1e-4)


def test_sixteen_thousand_votes_are_choix_too() -> None:
    rng = np.random.default_rng(3)
    n, truth = 8, np.linspace(-1.2, 1.2, 8)
    wins = np.zeros((n, n), dtype=int)
    for _ in range(16_000):
        i, j = rng.choice(n, 2, replace=False)
        first = rng.random() < 1 / (1 + np.exp(truth[j] - truth[i]))
        wins[(i, j) if first else (j, i)] += 1
    data = [(i, j) for i, j in np.argwhere(wins > 0) for _ in range(wins[i, j])]
    expected = choix.ilsr_pairwise(n, data)
    found = Model(Comparisons.of(rows_of(wins), DECIDED), side=False, quantities=np.eye(n)).fit().values[0]
    assert found == pytest.approx(expected - expected.mean(), abs=1e-4)
    assert np.abs(found - (truth - truth.mean())).max() < 0.1


def test_two_systems_with_ties_and_a_side_by_another_solver() -> None:
    # a left of b: 30 left, 20 ties, 10 right;  b left of a: 12 left, 24 ties, 24 right.
    rows = [("r", "a", "b", y) for y, n in ((-1, 30), (0, 20), (1, 10)) for _ in range(n)]
    rows += [("r", "b", "a", y) for y, n in ((-2, 12), (0, 24), (2, 24)) for _ in range(n)]
    found = Model(Comparisons.of(rows, TIES)).fit(errors=False).values[0]
    # Log-odds of the decided ones are ±δ + β up to the shared tie parameter: the score equations, by scipy.
    from scipy.optimize import minimize

    def minus(p: np.ndarray) -> float:
        gap, side, tie = p
        total = 0.0
        for eta, (left, same, right) in ((gap + side, (30, 20, 10)), (-gap + side, (12, 24, 24))):
            logits = np.array([eta / 2, tie, -eta / 2])
            total -= np.array([left, same, right]) @ (logits - np.log(np.exp(logits).sum()))
        return total

    best = minimize(minus, np.zeros(3), tol=1e-12).x
    assert found[2] == pytest.approx(best[0], abs=1e-5)  # a − b
    assert found[:2] == pytest.approx([best[0] / 2, -best[0] / 2], abs=1e-5)
    assert found[3:] == pytest.approx(best[1:], abs=1e-5)  # side, ties


def test_turning_left_and_right_turns_the_side_only() -> None:
    data = Population().study(20, 24, np.random.default_rng(0))
    found = Model(data).fit()
    turned = Comparisons(data.systems, data.raters, data.pairs[:, ::-1], data.counts[:, :, ::-1], TIES)
    other = Model(turned).fit()
    assert other.values[0, :10] == pytest.approx(found.values[0, :10], abs=1e-9)
    assert other.values[0, 10] == pytest.approx(-found.values[0, 10], abs=1e-9)
    assert other.values[0, 11] == pytest.approx(found.values[0, 11], abs=1e-9)
    assert other.se[0] == pytest.approx(found.se[0], abs=1e-9)


def test_a_weighted_fit_is_the_fit_of_so_many_copies() -> None:
    data = Population().study(6, 24, np.random.default_rng(1))
    weights = np.array([2, 0, 1, 3, 0, 1.0])
    copies = np.repeat(data.counts, weights.astype(int), axis=0)
    again = Comparisons(data.systems, tuple(map(str, range(7))), data.pairs, copies, TIES)
    one, other = Model(data).fit(weights), Model(again).fit()
    assert one.values == pytest.approx(other.values, abs=1e-8)
    assert one.se == pytest.approx(other.se, abs=1e-8)


def test_strength_of_preference_is_used_by_the_ordinal_model() -> None:
    # Against c, both a and b win 7 of 10, but a strongly and b slightly.
    rows = [("r", s, "c", y) for s, y in (("a", -2), ("b", -1)) for _ in range(7)]
    rows += [("r", s, "c", 1) for s in "ab" for _ in range(3)]
    rows += [("r", "c", s, -y) for _, s, _, y in rows]  # both sides
    ties = Model(Comparisons.of(rows, TIES)).fit().values[0]
    ordinal = Model(Comparisons.of(rows, ORDINAL)).fit().values[0]
    assert ties[0] == pytest.approx(ties[1], abs=1e-6)
    assert ordinal[0] > ordinal[1] + 0.1


def test_ordinal_finds_the_truth_of_its_own_model() -> None:
    rng = np.random.default_rng(5)
    theta, side, kappa = {"a": 0.5, "b": 0.0, "c": -0.5}, 0.2, np.array([-0.3, 0, 0.4, 0, -0.3])
    rows = []
    for left, right in [(a, b) for a in theta for b in theta if a != b]:
        logits = np.array([1, .5, 0, -.5, -1]) * (theta[left] - theta[right] + side) + kappa
        chance = np.exp(logits) / np.exp(logits).sum()
        rows += [(f"r{i}", left, right, int(y)) for i, y in enumerate(rng.choice(5, 4000, p=chance) - 2)]
    found = Model(Comparisons.of(rows, ORDINAL), quantities=np.eye(3)).fit()
    # strengths, side, κ of ties, κ of the strong answers
    assert found.values[0] == pytest.approx([0.5, 0, -0.5, 0.2, 0.4, -0.3], abs=5 * found.se.max())
    assert found.se.max() < 0.05


def test_who_wins_everything_gets_a_finite_strength_and_it_is_said() -> None:
    rows = [("r", "a", "b", -1)] * 20 + [("s", "b", "a", 1)] * 20
    found = Model(Comparisons.of(rows, TIES)).fit()
    assert found.penalised[0] and np.isfinite(found.values).all() and np.isfinite(found.se).all()
    assert 2 < found.values[0, 2] < 12
    even = Model(Comparisons.of([*rows, ("t", "a", "b", 1), ("t", "b", "a", -1)], TIES)).fit()
    assert not even.penalised[0]
    assert RIDGE > 0


def test_nobody_used_a_tie() -> None:
    rows = [("r", "a", "b", -1)] * 3 + [("r", "b", "a", -1)] * 3 + [("s", "a", "b", 1)] * 2
    model = Model(Comparisons.of(rows, TIES))
    assert model.kappas == () and np.isfinite(model.fit().values).all()


def test_systems_that_never_met_have_no_common_scale() -> None:
    assert connected(3, np.array([[0, 1], [2, 1]]))
    assert not connected(4, np.array([[0, 1], [2, 3]]))
    data = Comparisons.of([("r", "a", "b", 1), ("r", "c", "d", 1)], TIES)
    assert not data.connected
    with pytest.raises(ValueError, match="unknown system"):
        Comparisons.of([("r", "a", "b", 1)], TIES, systems=["a"])


def test_standard_errors_are_those_of_the_information_when_votes_are_independent() -> None:
    rng = np.random.default_rng(2)
    chance = Population(taste_sd=0, side_sd=0, tie_sd=0).chances(1, rng)[0]
    counts = rng.multinomial(1, chance, (4000, 12)).astype(float)
    data = Comparisons(tuple("abcd"), tuple(map(str, range(4000))), Population().pairs, counts, TIES)
    model = Model(data)
    robust, plain = model.fit().se[0], model.fit_votes().se[0]
    assert robust == pytest.approx(plain, rel=0.05)
    expected = (counts.sum((0, 1)) / counts.sum())
    assert expected.sum() == pytest.approx(1)


def test_quantities_by_default() -> None:
    rows = strengths_and_differences(3)
    assert rows.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, -1, 0], [1, 0, -1], [0, 1, -1]]
