"""The tracker on pieces with exact beats that were handed to the project; it has not learned from them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import mir_eval
import numpy as np
import pytest

from dance_core.music.beats import Beats
from dance_core.music.decode import load_song
from dance_core.music.tracker import track_beats

HANDED = Path(__file__).resolve().parents[3] / "shared" / "cases" / "beats"
pytestmark = pytest.mark.skipif(not HANDED.is_dir(), reason="../shared/cases/beats is not here")


@lru_cache(maxsize=1)
def tracked() -> list[tuple[dict, Beats]]:
    truths = [json.loads(path.read_text()) for path in sorted((HANDED / "truth").glob("*.json"))]
    return [(truth, track_beats(load_song(HANDED / truth["audio"]))) for truth in truths]


def measures(truth: dict, found: Beats) -> tuple[float, float, float]:
    """F, AMLt, F of downbeats (nan where none are known)."""
    trim = mir_eval.beat.trim_beats
    beats, mine = trim(np.array(truth["beats"], float)), trim(found.times)
    down = float("nan") if truth["downbeats"] is None else float(
        mir_eval.beat.f_measure(trim(np.array(truth["downbeats"], float)), trim(found.downbeats)))
    return float(mir_eval.beat.f_measure(beats, mine)), float(mir_eval.beat.continuity(beats, mine)[3]), down


def test_beats_and_bars_are_right_in_most(capsys: pytest.CaptureFixture[str]) -> None:
    rows = []
    for truth, found in tracked():
        f, aml, down = measures(truth, found)
        rows.append((f, aml, down, abs(found.tempo / truth["tempo_bpm"] - 1.0) <= 0.04))
        with capsys.disabled():
            print(f"{truth['id']:20} F {f:.2f} AMLt {aml:.2f} bars {down:.2f} of {found.beats_per_bar} "
                  f"sure {found.confidence:.2f}, of bars {found.metre_confidence:.2f}")
    f, aml, down, tempo = np.nanmean(np.array(rows, float), axis=0)
    assert f >= 0.95
    assert aml >= 0.93
    assert down >= 0.78
    assert tempo >= 0.95
    swing = [row[0] for row, (truth, _) in zip(rows, tracked(), strict=True) if "swing" in truth["traits"]]
    assert np.mean(swing) >= 0.90


def test_bars_of_three_are_told() -> None:
    threes = [found.beats_per_bar for truth, found in tracked() if truth["meter"] == "3/4"]
    assert sum(per_bar == 3 for per_bar in threes) >= len(threes) - 1


def test_confidence_tells_right_from_wrong() -> None:
    right = [found.confidence for truth, found in tracked() if measures(truth, found)[1] >= 0.9]
    assert np.mean(np.array(right) > 0.8) >= 0.8
