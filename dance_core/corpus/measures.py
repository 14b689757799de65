"""What a dance looks like in numbers: how fast, how jerky, how well the feet stand, how far it strays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.motion import filters
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.soles import BALL, UNDER_ANKLE, sole_points
from dance_core.music.beats import Beats

LOW = 0.045  # m: a sole point below this is at the floor
SLIDING = 0.3  # m/s
_SAME_FILTER = 6.0  # Hz, before jerk is taken, on real and made dances alike

# how much better a dance's beats fall on these beats than on beats moved by parts of a beat
Gain = Callable[[Motion, Beats], float]


@dataclass(frozen=True)
class Measures:
    """Means over the frames of one dance or many.

    Attributes:
        seconds: how much was measured.
        speed: m/s, mean of the 22 body joints. jerk: m/s³, the same, after a low-pass of 6 Hz.
        skate: share of the frames in which a foot is low, and moves faster than 0.3 m/s.
        sharpest: m/s², 99th percentile of the joints' acceleration.
        sunk: m, 99th percentile of how deep the lowest sole point is in the floor.
        strayed: m, farthest the pelvis was from where it began.
        gain: alignment with the music above chance; nan where there are no beats.
    """

    seconds: float
    speed: float
    jerk: float
    skate: float
    sharpest: float
    sunk: float
    strayed: float
    gain: float


def measure(motion: Motion, beats: Beats | None = None, gain: Gain | None = None) -> Measures:
    """The measures of one dance of at least five frames."""
    places = kin.joints(motion, 22)
    fps = motion.fps

    def size(order: int, of: np.ndarray) -> np.ndarray:
        return np.linalg.norm(filters.differences(of, fps, order), axis=-1)

    soles = sole_points(motion)[:, :, [UNDER_ANKLE, BALL]]
    low = soles[..., 1] < LOW
    level = filters.differences(soles[..., [0, 2]], fps)
    fast = np.linalg.norm(level, axis=-1) > SLIDING
    both = low[1:] & low[:-1]
    smooth = kin.joints(filters.low_pass(motion, _SAME_FILTER), 22)
    walked = np.linalg.norm(places[:, 0, [0, 2]] - places[0, 0, [0, 2]], axis=-1)
    return Measures(
        seconds=motion.duration, speed=float(size(1, places).mean()), jerk=float(size(3, smooth).mean()),
        skate=float((both & fast).sum() / max(both.sum(), 1)),
        sharpest=float(np.percentile(size(2, places), 99)),
        sunk=float(max(0.0, -np.percentile(soles[..., 1].min((1, 2)), 1))),
        strayed=float(walked.max()),
        gain=gain(motion, beats) if gain is not None and beats is not None else float("nan"))


def mean_of(many: Sequence[Measures]) -> Measures:
    """Means weighted by seconds; `strayed` is the largest of all."""
    weight = np.array([m.seconds for m in many])

    def mean(name: str) -> float:
        values = np.array([getattr(m, name) for m in many])
        known = np.isfinite(values)
        return float(np.average(values[known], weights=weight[known])) if known.any() else float("nan")

    names = ("speed", "jerk", "skate", "sharpest", "sunk", "gain")
    return Measures(seconds=float(weight.sum()), strayed=max(m.strayed for m in many),
                    **{n: mean(n) for n in names})
