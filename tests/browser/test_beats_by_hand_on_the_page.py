"""A song whose beats are wrong is mended on the page, by each control and by tapping, and danced anew.

What is held is what the controls do to the beats that were found.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dance_core.cli import main
from dance_core.longform.take import Take, load_take
from tests.browser.driven import Page
from tests.browser.steps import (
    dance_briefly,
    report,
    settle,
    upload,
    wait_for_run,
    wait_for_take,
    wait_while_it_gets_on,
)
from tests.running import Server

PACE, FIRST, SECONDS = 0.5, 0.2, 9.4  # so short that no dance is ranked by its song: no network is loaded
CLICKS = np.arange(FIRST, SECONDS - 0.1, PACE)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clicks at 120 BPM, all alike: which of them is "one" nobody can hear."""
    rate = 44_100
    samples = np.zeros(round(SECONDS * rate), np.float32)
    burst = np.exp(-np.arange(2000) / 300) * np.sin(np.arange(2000) * 0.2)
    for t in CLICKS:
        samples[round(t * rate):round(t * rate) + 2000] += 0.6 * burst
    path = tmp_path_factory.mktemp("song") / "clicks.wav"
    soundfile.write(path, samples, rate)
    return path


def beats_on_screen(page: Page) -> np.ndarray:
    """What the strips and the metronome have, s."""
    return np.array(page.evaluate("() => __player.beats.times"))


def ones_on_screen(page: Page) -> np.ndarray:
    return np.array(page.evaluate(
        "() => __player.beats.times.filter((_, i) => __player.beats.positions[i] === 1)"))


def press(page: Page, label: str) -> None:
    """Press a button of the panel by what a screen reader calls it, and wait for the answer."""
    page.evaluate("() => { document.querySelector('.bt-said').textContent = ''; }")
    page.click(f"[data-beats] button[aria-label='{label}']")
    page.wait_for_function("() => document.querySelector('.bt-said').textContent")


def danced_anew(page: Page, app: Server) -> Take:
    before = report(page)["take"]
    page.click(".bt-go")
    wait_for_run(page, before)
    wait_for_take(page)
    page.evaluate("() => { __player.pause(); __player.seek(0); }")
    settle(page)
    takes = map(load_take, (app.data / "takes").iterdir())
    return max((t for t in takes if t.by_hand), key=lambda t: t.created)


