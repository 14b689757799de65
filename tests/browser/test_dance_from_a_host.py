"""The page of a front end whose generators are on a host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dance_core.longform.take import load_take
from tests.browser.conftest import without_fault
from tests.browser.steps import READY, dance_briefly
from tests.running import Server, start, stop
from tests.serving.hosts import Process


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Process]:
    made = Process(tmp_path / "host")
    yield made
    made.kill()


@pytest.fixture
def front(tmp_path: Path, host: Process) -> Iterator[Server]:
    (tmp_path / "front").mkdir()
    server = start(tmp_path / "front", DANCE_ENGINE=host.url, DANCE_GENERATOR="choreographer")
    yield server
    stop(server)


def test_a_visitor_dances_and_dances_on_when_the_host_was_started_anew(browsers, front, host) -> None:
    from tests.browser.chromium import SOFTWARE_GL

    seen = browsers(SOFTWARE_GL).visit(front.url)
    seen.page.goto(front.url)
    seen.page.wait_for_selector(READY)
    dance_briefly(seen.page, 8, seed=4)
    host.kill()
    host.start()
    dance_briefly(seen.page, 8, seed=5)
    without_fault(seen)
    takes = [load_take(p) for p in (front.data / "takes").iterdir()]
    assert {t.seed for t in takes} == {4, 5} and {t.generator for t in takes} == {"choreographer"}
