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
            if (r.playing && !r.seeking) found.push(Math.abs(r.poseTime - (r.audioTime - r.shift)) * 1000);
            if (performance.now() - begun > ms) { clearInterval(timer); done(found); }
        }, 7);
    })""", 1000 * seconds)
    return np.array(found)


def insist_on_webgl(page: Any) -> None:
    """Load the page anew so that WebGL draws, though only this machine's processor stands behind it."""
    page.evaluate("() => localStorage.setItem('dance-core.renderer', '\"webgl\"')")
    page.reload()
    page.wait_for_selector("[data-player][data-ready]")


def dance_briefly(page: Any, seconds: float = 10, seed: int = 4) -> None:
    """A short dance to the first demo song, until it is complete; it stands still at its beginning."""
    if page.is_hidden("#length input"):
        page.click("#more-options button >> nth=0")
    page.fill("#length input", f"{seconds:g}")
    page.fill("#seed input", str(seed))
    before = report(page)["take"]
    press_dance(page)
    wait_for_run(page, before)
    wait_for_take(page)
    page.evaluate("() => { __player.pause(); __player.seek(0); }")


def wait_for_run(page: Any, before: str, seconds: float = 90) -> None:
    """Until another dance than `before` is on the stage, and the rating of that one is gone."""
    page.wait_for_function(f"() => __player.report().take !== {before!r}", timeout=1000 * seconds)


def step_frames(page: Any, count: int) -> int:
    """Go to second 2 and on by `count` frames with the arrow key; how many did not fit exactly."""
    fps = page.evaluate("() => { __player.pause(); __player.seek(2); return __player.tracks[0].fps; }")
    page.wait_for_timeout(300)
    page.focus("[data-player]")
    first = round(report(page)["audioTime"] * fps - 0.06)
    missed = 0
    for i in range(1, count + 1):
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => { const r = __player.report(); "
                               "return !r.seeking && Math.abs(r.poseTime - r.audioTime) < 1e-4; }")
        missed += int(report(page)["poseTime"] * fps + 1e-6) != first + i
    return missed


def rate(page: Any, points: int = 4, comment: str = "") -> str:
    """Rate the dance that is on the stage; the sentence that comes back."""
    for key in ("overall", "on_beat", "natural", "harmony"):
        page.locator(f"[data-key={key}] label").nth(points - 1).click()
    page.fill(".rt-comment", comment)
    page.click(".rt-send")
    page.wait_for_function("() => /saved|rate/i.test(document.querySelector('.rt-said').textContent)")
    return page.inner_text(".rt-said")
