"""The Found noun: a motion that was read from a file, and what is to be said of how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.motion.measures import Measures
from dance_core.motion.motion import Motion

MAX_FILE_MB = 256
MAX_ARRAY_MB = 512  # unpacked, all arrays that are read together
MAX_FRAMES = 150_000  # a little over ten minutes at 240 frames a second


@dataclass(frozen=True, eq=False)
class Found:
    """A motion from a file.

    Attributes:
        motion: on our skeleton, at the file's own rate.
        kind: what the file is, for people ("BVH", "EDGE's pickle").
        skeleton: whose joints it has ("Mixamo", "SMPL-X"), or "".
        said: sentences on what had to be guessed, or is not in the file.
        own: whether this program wrote it: then nothing is moved.
        measures: of the file's own body, where it has one; or betas: those of SMPL-X's, and the gender.
        placed: whether the file says where the dancer is; else it stays on the spot.
    """

    motion: Motion
    kind: str
    skeleton: str = ""
    said: tuple[str, ...] = ()
    own: bool = False
    placed: bool = True
    measures: Measures | None = None
    betas: np.ndarray | None = None
    gender: str = ""
