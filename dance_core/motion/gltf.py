"""Binary glTF 2.0 (.glb): arrays in, one file out; and such files taken apart again, whoever wrote them.

The format is Khronos' glTF 2.0 specification. All numbers are little-endian; accessors start on multiples of
four bytes.
"""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np

FLOAT, INT8, UINT8, INT16, UINT16, UINT32 = 5126, 5120, 5121, 5122, 5123, 5125
_KINDS = {np.dtype(np.float32): FLOAT, np.dtype(np.uint8): UINT8, np.dtype(np.uint16): UINT16,
          np.dtype(np.uint32): UINT32, np.dtype(np.int8): INT8, np.dtype(np.int16): INT16}
_SHAPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
_MOST = 50_000_000  # values of an accessor that are read
ARRAY_BUFFER, ELEMENT_BUFFER = 34962, 34963


class Glb:
    """A glTF document being made: `json` is the document, `accessor` adds numbers to its one buffer."""

    def __init__(self, document: dict[str, Any] | None = None, binary: bytes = b"") -> None:
        self.json: dict[str, Any] = document or {
            "asset": {"version": "2.0", "generator": "dance_core"}, "bufferViews": [], "accessors": []}
        self.binary = bytearray(binary)

    def add(self, key: str, thing: dict[str, Any]) -> int:
        """Append to a list of the document (`nodes`, `meshes`, …); its index."""
        things = self.json.setdefault(key, [])
        things.append(thing)
        return len(things) - 1

    def view(self, data: bytes, target: int | None = None) -> int:
        """A piece of the buffer; its index."""
        self.binary.extend(b"\0" * (-len(self.binary) % 4))
        view = {"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data)}
        if target:
            view["target"] = target
        self.binary.extend(data)
        return self.add("bufferViews", view)

    def accessor(self, values: np.ndarray, target: int | None = None, normalized: bool = False,
                 bounds: bool = False) -> int:
        """Numbers (N,) or (N, K) of float32, uint8, uint16 or uint32; the accessor's index.

        `bounds` writes smallest and largest, as positions and times of keys need.
        """
        values = np.ascontiguousarray(values)
        entry = self._entry(values)
        entry["bufferView"] = self.view(values.tobytes(), target)
        if normalized:
            entry["normalized"] = True
        if bounds:
            entry.update(_bounds(values))
        return self.add("accessors", entry)

    def sparse(self, values: np.ndarray) -> int:
        """As `accessor`, for values (N, K) float32 that are mostly zero; only the other rows are kept.

        One row is kept at least: an accessor without any bytes is allowed, and refused by assimp 5.2.
        """
        rows = np.flatnonzero(values.any(1))
        if not len(rows):
            rows = np.zeros(1, np.int64)
        entry = self._entry(values)
        entry.update(_bounds(values))
        index = rows.astype(np.uint16 if len(values) <= 65535 else np.uint32)
        entry["sparse"] = {
            "count": len(rows),
            "indices": {"bufferView": self.view(index.tobytes()), "componentType": _KINDS[index.dtype]},
            "values": {"bufferView": self.view(np.ascontiguousarray(values[rows]).tobytes())}}
        return self.add("accessors", entry)

    @staticmethod
    def _entry(values: np.ndarray) -> dict[str, Any]:
        width = values.shape[1] if values.ndim > 1 else 1
        return {"componentType": _KINDS[values.dtype], "count": len(values), "type": _SHAPES[width]}

    def bytes(self) -> bytes:
        """The whole file."""
        self.json["buffers"] = [{"byteLength": len(self.binary)}]
        text = json.dumps(self.json, separators=(",", ":"), ensure_ascii=False).encode()
        text += b" " * (-len(text) % 4)
        data = bytes(self.binary) + b"\0" * (-len(self.binary) % 4)
        size = 12 + 8 + len(text) + 8 + len(data)
        return b"".join([struct.pack("<4sII", b"glTF", 2, size), struct.pack("<I4s", len(text), b"JSON"),
                         text, struct.pack("<I4s", len(data), b"BIN\0"), data])


def read_glb(data: bytes) -> Glb:
    """A binary glTF taken apart. Raises ValueError if it is no whole binary glTF 2."""
    if len(data) < 20:
        raise ValueError(f"{len(data)} bytes are no binary glTF")
    magic, version, size = struct.unpack_from("<4sII", data)
    if magic != b"glTF" or version != 2 or size != len(data):
        raise ValueError(f"not a whole binary glTF 2 file: {magic!r}, version {version}, {size} bytes said, "
                         f"{len(data)} there")
    length, = struct.unpack_from("<I", data, 12)
    if length > len(data) - 20:
        raise ValueError(f"its description should have {length} bytes")
    document = json.loads(data[20:20 + length])
    start = 20 + length + 8
    buffers = document.get("buffers") or [{"byteLength": 0}]
    return Glb(document, data[start:start + buffers[0]["byteLength"]])


def numbers(glb: Glb, accessor: int) -> np.ndarray:
    """The values (N,) or (N, K) of an accessor, sparse or not, normalized ones as float64 -1 or 0 to 1.

    Raises ValueError, KeyError or IndexError for an accessor that is not there or points past the buffer.
    """
    entry = glb.json["accessors"][accessor]
    kind = next((d for d, c in _KINDS.items() if c == entry["componentType"]), None)
    width = next((n for n, t in _SHAPES.items() if t == entry["type"]), None)
    count = entry["count"]
    if kind is None or width is None or not isinstance(count, int) or not 0 <= count <= _MOST:
        raise ValueError(f"accessor {accessor} has {count} values of a kind that is not known")

    def piece(view: int, dtype: np.dtype, count: int, offset: int = 0, row: int = 1) -> np.ndarray:
        told = glb.json["bufferViews"][view]
        if told.get("buffer", 0) != 0 or "extensions" in told:
            raise ValueError("the buffer is compressed, or in another file")
        start, stride = told.get("byteOffset", 0) + offset, told.get("byteStride", 0)
        if stride in (0, row * dtype.itemsize):
            return np.frombuffer(binary, dtype, count, start)
        rows = count // row
        last = start + (rows - 1) * stride + row * dtype.itemsize
        if rows and (start < 0 or stride < 0 or last > len(binary)):
            raise ValueError("an accessor points past its buffer")
        there = np.ndarray((rows, row), dtype, binary, start, (stride, dtype.itemsize))
        return there.ravel()

    binary = memoryview(glb.binary).toreadonly()
    if "bufferView" in entry:
        flat = piece(entry["bufferView"], kind, count * width, entry.get("byteOffset", 0), width)
    else:
        flat = np.zeros(count * width, kind)
    out = flat.reshape(count, width).copy()
    if "sparse" in entry:
        s = entry["sparse"]
        index_kind = next(d for d, c in _KINDS.items() if c == s["indices"]["componentType"])
        rows = piece(s["indices"]["bufferView"], index_kind, s["count"], s["indices"].get("byteOffset", 0))
        out[rows] = piece(s["values"]["bufferView"], kind, s["count"] * width,
                          s["values"].get("byteOffset", 0)).reshape(-1, width)
    if entry.get("normalized"):
        out = np.maximum(out / np.iinfo(kind).max, -1.0)
    return out[:, 0] if width == 1 else out


def _bounds(values: np.ndarray) -> dict[str, list[float]]:
    flat = values.reshape(len(values), -1)
    return {"min": [float(x) for x in flat.min(0)], "max": [float(x) for x in flat.max(0)]}
