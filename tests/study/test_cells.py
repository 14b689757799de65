"""Text in a cell: reversible, on one line, and never a formula in any spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dance_core.study import cells

# Every code point there is, half surrogates included, with the dangerous ones drawn often.
anything = st.text(st.one_of(st.characters(), st.sampled_from("=+-@\t\r\n\\,;|\"' \u200b＝＋−\ud800\u2028u")))

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "'=1",
    '"=1', "＝1+1", "＋1", "－1", "＠SUM(1)", "﹦1", "﹢1", "﹣1", "﹫x", "\u22121", "⁺1", "₌1", "  \t \"'=1",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "@SUM(1+1)*cmd|' /C calc'!A0", "=", "-",
    "+", "@", "==1",
]


@given(anything)
@example("\\")
@example("\\n")
@example("\\=1")
@example("\\u0041")
@example("nice :-) \n=1;=2")
@example("\ud83d\ude00")
def test_what_goes_in_comes_out(text: str) -> None:
    cell = cells.encode(text)
    assert cells.decode(cell) == text
    cell.encode("utf-8")  # half surrogates included
    assert cell.splitlines() in ([cell], [])


def looks_like_a_formula(cell: str) -> bool:
    """As a careful spreadsheet would see it: after blanks, quotes and invisible characters."""
    seen = cell.lstrip("\"' \u00a0\u200b\u200d\u2060")
    first = unicodedata.normalize("NFKC", seen[:1])[:1]
    return first in ("=", "+", "-", "@", "\t", "\r", "\u2212") and bool(first)


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = cells.encode(text)
    assert not looks_like_a_formula(cell)
    assert cells.decode(cell) == text


@given(anything, st.sampled_from(",;|\t"))
def test_no_cell_starts_a_formula_where_lines_are_cut_elsewhere(text: str, separator: str) -> None:
    # A spreadsheet in a country with decimal commas cuts at semicolons, in the middle of our quotes.
    line = '"' + cells.encode(text).replace('"', '""') + '"'
    assert not any(looks_like_a_formula(cell) for cell in line.split(separator))
    for row in csv.reader(io.StringIO(line), delimiter=";"):
        assert not any(looks_like_a_formula(cell) for cell in row)


@pytest.mark.parametrize(
    "text", ["good, on the beat!", "a - b = c", "1+1", "me@home", "très beau 👩‍🎤", "5/5 :-)"])
def test_ordinary_text_stays_readable(text: str) -> None:
    assert cells.encode(text) == text


@pytest.mark.parametrize("cell", ["\\", "\\x", "\\u12", "\\u12G4", "ok\\"])
def test_escapes_that_are_never_written_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="escape|backslash"):
        cells.decode(cell)


@pytest.mark.parametrize("text", ["10:30", "3 May", "May 5", "1/2", "50%", "1.2.2026", "2026-11-10", "12 am",
                                  "Jan-20", "SEP2", "1,5", "1.2.3", " 10:30", "3. M\u00e4rz"])
def test_what_a_spreadsheet_would_take_for_a_date_begins_with_a_backslash(text: str) -> None:
    cell = cells.encode(text)
    assert cell.lstrip().startswith("\\") and cells.decode(cell) == text


@pytest.mark.parametrize("text", ["0.1.0", "march on", "7 of 10 dances", "second 2", "10:30 was best", "s1",
                                  "2026-11-10T10:00:00.000Z", "rate-2"])
def test_what_no_spreadsheet_changes_stays_readable(text: str) -> None:
    assert cells.encode(text) == text
