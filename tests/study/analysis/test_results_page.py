"""The Results page: nothing without the password, everything with it (in real Chromium)."""

from __future__ import annotations

import json
import os
import re
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest
from playwright.sync_api import Page, sync_playwright
from simulated import whole_study

from dance_core.errors import UserError
from dance_core.pages.files import use_folder
from dance_core.pages.place import listen, shown
from dance_core.pages.results_door import ALL_TRIES, LOCK_S, OPEN_S, TRIES, WINDOW_S, Door
from dance_core.pages.results_page import Studies, _View, comments_table, results_page
from dance_core.pages.serve import server, web_app
from dance_core.settings import Settings
from dance_core.study.analysis.estimates import Sure
from dance_core.study.analysis.table import make_table
from dance_core.study.judgments import JUDGMENTS, Judgment
from dance_core.study.preview import opens
from tests.study.studies import study_of
from tests.waiting import PATIENCE, until

PASSWORD = "correct horse battery"
CHROMIUM = "/usr/bin/chromium"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def record(settings: Settings, name: str, rows: list[Judgment]) -> Path:
    folder = settings.studies_dir / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "judgments.csv"
    path.write_bytes(JUDGMENTS.header + b"".join(JUDGMENTS.line(j.row()) for j in rows))
    return path


# --- the door -------------------------------------------------------------------------------------


def test_the_password_opens_and_passes_end() -> None:
    clock = Clock()
    door = Door(PASSWORD, clock)
    key = door.enter(PASSWORD, "a")
    assert door.open(key) and key != door.enter(PASSWORD, "a")
    for no in (None, "", 5, key + "x", PASSWORD):
        assert not door.open(no)
    clock.now += OPEN_S + 1
    assert not door.open(key)
    key = door.enter(PASSWORD, "a")
    door.leave(key)
    assert not door.open(key)


def test_guessing_takes_longer_and_longer() -> None:
    clock = Clock()
    door = Door(PASSWORD, clock)
    for _ in range(TRIES):
        with pytest.raises(UserError, match="not the password"):
            door.enter("guess", "a")
    with pytest.raises(UserError, match="wait 31 seconds"):
        door.enter(PASSWORD, "a")  # not even the right one, or it could be guessed meanwhile
    assert door.open(door.enter(PASSWORD, "b"))  # others need not wait
    clock.now += LOCK_S + 1
    for _ in range(TRIES):
        with pytest.raises(UserError, match="not the password"):
            door.enter(None, "a")
    with pytest.raises(UserError, match="wait 61 seconds"):
        door.enter("guess", "a")
    clock.now += 2 * LOCK_S + 1
    assert door.open(door.enter(PASSWORD, "a"))


def test_many_addresses_together_are_slowed_too() -> None:
    clock = Clock()
    door = Door(PASSWORD, clock)
    for i in range(ALL_TRIES):
        with pytest.raises(UserError, match="not the password"):
            door.enter("guess", f"address {i}")
    with pytest.raises(UserError, match="wait"):
        door.enter(PASSWORD, "another")
    clock.now += WINDOW_S + 1
    assert door.open(door.enter(PASSWORD, "another"))


def test_short_passwords_and_none() -> None:
    with pytest.raises(UserError, match="5 characters"):
        Door("short")
    with pytest.raises(UserError, match="DANCE_RESEARCHER_PASSWORD has 5"):
        Settings.from_env({"DANCE_RESEARCHER_PASSWORD": "short"})
    with gr.Blocks():
        assert results_page(Settings()) is False
    assert PASSWORD not in repr(Settings(researcher_password=PASSWORD))


# --- what it reads --------------------------------------------------------------------------------


def test_only_studies_that_there_are(settings: Settings) -> None:
    studies = Studies(settings, Sure(resamples=100))
    assert studies.names() == []
    path = record(settings, "spring", whole_study(raters=6))
    assert studies.names() == ["spring"]
    for name in ("../spring", "spring/../spring", "/etc", None, "autumn", ""):
        with pytest.raises(UserError, match="no such study"):
            studies.read(name)
    first = studies.read("spring")
    assert studies.read("spring") is first  # unchanged: not computed again
    record(settings, "spring", whole_study(raters=7))
    os.utime(path, ns=(1, 1))
    assert studies.read("spring").found.counts.raters == 6  # seven, one of them excluded


def test_refused_rows_are_told_on_the_page(settings: Settings) -> None:
    path = record(settings, "spring", whole_study(raters=6))
    path.write_bytes(path.read_bytes().replace(b",preference,", b",quality,", 3))
    told = view(settings).show("key", "spring", None)
    assert "3 of" in told[1] and "rows of the file were refused" in told[1] and "nt-error" in told[1]
    assert "rows of the file were refused" in told[2]
    record(settings, "spring", [replace(j, excluded="x") for j in whole_study(raters=3)])
    told = view(settings).show("key", "spring", None)
    assert "No answer counts" in told[2] and "refused" not in told[1] and "nan" not in told[1]


