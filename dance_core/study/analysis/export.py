"""A study for other programs: plain tables, a data dictionary, and scripts that label them in R and SPSS.

    answers.csv       a row an answer about dances
    raters.csv        a row a rater, the trials beside each other
    dictionary.txt    every column, its unit and what its values mean; dictionary.json: the same
    labels.R, labels.sps   read both tables and put the labels on

Texts are as they were typed, on one line each: the escapes of judgments.csv are undone. Which answers count
is what `study results` says: both come from the same Table.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.study.analysis.dictionary import ANSWERS, Variable, as_json, as_text, rater_variables
from dance_core.study.analysis.table import UNKNOWN_TIME, Table
from dance_core.study.cells import starts_formula
from dance_core.study.judgments import REASONS, SINGLE_QUESTIONS, Judgment

ANSWERS_CSV, RATERS_CSV, TEXT, JSON, R, SPSS = ("answers.csv", "raters.csv", "dictionary.txt",
                                                "dictionary.json", "labels.R", "labels.sps")
Cell = str | int | float | None


def write_export(table: Table, folder: str | Path) -> list[Path]:
    """Write the six files; their paths. Each appears whole or not at all. Raises OSError."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    muted = {(j.rater, j.trial) for j in table.notes if j.question == "muted" and j.kind == "page"}
    answers = [_answer(j) | {"muted": int((j.rater, j.trial) in muted)}
               for j in sorted((*table.kept, *table.excluded), key=_order)]
    columns, raters = rater_rows(table)
    tables = {ANSWERS_CSV: ANSWERS, RATERS_CSV: columns}
    made = {ANSWERS_CSV: _csv(ANSWERS, answers), RATERS_CSV: _csv(columns, raters),
            TEXT: as_text(tables, table.study),
            JSON: json.dumps(as_json(tables, table.study), ensure_ascii=False, indent=1) + "\n",
            R: _r(tables), SPSS: _spss(tables, {ANSWERS_CSV: answers, RATERS_CSV: raters})}
    for name, text in made.items():
        with replacing(folder / name) as part:
            part.write_text(text, encoding="utf-8", newline="")
    return [folder / name for name in made]


