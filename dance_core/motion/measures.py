"""How long somebody's bones are, in whatever unit: what a body's shape is told from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from dance_core.motion import skeleton as sk

UNITS = (1.0, 0.01, 0.001, 0.0254)  # metres, and what of it files count in: cm, mm, inches
_LEG = (0.62, 1.10)  # m, thigh and shin: legs of people
# end of a limb's bone → its begin
LIMBS = {sk.LEFT_KNEE: sk.LEFT_HIP, sk.LEFT_ANKLE: sk.LEFT_KNEE, sk.LEFT_ELBOW: sk.LEFT_SHOULDER,
         sk.LEFT_WRIST: sk.LEFT_ELBOW, sk.RIGHT_KNEE: sk.RIGHT_HIP, sk.RIGHT_ANKLE: sk.RIGHT_KNEE,
         sk.RIGHT_ELBOW: sk.RIGHT_SHOULDER, sk.RIGHT_WRIST: sk.RIGHT_ELBOW}
_TRUNK_BONES = (sk.SPINE1, sk.SPINE2, sk.SPINE3, sk.NECK, sk.LEFT_COLLAR, sk.RIGHT_COLLAR)


@dataclass(frozen=True)
class Measures:
    """A body's measures in one unit; 0 where one is not known.

    Attributes:
        limbs: length of the bone that ends in a joint (see LIMBS).
        whole: of all bones that are known at rest, where the skeleton has as many as ours.
        trunk: from the middle of the hips to the neck at rest. width: from shoulder to shoulder at rest.
    """

    limbs: Mapping[int, float]
    trunk: float = 0.0
    width: float = 0.0
    whole: Mapping[int, float] = field(default_factory=dict)

    def unit(self) -> float:
        """Metres in the unit: the one in which the legs are people's; 0 where none is."""
        legs = [self.limbs.get(j, 0.0) for j in (sk.LEFT_KNEE, sk.RIGHT_KNEE, sk.LEFT_ANKLE, sk.RIGHT_ANKLE)]
        leg = sum(legs) / 2
        return next((u for u in UNITS if _LEG[0] < leg * u < _LEG[1]), 0.0) if min(legs) > 0 else 0.0

    def all_bones(self) -> dict[int, float]:
        """joint → m of the bone that ends there, for all of `whole`."""
        return {j: v * self.unit() for j, v in self.whole.items()} if self.unit() else {}

    def bones(self) -> dict[int, float]:
        """joint → m of the bone that ends there; {} where no unit is."""
        unit = self.unit()
        if not unit:
            return {}
        out = {j: v * unit for j, v in self.limbs.items() if v > 0}
        if self.trunk > 0:
            share = self.trunk * unit / OURS.trunk
            out |= {j: share * float(np.linalg.norm(sk.BONES[j])) for j in _TRUNK_BONES}
        if self.width > 0:
            wider = (self.width * unit - OURS.width) / 2
            for j in (sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER):
                out[j] = max(float(np.linalg.norm(sk.BONES[j])) + wider, 0.05)
        return out


def at_rest(places: Mapping[int, np.ndarray]) -> Measures:
    """Measures of joints at rest, (3,) each; those that are missing are not known."""
    def far(a: int, b: int) -> float:
        return float(np.linalg.norm(places[b] - places[a])) if a in places and b in places else 0.0

    trunk = 0.0
    if {sk.NECK, sk.LEFT_HIP, sk.RIGHT_HIP} <= set(places):
        trunk = float(np.linalg.norm(places[sk.NECK] - 0.5 * (places[sk.LEFT_HIP] + places[sk.RIGHT_HIP])))
    whole = {j: far(sk.PARENTS[j], j) for j in range(1, sk.BODY) if j in places and sk.PARENTS[j] in places}
    return Measures({b: far(a, b) for b, a in LIMBS.items()}, trunk, far(sk.LEFT_SHOULDER, sk.RIGHT_SHOULDER),
                    whole)


OURS = at_rest(dict(enumerate(sk.REST_JOINTS)))
