"""Fast music danced as slower music is, and played faster: the segment's own clock.

To fast music the transformer hardly finds the beat, and to a slow and a fast cover of one song it steps at
much the same pace. So a segment is heard and painted on a clock of its own, on which its music has `USUAL`
beats a minute, and what is painted there is read at the times of the song's frames: one song at any tempo is
the same music to it. Frame j of the clock is frame j / pace of the segment. Segments are as long as the
clock's frames are enough for: so many beats, not so many seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dance_core.generators.hotdance.dit_config import FASTEST, SLOWEST, USUAL
from dance_core.generators.nets.dances import events_of, heard_at
from dance_core.generators.nets.segments import bar_of, music_from
from dance_core.motion.resample import cubic
from dance_core.music.beats import Beats
from dance_core.settings import MOTION_FPS


@dataclass(frozen=True)
class Clock:
    """pace: frames of the clock while one of the music passes; 1: they are the same."""

    pace: float = 1.0

    @classmethod
    def of(cls, beats: Beats, first: int, frames: int, even: float, most: int, lead: int = 0
           ) -> Clock:
        """Of a segment's beats.

        Args:
            first, frames: of the song, where what is new of the segment lies.
            lead: frames before it that are the segment's too.
            even: 0: always 1; 1: all music has `USUAL` beats a minute.
            most: frames that the clock may have at most.
        """
        tempo = _tempo(beats, first, frames)
        if not even or tempo <= 0:
            return cls.fitting(1.0, lead + frames, most)
        pace = float(np.clip((tempo / USUAL) ** even, SLOWEST, FASTEST))
        return cls.fitting(pace, lead + frames, most)

    @classmethod
    def fitting(cls, pace: float, frames: int, most: int) -> Clock:
        """Of that pace, or slower where the clock would have more than `most` frames."""
        return cls(pace) if pace == 1.0 and frames <= most else cls(min(pace, (most - 2) / frames))

    def frames(self, frames: int) -> int:
        """Frames of the clock that so many of the segment need; one more, to be read between."""
        return frames if self.pace == 1.0 else int(np.ceil((frames - 1) * self.pace)) + 1

    def own(self, frames: int) -> int:
        """Frames of the segment, the first ones, that so many of the clock, the first ones, lie between."""
        return frames if self.pace == 1.0 else math.ceil((frames - 1) / self.pace - 1e-6) + 1

    def music(self, values: np.ndarray, first: int, frames: int, beats: Beats) -> np.ndarray:
        """(frames, F) of the clock: a song's features (T, F) from its frame `first` on; see `music_from`."""
        if self.pace == 1.0:
            return music_from(values, first, frames, bar_of(beats))
        heard = music_from(values, first, int(np.ceil((frames - 1) / self.pace)) + 2, bar_of(beats))
        return heard_at(heard, np.arange(frames) / self.pace, events_of(values)).astype(values.dtype)

    def enter(self, values: np.ndarray, first: int, frames: int) -> tuple[slice, np.ndarray]:
        """Which of the clock's `frames` lie within values (T, …) whose first is frame `first` of the segment,
        which may lie before it; and the values there."""
        if self.pace == 1.0:
            skip = max(0, -first)
            return slice(first + skip, min(first + len(values), frames)), values[skip:frames - first]
        low = min(frames, max(0, int(np.ceil(first * self.pace - 1e-6))))
        high = min(frames, int(np.floor((first + len(values) - 1) * self.pace + 1e-6)) + 1)
        at = np.arange(low, max(low, high)) / self.pace - first
        return slice(low, max(low, high)), cubic(values, at.clip(0, len(values) - 1))

    def leave(self, values: np.ndarray, first: int, stop: int) -> np.ndarray:
        """Frames `first` to `stop` of the segment, of values (T, …) of the clock."""
        if self.pace == 1.0:
            return values[first:stop]
        return cubic(values, (np.arange(first, stop) * self.pace).clip(0, len(values) - 1))

    def leave_links(self, links: np.ndarray, first: int, stop: int) -> np.ndarray:
        """`leave` of a root and its links (T, K, 3), which keep their lengths while they turn."""
        own = self.leave(links, first, stop)
        return as_long(own, self.leave(np.linalg.norm(links[:, 1:], axis=-1), first, stop))


def as_long(links: np.ndarray, long: np.ndarray) -> np.ndarray:
    """A root's way and links (T, K, 3), which are made `long`, (T, K - 1) or (K - 1,) m, in place: what turns
    is shorter between two frames than at them."""
    links[:, 1:] *= (long / np.linalg.norm(links[:, 1:], axis=-1).clip(1e-6))[..., None]
    return links


def _tempo(beats: Beats, first: int, frames: int) -> float:
    """BPM in and around a segment; 0 where there are no beats."""
    frame = beats.times * MOTION_FPS
    near = beats.times[(frame > first - MOTION_FPS) & (frame < first + frames + MOTION_FPS)]
    return float(60.0 / np.median(np.diff(near))) if len(near) > 2 else float(beats.tempo)
