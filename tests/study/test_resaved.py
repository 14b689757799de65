"""A file that another program read and saved: the same values are the same rows, other values are refused."""

from __future__ import annotations

import csv
import io
import uuid
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dance_core.study.book import VoteBook, read_book, read_votes, refusal
from dance_core.study.judgments import JUDGMENTS, Judgment, read_judgments
from dance_core.study.schema import BadLine, Column, Schema
from dance_core.study.vote import VOTES, Vote
from tests.study.studies import line_of_first_version

pd = pytest.importorskip("pandas", reason="pandas comes with Gradio; without it nobody can save with it")

# As the first version wrote them, byte for byte.
FIRST = [
    rb'judgment/1,5a0c1d2e-3b4f-4c5d-8e9f-0123456789a0,2026-11-10T10:00:00.000Z,spring,'
    rb'abababababababababababababababab,0'
    rb',consent,1,,,,,,,,,,,1,,,0.0,0,12.345,,,,x18420082',
    rb'judgment/1,5a0c1d2e-3b4f-4c5d-8e9f-0123456789a1,2026-11-10T10:00:01.000Z,spring,'
    rb'abababababababababababababababab,1'
    rb',pair,preference,,,1,2,,,7,7,7,gHO,1,,None,20.0,0,12.345,,,,xf4d1ba33',
    rb'judgment/1,5a0c1d2e-3b4f-4c5d-8e9f-0123456789a2,2026-11-10T10:00:02.000Z,spring,'
    rb'abababababababababababababababab,2'
    rb',pair,quality,,,2,1,,,7,7,7,gHO,1,,"good, \=1\nyes",19.5,0,12.345,,,,x088c6896',
    rb'judgment/1,5a0c1d2e-3b4f-4c5d-8e9f-0123456789a3,2026-11-10T10:00:03.000Z,spring,'
    rb'abababababababababababababababab,3'
    rb',exclusion,,,,,,,,,,,,1,,,0.0,0,12.345,,,,xd5fa11e1',
]
FIRST_VOTE = (rb'vote/1,5a0c1d2e-3b4f-4c5d-8e9f-0123456789ab,2026-11-28T12:39:31.532Z,'
              rb'"\-Jx0uZ3mQ1eXk0m2b9aR_w",abababababababababababababababababababababababababababababababab,jepa,gBR,7,s1,4,5,2,3,n/a,'
              rb'12.345678901234567,dance,0.1.0,x87908a1a')


def through_pandas(path: Path) -> None:
    """As people do it: nothing said about types."""
    pd.read_csv(path).to_csv(path, index=False)


def judgments(*comments: str) -> list[Judgment]:
    return [Judgment(str(uuid.uuid4()), "2026-11-10T10:00:00.000Z", "spring", "ab" * 16, i + 1, "pair",
                     "preference", left_generator="1", right_generator="02", left_song="7", right_song="7",
                     song="7", answer=1 - i % 3, comment=comment, watched_seconds=20 + i / 8,
                     response_seconds=12.345, excluded="" if i % 2 else "attention: missed 2 of 2 checks",
                     page_version="1", code_version="0.10") for i, comment in enumerate(comments)]


def write(path: Path, rows: list[Judgment]) -> Path:
    path.write_bytes(JUDGMENTS.header + b"".join(JUDGMENTS.line(j.row()) for j in rows))
    return path


@pytest.mark.parametrize("comments", [
    ("", "", ""), ("5", "", "6.50"), ("True", "false", "TRUE"), ("None", "N/A", "nan", "null", "", "inf"),
    ("1e5", ".5", " 7 ", "0x1F"), ("a, \"b\"", "=1+1", "two\nlines", "-5", "é \\ 🎤"), ("007", "08")])
def test_judgments_come_back_from_pandas_as_they_were(tmp_path: Path, comments: tuple[str, ...]) -> None:
    rows = judgments(*comments)
    path = write(tmp_path / "judgments.csv", rows)
    before = path.read_bytes()
    through_pandas(path)
    assert path.read_bytes() != before and read_judgments(path) == (rows, [])
    through_pandas(path)
    assert read_judgments(path) == (rows, [])


