"""What a visitor does and sees, in the words of the tests. A `page` is one of any browser (driven.py).

Nothing here is a time that a machine must keep: a wait goes on while the app gets on, and a picture is held
against the music of the moment in which it was drawn, however late that was.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from tests.browser.driven import Page

READY = "[data-player][data-ready]"
APART = 0.12  # s: more between a pose and its music is a wrong clock, on the slowest machine too
STILL = 120  # s without any progress after which a wait gives up
CAP = 600  # s after which it gives up whatever is reported
# What is drawn against what is heard, the music being read when the drawing begins.
_DRAWN = """([wanted, least, ms]) => new Promise((done) => {
    const p = __player, renderer = p.renderer, draw = renderer.draw, found = [], begun = performance.now();
    const end = () => { clearInterval(timer); delete renderer.draw; done(found); };
    renderer.draw = function (poses, ...rest) {
        if (!p.audio.paused && !p.audio.seeking) found.push(poses[0].time - p.audio.currentTime);
        return draw.call(this, poses, ...rest);
    };
    const timer = setInterval(() => {
        const n = found.length, took = performance.now() - begun;
        if (n >= wanted || (n >= least && took > ms) || took > 12 * ms) end();
    }, 50);
})"""


def report(page: Page) -> dict[str, Any]:
    """What the player says of itself (player.js, `report`)."""
    return page.evaluate("() => __player.report()")


def count(page: Page, css: str) -> int:
    return page.evaluate("css => document.querySelectorAll(css).length", css)


def upload(page: Page, file: Path) -> None:
    page.set_input_files("#upload input[type=file]", str(file))
    page.wait_for_selector("#upload .file-preview")


def press_dance(page: Page) -> None:
    page.click("#go")


def wait_while_it_gets_on(page: Page, condition: str) -> None:
    """Until the JavaScript `condition` holds, as long as the dance and its playing get on."""
    begun = changed = time.monotonic()
    before = None
    while not page.evaluate(f"() => Boolean({condition})"):
        there = report(page)
        words = page.evaluate("() => document.querySelector('.dp-message').textContent")
        now = [*(there[k] for k in ("take", "done", "total", "made", "status", "audioTime")), words]
        if now != before:
            before, changed = now, time.monotonic()
        assert time.monotonic() - changed < STILL, f"{condition}: nothing for {STILL} s after {now}"
        assert time.monotonic() - begun < CAP, f"{condition}: not in {CAP} s; last {now}"
        page.wait_for_timeout(100)


def wait_for_words(page: Page, words: str) -> str:
    """Until the player says `words`, which come with the picture after their state; all that it says."""
    said = "document.querySelector('.dp-message').innerText"
    wait_while_it_gets_on(page, f"{said}.includes({json.dumps(words)})")
    return page.inner_text(".dp-message")


def cancel(page: Page) -> None:
    """Stop the dance that is being made, and wait until the page says something about it."""
    page.wait_for_selector("#cancel", state="visible")
    page.click("#cancel")
    page.wait_for_selector("[data-notice]:not([hidden])")


def wait_for_motion(page: Page) -> None:
    """Until the dance plays."""
    wait_while_it_gets_on(page, "__player.report().playing")


def wait_for_take(page: Page) -> None:
    """Until the dance is complete and can be rated."""
    wait_while_it_gets_on(page, "document.querySelector('[data-rating]:not([hidden])')?.offsetHeight")


def wait_for_run(page: Page, before: str) -> None:
    """Until another dance than `before` is on the stage, and the rating of that one is gone."""
    wait_while_it_gets_on(page, f"__player.report().take !== {before!r}")


def settle(page: Page) -> dict[str, Any]:
    """Pause if it plays, and wait until the picture shows the moment where the music stands; the report."""
    page.evaluate("() => __player.pause()")
    page.wait_for_function("() => { const r = __player.report(); return !r.playing && !r.seeking && "
                           "Math.abs(r.poseTime - r.audioTime) < 1e-4; }")
    return report(page)


def drawn_offsets(page: Page, pictures: int = 40, least: int = 8, seconds: float = 3.0) -> np.ndarray:
    """(N,) s by which each of the next pictures is ahead of the music at the moment when it is drawn.

    Args:
        pictures: how many are wanted.
        least: how many there must be once `seconds` have passed: few on a machine that draws slowly.
    """
    found = page.evaluate(_DRAWN, [pictures, least, 1000 * seconds])
    assert len(found) >= least, f"only {len(found)} pictures were drawn while it played"
    return np.array(found)


def seek_by_click(page: Page, share: float) -> float:
    """Click on the lower strip; the second to which that place belongs."""
    width, height = page.evaluate("() => { const b = document.querySelector('.dp-overview')"
                                  ".getBoundingClientRect(); return [b.width, b.height]; }")
    page.click(".dp-overview", position={"x": share * width, "y": height / 2})
    return share * report(page)["duration"]


def insist_on_webgl(page: Page) -> None:
    """Load the page anew so that WebGL draws, though only this machine's processor stands behind it."""
    page.evaluate("() => localStorage.setItem('dance-core.renderer', '\"webgl\"')")
    page.reload()
    page.wait_for_selector(READY)


def dance_briefly(page: Page, seconds: float = 10, seed: int = 4) -> None:
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
    settle(page)


def step_frames(page: Page, count: int) -> int:
    """Go to second 2 and on by `count` frames with the arrow key; how many did not fit exactly."""
    fps = page.evaluate("() => { __player.pause(); __player.seek(2); return __player.tracks[0].fps; }")
    page.focus("[data-player]")
    first = round(settle(page)["audioTime"] * fps - 0.06)
    missed = 0
    for i in range(1, count + 1):
        page.keyboard.press("ArrowRight")
        missed += int(settle(page)["poseTime"] * fps + 1e-6) != first + i
    return missed


def rate(page: Page, points: int = 4, comment: str = "") -> str:
    """Rate the dance that is on the stage; the sentence that comes back."""
    for key in ("overall", "on_beat", "natural", "harmony"):
        page.click(f"[data-key={key}] label >> nth={points - 1}")
    page.fill(".rt-comment", comment)
    page.click(".rt-send")
    page.wait_for_function("() => /saved|rate/i.test(document.querySelector('.rt-said').textContent)")
    return page.inner_text(".rt-said")
