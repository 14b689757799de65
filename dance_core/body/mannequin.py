"""The mannequin: a posed skeleton as round cones and ellipsoids, ready to be ray cast.

Every piece is one *round cone* (the hull of two balls) in a space of its own that may be stretched
along its axes, so a limb, a flat palm, a rib cage and an eye are all the same kind of thing:
`local = A (world - origin)`, balls of radius `ra` at 0 and `rb` at (0, length, 0).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk

# Colours, sRGB 0 to 255. Left limbs are warm and right ones cool, so that crossed limbs stay apart.
TOP = (222, 214, 204)
HIPS = (96, 101, 122)
SKIN = (233, 209, 190)
HAIR = (74, 62, 72)
LEFT = (226, 160, 128)
RIGHT = (128, 168, 210)
LEFT_SHOE = (160, 84, 62)
RIGHT_SHOE = (58, 96, 146)
WHITE = (250, 250, 250)
INK = (44, 38, 46)
MOUTH = (150, 62, 66)

_FACE = {name: i for i, name in enumerate(sk.FACE_NAMES)}


@dataclass(frozen=True, eq=False)
class Pieces:
    """N round cones in the world.

    Attributes:
        maps: (N, 3, 3) world directions -> own space.
        origins: (N, 3) m, centre of the first ball.
        length, ra, rb: (N,) in own units: distance of the balls and their radii.
        ends: (N, 2, 3) m, both centres in the world; reach: (N,) m, no point is farther from the segment.
        colours: (N, 3) sRGB 0 to 255.
        casts: (N,) bool, whether it throws a shadow.
    """

    maps: np.ndarray
    origins: np.ndarray
    length: np.ndarray
    ra: np.ndarray
    rb: np.ndarray
    ends: np.ndarray
    reach: np.ndarray
    colours: np.ndarray
    casts: np.ndarray


class _Builder:
    def __init__(self, places: np.ndarray, world: np.ndarray) -> None:
        self.places, self.turn = places, rot.matrix_from_quaternion(world)
        self.rows: list[tuple] = []

    def at(self, joint: int, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> np.ndarray:
        """World place of a point given relative to a joint, in its rest axes."""
        return self.places[joint] + self.turn[joint] @ np.array([x, y, z])

    def cone(self, p: np.ndarray, q: np.ndarray, rp: float, rq: float, colour: tuple, across: np.ndarray
             | None = None, wide: float = 1.0, deep: float = 1.0, casts: bool = True) -> None:
        """Round cone from p to q; `across` is the world direction that `wide` stretches."""
        axis = q - p
        length = float(np.linalg.norm(axis))
        y = axis / length if length > 1e-9 else np.array([0.0, 1.0, 0.0])
        side = np.array([1.0, 0.0, 0.0]) if across is None else across
        x = side - (side @ y) * y
        if np.linalg.norm(x) < 1e-6:
            x = np.cross(y, [0.3, 0.5, 0.8])
        x = x / np.linalg.norm(x)
        if length <= abs(rp - rq) * 1.001:  # one ball holds the other
            if rq > rp:
                p, rp = q, rq
            q, rq, length = p, rp, 0.0
        a = np.stack([x / wide, y, np.cross(x, y) / deep])
        self.rows.append((a, p, length, rp, rq, (p, q), max(rp, rq) * max(wide, deep, 1.0), colour, casts))

    def ball(self, joint: int, centre: tuple[float, float, float], radii: tuple[float, float, float],
             colour: tuple, casts: bool = False) -> None:
        """Ellipsoid with its axes along the joint's; centre relative to it, m."""
        c = self.at(joint, *centre)
        a = self.turn[joint].T / np.array(radii)[:, None]
        self.rows.append((a, c, 0.0, 1.0, 1.0, (c, c), max(radii), colour, casts))

    def finish(self) -> Pieces:
        columns = [np.array(c) for c in zip(*self.rows, strict=True)]
        return Pieces(*columns)


def build(places: ArrayLike, world: ArrayLike, face: ArrayLike | None = None) -> Pieces:
    """Mannequin of one frame: places (55, 3) m, world quaternions (55, 4), ARKit face (52,) or None."""
    b = _Builder(np.asarray(places, np.float64), np.asarray(world, np.float64))
    _trunk(b)
    for left in (True, False):
        _leg(b, left)
        _arm(b, left)
    _head(b, np.zeros(len(sk.FACE_NAMES)) if face is None else np.asarray(face, np.float64))
    return b.finish()


