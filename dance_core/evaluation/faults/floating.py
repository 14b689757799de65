"""Floating: the whole body is in the air and does not fall, so something in the air bears its weight.

A jump falls: a parabola through the heights of the mass centre tells. Told by soles and by joints with the
flesh around them.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault, joined
from dance_core.evaluation.faults.support import Support
from dance_core.motion.soles import runs

GRAVITY = 9.81  # m/s²
_FALLS = 0.5  # of gravity: a mass centre that falls less does not fly
_LEAST_S = 0.15  # a shorter flight tells nothing about its acceleration
_LONGEST_S = 0.9  # nobody flies longer: 1 m high


def find(dance: Dance) -> list[Fault]:
    """Stretches in the air (no point of the body below the limit) in which the mass centre does not fall.

    The parabola that fits the mass centre's height best says how it falls; in a jump gravity pulls it.
    """
    support = Support.of(dance)
    low = support.heights.min(1)
    height = dance.mass_centre[:, 1]
    found = []
    for a, b in joined(runs(100 * low > KIND.limit), 1):
        seconds = (b - a) / dance.fps
        if seconds < _LEAST_S or (seconds <= _LONGEST_S and _falls(height[a:b], dance.fps)):
            continue
        value = 100 * float(np.percentile(low[a:b], 75))
        point = support.names[int(support.heights[a:b].mean(0).argmin())]
        found.append(fault(KIND, dance, a, b, value, point, _sentence))
    return found


def _falls(height: np.ndarray, fps: float) -> bool:
    t = np.arange(len(height)) / fps
    return -2 * float(np.polyfit(t, height, 2)[0]) > _FALLS * GRAVITY


def _sentence(value: float, joint: str, seconds: float) -> str:
    return f"For {seconds:.1f} s nothing touches the floor and the body does not fall: its lowest " \
           f"point, the {joint}, hangs {value:.0f} cm above it."


KIND = Kind("floating", "Floating", "cm", 4.0, 8.0,
            "height of the body's lowest point over the floor while the mass centre falls with less than "
            "half of gravity",
            "a flight falls with 9.81 m/s²; 4 cm: just below where a contact begins (motion.soles)", find)
