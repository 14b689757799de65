"""Onsets → Beats by way of the learned network: what `beatnet` trains and judges.

    hear (onsets) → hear_beats (network) → point (beats, bars) → refine (to the onsets) → chances (how sure)

`tracker.track_beats` does not ask it yet.
"""

from __future__ import annotations

import numpy as np

from dance_core.music.bar_pointer import Bars
from dance_core.music.beat_net import Heard
from dance_core.music.beats import Beats
from dance_core.music.onsets import FPS, Onsets
from dance_core.music.pulse import CATCH, refine
from dance_core.music.sureness import Learned, chances
from dance_core.music.tracker import FAINT, FEWEST, SILENT

LOUD = 0.1  # level from which a song begins with a hit, not with a fade
LIVELY = 0.05  # `Onsets.liveliness` below which there is no beat whatever the network says: a steady tone


def beats_of(onsets: Onsets, heard: Heard, bars: Bars, learned: Learned) -> Beats:
    """What was pointed at, drawn to the onsets, from the first sound to the last, with how sure it is."""
    sure, sure_of_bars = chances(learned, onsets, heard, bars)
    lively = float(np.clip(onsets.liveliness / LIVELY - 1.0, 0.0, 1.0))
    keep = _sounding(onsets, bars.times, bars.metre)
    times = np.clip(refine(onsets, bars.times), 0.0, onsets.duration)[keep]
    position = bars.positions[keep]
    distinct = np.diff(times, prepend=-1.0) > 0
    times, position = times[distinct], position[distinct]
    tempo = 60.0 / float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    return Beats(times, position, tempo, sure * lively, bars.metre, sure_of_bars * lively)


def _sounding(onsets: Onsets, times: np.ndarray, bar: int) -> slice:
    """The beats from the first to the last that is heard.

    Beats in silence go, and up to a bar of beats without an onset at each end (the last chord's ring).
    """
    reach = round(CATCH * FPS)
    frames = np.round(times * FPS).astype(int)[:, None] + np.arange(-reach, reach + 1)
    frames = np.clip(frames, 0, len(onsets) - 1)
    force, level = onsets.strength[frames].max(axis=1), onsets.loudness[frames].max(axis=1)
    # What sounds from the first sample on has no onset that could be seen.
    begins = (frames[:, 0] == 0) & (onsets.loudness[:reach].max() > LOUD)
    audible = np.flatnonzero(level > SILENT)
    heard = np.flatnonzero(((force > FAINT * np.median(force)) & (level > SILENT)) | begins)
    if not len(heard):
        return slice(0, len(times))
    first = min(heard[0], audible[0] + bar)
    last = max(heard[-1], audible[-1] - bar)
    return slice(first, last + 1) if last - first >= FEWEST - 1 else slice(0, len(times))
