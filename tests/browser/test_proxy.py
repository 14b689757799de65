"""Everything below a path of another server: real nginx, as in the README, real Chromium, a real app.

Two ways to one app: at `https://127.0.0.1:PORT/dance/` a proxy that DANCE_PROXIES names takes the prefix off;
at `http://localhost:PORT/dance/` one that it does not name leaves it on.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from dance_core.motion.files import load_npz
from dance_core.pages.results_door import TRIES
from dance_core.study.book import read_votes
from dance_core.study.judgments import read_judgments
from tests.browser import nginx
from tests.browser.chromium import CHROMIUM, NO_GL, SOFTWARE_GL, Chromium
from tests.browser.elsewhere import pages
from tests.browser.steps import cancel, press_dance, rate, report, upload, wait_for_motion, wait_for_take
from tests.browser.test_corners import clicks
from tests.running import ROOT, Server, start, stop
from tests.waiting import until

pytestmark = pytest.mark.skipif(None in (nginx.NGINX, nginx.OPENSSL),
                                reason="there is no nginx or no openssl (bash tests/run gets both)")
PASSWORD = "correct horse battery"
# nginx's certificate is signed by nobody. Playwright's `ignore_https_errors` would ask again for every file,
# and of many at once Chromium gives some up (ERR_TOO_MANY_RETRIES); by this flag none is refused at first.
OWN_CERTIFICATE = "--ignore-certificate-errors"
PROXY = "127.0.0.2"  # nginx speaks to the app from this address of the same machine
STUDY = """
id: below
title: Below a path
consent: {version: "1", text: "You may stop at any time."}
systems: [{name: zebra, generator: choreographer}, {name: wombat, generator: choreographer, seed: 2}]
songs: [{song: Sunday Lights, styles: [gHO], start: 16}]
blocks: [{kind: preference, trials: 1}]
raters: 4
clip_seconds: 3
lead_in: 0.5
watch_fraction: 0.4
headphones: "off"
attention: {checks: 0}
completion: {code: C0DE-1, url: "https://example.org/done?cc=C0DE-1"}
"""


@dataclass(frozen=True)
class Site:
    """The app, its two addresses, and nginx's log of what was asked outside of them."""

    app: Server
    off: str  # the prefix is taken off, by a proxy that is believed
    on: str  # the prefix stays on, and nobody named the proxy
    outside: Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("proxy")
    off, on, app = nginx.free_ports(3)
    made = start(folder, app, DANCE_FRAMES="http://localhost:*",
                 DANCE_PUBLIC_URL=f"https://127.0.0.1:{off}/dance/", DANCE_PROXIES=PROXY,
                 DANCE_RESEARCHER_PASSWORD=PASSWORD, DANCE_GENERATOR="choreographer")
    ways = {off: nginx.location(app, more=f"proxy_bind {PROXY};"), on: nginx.location(app, prefix_stays=True)}
    try:
        with nginx.running(folder, ways, https=off) as outside:
            top = httpx.get(f"http://localhost:{on}/favicon.ico")
            assert top.status_code == 404
            assert until(lambda: "favicon" in outside.read_text())  # it does hear of such
            outside.write_text("")
            yield Site(made, f"https://127.0.0.1:{off}/dance/", f"http://localhost:{on}/dance/", outside)
    finally:
        stop(made)


@pytest.fixture(scope="module")
def chromium(playwright: Any) -> Iterator[Chromium]:
    made = Chromium([*SOFTWARE_GL, OWN_CERTIFICATE], playwright)
    yield made
    made.close()


@pytest.fixture
def visit(site: Site, chromium: Chromium) -> Iterator[Callable]:
    """visit(home, page) -> a page below home; at the end nothing had failed or was asked elsewhere."""
    with contextlib.ExitStack() as stack:
        visits = []

        def made(home: str, page: str = "") -> Any:
            seen = chromium.visit(home)
            stack.callback(seen.close)
            visits.append(seen)
            seen.page.goto(home + page)
            return seen

        yield made
        for seen in visits:
            assert not seen.errors and not seen.strangers, (seen.errors, seen.strangers)
        assert site.outside.read_text() == ""


