"""What the two transformers learn from: true codes, and whether the dance that they mean fits its music.

The second is led by the retrieval module: the codes that are asked for are drawn softly (Gumbel-softmax),
mixed from the codebook, decoded to motion, and that motion's vector must be nearer to its own music's than to
the others' of the batch. Base codes answer for the body's rhythm, deeper levels for the whole's mood. Codec
and retrieval module stay as they are.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dance_core.generators.soulnet.base_codes import BaseCodes
from dance_core.generators.soulnet.level_codes import vectors_of
from dance_core.generators.soulnet.masked_config import MaskedConfig
from dance_core.generators.soulnet.mmr import Mmr, matching
from dance_core.generators.soulnet.tokens import Tokens, Windows

if TYPE_CHECKING:
    from dance_core.generators.soulnet.codec import Codec

SOFTEST, HARDEST = 1.0, 0.1  # temperature of the soft draw, at the beginning and at the end of a stage
JUDGED = 96  # held-out windows


class CodesLoss:
    """What both stages share: windows, the codec's vectors, and the retrieval loss.

    Args:
        mmr: None: without the retrieval loss.
        space: of the retrieval module, 0 rhythm, 1 mood.
    """

    def __init__(self, tokens: Tokens, held_out: Tokens, codec: Codec, mmr: Mmr | None, space: int) -> None:
        self.c: MaskedConfig = tokens.config
        self.tokens, self.held_out, self.codec, self.space = tokens, held_out, codec, space
        self.mmr = mmr if self.c.alignment else None
        self.books = codec.books.transpose(0, 1)  # (levels, 3, codes, dim)
        self.device = self.books.device

    def windows(self, rng: np.random.Generator, count: int) -> Windows:
        return self.tokens.draw(rng, count).to(self.device)

    def vectors(self, codes: Tensor, level: int) -> Tensor:
        """(B, 3, T, dim) of the codes (B, 3, T) of a level; nothing has none."""
        return vectors_of(self.books[level], codes)

    def hearing(self, rng: np.random.Generator, count: int) -> Tensor:
        return torch.from_numpy(rng.random(count) >= self.c.drop_music).to(self.device)

    def saying(self, rng: np.random.Generator, count: int) -> Tensor:
        """(B, 2) bool: is the manner told, and where the dancer looks?"""
        return torch.from_numpy(rng.random((count, 2)) < self.c.say).to(self.device)

    def vaguely(self, vectors: Tensor | None) -> Tensor | None:
        """(B, 2, vector), of some windows nothing: what a song is like as a whole tells one from another,
        which is how a small corpus is learned by heart.
        """
        if vectors is None:
            return None
        hidden = torch.rand(len(vectors), 1, 1, device=vectors.device) < self.c.hide
        return vectors.masked_fill(hidden, 0.0)

    def aligned(self, logits: Tensor, asked: Tensor, level: int, others: Tensor, w: Windows, hear: Tensor,
                share: float) -> Tensor | None:
        """The retrieval loss, or None where windows are too short for it or no two can be told apart.

        Args:
            logits: (B, 3, T, codes) of a level; asked: (B, 3, T) where they are used.
            others: (B, 3, T, dim) vectors that come to it: of the true code where nothing is asked, of
                the levels above.
        """
        chosen = ((w.codes[..., 0] < self.c.codes).all((1, 2)) & hear).nonzero()[:self.c.aligned, 0]
        start = self.c.context * self.c.patch
        if self.mmr is None or w.vectors is None or len(chosen) < 2 \
                or start + self.mmr.clip > w.codes.shape[2] * self.c.patch:
            return None
        tau = SOFTEST * (HARDEST / SOFTEST) ** share
        soft = F.gumbel_softmax(logits[chosen].float(), tau, dim=-1)
        mixed = torch.einsum("bptk,pkd->bptd", soft, self.books[level])
        vectors = others[chosen] + asked[chosen, ..., None] * mixed
        with torch.autocast(self.device.type, enabled=False):  # half precision loses how fast a joint turns
            rows = self.codec.decode_soft(vectors)
        seen = self.mmr.seen(rows[:, start:start + self.mmr.clip])[self.space]
        with torch.autocast(self.device.type, torch.bfloat16):
            dance = (self.mmr.body, self.mmr.whole)[self.space](seen)
        return matching(dance, w.vectors[chosen, self.space], w.song[chosen], self.mmr.sharp()[self.space])


def mistaken(codes: Tensor, where: Tensor, count: int) -> Tensor:
    """The codes (…) with random ones of `count` where `where` says so."""
    return torch.where(where, torch.randint_like(codes, count), codes)


class BaseLoss(CodesLoss):
    """Loss and judgement of the masked transformer."""

    def __init__(self, tokens: Tokens, held_out: Tokens, codec: Codec, mmr: Mmr | None) -> None:
        super().__init__(tokens, held_out, codec, mmr, space=0)

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        w, hear = self.windows(rng, count), self.hearing(rng, count)
        true = w.codes[..., 0]
        ratio = torch.cos(0.5 * math.pi * torch.rand(count, 1, 1, device=self.device))
        masked = ~w.known & (torch.rand(true.shape, device=self.device) < ratio)
        masked = torch.where(masked.any(2, True).any(1, True), masked, ~w.known)
        say = self.saying(rng, count) if self.c.dancers else None
        told = self.vaguely(w.vectors)
        logits = model(self.shown(true, masked), w.music, told, w.style, hear, w.bearing, say)
        loss = F.cross_entropy(logits[masked].float(), true[masked])
        numbers = {"cross-entropy": float(loss.detach())}
        others = self.vectors(true, 0) * ~masked[..., None]
        led = self.aligned(logits, masked, 0, others, w, hear, share)
        if led is not None:
            loss = loss + self.c.alignment * led
            numbers["alignment"] = float(led.detach())
        return loss, numbers

    def shown(self, true: Tensor, masked: Tensor) -> Tensor:
        """What the network sees of codes (B, 3, T) of which some are masked: now and then not a mask."""
        c, lot = self.c, torch.rand(true.shape, device=true.device)
        seen = torch.where(masked & (lot >= c.random + c.shown), c.mask, true)
        wrong = torch.where(masked, lot < c.random, (lot < c.mistaken) & (true < c.codes))
        return mistaken(seen, wrong, c.codes)

    def judge(self, model: BaseCodes) -> dict[str, float]:
        """Cross-entropy on held-out windows, all codes masked or half of them, also with other music."""
        w = self.held_out.draw(np.random.default_rng(7), JUDGED, plain=True).to(self.device)
        true, numbers = w.codes[..., 0], {}
        lot = torch.rand(true.shape, generator=torch.Generator().manual_seed(7)).to(self.device)
        for name, ratio in (("all", 1.0), ("half", 0.5)):
            masked = ~w.known & (lot < ratio)
            shown = torch.where(masked, self.c.mask, true)
            logits = model(shown, w.music, w.vectors, w.style, None, w.bearing)[masked].float()
            numbers[f"val {name} masked"] = float(F.cross_entropy(logits, true[masked]))
            numbers[f"val {name} masked, right"] = float((logits.argmax(-1) == true[masked]).float().mean())
            if name == "all":
                other = None if w.vectors is None else w.vectors.roll(1, 0)
                logits = model(shown, w.music.roll(1, 0), other, w.style, None, w.bearing)[masked].float()
                numbers["val other music"] = float(F.cross_entropy(logits, true[masked]))
                if self.c.dancers:
                    logits = model(shown, w.music, w.vectors, w.style)[masked].float()
                    numbers["val any bearing"] = float(F.cross_entropy(logits, true[masked]))
        return numbers


class LevelsLoss(CodesLoss):
    """Loss and judgement of the residual transformer.

    Args:
        base: the masked transformer, whose ear it shares.
    """

    def __init__(self, tokens: Tokens, held_out: Tokens, codec: Codec, mmr: Mmr | None, base: BaseCodes
                 ) -> None:
        super().__init__(tokens, held_out, codec, mmr, space=1)
        self.base = base

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        w, hear = self.windows(rng, count), self.hearing(rng, count)
        levels = np.arange(1, self.c.levels)
        level = int(rng.choice(levels, p=(1 / levels) / (1 / levels).sum()))  # the first count for more
        say = self.saying(rng, count) if self.c.dancers else None
        told = self.vaguely(w.vectors)
        logits, sums, asked = self._guess(model, w, level, told, hear, say, wrong=self.c.mistaken)
        true = w.codes[..., level]
        loss = F.cross_entropy(logits[asked].float(), true[asked])
        numbers = {f"cross-entropy {level}": float(loss.detach())}
        led = self.aligned(logits, asked, level, sums, w, hear, share)
        if led is not None:
            loss = loss + self.c.alignment * led
            numbers["alignment"] = float(led.detach())
        return loss, numbers

    def _guess(self, model: nn.Module, w: Windows, level: int, vectors: Tensor | None, hear: Tensor | None,
               say: Tensor | None, wrong: float) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of a level, the sums of those above, and where they are asked for."""
        above = w.codes[..., :level]
        above = mistaken(above, (torch.rand(above.shape, device=self.device) < wrong)
                         & (above < self.c.codes) & ~w.known[..., None], self.c.codes)
        sums = sum(self.vectors(above[..., k], k) for k in range(level))
        deeper = sum(self.vectors(w.codes[..., k], k) for k in range(level, self.c.levels))
        sums = sums + w.known[..., None] * deeper
        with torch.no_grad(), torch.autocast(self.device.type, torch.bfloat16):
            heard = self.base.listen(w.music, vectors, w.style, hear, w.bearing, say)
        true = w.codes[..., level].clamp(max=self.c.codes - 1)
        logits, _ = model(level, sums, w.known, heard.float(), self.books[level],
                          lambda part, _: true[:, part])
        return logits, sums, ~w.known

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Cross-entropy of each level on held-out windows."""
        w = self.held_out.draw(np.random.default_rng(8), JUDGED, plain=True).to(self.device)
        numbers = {}
        for level in range(1, self.c.levels):
            logits, _, asked = self._guess(model, w, level, w.vectors, None, None, wrong=0.0)
            numbers[f"val level {level}"] = float(
                F.cross_entropy(logits[asked].float(), w.codes[..., level][asked]))
        return numbers
