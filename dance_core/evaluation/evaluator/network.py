"""Two encoders that meet: a dance and its music become rows of the same space, 15 a second.

What belongs together points the same way *at the same time*: the similarity of a dance and a piece of music
is the mean over time of the rows' inner products. So a dance that fits the style but not the beat is far from
the music, which one vector for a whole clip could not tell.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional as F

from dance_core.evaluation.evaluator.inputs import HEARD, MOTION_WIDTH

RATE = 15.0  # rows a second that come out


@dataclass(frozen=True)
class Config:
    """Sizes. styles: the keys, in the order of the style head's outputs."""

    styles: tuple[str, ...]
    width: int = 88  # both encoders together stay under 3 MB
    dilations: tuple[int, ...] = (1, 2, 4, 8)  # with kernel 3 twice each: sees 2 s each way
    shared: int = 48  # of the common space
    motion_width: int = MOTION_WIDTH
    music_width: int = len(HEARD)

    def as_dict(self) -> dict[str, object]:
        """For a JSON file."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: dict[str, object]) -> "Config":
        """From a JSON file."""
        return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})  # type: ignore[arg-type]


class Block(nn.Module):
    """Two dilated convolutions and a way past them."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.one = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.two = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.norm = nn.GroupNorm(8, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:  # (B, width, T)
        return x + self.two(F.gelu(self.one(F.gelu(self.norm(x)))))


class Encoder(nn.Module):
    """(B, T, inputs) at 30 rows a second -> (B, width, T/2) hidden; `rows` turns them into unit rows."""

    def __init__(self, inputs: int, config: Config) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("std", torch.ones(inputs))
        self.enter = nn.Conv1d(inputs, config.width, 5, stride=2, padding=2)
        self.blocks = nn.Sequential(*(Block(config.width, d) for d in config.dilations))
        self.leave = nn.Conv1d(config.width, config.shared, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = ((x - self.mean) / self.std).clamp(-6, 6)
        return F.gelu(self.blocks(self.enter(x.transpose(1, 2))))

    def rows(self, hidden: torch.Tensor) -> torch.Tensor:
        """(B, T/2, shared), each of length 1."""
        return F.normalize(self.leave(hidden).transpose(1, 2), dim=-1)


class Evaluator(nn.Module):
    """See the module."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.motion = Encoder(config.motion_width, config)
        self.music = Encoder(config.music_width, config)
        self.style = nn.Linear(config.width, len(config.styles))
        self.sharpness = nn.Parameter(torch.tensor(3.0))  # log of what similarities are multiplied with

    def styles(self, hidden: torch.Tensor) -> torch.Tensor:
        """(B, styles) logits from the motion encoder's hidden rows."""
        return self.style(hidden.mean(-1))
