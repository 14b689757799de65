"""Our measures of beats are the field's: held against mir_eval."""

from __future__ import annotations

import mir_eval
import numpy as np
import pytest

from dance_core.beatnet.scores import amlt, cmlt, f_measure


def variations(rng: np.random.Generator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Truths, and trackers that are right, half and double, off the beat, lose beats, turn over midway."""
    truth = np.cumsum(rng.uniform(0.4, 0.7) + rng.normal(0, 0.01, 80))
    middle = (truth[1:] + truth[:-1]) / 2
    found = {"right": truth, "half": truth[::2], "off": middle,
             "double": np.sort(np.concatenate([truth, middle])),
             "a grid": np.arange(0.0, truth[-1], 0.5), "holes": truth[rng.random(80) < 0.8],
             "turned over": np.concatenate([truth[:40], middle[40:]])}
    return {name: (truth, np.sort(beats + rng.normal(0, 0.01, len(beats)))) for name, beats in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_they_agree_with_mir_eval(seed: int) -> None:
    for name, (truth, found) in variations(np.random.default_rng(seed)).items():
        cut, mine = mir_eval.beat.trim_beats(truth), mir_eval.beat.trim_beats(found)
        theirs = mir_eval.beat.continuity(cut, mine)
        assert f_measure(truth, found) == pytest.approx(mir_eval.beat.f_measure(cut, mine)), name
        # They look forward at the first found beat too, we only at the first true one: a beat or two at most.
        assert cmlt(truth, found) == pytest.approx(theirs[1], abs=0.03), name
        assert amlt(truth, found) == pytest.approx(theirs[3], abs=0.03), name


def test_nothing_found_scores_nothing() -> None:
    truth = np.arange(0.0, 30.0, 0.5)
    assert f_measure(truth, np.zeros(0)) == amlt(truth, np.zeros(0)) == cmlt(truth, np.zeros(0)) == 0.0
