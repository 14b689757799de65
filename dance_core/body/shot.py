"""Where the camera stands: it follows the dancer smoothly and never loses a hand or a foot."""

from __future__ import annotations

import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from dance_core.body.floor import Camera
from dance_core.motion import kinematics
from dance_core.motion.motion import Motion

ANGLE = 30.0  # degrees from bottom to top
_EYE_M, _AIM_M = 1.25, 0.92  # heights of the eye and of what it looks at
_SLOW_S = 0.9  # s, how slowly the camera follows
_MARGIN_M = 0.22  # m around the joints: the head's top, fingers, shoes
_NEAREST_M = 3.7


def follow(motion: Motion, aspect: float = 16 / 9) -> list[Camera]:
    """A Camera for each frame, from the front of the first frame's side of the room (+Z).

    It moves along with the pelvis, slower than this (0.9 s); its distance is the same for the whole
    dance, as small as keeps all joints in a picture of width/height `aspect`.
    """
    places = kinematics.joints(motion)
    centre = gaussian_filter1d(places[:, 0].astype(np.float64), _SLOW_S * motion.fps, axis=0, mode="nearest")
    half = math.tan(math.radians(ANGLE) / 2)
    ahead = places[..., 2] - centre[:, None, 2]
    wide = (np.abs(places[..., 0] - centre[:, None, 0]) + _MARGIN_M) / (half * aspect) + ahead
    high = (np.abs(places[..., 1] - _AIM_M) + _MARGIN_M) / half + ahead
    away = max(_NEAREST_M, float(np.maximum(wide, high).max()) + 0.1)
    return [Camera((float(c[0]), _EYE_M, float(c[2]) + away), (float(c[0]), _AIM_M, float(c[2])), ANGLE)
            for c in centre]
