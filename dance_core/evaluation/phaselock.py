"""Does a dancer find the beat, at any tempo, and how soon after the tempo jumps?

Songs of the Studio at five tempos, and one that goes from 90 to 140 BPM from one beat to the next. Their
beats are exactly known and given to the generator as they are: it is the dancer that is measured here, not
the beat tracker. In every window of two seconds the beats of the music are scored against the dancer's rests
(alignment.score); the lock is that minus its mean over the grid moved by 1/8 … 7/8 of a beat, averaged
over styles and seeds, since a window holds three to five beats only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.songwriter import write_song
from dance_core.evaluation.alignment import OFFSETS, motion_beats, moved_beats, score
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.extract import extract_features
from dance_core.music.features import Features
from dance_core.music.song import Song

TEMPOS = (80.0, 100.0, 120.0, 140.0, 160.0)
SPLICE = (90.0, 140.0)  # BPM before and after
WINDOW_S, STEP_S = 2.0, 0.5
SETTLED = 0.5  # locked: from here on the lock is at least this share of what it comes to in the end


@dataclass(frozen=True, eq=False)
class Track:
    """A song to lock to: its true beats, its features, the second at which its tempo jumps (None: never)."""

    name: str
    features: Features
    beats: Beats
    jump: float | None = None


def steady_track(style: str, seed: int, tempo: float, seconds: float) -> Track:
    """A Studio song at one tempo."""
    made = write_song(style, seed, seconds, tempo)
    return Track(f"{tempo:g} BPM", extract_features(made.song, made.beats), made.beats)


def spliced_track(style: str, seed: int, seconds: float, tempos: tuple[float, float] = SPLICE) -> Track:
    """Half of a song at one tempo, then, from one downbeat to the next, half of it at another."""
    first, second = (write_song(style, seed, max(seconds * 0.75, 12.0), t) for t in tempos)
    out = first.beats.downbeats[np.argmin(np.abs(first.beats.downbeats - seconds / 2))]
    # come in where the second song is well under way, as the first one is
    into = second.beats.downbeats[min(2, len(second.beats.downbeats) - 2)]
    rate = first.song.sample_rate
    cut, enter = round(out * rate), round(into * rate)
    samples = np.concatenate([first.song.samples[:cut], second.song.samples[enter:]])[:round(seconds * rate)]
    a = first.beats.between(0.0, out - 0.05)
    b = second.beats.between(into - 0.05, second.song.duration).shifted(out - into)
    keep = b.times < len(samples) / rate
    times = np.concatenate([a.times, b.times[keep]])
    beats = Beats(times, np.concatenate([a.bar_position, b.bar_position[keep]]),
                  60.0 / float(np.median(np.diff(times))), 1.0, first.beats.beats_per_bar)
    song = Song(np.ascontiguousarray(samples), rate, f"{seed:064x}", f"{tempos[0]:g} to {tempos[1]:g}")
    return Track(f"{tempos[0]:g} → {tempos[1]:g} BPM", extract_features(song, beats), beats, float(out))


def lock_curve(motion: Motion, beats: Beats, window_s: float = WINDOW_S,
               step_s: float = STEP_S) -> tuple[np.ndarray, np.ndarray]:
    """(window starts (W,) in s, lock (W,)): see the module. Windows without a beat or a rest near have 0.

    The dancer's rests outside of the window count as neighbours too, so its edges cost nothing.
    """
    rests = motion_beats(motion)
    starts = np.arange(0.0, max(motion.duration - window_s, 0.0) + 1e-9, step_s)
    grids = [moved_beats(beats, k / OFFSETS) for k in range(OFFSETS)]
    found = np.zeros(len(starts))
    for i, start in enumerate(starts):
        parts = [score(g[(g >= start) & (g < start + window_s)], rests) for g in grids]
        here, *others = np.nan_to_num(parts)
        found[i] = here - float(np.mean(others))
    return starts, found


def lock_after(starts: np.ndarray, lock: np.ndarray, jump: float, window_s: float = WINDOW_S) -> float:
    """Seconds from a jump in tempo until the dancer is locked again; inf if that never comes.

    Locked: a window that begins at the jump or later has at least half the lock that the dance comes to (the
    mean over windows that begin a window and more after the jump), and so has the mean of all that
    follow. What counts is where that window begins: 0 = locked from the first beat on.
    """
    after = starts >= jump - 1e-9
    late = starts >= jump + window_s
    if not late.any():
        return float("inf")
    level = float(lock[late].mean())
    if level <= 0.05:  # chance: there is nothing to come to
        return float("inf")
    for i in np.flatnonzero(after):
        if lock[i] >= SETTLED * level and lock[i:].mean() >= SETTLED * level:
            return float(max(0.0, starts[i] - jump))
    return float("inf")


@dataclass(frozen=True)
class Lock:
    """How a generator locks to one kind of song: means over its dances.

    Attributes:
        name: of the songs. dances: how many.
        lock: mean over all windows (of the spliced song: over those a window and more after the jump).
        before: the same over the windows that end before the jump; nan where there is none.
        first: seconds from the beginning until locked. after: from the jump until locked; nan without one.
        old_grid: lock to the old tempo's beats, carried on, after the jump: 0 = forgotten; nan without one.
    """

    name: str
    dances: int
    lock: float
    before: float
    first: float
    after: float
    old_grid: float


def lock_of(name: str, dances: Sequence[tuple[Motion, Track]]) -> Lock:
    """The means over dances to songs of one kind. Raises ValueError for none."""
    if not dances:
        raise ValueError("no dance to measure")
    jump = dances[0][1].jump
    curves = [lock_curve(m, t.beats) for m, t in dances]
    # songs of one kind jump at slightly different downbeats: their windows are counted from there
    shift = [0.0 if t.jump is None else t.jump for _, t in dances]
    end = min(s[-1] - d for (s, _), d in zip(curves, shift, strict=True))
    grid = np.arange(-min(shift), end + 1e-9, STEP_S)
    mean = np.mean([np.interp(grid + d, s, v) for (s, v), d in zip(curves, shift, strict=True)], 0)
    begin = grid[0]
    first = lock_after(grid if jump is None else grid[grid < -WINDOW_S],
                       mean if jump is None else mean[grid < -WINDOW_S], begin)
    if jump is None:
        return Lock(name, len(dances), float(mean.mean()), float("nan"), first, float("nan"), float("nan"))
    old = []
    for motion, track in dances:
        kept = track.beats.times[track.beats.times < (track.jump or 0.0) - 0.05]
        step = float(np.median(np.diff(kept)))
        times = np.arange(kept[-1] + step, motion.duration, step)
        per_bar = track.beats.beats_per_bar
        going_on = Beats(times, np.arange(len(times)) % per_bar + 1, 60.0 / step, 1.0, per_bar)
        late = motion.slice(round((track.jump or 0.0) * motion.fps), len(motion))
        _, curve = lock_curve(late, going_on.shifted(-round((track.jump or 0.0) * motion.fps) / motion.fps))
        old.append(float(curve.mean()))
    return Lock(name, len(dances), float(mean[grid >= WINDOW_S].mean()),
                float(mean[grid <= -WINDOW_S].mean()), first, lock_after(grid, mean, 0.0),
                float(np.mean(old)))
