"""A real app in a process of its own and real browsers."""

from __future__ import annotations

import contextlib
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
from typing import Any

import pytest

from tests.browser.chromium import SOFTWARE_GL, Chromium
from tests.browser.drivers import NAMES, Browser, launch, missing
from tests.browser.steps import READY
from tests.browser.visit import Visit

ROOT = Path(__file__).resolve().parents[2]
DEBIAN_SONG = Path("/usr/share/games/parsec47/sounds/ptn0.ogg")


def _in_browser(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_in_browser)  # last: Playwright keeps an event loop in this thread until the session ends
    for item in items:
        if _in_browser(item):
            item.add_marker("browser")


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


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    lacks = missing("chromium")
    if lacks:
        pytest.skip(lacks)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browsers(playwright: Any) -> Iterator[Callable[[list[str]], Chromium]]:
    """browsers(arguments) -> a Chromium with these arguments, started once."""
    running: dict[tuple[str, ...], Chromium] = {}

    def get(arguments: list[str]) -> Chromium:
        key = tuple(arguments)
        if key not in running:
            running[key] = Chromium(arguments, playwright)
        return running[key]

    yield get
    for browser in running.values():
        browser.close()


@pytest.fixture
def visit(app: App, browsers: Callable) -> Iterator[Callable[..., Visit]]:
    """visit(…) -> the Dance page in Chromium, on which nothing may go wrong until the end of the test."""
    with contextlib.ExitStack() as stack:

        def open_page(arguments: list[str] = SOFTWARE_GL, **context: Any) -> Visit:
            seen = browsers(arguments).visit(app.url, **context)
            stack.callback(without_fault, seen)
            seen.page.goto(app.url)
            seen.page.wait_for_selector(READY)
            return seen

        yield open_page


@pytest.fixture(scope="session", params=NAMES)
def each_browser(request: pytest.FixtureRequest,
                 tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, Firefox, WebKit: a test that asks for this one runs in each that is installed."""
    lacks = missing(request.param)
    if lacks:
        pytest.skip(lacks)
    if request.param == "chromium":  # Playwright runs once in a process
        yield request.getfixturevalue("browsers")(SOFTWARE_GL)
        return
    with launch(request.param, tmp_path_factory.mktemp(request.param)) as browser:
        yield browser


def without_fault(seen: Visit) -> None:
    """Close a page on which nothing may have gone wrong and which asked nothing of other hosts."""
    seen.close()
    assert not seen.errors, seen.errors
    assert not seen.strangers, seen.strangers
