"""The rows of a study: what counts, what doesn't and why. Nothing is left out silently."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dance_core.errors import UserError
from dance_core.study import cells
from dance_core.study.analysis.csv_text import SEPARATORS, plain, read_csv_text
from dance_core.study.analysis.people import People
from dance_core.study.book import BadRow, refusal
from dance_core.study.judgments import JUDGMENTS, RESULTS, Judgment, read_judgments
from dance_core.study.schema import BadLine

_NEEDED = ("study", "rater", "kind", "question", "left_generator", "right_generator", "answer")
_NUMBERS = {c.name: c.kind for c in JUDGMENTS.columns if c.kind is not str}
_KNOWN = {f.name for f in fields(Judgment)}
_LONGEST_HEADER = 1 << 16
UNKNOWN_TIME = "1970-01-01T00:00:00Z"  # of rows that don't say when they were given
_NO_NUMBER = {"", "na", "nan", "null", "none"}  # how programs write a number that is missing


class NothingRead(UserError):
    """Every row of a file was refused."""


@dataclass(frozen=True)
class Table:
    """All rows of one study.

    Attributes:
        study: its id.
        kept: answers about dances that count.
        excluded: answers about dances that don't; `excluded` of each says why.
        checks: attention and headphone checks, also of those who were excluded.
        notes: what the page and the people said beside their answers: kinds "page" and "about".
        consented: rows of people who agreed to take part. consents: how many people.
        withdrawals: how many people took their data back, and how many rows went with them.
        people: who took part, finished, left.
        rows: how many rows of the file could be read, those of its other studies too.
        bad: lines of the file that were refused.
        checksums: whether each row's own checksum was compared (a file without them is read, and said so).
    """

    study: str
    kept: tuple[Judgment, ...]
    excluded: tuple[Judgment, ...]
    checks: tuple[Judgment, ...]
    consented: tuple[Judgment, ...]
    notes: tuple[Judgment, ...]
    withdrawals: tuple[int, int]
    people: People
    rows: int
    bad: tuple[BadRow, ...]
    checksums: bool

    @property
    def refused(self) -> str:
        """The sentence that must be said wherever this table is shown; "" where no row was refused."""
        return refusal(self.rows, self.bad)

    @property
    def consents(self) -> int:
        """How many people agreed."""
        return len({j.rater for j in self.consented})

    @property
    def raters(self) -> tuple[str, ...]:
        """Whose answers count."""
        return tuple(sorted({j.rater for j in self.kept}))

    @property
    def reasons(self) -> dict[str, tuple[int, int]]:
        """Reason of exclusion → (answers, people), most answers first."""
        rows = Counter(j.excluded for j in self.excluded)
        people = Counter(reason for reason, _ in {(j.excluded, j.rater) for j in self.excluded})
        return {reason: (n, people[reason]) for reason, n in rows.most_common()}

    def of(self, kind: str, question: str | None = None) -> tuple[Judgment, ...]:
        """The answers of a kind that count, to one question or to all."""
        return tuple(j for j in self.kept if j.kind == kind and (question is None or j.question == question))


def read_tables(path: str | Path) -> dict[str, Table]:
    """All studies of a file by id. Raises UserError for a file without rows, NothingRead for one whose rows
    were all refused.

    Reads a study's own CSV (with a checksum in every row), also with its columns in another order or with
    more of them, and a plain one with the same column names, for example one that another program wrote; with
    semicolons, tabs or bars, in UTF-8 or UTF-16 (see csv_text). The
    bad lines of a file belong to all of its studies: they can't be trusted to say which one is theirs.
    """
    path = Path(path)
    if not path.is_file():
        raise UserError(f"There is no file {path.name!r}.")
    with open(path, "rb") as file:
        own = JUDGMENTS.is_header(file.readline(_LONGEST_HEADER))
    rows, bad, checked = (*read_judgments(path), True) if own else _plain(path)
    if not rows and bad:
        raise NothingRead(f"{refusal(0, bad)} A spreadsheet program that rewrites times or numbers changes "
                          "every row: use the file as the server wrote it.")
    if not rows:
        raise UserError("The file has a header but no row yet.")
    studies = sorted({j.study for j in rows})
    return {study: make_table(study, (j for j in rows if j.study == study), bad, checked, len(rows))
            for study in studies}


def make_table(study: str, rows: Iterable[Judgment], bad: Iterable[BadRow] = (), checksums: bool = True,
               of: int | None = None) -> Table:
    """Sort the rows of one study. `of`: how many rows the file has, where it holds other studies too."""
    rows = tuple(rows)
    people = People.of(rows)
    rows = tuple(map(people.ruled, rows))
    results = [j for j in rows if j.kind in RESULTS]
    gone = [j.answer for j in rows if j.kind == "withdrawal"]
    return Table(
        study,
        tuple(j for j in results if not j.excluded), tuple(j for j in results if j.excluded),
        tuple(j for j in rows if j.kind == "check"), tuple(j for j in rows if j.kind == "consent"),
        tuple(j for j in rows if j.kind in ("page", "about")),
        (len(gone), sum(gone)), people, len(rows) if of is None else of, tuple(bad), checksums)


def choose(tables: dict[str, Table], study: str | None) -> Table:
    """One study of a file. Raises UserError where the choice is missing or wrong."""
    names = ", ".join(tables)
    if study is None and len(tables) == 1:
        return next(iter(tables.values()))
    if study is None:
        raise UserError(f"The file has {len(tables)} studies ({names}): choose one of them.")
    if study not in tables:
        raise UserError(f"The file has no study {study[:40]!r}; it has {names}.")
    return tables[study]


def _plain(path: Path) -> tuple[list[Judgment], list[BadRow], bool]:
    """Rows of a CSV by the names of its columns, lines that are none, and whether checksums were compared.

    A column that is missing takes its default.
    """
    rows: list[Judgment] = []
    bad: list[BadRow] = []
    first: dict[str, int] = {}
    checked = False
    read = read_csv_text(path, JUDGMENTS.names)
    reader = csv.DictReader(io.StringIO(read.text, newline=""), restval="", delimiter=read.separator)
    try:
        names = reader.fieldnames = [plain(name) for name in reader.fieldnames or ()]
        if missing := [name for name in _NEEDED if name not in names]:
            raise UserError(f"The file has no column {missing[0]!r}: a study's CSV is expected. Cut at "
                            f"{SEPARATORS[read.separator]}, its first line is {_said(names)}.")
        checked = set(JUDGMENTS.names) <= set(names)
        for found in reader:
            line = reader.line_num + read.skipped
            found |= {n: read.number(cell) for n in _NUMBERS if isinstance(cell := found.get(n), str)}
            try:
                row = _checked(found) if checked else _judgment(found, line)
                if (before := first.setdefault(row.judgment_id, line)) != line:
                    raise UserError(f"its judgment_id is that of line {before}")
                rows.append(row)
            except (UserError, BadLine) as error:
                bad.append(BadRow(line, ",".join(str(cell) for cell in found.values()), str(error)))
    except csv.Error:
        bad.append(BadRow(reader.line_num + read.skipped, "", "from here on the file is no CSV"))
    return rows, bad, checked


def _said(names: Sequence[str]) -> str:
    shown = ", ".join(ascii(name)[1:-1][:30] for name in names[:6])
    return f"“{shown}{' …' if len(names) > 6 else ''}”" if shown else "empty"


def _checked(found: dict[str, str]) -> Judgment:
    """A row that has all of our columns. Raises UserError and BadLine."""
    values = JUDGMENTS.parse_cells([found[name] for name in JUDGMENTS.names])
    return Judgment(**values)  # type: ignore[arg-type]


def _judgment(found: dict[str, str], line: int) -> Judgment:
    """A row of a plain CSV. Raises UserError."""
    values: dict[str, Any] = {"judgment_id": f"00000000-0000-4000-8000-{line:012x}", "created": UNKNOWN_TIME,
                              "trial": 0, "question": "", "rater": ""}
    for name in _KNOWN & found.keys():
        kind, cell = _NUMBERS.get(name), found[name]
        if kind is None:
            if cell:
                values[name] = _text(cell)
        elif cell.strip().lower() not in _NO_NUMBER:
            values[name] = _number(name, cell, kind)
    needed = ["study", "kind", "answer"]
    if values.get("kind") in RESULTS:
        needed += ["rater", "question", "left_generator"]
        needed += ["right_generator"] if values["kind"] != "single" else []
    for name in needed:
        if values.get(name, "") == "":
            raise UserError(f"The judgment's {name} is missing.")
    return Judgment(**values)


def _text(cell: str) -> str:
    """Text as it was escaped by us, or as it stands there where somebody else wrote it."""
    try:
        return cells.decode(cell)
    except ValueError:
        return cell


def _number(name: str, cell: str, kind: type) -> int | float:
    try:
        number = float(cell)
    except ValueError:
        raise UserError(f"The judgment's {name} is {cell[:20]!r}, expected a number.") from None
    if kind is int and not number.is_integer():
        raise UserError(f"The judgment's {name} is {cell[:20]!r}, expected a whole number.")
    return kind(number)
