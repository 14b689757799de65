"""Who may come in, who may delete, and how each one leaves."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dance_core.cli import main
from dance_core.study.entry import Visit, read_id
from dance_core.study.folder import load_study
from dance_core.study.judgments import read_judgments
from dance_core.study.people import LOOK, PAY, RETURN, fates, import_returned, read_list
from dance_core.study.sessions import Desk
from tests.study.studies import Clock, Rater, study_of, text

SECRET, OTHER = "a" * 8 + "-b-c-d-" + "e" * 21, "f" * 36


def desk_of(folder: Path, clock: Clock | None = None, **changes: str) -> Desk:
    return Desk(study_of(folder, text(**changes)), clock or Clock())


@pytest.mark.parametrize("person", [
    "{{%PROLIFIC_PID%}}", "{%PROLIFIC_PID%}", "%7B%7B%25PROLIFIC_PID%25%7D%7D", "PROLIFIC_PID",
    "${e://Field/PID}", "[ID]", "…", "...", "undefined", "null", "", "   "])
def test_what_a_platform_did_not_fill_in_is_nobody(tmp_path: Path, person: str) -> None:
    assert desk_of(tmp_path).enter(person) == {"step": "nobody"} and read_id(person) == ""


@pytest.mark.parametrize("person", ["x" * 201, "a\u0000b", "a\u202eb"])
def test_what_is_no_id_gets_its_sentence(tmp_path: Path, person: str) -> None:
    desk = desk_of(tmp_path)
    assert desk.enter(person) == {"step": "badid"} and desk.texts["badid_about"]


@pytest.mark.parametrize("person", ["5f00aa11bb22cc33dd44ee55", "guest 1-2", "jane.doe@lab.example", "Zoë"])
def test_an_id_is_an_id(tmp_path: Path, person: str) -> None:
    assert desk_of(tmp_path).enter(person)["step"] == "consent"


def test_only_who_is_on_the_list_comes_in_and_the_list_holds_no_id(tmp_path: Path) -> None:
    people = tmp_path / "people.txt"
    people.write_text("ann\nbob,x\n\n")
    desk = desk_of(tmp_path / "s", people='{allow: list, ids: "../people.txt"}')
    assert desk.enter("ann")["step"] == "uninvited", "the list was not read yet"
    assert main(["study", "allow", str(tmp_path / "s"), "--ids", str(people)]) == 0
    assert [desk.enter(p)["step"] for p in ("ann", "bob", "eve")] == ["consent", "consent", "uninvited"]
    kept = (tmp_path / "s" / "allowed").read_text()
    assert "ann" not in kept and len(kept.split()) == 2


def test_signed_links_open_and_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = desk_of(tmp_path, people="{allow: signed}")
    assert main(["study", "links", str(tmp_path), "--count", "3"]) == 0
    made = [parse_qs(urlsplit(line).query) for line in capsys.readouterr().out.split()]
    ids = [(q["PROLIFIC_PID"][0], q["sig"][0]) for q in made]
    assert len(set(ids)) == 3 and {q["study"][0] for q in made} == {"tiny"}
    for person, sign in ids:
        assert desk.enter(Visit(person, signature=sign))["step"] == "consent"
    assert desk.enter(Visit(ids[0][0], signature=ids[1][1]))["step"] == "uninvited"
    assert desk.enter("somebody")["step"] == "uninvited"


def test_of_one_address_only_so_many_begin(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, people="{per_address: 2}")

    def begin(person: str, address: str) -> str:
        token = desk.enter(Visit(person, address=address))["token"]
        return str(desk.act(token, {"do": "consent", "agreed": True})["step"])

    assert [begin(p, "1.2.3.4") for p in "abc"] == ["trial", "trial", "crowded"]
    assert begin("d", "5.6.7.8") == "trial" and begin("a", "1.2.3.4") == "trial", "who has begun goes on"
    kept = (tmp_path / "state.sqlite").read_bytes() + (tmp_path / "state.sqlite-wal").read_bytes()
    assert b"1.2.3.4" not in kept


def test_deleting_takes_the_secret_of_that_browser(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    token = desk.enter(Visit("a", secret=SECRET))["token"]
    desk.act(token, {"do": "consent", "agreed": True})
    thief = desk.enter(Visit("a", secret=OTHER))["token"]
    for sent in ({}, {"secret": OTHER}, {"secret": ""}, {"secret": None}):
        assert desk.act(thief, {"do": "delete", "sure": True, **sent})["refused"] == "browser"
    again = desk.enter(Visit("a", secret=SECRET))["token"]
    assert desk.act(again, {"do": "delete", "sure": True, "secret": SECRET})["step"] == "deleted"
    assert b"a" * 8 not in (tmp_path / "judgments.csv").read_bytes()


ENDS = """{code: C0DE, screened: {code: SCREEN}, attention: {code: ATT, url: "https://x.example/att"},
           full: {code: FULL}, expired: {code: LATE}}"""


def test_every_outcome_has_a_code_of_its_own(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_of(tmp_path, clock, raters="2", completion=ENDS, attention="{checks: 2, allowed_misses: 1}",
                   headphones="required")
    for name, way in (("screened", False),):
        rater = Rater(desk, name, clock).agree()
        while rater.step["step"] == "headphones":
            rater.do("tone", sound=rater.step["sound"], tone=1)
        assert (rater.step["step"], rater.step["code"]) == ("screened", "SCREEN") and not way


def test_ends_of_raters_who_miss_leave_late_or_come_too_late(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_of(tmp_path, clock, raters="2", completion=ENDS)
    missed = Rater(desk, "missed", clock).agree().finish(obey=False)
    assert missed.step == {"step": "thanks", "code": "ATT", "url": "https://x.example/att"}
    good = Rater(desk, "good", clock).agree().finish()
    assert good.step["code"] == "C0DE"
    late = Rater(desk, "late", clock).agree()
    late.answer()
    assert Rater(desk, "full", clock).agree().step == {"step": "full", "code": "FULL", "url": ""}
    clock.now += 2 * 3600
    Rater(desk, "next", clock).agree()
    assert (late.come()["step"], late.step["code"]) == ("expired", "LATE")


def test_the_platforms_list_becomes_what_is_known_of_each(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_of(tmp_path / "s", clock, raters="6")

    def come(name: str, session: str) -> Rater:
        rater = Rater(desk, name, clock)
        rater.token = desk.enter(Visit(name, session, "study-1"))["token"]
        return rater.agree()

    come("done", "s1").finish()
    come("missed", "s2").finish(obey=False)
    come("half", "s3").answer()
    come("other", "s4").finish()
    Rater(desk, "came", clock)
    export = tmp_path / "export.csv"
    export.write_text("Submission id,Participant id,Status\ns1,done,AWAITING REVIEW\ns2,missed,AWAITING "
                      "REVIEW\ns3,half,RETURNED\nsX,other,APPROVED\ns5,came,TIMED-OUT\ns6,never,ACTIVE\n")
    listed = read_list(export)
    found = {f.listed.person: f for f in fates(desk, listed)}
    assert {name: (f.state, f.advice) for name, f in found.items()} == {
        "done": ("finished", PAY), "missed": ("finished", LOOK), "half": ("under way", LOOK),
        "other": ("finished", LOOK), "came": ("came", RETURN), "never": ("unknown", LOOK)}
    assert found["missed"].excluded.startswith("attention") and "another submission" in found["other"].note
    assert import_returned(desk, listed) == 2, "half and came; whoever is unknown is nobody"
    assert {f.listed.person: f.state for f in fates(desk, listed)}["half"] == "left"
    half = desk.state.hash("tiny", "half")
    rows = [j for j in read_judgments(desk.study.csv)[0] if j.rater == half and j.kind == "pair"]
    assert rows and {j.excluded for j in rows} == {"left: returned on the platform"}
    kept = b"".join(p.read_bytes() for p in (tmp_path / "s").iterdir() if p.is_file())
    for raw in (b"study-1", b"s1\x00", b"half"):
        assert raw not in kept, "ids of the platform are hashed"


def test_people_of_a_list_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    desk = desk_of(tmp_path / "s", clock)
    Rater(desk, "ann", clock).agree().finish()
    ids = tmp_path / "ids.txt"
    ids.write_text("ann\neve\n")
    command = ["study", "people", str(tmp_path / "s"), "--ids", str(ids)]
    assert main([*command, "--out", str(tmp_path / "o.csv")]) == 0
    with open(tmp_path / "o.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(r["id"], r["state"], r["advice"]) for r in rows]
    assert told == [("ann", "finished", PAY), ("eve", "unknown", LOOK)]
    assert main([*command, "--delete"]) == 0
    assert re.search(r"\d+ rows of 1 people were deleted", capsys.readouterr().out)
    left = [j.kind for j in read_judgments(load_study(tmp_path / "s").csv)[0]]
    assert set(left) == {"setting", "withdrawal"}
