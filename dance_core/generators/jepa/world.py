"""The world model: f reads 2 s of motion into a state, g says what state the music leads to.

    state z_t = f(window t)                    (chunks, latent) numbers
    z_{t+1} ≈ g(z_{t-2..t}, music of window t+1, style)

Both are transformers. g predicts the change of the state, so that an untrained g already says "as
before". Left alone, f keeps what changes slowly, because that is easy to predict, and drops when things
happen, which is all that music can tell. Two small heads keep it there: one hears beat and bar back from
(z_t, z_{t+1}), the other tells from z_t how fast each limb moves when.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dance_core.generators.jepa.config import JepaConfig
from dance_core.generators.jepa.losses import moving_loss, shared_loss, spread_loss
from dance_core.generators.nets.blocks import Block, MusicEncoder

LIMBS = ((0, 3, 6, 9, 12, 15), (16, 18, 20), (17, 19, 21), (1, 4, 7, 10), (2, 5, 8, 11))  # trunk, arms, legs
PULSE_EVERY = 2  # frames


class Encoder(nn.Module):
    """f: patch latents of a window to its state. No tanh: the spread of z must be free (see losses)."""

    def __init__(self, c: JepaConfig) -> None:
        super().__init__()
        self.chunks = c.chunks
        self.into = nn.Linear(c.patch_latents, c.encoder_width)
        self.place = nn.Parameter(0.02 * torch.randn(c.tokens, c.encoder_width))
        self.blocks = nn.ModuleList(Block(c.encoder_width, c.heads) for _ in range(c.encoder_layers))
        self.norm = nn.LayerNorm(c.encoder_width)
        inner = 2 * c.encoder_width
        self.project = nn.Sequential(nn.Linear(c.encoder_width, inner), nn.BatchNorm1d(inner), nn.GELU(),
                                     nn.Linear(inner, c.latent))

    def forward(self, x: Tensor) -> Tensor:
        """(B, tokens, patch_latents) -> (B, chunks, latent)."""
        return self.tell(self.read(x))

    def read(self, x: Tensor) -> Tensor:
        """What `tell` needs, and all that takes long: -> (B, chunks, encoder_width)."""
        x = self.into(x) + self.place
        for block in self.blocks:
            x = block(x)
        return self.norm(x).unflatten(1, (self.chunks, -1)).mean(2)

    def tell(self, read: Tensor) -> Tensor:
        """The states of what was read: (…, encoder_width) -> (…, latent)."""
        return self.project(read.flatten(0, -2)).unflatten(0, read.shape[:-1])


class Predictor(nn.Module):
    """g: the states so far and the music to come, to the next state.

    The token that asks for a chunk is given the very music of that chunk, so that time needs not be found by
    attention, which a small corpus does not teach; the blocks hear the whole.
    """

    def __init__(self, c: JepaConfig) -> None:
        super().__init__()
        width = c.predictor_width
        self.chunks, self.history = c.chunks, c.history
        self.into = nn.Linear(c.latent, width)
        self.place = nn.Parameter(0.02 * torch.randn(c.history + 1, c.chunks, width))  # oldest first
        self.ask = nn.Parameter(0.02 * torch.randn(c.chunks, width))
        self.style = nn.Embedding(len(c.styles) + 1, width)  # the last: none said
        self.music = MusicEncoder(c.music_features, c.rhythm, c.patch, width, c.music_layers, c.heads,
                                  c.music_tokens)
        self.deaf = nn.Parameter(0.02 * torch.randn(width))
        self.each = c.tokens // c.chunks  # tokens of music while a chunk lasts
        self.along = nn.Linear(self.each * width, width)
        self.blocks = nn.ModuleList(Block(width, c.heads, 4.0, width) for _ in range(c.predictor_layers))
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, c.latent)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def listen(self, music: Tensor, hear: Tensor | None = None) -> Tensor:
        """What `forward` remembers of the music of one window.

        Args:
            music: (B, window + music_ahead, F).
            hear: (B,) bool; False: without music.

        Returns:
            (B, music_tokens, predictor_width).
        """
        memory = self.music(music)
        if hear is None:
            return memory
        return torch.where(hear[:, None, None], memory, self.deaf.to(memory.dtype))

    def forward(self, past: Tensor, memory: Tensor, style: Tensor) -> Tensor:
        """The state that follows.

        Args:
            past: (B, H, chunks, latent), the newest last, 1 <= H <= history.
            memory: what `listen` said of the next window.
            style: (B,) indices.
        """
        b, h = past.shape[:2]
        x = self.into(past) + self.place[self.history - h:self.history]
        own = self.along(memory[:, :self.chunks * self.each].reshape(b, self.chunks, -1))
        x = torch.cat([x.flatten(1, 2), self.ask + self.place[-1] + own], 1)
        x = x + self.style(style)[:, None]
        for block in self.blocks:
            x = block(x, memory)
        return past[:, -1] + self.out(self.norm(x[:, -self.chunks:]))


class WorldModel(nn.Module):
    """f, g and the heads that keep the timing in the state."""

    def __init__(self, c: JepaConfig) -> None:
        super().__init__()
        self.config = c
        self.encoder, self.predictor = Encoder(c), Predictor(c)
        self.recall = nn.Sequential(nn.Linear(2 * c.latent, 2 * c.latent), nn.GELU(),
                                    nn.Linear(2 * c.latent, c.window // c.chunks * len(c.metre)))
        self.pulse = nn.Sequential(nn.Linear(c.latent, 2 * c.latent), nn.GELU(),
                                   nn.Linear(2 * c.latent, c.window // c.chunks // PULSE_EVERY * len(LIMBS)))

    def forward(self, windows: Tensor, pulses: Tensor, music: Tensor, style: Tensor,
                hear: Tensor | None = None) -> dict[str, Tensor]:
        """The parts of the training loss.

        Args:
            windows: (B, W, tokens, patch_latents), successive.
            pulses: (B, W, window / PULSE_EVERY, LIMBS), as from `limb_speeds`.
            music: (B, W - 1, window + music_ahead, F), of all windows but the first.
            style, hear: (B,) as in `Predictor.forward`.
        """
        c = self.config
        z = self.encode(windows)
        memory = self.listen(music, hear)
        last = z.shape[1] - 1
        told = self.predictor(z[:, max(0, last - c.history):last], memory[-1], style)
        alone = self.follow(z[:, :1], memory, style)
        sound = self.metre(music)
        before = torch.cat([z[:, :1], alone[:, :-1]], 1)
        heard = F.mse_loss(self.heard(z[:, :-1], z[:, 1:]), sound)
        again = F.mse_loss(self.heard(before, alone), sound)
        flat = z.float().flatten(0, 2)
        return {"one": F.mse_loss(told, z[:, last]), "rollout": F.mse_loss(alone, z[:, 1:]),
                "spread": spread_loss(flat), "moving": moving_loss(z.float().flatten(1, 2)),
                "shared": shared_loss(flat), "recall": heard, "again": again,
                "pulse": F.mse_loss(self.told(z), pulses)}

    def encode(self, windows: Tensor) -> Tensor:
        """(B, W, tokens, patch_latents) -> (B, W, chunks, latent)."""
        return self.encoder(windows.flatten(0, 1)).unflatten(0, windows.shape[:2])

    def listen(self, music: Tensor, hear: Tensor | None = None) -> tuple[Tensor, ...]:
        """What the predictor remembers of the music (B, K, window + music_ahead, F) of K windows."""
        again = None if hear is None else hear.repeat_interleave(music.shape[1])
        return self.predictor.listen(music.flatten(0, 1), again).unflatten(0, music.shape[:2]).unbind(1)

    def follow(self, past: Tensor, memory: Sequence[Tensor], style: Tensor) -> Tensor:
        """Go on alone: past (B, H, chunks, latent), what was heard of K windows -> (B, K, chunks, latent)."""
        states = past
        for heard in memory:
            nxt = self.predictor(states[:, -self.config.history:], heard, style)
            states = torch.cat([states, nxt[:, None]], 1)
        return states[:, past.shape[1]:]

    def rollout(self, past: Tensor, music: Tensor, style: Tensor, hear: Tensor | None = None) -> Tensor:
        """The same from the music (B, K, window + music_ahead, F) itself."""
        return self.follow(past, self.listen(music, hear), style)

    def metre(self, music: Tensor) -> Tensor:
        """What `heard` is to tell: (B, W, window, M) of the music (B, W, window + music_ahead, F)."""
        return self.predictor.music.standard(music[:, :, :self.config.window])[..., self.config.metre]

    def heard(self, before: Tensor, after: Tensor) -> Tensor:
        """The standardised metre (B, W, window, M) as two states (B, W, chunks, latent) in turn tell it."""
        out = self.recall(torch.cat([before, after], -1))
        return out.unflatten(-1, (-1, len(self.config.metre))).flatten(2, 3)

    def told(self, z: Tensor) -> Tensor:
        """`limb_speeds` (B, W, window / PULSE_EVERY, LIMBS) as each state (B, W, chunks, latent) tells it."""
        return self.pulse(z).unflatten(-1, (-1, len(LIMBS))).flatten(2, 3)


def limb_speeds(velocities: Tensor) -> Tensor:
    """How fast each limb moves, on a scale of ratios, about 0 and spread by about 1.

    velocities (…, T, 22, 3) m/s -> (…, T / PULSE_EVERY, LIMBS).
    """
    speed = velocities.norm(dim=-1)
    limbs = torch.stack([speed[..., list(limb)].mean(-1) for limb in LIMBS], -1)
    return torch.log(limbs.unflatten(-2, (-1, PULSE_EVERY)).mean(-2) + 0.1) + 1.0
