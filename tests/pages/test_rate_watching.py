"""How much of a clip counts as watched, as the Rate page reckons it: by the music's own time, run by Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from dance_core.pages.rate import SCRIPT

CLIP = 4.0  # seconds


def watched(looks: list[dict[str, Any]]) -> dict[str, float]:
    """Seconds and covered seconds after these looks: {time, now (ms), paused, hidden, silent}."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node (apt-get install nodejs)")
    script = ("globalThis.window = globalThis;\n" + SCRIPT.read_text() + f"""
        const seen = new DanceSeen(0);
        for (const l of {json.dumps(looks)})
          seen.follow(l.time, l.now, {{ paused: !!l.paused, hidden: !!l.hidden, silent: !!l.silent }});
        const {{ seconds, silent, bins }} = seen;
        console.log(JSON.stringify({{ seconds, silent, covered: bins.size * 0.05 }}));
    """)
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def playing(step_ms: int, until: float = CLIP) -> list[dict[str, Any]]:
    return [{"time": now / 1000, "now": now} for now in range(0, round(1000 * until) + 1, step_ms)]


@pytest.mark.parametrize("step", [20, 100, 500, 1000])
def test_a_whole_clip_is_a_whole_clip_however_seldom_it_is_looked_at(step: int) -> None:
    found = watched(playing(step))
    assert found["seconds"] == pytest.approx(CLIP) and found["covered"] == pytest.approx(CLIP, abs=0.06)


@pytest.mark.parametrize("stuck", [300, 900, 2500])
def test_a_busy_browser_that_shows_the_musics_time_late_loses_nothing(stuck: int) -> None:
    """It told the same time again and again, then the right one: that was taken for a seek, and lost."""
    looks = [{"time": (1.0 if 1000 <= now < 1000 + stuck else now / 1000), "now": now}
             for now in range(0, 4001, 100)]
    found = watched(looks)
    assert found["seconds"] == pytest.approx(CLIP) and found["covered"] == pytest.approx(CLIP, abs=0.06)


def test_who_seeks_has_not_watched_what_lies_between() -> None:
    looks = playing(100, 1.0) + [{"time": 3.5, "now": 1100}, {"time": 3.6, "now": 1200}]
    assert watched(looks)["seconds"] == pytest.approx(1.1)


def test_a_pause_earns_nothing_for_a_later_seek() -> None:
    waiting = [{"time": 1.0, "now": 1000 + 100 * k, "paused": True} for k in range(1, 40)]
    assert watched([*playing(100, 1.0), *waiting, {"time": 3.9, "now": 5000}])["seconds"] < 1.2


def test_a_hidden_page_is_not_watched() -> None:
    looks = [{**look, "hidden": look["time"] >= 1} for look in playing(100)]
    assert watched(looks)["seconds"] == pytest.approx(0.9)


def test_silence_is_told_apart() -> None:
    looks = [{**look, "silent": look["time"] > 3} for look in playing(100)]
    assert watched(looks)["silent"] == pytest.approx(1.0)
