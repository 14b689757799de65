"""Motions as files of our own: npz in the manner of AMASS and smplx, and BVH (see `bvh`).

Written npz keys: `poses` (T, 165) axis-angle in SMPL-X joint order, `trans` (T, 3) m, smplx's `transl`
(pelvis minus rest pelvis), `face` (T, 52), `betas` (10,; see `shape`), `mocap_frame_rate`, `gender`
("neutral"), `up_axis` ("y") and `parts`. What is read, and how, stands in `reading`.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.motion.bvh import save_bvh
from dance_core.motion.motion import Motion
from dance_core.motion.reading import load_bvh, smpl
from dance_core.motion.reading.arrays import AMASS, WANTED
from dance_core.motion.reading.npz import read_npz
from dance_core.motion.skeleton import REST_JOINTS

__all__ = ["load_bvh", "load_npz", "save_bvh", "save_npz"]


def save_npz(path: str | Path, motion: Motion) -> None:
    """Write a motion where `path` says; a file of that name is replaced in one step, never half written."""
    arrays = {
        "poses": motion.rotations.reshape(len(motion), -1),
        "trans": (motion.translation - REST_JOINTS[0]).astype(np.float32),
        "face": motion.face, "betas": motion.betas,
        "mocap_frame_rate": np.float64(motion.fps), "gender": np.str_("neutral"), "up_axis": np.str_("y"),
        "parts": np.str_(",".join(sorted(motion.parts))),
    }
    with replacing(path) as temporary:
        with open(temporary, "xb") as file:  # an open file: given a name, numpy may add .npz to it
            np.savez_compressed(file, allow_pickle=False, **arrays)


def load_npz(path: str | Path | BinaryIO) -> Motion:
    """Read a motion: one of ours, one of the project's recorded dances, or an AMASS or smplx file.

    Ours and the recorded ones come back as they are; others are turned to Y up and set on the floor (see
    `reading.smpl`).

    Raises:
        UserError: not an npz, damaged, too big, a needed array missing or of a wrong shape or type, NaN, no
            frame or more than 150 000, a frame rate outside 1 to 240, a root more than 1000 m away, betas
            that are no build (`shape.checked`).
    """
    found = smpl.of_arrays(read_npz(path, WANTED, AMASS), "npz")
    if not found.placed:
        raise UserError("The motion file has no array 'trans'.")
    return found.motion
