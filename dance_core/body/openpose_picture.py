"""OpenPose's keypoints drawn as pose-to-video models want them: coloured ellipses and dots on black.

The colours, the order in which limbs lie over each other, their width and their dimness (0.6) are those of
the drawings that ControlNet and DWPose learn from, in pictures whose shorter side is about 512 pixels; in
larger ones all grows in whole steps. Ends, lengths and angles are rounded as there, so that a limb lies where
it lies for them, to the pixel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion.openpose import COLOURS, DRAWN, LIMBS

WIDTH = 4  # pixels: half of a limb's width, and a dot's radius, in a picture of so many pixels a side:
SIDE = 512
DIM = 0.6  # of the colour, for limbs
_TURNS = np.radians(np.arange(361))
_ROUND = np.stack([np.cos(_TURNS), np.sin(_TURNS)]).round(7)  # as exact as OpenCV's own table


def draw_keypoints(xy: ArrayLike, confidence: ArrayLike, size: tuple[int, int]) -> np.ndarray:
    """Picture (h, w, 3) uint8 RGB of `size` (w, h).

    xy: (18, 2) pixels. confidence: (18,); points below DRAWN, and the limbs that end there, are left out.
    """
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    unit, places, seen = WIDTH * grown(size), np.asarray(xy, np.float64), np.asarray(confidence) >= DRAWN
    for (a, b), colour in zip(LIMBS, COLOURS, strict=False):
        if seen[a] and seen[b]:
            _fill(picture, *_rows_of(ellipse(places[a], places[b], unit)), [int(c * DIM) for c in colour])
    for i in np.flatnonzero(seen):
        x, y = (int(v) for v in places[i])
        half, rows = _dot(unit)
        _fill(picture, y + rows, x - half, x + half, COLOURS[i])
    return picture


def grown(size: tuple[int, int]) -> int:
    """How many times wider than at 512 pixels limbs are in a picture of `size` (w, h)."""
    return max(1, round(min(size) / SIDE))


def ellipse(a: np.ndarray, b: np.ndarray, unit: int) -> np.ndarray:
    """Corners (N, 2), whole pixels, of the ellipse from point a (2,) to b (2,), `unit` to either side."""
    x, y = (int(v) for v in 0.5 * (a + b))
    half = int(math.hypot(*(a - b)) / 2)
    cos, sin = _ROUND[:, int(math.degrees(math.atan2(*(a - b)[::-1]))) % 360]
    along, across = half * _ROUND[0], unit * _ROUND[1]
    corners = np.rint(np.stack([x + along * cos - across * sin, y + along * sin + across * cos], 1))
    corners = corners.astype(np.int64)
    return corners[np.r_[True, (np.diff(corners, axis=0) != 0).any(1)]]


def _rows_of(corners: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows that a convex outline (N, 2) covers, first and last pixel of each. Its edge belongs to it. Where
    that runs just between two pixels of a row it has both, between two rows the one that it has to its left:
    so does OpenCV."""
    start, way = corners, np.roll(corners, -1, 0) - corners
    steps = np.maximum(np.abs(way).max(1), 1)
    edge = np.repeat(np.arange(len(corners)), steps)
    k = np.arange(len(edge)) - np.repeat(np.cumsum(steps) - steps, steps)
    points = start[edge] + way[edge] * (k / steps[edge])[:, None]
    x = np.concatenate([np.floor(points[:, 0] + 0.5), np.ceil(points[:, 0] - 0.5)]).astype(np.int64)
    rises = (way.prod(1) < 0)[edge]
    y = np.where(rises, np.floor(points[:, 1] + 0.5), np.ceil(points[:, 1] - 0.5)).astype(np.int64)
    y = np.tile(y, 2)
    top = y.min()
    first, last = np.full(y.max() - top + 1, x.max()), np.full(y.max() - top + 1, x.min())
    np.minimum.at(first, y - top, x)
    np.maximum.at(last, y - top, x)
    return np.arange(top, top + len(first)), first, last


@lru_cache
def _dot(radius: int) -> tuple[np.ndarray, np.ndarray]:
    """Half lengths and offsets in pixels of the rows of a dot."""
    rows = np.arange(-radius, radius + 1)
    return np.array([math.isqrt(radius * radius - y * y) for y in rows.tolist()]), rows


def _fill(picture: np.ndarray, rows: np.ndarray, first: np.ndarray, last: np.ndarray,
          colour: Sequence[int]) -> None:
    """Colour pixels first … last of rows, as far as they lie in the picture."""
    h, w = picture.shape[:2]
    for y, a, b in zip(rows.tolist(), first.tolist(), last.tolist(), strict=True):
        if 0 <= y < h and b >= 0 and a < w:
            picture[y, max(a, 0):b + 1] = colour
