"""Debian's Chromium over Playwright, which downloads no browser of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from tests.browser.driven import PATIENCE
from tests.browser.visit import Visit

CHROMIUM = next((p for p in ("/usr/bin/chromium", shutil.which("chromium"), shutil.which("chromium-browser"))
                 if p and Path(p).exists()), None)
_ALWAYS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--disable-background-networking"]
# WebGL by the processor, and the page put together as Chromium does it where there is no graphics card.
# Forced to do that over SwiftShader too, it needs a core and a half for it alone.
SOFTWARE_GL = [*_ALWAYS, "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
               "--disable-gpu-compositing"]
NO_GL = [*_ALWAYS, "--disable-3d-apis"]


class Chromium:
    """A headless Chromium, until `close`.

    Args:
        playwright: a running one, else one is started.
        sound: can be heard; Playwright mutes it otherwise.
    """

    name = "chromium"

    def __init__(self, arguments: list[str], playwright: Any = None, sound: bool = False) -> None:
        self._own = None
        if playwright is None:
            from playwright.sync_api import sync_playwright

            playwright = self._own = sync_playwright().start()
        self.browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments,
                                                  ignore_default_args=["--mute-audio"] if sound else None)

    def visit(self, home: str, width: int = 1100, height: int = 860, **context: Any) -> Visit:
        """An empty page with storage of its own; more of Playwright's settings may be given."""
        context.setdefault("viewport", {"width": width, "height": height})
        made = self.browser.new_context(**context)
        made.set_default_timeout(PATIENCE)
        page = made.new_page()

        def download(selector: str) -> Path:
            with page.expect_download() as coming:
                page.click(selector)
            return Path(coming.value.path())

        seen = Visit(page, download, close=made.close)
        page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: seen.errors.append(str(e)))
        page.on("dialog", lambda d: (seen.errors.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: None if r.url.startswith((home, "data:", "blob:"))
                else seen.strangers.append(r.url))
        return seen

    def close(self) -> None:
        self.browser.close()
        if self._own:
            self._own.stop()
