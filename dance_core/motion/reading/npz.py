"""Arrays out of npz and npy files: no pickle is run, and what is unpacked was measured before."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from dance_core.errors import UserError
from dance_core.motion.reading.found import MAX_ARRAY_MB, MAX_FILE_MB
from dance_core.motion.reading.pickles import read_pickle

_DAMAGED = (OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError, SyntaxError,
            zipfile.BadZipFile, zlib.error)
_NOT_NPZ = "The file is not a readable npz motion (damaged, or another kind of file)."


def read_npz(path: str | Path | BinaryIO, wanted: Collection[str], marks: Collection[str] = ()
             ) -> dict[str, np.ndarray]:
    """The wanted arrays of an npz; of `marks` only that they are there (empty arrays).

    Raises UserError: damaged, too big, or an array of Python objects (of the gender: "" comes back).
    """
    try:
        size = size_of(path)
        if size > MAX_FILE_MB * 2**20:
            raise UserError(f"The motion file is {size / 2**20:.0f} MB; at most {MAX_FILE_MB} MB are "
                            "allowed.")
        with zipfile.ZipFile(path) as archive:
            members = {i.filename.removesuffix(".npy"): i for i in archive.infolist()}
            some = {k: i for k, i in members.items() if k in wanted and k != "gender"}
            total = sum(i.file_size for i in some.values())
            if total > MAX_ARRAY_MB * 2**20:
                raise UserError(f"The motion unpacks to {total / 2**20:.0f} MB; "
                                f"at most {MAX_ARRAY_MB} MB are allowed.")
            found = {k: _member(archive, i, k) for k, i in some.items()}
            return found | _told(archive, members) | {k: np.zeros(0) for k in marks if k in members}
    except UserError:
        raise
    except _DAMAGED as error:
        if isinstance(error, FileNotFoundError):
            raise UserError("There is no such motion file.") from None
        raise UserError(_NOT_NPZ) from None


def names_in(path: str | Path | BinaryIO) -> list[str]:
    """What the arrays of an npz are called; of a file that is none, nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            return [i.filename.removesuffix(".npy") for i in archive.infolist()]
    except _DAMAGED:
        return []


def read_npy(path: str | Path) -> Any:
    """What an npy holds: an array of numbers, or, where it holds Python objects, what `read_pickle` reads.

    Raises UserError as that does, or for a damaged file.
    """
    try:
        if size_of(path) > MAX_FILE_MB * 2**20:
            raise UserError(f"The motion file is {size_of(path) / 2**20:.0f} MB; at most {MAX_FILE_MB} MB "
                            "are "
                            "allowed.")
        with open(path, "rb") as file:
            shape, fortran, kind = _header(file)
            if kind.hasobject:
                return read_pickle(file.read())
            return _values(file, shape, fortran, kind)
    except UserError:
        raise
    except _DAMAGED:
        raise UserError("The file is not a readable npy array (damaged, or another kind of file).") from None


def size_of(path: str | Path | BinaryIO) -> int:
    """Bytes of a file, or of an open one, which is wound back."""
    if isinstance(path, str | Path):
        return os.stat(path).st_size
    path.seek(0, os.SEEK_END)
    size = path.tell()
    path.seek(0)
    return size


def _told(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> dict[str, np.ndarray]:
    """The gender, where it is told as plain text; told in another way it is some other one than neutral."""
    if "gender" not in members:
        return {}
    try:
        return {"gender": _member(archive, members["gender"], "gender")}
    except UserError:
        return {"gender": np.array("")}


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, key: str) -> np.ndarray:
    """One array. What its header promises must be what the archive says it unpacks to, so no bomb goes
    off."""
    with archive.open(info) as file:
        shape, fortran, kind = _header(file)
        if kind.hasobject:
            raise UserError(f"The array '{key}' holds Python objects, which are never read.")
        count = int(np.prod(shape, dtype=object)) if shape else 1
        if count * kind.itemsize > info.file_size:
            raise ValueError("more promised than there is")
        out = _values(file, shape, fortran, kind)
        file.read(1)  # the end, where the checksum is compared
        return out


def _header(file: Any) -> tuple[tuple[int, ...], bool, np.dtype]:
    version = np.lib.format.read_magic(file)
    header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    if version not in header:
        raise ValueError("unknown npy version")
    try:
        return header[version](file)
    except Exception as error:  # a damaged header can raise anything: numpy has Python's own parser read it
        raise ValueError("a damaged npy header") from error


def _values(file: Any, shape: tuple[int, ...], fortran: bool, kind: np.dtype) -> np.ndarray:
    count = int(np.prod(shape, dtype=object)) if shape else 1
    if count * kind.itemsize > MAX_ARRAY_MB * 2**20:
        raise UserError(f"The array takes {count * kind.itemsize / 2**20:.0f} MB; at most {MAX_ARRAY_MB} MB "
                        "are "
                        "allowed.")
    data = file.read(count * kind.itemsize)
    if len(data) != count * kind.itemsize:
        raise ValueError("less than promised")
    return np.frombuffer(data, kind, count).reshape(shape, order="F" if fortran else "C")
