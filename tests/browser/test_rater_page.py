"""The rater's page in Chromium: digits in a row, sound that is off, a fixed light, German, a phone that lies,
what a preview leaves behind, and who may put it into a frame.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dance_core.study.judgments import read_judgments
from tests.browser.chromium import NO_GL
from tests.browser.driven import Page
from tests.browser.elsewhere import pages
from tests.browser.study_steps import agree, make_study, moving_on, step, watch
from tests.running import ROOT, Server

STUDY = """
id: rater-page
title: Which dance is better?
consent: {version: "1", text: "You may stop at any time."}
systems: [{name: zebra, generator: choreographer}, {name: wombat, generator: choreographer, seed: 2}]
songs: [{song: Sunday Lights, styles: [House], start: 16}]
blocks:
  - {kind: single, trials: 1, ask: [overall, on_beat, natural, hands, face]}
  - {kind: quality, trials: 1}
raters: 12
clip_seconds: 3
lead_in: 0.5
watch_fraction: 0.4
headphones: "off"
practice: false
attention: {checks: 0}
stage: light
languages: {de: {title: "Welcher Tanz ist besser?", consent: "Sie können jederzeit aufhören."}}
closing: [{key: dances, ask: "Do you dance?", options: [never, often]}]
completion: {code: C0DE-1}
"""


@pytest.fixture(scope="module")
def folder(app: Server) -> Path:
    return make_study(app, STUDY)


@pytest.fixture
def rate(rate_page: Callable[..., Page], folder: Path) -> Callable[..., Page]:
    """rate(query) -> the Rate page of this study, see conftest.rate_page."""
    return lambda query, **context: rate_page(f"study=rater-page&{query}", **context)


def chosen(page: Page) -> list[str]:
    return page.evaluate(
        "() => [...document.querySelectorAll('.ra-scale input:checked')].map((e) => e.value)")


def test_digits_in_a_row_fill_the_scales_one_after_another(rate: Callable, folder: Path) -> None:
    page = rate("PROLIFIC_PID=digits", color_scheme="dark")
    agree(page)
    assert page.evaluate("() => document.body.classList.contains('dark')") is False, "the same light for all"
    page.focus("h2")
    for digit in "12345":
        page.keyboard.press(digit)
    assert chosen(page) == list("12345")
    page.keyboard.press("1")
    assert chosen(page) == list("12345"), "one more overwrites nothing"
    page.focus(".ra-scale >> nth=1 >> input:checked")
    page.keyboard.press("5")
    assert chosen(page) == list("15345"), "but whoever goes to a scale answers that one"

    watch(page)
    page.evaluate("() => { __player.audio.muted = true; }")
    page.wait_for_selector(".ra-off:not([hidden])")
    page.evaluate("() => { __player.pause(); __player.seek(0); __player.play(); }")
    page.wait_for_function("() => __player.audio.ended || __player.audio.currentTime > 2.5")
    moving_on(page, lambda: page.click(".ra-sendrow .ra-go"))
    assert step(page) == "trial" and page.locator(".ra-off").is_hidden(), "without sound none can be off"
    ticks = page.evaluate("() => [...document.querySelectorAll('.ra-ticks input')].map((e) => e.value)")
    assert "feet" in ticks and not {"on_beat", "style"} & set(ticks)
    assert page.locator(".dp-volume").is_hidden()
    page.focus("h2")
    page.keyboard.press("2")
    watch(page)
    moving_on(page, lambda: page.keyboard.press("Enter"))
    page.select_option("select", "often")
    moving_on(page, lambda: page.click(".ra-go"))
    assert step(page) == "thanks" and page.inner_text(".ra-code") == "C0DE-1"
    rows = read_judgments(folder / "judgments.csv")[0]
    assert [(j.question, j.comment) for j in rows if j.kind == "about"] == [("dances", "often")]


def test_a_browser_that_wishes_german_gets_all_of_it(rate: Callable) -> None:
    page = rate("PROLIFIC_PID=german", locale="de-DE")
    assert page.evaluate("() => document.documentElement.lang") == "de"
    assert page.inner_text("h1") == "Welcher Tanz ist besser?"
    agree(page)
    page.wait_for_function("() => __player.playable")
    told = page.evaluate("""() => [...document.querySelectorAll('[data-rate] *')]
        .filter((e) => e.checkVisibility())
        .flatMap((e) => [e.getAttribute('aria-label'), e.title, e.placeholder,
                         e.childElementCount ? '' : e.textContent]).filter(Boolean)""")
    english = {"Play", "Pause", "Volume", "Mute", "Left", "Send", "Watch", "Keys", "Delete", "View"}
    assert not [text for text in told if english & set(text.replace(":", "").split())], told


def test_a_phone_that_lies_on_its_side_keeps_the_feet_and_the_bar(rate: Callable) -> None:
    page = rate("PROLIFIC_PID=side", viewport={"width": 740, "height": 360})
    agree(page)
    page.wait_for_function("() => __player.playable")
    bar = page.evaluate("() => document.querySelector('.dp-bar').getBoundingClientRect().bottom")
    assert bar <= 360, "the stage, all of it, and the bar below"
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_preview_takes_no_place_and_writes_no_row(rate: Callable, app: Server, folder: Path) -> None:
    environ = {**os.environ, "DANCE_DATA_DIR": str(app.data)}
    told = subprocess.run([sys.executable, "-m", "dance_core", "study", "preview", "rater-page"], cwd=ROOT,
                          env=environ, capture_output=True, text=True, check=True).stdout
    key = told.split("preview=")[1].split()[0]
    record = folder / "judgments.csv"
    before = record.read_bytes() if record.exists() else b""
    page = rate(f"preview={key}")
    assert step(page) == "trial" and "place 1 of 12, trial 1 of 2" in page.inner_text(".ra-preview")
    moving_on(page, lambda: page.click("[aria-label='Next trial']"))
    moving_on(page, lambda: page.click("[aria-label='Next place']"))
    assert "place 2 of 12, trial 2 of 2" in page.inner_text(".ra-preview")
    watch(page)
    page.keyboard.press("3")
    page.click(".ra-sendrow .ra-go")
    page.wait_for_timeout(300)
    assert "trial 2 of 2" in page.inner_text(".ra-preview")
    assert (record.read_bytes() if record.exists() else b"") == before
    page = rate("preview=nothing")
    assert step(page) == "unknown"


def test_no_other_site_shows_it_in_a_frame(app: Server, browsers: Callable, folder: Path) -> None:
    shown = f"<iframe name=app src='{app.url}rate?study=rater-page&PROLIFIC_PID=framed'></iframe>"
    with pages({"embeds": shown}) as port:
        seen = browsers(NO_GL).visit(app.url)
        seen.page.goto(f"http://localhost:{port}/embeds")
        seen.page.wait_for_timeout(1500)
        frame = seen.page.frame("app")
        assert frame is None or not frame.url.startswith(app.url) or not frame.query_selector("[data-rate]")
        seen.close()
