"""Whether hands and face move as much as a dancer's, and with the body.

Energies are speeds of what each part does by itself: joints about the pelvis, fingers about their own joints,
coefficients of the face. A hand that hangs on a swinging arm has none.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import uniform_filter1d

from dance_core.evaluation.movement import own_speed
from dance_core.evaluation.places import at_rate
from dance_core.motion.filters import angular_speed
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import LEFT_HAND

_RATE = 30.0  # frames a second that speeds are taken at
SWELL = 0.5  # s: energies are means over as long; how parts swell together is asked, not single frames
_STILL = 1e-6  # of an energy that does not change there is no correlation


def energies(motion: Motion) -> dict[str, np.ndarray]:
    """(T-1,) at 30 frames a second, of each part that the motion has.

    body: m/s, mean over the 22 joints relative to the pelvis. hands: rad/s, mean over the 30 finger joints.
    face: 1/s, mean change of the 52 coefficients.
    """
    moved = at_rate(motion, _RATE)
    if len(moved) < 2:
        return {}
    found = {}
    if "body" in moved.parts:
        found["body"] = own_speed(moved).mean(-1)
    if "hands" in moved.parts:
        found["hands"] = angular_speed(moved)[:, LEFT_HAND.start:].mean(-1)
    if "face" in moved.parts:
        found["face"] = np.abs(np.diff(moved.face.astype(np.float64), axis=0)).mean(-1) * _RATE
    return found


def together(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of two energies (T,), each averaged over half a second; nan where one never changes."""
    window = round(SWELL * _RATE)
    if len(one) < 2 * window:
        return float("nan")
    a, b = (uniform_filter1d(np.asarray(x, np.float64), window, mode="nearest") for x in (one, other))
    if a.std() < _STILL or b.std() < _STILL:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def hands_and_face(motion: Motion) -> dict[str, float]:
    """hands_speed (rad/s), face_speed (1/s), and the correlations body_hands, body_face, hands_face."""
    energy = energies(motion)
    found = {f"{part}_speed": float(energy[part].mean()) for part in ("hands", "face") if part in energy}
    for one, other in (("body", "hands"), ("body", "face"), ("hands", "face")):
        if one in energy and other in energy:
            found[f"{one}_{other}"] = together(energy[one], energy[other])
    return {name: value for name, value in found.items() if np.isfinite(value)}


def swapped(motion: Motion, other: Motion) -> Motion:
    """A motion's body with the hands and the face of another, as long as the shorter."""
    frames = min(len(motion), len(other))
    return motion.slice(0, frames).with_parts_of(other.slice(0, frames), frozenset({"hands", "face"}))
