"""A skeleton that is not ours, and how it moves: what `retarget` carries over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dance_core.motion import rotations as rot
from dance_core.motion.bvh import Bvh


def relative(world: np.ndarray, parents: Sequence[int]) -> np.ndarray:
    """Rotations (T, J, 4) in the world -> relative to the parents; as they are where the parent is -1."""
    out = world.copy()
    for j, parent in enumerate(parents):
        if parent >= 0:
            out[:, j] = rot.multiply(rot.inverse(world[:, parent]), world[:, j])
    return out


@dataclass(frozen=True, eq=False)
class Figure:
    """Joints by name, how they stand at rest, and how they turn over time; axes and unit are its own.

    Attributes:
        fps: frames a second.
        names, parents: J joints, each after its parent; the root's parent is -1.
        offsets: (J, 3) from the parent at rest.
        turns: (T, J, 4) quaternions relative to the parent; no turn is the rest pose.
        moved: (T, 3) in the parent's frame for joints that shift, by index; the root is one, in the world.
    """

    fps: float
    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets: np.ndarray
    turns: np.ndarray
    moved: dict[int, np.ndarray]

    def __len__(self) -> int:
        return len(self.turns)

    @classmethod
    def of_bvh(cls, bvh: Bvh) -> "Figure":
        """The skeleton and motion of a BVH file.

        Where joints but the root have position channels, these say where they are, and where their OFFSETs
        are zero, how long bones are; where they are zero themselves and OFFSETs are not, they say nothing.
        """
        moved = {j: bvh.translations(j) for j, channels in enumerate(bvh.channels)
                 if bvh.parents[j] < 0 or any(c.endswith("position") for c in channels)}
        offsets = bvh.offsets.copy()
        for j in [j for j in moved if bvh.parents[j] >= 0]:
            if not np.abs(moved[j]).max() > 1e-3 * np.abs(offsets[j]).max():
                del moved[j]
            elif not np.abs(offsets[j]).max() > 1e-6:
                offsets[j] = np.median(moved[j], 0)
        return cls(bvh.fps, bvh.names, bvh.parents, offsets, bvh.rotations(), moved)

    def place(self, j: int) -> np.ndarray:
        """Joint j in its parent's frame: (T, 3), or (3,) where it stays."""
        return self.moved.get(j, self.offsets[j])

    def rest(self) -> np.ndarray:
        """Joint places (J, 3) at rest, seen from the root."""
        out = np.zeros_like(self.offsets)
        for j in range(1, len(self.names)):
            out[j] = out[self.parents[j]] + self.offsets[j]
        return out

    def world(self) -> np.ndarray:
        """World rotations (T, J, 4)."""
        out = np.empty_like(self.turns)
        for j, parent in enumerate(self.parents):
            out[:, j] = self.turns[:, j] if parent < 0 else rot.multiply(out[:, parent], self.turns[:, j])
        return out

    def places(self, world: np.ndarray) -> np.ndarray:
        """Joint places (T, J, 3) in the world, from its own `world()`."""
        out = np.empty((*world.shape[:2], 3))
        for j, parent in enumerate(self.parents):
            here = self.place(j)
            out[:, j] = here if parent < 0 else out[:, parent] + rot.rotate(world[:, parent], here)
        return out

    def mirrored(self) -> "Figure":
        """Seen in a mirror at x = 0, names kept: what a left-handed file means."""
        flip = np.array([-1.0, 1.0, 1.0])
        return Figure(self.fps, self.names, self.parents, self.offsets * flip, self.turns * [1, 1, -1, -1],
                      {j: places * flip for j, places in self.moved.items()})

    def picked(self, frames: np.ndarray | slice) -> "Figure":
        """Some frames of it, by their numbers."""
        return Figure(self.fps, self.names, self.parents, self.offsets, self.turns[frames],
                      {j: places[frames] for j, places in self.moved.items()})

    def at(self, fps: float) -> "Figure":
        """The same frames at another rate."""
        return replace(self, fps=fps)

    def slice(self, start: int, stop: int) -> "Figure":
        """Frames start to stop, stop not included."""
        return self.picked(slice(start, stop))

    def resting_as(self, frame: int) -> "Figure":
        """The same motion of the same figure, told from another rest pose: the one that it has at a frame.

        For files that hold a pose of calibration: what is straight there counts as straight.
        """
        world = self.world()
        pose = world[frame]
        turns = rot.multiply(world, rot.inverse(pose))
        offsets, moved = np.zeros_like(self.offsets), {}
        for j, parent in enumerate(self.parents):
            by = rot.IDENTITY if parent < 0 else pose[parent]
            if j in self.moved:
                moved[j] = rot.rotate(by, self.moved[j])
            if parent >= 0:
                offsets[j] = moved[j][frame] if j in moved else rot.rotate(by, self.offsets[j])
        return Figure(self.fps, self.names, self.parents, offsets, relative(turns, self.parents), moved)
