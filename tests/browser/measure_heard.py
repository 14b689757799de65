"""How far the player's clock and its pictures are from what can be heard, in a real browser. No test.

    .venv/bin/python -m tests.browser.measure_heard --browser firefox      or webkit, chromium
    .venv/bin/python -m tests.browser.measure_heard --small                the small file that phones get

The browser plays a dance into a PulseAudio sink that plays to nobody. Its samples are recorded with the
time at which each is heard, and half a second of them at a time is found again in the song: that is the
music's true place, good to 1 ms. Against it stand, each 5 ms: `told`, what the audio element says; `clock`,
the player's clock (src/clock.js); `pose`, the moment of the dance that is on the screen. ms, positive where
ahead of the ear.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from scipy.signal import fftconvolve, resample_poly

from dance_core.music.decode import load_song
from dance_core.music.playback import write_small
from tests.browser import listening
from tests.browser.drivers import NAMES, launch, missing
from tests.browser.listening import RATE, Ear, null_sink
from tests.browser.steps import READY, press_dance, report, wait_for_take
from tests.running import Server, start, stop

PIECE = RATE // 2  # samples that are looked for in the song
REACH = 0.4  # s around what the browser tells in which they are looked for
ALIKE = 0.7  # correlation below which they were not found
_LOG = """ms => new Promise((done) => {
    const found = [], begun = performance.now();
    const timer = setInterval(() => {
        const now = performance.now(), r = __player;
        found.push([now / 1000, r.audio.currentTime, r.clock.peek(now), r.drawnTime, r.pictures]);
        if (now - begun > ms) { clearInterval(timer); done(found); }
    }, 5);
})"""


def ahead(page: Any) -> float:
    """s by which time.monotonic is ahead of the page's performance.now."""
    found = []
    for _ in range(60):
        before = time.monotonic()
        there = page.evaluate("() => performance.now() / 1000")
        after = time.monotonic()
        found.append((after - before, (before + after) / 2 - there))
    return float(np.median([offset for _, offset in sorted(found)[:5]]))


def heard(samples: np.ndarray, times: np.ndarray, song: np.ndarray,
          told: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """(N, 2) s: moments of the page, and the song's place that could be heard then.

    Args:
        samples: (M,) what was heard, at RATE.
        times: (M,) s of the page at which each was heard.
        song: (K,) the song, at RATE.
        told: moments (L,) and the places (L,) that the browser told then, s.
    """
    found = []
    for first in range(0, len(samples) - PIECE, PIECE // 2):
        piece = samples[first : first + PIECE]
        low = max(0, round((np.interp(times[first], *told) - REACH) * RATE))
        part = song[low : low + PIECE + round(2 * REACH * RATE)]
        if np.abs(piece).max() < 0.01 or len(part) <= PIECE:
            continue
        match = np.abs(fftconvolve(part, piece[::-1], "valid"))
        at = int(np.argmax(match))
        there = part[at : at + PIECE]
        if match[at] > ALIKE * np.linalg.norm(there) * np.linalg.norm(piece):
            found.append((times[first], (low + at) / RATE))
    places = np.reshape(found, (-1, 2))
    off = places[:, 1] - places[:, 0]
    return places[np.abs(off - np.median(off)) < 0.1]  # music repeats itself: a piece can be found elsewhere


def load(server: Server, url: str) -> np.ndarray:
    samples, rate = soundfile.read(io.BytesIO(server.http.get(url).content), always_2d=True)
    return resample_poly(samples.mean(axis=1), RATE, rate)


def play_small(page: Any, server: Server) -> None:
    """Have the page play the small file of its dance from now on."""
    sound = next((server.data / "web" / "dances").glob("*/song.flac"))
    write_small(load_song(sound), sound.with_name("song.m4a"))
    page.evaluate("() => { const { audio } = __player; audio.src = audio.src.replace('.flac', '.m4a'); }")
    page.wait_for_function("() => __player.audio.readyState >= 3")


def measure(name: str, server: Server, address: str, folder: Path, seconds: float, small: bool) -> None:
    with launch(name, folder, sound=True) as browser:
        page = browser.visit(server.url).page
        page.goto(server.url)
        page.wait_for_selector(READY)
        press_dance(page)
        wait_for_take(page)
        if small:
            play_small(page, server)
        page.evaluate("() => { __player.seek(1); __player.play(); }")
        page.wait_for_timeout(5000)
        offset = ahead(page)
        ear = Ear(address)
        time.sleep(1)
        log = np.array(page.evaluate(_LOG, 1000 * seconds))
        time.sleep(0.5)
        samples, line = ear.stop()
        # without loss it is, sample for sample, what the analysis heard
        song = load(server, page.evaluate("() => __player.audio.src.replace('.m4a', '.flac')"))
        there = report(page)
    now, told, clock, pose, pictures = log.T
    times = np.polyval(line, np.arange(len(samples))) - offset
    truth = heard(samples, times, song, (now, told))
    if len(truth) < 2 * seconds:
        raise SystemExit(f"Only {len(truth)} pieces of {seconds:g} s of the song could be heard.")
    inside = (now > truth[0, 0]) & (now < truth[-1, 0])
    place = np.interp(now, *truth.T)
    rate = (pictures[-1] - pictures[0]) / (now[-1] - now[0])
    coding = "small" if small else "lossless"
    print(f"{name}, {coding}: {there['look']} by {there['renderer']}, level {there['level']}, "
          f"{rate:.1f} pictures/s, "
          f"load {os.getloadavg()[0]:.1f}")
    for what, seconds_in in (("told", told), ("clock", clock), ("pose", pose)):
        off = 1000 * (seconds_in - place)[inside]
        p50, p95 = np.percentile(np.abs(off), [50, 95])
        print(f"  {what:6} mean {off.mean():6.1f}   distance p50 {p50:5.1f}   p95 {p95:5.1f}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--browser", choices=NAMES, default="firefox")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--small", action="store_true", help="the small file, against the other's samples")
    args = parser.parse_args()
    lacks = missing(args.browser) or listening.missing()
    if lacks:
        print(f"Not measured: {lacks}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name, null_sink(Path(name) / "pulse") as address:
        os.environ["PULSE_SERVER"] = address
        server = start(Path(name), DANCE_GENERATOR="choreographer")
        try:
            measure(args.browser, server, address, Path(name) / args.browser, args.seconds, args.small)
        finally:
            stop(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
