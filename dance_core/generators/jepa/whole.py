"""The JEPA system in one module: what is kept in its file of weights."""

from __future__ import annotations

import torch
from torch import nn

from dance_core.generators.jepa.config import JepaConfig
from dance_core.generators.jepa.decoder import Decoder
from dance_core.generators.jepa.world import WorldModel
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.patches import Patches, PatchStatistics


class Whole(nn.Module):
    """Everything that is kept in one file of weights."""

    def __init__(self, c: JepaConfig, statistics: PatchStatistics | None = None,
                 code: pc.PoseCode | None = None) -> None:
        super().__init__()
        self.config = c
        self.patches = Patches(c.patch, c.patch_latents, statistics)
        self.world, self.decoder = WorldModel(c), Decoder(c)
        shapes = {"hand_mean": (90,), "hand_shapes": (pc.HAND_SHAPES, 90),
                  "face_mean": (52,), "face_shapes": (pc.FACE_SHAPES, 52)}
        for name, shape in shapes.items():
            value = torch.zeros(shape) if code is None else torch.from_numpy(getattr(code, name))
            self.register_buffer(name, value)

    def code(self) -> pc.PoseCode:
        """The pose code that the weights were trained with."""
        return pc.PoseCode(*(getattr(self, n).cpu().numpy()
                             for n in ("hand_mean", "hand_shapes", "face_mean", "face_shapes")))
