"""Whose is which place: strangers don't keep raters out, and who comes back late has lost nothing."""

from __future__ import annotations

import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dance_core.study.folder import STATE, load_study
from dance_core.study.judgments import read_judgments
from dance_core.study.sessions import Desk
from tests.study.studies import Clock, Rater, study_of, text

MINUTE = 60.0
HOLD = 30 * MINUTE  # the default


@pytest.fixture
def clock() -> Clock:
    return Clock()


def desk_of(folder: Path, clock: Clock, **changes: str) -> Desk:
    return Desk(study_of(folder, text(hold_hours="24", **changes)), clock)


def places(desk: Desk) -> dict[str, int | None]:
    return {r["rater"]: r["place"] for r in desk.state.all("SELECT rater, place FROM raters")}


def hear(rater: Rater) -> None:
    """Answer one sound of the headphone check, right."""
    right = dict(rater.desk.study.tones)
    rater.do("tone", sound=rater.step["sound"], tone=right[Path(rater.step["file"]).name])


def balance(desk: Desk) -> None:
    """Every item of the plan was judged as often as planned, by people who count."""
    found, bad = read_judgments(desk.study.csv)
    counted = [j for j in found if j.counts]
    shown = Counter((j.question, j.left_generator, j.right_generator, j.left_song, j.right_song, j.song)
                    for j in counted)
    planned: Counter = Counter()
    for place in desk.study.plan:
        for t in place.trials:
            if t.kind == "check":
                continue
            (left, m), other = t.left, t.right
            of = desk.design
            for question in ("overall", "hands") if t.kind == "single" else (t.kind,):
                planned[question, of.systems[left].name, of.systems[other[0]].name if other else "",
                        of.materials[m].key, of.materials[other[1]].key if other else "",
                        of.materials[t.material].key] += 1
    assert not bad and shown == planned
    sides = Counter(j.left_generator for j in counted if j.question == "preference")
    assert len(set(sides.values())) == 1


def test_five_hundred_strangers_keep_nobody_out_beyond_the_hold(tmp_path: Path, clock: Clock) -> None:
    """They agree, do nothing, and load their pages again and again; then come forty who take part."""
    desk = desk_of(tmp_path / "s", clock, raters="40")
    strangers = [Rater(desk, f"invented {i}", clock).agree() for i in range(500)]
    assert Counter(r.step["step"] for r in strangers) == {"trial": 40, "full": 460}
    honest, waited = Rater(desk, "honest", clock).agree(), 0.0
    while honest.step["step"] == "full":
        clock.now += 5 * MINUTE
        waited += 5 * MINUTE
        for stranger in strangers:
            stranger.come()
            stranger.do("show")
        honest.come()
        honest.agree()
    assert HOLD <= waited <= HOLD + 5 * MINUTE
    for i in range(40):
        rater = honest if i == 0 else Rater(desk, f"honest {i}", clock).agree()
        for stranger in strangers[::50]:
            stranger.come()
        assert rater.finish().step["step"] == "thanks", i
    assert Rater(desk, "late", clock).agree().step["step"] == "full"
    assert all(r.come()["step"] in ("full", "consent") for r in strangers)
    balance(desk)
    assert len({j.rater for j in read_judgments(desk.study.csv)[0] if j.counts}) == 40


def test_who_takes_a_step_is_not_thrown_out_and_who_only_looks_is(tmp_path: Path, clock: Clock) -> None:
    desk = desk_of(tmp_path / "s", clock, raters="2", headphones="ask")
    slow, idle = Rater(desk, "slow", clock).agree(), Rater(desk, "idle", clock).agree()
    for _ in range(4):
        clock.now += HOLD - MINUTE
        hear(slow)
        idle.come()
        idle.do("show")
        idle.do("tone", sound="9-9", tone=1)
        idle.do("consent", agreed=True)
    mine = places(desk)[desk.state.hash("tiny", "slow")]
    new = Rater(desk, "new", clock).agree()
    assert new.step["step"] == "headphones" and Rater(desk, "newer", clock).agree().step["step"] == "full"
    assert places(desk)[desk.state.hash("tiny", "slow")] == mine and slow.come()["number"] == 5
    assert places(desk)[desk.state.hash("tiny", "idle")] is None


