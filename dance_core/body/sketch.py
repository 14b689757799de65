"""A shaded mannequin of any frame of a Motion, drawn with numpy and PIL alone (no OpenGL).

The camera is orthographic: a metre is as many pixels at every depth and in every frame, so
pictures can be laid side by side and measured. Round cones are ray cast in closed form into a
depth buffer at twice the size, shaded once for each visible pixel and averaged down.

Camera space: x right, y up, z towards the viewer, metres; its origin is the target on the ground.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw, ImageFilter

from dance_core.body.mannequin import Pieces, build
from dance_core.motion import kinematics, shape
from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion

Color = tuple[int, int, int]
View = str | tuple[float, float]

# azimuth, elevation in degrees. 0 = from +Z (the face of a dancer who faces +Z), +90 = from +X.
VIEWS: dict[str, tuple[float, float]] = {
    "front": (0.0, 9.0), "side": (-90.0, 9.0), "back": (180.0, 9.0), "three-quarter": (32.0, 13.0),
    "top": (0.0, 89.0),
}
BACKGROUND: Color = (241, 239, 235)
HEIGHT_M = 2.35  # m that the picture's height shows, unless told otherwise
BELOW_M = 0.22  # m of it below the ground line
_SAMPLES = 2  # supersampling each way
_FAR = np.float32(-1e9)


@dataclass(frozen=True)
class Camera:
    """Orthographic camera: `axes` (3, 3) rows right, up, towards the viewer; target on the ground (3,) m."""

    axes: np.ndarray
    target: np.ndarray
    scale: float  # pixels a metre
    width: int
    height: int
    ground_row: float  # pixel row of the target
    elevation: float  # rad

    def project(self, points: ArrayLike) -> np.ndarray:
        """World (…, 3) m -> (…, 2) pixels, x right and y down."""
        c = (np.asarray(points, np.float64) - self.target) @ self.axes.T
        x, y = self.width / 2 + self.scale * c[..., 0], self.ground_row - self.scale * c[..., 1]
        return np.stack([x, y], -1)


def camera(size: tuple[int, int], view: View = "front", target: ArrayLike = (0.0, 0.0, 0.0),
           height_m: float = HEIGHT_M) -> Camera:
    """Camera for a picture of `size` (w, h) that shows `height_m` metres from top to bottom.

    view: a key of VIEWS or (azimuth, elevation) in degrees. target: (3,) m; its height is taken as 0.
    Raises ValueError for a view that is none or a size that isn't positive.
    """
    w, h = int(size[0]), int(size[1])
    if w < 1 or h < 1 or not height_m > 0:
        raise ValueError(f"a picture of {w} x {h} pixels for {height_m} m can't be drawn")
    if isinstance(view, str):
        if view not in VIEWS:
            raise ValueError(f"view {view!r} is none of {', '.join(VIEWS)}")
        view = VIEWS[view]
    a, e = math.radians(view[0]), math.radians(view[1])
    right = [math.cos(a), 0.0, -math.sin(a)]
    towards = [math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)]
    axes = np.array([right, np.cross(towards, right), towards])
    t = np.asarray(target, np.float64)
    middle = 0.5 if abs(e) > math.radians(60) else 1 - BELOW_M / HEIGHT_M
    return Camera(axes, np.array([t[0], 0.0, t[2]]), h / height_m, w, h, h * middle, e)


def render(motion: Motion, frame: int = 0, size: tuple[int, int] = (256, 256), view: View = "front",
           background: Color | None = BACKGROUND, follow: bool = True, height_m: float = HEIGHT_M,
           ground: bool = True, trail: ArrayLike | None = None) -> Image.Image:
    """Picture of one frame (negative counts from the end; IndexError outside the motion).

    follow=True keeps the pelvis in the middle of the width (never the height: jumps leave the
    ground line); False looks at the pelvis' first place for the whole motion. background None
    gives RGBA with a see-through ground and a soft shadow; otherwise RGB. ground=False leaves
    out line and shadow. trail: (K, 3) m, a way drawn on the floor. Of the body's shape (`betas`)
    the lengths of its bones are drawn.
    """
    if not -len(motion) <= frame < len(motion):
        raise IndexError(f"frame {frame} of a motion of {len(motion)} frames")
    q = kinematics.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[frame]))
    places = kinematics.positions(q, motion.translation[frame], shape.bones(motion.betas))
    target = motion.translation[frame if follow else 0]
    return draw_joints(places, q, motion.face[frame], size, view, background, target, height_m, ground,
                       trail)


def draw_joints(places: ArrayLike, world: ArrayLike, face: ArrayLike | None = None,
                size: tuple[int, int] = (256, 256), view: View = "front",
                background: Color | None = BACKGROUND, target: ArrayLike | None = None,
                height_m: float = HEIGHT_M, ground: bool = True,
                trail: ArrayLike | None = None) -> Image.Image:
    """Picture of joint places (55, 3) m and world rotations (55, 4) as quaternions or (55, 3, 3).

    face: (52,) ARKit coefficients. target: (3,) m that the camera looks at, by default the pelvis.
    """
    places, world = np.asarray(places, np.float64), np.asarray(world, np.float64)
    if world.shape[1:] == (3, 3):
        world = rot.quaternion_from_matrix(world)
    if places.shape != (55, 3) or world.shape != (55, 4):
        raise ValueError(f"places {places.shape} and rotations {world.shape}, expected (55, 3) and (55, 4)")
    cam = camera(size, view, places[0] if target is None else target, height_m)
    pieces = build(places, world, face)
    fill = (0, 0, 0, 0) if background is None else (*background, 255)
    back = Image.new("RGBA", (cam.width, cam.height), fill)
    if ground:
        back.alpha_composite(_floor(pieces, cam))
    if trail is not None:
        _draw_trail(back, cam, np.asarray(trail, np.float64))
    back.alpha_composite(_figure(pieces, cam))
    return back if background is None else back.convert("RGB")


def _cast(pieces: Pieces, cam: Camera, size: tuple[int, int], scale: float,
          row: float) -> tuple[np.ndarray, np.ndarray]:
    """Depth (h, w) float32 m towards the viewer and piece number (h, w), -1 where there is none."""
    w, h = size
    depth, which = np.full((h, w), _FAR, np.float32), np.full((h, w), -1, np.int16)
    maps = pieces.maps @ cam.axes.T
    origins = (pieces.origins - cam.target) @ cam.axes.T
    ends = (pieces.ends - cam.target) @ cam.axes.T
    low, high = ends.min(1) - pieces.reach[:, None], ends.max(1) + pieces.reach[:, None]
    x0 = np.clip(np.floor(w / 2 + scale * low[:, 0]), 0, w).astype(int)
    x1 = np.clip(np.ceil(w / 2 + scale * high[:, 0]) + 1, 0, w).astype(int)
    y0 = np.clip(np.floor(row - scale * high[:, 1]), 0, h).astype(int)
    y1 = np.clip(np.ceil(row - scale * low[:, 1]) + 1, 0, h).astype(int)
    for n in np.flatnonzero((x1 > x0) & (y1 > y0)):
        x = ((np.arange(x0[n], x1[n]) + 0.5 - w / 2) / scale - origins[n, 0]).astype(np.float32)
        y = ((row - np.arange(y0[n], y1[n]) - 0.5) / scale - origins[n, 1]).astype(np.float32)
        shape = float(pieces.length[n]), float(pieces.ra[n]), float(pieces.rb[n])
        z = _nearest(maps[n], *shape, x, y[:, None])
        z += np.float32(origins[n, 2])
        box = (slice(y0[n], y1[n]), slice(x0[n], x1[n]))
        nearer = z > depth[box]
        depth[box][nearer] = z[nearer]
        which[box][nearer] = n
    return depth, which


def _nearest(m: np.ndarray, length: float, ra: float, rb: float, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Largest z at which the rays (x, y, ·) meet one round cone, or -1e9 where they miss it.

    In the piece's space the ray is o + z d. A ball gives |o + z d - c|² = r²; the side is the cone
    that touches both balls: k ρ + s y = ra with s = (ra - rb) / length, k² = 1 - s² and ρ the
    distance from the axis. The nearest of the three hits is the hull's.
    """
    m = m.astype(np.float32)
    d = [float(v) for v in m[:, 2]]
    ox, oy, oz = (m[i, 0] * x + m[i, 1] * y for i in range(3))
    dd = d[0] ** 2 + d[1] ** 2 + d[2] ** 2
    flat, od = ox * ox + oz * oz, ox * d[0] + oz * d[2]
    b = od + oy * d[1]
    best = _root(dd, b, flat + oy * oy - ra * ra)
    if length <= 0:
        return best
    up = oy - length
    best = np.maximum(best, _root(dd, od + up * d[1], flat + up * up - rb * rb))
    s = (ra - rb) / length
    k2 = 1 - s * s
    e = ra - s * oy
    a = k2 * (d[0] ** 2 + d[2] ** 2) - s * s * d[1] ** 2
    side = _root(a if abs(a) > 1e-9 else 1e-9, k2 * od + (s * d[1]) * e, k2 * flat - e * e)
    along = oy + side * d[1] - ra * s  # k² times the place on the axis
    side[(along < 0) | (along > k2 * length)] = _FAR
    return np.maximum(best, side)


