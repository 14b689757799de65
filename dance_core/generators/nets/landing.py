"""Nobody hangs in the air: what is off the floor for longer than a leap lasts comes down.

A network tells height from frame to frame, and one that has learned hops may hop on without coming down. A
leap of half a second reaches 30 cm; people's in the corpus last at most .4 s. What stays up longer is taken
down by the level at which it hovers, and hops on from the floor.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import ndimage

from dance_core.motion import kinematics as kin
from dance_core.motion.easing import smoothstep
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import ANKLES, BODY, FEET
from dance_core.motion.soles import sole_points

LEAP_S = 0.5  # s: what is in the air for less is a leap
FLESH = 0.06  # m from a joint to the skin that lies on the floor
HOVERS = 0.01, 0.025  # m off the floor: that may be the skeleton's; that is not
_OTHERS = np.setdiff1d(np.arange(BODY), np.r_[ANKLES, FEET])  # those have soles
SOFT_S, DOWN_S = 0.1, 0.3  # s over which the level is smoothed; in which who was given in the air comes down


def landed(motion: Motion, frozen: int) -> Motion:
    """The motion, lower where the whole body hovers; bit for bit the same where it does not.

    Args:
        frozen: so many first frames stay.
    """
    level = hovering(motion)
    since = np.arange(len(motion)) - frozen + 1
    level *= smoothstep(since / (DOWN_S * motion.fps)) if frozen else 1.0
    low = level > 1e-4
    if not low.any():
        return motion
    translation = motion.translation.copy()
    translation[low, 1] -= level[low].astype(np.float32)
    return replace(motion, translation=translation)


def hovering(motion: Motion) -> np.ndarray:
    """(T,) m by which the whole body is off the floor and has been, or will be, for LEAP_S around."""
    soles = sole_points(motion)[..., 1].min((1, 2))
    joints = kin.joints(motion, BODY)[:, _OTHERS, 1].min(1) - FLESH
    off = np.maximum(np.minimum(soles, joints), 0.0)
    reach = round(LEAP_S * motion.fps)
    padded = np.pad(off, reach)  # who comes from beyond, or goes there, may be about to land
    level = ndimage.grey_opening(padded, reach)[reach:-reach]
    level *= smoothstep((level - HOVERS[0]) / (HOVERS[1] - HOVERS[0]))
    return np.minimum(ndimage.gaussian_filter1d(level, SOFT_S * motion.fps, mode="nearest"), off)
