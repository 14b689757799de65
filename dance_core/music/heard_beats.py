"""Onsets → Beats by way of the learned networks.

    hear_beats (network) → point (its own path) → Candidates (that path, the pulse, and their relatives)
    → chooser → bars_over → refine (to the onsets) → chances (how sure)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.bar_pointer import point
from dance_core.music.bars import Bars, bars_over
from dance_core.music.beat_net import Heard, hear_beats
from dance_core.music.beats import Beats
from dance_core.music.choice import Candidates
from dance_core.music.fitted import Learned, learned_from
from dance_core.music.onsets import Onsets
from dance_core.music.pulse import refine
from dance_core.music.pulse_beats import sounding
from dance_core.music.sureness import beat_numbers, metre_numbers

LIVELY = 0.05  # `Onsets.liveliness` below which there is no beat whatever the network says: a steady tone


@dataclass(frozen=True, eq=False)
class Weighed:
    """What was chosen among a song's grids: its bars, and the numbers that say how sure that is."""

    bars: Bars
    numbers: np.ndarray
    metre_numbers: np.ndarray


def heard_beats(onsets: Onsets, pulse: Beats) -> Beats:
    """The beats of a song with the shipped networks; pulse: what `pulse_beats` makes of it without."""
    heard, learned = hear_beats(onsets), learned_from()
    return beats_of(onsets, weighed(found_in(onsets, heard, pulse), learned), learned)


def found_in(onsets: Onsets, heard: Heard, pulse: Beats,
             weights: dict[str, np.ndarray] | None = None) -> Candidates:
    """All grids that a song may be meant in; weights: of the second network, else the shipped ones."""
    return Candidates(onsets, heard, point(heard, len(onsets)), pulse, weights)


def weighed(found: Candidates, learned: Learned) -> Weighed:
    """The likeliest grid, and its bars."""
    chances = learned.grid.log_chances(found.looks)
    best = int(chances.argmax())
    entry = found.looked[best]
    bars = bars_over(found.heard, entry.grid.times, entry.heard, learned, found.pulse)
    return Weighed(bars, beat_numbers(found.onsets, found, chances, best), metre_numbers(bars, found, best))


def beats_of(onsets: Onsets, chosen: Weighed, learned: Learned) -> Beats:
    """What was chosen, drawn to the onsets, from the first sound to the last, with how sure it is."""
    bars = chosen.bars
    lively = float(np.clip(onsets.liveliness / LIVELY - 1.0, 0.0, 1.0))
    sure = learned.confidence.chance(chosen.numbers) * lively
    sure_of_bars = round(sure * learned.metre_confidence.chance(chosen.metre_numbers), 3)
    keep = sounding(onsets, bars.times, bars.metre)
    times = np.clip(refine(onsets, bars.times), 0.0, onsets.duration)[keep]
    position = bars.positions[keep]
    distinct = np.diff(times, prepend=-1.0) > 0
    times, position = times[distinct], position[distinct]
    tempo = 60.0 / float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    return Beats(times, position, tempo, sure, bars.metre, sure_of_bars)
