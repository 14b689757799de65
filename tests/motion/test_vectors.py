"""Lengths and products: the very bits of numpy's, in any shape."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.motion import vectors


@pytest.mark.parametrize("shape", [(3,), (0, 3), (7, 3), (5, 2, 3), (6, 4)])
def test_lengths_are_numpys(shape: tuple[int, ...]) -> None:
    v = np.random.default_rng(1).standard_normal(shape)
    assert np.array_equal(vectors.length(v), np.linalg.norm(v, axis=-1))
    assert np.array_equal(vectors.length(v[..., 1:]), np.linalg.norm(v[..., 1:], axis=-1))


@pytest.mark.parametrize("shapes", [((3,), (3,)), ((0, 3), (3,)), ((7, 3), (3,)), ((5, 1, 3), (2, 3))])
def test_products_are_numpys(shapes: tuple[tuple[int, ...], ...]) -> None:
    random = np.random.default_rng(2)
    a, b = (random.standard_normal(shape) for shape in shapes)
    assert np.array_equal(vectors.cross(a, b), np.cross(a, b))
    assert np.array_equal(vectors.dot(a, b), (a * b).sum(-1))
