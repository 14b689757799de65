"""A whole study in German, on a screen as narrow as a phone's, by keys alone, in every browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from dance_core.study.judgments import read_judgments
from dance_core.study.texts import BUILT_IN
from tests.browser.conftest import without_fault
from tests.browser.drivers import Browser
from tests.browser.study_steps import READY, make_study, moving_on, step
from tests.running import Server

STUDY = """
id: german-phone
title: Which dance is better?
consent: {version: "1", text: "You may stop at any time."}
systems: [{name: zebra, generator: choreographer}, {name: wombat, generator: choreographer, seed: 2}]
songs: [{song: Sunday Lights, styles: [House], start: 16}]
blocks: [{kind: single, trials: 1, ask: [overall, face]}, {kind: preference, trials: 1}]
raters: 12
clip_seconds: 3
lead_in: 0.5
watch_fraction: 0.4
headphones: "off"
practice: false
attention: {checks: 0}
languages: {de: {title: "Welcher Tanz ist besser?", consent: "Sie können jederzeit aufhören."}}
closing: [{key: dances, ask: "Tanzen Sie?", options: [nie, oft]}]
completion: {code: C0DE-1}
"""


@pytest.fixture(scope="session")
def folder(app: Server) -> Path:
    return make_study(app, STUDY)


def test_a_whole_study_in_german_on_a_phone_by_keys_alone(each_browser: Browser, app: Server,
                                                          folder: Path) -> None:
    german = BUILT_IN["de"]
    seen = each_browser.visit(app.url, height=900)
    page = seen.page
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(f"{app.url}rate?study=german-phone&PROLIFIC_PID=de-{each_browser.name}&lang=de")
    page.wait_for_selector(READY)
    assert page.evaluate("() => document.documentElement.lang") == "de"
    assert page.inner_text("h1") == "Welcher Tanz ist besser?"
    assert german["consent_yes"] in page.inner_text(".ra-agree")
    page.focus("#ra-agree")
    page.keyboard.press("Space")
    moving_on(page, lambda: page.keyboard.press("Enter"))
    for keys in ("45", "2"):
        page.wait_for_function("() => __player.playable")
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        labels = page.evaluate("() => [...document.querySelectorAll('.dp-label')].map((e) => e.innerText)")
        assert labels in ([], [german["left"], german["right"]])
        page.focus("h2")
        page.keyboard.press("Space")
        page.wait_for_selector(".ra-go[aria-disabled=false]")
        page.focus("h2")
        for key in keys:
            page.keyboard.press(key)
        assert page.inner_text(".ra-sendrow .ra-go") == german["send"]
        page.focus("h2")
        moving_on(page, lambda: page.keyboard.press("Enter"))
    assert step(page) == "closing" and german["closing_title"] in page.inner_text(".ra-card")
    page.focus(".ra-go")
    moving_on(page, lambda: page.keyboard.press("Enter"))
    assert step(page) == "thanks" and page.inner_text(".ra-code") == "C0DE-1"
    rater = {j.rater: j for j in read_judgments(folder / "judgments.csv")[0] if j.rater}
    told = [(j.question, j.answer) for j in read_judgments(folder / "judgments.csv")[0]
            if j.rater == list(rater)[-1] and j.kind in ("single", "pair")]
    assert sorted(told) == [("face", 5), ("overall", 4), ("preference", -1)]
    without_fault(seen)
