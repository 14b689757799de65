"""One dance in the making: what to ask the generator for next, and the finished frames so far.

    requests wait in `ready()` → their answers go to `accept()` → finished frames come back

Nothing here runs a generator or waits for one: that is the engine's part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.errors import UserError
from dance_core.generators.base import Needs, Request, cannot_be_told_energy, cannot_keep, in_words
from dance_core.longform.carry import onto
from dance_core.longform.plan import blend_frames, plan_segments
from dance_core.longform.segment import Segment
from dance_core.longform.stitch import Stitcher
from dance_core.longform.take import Seam
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.motion import BETAS, Motion
from dance_core.motion.shape import reshaped
from dance_core.motion.skeleton import BODY
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import MOTION_FPS, Settings

_NEUTRAL = np.zeros(BETAS, np.float32)


class GeneratorError(UserError):
    """A generator failed or gave an answer that is none. The text names it and says what was wrong."""


@dataclass(frozen=True, eq=False)
class Finished:
    """Frames start to start + len(motion) that never change; done and total count segments."""

    motion: Motion
    start: int
    segment: Segment
    done: int
    total: int


class Dance:
    """The state of one dance. Not for several threads at once.

    Two schedules. *Stream*: one segment after another, each continuing the stitched dance so far. *Two
    waves*, for generators that fill in between: the even segments at once, then the odd ones, each of which
    continues the even segment before it and arrives at the one after it. In two waves context and arrival
    frames stand where their generator put them, the arrival turned and moved so that the dancer would
    stay in place: heading and place are carried on when the dance is stitched, in order.

    The dance has the reference's (or the given dance's) betas. Generators and stitcher know the neutral body
    alone: what goes to them is reshaped to it, and what is given out is reshaped to the betas.

    Args:
        features, beats: of the music, from frame 0.
        needs: of the generator.
        style, reference, seed, guidance, energy: see generators.base.Request. The reference is put at
            x = z = 0.
        settings: segment_bars, blend_seconds, centre_pull.
        waves: two waves instead of streaming.
        keep: parts of `given` that the dance has bit for bit; the others are made anew. given: a dance to
            the same music, one frame for each of its frames.

    Raises:
        UserError: the music is too short for the generator, or it does not know the style, or can't do what
            is asked for.
    """

    def __init__(self, features: Features, beats: Beats, needs: Needs, style: str, reference: Motion,
                 settings: Settings, seed: int = 0, guidance: float = 1.0, *, energy: float | None = None,
                 waves: bool = False, keep: frozenset[str] = frozenset(), given: Motion | None = None
                 ) -> None:
        if style not in needs.styles:
            raise UserError(f"{needs.title} has no style {style!r}; it has {', '.join(needs.styles)}.")
        if not 0 <= seed < 2**63:
            raise UserError(f"The seed is {seed}, but 0 to {2**63 - 1} was expected.")
        if len(reference) != 1:
            raise UserError(f"The reference pose has {len(reference)} frames, but one was expected.")
        if waves and not needs.fills_between:
            raise UserError(f"{needs.title} can't dance in two waves: it makes one segment after another.")
        if keep and not needs.remakes_parts:
            raise UserError(cannot_keep(needs, keep))
        if energy is not None and not needs.uses_energy:
            raise UserError(cannot_be_told_energy(needs))
        if energy is not None and not 0.0 <= energy <= 1.0:  # not a number is refused too
            raise UserError(f"The energy is {energy:g}, but 0 to 1 was expected.")
        if given is not None and (len(given) != len(features) or given.fps != MOTION_FPS):
            raise UserError(f"The dance has {len(given)} frames at {given.fps:g} a second, but its music "
                            f"{len(features)} at {MOTION_FPS}.")
        self.needs, self.waves = needs, waves
        self.segments = plan_segments(beats, len(features), needs, settings)
        self.reference = at_centre(reference) if given is None else given.slice(0, 1)
        self.betas = self.reference.betas
        self._kept = given
        self._given = given = None if given is None else reshaped(given, _NEUTRAL)
        pose, first = reshaped(self.reference, _NEUTRAL), self.segments[0].stop
        self._first = Request(features, beats, 0, first, style, pose, seed=seed, guidance=guidance,
                              energy=energy, keep=keep,
                              given=None if given is None else given.slice(0, first), betas=self.betas)
        self._stitcher = Stitcher(self.segments, blend_frames(settings), pose, settings.centre_pull, keep,
                                  given)
        self._answers: dict[int, Motion | None] = {}  # accepted, by segment; None: not needed any more
        self._asked: set[int] = set()

    @property
    def done(self) -> int:
        """How many segments were accepted."""
        return len(self._answers)

    @property
    def complete(self) -> bool:
        """Whether every segment's answer was accepted."""
        return self.done == len(self.segments)

    def ready(self) -> list[tuple[int, Request]]:
        """The (segment index, request) pairs that can be made now and were not given out before."""
        wanted = [i for i in range(len(self.segments)) if i not in self._asked and self._can_ask(i)]
        self._asked.update(wanted)
        return [(i, self._request(i)) for i in wanted]

    def accept(self, index: int, answer: Motion) -> Finished | None:
        """Take the motion of a segment; return the frames that became final, if any did.

        Raises GeneratorError, naming the generator, if the answer is not what was asked for, and
        ValueError for a segment that was not asked for or is there already.
        """
        if index not in self._asked or index in self._answers:
            raise ValueError(f"segment {index} is not waited for")
        self._answers[index] = self._checked(index, answer)
        pieces: list[Motion] = []
        start = self._stitcher.given
        while (pushed := self._stitcher.pushed) in self._answers:
            pieces.append(self._stitcher.push(self._answers[pushed]))
            if not self.waves:  # what comes next goes on from the stitched dance
                self._answers[pushed] = None
        if not sum(map(len, pieces)):
            return None
        newest = self.segments[self._stitcher.pushed - 1]
        return Finished(self._shown(Motion.join(pieces), start), start, newest, self.done, len(self.segments))

    def motion(self) -> Motion:
        """The whole dance. ValueError while it is not complete."""
        return self._shown(self._stitcher.frames(0, self.segments[-1].stop), 0)

    def seams(self) -> tuple[Seam, ...]:
        """How the segments were joined. ValueError while the dance is not complete."""
        return self._stitcher.seams()

    def _shown(self, frames: Motion, start: int) -> Motion:
        """Finished frames from `start` on as the dance's own body dances them; kept parts bit for bit."""
        shown = reshaped(frames, self.betas)
        if shown is frames or self._kept is None:
            return shown
        return shown.with_parts_of(self._kept.slice(start, start + len(frames)), self._first.keep)

    def _can_ask(self, index: int) -> bool:
        if self.waves:
            neighbours = [i for i in (index - 1, index + 1) if i < len(self.segments)]
            return index % 2 == 0 or all(i in self._answers for i in neighbours)
        return index == len(self._answers)

    def _request(self, index: int) -> Request:
        s = self.segments[index]
        given = None if self._given is None else self._given.slice(s.start, s.stop)
        request = replace(self._first, start=s.start, stop=s.stop, given=given)
        wanted = min(self.needs.context_frames, s.overlap)
        if self.waves:
            return self._between(request, index) if index % 2 else request
        if not wanted:
            return request
        return replace(request, context=self._stitcher.frames(s.start, s.start + wanted))

    def _between(self, request: Request, index: int) -> Request:
        """A segment of the second wave: from the end of the one before to the beginning of the one after."""
        s, before = self.segments[index], self.segments[index - 1]
        past = self._answers[index - 1].slice(s.start - before.start, before.stop - before.start)
        wanted = min(self.needs.context_frames, len(past))
        context = past.slice(0, wanted) if wanted else None
        arrive = None
        if index + 1 < len(self.segments):
            after = self.segments[index + 1]
            first = max(after.start, s.start + s.overlap)  # only frames that are new to this segment
            coming = self._answers[index + 1].slice(first - after.start, s.stop - after.start)
            # where a body is kept, all stand where they are
            arrive = coming if "body" in request.keep else _placed_like(coming, past)
        return replace(request, context=context, arrive=arrive)

    def _checked(self, index: int, answer: Motion) -> Motion:
        """The door for what generators give."""
        s, where = self.segments[index], f"{self.needs.title}, segment {index + 1} of {len(self.segments)}"
        if not isinstance(answer, Motion):
            raise GeneratorError(f"{where}: the generator gave a {type(answer).__name__}, not a motion.")
        if len(answer) != s.stop - s.start:
            raise GeneratorError(f"{where}: the generator gave {len(answer)} frames, not {s.stop - s.start}.")
        if answer.fps != MOTION_FPS:
            raise GeneratorError(f"{where}: the generator gave {answer.fps:g} frames a second, "
                                 f"not {MOTION_FPS}.")
        for name in ("rotations", "translation", "face"):  # Motion checks when made; arrays can change later
            if not np.isfinite(getattr(answer, name)).all():
                raise GeneratorError(f"{where}: the generator gave numbers that are not finite ({name}).")
        far = float(np.abs(answer.translation).max())
        if far > 1000.0:
            raise GeneratorError(f"{where}: the generator put the dancer {far:.0f} m away.")
        if self._given is not None:
            kept = answer.with_parts_of(self._given.slice(s.start, s.stop), self._first.keep)
            if not kept.same_as(answer):
                raise GeneratorError(f"{where}: the generator did not keep the {in_words(self._first.keep)}.")
        return reshaped(answer, _NEUTRAL)


def at_centre(pose: Motion) -> Motion:
    """The same frames, moved along the floor so that frame 0's pelvis is over x = z = 0."""
    place = pose.translation - pose.translation[:1] * np.array([1.0, 0.0, 1.0], np.float32)
    return replace(pose, translation=place)


def reference_error(frame: Motion, reference: Motion) -> tuple[np.ndarray, float]:
    """How far one frame is from a reference pose, both over x = z = 0.

    Returns:
        (angle (55,) in degrees between each joint's rotations, the pelvis' in the world among them; the
        largest distance of a body joint in centimetres).
    """
    a, b = at_centre(frame.slice(0, 1)), at_centre(reference.slice(0, 1))
    angle = rot.geodesic(rot.quaternion_from_axis_angle(a.rotations[0]),
                         rot.quaternion_from_axis_angle(b.rotations[0]))
    far = np.linalg.norm(kin.joints(a, BODY) - kin.joints(b, BODY), axis=-1).max()
    return np.degrees(angle), float(far) * 100.0


def _placed_like(frames: Motion, past: Motion) -> Motion:
    """Frames turned and moved so that the first faces and stands as the last frame of `past` does."""
    return onto(past.slice(len(past) - 1, len(past)), frames.slice(0, 1)).apply(frames)
