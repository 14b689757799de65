"""The residual transformer: the codes of a deeper level from the sum of all that lie above it.

One pass a level tells what each moment needs; then the parts are chosen in the codec's order, because there
hands are quantised with the body's code in hand, and the face with the hands'.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from dance_core.generators.soulnet.base_codes import Stack, Tuned
from dance_core.generators.soulnet.codec import PARTS
from dance_core.generators.soulnet.masked_config import MaskedConfig

Choose = Callable[[int, Tensor], Tensor]  # (part, logits (B, T, codes)) -> codes (B, T)


class LevelCodes(nn.Module):
    """Tells the codes of level 1, 2, … of a window."""

    def __init__(self, c: MaskedConfig) -> None:
        super().__init__()
        self.config = c
        deeper = c.levels - 1
        self.into = nn.ModuleList(nn.Linear(c.dim, c.width) for _ in range(PARTS))
        self.known = nn.Parameter(0.02 * torch.randn(PARTS, c.width))  # says: summed up to the end
        self.place = nn.Parameter(0.02 * torch.randn(c.window, c.width))
        self.level_place = nn.Parameter(0.02 * torch.randn(deeper, c.width))
        self.stack = Stack(c, c.level_layers)
        self.after = nn.ModuleList(nn.Linear(c.dim, c.width) for _ in range(PARTS - 1))  # part before
        self.out = nn.Parameter(c.width**-0.5 * torch.randn(deeper, PARTS, c.width, c.codes))

    def forward(self, level: int, sums: Tensor, known: Tensor, heard: Tensor, books: Tensor, choose: Choose
                ) -> tuple[Tensor, Tensor]:
        """`guess`, from what `BaseCodes.listen` heard."""
        return self.guess(level, sums, known, self.stack.tune(heard), books, choose)

    def guess(self, level: int, sums: Tensor, known: Tensor, tuned: Tuned, books: Tensor, choose: Choose
              ) -> tuple[Tensor, Tensor]:
        """The logits (B, 3, T, codes) of a level's codes, and the codes (B, 3, T) that were chosen.

        Args:
            level: 1 to levels - 1.
            sums: (B, 3, T, dim) vectors of all levels above added up; where known, of all levels.
            known: (B, 3, T) bool.
            tuned: what `stack.tune` made of the window's music.
            books: (3, codes, dim) vectors of this level.
            choose: takes the codes of a part, in training the true ones; the parts come one after another.
        """
        x = torch.stack([into(sums[:, i]) for i, into in enumerate(self.into)], 1)
        place = (self.place[:sums.shape[2]] + self.level_place[level - 1]) / PARTS
        x = self.stack(x + known[..., None] * self.known[:, None] + place, tuned)
        logits, codes = [], []
        for i in range(PARTS):
            told = x[:, i] if i == 0 else x[:, i] + self.after[i - 1](books[i - 1][codes[-1]])
            logits.append(told @ self.out[level - 1, i])
            codes.append(choose(i, logits[-1]))
        return torch.stack(logits, 1), torch.stack(codes, 1)


def vectors_of(books: Tensor, codes: Tensor) -> Tensor:
    """books (3, K, dim), codes (B, 3, T) -> (B, 3, T, dim); zeros for codes that are none."""
    found = torch.stack([books[i][codes[:, i].clamp(max=books.shape[1] - 1)] for i in range(PARTS)], 1)
    return found * (codes < books.shape[1])[..., None]
