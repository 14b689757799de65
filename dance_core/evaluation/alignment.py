"""Do the dancer's beats fall on the music's? The beat alignment score in seconds, both ways, with a control.

The score counts how near each beat of one side is to the nearest of the other. More motion beats bring a
higher score by themselves (a trembling dancer "hits" everything), so two things stand beside it: how many
motion beats there are, and the score that the same dance gets against the same beats moved by parts of a
beat. What is left above that control is alignment. Published numbers are counted in frames, and otherwise
by every scorer: see `beatscores`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.ndimage import gaussian_filter1d

from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import SMPL24
from dance_core.music.beats import Beats

SMOOTHING_S = 5 / 60  # s: Bailando's 5 frames at 60 frames a second (2.5 frames at 30)
SIGMA_S = 3 / 60  # s: Bailando's 3 frames at 60
_TIE = 1e-6  # m/s (of 2D, heights of the picture a second): speeds this near are equal (float32 rotations)
MATCH_S = 0.07  # s: a beat within this is hit, as in mir_eval's F-measure
OFFSETS = 8  # the control: beats moved by 1/8, 2/8, … 7/8 of a beat


def motion_speed(motion: Motion, smoothing_s: float = 0.0) -> np.ndarray:
    """(T-1,) m/s: mean speed of SMPL's 24 joints between neighbouring frames.

    smoothing_s: standard deviation of a Gaussian filter, s; 0 = none. Beyond the ends the filter goes on with
    the last speed; the published scorers mirror it there.
    """
    speeds = [np.zeros(0)]
    for _, block in motion.blocks(before=1):
        places = kin.joints(block)[:, list(SMPL24)]
        speeds.append(np.linalg.norm(np.diff(places, axis=0), axis=-1).mean(-1) * motion.fps)
    speed = np.concatenate(speeds)
    if not smoothing_s or not len(speed):
        return speed
    return gaussian_filter1d(speed, smoothing_s * motion.fps, mode="nearest")


def motion_beats(motion: Motion, smoothing_s: float = SMOOTHING_S) -> np.ndarray:
    """Times in s at which the body comes to rest: local minima of the smoothed mean joint speed.

    As the kinematic beats of Bailando (Siyao et al., 2022): mean speed of 24 joints, a Gaussian filter of 5
    frames at 60 frames a second, strict minima. But the filter is given in seconds, so that 30 and 60 frames
    a second give the same beats; a speed belongs to the middle of its two frames, which is where it was; and
    two equal speeds at the bottom are one beat between them (a dancer at rest exactly on a frame has those).

    Args:
        motion: the dance.
        smoothing_s: standard deviation of the Gaussian, s.
    """
    return rests(motion_speed(motion, smoothing_s), motion.fps)


def rests(speed: np.ndarray, fps: float) -> np.ndarray:
    """Times in s at which a smoothed speed (T-1,) between T frames has a local minimum, as `motion_beats`."""
    if len(speed) < 3:
        return np.zeros(0)
    falls, rises = np.diff(speed) < -_TIE, np.diff(speed) > _TIE
    found = np.flatnonzero(falls[:-1] & rises[1:]) + 1.0
    ties = np.flatnonzero(falls[:-2] & ~falls[1:-1] & ~rises[1:-1] & rises[2:]) + 1.5
    return (np.sort(np.concatenate([found, ties])) + 0.5) / fps


@dataclass(frozen=True)
class BeatAlignment:
    """Scores 0 to 1; nan where one side has no beats.

    Attributes:
        music_to_motion: mean over *music* beats, the way round of Bailando and Lodge.
        motion_to_music: mean over *motion* beats, the way round of AIST++.
        control: music_to_motion against the beats moved by parts of a beat, averaged.
        motion_beats, music_beats: how many there are.
    """

    music_to_motion: float
    motion_to_music: float
    control: float
    motion_beats: int
    music_beats: int

    @property
    def gain(self) -> float:
        """What alignment there is above chance: music_to_motion minus control."""
        return self.music_to_motion - self.control

    def as_dict(self) -> dict[str, float]:
        """The numbers by name, those that are nan left out."""
        values = {"music_to_motion": self.music_to_motion, "motion_to_music": self.motion_to_music,
                  "control": self.control, "gain": self.gain, "motion_beats": float(self.motion_beats),
                  "music_beats": float(self.music_beats)}
        return {k: v for k, v in values.items() if np.isfinite(v)}


def score(beats: ArrayLike, others: ArrayLike, sigma_s: float = SIGMA_S) -> float:
    """Mean over `beats` of exp(-d² / 2σ²), d the time (s) to the nearest of `others`; nan where one is empty.

    The classic formula with 3 frames at 60 is σ = 0.05 s; see SIGMA_S.
    """
    a, b = np.asarray(beats, np.float64), np.sort(np.asarray(others, np.float64))
    if not len(a) or not len(b):
        return float("nan")
    after = np.clip(np.searchsorted(b, a), 1, max(len(b) - 1, 1))
    near = np.minimum(np.abs(a - b[after - 1]), np.abs(a - b[np.minimum(after, len(b) - 1)]))
    return float(np.exp(-(near**2) / (2 * sigma_s**2)).mean())


def beat_alignment(motion_beat_times: ArrayLike, beats: Beats, sigma_s: float = SIGMA_S,
                   offsets: int = OFFSETS) -> BeatAlignment:
    """Score a dance's beats (times in s) against the music's, both ways round, with the phase control.

    sigma_s: tolerance in s (0.05 = 3 frames at 60 a second). offsets: the control averages over the beats
    moved by k / offsets of a beat, k = 1 … offsets - 1.
    """
    dance = np.asarray(motion_beat_times, np.float64)
    here, *others = offset_curve(dance, beats, sigma_s, offsets)
    return BeatAlignment(float(here), score(dance, beats.times, sigma_s),
                         float(np.mean(others)) if others else float("nan"), len(dance), len(beats.times))


def hits(beats: ArrayLike, others: ArrayLike, window_s: float = MATCH_S) -> int:
    """The most pairs of one of `beats` and one of `others` (times in s, each in one pair) within `window_s`.

    The earliest are paired first, which on a line leaves no pair out.
    """
    a, b = np.sort(np.asarray(beats, np.float64)), np.sort(np.asarray(others, np.float64))
    i = j = found = 0
    while i < len(a) and j < len(b):
        if abs(a[i] - b[j]) <= window_s:
            i, j, found = i + 1, j + 1, found + 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return found


def precision_recall(motion_beat_times: ArrayLike, beats: Beats,
                     window_s: float = MATCH_S) -> tuple[float, float]:
    """(share of the dance's beats that hit one of the music's, share of the music's that are hit), 0 to 1.

    A hit is one beat of each, `window_s` apart at most, as mir_eval counts them (Raffel et al., 2014): who
    comes to rest all the time hits every beat and has a precision of chance. 0 where a side has no beats.
    """
    dance = np.asarray(motion_beat_times, np.float64)
    found = hits(beats.times, dance, window_s)
    return found / max(len(dance), 1), found / max(len(beats.times), 1)


def moved_beats(beats: Beats, part: float) -> np.ndarray:
    """Beat times (B,) in s moved later by a part (0 to 1) of the beat that they begin."""
    t = beats.times
    if len(t) < 2:
        return t + part * 0.5
    return t + part * np.append(np.diff(t), t[-1] - t[-2])


def offset_curve(motion_beat_times: ArrayLike, beats: Beats, sigma_s: float = SIGMA_S,
                 offsets: int = OFFSETS) -> np.ndarray:
    """(offsets,) score of the music's beats moved by 0, 1/offsets, … of a beat. A peak at 0 is alignment."""
    dance = np.asarray(motion_beat_times, np.float64)
    return np.array([score(moved_beats(beats, k / offsets), dance, sigma_s) for k in range(offsets)])