def _root(a: float, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """(-b + sqrt(b² - a c)) / a, or -1e9 where it is not real."""
    disc = b * b - a * c
    real = disc >= 0
    out = (np.sqrt(np.maximum(disc, 0)) - b) / np.float32(a)
    return np.where(real, out, _FAR)


def _normals(pieces: Pieces, cam: Camera, which: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Unit normals (M, 3) of surface `points` (M, 3) of pieces `which` (M,), all in camera space."""
    maps = (pieces.maps @ cam.axes.T).astype(np.float32)
    origins = ((pieces.origins - cam.target) @ cam.axes.T).astype(np.float32)
    length = pieces.length.astype(np.float32)
    s = np.where(length > 0, (pieces.ra - pieces.rb) / np.maximum(length, 1e-9), 0).astype(np.float32)
    p = points - origins[which]
    m = maps[which]
    local = np.einsum("nij,nj->ni", m, p)
    s_, ra = s[which], pieces.ra.astype(np.float32)[which]
    local[:, 1] -= np.clip((local[:, 1] - ra * s_) / (1 - s_ * s_), 0, length[which])
    n = np.einsum("nij,ni->nj", m, local)
    return n / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-9)


def _figure(pieces: Pieces, cam: Camera) -> Image.Image:
    """The figure alone, RGBA at the camera's size."""
    k = _SAMPLES
    w, h, scale, row = cam.width * k, cam.height * k, cam.scale * k, cam.ground_row * k
    depth, which = _cast(pieces, cam, (w, h), scale, row)
    ys, xs = np.nonzero(which >= 0)
    rgba = np.zeros((h, w, 4), np.float32)
    if len(ys):
        ids = which[ys, xs]
        x, y = (xs + 0.5 - w / 2) / scale, (row - 0.5 - ys) / scale
        points = np.stack([x, y, depth[ys, xs]], -1).astype(np.float32)
        n = _normals(pieces, cam, ids, points)
        height = points @ cam.axes[:, 1].astype(np.float32)
        rgba[ys, xs, :3] = _shade(pieces.colours.astype(np.float32)[ids], n, cam, height) \
            * _edges(depth, scale)[ys, xs, None]
        rgba[ys, xs, 3] = 1.0
    small = rgba.reshape(cam.height, k, cam.width, k, 4).mean((1, 3))
    alpha = small[..., 3:]
    small[..., :3] /= np.maximum(alpha, 1e-6)  # the sum above was premultiplied
    small[..., 3] *= 255
    return Image.fromarray(np.clip(small + 0.5, 0, 255).astype(np.uint8), "RGBA")


def _shade(colour: np.ndarray, n: np.ndarray, cam: Camera, height: np.ndarray) -> np.ndarray:
    """Key light over the viewer's left shoulder, sky and floor light, a rim, darker near the floor."""
    key = np.array([-0.48, 0.62, 0.62], np.float32)
    key /= np.linalg.norm(key)
    lambert = np.clip(n @ key, 0, 1)
    sky = 0.5 + 0.5 * (n @ cam.axes[:, 1].astype(np.float32))
    rim = (1 - np.clip(n[:, 2], 0, 1)) ** 3
    low = 0.86 + 0.14 * np.clip(height / 0.35, 0, 1)
    light = (0.40 + 0.50 * lambert + 0.20 * sky) * low * (1 - 0.30 * rim)
    glint = np.clip(2 * lambert * n[:, 2] - key[2], 0, 1) ** 18  # mirror direction against the viewer
    back = rim * np.clip(n @ np.array([0.8, 0.5, -0.2], np.float32), 0, 1)
    return np.clip(colour * light[:, None] + 22 * glint[:, None] + 55 * back[:, None], 0, 255)


def _edges(depth: np.ndarray, scale: float) -> np.ndarray:
    """(h, w) factor: darker beside something that stands clearly nearer, so overlaps read at a glance."""
    out = np.ones_like(depth)
    for reach, strength in ((max(1, round(0.007 * scale)), 0.45), (max(2, round(0.025 * scale)), 0.22)):
        near = depth.copy()
        for axis in (0, 1):
            moved = near.copy()
            a, b = (slice(reach, None), slice(None, -reach)) if axis == 0 else \
                ((slice(None), slice(reach, None)), (slice(None), slice(None, -reach)))
            np.maximum(moved[a], near[b], out=moved[a])
            np.maximum(moved[b], near[a], out=moved[b])
            near = moved
        out *= 1 - strength * np.clip((near - depth - 0.045) / 0.08, 0, 1)
    return out


def _floor(pieces: Pieces, cam: Camera) -> Image.Image:
    """Ground line and the shadow of a light straight above, softer the higher the piece, RGBA."""
    layer = Image.new("RGBA", (cam.width, cam.height), (60, 54, 66, 0))
    squash = max(abs(math.sin(cam.elevation)), 0.045)
    shadow = _shadow(pieces, cam, squash)
    if cam.elevation < math.radians(60):
        line = Image.new("L", (cam.width, cam.height), 0)
        row = cam.ground_row
        ImageDraw.Draw(line).line([(0, row), (cam.width, row)], fill=56, width=max(1, cam.height // 300))
        shadow = Image.fromarray(np.maximum(np.asarray(line), np.asarray(shadow)))
    layer.putalpha(shadow)
    return layer


def _shadow(pieces: Pieces, cam: Camera, squash: float) -> Image.Image:
    """Drawn from above on a map of the floor in the camera's right and away directions, then tilted."""
    per_m, span = 48.0, 3.2  # map pixels a metre, metres a side
    side = int(per_m * span)
    heading = np.array([cam.axes[0], np.cross(cam.axes[0], [0.0, 1.0, 0.0])])  # right, towards the viewer
    flat = (pieces.ends - cam.target) @ heading.T
    height = pieces.ends[..., 1].mean(1)
    total = np.zeros((side, side), np.float32)
    layers = ((-9.0, 0.12, 0.018, 0.55), (-9.0, 0.7, 0.06, 0.30), (0.5, 9.0, 0.13, 0.24))
    for low, high, blur, weight in layers:  # m above the floor from and to, m, share of the light taken
        img = Image.new("L", (side, side), 0)
        pen = ImageDraw.Draw(img)
        for n in np.flatnonzero(pieces.casts & (height >= low) & (height < high)):
            (ax, ay), (bx, by) = (flat[n] + span / 2) * per_m
            r = float(pieces.reach[n]) * per_m
            pen.line([(ax, ay), (bx, by)], fill=255, width=max(1, round(2 * r)))
            for cx, cy in ((ax, ay), (bx, by)):
                pen.ellipse([cx - r, cy - r, cx + r, cy + r], fill=255)
        soft = np.asarray(img.filter(ImageFilter.GaussianBlur(blur * per_m)), np.float32)
        total = 1 - (1 - total) * (1 - soft / 255 * weight)
    img = Image.fromarray((total * 190).astype(np.uint8))
    a = per_m / cam.scale
    e = a / squash
    return img.transform((cam.width, cam.height), Image.Transform.AFFINE,
                         (a, 0, side / 2 - a * cam.width / 2, 0, e, side / 2 - e * cam.ground_row),
                         Image.Resampling.BILINEAR)


def _draw_trail(picture: Image.Image, cam: Camera, trail: np.ndarray) -> None:
    """A faint line over the floor below `trail` (K, 3), with a dot where it begins."""
    points = [tuple(p) for p in cam.project(trail * [1.0, 0.0, 1.0])]
    pen = ImageDraw.Draw(picture)
    if len(points) > 1:
        pen.line(points, (196, 158, 138), max(1, cam.height // 240))
    for x, y in points[:1]:
        pen.ellipse([x - 2, y - 2, x + 2, y + 2], fill=(196, 158, 138))
