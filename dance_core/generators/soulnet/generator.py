"""SoulNet behind the contract. torch is loaded when it dances first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.generators.base import Needs
from dance_core.generators.nets.trained import Trained
from dance_core.generators.soulnet.masked_config import MaskedConfig
from dance_core.motion.motion import PARTS
from dance_core.settings import ASSETS

if TYPE_CHECKING:
    from dance_core.generators.inner import Curve
    from dance_core.generators.soulnet.dancing import Dancer
    from dance_core.motion.motion import Motion

WEIGHTS = ASSETS / "weights" / "soulnet"


class SoulNet(Trained[MaskedConfig, "Dancer"]):
    """Codes of body, hands and face, the masked transformer that finds them, the codec that dances them.

    Args:
        folder: of the codec's, the retrieval module's and the transformers' weights.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    NAME, CONFIG = "masked", MaskedConfig

    def __init__(self, folder: Path = WEIGHTS, config: MaskedConfig | None = None) -> None:
        super().__init__(folder, config)
        self.needs = Needs(
            name="soulnet", title="SoulNet (codes of the whole body)",
            about="Body, hands and face as codes that build on each other; a masked transformer fills them "
                  "in from the music, the surest first.",
            segment_seconds=(2.5, 20.0), context_frames=self.config.context * self.config.patch,
            parts=PARTS, styles=self.config.styles, fills_between=True, remakes_parts=True,
            uses_guidance=True, uses_energy=self.config.dancers > 0, together=1)

    def _system(self) -> Dancer:
        from dance_core.generators.soulnet.dancing import Dancer

        return Dancer(self.folder, self.config)

    def inside(self, motion: Motion) -> tuple[Curve, ...]:
        """How many first-level codes body, hands and face use within 4 s, as the codec has the dance."""
        from dance_core.generators.soulnet.inside import codes_in_use

        return codes_in_use(self.dancer().codec, motion)
