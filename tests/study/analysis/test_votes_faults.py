"""Votes and faults: one that drives votes is found, one that doesn't is not; little is said of little."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fault_sentences import FaultSentences
from simulate_faults import DRIVES, NOTHING, ORDER, WITH_SYSTEM, World, found_in, numbers, study

from dance_core.evaluation.faults import KINDS
from dance_core.study.analysis.command import faults_beside
from dance_core.study.analysis.estimates import Sure
from dance_core.study.analysis.findings import Findings, analyse
from dance_core.study.analysis.plots import charts
from dance_core.study.analysis.plots_faults import SECTION
from dance_core.study.analysis.summary import summary
from dance_core.study.analysis.table import make_table
from dance_core.study.analysis.votes_faults import CLEARLY, VotesAndFaults, votes_and_faults
from dance_core.study.clip_faults import ClipFaults, StudyFaults
from dance_core.study.judgments import JUDGMENTS, Judgment
from tests.study.studies import study_of

FEW = Sure(resamples=199)


@pytest.fixture(scope="module")
def made() -> tuple[list[Judgment], StudyFaults]:
    return study(World(cost=2.0), 24, 24, 20, np.random.default_rng(4))


@pytest.fixture(scope="module")
def found(made: tuple[list[Judgment], StudyFaults]) -> Findings:
    return analyse(make_table("faults", made[0]), FEW, made[1])


def told(found: Findings, question: str) -> VotesAndFaults:
    assert found.faults is not None
    return next(q for q in found.faults.questions if q.question == question)


def test_the_fault_that_costs_votes_is_shown_and_the_others_are_not(found: Findings) -> None:
    for question in ("preference", "overall"):
        shown = [p.kind for p in told(found, question).shown()]
        assert shown[0] == DRIVES and NOTHING not in shown
    by = {p.kind: p for p in told(found, "preference").kinds}
    assert by[DRIVES].raw.low > 0.5 and by[DRIVES].held.low > 0.5
    by = {p.kind: p for p in told(found, "overall").kinds}
    assert by[DRIVES].raw.high < 0 and by[DRIVES].held.high < 0


def test_intervals_hold_the_truth_where_it_is_known() -> None:
    """A small version of simulate_faults.py: three numbers of each question that are known to be nothing."""
    rng, held, shown = np.random.default_rng(5), [], []
    for k in range(30):
        made = numbers(found_in(*study(World(), 20, 16, 12, rng), 199, k))
        for question, neutral in (("preference", 0.5), ("overall", 0.0)):
            for key in ((NOTHING, "raw"), (NOTHING, "held"), (WITH_SYSTEM, "held")):
                _, low, high = made[question, *key]
                held.append(low <= neutral <= high)
            _, low, high = made[question, DRIVES, "held"]
            shown.append(low > neutral or high < neutral)
    assert 0.90 <= np.mean(held) <= 0.99
    assert np.mean(shown) > 0.6


def test_numbers_are_those_of_the_rows(made: tuple[list[Judgment], StudyFaults], found: Findings) -> None:
    rows, faults = made
    prefers, scores = [], defaultdict(list)
    for j in rows:
        left = faults.clips[j.left].worst(DRIVES)
        if j.kind == "single":
            scores[left >= CLEARLY].append(j.answer)
        elif left != (right := faults.clips[j.right].worst(DRIVES)):
            towards_left = 1.0 if j.answer < 0 else 0.5 if j.answer == 0 else 0.0
            prefers.append(towards_left if left < right else 1 - towards_left)
    pair = next(p for p in told(found, "preference").kinds if p.kind == DRIVES)
    assert pair.answers == len(prefers) and pair.raw.value == pytest.approx(np.mean(prefers))
    single = next(p for p in told(found, "overall").kinds if p.kind == DRIVES)
    assert single.answers == len(scores[True])
    assert single.raw.value == pytest.approx(np.mean(scores[True]) - np.mean(scores[False]))
    lowest = told(found, "overall").lowest
    mean = {clip: np.mean([j.answer for j in rows if j.kind == "single" and j.left == clip])
            for clip in {j.left for j in rows}}
    assert lowest[0].value.value == pytest.approx(min(mean.values()))
    assert [low.value.value for low in lowest] == sorted(low.value.value for low in lowest)


def test_the_summary_says_it_in_words_that_are_true(found: Findings) -> None:
    text = summary(found)
    part = text.split("## Votes and faults", 1)[1].split("\n## ", 1)[0]
    assert part.strip().startswith("Faults were looked for in 60 dances, as they were shown.")
    pair = next(p for p in told(found, "preference").kinds if p.kind == DRIVES)
    said = re.search(r"Foot skating \(the dance with less was preferred in (\d+)% of (\d+) answers", part)
    assert said and [int(x) for x in said.groups()] == [round(100 * pair.raw.value), pair.answers]
    low = told(found, "preference").lowest[0]
    assert f"{low.clip.song}, House" in part and "Foot skating 1.0–2.0 (severe)" in part
    assert "partly by chance" in part and "none of this proves a cause" in text
    named = [c.name for c in charts(found) if c.section == SECTION]
    assert len(named) == 4 and all(c.figure is not None for c in charts(found) if c.section == SECTION)


def test_little_is_said_of_little() -> None:
    rows, faults = study(World(), 6, 2, 2, np.random.default_rng(0))
    part = summary(analyse(make_table("faults", rows), FEW, faults)).split("## Votes and faults", 1)[1]
    assert "That is too little to say by which faults votes go." in part and "Votes go by (" not in part
    assert re.search(r"stretch(es)? of music say too little about other dances", part)
    none = analyse(make_table("faults", rows), FEW, StudyFaults({}, missing=6))
    assert "6 dances could not be looked at" in summary(none) and "no answers about these" in summary(none)


def test_a_fault_that_only_one_system_has_is_not_told_from_it() -> None:
    rows, faults = study(World(), 24, 24, 16, np.random.default_rng(4), kinds=(DRIVES,))
    wrong = next(iter(c for c in faults.clips.values() if c.faults)).faults
    clips = {n: replace(c, faults=wrong if c.system == "c" else ()) for n, c in faults.clips.items()}
    found = votes_and_faults(rows, StudyFaults(clips), FEW, ORDER)
    for q in found.questions:
        (p,) = [p for p in q.kinds if p.kind == DRIVES]
        assert p.raw.known and not p.held.known and "nothing tells it" in p.held.why


def test_dances_without_faults_and_excluded_answers(made: tuple[list[Judgment], StudyFaults]) -> None:
    rows, faults = made
    clean = StudyFaults({n: replace(c, faults=()) for n, c in faults.clips.items()})
    found = analyse(make_table("faults", rows), FEW, clean)
    assert all(not q.kinds and set(q.nowhere) == set(KINDS) for q in found.faults.questions)  # type: ignore[union-attr]
    assert "nothing found" in summary(found) and found.as_json()["faults"]["questions"]
    out = analyse(make_table("faults", [replace(j, excluded="x") for j in rows]), FEW, faults)
    assert "There are no answers about these dances." in summary(out)


def test_names_can_not_be_markdown() -> None:
    rows, faults = study(World(), 6, 6, 6, np.random.default_rng(0))
    odd = "a.b-_x_"
    clips = {n: replace(c, system=odd, song=odd) for n, c in faults.clips.items()}
    assert "\\_x\\_" in summary(analyse(make_table("faults", rows), FEW, StudyFaults(clips)))


def test_faults_are_looked_for_where_the_study_lies_beside_its_record(tmp_path: Path) -> None:
    made = study_of(tmp_path / "tiny")
    (made.csv).write_bytes(JUDGMENTS.header)
    beside = faults_beside(made.csv, "tiny")
    assert beside is not None and beside.missing == len(made.clips)  # no Take was made
    assert faults_beside(made.csv, "another") is None
    alone = tmp_path / "alone.csv"
    alone.write_bytes(JUDGMENTS.header)
    assert faults_beside(alone, "tiny") is None
    assert analyse(make_table("tiny", [])).faults is None


def test_a_moment_of_a_fault_is_one_of_its_clip() -> None:
    clip = ClipFaults("x", "t", "a", "song", "gHO", 10.0, ())
    assert clip.worst(DRIVES) == 0.0


def test_every_sentence_about_random_studies_is_true() -> None:
    rng = np.random.default_rng(11)
    for k in range(40):
        kinds = tuple(str(x) for x in rng.choice(list(KINDS), int(rng.integers(1, 6)), replace=False))
        world = World(cost=float(rng.uniform(0, 4)), share=float(rng.choice([0.0, 0.1, 0.5, 1.0])))
        raters, trials, songs = (int(rng.integers(1, n)) for n in (9, 12, 8))
        rows, faults = study(world, raters, trials, songs, rng, kinds)
        if rng.random() < 0.3:  # all alike
            rows = [replace(j, answer=0 if j.kind == "pair" else 3) for j in rows]
        if rng.random() < 0.3:  # some dances are gone
            gone = set(list(faults.clips)[::3])
            faults = StudyFaults({n: c for n, c in faults.clips.items() if n not in gone}, len(gone))
        text = summary(analyse(make_table("faults", rows), Sure(resamples=99, seed=k), faults))
        if "There are no answers about these dances." not in text:
            assert not list(FaultSentences(text, rows, faults).wrong()), f"study {k}"
        assert "nan" not in text.split("## Votes and faults", 1)[1].split("\n## ", 1)[0]
