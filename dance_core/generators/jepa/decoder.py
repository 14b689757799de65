"""d: from the state, the predicted state, the music and the last half second to the next 2 s of motion.

A diffusion transformer over patch latents. The frames of the dance so far stand as clean tokens before
the noisy ones (in-painting), so that a window goes on from the one before it. Each token's modulation
comes from its own moment of the music, the time on the path and the style; states and music ahead are
cross-attended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from dance_core.generators.jepa.config import JepaConfig
from dance_core.generators.nets.blocks import AdaptiveBlock, Kept, MusicEncoder, sinusoid
from dance_core.generators.nets.flow import Predict
from dance_core.generators.nets.one_thread import each_alone

STRENGTHS = 4.0  # guidance that is told as 1


@dataclass(frozen=True, eq=False)
class Heard:
    """What the decoder knows of K windows in each of B places before it has seen any of them.

    Attributes:
        given: (B · K, context_tokens, width) the clean tokens before them.
        style: (B · K, width), and how strongly the music is followed where that is told.
        moments: (B, context_tokens + tokens, width) the music of each token.
        kept: for each block, what it looks up in states and music.
    """

    given: Tensor
    style: Tensor
    moments: Tensor
    kept: list[Kept]


class Decoder(nn.Module):
    """Predicts the clean window from a noisy one."""

    def __init__(self, c: JepaConfig) -> None:
        super().__init__()
        width = c.decoder_width
        self.config = c
        self.into = nn.Linear(c.patch_latents, width)
        self.place = nn.Parameter(0.02 * torch.randn(c.context_tokens + c.tokens, width))
        self.clean = nn.Parameter(0.02 * torch.randn(width))  # says: this token is given
        self.time = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width))
        if c.swift:
            self.strength = nn.Linear(width, width)  # of the guidance that a guess has in it
            nn.init.zeros_(self.strength.weight)
            nn.init.zeros_(self.strength.bias)
        self.style = nn.Embedding(len(c.styles) + 1, width)  # the last: none said
        self.music = MusicEncoder(c.music_features, c.rhythm, c.patch, width, c.music_layers, c.heads,
                                  c.context_tokens + c.music_tokens)
        self.deaf = nn.Parameter(0.02 * torch.randn(c.context_tokens + c.music_tokens, width))
        self.state = nn.Linear(c.latent, width)
        self.state_place = nn.Parameter(0.02 * torch.randn(2 * c.chunks, width))
        self.modulate = nn.Sequential(nn.SiLU(), nn.Linear(width, 6 * width))
        nn.init.zeros_(self.modulate[1].weight)
        nn.init.zeros_(self.modulate[1].bias)
        self.blocks = nn.ModuleList(AdaptiveBlock(width, c.heads, 4.0, width)
                                    for _ in range(c.decoder_layers))
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, c.patch_latents)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, noisy: Tensor, t: Tensor, context: Tensor, states: Tensor, music: Tensor,
                style: Tensor, hear: Tensor | None = None, strength: Tensor | None = None) -> Tensor:
        """The window as the network believes it to be.

        Args:
            noisy: (B, tokens, patch_latents).
            t: (B,) place on the path, 0 = noise.
            context, states, music, style, hear, strength: as in `listen`.

        Returns:
            (B, tokens, patch_latents).
        """
        return self.guess(noisy, t, self.listen(context, states, music, style, hear, strength))

    def listen(self, context: Tensor, states: Tensor, music: Tensor, style: Tensor,
               hear: Tensor | None = None, strength: Tensor | None = None, windows: int = 1) -> Heard:
        """All that is the same on every step of a window's path.

        Args:
            context: (B, context_tokens, patch_latents), clean.
            states: (B, 2 · chunks, latent): the state so far, then the predicted one.
            music: (B, context + window + music_ahead, F).
            style: (B,) indices.
            hear: (B,) bool; False: without music and without the predicted state.
            strength: (B,) of the guidance that the guesses shall have in them already; None: none, as before
                that was learned.
            windows: K, that will be guessed in each place.
        """
        heard, state = self.music(music), self.state(states)
        if hear is not None:
            keep = hear[:, None, None]
            heard = torch.where(keep, heard, self.deaf.to(heard.dtype))
            chunks = self.config.chunks
            state = torch.cat([state[:, :chunks], torch.where(keep, state[:, chunks:], 0.0)], 1)
        memory = torch.cat([state + self.state_place, heard], 1)
        manner = self.style(style.repeat_interleave(windows))
        if strength is not None:
            strong = sinusoid(strength.repeat_interleave(windows) / STRENGTHS, manner.shape[-1])
            manner = manner + each_alone(self.strength, strong.to(manner.dtype), rows=windows)
        return Heard(given=self.into(context.repeat_interleave(windows, 0)) + self.clean, style=manner,
                     moments=heard[:, :self.config.context_tokens + self.config.tokens],
                     kept=[block.cross.keep(memory) for block in self.blocks])

    def guess(self, noisy: Tensor, t: Tensor, heard: Heard) -> Tensor:
        """One step: noisy (B · K, tokens, patch_latents) at t (B · K,) -> clean windows, of the same shape.

        The K windows of one place are at the same t.
        """
        x = torch.cat([heard.given, self.into(noisy)], 1) + self.place
        count = len(x) // len(heard.moments)
        whole = each_alone(self.time, sinusoid(t, x.shape[-1]).to(x.dtype), rows=count) + heard.style
        whole = whole[::count, None]  # of the K, one for all
        modulation = self.modulate(whole + heard.moments).unflatten(-1, (6, -1))
        for block, kept in zip(self.blocks, heard.kept, strict=True):
            x = block(x, modulation, kept)
        return self.out(self.norm(x[:, self.config.context_tokens:]))

    def guided(self, given: Sequence[Tensor], strength: Tensor) -> Predict:
        """Guesses that are led away from those without music, in two passes a step.

        Args:
            given: context, states, music and style, as `listen` takes them.
            strength: (B,) 1 = as trained.
        """
        count = len(strength)
        hear = torch.arange(2 * count, device=strength.device) < count
        heard = self.listen(*(torch.cat([x, x]) for x in given), hear)

        def predict(x: Tensor, t: Tensor) -> Tensor:
            with_music, without = self.guess(torch.cat([x, x]), torch.cat([t, t]), heard).float().chunk(2)
            return without + strength[:, None, None] * (with_music - without)

        return predict
