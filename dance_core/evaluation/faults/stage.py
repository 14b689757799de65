"""Where the dancer is on the stage, and where the front is: drifting off, turning away.

Both by the pelvis alone, against where it was in the first frame, and against +Z.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault, joined, over
from dance_core.evaluation.movement import AWAY
from dance_core.motion import rotations as rot
from dance_core.motion.skeleton import PELVIS
from dance_core.motion.soles import runs


def find_drift(dance: Dance) -> list[Fault]:
    """Stretches in which the pelvis is further from where it began than the stage is wide."""
    p = dance.places[:, PELVIS, ::2]
    way = np.linalg.norm(p - p[:1], axis=-1)
    return over(DRIFT, dance, way, lambda *_: "pelvis",
                lambda v, _, s: f"For {s:.1f} s the dancer is up to {v:.1f} m from where the dance began.",
                gap_s=1.0)


def find_away(dance: Dance) -> list[Fault]:
    """Stretches in which the dancer is turned away from the front for long; as movement.turned_away."""
    yaw = rot.wrapped(rot.yaw_of(dance.world[:, PELVIS]))
    return [fault(TURNED, dance, a, b, (b - a) / dance.fps, "pelvis",
                  lambda v, *_: f"The dancer is turned away from the front for {v:.1f} s.")
            for a, b in joined(runs(np.abs(yaw) > AWAY), dance.frames(0.3))
            if (b - a) / dance.fps > TURNED.limit]


DRIFT = Kind("drift", "Off the stage", "m", 3.0, 4.5,
             "distance of the pelvis from where it began, along the floor",
             "own: of recorded dances one frame in a hundred is 2.5 m away, one in a thousand 3.5 m",
             find_drift)
TURNED = Kind("away", "Turned away", "s", 4.0, 10.0,
              f"how long the pelvis is turned more than {np.degrees(AWAY):.0f}° from the front",
              "movement.AWAY; a turn takes 1 to 2 s", find_away)
