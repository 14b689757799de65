"""The skinned body as GLB: alone for the browser, or with a dance as animation for other programs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.body.model import Body, load_body
from dance_core.motion import rotations as rot
from dance_core.motion.gltf import ARRAY_BUFFER, ELEMENT_BUFFER, Glb
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import FACE_NAMES, JOINT_NAMES, PARENTS

ROUGHNESS = {"suit": 0.85, "skin": 0.62, "hair": 0.70, "eye": 0.18, "shoe": 0.55}


def browser_glb(body: Body) -> bytes:
    """The body at rest: nodes of 55 joints, two skinned meshes, `face` with 52 morph targets and `body`."""
    return _document(body).bytes()


def export_glb(motion: Motion, path: str | Path, body: Body | None = None, title: str = "dance") -> None:
    """Write a motion on the body as an animation: rotations, root translation, face.

    Y up, metres, facing +Z at rest, as glTF has it; the joints' nodes bear SMPL-X's names. Raises
    ValueError for a motion without frames.
    """
    if len(motion) == 0:
        raise ValueError("the motion has 0 frames, expected at least 1")
    body = load_body() if body is None else body
    glb = _document(body, motion.betas)
    _animate(glb, motion, body.place(motion), title)
    with replacing(path) as part:
        part.write_bytes(glb.bytes())


def _document(body: Body, betas: np.ndarray | None = None) -> Glb:
    betas = np.zeros(10) if betas is None else betas
    rest, template = body.joints_at(betas), body.shaped(betas) if np.any(betas) else body.template
    glb = Glb()
    for name in body.material_names:
        glb.add("materials", {"name": name, "doubleSided": name in ("hair", "eye"), "pbrMetallicRoughness": {
            "metallicFactor": 0.0, "roughnessFactor": ROUGHNESS.get(name, 0.8)}})
    bones = rest - np.where(np.arange(55)[:, None] > 0, rest[list(PARENTS)], 0.0)
    for j, name in enumerate(JOINT_NAMES):
        node = {"name": name, "translation": [float(x) for x in bones[j]], "rotation": [0, 0, 0, 1]}
        children = [c for c, p in enumerate(PARENTS) if p == j]
        if children:
            node["children"] = children
        glb.add("nodes", node)
    inverse = np.tile(np.eye(4, dtype=np.float32), (55, 1, 1))
    inverse[:, 3, :3] = -rest  # column-major: the translation is the last row here
    skin = glb.add("skins", {"joints": list(range(55)), "skeleton": 0,
                             "inverseBindMatrices": glb.accessor(inverse.reshape(55, 16))})
    roots = [0]
    normals = body.normals(template)
    # a triangle that the face moves in one corner only belongs to the face
    face = body.in_face[body.faces].any(1)
    for name, triangles in (("face", face), ("body", ~face)):
        if triangles.any():
            mesh = _mesh(glb, body, template, normals, name, np.flatnonzero(triangles))
            roots.append(glb.add("nodes", {"name": f"{name}_mesh", "mesh": mesh, "skin": skin}))
    glb.add("scenes", {"nodes": roots})
    glb.json["scene"] = 0
    return glb


def _mesh(glb: Glb, body: Body, template: np.ndarray, normals: np.ndarray, name: str,
          triangles: np.ndarray) -> int:
    """One mesh with a primitive for each material; its index."""
    primitives, has_targets = [], name == "face"
    for m in np.unique(body.materials[triangles]):
        used, index = np.unique(body.faces[triangles[body.materials[triangles] == m]], return_inverse=True)
        joints, weights = _influences(body.weights[used])
        primitive = {"material": int(m), "attributes": {
            "POSITION": glb.accessor(template[used].astype(np.float32), ARRAY_BUFFER, bounds=True),
            "NORMAL": glb.accessor(normals[used], ARRAY_BUFFER),
            "COLOR_0": glb.accessor(_linear(body.colours[used]), ARRAY_BUFFER, normalized=True),
            "JOINTS_0": glb.accessor(joints, ARRAY_BUFFER),
            "WEIGHTS_0": glb.accessor(weights, ARRAY_BUFFER, normalized=True)}}
        kind = np.uint16 if len(used) <= 65535 else np.uint32
        primitive["indices"] = glb.accessor(index.ravel().astype(kind), ELEMENT_BUFFER)
        if has_targets:
            units = body.units.toarray().reshape(-1, 3, len(FACE_NAMES)).astype(np.float32)[used]
            primitive["targets"] = [{"POSITION": glb.sparse(np.ascontiguousarray(units[:, :, k]))}
                                    for k in range(len(FACE_NAMES))]
        primitives.append(primitive)
    mesh: dict = {"name": name, "primitives": primitives}
    if has_targets:
        mesh["weights"] = [0.0] * len(FACE_NAMES)
        mesh["extras"] = {"targetNames": list(FACE_NAMES)}
    return glb.add("meshes", mesh)


def four_strongest(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The four strongest joints (V, 4) of a skin (V, 55) and their weights (V, 4), which add up to 1."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    top = np.take_along_axis(weights, order, 1)
    return order, top / top.sum(1, keepdims=True)


def _influences(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The four strongest joints (V, 4) uint8 and their weights (V, 4) uint16 of 65535."""
    order, top = four_strongest(weights)
    whole = np.floor(top * 65535 + 0.5)
    whole[:, 0] += 65535 - whole.sum(1)
    order[whole == 0] = 0
    return order.astype(np.uint8), whole.astype(np.uint16)


def linear(colours: np.ndarray) -> np.ndarray:
    """sRGB (V, 3) 0 to 1 -> linear (V, 3)."""
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def _linear(colours: np.ndarray) -> np.ndarray:
    """sRGB (V, 3) 0 to 1 -> linear (V, 4) uint16, as glTF has its vertex colours."""
    c = linear(colours)
    return np.round(np.concatenate([c, np.ones((len(c), 1))], 1) * 65535).astype(np.uint16)


def _animate(glb: Glb, motion: Motion, pelvis: np.ndarray, title: str) -> None:
    times = glb.accessor((np.arange(len(motion)) / motion.fps).astype(np.float32), bounds=True)
    animation: dict = {"name": title, "samplers": [], "channels": []}

    def channel(node: int, what: str, values: np.ndarray) -> None:
        animation["samplers"].append({"input": times, "interpolation": "LINEAR",
                                      "output": glb.accessor(values.astype(np.float32))})
        animation["channels"].append({"sampler": len(animation["samplers"]) - 1,
                                      "target": {"node": node, "path": what}})

    quaternions = rot.unroll(rot.quaternion_from_axis_angle(motion.rotations))
    for j in range(55):
        if np.abs(motion.rotations[:, j]).max() > 1e-7:
            channel(j, "rotation", quaternions[:, j, [1, 2, 3, 0]])
    channel(0, "translation", pelvis)
    for i, node in enumerate(glb.json["nodes"]):
        if "mesh" in node and "weights" in glb.json["meshes"][node["mesh"]] and motion.face.any():
            channel(i, "weights", motion.face.reshape(-1))
    glb.add("animations", animation)
