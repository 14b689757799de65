"""A whole study in a real browser: consent, headphones, practice, all kinds of trials, a reload."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dance_core.study.folder import load_study
from dance_core.study.judgments import read_judgments
from dance_core.study.record import Record
from tests.browser.chromium import NO_GL
from tests.browser.conftest import ROOT, App

STUDY = """
id: browser-test
title: Which dance is better?
consent: {version: "1", text: "You may stop at any time.\\n\\nSecond <b>paragraph</b> ${1+1} {{x}}."}
systems: [{name: zebra, generator: choreographer}, {name: wombat, generator: choreographer, seed: 2}]
songs:
  - {song: Sunday Lights, styles: [gHO], start: 16}
  - {song: Golden Handshake, styles: [gLO], start: 18}
blocks:
  - {kind: preference, trials: 1}
  - {kind: quality, trials: 1}
  - {kind: mismatch, trials: 1}
  - {kind: single, trials: 1, ask: [overall, face]}
raters: 4
clip_seconds: 3
lead_in: 0.5
watch_fraction: 0.4
headphones: ask
attention: {checks: 1}
completion: {code: C0DE-1, url: "https://example.org/done?cc=C0DE-1"}
"""
READY = "[data-rate][data-ready]"


@pytest.fixture(scope="module")
def folder(app: App) -> Path:
    """The study, made by the command while the app runs."""
    text = app.data.parent / "study.yaml"
    text.write_text(STUDY)
    environ = {**os.environ, "DANCE_DATA_DIR": str(app.data)}
    done = subprocess.run([sys.executable, "-m", "dance_core", "study", "make", str(text)], cwd=ROOT,
                          env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return app.data / "studies" / "browser-test"


@pytest.fixture
def rate(app: App, browsers: Callable, folder: Path) -> Iterator[Callable]:
    """rate(person) -> the Rate page, open; at the end it must have had no error and asked no other host."""
    with contextlib.ExitStack() as stack:
        said: list[str] = []

        def open_page(person: str, **context: Any) -> Any:
            made = browsers(NO_GL).new_context(**({"viewport": {"width": 1100, "height": 900}} | context))
            stack.callback(made.close)
            page = made.new_page()
            page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda e: said.append(str(e)))
            page.on("request", lambda r: None if r.url.startswith((app.url, "data:", "blob:"))
                    else said.append(r.url))
            page.goto(f"{app.url}rate?study=browser-test&PROLIFIC_PID={person}")
            page.wait_for_selector(READY)
            return page

        yield open_page
    assert not said, said


def step(page: Any) -> str:
    return page.get_attribute("[data-rate]", "data-step")


def moving_on(page: Any, press: Callable[[], None]) -> None:
    """Press, and wait until the server has named the next step."""
    before = page.get_attribute("[data-rate]", "data-ready")
    press()
    page.wait_for_function("r => document.querySelector('[data-rate]').dataset.ready !== r", arg=before)


def agree(page: Any) -> list[str]:
    """Agree; the sounds that the page asks for from now on."""
    heard: list[str] = []
    page.on("request", lambda r: heard.append(r.url.rsplit("/", 1)[1]) if r.url.endswith(".wav") else None)
    page.check("#ra-agree")
    moving_on(page, lambda: page.click(".ra-go"))
    return heard


def pass_headphones(page: Any, folder: Path, heard: list[str]) -> None:
    """Answer from what the server knows: a script can't hear."""
    right = dict(load_study(folder).tones)
    for number in range(1, 7):
        while len(set(heard)) < number:
            page.wait_for_timeout(20)
        page.evaluate("() => document.querySelectorAll('.ra-choice').forEach((b) => { b.disabled = false; })")
        tone = right[heard[-1]]
        moving_on(page, lambda tone=tone: page.click(f".ra-choice >> nth={tone - 1}"))


def watch(page: Any) -> None:
    page.wait_for_function("() => __player.playable")
    page.evaluate("() => __player.play()")
    page.wait_for_selector(".ra-go[aria-disabled=false]", timeout=30_000)


def choose(page: Any) -> None:
    """An answer by keys alone; checks as they ask."""
    asked = page.inner_text("h2")
    page.locator("h2").focus()
    if page.locator(".ra-scale").count():
        for _ in range(page.locator(".ra-scale").count()):
            page.keyboard.press("4")
            page.locator("h2").focus()
    else:
        page.keyboard.press("1" if "“Left" in asked else "5" if "“Right" in asked else "2")
    page.locator("h2").focus()


