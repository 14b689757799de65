"""What faults are put into a dance with: a dance that is moved, turned, or has other arrays, for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.motion import rotations as rot
from dance_core.motion.easing import minimum_jerk

STRENGTHS = 3


@dataclass(frozen=True, eq=False)
class Injected:
    """A dance with a fault in it.

    Attributes:
        dance: with the fault.
        start_s, stop_s: where the fault has its full size. fade_s: how long it comes and goes on either side.
        around_s: how long before and after that the dance is another one, if it is longer than fade_s.
    """

    dance: Dance
    start_s: float
    stop_s: float
    fade_s: float = 0.0
    around_s: float = 0.0


Inject = Callable[[Dance, float, int, np.random.Generator], Injected | None]


def bump(t: np.ndarray, start: float, stop: float, fade: float) -> np.ndarray:
    """0, then 1 from start to stop, then 0 again; each way takes `fade` seconds."""
    fade = max(fade, 1e-6)
    return minimum_jerk((t - start + fade) / fade) - minimum_jerk((t - stop) / fade)


def times_of(dance: Dance) -> np.ndarray:
    """(T,) s of the frames."""
    return np.arange(len(dance)) / dance.fps


def changed(dance: Dance, **changes: np.ndarray) -> Dance:
    """With other arrays in its motion."""
    return replace(dance, motion=replace(dance.motion, **changes))


def moved(dance: Dance, way: np.ndarray) -> Dance:
    """As a whole by `way` (T, 3) m."""
    return changed(dance, translation=(dance.motion.translation + way).astype(np.float32))


def turned(dance: Dance, turns: dict[int, np.ndarray]) -> Dance:
    """Local rotations (T, 4) of some joints replaced."""
    rotations = dance.motion.rotations.copy()
    for joint, q in turns.items():
        rotations[:, joint] = rot.axis_angle_from_quaternion(q)
    return changed(dance, rotations=rotations)


def local(dance: Dance, joint: int) -> np.ndarray:
    """(T, 4) a joint's own rotation."""
    return rot.quaternion_from_axis_angle(dance.motion.rotations[:, joint])


def direction(rng: np.random.Generator) -> np.ndarray:
    """(3,) along the floor, of length 1."""
    angle = rng.uniform(0, 2 * np.pi)
    return np.array([np.cos(angle), 0.0, np.sin(angle)])
