"""A file → a motion, by what it is: its first bytes and what is inside, never by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from dance_core.errors import UserError
from dance_core.motion.bvh import read_bvh
from dance_core.motion.figure import Figure
from dance_core.motion.motion import Motion
from dance_core.motion.naming import whose_names
from dance_core.motion.rates import NoRate, checked_rate
from dance_core.motion.reading import arrays as keys
from dance_core.motion.reading import positions, rows, smpl
from dance_core.motion.reading.found import Found
from dance_core.motion.reading.glb import read_gltf
from dance_core.motion.reading.npz import names_in, read_npy, read_npz
from dance_core.motion.reading.pickles import read_pickle
from dance_core.motion.retargeting import carry

# kinds that people try and that are not read, by how they begin: what they are and what to do
_OTHERS = (
    *((magic, "FBX, which is not read: import it in Blender (File, Import, FBX), export glTF 2.0 (.glb) with "
              "its animation, and take that") for magic in (b"Kaydara FBX", b"; FBX")),
    (b"PXR-USDC", "USD; export glTF (.glb) or BVH"), (b"#usda", "USD; export glTF (.glb) or BVH"),
    (b"<?xml", "XML (Collada, MVNX); export BVH or glTF (.glb)"), (b":version", "ASF or AMC; use CMU's BVH"),
    (b"\x89HDF", "HDF5; save its arrays as npz"), (b"RIFF", "a sound or a video, not a motion"),
    (b"OggS", "a sound, not a motion"), (b"fLaC", "a sound, not a motion"), (b"ID3", "a sound, not a motion"))

# what places of joints are called in dictionaries
_PLACES = ("pred_position", "full_pose", "positions", "joints", "keypoints3d", "joints3d", "joint_positions")
AISTPP = "AIST++'s pickle"
_SIXTY = "The file does not say its frame rate; 60 were taken, as such files have."


def read_motion(path: str | Path, fps: float | None = None) -> Found:
    """Read any motion that is known (see `reading`).

    fps: frames a second, where the file does not say them or is wrong.
    Raises UserError with one sentence: what the file is, where that is known, and what was wrong.
    """
    path = Path(path)
    try:
        with open(path, "rb") as file:
            head = file.read(512)
    except OSError:
        raise UserError("There is no such motion file, or it can't be read.") from None
    if fps is not None:
        checked_rate(fps)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return _of_zip(path, fps)
    if head.startswith(b"\x93NUMPY"):
        return _of_thing(read_npy(path), fps)
    if text.startswith(b"HIERARCHY"):
        return _of_bvh(path, fps)
    if head.startswith(b"glTF") or (text.startswith(b"{") and b'"' in text):
        return _of_gltf(path, fps)
    for magic, what in _OTHERS:
        if text.startswith(magic):
            raise UserError(f"The file is {what}.")
    if head[:1] == b"\x80" or head[:1] in b"(]}c" and head:
        with open(path, "rb") as file:
            return _of_thing(read_pickle(file), fps)
    raise UserError("The file is not a readable motion: npz, npy or pickles of SMPL's poses or of joint "
                    "places, "
                    "BVH and glTF are.")


def _of_zip(path: Path, fps: float | None) -> Found:
    names = names_in(path)
    if any(n.endswith("data.pkl") for n in names):
        raise UserError("The file was saved by PyTorch; save its arrays with numpy.savez.")
    arrays = read_npz(path, keys.WANTED, keys.AMASS)
    kind = "AMASS npz" if any(k in arrays for k in (*keys.AMASS, "root_orient")) else "smplx npz"
    if not any(k in arrays for k in (*keys.WHOLE, *keys.BODY_POSE)):
        there = ", ".join(names[:8]) or "nothing"
        raise UserError(f"The npz has no array 'poses' and no other that is a motion; it has {there[:200]}.")
    return smpl.of_arrays(arrays, kind, fps)


def _of_bvh(path: Path, fps: float | None) -> Found:
    bvh = read_bvh(path)
    figure = Figure.of_bvh(bvh)
    if fps is not None:
        figure = figure.at(fps)
    carried = carry(figure)
    return Found(carried.motion, "BVH", whose_names(bvh.names), carried.said, own=carried.ours,
                 measures=carried.measures)


def _of_gltf(path: Path, fps: float | None) -> Found:
    animated = read_gltf(path, fps)
    carried = carry(animated.figure)
    motion = carried.motion
    if animated.face is not None:
        motion = replace(motion, face=animated.face, parts=motion.parts | {"face"})
    return Found(motion, "glTF", whose_names(animated.figure.names), (*animated.said, *carried.said),
                 own=carried.ours, measures=carried.measures)


def _of_thing(thing: Any, fps: float | None) -> Found:
    """What a pickle or an npy holds: named arrays, or one array."""
    if isinstance(thing, list) and len(thing) == 1:
        thing = thing[0]
    if isinstance(thing, Mapping):
        return _of_names(thing, fps)
    if isinstance(thing, np.ndarray):
        return _of_array(thing, fps)
    raise UserError(f"The file holds a {type(thing).__name__}, and no named arrays of a motion.")


def _of_names(things: Mapping[Any, Any], fps: float | None) -> Found:
    arrays = {k: np.asarray(v) for k, v in things.items() if isinstance(k, str) and k in keys.WANTED
              and not isinstance(v, Mapping | list)}
    if "smpl_poses" in arrays:
        if "smpl_scaling" in arrays:
            return smpl.of_arrays(arrays, AISTPP, fps, 60.0)
        return smpl.of_arrays(arrays, "EDGE's pickle", fps, 30.0)
    if any(k in arrays for k in (*keys.WHOLE, *keys.BODY_POSE)):
        return smpl.of_arrays(arrays, "pickle of poses", fps)
    for key in _PLACES:
        if isinstance(things.get(key), np.ndarray | list):
            return _of_places(np.asarray(things[key]), key, fps)
    inside = [v for v in things.values() if isinstance(v, Mapping)]
    if len(inside) == 1:
        return _of_names(inside[0], fps)
    if len(inside) > 1 and all(any(k in v for k in keys.WANTED) for v in inside):
        raise UserError(f"The pickle holds {len(inside)} dancers; save one of them.")
    there = ", ".join(str(k)[:40] for k in list(things)[:8]) or "nothing"
    raise UserError(f"The file holds {there}, and none of these is a motion that is known.")


def _of_places(a: np.ndarray, key: str, fps: float | None) -> Found:
    """Places under a name: Bailando's `pred_position` (60 a second), or others that need a rate."""
    a = rows.checked(a)
    a = a[0] if a.ndim == 4 and len(a) == 1 else a
    a = a.reshape(len(a), -1, 3) if a.ndim == 2 and a.shape[1] % 3 == 0 else a
    if a.ndim != 3 or a.shape[2] != 3 or a.shape[1] not in positions.COUNTS:
        raise UserError(f"The array {key!r} has shape {a.shape}, but places of 24 joints a frame were "
                        "expected.")
    bailando = key == "pred_position"
    if fps is None and not bailando:
        raise NoRate(f"{key!r} holds places of joints, but the file does not say its frame rate; give it "
                        "with "
                        "--fps.")
    said = (_SIXTY,) if fps is None else ()
    return positions.of_places(a, fps or 60.0, "Bailando's positions" if bailando else "places of joints",
                               said=said)


