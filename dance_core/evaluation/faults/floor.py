"""The body goes through the floor.

Told by soles and by joints with the flesh around them, after the one shift of the whole clip
(dance.Dance.shift).
"""

from __future__ import annotations

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.evaluation.faults.support import Support
from dance_core.evaluation.limits import Limits


def find(dance: Dance) -> list[Fault]:
    """Stretches in which a sole, or a joint with the flesh around it, is below the floor."""
    support = Support.of(dance)
    return over(KIND, dance, -100 * support.heights, lambda _, column: support.names[column],
                lambda v, joint, _: f"The {joint} is {v:.1f} cm below the floor.")


KIND = Kind("floor", "Through the floor", "cm", Limits().depth, 3.0,
            "depth of the deepest point of the body below the floor", "limits.Limits.depth", find)
