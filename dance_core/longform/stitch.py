"""Segments made into one dance, one after another; what has been given out never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.longform import blend
from dance_core.longform.blend import Placing, Track
from dance_core.longform.segment import Segment
from dance_core.longform.take import Jump, Seam
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import FACE, JOINTS, Motion


@dataclass(frozen=True)
class _Joint:
    """What is known of a seam when it is made; the rest needs the whole dance."""

    index: int
    start: int
    stop: int
    method: str
    turn: float
    shift: float
    steps: int
    before: Jump


class Stitcher:
    """Carries heading and place on, blends the overlaps, keeps the feet from sliding there.

    Push the segments' motions in order. Each answer holds the frames that are final now: all but those
    that the next segment will be blended into.

    Args:
        segments: the plan.
        blend: frames that are blended at a seam (fewer where the overlap is shorter).
        reference: one frame; the first segment is turned and moved along the floor so that its frame 0
            faces and stands as this does. None: it stays where it is.
    """

    def __init__(self, segments: Sequence[Segment], blend: int, reference: Motion | None = None) -> None:
        self.segments = tuple(segments)
        self.blend = blend
        self.reference = reference
        self.pushed = 0  # segments
        self.given = 0  # frames
        frames = self.segments[-1].stop
        self._rotations = np.zeros((frames, JOINTS, 3), np.float32)
        self._translation = np.zeros((frames, 3), np.float32)
        self._face = np.zeros((frames, FACE), np.float32)
        self._like: Motion | None = None
        self._joints: list[_Joint] = []

    def frames(self, start: int, stop: int) -> Motion:
        """The dance so far, frames start to stop; those from `given` on may still be blended."""
        if self._like is None or not 0 <= start <= stop <= self.segments[self.pushed - 1].stop:
            raise ValueError(f"frames {start} to {stop} are not made yet")
        like = self._like
        return Motion(like.fps, self._rotations[start:stop].copy(), self._translation[start:stop].copy(),
                      self._face[start:stop].copy(), like.betas, like.parts)

    def push(self, motion: Motion) -> Motion:
        """Take the next segment's motion; return the frames that are final now (perhaps none, T = 0).

        Raises ValueError if there is no next segment or the motion has another length.
        """
        if self.pushed == len(self.segments):
            raise ValueError("all segments were pushed")
        segment = self.segments[self.pushed]
        frames = segment.stop - segment.start
        if len(motion) != frames:
            raise ValueError(f"segment {segment.index} has {frames} frames, got {len(motion)}")
        if self._like is None:
            self._like = motion
            self._write(0, self._placed_on_reference(motion))
        else:
            self._join(segment, motion)
        self.pushed += 1
        start, self.given = self.given, max(self.given, self._final())
        return self.frames(start, self.given)

    def seams(self) -> tuple[Seam, ...]:
        """How every seam came out, once all segments were pushed (ValueError before)."""
        if self.pushed < len(self.segments):
            raise ValueError(f"{self.pushed} of {len(self.segments)} segments were pushed")
        if not self._joints:
            return ()
        whole = self.frames(0, self.given)
        fps = whole.fps
        measured = blend.jumps(kin.joints(whole, blend.BODY), fps)
        inside = np.zeros(len(whole), bool)
        inside[[0, -2, -1]] = True  # nothing to measure there
        for j in self._joints:
            inside[max(0, j.start - 1):j.stop + 1] = True
        quiet = [m[~inside] if (~inside).any() else m for m in measured]
        elsewhere = Jump(*(float(np.percentile(m, 95)) for m in quiet))
        made = []
        for j in self._joints:
            after = blend.worst(measured, j.start - 1, j.stop + 1)
            ratio = after.velocity / max(elsewhere.velocity, 1e-9)
            made.append(Seam(j.index, j.start, j.stop, fps, j.method, float(np.degrees(j.turn)), j.shift,
                             j.steps, j.before, after, elsewhere, ratio))
        return tuple(made)

    def _final(self) -> int:
        """Frames that nothing will change any more."""
        if self.pushed == len(self.segments):
            return self.segments[-1].stop
        return self._window(self.segments[self.pushed])[0]

    def _window(self, segment: Segment) -> tuple[int, int]:
        """Frames in which a segment is blended in: the last ones of its overlap."""
        cut = segment.start + segment.overlap
        return cut - min(segment.overlap, self.blend), cut

    def _write(self, start: int, motion: Motion) -> None:
        stop = start + len(motion)
        self._rotations[start:stop] = motion.rotations
        self._translation[start:stop] = motion.translation
        self._face[start:stop] = motion.face

    def _placed_on_reference(self, motion: Motion) -> Motion:
        if self.reference is None:
            return motion
        there, here = kin.joints(self.reference, blend.BODY), kin.joints(motion.slice(0, 1), blend.BODY)
        placing = Placing(blend.heading_between(there, here), np.zeros(2))
        turned = placing.apply(motion.slice(0, 1))
        shift = (self.reference.translation - turned.translation)[0, [0, 2]]
        if _is_nothing(placing.turn, shift):
            return motion
        return Placing(placing.turn, shift).apply(motion)

    def _join(self, segment: Segment, motion: Motion) -> None:
        start, cut = self._window(segment)
        skip = start - segment.start
        old = self.frames(start, cut)
        a = Track.of(old)
        if cut == start or blend.agree(a, Track.of(motion.slice(skip, skip + cut - start))):
            turn, placed = 0.0, motion
        else:
            turn, placed = self._carried_on(old, motion, skip)
        new = placed.slice(skip, skip + cut - start)
        b = Track.of(new)
        lead = self.frames(max(0, start - 3), cut)
        before = self._hard_cut(lead, placed.slice(skip + cut - start, len(placed)))
        if cut == start or blend.agree(a, b):
            method, steps = "kept", 0
        else:
            method, mixed, steps = self._blended(a, b, start, placed, skip)
            self._write(start, mixed.motion(old))
        self._write(cut, placed.slice(skip + cut - start, len(placed)))
        moved = float(np.linalg.norm((placed.translation - motion.translation)[segment.overlap, [0, 2]]))
        first = cut if method == "kept" else start
        self._joints.append(_Joint(segment.index, first, cut, method, turn, moved, steps, before))

    def _hard_cut(self, lead: Motion, tail: Motion) -> Jump:
        joined = Motion.join([lead, tail.slice(0, min(3, len(tail)))])
        measured = blend.jumps(kin.joints(joined, blend.BODY), joined.fps)
        return blend.worst(measured, len(lead) - 1, len(lead) + 1)

    def _carried_on(self, old: Motion, motion: Motion, skip: int) -> tuple[float, Motion]:
        new = motion.slice(skip, skip + len(old))
        turn = blend.heading_between(kin.joints(old, blend.BODY), kin.joints(new, blend.BODY))
        turned = Placing(turn, np.zeros(2)).apply(new)
        shift = (old.translation - turned.translation)[:, [0, 2]].mean(0)
        return turn, Placing(turn, shift).apply(motion)

    def _blended(self, a: Track, b: Track, start: int, placed: Motion, skip: int) -> tuple[str, Track, int]:
        end = skip + len(a.pelvis)
        after = Track.of(placed.slice(end, min(end + 2, len(placed)))).joints()
        prior = Track.of(self.frames(max(0, start - 2), start)).joints()
        found = {"cosine": blend.cosine(a, b), "inertial": blend.inertial(a, b)}
        def roughness(track: Track) -> float:
            joints = np.concatenate([prior, track.joints(), after])
            return float(blend.jumps(joints, placed.fps)[1].max())
        method = min(found, key=lambda name: roughness(found[name]))
        return method, found[method], 0


def _is_nothing(turn: float, shift: np.ndarray) -> bool:
    return abs(np.degrees(turn)) < blend.AGREE_DEGREES and float(np.linalg.norm(shift)) < blend.AGREE_METRES
