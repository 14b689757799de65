"""Whether a generator keeps the contract (generators.base): what its author is told before anybody dances."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from dance_core.corpus.studio.gallery import gallery
from dance_core.corpus.studio.songwriter import write_song
from dance_core.errors import UserError
from dance_core.evaluation.limits import check
from dance_core.evaluation.making import Wish, make
from dance_core.generators.base import Generator, Request
from dance_core.generators.others import what_is_wrong
from dance_core.longform.carry import onto
from dance_core.longform.dance import at_centre
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import PARTS, Motion
from dance_core.music.extract import extract_features
from dance_core.settings import MOTION_FPS, Settings

SECONDS = 24.0  # of the song that is danced to
NEAR_M = 1e-4  # joints of a request alone and of the same in a batch
POSE_M = 0.01  # joints of frame 0 and of the reference
ARRIVES_M = 0.05  # joints of the last frames and of those to arrive at, put on each other


@dataclass(frozen=True)
class Told:
    """One thing that the contract asks: kept or not, and a sentence with the number that was found."""

    asked: str
    kept: bool
    said: str


def keeps_contract(generator: Generator, settings: Settings | None = None) -> Iterator[Told]:
    """Everything that is asked of a generator, as it is found out. It is loaded first.

    An error of the generator is told where it came, and the next thing is tried.
    """
    bench = _Bench(generator, settings or Settings())
    for asked, look in bench.all():
        try:
            wrong, said = look()
        except Exception as error:  # an author wants to know of any
            wrong, said = True, f"{type(error).__name__}: {error}"
        yield Told(asked, not wrong, said)


class _Bench:
    """A song, a pose, and one look for each thing that is asked: (whether it is wrong, what was found)."""

    def __init__(self, generator: Generator, settings: Settings) -> None:
        self.generator, self.needs, self.settings = generator, generator.needs, settings

    @cached_property
    def music(self) -> tuple:
        made = write_song("gHO", 11, SECONDS)
        return extract_features(made.song, made.beats), made.beats

    @cached_property
    def pose(self) -> Motion:
        return at_centre(next(iter(gallery().values())).motion)

    def all(self) -> Iterator[tuple[str, Callable[[], tuple[bool, str]]]]:
        yield "it says what it is", self._needs
        yield "it loads, twice", self._loads
        yield "every style, of the length that is asked for", self._styles
        yield "its shortest and its longest segment", self._lengths
        yield "frame 0 is the first pose, over x = z = 0", self._begins
        yield "the same request is the same motion, bit for bit", self._same
        yield f"in a batch as alone, joints within {NEAR_M} m", self._batch
        yield "what it is given stays as it was", self._untouched
        yield "it goes on from a dance", self._goes_on
        yield "it arrives where it must, or refuses with a sentence", self._arrives
        yield "it keeps parts bit for bit, or refuses with a sentence", self._keeps
        yield "a whole dance", self._whole

    def request(self, seconds: float | None = None, style: str | None = None, **more: object) -> Request:
        features, beats = self.music
        shortest, longest = self.needs.segment_seconds
        length = seconds if seconds is not None else min(max(6.0, shortest), longest)
        stop = min(round(length * MOTION_FPS), len(features))
        return Request(features, beats, 0, stop, style or self.needs.styles[0], self.pose, **more)

    def answers(self, requests: Sequence[Request]) -> list[Motion]:
        found = list(self.generator.generate(requests))
        if len(found) != len(requests):
            raise ValueError(f"{len(found)} motions for {len(requests)} requests")
        for motion, request in zip(found, requests, strict=True):
            if len(motion) != request.frames or motion.fps != MOTION_FPS:
                raise ValueError(f"{len(motion)} frames at {motion.fps:g} a second, expected "
                                 f"{request.frames} at {MOTION_FPS}")
            if motion.parts != self.needs.parts and not request.keep:
                raise ValueError(f"it has {sorted(motion.parts)}, its needs say {sorted(self.needs.parts)}")
        return found

    def one(self, request: Request) -> Motion:
        return self.answers([request])[0]

    def _needs(self) -> tuple[bool, str]:
        wrong = what_is_wrong(self.needs)
        return wrong is not None, wrong or f"{self.needs.name}: {self.needs.title}"

    def _loads(self) -> tuple[bool, str]:
        self.generator.load()
        self.generator.load()
        return False, "yes"

    def _styles(self) -> tuple[bool, str]:
        self.answers([self.request(style=style) for style in self.needs.styles])
        return False, f"{len(self.needs.styles)} styles"

    def _lengths(self) -> tuple[bool, str]:
        shortest, longest = self.needs.segment_seconds
        frames = [len(self.one(self.request(s))) for s in (shortest, min(longest, SECONDS))]
        return False, f"{frames[0]} and {frames[1]} frames"

    def _begins(self) -> tuple[bool, str]:
        first = self.one(self.request()).slice(0, 1)
        off = _apart(first, self.pose) if self.needs.parts >= {"body"} else 0.0
        return off > POSE_M, f"{100 * off:.2f} cm off"

    def _same(self) -> tuple[bool, str]:
        one, other = (self.one(self.request(seed=5)) for _ in range(2))
        same = one.same_as(other)
        return not same, "yes" if same else f"{100 * _apart(one, other):.3f} cm apart"

    def _batch(self) -> tuple[bool, str]:
        styles = self.needs.styles
        requests = [self.request(seed=k, style=styles[k % len(styles)]) for k in range(3)]
        together = self.answers(requests)
        off = max(_apart(self.one(r), m) for r, m in zip(requests, together, strict=True))
        return off > NEAR_M, f"{off:.2g} m apart"

    def _untouched(self) -> tuple[bool, str]:
        request = self.request()
        before = [a.copy() for a in _arrays(request)]
        self.one(request)
        wrong = not all(np.array_equal(a, b) for a, b in zip(before, _arrays(request), strict=True))
        return wrong, "it writes into its request" if wrong else "yes"

    def _goes_on(self) -> tuple[bool, str]:
        first = self.one(self.request())
        n = max(self.needs.context_frames, 1)
        start = len(first) - n
        features, _ = self.music
        stop = min(start + len(first), len(features))
        self.one(replace(self.request(), start=start, stop=stop, context=first.slice(start, len(first))))
        return False, f"after {n} frames of it"

    def _arrives(self) -> tuple[bool, str]:
        target = self.one(self.request(seed=9)).slice(0, max(self.needs.context_frames, 1))
        wish = replace(self.request(), arrive=target)
        if not self.needs.fills_between:
            return self._refuses(wish)
        made = self.one(wish)
        end = made.slice(len(made) - len(target), len(made))
        off = _apart(onto(target, end).apply(end), target)
        return off > ARRIVES_M, f"{100 * off:.2f} cm off"

    def _keeps(self) -> tuple[bool, str]:
        given = self.one(self.request(seed=3))
        for part in sorted(self.needs.parts):
            if {part} == PARTS or len(self.needs.parts) == 1:
                continue
            wish = self.request(keep=frozenset({part}), given=given)
            if not self.needs.remakes_parts:
                return self._refuses(wish)
            made = self.one(wish)
            again = made.with_parts_of(given, frozenset({part}))
            if not made.same_as(again):
                return True, f"the {part} that was to stay is another"
        return False, "yes"

    def _refuses(self, wish: Request) -> tuple[bool, str]:
        try:
            self.generator.generate([wish])
        except UserError as error:
            return False, f"refused: {error}"
        return True, "its needs say that it can't, but it does not refuse"

    def _whole(self) -> tuple[bool, str]:
        features, beats = self.music
        wish = Wish(features, beats, self.needs.styles[0], self.pose, seed=1)
        made = make(self.generator, wish, self.settings)
        faults = check(made.motion, reference=self.pose).faults
        held = "all limits held" if not faults else f"{len(faults)} faults, the first {faults[0].kind}"
        said = f"{made.motion.duration:.0f} s in {made.seconds:.1f} s, {held}"
        return len(made.motion) != len(features), said


def _apart(one: Motion, other: Motion) -> float:
    """m, the largest distance of any joint at any frame."""
    return float(np.linalg.norm(kin.joints(one) - kin.joints(other), axis=-1).max())


def _arrays(request: Request) -> list[np.ndarray]:
    motion = request.reference
    return [request.features.values, request.beats.times, motion.rotations, motion.translation, motion.face]
