"""DANCE_MEMORY_MB: as many dances and processes as there is room for, and a sentence where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.serving.local import processes
from dance_core.serving.memory import APP_MB, PROCESS_MB, need_mb, within_memory
from dance_core.serving.places import Busy, Places
from dance_core.settings import Settings


def at_rest(workers: int) -> float:
    return APP_MB + PROCESS_MB * max(1, processes(workers))


def test_without_a_budget_nothing_changes() -> None:
    assert within_memory(Settings(workers=3)) == Settings(workers=3)


@given(st.floats(1.0, 50_000.0), st.integers(-1, 4), st.floats(3.0, 600.0), st.integers(1, 32))
def test_what_is_let_in_fits_and_one_more_would_not(budget: float, workers: int, seconds: float,
                                                    most: int) -> None:
    asked = Settings(memory_mb=budget, workers=workers, max_seconds=seconds, max_running=most)
    if at_rest(max(workers, 0)) + need_mb(seconds) > budget:
        with pytest.raises(UserError, match="DANCE_MEMORY_MB is"):
            within_memory(asked)
        return
    got = within_memory(asked)
    assert replace(got, max_running=most, workers=workers) == asked, "nothing else is changed"
    used = at_rest(got.workers)
    assert used + got.max_running * need_mb(seconds) <= budget + 1e-6
    assert got.max_running == most or used + (got.max_running + 1) * need_mb(seconds) > budget
    assert workers < 0 or got.workers == workers, "what was asked for is not taken back"


def test_processes_that_nobody_asked_for_go_before_the_last_dance() -> None:
    one = at_rest(0) + need_mb(600.0) + 1.0
    assert within_memory(Settings(memory_mb=one)).workers <= 1, "without one the app has the weights"
    with pytest.raises(UserError, match=rf"take about {one + 2 * PROCESS_MB - 1:.0f} MB"):
        within_memory(Settings(memory_mb=one, workers=2))


def test_beyond_it_visitors_wait_and_then_hear_how_many_there_are() -> None:
    settings = within_memory(Settings(memory_mb=at_rest(0) + 2 * need_mb(600.0), workers=0, max_waiting=1))
    line = Places(settings.max_running, settings.max_waiting)
    inside = [line.take("a"), line.take("b")]
    waits = line.take("c")
    assert all(p.done() for p in inside) and not waits.done()
    with pytest.raises(Busy, match="2 dances are being made and 1 are waiting"):
        line.take("d")


def test_with_the_generators_on_a_host_no_process_is_counted() -> None:
    far = Settings(memory_mb=APP_MB + need_mb(600.0), workers=4, engine="http://gpu:7870")
    assert within_memory(far).max_running == 1 and within_memory(far).workers == 4
