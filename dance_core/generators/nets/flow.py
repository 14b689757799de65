"""The straight path from noise to data, with a network that predicts the data itself.

x_t = t · x + (1 - t) · noise, t from 0 (noise) to 1 (data); "x0-prediction" in the field's words. The
velocity of the path is (x̂ - x_t) / (1 - t), so an error of x̂ weighs 1 / (1 - t)² there: the loss is
weighted so, within limits.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

LEAST_WEIGHT, MOST_WEIGHT = 1.0, 8.0


def draw_times(count: int, generator: torch.Generator | None, device: torch.device | str = "cpu") -> Tensor:
    """(count,) training times in 0…1, the middle more often (logit-normal, as in Esser et al. 2024)."""
    return torch.sigmoid(torch.randn(count, generator=generator, device=device))


def mixed(x: Tensor, noise: Tensor, t: Tensor) -> Tensor:
    """x_t for t (B,)."""
    t = t.reshape(-1, *[1] * (x.dim() - 1))
    return t * x + (1.0 - t) * noise


def weight(t: Tensor) -> Tensor:
    """(B,) of the squared error at t, from LEAST_WEIGHT to MOST_WEIGHT."""
    return (1.0 / (1.0 - t).clamp_min(1e-3) ** 2).clamp(LEAST_WEIGHT, MOST_WEIGHT)


Predict = Callable[[Tensor, Tensor], Tensor]  # (x_t, t (B,)) -> x̂


@torch.inference_mode()
def sample(predict: Predict, noise: Tensor, steps: int) -> Tensor:
    """Data from noise by Euler steps of one length."""
    return walk(predict, noise, torch.linspace(0.0, 1.0, steps + 1).tolist())


def walk(predict: Predict, x: Tensor, times: Sequence[float]) -> Tensor:
    """From x at the first of the times by Euler steps to the last; a step to 1 lands on x̂ itself."""
    for now, then in itertools.pairwise(times):
        guess = predict(x, torch.full((len(x),), now, device=x.device))
        x = guess if then >= 1.0 else x + (guess - x) * ((then - now) / (1.0 - now))
    return x