words = st.one_of(
    st.text(max_size=12), st.from_regex(r"\s?-?[0-9]{0,3}\.?[0-9]{0,3}(e[0-9])?\s?", fullmatch=True),
    st.sampled_from(["NA", "None", "nan", "NULL", "inf", "-inf", "True", "false", "<NA>", "#N/A"]))


@settings(max_examples=60)
@given(st.lists(words, min_size=1, max_size=4))
def test_no_text_is_changed_by_a_program_that_guesses(comments: list[str]) -> None:
    thing = Schema("thing", 1, (Column("thing_id"), Column("text")))
    rows = [{"thing_id": str(uuid.uuid4()), "text": text} for text in comments]
    text = (thing.header + b"".join(thing.line(row) for row in rows)).decode()
    again = pd.read_csv(io.StringIO(text)).to_csv(index=False)
    assert [thing.parse(line.encode()) for line in again.split("\n")[1:-1]] == rows


def test_columns_that_became_floats_and_other_quotes_are_the_same_row(tmp_path: Path) -> None:
    rows = judgments("good", "bad, or not")
    path = write(tmp_path / "judgments.csv", rows)
    table = pd.read_csv(path)
    for name in ("trial", "answer", "replays"):
        table[name] = table[name].astype(float)
    table.to_csv(path, index=False, quoting=csv.QUOTE_ALL, encoding="utf-8-sig", lineterminator="\r\n")
    assert ',"1.0",' in path.read_text() and read_judgments(path) == (rows, [])


@pytest.mark.parametrize("column, value", [
    ("answer", -2), ("answer", 1.5), ("comment", "Good"), ("comment", ""), ("left_generator", r"\2"),
    ("watched_seconds", 20.001), ("rater", "ac" * 16), ("excluded", ""),
    ("created", "2026-11-10T10:00:00.001Z"), ("judgment_id", "5a0c1d2e-3b4f-4c5d-8e9f-0123456789a0"),
    ("schema", "judgment/2"), ("crc32", "v00000000")])
def test_a_value_that_was_changed_is_refused(tmp_path: Path, column: str, value: object) -> None:
    rows = judgments("good", "bad, or not")
    path = write(tmp_path / "judgments.csv", rows)
    table = pd.read_csv(path).astype(object)
    table.loc[0, column] = value
    table.to_csv(path, index=False)
    found, bad = read_judgments(path)
    assert found == rows[1:] and [b.line for b in bad] == [2]


def test_one_and_a_half_and_1_50_are_one_number() -> None:
    line = JUDGMENTS.line(replace(judgments("a b")[0], watched_seconds=1.5).row())
    assert b',1.5,0,' in line
    assert JUDGMENTS.parse(line.replace(b",1.5,0,", b",1.50,0.0,"))["watched_seconds"] == 1.5
    for other in (b",1.51,0,", b",1.5,0.5,", b",1.5,,", b",nan,0,", b",1.5,1e400,"):
        with pytest.raises(BadLine, match="changed|can't be"):
            JUDGMENTS.parse(line.replace(b",1.5,0,", other))


# --- rows of the first version ----------------------------------------------------------------------


def test_files_of_the_first_version_are_read_and_checked() -> None:
    rows = [Judgment(**JUDGMENTS.parse(line)) for line in FIRST]
    assert [j.comment for j in rows] == ["", "None", "good, =1\nyes", ""]
    assert [j.question for j in rows] == ["1", "preference", "quality", ""]
    assert Vote(**VOTES.parse(FIRST_VOTE)).watched_seconds == 12.345678901234567
    assert [line_of_first_version(JUDGMENTS, j.row()) for j in rows] == [line + b"\n" for line in FIRST]
    for line in FIRST:
        with pytest.raises(BadLine, match="changed"):
            JUDGMENTS.parse(line.replace(b",12.345,", b",12.346,"))


