"""A network that keeps the pose code of its rows in its own file of weights."""

from __future__ import annotations

import torch
from torch import nn

from dance_core.generators.nets import pose_code as pc

_SHAPES = {"hand_mean": (90,), "hand_shapes": (pc.HAND_SHAPES, 90),
           "face_mean": (52,), "face_shapes": (pc.FACE_SHAPES, 52)}


class Coded(nn.Module):
    """Base of such networks.

    Args:
        code: None leaves zeros, to be filled from a file.
    """

    def __init__(self, code: pc.PoseCode | None = None) -> None:
        super().__init__()
        for name, shape in _SHAPES.items():
            value = torch.zeros(shape) if code is None else torch.from_numpy(getattr(code, name)).clone()
            self.register_buffer(name, value)

    def code(self) -> pc.PoseCode:
        """The pose code that the weights were trained with."""
        return pc.PoseCode(**{name: getattr(self, name).cpu().numpy() for name in _SHAPES})
