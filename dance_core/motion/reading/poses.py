"""One frame of a motion file, as a first pose: how fast it goes, and where, does not matter."""

from __future__ import annotations

from pathlib import Path

from dance_core.errors import UserError
from dance_core.motion.motion import Motion
from dance_core.motion.rates import NoRate
from dance_core.motion.reading.read import read_motion

ENDINGS = (".npz", ".npy", ".pkl", ".bvh", ".glb", ".gltf")  # that people's files have; they decide nothing
# of motions that are not read: a file chooser offers them too, so that a sentence says what to do with them
TOLD = (".fbx", ".usd", ".usda", ".usdc", ".dae", ".mvnx", ".asf", ".amc", ".c3d", ".h5", ".pt", ".pth")
_ANY = 30.0


def read_frame(path: str | Path, frame: float) -> tuple[Motion, tuple[str, ...]]:
    """A frame of any motion file as a motion of one frame, and what is to be said of how it was read.

    Raises UserError as `read_motion` does, or where the file has no such frame.
    """
    try:
        found = read_motion(path)
    except NoRate:
        found = read_motion(path, _ANY)
    count = len(found.motion)
    if not (0 <= frame < count and frame == int(frame)):  # not a number is refused, too
        raise UserError(f"The file has frames 0 to {count - 1}, so frame {frame:g} can't be taken.")
    said = tuple(s for s in found.said if "frame rate" not in s and "on the spot" not in s)
    return found.motion.slice(int(frame), int(frame) + 1), said
