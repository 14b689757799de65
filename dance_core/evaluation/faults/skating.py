"""Foot skating: what bears the weight slides along the floor.

Of all points of the body that are near the floor the slowest one is taken to bear the weight: a foot may
turn, a knee may drag, but where everything moves, all of it slides. Its way within half a second counts, as
a vector.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import maximum_filter1d

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import joined, over
from dance_core.evaluation.faults.support import Support
from dance_core.motion.soles import runs

WINDOW_S = 0.5  # the slide is the way along the floor within so long
_MOVES = 0.25  # share of the stretch's fastest slide below which the foot does not slide yet


def slip(dance: Dance) -> tuple[np.ndarray, np.ndarray, Support]:
    """(velocity (T, 2) m/s along the floor of the slowest point that bears weight, its column (T,), Support).

    A body on the floor has one point at least that stands, in a spin too; where the slowest one moves, all
    do. 0 in the air.
    """
    support = Support.of(dance)
    along = dance.velocity(support.places)[..., ::2]
    speed = np.where(support.low, np.linalg.norm(along, axis=-1), np.inf)
    slowest = speed.argmin(1)
    found = along[np.arange(len(along)), slowest]
    return np.where(support.low.any(1)[:, None], found, 0.0), slowest, support


def find(dance: Dance) -> list[Fault]:
    """Stretches in which what bears the weight goes further than the limit within half a second.

    Slides are added up as vectors, so that noise to and fro does not count; a stretch is cut to where it
    moves.
    """
    velocity, slowest, support = slip(dance)
    half = dance.frames(WINDOW_S) // 2
    way = np.concatenate([np.zeros((1, 2)), np.cumsum(velocity, 0)]) / dance.fps
    n = np.arange(len(dance))
    late, early = np.minimum(n + half + 1, len(dance)), np.maximum(n - half, 0)
    net = 100 * np.linalg.norm(way[late] - way[early], axis=-1)
    speed = dance.averaged(np.linalg.norm(velocity, axis=-1), 0.1)
    moving = np.zeros(len(dance), bool)
    for a, b in _wide(net > KIND.limit, half):
        moving[a:b] = speed[a:b] > _MOVES * speed[a:b].max()
    value = np.where(moving, np.maximum(net, _around(net, half) * moving), 0.0)
    return over(KIND, dance, value, lambda t, _: support.names[slowest[t]],
                lambda v, joint, s: f"The weight is on the {joint}, and it slides {v:.0f} cm along the floor "
                                    f"within {WINDOW_S:g} s.", least_s=0.1)


def _wide(flags: np.ndarray, frames: int) -> list[tuple[int, int]]:
    return joined([(max(0, a - frames), min(len(flags), b + frames)) for a, b in runs(flags)], 0)


def _around(values: np.ndarray, frames: int) -> np.ndarray:
    """The largest value within so many frames."""
    return maximum_filter1d(values, 2 * frames + 1, mode="nearest")


KIND = Kind("skating", "Foot skating", "cm", 5.0, 25.0,
            "cm that the slowest point near the floor (below 3 cm) slides within half a second",
            "own; Kimodo calls .2 m/s of a toe below 5 cm skating, which is 10 cm in half a second", find)
