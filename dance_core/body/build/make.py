"""The whole way from the wheel to the two files of assets/body."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from dance_core.body.avatar import browser_glb
from dance_core.body.build import dress as dressing
from dance_core.body.build import rest, weights, write
from dance_core.body.build.mesh import Mesh, join
from dance_core.body.build.source import Source
from dance_core.body.model import load_body
from dance_core.motion.skeleton import FACE_NAMES

_GROUPS = ("body", "helper-tights", "helper-l-eye", "helper-r-eye", "helper-upper-teeth",
           "helper-lower-teeth", "helper-tongue")
# the columns of `shapedirs` that smplx calls expression: a few plain ones
_EXPRESSIONS = (("jawOpen",), ("eyeBlinkLeft", "eyeBlinkRight"), ("mouthSmileLeft", "mouthSmileRight"),
                ("mouthFrownLeft", "mouthFrownRight"), ("browInnerUp", "browOuterUpLeft", "browOuterUpRight"),
                ("browDownLeft", "browDownRight"), ("mouthPucker",), ("cheekPuff",),
                ("eyeWideLeft", "eyeWideRight"), ("noseSneerLeft", "noseSneerRight"))


def make(wheel: Path, out: Path) -> Iterator[str]:
    """Write SMPLX_NEUTRAL.npz and body.glb into `out`; yields what was done, a line each."""
    source = Source.open(wheel)
    mesh, meshes = dancer(source)
    mesh, _ = write.number_vertices(mesh)
    meshes = np.zeros(len(mesh), int)
    is_face = np.asarray(abs(mesh.units).sum(1)).ravel() > 0
    meshes[~is_face] = 1
    regressor = write.joint_regressor(mesh, np.zeros((0, 55, 3)))
    expressions = np.zeros((10, len(FACE_NAMES)))
    for row, names in enumerate(_EXPRESSIONS):
        for name in names:
            expressions[row, FACE_NAMES.index(name)] = 1
    out.mkdir(parents=True, exist_ok=True)
    npz = out / "SMPLX_NEUTRAL.npz"
    write.save_npz(npz, mesh, regressor, expressions, dressing.MATERIALS, meshes)
    yield f"{npz.name}: {len(mesh)} vertices, {len(mesh.faces)} triangles, {npz.stat().st_size / 1e6:.2f} MB"
    glb = out / "body.glb"
    glb.write_bytes(browser_glb(load_body(npz)))
    yield f"{glb.name}: {glb.stat().st_size / 1e6:.2f} MB"


def dancer(source: Source) -> tuple[Mesh, np.ndarray]:
    """The dressed mesh in the T-pose."""
    v = rest.sculpt(source, rest.Shape())
    place = rest.bake(source, v)
    names, table = weights.bone_weights(source)
    table = weights.joint_weights(names, table)
    units = rest.face_units(source, FACE_NAMES)
    shapes = np.zeros((0, len(place), 3))
    parts = {g: dressing.base_mesh(source, place, table, units, shapes, g) for g in _GROUPS}
    pieces = dressing.dress(parts, dressing.Palette())
    whole = join(list(pieces.values()))
    pruned = Mesh(whole.place, whole.faces, weights.prune(whole.weights), whole.units, whole.shapes,
                  whole.colour, whole.label)
    return pruned, np.repeat(np.arange(len(pieces)), [len(p) for p in pieces.values()])
