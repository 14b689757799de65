"""Geometric features: 32 numbers, each the share of frames in which something is so.

After Müller, Röder and Clausen ("Efficient content-based retrieval of motion capture data", 2005) in the
selection of fairmotion and the AIST++ scorers: is a wrist in front of the chest plane, is a knee bent, is an
ankle fast. Lengths are counted in upper arms (hl), shoulder widths (sw) and hip widths (hw) of SMPL's
template; speeds in those per second.

Two flavours. `compat` does as the scorers of AIST++ and Bailando do: a frame is taken to last 1/120 s
although there are 60 in a second (speeds come out twice as high), and the features named "move" look at the
third joint against the first and never at the fourth. `fixed` uses true seconds, and "move" is what the
paper says: the velocity of the fourth joint relative to the third, along the direction from the first to the
second.
"""

from __future__ import annotations

import numpy as np

from dance_core.evaluation.places import smpl_joints, zero_started
from dance_core.motion.motion import Motion

FPS = 60.0
_SCORERS_RATE = 120.0  # what compat multiplies displacements with

# SMPL's male template as AIST++'s scorer has it: upper arm, shoulder to shoulder, hip to hip (m)
_HL, _SW, _HW = 0.25683811, 0.39084836, 0.11924707

_NAMES = ("root", "l_hip", "r_hip", "belly", "l_knee", "r_knee", "spine", "l_ankle", "r_ankle", "chest",
          "l_toes", "r_toes", "neck", "l_collar", "r_collar", "head", "l_shoulder", "r_shoulder", "l_elbow",
          "r_elbow", "l_wrist", "r_wrist", "l_hand", "r_hand")
_JOINT = {name: i for i, name in enumerate(_NAMES)}

# (kind, joints, threshold or range). Kinds: see _Frames' methods of the same name.
_TABLE: tuple[tuple[str, str, object], ...] = (
    ("across", "neck r_hip l_hip r_wrist", 1.8 * _HL),
    ("across", "neck l_hip r_hip l_wrist", 1.8 * _HL),
    ("ahead", "chest neck neck r_wrist", 0.2 * _HL),
    ("ahead", "chest neck neck l_wrist", 0.2 * _HL),
    ("move", "belly chest chest r_wrist", 1.8 * _HL),
    ("move", "belly chest chest l_wrist", 1.8 * _HL),
    ("bent", "r_elbow r_shoulder r_elbow r_wrist", (0, 110)),
    ("bent", "l_elbow l_shoulder l_elbow l_wrist", (0, 110)),
    ("ahead", "l_shoulder r_shoulder l_wrist r_wrist", 2.5 * _SW),
    ("move", "l_wrist r_wrist r_wrist l_wrist", 1.4 * _HL),
    ("move", "r_wrist root l_wrist root", 1.4 * _HL),
    ("move", "l_wrist root r_wrist root", 1.4 * _HL),
    ("fast", "r_wrist", 2.5 * _HL),
    ("fast", "l_wrist", 2.5 * _HL),
    ("beside", "root l_hip l_toes r_ankle", 0.38 * _HL),
    ("beside", "root r_hip r_toes l_ankle", 0.38 * _HL),
    ("above", "r_ankle", 1.2 * _HL),
    ("above", "l_ankle", 1.2 * _HL),
    ("ahead", "l_hip r_hip l_ankle r_ankle", 2.1 * _HW),
    ("bent", "r_knee r_hip r_knee r_ankle", (0, 110)),
    ("bent", "l_knee l_hip l_knee l_ankle", (0, 110)),
    ("fast", "r_ankle", 2.5 * _HL),
    ("fast", "l_ankle", 2.5 * _HL),
    ("bent", "neck root r_shoulder r_elbow", (25, 180)),
    ("bent", "neck root l_shoulder l_elbow", (25, 180)),
    ("bent", "neck root r_hip r_knee", (50, 180)),
    ("bent", "neck root l_hip l_knee", (50, 180)),
    ("beside", "r_ankle neck l_ankle root", 0.5 * _HL),
    ("upright", "neck root", (70, 110)),
    ("below", "r_wrist", 1.2 * _HL),
    ("below", "l_wrist", 1.2 * _HL),
    ("fast", "root", 2.3 * _HL),
)
GEOMETRIC_NAMES = tuple(f"{kind} {joints}" for kind, joints, _ in _TABLE)


