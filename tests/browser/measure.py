"""How the player keeps up, measured in a real Chromium and printed. No test: numbers depend on the machine.

    .venv/bin/python -m tests.browser.measure                all of it, about 10 minutes
    .venv/bin/python -m tests.browser.measure --short        20 s for 3 minutes, 6 reloads for 30
    .venv/bin/python -m tests.browser.measure --browser webkit   or firefox, chromium: less, the same in each

`updates/s` are poses drawn a second; `p50` and `p95` say how far, in ms of real time, the pose on the screen
is from the player's clock (src/clock.js), which is the music's place between what the browser tells of it;
`told` is the p95 against what the browser tells, which in Firefox is up to 40 ms old. How far the clock is
from what can be heard: measure_heard.py. Everything is drawn by the processor here: beside each row stands
the load of the machine (1 = one core busy).
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.browser.chromium import CHROMIUM, NO_GL, SOFTWARE_GL
from tests.browser.drivers import NAMES, launch, missing
from tests.browser.steps import press_dance, report, step_frames, wait_for_run, wait_for_take
from tests.running import start, stop

_WATCH = """ms => new Promise((done) => {
    const found = [], begun = performance.now(), first = __player.report().pictures;
    const timer = setInterval(() => {
        const r = __player.report(), rate = __player.audio.playbackRate;
        if (r.playing && !r.seeking) found.push([r.clockTime, r.audioTime].map((t) =>
            Math.abs(r.poseTime - (t - r.shift)) * 1000 / rate));
        if (performance.now() - begun < ms) return;
        clearInterval(timer);
        done([found, (__player.report().pictures - first) / (performance.now() - begun) * 1000]);
    }, 7);
})"""


def watch(page: Any, seconds: float) -> tuple[np.ndarray, float]:
    """Offsets (N, 2) in ms, from the player's clock and from what the browser tells; poses drawn a second."""
    found, updates = page.evaluate(_WATCH, 1000 * seconds)
    return np.reshape(found, (-1, 2)), updates


def row(name: str, page: Any, seconds: float = 6.0) -> None:
    offsets, updates = watch(page, seconds)
    there = report(page)
    p50, p95 = np.percentile(offsets, [50, 95], axis=0) if len(offsets) else np.full((2, 2), np.nan)
    print(f"{name:34} {there['look']:9} {there['renderer']:>8} {there['level']:5} {updates:9.1f} "
          f"{p50[0]:7.1f} {p95[0]:7.1f} {p95[1]:7.1f} {os.getloadavg()[0]:6.1f}", flush=True)


def speeds(name: str, page: Any) -> None:
    for rate in (1, 0.5, 2):
        page.evaluate("r => { __player.setSpeed(r); __player.setLoop(0); __player.play(); }", rate)
        page.wait_for_timeout(2500)
        row(f"{name}, {rate:g}×", page)
    page.evaluate("() => __player.setSpeed(1)")


def seeks(name: str, page: Any, count: int = 20) -> None:
    rng = random.Random(1)
    for _ in range(count):
        page.evaluate("t => __player.seek(t)", rng.uniform(0, report(page)["duration"] - 3))
        page.wait_for_timeout(180)
    row(f"{name}, after {count} seeks", page, 4.0)


def heap(session: Any) -> float:
    """MB that JavaScript holds after a collection."""
    session.send("HeapProfiler.collectGarbage")
    found = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return found["JSHeapUsedSize"] / 1e6


