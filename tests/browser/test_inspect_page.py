"""The Inspect page in every browser: a fault is found, gone to, looped, kept as a case, and mended."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from practice import same

from dance_core.cli import main
from dance_core.longform.take import load_take
from dance_core.motion.motion import Motion
from tests.browser.conftest import without_fault
from tests.browser.driven import Page
from tests.browser.drivers import Browser
from tests.pages.injected import SHAKES, shaken_take
from tests.running import Server, start, stop

PASSWORD = "a long enough password"
# ms after which a fault is looked at; the loop begins before the fault and ends after it
# Where the music is sent, as it is sent: a "seeking" may come when it already plays on from there.
HEARD = """() => {
    const time = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "currentTime");
    window.__sought = [];
    Object.defineProperty(window.__player.audio, "currentTime", {
        get() { return time.get.call(this); },
        set(at) { window.__sought.push(at); time.set.call(this, at); },
        configurable: true,
    });
}"""


@pytest.fixture(scope="module")
def researcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app with two dances, one of which trembles, and a password."""
    folder = tmp_path_factory.mktemp("inspect")
    for seed in (1, 2):
        shaken_take(folder / "data" / "takes", seed=seed)
    server = start(folder, DANCE_GENERATOR="choreographer", DANCE_RESEARCHER_PASSWORD=PASSWORD)
    yield server
    stop(server)


def enter(page: Page, researcher: Server, password: str) -> None:
    """Go to the page and say a password, as soon as the page hears: a button may be seen before it does."""
    page.goto(f"{researcher.url}inspect")
    page.wait_for_selector("#inspect-password input")
    page.wait_for_function("() => window.DanceCore")
    page.fill("#inspect-password input", password)
    page.click("#inspect-open")


def test_a_fault_is_found_gone_to_kept_and_mended(each_browser: Browser, researcher: Server, tmp_path: Path,
                                                  capsys: pytest.CaptureFixture) -> None:
    seen = each_browser.visit(researcher.url)
    page = seen.page
    enter(page, researcher, PASSWORD)
    page.wait_for_selector("#inspect-takes tbody tr")
    page.wait_for_function("() => [...document.querySelectorAll('#inspect-takes td.tk-bad')].length > 0")
    assert "A <b>shaken</b> song" in page.inner_text("#inspect-takes tbody")
    page.click("#inspect-takes tbody tr .tk-name >> nth=0")
    page.wait_for_selector("#inspect-faults .fl-item")
    page.wait_for_function("() => window.__player?.playable && window.__player.made > 7")

    page.evaluate(HEARD)
    item = page.evaluate("""() => {
        const f = window.__player.panes[0].faults, worst = [...f].sort((a, b) => b.severity - a.severity)[0];
        return [worst.kind, worst.start, worst.stop];
    }""")
    page.click("#inspect-faults .fl-item >> nth=0")
    page.wait_for_function("() => window.__sought.length > 0 && window.__player.loop")
    assert item[0] == "jitter" and abs(item[1] - SHAKES[0]) < 0.2
    assert abs(page.evaluate("() => window.__sought[0]") - item[1]) < 1 / 30
    begin, end = page.evaluate("() => window.__player.loop")
    assert begin < item[1] and end > item[2]
    assert page.evaluate("() => window.__player.audio.playbackRate") == 0.5
    page.wait_for_function("() => document.querySelector('.dp-marks-canvas').dataset.marks")
    page.wait_for_function("b => window.__sought.length > 1 && Math.abs(window.__sought.at(-1) - b) < 0.1",
                           arg=begin)
    # the server fills in where the stretch begins
    page.wait_for_function("at => Math.abs(document.querySelector('#inspect-start input').value - at) < 0.02",
                           arg=item[1] - 0.2)

    page.fill("#inspect-tag input", f"shakes in {each_browser.name}")
    page.click("#inspect-keep")
    page.wait_for_function("t => document.querySelector('#inspect-cases').innerText.includes(t)",
                           arg=f"shakes in {each_browser.name}")
    page.click("#inspect-bundle")
    page.wait_for_selector("#inspect-file a")
    case = max((researcher.data / "inspect" / "cases").iterdir(), key=lambda p: p.stat().st_mtime)
    assert main(["inspect", str(case / "take"), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)["faults"]
    assert any(f["kind"] == "jitter" and abs(f["start_s"] - item[1]) < 0.01 for f in again)
    packed = next((researcher.data / "web" / "dances").glob(f"*/case-{case.name[:8]}.zip"))
    assert zipfile.ZipFile(packed).testzip() is None

    page.click("#inspect-mend")
    page.wait_for_selector("#inspect-player .dp-two")
    done = load_take(max((researcher.data / "inspect" / "mended").iterdir(), key=lambda p: p.stat().st_mtime))
    parent = load_take(researcher.data / "takes" / done.parent)
    first, last = round((item[1] - 0.2) * 30), round((item[2] + 0.2) * 30)
    assert same(_but(done.motion, first, last), _but(parent.motion, first, last))
    assert not same(done.motion, parent.motion)
    without_fault(seen)


def _but(motion: Motion, first: int, last: int) -> Motion:
    return Motion.join([motion.slice(0, first - 1), motion.slice(last + 1, len(motion))])


def test_without_the_password_nothing_is_shown(each_browser: Browser, researcher: Server) -> None:
    seen = each_browser.visit(researcher.url)
    page = seen.page
    enter(page, researcher, "not the password")
    page.wait_for_selector("#inspect-said [data-notice]")
    assert "not the password" in page.inner_text("#inspect-said")
    assert page.evaluate("() => document.querySelectorAll('#inspect-takes tbody tr').length") == 0
    without_fault(seen)
