"""CSV files as other programs save them: which letters, which separator, which decimal sign.

Spreadsheets save a semicolon where the decimal sign is a comma, and "Unicode text" as tabs in UTF-16; some
put a line `sep=;` before everything, most put a byte order mark. All of that says nothing about the values.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from dance_core.errors import UserError

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_COMMA = re.compile(r"([+\-]?\d*),(\d+(?:[eE][+\-]?\d+)?)")
_MINUS = "\u2212"  # as words processors write it


@dataclass(frozen=True)
class CsvText:
    """A file's text after any mark and `sep=` line, how many lines those took, and what cuts its cells."""

    text: str
    separator: str
    skipped: int

    @property
    def header(self) -> list[str]:
        """The cells of the first line."""
        return _cells(self.text.split("\n", 1)[0], self.separator)

    def number(self, cell: str) -> str:
        """A number's cell with a decimal point: where commas don't cut cells, they may stand in numbers."""
        cell = cell.strip().replace(_MINUS, "-")
        comma = _COMMA.fullmatch(cell) if self.separator != "," else None
        return f"{comma[1]}.{comma[2]}" if comma else cell


def read_csv_text(path: Path, names: Collection[str]) -> CsvText:
    """The file's text, cut as its first line has most of `names`. Raises OSError; UserError for workbooks."""
    data = path.read_bytes()
    if data.startswith(_WORKBOOKS):
        raise UserError("The file is a workbook or an archive, not a CSV: save the sheet as CSV.")
    text, skipped = decode(data), 0
    if said := _SEP_LINE.match(text):
        text, skipped = text[said.end():], 1
    first = text.split("\n", 1)[0]
    known = {s: len(set(names) & {plain(cell) for cell in _cells(first, s)}) for s in SEPARATORS}
    separator = max(known, key=lambda s: (known[s], s == (said[1] if said else ",")))
    return CsvText(text, separator, skipped)


def plain(name: str) -> str:
    """A column's name as ours are written: small letters, no blanks around."""
    return name.strip().lower()


def decode(data: bytes) -> str:
    """Text of a file that may be UTF-8, UTF-16 or UTF-32, or Windows' Western letters where it is neither."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark):].decode(name, "replace")
    head = data[:400]
    if len(head) >= 2 and head.count(0) >= len(head) // 3:  # every other byte of plain letters in UTF-16
        return data.decode("utf-16-be" if head[0] == 0 else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
    except csv.Error:
        return []