def reloads(page: Any, count: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    took = []
    for _ in range(count):
        page.reload()
        page.wait_for_selector("[data-player][data-ready]")
        page.wait_for_function("() => __player.report().look === 'body'")
        took.append(heap(session))
    print(f"{count} reloads of the page: JS heap {took[0]:.1f} MB after the first, {took[-1]:.1f} MB after "
          f"the last, at most {max(took):.1f} MB")


def dances_anew(page: Any, count: int) -> None:
    """The same page shows other dances, one after another."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    press_dance(page)
    wait_for_take(page)
    page.evaluate("() => { window.__value = null; const set = __player.set.bind(__player);"
                  "__player.set = (v) => { if (v?.panes) window.__value = v; set(v); }; }")
    press_dance(page)
    wait_for_run(page, report(page)["take"])
    wait_for_take(page)
    took = []
    for i in range(count):
        page.evaluate("i => __player.set({ ...window.__value, take: `again ${i}`, nonce: `${i}` })", i)
        page.wait_for_function("() => __player.report().made > 5")
        page.wait_for_timeout(150)
        took.append(heap(session))
    gl = page.evaluate("() => __player.renderer.renderer?.info.memory")
    print(f"{count} dances on one page: JS heap {took[0]:.1f} MB after the first, {took[-1]:.1f} MB after "
          f"the last; on the card {gl}")


def frames(page: Any, count: int = 120) -> None:
    missed = step_frames(page, count)
    print(f"{count} frame steps: {count - missed} exact")


def compare(page: Any) -> None:
    page.click("[data-compare] button")
    page.wait_for_selector(".cp-kept")
    before = report(page)["take"]
    press_dance(page)
    wait_for_run(page, before)
    wait_for_take(page)


def one_dance(name: str, url: str, page: Any) -> None:
    """A dance at three speeds and after seeks, once the player has found what the machine can draw."""
    page.goto(url)
    page.wait_for_selector("[data-player][data-ready]")
    press_dance(page)
    wait_for_take(page)
    page.wait_for_timeout(5000)
    speeds(f"{name}, one", page)
    seeks(f"{name}, one", page)


def in_browser(name: str, url: str) -> None:
    """One dance and two, at three speeds and after seeks, in any of the browsers (drivers.py)."""
    print(_HEAD)
    with tempfile.TemporaryDirectory() as folder, launch(name, Path(folder) / name) as browser:
        page = browser.visit(url).page
        one_dance(name, url, page)
        for look in ("body", "skeleton"):
            page.evaluate("look => { __player.play(); __player.setLook(look); }", look)
            page.wait_for_timeout(5000)
            row(f"{name}, one, {look}", page)
        compare(page)
        page.wait_for_timeout(5000)
        row(f"{name}, two", page)


_HEAD = (f"{'what':34} {'look':9} {'drawn by':>8} {'level':>5} {'updates/s':>9} {'p50 ms':>7} {'p95 ms':>7} "
         f"{'told':>7} {'load':>6}")


def measure(url: str, short: bool) -> None:
    from playwright.sync_api import sync_playwright

    print(_HEAD)
    with sync_playwright() as playwright:
        for name, arguments, renderer in (("software GL", SOFTWARE_GL, ""), ("no GL", NO_GL, ""),
                                          ("WebGL on software GL", SOFTWARE_GL, "webgl")):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
            page = browser.new_context(viewport={"width": 1100, "height": 860}).new_page()
            page.add_init_script(f"localStorage.setItem('dance-core.renderer', '\"{renderer}\"');"
                                 "localStorage.setItem('dance-core.look', '\"body\"');")
            one_dance(name, url, page)
            if name != "no GL":
                page.wait_for_timeout(1000 * (20 if short else 180))
                row(f"{name}, one, after " + ("20 s" if short else "3 min"), page)
                frames(page)
            page.evaluate("() => { __player.play(); __player.setLook('skeleton'); }")
            page.wait_for_timeout(2500)
            row(f"{name}, one", page)
            page.evaluate("() => __player.setLook('body')")
            compare(page)
            page.wait_for_timeout(5000)
            speeds(f"{name}, two", page)
            seeks(f"{name}, two", page)
            if name != "no GL":
                page.evaluate("() => __player.pause()")
                reloads(page, 6 if short else 30)
                dances_anew(page, 6 if short else 30)
            browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="less of everything")
    parser.add_argument("--browser", choices=NAMES, help="updates/s and offsets in this one only")
    args = parser.parse_args()
    lacks = missing(args.browser or "chromium")
    if lacks:
        print(f"Not measured: {lacks}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        server = start(Path(folder), DANCE_GENERATOR="choreographer")  # quick: the page has the processor
        try:
            in_browser(args.browser, server.url) if args.browser else measure(server.url, args.short)
        finally:
            stop(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
