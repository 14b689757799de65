"""A stretch of a kept dance made better: smoothed, or made anew by a generator that fills in between.

What lies outside of the stretch, and parts that are not to change, stay bit for bit. The result is a new Take
that names its parent; the old one is not touched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dance_core.errors import UserError
from dance_core.evaluation.limits import check
from dance_core.generators.base import Generator, Needs, Request, cannot_keep, in_words
from dance_core.longform.carry import onto
from dance_core.longform.take import Take, new_take_id, utc_now
from dance_core.motion import rotations as rot
from dance_core.motion.easing import minimum_jerk, smoothstep
from dance_core.motion.filters import low_pass
from dance_core.motion.motion import BETAS, PARTS, Motion
from dance_core.motion.shape import reshaped
from dance_core.music.analysis import Analysis
from dance_core.music.beats import Beats
from dance_core.settings import MOTION_FPS

CUTOFF = 4.0  # Hz that smoothing leaves: steps of a dance have 1 to 3, trembling 8 and more
SHORTEST_S = 0.2  # of a stretch
_FADE_S = 0.2  # over which a smoothed stretch comes and goes, within it
_ARRIVAL = 15  # frames that a generator is shown of what comes after
_NEUTRAL = np.zeros(BETAS, np.float32)


@dataclass(frozen=True)
class Stretch:
    """What is to be mended: seconds from the first frame, and the parts ("body", "hands", "face")."""

    start_s: float
    stop_s: float
    parts: frozenset[str]

    def frames(self, motion: Motion) -> tuple[int, int]:
        """(first, stop) frames. Raises UserError for a stretch that is none, or not in the dance."""
        if not self.parts or not self.parts <= PARTS:
            raise UserError("Please choose what is to be mended: body, hands or face.")
        if lacking := self.parts - motion.parts:
            raise UserError(f"This dance has no {in_words(lacking)} to mend.")
        if not 0 <= self.start_s < self.stop_s <= motion.duration + 1e-3:
            raise UserError(f"The stretch goes from {self.start_s:g} to {self.stop_s:g} s, but the dance "
                            f"from 0 to {motion.duration:.2f} s.")
        if self.stop_s - self.start_s < SHORTEST_S:
            raise UserError(f"The stretch is {self.stop_s - self.start_s:.2f} s long, at least "
                            f"{SHORTEST_S:g} s are needed.")
        return round(self.start_s * motion.fps), min(round(self.stop_s * motion.fps), len(motion))


def smoothed(motion: Motion, stretch: Stretch) -> Motion:
    """The motion without what is faster than CUTOFF within the stretch; it fades in and out within it."""
    a, b = stretch.frames(motion)
    calm = low_pass(motion, CUTOFF)
    t = np.arange(b - a)
    fade = max(1.0, min(_FADE_S * motion.fps, (b - a) / 3))
    w = np.minimum(smoothstep((t + 1) / fade), smoothstep((b - a - t) / fade))
    return _blended(motion, calm.slice(a, b), a, w, stretch.parts)


def remade(take: Take, analysis: Analysis, generator: Generator, stretch: Stretch, style: str,
           seed: int) -> Motion:
    """The dance with the stretch made anew, between what comes before and after it.

    Args:
        take: the dance, at 30 frames a second.
        analysis: of its music, one frame of features for each frame of the dance.
        style: one of the generator's. seed: of what is made.

    Raises:
        UserError: the generator can't fill in between, or keep the other parts, or not so long a stretch.
    """
    needs, motion = generator.needs, take.motion
    a, b = stretch.frames(motion)
    _able(needs, stretch, motion, style)
    neutral = reshaped(motion, _NEUTRAL)
    start, stop = _around(needs, a, b, len(motion), take.beats)
    whole = stretch.parts == PARTS & motion.parts or stretch.parts == PARTS
    request = Request(
        analysis.features, take.beats, start, stop, style, neutral.slice(start, start + 1), seed=seed,
        context=neutral.slice(start, a) if a > start else None,
        arrive=neutral.slice(b, stop) if stop > b else None, guidance=take.guidance,
        energy=take.energy if needs.uses_energy else None, betas=motion.betas,
        keep=frozenset() if whole else PARTS - stretch.parts,
        given=None if whole else neutral.slice(start, stop))
    answer = reshaped(generator.generate([request])[0], motion.betas)
    made = _led_back(answer, motion, start, a, b) if "body" in stretch.parts else answer.slice(
        a - start, b - start)
    t, fade = np.arange(b - a), max(1.0, min(5.0, (b - a) / 3))
    w = np.minimum(smoothstep((t + 1) / fade), smoothstep((b - a - t) / fade))
    return _blended(motion, made, a, w, stretch.parts)


def fills_in(needs: Needs) -> bool:
    """Whether a generator can make a stretch anew: go on from what was danced, and arrive."""
    return needs.fills_between and needs.context_frames > 0


def kept(take: Take, motion: Motion, change: str) -> Take:
    """The mended dance: a new id, its parent's name, its own faults.

    change: what was done, in words.
    """
    return replace(take, id=new_take_id(), motion=motion, parent=take.id, change=change, created=utc_now(),
                   faults=check(motion, take.seams).faults)


def _able(needs: Needs, stretch: Stretch, motion: Motion, style: str) -> None:
    if not fills_in(needs):
        raise UserError(f"{needs.title} can't fill in between: it makes dances from their beginning on.")
    if motion.fps != MOTION_FPS:
        raise UserError(f"The dance has {motion.fps:g} frames a second; to make a stretch anew it needs "
                        f"{MOTION_FPS}.")
    if style not in needs.styles:
        raise UserError(f"{needs.title} has no style {style!r}; it has {', '.join(needs.styles)}.")
    keep = PARTS - stretch.parts
    if keep & motion.parts and not needs.remakes_parts:
        raise UserError(cannot_keep(needs, keep))


def _around(needs: Needs, a: int, b: int, frames: int, beats: Beats) -> tuple[int, int]:
    """Frames that are asked for: the stretch, what it goes on from, what it arrives at."""
    shortest, longest = (round(s * MOTION_FPS) for s in (needs.segment_seconds[0],
                                                         needs.longest(beats.tempo)))
    start = max(0, a - needs.context_frames)
    stop = min(frames, max(b + _ARRIVAL, start + shortest))
    if stop - start > longest:
        most = (longest - _ARRIVAL - needs.context_frames) / MOTION_FPS
        raise UserError(f"The stretch is {(b - a) / MOTION_FPS:.1f} s long; {needs.title} makes at most "
                        f"{most:.1f} s anew at once.")
    if stop - start < shortest:
        raise UserError(f"The dance has {(stop - start) / MOTION_FPS:.1f} s there, but {needs.title} needs "
                        f"{shortest / MOTION_FPS:g} s.")
    return start, stop


def _led_back(answer: Motion, motion: Motion, start: int, a: int, b: int) -> Motion:
    """Frames a to b of an answer that begins at `start`: from where the dance is to where it goes on.

    The turn and way by which the answer misses what comes after are shared out over the stretch.
    """
    if a > start:
        answer = onto(motion.slice(a - 1, a), answer.slice(a - 1 - start, a - start)).apply(answer)
    made = answer.slice(a - start, b - start)
    if b >= len(motion) or b - start >= len(answer):
        return made
    there, here = motion.slice(b, b + 1), answer.slice(b - start, b - start + 1)
    placing = onto(there, here)
    w = minimum_jerk((np.arange(b - a) + 1) / (b - a + 1))
    missed = (there.translation - here.translation)[0] * np.array([1.0, 0.0, 1.0])
    q = rot.multiply(rot.quaternion_about("y", placing.turn * w),
                     rot.quaternion_from_axis_angle(made.rotations[:, 0]))
    rotations = made.rotations.copy()
    rotations[:, 0] = rot.axis_angle_from_quaternion(q)
    return replace(made, rotations=rotations, translation=made.translation + w[:, None] * missed)


def _blended(motion: Motion, made: Motion, a: int, w: np.ndarray, parts: frozenset[str]) -> Motion:
    """The motion with some parts of `made` from frame a on, by a weight (n,); all else is bit for bit."""
    b = a + len(made)
    old = motion.slice(a, b)
    weight = np.broadcast_to(w[:, None], old.rotations.shape[:2])
    q = rot.slerp(rot.quaternion_from_axis_angle(old.rotations),
                  rot.quaternion_from_axis_angle(made.rotations), weight)
    mixed = replace(old, rotations=rot.axis_angle_from_quaternion(q).astype(np.float32),
                    translation=old.translation + w[:, None] * (made.translation - old.translation),
                    face=np.clip(old.face + w[:, None] * (made.face - old.face), 0.0, 1.0),
                    parts=old.parts | parts)
    new = old.with_parts_of(mixed, parts)
    rotations, place, face = motion.rotations.copy(), motion.translation.copy(), motion.face.copy()
    rotations[a:b], place[a:b], face[a:b] = new.rotations, new.translation, new.face
    return replace(motion, rotations=rotations, translation=place, face=face, parts=motion.parts | parts)
