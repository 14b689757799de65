"""The JEPA system in one module: what is kept in its file of weights."""

from __future__ import annotations

from dance_core.generators.jepa.config import JepaConfig
from dance_core.generators.jepa.decoder import Decoder
from dance_core.generators.jepa.world import WorldModel
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.coded import Coded
from dance_core.generators.nets.patches import Patches, PatchStatistics


class Whole(Coded):
    """Everything that is kept in one file of weights."""

    def __init__(self, c: JepaConfig, statistics: PatchStatistics | None = None,
                 code: pc.PoseCode | None = None) -> None:
        super().__init__(code)
        self.config = c
        self.patches = Patches(c.patch, c.patch_latents, statistics)
        self.world, self.decoder = WorldModel(c), Decoder(c)
