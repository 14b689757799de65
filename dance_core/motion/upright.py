"""Which way is up in a motion, judged on all of it; and how it is turned so that Y is up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion import rotations as rot

_CLEAR = 0.35  # mean way from ankles to head along an axis, in body heights, from which on it is up
_RIVAL = 0.6  # of it that the next axis may have
_STILL = 0.6  # a floor is where the lowest points vary less than this share of what they do along other axes
_TILTED = 15.0  # degrees off the axis, on average, from which on it is said


@dataclass(frozen=True, eq=False)
class Up:
    """The axis that is up: a unit vector (3,), and what is to be said of how that is known ("" for
    nothing).
    """

    axis: np.ndarray
    said: str = ""

    @property
    def name(self) -> str:
        """Such as "Z" or "-Y"."""
        return axis_name(self.axis)

    def turn(self) -> np.ndarray:
        """Quaternion (4,) of the shortest turn that makes it Y; half a turn about X where it is -Y."""
        if self.axis[1] < -0.5:
            return np.array([0.0, 1.0, 0.0, 0.0])
        return rot.shortest_arc(self.axis, np.array([0.0, 1.0, 0.0]))


def axis_name(axis: np.ndarray) -> str:
    """X, Y or Z, with a minus where it points the other way."""
    at = int(np.abs(axis).argmax())
    return ("-" if axis[at] < 0 else "") + "XYZ"[at]


def snapped(vector: np.ndarray) -> np.ndarray:
    """The axis (3,) that is nearest to a direction (3,)."""
    at = int(np.abs(vector).argmax())
    return np.eye(3)[at] * (1.0 if vector[at] >= 0 else -1.0)


def judge(places: np.ndarray, head: np.ndarray, ankles: np.ndarray, fallback: np.ndarray | None = None,
          why: str = "") -> Up:
    """Which axis is up for a dancer of joints (T, J, 3), its head (T, 3) and the middle of its ankles (T, 3).

    Where head and ankles, on average, tell no axis clearly (somebody lies, or turns over), it is the one
    along which the lowest joint stays where it is, as on a floor; where that tells nothing either,
    `fallback`, which stands in the file for the reason `why` ("the file says so").
    """
    body = head - ankles
    height = max(float(np.percentile(np.linalg.norm(body, axis=-1), 90)), 1e-9)
    mean = body.mean(0) / height
    order = np.argsort(-np.abs(mean))
    if abs(mean[order[0]]) > _CLEAR and abs(mean[order[1]]) < _RIVAL * abs(mean[order[0]]):
        axis = snapped(mean)
        off = float(np.degrees(np.arccos(np.clip(mean @ axis / np.linalg.norm(mean), -1, 1))))
        if off > _TILTED:
            return Up(axis, f"On average the dancer leans by {off:.0f} degrees: a tilted camera, perhaps.")
        return Up(axis)
    spread = np.empty(6)
    axes = np.concatenate([np.eye(3), -np.eye(3)])
    for i, axis in enumerate(axes):
        low = (places @ axis).min(-1)
        spread[i] = np.subtract(*np.percentile(low, [90, 10])) / height
    best = np.argsort(spread)
    rival = next(i for i in best[1:] if not np.array_equal(axes[i], -axes[best[0]]))
    if spread[best[0]] < _STILL * spread[rival] and spread[best[0]] < spread[(best[0] + 3) % 6]:
        axis = axes[best[0]]
        return Up(axis, f"The dancer hardly stands; {axis_name(axis)} was taken for up, where the floor "
                        "seems "
                        "to be.")
    if fallback is not None:
        return Up(fallback, f"The dancer hardly stands; {axis_name(fallback)} was taken for up{why and ': '}"
                            f"{why}.")
    return Up(np.array([0.0, 1.0, 0.0]), "The dancer hardly stands, and nothing tells which way is up; Y was "
                                         "taken for it.")
