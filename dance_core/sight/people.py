"""Where in a picture people are: BlazePose's detector (Bazarevsky et al., BlazePose, 2020).

For each person it finds the middle of the hips and a point on a circle round the whole body. Both give a
square region, turned so that the body stands upright in it: what the landmark network wants to see.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from dance_core.sight.models import DETECTOR, load

_SIDE = 224  # pixels of the detector's input
_GRIDS = ((28, 2), (14, 2), (7, 6))  # cells a side, anchors a cell
_SURE = 0.5  # least score of a person
_SAME = 0.3  # share of the common area above which two boxes are one person
ROOM = 1.25  # of the circle round a body, that its region covers


@dataclass(frozen=True)
class Region:
    """A turned square in a picture: centre (x, y) and side in pixels; `angle` in radians, by which the body's
    way up is turned clockwise from the picture's."""

    x: float
    y: float
    side: float
    angle: float

    @classmethod
    def around(cls, hips: np.ndarray, top: np.ndarray) -> Region:
        """The region of a body by the middle of its hips and a point above on the circle round it (2,)."""
        dx, dy = (float(v) for v in top - hips)
        return cls(float(hips[0]), float(hips[1]), 2 * math.hypot(dx, dy) * ROOM, math.atan2(dx, -dy))

    def axes(self) -> np.ndarray:
        """(2, 2) columns: the square's right and down, in the picture."""
        c, s = math.cos(self.angle), math.sin(self.angle)
        return np.array([[c, -s], [s, c]])

    def to_picture(self, points: np.ndarray) -> np.ndarray:
        """(N, 2) places in the square, 0 to 1 each way -> pixels of the picture."""
        return np.array([self.x, self.y]) + (points - 0.5) * self.side @ self.axes().T

    def cut(self, picture: np.ndarray, side: int) -> np.ndarray:
        """The square out of a picture (h, w, 3) uint8, (side, side, 3) uint8; black beyond the edges."""
        shrunk = max(1, int(self.side / side / 1.5))  # a finer picture than needed would only flicker
        image = Image.fromarray(picture)
        if shrunk > 1:
            image = image.reduce(shrunk)
        axes = self.axes() * self.side / side / shrunk
        corner = np.array([self.x, self.y]) / shrunk - axes @ [side / 2, side / 2]
        numbers = (axes[0, 0], axes[0, 1], corner[0], axes[1, 0], axes[1, 1], corner[1])
        return np.asarray(image.transform((side, side), Image.Transform.AFFINE, numbers,
                                          Image.Resampling.BILINEAR))


@dataclass(frozen=True)
class Person:
    """Somebody in a picture: score 0 to 1, the box of the face and shoulders (x, y, w, h) that the network
    looks for, in pixels, and the region of the whole body."""

    score: float
    box: tuple[float, float, float, float]
    region: Region


def find_people(picture: np.ndarray) -> list[Person]:
    """The people in a picture (h, w, 3) uint8, the largest first."""
    h, w = picture.shape[:2]
    scale = _SIDE / max(h, w)
    small = Image.fromarray(picture).resize((max(1, round(w * scale)), max(1, round(h * scale))),
                                            Image.Resampling.BOX)
    left, top = (_SIDE - small.width) // 2, (_SIDE - small.height) // 2
    canvas = Image.new("RGB", (_SIDE, _SIDE))
    canvas.paste(small, (left, top))
    pixels = np.asarray(canvas, np.float32)[None] / 127.5 - 1
    raw, logits = load(DETECTOR)(pixels, (1, 2254, 12), (1, 2254, 1))
    scores = 1 / (1 + np.exp(-np.clip(logits[0, :, 0].astype(np.float64), -100, 100)))
    sure = np.flatnonzero(scores > _SURE)
    places = raw[0, sure].astype(np.float64)
    places[:, [0, 4, 6, 8, 10]] += _ANCHORS[sure, :1]
    places[:, [1, 5, 7, 9, 11]] += _ANCHORS[sure, 1:]
    places[:, [0, 4, 6, 8, 10]] -= left
    places[:, [1, 5, 7, 9, 11]] -= top
    places /= scale
    people = [_person(places[group], scores[sure][group]) for group in _groups(places, scores[sure])]
    return sorted(people, key=lambda p: -p.region.side)


def _person(places: np.ndarray, scores: np.ndarray) -> Person:
    """One person of boxes that are the same one: their mean, weighted by how sure each is."""
    x, y, w, h, *points = np.average(places, axis=0, weights=scores).tolist()
    return Person(float(scores.max()), (x - w / 2, y - h / 2, w, h),
                  Region.around(np.array(points[:2]), np.array(points[2:4])))


def _groups(places: np.ndarray, scores: np.ndarray) -> list[np.ndarray]:
    """Numbers of boxes that are one person, for each person."""
    low, high = places[:, :2] - places[:, 2:4] / 2, places[:, :2] + places[:, 2:4] / 2
    areas = (high - low).prod(1)
    left, out = np.argsort(-scores), []
    while len(left):
        first = left[0]
        common = (np.minimum(high[left], high[first]) - np.maximum(low[left], low[first])).clip(0).prod(1)
        same = common / (areas[left] + areas[first] - common) > _SAME
        same[0] = True
        out.append(left[same])
        left = left[~same]
    return out


def _anchors() -> np.ndarray:
    """(2254, 2) pixels of the detector's input: the middles of its cells, as often as a cell has anchors."""
    out = []
    for cells, each in _GRIDS:
        middles = (np.arange(cells) + 0.5) / cells * _SIDE
        y, x = np.meshgrid(middles, middles, indexing="ij")
        out.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), each, axis=0))
    return np.concatenate(out)


_ANCHORS = _anchors()
