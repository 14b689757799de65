"""Music that the browser lost: where it is fetched anew, and when the player gives up."""

from __future__ import annotations

import math
from typing import Any

from tests.pages.javascript import run_js

_DO = """
    const r = new Recovery();
    return given.steps.map(([verb, time]) => {
        if (verb === "loaded") r.loaded = true;
        else return r[verb](time) ?? null;
        return null;
    });
"""


def does(*steps: tuple[Any, ...]) -> list[tuple[float, float] | None]:
    """(place in s, wait in ms) that each loss is answered with; None where it is to be said instead."""
    answers = run_js({"Recovery": "recovery.js"}, _DO, steps=[list(s) for s in steps])
    return [a and (a["place"], a["wait"]) for a, s in zip(answers, steps, strict=True) if s[0] == "lost"]


LOADED = ("loaded",)


def test_it_goes_on_further_before_each_time_and_then_gives_up() -> None:
    found = does(LOADED, *[("lost", 11.8)] * 5)
    assert found[:3] == [(11.8 - 0.5, 0), (11.8 - 2, 1000), (0, 3000)]
    assert found[3:] == [None, None]


def test_what_never_loaded_is_said_at_once() -> None:
    assert does(("lost", 0), ("lost", 3)) == [None, None]


def test_near_the_beginning_it_goes_on_from_there() -> None:
    assert does(LOADED, ("lost", 0.2), ("lost", 0.2)) == [(0, 0), (0, 1000)]


def test_a_damaged_place_that_is_played_up_to_again_and_again_is_given_up() -> None:
    played = [("plays", 9.6), ("plays", 10.01)]
    assert does(LOADED, *[("lost", 10), *played] * 4)[3] is None


def test_a_place_that_was_passed_is_forgotten() -> None:
    found = does(LOADED, *[("lost", 10), ("plays", 10.3)] * 6)
    assert found == [(9.5, 0)] * 6


def test_the_furthest_place_has_to_be_passed() -> None:
    found = does(LOADED, ("lost", 10), ("lost", 9.5), ("plays", 10), ("lost", 10), ("lost", 10))
    assert [f and f[0] for f in found] == [9.5, 7.5, 0, None]


def test_whoever_asks_for_a_place_gets_all_tries_anew() -> None:
    found = does(LOADED, *[("lost", 8)] * 4, ("asked", math.pi), ("lost", 8))
    assert found[3:] == [None, (7.5, 0)]
