"""The Motion noun: a dance of one body, hands and face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

JOINTS = 55  # SMPL-X: 22 body, jaw, two eyes, 15 joints for each hand
BETAS = 10  # numbers of a body's shape
FACE = 52  # ARKit blend-shape coefficients, in ARKit's own order (skeleton.FACE_NAMES)
PARTS = frozenset({"body", "hands", "face"})
_JOINTS_OF = {"body": slice(0, 22), "face": slice(22, 25), "hands": slice(25, JOINTS)}  # face: jaw and eyes
BLOCK = 900  # frames that are worked on at once where a whole dance would take much memory


@dataclass(frozen=True, eq=False)
class Motion:
    """Joint rotations over time. Y up, right-handed, metres; at rest a T-pose that faces +Z, left = +X.

    Attributes:
        fps: frames a second.
        rotations: (T, 55, 3) float32, axis-angle in radians, each joint relative to its parent,
            SMPL-X joint order; the pelvis (0) relative to the world.
        translation: (T, 3) float32, world position of the *pelvis joint* in metres (not smplx's
            `transl`, which is this minus the rest pelvis; the npz files convert). Ground is y = 0.
        face: (T, 52) float32, ARKit coefficients 0 to 1.
        betas: (10,) float32, the body's shape (see `shape`); zeros are the neutral body.
        parts: what it really has; the other parts are at rest.
    """

    fps: float
    rotations: np.ndarray
    translation: np.ndarray
    face: np.ndarray
    betas: np.ndarray = field(default_factory=lambda: np.zeros(BETAS, np.float32))
    parts: frozenset[str] = PARTS

    def __post_init__(self) -> None:
        frames = len(self.rotations)
        shapes = {"rotations": (frames, JOINTS, 3), "translation": (frames, 3), "face": (frames, FACE),
                  "betas": (BETAS,)}
        for name, shape in shapes.items():
            a = np.ascontiguousarray(getattr(self, name), np.float32)
            if a.shape != shape:
                raise ValueError(f"Motion.{name} has shape {a.shape}, expected {shape}")
            if not np.isfinite(a).all():
                raise ValueError(f"Motion.{name} holds NaN or infinity")
            object.__setattr__(self, name, a)
        if not self.fps > 0:
            raise ValueError(f"Motion.fps is {self.fps}, expected more than 0")
        if not self.parts or not self.parts <= PARTS:
            raise ValueError(f"Motion.parts is {set(self.parts)}, expected some of {set(PARTS)}")

    def __len__(self) -> int:
        return len(self.rotations)

    @property
    def duration(self) -> float:
        """Length in seconds: frames / fps."""
        return len(self) / self.fps

    def slice(self, start: int, stop: int) -> "Motion":
        """Frames start to stop (not included), unchanged."""
        return Motion(self.fps, self.rotations[start:stop], self.translation[start:stop],
                      self.face[start:stop], self.betas, self.parts)

    def same_as(self, other: "Motion") -> bool:
        """Whether it moves bit for bit as another: joints, place and face."""
        return all(np.array_equal(getattr(self, name), getattr(other, name))
                   for name in ("rotations", "translation", "face"))

    def with_parts_of(self, other: "Motion", parts: frozenset[str]) -> "Motion":
        """This motion with some parts of another of as many frames, bit for bit.

        The place goes with the body, jaw and eyes with the face.
        """
        if len(other) != len(self):
            raise ValueError(f"parts of {len(other)} frames do not fit {len(self)}")
        rotations = self.rotations.copy()
        for part in parts:
            rotations[:, _JOINTS_OF[part]] = other.rotations[:, _JOINTS_OF[part]]
        return Motion(self.fps, rotations, other.translation if "body" in parts else self.translation,
                      other.face if "face" in parts else self.face, self.betas,
                      (self.parts - parts) | (other.parts & parts) or self.parts)

    def blocks(self, before: int = 0) -> "Iterator[tuple[int, Motion]]":
        """(first frame, frames from there on): all frames in blocks.

        Each block but the first begins with the last `before` frames of the one before it.
        """
        for a in range(0, len(self), BLOCK):
            start = max(0, a - before)
            yield start, self.slice(start, a + BLOCK)

    @classmethod
    def join(cls, pieces: "list[Motion]") -> "Motion":
        """One after another, without blending; all must have one fps. ValueError if empty or mixed."""
        if not pieces or len({p.fps for p in pieces}) != 1:
            raise ValueError("Motion.join needs at least one piece, all of one frame rate")
        first = pieces[0]
        parts = frozenset().union(*(p.parts for p in pieces))
        return cls(first.fps, np.concatenate([p.rotations for p in pieces]),
                   np.concatenate([p.translation for p in pieces]),
                   np.concatenate([p.face for p in pieces]), first.betas, parts)
