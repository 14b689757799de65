"""Slow and fast covers of one song: do steps and motion beats come as much faster as the music does?

The recording is stretched in time at its own pitch (librosa's phase vocoder), its beats with it, and danced
to from the same pose with the same seed. The rate of steps (feet that come to stand, both counted) or of
motion beats over the tempo is a line in logarithms; its slope is 1 for who dances the same steps at the
music's speed, 0 for who goes on at a pace of one's own. Each song has a level of its own, all have one slope.

What is a step or a motion beat depends on the speed: a foot stands while it is slower than 0.3 m/s, and rests
that follow each other within a sixth of a second are one. Counted so, people's dances warped in time have
slopes of .8 and .5. So every dance is first played at the pace at which its joints move as fast as people's
do on average, and its events are counted there: then the slope of what is warped in time is 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dance_core.evaluation.alignment import motion_beats
from dance_core.evaluation.kinetic import FPS as SCORERS_RATE
from dance_core.evaluation.movement import STILL, mean_joint_speed
from dance_core.evaluation.places import at_rate
from dance_core.motion.contacts import stances
from dance_core.motion.motion import Motion
from dance_core.motion.resample import sample
from dance_core.music.beats import Beats
from dance_core.music.extract import extract_features
from dance_core.music.features import Features
from dance_core.music.song import Song

USUAL = 0.63  # m/s: mean speed of people's joints on the card's test clips
RATES = (0.75, 0.87, 1.0, 1.15, 1.33)  # times as fast: about equal steps in logarithms
DRAWS = 1000  # of the bootstrap over songs


@dataclass(frozen=True, eq=False)
class Cover:
    """A song `rate` times as fast: its features and its beats."""

    rate: float
    features: Features
    beats: Beats


def cover(song: Song, beats: Beats, rate: float) -> Cover:
    """A song (its beats exactly known) `rate` times as fast, at the same pitch; at rate 1 as it is."""
    if rate == 1.0:
        return Cover(rate, extract_features(song, beats), beats)
    import librosa  # its first calls compile for seconds

    samples = librosa.effects.time_stretch(song.samples, rate=rate)
    told = Beats(beats.times / rate, beats.bar_position, beats.tempo * rate, beats.confidence,
                 beats.beats_per_bar)
    made = Song(np.ascontiguousarray(samples, np.float32), song.sample_rate, song.digest, song.title)
    return Cover(rate, extract_features(made, told), told)


def step_rate(motion: Motion) -> float:
    """Feet that come to stand, a second; both feet counted, where they stand at the beginning not."""
    return sum(s.start > 0 for s in stances(at_usual_speed(motion))) / motion.duration


def rest_rate(motion: Motion) -> float:
    """Motion beats a second."""
    return len(motion_beats(at_usual_speed(motion))) / motion.duration


def at_usual_speed(motion: Motion) -> Motion:
    """The same poses at the rate at which its joints move `USUAL` m/s on average; as it is if it stands."""
    fast = at_rate(motion, SCORERS_RATE)
    speed = mean_joint_speed(motion)
    return replace(fast, fps=fast.fps * USUAL / speed) if speed > STILL else fast


def warped(motion: Motion, rate: float) -> Motion:
    """The dance `rate` times as fast: what follows the music's speed exactly."""
    return sample(motion, np.arange(round(len(motion) / rate)) / motion.fps * rate, motion.fps, smooth=True)


@dataclass(frozen=True)
class Slope:
    """Slope of the logarithm of a rate over that of the tempo; low, high: its 95 % interval over songs.

    nan where too few of the rates are above 0. songs: how many tell. at_one: the rate a second at the song's
    own tempo, mean over songs.
    """

    slope: float
    low: float
    high: float
    songs: int
    at_one: float


def slope(rates: Sequence[float], found: Sequence[Sequence[float]]) -> Slope:
    """One slope for all songs, each with a level of its own (least squares).

    Args:
        rates: (R,) of the covers, the same for all songs.
        found: for each song the (R,) rates of steps, or of motion beats, a second; 0 is left out.
    """
    x = np.log(np.asarray(rates, np.float64))
    parts = []
    for one in found:
        values = np.asarray(one, np.float64)
        there = values > 0
        if there.sum() > 1:
            a, b = x[there] - x[there].mean(), np.log(values[there])
            parts.append((float(a @ b), float(a @ a)))
    sums = np.array(parts).reshape(-1, 2)
    own = [float(np.asarray(one)[np.argmin(np.abs(x))]) for one in found]
    at_one = float(np.mean(own)) if own else float("nan")
    if not len(sums):
        return Slope(*[float("nan")] * 3, 0, at_one)
    drawn = np.random.default_rng(0).integers(len(sums), size=(DRAWS, len(sums)))
    several = sums[drawn].sum(1)
    low, high = np.percentile(several[:, 0] / several[:, 1], [2.5, 97.5])
    above, below = sums.sum(0)
    return Slope(float(above / below), float(low), float(high), len(sums), at_one)
