"""What a row of a vote book is: named, typed columns, and the line that they become.

A line is `name/version,key,…,crc\\n`: the schema's tag first, the key (a uuid) second, then the other
columns, and last a checksum. So a line says what it is and whether it is whole, wherever it is copied to.

The checksum is a mark and eight hex digits: the CRC-32 of the line's *plain form*, everything before the
last comma as this module writes the values. A program that reads the file and saves it again writes the same
values in another way: without quotes that are not needed, 1.5 for 1.50, 1.0 for 1. Such a line is read, put
into its plain form, and passes; a line with another value does not. The mark says which plain form is meant:

    v   text that looks like a number, a date, a time or a missing value is escaped (see cells), so that no
        program changes it; numbers that are no whole numbers count with 12 digits
    x   the rows before that. Programs do change such text in them, so `parse` also tries what it may have
        been: a row is believed only where the checksum agrees.
"""

from __future__ import annotations

import csv
import itertools
import math
import re
import uuid
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dance_core.study import cells

_PLAIN = re.compile(r"[A-Za-z0-9_.:/\-]*")  # text that needs no CSV quotes
_INT = re.compile(r"-?[0-9]+")
NOW, OLD = "v", "x"  # the marks
_SUM = re.compile(r"([vx])([0-9a-f]{8})")
_ENDS = {b",v", b",x"}  # what stands before the digits of a checksum
_DIGITS = 12  # that a number of a row counts with: what programs that read and write numbers always keep
_WAS_WHOLE = re.compile(r"-?[0-9]+\.0")
# What pandas and R read as a missing value, and write as nothing.
_MISSING = ("NA", "N/A", "n/a", "None", "nan", "NaN", "null", "NULL", "<NA>", "#N/A", "#NA", "#N/A N/A",
            "1.#IND", "1.#QNAN")
_TRIES = 1024  # that a row's old text is guessed with
_BOM = b"\xef\xbb\xbf"


class BadLine(ValueError):
    """A line of a book that can't be trusted; the text says why."""


@dataclass(frozen=True)
class Column:
    """One column. A number column holds numbers only, so that it never carries text into a formula.

    Attributes:
        name: the header's cell, a plain lower-case name.
        kind: str, int or float (finite).
        optional: a number may be None, written as an empty cell. Text is "" instead.
        about: one sentence for the documentation.
        free: whether people type this text, so that it may be anything.
    """

    name: str
    kind: type = str
    optional: bool = False
    about: str = ""
    free: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise ValueError(f"a column can't be called {self.name!r}")
        if self.kind not in (str, int, float) or (self.kind is str and self.optional):
            raise ValueError(f"column {self.name}: text, or an int or float that may be optional")

    def cell(self, value: object, mark: str = NOW, digits: int | None = None, dates: bool = True) -> str:
        """The value as a cell. Raises ValueError for a value of another kind, NaN and infinity.

        mark: of the row. digits: of numbers that are no whole numbers; all by default.
        """
        if value is None and self.optional:
            return ""
        if self.kind is str and isinstance(value, str):
            return cells.encode(value, mark != OLD, dates)
        if self.kind is int and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if self.kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
            if math.isfinite(value):
                return repr(float(value) if digits is None else float(f"{value:.{digits}g}"))
        raise ValueError(f"column {self.name} holds {self.kind.__name__}, not {value!r}")

    def value(self, cell: str) -> str | int | float | None:
        """The value of `cell`, which any program may have written. Raises BadLine where it can't be one."""
        if cell == "" and self.optional:
            return None
        try:
            if self.kind is str:
                return cells.decode(cell)
            if self.kind is int and _INT.fullmatch(cell):
                return int(cell)
            if math.isfinite(number := float(cell)) and (self.kind is float or number.is_integer()):
                return self.kind(number)
        except ValueError:
            pass
        raise BadLine(f"column {self.name} can't be {cell[:40]!r}")

    def before(self, cell: str) -> list[str | int | float | None]:
        """All values that a cell may have had before a program saved it, the likeliest first.

        For rows with the old mark only. Raises BadLine as `value` does.
        """
        value = self.value(cell)
        if isinstance(value, float) and len(repr(value)) > 15:  # some readers are off in the last digit
            return [value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf)]
        if self.kind is str and _WAS_WHOLE.fullmatch(cell):  # a 1 in a column that was taken for numbers
            return [value, cell[:-2]]
        return [value, *_MISSING] if self.free and cell == "" else [value]


