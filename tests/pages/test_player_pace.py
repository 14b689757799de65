"""Which picture the player chooses on machines of known speed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.javascript import run_js

# A machine: `gl` and `canvas` ms for one unit of work, `bones` ms for the skeleton, `rest` ms that the
# browser itself needs for a picture (at most `busy` more until `until` ms), a screen that shows one every
# `screen` ms.
_RUN = """
    const { gl, canvas, bones, rest, busy, until, screen, density, begin, only, look, seconds, again } = {
        gl: 1, canvas: 4, bones: 3, rest: 0, busy: 0, until: 0, screen: 16.67, density: 1, begin: "webgl",
        only: "", look: "", seconds: 60, again: [], ...given };
    let seed = 7, now = 0;
    const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const rungs = ladder(density);
    const first = rungs.findIndex((r) => r.renderer === begin && (begin === "webgl" || r.level >= FIRST));
    const pace = new Pace(rungs, first, (r) => (!only || r.renderer === only) && !(look && r.look));
    const name = () => `${pace.rung.renderer} ${pace.rung.level}${pace.rung.look && " skeleton"}`;
    const went = [[0, name()]], fresh = [...again];
    while (now < seconds * 1000) {
        const { rung } = pace, unit = rung.renderer === "webgl" ? gl : canvas;
        const cost = (rung.look ? bones : unit * rung.work) * (0.9 + 0.2 * chance());
        const more = rest + (now < until ? busy * chance() : 0);
        now += Math.max(1, Math.ceil((cost + more) / screen - 0.05)) * screen;
        const begins = now > fresh[0] * 1000 && fresh.shift() && pace.begin(now);
        const known = rung.renderer === "canvas" || pace.doubts;
        if (pace.tick(now, known ? cost : 0) || begins) went.push([now / 1000, name()]);
    }
    return { went, rate: 1 / pace.interval };
"""


def run(**given: Any) -> tuple[list[str], list[float], float]:
    """Names of the rungs in their order, the seconds when they were taken, pictures a second at the end."""
    done = run_js({"ladder, FIRST": "ladder.js", "Pace": "pace.js"}, _RUN, **given)
    return [name for _, name in done["went"]], [at for at, _ in done["went"]], done["rate"]


def test_a_graphics_card_keeps_the_best_picture_through_a_busy_beginning() -> None:
    assert run()[0] == ["webgl 0"]
    assert run(density=2)[0] == ["webgl 0"]
    assert run(busy=30, until=5000)[0] == ["webgl 0"], "drawing was not what took the time"


def test_a_weak_card_gets_fewer_pixels_and_keeps_webgl() -> None:
    went, _, rate = run(gl=3, density=2)
    assert went[-1].startswith("webgl") and "canvas 2" not in went and rate > 50


def test_a_slow_screen_is_no_slow_machine() -> None:
    went, _, rate = run(screen=33.3)
    assert went == ["webgl 0"] and 29 < rate < 31


def test_webgl_by_the_processor_gives_way_to_the_canvas_at_once() -> None:
    went, at, rate = run(gl=60, rest=10)
    assert went[:2] == ["webgl 0", "canvas 2"] and at[1] < 3 and rate > 30
    assert not any(name.startswith("webgl") for name in went[1:])


def test_who_insists_on_webgl_keeps_it() -> None:
    went, _, _ = run(gl=60, only="webgl")
    assert all(name.startswith("webgl") for name in went) and len(went) > 2


@pytest.mark.parametrize("rest", [22, 40, 80])
def test_where_the_browser_itself_is_slow_the_body_stays_and_little_is_tried(rest: float) -> None:
    went, at, _ = run(rest=rest, begin="canvas")
    assert went[-1] == "canvas 2" and not any("skeleton" in name for name in went)
    assert len(went) <= 5 and at[-1] < 15, "tried once each, then left alone"


def test_a_body_that_is_too_dear_grows_coarser() -> None:
    went, _, rate = run(canvas=19, begin="canvas")
    assert went == ["canvas 2", "canvas 3"] and rate > 30


def test_a_body_that_would_stutter_becomes_the_skeleton_once() -> None:
    went, _, rate = run(canvas=200, begin="canvas", seconds=120)
    assert went == ["canvas 2", "canvas 3", "canvas 4", "canvas 4 skeleton"] and rate > 30


def test_a_skeleton_that_is_no_quicker_is_taken_back_and_not_tried_again() -> None:
    went, _, _ = run(canvas=170, bones=200, begin="canvas", seconds=120)
    assert went[-2:] == ["canvas 4 skeleton", "canvas 4"] and went.count("canvas 4 skeleton") == 1


def test_a_chosen_body_is_never_taken_away() -> None:
    went, _, _ = run(canvas=200, begin="canvas", look="body")
    assert went[-1] == "canvas 4" and not any("skeleton" in name for name in went)


def test_another_dance_is_the_moment_to_try_the_body_again_but_not_for_ever() -> None:
    went, _, _ = run(canvas=200, begin="canvas", again=list(range(20, 200, 20)), seconds=220)
    assert 2 <= went.count("canvas 4 skeleton") <= 4 and went[-1] == "canvas 4 skeleton"


def test_after_a_busy_time_the_picture_grows_fine_again_and_stays() -> None:
    went, at, rate = run(canvas=4.5, busy=40, until=10_000, begin="canvas")
    assert went[-1] == "canvas 2" and len(went) > 1 and 14 < at[-1] < 40 and rate > 50


def test_a_finer_picture_that_does_not_hold_is_tried_ever_more_rarely() -> None:
    went, at, _ = run(canvas=4.2, rest=11.5, density=2, begin="canvas", seconds=300)
    tries = [t for t, name in zip(at[1:], went[1:], strict=True) if name in ("canvas 0", "canvas 1")]
    assert len(tries) <= 6 and all(b - a > 5 for a, b in zip(tries, tries[1:], strict=False))
