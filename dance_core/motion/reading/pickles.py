"""Pickles of arrays and plain containers, read without running anything that they ask for.

A pickle is a program. This reader knows the few names by which numpy's arrays are written, and puts objects
of its own in their place that do nothing but remember; they become arrays afterwards, when their sizes fit
the bytes that are there. Every other name is refused, with that name.
"""

from __future__ import annotations

import io
import pickle
import pickletools
from collections import OrderedDict
from typing import Any, BinaryIO

import numpy as np

from dance_core.errors import UserError
from dance_core.motion.reading.found import MAX_ARRAY_MB, MAX_FILE_MB

_DEEPEST = 12
_MOST_THINGS = 200_000
# of pickle's operations: what lies outside of the file
_NEVER = frozenset({"PERSID", "BINPERSID", "EXT1", "EXT2", "EXT4", "NEXT_BUFFER"})
_KINDS = frozenset("?bBhHiIlLqQefdgSUFD")


class _Remembered:
    """What a pickle builds in place of numpy's things: its arguments and its state."""

    def __init__(self, *given: Any) -> None:
        self.given, self.state = given, None

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Dtype(_Remembered):
    def dtype(self) -> np.dtype:
        name = self.given[0] if self.given else ""
        name = name.decode("latin1") if isinstance(name, bytes) else name
        if not isinstance(name, str) or len(name) > 8:
            raise UserError("The pickle holds an array of a kind that is never read.")
        if name in ("O", "O8", "O4"):
            return np.dtype(object)
        try:
            found = np.dtype(name)
        except TypeError:
            raise UserError("The pickle holds an array of a kind that is never read.") from None
        if found.char not in _KINDS or found.itemsize > 4096:
            raise UserError(f"The pickle holds an array of {found.name}, which is never read.")
        order = self.state[1] if isinstance(self.state, tuple) and len(self.state) > 1 else "="
        order = order.decode("latin1") if isinstance(order, bytes) else order
        return found.newbyteorder(order) if order in ("<", ">") else found


class _Array(_Remembered):
    """numpy's `_reconstruct`, whose state is (version, shape, dtype, Fortran order, bytes or a list)."""

    def value(self) -> Any:
        state = self.state
        if not isinstance(state, tuple) or len(state) != 5:
            raise ValueError("an array without a state")
        return _filled(state[4], state[2], state[1], "F" if state[3] else "C")


class _FromBuffer(_Remembered):
    def value(self) -> Any:
        data, dtype, shape, order = (*self.given, "C")[:4]
        return _filled(bytes(data), dtype, shape, order)


class _Scalar(_Remembered):
    def value(self) -> Any:
        dtype, data = self.given
        return _filled(data, dtype, (), "C")[()]


class _Named(_Remembered):
    """numpy's ndarray as an argument: never called."""

    def __init__(self, *given: Any) -> None:
        if given:
            raise UserError("The pickle makes an array in a way that is never run.")
        super().__init__()


def _filled(data: Any, dtype: Any, shape: Any, order: str) -> np.ndarray:
    kind = dtype.dtype() if isinstance(dtype, _Dtype) else None
    if kind is None or not isinstance(shape, tuple) or not all(isinstance(n, int) and n >= 0 for n in shape):
        raise ValueError("an array without type or shape")
    count = int(np.prod(shape, dtype=object)) if shape else 1
    if kind.hasobject:
        if not isinstance(data, list) or len(data) != count:
            raise ValueError("an array of other things without them")
        out = np.empty(count, object)
        out[:] = [None] * count
        for i, thing in enumerate(data):
            out[i] = thing
        return out.reshape(shape)
    data = data.encode("latin1") if isinstance(data, str) else data
    if not isinstance(data, bytes | bytearray) or len(data) != count * kind.itemsize:
        raise ValueError("an array whose bytes don't fit")
    return np.frombuffer(bytes(data), kind, count).reshape(shape, order="F" if order == "F" else "C")


def _encode(text: Any, coding: Any = "latin1") -> bytes:
    """`_codecs.encode`, by which old pickles write bytes."""
    if not isinstance(text, str) or coding not in ("latin1", "latin-1", "ascii", "utf8", "utf-8"):
        raise UserError("The pickle asks for a coding that is never run.")
    return text.encode(coding)


_CORE = ("numpy.core", "numpy._core")
_ALLOWED: dict[tuple[str, str], Any] = {
    ("numpy", "ndarray"): _Named, ("numpy", "dtype"): _Dtype, ("_codecs", "encode"): _encode,
    ("collections", "OrderedDict"): OrderedDict,
    **{(f"{core}.multiarray", "_reconstruct"): _Array for core in _CORE},
    **{(f"{core}.multiarray", "scalar"): _Scalar for core in _CORE},
    **{(f"{core}.numeric", "_frombuffer"): _FromBuffer for core in _CORE},
}


class _ArraysOnly(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise UserError(f"The pickle asks for {module[:60]}.{name[:60]}, which is never run: only arrays "
                            "and "
                            "plain containers are read.") from None

    def persistent_load(self, pid: Any) -> Any:
        raise UserError("The pickle points at things outside of itself, which are never read.")


def read_pickle(source: BinaryIO | bytes, what: str = "The file") -> Any:
    """What a pickle holds: dicts, lists, tuples, texts, numbers, arrays of numbers (of anything: as lists).

    Raises UserError for a name that is not among those of arrays, a damaged pickle, or one that is too large.
    """
    data = source if isinstance(source, bytes) else source.read(MAX_FILE_MB * 2**20 + 1)
    if len(data) > MAX_FILE_MB * 2**20:
        raise UserError(f"{what} is over {MAX_FILE_MB} MB, and no more are allowed.")
    try:
        for operation, _, _ in pickletools.genops(data):  # which sees, too, whether all of it is there
            if operation.name in _NEVER:
                raise UserError(f"{what} is a pickle that uses {operation.name}, which is never read.")
        made = _ArraysOnly(io.BytesIO(data), encoding="latin1").load()
        return _Plain().of(made)
    except UserError:
        raise
    except Exception:  # a damaged pickle can raise anything
        raise UserError(f"{what} is not a readable pickle (damaged, or another kind of file).") from None


class _Plain:
    """Turns what was remembered into arrays, and counts."""

    def __init__(self) -> None:
        self.things, self.bytes = 0, 0

    def of(self, thing: Any, deep: int = 0) -> Any:
        self.things += 1
        if self.things > _MOST_THINGS or deep > _DEEPEST:
            raise UserError(f"The pickle holds more than {_MOST_THINGS} things, or things in things over "
                            f"{_DEEPEST} deep.")
        if isinstance(thing, _Array | _FromBuffer | _Scalar):
            value = thing.value()
            if isinstance(value, np.ndarray) and value.dtype.hasobject:
                inside = [self.of(v, deep + 1) for v in value.ravel()]
                return inside[0] if value.shape == () else inside
            self.bytes += int(np.asarray(value).nbytes)
            if self.bytes > MAX_ARRAY_MB * 2**20:
                raise UserError(f"The pickle's arrays take more than {MAX_ARRAY_MB} MB.")
            return value
        if isinstance(thing, _Remembered):
            return None
        if isinstance(thing, dict):
            return {k if isinstance(k, str | int) else str(k)[:80]: self.of(v, deep + 1)
                    for k, v in thing.items()}
        if isinstance(thing, list | tuple):
            if len(thing) > 64 and all(type(v) in (int, float) for v in thing):
                return np.array(thing)
            return [self.of(v, deep + 1) for v in thing]
        return thing
