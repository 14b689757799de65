"""The best guess of clean numbers that is linear in the noisy ones, for any amount of noise.

Of a column, from itself and the columns beside it. Were the numbers Gaussian, nothing better could be said;
so that neighbours go together, and how far each number can be trusted through how much noise, must not be
learned. For x_t = t x + (1 - t) noise and x of covariance S = U diag(l) U' about its mean:

    E[x | x_t] = mean + t S (t² S + (1 - t)² I)⁻¹ (x_t - t mean)      (Wiener)
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LEAST = 1e-6  # variance that rounding leaves of nothing


class Wiener(nn.Module):
    """Guesses for columns of C numbers.

    Args:
        numbers: C.
        beside: columns on either side that are looked at.
    """

    def __init__(self, numbers: int, beside: int = 1) -> None:
        super().__init__()
        self.beside = beside
        width = (2 * beside + 1) * numbers
        own = torch.zeros(numbers, width)
        own[:, beside * numbers:(beside + 1) * numbers] = torch.eye(numbers)
        self.register_buffer("mean", torch.zeros(numbers))
        self.register_buffer("values", torch.ones(width))  # l
        self.register_buffer("into", torch.eye(width))  # U'
        self.register_buffer("back", own)  # the column's own rows of S U

    @torch.no_grad()
    def fit(self, numbers: Tensor) -> None:
        """Take mean and covariance from segments (S, C, N)."""
        x = numbers.float()
        mean = x.mean((0, 2))
        stacked = self._stacked(x - mean[:, None])[..., self.beside:x.shape[2] - self.beside]
        rows = stacked.transpose(1, 2).flatten(0, 1)
        covariance = (rows.T @ rows).double() / len(rows)
        values, vectors = torch.linalg.eigh(covariance)
        own = slice(self.beside * len(mean), (self.beside + 1) * len(mean))
        self.mean.copy_(mean)
        self.values.copy_(values.clamp_min(LEAST))
        self.into.copy_(vectors.T)
        self.back.copy_((covariance @ vectors)[own])

    def forward(self, noisy: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
        """(guess (B, C, N), spread (B, C, 1) of what it is off by) of noisy (B, C, N) at t (B,)."""
        with torch.autocast(noisy.device.type, enabled=False):
            place = t.float()[:, None, None]
            seen = place / (place.square() * self.values[:, None] + (1.0 - place).square()).clamp_min(LEAST)
            mean = self.mean[:, None]
            stacked = self._stacked(noisy.float() - place * mean)
            guess = mean + self.back @ (seen * (self.into @ stacked))
            known = self.back.square() @ (seen * place)
            whole = self.back.square() @ (1.0 / self.values[:, None])
            return guess, (whole - known).clamp_min(LEAST).sqrt()

    def _stacked(self, x: Tensor) -> Tensor:
        """(B, C, N) -> (B, (2 · beside + 1) · C, N): each column with those beside it, the ends repeated."""
        n = x.shape[2]
        wide = F.pad(x, (self.beside, self.beside), mode="replicate")
        return torch.cat([wide[..., i:i + n] for i in range(2 * self.beside + 1)], 1)
