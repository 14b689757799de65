"""What keeps the latents from collapsing, and how to see that they did not.

Variance and covariance terms of VICReg (Bardes, Ponce and LeCun, 2022), on live states only: a state
under a stop-gradient cannot be pushed apart.
"""

from __future__ import annotations

import torch
from torch import Tensor


def spread_loss(z: Tensor) -> Tensor:
    """Mean over numbers of max(0, 1 - std) of z (N, D)."""
    return torch.relu(1.0 - torch.sqrt(z.var(0) + 1e-4)).mean()


def moving_loss(z: Tensor) -> Tensor:
    """The same hinge within each dance: z (B, N, D) over N moments."""
    return torch.relu(1.0 - torch.sqrt(z.var(1) + 1e-4)).mean()


def shared_loss(z: Tensor) -> Tensor:
    """Sum of squared covariances of different numbers of z (N, D), by D."""
    z = z - z.mean(0)
    cov = z.T @ z / (len(z) - 1)
    return (cov.square().sum() - cov.diagonal().square().sum()) / z.shape[1]


def effective_rank(z: Tensor) -> float:
    """exp of the entropy of the normalised singular values of z (N, D), centred: 1 to D."""
    values = torch.linalg.svdvals((z - z.mean(0)).double())
    share = values / values.sum().clamp_min(1e-12)
    return float(torch.exp(-(share * share.clamp_min(1e-12).log()).sum()))


def spread_range(z: Tensor) -> tuple[float, float, float]:
    """Smallest, mean and largest standard deviation of the numbers of z (N, D)."""
    spread = z.std(0)
    return float(spread.min()), float(spread.mean()), float(spread.max())
