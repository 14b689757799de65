"""How unlike are dances of other seeds to one song, beside dances to other songs?

Two dances of one length are as far apart as their body joints are on average, each dancer seen from the own
pelvis and heading (cm): who does the same thing elsewhere on the floor, or facing another way, does the same.
That asks when what is done; what is done at all is asked
by the kinetic features (distances.py), each in units of its spread over all dances of the test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from dance_core.evaluation.measures import Shape
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.centre import headings_of
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY

_KINETIC = "kinetic_fixed"
_EPS = 1e-10


def own_places(motion: Motion) -> np.ndarray:
    """(T, 22, 3) m: body joints as seen from the pelvis' place and heading."""
    places = kin.joints(motion, BODY)
    back = rot.quaternion_about("y", -headings_of(motion))
    return rot.rotate(back[:, None], places - places[:, :1] * (1.0, 0.0, 1.0))


def apart(a: np.ndarray, b: np.ndarray) -> float:
    """cm: mean distance of joints (T, 22, 3) m of two dances, over the frames that both have."""
    n = min(len(a), len(b))
    return float(100 * np.linalg.norm(a[:n] - b[:n], axis=-1).mean())


@dataclass(frozen=True)
class Unlike:
    """Mean distances of pairs of dances of one kind.

    name: one of KINDS. cm: of their joints. features: root mean square over their kinetic features, in the
    spread of those. pairs: how many; nan above where there are none.
    """

    name: str
    cm: float
    features: float
    pairs: int


KINDS = ("one seed, danced again", "two seeds, one song", "one seed, two songs of a style",
         "two seeds, two songs of a style", "two seeds, two styles")


def unlike(dances: Mapping[tuple[str, int, int], Motion],
           again: Mapping[tuple[str, int, int], Motion]) -> list[Unlike]:
    """A row for each of KINDS.

    Args:
        dances: by (style, song, seed).
        again: some of them danced once more.
    """
    keys = list(dances)
    places = {k: own_places(m) for k, m in dances.items()}
    features = np.stack([Shape.of(m).features[_KINETIC] for m in dances.values()])
    spread = features.std(0) + _EPS
    scaled = dict(zip(keys, features / spread, strict=True))
    found: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
    for key, motion in again.items():
        shape = Shape.of(motion).features[_KINETIC] / spread
        found[KINDS[0]].append((apart(places[key], own_places(motion)), _far(scaled[key], shape)))
    for a, b in combinations(keys, 2):
        if (kind := _kind(a, b)) is not None:
            found[kind].append((apart(places[a], places[b]), _far(scaled[a], scaled[b])))
    rows = []
    for kind, pairs in found.items():
        cm, far = np.mean(pairs, 0) if pairs else (np.nan, np.nan)
        rows.append(Unlike(kind, float(cm), float(far), len(pairs)))
    return rows


def _kind(a: tuple[str, int, int], b: tuple[str, int, int]) -> str | None:
    """Which of KINDS a pair is; None for one seed in two styles, of which nothing is asked."""
    if a[:2] == b[:2]:
        return KINDS[1]
    if a[2] == b[2]:
        return KINDS[2] if a[0] == b[0] else None
    return KINDS[3] if a[0] == b[0] else KINDS[4]


def _far(a: np.ndarray, b: np.ndarray) -> float:
    """Root of the mean square over the features."""
    return float(np.sqrt(np.mean((a - b) ** 2)))
