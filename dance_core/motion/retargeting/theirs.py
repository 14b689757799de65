"""Another skeleton, seen by our joints: where they are and how they turn in some frames of its motion."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.figure import Figure
from dance_core.motion.naming.match import match_names, missing

_BEHIND = -0.4  # mean cosine of the toes' way to what is ahead, below which the figure is in a mirror
SAMPLE = 600  # frames that constants are told from
# our joint → the joint that its bone points to
NEXT: dict[int, int] = {sk.NECK: sk.HEAD}
for _i in (0, 1):
    NEXT |= {sk.LEFT_HIP + _i: sk.LEFT_KNEE + _i, sk.LEFT_KNEE + _i: sk.LEFT_ANKLE + _i,
             sk.LEFT_ANKLE + _i: sk.LEFT_FOOT + _i, sk.LEFT_COLLAR + _i: sk.LEFT_SHOULDER + _i,
             sk.LEFT_SHOULDER + _i: sk.LEFT_ELBOW + _i, sk.LEFT_ELBOW + _i: sk.LEFT_WRIST + _i}
    _first = sk.LEFT_HAND.start + 15 * _i
    NEXT |= {_first + 3 * f + n: _first + 3 * f + n + 1 for f in range(5) for n in (0, 1)}


@dataclass(frozen=True, eq=False)
class Constants:
    """The turns (4,) from our joints' frames to theirs: R_ours = R_theirs · constant.

    Attributes:
        joints: by our joint, the spine's left out.
        spine: by their joint, for all from the pelvis to what the neck hangs on.
        neck: by their joint, for all from the neck to below the head.
        said: what was guessed.
    """

    joints: dict[int, np.ndarray]
    spine: dict[int, np.ndarray]
    neck: dict[int, np.ndarray]
    said: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Theirs:
    """A figure and which of its joints are ours.

    Attributes:
        figure: as it is in the file.
        index: our joint → its joint.
        carrier: our joint → its joint whose turn ours takes: the last one before the limb's next joint, where
            a bone is in two (upper arm and its twist).
        frames: (S,) of the figure; turns (S, J, 4) and places (S, J, 3) are all of its joints' in the world,
        in
            these frames.
    """

    figure: Figure
    index: dict[int, int]
    carrier: dict[int, int]
    frames: np.ndarray
    turns: np.ndarray
    places: np.ndarray

    @classmethod
    def of(cls, figure: Figure) -> Theirs:
        """Raises UserError if a joint that is needed can't be told, or is not where it must be."""
        index = index_of(figure)
        frames = np.unique(np.linspace(0, len(figure) - 1, min(SAMPLE, len(figure))).astype(int))
        some = figure.picked(frames)
        turns = some.world()
        return cls(figure, index, _carriers(figure.parents, index), frames, turns, some.places(turns))

    @functools.cached_property
    def rest(self) -> np.ndarray:
        """(J, 3) at rest, seen from the root."""
        return self.figure.rest()

    def place(self, ours: int) -> np.ndarray:
        """(S, 3) of one of our joints."""
        return self.places[:, self.index[ours]]

    def turn(self, ours: int) -> np.ndarray:
        """(S, 4) of one of our joints, in the world."""
        return self.turns[:, self.carrier[ours]]

    def inside(self, ours: int, vectors: np.ndarray) -> np.ndarray:
        """World vectors (S, 3) as one of our joints' frame has them."""
        return rot.rotate(rot.inverse(self.turn(ours)), vectors)

    def bone(self, ours: int, to: int | None = None) -> np.ndarray | None:
        """(3,) from one of our joints to the next (or `to`), in its own frame; None where it can't be
        told.
        """
        to = NEXT.get(ours) if to is None else to
        if ours not in self.index or to not in self.index:
            return None
        out = self.inside(ours, self.place(to) - self.place(ours)).mean(0)
        return out if np.linalg.norm(out) > 1e-9 else None

    @functools.cached_property
    def leg(self) -> float:
        """Length of thigh and shin in the file's unit, mean of both sides over the frames."""
        total = 0.0
        for i in (0, 1):
            for a, b in ((sk.LEFT_HIP, sk.LEFT_KNEE), (sk.LEFT_KNEE, sk.LEFT_ANKLE)):
                total += float(np.linalg.norm(self.place(b + i) - self.place(a + i), axis=-1).mean()) / 2
        if not total > 0:
            raise UserError("The legs of this skeleton are 0 long, so nothing tells how large it is.")
        return total

    @functools.cached_property
    def spine(self) -> tuple[int, ...]:
        """Their joints from the pelvis to what the neck (or head) hangs on; the pelvis alone where nothing is
        between."""
        parents, pelvis = self.figure.parents, self.index[sk.PELVIS]
        up = [j for j in above_of(self.top, parents) if j != pelvis]
        legs = {pelvis, *above_of(pelvis, parents)}
        # where legs and spine hang on another joint (Daz), that one belongs to neither
        return (pelvis, *(j for j in up[::-1] if j not in legs))

    @property
    def top(self) -> int:
        """Their neck, or their head where nothing is called a neck."""
        return self.index.get(sk.NECK, self.index[sk.HEAD])

    @functools.cached_property
    def neck(self) -> tuple[int, ...]:
        """Their joints from the neck to below the head; none where nothing is called a neck."""
        if sk.NECK not in self.index:
            return ()
        up = above_of(self.index[sk.HEAD], self.figure.parents)
        return tuple(up[:up.index(self.top) + 1][::-1]) if self.top in up else (self.top,)

    def is_mirrored(self, up: np.ndarray) -> bool:
        """Whether toes point behind where hips and up (3,) say is ahead: left and right are exchanged."""
        ahead = np.cross(self.place(sk.LEFT_HIP) - self.place(sk.RIGHT_HIP), up)
        ahead /= np.maximum(np.linalg.norm(ahead, axis=-1, keepdims=True), 1e-12)
        seen = []
        for i in (0, 1):
            if sk.LEFT_FOOT + i in self.index:
                toes = self.place(sk.LEFT_FOOT + i) - self.place(sk.LEFT_ANKLE + i)
                toes = toes - (toes @ up)[:, None] * up
                seen.append((toes * ahead).sum(-1) / np.maximum(np.linalg.norm(toes, axis=-1), 1e-12))
        return bool(seen) and float(np.mean(seen)) < _BEHIND

    @property
    def ankles(self) -> np.ndarray:
        """(S, 3) the middle of both ankles."""
        return 0.5 * (self.place(sk.LEFT_ANKLE) + self.place(sk.RIGHT_ANKLE))


