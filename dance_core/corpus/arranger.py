"""Lays recorded dances on a song's beats: phrases chosen one after another, warped in time, joined, planted.

A phrase is 4 or 8 counts of a clip, from one low of the body's speed to another (see `phrases`). Its counts
are warped onto the music's by a smooth monotone curve, never by more than WARP. The next phrase is the one
whose first pose and velocity are most like the last ones of the phrase before (motion graphs: Kovar et al.,
2002), weighed against how well its energy suits the music, how often it was used, and where it would lead the
dancer; going on in the same clip costs nothing and needs no join. At a join both phrases go on for a moment
and are blended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from dance_core.corpus.choice import WARP, Phrase, choose
from dance_core.corpus.counting import counts_per_beat, energy_of, music_counts
from dance_core.corpus.library import Library, facing_of
from dance_core.corpus.touches import with_touches
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.contacts import plant_feet
from dance_core.motion.easing import minimum_jerk
from dance_core.motion.motion import Motion
from dance_core.motion.resample import sample
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import MOTION_FPS

BLEND_S = 0.28  # each side of a join
STAGE = 1.2  # m from the start from which on the dancer is brought back
_BACK_S, _BACK_TIMES = 1.2, 3  # s, how gently; each time takes off part of what is too far


@dataclass(frozen=True, eq=False)
class Arranged:
    """A dance that was laid on music: the motion, and the phrases it is made of."""

    motion: Motion
    phrases: tuple[Phrase, ...]
    dances: tuple[str, ...]


def arrange(library: Library, features: Features, beats: Beats, style: str, seed: int) -> Arranged:
    """A dance of real phrases to a stretch of music; the same arguments give the same dance.

    features, beats: of the stretch, times from its first frame. style: for hands and face.
    Raises ValueError for music in bars that phrases of 4 and 8 counts do not fit.
    """
    if beats.beats_per_bar not in (2, 4):
        raise ValueError(f"phrases of 4 and 8 counts do not fit bars of {beats.beats_per_bar} beats")
    rng = np.random.default_rng([seed, 5])
    per_beat = counts_per_beat(beats.tempo, rng)
    times, place = music_counts(beats, len(features), per_beat)
    energy = energy_of(features, times)
    phrases = choose(library, times, place, energy, rng)
    motion = plant_feet(centred(_joined(library, phrases, times, len(features))))
    motion = with_touches(motion, times, place, energy, style, seed)
    used = sorted({library.takes[p.take].clip.name for p in phrases})
    return Arranged(motion, tuple(phrases), tuple(used))


@dataclass(frozen=True, eq=False)
class _Run:
    """Phrases of one take one after another, as one stretch of music counts."""

    take: int
    track: int
    first: int
    on: int
    counts: int


def _runs(phrases: Sequence[Phrase]) -> list[_Run]:
    runs: list[_Run] = []
    for p in phrases:
        r = runs[-1] if runs else None
        if r and (r.take, r.track, r.first + r.counts) == (p.take, p.track, p.first):
            runs[-1] = _Run(r.take, r.track, r.first, r.on, r.counts + p.counts)
        else:
            runs.append(_Run(p.take, p.track, p.first, p.on, p.counts))
    return runs


def within_limits(music: np.ndarray, dance: np.ndarray, limits: tuple[float, float] = WARP) -> np.ndarray:
    """Dance times (N,) s moved as little as need be so that no count is warped beyond the limits.

    Both ends of a count that is too short or too long give way by half, again and again until all fit.
    Where the whole stretch is too fast or slow for the limits it is its overall pace that all counts get.
    """
    m, d = np.diff(music), np.array(dance, np.float64)
    pace = (d[-1] - d[0]) / m.sum()
    low, high = min(limits[0], pace) * m, max(limits[1], pace) * m
    for _ in range(200):
        worst = 0.0
        for i in range(len(m)):
            gap = d[i + 1] - d[i]
            off = np.clip(gap, low[i], high[i]) - gap
            d[i] -= off / 2
            d[i + 1] += off / 2
            worst = max(worst, abs(off))
        if worst < 1e-4:
            break
    return d


def time_map(music: np.ndarray, dance: np.ndarray) -> PchipInterpolator:
    """Smooth monotone curve from music times (N,) s to dance times (N,) s through all given pairs.

    Beyond both ends it goes on at the pace of the last interval.
    """
    m, d = np.asarray(music, np.float64), np.asarray(dance, np.float64)
    before, after = (d[1] - d[0]) / (m[1] - m[0]), (d[-1] - d[-2]) / (m[-1] - m[-2])
    far = np.array([2.0, 1.0])
    m, d = (np.concatenate([m[0] - far, m, m[-1] + far[::-1]]),
            np.concatenate([d[0] - far * before, d, d[-1] + far[::-1] * after]))
    return PchipInterpolator(m, d, extrapolate=True)


def _joined(lib: Library, phrases: Sequence[Phrase], times: np.ndarray, frames: int) -> Motion:
    """All runs sampled on the music's frames, each placed where the one before leaves it, and blended."""
    out: Motion | None = None
    clock = np.arange(frames) / MOTION_FPS
    for run in _runs(phrases):
        take = lib.takes[run.take]
        stop = min(run.on + run.counts, len(times) - 1)
        n = max(stop - run.on, 1)
        music = times[run.on:run.on + n + 1]
        dance = take.tracks[run.track].times[run.first:run.first + n + 1]
        curve = time_map(music, within_limits(music, dance))
        a = max(0, int(np.ceil((times[run.on] - BLEND_S) * MOTION_FPS)))
        b = min(frames, int(np.floor((times[stop] + BLEND_S) * MOTION_FPS)) + 1)
        if b <= a:
            continue
        piece = sample(take.motion, curve(clock[a:b]), float(MOTION_FPS), smooth=True)
        if out is None:
            out = _at_start(piece) if a == 0 else piece
            continue
        join = int(np.clip(round(times[run.on] * MOTION_FPS), a, len(out) - 1))
        piece = _placed(piece, join - a, out, join)
        out = _blended(out, piece, a)
    assert out is not None and len(out) == frames
    return out


