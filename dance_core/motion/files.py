"""Motions as files: npz in the manner of AMASS and smplx, and BVH (see `bvh`).

Written npz keys: `poses` (T, 165) axis-angle in SMPL-X joint order, `trans` (T, 3) m, smplx's `transl`
(pelvis minus rest pelvis), `face` (T, 52), `betas` (10,; see `shape`), `mocap_frame_rate`, `gender`
("neutral"), `up_axis` ("y") and `parts`. Nothing here ever unpickles: members of other types are refused, or
not even read.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion.bvh import MAX_FILE_MB, MAX_FRAMES, save_bvh
from dance_core.motion.motion import BETAS, FACE, PARTS, Motion
from dance_core.motion.retarget import load_bvh
from dance_core.motion.shape import checked
from dance_core.motion.skeleton import BODY, REST_JOINTS
from dance_core.motion.soles import sole_points

__all__ = ["load_bvh", "load_motion", "load_npz", "save_bvh", "save_npz"]

MAX_ARRAY_MB = 512  # unpacked, all arrays that are read together
MAX_METRES = 1_000.0
MAX_TURN = 100.0  # rad, length of an axis-angle
_RATES = ("mocap_frame_rate", "mocap_framerate", "fps")
_AMASS = ("dmpls", "surface_model_type", "markers", "markers_latent")  # AMASS says which way is up nowhere
_OURS_WORLD = "yaw_applied"  # only files whose `trans` is the pelvis itself hold this
# rest pelvis of the licensed SMPL-X body (m, rounded): a file made with that body means it by `trans`
_SMPLX_PELVIS = np.array([0.003, -0.351, 0.012])


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


def load_motion(path: str | Path) -> Motion:
    """Read a BVH, told by its ending, or else an npz. Raises UserError as `load_bvh` and `load_npz` do."""
    return load_bvh(path) if Path(path).suffix.lower() == ".bvh" else load_npz(path)


def load_npz(path: str | Path | BinaryIO) -> Motion:
    """Read a motion: one of ours, one of the project's recorded dances, or an AMASS or smplx file.

    `poses` may be (T, 165) SMPL-X, (T, 156) SMPL-H, (T, 72) SMPL or (T, 66) body only, or shaped (T, J, 3).
    The frame rate is `mocap_frame_rate`, `mocap_framerate` or `fps`. Files of AMASS are Z up: they are turned
    to Y up and set on the floor; so is a file that doesn't say and whose pelvis stands along z. `betas` count
    in files that are neither of these nor of a gender other than neutral: they are those of our body.

    Raises:
        UserError: not an npz, damaged, too big, a needed array missing or of a wrong shape or type, NaN, no
            frame or more than 150 000, a frame rate outside 1 to 240, a root more than 1000 m away, betas
            that are no build (`shape.checked`).
    """
    arrays = _read(path)
    fps = _rate(arrays)
    rotations, parts = _rotations(arrays)
    root = _rows(arrays, "trans", len(rotations), 3)
    _within("trans", float(np.abs(root).max()), MAX_METRES, "m")
    face = np.zeros((len(rotations), FACE), np.float32)
    if "face" in arrays:
        face = np.clip(_rows(arrays, "face", len(rotations), FACE), 0.0, 1.0)
        parts |= {"face"}
    betas = _betas(arrays, rotations)
    if "parts" in arrays:
        named = set(str(arrays["parts"]).split(",")) & PARTS
        parts = frozenset(named) or parts
    if _OURS_WORLD not in arrays:
        z_up = _is_z_up(arrays, rotations)
        root = root + (_SMPLX_PELVIS if z_up else REST_JOINTS[0])
        if z_up:
            return _stood_up(Motion(fps, rotations, root, face, betas, parts))
    return Motion(fps, rotations, root, face, betas, parts)


def _betas(arrays: dict[str, np.ndarray], rotations: np.ndarray) -> np.ndarray:
    """(10,) those of a file that was made for our body. Others mean other shapes: their dances are danced by
    the neutral body."""
    given = _numbers(arrays, "betas") if "betas" in arrays else np.zeros(BETAS)
    foreign = str(arrays.get("gender", "neutral")) != "neutral" or _is_z_up(arrays, rotations)
    return np.zeros(BETAS, np.float32) if foreign else checked(given)


def _rotations(arrays: dict[str, np.ndarray]) -> tuple[np.ndarray, frozenset[str]]:
    poses = _numbers(arrays, "poses")
    poses = poses.reshape(len(poses), -1) if poses.ndim == 3 else poses
    if poses.ndim != 2 or poses.shape[1] not in (66, 72, 156, 165):
        raise UserError(f"The array 'poses' has shape {poses.shape}, but (frames, 165) was expected "
                        "(or 156, 72 or 66 numbers a frame).")
    frames, width = poses.shape
    if not 1 <= frames <= MAX_FRAMES:
        raise UserError(f"The motion has {frames} frames, but 1 to {MAX_FRAMES} are allowed.")
    poses = poses.reshape(frames, -1, 3)
    _within("poses", float(np.linalg.norm(poses, axis=-1).max()), MAX_TURN, "rad")
    out = np.zeros((frames, 55, 3), np.float32)
    out[:, :BODY] = poses[:, :BODY]
    if width == 165:
        out[:, BODY:] = poses[:, BODY:]
    elif width == 156:  # SMPL-H has the same hands, but neither jaw nor eyes before them
        out[:, 25:] = poses[:, BODY:]
    return out, frozenset({"body", "hands"} if out[:, 25:].any() else {"body"})


def _is_z_up(arrays: dict[str, np.ndarray], rotations: np.ndarray) -> bool:
    if "up_axis" in arrays:
        return str(arrays["up_axis"]).lower() == "z"
    if any(k in arrays for k in _AMASS):
        return True
    up = rot.rotate(rot.quaternion_from_axis_angle(rotations[:, 0]), [0.0, 1.0, 0.0]).mean(0)
    return bool(up[2] > max(0.5, up[1]))


def _stood_up(motion: Motion) -> Motion:
    """Z up to Y up, and the lowest soles (5th percentile over time) onto y = 0."""
    turn = rot.quaternion_about("x", -np.pi / 2)
    rotations = motion.rotations.copy()
    pelvis = rot.multiply(turn, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    rotations[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    root = rot.rotate(turn, motion.translation)
    turned = Motion(motion.fps, rotations, root, motion.face, motion.betas, motion.parts)
    root[:, 1] -= np.percentile(sole_points(turned)[..., 1].min((1, 2)), 5)
    return Motion(motion.fps, rotations, root, motion.face, motion.betas, motion.parts)


def _rate(arrays: dict[str, np.ndarray]) -> float:
    key = next((k for k in _RATES if k in arrays), None)
    if key is None:
        raise UserError("The motion file does not say its frame rate (mocap_frame_rate).")
    value = _numbers(arrays, key)
    if value.size != 1:
        raise UserError(f"The frame rate holds {value.size} numbers, but one was expected.")
    fps = float(value.ravel()[0])
    if not 1 <= fps <= 240:
        raise UserError(f"The frame rate is {fps:g}, but 1 to 240 frames a second are allowed.")
    return fps


def _rows(arrays: dict[str, np.ndarray], key: str, frames: int, width: int) -> np.ndarray:
    a = _numbers(arrays, key)
    if a.shape != (frames, width):
        raise UserError(f"The array '{key}' has shape {a.shape}, but {(frames, width)} was expected.")
    return a


def _numbers(arrays: dict[str, np.ndarray], key: str) -> np.ndarray:
    if key not in arrays:
        raise UserError(f"The motion file has no array '{key}'.")
    a = arrays[key]
    if a.dtype.kind not in "fiub":
        raise UserError(f"The array '{key}' holds {a.dtype.name}, but numbers were expected.")
    a = a.astype(np.float64)
    if not np.isfinite(a).all():
        raise UserError(f"The array '{key}' holds {int((~np.isfinite(a)).sum())} values that are no number.")
    return a


def _within(key: str, value: float, limit: float, unit: str) -> None:
    if value > limit:
        raise UserError(f"The array '{key}' reaches {value:.3g} {unit}; at most {limit:g} are allowed.")


_WANTED = {"poses", "trans", "face", "betas", "up_axis", "parts", _OURS_WORLD, *_RATES}


def _read(path: str | Path | BinaryIO) -> dict[str, np.ndarray]:
    """The wanted members; for _AMASS only that they are there. Sizes are checked before anything is
    unpacked."""
    try:
        size = _size(path)
        if size > MAX_FILE_MB * 2**20:
            raise UserError(f"The motion file is {size / 2**20:.0f} MB; "
                            f"at most {MAX_FILE_MB} MB are allowed.")
        with zipfile.ZipFile(path) as archive:
            members = {i.filename.removesuffix(".npy"): i for i in archive.infolist()}
            wanted = {k: i for k, i in members.items() if k in _WANTED}
            total = sum(i.file_size for i in wanted.values())
            if total > MAX_ARRAY_MB * 2**20:
                raise UserError(f"The motion unpacks to {total / 2**20:.0f} MB; "
                                f"at most {MAX_ARRAY_MB} MB are allowed.")
            found = {k: _member(archive, i, k) for k, i in wanted.items()}
            return found | _told(archive, members) | {k: np.zeros(0) for k in _AMASS if k in members}
    except UserError:
        raise
    except (OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError, SyntaxError,
            zipfile.BadZipFile, zlib.error) as error:
        if isinstance(error, FileNotFoundError):
            raise UserError("There is no such motion file.") from None
        raise UserError("The file is not a readable npz motion (damaged, or another kind of file).") from None


def _told(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> dict[str, np.ndarray]:
    """The gender, where it is told as plain text; told in another way it is some other one than neutral."""
    if "gender" not in members:
        return {}
    try:
        return {"gender": _member(archive, members["gender"], "gender")}
    except UserError:
        return {"gender": np.array("")}


def _size(path: str | Path | BinaryIO) -> int:
    if isinstance(path, str | Path):
        return os.stat(path).st_size
    path.seek(0, os.SEEK_END)
    size = path.tell()
    path.seek(0)
    return size


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, key: str) -> np.ndarray:
    """One array. What its header promises must be what the archive says it unpacks to, so no bomb goes
    off."""
    with archive.open(info) as file:
        version = np.lib.format.read_magic(file)
        header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
        if version not in header:
            raise ValueError("unknown npy version")
        shape, fortran, kind = header[version](file)
        if kind.hasobject:
            raise UserError(f"The array '{key}' holds Python objects, which are never read.")
        count = int(np.prod(shape, dtype=object)) if shape else 1
        if count * kind.itemsize > info.file_size:
            raise ValueError("more promised than there is")
        data = file.read(count * kind.itemsize)
        if len(data) != count * kind.itemsize:
            raise ValueError("less than promised")
        file.read(1)  # the end, where the checksum is compared
    return np.frombuffer(data, kind, count).reshape(shape, order="F" if fortran else "C")
