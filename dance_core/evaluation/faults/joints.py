"""A joint is bent further than it goes.

By the angle of the whole turn from rest, whichever way, against what recorded dances use (TURNS); knees and
elbows by how they are bent, the wrong way too. Shoulders turn nearly everywhere and are not looked at.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import over
from dance_core.evaluation.limits import Limits
from dance_core.motion import hinges
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk

# degrees that a joint may be turned from rest, whichever way: what recorded dances use in all but one frame
# of a thousand
TURNS = {"hip": 125.0, "spine1": 40.0, "spine2": 35.0, "spine3": 40.0, "neck": 50.0, "head": 50.0,
         "ankle": 60.0, "foot": 60.0, "collar": 60.0, "wrist": 80.0}
FLEXION = {"knee": 155.0, "elbow": 165.0}  # degrees; a thigh or upper arm is in the way


def excess(dance: Dance) -> tuple[tuple[str, ...], np.ndarray]:
    """(names, (T, N) degrees): how far joints are beyond their range, knees and elbows also the wrong way."""
    names, columns = [], []
    for j, name in enumerate(sk.JOINT_NAMES[1:sk.BODY], 1):
        most = TURNS.get(name.split("_")[-1])
        local = rot.quaternion_from_axis_angle(dance.motion.rotations[:, j])
        if most is not None:
            columns.append(np.degrees(2 * np.arccos(np.clip(np.abs(local[:, 0]), 0.0, 1.0))) - most)
        elif j in hinges.HINGES:
            limb = hinges.HINGES[j]
            backwards = hinges.bent_backwards(limb, local)
            bent = np.degrees(2 * np.arccos(np.clip(np.abs(local[:, 0]), 0.0, 1.0)))
            columns.append(np.maximum(backwards, bent - FLEXION[name.split("_")[-1]]))
        else:
            continue
        names.append(name)
    return tuple(names), np.stack(columns, -1)


def find(dance: Dance) -> list[Fault]:
    """Stretches in which a joint is beyond its range, by more than is let go."""
    names, beyond = excess(dance)
    return over(KIND, dance, beyond, lambda _, column: names[column],
                lambda v, joint, _: f"The {joint} is bent {v:.0f}° further than it goes.")


KIND = Kind("joints", "Joint over its limit", "deg", Limits().backwards, 20.0,
            "degrees beyond the joint's range; knees and elbows also the wrong way",
            "limits.Limits.backwards; ranges in joints.TURNS", find)
