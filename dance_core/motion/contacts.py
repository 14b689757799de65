"""Feet on the floor: when they stand, how far they slide, and planting them."""

from __future__ import annotations

import numpy as np

from dance_core.motion.motion import Motion
from dance_core.motion.planting import Corrections, apply, plan
from dance_core.motion.soles import Legs, Stance, detect_contacts, sole_points, stances

__all__ = ["Planter", "Stance", "detect_contacts", "plant_feet", "sole_points", "stances"]

MAX_CORRECTION = 0.12  # m
_MEMORY_S = 4.0  # how much of what was given out a Planter looks back on


def plant_feet(motion: Motion, contacts: np.ndarray | None = None, floor: float = 0.0, *,
               max_correction: float = MAX_CORRECTION, frozen: int = 0, steps: bool = False,
               arrived: int = 0) -> Motion:
    """Lock the feet while they stand, keep them out of the floor, change as little as possible otherwise.

    In each stance the point of the sole that stands (under the ankle or the ball, or both) stays where it is;
    the correction fades smoothly before and after. Feet keep their world orientation; knees turn about their
    hinge, thighs follow. Stances that float or sink come to the floor as a whole; toes bend up rather than
    sink in; the pelvis gives way where a leg would be too short. A motion that is planted already (stances
    slide < 2 mm and soles are at the floor to a millimetre or two) is returned as it was.

    Args:
        contacts: (T, 4) bool as from `detect_contacts`; None: detected.
        floor: height y in metres.
        max_correction: metres; a stance that would need more slides on purpose and is held only in part.
        steps: a foot that drifts while it stands (by more than 1.5 cm) takes a small step instead, and one
            that is dragged along the floor (by 5 cm or more) is lifted: for what is left when feet have been
            planted without.
        frozen: so many first frames stay bit for bit as they are (given out already); their stances go on.
        arrived: so many last frames do (where it must arrive): a foot comes to stand where it stands there.

    Raises:
        ValueError: contacts of another shape, or frozen and arrived outside 0…T.
    """
    if contacts is not None and np.shape(contacts) != (len(motion), 4):
        raise ValueError(f"contacts have shape {np.shape(contacts)}, expected {(len(motion), 4)}")
    if min(frozen, arrived) < 0 or frozen + arrived > len(motion):
        raise ValueError(f"frozen is {frozen} and arrived {arrived}, expected 0 to {len(motion)} in all")
    if len(motion) == frozen + arrived:
        return motion
    legs = Legs.of(motion)
    corrections = plan(legs, contacts, motion.fps, floor, max_correction, Corrections.none(frozen), steps,
                       arrived)
    return apply(motion, legs, corrections, floor, frozen, arrived)


class Planter:
    """Plants the feet of a motion that comes in chunks; what it has given out never changes.

    Unlike `plant_feet(…, frozen=n)`, which takes the frozen frames as they are, it remembers how far each
    foot and the pelvis are from where the raw motion has them, and carries those displacements on into the
    next chunk: hand it raw frames, one after another, and no border shows.

    Args:
        floor, max_correction: as in `plant_feet`.
        hold_s: the newest so many seconds are kept back until more is known (or `last`), because where a foot
            will stand next decides how its correction fades.
    """

    def __init__(self, floor: float = 0.0, max_correction: float = MAX_CORRECTION,
                 hold_s: float = 0.4) -> None:
        self.floor, self.max_correction, self.hold_s = floor, max_correction, hold_s
        self._raw: Motion | None = None
        self._held = Corrections.none(0)

    @property
    def waiting(self) -> int:
        """Frames that came in and have not been given out."""
        return 0 if self._raw is None else len(self._raw) - len(self._held)

    def push(self, motion: Motion, last: bool = False) -> Motion:
        """Take the next raw frames; return the planted frames that are settled now (perhaps none, T = 0).

        Raises ValueError if the frame rate differs from the first chunk's.
        """
        self._raw = motion if self._raw is None else Motion.join([self._raw, motion])
        raw, given = self._raw, len(self._held)
        stop = len(raw) if last else max(given, len(raw) - round(self.hold_s * raw.fps))
        if stop == given:
            return raw.slice(given, given)
        legs = Legs.of(raw)
        corrections = plan(legs, None, raw.fps, self.floor, self.max_correction, self._held)
        out = apply(raw, legs, corrections, self.floor, given).slice(given, stop)
        start = max(0, stop - round(_MEMORY_S * raw.fps))
        self._raw, self._held = raw.slice(start, len(raw)), corrections.slice(start, stop)
        return out