def index_of(figure: Figure) -> dict[int, int]:
    """Our joint → its joint. Raises UserError if one that is needed can't be told, or hangs elsewhere."""
    found = match_names(figure.names, figure.parents)
    if lost := missing(found):
        raise UserError(f"None of the {len(figure.names)} joints of this skeleton has a name that says it is "
                        f"the {lost[0]}.")
    for side in ("left", "right"):
        for chain in (("hip", "knee", "ankle", "foot"), ("shoulder", "elbow", "wrist")):
            have = [f"{side}_{n}" for n in chain if f"{side}_{n}" in found]
            for above, below in zip(have, have[1:], strict=False):
                if found[above] not in above_of(found[below], figure.parents):
                    if below.endswith("foot"):
                        del found[below]
                        continue
                    raise UserError(f"By its name {figure.names[found[below]][:60]!r} is the "
                                    f"{below.replace('_', ' ')}, but it does not hang on the "
                                    f"{above.replace('_', ' ')}.")
    return {sk.joint(name): j for name, j in found.items()}


def above_of(j: int, parents: tuple[int, ...]) -> list[int]:
    """The joints above j, nearest first."""
    out = []
    while (j := parents[j]) >= 0:
        out.append(j)
    return out


def _carriers(parents: tuple[int, ...], index: dict[int, int]) -> dict[int, int]:
    out = dict(index)
    for ours, to in NEXT.items():
        if ours in index and to in index and ours != sk.NECK:
            last = parents[index[to]]
            if last == index[ours] or index[ours] in above_of(last, parents):
                out[ours] = last
    return out
