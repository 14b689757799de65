"""How sure the tracker may be: numbers of a tracked song, which fitted curves turn into chances.

Of songs with a confidence of 0.8, eight in ten are right: `dance_core.beatnet.calibrate` fits the curves on
pieces that the networks have not learned from.
"""

from __future__ import annotations

import numpy as np

from dance_core.music.bar_pointer import beat_odds
from dance_core.music.bars import Bars
from dance_core.music.choice import LOOKS, Candidates
from dance_core.music.grids import agreement
from dance_core.music.onsets import FPS, Onsets

NUMBERS = ("chance", "chance with its octaves", "on the beats", "worst stretch", *LOOKS[1:8], "agreement",
           "evenness", "missed", "length", "liveliness", "least verdict", "lesser agreement", "pulse")
METRE_NUMBERS = ("chance", "before the next", "slips", "downbeats", "bars", "verdict", "guess")
_OCTAVES = ((1.0, 0.5), (0.5, 0.0), (2.0, 0.0), (2.0, 1.0))


def beat_numbers(onsets: Onsets, found: Candidates, log_chances: np.ndarray, best: int) -> np.ndarray:
    """(19,) `NUMBERS` of a song; log_chances: (G,) of its grids, best: the one that was chosen."""
    chosen = found.looked[best]
    times = chosen.grid.times
    kin = [i for i, entry in enumerate(found.looked) if _allowed(times, entry.grid.times)]
    total = float(np.logaddexp.reduce(log_chances[kin]))
    odds = beat_odds(found.heard, len(onsets))
    peaks = (odds > 0) & (odds >= np.roll(odds, 1)) & (odds > np.roll(odds, -1))
    peak_times = np.flatnonzero(peaks) / FPS
    missed = np.mean(np.abs(times - peak_times[:, None]).min(axis=1) > 0.05) if len(peak_times) else 1.0
    log = np.log(np.diff(times))
    on = found.on_beats(times)
    eight = np.array_split(on, max(1, round(times[-1] - times[0]) // 8))
    right = chosen.heard.verdict[:, 0]
    stretches = np.array_split(right, max(1, len(right) // 12))
    return np.array([
        max(log_chances[best], -4.0), max(total, -4.0), on.mean(), min(part.mean() for part in eight),
        *chosen.looks[1:8],
        max(chosen.looks[9], chosen.looks[10]),
        np.log(np.abs(np.diff(log)).mean() + 0.005) if len(log) > 1 else 0.0, missed,
        np.log(onsets.duration), min(onsets.liveliness, 0.3), min(part.mean() for part in stretches),
        min(chosen.looks[9], chosen.looks[10]), found.pulse.confidence])


def _allowed(times: np.ndarray, other: np.ndarray) -> bool:
    """Whether another grid is this one, its off-beats, twice or half as fast."""
    count = np.arange(len(times))
    for step, first in ((1.0, 0.0), *_OCTAVES):
        level = np.interp(np.arange(first, len(times) - 1 + 1e-6, step), count, times)
        if agreement(level, other) > 0.9:
            return True
    return False


def metre_numbers(bars: Bars, found: Candidates, best: int) -> np.ndarray:
    """(7,) `METRE_NUMBERS`."""
    ranked = np.sort(bars.chances)[::-1]
    steps = np.diff(bars.positions)
    slips = np.mean((steps != 1) & ~((bars.positions[1:] == 1) & (bars.positions[:-1] == bars.metre)))
    chance = 1.0 / (1.0 + np.exp(-bars.down))
    first = bars.positions == 1
    rest = chance[~first].mean() if not first.all() else 0.0
    heard = found.looked[best].heard
    return np.array([ranked[0], min(ranked[0] - ranked[1], 4.0), slips,
                     (chance[first].mean() if first.any() else 0.0) - rest,
                     np.log(len(bars.times) / bars.metre), heard.verdict[:, 0].mean(),
                     float(heard.metre.mean(axis=0)[int(bars.chances.argmax())])])
