"""Where a camera may stand that films a dancer: one calibrated, the same for every dance, others at random.

A view is told from one moment: from where the dancer stands and which way the hips face. There the camera
stays, whatever the dancer does. So a dance that was recorded anywhere on a floor is seen as one that begins
over the origin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dance_core.motion.camera import AIM_M, ANGLE, EYE_M, Camera
from dance_core.motion.openpose import LEFT_HIP, RIGHT_HIP

PICTURE = (1280, 720)  # pixels, of the calibrated camera
AWAY_M = 7.0  # of the calibrated camera: none of the held-out clips leaves its picture
# at random: degrees from bottom to top; share of the picture's height that 1.7 m have; height of the eye in
# m; degrees that it stands off the front, to either side
_ANGLES, _SHARES, _EYES, _TURN = (20.0, 55.0), (0.3, 0.65), (0.3, 2.2), 45.0
_TALL_M = 1.7
_OFF_M = 0.4  # most that the picture's middle is off the dancer at that moment, to each side


@dataclass(frozen=True)
class View:
    """A camera told from a dancer.

    Attributes:
        away: m from the eye to the dancer, along the floor. eye, aim: heights in m of the eye and of what it
            looks at. turn: rad that it stands off the dancer's front, towards the dancer's left.
        angle: degrees from bottom to top. off: m that it looks past the dancer, to the dancer's left.
    """

    away: float = AWAY_M
    eye: float = EYE_M
    aim: float = AIM_M
    turn: float = 0.0
    angle: float = ANGLE
    off: float = 0.0

    def camera(self, keypoints: np.ndarray) -> Camera:
        """The camera that sees a dancer so, whose 18 keypoints (18, 3) m are those of the moment."""
        left, right = keypoints[LEFT_HIP], keypoints[RIGHT_HIP]
        middle = 0.5 * (left + right)
        side = left - right
        heading = math.atan2(-side[2], side[0])  # 0 faces +Z; about +Y
        x, z = (float(v) for v in middle[[0, 2]])
        x, z = x + self.off * math.cos(heading), z - self.off * math.sin(heading)
        at = heading + self.turn
        eye = x + self.away * math.sin(at), self.eye, z + self.away * math.cos(at)
        return Camera(eye, (x, self.aim, z), self.angle)


CALIBRATED = View()


def random_view(rng: np.random.Generator) -> View:
    """A camera of somebody who films a dancer: near or far, high or low, from the front or half the side."""
    angle = rng.uniform(*_ANGLES)
    away = _TALL_M / rng.uniform(*_SHARES) / (2 * math.tan(math.radians(angle) / 2))
    turn = math.radians(rng.uniform(-_TURN, _TURN))
    return View(away, rng.uniform(*_EYES), rng.uniform(0.7, 1.1), turn, angle, rng.uniform(-_OFF_M, _OFF_M))
