"""A body out of balance, to be found again: it leans as nobody can, for as long as it says."""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.balance import beside, hull_distance
from dance_core.evaluation.faults.changes import (
    Injected,
    bump,
    changed,
    direction,
    local,
    moved,
    times_of,
    turned,
)
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.support import Support
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk

_KEPT = 0.75  # of the size, all the time


def balance(dance: Dance, at: float, strength: int, rng: np.random.Generator) -> Injected | None:
    """The body leans about its feet for 1.5 s, soles flat: its mass centre is 20, 28 or 36 cm beside them.

    It leans as far as that takes at the middle, at most 60 degrees: less across the feet than along a wide
    stance. None where the dance itself brings the feet under the mass centre again, within that time.
    """
    seconds, fade = 1.5, 0.5
    axis = direction(rng)
    frame = round((at + seconds / 2) * dance.fps)
    feet = dance.places[frame, [sk.LEFT_ANKLE, sk.RIGHT_ANKLE]].mean(0) - np.array([0.0, dance.shift, 0.0])
    soles = dance.soles[frame].reshape(-1, 3)
    standing = soles[soles[:, 1] < soles[:, 1].min() + 0.06][:, ::2]
    to_the_centre = dance.mass_centre[frame] - np.array([0.0, dance.shift, 0.0]) - feet

    def at_a_lean(radians: float) -> float:
        centre = feet + rot.rotate(rot.quaternion_from_axis_angle(radians * axis), to_the_centre)
        return hull_distance(centre[::2], standing)

    leans = np.radians(np.arange(1.0, 61.0))
    far = np.array([at_a_lean(a) for a in leans])
    size = (0.20, 0.28, 0.36)[strength]
    least = leans[np.flatnonzero(far >= size)[0]] if far.max() >= size else leans[-1]
    angle = least * bump(times_of(dance), at, at + seconds, fade)
    turn = rot.quaternion_from_axis_angle(angle[:, None] * axis)
    pelvis = feet + rot.rotate(turn, dance.motion.translation - feet)
    own = {0: rot.multiply(turn, local(dance, 0))}
    leaning = changed(turned(dance, own), translation=pelvis.astype(np.float32))
    flat = {ankle: rot.multiply(rot.inverse(leaning.world[:, sk.PARENTS[ankle]]), dance.world[:, ankle])
            for ankle in (sk.LEFT_ANKLE, sk.RIGHT_ANKLE)}
    leaning = turned(leaning, flat)
    low = leaning._soles_unshifted[..., 1].min((1, 2)) - dance._soles_unshifted[..., 1].min((1, 2))
    leaning = moved(leaning, -low[:, None] * np.array([0.0, 1.0, 0.0]))
    if _least_beside(leaning, at, at + seconds) < _KEPT * size:
        return None
    return Injected(leaning, at, at + seconds, fade)


def _least_beside(dance: Dance, start: float, stop: float) -> float:
    """m that the mass centre is beside what stands, at the least."""
    support = Support.of(dance)
    frames = np.rint(np.arange(start, stop, 0.1) * dance.fps).astype(int)
    return min(beside(dance.mass_centre[t, ::2], support, slice(t, t + 1)) for t in frames)
