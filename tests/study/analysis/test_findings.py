"""From a study's CSV to findings, summary, files: a simulated study of every kind of row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from simulated import whole_study

from dance_core.cli import main
from dance_core.errors import UserError
from dance_core.study.analysis import findings, plots
from dance_core.study.analysis.bradley_terry import Model
from dance_core.study.analysis.estimates import Sure
from dance_core.study.analysis.findings import Findings, analyse
from dance_core.study.analysis.plots import charts
from dance_core.study.analysis.raters import all_raters
from dance_core.study.analysis.report import plots_page, write_report
from dance_core.study.analysis.strengths import strengths
from dance_core.study.analysis.summary import summary
from dance_core.study.analysis.table import UNKNOWN_TIME, choose, make_table, read_tables
from dance_core.study.judgments import JUDGMENTS, Judgment
from tests.study.studies import line_of_first_version

QUICK = Sure(resamples=120)


def write(path: Path, rows: list[Judgment]) -> Path:
    path.write_bytes(JUDGMENTS.header + b"".join(JUDGMENTS.line(j.row()) for j in rows))
    return path


@pytest.fixture(scope="module")
def found() -> Findings:
    return analyse(make_table("spring", whole_study()), QUICK)


# --- what counts ----------------------------------------------------------------------------------


def test_rows_that_do_not_count_are_kept_apart_and_counted(tmp_path: Path) -> None:
    rows = whole_study()
    path = write(tmp_path / "votes.csv", rows)
    good = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*good, good[5], good[7].replace(b"pair", b"pear"), b"judgment/1,torn"]))
    table = read_tables(path)["spring"]
    results = [j for j in rows if j.kind in ("pair", "match", "single")]
    assert len(table.kept) + len(table.excluded) == len(results)
    assert len(table.excluded) == 36 and table.reasons == {"missed both attention checks": (36, 1)}
    assert {j.rater for j in table.excluded}.isdisjoint(table.raters) and len(table.raters) == 29
    assert [b.line for b in table.bad] == [len(good) + 1, len(good) + 2, len(good) + 3]
    found = analyse(table, QUICK)
    assert (found.counts.kept, found.counts.excluded, found.counts.excluded_raters) == (1044, 36, 1)
    assert "36 answers (3.3%) are excluded" in summary(found)
    text = summary(found).split("\n\n")[1]
    assert text.startswith("**Attention: 3 of 1,173 rows of the file were refused and do not count: line ")


def test_excluded_answers_change_nothing(found: Findings) -> None:
    without = [j for j in whole_study() if not j.excluded]
    again = analyse(make_table("spring", without), QUICK).as_json()
    for part in ("preferences", "scales", "mismatch", "raters"):
        assert again[part] == found.as_json()[part]


def test_the_order_of_rows_does_not_matter(found: Findings) -> None:
    again = analyse(make_table("spring", whole_study()[::-1]), QUICK).as_json()
    assert again["preferences"] == found.as_json()["preferences"]


def test_a_file_that_a_spreadsheet_saved_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "votes.csv", whole_study(raters=3))
    header, *lines = path.read_text().splitlines()
    path.write_text("\n".join([header, *(line.replace("2026-11", "11/2026") for line in lines)]) + "\n")
    with pytest.raises(UserError, match="spreadsheet"):
        read_tables(path)


def test_a_plain_csv_with_the_same_columns_is_read_and_it_is_said(tmp_path: Path) -> None:
    rows = whole_study(raters=12)
    path = tmp_path / "export.csv"
    with open(path, "w", newline="") as file:
        names = [c.name for c in JUDGMENTS.columns if c.name not in ("judgment_id", "created", "comment")]
        out = csv.DictWriter(file, names, extrasaction="ignore")
        out.writeheader()
        out.writerows(j.row() for j in rows)
    table = choose(read_tables(path), None)
    assert not table.checksums and len(table.kept) == 11 * 36
    own = analyse(make_table("spring", rows), QUICK).preferences[0].strengths
    other = analyse(table, QUICK)
    assert other.preferences[0].strengths == own
    assert "no checksums" in summary(other)


@pytest.mark.parametrize("text,message", [
    ("a,b\n1,2\n", "no column 'study'"), ("", "no column"),
    (JUDGMENTS.header.decode(), "no row yet"),
])
def test_files_with_nothing_to_analyse(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(text)
    with pytest.raises(UserError, match=message):
        read_tables(path)


def test_several_studies_in_one_file(tmp_path: Path) -> None:
    rows = whole_study(raters=3) + whole_study(seed=1, raters=4, study="autumn")
    tables = read_tables(write(tmp_path / "votes.csv", rows))
    assert list(tables) == ["autumn", "spring"]
    with pytest.raises(UserError, match="2 studies"):
        choose(tables, None)
    with pytest.raises(UserError, match="no study 'winter'"):
        choose(tables, "winter")
    assert choose(tables, "autumn").study == "autumn"


# --- findings -------------------------------------------------------------------------------------


def test_the_truth_of_the_simulated_study_is_found(found: Findings) -> None:
    assert [p.question for p in found.preferences] == ["preference", "quality"]
    for p in found.preferences:
        assert p.systems[0] == "soulnet" and p.systems[-1] == "choreographer"
        best = p.strengths.differences[0]
        assert (best.first, best.second) == ("soulnet", "choreographer")
        assert best.gap.low > 0 and best.p_holm < 0.05 and 0.5 < best.chance.low < best.chance.high < 1
    assert found.scales[0].systems[-1] == "choreographer"
    m = found.mismatch
    chance = dict(zip(m.systems, m.shares, strict=True))["choreographer"]  # who was drawn at random
    assert m.answers == 29 * 4 and chance.low < 0.5 < chance.high


def test_the_win_matrix_is_the_counts(found: Findings) -> None:
    rows = [j for j in whole_study() if j.question == "preference" and not j.excluded]
    m = found.preferences[0].matrix
    for i, a in enumerate(m.systems):
        for k, b in enumerate(m.systems):
            wins = sum((j.left_generator, j.right_generator) == (a, b) and j.answer < 0
                       or (j.left_generator, j.right_generator) == (b, a) and j.answer > 0 for j in rows)
            ties = sum({j.left_generator, j.right_generator} == {a, b} and j.answer == 0 for j in rows)
            if i != k:
                assert (m.wins[i][k], m.ties[i][k]) == (wins, ties)
                assert m.share[i][k] == pytest.approx((wins + ties / 2) / (wins + ties + m.wins[k][i]))
                assert m.share[i][k] + m.share[k][i] == pytest.approx(1)
                assert m.low[i][k] <= m.share[i][k] <= m.high[i][k]


def test_splits_add_up(found: Findings) -> None:
    for p in found.preferences:
        for splits in (p.by_style, p.by_song):
            assert sum(s.votes for s in splits) == p.votes
        assert [s.name for s in p.by_style] == ["gBR", "gHO", "gJB"]
        assert all(s.strengths is not None for s in p.by_style)
        assert sum(p.answers.values()) == p.votes == sum(map(sum, p.by_pair.values()))


def test_who_always_presses_left_and_who_hurries_are_flagged_and_still_count(found: Findings) -> None:
    flags = {r.rater[:2]: " ".join(r.flags) for r in found.raters}
    assert "left in" in flags["00"] and "attention" in flags["00"]
    assert "answers within 1.2 s" in flags["01"]
    assert flags["02"] == "missed 1 of 1 attention checks"
    assert sum(bool(f) for f in flags.values()) <= 5
    assert len(found.raters) == 29 and found.counts.raters == 29
    less = found.preferences[0].without_flagged
    assert less is not None and less.strengths != found.preferences[0].strengths.strengths


def test_who_answers_against_everybody_is_found() -> None:
    rows = [replace(j, answer=-j.answer) if j.rater.startswith("05") and j.kind == "pair" else j
            for j in whole_study(raters=40)]
    raters = {r.rater[:2]: r for r in all_raters(make_table("spring", rows))}
    honest = {r.rater[:2]: r for r in all_raters(make_table("spring", whole_study(raters=40)))}
    assert raters["05"].z < honest["05"].z - 2
    assert raters["05"].agreement == pytest.approx(1 - honest["05"].agreement, abs=0.1)
    zs = [r.z for r in honest.values()]
    assert abs(sum(zs) / len(zs)) < 0.6  # what is expected is what honest raters do


def test_a_bias_to_one_side_does_not_touch_the_strengths() -> None:
    rows = [j for j in whole_study() if j.question == "preference" and not j.excluded]
    pushed = [replace(j, answer=max(-2, j.answer - 1)) for j in rows]
    plain, biased = (strengths(r, sure=QUICK)[0] for r in (rows, pushed))
    assert biased.side.low > 0 and biased.side.value > plain.side.value + 0.5
    assert biased.systems[0] == plain.systems[0] and biased.systems[-1] == plain.systems[-1]


def test_a_part_that_fails_is_left_out_and_costs_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                                                              caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("float division by zero")

    monkeypatch.setattr(findings, "_mismatch", fails)
    monkeypatch.setattr(plots, "matrix_chart", fails)
    found = analyse(make_table("spring", whole_study(raters=6)), QUICK)
    text, page = (path.read_text() for path in write_report(found, tmp_path) if path.suffix != ".json")
    assert "This part is left out: it could not be computed from these answers" in text
    assert "This chart is left out: it could not be drawn from these answers" in page
    assert "division" not in text and "ZeroDivision" not in page and "float division by zero" in caplog.text
    assert "in log-odds that add to zero" in text and found.scales


@pytest.mark.parametrize("answer, reason", [
    ("much", "The judgment's answer is 'much', expected a number."),
    ("inf", "expected a whole number"), ("0.5", "expected a whole number"), ("7", "The answer is 7"),
    ("", "The judgment's answer is missing."), ("NA", "The judgment's answer is missing.")])
def test_cells_of_a_plain_table_that_are_no_answers(tmp_path: Path, answer: str, reason: str) -> None:
    """An answer that is missing is not the answer 0, and Python's words for it are none of the reader's."""
    path = tmp_path / "votes.csv"
    row = "spring,r,pair,preference,a,b,{}\n"
    path.write_text("study,rater,kind,question,left_generator,right_generator,answer\n" + row.format("-1.0")
                    + row.format(answer))
    table = read_tables(path)["spring"]
    assert len(table.kept) == 1 and [b.line for b in table.bad] == [3] and reason in table.bad[0].reason
    text = summary(analyse(table, QUICK))
    assert "1 of 2 rows of the file was refused" in text and "how long an answer took is not known" in text
    assert "1970-01-01" not in text and "No answer is excluded" not in text


# --- what a person reads --------------------------------------------------------------------------


def test_the_summary_can_be_quoted(found: Findings) -> None:
    text = summary(found)
    first = found.preferences[0].strengths
    assert f"SoulNet ({first.strengths[0].value:.2f}, 95% CI" in text
    for word in ("Davidson (1970)", "Davidson & Beaver", "Agresti", "Holm", "Krippendorff's α", "Power:",
                 "naive CI", "29 raters gave 348 answers", "chance", "left one got"):
        assert word in text, word
    assert "nan" not in text.lower().replace("dominant", "") and "None" not in text


def test_text_from_outside_is_neither_markdown_nor_html() -> None:
    evil = "<img src=x onerror=alert(1)> | [a](javascript:x) `b`\n# c"
    rows = [replace(j, excluded=evil) if j.excluded else j for j in whole_study()]
    text = summary(analyse(make_table("spring", rows), QUICK))
    assert "<img" not in text and "[a](" not in text and "\n# c" not in text and "&lt;img" in text


def test_every_chart_is_drawn_with_its_caption(found: Findings) -> None:
    drawn = charts(found)
    names = [c.name for c in drawn]
    assert names[:5] == ["Strengths", "Win matrix", "Answers", "By style", "Power"] and len(drawn) == 14
    assert names[-1] == "Excluded over time"
    assert all(c.caption and len(c.figure.data) for c in drawn)
    page = plots_page(found)
    assert "https://" not in page.split("</script>", 1)[0][:600] and 'src="http' not in page


def test_exclusions_are_drawn_when_they_came_and_why() -> None:
    """Of 120 answers ten in the fourth part fail the checks, and the last ten are of who left."""
    base = [j for j in whole_study() if j.question == "preference" and not j.excluded][:120]
    rows = [replace(j, created=f"2026-11-10T{10 + k // 60}:{k % 60:02d}:00.000Z",
                    excluded="attention: missed 2 of 2 checks" if 30 <= k < 40 else
                    "left: <b>" if k >= 110 else "") for k, j in enumerate(base)]
    found = analyse(make_table("spring", [rows[k] for k in np.random.default_rng(0).permutation(120)]), QUICK)
    parts = found.counts.course
    assert [p.answers for p in parts] == [10] * 12
    assert [p.excluded for p in parts] == [{}] * 3 + [{"attention": 10}] + [{}] * 7 + [{"left": 10}]
    assert (parts[3].first, parts[3].last) == (rows[30].created, rows[39].created)
    figure = next(c.figure for c in charts(found) if c.name == "Excluded over time")
    bars = {bar.name: list(bar.y) for bar in figure.data}
    assert bars == {"attention": [0.0] * 3 + [1.0] + [0.0] * 8, "left": [0.0] * 11 + [1.0]}
    untimed = analyse(make_table("spring", [replace(j, created=UNKNOWN_TIME) for j in rows]), QUICK)
    (chart,) = [c for c in charts(untimed) if c.name == "Excluded over time"]
    assert chart.figure is None and "is not known" in chart.caption


def test_the_command_writes_three_files_and_prints_the_text(tmp_path: Path,
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    votes = write(tmp_path / "votes.csv", whole_study(raters=12))
    assert main(["study", "results", str(votes), "--out", str(tmp_path / "out"), "--resamples", "200"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# Study spring") and (tmp_path / "out" / "summary.md").read_text() in text
    data = json.loads((tmp_path / "out" / "results.json").read_text())
    assert data["study"] == "spring" and data["preferences"][0]["strengths"]["systems"][0] == "soulnet"
    assert (tmp_path / "out" / "plots.html").stat().st_size > 1e6
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"summary.md", "results.json", "plots.html"}


@pytest.mark.parametrize("line", [JUDGMENTS.line, partial(line_of_first_version, JUDGMENTS)])
def test_a_file_that_went_through_pandas_gives_the_same_text(tmp_path: Path,
                                                             line: Callable[..., bytes]) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with Gradio")
    said = ["", "None", "n/a", "so, so", "12", "=1"]
    rows = [replace(j, comment=said[i % 6] if j.kind == "pair" else "")
            for i, j in enumerate(whole_study(raters=8))]
    path = tmp_path / "votes.csv"
    path.write_bytes(JUDGMENTS.header + b"".join(line(j.row()) for j in rows))
    texts = []
    for name in ("before", "after"):
        more = ["--out", str(tmp_path / name), "--resamples", "200"]
        assert main(["study", "results", str(path), *more]) == 0
        texts.append((tmp_path / name / "summary.md").read_bytes())
        pandas.read_csv(path).to_csv(path, index=False)
    assert texts[0] == texts[1]
    table, again = (read_tables(path)["spring"] for _ in range(2))
    assert [j.comment for j in table.kept] == [j.comment for j in rows if j.counts] and table == again


def test_refused_rows_are_loud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "votes.csv", whole_study(raters=4))
    header, *lines = path.read_bytes().splitlines(keepends=True)
    changed = [*(line.replace(b",preference,", b",quality,") for line in lines[:30]), *lines[30:]]
    bad = sum(a != b for a, b in zip(lines, changed, strict=True))
    path.write_bytes(header + b"".join(changed))
    assert main(["study", "results", str(path), "--out", str(tmp_path / "out"), "--resamples", "200"]) == 3
    out, error = capsys.readouterr()
    said = f"{bad} of {len(lines)} rows of the file were refused and do not count: line "
    assert error.startswith(f"WARNING: {said}") and error.count("\n") == 1
    text = (tmp_path / "out" / "summary.md").read_text()
    assert text.split("\n\n")[1].startswith(f"**Attention: {said}") and text in out
    assert said in (tmp_path / "out" / "plots.html").read_text()
    assert json.loads((tmp_path / "out" / "results.json").read_text())["counts"]["refused"].startswith(said)
    path.write_bytes(header + b"".join(line.replace(b"spring", b"autumn") for line in lines))
    assert main(["study", "results", str(path), "--out", str(tmp_path / "none")]) == 3
    assert capsys.readouterr().err.startswith(f"WARNING: {len(lines)} of {len(lines)} rows of the file were")


@pytest.mark.parametrize("extra", ["another order", "a number for each row"])
def test_columns_that_moved_are_still_checked(tmp_path: Path, extra: str) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with Gradio")
    path = write(tmp_path / "votes.csv", whole_study(raters=3))
    table = pandas.read_csv(path)
    own = table[table.columns[::-1]] if extra == "another order" else table
    own.to_csv(path, index=extra != "another order")
    found = read_tables(path)["spring"]
    assert found.checksums and not found.bad and len(found.kept) == 2 * 36
    own.loc[5, "answer"] = 0 if own.loc[5, "answer"] else 1
    own.to_csv(path, index=extra != "another order")
    assert [b.line for b in read_tables(path)["spring"].bad] == [7]


@pytest.mark.parametrize("more,message", [
    (["--resamples", "7"], "expected 100"), (["--seed", "-1"], "seed"), (["--study", "winter"], "no study"),
])
def test_bad_arguments_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str],
                                        message: str) -> None:
    votes = write(tmp_path / "votes.csv", whole_study(raters=2))
    assert main(["study", "results", str(votes), *more]) == 2
    error = capsys.readouterr().err
    assert message in error and "Traceback" not in error
    assert main(["study", "results", str(tmp_path / "no.csv")]) == 2


def test_the_work_grows_no_faster_than_the_raters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit runs over counts of wins, which don't grow with the answers: what may grow is how many."""
    fits: list[int] = []
    real = Model._newton

    def counted(self: Model, counts: np.ndarray, *rest: object) -> object:
        fits[-1] += len(counts)
        return real(self, counts, *rest)

    monkeypatch.setattr(Model, "_newton", counted)
    for raters in (30, 150):
        fits.append(0)
        rows = whole_study(raters=raters)
        analyse(make_table("spring", rows), QUICK)
    assert len(rows) > 5_000 and 0 < fits[1] <= 5 * fits[0]
