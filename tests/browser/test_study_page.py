"""The Rate page in Chromium: leaving, what counts as watched, wrong links, and that nothing tells who is who.

A whole study is in test_every_browser.py.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dance_core.study.folder import load_study
from dance_core.study.judgments import read_judgments
from dance_core.study.record import Record
from tests.browser.driven import Page
from tests.browser.study_steps import READY, agree, make_study, moving_on, pass_headphones, step
from tests.running import Server

STUDY = """
id: browser-test
title: Which dance is better?
consent: {version: "1", text: "You may stop at any time."}
systems: [{name: zebra, generator: choreographer}, {name: wombat, generator: choreographer, seed: 2}]
songs:
  - {song: Sunday Lights, styles: [gHO], start: 16}
  - {song: Golden Handshake, styles: [gLO], start: 18}
blocks:
  - {kind: preference, trials: 1}
  - {kind: mismatch, trials: 1}
raters: 4
clip_seconds: 3
lead_in: 0.5
watch_fraction: 0.4
headphones: ask
"""


@pytest.fixture(scope="module")
def folder(app: Server) -> Path:
    return make_study(app, STUDY)


@pytest.fixture
def rate(rate_page: Callable[..., Page], folder: Path) -> Callable[..., Page]:
    """rate(person) -> the Rate page of this study, see conftest.rate_page."""
    return lambda person, **context: rate_page(f"study=browser-test&PROLIFIC_PID={person}", **context)


def test_delete_my_data(rate: Callable, folder: Path) -> None:
    page = rate("5f00b2", viewport={"width": 390, "height": 780})
    agree(page)
    page.click(".ra-delete")
    page.keyboard.press("Escape")
    assert page.locator(".ra-sure").is_hidden()
    page.click(".ra-delete")
    moving_on(page, lambda: page.click(".ra-danger"))
    assert step(page) == "deleted" and "2 rows" in page.inner_text(".ra-body")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
    found, _ = read_judgments(folder / "judgments.csv")
    assert found[-1].kind == "withdrawal" and found[-1].answer == 2
    assert Record(folder / "judgments.csv", "browser-test").alarm() is None


def test_only_what_was_on_the_screen_counts_as_watched(rate: Callable, folder: Path) -> None:
    page = rate("5f00d4")
    agree(page)
    pass_headphones(page, folder)
    page.wait_for_function("() => __player.playable")
    played = """() => new Promise((done) => {
        const { audio } = __player, { seen } = document.querySelector("[data-rate]").__page;
        audio.addEventListener("pause", () => setTimeout(() => done(seen.seconds), 300), { once: true });
        __player.play();
    })"""
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { value: true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert page.evaluate(played) < 0.2, "behind another page"
    page.evaluate("""() => {
        delete document.hidden;
        document.dispatchEvent(new Event("visibilitychange"));
        __player.audio.addEventListener("playing", () => setTimeout(() => {
            const end = performance.now() + 2200;  // a machine that needs seconds for a picture
            while (performance.now() < end);
        }, 300), { once: true });
    }""")
    assert page.evaluate(played) > 2.7, "however few pictures were drawn of its 3 s"
    page.evaluate("""() => {
        document.querySelector("[data-rate]").__page.seen.seconds = 0;
        __player.play();
        __player.seek(2.5);
    }""")
    page.wait_for_function("() => __player.audio.ended || __player.audio.paused")
    assert page.evaluate("() => document.querySelector('[data-rate]').__page.seen.seconds") < 1.5, "a seek"


def test_wrong_links_get_a_sentence(rate: Callable, app: Server) -> None:
    page = rate("")
    assert step(page) == "nobody" and "PROLIFIC_PID" in page.inner_text(".ra-card")
    for study in ("nothing-here", "..%2F..%2Fetc", ""):
        page.goto(f"{app.url}rate?study={study}&PROLIFIC_PID=x")
        page.wait_for_selector(READY)
        assert step(page) == "unknown"


def test_nothing_that_a_browser_gets_tells_who_made_a_dance(app: Server, rate: Callable,
                                                            folder: Path) -> None:
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
    agree(page)
    pass_headphones(page, folder)
    assert step(page) == "trial" and len(told) == 7
    everything = page.content() + json.dumps([r.text() for r in told]) + " ".join(page.evaluate(
        "() => performance.getEntriesByType('resource').map((e) => e.name)"))
    for word in ("zebra", "wombat", "gLO", "gHO", "golden", "mismatch"):
        assert not re.search(rf"\b{word}\b", everything, re.IGNORECASE), word
    for shown in study.clips.values():
        assert shown.take not in everything