def geometric_features(motion: Motion, fixed: bool = False) -> np.ndarray:
    """(32,) features of a dance, brought to 60 frames a second: shares 0 to 1."""
    return geometric_from(zero_started(smpl_joints(motion, FPS)), fixed)


def geometric_from(places: np.ndarray, fixed: bool = False) -> np.ndarray:
    """(32,) for SMPL joints (T, 24, 3) m, Y up, at 60 frames a second. Raises ValueError for fewer than 2."""
    p = np.asarray(places, np.float64)
    if len(p) < 2:
        raise ValueError(f"{len(p)} frames, expected at least 2")
    frames = _Frames(p, fixed)
    found = [getattr(frames, kind)(*joints.split(), limit) for kind, joints, limit in _TABLE]
    return np.stack(found, -1).mean(0)


class _Frames:
    """The predicates: each gives (T-1,) booleans for the frames 1 … T-1."""

    def __init__(self, places: np.ndarray, fixed: bool) -> None:
        self._now, self._step = places[1:], np.diff(places, axis=0)
        self._fixed = fixed
        self._rate = FPS if fixed else _SCORERS_RATE
        self._lowest = self._now[..., 1].min(-1)

    def _at(self, *names: str) -> list[np.ndarray]:
        return [self._now[:, _JOINT[n]] for n in names]

    def _velocity(self, name: str, against: str | None = None) -> np.ndarray:
        step = self._step[:, _JOINT[name]]
        return self._rate * (step if against is None else step - self._step[:, _JOINT[against]])

    def across(self, a: str, b: str, c: str, moving: str, limit: float) -> np.ndarray:
        """A joint's velocity relative to a, along the normal of the plane a, b, c."""
        one, two, three = self._at(a, b, c)
        return _along(self._velocity(moving, a), np.cross(three - one, two - one)) > limit

    def move(self, a: str, b: str, c: str, d: str, limit: float) -> np.ndarray:
        one, two = self._at(a, b)
        velocity = self._velocity(d, c) if self._fixed else self._velocity(c, a)
        return _along(velocity, two - one) > limit

    def ahead(self, a: str, b: str, origin: str, point: str, limit: float) -> np.ndarray:
        """How far a point lies ahead of `origin` in the direction a to b."""
        one, two, zero, there = self._at(a, b, origin, point)
        return _along(there - zero, two - one) > limit

    def beside(self, a: str, b: str, c: str, point: str, limit: float) -> np.ndarray:
        """How far a point lies off the plane a, b, c."""
        one, two, three, there = self._at(a, b, c, point)
        return _along(there - one, np.cross(three - one, two - one)) > limit

    def above(self, point: str, limit: float) -> np.ndarray:
        """Higher above the lowest joint than the limit."""
        return self._at(point)[0][:, 1] - self._lowest > limit

    def below(self, point: str, limit: float) -> np.ndarray:
        """Lower above the lowest joint than the limit."""
        return self._at(point)[0][:, 1] - self._lowest < limit

    def bent(self, a: str, b: str, c: str, d: str, span: tuple[float, float]) -> np.ndarray:
        """The angle between a to b and c to d in degrees lies inside the span."""
        one, two, three, four = self._at(a, b, c, d)
        return _inside(two - one, four - three, span)

    def upright(self, a: str, b: str, span: tuple[float, float]) -> np.ndarray:
        """As `bent`, against the vertical."""
        one, two = self._at(a, b)
        return _inside(two - one, np.broadcast_to([0.0, 1.0, 0.0], one.shape), span)

    def fast(self, point: str, limit: float) -> np.ndarray:
        """Faster than the limit."""
        return np.linalg.norm(self._velocity(point), axis=-1) > limit


def _along(vector: np.ndarray, direction: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(direction, axis=-1)
    return (vector * direction).sum(-1) / np.maximum(length, 1e-12)


def _inside(first: np.ndarray, second: np.ndarray, span: tuple[float, float]) -> np.ndarray:
    cosine = _along(first, second) / np.maximum(np.linalg.norm(first, axis=-1), 1e-12)
    angle = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    return (angle > span[0]) & (angle < span[1])
