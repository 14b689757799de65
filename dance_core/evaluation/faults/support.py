"""Which points of the body are near the floor: soles, and all joints with the flesh around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.evaluation.faults.dance import LOW, Dance
from dance_core.evaluation.limits import SOLE_JOINTS, touching
from dance_core.motion import hinges


@dataclass(frozen=True, eq=False)
class Support:
    """names (P,) SMPL-X joints that carry the points; places (T, P, 3) m of the points themselves."""

    names: tuple[str, ...]
    places: np.ndarray

    @classmethod
    def of(cls, dance: Dance) -> Support:
        """Eight points of the soles, then the undersides of joints that may touch the floor."""
        names, index, radius = touching()
        joints = dance.places[:, index] - radius[:, None] * np.array([0.0, 1.0, 0.0])
        feet = [f"{side}_{point}" for side in hinges.SIDES for point in SOLE_JOINTS]
        return cls((*feet, *names), np.concatenate([dance.soles.reshape(len(dance), 8, 3), joints], 1))

    @property
    def heights(self) -> np.ndarray:
        """(T, P) m over the floor."""
        return self.places[..., 1]

    @property
    def low(self) -> np.ndarray:
        """(T, P) bool: near enough to the floor to bear weight."""
        return self.heights < LOW
