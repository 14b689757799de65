"""What the Dance page weighs on the wire, by Chromium's network log, and printed. No test of its own.

    .venv/bin/python -m tests.browser.measure_weight

Bytes are those that came over the line, headers and compression included (`encodedDataLength`). First load: a
visitor who was never here; the body of the dancer and the motion are apart. Second load: the same browser
again. Then one dance, to the whole of a demo song: motion and sound a minute.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.browser.chromium import CHROMIUM, NO_GL, Chromium
from tests.browser.steps import READY, press_dance, report, wait_for_take
from tests.running import start, stop

KINDS = (("body", r"\.glb$"), ("motion", r"\.dnc$"), ("sound", r"\.(flac|m4a|ogg)$"), ("peaks", r"/peaks$"),
         ("player", r"player\.js$"), ("pictures", r"\.(png|jpe?g|webp|svg|ico)$"), ("fonts", r"\.woff2?$"),
         ("scripts of Gradio", r"\.js$"), ("styles", r"\.css$"))


@dataclass
class Weight:
    """Bytes on the wire since the last `take`, by kind; `files` the heaviest of them."""

    session: Any
    names: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    files: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, page: Any) -> Weight:
        session = page.context.new_cdp_session(page)
        made = cls(session)
        session.on("Network.requestWillBeSent",
                   lambda e: made.names.update({e["requestId"]: e["request"]["url"]}))
        session.on("Network.loadingFinished", made._came)
        session.send("Network.enable")
        return made

    def _came(self, event: dict[str, Any]) -> None:
        url = self.names.get(event["requestId"], "").partition("?")[0]
        kind = next((name for name, form in KINDS if re.search(form, url)), "page and messages")
        self.bytes[kind] += int(event["encodedDataLength"])
        self.files[url.rpartition("/")[2] or "/"] += int(event["encodedDataLength"])

    def settle(self, page: Any, calm: float = 3.0, most: float = 60.0) -> None:
        """Wait until nothing has come for so many seconds; the page's own line to the server never ends."""
        begun = last = time.monotonic()
        before = -1
        while time.monotonic() - last < calm and time.monotonic() - begun < most:
            now = sum(self.bytes.values())
            if now != before:
                before, last = now, time.monotonic()
            page.wait_for_timeout(200)

    def take(self) -> tuple[dict[str, int], dict[str, int]]:
        found = dict(self.bytes), dict(self.files)
        self.bytes.clear(), self.files.clear()
        return found


def told(name: str, found: tuple[dict[str, int], dict[str, int]], apart: tuple[str, ...] = ("body",)) -> int:
    """Print one load; the bytes that are not of the kinds apart."""
    kinds, files = found
    rest = sum(n for kind, n in kinds.items() if kind not in apart)
    beside = ", ".join(f"{k} {kinds.get(k, 0) / 1e6:.3f} MB" for k in apart)
    print(f"{name}: {rest / 1e6:.3f} MB, and {beside}")
    for kind, n in sorted(kinds.items(), key=lambda item: -item[1]):
        print(f"    {kind:20} {n / 1e3:9.1f} KB")
    heavy = sorted(files.items(), key=lambda item: -item[1])[:8]
    print("    heaviest: " + ", ".join(f"{f} {n / 1e3:.0f} KB" for f, n in heavy), flush=True)
    return rest


def main() -> int:
    if CHROMIUM is None:
        print("Chromium is not installed here.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        server = start(Path(folder), DANCE_GENERATOR="choreographer")
        browser = Chromium(NO_GL)
        try:
            page = browser.visit(server.url).page
            weight = Weight.of(page)
            for name in ("First load", "Second load"):
                page.goto(server.url)
                page.wait_for_selector(READY)
                weight.settle(page)
                told(name, weight.take())
            press_dance(page)
            wait_for_take(page)
            weight.settle(page)
            minutes = report(page)["duration"] / 60
            kinds, files = weight.take()
            told(f"A dance of {minutes:.2f} minutes", (kinds, files), ("body", "motion", "sound"))
            print(f"    a minute: motion {kinds.get('motion', 0) / 1e6 / minutes:.2f} MB, "
                  f"sound {kinds.get('sound', 0) / 1e6 / minutes:.2f} MB")
        finally:
            browser.close()
            stop(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
