"""The body: a mesh on the 55 SMPL-X joints, posed by linear blend skinning, with a face.

The one that the app ships (assets/body) is free; a user's licensed SMPL-X file, named by DANCE_SMPLX, is used
in its place. Both are read from SMPL-X's npz layout: v = sum_j w_j (R_j (t - J_j) + J_j), with t the template
plus shape, face and pose offsets, and J the joints at rest (Loper et al., SMPL, 2015; Pavlakos et al.,
SMPL-X, 2019).
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion.motion import Motion
from dance_core.motion.shape import leg_factor
from dance_core.motion.skeleton import FACE_NAMES, PARENTS, PELVIS_HEIGHT, REST_JOINTS
from dance_core.settings import ASSETS

BUNDLED = ASSETS / "body" / "SMPLX_NEUTRAL.npz"
_NEEDED = ("v_template", "f", "weights", "J_regressor", "shapedirs", "posedirs", "kintree_table")
_MAX_MB = 1_024
_PLAIN = (0.62, 0.64, 0.70)  # a body without colours of its own


@dataclass(frozen=True, eq=False)
class Body:
    """A body at rest.

    Attributes:
        template: (V, 3) m, T-pose facing +Z, Y up.
        faces: (F, 3) vertex ids.
        weights: (V, 55), rows summing to 1.
        joints: (55, 3) m at rest.
        regressor: (55, V), joints as means of vertices.
        shapes: (V, 3, B) m for each unit of `betas`.
        correctives: (V, 3, 486) m or None: SMPL's pose blend shapes; None if all are zero.
        units: (V * 3, 52) sparse, m, face units; None if the file has none.
        colours: (V, 3) sRGB 0 to 1.
        materials: (F,) number of each triangle's material, and their names.
    """

    template: np.ndarray
    faces: np.ndarray
    weights: np.ndarray
    joints: np.ndarray
    regressor: np.ndarray
    shapes: np.ndarray
    correctives: np.ndarray | None
    units: sparse.csr_matrix | None
    colours: np.ndarray
    materials: np.ndarray
    material_names: tuple[str, ...]

    @cached_property
    def in_face(self) -> np.ndarray:
        """(V,) whether a face unit moves the vertex."""
        if self.units is None:
            return np.zeros(len(self.template), bool)
        return (abs(self.units).max(1).toarray().reshape(-1, 3) > 0).any(1)

    @cached_property
    def skin(self) -> sparse.csr_matrix:
        """The weights as a sparse matrix."""
        return sparse.csr_matrix(self.weights)

    @cached_property
    def _welded(self) -> np.ndarray:
        """(V,) number of the place that a vertex shares with others: seams of colour must not show as
        creases."""
        keys = np.concatenate([np.round(self.template, 6), np.round(self.weights, 3)], 1)
        _, same = np.unique(keys, axis=0, return_inverse=True)
        return same.ravel()

    @cached_property
    def _corner_sum(self) -> sparse.csr_matrix:
        """(places, 3 F) matrix that sums triangles' normals at each place."""
        f = len(self.faces)
        rows, cols = self._welded[self.faces].ravel(), np.repeat(np.arange(f), 3)
        return sparse.csr_matrix((np.ones(3 * f, np.float32), (rows, cols)),
                                 shape=(self._welded.max() + 1, f))

    @cached_property
    def _last(self) -> dict[bytes, tuple[np.ndarray, np.ndarray]]:
        return {}

    @cached_property
    def ours(self) -> bool:
        """Whether it is made for the skeleton that motions are made for, and its betas mean what ours do."""
        return self.joints is REST_JOINTS or np.array_equal(self.joints, REST_JOINTS)

    def lift(self, betas: ArrayLike = ()) -> float:
        """How much higher (m) this body's pelvis is over its soles than the skeleton's, both of these betas.
        0 for the bundled body; with a foreign one, feet would hang or sink without it."""
        if self.ours:
            return 0.0
        sole = (self.shaped(betas) if np.any(betas) else self.template)[:, 1].min()
        return float(self.joints_at(betas)[0, 1] - sole) - leg_factor(betas) * PELVIS_HEIGHT

    def place(self, motion: Motion) -> np.ndarray:
        """Where its pelvis is (T, 3) m in a motion, standing on the floor that the motion stands on."""
        return motion.translation + np.array([0.0, self.lift(motion.betas), 0.0], np.float32)

    def joints_at(self, betas: ArrayLike) -> np.ndarray:
        """Joints at rest (55, 3) m of a body shape; `betas` beyond the file's are ignored."""
        return self._built(betas)[1]

    def shaped(self, betas: ArrayLike) -> np.ndarray:
        """Template (V, 3) m of a body shape."""
        b = np.asarray(betas, np.float64)[:self.shapes.shape[2]]
        return self.template + self.shapes[:, :, :len(b)] @ b

    def _built(self, betas: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Template (V, 3) and joints (55, 3) m of a body shape, the last one kept: a dance has one."""
        key = np.asarray(betas, np.float64).tobytes()
        if not np.any(betas):
            return self.template, self.joints
        if key not in self._last:
            template = self.shaped(betas)
            self._last.clear()
            self._last[key] = template, self.regressor @ template
        return self._last[key]

    def pose(self, rotations: ArrayLike, pelvis: ArrayLike, face: ArrayLike | None = None,
             betas: ArrayLike = ()) -> np.ndarray:
        """Vertices (T, V, 3) m, float32.

        rotations: (T, 55, 3) axis-angle, as in Motion. pelvis: (T, 3) m, world place of the pelvis joint.
        face: (T, 52) ARKit coefficients, or None. betas: shape. Memory: 36 bytes a vertex and frame.
        """
        turn = rot.matrix_from_axis_angle(rotations)
        return np.stack([self._frame(turn[t], np.asarray(pelvis)[t],
                                     None if face is None else np.asarray(face)[t], betas)
                         for t in range(len(turn))])

    def frame(self, motion: Motion, frame: int) -> np.ndarray:
        """Vertices (V, 3) m of one frame of a motion."""
        turn = rot.matrix_from_axis_angle(motion.rotations[frame])
        pelvis = motion.translation[frame] + [0.0, self.lift(motion.betas), 0.0]
        return self._frame(turn, pelvis, motion.face[frame], motion.betas)

    def _frame(self, turn: np.ndarray, pelvis: np.ndarray, face: np.ndarray | None,
               betas: ArrayLike) -> np.ndarray:
        template, rest = self._built(betas)
        if face is not None and self.units is not None and np.any(face):
            template = template + (self.units @ np.asarray(face, np.float64)).reshape(-1, 3)
        if self.correctives is not None:
            template = template + self.correctives @ (turn[1:] - np.eye(3)).ravel()
        world, places = chain(turn, rest, pelvis)
        moves = np.concatenate([world, (places - np.einsum("jab,jb->ja", world, rest))[:, :, None]], 2)
        blended = (self.skin @ moves.reshape(55, 12)).reshape(-1, 3, 4)
        out = np.einsum("vab,vb->va", blended[:, :, :3], template) + blended[:, :, 3]
        return out.astype(np.float32)

    def normals(self, vertices: np.ndarray) -> np.ndarray:
        """Unit normals (V, 3) float32 of posed vertices (V, 3), smooth over seams of colour."""
        a, b, c = (vertices[self.faces[:, k]] for k in range(3))
        total = (self._corner_sum @ np.cross(b - a, c - a))[self._welded]
        return (total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)).astype(np.float32)


def chain(turn: np.ndarray, rest: np.ndarray, pelvis: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """World rotations (55, 3, 3) and places (55, 3) from local rotations, for joints `rest` (55, 3) m."""
    world, places = np.empty((55, 3, 3)), np.empty((55, 3))
    world[0], places[0] = turn[0], pelvis
    for j in range(1, 55):
        p = PARENTS[j]
        world[j] = world[p] @ turn[j]
        places[j] = places[p] + world[p] @ (rest[j] - rest[p])
    return world, places


def load_body(path: Path | None = None) -> Body:
    """The body of an npz in SMPL-X's layout; by default the one that the app ships. Loaded once.

    Raises UserError, one sentence, for a file that is missing, none of SMPL-X's, or damaged.
    """
    path = BUNDLED if path is None else Path(path)
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        raise UserError(f"There is no body {path.name!r} where DANCE_SMPLX says.") from None
    return _load(path, stamp)


@lru_cache(maxsize=2)
def _load(path: Path, stamp: int) -> Body:
    arrays = _read(path)
    v = len(arrays["v_template"])
    template = arrays["v_template"].astype(np.float64)
    regressor = arrays["J_regressor"].astype(np.float64)
    joints = regressor @ template
    if np.abs(joints - REST_JOINTS).max() < 1e-5:
        joints = REST_JOINTS.copy()
    shapes = arrays["shapedirs"].astype(np.float64)
    shapes = shapes[:, :, :300 if shapes.shape[2] >= 400 else 10]
    pose = arrays["posedirs"]
    units = None
    if "face_units" in arrays:
        rows = arrays["face_units_rows"].astype(np.int64)
        index = (3 * rows[:, None] + np.arange(3)).ravel()
        units = sparse.csr_matrix((arrays["face_units"].astype(np.float64).ravel(),
                                   (index, np.repeat(arrays["face_units_target"], 3))),
                                  shape=(3 * v, len(FACE_NAMES)))
    colours = arrays.get("vertex_colors")
    names = tuple(str(n) for n in arrays.get("material_names", np.array(["suit"])))
    faces = arrays["f"].astype(np.int64)
    return Body(
        template, faces, arrays["weights"].astype(np.float64), joints, regressor, shapes,
        pose.astype(np.float64) if pose.any() else None, units,
        np.tile(_PLAIN, (v, 1)) if colours is None else colours / 255.0,
        arrays.get("face_material", np.zeros(len(faces), np.uint8)), names)


def _read(path: Path) -> dict[str, np.ndarray]:
    """The arrays of the file, their shapes checked."""
    name = path.name
    if path.stat().st_size > _MAX_MB * 1e6:
        raise UserError(f"{name} has {path.stat().st_size / 1e6:.0f} MB; a body model has at most {_MAX_MB}.")
    optional = ("face_units", "face_units_rows", "face_units_target", "vertex_colors", "face_material",
                "material_names")
    try:
        with np.load(path, allow_pickle=False) as file:
            missing = [k for k in _NEEDED if k not in file.files]
            if missing:
                kind = " It looks like a motion, not a body." if "poses" in file.files else ""
                raise UserError(f"{name} is no body in SMPL-X's npz layout: it has no {missing[0]!r}.{kind}")
            arrays = {k: file[k] for k in (*_NEEDED, *optional) if k in file.files}
    except UserError:
        raise
    except (ValueError, OSError, zipfile.BadZipFile, zlib.error, EOFError, KeyError):
        raise UserError(f"{name} can't be read as a body: a SMPL-X model is needed as .npz file "
                        "(SMPLX_NEUTRAL.npz), whole and without pickled parts.") from None
    v = len(arrays["v_template"])
    f = len(arrays["f"])
    joints = arrays["weights"].shape[-1]
    if joints != 55:
        raise UserError(f"{name} has {joints} joints; SMPL-X has 55 (SMPL has 24 and SMPL+H 52).")
    shapes = {"v_template": (v, 3), "f": (f, 3), "weights": (v, 55), "J_regressor": (55, v),
              "posedirs": (v, 3, 486)}
    for key, shape in shapes.items():
        if arrays[key].shape != shape or arrays[key].dtype.kind not in "fiu":
            raise UserError(f"{name}: {key!r} has shape {arrays[key].shape}, but {shape} was expected.")
    directions = arrays["shapedirs"].shape
    if len(directions) != 3 or directions[:2] != (v, 3) or directions[2] < 10:
        raise UserError(f"{name}: 'shapedirs' has shape {directions}, but ({v}, 3, 10 or more) was expected.")
    if f and int(arrays["f"].max()) >= v:
        raise UserError(f"{name}: a triangle names vertex {int(arrays['f'].max())} of {v}.")
    if tuple(int(p) for p in arrays["kintree_table"][0, 1:]) != PARENTS[1:]:
        raise UserError(f"{name}: its joints hang together differently from SMPL-X's.")
    if not all(np.isfinite(arrays[k]).all() for k in (*shapes, "shapedirs") if arrays[k].dtype.kind == "f"):
        raise UserError(f"{name} holds NaN or infinity.")
    return arrays