def one_line(text: str) -> str:
    """Somebody's text in one cell: no line ends, and an apostrophe before what could run as a formula."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split(" ")).strip()
    start = line.lstrip("\"' ")
    return f"'{line}" if start and starts_formula(start[0]) else line


def _order(j: Judgment) -> tuple[str, int, str, str]:
    return j.rater, j.trial, j.created, j.judgment_id


def _answer(j: Judgment) -> dict[str, Cell]:
    single = j.kind == "single"
    ticked = set(filter(None, j.reasons.split(";")))
    return {
        "judgment_id": j.judgment_id, "created": "" if j.created == UNKNOWN_TIME else j.created,
        "study": j.study, "rater": j.rater, "counts": int(not j.excluded), "excluded": one_line(j.excluded),
        "trial": j.trial or None, "question": j.question, "left_system": j.left_generator,
        "right_system": j.right_generator, "left_take": j.left_take, "right_take": j.right_take,
        "left_song": j.left_song, "right_song": j.right_song, "song": j.song, "style": j.style,
        "preference": None if single else j.answer, "score": j.answer if single else None,
        **{f"reason_{key}": None if single else int(key in ticked) for key in REASONS},
        "comment": one_line(j.comment), "watched_seconds": j.watched_seconds, "replays": j.replays,
        "response_seconds": j.response_seconds, "page_version": j.page_version,
        "code_version": j.code_version}


def rater_rows(table: Table) -> tuple[tuple[Variable, ...], list[dict[str, Cell]]]:
    """The columns and rows of the table with one row a rater: everybody who agreed or answered anything."""
    asked: dict[int, dict[str, None]] = defaultdict(dict)
    mine: dict[str, list[Judgment]] = {name: [] for name in sorted(table.people.took_part)}
    for j in sorted((*table.kept, *table.excluded), key=_order):
        mine[j.rater].append(j)
        asked[j.trial][j.question] = None
    order = [*("preference", "quality", "match", "mismatch"), *SINGLE_QUESTIONS]
    trials = sorted(n for n in asked if n > 0)
    questions = {n: sorted(asked[n], key=lambda q: (order.index(q) if q in order else 99, q)) for n in trials}
    others = defaultdict(list)
    for j in (*table.checks, *table.consented, *table.notes):
        others[j.rater].append(j)
    about = list(dict.fromkeys(j.question for j in table.notes if j.kind == "about"))
    return rater_variables(trials, questions, about), [_rater(table, name, rows, others[name])
                                                       for name, rows in mine.items()]


def _rater(table: Table, name: str, rows: Sequence[Judgment], others: Sequence[Judgment]) -> dict[str, Cell]:
    people = table.people
    attention = [j.answer for j in others if j.question == "attention"]
    heard = sorted((j for j in others if j.question == "headphones"), key=lambda j: j.created)
    consent = sorted((j for j in others if j.kind == "consent"), key=lambda j: j.created)
    times = sorted(j.created for j in (*rows, *others) if j.created != UNKNOWN_TIME)
    seconds = [j.response_seconds for j in rows if j.response_seconds > 0]
    reasons = dict.fromkeys(j.excluded for j in (*rows, *others) if j.excluded)
    row: dict[str, Cell] = {
        "rater": name, "counts": int(any(not j.excluded for j in rows)),
        "excluded": one_line("; ".join(reasons)),
        "finished": None if people.trials is None else int(name in people.finished),
        "consent_version": consent[-1].question if consent else "",
        "first": times[0] if times else "", "last": times[-1] if times else "",
        "trials": len({j.trial for j in rows}), "attention_checks": len(attention),
        "attention_passed": sum(attention), "headphones_right": heard[-1].answer if heard else None,
        "median_response_seconds": float(np.median(seconds)) if seconds else None}
    for j in others:
        if j.kind == "about":
            row[f"about_{j.question}"] = one_line(j.comment)
        elif (j.kind, j.question) == ("page", "phone"):
            row["phone"] = j.answer
    for j in rows:
        if j.trial > 0:
            t = f"t{j.trial}"
            row |= {f"{t}_left": j.left_generator, f"{t}_right": j.right_generator, f"{t}_song": j.song,
                    f"{t}_style": j.style, f"{t}_seconds": j.response_seconds, f"{t}_{j.question}": j.answer}
    return row


def _csv(columns: Sequence[Variable], rows: Iterable[Mapping[str, Cell]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, [v.name for v in columns], restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "" if value is None else value for key, value in row.items()})
    return out.getvalue()


_R_KINDS = {"text": "character", "number": "numeric", "whole number": "integer"}


def _r(tables: Mapping[str, Sequence[Variable]]) -> str:
    """Reads both tables; coded columns become factors beside the numbers, labels become attributes."""
    out = ["# Run in the folder of these files: source(\"labels.R\"). Gives two frames: answers, raters.",
           "# A column with codes stays a number; name_label beside it is the factor."]
    for file, columns in tables.items():
        frame = Path(file).stem
        kinds = ", ".join(f"{v.name} = \"{_R_KINDS[v.kind]}\"" for v in columns)
        out += ["", f"{frame} <- read.csv(\"{file}\", fileEncoding = \"UTF-8\", na.strings = \"\", "
                    f"check.names = FALSE,\n  colClasses = c({kinds}))"]
        for v in columns:
            at = f"{frame}${v.name}"
            out.append(f"attr({at}, \"label\") <- {_quoted(v.label)}")
            if v.values:
                codes = ", ".join(map(str, v.values))
                words = ", ".join(_quoted(word) for word in v.values.values())
                out.append(f"{at}_label <- factor({at}, levels = c({codes}), labels = c({words}))")
    return "\n".join(out) + "\n"


_LABEL, _VALUE = 250, 120  # bytes that SPSS keeps of a variable's label and of a value's
_FORMS = {"number": "F12.3", "whole number": "F8.0"}


def _spss(tables: Mapping[str, Sequence[Variable]], rows: Mapping[str, Sequence[Mapping[str, Cell]]]) -> str:
    """GET DATA, VARIABLE LABELS and VALUE LABELS for both tables; columns of text as wide as their texts."""
    out = ["* Run in the folder of these files, after CD to it, in Unicode mode (SPSS' default)."]
    for file, columns in tables.items():
        # a line that begins with "comment" is one to PSPP, also within a command
        forms = (f"{v.name} {_FORMS.get(v.kind) or _wide(v.name, rows[file])}" for v in columns)
        names = "\n  ".join(forms).replace("\n  comment ", " comment ")
        labels = "\n  /".join(f"{v.name} {_single(v.label, _LABEL)}" for v in columns)
        out += ["", f"GET DATA /TYPE=TXT /FILE='{file}' /ENCODING='UTF8' /DELIMITERS=\",\" /QUALIFIER='\"'\n"
                    f"  /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=\n  {names}.",
                f"VARIABLE LABELS\n  {labels}."]
        coded = [v for v in columns if v.values]
        codes = ([f"{n} {_single(word, _VALUE)}" for n, word in v.values.items()] for v in coded)
        values = "\n  /".join(" ".join([v.name, *each]) for v, each in zip(coded, codes, strict=True))
        out += [f"VALUE LABELS\n  {values}."] if coded else []
        # a copy: in PSPP a name alone goes when the next file is opened
        last = file == [*tables][-1]
        out.append(f"DATASET {'NAME' if last else 'COPY'} {Path(file).stem}.")
    return "\n".join(out) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _wide(name: str, rows: Iterable[Mapping[str, Cell]]) -> str:
    """The format of a text column: SPSS cuts what is longer, in silence."""
    return f"A{max((len(str(row.get(name) or '').encode()) for row in rows), default=0) or 1}"


def _single(text: str, most: int) -> str:
    cut = text.encode()[:most].decode(errors="ignore")  # no half character
    return "'" + cut.replace("'", "''") + "'"
