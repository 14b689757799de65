"""The Clip noun: a stretch of recorded dance, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dance_core.errors import UserError
from dance_core.motion.motion import Motion

FLOOR_WORK = "floor work"  # on hands or knees, or head down: nothing for a dancer who must stay upright
KNOWN_DANCE = "known choreography"  # somebody's own: to be measured on, not to be danced or learned
# tags of an index's beat_note
TEST_TAG, FLOOR_TAG = "official AIST++ cross-modal TEST sequence", "FLOOR WORK"
KNOWN_TAG = "KNOWN CHOREOGRAPHY"
NOT_ARRANGED = frozenset({FLOOR_WORK, KNOWN_DANCE})


@dataclass(frozen=True, eq=False)
class Clip:
    """A recorded dance of one person.

    Attributes:
        name: source and clip ("g1_moves/J_Dance7_Party").
        family: dances of one family are mixed within a pair; others never are ("cmu_salsa", "aistpp-gBR").
        style: style key.
        group: the dance that it is a part or a partner of; all clips of a group are in one split.
        motion: at 30 frames a second, on the floor.
        licence, attribution: the terms, and the line to quote.
        tempo: of the music that it was danced to in BPM, 0 where unknown.
        split: the split that it must be in, by its name or its source, or "" where any will do.
        marks: what must be known before it is used (FLOOR_WORK, KNOWN_DANCE).
        dance: the performance that it is a copy or a part of, whatever its file; "" where that is its group.
    """

    name: str
    family: str
    style: str
    group: str
    motion: Motion
    licence: str
    attribution: str
    tempo: float = 0.0
    split: str = ""
    marks: tuple[str, ...] = ()
    dance: str = ""

    @property
    def identity(self) -> str:
        """What may be in one split alone."""
        return self.dance or self.group

    @property
    def arrangeable(self) -> bool:
        """Whether dances are arranged of it; a clip that is marked NOT_ARRANGED is measured and no more."""
        return not NOT_ARRANGED.intersection(self.marks)


@dataclass(frozen=True)
class Refusal:
    """A file that is not used, and why, in one sentence."""

    name: str
    reason: str


@dataclass(frozen=True, eq=False)
class Clips:
    """What a folder of dances gave: the clips, and what was refused."""

    clips: tuple[Clip, ...] = ()
    refused: tuple[Refusal, ...] = field(default=())

    @property
    def seconds(self) -> float:
        """Length of all clips together."""
        return sum(c.motion.duration for c in self.clips)

    @classmethod
    def of(cls, parts: Sequence["Clips"]) -> "Clips":
        """Several folders' clips as one."""
        return cls(tuple(c for p in parts for c in p.clips), tuple(r for p in parts for r in p.refused))


def too_short(motion: Motion) -> str:
    """Why a clip is too short, or "" where it is not."""
    if motion.duration >= SHORTEST_S:
        return ""
    seconds = np.floor(motion.duration * 10 + 1e-6) / 10  # 3.97 s are 3.9 and not the 4.0 that are needed
    return f"it lasts {seconds:.1f} s, and at least {SHORTEST_S:g} s are needed"


def not_upright(motion: Motion) -> str:
    """Why nobody stands in a motion that was set on the floor, or "" where somebody does.

    Judged by the median over all frames, so that floor work and handstands are possible for a while: of the
    clips marked FLOOR_WORK the lowest such head is 0.37 m above its pelvis, and of others 0.56 m.
    """
    from dance_core.motion import kinematics
    from dance_core.motion import skeleton as sk

    heights = kinematics.joints(motion, sk.BODY)[..., 1]
    above = float(np.median(heights[:, sk.HEAD] - heights[:, sk.PELVIS]))
    pelvis = float(np.median(heights[:, sk.PELVIS]))
    if above < -HEAD_ABOVE:
        return f"its head is {-above:.2f} m below its pelvis (median over the clip): Y seems to point down"
    if above < HEAD_ABOVE:
        return (f"its head is {abs(above):.2f} m {'above' if above > 0 else 'below'} its pelvis (median over "
                f"the clip), and at least {HEAD_ABOVE:g} m above are needed: it lies, or Y does not point up")
    if pelvis <= 0:
        return f"its pelvis is {-pelvis:.2f} m below the floor (median over the clip): its feet are above it"
    return ""


def must_stand(motion: Motion) -> None:
    """UserError with the reason if nobody stands in a whole recording that was set on the floor."""
    if reason := not_upright(motion):
        raise UserError(reason)


def faults_of(motion: Motion) -> str:
    """Why a clip on the floor is no use, or "" where it is fine: too short, not upright, not moving, jumps,
    or off the floor after all."""
    from dance_core.motion import filters, kinematics

    if reason := too_short(motion):
        return reason
    if reason := not_upright(motion):
        return reason
    places = kinematics.joints(motion, 22)
    speed = np.linalg.norm(filters.differences(places, motion.fps), axis=-1)
    if speed.max() > FASTEST:
        return f"a joint moves at {speed.max():.1f} m/s, and at most {FASTEST:g} m/s are believed"
    if speed.mean() < STILL:
        return f"it hardly moves ({speed.mean():.3f} m/s on average)"
    low = float(np.median(places[:, [10, 11], 1].min(-1)))
    if abs(low) > OFF_FLOOR:
        return f"its feet are {low:.2f} m off the floor"
    return ""


SHORTEST_S = 4.0
FASTEST = 14.0  # m/s: a hand of a very fast dancer stays below 10
STILL = 0.03  # m/s
OFF_FLOOR = 0.35  # m
HEAD_ABOVE = 0.1  # m above the pelvis: a head that is mostly lower is not of somebody upright
