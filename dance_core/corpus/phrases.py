"""Where a recorded dance comes to rest: its kinematic beats, its tempo, and the counts it can be danced on.

A dancer arrives on the beat: the body's mean joint speed has a low there (Davis & Agrawala, "Visual Rhythm
and Beat", 2018; the kinematic beats of AIST++). A count track is a chain of such lows at nearly even
distances, found by dynamic programming as beats are in music (Ellis, "Beat Tracking by Dynamic Programming",
2007), for each of several paces: the same dance can be counted fast or slowly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks, peak_prominences

from dance_core.motion import filters
from dance_core.motion.motion import Motion

SMOOTHING_S = 5 / 60  # s: the field's 5 frames at 60 a second
PACES = tuple(0.36 * 2 ** (k / 4) for k in range(6))  # s a count: 0.36 to 0.86
_TIGHT = 4.0  # how strongly uneven counts are punished
_NEAR, _SPREAD = 1.5, 4  # frames
_HARDLY = 0.02  # m/s: lows of a body that hardly moves count little
_TIE = 4.0  # 1/s, cost of half an octave off the tempo that the source tells


@dataclass(frozen=True, eq=False)
class Track:
    """A way to count a dance.

    Attributes:
        pace: seconds a count that was looked for.
        times: (N,) s of the counts.
        depth: (N,) 0 to 1, of the lows under the counts; 0 where there is none.
        strength: their mean, less where the track contradicts the tempo that the source tells.
    """

    pace: float
    times: np.ndarray
    depth: np.ndarray
    strength: float


def kinematic_beats(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """Times (N,) s at which the body comes to rest, to a part of a frame, and how clearly (N,) 0 to 1.

    How clearly: the prominence of the low against the mean speed of the second and a half around it.
    """
    if len(motion) < 5:
        return np.zeros(0), np.zeros(0)
    speed = gaussian_filter1d(filters.joint_speed(motion, 22).mean(-1), SMOOTHING_S * motion.fps,
                              mode="nearest")
    around = gaussian_filter1d(speed, 0.8 * motion.fps, mode="nearest") + _HARDLY
    lows, _ = find_peaks(-speed)
    depth = np.clip(peak_prominences(-speed, lows)[0] / around[lows], 0, 1)
    before, at, after = speed[lows - 1], speed[lows], speed[lows + 1]
    # the bottom of the parabola through three speeds; speed i lies between frames i and i+1
    bottom = 0.5 * (before - after) / np.maximum(before - 2 * at + after, 1e-12)
    return (lows + 0.5 + np.clip(bottom, -0.5, 0.5)) / motion.fps, depth


def rest_curve(frames: int, fps: float, times: np.ndarray, depth: np.ndarray) -> np.ndarray:
    """(frames,) how deep a rest lies within a frame or so of each frame; 0 far from any.

    times (N,) s and depth (N,) as from `kinematic_beats`.
    """
    out = np.zeros(frames)
    for shift in range(-_SPREAD, _SPREAD + 1):
        at = np.round(times * fps).astype(int) + shift
        inside = (at >= 0) & (at < frames)
        near = np.exp(-0.5 * (at - times * fps) ** 2) * depth
        np.maximum.at(out, at[inside], near[inside])
    return out


def count_track(motion: Motion, pace: float) -> Track:
    """The best chain of lows about `pace` seconds apart, from the clip's start to its end."""
    return _track(len(motion), motion.fps, *kinematic_beats(motion), pace)


def _track(n: int, fps: float, times: np.ndarray, depth: np.ndarray, pace: float) -> Track:
    curve = rest_curve(n, fps, times, depth)
    period = pace * fps
    back = np.arange(max(1, int(0.7 * period)), int(np.ceil(1.4 * period)) + 1)
    cost = -_TIGHT * np.log(back / period) ** 2
    total, origin = curve.copy(), np.full(n, -1)
    for t in range(int(back[0]), n):
        there = t - back[back <= t]
        options = total[there] + cost[:len(there)]
        best = int(np.argmax(options))
        if options[best] > 0:
            total[t] += options[best]
            origin[t] = there[best]
    tail = max(0, n - int(period))
    t = tail + int(np.argmax(total[tail:]))
    frames = []
    while t >= 0:
        frames.append(t)
        t = int(origin[t])
    return _at_lows(np.array(frames[::-1], np.float64), fps, times, depth, pace)


def _at_lows(frames: np.ndarray, fps: float, times: np.ndarray, depth: np.ndarray, pace: float) -> Track:
    """Counts that are within a frame and a half of a low moved to it."""
    if not len(times):
        return Track(pace, frames / fps, np.zeros(len(frames)), 0.0)
    apart = np.abs(frames[:, None] - times * fps)
    nearest = apart.argmin(1)
    found = apart.min(1) <= _NEAR
    depths = np.where(found, depth[nearest], 0.0)
    at = np.where(found, times[nearest], frames / fps)
    return Track(pace, at, depths, float(depths.mean()))


def count_tracks(motion: Motion, tempo: float = 0.0) -> tuple[Track, ...]:
    """Tracks at all of PACES, those that have at least two counts.

    tempo: BPM that the source tells (0: unknown); tracks that contradict it lose strength.
    """
    found, rests = [], kinematic_beats(motion)
    for pace in PACES:
        track = _track(len(motion), motion.fps, *rests, pace)
        if len(track.times) < 2:
            continue
        trust = 1.0
        if tempo > 0:
            off = np.log2(pace * tempo / 60.0)
            trust = float(np.exp(-_TIE * (off - np.round(off)) ** 2))  # octaves do not matter
        found.append(Track(track.pace, track.times, track.depth * trust, track.strength * trust))
    return tuple(found)


def clip_tempo(motion: Motion, tempo: float = 0.0) -> float:
    """Counts a minute of the clearest track; 0 where there is none."""
    tracks = count_tracks(motion, tempo)
    if not tracks:
        return 0.0
    best = max(tracks, key=lambda t: t.strength)
    return 60.0 / float(np.median(np.diff(best.times)))
