"""HOT-dance behind the contract. torch is loaded when it dances first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dance_core.generators.base import Needs
from dance_core.generators.hotdance.dit_config import DitConfig
from dance_core.generators.hotdance.markers import build, rest_of
from dance_core.generators.nets.trained import Trained
from dance_core.motion.motion import PARTS
from dance_core.settings import ASSETS

if TYPE_CHECKING:
    from dance_core.generators.hotdance.dancing import Dancer

WEIGHTS = ASSETS / "weights" / "hotdance"
FLAT_WEIGHTS = ASSETS / "weights" / "hotdance-flat"  # of two dimensions: flat_dancing.py
SUBJECTS = {  # (K,) lengths of links by ours
    "our body": build(),
    "tall": build(*[1.12] * 6),
    "short": build(*[0.9] * 6),
    "long arms": build(upper_arms=1.15, forearms=1.15),
}


class HotDance(Trained[DitConfig, "Dancer"]):
    """Poses as images, a codec of them, and a diffusion transformer that paints them to the music.

    Args:
        folder: of the codec's and the transformer's weights.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    NAME, CONFIG = "dit", DitConfig

    def __init__(self, folder: Path = WEIGHTS, config: DitConfig | None = None) -> None:
        super().__init__(folder, config)
        longest, beats = self.config.longest
        self.needs = Needs(
            name="hotdance", title="HOT-dance (poses as images)",
            about="Every pose is an image, a hot spot for each coordinate; a diffusion transformer paints 8 "
                  "seconds of them at once on the music's own clock, from a reference pose on.",
            segment_seconds=(2.5, longest), segment_beats=beats,
            context_frames=self.config.context, parts=PARTS, styles=self.config.styles, fills_between=True,
            remakes_parts=True, uses_guidance=True, uses_energy=self.config.dancers > 0, together=1)

    def _system(self) -> Dancer:
        from dance_core.generators.hotdance.dancing import Dancer

        return Dancer(self.folder, self.config)

    def subjects(self) -> dict[str, np.ndarray]:
        """See evaluation.limbs.Boned."""
        return {name: rest_of(factors) for name, factors in SUBJECTS.items()}

    def telling_points(self, subject: str, told: Callable[[np.ndarray], None]) -> HotDance:
        """See evaluation.limbs.Boned."""
        return _Telling(self.folder, self.config, SUBJECTS[subject], told)


class _Telling(HotDance):
    """Of another build, and tells what it paints; its motions are of our body all the same."""

    def __init__(self, folder: Path, config: DitConfig, of: np.ndarray,
                 told: Callable[[np.ndarray], None]) -> None:
        super().__init__(folder, config)
        self._of, self._told = of, told

    def _system(self) -> Dancer:
        from dance_core.generators.hotdance.dancing import Dancer

        return Dancer(self.folder, self.config, self._of, self._told)
