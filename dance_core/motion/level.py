"""A floor that is tilted in the file, as a camera that looks down has it: told from where feet stand."""

from __future__ import annotations

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion
from dance_core.motion.soles import BALL, UNDER_ANKLE, sole_points

_STANDING = 0.25  # m/s: a sole point slower than this may stand
_LEAST, _MOST = np.radians(4.0), np.radians(35.0)  # tilts that are taken out
_WIDE = 0.15  # m, standard deviation of the standing places across, the narrower way
_FLAT = 0.03  # m, that they lie off one plane, at most (standard deviation)
_AGREES = np.radians(10.0)  # between the plane and how the dancer leans on average
_BETTER = np.radians(2.0)  # by which the dancer leans less against the plane than before
_FEW = 60  # standing places


def tilt_of(motion: Motion, lean: np.ndarray) -> np.ndarray:
    """Quaternion (4,) that levels the floor of a motion whose Y is up but for a tilt; the identity where
    none is
    seen: the places where feet stand must lie on one plane, far enough apart, and the dancer lean with it.

    lean: (3,) the mean way from the dancer's ankles to the head.
    """
    points = sole_points(motion)[:, :, [UNDER_ANKLE, BALL]]
    if len(motion) < 2:
        return rot.IDENTITY
    pace = np.linalg.norm(np.gradient(points, 1 / motion.fps, axis=0), axis=-1)
    which = points[..., 1].min(-1).argmin(1)  # the lower foot
    rows = np.arange(len(points))
    standing = points[rows, which][pace[rows, which] < _STANDING]
    normal = np.array([0.0, 1.0, 0.0])
    for _ in range(4):  # without what is off the plane: feet in the air
        if len(standing) < _FEW:
            return rot.IDENTITY
        middle = np.median(standing, 0)
        sizes, axes = np.linalg.eigh(np.cov((standing - middle).T))
        normal = axes[:, 0] * np.sign(axes[1, 0] or 1.0)
        off = np.abs((standing - standing.mean(0)) @ normal)
        standing = standing[off < max(2.5 * float(off.std()), 0.01)]
    tilt = float(np.arccos(np.clip(normal[1], -1, 1)))
    lean = lean / max(float(np.linalg.norm(lean)), 1e-9)
    if not _LEAST < tilt < _MOST or np.sqrt(sizes[0]) > _FLAT or np.sqrt(sizes[1]) < _WIDE \
            or np.arccos(np.clip(lean @ normal, -1, 1)) > min(_AGREES, np.arccos(np.clip(lean[1], -1,
                                                                                         1)) - _BETTER):
        return rot.IDENTITY
    return rot.shortest_arc(normal, np.array([0.0, 1.0, 0.0]))
