"""The same study, as every program saves it, is the same study; what is none says so in a sentence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulated import whole_study

from dance_core.errors import UserError
from dance_core.study.analysis.csv_text import decode, read_csv_text
from dance_core.study.analysis.table import NothingRead, Table, read_tables
from dance_core.study.judgments import JUDGMENTS

ROWS = whole_study(raters=3)
OWN = JUDGMENTS.header + b"".join(JUDGMENTS.line(j.row()) for j in ROWS)
WAYS = {
    "semicolons": (";", "utf-8", "\n"), "semicolons of Excel": (";", "utf-8-sig", "\r\n"),
    "tabs in UTF-16": ("\t", "utf-16", "\r\n"), "tabs in UTF-16, big end first": ("\t", "utf-16-be", "\n"),
    "bars": ("|", "utf-8", "\n"), "Excel's CSV": (",", "utf-8-sig", "\r\n"),
    "an old Mac": (",", "utf-8", "\r"), "Western letters": (";", "cp1252", "\r\n"),
}


def saved(way: str, comma: bool = False, said: bool = False, own: bytes = OWN) -> bytes:
    """`own` saved by another program; comma: with decimal commas; said: with `sep=` in the first line."""
    separator, letters, end = WAYS[way]
    rows = list(csv.reader(io.StringIO(own.decode())))
    numbers = [JUDGMENTS.names.index(c.name) for c in JUDGMENTS.columns if c.kind is float]
    for row in rows[1:] if comma else []:
        for k in numbers:
            row[k] = row[k].replace(".", ",")
    out = io.StringIO()
    if said:
        out.write(f"sep={separator}{end}")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    data = out.getvalue().encode(letters, "replace")
    return data


def read(path: Path, data: bytes) -> Table:
    path.write_bytes(data)
    return read_tables(path)["spring"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("comma", [False, True], ids=["point", "comma"])
def test_every_way_to_save_is_read_and_its_checksums_count(tmp_path: Path, way: str, comma: bool) -> None:
    if comma and WAYS[way][0] == ",":
        pytest.skip("a decimal comma between commas stands in quotes, and no program writes it")
    table, plain = read(tmp_path / "a.csv", saved(way, comma)), read(tmp_path / "b.csv", OWN)
    assert (table.kept, table.excluded, table.checks, table.checksums) == (
        plain.kept, plain.excluded, plain.checks, True) and not table.bad
    changed = OWN.replace(b",preference,", b",quality,", 1)
    assert len(read(tmp_path / "c.csv", saved(way, comma, own=changed)).bad) == 1


@pytest.mark.parametrize("way", ["semicolons", "tabs in UTF-16"])
def test_a_line_that_names_the_separator_is_none_of_the_rows(tmp_path: Path, way: str) -> None:
    changed = OWN.replace(b",preference,", b",quality,", 1)
    table = read(tmp_path / "a.csv", saved(way, said=True, own=changed))
    assert len(table.kept) + len(table.excluded) + len(table.checks) > 0
    line = next(k for k, row in enumerate(changed.splitlines(), 1) if b",quality," in row
                and b",preference," in OWN.splitlines()[k - 1])
    assert [b.line for b in table.bad] == [line + 1], "lines are counted as an editor counts them"


def test_a_plain_table_with_semicolons_and_commas_in_numbers(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("study;rater;kind;question;left_generator;right_generator;answer;response_seconds\n"
                    "s;r;pair;preference;a;b;\u22121;12,5\n", encoding="utf-8")
    (row,) = read_tables(path)["s"].kept
    assert (row.answer, row.response_seconds) == (-1, 12.5)


def test_names_of_columns_in_capitals_or_among_blanks_are_names(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("Study; Rater ;KIND;question;left_generator;right_generator;answer\n"
                    "s;r;pair;match;a;b;2\n")
    assert read_tables(path)["s"].kept[0].answer == 2


@pytest.mark.parametrize(("data", "sentence"), [
    (b"a;b;c\n1;2;3\n", "Cut at commas, its first line is “a;b;c”"),
    (b"study;b\n1;2\n", "no column 'rater': a study's CSV is expected. Cut at semicolons"),
    (b"", "its first line is empty"), (b"\xff\xfe", "its first line is empty"),
    (b"PK\x03\x04" + bytes(range(256)), "a workbook or an archive"), (b"\xd0\xcf\x11\xe0" * 9, "a workbook"),
])
def test_what_is_no_study_is_told_as_it_was_read(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(UserError) as error:
        read_tables(path)
    assert sentence in str(error.value) and "\n" not in str(error.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(list(WAYS)))
def test_damage_anywhere_is_a_sentence_never_another_error(tmp_path: Path, data: bytes, way: str) -> None:
    good = saved(way)
    place = len(data) * 7 % len(good)
    path = tmp_path / "x.csv"
    path.write_bytes(good[:place] + data + good[place + len(data):])
    assert isinstance(decode(path.read_bytes()), str) and read_csv_text(path, JUDGMENTS.names).separator
    try:
        tables = read_tables(path)
    except (UserError, NothingRead):
        return
    found = sum(len(t.kept) + len(t.excluded) for t in tables.values())
    assert found <= len(ROWS)
