"""Rotary positions on three axes: what a token is, the bins that it covers, and when it is.

Queries and keys are turned by angles that grow with their position, so that their product knows the
difference of two positions alone (Su et al., RoFormer, 2021). Pose and music share the axis of time, in
seconds: that a step falls on a beat is the same relation wherever it happens in a segment.

    pose   (0, bin, t)
    music  (0, 0, t), or as words are laid out before a picture: (t, 0, 0) with pose at (end, bin, t)
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

QUICKEST = math.pi  # rad between two columns, or rows of bins: the fastest turn still tells neighbours
SLOWEST = 2 * math.pi / 64  # of the slowest: two segments are one turn


def rates(count: int, one: float) -> Tensor:
    """(count,) rad per unit, from quick to slow, each as many times slower as the one before.

    one: units between two neighbours.
    """
    return torch.logspace(math.log10(QUICKEST), math.log10(SLOWEST), count, dtype=torch.float64) / one


def angles(places: Tensor, numbers: int, column_seconds: float) -> Tensor:
    """(N, numbers / 2) rad of tokens at places (N, 3): kind and bin counted, time in seconds.

    Half of the pairs of a head of `numbers` numbers turn with time, a quarter with each of the others.
    """
    pairs = numbers // 2
    few = pairs // 4
    kind, bin_, time = places.double().split(1, -1)
    return torch.cat([kind * rates(few, column_seconds), bin_ * rates(few, 1.0),
                      time * rates(pairs - 2 * few, column_seconds)], -1).float()


def turned(x: Tensor, angle: Tensor) -> Tensor:
    """x (…, N, numbers), each pair (2 i, 2 i + 1) of a token turned by its angle (N, numbers / 2)."""
    pairs = torch.view_as_complex(x.float().unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs * torch.polar(torch.ones_like(angle), angle)).flatten(-2)


def pose_places(groups: int, columns: int, column_seconds: float, end: float = 0.0) -> Tensor:
    """(groups · columns, 3) places of pose tokens, column after column within each group of rows."""
    time = torch.arange(columns, dtype=torch.float64) * column_seconds
    bins = torch.arange(groups, dtype=torch.float64)
    return torch.stack([torch.full((groups * columns,), end, dtype=torch.float64),
                        bins.repeat_interleave(columns), time.repeat(groups)], -1)


def music_places(columns: int, column_seconds: float, *, caption: bool = False) -> Tensor:
    """(columns, 3) places of music tokens."""
    time = torch.arange(columns, dtype=torch.float64) * column_seconds
    none = torch.zeros_like(time)
    return torch.stack([time, none, none] if caption else [none, none, time], -1)
