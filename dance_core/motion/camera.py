"""Where one looks from: a perspective camera, one that follows the dancer, one that stands still.

Pixels: x right, y down, (0, 0) the upper left corner of the picture. A camera never rolls.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.ndimage import gaussian_filter1d

from dance_core.motion import kinematics
from dance_core.motion.motion import Motion

ANGLE = 30.0  # degrees from bottom to top
EYE_M, AIM_M = 1.25, 0.92  # heights of the eye and of what it looks at
SLOW_S = 0.9  # s, how slowly the camera follows
MARGIN_M = 0.22  # m around the joints: the head's top, fingers, shoes
NEAREST_M = 3.7
SPARE_M = 0.1
_NEAR_M = 1e-3  # what is not so far before the eye is not seen


@dataclass(frozen=True)
class Camera:
    """Eye and target (3,) m, and the angle of view from bottom to top in degrees."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    angle: float = ANGLE

    @property
    def pose(self) -> np.ndarray:
        """(4, 4) camera to world; it looks along -Z, as OpenGL's does."""
        return look_at(np.array(self.eye, float), np.array(self.target, float))

    def focal(self, height: int) -> float:
        """Focal length in pixels of a picture so many pixels high."""
        return height / 2 / math.tan(math.radians(self.angle) / 2)

    def project(self, points: np.ndarray, size: tuple[int, int]) -> np.ndarray:
        """World (N, 3) m -> (N, 2) pixels of a picture of `size` (w, h)."""
        return through([self], np.asarray(points)[None], size)[0][0]


def through(cameras: Sequence[Camera], points: ArrayLike, size: tuple[int, int],
            ) -> tuple[np.ndarray, np.ndarray]:
    """World points (T, K, 3) m, seen by one camera for each frame, or by one for all.

    Returns:
        (T, K, 2) pixels of a picture of `size` (w, h), and (T, K) m, how far before the eye they lie; what
        lies behind it (0 or less) has no meaningful place.
    """
    p = np.asarray(points, np.float64)
    if len(cameras) not in (1, len(p)):
        raise ValueError(f"{len(cameras)} cameras for {len(p)} frames, expected 1 or as many")
    poses = np.stack([c.pose for c in cameras])
    focal = np.array([c.focal(size[1]) for c in cameras])[:, None]
    c = (p - poses[:, None, :3, 3]) @ poses[:, :3, :3]
    depth = -c[..., 2]
    scale = focal / np.maximum(depth, _NEAR_M)
    return np.stack([size[0] / 2 + scale * c[..., 0], size[1] / 2 - scale * c[..., 1]], -1), depth


def look_at(eye: np.ndarray, target: np.ndarray) -> np.ndarray:
    """(4, 4) pose of something at `eye` whose -Z points at `target`, Y up."""
    z = (eye - target) / np.linalg.norm(eye - target)
    up = np.array([0.0, 1.0, 0.0]) if abs(z[1]) < 0.999 else np.array([0.0, 0.0, -1.0])
    x = np.cross(up, z)
    x /= np.linalg.norm(x)
    out = np.eye(4)
    out[:3, 0], out[:3, 1], out[:3, 2], out[:3, 3] = x, np.cross(z, x), z, eye
    return out


def follow(motion: Motion, aspect: float = 16 / 9) -> list[Camera]:
    """A Camera for each frame, from the front of the first frame's side of the room (+Z).

    It moves along with the pelvis, slower than this (0.9 s); its distance is the same for the whole
    dance, as small as keeps all joints in a picture of width/height `aspect`.
    """
    places = kinematics.joints(motion)
    centre = gaussian_filter1d(places[:, 0].astype(np.float64), SLOW_S * motion.fps, axis=0, mode="nearest")
    away = _distance(places, centre, aspect)
    return [_before(c, away) for c in centre]


def front(motion: Motion, aspect: float = 16 / 9) -> list[Camera]:
    """One Camera for the whole dance, in front of it (+Z), as near as keeps all joints in the picture."""
    places = kinematics.joints(motion)
    centre = 0.5 * (places.min((0, 1)) + places.max((0, 1)))
    return [_before(centre, _distance(places, centre[None], aspect))]


def _distance(places: np.ndarray, centre: np.ndarray, aspect: float) -> float:
    """m from the centres (T or 1, 3) to an eye that loses none of the joints (T, J, 3)."""
    half = math.tan(math.radians(ANGLE) / 2)
    ahead = places[..., 2] - centre[:, None, 2]
    wide = (np.abs(places[..., 0] - centre[:, None, 0]) + MARGIN_M) / (half * aspect) + ahead
    high = (np.abs(places[..., 1] - AIM_M) + MARGIN_M) / half + ahead
    return max(NEAREST_M, float(np.maximum(wide, high).max()) + SPARE_M)


def _before(centre: np.ndarray, away: float) -> Camera:
    x, z = float(centre[0]), float(centre[2])
    return Camera((x, EYE_M, z + away), (x, AIM_M, z), ANGLE)


View = str | Camera
VIEWS = ("front", "follow")  # cameras that find their place by themselves


def cameras(motion: Motion, view: View, aspect: float = 16 / 9) -> list[Camera]:
    """The cameras of a view: one of VIEWS, or a camera of one's own. One for each frame, or one for all.

    Raises ValueError for a view that is none.
    """
    if isinstance(view, Camera):
        return [view]
    if view not in VIEWS:
        raise ValueError(f"view {view!r} is none of {', '.join(VIEWS)}")
    return front(motion, aspect) if view == "front" else follow(motion, aspect)
