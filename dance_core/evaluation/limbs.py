"""Limbs of a generator that makes points first: as long as the dancer's own, and as long at the end?

A Motion is of one skeleton, so what comes out of the app has bones of one length. A system that paints points
has them fitted to bones at last; what it painted is measured here, before that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from dance_core.generators.base import Generator
from dance_core.motion import skeleton as sk

WINDOW_S = 10.0  # s over which a dancer's size is averaged
LIMBS: dict[str, tuple[tuple[int, ...], ...]] = {  # chains of joints whose links add up; sides are averaged
    "upper arms": ((sk.LEFT_ELBOW,), (sk.RIGHT_ELBOW,)),
    "forearms": ((sk.LEFT_WRIST,), (sk.RIGHT_WRIST,)),
    "thighs": ((sk.LEFT_KNEE,), (sk.RIGHT_KNEE,)),
    "shins": ((sk.LEFT_ANKLE,), (sk.RIGHT_ANKLE,)),
    "feet": ((sk.LEFT_FOOT,), (sk.RIGHT_FOOT,)),
    "shoulders": ((sk.LEFT_COLLAR, sk.LEFT_SHOULDER), (sk.RIGHT_COLLAR, sk.RIGHT_SHOULDER)),
    "trunk": ((sk.SPINE1, sk.SPINE2, sk.SPINE3),),
    "neck and head": ((sk.NECK, sk.HEAD),),
}
Told = Callable[[np.ndarray], None]  # joints (T, 22, 3) m of frames just made


@runtime_checkable
class Boned(Protocol):
    """A generator that makes points, and from them a motion of bones."""

    def subjects(self) -> Mapping[str, np.ndarray]:
        """Who may dance, by name: where their joints are at rest, (55, 3) m."""

    def telling_points(self, subject: str, told: Told) -> Generator:
        """The same generator, dancing as one of them, which tells the points of all frames that it makes."""


def lengths(joints: np.ndarray) -> np.ndarray:
    """(T, L) m: how long each of LIMBS is, from joints (T, 22 or more, 3) m."""
    links = np.linalg.norm(joints[:, 1:sk.BODY] - joints[:, list(sk.PARENTS[1:sk.BODY])], axis=-1)
    return np.stack([np.mean([sum(links[:, j - 1] for j in chain) for chain in chains], 0)
                     for chains in LIMBS.values()], -1)


@dataclass(frozen=True)
class Limbs:
    """How long the limbs of a dance are, beside those of who it was asked of; shares.

    Attributes:
        name: who. seconds: of dance.
        off: of the limb that is furthest off, median over the dance. limb: which.
        frames: 95th percentile over frames and limbs of how far they are off.
        drift: of the mean length of all limbs in 10 s, the most that it ever is from the first 10 s.
    """

    name: str
    seconds: float
    off: float
    limb: str
    frames: float
    drift: float


def limbs(name: str, joints: np.ndarray, rest: np.ndarray, fps: float) -> Limbs:
    """What a dance's points say.

    Args:
        name: who. joints: (T, 22, 3) m, one after another. rest: (55, 3) m, the joints of who it should be.
        fps: frames a second.

    Raises ValueError for no frame.
    """
    if not len(joints):
        raise ValueError("no frame to measure")
    found, true = lengths(joints), lengths(np.asarray(rest)[None])[0]
    ratio = found / true - 1.0
    median = np.median(ratio, axis=0)
    worst = int(np.abs(median).argmax())
    size = found.sum(-1)
    window = max(1, round(WINDOW_S * fps))
    parts = [size[i:i + window].mean() for i in range(0, max(len(size) - window, 0) + 1, window)]
    drift = float(np.abs(np.array(parts) / parts[0] - 1.0).max())
    return Limbs(name, len(joints) / fps, float(median[worst]), list(LIMBS)[worst],
                 float(np.percentile(np.abs(ratio), 95)), drift)
