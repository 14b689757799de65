"""The diffusion transformer: from noise, a reference clip and music to the latents of a segment.

    noisy latents | reference latents | mask → a token for each column (or for some rows of it)  ┐
    music, 8 frames a token → blocks of its own                                                  ├→ blocks
    time on the path, style, manner → scale, shift and gate every block alike                    ┘

In every block a pose token asks pose and music in one softmax: the two share a clock (rotary.py), so whether
a step looks at a beat depends on how far apart in time they are. The music's tokens look at each other only.
So they are the same on every step from noise to dance, and are made ready once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dance_core.generators.hotdance import rotary
from dance_core.generators.hotdance.dit_config import PATCH, DitConfig
from dance_core.generators.hotdance.wiener import Wiener
from dance_core.generators.nets.blocks import sinusoid
from dance_core.generators.nets.flow import Predict
from dance_core.generators.nets.manner import Manner

LEAST_LED = 1.0  # strengths are taken to be at least so far from 1 where the manner is led too
TOGETHER = 1.5  # what queries and keys begin with in the pairs that turn with time: look at what sounds now


class Given(NamedTuple):
    """What is known of B segments of N columns.

    Attributes:
        reference: (B, C, N) numbers of the reference clip: image, feet, hands, face.
        mask: (B, 8, R, N) 1 where a frame of that clip is one of the segment; (frame in the column, …).
        details_mask: (B, 16, N) the same for hands, then face.
        music: (B, (N + ahead) · 8, F).
        style: (B,) indices.
        manner: (B, NUMBERS) how it is danced, see nets/manner.py; NaN: any way.
    """

    reference: Tensor
    mask: Tensor
    details_mask: Tensor
    music: Tensor
    style: Tensor
    manner: Tensor

    def known(self, c: DitConfig) -> Tensor:
        """(B, C, N) bool: numbers of columns of which every frame is known."""
        known = torch.zeros(self.reference.shape, dtype=torch.bool, device=self.reference.device)
        if not c.shown:
            return known
        masks = self.mask[:, :, 0], *self.details_mask.chunk(2, 1)  # each (B, 8, N)
        for where, mask in zip(parts_of(c), masks, strict=True):
            known[:, where] = (mask > 0.5).all(1)[:, None]
        return known

    def twice(self) -> "Given":
        """All of them, and all of them again."""
        return Given(*(torch.cat([x, x]) for x in self))


@dataclass(frozen=True, eq=False)
class Heard:
    """What is the same on every step from noise to dance.

    Attributes:
        given: (B, tokens, width) what the tokens are told of the reference clip.
        style: (B, width) style and manner. angle: of the tokens. music: for each block.
        reference: (B, C, N); known: (B, C, N) bool, where it is the segment itself.
    """

    given: Tensor
    style: Tensor
    angle: Tensor
    music: "list[tuple[Tensor, Tensor]]"
    reference: Tensor
    known: Tensor


class Attention(nn.Module):
    """Multi-head attention with rotary positions and normalised queries and keys.

    memory: tokens of another kind are attended too, in the same softmax.
    """

    def __init__(self, width: int, heads: int, memory: bool = False) -> None:
        super().__init__()
        self.heads, numbers = heads, width // heads
        self.q, self.kv = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.memory = nn.Linear(width, 2 * width) if memory else None
        self.out = nn.Linear(width, width)
        self.gain = nn.Parameter(torch.full((numbers,), numbers**-0.5))  # of queries, and so of keys
        if memory:
            with torch.no_grad():
                alike = torch.zeros(numbers)
                alike[numbers // 8 * 4::2] = TOGETHER
                self.q.bias.copy_(alike.repeat(heads))
                self.memory.bias[:width].copy_(alike.repeat(heads))

    def keys(self, layer: nn.Linear, x: Tensor, angle: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values (B, H, N, numbers) of x (B, N, width)."""
        k, v = layer(x).view(*x.shape[:2], 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        return rotary.turned(_level(k), angle), v

    def keep(self, memory: Tensor, angle: Tensor) -> tuple[Tensor, Tensor]:
        """What `forward` needs of other tokens (B, M, width)."""
        return self.keys(self.memory, memory, angle)

    def forward(self, x: Tensor, angle: Tensor, kept: tuple[Tensor, Tensor] | None = None) -> Tensor:
        """(B, N, width), angles (N, numbers / 2) -> (B, N, width)."""
        b, n, width = x.shape
        q = self.q(x).view(b, n, self.heads, -1).transpose(1, 2)
        q = rotary.turned(_level(q) * self.gain, angle)
        k, v = self.keys(self.kv, x, angle)
        if kept is not None:
            k, v = torch.cat([k, kept[0]], 2), torch.cat([v, kept[1]], 2)
        if q.is_cuda:
            y = F.scaled_dot_product_attention(q.to(v.dtype), k.to(v.dtype), v, scale=1.0)
        else:  # on few tokens the fused kernel's backward takes longer than all the rest of a block
            y = torch.softmax(q @ k.transpose(-1, -2), -1) @ v
        return self.out(y.transpose(1, 2).reshape(b, n, width))


class Block(nn.Module):
    """Attention and a gated MLP. `modulated`: what comes in is scaled and shifted, what is added is gated.

    The six modulations are the same in all blocks; each adds its own constants (adaLN-single of Chen et al.,
    PixArt-α, 2023).
    """

    def __init__(self, width: int, heads: int, ratio: float, *, modulated: bool) -> None:
        super().__init__()
        self.attend = Attention(width, heads, memory=modulated)
        inner = round(width * ratio / 8) * 8
        self.gate, self.open = nn.Linear(width, inner), nn.Linear(width, inner)
        self.shut = nn.Linear(inner, width)
        self.own = nn.Parameter(torch.zeros(6, width))
        self.modulated = modulated

    def forward(self, x: Tensor, angle: Tensor, modulation: Tensor | None = None,
                kept: tuple[Tensor, Tensor] | None = None) -> Tensor:
        """x (B, N, width), modulation (B, 6, width) -> as x."""
        whole = self.own[None] if modulation is None else modulation + self.own
        shift1, scale1, gate1, shift2, scale2, gate2 = whole.unsqueeze(2).unbind(1)  # each (B, 1, width)
        x = x + (1 + gate1) * self.attend(_level(x) * (1 + scale1) + shift1, angle, kept)
        y = _level(x) * (1 + scale2) + shift2
        return x + (1 + gate2) * self.shut(F.silu(self.gate(y)) * self.open(y))


class MusicTokens(nn.Module):
    """Music, a token for 8 frames, standardised, with what sounds around it."""

    def __init__(self, c: DitConfig) -> None:
        super().__init__()
        self.config = c
        self.register_buffer("mean", torch.zeros(len(c.features)))
        self.register_buffer("spread", torch.ones(len(c.features)))
        self.into = nn.Linear(len(c.heard) * PATCH, c.width)
        self.blocks = nn.ModuleList(Block(c.width, c.heads, c.ratio, modulated=False)
                                    for _ in range(c.music_layers))

    def forward(self, music: Tensor, angle: Tensor) -> Tensor:
        """(B, M·8, F), angles (M, …) -> (B, M, width)."""
        x = ((music - self.mean) / self.spread)[..., self.config.heard]
        x = self.into(x.reshape(len(x), -1, self.into.in_features))
        for block in self.blocks:
            x = block(x, angle)
        return _level(x)


class Dit(nn.Module):
    """Predicts the clean latents of a segment from noisy ones.

    It says in how far they are others than the best linear guess (wiener.py), in units of what that is off
    by (as Karras et al., 2022, precondition theirs). So what any noise leaves of a column, and what its
    neighbours say of it, must not be learned.
    """

    def __init__(self, c: DitConfig) -> None:
        super().__init__()
        self.config = c
        self.first = Wiener(c.numbers, c.beside)
        self.guessed = nn.Linear(c.numbers, c.width)
        width, self.groups = c.width, c.heights // c.rows
        self.into = nn.Linear(c.latents * c.rows, width)
        self.shown = nn.Linear((c.latents + PATCH) * c.rows, width)
        self.details = nn.Linear(c.details, width) if c.details else _Nothing(width)
        self.details_shown = nn.Linear(c.details + 2 * PATCH, width)
        self.rows = nn.Parameter(0.02 * torch.randn(self.groups, 1, width))  # which bins these are
        self.time = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width))
        self.style = nn.Embedding(len(c.styles) + 1, width)  # the last: none said
        self.manner = Manner(width, c.dancers) if c.dancers else None
        self.modulate = nn.Sequential(nn.SiLU(), nn.Linear(width, 6 * width))
        self.music = MusicTokens(c)
        self.deaf = nn.Parameter(0.02 * torch.randn(width))
        self.blocks = nn.ModuleList(Block(width, c.heads, c.ratio, modulated=True) for _ in range(c.layers))
        self.out = nn.Linear(width, c.latents * c.rows)
        self.details_out = nn.Linear(width, c.details) if c.details else _Nothing(0)
        for layer in (self.modulate[1], self.out, *[self.details_out] * (c.details > 0)):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, noisy: Tensor, t: Tensor, given: Given, hear: Tensor | None = None) -> Tensor:
        """The segments as the network believes them to be.

        Args:
            noisy: (B, C, N): latents (Z·R), then feet, hands and face, of each column.
            t: (B,) place on the path, 0 = noise.
            hear: (B,) bool; False: without music.

        Returns:
            (B, C, N).
        """
        return self.guess(noisy, t, self.listen(given, hear))

    def listen(self, given: Given, hear: Tensor | None = None) -> Heard:
        """All that is the same on every step. hear: as in `forward`."""
        c = self.config
        if not c.shown:
            nothing = (torch.zeros_like(x) for x in (given.reference, given.mask, given.details_mask))
            given = Given(*nothing, given.music, given.style, given.manner)
        columns = given.reference.shape[-1]
        image, details = given.reference.split([c.image, c.details], 1)
        shown = torch.cat([image.unflatten(1, (c.latents, c.heights)), given.mask], 1)
        x = self.shown(self._grouped(shown)) + self.rows
        details = self.details_shown(torch.cat([details, given.details_mask], 1).transpose(1, 2))
        x = torch.cat([x[:, :1] + details[:, None], x[:, 1:]], 1).flatten(1, 2)
        angle, music_angle = self.angles(columns, given.music.shape[1] // PATCH, x.device)
        music = self.music(given.music, music_angle)
        if hear is not None:
            music = torch.where(hear[:, None, None], music, self.deaf.to(music.dtype))
        kept = [block.attend.keep(music, music_angle) for block in self.blocks]
        style = self.style(given.style)
        if self.manner is not None:  # deaf as well: guidance is of the music alone
            said = ~given.manner.isnan().any(-1)
            style = style + self.manner(given.manner.nan_to_num(), said)
        return Heard(x, style, angle, kept, given.reference, given.known(c))

    def angles(self, columns: int, music: int, device: torch.device) -> tuple[Tensor, Tensor]:
        """Of pose tokens of so many columns, and of so many music tokens."""
        c = self.config
        caption, long = c.clock == "caption", c.column_seconds
        places = (rotary.pose_places(self.groups, columns, long, end=music * long if caption else 0.0),
                  rotary.music_places(music, long, caption=caption))
        return tuple(rotary.angles(p, c.width // c.heads, long).to(device) for p in places)

    def guess(self, noisy: Tensor, t: Tensor, heard: Heard) -> Tensor:
        """One step: noisy (B, C, N) at t (B,) -> clean, of the same shape; what is known is as it is."""
        noisy = torch.where(heard.known, heard.reference * t[:, None, None], noisy)  # without noise
        first, spread = self.first(noisy, t)
        out = self._blocks(noisy, first, t, heard).float()
        if self.config.target == "velocity":
            clean = noisy + (1.0 - t[:, None, None]) * out
        else:
            clean = first + spread * out
        return torch.where(heard.known, heard.reference, clean)

    def _blocks(self, noisy: Tensor, guess: Tensor, t: Tensor, heard: Heard) -> Tensor:
        """Noisy numbers and the linear guess (B, C, N) -> what the blocks make of them, of the same shape."""
        c = self.config
        image, details = noisy.split([c.image, c.details], 1)
        x = self.into(self._grouped(image.unflatten(1, (c.latents, c.heights))))
        first = self.details(details.transpose(1, 2)) + self.guessed(guess.transpose(1, 2))
        x = torch.cat([x[:, :1] + first[:, None], x[:, 1:]], 1).flatten(1, 2) + heard.given
        when = self.time(sinusoid(t, c.width).to(x.dtype)) + heard.style
        modulation = self.modulate(when).unflatten(-1, (6, -1))
        for block, music in zip(self.blocks, heard.music, strict=True):
            x = block(x, heard.angle, modulation, music)
        x = _level(x).unflatten(1, (self.groups, -1))
        return torch.cat([self._spread(self.out(x)), self.details_out(x[:, 0]).transpose(1, 2)], 1)

    def guided(self, given: Given, strength: Tensor, beyond: float = 0.0) -> Predict:
        """Guesses whose body is led away from those without music, in two passes a step.

        Args:
            strength: (B,) 1 = as trained. Hands and face are as trained: guided they would hurry.
            beyond: times what tells a manner from the mean dancer's that it is led beyond it, too: without
                music another is told, so that this comes out at any strength but those next to 1.
        """
        count, body = len(strength), self.config.body
        if bool((strength == 1.0).all()):
            alone = self.listen(given)
            return lambda x, t: self.guess(x, t, alone).float()
        hear = torch.arange(2 * count, device=strength.device) < count
        twice = given.twice()
        if self.manner is not None and beyond:
            led = strength - 1.0
            led = led.abs().clamp_min(LEAST_LED).copysign(led)
            less = (beyond / led)[:, None] * (given.manner - self.manner.mean)
            twice = twice._replace(manner=torch.cat([given.manner, given.manner - less]))
        heard = self.listen(twice, hear)

        def predict(x: Tensor, t: Tensor) -> Tensor:
            with_music, without = self.guess(torch.cat([x, x]), torch.cat([t, t]), heard).float().chunk(2)
            led = without[:, :body] + strength[:, None, None] * (with_music[:, :body] - without[:, :body])
            return torch.cat([led, with_music[:, body:]], 1)

        return predict

    def _grouped(self, x: Tensor) -> Tensor:
        """(B, K, R, N) -> (B, groups, N, K · rows)."""
        return x.unflatten(2, (self.groups, -1)).permute(0, 2, 4, 1, 3).flatten(3)

    def _spread(self, x: Tensor) -> Tensor:
        """(B, groups, N, Z · rows) -> (B, Z·R, N)."""
        return x.unflatten(3, (self.config.latents, -1)).permute(0, 3, 1, 4, 2).flatten(1, 3)


class _Nothing(nn.Module):
    """Stands for a linear layer from nothing, or to nothing."""

    def __init__(self, out: int) -> None:
        super().__init__()
        self.out = out

    def forward(self, x: Tensor) -> Tensor:
        """(…, any) -> (…, out) of zeros."""
        return x.new_zeros(*x.shape[:-1], self.out)


def _level(x: Tensor) -> Tensor:
    """Numbers of mean 0 and spread 1. Root mean square alone, as published, takes thrice as long on a CPU."""
    return F.layer_norm(x, x.shape[-1:])


def parts_of(c: DitConfig) -> Sequence[slice]:
    """Where body, hands and face lie in a column's numbers."""
    hands = c.body + c.hand_latents
    return slice(0, c.body), slice(c.body, hands), slice(hands, c.numbers)
