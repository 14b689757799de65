"""HOT-dance behind the contract. torch is loaded when it dances first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.generators.base import Needs
from dance_core.generators.hotdance.dit_config import DitConfig
from dance_core.generators.nets.trained import Trained
from dance_core.motion.motion import PARTS
from dance_core.settings import ASSETS

if TYPE_CHECKING:
    from dance_core.generators.hotdance.dancing import Dancer

WEIGHTS = ASSETS / "weights" / "hotdance"


class HotDance(Trained[DitConfig, "Dancer"]):
    """Poses as images, a codec of them, and a diffusion transformer that paints them to the music.

    Args:
        folder: of the codec's and the transformer's weights.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    NAME, CONFIG = "dit", DitConfig

    def __init__(self, folder: Path = WEIGHTS, config: DitConfig | None = None) -> None:
        super().__init__(folder, config)
        self.needs = Needs(
            name="hotdance", title="HOT-dance (poses as images)",
            about="Every pose is an image, a hot spot for each coordinate; a diffusion transformer paints 8 "
                  "seconds of them at once on the music's own clock, from a reference pose on.",
            segment_seconds=(2.5, self.config.columns * self.config.column_seconds),
            context_frames=self.config.context, parts=PARTS, styles=self.config.styles, fills_between=True,
            remakes_parts=True, uses_guidance=True)

    def _system(self) -> Dancer:
        from dance_core.generators.hotdance.dancing import Dancer

        return Dancer(self.folder, self.config)
