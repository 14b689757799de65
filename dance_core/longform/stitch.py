"""Segments made into one dance, one after another; what has been given out never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dance_core.longform import blend
from dance_core.longform.blend import Track
from dance_core.longform.carry import Placing, onto, onto_feet
from dance_core.longform.segment import Segment
from dance_core.longform.take import Jump, Seam
from dance_core.longform.transition import calm_of, find_transition
from dance_core.motion import kinematics as kin
from dance_core.motion.contacts import detect_contacts
from dance_core.motion.hinges import FREE, MOST, hinges_kept
from dance_core.motion.motion import FACE, JOINTS, Motion
from dance_core.motion.skeleton import BODY, LEFT_HAND, RIGHT_HAND

HANDS = slice(LEFT_HAND.start, RIGHT_HAND.stop)
_AROUND = 150  # frames beside a seam that are looked at: which foot stands, how lively the dance is


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


@dataclass(frozen=True, eq=False)
class _Way:
    """A way over from the dance so far to a new segment, which is alone from frame `cut` on.

    blended: the frames before the cut, or None where the dance so far stays as it is.
    """

    method: str
    placing: Placing | None
    cut: int
    blended: Motion | None
    steps: int
    roughness: float  # m/s², peak acceleration


class Stitcher:
    """Carries heading and place on, blends the overlaps, keeps the feet from sliding there.

    Push the segments' motions in order. Each answer holds the frames that are final now: all but those
    that the next segment will be blended into.

    Args:
        segments: the plan.
        blend: most frames that are blended at a seam (fewer where the overlap is shorter).
        pull: metres that a blended seam moves the new segment towards x = z = 0; kept seams never.
        reference: one frame; the first segment is turned and moved along the floor so that its frame 0
            faces and stands as this does. None: it stays where it is.
        keep: parts of `given`, a dance of all the frames, that are written bit for bit whatever is pushed.
    """

    def __init__(self, segments: Sequence[Segment], blend: int, reference: Motion | None = None,
                 pull: float = 0.0, keep: frozenset[str] = frozenset(), given: Motion | None = None) -> None:
        self.segments = tuple(segments)
        self.blend = blend
        self.reference = reference
        self.pull = pull
        self.keep, self.given_parts = keep, given
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

    def _finished(self) -> Motion:
        """The whole dance, not copied."""
        assert self._like is not None
        return replace(self._like, rotations=self._rotations, translation=self._translation, face=self._face)

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
        whole = self._finished()
        fps = whole.fps
        measured = _jumps_of(whole, self.keep)
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
        if self.given_parts is not None:
            motion = motion.with_parts_of(self.given_parts.slice(start, stop), self.keep)
        self._rotations[start:stop] = motion.rotations
        self._translation[start:stop] = motion.translation
        self._face[start:stop] = motion.face

    def _placed_on_reference(self, motion: Motion) -> Motion:
        if self.reference is None:
            return motion
        placing = onto(self.reference, motion.slice(0, 1))
        return motion if placing.is_nothing() else placing.apply(motion)

    def _join(self, segment: Segment, motion: Motion) -> None:
        earliest, cut = self._window(segment)
        old = self.frames(max(0, earliest - _AROUND), cut)
        way = self._continued(segment, motion, earliest)
        if way is None or (way.cut < cut and way.roughness > calm_of(old)):
            blended = self._blended(segment, motion, old, cut - earliest)
            way = blended if way is None or blended.roughness < way.roughness else way
        rest = way.placing.apply(motion) if way.placing else motion
        before = self._hard_cut(way.cut, rest.slice(way.cut - segment.start, len(rest)))
        if way.blended is not None:
            self._write(way.cut - len(way.blended), way.blended)
        self._write(way.cut, rest.slice(way.cut - segment.start, len(rest)))
        moved = (rest.translation - motion.translation)[segment.overlap, ::2]
        blended_frames = 0 if way.blended is None else len(way.blended)
        self._joints.append(_Joint(segment.index, way.cut - blended_frames, way.cut, way.method,
                                   way.placing.turn if way.placing else 0.0, float(np.linalg.norm(moved)),
                                   way.steps, before))

    def _continued(self, segment: Segment, motion: Motion, earliest: int) -> _Way | None:
        """Where a segment simply goes on: it begins with frames that the dance has already.

        From the first frame that differs it is alone. None: it does not begin so, or differs before frame
        `earliest`, where nothing may change any more.
        """
        have = self.frames(segment.start, segment.start + segment.overlap)
        if not len(have):
            return None
        here = motion.slice(0, len(have))
        few = min(2, len(have))  # the same place and speed
        for placing in (None, onto(have.slice(0, few), here.slice(0, few))):
            placed = placing.apply(here) if placing else here
            same = blend.agreement(Track.of(have), Track.of(placed))
            if same >= few and segment.start + same >= earliest:
                cut = segment.start + same
                rest = placing.apply(motion) if placing else motion
                jump = self._hard_cut(cut, rest.slice(same, len(rest)))
                return _Way("kept", placing, cut, None, 0, jump.velocity * motion.fps)
        return None

    def _blended(self, segment: Segment, motion: Motion, old: Motion, frames: int) -> _Way:
        """The new segment blended into the last frames of the dance so far."""
        skip = segment.overlap - frames
        window = old.slice(len(old) - frames, len(old))
        here = motion.slice(skip, min(segment.overlap + _AROUND, len(motion)))
        old_stands, new_stands = _stands(old)[len(old) - frames:], _stands(here)[:frames]
        placing = onto_feet(window, here.slice(0, frames), old_stands & new_stands, self.pull)
        found = find_transition(old, placing.apply(here), frames, old_stands, new_stands)
        # what lies between two elbows that bend the right way may bend the wrong one
        blended = hinges_kept(found.track.motion(window), MOST, FREE)
        return _Way(found.method, placing, segment.start + segment.overlap, blended, found.steps,
                    found.roughness)

    def _hard_cut(self, cut: int, tail: Motion) -> Jump:
        """Jumps where the dance up to frame `cut` would be followed by `tail` as it is."""
        lead = self.frames(max(0, cut - 3), cut)
        joined = Motion.join([lead, tail.slice(0, min(3, len(tail)))])
        measured = blend.jumps(_judged(joined, self.keep), joined.fps)
        return blend.worst(measured, len(lead) - 1, len(lead) + 1)


def _judged(motion: Motion, keep: frozenset[str]) -> np.ndarray:
    """(T, J, 3) m: the joints that a seam is judged by. Those of the body; where it is kept its jumps are no
    seam's, and what is made anew are the hands, as their wrists see them, or the face alone: J = 0."""
    if "body" not in keep:
        return kin.joints(motion, BODY)
    if "hands" in keep:
        return np.zeros((len(motion), 0, 3))
    rotations = motion.rotations.copy()
    rotations[:, :BODY] = 0.0
    return kin.joints(replace(motion, rotations=rotations, translation=0.0 * motion.translation))[:, HANDS]


def _jumps_of(motion: Motion, keep: frozenset[str]) -> tuple[np.ndarray, ...]:
    """blend.jumps of a whole dance, a block after another: two frames on either side are all it needs."""
    found = tuple(np.zeros(len(motion)) for _ in range(3))
    reach = 2
    for start, block in motion.blocks(before=2 * reach):
        measured = blend.jumps(_judged(block, keep), motion.fps)
        first = 0 if start == 0 else reach
        for out, part in zip(found, measured, strict=True):
            out[start + first:start + len(part)] = part[first:]
    return found


def _stands(motion: Motion) -> np.ndarray:
    """(T, 2) bool: which foot stands."""
    return detect_contacts(motion).reshape(-1, 2, 2).any(-1)