def view(settings: Settings) -> _View:
    """The page's events, with the door open."""
    found = _View(Door(PASSWORD), Studies(settings, Sure(resamples=100)), settings)
    found.door.open = lambda _: True  # type: ignore[method-assign]
    return found


def test_comments_are_text(settings: Settings) -> None:
    rows = whole_study(raters=3)
    rows[30] = replace(rows[30], comment="<b>x</b> | `y`\n# z")
    text = comments_table(make_table("spring", rows))
    assert "<b>" not in text and "\\|" in text and "\n# z" not in text
    assert comments_table(make_table("spring", whole_study(raters=3))) == "No comments."


# --- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), researcher_password=PASSWORD, port=0)
    rows = whole_study(raters=8)
    rows[20] = replace(rows[20], comment="<img src=x> slides a lot")
    record(settings, "spring", rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(settings.web_dir))
        use_folder(settings)
        with gr.Blocks(analytics_enabled=False) as pages:
            gr.HTML("")
        with pages.route("Results", "/results", show_in_navbar=False):
            assert results_page(settings)
        app, place = server(web_app(pages, settings)), listen(settings)
        thread = threading.Thread(target=app.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        assert until(lambda: app.started)
        yield f"{shown(place)}/"
        app.should_exit = True
        thread.join()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(1000 * PATIENCE)
        yield page
        browser.close()


@pytest.mark.browser
def test_from_the_password_to_the_files(address: str, page: Page) -> None:
    bodies: list[str] = []
    kept = ("/results", "/config")
    page.on("response", lambda r: bodies.append(r.text()) if r.url.endswith(kept) else None)
    page.goto(f"{address}results")
    page.fill("#results-password input", "a wrong password")
    page.click("#results-open")
    page.wait_for_selector("#results-said .nt-error")
    assert "not the password" in page.inner_text("#results-said")
    assert page.locator("#results-body:visible").count() == 0
    assert bodies and all(PASSWORD not in body and "soulnet" not in body.lower() for body in bodies)

    page.fill("#results-password input", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#results-chart-0 .main-svg", timeout=120_000)  # the analysis, on a busy machine
    page.wait_for_selector("#results-summary table")
    assert page.locator("#results-password:visible").count() == 0
    text = page.inner_text("#results-summary")
    assert "SoulNet" in text and "Davidson (1970)" in text
    assert "36 excluded, kept apart" in page.inner_text("#results-notice")
    assert page.locator("#results-files a").count() >= 3
    page.get_by_label("Music, scores and raters").click()
    page.wait_for_selector("text=Mean scores")
    assert page.locator("img[src=x]").count() == 0

    page.click("#results-close")
    page.wait_for_selector("#results-password:visible")
    assert "SoulNet" not in page.content()


@pytest.mark.browser
def test_events_that_are_sent_without_the_password_get_nothing(address: str) -> None:
    """Every event of the page, called as its script would, from a session that never gave the password."""
    def post(path: str, body: object) -> object:
        kind = {"Content-Type": "application/json"}
        ask = urllib.request.Request(address + path, json.dumps(body).encode(), kind)
        with urllib.request.urlopen(ask, timeout=PATIENCE) as answer:
            return json.loads(answer.read())

    with urllib.request.urlopen(f"{address}config", timeout=PATIENCE) as answer:
        config = json.loads(answer.read())
    events = [d for d in config["dependencies"] if d["backend_fn"]]
    assert len(events) >= 7
    told = f"{address}gradio_api/queue/data?session_hash=thief"
    # Three rounds in one session: what one event tells the session (the names of studies) the next may use.
    for study in (None, "spring", "spring"):
        for event in events:
            data = [None, study, "Overall preference"][:len(event["inputs"])]
            post("gradio_api/queue/join", {"data": data, "fn_index": event["id"], "session_hash": "thief"})
            seen = b""
            with urllib.request.urlopen(told, timeout=PATIENCE) as stream:
                for line in stream:
                    seen += line
                    if b"process_completed" in line or b"close_stream" in line:
                        break
            assert b"process_completed" in seen
            for secret in (b"SoulNet", b"soulnet", b"results.json", b'["spring"'):
                assert secret not in seen


def test_the_preview_is_a_link_for_whoever_has_the_password(settings: Settings) -> None:
    folder = settings.studies_dir / "tiny"
    study_of(folder)
    page = view(settings)
    assert page.studies.names() == ["tiny"]
    told = page.preview("key", "tiny")
    key = re.search(r"preview=([^&'\"]+)", told)[1]  # type: ignore[index]
    assert opens(folder, key) and "rate?study=tiny" in told
    assert "no answers yet" in page.show("key", "tiny", None)[1]
    assert "href" not in page.preview("key", "../tiny") and "href" not in page.preview("key", None)
    page.door.open = lambda _: False  # type: ignore[method-assign]
    assert "href" not in page.preview("key", "tiny")
