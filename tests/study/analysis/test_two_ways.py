"""Least squares with two ways of clustering, against sums written out and what must hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from dance_core.study.analysis.estimates import Sure
from dance_core.study.analysis.intervals import ALONE
from dance_core.study.analysis.two_ways import _Cells, two_ways

SURE = Sure(resamples=199)


def answers(raters: int, songs: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, list[str], list[str]]:
    """Each rater about each song, twice; raters and songs have levels of their own."""
    rng = np.random.default_rng(seed)
    who, what = (a.ravel() for a in np.meshgrid(range(raters), range(songs), indexing="ij"))
    who, what = np.tile(who, 2), np.tile(what, 2)
    y = rng.normal(0, 1, raters)[who] + rng.normal(0, 1, songs)[what] + rng.normal(0, 1, len(who))
    z = np.column_stack([rng.integers(0, 2, len(who)), np.ones(len(who))]).astype(float)
    return z, y, [f"r{i}" for i in who], [f"s{i}" for i in what]


def test_the_standard_error_is_that_of_both_ways_minus_their_cells() -> None:
    z, y, raters, songs = answers(7, 5)
    inverse = np.linalg.inv(z.T @ z)
    b = inverse @ z.T @ y
    pull = (z @ inverse[0]) * (y - z @ b)

    def variance(names: list[str]) -> float:
        return sum(sum(p for p, n in zip(pull, names, strict=True) if n == name) ** 2 for name in set(names))

    both = [f"{r} {s}" for r, s in zip(raters, songs, strict=True)]
    by_rater, by_song = variance(raters) * 7 / 6, variance(songs) * 5 / 4
    expected = math.sqrt(max(by_rater, by_song, by_rater + by_song - variance(both)))
    found = two_ways(z, y, raters, songs, SURE)
    assert found.value == pytest.approx(b[0]) and found.se == pytest.approx(expected)


def test_a_rater_who_is_drawn_twice_is_two_raters() -> None:
    z, y, raters, songs = answers(4, 6, seed=1)
    twice = [i for i, r in enumerate(raters) if r == "r1"]
    value, se = _Cells.of(z, y, raters, songs).estimate(np.array([[1.0, 2, 1, 1]]), np.ones((1, 6)))
    more = _Cells.of(np.concatenate([z, z[twice]]), np.concatenate([y, y[twice]]),
                     [*raters, *["r9"] * len(twice)], [*songs, *(songs[i] for i in twice)])
    other, other_se = more.estimate(np.ones((1, 5)), np.ones((1, 6)))
    assert value == pytest.approx(other)
    assert se == pytest.approx(other_se, rel=0.08)  # but for the number of raters in the small-sample factor


def test_what_can_not_be_told_says_why() -> None:
    z, y, raters, songs = answers(5, 6)
    copy = np.column_stack([z[:, 0], z[:, 0], np.ones(len(y))])  # another column says the same
    found = two_ways(copy, y, raters, songs, SURE)
    assert not found.known and math.isnan(found.value) and "nothing tells it" in found.why
    assert two_ways(z, y, ["one"] * len(y), songs, SURE).why == ALONE
    assert two_ways(z, y, raters, ["a"] * len(y), SURE).why.startswith("the dances of 1 stretch of music")
    two = two_ways(z, y, raters, ["ab"[int(s[1:]) % 2] for s in songs], SURE)
    assert "2 stretches" in two.why and math.isfinite(two.value)
    few = two_ways(z, y, raters, songs, SURE, told=np.array([s == "s0" for s in songs]))
    assert few.why.startswith("the dances of 1 stretch")
    assert two_ways(z[:0], y[:0], [], [], SURE).why


def test_answers_that_are_all_alike_are_as_sure_as_coins() -> None:
    _, y, raters, songs = answers(9, 6)
    ones = np.ones((len(y), 1))
    found = two_ways(ones, np.ones(len(y)), raters, songs, SURE, about=0.5, share=True)
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.025 ** (1 / 6))  # Clopper-Pearson: six songs are fewer than raters
    assert found.p == pytest.approx(stats.binomtest(6, 6, 0.5).pvalue)
    assert not two_ways(ones, np.ones(len(y)), raters, songs, SURE).known


def test_shares_stay_shares_and_seeds_repeat() -> None:
    rng = np.random.default_rng(3)
    _, _, raters, songs = answers(4, 4)
    y = (rng.random(len(raters)) < 0.9).astype(float)
    ones = np.ones((len(y), 1))
    found = two_ways(ones, y, raters, songs, SURE, about=0.5, share=True)
    assert 0 <= found.low < found.value < found.high <= 1 and found.value == pytest.approx(y.mean())
    assert found == two_ways(ones, y, raters, songs, SURE, about=0.5, share=True)
