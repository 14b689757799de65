"""Lengths and products of (…, 3) vectors, the bits being those of numpy.

For axes as short as these numpy's own take several times as long: it adds up along the axis, and looks for
which axis that is.
"""

from __future__ import annotations

import numpy as np


def length(v: np.ndarray) -> np.ndarray:
    """(…, N) -> (…); for few N."""
    return np.sqrt(dot(v, v))


def dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Scalar product of (…, N) and (…, N); for few N."""
    total = a[..., 0] * b[..., 0]
    for i in range(1, a.shape[-1]):
        total = total + a[..., i] * b[..., i]
    return total


def cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Cross product of (…, 3) and (…, 3)."""
    out = np.empty(np.broadcast_shapes(a.shape, b.shape))
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        out[..., i] = a[..., j] * b[..., k] - a[..., k] * b[..., j]
    return out
