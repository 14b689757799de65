"""Transformer parts: attention, MLP, adaptive norm, and the encoder of music features."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def sinusoid(t: Tensor, width: int) -> Tensor:
    """(B,) numbers 0…1 -> (B, width) sines and cosines from slow to fast."""
    rate = torch.exp(-math.log(1_000.0) * torch.arange(width // 2, device=t.device) / (width // 2)) * 1_000.0
    angle = t[:, None].float() * rate
    return torch.cat([angle.sin(), angle.cos()], -1)


Kept = tuple[Tensor, Tensor]  # keys (B, H, width / H, M) and values (B, H, M, width / H) of a memory


class Attention(nn.Module):
    """Multi-head attention; keys and values from a memory, or from x itself."""

    def __init__(self, width: int, heads: int, memory_width: int | None = None) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(memory_width or width, 2 * width)
        self.out = nn.Linear(width, width)

    def keep(self, memory: Tensor) -> Kept:
        """What `forward` needs of a memory (B, M, memory_width): once, however often it is asked."""
        k, v = self.kv(memory).view(*memory.shape[:2], 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        return k.transpose(-1, -2), v

    def forward(self, x: Tensor, kept: Kept | None = None) -> Tensor:
        """(B, N, width), what `keep` kept of a memory (None: x itself) -> (B, N, width)."""
        b, n, width = x.shape
        q = self.q(x).view(b, n, self.heads, -1).transpose(1, 2)  # (B, H, N, width / H)
        k, v = self.keep(x) if kept is None else kept
        if q.is_cuda:
            y = F.scaled_dot_product_attention(q, k.transpose(-1, -2), v)
        else:  # on few tokens the fused kernel's backward takes longer than all the rest of a block
            y = torch.softmax(q @ k * q.shape[-1] ** -0.5, -1) @ v
        return self.out(y.transpose(1, 2).reshape(b, n, width))


def mlp(width: int, ratio: float) -> nn.Sequential:
    """Linear, GELU, Linear."""
    inner = int(width * ratio)
    return nn.Sequential(nn.Linear(width, inner), nn.GELU(approximate="tanh"), nn.Linear(inner, width))


class Block(nn.Module):
    """Pre-norm block: self-attention, cross-attention where there is a memory, MLP."""

    def __init__(self, width: int, heads: int, ratio: float = 4.0, memory_width: int | None = None) -> None:
        super().__init__()
        self.norm1, self.attend = nn.LayerNorm(width), Attention(width, heads)
        self.cross = Attention(width, heads, memory_width) if memory_width else None
        self.norm2 = nn.LayerNorm(width) if memory_width else None
        self.norm3, self.mlp = nn.LayerNorm(width), mlp(width, ratio)

    def forward(self, x: Tensor, memory: Tensor | None = None) -> Tensor:
        """(B, N, width) -> the same."""
        x = x + self.attend(self.norm1(x))
        if self.cross is not None:
            x = x + self.cross(self.norm2(x), self.cross.keep(memory))
        return x + self.mlp(self.norm3(x))


class AdaptiveBlock(nn.Module):
    """A block whose norms are scaled, shifted and gated by each token's own condition.

    The six modulations of a token come from outside and are shared by all blocks; each adds its own
    constants to them (adaLN-single of Chen et al., PixArt-α, 2023, here a token at a time: that is how every
    moment of the music reaches every block at the cost of one).
    """

    def __init__(self, width: int, heads: int, ratio: float, memory_width: int | None = None) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width, elementwise_affine=False)
        self.norm3 = nn.LayerNorm(width, elementwise_affine=False)
        self.norm2 = nn.LayerNorm(width) if memory_width else None
        self.attend = Attention(width, heads)
        self.cross = Attention(width, heads, memory_width) if memory_width else None
        self.mlp = mlp(width, ratio)
        self.own = nn.Parameter(torch.zeros(6, width))

    def forward(self, x: Tensor, modulation: Tensor, kept: Kept | None = None) -> Tensor:
        """x (B · K, N, width), modulation (B, N, 6, width), what `cross.keep` kept of B -> as x."""
        return self.modulated(x, self.own_modulation(modulation), kept)

    def own_modulation(self, modulation: Tensor) -> tuple[Tensor, ...]:
        """Six times (B, N, width): what `modulated` needs, once, however often it is asked."""
        shift1, scale1, gate1, shift3, scale3, gate3 = (modulation + self.own).unbind(2)
        return shift1, 1.0 + scale1, 1.0 + gate1, shift3, 1.0 + scale3, 1.0 + gate3

    def modulated(self, x: Tensor, own: tuple[Tensor, ...], kept: Kept | None = None) -> Tensor:
        """`forward` from what `own_modulation` made."""
        count, width = len(own[0]), x.shape[-1]
        if 1 < count < len(x):  # a single one is broadcast as it is
            own = tuple(m.repeat_interleave(len(x) // count, 0) for m in own)
        shift1, scale1, gate1, shift3, scale3, gate3 = own
        x = x + gate1 * self.attend(self.norm1(x) * scale1 + shift1)
        if self.cross is not None:  # the K of one memory ask it together
            x = x + self.cross(self.norm2(x).view(count, -1, width), kept).view_as(x)
        return x + gate3 * self.mlp(self.norm3(x) * scale3 + shift3)


class MusicEncoder(nn.Module):
    """Music features, `patch` frames a token.

    Args:
        features: F columns; they are brought to zero mean and unit spread by `mean` and `spread`.
        heard: which of them are listened to. The others would tell one song from another, which is how a
            small corpus is learned by heart.
        patch: frames a token.
        width: of the tokens.
        layers: transformer blocks.
        longest: most tokens.
    """

    def __init__(self, features: int, heard: tuple[int, ...], patch: int, width: int, layers: int, heads: int,
                 longest: int) -> None:
        super().__init__()
        self.patch, self.heard = patch, heard
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))
        self.into = nn.Linear(len(heard) * patch, width)
        self.place = nn.Parameter(0.02 * torch.randn(longest, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def standard(self, music: Tensor) -> Tensor:
        """Every column (…, F) with zero mean and unit spread over the training split."""
        return (music - self.mean) / self.spread

    def forward(self, music: Tensor) -> Tensor:
        """(B, M·patch, F) -> (B, M, width)."""
        x = self.standard(music)[..., self.heard]
        x = self.into(x.reshape(len(x), -1, self.into.in_features))
        x = x + self.place[:x.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.norm(x)
