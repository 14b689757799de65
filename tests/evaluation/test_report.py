"""How a result is written down: ratios over a whole row, numbers that are infinite, what controls deceive."""

from __future__ import annotations

import math
import warnings

import pytest

from dance_core.evaluation.protocol import Asked, Entry, Result, Row
from dance_core.evaluation.report import _as_good, _cell, summary


def row(faults: list[float], seconds: float = 10.0) -> Row:
    return Row("one", tuple(Entry(i % 3, i // 3, {"faults": f, "seconds": seconds}) for i, f in
                            enumerate(faults)))


def result(one: Row) -> Result:
    return Result(Asked(), "one", "One", [], [one], {}, {}, {}, {}, {}, [])


def told(faults: list[float]) -> dict[str, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one = row(faults)
        return summary(one, result(one))["seconds_per_fault"]


def test_seconds_per_fault_are_those_of_the_whole_row():
    # 60 s and 5 faults, however they are spread; the mean of the dances' own ratios is something else
    found = told([2, 0, 0, 3, 0, 0])
    assert found["mean"] == pytest.approx(12.0) and "low" not in found  # two clips of three have none
    found = told([2, 1, 1, 2, 1, 1])
    assert found["mean"] == pytest.approx(60 / 8) and found["low"] <= found["mean"] <= found["high"]


def test_a_row_without_faults_has_no_end():
    found = told([0, 0, 0])
    assert math.isinf(found["mean"]) and _cell(found, ".1f") == "∞"


@pytest.mark.parametrize("one,truth,better,good", [
    (5.0, 10.0, "high", False), (9.6, 10.0, "high", True), (math.inf, 10.0, "high", True),
    (10.0, math.inf, "high", False), (math.inf, math.inf, "high", True), (0.3, 0.2, "low", False),
    (0.1, 0.2, "low", True),
])
def test_as_good_as_the_truth_is_within_its_interval(one, truth, better, good):
    assert _as_good({"mean": one}, {"mean": truth}, better) is good