def test_a_whole_study_with_a_reload_in_the_middle(rate: Callable, app: App, folder: Path) -> None:
    page = rate("5f00a1")
    assert step(page) == "consent"
    assert "Second <b>paragraph</b> ${1+1} {{x}}." in page.inner_text(".ra-consent")
    page.click(".ra-go")
    assert "agree" in page.inner_text(".ra-said")
    heard = agree(page)
    assert step(page) == "headphones"
    pass_headphones(page, folder, heard)
    assert step(page) == "trial" and "does not count" in page.inner_text(".ra-practice")
    kinds, reloaded = [], False
    while step(page) == "trial":
        asked = page.inner_text("h2")
        kinds.append("practice" if page.locator(".ra-practice").count() else asked.split()[0])
        labels = page.locator(".dp-label").all_inner_texts()
        assert labels == ([] if page.locator(".ra-scale").count() else ["Left", "Right"])
        if len(kinds) == 3 and not reloaded:
            reloaded, before = True, page.inner_text(".ra-progress")
            page.reload()
            page.wait_for_selector(READY)
            assert (page.inner_text(".ra-progress"), page.inner_text("h2")) == (before, asked)
        choose(page)
        page.keyboard.press("Enter")
        assert "Watch first" in page.inner_text(".ra-sendrow") or "missing" in page.inner_text(".ra-said")
        watch(page)
        if len(kinds) == 2:
            page.locator(".ra-ticks input").nth(1).check()
            page.fill(".ra-comment", "=1+1 ünï\nsecond")
        page.locator("h2").focus()
        moving_on(page, lambda: page.keyboard.press("Enter"))
    assert len(kinds) == 6 and kinds[0] == "practice"
    assert page.inner_text(".ra-code") == "C0DE-1"
    assert page.get_attribute("a.ra-go", "href") == "https://example.org/done?cc=C0DE-1"

    found, bad = read_judgments(folder / "judgments.csv")
    assert not bad and {j.rater for j in found} and len({j.rater for j in found}) == 1
    by = sorted((j.kind, j.question, j.answer) for j in found)
    assert by == [("check", "attention", 1), ("check", "headphones", 6), ("consent", "1", 1),
                  ("match", "mismatch", -1), ("pair", "preference", -1), ("pair", "quality", -1),
                  ("single", "face", 4), ("single", "overall", 4)]
    told = next(j for j in found if j.comment)
    assert told.comment == "=1+1 ünï\nsecond" and told.reasons == "natural"
    for j in found:
        assert j.kind not in ("pair", "match", "single") or 1.0 <= j.watched_seconds <= j.response_seconds
    text = (folder / "judgments.csv").read_text()
    assert "5f00a1" not in text and not re.search(r'(^|,)"?=', text)
    page.reload()
    page.wait_for_selector(READY)
    assert step(page) == "thanks"


def test_delete_my_data(rate: Callable, folder: Path) -> None:
    page = rate("5f00b2", viewport={"width": 390, "height": 780})
    agree(page)
    page.click(".ra-delete")
    page.keyboard.press("Escape")
    assert page.locator(".ra-sure").is_hidden()
    page.click(".ra-delete")
    moving_on(page, lambda: page.click(".ra-danger"))
    assert step(page) == "deleted" and "1 rows" in page.inner_text(".ra-body")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
    found, _ = read_judgments(folder / "judgments.csv")
    assert found[-1].kind == "withdrawal" and found[-1].answer == 1
    assert Record(folder / "judgments.csv", "browser-test").alarm() is None


def test_wrong_links_get_a_sentence(rate: Callable, app: App) -> None:
    page = rate("")
    assert step(page) == "nobody" and "PROLIFIC_PID" in page.inner_text(".ra-card")
    for study in ("nothing-here", "..%2F..%2Fetc", ""):
        page.goto(f"{app.url}rate?study={study}&PROLIFIC_PID=x")
        page.wait_for_selector(READY)
        assert step(page) == "unknown"


def test_nothing_that_a_browser_gets_tells_who_made_a_dance(app: App, rate: Callable, folder: Path) -> None:
    study = load_study(folder)
    heads, bodies = [], []
    for shown in study.clips.values():
        with urllib.request.urlopen(f"{app.url}gradio_api/file={study.files / shown.name}") as answer:
            bodies.append(answer.read())
            heads.append({k: v for k, v in answer.headers.items() if k.lower() != "date"})
    assert len({len(body) for body in bodies}) == 1 and len(set(bodies)) == len(bodies)
    named = [{k: v.replace(s.name, "") for k, v in head.items()}
             for head, s in zip(heads, study.clips.values(), strict=True)]
    assert all(head == named[0] for head in named), "same headers, time stamps and all"
    assert len({body[:body.index(b"}")] for body in bodies}) == 1, "same header inside"
    for secret in ("study.json", "study.yaml", "judgments.csv", "state.sqlite", "salt"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{app.url}gradio_api/file={folder / secret}")
        assert refused.value.code in (403, 404)
    page = rate("5f00c3")
    told: list[Any] = []
    page.on("response", lambda r: told.append(r) if "component_server" in r.url else None)
    pass_headphones(page, folder, agree(page))
    assert step(page) == "trial" and len(told) == 7
    everything = page.content() + json.dumps([r.text() for r in told]) + " ".join(page.evaluate(
        "() => performance.getEntriesByType('resource').map((e) => e.name)"))
    for word in ("zebra", "wombat", "gLO", "gHO", "golden", "mismatch"):
        assert not re.search(rf"\b{word}\b", everything, re.IGNORECASE), word
    for shown in study.clips.values():
        assert shown.take not in everything
