"""Peak memory as `bench memory` takes it, and the music that it takes it with."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from practice import features_for, stance, steady_beats

from dance_core.cli import main
from dance_core.cli.memory import _CLEAR, _repeated
from dance_core.evaluation.making import Wish
from dance_core.settings import ROOT
from tests.waiting import PATIENCE

LINUX = pytest.mark.skipif(not _CLEAR.exists(), reason="peak memory is measured through /proc: not Linux")


@LINUX
@pytest.mark.parametrize("megabytes", [40, 90])
def test_what_was_held_for_a_moment_counts(megabytes: int) -> None:
    """In a process of its own: one that has freed memory to spare takes from that."""
    code = ("import numpy as np; from dance_core.cli.memory import _peak;"
            f"print(*_peak(lambda: int(np.ones({megabytes} * 2**20, np.uint8).sum())))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          timeout=PATIENCE, check=True)
    result, peak = map(float, done.stdout.split())
    assert result == megabytes * 2**20
    assert megabytes - 2 < peak < megabytes + 20


def test_music_is_repeated_with_its_beats_going_on() -> None:
    beats = steady_beats(120.0, 12.0)
    wish = _repeated(Wish(features_for(beats, 12.0), beats, "gHO", stance(), 0), 3)
    assert len(wish.features) == 3 * 12 * 30
    assert np.diff(wish.beats.times) == pytest.approx(0.5, abs=1e-6)
    assert wish.beats.times[-1] > 35.0
    steps = np.diff(wish.beats.bar_position) % 4
    assert (steps == 1).all()


@LINUX
def test_the_command_prints_both_lengths(capsys: pytest.CaptureFixture,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dance_core.cli.memory.LONG", 60.0)
    assert main(["bench", "memory", "--generator", "choreographer"]) == 0
    out = capsys.readouterr().out
    assert "\n30 " in out and "\n60 " in out and "MB for 1 minutes against 30 s" in out
