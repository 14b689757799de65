"""The floor under the dancer, drawn without GL: a grid that fades into the backdrop, and a soft shadow."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from dance_core.motion.camera import Camera
from dance_core.motion.skeleton import PARENTS

BACKDROP = (231, 228, 224)  # sRGB
_FLOOR = (214, 210, 205)
_LINE = (183, 178, 174)
_SHADE = (38, 32, 46)
GRID_M = 0.5  # m between lines
_TILE_M, _TILE_PX = 16.0, 2_048  # the floor's picture: m and pixels a side
_REACH_M = 5.0  # m from the target to where the floor has faded out
_SHADE_M, _SHADE_PX = 3.8, 256
_LIMB_M = 0.055  # m, half of what a limb's shadow is wide
_LEAN = np.array([0.14, 0.0, -0.12])  # how far the shadow falls to the side, m for each metre of height


class Floor:
    """Draws the backdrop of one picture size."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._tile = _tile()
        self._fade: tuple[tuple, Image.Image, int] | None = None

    def draw(self, camera: Camera, places: np.ndarray) -> Image.Image:
        """RGB picture with the floor and the shadow of joints `places` (55, 3) m."""
        w, h = self.size
        back = Image.new("RGB", self.size, BACKDROP)
        fade, top = self._fading(camera)
        if top >= h:
            return back
        to_floor = _to_floor(camera, self.size)
        below = np.array([[1, 0, 0], [0, 1, top], [0, 0, 1.0]])
        centre = np.round(np.array(camera.target)[[0, 2]] / GRID_M) * GRID_M
        floor = _warp(self._tile, _TILE_M, centre, to_floor @ below, (w, h - top))
        shade_at = places[0, [0, 2]]
        shade = _warp(shadow(places - [shade_at[0], 0, shade_at[1]]), _SHADE_M, shade_at, to_floor @ below,
                      (w, h - top))
        floor.paste(_SHADE, (0, 0), shade)
        back.paste(floor, (0, top), fade)
        return back

    def _fading(self, camera: Camera) -> tuple[Image.Image, int]:
        """How much floor each pixel below row `top` shows (it fades with the way from the target)."""
        key = (*np.round(np.subtract(camera.eye, camera.target), 6), round(camera.eye[1], 6), camera.angle)
        if self._fade is None or self._fade[0] != key:
            w, h = self.size
            x, y = np.meshgrid(np.arange(w) + 0.5, np.arange(h) + 0.5)
            at = _to_floor(camera, self.size) @ np.stack([x.ravel(), y.ravel(), np.ones(w * h)])
            ahead = at[2] > 1e-9
            where = at[:2] / np.where(ahead, at[2], 1)
            away = np.hypot(where[0] - camera.target[0], where[1] - camera.target[2]).reshape(h, w)
            alpha = np.clip(1 - (away - 0.25 * _REACH_M) / (0.75 * _REACH_M), 0, 1)
            alpha = np.where(ahead.reshape(h, w), alpha * alpha * (3 - 2 * alpha), 0)
            rows = np.flatnonzero(alpha.max(1) > 0.004)
            top = int(rows[0]) if len(rows) else h
            shown = alpha[top:] if top < h else np.zeros((1, w))
            mask = Image.fromarray((shown * 255).astype(np.uint8))
            self._fade = key, mask, top
        return self._fade[1], self._fade[2]


def _to_floor(camera: Camera, size: tuple[int, int]) -> np.ndarray:
    """(3, 3) homogeneous map from pixels to the floor's x and z in m; its third row is positive where the
    floor lies ahead."""
    pose, f = camera.pose, camera.focal(size[1])
    # the ray of a pixel: R (x - w/2, h/2 - y, -f); the floor is met after eye.y / -ray.y of it
    ray = pose[:3, :3] @ np.array([[1, 0, -size[0] / 2], [0, -1, size[1] / 2], [0, 0, -f]])
    eye = pose[:3, 3]
    down = -ray[1]
    return np.stack([eye[0] * down + eye[1] * ray[0], eye[2] * down + eye[1] * ray[2], down])


def _warp(picture: Image.Image, side: float, centre: np.ndarray, to_floor: np.ndarray,
          size: tuple[int, int]) -> Image.Image:
    """A square picture that lies on the floor (x right, z down, `side` m) as the camera sees it."""
    px = picture.width / side
    place = np.array([[px, 0, px * (side / 2 - centre[0])], [0, px, px * (side / 2 - centre[1])], [0, 0, 1]])
    m = place @ to_floor
    m = m / m[2, 2]
    return picture.transform(size, Image.Transform.PERSPECTIVE, m.ravel()[:8], Image.Resampling.BILINEAR)


def _tile() -> Image.Image:
    metres = (np.arange(_TILE_PX) + 0.5) / _TILE_PX * _TILE_M - _TILE_M / 2
    near = np.abs((metres + GRID_M / 2) % GRID_M - GRID_M / 2)
    line = np.clip(1.3 - near / (_TILE_M / _TILE_PX), 0, 1)
    grid = np.maximum(line[:, None], line[None, :])[..., None]
    return Image.fromarray((np.array(_FLOOR) * (1 - grid) + np.array(_LINE) * grid).astype(np.uint8), "RGB")


def shadow(places: np.ndarray) -> Image.Image:
    """How dark the floor around the origin is, "L": bones laid down by a light from above, softer the higher
    they are. places: (55, 3) m."""
    scale = _SHADE_PX / _SHADE_M
    flat = ((places + np.maximum(places[:, 1:2], 0) * _LEAN)[:, [0, 2]] + _SHADE_M / 2) * scale
    total = np.zeros((_SHADE_PX, _SHADE_PX), np.float32)
    for low, high, blur, weight in ((-9.0, 0.3, 0.02, 0.50), (0.0, 1.0, 0.07, 0.40), (0.6, 9.0, 0.14, 0.32)):
        layer = Image.new("L", (_SHADE_PX, _SHADE_PX), 0)
        pen = ImageDraw.Draw(layer)
        for j in range(1, 22):
            p = PARENTS[j]
            if low <= places[[j, p], 1].mean() < high:
                r = _LIMB_M * (2.0 if j in (3, 6, 9, 13, 14, 1, 2, 15) else 1.0) * scale
                pen.line([tuple(flat[p]), tuple(flat[j])], 255, max(2, round(2 * r)))
                for x, y in (flat[p], flat[j]):
                    pen.ellipse([x - r, y - r, x + r, y + r], fill=255)
        soft = np.asarray(layer.filter(ImageFilter.GaussianBlur(blur * scale)), np.float32)
        total = 1 - (1 - total) * (1 - soft / 255 * weight)
    return Image.fromarray(np.clip(total * 190, 0, 255).astype(np.uint8))
