"""Seam jump: where two segments were joined, joints are jerked.

Told only where the dance says that it was joined, by the hardest jerk of one joint, and held against the
hardest ones of the rest.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.faults.dance import STEP_S, Dance
from dance_core.evaluation.faults.fault import Fault, Kind
from dance_core.evaluation.faults.stretches import fault
from dance_core.evaluation.limits import Limits
from dance_core.motion.skeleton import BODY, JOINT_NAMES


def acceleration(dance: Dance) -> np.ndarray:
    """(T, 22) m/s² of the body's joints, from second differences in steps of 1/30 s."""
    s, p = dance.stride, dance.places[:, :BODY]
    out = np.zeros(p.shape[:2])
    if len(p) > 2 * s:
        out[s:-s] = np.linalg.norm(p[2 * s:] - 2 * p[s:-s] + p[:-2 * s], axis=-1) / STEP_S**2
    return out


def find(dance: Dance) -> list[Fault]:
    """Seams whose peak acceleration is over the limit; as longform.take.Seam.ratio, at any frame rate."""
    if not dance.seams:
        return []
    change = acceleration(dance)
    s = dance.stride
    spans = [(max(0, int(a * dance.fps) - s), min(len(dance), round(b * dance.fps) + s + 1))
             for a, b in dance.seams]
    elsewhere = np.ones(len(dance), bool)
    for a, b in spans:
        elsewhere[a:b] = False
    if not elsewhere.any():
        return []
    usual = max(float(np.percentile(change[elsewhere].max(-1), 95)), 1e-6)
    found = []
    for a, b in spans:
        worst = change[a:b].max(0)
        if len(change[a:b]) and (ratio := float(worst.max()) / usual) > KIND.limit:
            found.append(fault(KIND, dance, a, b, ratio, JOINT_NAMES[int(worst.argmax())], _sentence))
    return found


def _sentence(value: float, joint: str, _: float) -> str:
    return f"Where two segments meet, the {joint} is jerked {value:.1f} times as hard as elsewhere."


KIND = Kind("seam", "Seam jump", "×", Limits().seam, 2.5,
            "peak acceleration in a seam / 95th percentile of the dance outside of seams",
            "limits.Limits.seam", find)