def on_stage(page: Any) -> Any:
    page.wait_for_selector("[data-player][data-ready]", timeout=60_000)
    return page


def dance_four_seconds(page: Any) -> None:
    page.click("#more-options button >> nth=0")
    page.fill("#length input", "4")
    press_dance(page)
    wait_for_take(page)


def votes(site: Site) -> list[Any]:
    return read_votes(site.app.data / "votes" / "votes.csv")[0]


def test_a_song_is_danced_played_rated_and_taken_along_below_a_path(visit: Callable, site: Site,
                                                                    tmp_path: Path) -> None:
    seen = visit(site.off)
    page = on_stage(seen.page)
    upload(page, clicks(tmp_path / "song.wav", 8))
    press_dance(page)
    wait_for_motion(page)
    wait_for_take(page)
    assert report(page)["look"] == "body"
    assert "saved" in rate(page, 5, "below a path")
    assert votes(site)[-1].comment == "below a path"
    assert len(load_npz(seen.download("[data-downloads] a >> nth=0"))) >= 8 * 30
    page.click("#chart-box button >> nth=0")
    page.wait_for_selector("#chart .main-svg")


def test_a_dance_is_cancelled_below_a_path(visit: Callable, site: Site, tmp_path: Path) -> None:
    page = on_stage(visit(site.off).page)
    upload(page, clicks(tmp_path / "long.wav", 590))
    press_dance(page)
    cancel(page)
    assert "Cancelled" in page.inner_text("[data-notice]")


