"""From the rating panel to the vote book: one row for a vote, whatever the browser sends."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from dance_core.longform.take import Take, save_take
from dance_core.pages.rating import rate
from dance_core.settings import Settings
from dance_core.study.book import VoteBook, read_votes
from tests.pages.making import small_take


@pytest.fixture
def room(tmp_path: Path) -> tuple[Settings, VoteBook, Take]:
    settings = Settings(data_dir=tmp_path)
    take = small_take()
    save_take(take, settings.takes_dir / take.id)
    return settings, VoteBook(settings.votes_csv), take


def answers(rated: Take, **changes) -> dict:
    sent = {"vote_id": str(uuid.uuid4()), "take": rated.id, "session": "s1", "overall": 4, "on_beat": 5,
            "natural": 3, "harmony": 4, "comment": "=1+1\nfine", "watched": 12.5}
    return {**sent, **changes}


def rows(settings: Settings) -> list[dict]:
    votes, bad = read_votes(settings.votes_csv)
    assert not bad
    return [v.row() for v in votes]


def test_a_vote_is_one_row_with_what_the_take_knows(room) -> None:
    settings, book, take = room
    sent = answers(take)
    told = rate(sent, settings, book)
    assert told["saved"] and sent["vote_id"][:8] in told["text"]
    (row,) = rows(settings)
    assert (row["take_id"], row["song"], row["generator"], row["style"], row["seed"]) == (
        take.id, take.song_digest, take.generator, take.style, take.seed)
    assert (row["overall"], row["on_beat"], row["natural"], row["harmony"]) == (4, 5, 3, 4)
    assert row["comment"] == "=1+1\nfine" and row["watched_seconds"] == 12.5


def test_sending_it_again_is_no_second_vote(room) -> None:
    settings, book, take = room
    sent = answers(take)
    rate(sent, settings, book)
    again = rate(sent, settings, book)
    assert again["saved"] and "counts once" in again["text"]
    assert len(rows(settings)) == 1


@pytest.mark.parametrize(("changes", "word"), [
    ({"overall": None}, "overall"), ({"natural": 6}, "6"), ({"harmony": "5"}, "5"),
    ({"on_beat": True}, "True"),
    ({"vote_id": "x"}, "uuid4"), ({"session": "a b"}, "session"),
    ({"vote_id": None}, "uuid4"), ({"take": "../../etc"}, "no valid name"),
    ({"take": None}, "no valid name"), ({"take": "A" * 22}, "24 hours"), ({"comment": "x" * 3000}, "3000"),
])
def test_what_cannot_be_a_vote_is_refused_with_the_reason(room, changes: dict, word: str) -> None:
    settings, book, take = room
    told = rate(answers(take, **changes), settings, book)
    assert not told["saved"] and word in told["text"]
    assert not rows(settings)


@pytest.mark.parametrize(("watched", "kept"),
                         [("soon", 0.0), (-3, 0.0), (float("nan"), 0.0), (1e9, 86_400.0)])
def test_nonsense_about_watching_does_not_cost_the_vote(room, watched: object, kept: float) -> None:
    settings, book, take = room
    assert rate(answers(take, watched=watched), settings, book)["saved"]
    assert rows(settings)[0]["watched_seconds"] == kept


def test_a_book_that_cannot_be_written_says_not_saved_and_a_retry_works(room) -> None:
    settings, book, take = room
    settings.votes_csv.mkdir(parents=True)  # a folder where the file should be
    sent = answers(take)
    told = rate(sent, settings, book)
    assert not told["saved"] and "ot saved" in told["text"] and str(settings.data_dir) not in told["text"]
    settings.votes_csv.rmdir()
    assert rate(sent, settings, book)["saved"]
    assert len(rows(settings)) == 1