def _trunk(b: _Builder) -> None:
    hips, chest = b.turn[0][:, 0], b.turn[9][:, 0]
    b.cone(b.at(0, 0.052, -0.03, -0.005), b.at(0, -0.052, -0.03, -0.005), 0.094, 0.094, HIPS)
    for s in (1, -1):
        b.ball(0, (0.062 * s, -0.058, -0.036), (0.08, 0.085, 0.082), HIPS)
    b.cone(b.at(0, 0, 0.03, -0.01), b.at(6, 0, 0.03, 0.01), 0.091, 0.09, TOP, hips + chest, 1.36)
    b.cone(b.at(9, 0, -0.085, 0.022), b.at(9, 0, 0.045, 0.018), 0.094, 0.103, TOP, chest, 1.38)
    # a zip shows at a glance which way the chest faces
    b.cone(b.at(9, 0, 0.055, 0.1135), b.at(9, 0, -0.085, 0.109), 0.014, 0.014, HIPS, casts=False)
    for shoulder, s in ((sk.LEFT_SHOULDER, 1), (sk.RIGHT_SHOULDER, -1)):
        b.cone(b.at(9, 0.03 * s, 0.1, 0.005), b.places[shoulder], 0.066, 0.058, TOP)
    b.cone(b.at(sk.NECK, 0, -0.05, 0.0), b.at(sk.HEAD, 0, 0.01, -0.014), 0.053, 0.046, SKIN)


def _leg(b: _Builder, left: bool) -> None:
    hip, knee, ankle, toe = ((sk.LEFT_HIP, sk.LEFT_KNEE, sk.LEFT_ANKLE, sk.LEFT_FOOT) if left else
                             (sk.RIGHT_HIP, sk.RIGHT_KNEE, sk.RIGHT_ANKLE, sk.RIGHT_FOOT))
    colour, shoe = (LEFT, LEFT_SHOE) if left else (RIGHT, RIGHT_SHOE)
    s = 1 if left else -1
    b.cone(b.at(hip, -0.012 * s, -0.015, 0), b.at(hip, 0.004 * s, -0.15, 0.004), 0.084, 0.077, HIPS)
    b.cone(b.at(hip, 0.003 * s, -0.11, 0.004), b.places[knee], 0.072, 0.052, colour)
    b.ball(knee, (0, 0.0, 0.022), (0.041, 0.05, 0.04), tuple(min(255, c + 14) for c in colour))
    calf = b.at(knee, 0, -0.12, -0.016)
    b.cone(b.places[knee], calf, 0.05, 0.054, colour)
    b.cone(calf, b.at(ankle, 0, 0.01, 0), 0.054, 0.036, colour)
    across = b.turn[ankle][:, 0]
    ball = b.places[toe]
    heel = b.at(ankle, 0, -0.036, -0.042)
    b.cone(heel, ball, 0.036, 0.031, shoe, across, 1.18)
    b.cone(b.at(ankle, 0, 0.0, -0.008), ball, 0.042, 0.03, shoe, across, 1.05)
    b.cone(ball, b.at(toe, 0.0, -0.009, 0.068), 0.031, 0.021, shoe, b.turn[toe][:, 0], 1.45)


def _arm(b: _Builder, left: bool) -> None:
    shoulder, elbow, wrist, first = ((sk.LEFT_SHOULDER, sk.LEFT_ELBOW, sk.LEFT_WRIST, 25) if left else
                                     (sk.RIGHT_SHOULDER, sk.RIGHT_ELBOW, sk.RIGHT_WRIST, 40))
    colour, s = (LEFT, 1) if left else (RIGHT, -1)
    b.cone(b.at(shoulder, 0.012 * s, 0, 0), b.at(shoulder, 0.07 * s, -0.002, 0), 0.061, 0.053, TOP)
    b.cone(b.at(shoulder, 0.04 * s, 0, 0), b.places[elbow], 0.05, 0.039, colour)
    b.cone(b.places[elbow], b.at(elbow, 0.07 * s, 0, 0), 0.039, 0.041, colour)
    b.cone(b.at(elbow, 0.07 * s, 0, 0), b.places[wrist], 0.041, 0.027, colour)
    hand = tuple(int(0.18 * c + 0.82 * k) for c, k in zip(colour, SKIN, strict=True))
    knuckle = (b.places[first] + b.places[first + 6] + b.places[first + 3]) / 3  # index, pinky, middle
    b.cone(b.at(wrist, 0.02 * s, 0, 0), knuckle, 0.016, 0.015, hand, b.turn[wrist][:, 2], 2.3)
    b.cone(b.places[wrist], b.places[first + 12], 0.024, 0.017, hand)
    for finger in range(5):
        j = first + 3 * finger
        r = 0.0135 if finger == 4 else 0.0122
        bone = 1.0 * sk.BONES[j + 2]
        tip = b.at(j + 2, *(bone / np.linalg.norm(bone) * 0.022))
        for p, q, rp in ((b.places[j], b.places[j + 1], r), (b.places[j + 1], b.places[j + 2], r * 0.95),
                         (b.places[j + 2], tip, r * 0.88)):
            b.cone(p, q, rp, rp * 0.94, hand)


