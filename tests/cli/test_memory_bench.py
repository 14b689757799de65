"""Peak memory as `bench memory` takes it, and the music that it takes it with."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from practice import features_for, stance, steady_beats

from dance_core.cli import main
from dance_core.cli.memory import CLEAR, Taken, _compared, repeated
from dance_core.evaluation.making import Wish
from dance_core.settings import ROOT
from tests.waiting import PATIENCE

LINUX = pytest.mark.skipif(not CLEAR.exists(), reason="peak memory is measured through /proc: not Linux")


@LINUX
@pytest.mark.parametrize("megabytes", [40, 90])
def test_what_was_held_for_a_moment_counts(megabytes: int) -> None:
    """In a process of its own: one that has freed memory to spare takes from that."""
    code = ("import numpy as np; from dance_core.cli.memory import peak;"
            f"print(*peak(lambda: int(np.ones({megabytes} * 2**20, np.uint8).sum())))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          timeout=PATIENCE, check=True)
    result, before, peak = map(float, done.stdout.split())
    assert result == megabytes * 2**20
    assert megabytes - 2 < peak - before < megabytes + 20


def test_music_is_repeated_with_its_beats_going_on() -> None:
    beats = steady_beats(120.0, 12.0)
    wish = repeated(Wish(features_for(beats, 12.0), beats, "gHO", stance(), 0), 3)
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
    rows = [list(map(float, line.split())) for line in out.splitlines() if line.startswith(("30 ", "60 "))]
    assert [row[0] for row in rows] == [30, 60]
    for _, before, peak, motion, beside in rows:
        assert peak >= before > 20 and motion > 0
        assert beside == pytest.approx(peak - before - motion, abs=0.2)
    assert rows[1][3] == pytest.approx(2 * rows[0][3], abs=0.2)
    assert "MB for 1 minutes against 30 s" in out


def test_a_number_below_nothing_is_explained() -> None:
    small, large = Taken(500.0, 510.0, 1.0), Taken(500.0, 540.0, 20.0)
    assert _compared(small, large).startswith("+11.0 MB") and "elow 0" not in _compared(small, large)
    assert "Below 0: it took no more" in _compared(large, small)
    assert "loading had freed" in _compared(small, Taken(500.0, 510.0, 20.0))
