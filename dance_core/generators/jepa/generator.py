"""The JEPA generator behind the contract. torch is loaded when it dances first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.generators.base import Needs
from dance_core.generators.jepa.config import JepaConfig
from dance_core.generators.nets.trained import Trained
from dance_core.motion.motion import PARTS
from dance_core.settings import ASSETS

if TYPE_CHECKING:
    from dance_core.generators.inner import Curve
    from dance_core.generators.jepa.dancing import Dancer
    from dance_core.motion.motion import Motion

WEIGHTS = ASSETS / "weights" / "jepa"


class Jepa(Trained[JepaConfig, "Dancer"]):
    """World model: f reads the dance so far, g predicts the state that the music leads to, d dances it.

    Args:
        folder: of jepa.safetensors and jepa.json.
        config: None: as it stands beside the weights; only what concerns sampling may differ.
    """

    NAME, CONFIG = "jepa", JepaConfig

    def __init__(self, folder: Path = WEIGHTS, config: JepaConfig | None = None) -> None:
        super().__init__(folder, config)
        self.needs = Needs(
            name="jepa", title="JEPA (world model)",
            about="A learned world model: the music is the action, the dance the state. It predicts where "
                  "the music leads the dancer, and a diffusion decoder dances it.",
            segment_seconds=(2.5, 20.0), context_frames=self.config.window, parts=PARTS,
            styles=self.config.styles, uses_guidance=True, together=4)

    def _system(self) -> Dancer:
        from dance_core.generators.jepa.dancing import Dancer

        return Dancer(self.folder, self.config)

    def inside(self, motion: Motion) -> tuple[Curve, ...]:
        """How far the state is from its mean, and how far it moves a second, as f reads the dance."""
        from dance_core.generators.jepa.inside import of_the_state

        return of_the_state(self.dancer().whole, motion)
