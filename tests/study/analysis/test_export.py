"""What other programs get of a study: every answer, in plain tables, with every column explained."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated import whole_study

from dance_core.cli import main
from dance_core.study.analysis.export import one_line, write_export
from dance_core.study.analysis.table import make_table, read_tables
from dance_core.study.cells import starts_formula
from dance_core.study.judgments import JUDGMENTS, Judgment
from dance_core.study.sessions import Desk
from tests.study.studies import Clock, Rater, study_of

COMMENTS = ("=1+1", "None", "NA", "7", "1,5", "“ä”; good", "two\nlines\tand a tab", "-x", "a \"quoted\" one",
            "2026-11-10", "TRUE", "'", "", "\u202eback")


def rows() -> list[Judgment]:
    return [replace(j, comment=COMMENTS[k % len(COMMENTS)]) for k, j in enumerate(whole_study(raters=5))]


def written(folder: Path, made: list[Judgment] | None = None) -> dict[str, Path]:
    return {p.name: p for p in write_export(make_table("spring", made or rows()), folder)}


def table(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_no_answer_is_lost_and_texts_are_as_they_were_typed(tmp_path: Path) -> None:
    answers = table(written(tmp_path)["answers.csv"])
    about = {j.judgment_id: j for j in rows() if j.kind in ("pair", "match", "single")}
    assert {a["judgment_id"] for a in answers} == set(about) and len(answers) == len(about)
    for a in answers:
        j = about[a["judgment_id"]]
        assert int(a["score"] or a["preference"]) == j.answer and bool(a["score"]) == (j.kind == "single")
        assert a["counts"] == str(int(not j.excluded)) and a["excluded"] == j.excluded
        assert a["comment"] == one_line(j.comment) and float(a["watched_seconds"]) == j.watched_seconds
        assert {k for k in a if k.startswith("reason_") and a[k] == "1"} == {
            f"reason_{r}" for r in j.reasons.split(";") if r}


def test_a_row_a_rater_holds_all_of_their_answers(tmp_path: Path) -> None:
    raters = table(written(tmp_path)["raters.csv"])
    assert len(raters) == 5
    for r in raters:
        mine = [j for j in rows() if j.rater == r["rater"]]
        results = [j for j in mine if j.kind in ("pair", "match", "single")]
        assert Counter((j.trial, j.question, str(j.answer)) for j in results) == Counter(
            (n, q, r[f"t{n}_{q}"]) for n, q in {(j.trial, j.question) for j in results})
        checks = [j.answer for j in mine if j.question == "attention"]
        assert (r["attention_checks"], r["attention_passed"]) == (str(len(checks)), str(sum(checks)))
        assert r["finished"] == "", "nothing in this file says how many trials there were"


def test_every_column_is_in_the_dictionary_and_in_both_scripts(tmp_path: Path) -> None:
    made = written(tmp_path)
    told = json.loads(made["dictionary.json"].read_text())["files"]
    for file in ("answers.csv", "raters.csv"):
        head = made[file].read_text().split("\n")[0].split(",")
        assert [v["name"] for v in told[file]] == head
        for v, column in zip(told[file], head, strict=True):
            assert v["label"] and all(column in made[s].read_text()
                                      for s in ("dictionary.txt", "labels.R", "labels.sps"))
    scale = next(v for v in told["answers.csv"] if v["name"] == "preference")["values"]
    assert scale["-2"] == "left much better" and scale["0"] == "about the same" and len(scale) == 5
    assert "−2 = left much better" in made["dictionary.txt"].read_text()
    for file, columns in told.items():  # whatever has codes has no other value than these
        for v in (v for v in columns if v["values"]):
            assert {row[v["name"]] for row in table(made[file])} <= {*v["values"], ""}


@given(st.text(max_size=40))
def test_a_text_is_one_line_and_no_formula(text: str) -> None:
    line = one_line(text)
    bare = "".join(c if c.isprintable() else " " for c in text).strip()
    assert line.isprintable() and not (line and starts_formula(line[0]))
    runs = any(starts_formula(c) for c in bare.lstrip("\"' ")[:1])
    said = ("'" if runs else "") + bare
    assert line.replace(" ", "") == said.replace(" ", ""), "nothing else is added or lost"


def test_pandas_reads_it_with_the_line_of_the_dictionary(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with Gradio")
    made = written(tmp_path)
    read = pandas.read_csv(made["answers.csv"], keep_default_na=False, na_values=[""])
    assert len(read) == len(table(made["answers.csv"])) and "None" in set(read["comment"])
    assert read["preference"].dropna().isin(range(-2, 3)).all()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R (Debian: r-base-core) is not installed")
def test_r_reads_and_labels_it(tmp_path: Path) -> None:
    made = written(tmp_path)
    script = tmp_path / "try.R"
    script.write_text('source("labels.R")\ncat(nrow(answers), nrow(raters), '
                      'sum(is.na(answers$preference_label)), sum(answers$comment == "None", na.rm = TRUE), '
                      'levels(answers$preference_label)[1])')
    told = subprocess.run(["Rscript", str(script)], cwd=tmp_path, capture_output=True, text=True, check=True)
    answers = table(made["answers.csv"])
    assert told.stdout == " ".join(map(str, [
        len(answers), 5, sum(not a["preference"] for a in answers),
        sum(a["comment"] == "None" for a in answers), "left much better"]))


@pytest.mark.skipif(shutil.which("pspp") is None, reason="GNU PSPP (Debian: pspp) is not installed")
def test_spss_syntax_reads_and_labels_it(tmp_path: Path) -> None:
    """By GNU PSPP, which reads SPSS' language: no warning, every row and text, and the labels."""
    long = [replace(j, comment="ä" * 1990) if j.comment == "TRUE" else j for j in rows()]
    made = written(tmp_path, long)
    (tmp_path / "try.sps").write_text(made["labels.sps"].read_text() + """
DATASET ACTIVATE answers.
SAVE TRANSLATE /OUTFILE='answers-2.csv' /TYPE=CSV /FIELDNAMES.
SAVE TRANSLATE /OUTFILE='labels.csv' /TYPE=CSV /FIELDNAMES /CELLS=LABELS.
DATASET ACTIVATE raters.
SAVE TRANSLATE /OUTFILE='raters-2.csv' /TYPE=CSV /FIELDNAMES.
""")
    told = subprocess.run(["pspp", "-o", "said.txt", "try.sps"], cwd=tmp_path, capture_output=True, text=True)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    for name in ("answers", "raters"):
        before, after = table(made[f"{name}.csv"]), table(tmp_path / f"{name}-2.csv")
        assert len(before) == len(after) and list(before[0]) == list(after[0])
        for old, new in zip(before, after, strict=True):
            for column, cell in old.items():
                back = new[column].strip()
                assert back == cell.strip() or float(back) == pytest.approx(float(cell), abs=6e-4), column
    words = {a["preference"].strip() for a in table(tmp_path / "labels.csv")}
    assert "left much better" in words and "about the same" in words


def test_the_command_takes_a_file_or_the_id_of_a_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DANCE_DATA_DIR", str(tmp_path / "data"))
    clock = Clock()
    desk = Desk(study_of(tmp_path / "data" / "studies" / "tiny"), clock)
    Rater(desk, "a", clock).agree().finish()
    Rater(desk, "b", clock).agree().answer()
    assert main(["study", "export", "tiny"]) == 0
    raters = table(desk.study.folder / "export-tiny" / "raters.csv")
    assert sorted(r["finished"] for r in raters) == ["0", "1"] and "2 people" in capsys.readouterr().out
    assert main(["study", "export", str(desk.study.csv), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "answers.csv").read_text() == (
        desk.study.folder / "export-tiny" / "answers.csv").read_text()
    desk.study.csv.write_bytes(desk.study.csv.read_bytes().replace(b",preference,", b",quality,", 1))
    assert main(["study", "export", "tiny"]) == 3 and "refused" in capsys.readouterr().err
    assert len(read_tables(desk.study.csv)["tiny"].people.took_part) == 2 and JUDGMENTS.names[0] == "schema"
