"""What a rater does on the Rate page, in any browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from dance_core.study.folder import load_study
from tests.browser.driven import Page
from tests.browser.steps import count
from tests.running import ROOT, Server

READY = "[data-rate][data-ready]"
_LISTEN = """() => {
    const heard = window.__heard = [];
    window.Audio = new Proxy(Audio, { construct(made, [url]) {
        if (url) heard.push(url.split("/").pop());
        return new made(url);
    } });
}"""


def make_study(app: Server, text: str) -> Path:
    """Its folder, made by the command while the app runs."""
    name = text.split("id: ", 1)[1].split()[0]
    file = app.data.parent / f"{name}.yaml"
    file.write_text(text)
    environ = {**os.environ, "DANCE_DATA_DIR": str(app.data)}
    done = subprocess.run([sys.executable, "-m", "dance_core", "study", "make", str(file)], cwd=ROOT,
                          env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return app.data / "studies" / name


def step(page: Page) -> str | None:
    return page.get_attribute("[data-rate]", "data-step")


def moving_on(page: Page, press: Callable[[], None]) -> None:
    """Press, and wait until the server has named the next step."""
    before = page.get_attribute("[data-rate]", "data-ready")
    press()
    page.wait_for_function("r => document.querySelector('[data-rate]').dataset.ready !== r", arg=before)


def agree(page: Page) -> None:
    page.evaluate(_LISTEN)
    page.check("#ra-agree")
    moving_on(page, lambda: page.click(".ra-go"))


def pass_headphones(page: Page, folder: Path) -> None:
    """Play the first sound to its end; answer all from what the server knows: a script can't hear."""
    right = dict(load_study(folder).tones)
    page.click(".ra-go")
    page.wait_for_selector(".ra-choice:not([disabled])")
    for number in range(1, 7):
        heard = page.evaluate("() => window.__heard")
        assert len(heard) == number
        page.evaluate("() => document.querySelectorAll('.ra-choice').forEach((b) => { b.disabled = false; })")
        tone = right[heard[-1]]
        moving_on(page, lambda tone=tone: page.click(f".ra-choice >> nth={tone - 1}"))


def watch(page: Page) -> None:
    """Play the clip until it may be judged."""
    page.wait_for_function("() => __player.playable")
    page.evaluate("() => __player.play()")
    page.wait_for_selector(".ra-go[aria-disabled=false]")


def choose(page: Page) -> None:
    """An answer by keys alone; checks as they ask."""
    asked = page.inner_text("h2")
    page.focus("h2")
    if count(page, ".ra-scale"):
        for _ in range(count(page, ".ra-scale")):
            page.keyboard.press("4")
            page.focus("h2")
    else:
        page.keyboard.press("1" if "“Left" in asked else "5" if "“Right" in asked else "2")
    page.focus("h2")
