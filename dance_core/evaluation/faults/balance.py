"""Balance: the body stands as nobody can, its weight beside its feet.

Told by where the floor would have to push (the zero-moment point), averaged over half a second; so who is in
the air, runs or turns fast is let be, and what is shorter than that is not seen.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.floating import GRAVITY
from dance_core.evaluation.faults.stretches import over
from dance_core.evaluation.faults.support import Support

WINDOW_S = 0.5  # accelerations are averaged over so long; so is what they ask of the feet
_NEAR = 0.06  # m: points up to this far above the floor are taken for feet that stand
_WIDE = 0.03  # m: flesh around the points


def zero_moment(dance: Dance) -> tuple[np.ndarray, np.ndarray]:
    """(zero-moment point (T, 2) m on the floor, the mass centre's place (T, 2) above it), over half a second.

    The zero-moment point (Vukobratović and Borovac, 2004) is where the floor must push so that the body moves
    as it does: the mass centre's place on the floor, less its height × its acceleration along the floor /
    gravity (with its acceleration upwards).
    """
    c = dance.mass_centre
    smooth = dance.averaged(c, WINDOW_S)
    velocity = dance.velocity(c)
    early, late = _around(dance)
    push = (velocity[late] - velocity[early]) / np.maximum(late - early, 1)[:, None] * dance.fps
    up = np.maximum(GRAVITY + push[:, 1], 0.3 * GRAVITY)
    return smooth[:, ::2] - smooth[:, 1:2] * push[:, ::2] / up[:, None], smooth[:, ::2]


def _around(dance: Dance) -> tuple[np.ndarray, np.ndarray]:
    n, at = dance.frames(WINDOW_S) // 2, np.arange(len(dance))
    return np.maximum(at - n, 0), np.minimum(at + n, len(dance) - 1)


def outside(dance: Dance) -> np.ndarray:
    """(T,) cm from the zero-moment point to the nearest place that bears weight; 0 within, or in the air.

    Averaged over half a second; all that touched the floor in that time supports it.
    """
    point, _ = zero_moment(dance)
    early, late = _around(dance)
    support = Support.of(dance)
    step = max(1, dance.frames(0.1))
    at = np.arange(len(dance))
    marks = at[::step]
    far = np.array([max(0.0, beside(point[t], support, slice(early[t], late[t] + 1, step)) - _WIDE)
                    for t in marks])
    return 100 * np.interp(at, marks, far)


def beside(point: np.ndarray, support: Support, frames: slice) -> float:
    """m from a point (2,) on the floor to the hull of what touches it within some frames; 0: nothing does."""
    there = support.places[frames][support.heights[frames] < _NEAR][:, ::2]
    return hull_distance(point, there) if len(there) else 0.0


def hull_distance(point: np.ndarray, points: np.ndarray) -> float:
    """Distance of a point (2,) to the convex hull of points (N, 2); 0 inside.

    It is the largest, over directions, of how far the point lies beyond all the others. 72 directions are
    looked at, which is right to a tenth of a per cent.
    """
    beyond = ((point - points) @ _DIRECTIONS.T).min(0)
    return max(0.0, float(beyond.max()))


_ANGLES = np.arange(72) * np.pi / 36
_DIRECTIONS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], -1)


def find(dance: Dance) -> list[Fault]:
    """Stretches in which the floor would have to push where nothing stands on it."""
    return over(KIND, dance, outside(dance), lambda *_: "pelvis",
                lambda v, _, s: f"For {s:.1f} s the weight is up to {v:.0f} cm beside what stands: "
                                "the body would fall.", gap_s=0.6, least_s=0.3, share=0.2,
                cut_s=WINDOW_S / 2)


KIND = Kind("balance", "Out of balance", "cm", 10.0, 20.0,
            "distance of the zero-moment point, averaged over 0.5 s, from the hull of what touches the floor",
            "Vukobratović and Borovac 2004, “Zero-Moment Point”; limit own", find)
