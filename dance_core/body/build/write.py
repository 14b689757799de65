"""The two files: SMPL-X's npz (what smplx reads, and what our own skinning reads) and the browser's GLB."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from dance_core.atomic import replacing
from dance_core.body.build.mesh import Mesh
from dance_core.motion.skeleton import FACE_NAMES, JOINT_NAMES, PARENTS, REST_JOINTS

# smplx takes these vertices for its joints 55 to 75, by number (smplx.vertex_ids)
NUMBERED = {
    "nose": 9120, "right_eye": 9929, "left_eye": 9448, "right_ear": 616, "left_ear": 6,
    "left_big_toe": 5770, "left_small_toe": 5780, "left_heel": 8846, "right_big_toe": 8463,
    "right_small_toe": 8474, "right_heel": 8635, "left_thumb": 5361, "left_index": 4933, "left_middle": 5058,
    "left_ring": 5169, "left_pinky": 5286, "right_thumb": 8079, "right_index": 7669, "right_middle": 7794,
    "right_ring": 7905, "right_pinky": 8022,
}


def landmarks() -> dict[str, np.ndarray]:
    """Places (3,) m near which the numbered vertices lie, in the T-pose."""
    at = {name: REST_JOINTS[JOINT_NAMES.index(name)] for name in JOINT_NAMES}
    out = {"nose": np.array([0.0, 0.70, 0.17])}
    for side, s in (("left_", 1.0), ("right_", -1.0)):
        out[f"{side}eye"] = at[f"{side}eye_smplhf"] + [0, 0, 0.012]
        out[f"{side}ear"] = np.array([0.08 * s, 0.735, 0.045])
        foot = at[f"{side}foot"]
        out[f"{side}big_toe"] = foot + [-0.02 * s, -0.02, 0.06]
        out[f"{side}small_toe"] = foot + [0.045 * s, -0.02, 0.03]
        out[f"{side}heel"] = at[f"{side}ankle"] + [0, -0.05, -0.06]
        for finger in ("thumb", "index", "middle", "ring", "pinky"):
            last = at[f"{side}{finger}3"] - at[f"{side}{finger}2"]
            out[f"{side}{finger}"] = at[f"{side}{finger}3"] + 1.2 * last
    return out


def number_vertices(mesh: Mesh) -> tuple[Mesh, dict[str, int]]:
    """The same mesh with its vertices so numbered that smplx finds its extra joints where they are."""
    order = np.arange(len(mesh))
    place_of = {v: v for v in range(len(mesh))}
    tree = cKDTree(mesh.place)
    taken: set[int] = set()
    found: dict[str, int] = {}
    for name, where in landmarks().items():
        _, near = tree.query(where, k=len(NUMBERED) + 1)
        vertex = int(next(v for v in near if int(v) not in taken))
        taken.add(vertex)
        a, b = place_of[vertex], NUMBERED[name]
        other = int(order[b])
        order[a], order[b] = other, vertex
        place_of[vertex], place_of[other] = b, a
        found[name] = b
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    table = sparse.identity(len(mesh), format="csr")[order]
    return mesh.mix(table, back[mesh.faces], mesh.label), found


def joint_regressor(mesh: Mesh, shaped_joints: np.ndarray, near: int = 160) -> np.ndarray:
    """Weights (55, V): means of vertices around each joint that give REST_JOINTS, and their shape directions.

    shaped_joints: (K, 55, 3) m, how far each joint moves along a shape direction. The smallest change of
    the plain mean that meets all of these equations.
    """
    out = np.zeros((55, len(mesh)))
    shapes = mesh.shapes.reshape(len(mesh), -1, 3)
    tree = cKDTree(mesh.place)
    for j in range(55):
        _, ids = tree.query(REST_JOINTS[j], k=near)
        rows = [np.ones(near), *mesh.place[ids].T, *shapes[ids].reshape(near, -1).T]
        wanted = np.concatenate([[1.0], REST_JOINTS[j], shaped_joints[:, j].ravel()])
        a = np.stack(rows)
        plain = np.full(near, 1 / near)
        out[j, ids] = plain + np.linalg.lstsq(a, wanted - a @ plain, rcond=1e-9)[0]
    return out


def face_array(mesh: Mesh) -> np.ndarray:
    """Face units as (52, V, 3) m."""
    return np.asarray(mesh.units.todense()).reshape(len(mesh), len(FACE_NAMES), 3).transpose(1, 0, 2)


def save_npz(path: Path, mesh: Mesh, regressor: np.ndarray, expressions: np.ndarray,
             materials: tuple[str, ...]) -> None:
    """Write SMPL-X's keys, as smplx 0.1.28 needs them, and ours.

    Ours: `face_units_rows` (N,), `face_units_target` (N,), `face_units` (N, 3) m, the rows of the 52 offset
    tables that aren't zero; `vertex_colors` (V, 3) sRGB; `face_material` (F,) and `material_names`.
    """
    v = len(mesh)
    units = face_array(mesh)
    target, rows = np.nonzero(np.abs(units).max(2) > 2e-6)
    shapes = mesh.shapes.reshape(v, -1, 3).transpose(0, 2, 1)
    ten = np.zeros((v, 3, 10))
    ten[:, :, :shapes.shape[2]] = shapes
    expression = np.tensordot(expressions, units, 1).transpose(1, 2, 0)
    nose = int(np.argmin(np.linalg.norm(mesh.place - landmarks()["nose"], axis=1)))
    face = int(np.flatnonzero((mesh.faces == nose).any(1))[0]) if (mesh.faces == nose).any() else 0
    arrays = {
        "v_template": mesh.place.astype(np.float32), "f": mesh.faces.astype(np.uint32),
        "weights": mesh.weights.astype(np.float32), "J_regressor": regressor.astype(np.float32),
        "kintree_table": np.array([PARENTS, range(55)], np.int64),
        "shapedirs": np.concatenate([ten, expression], 2).astype(np.float32),
        "posedirs": np.zeros((v, 3, 486), np.int8),
        "hands_componentsl": np.eye(45, dtype=np.float32), "hands_componentsr": np.eye(45, dtype=np.float32),
        "hands_meanl": np.zeros(45, np.float32), "hands_meanr": np.zeros(45, np.float32),
        "lmk_faces_idx": np.full(51, face, np.int64),
        "lmk_bary_coords": np.full((51, 3), 1 / 3, np.float32),
        "face_units_rows": rows.astype(np.uint16), "face_units_target": target.astype(np.uint8),
        "face_units": units[target, rows].astype(np.float32),
        "vertex_colors": np.round(mesh.colour * 255).clip(0, 255).astype(np.uint8),
        "face_material": mesh.label.astype(np.uint8), "material_names": np.array(materials),
    }
    with replacing(path) as part, open(part, "xb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
