"""The whole way from the wheel to the two files of assets/body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from dance_core.body.avatar import browser_glb
from dance_core.body.build import dress as dressing
from dance_core.body.build import rest, weights, write
from dance_core.body.build.mesh import Mesh
from dance_core.body.build.palette import MATERIALS, paint
from dance_core.body.build.source import Source
from dance_core.body.model import load_body
from dance_core.motion import shape
from dance_core.motion.skeleton import FACE_NAMES

# the columns of `shapedirs` that smplx calls expression: a few plain ones
_EXPRESSIONS = (("jawOpen",), ("eyeBlinkLeft", "eyeBlinkRight"), ("mouthSmileLeft", "mouthSmileRight"),
                ("mouthFrownLeft", "mouthFrownRight"), ("browInnerUp", "browOuterUpLeft", "browOuterUpRight"),
                ("browDownLeft", "browDownRight"), ("mouthPucker",), ("cheekPuff",),
                ("eyeWideLeft", "eyeWideRight"), ("noseSneerLeft", "noseSneerRight"))
# MakeHuman's lips stand a little open and look stern: this much of some face units is the face at rest
_AT_EASE = {"mouthClose": 0.15, "mouthSmileLeft": 0.12, "mouthSmileRight": 0.12, "eyeBlinkLeft": 0.06,
            "eyeBlinkRight": 0.06}


def make(wheel: Path, out: Path) -> Iterator[str]:
    """Write SMPLX_NEUTRAL.npz and body.glb into `out`; yields what was done, a line each."""
    source = Source.open(wheel)
    mesh, _ = write.number_vertices(dancer(source))
    grown = shape.directions(mesh.place, mesh.weights)[:, :, :len(shape.DIRECTIONS)].transpose(0, 2, 1)
    mesh = replace(mesh, shapes=np.round(grown, 6).reshape(len(mesh), -1))  # m: what is rounded packs well
    regressor = write.joint_regressor(mesh, shape.joint_directions())
    expressions = np.zeros((10, len(FACE_NAMES)))
    for row, names in enumerate(_EXPRESSIONS):
        for name in names:
            expressions[row, FACE_NAMES.index(name)] = 1
    out.mkdir(parents=True, exist_ok=True)
    npz = out / "SMPLX_NEUTRAL.npz"
    write.save_npz(npz, mesh, regressor, expressions, MATERIALS)
    yield f"{npz.name}: {len(mesh)} vertices, {len(mesh.faces)} triangles, {npz.stat().st_size / 1e6:.2f} MB"
    glb = out / "body.glb"
    glb.write_bytes(browser_glb(load_body(npz)))
    yield f"{glb.name}: {glb.stat().st_size / 1e6:.2f} MB"


def dancer(source: Source) -> Mesh:
    """The dressed and painted mesh in the T-pose."""
    v = rest.sculpt(source, rest.Shape())
    place = rest.bake(source, v)
    names, table = weights.bone_weights(source)
    table = weights.joint_weights(names, table)
    units = rest.face_units(source, FACE_NAMES)
    for name, part in _AT_EASE.items():
        place = place + part * units[FACE_NAMES.index(name)]
    shapes = np.zeros((0, len(place), 3))
    lips = np.tile(_lips(source)[:, None], (1, 3))

    def part(group: str) -> Mesh:
        return dressing.base_mesh(source, place, table, units, shapes, group, lips)

    parts = dressing.Parts(part("body"), part("helper-tights"),
                           (part("helper-l-eye"), part("helper-r-eye")),
                           (part("helper-upper-teeth"), part("helper-lower-teeth")),
                           tuple(part(f"helper-{side}-eyelashes-{k}") for side in "lr" for k in (1, 2)),
                           part("helper-tongue"))
    whole = paint(dressing.dress(parts))
    return replace(whole, weights=weights.prune(whole.weights))


def _lips(source: Source) -> np.ndarray:
    """How red (N,) each vertex is, 0 to 1: lips are what the targets that fill the lips move."""
    out = np.zeros(len(source.base[0]))
    for name in ("upperlip-volume-incr", "lowerlip-volume-incr"):
        way = np.linalg.norm(source.target(f"mouth/mouth-{name}"), axis=1)
        out = np.maximum(out, np.clip((way / way.max() - 0.12) / 0.35, 0, 1))
    return out
