"""How everybody reaches a generator: a job goes in, finished pieces of the dance stream out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from dance_core.generators.base import Needs
from dance_core.longform.segment import Segment
from dance_core.longform.take import Take
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.music.byhand import ByHand
from dance_core.music.features import Features
from dance_core.music.song import Song


@dataclass(frozen=True, eq=False)
class Work:
    """What a generator must know to make a dance: a part of `Job`, see there. It names nobody's song."""

    beats: Beats
    features: Features
    generator: str
    style: str
    reference: Motion
    seed: int = 0
    guidance: float = 1.0
    energy: float | None = None
    keep: frozenset[str] = frozenset()
    given: Motion | None = None


@dataclass(frozen=True, eq=False)
class Job:
    """One dance to make.

    Attributes:
        song: what is danced to: the whole song, or its excerpt (already cut).
        beats, features: of the same, times from its first sample.
        generator: name of a generator that the engine has.
        style: one of that generator's styles.
        pose: name of the reference pose, to be written into the Take ("preset:ready", "upload", …).
        reference: the pose itself, one frame.
        seed: 0 <= seed < 2**63.
        guidance, energy: see generators.base.Request.
        keep: parts of `given` that stay bit for bit; the others are made anew (none: a dance from nothing).
        given: a dance to the same music. given_by: the title of what made it, for the Take.
        by_hand: how the beats were set by hand, and `found`, what the tracker says; None: they are found.
        analysis_seconds: how long beats and features took, where known; goes into the Take's timings.
    """

    song: Song
    beats: Beats
    features: Features
    generator: str
    style: str
    pose: str
    reference: Motion
    seed: int = 0
    guidance: float = 1.0
    energy: float | None = None
    keep: frozenset[str] = frozenset()
    given: Motion | None = None
    given_by: str = ""
    by_hand: ByHand | None = None
    found: Beats | None = None
    analysis_seconds: float | None = None

    @property
    def work(self) -> Work:
        """The part of it that a generator must know."""
        return Work(self.beats, self.features, self.generator, self.style, self.reference, self.seed,
                    self.guidance, self.energy, self.keep, self.given)


@dataclass(frozen=True, eq=False)
class Piece:
    """Finished frames of the dance: start to start + len(motion), never changed afterwards.

    Pieces come in order and join without a gap. `segment` is the newest segment in it; done and
    total count segments. The last piece carries the whole Take.
    """

    motion: Motion
    start: int
    segment: Segment
    done: int
    total: int
    take: Take | None = None


class Engine(Protocol):
    """Where generators run: in this process, or on GPU hosts behind the same interface."""

    def generators(self) -> tuple[Needs, ...]:
        """What can be asked for, the default first."""

    def stream(self, job: Job) -> AsyncIterator[Piece]:
        """Make the dance. Closing the iterator (aclose) cancels what is left of the job.

        Raises UserError for an unknown generator or style, for what the generator can't do, and when too many
        jobs wait.
        """
