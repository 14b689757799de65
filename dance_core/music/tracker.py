"""Song → Beats.

    hear (onsets) → tempo_curve → follow (pulse) → beat_level (octave) → bar_slots (beats, bars) → refine

Four beats to the bar are taken for granted: that is what people dance to in all of the styles here.
"""

from __future__ import annotations

import numpy as np

from dance_core.music.beats import Beats
from dance_core.music.metre import SLOTS, bar_slots, beat_level, subdivided
from dance_core.music.onsets import FPS, Onsets, hear
from dance_core.music.pulse import CATCH, follow, refine
from dance_core.music.song import Song
from dance_core.music.tempo import TempoCurve, tempo_curve

BEATS_PER_BAR = SLOTS // 2
SHORTEST = 1.0  # s; less holds no beats to speak of
FAINT = 0.25  # a beat whose onset has less than this share of the usual strength is not heard
SILENT = 0.003  # level relative to the loudest frame (-50 dB) below which there is no music
FEWEST = 4  # beats that are kept whatever is heard

# Confidence is a logistic curve over how well the song repeats after 1, 2 and 4 beats (0 to 1).
# Noise, rain, speech and lone clicks reach 0.1 in a minute and 0.35 in 3 s; music with a beat 0.4 to 0.9.
EVEN_CHANCE, SHORT_SONG, SLOPE = 0.28, 0.3, 0.06  # SHORT_SONG / sqrt(s) is added to the even chance
LIVELY = 0.05  # `Onsets.liveliness` below which repetition is of no interest: a steady tone


def track_beats(song: Song) -> Beats:
    """Beats, bars, tempo and confidence of a song of any length, in about 0.4 s for three minutes.

    Follows changes of tempo. Beats lie within the song and reach from its first to its last sound,
    passages without onsets included. Where there is no beat, the times are a guess with a confidence
    near 0; in less than a second of sound there are none. Never raises for a valid Song.
    """
    if song.duration < SHORTEST:
        return Beats(np.zeros(0), np.zeros(0, np.int64), 0.0, 0.0, BEATS_PER_BAR, 0.0)
    return beats_from(hear(song))


def beats_from(onsets: Onsets) -> Beats:
    """The beats of a song of at least `SHORTEST` seconds that has been heard already."""
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
    keep = _sounding(onsets, times)
    times, position = np.clip(times[keep], 0.0, onsets.duration), position[keep]
    distinct = np.diff(times, prepend=-1.0) > 0
    times, position = times[distinct], position[distinct]
    tempo = 60.0 / float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    return Beats(times, position, tempo, _confidence(onsets, curve), BEATS_PER_BAR, 0.0)


def _with_last_half(slots: np.ndarray, duration: float) -> np.ndarray:
    """The half beats, and the one after the last pulse: where the pulse fell between the beats it is one."""
    after = 2.0 * slots[-1] - slots[-2]
    return np.append(slots, after) if after < duration else slots


def _sounding(onsets: Onsets, times: np.ndarray) -> slice:
    """The beats from the first to the last that is heard.

    Beats in silence go, and up to a bar of beats without an onset at each end (the last chord's ring).
    """
    reach = round(CATCH * FPS)
    frames = np.round(times * FPS).astype(int)[:, None] + np.arange(-reach, reach + 1)
    frames = np.clip(frames, 0, len(onsets) - 1)
    force, level = onsets.strength[frames].max(axis=1), onsets.loudness[frames].max(axis=1)
    audible = np.flatnonzero(level > SILENT)
    heard = np.flatnonzero((force > FAINT * np.median(force)) & (level > SILENT))
    if not len(heard):
        return slice(0, len(times))
    first = min(heard[0], audible[0] + BEATS_PER_BAR)
    last = max(heard[-1], audible[-1] - BEATS_PER_BAR)
    return slice(first, last + 1) if last - first >= FEWEST - 1 else slice(0, len(times))


def _confidence(onsets: Onsets, curve: TempoCurve) -> float:
    even = EVEN_CHANCE + SHORT_SONG / np.sqrt(onsets.duration)
    sure = 1.0 / (1.0 + np.exp(-(curve.repeats - even) / SLOPE))
    return float(sure * np.clip(onsets.liveliness / LIVELY - 1.0, 0.0, 1.0))
