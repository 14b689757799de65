"""A real app in a process of its own and a real Chromium with software GL."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.chromium import CHROMIUM, SOFTWARE_GL

ROOT = Path(__file__).resolve().parents[2]
DEBIAN_SONG = Path("/usr/share/games/parsec47/sounds/ptn0.ogg")


def _in_browser(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_in_browser)  # last: Playwright keeps an event loop in this thread until the session ends
    for item in items:
        if _in_browser(item):
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no Chromium (apt-get install chromium)"))


@dataclass
class App:
    """A running app: its address and its data folder."""

    url: str
    data: Path
    process: subprocess.Popen = field(repr=False)
    log: Path = field(repr=False)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """`python app.py` on a free port, warm."""
    folder = tmp_path_factory.mktemp("browser")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "app.log"
    environ = {**os.environ, "DANCE_DATA_DIR": str(folder / "data"), "DANCE_PORT": str(port),
               "DANCE_GENERATOR": "choreographer"}  # quick, so that the page has the processor
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environ, stdout=out,
                                   stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait(url, process, log)
        yield App(url, folder / "data", process, log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"the app did not start: {log.read_text()}")


@dataclass
class Visit:
    """A page and everything that went wrong on it."""

    page: object
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)  # requests to other hosts


@pytest.fixture(scope="session")
def playwright() -> Iterator[object]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browsers(playwright) -> Iterator[Callable]:
    """browsers(arguments) -> a Chromium with these arguments, started once."""
    running: dict[tuple[str, ...], object] = {}

    def get(arguments: list[str]) -> object:
        key = tuple(arguments)
        if key not in running:
            running[key] = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        return running[key]

    yield get
    for browser in running.values():
        browser.close()


@pytest.fixture
def visit(app: App, browsers: Callable) -> Iterator[Callable]:
    """visit(…) -> an open page. At the end no page may have had an error or asked another host."""
    visits: list[Visit] = []
    contexts = []

    def open_page(arguments: list[str] = SOFTWARE_GL, **context) -> Visit:
        context.setdefault("viewport", {"width": 1100, "height": 860})
        made = browsers(arguments).new_context(**context)
        contexts.append(made)
        page = made.new_page()
        seen = Visit(page)
        page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: seen.errors.append(str(e)))
        page.on("dialog", lambda d: (seen.errors.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: seen.strangers.append(r.url) if _elsewhere(r.url, app.url) else None)
        page.goto(app.url)
        page.wait_for_selector("[data-player][data-ready]")
        visits.append(seen)
        return seen

    yield open_page
    for context in contexts:
        context.close()
    for seen in visits:
        assert not seen.errors, seen.errors
        assert not seen.strangers, seen.strangers


def _elsewhere(url: str, home: str) -> bool:
    return not url.startswith((home, "data:", "blob:"))