@dataclass(frozen=True)
class Schema:
    """The columns of one kind of row.

    Attributes:
        name, version: a row begins with their tag, "vote/1"; a changed meaning is a new version.
        columns: in order. The first is the key: the uuid that makes a retry harmless.
    """

    name: str
    version: int
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        names = [c.name for c in self.columns]
        if not names or len(set(names)) < len(names) or {"schema", "crc32"} & set(names):
            raise ValueError(f"Schema {self.name}: columns {names}: distinct, no schema, no crc32")
        if self.columns[0].kind is not str or not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise ValueError(f"Schema {self.name!r}: a plain name, and a uuid as the first column")

    @property
    def tag(self) -> str:
        """What a row begins with: "vote/1"."""
        return f"{self.name}/{self.version}"

    @property
    def key(self) -> str:
        """Name of the column with the uuid."""
        return self.columns[0].name

    @property
    def names(self) -> list[str]:
        """The header's cells."""
        return ["schema", *(c.name for c in self.columns), "crc32"]

    @property
    def header(self) -> bytes:
        """The first line of a book."""
        return ",".join(self.names).encode() + b"\n"

    def is_header(self, line: bytes) -> bool:
        """Whether this is the header, also as other programs write it."""
        line = line.removeprefix(_BOM).rstrip(b"\r\n")
        return line.startswith((b"schema,", b'"schema"')) and _split(line) == self.names

    def line(self, row: Mapping[str, object]) -> bytes:
        """The row as one line of UTF-8. Raises ValueError for a missing, unknown or wrong value."""
        if set(row) != {c.name for c in self.columns}:
            odd = sorted(set(row) ^ {c.name for c in self.columns})
            raise ValueError(f"a {self.tag} row has the wrong columns: {', '.join(odd)}")
        key = row[self.key]
        if not isinstance(key, str) or not is_uuid(key):
            raise ValueError(f"{self.key} must be a uuid in lower case, not {key!r}")
        body = self._body(row)
        long = any(isinstance(v, float) and v != float(f"{v:.{_DIGITS}g}") for v in row.values())
        plain = self._body(row, NOW, _DIGITS) if long else body
        return body + b",%s%08x\n" % (NOW.encode(), zlib.crc32(plain))

    def parse(self, line: bytes) -> dict[str, object]:
        """The row of a line (with or without its line end). Raises BadLine that says what is wrong."""
        line = line.rstrip(b"\r\n")
        return self.parse_cells(_split(line), _as_written(line))

    def parse_cells(self, found: list[str], whole: bool = False) -> dict[str, object]:
        """The row of a line's cells, schema and checksum included. Raises BadLine that says what is wrong.

        whole: the line is known to be as it was written, so that its values need no check.
        """
        mark = _SUM.fullmatch(found[-1]) if found else None
        if mark is None:
            raise BadLine("torn: it ends without a checksum")
        if found[0] != self.tag:
            raise BadLine(f"a row of schema {found[0][:40]!r}, not {self.tag}")
        if len(found) != len(self.columns) + 2:
            raise BadLine(f"{len(found)} cells, expected {len(self.columns) + 2}")
        if whole:
            return {c.name: c.value(cell) for c, cell in zip(self.columns, found[1:], strict=False)}
        digits = _DIGITS if mark[1] == NOW else None
        for row in self._before(found[1:-1], mark[1]):
            for dates in (True, False):  # rows with this mark were first written without that escape
                if zlib.crc32(self._body(row, mark[1], digits, dates)) == int(mark[2], 16):
                    return row
        raise BadLine("changed since it was written: its checksum is another")

    def key_of(self, line: bytes) -> str:
        """The key of a line that is whole. Raises BadLine otherwise.

        A uuid needs no quotes, so where nothing was changed the second cell can be had without the rest.
        """
        if not _as_written(line.rstrip(b"\r\n")):
            key = str(self.parse(line)[self.key])
        else:
            parts = line.split(b",", 2)
            key = parts[1].decode("ascii", "replace") if len(parts) > 1 else ""
        if not is_uuid(key):
            raise BadLine("its key is no uuid")
        return key

    def _body(self, row: Mapping[str, object], mark: str = NOW, digits: int | None = None,
              dates: bool = True) -> bytes:
        """All of a line before its checksum."""
        made = (_quoted(c.cell(row[c.name], mark, digits, dates)) for c in self.columns)
        return ",".join([self.tag, *made]).encode()

    def _before(self, found: list[str], mark: str) -> Iterator[dict[str, object]]:
        """Rows that a line of these cells may have been, the likeliest first."""
        names = [c.name for c in self.columns]
        if mark == NOW:
            yield {c.name: c.value(cell) for c, cell in zip(self.columns, found, strict=True)}
            return
        choices = [c.before(cell) for c, cell in zip(self.columns, found, strict=True)]
        for values in itertools.islice(itertools.product(*choices), _TRIES):
            yield dict(zip(names, values, strict=True))


def _as_written(line: bytes) -> bool:
    """Whether a line (without its end) is, byte for byte, what its checksum was made of."""
    return line[-10:-8] in _ENDS and b"%08x" % zlib.crc32(line[:-10]) == line[-8:]


def _split(line: bytes) -> list[str]:
    """The cells of a line; none where it is no line of CSV in UTF-8."""
    try:
        return next(csv.reader([line.decode("utf-8")], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return []


def is_uuid(text: str) -> bool:
    """Whether this is a uuid as browsers and Python write it: lower case, with hyphens."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _quoted(cell: str) -> str:
    return cell if _PLAIN.fullmatch(cell) else '"' + cell.replace('"', '""') + '"'
