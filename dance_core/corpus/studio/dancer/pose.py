"""Words for poses: arm directions, hand shapes and faces, and the rotations that they mean.

An arm is told by where its upper arm and its forearm point, seen from the chest: "out", "in" (across
the body), "up", "down", "fwd", "back", joined by "+" and weighted by a number in front
("out+.5up"). "out" is away from the middle for either arm, so one word serves both sides.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.skeleton import FACE_NAMES

_WORDS = {"out": (1, 0, 0), "in": (-1, 0, 0), "up": (0, 1, 0), "down": (0, -1, 0),
          "fwd": (0, 0, 1), "back": (0, 0, -1)}


@functools.cache
def direction(words: str, side: str) -> tuple[float, float, float]:
    """Unit vector in the chest's frame (x to the dancer's left) for an arm on side "L" or "R".

    Raises ValueError for a word that is none.
    """
    total = np.zeros(3)
    for part in words.replace("-", "+-").split("+"):
        name = part.lstrip("-.0123456789")
        if name not in _WORDS:
            raise ValueError(f"no direction {part!r} in {words!r}; there are {', '.join(_WORDS)}")
        number = part[: len(part) - len(name)]
        weight = -1.0 if number == "-" else float(number or 1)
        total += weight * np.array(_WORDS[name], float)
    length = np.linalg.norm(total)
    if length < 1e-6:
        raise ValueError(f"the direction {words!r} points nowhere")
    x, y, z = total / length
    return (x if side == "L" else -x, y, z)


# Whole arms by name: (upper arm, forearm)
ARMS: dict[str, tuple[str, str]] = {
    "rest": ("down+.16out", "down+.32fwd+.06out"),
    "loose": ("down+.25out+.05back", "down+.75fwd+.1in"),
    "guard": ("down+.35out+.15fwd", "up+.9fwd+.35in"),
    "hip": ("down+.95out+.35back", "down+.35fwd-.6out"),
    "chest": ("down+.7out+.35fwd", "in+.25up+.35fwd"),
    "cross": ("down+.35out+.5fwd", "in+.15up+.3fwd"),
    "side": ("out", "out"),
    "low": ("out-.75up", "out-.75up"),
    "high": ("out+1.1up", "out+1.1up"),
    "up": ("up+.22out", "up+.05out"),
    "fwd": ("fwd+.1out", "fwd"),
    "goal": ("out+.05up", "up+.15fwd"),
    "drop": ("out+.1up", "down+.1fwd"),
    "back": ("down+.6back+.3out", "down+.5back+.3out"),
    "reach": ("fwd+.7up+.15out", "fwd+.7up"),
    "halo": ("up+.75out", "up-1.1out+.25fwd"),
    "head": ("out+.55up+.2fwd", "in+.45up-.45fwd"),
    "swing_f": ("down+.75fwd+.1out", "fwd+.35up+.15in"),
    "swing_b": ("down+.7back+.25out", "down+.1back+.25out"),
    "run_f": ("down+.35fwd+.15out", "fwd+.75up+.2in"),
    "run_b": ("down+.75back+.25out", "fwd-.35up+.1out"),
    "across": ("down+.5fwd-.35out", "in+.35fwd-.25up"),
    "punch": ("fwd+.05out+.05up", "fwd+.05in+.05up"),
    "cocked": ("down+.55back+.35out", "fwd+.45up"),
}


def shoulder_frame(upper: str, fore: str, side: str) -> tuple[np.ndarray, float]:
    """Rotation of the upper arm in the chest's frame (4,) and the elbow's bend in degrees.

    The elbow is a hinge: its axis is normal to both bones. On a straight arm, where that is
    undefined, the axis is the one of a relaxed arm in that direction.
    """
    u, f = np.array(direction(upper, side)), np.array(direction(fore, side))
    mirror = 1.0 if side == "L" else -1.0
    bend = np.degrees(np.arctan2(np.linalg.norm(np.cross(u, f)), u @ f))
    flat = abs(u[0])
    relaxed = np.array([-1.0, 0, 0]) * (1 - flat) + np.array([0, -mirror, 0]) * flat
    relaxed -= u * (relaxed @ u)
    relaxed /= max(np.linalg.norm(relaxed), 1e-9)
    trust = np.clip((bend - 6) / 14, 0, 1) * np.clip((176 - bend) / 8, 0, 1)
    axis = np.cross(u, f) / max(np.linalg.norm(np.cross(u, f)), 1e-9) * trust + relaxed * (1 - trust)
    if np.linalg.norm(axis) < 0.2:  # the two disagree: believe the bones
        axis = np.cross(u, f)
    axis -= u * (axis @ u)
    axis /= np.linalg.norm(axis)
    rest_bone, rest_axis = np.array([mirror, 0, 0]), np.array([0, -mirror, 0])
    world = np.stack([u, axis, np.cross(u, axis)], -1)
    rest = np.stack([rest_bone, rest_axis, np.cross(rest_bone, rest_axis)], -1)
    return rot.quaternion_from_matrix(world @ rest.T), float(min(bend, 148.0))


@dataclass(frozen=True)
class HandShape:
    """Bends in degrees: per finger (knuckle, middle, tip), the spread of the fingers, the thumb."""

    index: tuple[float, float, float]
    middle: tuple[float, float, float]
    ring: tuple[float, float, float]
    pinky: tuple[float, float, float]
    thumb: tuple[float, float, float]
    spread: float = 0.0


_CURLED = (78.0, 92.0, 55.0)
HANDS: dict[str, HandShape] = {
    "relaxed": HandShape((14, 22, 12), (20, 26, 15), (25, 30, 17), (28, 32, 18), (12, 8, 10), 3),
    "open": HandShape((-4, 3, 2), (-3, 3, 2), (-3, 4, 2), (-4, 5, 3), (-8, -4, 0), 11),
    "flat": HandShape((2, 2, 1), (2, 2, 1), (2, 2, 1), (2, 2, 1), (10, 4, 2), 0),
    "fist": HandShape(_CURLED, _CURLED, _CURLED, _CURLED, (38, 34, 42), 0),
    "point": HandShape((0, 3, 2), _CURLED, _CURLED, _CURLED, (40, 34, 40), 0),
    "claw": HandShape((25, 55, 38), (25, 58, 40), (25, 58, 40), (25, 55, 38), (8, 20, 25), 10),
    "thumb": HandShape(_CURLED, _CURLED, _CURLED, _CURLED, (-25, -12, -8), 0),
    "peace": HandShape((0, 3, 2), (0, 3, 2), _CURLED, _CURLED, (45, 38, 40), 9),
    "snap": HandShape((25, 35, 15), (62, 60, 25), (70, 80, 45), (72, 82, 48), (36, 26, 20), 0),
    "soft": HandShape((8, 10, 5), (16, 18, 9), (22, 24, 12), (14, 18, 9), (6, 4, 4), 5),
}
_FINGERS = ("index", "middle", "pinky", "ring", "thumb")  # SMPL-X order
_SPREAD = {"index": 1.0, "middle": 0.25, "ring": -0.6, "pinky": -1.4}


@functools.cache
def hand_rotations(shape: str, side: str) -> np.ndarray:
    """(15, 3) axis-angle in radians of one hand's joints, SMPL-X order. KeyError for an unknown shape."""
    hand = HANDS[shape]
    mirror = 1.0 if side == "L" else -1.0
    out = np.zeros((15, 3))
    for i, finger in enumerate(_FINGERS):
        bends = np.radians(getattr(hand, finger))
        if finger == "thumb":
            # from its rest, forward and down, across the palm under the fingers
            axis = np.array([0.49, 0.79 * mirror, 0.36 * mirror])
            out[3 * i:3 * i + 3] = bends[:, None] * axis
            continue
        out[3 * i:3 * i + 3, 2] = -mirror * bends
        out[3 * i, 1] = -mirror * np.radians(hand.spread * _SPREAD[finger])
    return out


