"""A page of another origin in a real browser: it can read nothing of the app and change nothing.

The same script runs on a page of the app first: there everything works, so what fails elsewhere fails by its
origin.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.chromium import NO_GL, Chromium
from tests.browser.elsewhere import pages
from tests.running import Server

BODY = "{ data: [{}], fn_index: run, component_id: panel, fn_name: 'vote', session_hash: 'stranger' }"
# What a page can try: each gives true where it got something, or was told that something was done.
TRIES = """async ([app, run, panel]) => {
    const api = app + 'gradio_api/';
    const text = JSON.stringify(BODY), form = new FormData();
    form.append('files', new Blob(['stranger']), 'stranger.wav');
    const json = { 'Content-Type': 'application/json' };
    const got = (a) => a.ok && a.type !== 'opaque';
    const late = (ms) => new Promise((done) => setTimeout(done, ms, false));
    const tag = (name, more) => new Promise((done) => {
        const e = document.createElement(name);
        e.onload = () => done(true);
        e.onerror = () => done(false);
        Object.assign(e, more);
        document.head.append(e);
    });
    const tries = {
        read: () => fetch(app + 'config', { credentials: 'include' }).then(got),
        bare: () => fetch(app + 'config', { mode: 'no-cors', credentials: 'include' }).then(got),
        file: () => fetch(api + 'file=PICTURE').then(got),
        image: () => tag('img', { src: api + 'file=PICTURE' }),
        script: () => tag('script', { src: api + 'file=SCRIPT' }),
        stream: () => Promise.race([late(4000), new Promise((done) => {
            const s = new EventSource(api + 'heartbeat/stranger');
            s.onopen = () => { s.close(); done(true); };
            s.onerror = () => { s.close(); done(false); };
        })]),
        join: () => fetch(api + 'queue/join', { method: 'POST', headers: json, body: text }).then(got),
        ask: () => fetch(api + 'component_server', { method: 'POST', headers: json, body: text,
            credentials: 'include' }).then(got),
        upload: () => fetch(api + 'upload', { method: 'POST', body: form }).then(got),
    };
    const found = {};
    for (const [name, attempt] of Object.entries(tries)) found[name] = await attempt().catch(() => false);
    return found;
}""".replace("BODY", BODY)
# What needs no leave of a browser, and of which the page hears nothing: it must fail at the app.
BLIND = """async ([app, run, panel]) => {
    const api = app + 'gradio_api/';
    const text = JSON.stringify(BODY), form = new FormData();
    form.append('files', new Blob(['stranger']), 'stranger.wav');
    const bare = { method: 'POST', mode: 'no-cors', credentials: 'include' };
    for (const path of ['queue/join', 'component_server', 'run/predict', 'cancel', 'reset'])
        await fetch(api + path, { ...bare, body: text }).catch(() => 0);
    await fetch(api + 'upload', { ...bare, body: form }).catch(() => 0);
    navigator.sendBeacon(api + 'upload', form);
    const frame = document.createElement('iframe');
    frame.name = 'hidden';
    document.body.append(frame);
    const sent = document.createElement('form');
    Object.assign(sent, { method: 'POST', action: api + 'upload', enctype: 'multipart/form-data' });
    sent.target = 'hidden';
    const field = document.createElement('textarea');
    field.name = 'files';
    sent.append(field);
    document.body.append(sent);
    sent.submit();
    await new Promise((done) => setTimeout(done, 500));
}""".replace("BODY", BODY)
REBOUND = "rebound.example"


@pytest.fixture(scope="module")
def chromium(playwright: Any) -> Iterator[Chromium]:
    """A browser for which a stranger's name leads to this machine."""
    made = Chromium([*NO_GL, f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1"], playwright)
    yield made
    made.close()


@pytest.fixture(scope="module")
def asked(app: Server) -> tuple[str, list[Any]]:
    """The tries with files of this app in them, and what they are given: address, event, component."""
    with urllib.request.urlopen(f"{app.url}config") as answer:
        config = json.load(answer)
    by = {c["props"].get("elem_id"): c for c in config["components"]}
    shown = by["pose"]["props"]["value"]
    tries = TRIES.replace("PICTURE", shown["poses"][0]["image"]["path"])
    tries = tries.replace("SCRIPT", shown["script"]["path"])
    run = next(d["id"] for d in config["dependencies"] if d["api_name"] == "run")
    return tries, [app.url, run, by["rating"]["id"]]


@pytest.fixture
def open_page(chromium: Chromium) -> Iterator[Callable]:
    """open_page(url) -> a page on it, and every answer that it gets from then on; of those that the browser
    keeps from it, because the app says so (Cross-Origin-Resource-Policy), the request."""
    closed = []

    def made(url: str) -> tuple[Any, list[Any]]:
        seen = chromium.visit(url)
        closed.append(seen.close)
        answers: list[Any] = []
        seen.page.goto(url)
        seen.page.on("response", lambda answer: answers.append(answer))
        seen.page.on("requestfailed",
                     lambda asked: "BLOCKED_BY_RESPONSE" in (asked.failure or "") and answers.append(asked))
        return seen.page, answers

    yield made
    for close in closed:
        close()


def kept(app: Server) -> list[str]:
    """Everything on the app's disk but pictures of poses."""
    return sorted(str(p) for p in app.data.rglob("*") if p.is_file() and "poses" not in p.parts)


def test_a_page_of_our_own_may_do_all_that_is_tried(open_page: Callable, asked: tuple) -> None:
    page, _ = open_page(asked[1][0])
    found = page.evaluate(*asked)
    assert len(found) == 9 and all(found.values()), found


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("frame", ["", "allow-scripts", "allow-scripts allow-same-origin"])
def test_a_page_of_another_origin_gets_nothing_and_changes_nothing(
        open_page: Callable, app: Server, asked: tuple, name: str, frame: str) -> None:
    before = kept(app)
    inner = f"<iframe name=inner sandbox='{frame}' src=/plain></iframe>" if frame else ""
    with pages({"plain": "<body>", "outer": inner}) as port:
        page, answers = open_page(f"http://{name}:{port}/{'outer' if frame else 'plain'}")
        where = page.frame("inner") if frame else page
        found = where.evaluate(*asked)
        assert len(found) == 9 and not any(found.values()), found
        where.evaluate(BLIND, asked[1])
        ours = [a for a in answers if a.url.startswith(app.url)]
        assert {a.url.partition("/gradio_api/")[2] for a in ours} >= {
            "queue/join", "component_server", "run/predict", "cancel", "reset", "upload"}  # they did arrive
        told = [a for a in ours if hasattr(a, "status")]
        assert {a.status for a in told} <= {403}
        assert not [h for a in told for h in a.headers if h.startswith("access-control")]
    assert kept(app) == before


def test_a_strangers_name_that_leads_here_is_told_so_and_nothing_else(open_page: Callable, app: Server,
                                                                      asked: tuple) -> None:
    port = urlsplit(app.url).port
    page, answers = open_page(f"http://{REBOUND}:{port}/")
    assert page.inner_text("body") == (f"This app does not answer to the name {REBOUND}. Whoever runs it can "
                                       "allow it with DANCE_HOSTS or DANCE_PUBLIC_URL.")
    before = kept(app)
    found = page.evaluate(asked[0], [f"http://{REBOUND}:{port}/", *asked[1][1:]])
    assert not any(found.values()), found
    # its own policy lets it ask for nothing; what it asks all the same is refused
    assert {a.status for a in answers if hasattr(a, "status")} <= {421} and kept(app) == before
