"""Song → Beats.

    hear (onsets) → tempo_curve → follow (pulse) → beat_level (octave) → bar_slots (beats, bars) → refine
"""

from __future__ import annotations

import numpy as np

from dance_core.music.beats import Beats
from dance_core.music.metre import SLOTS, bar_slots, beat_level, subdivided
from dance_core.music.onsets import Onsets, hear
from dance_core.music.pulse import extended, follow, refine
from dance_core.music.song import Song
from dance_core.music.tempo import tempo_curve

BEATS_PER_BAR = SLOTS // 2


def track_beats(song: Song) -> Beats:
    onsets = hear(song)
    return beats_of(onsets)


def beats_of(onsets: Onsets) -> Beats:
    curve = tempo_curve(onsets)
    pulse = follow(onsets, curve.period)
    factor = beat_level(onsets, pulse, curve.repetition)
    if factor != 1.0:
        pulse = follow(onsets, curve.period / factor)
    pulse = refine(onsets, pulse)
    slots = subdivided(pulse, 2)
    place = bar_slots(onsets, slots)
    on_beat = place % 2 == 0
    times, position = slots[on_beat], place[on_beat] // 2 + 1
    times = refine(onsets, times)
    times = np.maximum(times, 0)
    keep = np.concatenate([[True], np.diff(times) > 0])
    times, position = times[keep], position[keep]
    times, position = _sounding(onsets, times, position)
    tempo = 60.0 / float(np.median(np.diff(times)))
    return Beats(times, position, tempo, 1.0, BEATS_PER_BAR)


def _sounding(onsets, times, position):
    reach = np.arange(-4, 5)
    frame = np.round(times * 100).astype(int)[:, None] + reach
    force = onsets.strength[np.clip(frame, 0, len(onsets) - 1)].max(axis=1)
    loud = onsets.loudness[np.clip(frame, 0, len(onsets) - 1)].max(axis=1)
    heard = np.flatnonzero((force > 0.25 * np.median(force)) & (loud > 0.003))
    if len(heard) == 0:
        return times, position
    audible = np.flatnonzero(loud > 0.003)
    a = min(heard[0], audible[0] + 4)
    b = max(heard[-1], audible[-1] - 4)
    return times[a:b+1], position[a:b+1]
