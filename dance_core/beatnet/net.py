"""The beat network in torch, for training; `music/beat_net.py` runs the same in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from dance_core.music.beat_inputs import INPUTS
from dance_core.music.beat_net import KERNEL, METRES, SLOPE, SLOW, TEMPO_BINS


@dataclass(frozen=True)
class NetConfig:
    """channels: of the rows, 50 a second; wide: of the slow rows. before, slow, after: how many blocks, with
    dilations 1, 2, 4, …; dropout: share of channels left out."""

    channels: int = 48
    wide: int = 128
    before: int = 3
    slow: int = 7
    after: int = 2
    dropout: float = 0.08


class Block(nn.Module):
    """Dilated convolution, rectifier, a mix of its channels, added to what came in."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.wide = nn.Conv1d(width, width, KERNEL, dilation=dilation, padding=dilation * (KERNEL // 2))
        self.point = nn.Conv1d(width, width, 1)
        self.drop = nn.Dropout1d(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(N, C, T) to the same."""
        return x + self.point(self.drop(functional.leaky_relu(self.wide(x), SLOPE)))


class BeatNet(nn.Module):
    """(N, T, 164) inputs to (N, T, 48) logits: beat, downbeat, tempo bins, metres. T is made a multiple of
    `SLOW` with silence; tempo and metre are those of the slow row that a row lies in."""

    def __init__(self, config: NetConfig) -> None:
        super().__init__()
        narrow, wide, drop = config.channels, config.wide, config.dropout
        self.first = nn.Conv1d(INPUTS, narrow, 3, padding=1)
        self.before = nn.ModuleList([Block(narrow, 2**i, drop) for i in range(config.before)])
        self.down = nn.Conv1d(narrow, wide, SLOW, stride=SLOW)
        self.slow = nn.ModuleList([Block(wide, 2**i, drop) for i in range(config.slow)])
        self.up = nn.Conv1d(wide, narrow * SLOW, 1)
        self.after = nn.ModuleList([Block(narrow, 2**i, drop) for i in range(config.after)])
        self.places = nn.Conv1d(narrow, 2, 1)
        self.kinds = nn.Conv1d(wide, TEMPO_BINS + len(METRES), 1)
        nn.init.constant_(self.places.bias, -3.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        rows = x.shape[1]
        x = functional.pad(x, (0, 0, 0, -rows % SLOW)).transpose(1, 2)
        x = functional.leaky_relu(self.first(x), SLOPE)
        for block in self.before:
            x = block(x)
        y = self.down(x)
        for block in self.slow:
            y = block(y)
        y = functional.leaky_relu(y, SLOPE)
        n, _, slow = y.shape
        x = x + self.up(y).reshape(n, SLOW, -1, slow).permute(0, 2, 3, 1).reshape(n, -1, slow * SLOW)
        for block in self.after:
            x = block(x)
        places = self.places(functional.leaky_relu(x, SLOPE))
        kinds = self.kinds(y).repeat_interleave(SLOW, dim=2)
        return torch.cat([places, kinds], dim=1)[:, :, :rows].transpose(1, 2)


def arrays(net: BeatNet) -> dict[str, np.ndarray]:
    """The weights as `music.beat_net.run_net` takes them."""
    return {name: value.detach().cpu().numpy() for name, value in net.state_dict().items()}
