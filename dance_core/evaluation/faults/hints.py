"""What is no fault, but what a watcher minds: a dance that hardly leaves one pose for long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.soles import runs

LONG_S = 12.0  # s that are looked at together; shorter stretches of the kind are the dance's own
GOES_ON_S = 2.0  # s over which it is looked whether the pose goes on
SMALL = 0.065  # m: one recorded dance in twenty moves so little about a pose for so long


@dataclass(frozen=True)
class Hint:
    """A stretch that is dull rather than wrong.

    Attributes:
        start_s, stop_s: seconds from the dance's first frame.
        value: cm, how far joints are from their mean place, the smallest of the stretch.
        sentence: what one sees, in plain English.
    """

    start_s: float
    stop_s: float
    value: float
    sentence: str

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {"start_s": round(self.start_s, 3), "stop_s": round(self.stop_s, 3),
                "value": float(f"{self.value:.4g}"), "sentence": self.sentence}


def find_hints(dance: Dance) -> list[Hint]:
    """Stretches of LONG_S and more in which the body hardly leaves one pose, in order of time.

    The smallest LONG_S first; on both sides it goes on for as long as joints stay as near to its pose.
    """
    own, frames = _own_places(dance), dance.frames(LONG_S)
    spread, found = _spread(own, frames), []
    while spread.min(initial=SMALL) < SMALL:
        first = int(spread.argmin())
        far = np.linalg.norm(own - own[first:first + frames].mean(0), axis=-1).mean(-1)
        near = dance.averaged(far, GOES_ON_S) < SMALL
        near[first:first + frames] = True
        start, stop = next((a, b) for a, b in runs(near) if a <= first < b)
        value, left, right = 100 * float(spread[first]), start / dance.fps, stop / dance.fps
        found.append(Hint(left, right, value, f"Hardly leaves one pose from {left:.0f} to {right:.0f} s: its "
                                              f"joints are some {value:.0f} cm from it on average."))
        spread[max(0, start - frames + 1):stop] = np.inf
    return sorted(found, key=lambda hint: hint.start_s)


def pose_spread(dance: Dance) -> np.ndarray:
    """(T - LONG_S + 1,) m: how far the body's joints are, root mean square and on average over them, from
    their mean places over LONG_S from each frame on. Seen from the pelvis, whichever way that faces.

    Empty for a shorter dance.
    """
    return _spread(_own_places(dance), dance.frames(LONG_S))


def _spread(own: np.ndarray, frames: int) -> np.ndarray:
    if len(own) < frames:
        return np.zeros(0)
    own = own - own.mean(0)  # near zero, squares lose nothing
    mean, square = (_running(values, frames) for values in (own, np.square(own)))
    return np.sqrt(np.maximum(square - np.square(mean), 0.0).sum(-1)).mean(-1)


def _own_places(dance: Dance) -> np.ndarray:
    """(T, 22, 3) m seen from the place of the pelvis and the way it faces."""
    turn = rot.quaternion_about("y", -rot.yaw_of(dance.world[:, sk.PELVIS]))[:, None]
    places = dance.places[:, :sk.BODY]
    return rot.rotate(turn, places - places[:, :1] * np.array([1.0, 0.0, 1.0]))


def _running(values: np.ndarray, frames: int) -> np.ndarray:
    total = np.concatenate([np.zeros_like(values[:1]), np.cumsum(values, 0)])
    return (total[frames:] - total[:-frames]) / frames
