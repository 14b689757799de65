"""A denoiser of EDGE's size, for timing only: what one pass of the field's usual kind of network costs here.

EDGE (Tseng, Castellon, Liu: Editable Dance Generation from Music, CVPR 2023) dances five seconds in 50 steps
of a transformer that hears the music by cross-attention and has its place on the path in FiLM layers; longer
dances are windows that overlap by half, drawn side by side. The sizes are its own. It knows nothing of dance:
its weights are drawn at random, which takes as long as trained ones.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class EdgeSizes:
    """Sizes as published, with the music of its 35-column variant."""

    frames: int = 150  # 5 s at 30 fps
    overlap: int = 75  # frames that a window shares with the next
    motion: int = 151  # 4 contacts, 3 of the root, 24 joints of 6 numbers
    music: int = 35
    width: int = 512
    inner: int = 1024  # of the MLPs
    layers: int = 8
    music_layers: int = 2
    heads: int = 8
    steps: int = 50  # DDIM steps, each with the music and without

    def windows(self, frames: int) -> int:
        """How many windows cover so many frames."""
        return 1 + max(0, -(-(frames - self.frames) // (self.frames - self.overlap)))


class _Film(nn.Module):
    """Scale and shift from the condition (Perez et al., FiLM, 2018), added to what went in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.into = nn.Linear(width, 2 * width)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        """(B, N, width), (B, width) -> (B, N, width)."""
        scale, shift = self.into(F.mish(condition))[:, None].chunk(2, -1)
        return (1.0 + scale) * x + shift


class _Layer(nn.Module):
    """Self-attention, cross-attention and MLP, each through a FiLM."""

    def __init__(self, s: EdgeSizes) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(s.width) for _ in range(3))
        self.films = nn.ModuleList(_Film(s.width) for _ in range(3))
        self.attend = nn.MultiheadAttention(s.width, s.heads, batch_first=True)
        self.cross = nn.MultiheadAttention(s.width, s.heads, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(s.width, s.inner), nn.GELU(), nn.Linear(s.inner, s.width))

    def forward(self, x: Tensor, memory: Tensor, condition: Tensor) -> Tensor:
        """(B, N, width), (B, M, width), (B, width) -> (B, N, width)."""
        first, second, third = self.norms
        film = iter(self.films)
        y = first(x)
        x = x + next(film)(self.attend(y, y, y, need_weights=False)[0], condition)
        x = x + next(film)(self.cross(second(x), memory, memory, need_weights=False)[0], condition)
        return x + next(film)(self.mlp(third(x)), condition)


class EdgeSized(nn.Module):
    """The network: 47 M parameters."""

    def __init__(self, sizes: EdgeSizes = EdgeSizes()) -> None:
        super().__init__()
        self.sizes = s = sizes
        self.into, self.out = nn.Linear(s.motion, s.width), nn.Linear(s.width, s.motion)
        self.hear = nn.Linear(s.music, s.width)
        self.music = nn.ModuleList(
            nn.TransformerEncoderLayer(s.width, s.heads, s.inner, 0.0, batch_first=True, norm_first=True)
            for _ in range(s.music_layers))
        self.mood = nn.Sequential(nn.LayerNorm(s.width), nn.Linear(s.width, s.width), nn.SiLU(),
                                  nn.Linear(s.width, s.width))
        self.time = nn.Linear(s.width, 4 * s.width)
        self.time_film = nn.Linear(4 * s.width, s.width)
        self.time_tokens = nn.Linear(4 * s.width, 2 * s.width)
        self.norm = nn.LayerNorm(s.width)
        self.layers = nn.ModuleList(_Layer(s) for _ in range(s.layers))

    def forward(self, noisy: Tensor, music: Tensor, t: Tensor) -> Tensor:
        """(B, frames, motion), (B, frames, music), place on the path as (B, width) -> (B, frames, motion)."""
        heard = self.hear(music)
        for layer in self.music:
            heard = layer(heard)
        time_ = F.mish(self.time(t))
        condition = self.time_film(time_) + self.mood(heard.mean(1))
        tokens = self.time_tokens(time_).unflatten(-1, (2, -1))
        memory = self.norm(torch.cat([heard, tokens], 1))
        x = self.into(noisy)
        for layer in self.layers:
            x = layer(x, memory, condition)
        return self.out(x)

    @property
    def parameters_m(self) -> float:
        """Millions of parameters."""
        return sum(p.numel() for p in self.parameters()) / 1e6


@torch.inference_mode()
def time_step(network: EdgeSized, frames: int) -> float:
    """Seconds of one step, with music and without, for a dance of so many frames, all windows at once; on as
    many threads as torch has. All steps are alike."""
    s = network.sizes
    rows = s.windows(frames)
    x, music = torch.randn(rows, s.frames, s.motion), torch.randn(rows, s.frames, s.music)
    t = torch.randn(rows, s.width)
    begun = time.perf_counter()
    with_music, without = network(x, music, t), network(x, torch.zeros_like(music), t)
    x.copy_(without + 2.0 * (with_music - without))
    return time.perf_counter() - begun
