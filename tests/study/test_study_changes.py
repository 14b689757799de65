"""What may change once a study is made, what it says before it begins, and what can't change any more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from dance_core.cli import main
from dance_core.errors import UserError
from dance_core.study import preview
from dance_core.study.analysis.planning import raters_needed
from dance_core.study.control import add_places, balance, change_texts, read_control, set_state
from dance_core.study.design import parse_design
from dance_core.study.folder import CONTROL, load_study, stamp
from dance_core.study.judgments import read_judgments
from dance_core.study.plan import foils_in_another_style, make_plan
from dance_core.study.sessions import Desk
from dance_core.study.texts import BUILT_IN, TEXTS
from tests.study.studies import Clock, Rater, study_of, text


def test_paused_nobody_begins_and_closed_nobody_answers(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(study_of(tmp_path), clock)
    begun = Rater(desk, "a", clock).agree()
    set_state(tmp_path, "paused")
    assert Rater(desk, "b", clock).agree().step["step"] == "paused"
    assert "refused" not in begun.answer() and begun.come()["step"] == "trial"
    set_state(tmp_path, "closed")
    assert begun.answer()["refused"] == "closed" and begun.come()["step"] == "closed"
    set_state(tmp_path, "open")
    assert begun.come()["step"] == "trial" and Rater(desk, "b", clock).agree().step["step"] == "trial"
    (tmp_path / CONTROL).write_text("{damaged")
    assert read_control(tmp_path)["state"] == "paused", "what can't be read opens nothing"


def test_more_places_are_balanced_and_nobodys_place_changes(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    before = stamp(tmp_path)
    more = add_places(study, 8)
    assert more.plan[:4] == study.plan and len(more.plan) == 12 and stamp(tmp_path) != before
    seen = Counter((t.kind, frozenset([t.left, t.right])) for p in more.plan for t in p.trials)
    for kind in ("preference", "quality"):
        times = [n for (k, _), n in seen.items() if k == kind]
        assert max(times) - min(times) <= 2
    desk = Desk(load_study(tmp_path), Clock())
    assert desk.status()[0] == ("Places", "12")
    with pytest.raises(UserError, match="can't be added to 12"):
        add_places(more, 100_000)


def test_texts_change_with_a_version_that_rows_carry(tmp_path: Path) -> None:
    clock = Clock()
    study = study_of(tmp_path)
    Rater(Desk(study, clock), "a", clock).agree().answer()
    changed = text(title="Which one?", language="{begin: Go}")
    assert change_texts(study, changed) == 2
    desk = Desk(load_study(tmp_path), clock)
    assert desk.texts["begin"] == "Go" and desk.design.title == "Which one?"
    Rater(desk, "b", clock).agree().answer()
    told = {j.page_version for j in read_judgments(study.csv)[0] if j.kind == "pair"}
    assert told == {"rate-2", "rate-2:texts-2"}
    with pytest.raises(UserError, match="raters can't change"):
        change_texts(study, text(raters="9"))
    with pytest.raises(UserError, match="consent.version is still"):
        change_texts(study, text(consent='{version: "1", text: Another one.}'))


def test_the_preview_takes_no_place_and_writes_no_row(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    before = {p.name for p in tmp_path.iterdir()}
    key = preview.new_key(tmp_path, now=0)
    assert preview.opens(tmp_path, key, now=10) and not preview.opens(tmp_path, "x", now=10)
    assert not preview.opens(tmp_path, key, now=25 * 3600) and not preview.opens(tmp_path, None, now=10)
    for p, place in enumerate(study.plan, 1):
        for n, trial in enumerate(place.trials, 1):
            step = preview.step(study, study.design.words("en"), p, n)
            assert step["left"].endswith(study.clips[trial.left].name) and step["number"] == n
    assert preview.step(study, study.design.words("en"), 99, "x")["place"] == 4
    assert {p.name for p in tmp_path.iterdir()} - before == {preview.PREVIEW}


def test_a_report_says_how_the_plan_is_balanced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = study_of(tmp_path)
    found = balance(study)
    assert found["places"] == 4 and sum(found["checks"].values()) == 8
    for items in found["seen"].values():
        assert max(items.values()) - min(items.values()) <= 1
    assert main(["study", "report", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "2 systems (alpha and beta) dance to 2 excerpts of 10 s. 4 raters see" in said
    assert "may be missed" in said and "kept apart, whether or not somebody takes their place" in said


def test_blocks_in_another_order_are_each_first_equally_often() -> None:
    plan = make_plan(parse_design(text(shuffle_blocks="true", raters="16", attention="{checks: 0}")))
    orders = [list(dict.fromkeys(t.kind for t in place.trials)) for place in plan]
    for position in range(4):
        assert set(Counter(order[position] for order in orders).values()) == {4}
    assert {len(order) for order in orders} == {4}, "a block stays together"


def test_foils_of_another_style_are_told() -> None:
    assert foils_in_another_style(parse_design(text())) == ["sunday-lights (gHO)", "golden-handshake (gLO)"]
    same = "[{song: Sunday Lights, styles: [gHO]}, {song: Golden Handshake, styles: [gHO]}]"
    assert foils_in_another_style(parse_design(text(songs=same))) == []
    assert foils_in_another_style(parse_design(text(blocks="[{kind: preference, trials: 1}]"))) == []


@pytest.mark.parametrize(("wished", "lang"), [("de-AT,en", "de"), ("fr,en", "en"), ("", "en"), ("xx", "en")])
def test_a_study_in_two_languages_is_whole_in_both(tmp_path: Path, wished: str, lang: str) -> None:
    both = text(languages="{de: {title: 'Welcher Tanz?', consent: Sie können jederzeit aufhören.}}")
    design = parse_design(both)
    assert design.language(wished) == lang
    words = design.words(lang)
    assert set(words) == {*TEXTS, "title", "consent"}
    assert words["begin"] == BUILT_IN[lang]["begin"] and len(BUILT_IN["de"]) == len(TEXTS)
    with pytest.raises(UserError, match="languages.de.consent is missing"):
        parse_design(text(languages="{de: {title: x}}"))
    with pytest.raises(UserError, match="is missing. Complete without any are en, de"):
        parse_design(text(languages="{fr: {title: x, consent: y}}"))


def test_closing_questions_are_rows_and_may_be_left_out(tmp_path: Path) -> None:
    clock = Clock()
    asked = ("[{key: age, ask: 'How old?', kind: number}, "
             "{key: dance, ask: 'Dancer?', options: [never, often]}]")
    desk = Desk(study_of(tmp_path, text(closing=asked)), clock)
    rater = Rater(desk, "a", clock).agree().finish()
    assert [q["key"] for q in rater.step["questions"]] == ["age", "dance"]
    assert rater.do("closing", answers={"dance": "sometimes"})["refused"] == "incomplete"
    assert rater.do("closing", answers={"age": "thirty"})["refused"] == "incomplete"
    assert rater.do("closing", answers={"age": "31", "dance": ""})["step"] == "thanks"
    rows = [(j.question, j.answer, j.comment) for j in read_judgments(desk.study.csv)[0] if j.kind == "about"]
    assert rows == [("age", 31, "31")]
    assert rater.do("closing", answers={"age": "99"})["step"] == "thanks", "once"
    assert len([j for j in read_judgments(desk.study.csv)[0] if j.kind == "about"]) == 1


def test_a_phone_is_told_before_it_takes_a_place(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(study_of(tmp_path, text(devices="computer")), clock)
    rater = Rater(desk, "a", clock)
    assert rater.do("consent", agreed=True, device="phone")["step"] == "device"
    assert desk.status()[2][1] == "0", "under way"
    assert rater.do("consent", agreed=True, device="computer")["step"] == "trial"


def test_sound_that_was_off_is_kept_and_reasons_fit_what_is_heard(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(study_of(tmp_path), clock)
    rater = Rater(desk, "a", clock).agree()
    silent = []
    while rater.step["step"] == "trial":
        keys = {key for key, _ in rater.step["reasons"]}
        assert not (rater.step["muted"] and keys & {"on_beat", "style"})
        silent += [rater.step["number"]] if rater.step["muted"] else []
        rater.answer(muted=True, reasons=["on_beat", "feet"])
    rows = read_judgments(desk.study.csv)[0]
    off = {j.trial for j in rows if (j.kind, j.question) == ("page", "muted")}
    assert silent and off == set(range(1, 8)) - set(silent), "a silent trial has no sound to be off"
    assert {j.reasons for j in rows if j.question == "quality"} == {"feet"}
    asked = [j.reasons for j in rows if j.question == "attention"]
    assert all(a in ("asked_left_much;chose_left_much", "asked_right_much;chose_right_much") for a in asked)


def test_power_before_a_study_grows_as_it_should() -> None:
    assert raters_needed(0.6, 2, 12) > raters_needed(0.65, 2, 12) > raters_needed(0.8, 2, 12) >= 4
    assert raters_needed(0.6, 2, 4) > raters_needed(0.6, 2, 40)
    assert raters_needed(0.6, 4, 12) > raters_needed(0.6, 2, 12), "the same trials for more pairs"
    # with endless trials only the tastes are left: 2σ²(z/Δ)²
    assert raters_needed(0.6, 2, 10**9) == pytest.approx(2 * 0.64 * (2.8016 / 0.405465) ** 2, abs=1)
    assert main(["study", "power", "--share", "0.4"]) == 2


def test_what_changed_is_named_when_it_cannot_change(tmp_path: Path) -> None:
    assert yaml.safe_load(text(raters="9"))["raters"] == 9
    study = study_of(tmp_path)
    with pytest.raises(UserError, match="raters, seed can't change once a study is made; only title"):
        change_texts(study, text(raters="9", seed="4"))
