"""The beat network in torch, for training; `music/beat_net.py` runs the same in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from dance_core.music.beat_inputs import INPUTS
from dance_core.music.beat_net import KERNEL, METRES, SLOPE, TEMPO_BINS

OUTPUTS = 2 + TEMPO_BINS + len(METRES)


@dataclass(frozen=True)
class NetConfig:
    """channels of every block; blocks: dilations are 1, 2, 4, …; dropout: share of channels left out."""

    channels: int = 48
    blocks: int = 10
    dropout: float = 0.08


class Block(nn.Module):
    """Dilated convolution, rectifier, a mix of its channels, added to what came in."""

    def __init__(self, config: NetConfig, dilation: int) -> None:
        super().__init__()
        width = config.channels
        self.wide = nn.Conv1d(width, width, KERNEL, dilation=dilation, padding=dilation * (KERNEL // 2))
        self.point = nn.Conv1d(width, width, 1)
        self.drop = nn.Dropout1d(config.dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(N, C, T) to the same."""
        return x + self.point(self.drop(functional.leaky_relu(self.wide(x), SLOPE)))


class BeatNet(nn.Module):
    """(N, T, 164) inputs to (N, T, 48) logits: beat, downbeat, tempo bins, metres."""

    def __init__(self, config: NetConfig) -> None:
        super().__init__()
        self.first = nn.Conv1d(INPUTS, config.channels, 3, padding=1)
        self.blocks = nn.ModuleList([Block(config, 2**i) for i in range(config.blocks)])
        self.heads = nn.Conv1d(config.channels, OUTPUTS, 1)
        nn.init.constant_(self.heads.bias[:2], -3.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.leaky_relu(self.first(x.transpose(1, 2)), SLOPE)
        for block in self.blocks:
            x = block(x)
        return self.heads(functional.leaky_relu(x, SLOPE)).transpose(1, 2)


def arrays(net: BeatNet) -> dict[str, np.ndarray]:
    """The weights as `music.beat_net.run_net` takes them."""
    found = {name: value.detach().cpu().numpy() for name, value in net.state_dict().items()}
    return found | {"dilations": np.array([2**i for i in range(len(net.blocks))], np.int32)}