def _moved(motion: Motion, yaw: float, about: np.ndarray, to: np.ndarray) -> Motion:
    """Turned by yaw about the vertical through `about` (3,), which then comes to `to` (heights stay)."""
    turn = rot.quaternion_about("y", np.float64(yaw))
    pelvis = rot.multiply(turn, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    rotations = motion.rotations.copy()
    rotations[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    flat = np.array([1.0, 0.0, 1.0])
    place = rot.rotate(turn, motion.translation - about * flat) + to * flat
    return Motion(motion.fps, rotations, place, motion.face, motion.betas, motion.parts)


def _at_start(piece: Motion) -> Motion:
    """First frame over x = z = 0, facing +Z."""
    places = kin.joints(piece.slice(0, 1), 22)
    return _moved(piece, -float(facing_of(places)[0]), places[0, 0], np.zeros(3))


def _placed(piece: Motion, here: int, before: Motion, there: int) -> Motion:
    """The piece turned and moved so that its frame `here` stands where `before` stands in frame `there`.

    What must agree is what touches the floor: the ankles count by how low they are, the pelvis a little.
    """
    mine = kin.joints(piece.slice(here, here + 1), 22)
    theirs = kin.joints(before.slice(there, there + 1), 22)
    yaw = float(rot.wrapped(facing_of(theirs) - facing_of(mine))[0])
    anchors = [0, sk.LEFT_ANKLE, sk.RIGHT_ANKLE]
    height = np.maximum(mine[0, anchors[1:], 1], theirs[0, anchors[1:], 1]) - sk.ANKLE_HEIGHT
    weight = np.concatenate([[0.4], np.exp(-np.maximum(height, 0) / 0.04)])
    weight = (weight / weight.sum())[:, None]
    return _moved(piece, yaw, (weight * mine[0, anchors]).sum(0), (weight * theirs[0, anchors]).sum(0))


def _blended(before: Motion, after: Motion, start: int) -> Motion:
    """`before`, then `after` from frame `start` on, blended over the frames that both have."""
    n = len(before) - start
    if n <= 0:
        return Motion.join([before, after])
    n = min(n, len(after))
    w = minimum_jerk((np.arange(n) + 0.5) / n)
    q = rot.slerp(rot.quaternion_from_axis_angle(before.rotations[start:start + n]),
                  rot.quaternion_from_axis_angle(after.rotations[:n]), w[:, None])
    w = w[:, None]
    mixed = Motion(before.fps, rot.axis_angle_from_quaternion(q),
                   before.translation[start:start + n] * (1 - w) + after.translation[:n] * w,
                   before.face[start:start + n] * (1 - w) + after.face[:n] * w, before.betas, before.parts)
    return Motion.join([before.slice(0, start), mixed, after.slice(n, len(after))])


def centred(motion: Motion, limit: float = STAGE) -> Motion:
    """Brought back smoothly where the dancer goes more than `limit` m from the start; elsewhere untouched."""
    out = motion.translation.astype(np.float64)
    for _ in range(_BACK_TIMES):
        place = out[:, [0, 2]] - out[0, [0, 2]]
        far = np.linalg.norm(place, axis=1, keepdims=True)
        excess = place * np.maximum(1 - limit / np.maximum(far, 1e-9), 0.0)
        if not excess.any():
            break
        out[:, [0, 2]] -= gaussian_filter1d(excess, _BACK_S * motion.fps, axis=0, mode="nearest")
    if np.array_equal(out, motion.translation):
        return motion
    return Motion(motion.fps, motion.rotations, out, motion.face, motion.betas, motion.parts)
