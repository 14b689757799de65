"""One browser by its name, and pages of it that take the same commands in all of them.

    with launch("webkit", folder) as browser:             # or "firefox", "chromium"; folder: a new one
        visit = browser.visit(url, width=1100, height=860)  # a page of its own, not yet loaded
        visit.page.goto(url)
        visit.page.wait_for_selector("[data-player][data-ready]")
        visit.page.evaluate("t => __player.seek(t)", 3.5)
        file = visit.download("[data-downloads] a")
        visit.close()
        assert not visit.errors and not visit.strangers

`visit.page` is a `Page` (driven.py): Playwright's names, CSS selectors with ` >> nth=2` at most, times in ms.
`missing(name)` says in a sentence what is not installed. Firefox runs headless and has no WebGL there; WebKit
needs a screen and gets one from Xvfb, with WebGL by the processor; all three play their music without a sound
card. `python -m tests.browser.measure --browser webkit` prints how the player keeps up.
"""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from tests.browser.chromium import CHROMIUM, SOFTWARE_GL, Chromium
from tests.browser.firefox import FIREFOX, Firefox
from tests.browser.visit import Visit
from tests.browser.webkit import DRIVER, MINI_BROWSER, XVFB, WebKit

NAMES = ("chromium", "firefox", "webkit")


class Browser(Protocol):
    """A running browser."""

    name: str

    def visit(self, home: str, width: int = 1100, height: int = 860) -> Visit: ...
    def close(self) -> None: ...


def missing(name: str) -> str | None:
    """What this browser lacks here, in a sentence; None if it can run."""
    modules = {"chromium": "playwright", "firefox": "websockets"}
    if name in modules and importlib.util.find_spec(modules[name]) is None:
        return f"{modules[name]} is not installed (pip install -r tests/requirements.txt)"
    if name == "chromium" and CHROMIUM is None:
        return "there is no Chromium (apt-get install chromium)"
    if name == "firefox" and FIREFOX is None:
        return "there is no Firefox (apt-get install firefox-esr)"
    if name == "webkit" and not (DRIVER and MINI_BROWSER):
        return "there is no WebKitGTK with its driver (apt-get install webkit2gtk-driver)"
    if name == "webkit" and not XVFB:
        return "there is no Xvfb (apt-get install xvfb)"
    return None


@contextlib.contextmanager
def launch(name: str, folder: Path, arguments: list[str] | None = None, sound: bool = False,
           ) -> Iterator[Browser]:
    """A browser of `NAMES` that keeps its files in the new `folder`.

    Args:
        arguments: of Chromium only; software GL if None.
        sound: play through the machine's sound server, where one is (WebKit always does).
    """
    folder.mkdir(parents=True, exist_ok=True)
    browser: Browser
    if name == "chromium":
        browser = Chromium(SOFTWARE_GL if arguments is None else arguments, sound=sound)
    else:
        browser = Firefox(folder, sound) if name == "firefox" else WebKit(folder)
    try:
        yield browser
    finally:
        browser.close()