def same_on_the_command_line(take: Take, song: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """The numbers in take.json, as options, give the beats in take.json."""
    numbers = take.by_hand.record()
    words = ["--tempo-scale", numbers["tempo_scale"], "--nudge", str(numbers["nudge_ms"])]
    words += ["--one", numbers["one"]] if numbers["one"] else []
    words += ["--meter", str(numbers["meter"])] if numbers["meter"] else []
    if numbers["taps"]:
        (tmp_path / "taps").write_text("".join(f"{t}\n" for t in numbers["taps"]))
        words += ["--taps", str(tmp_path / "taps")]
    capsys.readouterr()
    assert main(["beats", str(song), *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["beats"] == pytest.approx(list(take.beats.times), abs=1e-4)
    assert told["downbeats"] == pytest.approx(list(take.beats.downbeats), abs=1e-4)


def far(times: np.ndarray, truth: np.ndarray = CLICKS) -> float:
    return float(np.abs(truth[1:-1, None] - times).min(axis=1).max())


def test_each_control_changes_the_beats_that_are_seen_clicked_and_danced(
        visit, app: Server, song: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    page = visit().page
    assert page.is_hidden("[data-beats]")  # nothing is on the stage yet
    upload(page, song)
    dance_briefly(page, 0, 5)
    page.click("[data-beats] summary")
    found = beats_on_screen(page)
    assert far(found) < 0.03

    press(page, "Double tempo: a beat more between any two")
    assert len(beats_on_screen(page)) == 2 * len(found) - 1 and set(found) <= set(beats_on_screen(page))
    press(page, "Half tempo: every second beat")
    assert np.array_equal(beats_on_screen(page), found)  # the inverse, exactly
    press(page, "Half tempo: every second beat")
    assert set(beats_on_screen(page)) < set(found)
    press(page, "Undo the last change")
    press(page, "Half a beat on, for all beats; once more: back")
    assert far(beats_on_screen(page), CLICKS + PACE / 2) < 0.03
    press(page, "Half a beat on, for all beats; once more: back")
    assert np.array_equal(beats_on_screen(page), found)
    press(page, "+10 ms: all beats later")
    press(page, "+10 ms: all beats later")
    press(page, "−10 ms: all beats earlier")
    assert beats_on_screen(page)[2] == pytest.approx(found[2] + 0.01, abs=1e-3)
    press(page, "3 beats a bar")
    page.evaluate("t => __player.seek(t + 0.1)", float(found[7]))
    settle(page)
    press(page, "Is here: the beat nearest to this moment of the song is “one”")
    assert np.abs(ones_on_screen(page) - found[7] - 0.01).min() < 1e-3
    press(page, "Later: “one” comes a beat after")
    assert np.abs(ones_on_screen(page) - found[8] - 0.01).min() < 1e-3
    press(page, "Earlier: “one” comes a beat before")
    # clicks are where the beats are now
    page.click("[data-beats] button[aria-label^='Click on']")
    page.evaluate("() => { __player.metronome.log.length = 0; __player.seek(1); __player.play(); }")
    wait_while_it_gets_on(page, "__player.metronome.log.length > 2")
    clicked = np.array(page.evaluate("() => __player.metronome.log.map((c) => c.beat)"))
    assert np.isin(clicked, beats_on_screen(page)).all()
    page.evaluate("() => __player.pause()")

    shown, ones = beats_on_screen(page), ones_on_screen(page)
    assert page.is_enabled(".bt-go")
    take = danced_anew(page, app)
    assert take.by_hand.meter == 3 and take.by_hand.nudge_ms == 10
    assert take.beats.times == pytest.approx(shown, abs=1e-3)
    assert take.beats.downbeats == pytest.approx(ones, abs=1e-3)
    assert take.found.times == pytest.approx(found, abs=1e-3)
    same_on_the_command_line(take, song, tmp_path, capsys)
    assert "set by hand" in page.inner_text("[data-facts]") and not page.is_enabled(".bt-go")
    assert beats_on_screen(page) == pytest.approx(shown, abs=1e-3)
    press(page, "Reset to the beats that were found")
    assert np.array_equal(beats_on_screen(page), found)


def test_tapping_mends_a_song_that_is_danced_to_wrong_beats(
        visit, app: Server, song: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    page = visit().page
    upload(page, song)
    dance_briefly(page, 0, 5)
    page.click("[data-beats] summary")
    press(page, "Half tempo: every second beat")
    press(page, "Half a beat on, for all beats; once more: back")
    assert far(beats_on_screen(page)) > 0.2  # now they are wrong
    # T on every click: the clock says where each tap falls, for a busy machine would be a late hand
    page.evaluate("() => __player.seek(1.5)")
    settle(page)
    page.click(".bt-tap")  # where the song stands, the first press lets it play
    wait_while_it_gets_on(page, "__player.report().playing")
    page.evaluate("""(times) => {
        for (const time of times) {
            __player.heardAt = () => time;
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true }));
        }
        delete __player.heardAt;
    }""", [float(t) - 0.03 for t in CLICKS[3:12]])
    page.wait_for_function("() => document.querySelector('.bt-said').textContent.includes('taps')")
    page.evaluate("() => __player.pause()")
    assert far(beats_on_screen(page)) < 0.05
    assert page.evaluate("() => __player.beats.times.length") >= len(CLICKS) - 1
    take = danced_anew(page, app)
    assert take.by_hand.source == "taps" and len(take.by_hand.taps) >= 4
    assert far(take.beats.times) < 0.05
    same_on_the_command_line(take, song, tmp_path, capsys)
