"""A small strip of the beats at the foot of a picture: what comes, what went, and now in the middle."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

SECONDS = 4.0  # to either side of now
_INK, _FAINT, _NOW = (62, 56, 70), (176, 170, 168), (214, 92, 58)


def draw_strip(picture: Image.Image, now: float, beats: np.ndarray, downbeats: np.ndarray) -> None:
    """Draw onto `picture`. now: s; beats and downbeats: times in s, downbeats among the beats."""
    w, h = picture.size
    pen = ImageDraw.Draw(picture)
    y, unit = h - round(0.050 * h), h / 720
    left, right = round(0.28 * w), round(0.72 * w)
    middle, per_s = w / 2, (right - left) / 2 / SECONDS
    pen.line([(left, y), (right, y)], _FAINT, max(1, round(unit)))
    heavy = set(np.round(downbeats, 3).tolist())
    for t in beats[(beats > now - SECONDS) & (beats < now + SECONDS)].tolist():
        x = middle + (t - now) * per_s
        strong = round(t, 3) in heavy
        plain, fresh = _INK if strong else _FAINT, _glow(now - t)
        colour = tuple(round(a + (b - a) * fresh) for a, b in zip(plain, _NOW, strict=True))
        tall = (11 if strong else 6) * unit
        pen.rounded_rectangle([x - 1.5 * unit, y - tall, x + 1.5 * unit, y + tall], 1.5 * unit, fill=colour)
    r = (5 + 4 * max((_glow(now - t) for t in beats.tolist()), default=0.0)) * unit
    pen.ellipse([middle - r, y - r, middle + r, y + r], fill=_NOW)


def _glow(since: float) -> float:
    """1 on a beat, fading to 0 over the 0.18 s after it."""
    return max(0.0, 1 - since / 0.18) if since >= -1e-9 else 0.0
