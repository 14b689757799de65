"""Masked codes found, the surest first: iterative decoding (Chang et al., MaskGIT, 2022), and deeper levels.

What is left to chance comes from numbers that are given, so that the same numbers make the same codes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from dance_core.generators.soulnet.base_codes import BaseCodes
from dance_core.generators.soulnet.level_codes import LevelCodes, vectors_of
from dance_core.generators.soulnet.masked_config import MaskedConfig

BODY = 0  # the first of the parts


@dataclass(frozen=True, eq=False)
class Chances:
    """Numbers 0…1 that decide about windows.

    Attributes:
        codes: (B, iterations, 3, T): which code is drawn. kept: the same shape: which are kept first.
        levels: (B, levels - 1, 3, T).
    """

    codes: Tensor
    kept: Tensor
    levels: Tensor

    @classmethod
    def draw(cls, c: MaskedConfig, moments: int, random: torch.Generator) -> "Chances":
        """For `tries` windows of which one is taken to deeper levels."""
        shape = (c.tries, c.iterations, 3, moments)
        return cls(torch.rand(shape, generator=random), torch.rand(shape, generator=random),
                   torch.rand((1, c.levels - 1, 3, moments), generator=random))


def drawn(logits: Tensor, chance: Tensor, temperature: float, least: float) -> tuple[Tensor, Tensor]:
    """Codes (…) of logits (…, K), and the logarithm of how likely each was.

    Args:
        chance: (…) 0…1, which of the likely ones is drawn.
        temperature: 0: always the likeliest.
        least: how likely a code must be against the likeliest, to be drawn.
    """
    if temperature <= 0.0:
        best = logits.log_softmax(-1).max(-1)
        return best.indices, best.values
    share = torch.softmax(logits / temperature, -1)
    share = torch.where(share < least * share.amax(-1, keepdim=True), 0.0, share)
    upto = share.cumsum(-1)
    whole = upto[..., -1:]
    # below the whole: rounding must not lead to a code behind the last that may be drawn
    at = chance[..., None].clamp(max=1.0 - 1e-6) * whole
    found = torch.searchsorted(upto, at, right=True).clamp(max=logits.shape[-1] - 1)
    return found[..., 0], (share.gather(-1, found) / whole)[..., 0].clamp_min(1e-9).log()


def worn(codes: Tensor, c: MaskedConfig) -> Tensor:
    """(B, 1, codes): by how many e-folds each code's share of a window (B, T) is above `often`; 0 if below.

    Where the surest come first, what was there comes again: it may go on bouncing for a minute.
    """
    there = torch.nn.functional.one_hot(codes.clamp(max=c.codes), c.codes + 1)[..., :c.codes]
    share = there.float().mean(1, keepdim=True)
    return (share / c.often).clamp_min(1.0).log()


def fill(base: BaseCodes, codes: Tensor, heard: Tensor, deaf: Tensor | None, guidance: Tensor,
         chances: Chances) -> Tensor:
    """Base codes (B · tries, 3, T) without any mask: for each window all its tries, one after another.

    Args:
        codes: (B, 3, T) with masks; what is not masked stays.
        heard: (B, T, width) what `base.listen` heard; deaf: the same without music, None: without guidance.
        guidance: (B,) how much further the body goes from what is told without music; 1: as trained.
        chances: of B · tries windows.
    """
    c = base.config
    tries = len(chances.codes) // len(codes)
    count = (codes == c.mask).sum((1, 2)).repeat_interleave(tries)
    tuned, unheard = base.stack.tune(heard), None if deaf is None else base.stack.tune(deaf)
    strength = guidance[:, None, None]
    for i in range(c.iterations):
        logits = base.guess(codes, tuned)
        if i < c.guided and unheard is not None:
            without = base.guess(codes, unheard, parts=1)[:, BODY]
            logits[:, BODY] = without + strength * (logits[:, BODY] - without)
        if c.weary > 0.0:
            logits[:, BODY, :, :c.codes] -= c.weary * worn(codes[:, BODY], c)
        logits[:, BODY + 1:] *= c.calmer  # surer, they are also found earlier, and the body goes with them
        if i == 0:  # so far all tries were the same
            codes, logits, strength = (x.repeat_interleave(tries, 0) for x in (codes, logits, strength))
        masked = codes == c.mask
        found, how = drawn(logits[masked], chances.codes[:, i][masked], c.temperature, c.least)
        codes = codes.masked_scatter(masked, found)
        part = (i + 1) / c.iterations
        left = (count * math.cos(0.5 * math.pi * part)).floor().long() if i + 1 < c.iterations else 0 * count
        luck = -torch.log(-torch.log(chances.kept[:, i].clamp(1e-6, 1.0 - 1e-6)))  # Gumbel
        sure = torch.full_like(luck, torch.inf).masked_scatter(masked, how) + c.whim * (1.0 - part) * luck
        order = sure.flatten(1).argsort(dim=-1, stable=True).argsort(dim=-1, stable=True).view_as(codes)
        codes = torch.where(masked & (order < left[:, None, None]), c.mask, codes)
    return codes


def deepen(levels: LevelCodes, codes: Tensor, known: Tensor, heard: Tensor, books: Tensor, chances: Tensor
           ) -> Tensor:
    """Codes (B, 3, T, levels) of all levels.

    Args:
        codes: the same, of which base codes and all that is known count.
        known: (B, 3, T). books: (levels, 3, codes, dim). chances: (B, levels - 1, 3, T).
    """
    c = levels.config
    tuned = levels.stack.tune(heard)
    every = sum(vectors_of(books[k], codes[..., k]) for k in range(c.levels))
    sums = torch.where(known[..., None], every, vectors_of(books[0], codes[..., 0]))
    codes = codes.clone()
    for level in range(1, c.levels):
        def choose(part: int, logits: Tensor, level: int = level) -> Tensor:
            found, _ = drawn(logits, chances[:, level - 1, part], c.level_temperature, c.least)
            return torch.where(known[:, part], codes[:, part, :, level].clamp(max=c.codes - 1), found)

        _, found = levels.guess(level, sums, known, tuned, books[level], choose)
        codes[..., level] = torch.where(known, codes[..., level], found)
        sums = sums + ~known[..., None] * vectors_of(books[level], found)
    return codes
