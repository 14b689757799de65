"""A long song danced and watched on one small machine: how soon it moves, whether it runs dry.

    .venv/bin/python -m tests.browser.measure_long_song                       this checkout
    .venv/bin/python -m tests.browser.measure_long_song --also ../before      and another one, in turn
    .venv/bin/python -m tests.browser.measure_long_song --command-line        the command line beside two busy
                                                                              processes instead

The app, the browser that plays and draws, and the generator share the cores. `first movement` counts from the
click on Dance to the moment that the dance plays; `dry` is how often it had to wait for the next segment;
`whole Take` counts from the click until the dance can be rated. No test: numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from dance_core.corpus.studio.songwriter import write_song
from dance_core.music.playback import write_playback
from tests.browser.chromium import CHROMIUM, SOFTWARE_GL
from tests.browser.steps import upload
from tests.running import ROOT, start, stop

SECONDS = 228.0
_WATCH = """() => {
    const seen = window.__seen = { click: performance.now(), first: null, whole: null, dry: [], drawn: 0 };
    let waiting = false;
    const timer = setInterval(() => {
        const r = __player.report(), now = (performance.now() - seen.click) / 1000;
        if (r.playing && seen.first === null) { seen.first = now; seen.drawn = r.pictures; }
        if (seen.first !== null && r.waiting && !waiting) seen.dry.push(Math.round(r.audioTime));
        waiting = r.waiting;
        const form = document.querySelector('[data-rating]');
        if (form && !form.hidden && r.done && r.done === r.total && r.status !== 'working') {
            seen.whole = now;
            seen.pictures = (r.pictures - seen.drawn) / (now - seen.first);
            clearInterval(timer);
        }
    }, 20);
}"""


@contextmanager
def app(checkout: Path, folder: Path) -> Iterator[str]:
    """The app of a checkout in a process of its own, warm: its address."""
    folder.mkdir()
    server = start(folder, checkout=checkout, DANCE_GENERATOR="jepa")
    try:
        time.sleep(6)  # weights and libraries load in the background
        yield server.url
    finally:
        stop(server)


def once(playwright: Any, url: str, song: Path, most: float) -> dict[str, Any]:
    """Upload, dance, watch until the Take is complete."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SOFTWARE_GL)
    try:
        page = browser.new_context(viewport={"width": 1100, "height": 860}).new_page()
        page.add_init_script("localStorage.setItem('dance-core.look', '\"body\"');")
        page.goto(url)
        page.wait_for_selector("[data-player][data-ready]")
        upload(page, song)
        page.wait_for_timeout(1500)
        page.evaluate(_WATCH)
        page.click("#go")
        begun = time.monotonic()
        while time.monotonic() - begun < most and page.evaluate("() => __seen.whole === null"):
            page.wait_for_timeout(500)
        return page.evaluate("() => __seen")
    finally:
        browser.close()


def watched(checkouts: list[Path], runs: int, most: float) -> None:
    print(f"{'build':28} {'first movement s':>17} {'dry':>4} {'whole Take s':>13} {'pictures/s':>11}")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        song = write_playback(write_song("gHO", 4, SECONDS).song, Path(name) / "song.flac")
        for run in range(runs):
            for k, checkout in enumerate(checkouts):
                with app(checkout, Path(name) / f"{run}-{k}") as url:
                    seen = once(playwright, url, song, most)
                whole = f"{seen['whole']:.1f}" if seen["whole"] else f"> {most:.0f}"
                first = f"{seen['first']:.2f}" if seen["first"] else "never"
                print(f"{checkout.name:28} {first:>17} {len(seen['dry']):4d} {whole:>13} "
                      f"{seen.get('pictures', float('nan')):11.1f}", flush=True)


def command_line(checkouts: list[Path], runs: int, seconds: float) -> None:
    """`dance` alone with one thread, and as it is beside two processes that keep the cores busy."""
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    print(f"{'build':28} {'alone, one thread s':>20} {'beside two busy s':>18} {'times':>6}")
    with tempfile.TemporaryDirectory() as name:
        song = write_playback(write_song("gHO", 4, seconds).song, Path(name) / "song.flac")
        for run in range(runs):
            for k, checkout in enumerate(checkouts):
                before = _timed(checkout, song, Path(name) / f"{run}-{k}-alone", alone)
                busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
                try:
                    after = _timed(checkout, song, Path(name) / f"{run}-{k}-beside", {})
                finally:
                    for process in busy:
                        process.kill()
                        process.wait()
                print(f"{checkout.name:28} {before:20.2f} {after:18.2f} {after / before:6.2f}", flush=True)


def _timed(checkout: Path, song: Path, out: Path, more: dict[str, str]) -> float:
    environ = {k: v for k, v in os.environ.items() if k not in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    environ |= {"DANCE_DATA_DIR": str(out / "data"), "PYTHONPATH": str(checkout), **more}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "dance_core", "dance", str(song), "--style", "gHO", "--seed", "4",
                    "--pose", "ready", "--generator", "jepa", "--out", str(out / "dance")], cwd=checkout,
                   env=environ, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--also", type=Path, action="append", default=[], metavar="DIR",
                        help="another checkout to measure in turn with this one")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--most", type=float, default=240.0, help="seconds after which a dance is given up")
    parser.add_argument("--command-line", action="store_true")
    parser.add_argument("--seconds", type=float, default=60.0, help="of the song on the command line")
    args = parser.parse_args()
    checkouts = [ROOT, *(path.resolve() for path in args.also)]
    if args.command_line:
        command_line(checkouts, args.runs, args.seconds)
    elif CHROMIUM is None:
        print("There is no Chromium (apt-get install chromium).", file=sys.stderr)
        return 2
    else:
        watched(checkouts, args.runs, args.most)
    return 0


if __name__ == "__main__":
    sys.exit(main())
