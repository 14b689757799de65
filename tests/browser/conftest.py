"""A real app in a process of its own and real browsers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import study_steps
from tests.browser.chromium import NO_GL, SOFTWARE_GL, Chromium
from tests.browser.driven import Page
from tests.browser.drivers import NAMES, Browser, launch, missing
from tests.browser.steps import READY
from tests.browser.visit import Visit
from tests.running import Server, start, stop

DEBIAN_SONG = Path("/usr/share/games/parsec47/sounds/ptn0.ogg")


def _in_browser(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_in_browser)  # last: Playwright keeps an event loop in this thread until the session ends
    for item in items:
        if _in_browser(item):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`python app.py` on a free port; the quick generator is chosen, so that the page has the processor."""
    server = start(tmp_path_factory.mktemp("browser"), DANCE_GENERATOR="choreographer")
    yield server
    stop(server)


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
def visit(app: Server, browsers: Callable) -> Iterator[Callable[..., Visit]]:
    """visit(…) -> the Dance page in Chromium, on which nothing may go wrong until the end of the test."""
    with contextlib.ExitStack() as stack:

        def open_page(arguments: list[str] = SOFTWARE_GL, **context: Any) -> Visit:
            seen = browsers(arguments).visit(app.url, **context)
            stack.callback(without_fault, seen)
            seen.page.goto(app.url)
            seen.page.wait_for_selector(READY)
            return seen

        yield open_page


@pytest.fixture
def rate_page(app: Server, browsers: Callable) -> Iterator[Callable[..., Page]]:
    """rate_page(query, …) -> the Rate page in Chromium, on which nothing may go wrong till the end."""
    with contextlib.ExitStack() as stack:

        def open_page(query: str, **context: Any) -> Page:
            seen = browsers(NO_GL).visit(app.url, **context)
            stack.callback(without_fault, seen)
            seen.page.goto(f"{app.url}rate?{query}")
            seen.page.wait_for_selector(study_steps.READY)
            return seen.page

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
