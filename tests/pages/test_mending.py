"""The panel of beats: what is pressed, what is tapped, what is danced of it, and what a stranger may send."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.longform.take import load_take
from dance_core.music.byhand import ByHand
from dance_core.pages.dancing import Order, Scene, dance
from dance_core.pages.files import use_folder
from dance_core.pages.mending import PRESSES, Mended, press
from dance_core.pages.results import facts
from dance_core.serving.local import LocalEngine
from dance_core.settings import Settings

SECONDS = 9.0  # so short that no dance is ranked by its song, which loads a network
PLAIN = ByHand().record()


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clicks at 120 BPM, the first of every four louder."""
    rate = 44_100
    samples = np.zeros(round(SECONDS * rate), np.float32)
    burst = np.exp(-np.arange(2000) / 300) * np.sin(np.arange(2000) * 0.2)
    for i, t in enumerate(np.arange(0.1, SECONDS - 0.1, 0.5)):
        at = round(t * rate)
        samples[at : at + 2000] += (0.8 if i % 4 == 0 else 0.4) * burst
    path = tmp_path_factory.mktemp("song") / "clicks.wav"
    soundfile.write(path, samples, rate)
    return path


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", "")  # put back afterwards
        made = Settings(data_dir=tmp_path_factory.mktemp("mending"), segment_bars=2)
        use_folder(made)
        yield made


@pytest.fixture(scope="module")
def engine(settings: Settings) -> Iterator[LocalEngine]:
    with LocalEngine(registry(), settings) as local:
        yield local


def scenes(order: Order, engine: LocalEngine, settings: Settings) -> list[Scene]:
    async def run() -> list[Scene]:
        return [scene async for scene in dance(order, engine, settings)]

    return asyncio.run(run())


@pytest.fixture(scope="module")
def order(song: Path) -> Order:
    return Order(str(song), None, "choreographer", "gHO", "ready", seed=3)


@pytest.fixture(scope="module")
def danced(order: Order, engine: LocalEngine, settings: Settings) -> list[Scene]:
    return scenes(order, engine, settings)


@pytest.fixture(scope="module")
def panel(danced: list[Scene]) -> dict:
    """What the panel got with the dance."""
    [value] = [s.panel for s in danced if s.panel is not None]
    return value


def pressed(panel: dict, settings: Settings, key: str, value: object = 0,
            by_hand: dict | None = None) -> dict:
    return press({"dance": panel["dance"], "by_hand": by_hand or panel["by_hand"], "press": key,
                  "value": value}, settings)


def test_the_panel_comes_with_the_first_sight_of_the_song(danced: list[Scene], panel: dict) -> None:
    assert danced[2].panel is panel and danced[2].run
    assert panel["now"] == panel["found"] and panel["by_hand"] == panel["plain"] == PLAIN
    assert panel["now"]["times"] == danced[2].player["beats"]["times"]
    assert panel["low"] == (panel["confidence"] < 0.6)


def test_each_button_changes_the_beats(panel: dict, settings: Settings) -> None:
    times = np.array(panel["found"]["times"])
    for key, value, tempo in (("double", 0, 240), ("half", 0, 60), ("on", 0, 120), ("one", 1, 120),
                              ("one", -1, 120), ("here", times[6] + 0.1, 120), ("meter", 3, 120),
                              ("nudge", 10, 120), ("taps", list(times[4:12] - 0.02), 120)):
        answer = pressed(panel, settings, key, value)
        assert answer["now"]["tempo"] == pytest.approx(tempo, rel=0.02), key
        assert answer["by_hand"] != PLAIN and answer["now"] != panel["now"], key
        assert answer["now"]["words"]
    assert times[6] in np.array(pressed(panel, settings, "here", times[6])["now"]["times"])[
        np.array(pressed(panel, settings, "here", times[6])["now"]["positions"]) == 1]
    assert set(PRESSES) == {"double", "half", "on", "one", "here", "meter", "nudge", "taps"}


