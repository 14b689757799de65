"""The choice among grids: what both trackers found wrong is mended where the network heard the beats."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from test_bar_pointer import told

from dance_core.music.beat_inputs import INPUTS
from dance_core.music.beats import Beats
from dance_core.music.choice import LOOKS, TRIED, Candidates
from dance_core.music.fitted import Chooser
from dance_core.music.grid_net import GRID_INPUTS, VERDICTS
from dance_core.music.grids import agreement, relatives
from dance_core.music.onsets import Onsets, hear
from dance_core.music.song import Song

SECONDS, PACE = 30.0, 60.0 / 90.0
BEATS = np.arange(0.4, SECONDS - 0.3, PACE)
# By what the first network hears on the beats and half-way between them, alone.
PLAIN = Chooser(tuple({"on the beats": 1.0, "half-way": -0.5}.get(name, 0.0) for name in LOOKS),
                (1.0,) * len(LOOKS))
SILENT = {"first.weight": np.zeros((4, GRID_INPUTS, 3), np.float32), "first.bias": np.zeros(4, np.float32),
          "heads.weight": np.zeros((1 + VERDICTS + 6, 4, 1), np.float32),
          "heads.bias": np.zeros(1 + VERDICTS + 6, np.float32)}  # a second network that knows nothing


def onsets_of_clicks() -> Onsets:
    rng = np.random.default_rng(0)
    samples = 0.001 * rng.standard_normal(int(SECONDS * 22_050))
    for beat in BEATS:
        start = round(beat * 22_050)
        samples[start:start + 400] += 0.5 * rng.standard_normal(400) * np.exp(-np.arange(400) / 80)
    samples = samples.astype(np.float32)
    return hear(Song(samples, 22_050, hashlib.sha256(samples.tobytes()).hexdigest(), "clicks"))


ONSETS = onsets_of_clicks()
WRONG = [g for g in relatives(BEATS, SECONDS, 0) if g.relative]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda g: f"{60 / np.median(np.diff(g.times)):.0f}-{g.relative}")
def test_the_beat_is_found_from_any_relative(wrong) -> None:
    """Whatever wrong relative of the beat both trackers tap, the network's beats are chosen if they are among
    the relatives of that."""
    heard = told(BEATS, 4, SECONDS)
    assert heard.inputs.shape[1] == INPUTS
    pulse = Beats(wrong.times, np.ones(len(wrong.times), int), 90.0, 0.5, 4, 0.0)
    found = Candidates(ONSETS, heard, wrong.times, pulse, SILENT)
    assert len(found.looked) <= TRIED
    assert found.looks.shape == (len(found.looked), len(LOOKS))
    reachable = max(agreement(entry.grid.times, BEATS) for entry in found.looked) > 0.95
    best = found.looked[int(PLAIN.log_chances(found.looks).argmax())].grid.times
    if reachable:
        assert agreement(best, BEATS) > 0.95
    pace = np.median(np.diff(wrong.times))
    assert reachable or 60 / pace > 150, "half, twice, off-beats and thirds lead back"


def test_two_trackers_that_agree_are_one_candidate() -> None:
    heard = told(BEATS, 4, SECONDS)
    pulse = Beats(BEATS + 0.005, np.ones(len(BEATS), int), 90.0, 0.5, 4, 0.0)
    found = Candidates(ONSETS, heard, BEATS, pulse, SILENT)
    own = [entry for entry in found.looked if entry.grid.relative == 0]
    assert len(own) == 1
    looks = dict(zip(LOOKS, own[0].looks, strict=True))
    assert min(looks["pointed"], looks["pulsed"]) > 0.95


def test_a_pulse_that_found_nothing_is_left_out() -> None:
    heard = told(BEATS, 4, SECONDS)
    pulse = Beats(np.zeros(0), np.zeros(0, int), 0.0, 0.0, 4, 0.0)
    found = Candidates(ONSETS, heard, BEATS, pulse, SILENT)
    assert agreement(found.looked[0].grid.times, BEATS) > 0.95
