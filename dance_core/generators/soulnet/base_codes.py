"""The masked transformer: base codes of body, hands and face from music and from those that are known.

A window of codes is given with some of them masked; what each masked code could be is told for all at once
(Chang et al., MaskGIT, 2022; for motion Guo et al., MoMask, 2024). Known codes may lie anywhere: before, in
the dance so far; after, where a segment must arrive; or a whole part, where that part of a dance is kept.

Every moment hears its own stretch of music, which scales and shifts its token in every block. So do the style
and what the retrieval module makes of the window's music: two vectors, for its rhythm and for its mood, that
are the same for all moments; and who dances, and where they look (bearing.py).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from dance_core.generators.nets.blocks import AdaptiveBlock, MusicEncoder
from dance_core.generators.soulnet.bearing import BEARING, Bearing
from dance_core.generators.soulnet.codec import PARTS
from dance_core.generators.soulnet.masked_config import MaskedConfig

Tuned = list[tuple[Tensor, ...]]  # for each block the modulations of each token, the same on every iteration


class Stack(nn.Module):
    """Blocks whose tokens are modulated by their moments; `tokens` of them a moment."""

    def __init__(self, c: MaskedConfig, layers: int) -> None:
        super().__init__()
        self.tokens = c.tokens
        self.modulate = nn.Sequential(nn.SiLU(), nn.Linear(c.width, 6 * c.width))
        nn.init.zeros_(self.modulate[1].weight)
        nn.init.zeros_(self.modulate[1].bias)
        self.blocks = nn.ModuleList(AdaptiveBlock(c.width, c.heads, 4.0) for _ in range(layers))
        self.norm = nn.LayerNorm(c.width)

    def tune(self, heard: Tensor) -> Tuned:
        """All that does not depend on codes, from what `BaseCodes.listen` heard."""
        modulation = self.modulate(heard).unflatten(-1, (6, -1)).repeat_interleave(self.tokens, 1)
        return [block.own_modulation(modulation) for block in self.blocks]

    def forward(self, x: Tensor, tuned: Tuned) -> Tensor:
        """x (B, parts, T, width), what each part's codes say -> (B, parts, T, width).

        With one token a moment the parts are added up, and all have the same answer.
        """
        parts = x.shape[1]
        x = x.sum(1) if self.tokens == 1 else x.transpose(1, 2).flatten(1, 2)
        for block, own in zip(self.blocks, tuned, strict=True):
            x = block.modulated(x, own)
        x = self.norm(x)
        if self.tokens == 1:
            return x[:, None].expand(-1, parts, -1, -1)
        return x.unflatten(1, (-1, parts)).transpose(1, 2)


class BaseCodes(nn.Module):
    """Tells what the masked base codes of a window could be."""

    def __init__(self, c: MaskedConfig) -> None:
        super().__init__()
        self.config = c
        self.codes = nn.Embedding(PARTS * (c.codes + 2), c.width)  # with "mask" and "nothing" of each
        nn.init.normal_(self.codes.weight, std=0.3)
        self.register_buffer("first", torch.arange(PARTS)[:, None] * (c.codes + 2), persistent=False)
        self.place = nn.Parameter(0.02 * torch.randn(c.window, c.width))
        self.style = nn.Embedding(len(c.styles) + 1, c.width)  # the last: none said
        self.music = MusicEncoder(len(c.features), c.heard, c.patch, c.width, c.music_layers, c.heads,
                                  c.music_tokens)
        self.deaf = nn.Parameter(0.02 * torch.randn(c.width))
        if c.vector:
            self.whole = nn.ModuleList(nn.Linear(c.vector, c.width) for _ in range(2))  # rhythm, mood
        if c.dancers:
            self.bearing = Bearing(c.width, c.dancers)
        self.stack = Stack(c, c.layers)
        self.out = nn.ModuleList(nn.Linear(c.width, c.codes) for _ in range(PARTS))

    def listen(self, music: Tensor, vectors: Tensor | None, style: Tensor, hear: Tensor | None = None,
               bearing: Tensor | None = None, say: Tensor | None = None) -> Tensor:
        """(B, T, width): what each moment hears, the same however often codes are asked for.

        Args:
            music: (B, T · patch + music_ahead, F), T <= window.
            vectors: (B, 2, vector) of rhythm and mood; None where the config has none.
            style: (B,) indices.
            hear: (B,) bool; False: without music.
            bearing: (B, BEARING); None: nothing is said. Guidance leads away from what hears and knows
                nothing, so a dance becomes more like its dancer's too.
            say: (B, 2) bool, see `Bearing`; None: all.
        """
        moments = music.shape[1] // self.config.patch - self.config.music_ahead // self.config.patch
        if self.config.moments:
            heard = self.music(music)[:, :moments]
        else:
            heard = self.deaf.expand(len(music), moments, -1)
        if vectors is not None:
            heard = heard + sum(told(vectors[:, i]) for i, told in enumerate(self.whole))[:, None]
        if hear is not None:
            heard = torch.where(hear[:, None, None], heard, self.deaf.to(heard.dtype))
        heard = heard + self.style(style)[:, None]
        if self.config.dancers:
            if bearing is None:
                bearing = torch.zeros(len(music), BEARING, device=heard.device)
                say = torch.zeros(len(music), 2, dtype=torch.bool, device=heard.device)
            elif say is None:
                say = torch.ones(len(music), 2, dtype=torch.bool, device=heard.device)
            heard = heard + self.bearing(bearing, say)[:, None]
        return heard

    def forward(self, codes: Tensor, music: Tensor, vectors: Tensor | None, style: Tensor,
                hear: Tensor | None = None, bearing: Tensor | None = None, say: Tensor | None = None
                ) -> Tensor:
        """`guess` after `listen`."""
        return self.guess(codes, self.stack.tune(self.listen(music, vectors, style, hear, bearing, say)))

    def guess(self, codes: Tensor, tuned: Tuned, parts: int = PARTS) -> Tensor:
        """codes (B · K, 3, T), masked where they are asked for -> logits (B · K, parts, T, codes).

        tuned: of B windows, K tries of each one after another; parts: so many first ones are asked for.
        """
        x = self.codes(codes + self.first) + self.place[:codes.shape[-1]] / PARTS
        x = self.stack(x, tuned)
        return torch.stack([out(x[:, i]) for i, out in enumerate(self.out[:parts])], 1)