def _of_array(a: np.ndarray, fps: float | None) -> Found:
    a = rows.checked(a)
    if a.ndim == 3 and a.shape[0] == 1 and a.shape[2] > 3:
        a = a[0]
    if a.ndim == 4 and a.shape[0] == 1 and a.shape[3] == 3:
        a = a[0]
    if a.ndim == 3 and a.shape[2] == 3 and a.shape[1] in positions.COUNTS:
        return _joints(a, fps)
    width = a.shape[1] if a.ndim == 2 else 0
    if width in rows.SIX:
        return rows.of_six(a, fps)
    if width == rows.MOTION_X:
        return rows.of_motion_x(a, fps)
    if width == positions.HUMANML:
        return positions.of_humanml(a, fps)
    if width in (66, 72) and positions.looks_like_places(a):
        if width == 72 and fps is None:
            return positions.of_places(a.reshape(len(a), 24, 3), 60.0, "Bailando's positions", said=(_SIXTY,))
        return _joints(a.reshape(len(a), -1, 3), fps)
    if width in rows.PLACED:
        return rows.of_placed(a, fps)
    if width in rows.FLAT:
        return rows.of_flat(a, fps)
    raise UserError(f"The array has shape {a.shape}, which is no motion that is known.")


def _joints(a: np.ndarray, fps: float | None) -> Found:
    """Three numbers a joint: places, or turns where bones would not keep their length."""
    if not positions.looks_like_places(a[:, :22].reshape(len(a), -1)):
        return rows.of_flat(a.reshape(len(a), -1), fps)
    if fps is None:
        raise NoRate(f"The array {a.shape} holds places of joints, but the file does not say its frame "
                        "rate; "
                        "give it with --fps.")
    return positions.of_places(a, fps, "places of joints")


def load_bvh(path: str | Path) -> Motion:
    """Read a BVH as a motion of body and, where it has fingers, hands; the face is at rest.

    Our own files come back as they were. Others are mapped by their joints' names, scaled by the length of
    the leg, turned to Y up and set on the floor.

    Raises:
        UserError: not a BVH, damaged, too big, a frame rate outside 1 to 240, values that are no number, or
            joints that can't be told from their names.
    """
    return carry(Figure.of_bvh(read_bvh(path))).motion
