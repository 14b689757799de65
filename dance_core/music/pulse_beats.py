"""Onsets → Beats without a network: by what a song repeats, and where its hits lie.

    tempo_curve → follow (pulse) → beat_level (octave) → bar_slots (beats, bars) → refine

Takes music to be in 4/4. `heard_beats.py` has its beats and their relatives among those that it chooses from.
"""

from __future__ import annotations

import numpy as np

from dance_core.music.beats import Beats
from dance_core.music.metre import SLOTS, bar_slots, beat_level, subdivided
from dance_core.music.onsets import FPS, Onsets
from dance_core.music.pulse import CATCH, follow, refine
from dance_core.music.tempo import TempoCurve, tempo_curve

BEATS_PER_BAR = SLOTS // 2
FAINT = 0.25  # a beat whose onset has less than this share of the usual strength is not heard
SILENT = 0.003  # level relative to the loudest frame (-50 dB) below which there is no music
FEWEST = 4  # beats that are kept whatever is heard
LOUD = 0.1  # level from which a song begins with a hit, not with a fade

# Confidence is a logistic curve over how well the song repeats after 1, 2 and 4 beats (0 to 1).
# Noise, rain, speech and lone clicks reach 0.1 in a minute and 0.35 in 3 s; music with a beat 0.4 to 0.9.
EVEN_CHANCE, SHORT_SONG, SLOPE = 0.28, 0.3, 0.06  # SHORT_SONG / sqrt(s) is added to the even chance
LIVELY = 0.05  # `Onsets.liveliness` below which repetition is of no interest: a steady tone


def pulse_beats(onsets: Onsets) -> Beats:
    """Beats, in bars of four, of a song of at least a second that has been heard already."""
    curve = tempo_curve(onsets)
    pulse = follow(onsets, curve.period)
    level = beat_level(onsets, pulse, curve.repetition)
    if level != 1.0:
        pulse = follow(onsets, curve.period / level)
    slots = _with_last_half(subdivided(refine(onsets, pulse), 2), onsets.duration)
    place = bar_slots(onsets, slots)
    on_beat = place % 2 == 0
    times = refine(onsets, slots[on_beat])
    position = place[on_beat] // 2 + 1
    keep = sounding(onsets, times, BEATS_PER_BAR)
    times, position = np.clip(times[keep], 0.0, onsets.duration), position[keep]
    distinct = np.diff(times, prepend=-1.0) > 0
    times, position = times[distinct], position[distinct]
    tempo = 60.0 / float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    return Beats(times, position, tempo, _confidence(onsets, curve), BEATS_PER_BAR, 0.0)


def _with_last_half(slots: np.ndarray, duration: float) -> np.ndarray:
    """The half beats, and the one after the last pulse: where the pulse fell between the beats it is one."""
    after = 2.0 * slots[-1] - slots[-2]
    return np.append(slots, after) if after < duration else slots


def sounding(onsets: Onsets, times: np.ndarray, bar: int) -> slice:
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


def _confidence(onsets: Onsets, curve: TempoCurve) -> float:
    even = EVEN_CHANCE + SHORT_SONG / np.sqrt(onsets.duration)
    sure = 1.0 / (1.0 + np.exp(-(curve.repeats - even) / SLOPE))
    return float(sure * np.clip(onsets.liveliness / LIVELY - 1.0, 0.0, 1.0))
