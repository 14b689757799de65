r"""Text in one CSV cell: one line, readable, reversible, and never a formula.

A vote book is opened in spreadsheets, and its comments come from strangers. So text is written with
backslash escapes, and `decode(encode(text)) == text` for every string there is:

    \\          a backslash
    \n \r \t    newline, carriage return, tab: one row stays one line
    \uXXXX      other control characters, half surrogates, line separators, marks that reverse the
                direction of writing, and the byte order mark
    \=  \+  …   a character that would begin a formula, there where a formula could begin
    \7  \.5 …   text that a program would read as a number, a date or a time ("10:30", "3 May", "1/2")
    \u004eA     text that a program would read as missing, infinite, true or false ("NA" here)

A formula begins with = + - or @, or one of their full-width and small forms, at the start of a cell. Blanks,
quotes and invisible characters before it don't count. It could also begin after , ; or |: where the
decimal sign is a comma, spreadsheets cut lines at semicolons, whatever the quotes say (OWASP, "CSV
Injection"). A cell that starts with a backslash is text to every spreadsheet, and to programs that guess what
a column holds (pandas, R): they would make 1.0 of the version "1", and nothing of the comment "None".
"""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = re.compile(
    "[\\\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LETTERS = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BACK = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_FIRST = frozenset("0123456789.")
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|.)?", re.DOTALL)

# What programs that guess take for something else than text. Case is not heeded: better once too often.
_NUMBER = re.compile(r"\s*(?:(?:\d+\.?\d*|\.\d+)(?:[ed][+-]?\d+)?|0x[0-9a-f]+)\s*", re.ASCII | re.I)
_WORD = re.compile(r"\s*(?:inf(?:inity)?|nan|<?na>?|n/a|null|none|true|false|#na|#n/a(?: n/a)?|"
                   r"1\.#(?:ind|qnan))\s*", re.ASCII | re.I)

# Dates, times and shares: spreadsheets write them anew ("10:30" as 10:30:00). A version like 0.1.0 is none.
_MONTH = "jan|feb|mar|m\u00e4r|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez"
_BETWEEN = r"[\d.,:/\-\s%']*"
_WHEN = re.compile(rf"(?!0\.\d+\.\d+\Z)\s*(?=.*\d){_BETWEEN}(?:(?:{_MONTH})\w*|[ap]\.?m)?\.?{_BETWEEN}",
                   re.IGNORECASE)
_LONGEST_WHEN = 40  # characters

_DOUBTFUL = frozenset("0123456789.<# \tiInNtTfFjJmMaAsSoOdD")  # what those begin with
_SIMPLE = re.compile(r"[A-Za-z0-9_.:/][A-Za-z0-9_.:/ \-]*", re.ASCII)  # needs no escape

_SEPARATORS = frozenset(",;|")
_QUOTES = frozenset("\"'")
_MINUS_SIGN = "\u2212"  # typed as a minus by many keyboards, but has no compatibility form


def starts_formula(char: str) -> bool:
    """Whether a cell that begins with this character may be run as a formula by a spreadsheet."""
    return char == _MINUS_SIGN or unicodedata.normalize("NFKC", char)[:1] in {"=", "+", "-", "@"}


def _unseen(char: str) -> bool:
    """Blanks, quotes and invisible marks: what a spreadsheet may skip before it looks for a formula."""
    return char in _QUOTES or char.isspace() or unicodedata.category(char) in {"Cf", "Zs", "Mn"}


def encode(text: str, guarded: bool = True, dates: bool = True) -> str:
    """The text as it stands in a cell (CSV quotes not included): one line that can't start a formula.

    guarded: nor be taken for a number, for a missing value or for true or false; dates: nor for a date or a
    time. (The first rows were written without: see schema.)
    """
    if _SIMPLE.fullmatch(text):
        return _guarded(text, dates) if guarded else text
    plain = _SPECIAL.sub(lambda m: _LETTERS.get(m[0]) or f"\\u{ord(m[0]):04x}", text)
    out = []
    could_start = True
    for char in plain:
        if could_start and starts_formula(char):
            out.append("\\")
        out.append(char)
        could_start = char in _SEPARATORS or (could_start and _unseen(char))
    cell = "".join(out)
    return _guarded(cell, dates) if guarded else cell


def _guarded(cell: str, dates: bool) -> str:
    if cell[:1] not in _DOUBTFUL:
        return cell
    figures = _NUMBER.fullmatch(cell) or (
        dates and len(cell) <= _LONGEST_WHEN and _WHEN.fullmatch(cell) and not _WORD.fullmatch(cell))
    if not figures and _WORD.fullmatch(cell) is None:
        return cell
    start = len(cell) - len(cell.lstrip())
    plain = figures and cell[start] in _FIRST
    first = "\\" + cell[start] if plain else f"\\u{ord(cell[start]):04x}"
    return cell[:start] + first + cell[start + 1:]


def decode(cell: str) -> str:
    """The text that `encode` was given. Raises ValueError for an escape that it never writes."""
    def back(match: re.Match[str]) -> str:
        code = match[1]
        if code is None:
            raise ValueError("a backslash at the end of a cell")
        if len(code) == 5:
            return chr(int(code[1:], 16))
        if code in _BACK:
            return _BACK[code]
        if code in _FIRST or starts_formula(code):
            return code
        raise ValueError(f"unknown escape \\{code}")

    return _ESCAPE.sub(back, cell)