def test_files_of_the_first_version_come_back_from_pandas(tmp_path: Path) -> None:
    """Songs and systems that are called 1 or 7 have become 1.0 and 7.0, and the comment "None" is gone."""
    path = tmp_path / "judgments.csv"
    path.write_bytes(JUDGMENTS.header + b"\n".join(FIRST) + b"\n")
    before = read_judgments(path)
    through_pandas(path)
    assert b",1.0,2.0,,,7.0," in path.read_bytes() and b"None" not in path.read_bytes()
    assert read_judgments(path) == before and not before[1]
    path.write_bytes(path.read_bytes().replace(b",1.0,2.0,", b",2.0,1.0,"))
    assert [b.line for b in read_judgments(path)[1]] == [3]


def test_votes_of_the_first_version_come_back_too(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(VOTES.header + FIRST_VOTE + b"\n")
    before = read_votes(path)
    through_pandas(path)
    assert read_votes(path) == before and not before[1]


@settings(max_examples=200)
@given(st.floats(0, 86_400))
def test_a_reader_that_is_off_in_the_last_digit_changes_nothing(seconds: float) -> None:
    """The first version wrote up to 17 digits of the seconds; pandas may read the neighbour."""
    body = FIRST_VOTE.rsplit(b",", 1)[0].replace(b"12.345678901234567", repr(seconds).encode())
    line = body + b",x%08x" % zlib.crc32(body)
    header = VOTES.header.decode()
    again = pd.read_csv(io.StringIO(header + line.decode() + "\n")).to_csv(index=False)
    assert VOTES.parse(again.split("\n")[1].encode())["watched_seconds"] == seconds


# --- books go on ------------------------------------------------------------------------------------


def test_a_book_that_was_saved_by_pandas_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "v" / "votes.csv"
    votes = [Vote.make(vote_id=str(uuid.uuid4()), take_id="-x", song="ab" * 32, generator="jepa", style="gBR",
                       seed=2**62 + i, session="s", overall=4, on_beat=5, natural=2, harmony=3,
                       comment=f"none, {i}", watched_seconds=1 / 3) for i in range(3)]
    book = VoteBook(path)
    for vote in votes[:2]:
        book.append(vote)
    through_pandas(path)
    assert VoteBook(path).append(votes[0]).already and book.append(votes[1]).already
    assert not book.append(votes[2]).already
    assert read_votes(path) == (votes, [])


def test_what_was_refused_is_one_sentence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    thing = Schema("thing", 1, (Column("thing_id"), Column("n", int)))
    path = tmp_path / "b" / "things.csv"
    book = VoteBook(path, thing)
    book.append_all([{"thing_id": str(uuid.uuid4()), "n": n} for n in range(10, 16)])
    assert refusal(6, []) == ""
    path.write_bytes(path.read_bytes().replace(b",10,", b",20,"))
    rows, bad = read_book(path, thing)
    assert refusal(len(rows), bad) == ("1 of 6 rows of the file was refused and does not count: line 2, "
                                       "changed since it was written: its checksum is another.")
    path.write_bytes(path.read_bytes().replace(b",1", b",2"))
    rows, bad = read_book(path, thing)
    assert refusal(len(rows), bad).startswith("6 of 6 rows of the file were refused and do not count: line ")
    assert refusal(len(rows), bad).endswith("; and 3 more.")
    assert not VoteBook(path, thing).holds([str(uuid.uuid4())])
    assert "6 of 7 lines were damaged or changed" in caplog.text


def test_a_row_that_was_written_before_dates_were_escaped_is_still_good() -> None:
    new = JUDGMENTS.line(judgments("10:30")[0].row())
    assert JUDGMENTS.parse(new)["comment"] == "10:30" and b"\\10:30" in new
    body = new.replace(b'"\\10:30"', b"10:30").rstrip(b"\n")[:-10]
    old = body + b",v%08x\n" % zlib.crc32(body)
    assert JUDGMENTS.parse(old)["comment"] == "10:30", "as it was written"
    assert JUDGMENTS.parse(old.replace(b",10:30,", b',"10:30",'))["comment"] == "10:30", "and saved elsewhere"
    with pytest.raises(BadLine):
        JUDGMENTS.parse(old.replace(b",10:30,", b',"10:31",'))
