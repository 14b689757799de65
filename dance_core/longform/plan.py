"""Where a dance is cut into segments: on bar lines where it can be, on beats or plain seconds where not."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from dance_core.errors import UserError
from dance_core.generators.base import DEFAULT_TEMPO, Needs
from dance_core.longform.segment import Segment
from dance_core.music.beats import Beats
from dance_core.music.tempo_jumps import tempo_jumps
from dance_core.settings import MOTION_FPS, Settings


def blend_frames(settings: Settings, fps: float = MOTION_FPS) -> int:
    """Frames over which two segments are blended, at least 2."""
    return max(2, round(settings.blend_seconds * fps))


def plan_segments(beats: Beats, frames: int, needs: Needs, settings: Settings) -> tuple[Segment, ...]:
    """Cut a dance of `frames` frames (30 per second) into segments that together cover all of them.

    A segment ends on a downbeat about `settings.segment_bars` bars after the one before; the first is
    half as long, so that something can be shown early. Where no downbeat lies within what the generator
    can make (in seconds, and in beats of the music if it says so), a beat is taken, and where no beat does,
    plain seconds. What comes before the first downbeat belongs to segment 0, a ragged end to the last. Every
    later segment starts `max(context, blend)` frames before the cut, or more where it would be shorter than
    the generator can make. For who counts in beats a segment also ends where the tempo jumps: one clock
    is for one tempo.

    Args:
        beats: of the music, times in s from frame 0.
        frames: length of the dance.
        needs: of the generator.
        settings: segment_bars, blend_seconds.

    Raises:
        UserError: the dance is shorter than the generator's shortest segment.
        ValueError: the generator's longest segment has no room beside its overlap.
    """
    span = _Span.of(needs, settings)
    if frames < span.shortest:
        raise UserError(f"The music is {frames / MOTION_FPS:.1f} s long, but {needs.title} makes dances of "
                        f"{span.shortest / MOTION_FPS:.1f} s and more.")
    grid = _Grid(beats, frames, settings.segment_bars, jumps=needs.segment_beats is not None)
    cuts = [0]
    while True:
        cut = _next_cut(cuts[-1], frames, span.here(cuts[-1], grid, needs.segment_beats), grid)
        if cut is None:
            break
        cuts.append(cut)
    return _segments(cuts, frames, span, grid)


@dataclass(frozen=True)
class _Span:
    """What the generator can make, in frames: with the overlap, shortest to longest."""

    shortest: int
    longest: int
    overlap: int

    @classmethod
    def of(cls, needs: Needs, settings: Settings) -> "_Span":
        low, high = needs.segment_seconds
        span = cls(max(1, math.ceil(low * MOTION_FPS - 1e-6)), math.floor(high * MOTION_FPS + 1e-6),
                   max(needs.context_frames, blend_frames(settings)))
        if span.longest <= span.overlap or span.longest < span.shortest:
            raise ValueError(f"{needs.name}: segments of {low} to {high} s leave no room beside an overlap "
                             f"of {span.overlap} frames")
        return span

    def here(self, cut: int, grid: "_Grid", beats: float | None) -> "_Span":
        """The same for the segment that begins at `cut`, of at most so many beats of its music."""
        if beats is None:
            return self
        start = max(0, cut - self.overlap)
        most = grid.after(start, beats) - start
        # a jump that no cut can fall on: all is danced at the tempo after it
        most = min([most, *(math.floor(beats * beat + 1e-6) for frame, beat in grid.jumps
                            if start < frame < cut + self.stride(cut)[0])])
        most = max(most, self.shortest, 2 * self.overlap)
        return replace(self, longest=min(self.longest, most))

    def stride(self, cut: int) -> tuple[int, int]:
        """Fewest and most new frames of the segment that begins at `cut`."""
        if cut == 0:  # the next segment reaches back by a whole overlap: there must be as much
            return max(self.shortest, min(self.overlap + 1, self.longest)), self.longest
        most = self.longest - self.overlap
        # no fewer new frames than the overlap, where there is room: three segments never share a frame
        return min(max(self.shortest - self.overlap, self.overlap), most), most


class _Grid:
    """Downbeats and beats in frames, how many bars a segment should have, and where the tempo jumps: frame,
    and frames of a beat from there on."""

    def __init__(self, beats: Beats, frames: int, bars: int, jumps: bool = False) -> None:
        self.bars = max(1, bars)
        usable = beats.tempo > 0 and len(beats.times) > 1
        self.beats = _frames_of(beats.times, frames) if usable else np.zeros(0, np.int64)
        self.downbeats = _frames_of(beats.downbeats, frames) if usable else np.zeros(0, np.int64)
        self.jumps = [(round(beats.times[i] * MOTION_FPS), seconds * MOTION_FPS)
                      for i, seconds in tempo_jumps(beats.times)] if usable and jumps else []
        seconds = 60.0 / (beats.tempo if usable else DEFAULT_TEMPO)
        self.bar = max(1.0, beats.beats_per_bar * seconds * MOTION_FPS)
        self._beat = seconds * MOTION_FPS

    def wanted(self, cut: int) -> int:
        """Where the segment that begins at `cut` would best end."""
        bars = max(1, self.bars // 2) if cut == 0 else self.bars
        first = int(self.downbeats[0]) if cut == 0 and len(self.downbeats) else cut  # after the pickup
        later = self.downbeats[self.downbeats > first]
        return int(later[bars - 1]) if len(later) >= bars else round(first + bars * self.bar)

    def after(self, frame: int, beats: float) -> int:
        """The last frame until which no more than so many beats have passed since `frame`."""
        far = 1e6  # before the first beat, and after the last, they go on at the song's tempo
        known = self.beats if len(self.beats) else np.zeros(1, np.int64)
        at = np.concatenate([[known[0] - far * self._beat], known, [known[-1] + far * self._beat]])
        count = np.concatenate([[-far], np.arange(len(known)), [len(known) - 1 + far]])
        return math.floor(np.interp(np.interp(frame, at, count) + beats, count, at) + 1e-6)

    def bar_of(self, frame: int) -> int:
        return int(np.searchsorted(self.downbeats, frame, side="right")) - 1


def _frames_of(times: np.ndarray, frames: int) -> np.ndarray:
    found = np.unique(np.round(times * MOTION_FPS).astype(np.int64))
    return found[(found >= 0) & (found < frames)]


def _next_cut(cut: int, frames: int, span: _Span, grid: _Grid) -> int | None:
    """Where the segment that begins at `cut` ends, or None: it takes all that is left."""
    low, later = span.stride(cut)[0], span.stride(frames)[0]
    for jump, _ in grid.jumps:
        if cut + low <= jump <= frames - later:
            found = _before(cut, jump, span, grid)
            return jump if found is None else found
    return _before(cut, frames, span, grid)


def _before(cut: int, frames: int, span: _Span, grid: _Grid) -> int | None:
    """The same where nothing is beyond `frames`."""
    low, high = span.stride(cut)
    left = frames - cut
    want = min(max(grid.wanted(cut) - cut, low), high)
    next_low = span.stride(cut + want)[0]
    if left <= high and left < want + max(next_low, want // 2):
        return None  # what would stay over is too little for a segment of its own
    if left <= low:
        return None
    # leave the next one enough, so that it need not reach far back
    top = min(high, left - next_low) if left - next_low >= low else min(high, left - 1)
    for candidates in (grid.downbeats, grid.beats):
        fit = candidates[(candidates >= cut + low) & (candidates <= cut + top)]
        if len(fit):
            return int(fit[np.argmin(np.abs(fit - (cut + want)))])
    return cut + min(want, top)


def _segments(cuts: list[int], frames: int, span: _Span, grid: _Grid) -> tuple[Segment, ...]:
    made = []
    for i, (cut, stop) in enumerate(zip(cuts, [*cuts[1:], frames], strict=True)):
        start = 0 if i == 0 else max(0, min(cut - span.overlap, stop - span.shortest))
        bars = grid.bar_of(cut), grid.bar_of(stop - 1)
        made.append(Segment(i, start, stop, cut - start, *bars, float(MOTION_FPS)))
    return tuple(made)