def test_presses_go_on_from_one_another(panel: dict, settings: Settings) -> None:
    first = pressed(panel, settings, "taps", panel["found"]["times"][3:11])
    second = pressed(panel, settings, "half", 0, first["by_hand"])
    third = pressed(panel, settings, "double", 0, second["by_hand"])
    assert second["by_hand"]["taps"] == first["by_hand"]["taps"] and third == first
    assert second["now"]["tempo"] == pytest.approx(60, rel=0.02)


@pytest.mark.parametrize(("key", "value", "said"), [
    ("meter", 9, "2 to 7 beats, not 9"), ("nudge", 2000, "1000 ms, not by 2000"), ("taps", [1, 2], "2 taps"),
    ("here", "x", "no number"), ("taps", 7, "no taps"), ("fly", 0, "not known"),
    ("here", float("nan"), "no number"),
])
def test_what_can_not_be_is_said(key: str, value: object, said: str, panel: dict, settings: Settings) -> None:
    assert said in pressed(panel, settings, key, value)["error"]


@pytest.mark.parametrize("name", ["../../takes", "", None, 7, "A" * 24, "/etc/passwd", ["x"]])
def test_only_a_dance_of_the_page_can_be_named(name: object, settings: Settings) -> None:
    assert "error" in press({"dance": name, "by_hand": PLAIN, "press": "double"}, settings)


@given(st.dictionaries(st.sampled_from(["dance", "by_hand", "press", "value"]),
                       st.none() | st.text(max_size=9) | st.integers() | st.floats() | st.lists(st.floats())))
def test_whatever_is_sent_an_answer_comes(settings: Settings, panel: dict, sent: dict) -> None:
    answer = press({"dance": panel["dance"], "by_hand": panel["by_hand"], "press": "here"} | sent, settings)
    assert ("error" in answer) != ("now" in answer)
    json.dumps(answer, allow_nan=False)


def test_the_corrected_beats_are_danced_and_kept(order: Order, panel: dict, engine: LocalEngine,
                                                 settings: Settings) -> None:
    half = pressed(panel, settings, "half")
    state = pressed(panel, settings, "meter", 3, half["by_hand"])
    mended = Mended.read({"song": panel["song"], "by_hand": state["by_hand"]})
    last = scenes(dataclasses.replace(order, mended=mended), engine, settings)
    take = load_take(settings.takes_dir / last[-1].take.id)
    assert take.by_hand.record() == state["by_hand"]
    assert take.beats.times == pytest.approx(state["now"]["times"], abs=1e-4)
    assert take.found.times == pytest.approx(panel["found"]["times"], abs=1e-4)
    shown = next(s.panel for s in last if s.panel)
    assert shown["now"] == state["now"] and shown["found"] == panel["found"] and not shown["low"]
    assert facts(take)[0][::2] == ("Tempo", "set by hand")


def test_corrections_of_one_song_are_not_those_of_another(order: Order, panel: dict, engine: LocalEngine,
                                                          settings: Settings) -> None:
    mended = Mended(panel["song"], ByHand(meter=3))
    other = dataclasses.replace(order, mended=mended, start=2.0)
    last = scenes(other, engine, settings)[-1]
    assert last.take.by_hand is None and last.take.beats.beats_per_bar == 4
    with pytest.raises(UserError, match="another song, or another excerpt"):
        scenes(dataclasses.replace(other, again=True), engine, settings)
    nothing = dataclasses.replace(order, again=True)
    with pytest.raises(UserError, match="no song on the stage"):
        scenes(nothing, engine, settings)


def test_a_guess_opens_the_panel(engine: LocalEngine, settings: Settings, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 44_100 * 8).astype(np.float32)
    soundfile.write(tmp_path / "rain.wav", noise, 44_100)
    order = Order(str(tmp_path / "rain.wav"), None, "choreographer", "gHO", "ready", seed=3)
    shown = next(s.panel for s in scenes(order, engine, settings) if s.panel)
    assert shown["low"] and shown["confidence"] < 0.6


def test_what_a_browser_sends_with_the_form_is_checked() -> None:
    assert Mended.read(None) is None and Mended.read({"song": ""}) is None
    with pytest.raises(UserError, match="damaged"):
        Mended.read({"song": "x", "by_hand": {"meter": "3"}})