def _head(b: _Builder, f: np.ndarray) -> None:
    """Skull, chin, and hair with a knot, so that front and back differ at a glance; then the face."""
    h = sk.HEAD
    gap = _value(f, "jawOpen") * (1 - _value(f, "mouthClose"))
    side = 0.008 * (_value(f, "jawLeft") - _value(f, "jawRight"))
    chin = b.at(sk.JAW, side, -0.026 - 0.014 * gap, 0.027)
    b.cone(b.at(h, 0, 0.082, -0.012), chin, 0.09, 0.047, SKIN, b.turn[h][:, 0], 0.87)
    b.ball(h, (0, 0.107, -0.023), (0.083, 0.084, 0.098), HAIR, casts=True)
    b.ball(h, (0, 0.058, -0.04), (0.079, 0.085, 0.076), HAIR)
    b.ball(h, (0, 0.128, -0.108), (0.036, 0.036, 0.034), HAIR)
    b.cone(b.at(h, 0, 0.040, 0.076), b.at(h, 0, 0.018, 0.093), 0.008, 0.0135, SKIN, casts=False)
    for s in (1, -1):
        b.ball(h, (0.074 * s, 0.035, -0.006), (0.012, 0.025, 0.017), SKIN)
        _eye(b, f, s)
    _mouth(b, f, gap)


def _value(f: np.ndarray, name: str) -> float:
    return float(np.clip(f[_FACE[name]], 0.0, 1.0))


def _eye(b: _Builder, f: np.ndarray, s: int) -> None:
    """Eye and brow of one side (s = 1 left, -1 right); drawn large, to be read in small pictures."""
    def v(name: str) -> float:
        return _value(f, name + ("Left" if s > 0 else "Right"))

    h = sk.HEAD
    opened = (1 - 0.88 * v("eyeBlink")) * (1 + 0.3 * v("eyeWide") - 0.3 * v("eyeSquint"))
    out, up = (v("eyeLookOut") - v("eyeLookIn")) * s, v("eyeLookUp") - v("eyeLookDown")
    b.ball(h, (0.031 * s, 0.046, 0.0685), (0.0175, 0.0165 * max(opened, 0.12), 0.011), WHITE)
    b.ball(h, (0.030 * s + 0.007 * out, 0.046 + 0.005 * up, 0.0725),
           (0.0105, 0.0125 * max(min(opened, 1.0), 0.12), 0.0105), INK)
    outer = 0.010 * v("browOuterUp") - 0.008 * v("browDown")
    inner = 0.010 * _value(f, "browInnerUp") - 0.011 * v("browDown")
    b.cone(b.at(h, 0.015 * s, 0.075 + inner, 0.079), b.at(h, 0.047 * s, 0.072 + outer, 0.062),
           0.0058, 0.0042, HAIR, casts=False)


def _mouth(b: _Builder, f: np.ndarray, gap: float) -> None:
    """An open ball or a line of three pieces, with its corners up or down."""
    def both(name: str) -> float:
        return 0.5 * (_value(f, name + "Left") + _value(f, name + "Right"))

    h, funnel = sk.HEAD, _value(f, "mouthFunnel")
    smile = both("mouthSmile") - both("mouthFrown")
    wide = 0.023 + 0.009 * max(smile, 0.0) + 0.006 * both("mouthStretch") - 0.010 * _value(f, "mouthPucker") \
        - 0.006 * funnel
    y = -0.016 - 0.012 * gap
    if gap > 0.08 or funnel > 0.3:
        b.ball(h, (0, y, 0.077), (wide, 0.005 + 0.015 * gap + 0.006 * funnel, 0.011), MOUTH)
        return
    x, low, corner = 0.5 * wide, y - 0.003 * smile, y + 0.002 + 0.009 * smile
    def lip(across: float, up: float) -> np.ndarray:
        return b.at(h, across, up, 0.0365 + 0.051 * math.sqrt(1 - min(across / 0.048, 0.95) ** 2))

    b.cone(lip(-x, low), lip(x, low), 0.0045, 0.0045, MOUTH, casts=False)
    for s in (1, -1):
        b.cone(lip(x * s, low), lip(wide * s, corner), 0.0045, 0.0034, MOUTH, casts=False)
