"""A vote is checked where it comes in, and its row says the same again."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.settings import Settings
from dance_core.study.schema import BadLine, Column, Schema
from dance_core.study.vote import VOTES, Vote


def a_vote(**changes) -> Vote:
    fields = {
        "vote_id": str(uuid.uuid4()), "take_id": "0f" * 16, "song": "ab" * 32, "generator": "choreographer",
        "style": "gBR", "seed": 7, "session": uuid.uuid4().hex, "overall": 4, "on_beat": 5, "natural": 2,
        "harmony": 3, "comment": "good arms", "watched_seconds": 12.25,
    }
    return Vote.make(**{**fields, **changes})


@given(st.text(st.characters(), max_size=300), st.integers(0, 2**63 - 1), st.floats(0, 86_400))
def test_a_vote_survives_its_line(comment: str, seed: int, seconds: float) -> None:
    vote = a_vote(comment=comment, seed=seed, watched_seconds=seconds)
    line = VOTES.line(vote.row())
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert b"\r" not in line
    assert Vote(**VOTES.parse(line)) == vote


def test_an_id_that_begins_with_a_hyphen_is_no_formula() -> None:
    vote = a_vote(take_id="-Jx0uZ3mQ1eXk0m2b9aR_w")  # as token_urlsafe makes one in 64
    assert b',"\\-Jx0uZ3mQ1eXk0m2b9aR_w",' in VOTES.line(vote.row())
    assert Vote(**VOTES.parse(VOTES.line(vote.row()))) == vote


@pytest.mark.parametrize("field, value, says", [
    ("vote_id", "7", "uuid4"),
    ("vote_id", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "uuid4"),  # a uuid, but not a random one
    ("vote_id", "5BB51B68-CE59-423F-8AA0-BF8E1C6E18CE", "uuid4"),  # capitals
    ("vote_id", None, "uuid4"),
    ("overall", 0, "is 0, expected 1 to 5"),
    ("on_beat", 6, "is 6, expected 1 to 5"),
    ("natural", 2.5, "is 2.5"),
    ("harmony", True, "is True"),
    ("harmony", None, "Please rate “whole body in harmony”"),
    ("overall", "=1", "expected 1 to 5"),
    ("seed", -1, "can't be -1"),
    ("seed", 2**63, "can't be 9223372036854775808"),
    ("song", "../../etc/passwd", "song"),
    ("take_id", "../x", "take id"),
    ("style", "=cmd", "style"),
    ("generator", "", "generator"),
    ("session", "a b", "session"),
    ("watched_seconds", float("nan"), "is nan"),
    ("watched_seconds", -1, "is -1"),
    ("watched_seconds", 1e9, "is 1000000000.0"),
    ("comment", "x" * 2001, "has 2001 characters, at most 2000"),
    ("comment", None, "no text"),
])
def test_bad_values_get_a_sentence(field: str, value: object, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        a_vote(**{field: value})
    assert "\n" not in str(caught.value)


def test_the_longest_comment_is_a_setting() -> None:
    assert a_vote(comment="x" * 30, settings=Settings(max_comment=30)).comment == "x" * 30
    with pytest.raises(UserError, match="31 characters, at most 30"):
        a_vote(comment="x" * 31, settings=Settings(max_comment=30))


# --- schemas: other kinds of rows go into books the same way -----------------------------------------

CONSENT = Schema("consent", 2, (
    Column("consent_id"), Column("text"), Column("delta", float, optional=True), Column("n", int)))


@given(st.uuids(), st.text(st.characters()), st.none() | st.floats(allow_nan=False, allow_infinity=False),
       st.integers(-10**30, 10**30))
def test_any_schema_survives_its_line(key: uuid.UUID, text: str, delta: float | None, n: int) -> None:
    row = {"consent_id": str(key), "text": text, "delta": delta, "n": n}
    assert CONSENT.parse(CONSENT.line(row)) == row


def test_numbers_stay_numbers_and_never_carry_text() -> None:
    row = {"consent_id": str(uuid.uuid4()), "text": "-1.5", "delta": -1.5, "n": -2}
    cells = CONSENT.line(row).decode().split(",")
    assert cells[2:5] == [r'"\-1.5"', "-1.5", "-2"]  # the text is escaped, the numbers are numbers
    for bad in ({"n": "=1"}, {"n": True}, {"n": 1.0}, {"delta": float("inf")}, {"delta": "1"}, {"text": 1}):
        with pytest.raises(ValueError, match="holds"):
            CONSENT.line({**row, **bad})
    for bad in ({"more": 1}, {"consent_id": "x"}):
        with pytest.raises(ValueError, match="wrong columns|must be a uuid"):
            CONSENT.line({**row, **bad})


def test_any_changed_byte_is_noticed() -> None:
    line = VOTES.line(a_vote(comment="é=1").row())
    for place in range(len(line) - 1):
        changed = line[:place] + bytes([line[place] ^ 1]) + line[place + 1:]
        with pytest.raises(BadLine):
            VOTES.parse(changed)


def test_a_row_of_another_version_is_not_read_as_this_one() -> None:
    newer = Schema("vote", 2, VOTES.columns)
    with pytest.raises(BadLine, match="'vote/2', not vote/1"):
        VOTES.parse(newer.line(a_vote().row()))


@pytest.mark.parametrize("columns", [(), (Column("a"), Column("a")), (Column("n", int),), (Column("crc32"),)])
def test_schemas_are_checked_when_made(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="distinct|uuid"):
        Schema("x", 1, columns)
