"""The desk: who gets which place, which answers are taken, what is refused and why, how a person leaves."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dance_core.cli import main
from dance_core.study.folder import load_study
from dance_core.study.judgments import read_judgments
from dance_core.study.sessions import Desk
from tests.study.studies import Clock, Rater, study_of, text
from tests.waiting import PATIENCE

Desks = tuple[Desk, Clock]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return Desk(study_of(tmp_path / "tiny"), clock)


def rows(desk: Desk, *kinds: str):
    found, bad = read_judgments(desk.study.csv)
    assert not bad
    return [j for j in found if not kinds or j.kind in kinds]


def test_a_whole_study(desk: Desk, clock: Clock) -> None:
    rater = Rater(desk, "5f0c1d2e3a4b", clock)
    assert rater.step["step"] == "consent" and rater.step["consent"] == "You may stop at any time."
    assert rater.do("consent", agreed=False)["refused"] == "consent"
    rater.agree()
    assert (rater.step["step"], rater.step["number"], rater.step["total"]) == ("trial", 1, 7)
    rater.answer(2, reasons=["feet", "on_beat", "nonsense"], comment="=cmd|' /C calc'!A0\nsecond", replays=3)
    rater.finish()
    assert rater.step == {"step": "thanks", "code": "C0DE", "url": ""}
    found = rows(desk)
    assert Counter(j.kind for j in found) == {"setting": 2, "consent": 1, "pair": 3, "match": 1, "single": 2,
                                               "check": 2}
    first = next(j for j in found if j.trial == 1)
    assert (first.answer, first.reasons, first.replays) == (2, "on_beat;feet", 3)
    assert first.comment == "=cmd|' /C calc'!A0\nsecond"
    assert first.response_seconds == 12.0 and first.watched_seconds == 9.0
    assert {first.left_generator, first.right_generator} == {"alpha", "beta"}
    assert first.left_song == first.right_song == first.song
    lines = desk.study.csv.read_text()
    assert "5f0c1d2e3a4b" not in lines and ',"=cmd' not in lines and ",=cmd" not in lines
    match = next(j for j in found if j.kind == "match")
    assert match.left_generator == match.right_generator and match.song in (match.left_song, match.right_song)
    assert match.left_song != match.right_song
    assert all(j.excluded == "" for j in found)


def test_the_page_is_told_nothing_about_who_made_what(desk: Desk, clock: Clock) -> None:
    rater = Rater(desk, "p", clock).agree()
    while rater.step["step"] == "trial":
        said = repr({k: v for k, v in rater.step.items() if k not in ("left", "right", "music")})
        shown = [Path(rater.step[k]).name for k in ("left", "right", "music") if rater.step[k]]
        assert all(re.fullmatch(r"[0-9a-f]{24}\.(dnc|flac)", name) for name in shown)
        for word in ("alpha", "beta", "choreographer", "sunday", "golden", "gho", "mismatch", "take"):
            assert word not in said.lower()
        rater.answer()


@pytest.mark.parametrize("wait, covered, refused", [
    (8.9, 10.0, "early"), (60.0, 8.5, "early"), (60.0, None, "early"), (60.0, "9", "early"),
    (60.0, float("nan"), "early"), (60.0, True, "early"), (9.0, 8.7, None), (9.1, 9.0, None)])
def test_nobody_answers_before_the_clip_was_played(desk: Desk, clock: Clock, wait, covered, refused) -> None:
    rater = Rater(desk, "p", clock).agree()
    answer = rater.answer(wait=wait, covered=covered)
    assert answer.get("refused") == refused
    assert len(rows(desk, "pair", "match", "single", "check")) == (0 if refused else 1)
    if refused:
        assert re.search(r"\d+ s are missing", answer["text"])


def test_coming_back_means_watching_again(desk: Desk, clock: Clock) -> None:
    rater = Rater(desk, "p", clock).agree()
    clock.now += 8
    key = rater.step["trial"]
    assert rater.come()["trial"] == key, "the same trial after a reload"
    assert rater.answer(wait=8)["refused"] == "early"
    assert "refused" not in rater.answer(wait=1)


def test_an_answer_counts_once(desk: Desk, clock: Clock) -> None:
    rater = Rater(desk, "p", clock).agree()
    sent = rater.reply(2)
    clock.now += 12
    assert rater.do("answer", **sent)["number"] == 2
    assert rater.do("answer", **sent)["number"] == 2, "sent again because its answer was lost"
    other = {**sent, "submission": str(uuid.uuid4()), "values": {"preference": -2}}
    refused = rater.do("answer", **other)
    assert refused["refused"] == "replayed" and refused["now"]["number"] == 2
    assert [j.answer for j in rows(desk, "pair", "match", "single", "check")] == [2]


def test_answers_for_others_are_refused(desk: Desk, clock: Clock) -> None:
    a, b = Rater(desk, "a", clock).agree(), Rater(desk, "b", clock).agree()
    sent = a.reply()
    clock.now += 20
    assert b.do("answer", **sent)["refused"] == "foreign"
    assert b.do("answer", **{**sent, "trial": str(uuid.uuid4())})["refused"] == "foreign"
    assert b.do("answer", **{**sent, "trial": None})["refused"] == "foreign"
    assert desk.act("someone", {"do": "answer", **sent})["refused"] == "elsewhere"
    assert desk.act(None, {"do": "show"})["refused"] == "elsewhere"
    assert desk.act(a.token, {"do": "drop tables"})["refused"] == "foreign"
    assert not rows(desk, "pair")


def test_an_old_tab_is_told_so(desk: Desk, clock: Clock) -> None:
    rater = Rater(desk, "p", clock).agree()
    old = rater.token
    rater.come()
    assert desk.act(old, {"do": "answer", **rater.reply()})["refused"] == "elsewhere"


@pytest.mark.parametrize("changes", [{"values": {}}, {"values": None}, {"values": {"preference": 3}},
                                     {"values": {"preference": "1"}}, {"values": {"preference": True}},
                                     {"submission": "x"}, {"submission": None}])
def test_what_is_no_answer_is_refused(desk: Desk, clock: Clock, changes) -> None:
    rater = Rater(desk, "p", clock).agree()
    assert rater.answer(**changes)["refused"] == "incomplete"
    assert not rows(desk, "pair")


def test_a_place_is_given_to_one_and_comes_back_from_who_left(desk: Desk, clock: Clock) -> None:
    raters = [Rater(desk, f"p{i}", clock).agree() for i in range(4)]
    for rater in raters:
        rater.answer()
    late = Rater(desk, "late", clock).agree()
    assert late.step["step"] == "full"
    clock.now += 3500
    raters[1].do("show")
    raters[1].come()  # still here
    clock.now += 200
    late.come()
    late.agree()
    assert late.step["step"] == "trial", "the place of the one who left longest ago"
    left = next(r for r in raters if r.come()["step"] == "expired")
    assert left in (raters[0], raters[2], raters[3])
    assert left.do("answer", **late.reply())["refused"] in ("foreign", "expired")
    late.finish()
    hashes = Counter(j.rater for j in rows(desk, "pair") if j.excluded)
    assert set(hashes) <= {desk.state.hash("tiny", left.name)}


def test_an_answer_after_the_place_went_is_refused_as_expired(desk: Desk, clock: Clock) -> None:
    raters = [Rater(desk, f"p{i}", clock).agree() for i in range(4)]
    raters[0].answer()
    clock.now += 1000
    for rater in raters[1:]:
        rater.answer()
    clock.now += 2700
    Rater(desk, "late", clock).agree()
    answer = raters[0].answer()
    assert answer["refused"] == "expired" and answer["now"]["step"] == "expired"
    mine = [j for j in rows(desk) if j.rater == desk.state.hash("tiny", "p0") and j.kind != "exclusion"]
    assert len(mine) == 2 and all(j.excluded.startswith("left") for j in mine)


def test_one_missed_check_excludes_nobody_and_two_do(desk: Desk, clock: Clock) -> None:
    once, twice = Rater(desk, "once", clock).agree(), Rater(desk, "twice", clock).agree()
    missed = 0
    while once.step["step"] == "trial":
        check = "Attention" in once.step["ask"]
        once.answer(obey=not (check and missed == 0))
        missed += check
    twice.finish(obey=False)
    assert once.step["step"] == twice.step["step"] == "thanks", "both get their code"
    by = {name: [j for j in rows(desk) if j.rater == desk.state.hash("tiny", name)]
          for name in ("once", "twice")}
    assert not any(j.excluded for j in by["once"])
    assert {j.excluded for j in by["twice"]} == {"attention: missed 2 of 2 checks"}
    assert len(by["twice"]) == len(by["once"]) + 1, "no row was deleted, one says that they are excluded"
    places = [Rater(desk, f"n{i}", clock).agree().step["step"] for i in range(4)]
    assert places == ["trial"] * 3 + ["full"], "the place of the excluded one is free again"


def test_the_alarm(desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    Rater(desk, "a", clock).agree().finish()
    assert desk.record.alarm() is None
    Rater(desk, "b", clock).agree().finish(obey=False)
    said = desk.record.alarm()
    assert said and "6 of the last 12 judgments" in said and "of 1 raters" in said
    assert "judgments, of 1 raters, are excluded" in caplog.text


def test_status_says_that_rows_are_refused(desk: Desk, clock: Clock, capsys: pytest.CaptureFixture) -> None:
    Rater(desk, "a", clock).agree().finish()
    assert main(["study", "status", str(desk.study.folder)]) == 0
    desk.study.csv.write_bytes(desk.study.csv.read_bytes().replace(b",preference,", b",quality,", 1))
    assert main(["study", "status", str(desk.study.folder)]) == 3
    assert "1 of 11 rows of the file was refused and does not count: line " in capsys.readouterr().err


def test_delete_my_data(desk: Desk, clock: Clock) -> None:
    stays, goes = Rater(desk, "stays", clock).agree(), Rater(desk, "goes", clock).agree()
    stays.answer()
    goes.answer(comment="my dog is called Emil")
    goes.answer()
    torn = desk.study.csv.with_name("judgments.csv.torn-x")
    name = desk.state.hash("tiny", "goes")
    torn.write_text(f"judgment/1,…,tiny,{name},2,pa")
    count = sum(j.rater == name for j in rows(desk))
    sent = goes.reply()
    assert goes.do("delete")["refused"] == "incomplete"
    assert goes.do("delete", sure=True) == {"step": "deleted", "rows": count}
    clock.now += 20
    assert goes.do("answer", **sent)["refused"] == "elsewhere"
    kept = b"".join(p.read_bytes() for p in desk.study.folder.iterdir() if p.is_file() and p.name != "salt")
    assert name.encode() not in kept and b"Emil" not in kept
    assert [(j.answer, j.rater) for j in rows(desk, "withdrawal")] == [(count, "")]
    assert [j.rater for j in rows(desk, "consent")] == [desk.state.hash("tiny", "stays")]
    assert "refused" not in stays.answer()
    assert goes.come()["step"] == "consent", "they may take part again as if they had never been here"


def test_a_server_that_dies_between_record_and_state_loses_nothing(desk: Desk, clock: Clock,
                                                                   monkeypatch) -> None:
    rater = Rater(desk, "p", clock).agree()
    monkeypatch.setattr(desk.upkeep, "answered", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        rater.answer(-2)
    reborn = Desk(load_study(desk.study.folder), clock)
    again = Rater(reborn, "p", clock)
    assert again.step["number"] == 2, "what was written counts"
    again.finish()
    assert Counter(j.trial for j in rows(desk, "pair", "match", "check")).most_common(1)[0][1] == 1
    assert rows(desk, "pair", "match", "check", "single")[0].answer == -2


def test_the_next_server_finishes_a_deletion_that_was_cut_off(desk: Desk, clock: Clock, monkeypatch) -> None:
    rater = Rater(desk, "p", clock).agree()
    rater.answer()
    monkeypatch.setattr(desk.record, "withdraw", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        rater.do("delete", sure=True)
    Desk(load_study(desk.study.folder), clock)
    assert [j.kind for j in rows(desk)] == ["setting", "setting", "withdrawal"]


def test_the_headphone_check(tmp_path: Path, clock: Clock) -> None:
    for kind, after in (("ask", "trial"), ("required", "screened")):
        study = study_of(tmp_path / kind, text(headphones=kind))
        desk = Desk(study, clock)
        right = dict(study.tones)

        def hear(rater: Rater, wrong: int = 0, right: dict = right) -> None:
            for i in range(6):
                tone = right[Path(rater.step["file"]).name]
                rater.do("tone", sound=rater.step["sound"], tone=tone if i >= wrong else tone % 3 + 1)

        good = Rater(desk, "good", clock).agree()
        hear(good, wrong=1)
        assert good.step["step"] == "trial"
        bad = Rater(desk, "bad", clock).agree()
        hear(bad, wrong=3)
        assert bad.step["step"] == "headphones" and bad.step["again"]
        assert bad.do("tone", sound="0-0", tone=1)["sound"] == "1-0", "an old answer changes nothing"
        hear(bad, wrong=2)
        assert bad.step["step"] == after
        assert [(j.answer, bool(j.excluded)) for j in rows(desk, "check")] == \
            [(5, False), (3, after != "trial"), (4, after != "trial")]


def test_files_belong_to_their_owner_alone(desk: Desk, clock: Clock) -> None:
    Rater(desk, "p", clock).agree()
    for name in ("judgments.csv", "state.sqlite", "salt", "state.sqlite-wal"):
        assert stat.S_IMODE(os.stat(desk.study.folder / name).st_mode) == 0o600, name


def test_many_at_once_at_two_desks_of_one_study(tmp_path: Path) -> None:
    folder = tmp_path / "busy"
    study = study_of(folder, text(raters="40", watch_fraction="0"))
    desks = [Desk(study), Desk(load_study(folder))]
    clock = Clock()

    def whole(i: int) -> str:
        return Rater(desks[i % 2], f"p{i}", clock).agree().finish().step["step"]

    with ThreadPoolExecutor(24) as pool:
        ended = list(pool.map(whole, range(44)))
    assert Counter(ended) == {"thanks": 40, "full": 4}
    found = rows(desks[0])
    assert len({j.judgment_id for j in found}) == len(found) == 2 + 40 * (1 + 3 + 1 + 2 + 2)
    shown = Counter((j.question, frozenset([j.left, j.right]), j.song) for j in found if j.kind == "pair")
    for question in ("preference", "quality"):
        counts = [n for key, n in shown.items() if key[0] == question]
        assert max(counts) - min(counts) <= 1
    for question in ("preference", "quality"):
        sides = Counter(j.left_generator for j in found if j.question == question)
        assert sides["alpha"] == sides["beta"]


def test_the_salt_is_one_however_many_servers_start(tmp_path: Path) -> None:
    study_of(tmp_path / "s")
    code = ("import sys\nfrom dance_core.study.folder import load_study\n"
            "from dance_core.study.sessions import Desk\n"
            "print(Desk(load_study(sys.argv[1])).state.hash('s', 'x'))")
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "s")], stdout=subprocess.PIPE,
                                text=True) for _ in range(3)]
    said = {p.communicate(timeout=PATIENCE)[0].strip() for p in running}
    assert len(said) == 1 and re.fullmatch("[0-9a-f]{32}", said.pop())
