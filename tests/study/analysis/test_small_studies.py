"""Studies that are too small or too odd for a number say so, and give what they can."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from simulated import whole_study

from dance_core.study.analysis.estimates import Sure
from dance_core.study.analysis.findings import Findings, analyse
from dance_core.study.analysis.plots import charts
from dance_core.study.analysis.preference import preference
from dance_core.study.analysis.strengths import Difference, strengths
from dance_core.study.analysis.summary import summary
from dance_core.study.analysis.table import make_table
from dance_core.study.judgments import Judgment

QUICK = Sure(resamples=120)


def test_too_little_to_say_is_said() -> None:
    rows = [j for j in whole_study() if j.question == "preference" and not j.excluded]
    one = preference([j for j in rows if j.rater.startswith("03")], sure=QUICK)
    assert one.strengths is not None and one.strengths.strengths[0].low != one.strengths.strengths[0].low
    apart = [j for j in rows if {j.left_generator, j.right_generator} in
             ({"jepa", "soulnet"}, {"hotdance", "choreographer"})]
    found = preference(apart, sure=QUICK)
    assert found.strengths is None and "never compared" in found.why and found.matrix.wins
    table = make_table("spring", [*apart, *[j for j in whole_study() if j.rater.startswith("03")]])
    assert summary(analyse(table, QUICK))
    nobody = analyse(make_table("spring", [replace(j, excluded="x") for j in rows]), QUICK)
    text = summary(nobody)
    assert "No answer counts" in text and "348 answers (100.0%) are excluded" in text and "nan" not in text
    assert not nobody.preferences
    assert [(c.name, c.figure is None) for c in charts(nobody)] == [
        ("Raters: agreement and speed", True), ("Excluded over time", False)]


def test_one_system_wins_everything() -> None:
    rows = [replace(j, answer=-2 if j.left_generator == "soulnet" else 2)
            if "soulnet" in (j.left_generator, j.right_generator) and j.kind == "pair" else j
            for j in whole_study()]
    found = analyse(make_table("spring", rows), QUICK)
    s = found.preferences[0].strengths
    assert s.penalised and s.systems[0] == "soulnet"
    assert found.preferences[0].matrix.share[0][1] == 1 and 0.8 < found.preferences[0].matrix.low[0][1] < 1
    assert "so one-sided" in summary(found)
    json.dumps(found.as_json(), allow_nan=False)


def few(*answers: tuple[str, str, str, int]) -> list[Judgment]:
    """(rater, left, right, answer), a row each."""
    made = [j for j in whole_study(raters=2) if j.question == "preference"]
    assert len(answers) <= len(made)
    return [replace(j, rater=rater, left_generator=left, right_generator=right, answer=answer, left_take=left,
                    right_take=right, song="s", left_song="s", right_song="s", excluded="")
            for j, (rater, left, right, answer) in zip(made, answers, strict=False)]


def test_raters_who_all_answered_alike_have_no_interval_and_the_reason() -> None:
    """Two raters with the same counts: the standard error is 0, and that is no knowledge."""
    one = [("jepa", "soulnet", -1), ("soulnet", "jepa", 1), ("jepa", "soulnet", 1), ("soulnet", "jepa", 0)]
    rows = few(*[(r, *answer) for r in "ab" for answer in one])
    found = analyse(make_table("spring", rows), QUICK)
    (p,) = found.preferences
    assert p.strengths.ranks == ((1, 2), (1, 2)) and not p.worth
    d = p.strengths.differences[0]
    assert not d.gap.known and "so much alike" in d.gap.why and d.need.raters is None
    text = summary(found)
    assert f"difference between JEPA and SoulNet ({d.chance.value:.0%}, interval not estimable)" in text
    assert "How many votes it takes to show a difference is not estimable" in text
    assert "design effect" not in text and "which there are" not in text
    power, = (c for c in charts(found) if c.name == "Power")
    assert power.figure is None and power.caption.startswith("This chart is left out: the raters answered")


def test_what_rests_on_one_rater_has_no_interval() -> None:
    """Five raters compare three systems; the fourth system was seen by one of them alone, ten times."""
    rng = np.random.default_rng(0)
    names = ("a", "b", "c")
    rows = few(*[(str(r), *rng.permutation(names)[:2], int(rng.integers(-2, 3)))
                 for r in range(5) for _ in range(2)],
               *[("0", *pair, -1 if pair[0] == "d" else 1) for pair in 5 * [("c", "d"), ("d", "c")]],
               ("0", "c", "d", -1))
    s = strengths(rows, sure=QUICK)[0]
    for d in s.differences:
        assert d.gap.known == ("d" not in (d.first, d.second)), (d.first, d.second)
        assert d.gap.known or "two raters" in d.gap.why
    assert s.systems[0] == "d" and s.ranks[0] == (1, 4)


def test_a_bias_to_one_side_is_not_told_where_a_system_always_stood_there() -> None:
    rows = few(*[(str(r), "a", "b", answer) for r in range(6) for answer in (-1, -1, r % 2)])
    s = strengths(rows, sure=QUICK)[0]
    assert s.side is None and s.systems == ("a", "b") and s.differences[0].chance.value > 0.65
    text = summary(analyse(make_table("spring", rows), QUICK))
    assert "A bias to one side is not estimable" in text


def test_five_raters_who_all_agree_show_nothing_yet() -> None:
    """As many coins would fall on one side with a chance of 1 in 16; with eight it is 1 in 128."""
    def found(raters: int) -> Difference:
        rows = few(*[(str(r), *pair, -1 if pair[0] == "a" else 1) for r in range(raters)
                     for pair in [("a", "b"), ("b", "a"), ("a", "b")]])
        return strengths(rows, sure=QUICK)[0].differences[0]

    assert found(5).p_holm >= 1 / 16 and found(5).gap.low < 0
    assert found(8).p_holm < 0.05 and found(8).gap.low > 0


def test_agreement_with_oneself_is_none() -> None:
    rows = few(*[("r", "a", f"b{i % 6}", i % 3 - 1) for i in range(24)])
    p = preference(rows, sure=QUICK)
    assert all(e.value != e.value and e.why == "no two raters judged the same" for e in p.alpha.values())


def _pairs(change: Callable[[Judgment], int]) -> Findings:
    rows = [replace(j, answer=change(j)) if j.kind == "pair" else j for j in whole_study(raters=12)]
    return analyse(make_table("spring", rows), QUICK)


@pytest.mark.parametrize("answer", [-2, -1, 0])
def test_who_all_give_one_answer_show_no_difference(answer: int) -> None:
    found = _pairs(lambda j: answer)
    for s in (found.preferences[0].strengths, found.preferences[0].ordinal):
        assert s.penalised
        assert all(d.p_holm > 0.5 and d.gap.low < -0.2 < 0.2 < d.gap.high for d in s.differences)
    assert "Not shown: any difference" in summary(found)


def test_who_all_agree_on_an_order_show_it() -> None:
    order = {"soulnet": 3, "hotdance": 2, "jepa": 1, "choreographer": 0}
    found = _pairs(lambda j: -1 if order[j.left_generator] > order[j.right_generator] else 1)
    s = found.preferences[0].strengths
    assert s.penalised and s.systems == tuple(order)
    assert s.differences[0].gap.low > 0 and s.differences[0].p_holm < 0.05


@pytest.mark.parametrize("kind", ["pair", "single", "match"])
@pytest.mark.parametrize("raters", [1, 2, 3, 12])
def test_small_and_partial_studies_give_what_they_can(kind: str, raters: int) -> None:
    rows = [j for j in whole_study(raters=raters + 1) if j.kind == kind]
    found = analyse(make_table("spring", rows), Sure(resamples=100))
    text = summary(found)
    assert "nan" not in text and charts(found)
    assert bool(found.preferences) == (kind == "pair") and bool(found.scales) == (kind == "single")
    json.dumps(found.as_json(), allow_nan=False)
