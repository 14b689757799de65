"""Is a dance copied from what was learned from? The distance of its seconds to the nearest learned ones."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from dance_core.evaluation.places import at_rate
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion.centre import headings_of
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY

_RATE = 10.0  # frames a second that are looked at: ten poses say what a second is
SECONDS = 1.0


def windows(motion: Motion, step_s: float = 0.5) -> np.ndarray:
    """(N, 660) float32: every `step_s` a window of one second, 10 poses × 22 joints × 3, m.

    Seen from the dancer at the window's first pose: the pelvis' place on the floor taken off, the heading
    turned to +Z; height stays. None for a dance of less than a second.
    """
    motion = at_rate(motion, 30.0)
    places, heading = kin.joints(motion, BODY), headings_of(motion)
    stride, count = round(30.0 / _RATE), round(SECONDS * _RATE)
    starts = np.arange(0, len(places) - (count - 1) * stride, max(1, round(step_s * 30.0)))
    if not len(starts):
        return np.zeros((0, count * BODY * 3), np.float32)
    taken = places[starts[:, None] + stride * np.arange(count)]
    origin = taken[:, :1, :1] * [1.0, 0.0, 1.0]
    turn = rot.quaternion_about("y", -heading[starts])[:, None, None]
    return rot.rotate(turn, taken - origin).reshape(len(starts), -1).astype(np.float32)


class Learned:
    """Windows of the dances that were learned from."""

    def __init__(self, dances: Iterable[Motion], step_s: float = 0.2, most: int = 40_000) -> None:
        """most: windows that are kept at the most, evenly chosen."""
        found = [windows(m, step_s) for m in dances]
        bank = np.concatenate(found) if found else np.zeros((0, 660), np.float32)
        if len(bank) > most:
            bank = bank[np.linspace(0, len(bank) - 1, most).astype(int)]
        self.bank = bank
        self._size = (bank**2).sum(-1)

    def nearest(self, motion: Motion) -> float:
        """cm: median over the dance's windows of the distance to the nearest learned one or its mirror image.

        The distance of two windows is the root mean square over joints and poses. nan where there is none.
        """
        if not len(self.bank):
            return float("nan")
        sides = [windows(motion), windows(mirror(motion))]
        if not len(sides[0]):
            return float("nan")
        best = np.min([self._distance(side) for side in sides], 0)
        return float(100 * np.median(best))

    def _distance(self, asked: np.ndarray) -> np.ndarray:
        square = (asked**2).sum(-1)[:, None] + self._size - 2.0 * asked @ self.bank.T
        return np.sqrt(np.maximum(square.min(-1), 0.0) / (asked.shape[1] / 3))