@pytest.fixture(scope="module")
def study(site: Site) -> str:
    """The link that `study make` prints for raters, with nobody's id in it yet."""
    text = site.app.data.parent / "study.yaml"
    text.write_text(STUDY)
    environ = {**os.environ, "DANCE_DATA_DIR": str(site.app.data), "DANCE_PUBLIC_URL": site.off}
    done = subprocess.run([sys.executable, "-m", "dance_core", "study", "make", str(text)], cwd=ROOT,
                          env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(line.split()[1] for line in done.stdout.splitlines() if line.startswith("Open "))


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_rater_goes_through_a_study_below_a_path(visit: Callable, site: Site, study: str,
                                                   slash: str) -> None:
    assert study == f"{site.off}rate?study=below&PROLIFIC_PID=…"
    asked = study.removeprefix(site.off).replace("…", f"5f{len(slash)}0c1").replace("rate?", f"rate{slash}?")
    page = visit(site.off, asked).page
    page.wait_for_selector("[data-rate][data-step=consent]")
    page.check("#ra-agree")
    page.click(".ra-go")
    if slash:  # the way there was all that it has on top
        page.wait_for_selector("[data-rate][data-step=trial]")
        return
    for _ in range(2):  # one to try, one that counts
        page.wait_for_selector("[data-rate][data-step=trial]")
        page.wait_for_function("() => __player.playable")
        page.evaluate("() => __player.play()")
        page.wait_for_selector(".ra-go[aria-disabled=false]", timeout=30_000)
        before = page.get_attribute("[data-rate]", "data-ready")
        page.locator("h2").focus()
        page.keyboard.press("2")
        page.locator("h2").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("r => document.querySelector('[data-rate]').dataset.ready !== r", arg=before)
    page.wait_for_selector("[data-rate][data-step=thanks]")
    assert page.get_attribute("a.ra-go", "href") == "https://example.org/done?cc=C0DE-1"
    found, bad = read_judgments(site.app.data / "studies" / "below" / "judgments.csv")
    assert not bad and [(j.kind, j.answer) for j in found if j.kind == "pair"] == [("pair", -1)]


def guess(site: Site, home: str, address: str, spoofed: str = "") -> str:
    """A wrong password by way of nginx from an address of this machine; what the page would hear."""
    config = site.app.http.get(site.app.url + "config").json()
    event = next(d["id"] for d in config["dependencies"] if d["api_name"] == "enter")
    session = uuid.uuid4().hex
    told = {"X-Forwarded-For": spoofed} if spoofed else {}
    way = httpx.HTTPTransport(local_address=address, verify=False)
    with httpx.Client(transport=way, headers=told, timeout=40) as client:
        joined = client.post(f"{home}gradio_api/queue/join", json={
            "data": ["a wrong password"], "fn_index": event, "session_hash": session})
        assert joined.status_code == 200, joined.text
        with client.stream("GET", f"{home}gradio_api/queue/data?session_hash={session}") as stream:
            return next(line for line in stream.iter_lines() if "process_completed" in line)


def test_results_below_a_path_and_who_has_to_wait(visit: Callable, site: Site, study: str) -> None:
    for number in range(TRIES):
        assert "not the password" in guess(site, site.off, "127.0.0.3", f"6.6.6.{number}")
    assert "Too many wrong passwords" in guess(site, site.off, "127.0.0.3", "6.6.6.9")
    page = visit(site.off, "results").page  # from another address: nothing to wait for
    page.fill("#results-password input", PASSWORD)
    page.click("#results-open")
    page.wait_for_selector("#results-body:visible", timeout=60_000)
    assert page.locator("#results-password:visible").count() == 0
    # The proxy that nobody named: all of its visitors are one, whatever it says of them.
    home = site.on.replace("localhost", "127.0.0.1")
    for number in range(TRIES):
        assert "not the password" in guess(site, home, f"127.0.0.{10 + number}")
    assert "Too many wrong passwords" in guess(site, home, "127.0.0.20")


def test_the_prefix_may_stay_on(visit: Callable, site: Site, study: str) -> None:
    page = on_stage(visit(site.on).page)
    before = len(votes(site)) if (site.app.data / "votes").exists() else 0
    dance_four_seconds(page)
    assert "saved" in rate(page, 3, "with its prefix") and len(votes(site)) == before + 1
    page.goto(f"{site.on}rate?study=below&PROLIFIC_PID=5f00d4")
    page.wait_for_selector("[data-rate][data-step=consent]")


@pytest.fixture
def without_storage(playwright: Any, tmp_path: Path) -> Iterator[Any]:
    """A browser that keeps nothing for any page: every touch of its storage throws."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(
        {"profile": {"default_content_setting_values": {"cookies": 2}}}))
    made = playwright.chromium.launch_persistent_context(str(tmp_path), executable_path=CHROMIUM,
                                                         args=[*NO_GL, OWN_CERTIFICATE])
    yield made
    made.close()


@pytest.mark.parametrize("page, ready", [
    ("", "[data-player][data-ready]"),
    ("rate?study=below&PROLIFIC_PID=5f00e5", "[data-rate][data-step=consent]")])
def test_another_site_shows_it_in_a_frame_whose_storage_is_blocked(
        site: Site, study: str, without_storage: Any, page: str, ready: str, tmp_path: Path) -> None:
    said: list[str] = []
    shown = f"<iframe name=app src='{site.off}{page}' width=1000 height=800 allow=autoplay></iframe>"
    with pages({"embeds": shown}) as port:
        outer = without_storage.new_page()
        outer.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        outer.on("pageerror", lambda e: said.append(str(e)))
        outer.goto(f"http://localhost:{port}/embeds")
        frame = outer.frame("app")
        frame.wait_for_selector(ready, timeout=60_000)
        assert frame.evaluate("() => { try { return !localStorage; } catch { return true; } }")
        if page:
            frame.check("#ra-agree")
            frame.click(".ra-go")
            frame.wait_for_selector("[data-rate][data-step=trial]")
        else:
            upload(frame, clicks(tmp_path / "framed.wav", 4))
            press_dance(frame)
            wait_for_take(frame)
            assert "saved" in rate(frame, 4, "in a frame")
    assert not said and site.outside.read_text() == "", said