# Faces: ARKit coefficients by name. "Both" sides are written once without Left/Right.
_FACES: dict[str, dict[str, float]] = {
    "calm": {"mouthSmile": 0.12},
    "smile": {"mouthSmile": 0.55, "cheekSquint": 0.25, "eyeSquint": 0.12},
    "grin": {"mouthSmile": 0.85, "jawOpen": 0.14, "cheekSquint": 0.5, "eyeSquint": 0.25, "mouthUpperUp": 0.2},
    "joy": {"mouthSmile": 0.9, "jawOpen": 0.34, "cheekSquint": 0.55, "browOuterUp": 0.35, "browInnerUp": 0.3},
    "wow": {"jawOpen": 0.45, "mouthFunnel": 0.35, "browInnerUp": 0.7, "browOuterUp": 0.6, "eyeWide": 0.45},
    "cool": {"mouthPress": 0.25, "eyeSquint": 0.35, "browDown": 0.2, "mouthPucker": 0.12},
    "fierce": {"browDown": 0.8, "noseSneer": 0.5, "eyeSquint": 0.3, "mouthUpperUp": 0.3, "jawOpen": 0.15,
               "mouthStretch": 0.3},
    "roar": {"browDown": 0.7, "noseSneer": 0.6, "jawOpen": 0.5, "mouthStretch": 0.45, "mouthUpperUp": 0.35},
    "focus": {"browDown": 0.3, "mouthPress": 0.3, "eyeSquint": 0.15},
    "tender": {"browInnerUp": 0.45, "mouthSmile": 0.2, "eyeSquint": 0.1},
    "closed": {"eyeBlink": 0.95, "browInnerUp": 0.25, "mouthSmile": 0.15},
    "kiss": {"mouthPucker": 0.75, "eyeSquint": 0.2, "browOuterUp": 0.25},
}
FACES = tuple(_FACES)


@functools.cache
def face_values(name: str) -> np.ndarray:
    """(52,) ARKit coefficients of a named face. KeyError for an unknown one."""
    out = np.zeros(len(FACE_NAMES))
    for key, value in _FACES[name].items():
        for full in (key, key + "Left", key + "Right"):
            if full in FACE_NAMES:
                out[FACE_NAMES.index(full)] = value
    return out
