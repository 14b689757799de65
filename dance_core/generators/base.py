"""The one contract that every generator keeps: a batch of segment requests in, motions out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from dance_core.errors import UserError
from dance_core.motion.motion import BETAS, PARTS, Motion
from dance_core.music.beats import Beats
from dance_core.music.features import Features

ENERGIES = {"calm": 0.0, "usual": 0.5, "lively": 1.0}  # words for `Request.energy`
DEFAULT_TEMPO = 120.0  # BPM that "bars" and "beats" are taken from where a song has none


@dataclass(frozen=True)
class Needs:
    """What a generator says about itself.

    Attributes:
        name: short key, as in URLs and on the command line ("choreographer").
        title: what people read ("Choreographer (rule-based baseline)").
        about: one sentence for the page.
        segment_seconds: (shortest, longest) segment it can make, overlap included.
        segment_beats: beats of music in its longest segment, overlap included, for who dances on the music's
            clock and not on the wall's; None: seconds alone count.
        context_frames: how many frames of the dance so far it wants (0: none). The segments
            overlap by this many frames, and by at least the stitcher's blend.
        parts: which of body, hands, face it makes.
        styles: the style keys it knows.
        fills_between: it can also arrive at given frames, so two waves are possible.
        remakes_parts: it can keep some parts of a dance and make the others anew.
        uses_guidance: whether `Request.guidance` changes anything.
        uses_energy: it can be told how lively to dance.
        together: so many requests in one call are quicker on a processor than one by one (1: no quicker); a
            GPU is given as many as there are.
    """

    name: str
    title: str
    about: str
    segment_seconds: tuple[float, float]
    context_frames: int
    parts: frozenset[str]
    styles: tuple[str, ...]
    fills_between: bool = False
    remakes_parts: bool = False
    uses_guidance: bool = False
    uses_energy: bool = False
    together: int = 16
    segment_beats: float | None = None

    def longest(self, tempo: float) -> float:
        """Seconds of its longest segment to music of `tempo` BPM; 0: without beats."""
        seconds = self.segment_seconds[1]
        if self.segment_beats is None:
            return seconds
        beats = self.segment_beats * 60.0 / (tempo if tempo > 0 else DEFAULT_TEMPO)
        return min(seconds, max(beats, self.segment_seconds[0]))


@dataclass(frozen=True, eq=False)
class Request:
    """One segment to make.

    The features and beats are those of the whole song (of the excerpt that is danced), so that a
    generator may look ahead and back; frame 0 is the first frame of the dance. The generator makes
    frames start to stop. A request is complete: same request, same seed, same device, same motion.

    Attributes:
        features: (T, F) of the whole dance's music at 30 Hz.
        beats: of the same, times in seconds from frame 0.
        start, stop: frames to make, stop not included. Where context is given, the first
            len(context) frames of the answer cover the same frames as the context.
        style: one of `Needs.styles`.
        reference: one frame; where start is 0, frame 0 of the answer must be this pose (its heading
            and place on the floor included: the caller puts it at x = z = 0).
        context: the stitched dance in frames start to start + n, or None at the beginning.
        arrive: frames that the answer must end on (two waves), or None. Like a context they may be turned
            about Y and moved along the floor as a whole.
        keep: parts of `given` that the answer has bit for bit; the others are made anew, to go with them.
        given: frames start to stop of the dance whose parts are kept, or None where none are.
        betas: (10,) the dancer's shape. All motions of a request, and the answer, are the neutral body's: who
            knows no other has nothing to do, for dances are shown by `motion.shape.reshaped`. Who knows
            proportions dances as such a body would, and answers `reshaped` to the neutral one.
        seed: 0 <= seed < 2**63, the job's own and the same for all of its segments, so that a generator
            may plan a whole dance from it; one that draws noise mixes `start` in.
        guidance: how strongly to follow the music; 1 = as trained.
        energy: how lively to dance among the dancers of the style, 0 = as the calmest of them, 1 = as the
            liveliest; None: as the seed has it.
    """

    features: Features
    beats: Beats
    start: int
    stop: int
    style: str
    reference: Motion
    context: Motion | None = None
    arrive: Motion | None = None
    seed: int = 0
    guidance: float = 1.0
    energy: float | None = None
    keep: frozenset[str] = frozenset()
    given: Motion | None = None
    betas: np.ndarray = field(default_factory=lambda: np.zeros(BETAS, np.float32))

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop <= len(self.features):
            raise ValueError(f"Request: frames {self.start}..{self.stop} of {len(self.features)}")
        if len(self.reference) != 1:
            raise ValueError(f"Request.reference must be one frame, got {len(self.reference)}")
        if self.energy is not None and not 0.0 <= self.energy <= 1.0:
            raise ValueError(f"Request.energy is {self.energy}, expected 0 to 1")
        if not self.keep < PARTS:
            raise ValueError(f"Request.keep is {sorted(self.keep)}, expected some of {sorted(PARTS)}, "
                             "not all")
        if bool(self.keep) != (self.given is not None):
            raise ValueError("Request.keep and Request.given come together")
        if self.given is not None and len(self.given) != self.frames:
            raise ValueError(f"Request.given has {len(self.given)} frames, expected {self.frames}")

    @property
    def frames(self) -> int:
        """How many frames are asked for."""
        return self.stop - self.start


def refuse_what_it_cannot(needs: Needs, requests: Sequence[Request]) -> None:
    """The door of a generator. UserError for frames to arrive at, or parts to keep, where it can't."""
    for request in requests:
        if request.keep and not needs.remakes_parts:
            raise UserError(cannot_keep(needs, request.keep))
        if request.arrive is not None and not needs.fills_between:
            raise UserError(f"{needs.title} can't arrive at given frames: it goes on from what was danced.")
        if request.energy is not None and not needs.uses_energy:
            raise UserError(cannot_be_told_energy(needs))


def cannot_be_told_energy(needs: Needs) -> str:
    """The sentence of a generator that dances as lively as it does."""
    return f"{needs.title} can't be told how lively to dance."


def cannot_keep(needs: Needs, keep: frozenset[str]) -> str:
    """The sentence of a generator that makes whole dances only."""
    return f"{needs.title} makes whole dances: it can't keep the {in_words(keep)} and make the rest anew."


def in_words(parts: frozenset[str]) -> str:
    """ "body", "hands and face", … in that order."""
    *most, last = [part for part in ("body", "hands", "face") if part in parts]
    return " and ".join([", ".join(most), last]) if most else last


class Generator(Protocol):
    """A dance generator. Root heading and place may be its own: the stitcher carries them on."""

    needs: Needs

    def load(self) -> None:
        """Read weights, once; cheap when called again."""

    def generate(self, requests: Sequence[Request]) -> list[Motion]:
        """One Motion of `request.frames` frames at 30 fps for each request, in order."""
