"""What a summary must not let anybody believe: ranks that are not shown, differences that nobody saw, raters
who silently count or don't.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from simulated import whole_study

from dance_core.study.analysis.estimates import Sure
from dance_core.study.analysis.findings import Counts, analyse
from dance_core.study.analysis.people import Gate
from dance_core.study.analysis.strengths import strengths
from dance_core.study.analysis.summary import summary
from dance_core.study.analysis.table import Table, make_table, read_tables
from dance_core.study.judgments import Judgment
from dance_core.study.sessions import Desk
from tests.study.studies import Clock, Rater, study_of, text

QUICK = Sure(resamples=120)


def pairs(raters: int, seed: int) -> list[Judgment]:
    rows = whole_study(seed, raters + 1)
    return [j for j in rows if j.question == "preference" and not j.excluded]


@pytest.mark.parametrize("raters", [2, 3, 4, 8, 16])
def test_a_rank_is_taken_only_where_a_difference_is_shown(raters: int) -> None:
    for seed in range(6):
        s = strengths(pairs(raters, seed), sure=QUICK)[0]
        above = {name: sum(d.second == name and d.p_holm < 0.05 for d in s.differences) for name in s.systems}
        below = {name: sum(d.first == name and d.p_holm < 0.05 for d in s.differences) for name in s.systems}
        assert s.ranks == tuple((1 + above[n], len(s.systems) - below[n]) for n in s.systems)
        if raters < 4:
            assert set(s.ranks) == {(1, len(s.systems))}, "two or three raters settle no rank"
            assert all(d.gap.low <= 1e-9 for d in s.differences if d.gap.known), "and no interval says so"


@pytest.mark.parametrize("raters", [1, 2, 12])
def test_ties_only_is_that_nobody_saw_a_difference(raters: int) -> None:
    found = analyse(make_table("t", [replace(j, answer=0) for j in pairs(raters, 0)]), QUICK)
    said = summary(found)
    assert "Nobody saw a difference." in said and "so one-sided" not in said
    (p,) = found.preferences
    n = len(p.systems)
    assert p.strengths is not None and set(p.strengths.ranks) == {(1, n)} and not p.worth
    assert "of the decided answers" not in said.split("## Raters")[0]


def test_one_answer_to_all_is_said_of_other_questions_too() -> None:
    rows = [replace(j, answer=0 if j.kind == "match" else 3) for j in whole_study(raters=5)
            if j.kind in ("match", "single")]
    said = summary(analyse(make_table("t", rows), QUICK))
    assert "Nobody told the two apart" in said
    assert said.count("Every answer is 3. No difference is shown.") >= 2
    mixed = [replace(j, answer=1 + k % 2) if j.kind == "single" else j for k, j in enumerate(rows)]
    said = summary(analyse(make_table("t", mixed), QUICK))
    assert "Nobody told the two apart" in said and "Every answer is" not in said


def test_one_decided_answer_is_a_difference_that_somebody_saw() -> None:
    rows = [replace(j, answer=int(i == 0)) for i, j in enumerate(pairs(5, 0))]
    assert "Nobody saw a difference" not in summary(analyse(make_table("t", rows), QUICK))


# --- who finished, who left -------------------------------------------------------------------------------


def left_halfway(folder: Path, rule: str, taken: bool) -> Table:
    """Two raters finish, one leaves after one trial; somebody takes that place or not. `rule`: the YAML's."""
    clock = Clock()
    desk = Desk(study_of(folder, text(raters="3", unfinished=rule)), clock)
    for name in "ab":
        Rater(desk, name, clock).agree().finish()
    leaver = Rater(desk, "leaver", clock).agree()
    while leaver.step["number"] == 1:
        leaver.answer()
    clock.now += 2 * 3600
    if taken:
        Rater(desk, "next", clock).agree().finish()
    return read_tables(desk.study.csv)["tiny"]


def counts(table: Table) -> Counts:
    return analyse(table, QUICK).counts


@pytest.mark.parametrize("rule", ["exclude", "count"])
def test_who_left_is_treated_the_same_whether_or_not_the_place_was_taken(tmp_path: Path, rule: str) -> None:
    free = left_halfway(tmp_path / "free", rule, taken=False)
    taken = left_halfway(tmp_path / "taken", rule, taken=True)
    for table in (free, taken):
        leaver = [j for j in (*table.kept, *table.excluded) if j.rater in table.people.unfinished]
        reason = "left: did not finish" if rule == "exclude" else ""
        assert {j.excluded for j in leaver} == {reason}
    assert (counts(free).finished, counts(free).unfinished) == (2, 1)
    assert (counts(taken).finished, counts(taken).unfinished) == (3, 1)
    for table in (free, taken):
        said = summary(analyse(table, QUICK))
        assert f"did not finish {'are kept apart' if rule == 'exclude' else 'count'}, whether or not" in said
        assert "answered all 7 trials, 1 left halfway or is under way" in said


def test_a_file_that_does_not_say_how_many_trials_there_were_says_nothing_of_who_finished() -> None:
    found = analyse(make_table("t", pairs(4, 0)), QUICK)
    assert found.counts.finished is None and "How many raters finished is not known" in summary(found)


def test_checks_have_three_ends_and_exclusions_a_time() -> None:
    rows = whole_study(raters=10)
    never = next(j.rater for j in rows if j.rater.startswith("05"))
    rows = [j for j in rows if not (j.rater == never and j.kind == "check")]
    c = counts(make_table("t", rows))
    for gate in c.gates.values():
        assert isinstance(gate, Gate) and gate.unchecked == 1
        assert gate.passed + gate.failed + gate.unchecked == 10
    results = [j for j in rows if j.kind in ("pair", "match", "single")]
    assert sum(n for n, _ in c.over_time) == len(results)
    assert sum(out for _, out in c.over_time) == sum(bool(j.excluded) for j in results) > 0
    said = summary(analyse(make_table("t", rows), QUICK))
    assert "Excluded in each quarter of the answers" in said and "1 not checked" in said
    assert "The headphone check: " in said


def test_always_the_same_answer_is_flagged_from_the_first_complete_set(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(study_of(tmp_path, text(raters="5")), clock)
    for k, name in enumerate("abcd"):
        rater = Rater(desk, name, clock).agree()
        n = 0
        while rater.step["step"] == "trial":
            rater.answer(1 if k == 0 else (-2, 2, 0, 1, -1)[n % 5])
            n += 1
    raters = analyse(read_tables(desk.study.csv)["tiny"], QUICK).raters
    same = {r.rater for r in raters if any("the same answer to 100% of the pairs" in f for f in r.flags)}
    assert same == {desk.state.hash("tiny", "a")}


def test_nobody_stands_out_by_what_all_others_do() -> None:
    rows = [replace(j, answer=0) for j in pairs(8, 0)]
    assert not any("the same" in f for r in analyse(make_table("t", rows), QUICK).raters for f in r.flags)
    lone = [replace(j, answer=int(np.sign(j.answer)) if j.rater[:2] != "03" else -1) for j in pairs(8, 0)]
    flagged = {r.rater[:2] for r in analyse(make_table("t", lone), QUICK).raters
               if any("the same" in f for f in r.flags)}
    assert flagged == {"00", "03"}, "rater 0 presses left whatever comes"
