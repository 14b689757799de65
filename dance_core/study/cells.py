r"""Text in one CSV cell: one line, readable, reversible, and never a formula.

A vote book is opened in spreadsheets, and its comments come from strangers. So text is written with
backslash escapes, and `decode(encode(text)) == text` for every string there is:

    \\          a backslash
    \n \r \t    newline, carriage return, tab: one row stays one line
    \uXXXX      other control characters, half surrogates, line separators, marks that reverse the
                direction of writing, and the byte order mark
    \=  \+  …   a character that would begin a formula, there where a formula could begin

A formula begins with = + - or @, or one of their full-width and small forms, at the start of a cell. Blanks,
quotes and invisible characters before it don't count. It could also begin after , ; or |: where the
decimal sign is a comma, spreadsheets cut lines at semicolons, whatever the quotes say (OWASP, "CSV
Injection"). A cell that starts with a backslash is text to every spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = re.compile(
    "[\\\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LETTERS = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BACK = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|.)?", re.DOTALL)

_SEPARATORS = frozenset(",;|")
_QUOTES = frozenset("\"'")
_MINUS_SIGN = "\u2212"  # typed as a minus by many keyboards, but has no compatibility form


def starts_formula(char: str) -> bool:
    """Whether a cell that begins with this character may be run as a formula by a spreadsheet."""
    return char == _MINUS_SIGN or unicodedata.normalize("NFKC", char)[:1] in {"=", "+", "-", "@"}


def _unseen(char: str) -> bool:
    """Blanks, quotes and invisible marks: what a spreadsheet may skip before it looks for a formula."""
    return char in _QUOTES or char.isspace() or unicodedata.category(char) in {"Cf", "Zs", "Mn"}


def encode(text: str) -> str:
    """The text as it stands in a cell (CSV quotes not included): one line that can't start a formula."""
    plain = _SPECIAL.sub(lambda m: _LETTERS.get(m[0]) or f"\\u{ord(m[0]):04x}", text)
    out = []
    could_start = True
    for char in plain:
        if could_start and starts_formula(char):
            out.append("\\")
        out.append(char)
        could_start = char in _SEPARATORS or (could_start and _unseen(char))
    return "".join(out)


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
        if starts_formula(code):
            return code
        raise ValueError(f"unknown escape \\{code}")

    return _ESCAPE.sub(back, cell)