def test_who_comes_back_gets_the_next_place_and_has_lost_nothing(tmp_path: Path, clock: Clock) -> None:
    desk = desk_of(tmp_path / "s", clock, raters="4", headphones="ask", practice="true")
    others = [Rater(desk, f"p{i}", clock).agree() for i in range(3)]
    back = Rater(desk, "back", clock).agree()
    for rater in (*others, back):
        while rater.step["step"] == "headphones":
            hear(rater)
        assert "refused" not in rater.answer() and rater.step["number"] == 1  # the try
    for rater in others:
        rater.answer()
    shown, page = back.step, back.reply()
    clock.now += HOLD + MINUTE
    Rater(desk, "new", clock).agree()
    assert places(desk)[desk.state.hash("tiny", "back")] is None
    for rater in others[:1]:
        rater.do("delete", sure=True)
    answer = back.do("answer", **page)
    assert answer["refused"] == "moved" and "30 minutes" in answer["text"] and "{" not in answer["text"]
    back.step = answer["now"]
    assert (back.step["step"], back.step["number"]) == ("trial", 1), "no consent, no tones, no try again"
    assert back.step["trial"] != shown["trial"]
    assert back.do("answer", **page)["refused"] == "moved", "the old page's answer is nobody's"
    assert back.finish().step["step"] == "thanks"
    mine = [j for j in read_judgments(desk.study.csv)[0] if j.rater == desk.state.hash("tiny", "back")]
    assert Counter(j.kind for j in mine) == {"consent": 1, "check": 3, "pair": 3, "match": 1, "single": 2}
    assert not any(j.excluded for j in mine)


def test_where_no_place_is_free_they_wait_for_the_next_one(tmp_path: Path, clock: Clock) -> None:
    desk = desk_of(tmp_path / "s", clock, raters="1")
    first = Rater(desk, "first", clock).agree()
    clock.now += HOLD + 1
    second = Rater(desk, "second", clock).agree()
    assert second.step["step"] == "trial" and first.come()["step"] == "full"
    clock.now += HOLD + 1
    assert first.come()["step"] == "trial", "second has done nothing either"
    assert second.come()["step"] == "full", "but they don't take it from each other, for ever"
    assert Rater(desk, "third", clock).agree().step["step"] == "trial", "somebody new comes first"
    clock.now += HOLD + 1
    assert second.come()["step"] == "trial"
    assert "refused" not in second.answer()
    clock.now += 23 * 60 * MINUTE
    assert Rater(desk, "fourth", clock).agree().step["step"] == "full", "an answer holds it for hold_hours"
    assert second.come() and second.finish().step["step"] == "thanks"


def test_an_answer_on_its_way_holds_the_place(tmp_path: Path, clock: Clock, monkeypatch) -> None:
    desk = desk_of(tmp_path / "s", clock, raters="1")
    rater = Rater(desk, "p", clock).agree()
    monkeypatch.setattr(desk.upkeep, "answered", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        rater.answer()
    clock.now += HOLD + 1
    again = Desk(load_study(desk.study.folder), clock)
    assert Rater(again, "new", clock).agree().step["step"] == "full"
    assert Rater(again, "p", clock).step["number"] == 2


def test_status_counts_places_that_may_be_taken(tmp_path: Path, clock: Clock) -> None:
    desk = desk_of(tmp_path / "s", clock)
    for i in range(3):
        Rater(desk, f"p{i}", clock).agree()
    Rater(desk, "answered", clock).agree().answer()
    clock.now += HOLD + 1
    said = dict(desk.status())
    assert (said["Under way"], said["Left, place not yet taken"]) == ("1", "3")


def test_many_who_come_back_at_once_share_no_place(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "s"
    desk = desk_of(folder, clock, raters="10")
    desks = (desk, Desk(load_study(folder), clock))
    raters = [Rater(desks[i % 2], f"p{i}", clock) for i in range(30)]
    for _ in range(3):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda r: (r.come(), r.agree()), raters))
        held = [p for p in places(desk).values() if p is not None]
        assert len(held) == len(set(held)) == 10
        clock.now += HOLD + 1


def test_a_state_of_the_first_version_goes_on(tmp_path: Path, clock: Clock) -> None:
    desk = desk_of(tmp_path / "s", clock, raters="1")
    rater = Rater(desk, "p", clock).agree()
    desk.state.close()
    db = sqlite3.connect(desk.study.folder / STATE)
    for column in ("active", "moves"):
        db.execute(f"ALTER TABLE raters DROP COLUMN {column}")
    db.commit()
    db.close()
    again = Desk(load_study(desk.study.folder), clock)
    assert Rater(again, "new", clock).agree().step["step"] == "full"
    rater.desk = again
    assert "refused" not in rater.answer()
