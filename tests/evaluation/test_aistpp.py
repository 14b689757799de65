"""The published scores on AIST++: a made sequence by closed form, and the real ones beside the anchors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from measured_motions import carried
from practice import steady_beats

from dance_core.cli import main
from dance_core.errors import UserError
from dance_core.evaluation.aistpp import score_folder, score_official, score_sequence, shown

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL, OFFICIAL = DATA / "motion" / "aistpp", DATA / "aistpp" / "motions"


def bobbing(late: float, seconds: float = 10.0):
    """At rest every half second, first at `late` s."""
    def path(t):
        return np.stack([0 * t, 0.1 * np.cos(2 * np.pi * (t - late)), 0 * t], -1)
    return carried(seconds, path, 60.0)


def test_every_form_of_the_score_by_hand():
    beats = steady_beats(120, 10.0)
    found = score_sequence("made", bobbing(0.054), beats)
    # rests are about one σ late, to half a frame; the first and the last beat have none of their own near
    assert found.own == pytest.approx(np.exp(-0.58), abs=0.1)
    assert found.bailando == pytest.approx(np.exp(-0.5), abs=0.1)  # counted to the earlier frame
    assert found.bailando_30 == pytest.approx(np.exp(-1 / 4.5), abs=0.1)  # one frame late, σ 1.5
    assert found.lodge == pytest.approx(np.exp(-0.125), abs=0.1)
    assert found.aistpp == pytest.approx(np.exp(-8 / 9), abs=0.05)  # to the later one: 4 frames late
    assert found.gain > 0.2 and found.pfc == 0.0 and found.speed == pytest.approx(0.4, rel=0.02)
    late = score_sequence("late", bobbing(0.25), beats)
    assert late.own < 0.05 and late.gain < 0


def test_the_table_has_both_and_says_why():
    text = shown([score_sequence("a", bobbing(0.0), steady_beats(120, 10.0)),
                  score_sequence("b", bobbing(0.1), steady_beats(120, 10.0))])
    for anchor in ("17.16", "10.66", "8.17", "7.49", "0.2247", "0.2293", "1,320", "0.2374", "1.33–1.47"):
        assert anchor in text
    assert "| **converted, mean** | 20.0 |" in text and "What differs" in text and "nan" not in text


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/motion")
def test_real_sequences_score_in_the_published_region(capsys):
    found = score_folder(REAL)
    assert len(found) == 5
    assert np.mean([s.bailando for s in found]) == pytest.approx(0.225, abs=0.1)
    assert 0.4 < np.mean([s.pfc for s in found]) < 2.0
    assert main(["evaluate", "aistpp", "--motions", str(REAL)]) == 0
    assert "ground truth, by others" in capsys.readouterr().out


@pytest.mark.skipif(not OFFICIAL.exists(), reason="needs ../shared/data/aistpp")
def test_official_fits_slide_more_than_their_conversion():
    fits = {s.name: s for s in score_official(OFFICIAL)}
    assert len(fits) == 5 and all(s.tempo in (80, 100, 120) for s in fits.values())
    for one in score_folder(REAL):
        if one.name in fits:
            assert fits[one.name].pfc > one.pfc
            assert fits[one.name].bailando == pytest.approx(one.bailando, abs=0.05)
            assert fits[one.name].speed == pytest.approx(one.speed, rel=0.15)


def test_a_folder_without_pickles_is_refused(tmp_path):
    with pytest.raises(UserError, match="no AIST"):
        score_official(tmp_path)
