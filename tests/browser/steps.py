"""What a visitor does and sees, in the words of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

_REPORT = "() => { const r = __player.report(); return r; }"


def report(page: Any) -> dict[str, Any]:
    """What the player says of itself (player.js, `report`)."""
    return page.evaluate(_REPORT)


def upload(page: Any, file: Path) -> None:
    page.set_input_files("#upload input[type=file]", str(file))
    page.wait_for_selector("#upload .file-preview")


def press_dance(page: Any) -> None:
    page.click("#go")


def wait_for_motion(page: Any, seconds: float = 90) -> None:
    """Until the dance plays."""
    page.wait_for_function("() => __player.report().playing", timeout=1000 * seconds)


def wait_for_take(page: Any, seconds: float = 90) -> None:
    """Until the dance is complete and can be rated."""
    page.wait_for_selector("[data-rating]:not([hidden])", timeout=1000 * seconds)


def offsets(page: Any, seconds: float) -> np.ndarray:
    """(N,) ms between the music and the pose on the screen, sampled apart from the player's pictures."""
    found = page.evaluate("""ms => new Promise((done) => {
        const found = [], begun = performance.now();
        const timer = setInterval(() => {
            const r = __player.report();
            if (r.playing && !r.seeking) found.push(Math.abs(r.poseTime - r.audioTime) * 1000);
            if (performance.now() - begun > ms) { clearInterval(timer); done(found); }
        }, 7);
    })""", 1000 * seconds)
    return np.array(found)


def rate(page: Any, points: int = 4, comment: str = "") -> str:
    """Rate the dance that is on the stage; the sentence that comes back."""
    for key in ("overall", "on_beat", "natural", "harmony"):
        page.locator(f"[data-key={key}] label").nth(points - 1).click()
    page.fill(".rt-comment", comment)
    page.click(".rt-send")
    page.wait_for_function("() => /saved|rate/i.test(document.querySelector('.rt-said').textContent)")
    return page.inner_text(".rt-said")
