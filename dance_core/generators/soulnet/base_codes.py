"""The masked transformer: base codes of body, hands and face from music and from those that are known.

A window of codes is given with some of them masked; what each masked code could be is told for all at once
(Chang et al., MaskGIT, 2022; for motion Guo et al., MoMask, 2024). Known codes may lie anywhere: before, in
the dance so far; after, where a segment must arrive; or a whole part, where that part of a dance is kept.

Every moment hears its own stretch of music, which scales and shifts its token in every block; what the
retrieval module makes of the window's music, one vector for its rhythm and one for its mood, is looked up
beside the music by all.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from dance_core.generators.nets.blocks import AdaptiveBlock, Kept, MusicEncoder
from dance_core.generators.soulnet.masked_config import MaskedConfig

PARTS = ("body", "hands", "face")  # in the codec's order


@dataclass(frozen=True, eq=False)
class Heard:
    """What is known of a window but its codes, the same on every iteration.

    Attributes:
        moments: (B, window, width) the music of each moment, with the style.
        memory: (B, M, width) the window's music and what comes after it, and the retrieval vectors.
    """

    moments: Tensor
    memory: Tensor

    def repeated(self, times: int) -> "Heard":
        """Each window so many times in a row."""
        return Heard(self.moments.repeat_interleave(times, 0), self.memory.repeat_interleave(times, 0))


@dataclass(frozen=True, eq=False)
class Tuned:
    """What a stack of blocks makes of `Heard`: for each block its own modulation, and what it looks up."""

    own: list[tuple[Tensor, ...]]
    kept: list[Kept]


class Stack(nn.Module):
    """Blocks whose tokens are modulated by their moments; `tokens` of them a moment."""

    def __init__(self, c: MaskedConfig, layers: int) -> None:
        super().__init__()
        self.tokens = c.tokens
        self.modulate = nn.Sequential(nn.SiLU(), nn.Linear(c.width, 6 * c.width))
        nn.init.zeros_(self.modulate[1].weight)
        nn.init.zeros_(self.modulate[1].bias)
        self.blocks = nn.ModuleList(AdaptiveBlock(c.width, c.heads, 4.0, c.width) for _ in range(layers))
        self.norm = nn.LayerNorm(c.width)

    def tune(self, heard: Heard) -> Tuned:
        """All that does not depend on codes."""
        modulation = self.modulate(heard.moments).unflatten(-1, (6, -1)).repeat_interleave(self.tokens, 1)
        return Tuned([block.own_modulation(modulation) for block in self.blocks],
                     [block.cross.keep(heard.memory) for block in self.blocks])

    def forward(self, x: Tensor, tuned: Tuned) -> Tensor:
        """x (B, parts, window, width), what each part's codes say -> (B, parts, window, width).

        With one token a moment the parts are added up, and all have the same answer.
        """
        parts = x.shape[1]
        x = x.transpose(1, 2)  # (B, window, parts, width)
        x = x.sum(2) if self.tokens == 1 else x.flatten(1, 2)
        for block, own, kept in zip(self.blocks, tuned.own, tuned.kept, strict=True):
            x = block.modulated(x, own, kept)
        x = self.norm(x)
        if self.tokens == 1:
            return x[:, None].expand(-1, parts, -1, -1)
        return x.unflatten(1, (-1, parts)).transpose(1, 2)


class BaseCodes(nn.Module):
    """Tells what the masked base codes of a window could be."""

    def __init__(self, c: MaskedConfig) -> None:
        super().__init__()
        self.config = c
        self.codes = nn.Embedding(len(PARTS) * (c.codes + 2), c.width)  # with "mask" and "nothing" of each
        nn.init.normal_(self.codes.weight, std=0.3)
        self.register_buffer("first", torch.arange(len(PARTS))[:, None] * (c.codes + 2), persistent=False)
        self.place = nn.Parameter(0.02 * torch.randn(c.window, c.width))
        self.style = nn.Embedding(len(c.styles) + 1, c.width)  # the last: none said
        self.music = MusicEncoder(len(c.features), c.heard, c.patch, c.width, c.music_layers, c.heads,
                                  c.music_tokens)
        self.deaf = nn.Parameter(0.02 * torch.randn(c.music_tokens, c.width))
        if c.vector:
            self.whole = nn.ModuleList(nn.Linear(c.vector, c.width) for _ in range(2))  # rhythm, mood
            self.whole_deaf = nn.Parameter(0.02 * torch.randn(2, c.width))
        self.stack = Stack(c, c.layers)
        self.out = nn.ModuleList(nn.Linear(c.width, c.codes) for _ in PARTS)

    def listen(self, music: Tensor, vectors: Tensor | None, style: Tensor, hear: Tensor | None = None
               ) -> Heard:
        """What is the same however often codes are asked for.

        Args:
            music: (B, window · patch + music_ahead, F).
            vectors: (B, 2, vector) of rhythm and mood; None where the config has none.
            style: (B,) indices.
            hear: (B,) bool; False: without music.
        """
        keep = None if hear is None else hear[:, None, None]
        if self.config.moments:
            heard = self.music(music)
            if keep is not None:
                heard = torch.where(keep, heard, self.deaf.to(heard.dtype))
        else:
            heard = self.deaf.expand(len(music), -1, -1)
        memory = [heard]
        if vectors is not None:
            told = torch.stack([f(vectors[:, i]) for i, f in enumerate(self.whole)], 1)
            memory.append(told if keep is None else torch.where(keep, told, self.whole_deaf.to(told.dtype)))
        moments = heard[:, :self.config.window] + self.style(style)[:, None]
        return Heard(moments, torch.cat(memory, 1))

    def forward(self, codes: Tensor, music: Tensor, vectors: Tensor | None, style: Tensor,
                hear: Tensor | None = None) -> Tensor:
        """`guess` after `listen`."""
        return self.guess(codes, self.stack.tune(self.listen(music, vectors, style, hear)))

    def guess(self, codes: Tensor, tuned: Tuned) -> Tensor:
        """codes (B, 3, window), masked where they are asked for -> logits (B, 3, window, codes)."""
        x = self.codes(codes + self.first) + self.place / len(PARTS)
        x = self.stack(x, tuned)
        return torch.stack([out(x[:, i]) for i, out in enumerate(self.out)], 1)
