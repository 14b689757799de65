"""The search behind closely.py: codes that come near, told apart by what is made of them; and the best chain.

Pure functions of numbers: nothing here knows what a dance is.
"""

from __future__ import annotations

import torch
from torch import Tensor

_AT_ONCE = 128  # moments: each has its own books as they are felt


def root_of(metric: Tensor) -> Tensor:
    """R (…, D, D) with R Rᵀ = metric (…, D, D) and a little more, so that nothing is for free."""
    size = metric.shape[-1]
    little = 1e-4 * metric.diagonal(dim1=-1, dim2=-2).mean(-1)[..., None, None]
    values, vectors = torch.linalg.eigh(metric + little * torch.eye(size).to(metric))
    return vectors * values.clamp_min(0.0).sqrt()[..., None, :]


def near(books: Tensor, x: Tensor, roots: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Codes (N, M, LEVELS) whose vectors add up to nearly x, the nearest first; how far off (N, M) they are.

    A beam: of each level's codes after each of the candidates so far the best are kept (Babenko and
    Lempitsky, Additive quantization, 2014, search so too).

    Args:
        books: (LEVELS, BOOK, D).
        x: (N, D).
        roots: (N, D, D); off is |(x - sum) root|².
        count: M, candidates that are kept; fewer where there are no more.
    """
    found = [_near(books, x[a:a + _AT_ONCE], roots[a:a + _AT_ONCE], count)
             for a in range(0, len(x), _AT_ONCE)]
    codes, off = zip(*found, strict=True)
    return torch.cat(codes), torch.cat(off)


def _near(books: Tensor, x: Tensor, roots: Tensor, count: int) -> tuple[Tensor, Tensor]:
    left = x[:, None] @ roots
    codes = torch.zeros((len(x), 1, 0), dtype=torch.long, device=x.device)
    for book in books:
        felt = book @ roots  # (N, BOOK, D)
        far = (left.square().sum(-1, keepdim=True) + felt.square().sum(-1)[:, None]
               - 2.0 * left @ felt.transpose(1, 2))
        best = far.flatten(1).topk(min(count, far[0].numel()), largest=False).indices
        of, code = best // len(book), best % len(book)
        codes = torch.cat([_of(codes, of), code[..., None]], -1)
        left = _of(left, of) - _of(felt, code)
    return codes, left.square().sum(-1)


def _of(values: Tensor, at: Tensor) -> Tensor:
    """Values (N, M, D) of candidates at (N, K)."""
    return values.gather(1, at[..., None].expand(-1, -1, values.shape[-1]))


def chain(costs: Tensor, steps: Tensor, price: float, reach: float, places: int) -> Tensor:
    """Which candidate (N,) of each moment is best, where each also moves a number that shall stay near zero.

    The least sum of the costs of those chosen, and `price` times the square of that number after each moment,
    by dynamic programming (Viterbi) over `places` values of it from -`reach` to `reach`; what goes farther is
    taken for no farther in the moments that follow.

    Args:
        costs, steps: (N, M) of each candidate; a moment with fewer has infinite costs.
    """
    grid = torch.linspace(-reach, reach, places, dtype=costs.dtype)
    many = costs.shape[1]
    total = torch.full((places,), torch.inf, dtype=costs.dtype)
    total[places // 2] = 0.0
    came: list[Tensor] = []
    for cost, step in zip(costs, steps, strict=True):
        to = grid[:, None] + step
        at = ((to + reach) * ((places - 1) / (2.0 * reach))).round().long().clamp(0, places - 1)
        whole = total[:, None] + cost + price * to.square()
        worst_first = whole.flatten().argsort(descending=True, stable=True)
        at = at.flatten()[worst_first]
        total, source = torch.full_like(total, torch.inf), torch.zeros(places, dtype=torch.long)
        total[at], source[at] = whole.flatten()[worst_first], worst_first  # the best is written last
        came.append(source)
    place = int(total.argmin())
    chosen = []
    for source in reversed(came):
        chosen.append(int(source[place]) % many)
        place = int(source[place]) // many
    return torch.tensor(chosen[::-1])
