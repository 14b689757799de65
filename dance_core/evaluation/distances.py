"""How far a set of dances is from another, and how far its dances are from each other: FID and Div."""

from __future__ import annotations

import numpy as np
from scipy import linalg

_TINY = 1e-10  # added to the standard deviation, as Bailando's scorer does
_SAME = 1e-9  # a standard deviation below this is rounding


def normalised(features: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """(N, D) features minus the reference's (M, D) mean, over its standard deviation.

    A feature that is the same in the whole reference becomes 0: over _TINY, as in Bailando's scorer, a single
    dance that shows it would weigh more than all others together.
    """
    spread = reference.std(0)
    return np.where(spread > _SAME, (features - reference.mean(0)) / (spread + _TINY), 0.0)


def frechet(first: np.ndarray, second: np.ndarray) -> float:
    """Fréchet distance of two normal distributions fitted to (N, D) and (M, D).

    ‖μ1 - μ2‖² + Tr(Σ1 + Σ2 - 2 (Σ1 Σ2)^½), covariances over N - 1 (Heusel et al., "GANs trained by a two
    time-scale update rule", 2017). With fewer dances than dimensions the covariances are singular and the
    number depends on how many dances there are; the root is taken of a symmetric matrix, which has one
    then too. (Bailando's scorer adds 1e-5 to both diagonals where scipy finds no root of Σ1 Σ2.)

    Raises ValueError for fewer than 2 rows on a side.
    """
    if min(len(first), len(second)) < 2:
        raise ValueError(f"{min(len(first), len(second))} dances on one side, expected at least 2")
    difference = first.mean(0) - second.mean(0)
    one, two = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    # Tr (Σ1 Σ2)^½ = Tr (√Σ1 Σ2 √Σ1)^½, and that matrix is symmetric: its root is that of its eigenvalues
    root = _root(np.atleast_2d(one))
    inner = linalg.eigvalsh(root @ np.atleast_2d(two) @ root)
    trace = float(np.sqrt(np.clip(inner, 0.0, None)).sum())
    return float(difference @ difference + np.trace(np.atleast_2d(one)) + np.trace(np.atleast_2d(two))
                 - 2.0 * trace)


def _root(matrix: np.ndarray) -> np.ndarray:
    values, vectors = linalg.eigh(matrix)
    return (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T


def fid(features: np.ndarray, reference: np.ndarray) -> float:
    """`frechet` after both were normalised by the reference as Bailando's scorer does (see `normalised`)."""
    return frechet(normalised(features, reference), normalised(reference, reference))


def diversity(features: np.ndarray, reference: np.ndarray) -> float:
    """Mean Euclidean distance of all pairs of dances (N, D), normalised by the reference: Div (nan for one).
    """
    f = normalised(features, reference)
    if len(f) < 2:
        return float("nan")
    far = np.linalg.norm(f[:, None] - f[None], axis=-1)
    return float(far.sum() / (len(f) * (len(f) - 1)))
