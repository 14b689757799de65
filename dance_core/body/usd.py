"""The skinned body with a dance as USD, written as text (.usda): UsdSkel's skeleton, animation and blend
shapes.

Y up, metres, time codes are frames. The layout is that of OpenUSD's UsdSkel schemas; nothing of USD's own
library is needed to write it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.body.avatar import four_strongest, linear
from dance_core.body.model import Body, load_body
from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import FACE_NAMES, JOINT_NAMES, PARENTS

_ROOT = "/Dancer"


def export_usd(motion: Motion, path: str | Path, body: Body | None = None, title: str = "dance") -> None:
    """Write a motion on the body as .usda: rotations, the way of the pelvis, the face as blend shapes.

    Raises ValueError for a motion without frames.
    """
    if len(motion) == 0:
        raise ValueError("the motion has 0 frames, expected at least 1")
    body = load_body() if body is None else body
    with replacing(path) as part, open(part, "x", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(motion, body, title))


def _lines(motion: Motion, body: Body, title: str) -> Iterable[str]:
    rest = body.joints_at(motion.betas)
    template = body.shaped(motion.betas) if np.any(motion.betas) else body.template
    names = _joint_paths()
    yield "#usda 1.0\n("
    yield f'    defaultPrim = "Dancer"\n    doc = {_text(title)}\n    metersPerUnit = 1\n    upAxis = "Y"'
    yield f"    startTimeCode = 0\n    endTimeCode = {len(motion) - 1}"
    yield f"    timeCodesPerSecond = {motion.fps:g}\n    framesPerSecond = {motion.fps:g}\n)\n"
    yield 'def SkelRoot "Dancer" (\n    prepend apiSchemas = ["SkelBindingAPI"]\n)\n{'
    yield '    def Skeleton "Skeleton" (\n        prepend apiSchemas = ["SkelBindingAPI"]\n    )\n    {'
    yield f"        uniform token[] joints = {names}"
    bones = rest - np.where(np.arange(55)[:, None] > 0, rest[list(PARENTS)], 0.0)
    yield f"        uniform matrix4d[] bindTransforms = [{_places(rest)}]"
    yield f"        uniform matrix4d[] restTransforms = [{_places(bones)}]"
    yield f"        rel skel:animationSource = <{_ROOT}/Skeleton/Animation>\n"
    yield from _animation(motion, bones, body.place(motion), names, body.units is not None)
    yield "    }\n"
    yield from _mesh(body, template)
    yield "}"


def _joint_paths() -> str:
    paths: list[str] = []
    for name, parent in zip(JOINT_NAMES, PARENTS, strict=True):
        paths.append(name if parent < 0 else f"{paths[parent]}/{name}")
    return json.dumps(paths)


def _animation(motion: Motion, bones: np.ndarray, pelvis: np.ndarray, names: str,
               faces: bool) -> Iterable[str]:
    turns = rot.unroll(rot.quaternion_from_axis_angle(motion.rotations))
    yield '        def SkelAnimation "Animation"\n        {'
    yield f"            uniform token[] joints = {names}"
    yield f"            half3[] scales = [{', '.join(['(1, 1, 1)'] * 55)}]"
    yield "            quatf[] rotations.timeSamples = {"
    for t, q in enumerate(turns):
        yield f"                {t}: [{_tuples(q)}],"
    yield "            }\n            float3[] translations.timeSamples = {"
    still = _tuples(bones[1:])
    for t, place in enumerate(pelvis):
        yield f"                {t}: [{_tuples(place[None])}, {still}],"
    yield "            }"
    if faces:
        yield f"            uniform token[] blendShapes = {json.dumps(list(FACE_NAMES))}"
        yield "            float[] blendShapeWeights.timeSamples = {"
        for t, face in enumerate(motion.face):
            yield f"                {t}: [{', '.join(f'{v:.4g}' for v in face)}],"
        yield "            }"
    yield "        }"


def _mesh(body: Body, template: np.ndarray) -> Iterable[str]:
    joints, weights = four_strongest(body.weights)
    yield '    def Mesh "Body" (\n        prepend apiSchemas = ["SkelBindingAPI"]\n    )\n    {'
    yield "        uniform token subdivisionScheme = \"none\""
    yield f"        int[] faceVertexCounts = [{', '.join(['3'] * len(body.faces))}]"
    yield f"        int[] faceVertexIndices = [{', '.join(map(str, body.faces.ravel()))}]"
    yield f"        point3f[] points = [{_tuples(template)}]"
    for kind, values in (("normal3f[] normals", body.normals(template)),
                         ("color3f[] primvars:displayColor", linear(body.colours))):
        yield f"        {kind} = [{_tuples(values)}] (\n            interpolation = \"vertex\"\n        )"
    about = '(\n            elementSize = 4\n            interpolation = "vertex"\n        )'
    yield f"        int[] primvars:skel:jointIndices = [{', '.join(map(str, joints.ravel()))}] {about}"
    shares = ", ".join(f"{v:.5g}" for v in weights.ravel())
    yield f"        float[] primvars:skel:jointWeights = [{shares}] {about}"
    yield f"        rel skel:skeleton = <{_ROOT}/Skeleton>"
    if body.units is not None:
        yield f"        uniform token[] skel:blendShapes = {json.dumps(list(FACE_NAMES))}"
        targets = ", ".join(f"<{_ROOT}/Body/{name}>" for name in FACE_NAMES)
        yield f"        rel skel:blendShapeTargets = [{targets}]"
        moved = body.units.toarray().reshape(-1, 3, len(FACE_NAMES))
        for k, name in enumerate(FACE_NAMES):
            rows = np.flatnonzero(moved[:, :, k].any(1))
            yield f'        def BlendShape "{name}"\n        {{'
            yield f"            uniform vector3f[] offsets = [{_tuples(moved[rows, :, k])}]"
            yield f"            uniform int[] pointIndices = [{', '.join(map(str, rows))}]\n        }}"
    yield "    }"


def _places(places: np.ndarray) -> str:
    """Matrices that only move, as USD has them: rows, the place last."""
    return ", ".join(f"((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), ({x:.7g}, {y:.7g}, {z:.7g}, 1))"
                     for x, y, z in places)


def _tuples(values: np.ndarray) -> str:
    return ", ".join("(" + ", ".join(f"{v:.7g}" for v in row) + ")" for row in values.tolist())


def _text(text: str) -> str:
    """A string in USD's quotes; what is no plain character becomes a space."""
    return json.dumps(re.sub(r"[\x00-\x1f\x7f]", " ", text), ensure_ascii=False)
