"""Taps on the page: which belong together, and when they are handed on."""

from __future__ import annotations

from tests.pages.javascript import run_js

_DO = """
    const told = [], counted = [];
    globalThis.setTimeout = (call) => { told.waits = call; return 1; };
    globalThis.clearTimeout = () => { told.waits = null; };
    const taps = new Taps({ counted: (n, bpm) => counted.push([n, Math.round(bpm)]),
        rest: (times, first) => told.push([times, first]) });
    for (const step of given.steps) {
        if (step === "rest") told.waits?.();
        else if (step === "stop") taps.stop();
        else taps.tap(step);
    }
    return { told: [...told], counted };
"""


def does(*steps: float | str) -> dict:
    return run_js({"Taps": "taps.js"}, _DO, steps=steps)


def test_four_taps_are_handed_on_when_the_hand_rests_and_more_of_them_are_the_same_series() -> None:
    found = does(1.0, 1.5, 2.0, "rest", 2.5, "rest", 3.0, "rest")
    assert found["told"] == [[[1.0, 1.5, 2.0, 2.5], True], [[1.0, 1.5, 2.0, 2.5, 3.0], False]]
    assert found["counted"][-1] == [5, 120]


def test_a_pause_a_jump_back_and_an_undo_begin_anew() -> None:
    for steps in ((1.0, 1.5, 2.0, 6.5), (5.0, 5.5, 6.0, 2.0), (1.0, 1.5, 2.0, "stop", 2.5)):
        assert does(*steps)["counted"][-1][0] == 1


def test_a_finger_that_bounces_taps_once() -> None:
    assert does(1.0, 1.05, 1.5, 1.52)["counted"] == [[1, 0], [2, 120]]
