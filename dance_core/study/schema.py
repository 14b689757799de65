"""What a row of a vote book is: named, typed columns, and the line that they become.

A line is `name/version,key,…,crc\\n`: the schema's tag first, the key (a uuid) second, then the other
columns, and last the CRC-32 of everything before the last comma, as an x and eight hex digits. So a
line says what it is and whether it is whole, wherever it is copied to.
"""

from __future__ import annotations

import csv
import math
import re
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from dance_core.study import cells

_PLAIN = re.compile(r"[A-Za-z0-9_.:/\-]*")  # text that needs no CSV quotes
_INT = re.compile(r"-?(0|[1-9][0-9]*)")
_CRC = re.compile(rb",x([0-9a-f]{8})$")


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
    """

    name: str
    kind: type = str
    optional: bool = False
    about: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise ValueError(f"a column can't be called {self.name!r}")
        if self.kind not in (str, int, float) or (self.kind is str and self.optional):
            raise ValueError(f"column {self.name}: text, or an int or float that may be optional")

    def cell(self, value: object) -> str:
        """The value as a cell. Raises ValueError for a value of another kind, NaN and infinity."""
        if value is None and self.optional:
            return ""
        if self.kind is str and isinstance(value, str):
            return cells.encode(value)
        if self.kind is int and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if self.kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
            if math.isfinite(value):
                return repr(float(value))
        raise ValueError(f"column {self.name} holds {self.kind.__name__}, not {value!r}")

    def value(self, cell: str) -> str | int | float | None:
        """The value that `cell` was made of. Raises BadLine for anything `cell()` never writes."""
        if cell == "" and self.optional:
            return None
        try:
            if self.kind is str:
                return cells.decode(cell)
            if self.kind is int and _INT.fullmatch(cell):
                return int(cell)
            if self.kind is float and math.isfinite(number := float(cell)):
                return number
        except ValueError:
            pass
        raise BadLine(f"column {self.name} can't be {cell[:40]!r}")


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
    def header(self) -> bytes:
        """The first line of a book."""
        return ",".join(["schema", *(c.name for c in self.columns), "crc32"]).encode() + b"\n"

    def line(self, row: Mapping[str, object]) -> bytes:
        """The row as one line of UTF-8. Raises ValueError for a missing, unknown or wrong value."""
        if set(row) != {c.name for c in self.columns}:
            odd = sorted(set(row) ^ {c.name for c in self.columns})
            raise ValueError(f"a {self.tag} row has the wrong columns: {', '.join(odd)}")
        key = row[self.key]
        if not isinstance(key, str) or not is_uuid(key):
            raise ValueError(f"{self.key} must be a uuid in lower case, not {key!r}")
        body = ",".join([self.tag, *(_quoted(c.cell(row[c.name])) for c in self.columns)]).encode()
        return body + b",x%08x\n" % zlib.crc32(body)

    def parse(self, line: bytes) -> dict[str, object]:
        """The row of a line (with or without its line end). Raises BadLine that says what is wrong."""
        body = whole(line)
        try:
            row = next(csv.reader([body.decode("utf-8")], strict=True))
        except (UnicodeDecodeError, csv.Error, StopIteration):
            raise BadLine("not a line of CSV in UTF-8") from None
        if row[0] != self.tag:
            raise BadLine(f"a row of schema {row[0][:40]!r}, not {self.tag}")
        if len(row) != len(self.columns) + 1:
            raise BadLine(f"{len(row) + 1} cells, expected {len(self.columns) + 2}")
        return {c.name: c.value(cell) for c, cell in zip(self.columns, row[1:], strict=True)}


def whole(line: bytes) -> bytes:
    """What stands before the crc cell. Raises BadLine where the crc is missing or another."""
    line = line.rstrip(b"\r\n")
    match = _CRC.search(line)
    if match is None:
        raise BadLine("torn: it ends without a crc")
    body = line[:match.start()]
    if zlib.crc32(body) != int(match[1], 16):
        raise BadLine("changed since it was written: its crc is another")
    return body


def key_of(line: bytes) -> str:
    """The key of a line that `whole` accepts. Raises BadLine otherwise.

    A uuid needs no quotes, so the second cell can be had without parsing the rest.
    """
    parts = whole(line).split(b",", 2)
    key = parts[1].decode("ascii", "replace") if len(parts) > 1 else ""
    if not is_uuid(key):
        raise BadLine("its key is no uuid")
    return key


def is_uuid(text: str) -> bool:
    """Whether this is a uuid as browsers and Python write it: lower case, with hyphens."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _quoted(cell: str) -> str:
    return cell if _PLAIN.fullmatch(cell) else '"' + cell.replace('"', '""') + '"'
