"""Where a clean dance can take a fault: feet that shall slide stand, what shall stop moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dance_core.evaluation.faults.balance import zero_moment
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.freeze import LIMBS, STILL_LIMB
from dance_core.evaluation.faults.offbeat import phases, second_place, spread, usualness
from dance_core.evaluation.faults.support import Support
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

_FLUNG = 0.08  # m by which accelerations move the place where the floor must push


def stands(dance: Dance, start: float, stop: float) -> bool:
    """Whether something touches the floor all the time."""
    a, b = max(0, round(start * dance.fps)), round(stop * dance.fps)
    return bool(Support.of(dance).low[a:b].any(1).all())


def steady(dance: Dance, start: float, stop: float) -> bool:
    """Whether the weight is flung nowhere: what is beside the feet then would fall."""
    a, b = max(0, round(start * dance.fps)), round(stop * dance.fps)
    point, centre = zero_moment(dance)
    return bool((np.linalg.norm(point - centre, axis=-1)[a:b] < _FLUNG).all())


def moves(dance: Dance, second: float) -> bool:
    """Whether legs and arms, which a freeze would stop, turn all through the 0.6 s around."""
    a, b = max(0, round((second - 0.3) * dance.fps)), round((second + 0.3) * dance.fps)
    limbs = [dance.turning[a:b, list(joints)].mean(-1) for joints in LIMBS.values()]
    return bool((np.array(limbs) > 4 * STILL_LIMB).all())


def enlivened(motion: Motion) -> Motion:
    """A motion whose fingers and face never rest: they sway by 3 degrees, by 0.02 of 1, 0.7 times a second.

    Hands and faces that rest for seconds anyway can't be seen to stop.
    """
    t = np.arange(len(motion)) / motion.fps
    sway = np.sin(2 * np.pi * 0.7 * t[:, None] + np.arange(30))
    rotations = motion.rotations.copy()
    rotations[:, 25:, 2] += (np.radians(3.0) * sway).astype(np.float32)
    blink = np.sin(2 * np.pi * 0.7 * t[:, None] + np.arange(motion.face.shape[1]))
    face = motion.face + 0.02 * (1.0 + blink)
    return replace(motion, rotations=rotations, face=np.clip(face, 0.0, 1.0).astype(np.float32))


def keeps_time(dance: Dance, start: float, stop: float) -> bool:
    """Whether the dance keeps to one place in the beat, and does so from 8 s before to 8 s after."""
    times, off = phases(dance)
    near = (times > start - 8.0) & (times < stop + 8.0)
    usual = usualness(times, off)
    return bool(near.sum() > 12 and np.median(usual[near]) > 0.6 and (usual[near] > 0.15).mean() > 0.9
                and spread(times, off) < 0.35 and second_place(off) < 0.3)


def faces(dance: Dance, start: float, stop: float, angle: float = np.pi / 4) -> bool:
    """Whether the pelvis stays within an angle of the front."""
    a, b = max(0, round(start * dance.fps)), round(stop * dance.fps)
    yaw = rot.wrapped(rot.yaw_of(dance.world[a:b, sk.PELVIS]))
    return bool((np.abs(yaw) < angle).all())
