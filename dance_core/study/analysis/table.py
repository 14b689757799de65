"""The rows of a study: what counts, what doesn't and why. Nothing is left out silently."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from dance_core.errors import UserError
from dance_core.study import cells
from dance_core.study.book import BadRow
from dance_core.study.judgments import JUDGMENTS, RESULTS, Judgment, read_judgments

_NEEDED = ("study", "rater", "kind", "question", "left_generator", "right_generator", "answer")
_NUMBERS = {c.name: c.kind for c in JUDGMENTS.columns if c.kind is not str}


@dataclass(frozen=True)
class Table:
    """All rows of one study.

    Attributes:
        study: its id.
        kept: answers about dances that count.
        excluded: answers about dances that don't; `excluded` of each says why.
        checks: attention and headphone checks, also of those who were excluded.
        consents: how many people agreed to take part.
        withdrawals: how many people took their data back, and how many rows went with them.
        bad: lines of the file that could not be read.
        checksums: whether each row's own checksum was compared (a file without them is read, and said so).
    """

    study: str
    kept: tuple[Judgment, ...]
    excluded: tuple[Judgment, ...]
    checks: tuple[Judgment, ...]
    consents: int
    withdrawals: tuple[int, int]
    bad: tuple[BadRow, ...]
    checksums: bool

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
    """All studies of a file by id. Raises UserError for a file with nothing to analyse.

    Reads a study's own CSV (with a checksum in every row) and also a plain one with the same column names,
    for example one that another program wrote. The bad lines of a file belong to all of its studies: they
    can't be trusted to say which one is theirs.
    """
    path = Path(path)
    if not path.is_file():
        raise UserError(f"There is no file {path.name!r}.")
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        names = next(csv.reader([file.readline()]), [])
    if own := names == JUDGMENTS.header.decode().strip().split(","):
        rows, bad = read_judgments(path)
    else:
        rows, bad = _plain(path, names)
    if not rows and bad:
        raise UserError(
            f"None of the {len(bad)} rows can be read; the first (line {bad[0].line}): {bad[0].reason}. A "
            "spreadsheet program that saves the file changes every row: use the file as the server wrote it.")
    if not rows:
        raise UserError("The file has a header but no row yet.")
    studies = sorted({j.study for j in rows})
    return {study: make_table(study, (j for j in rows if j.study == study), bad, own) for study in studies}


def make_table(study: str, rows: Iterable[Judgment], bad: Iterable[BadRow] = (),
               checksums: bool = True) -> Table:
    """Sort the rows of one study."""
    rows = tuple(rows)
    results = [j for j in rows if j.kind in RESULTS]
    gone = [j.answer for j in rows if j.kind == "withdrawal"]
    return Table(
        study,
        tuple(j for j in results if not j.excluded), tuple(j for j in results if j.excluded),
        tuple(j for j in rows if j.kind == "check"), len({j.rater for j in rows if j.kind == "consent"}),
        (len(gone), sum(gone)), tuple(bad), checksums)


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


def _plain(path: Path, names: list[str]) -> tuple[list[Judgment], list[BadRow]]:
    """Rows of a CSV without our tags and checksums; missing columns take their defaults."""
    if missing := [name for name in _NEEDED if name not in names]:
        raise UserError(f"The file has no column {missing[0]!r}: a study's CSV is expected.")
    known = {f.name for f in fields(Judgment)}
    rows: list[Judgment] = []
    bad: list[BadRow] = []
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for cells_of in reader:
        line = reader.line_num
        try:
            values: dict[str, object] = {"judgment_id": f"00000000-0000-4000-8000-{line:012x}",
                                         "created": "1970-01-01T00:00:00Z", "trial": 0}
            for name, cell in cells_of.items():
                if name in known and cell not in (None, ""):
                    kind = _NUMBERS.get(name)
                    values[name] = _number(cell, kind) if kind else cells.decode(cell)
            rows.append(Judgment(**values))  # type: ignore[arg-type]
        except (ValueError, TypeError) as error:
            bad.append(BadRow(line, ",".join(str(c) for c in cells_of.values()), str(error)))
    return rows, bad


def _number(cell: str, kind: type) -> int | float:
    number = float(cell)
    if kind is int and number != int(number):
        raise ValueError(f"{cell[:20]!r} is no whole number")
    return int(number) if kind is int else number
