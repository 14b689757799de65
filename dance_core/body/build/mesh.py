"""A surface with everything that its vertices carry, and the few operations that dress a body.

All that a vertex carries is linear, so an operation is a sparse matrix that says of which old vertices each
new one is the mean: subdividing, cutting along a line and dropping all go through `mix`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles and vertices.

    Attributes:
        place: (V, 3) m in the T-pose.
        faces: (F, 3) vertex ids, counter-clockwise from outside.
        weights: (V, 55) joints, rows summing to 1.
        units: (V, 156) sparse, face-unit offsets in m, 52 times x y z.
        shapes: (V, 3 K) shape directions in m.
        colour: (V, 3) sRGB 0 to 1.
        label: (F,) int, which material a triangle is of.
    """

    place: np.ndarray
    faces: np.ndarray
    weights: np.ndarray
    units: sparse.csr_matrix
    shapes: np.ndarray
    colour: np.ndarray
    label: np.ndarray

    def __len__(self) -> int:
        return len(self.place)

    def mix(self, table: sparse.csr_matrix, faces: np.ndarray, label: np.ndarray) -> "Mesh":
        """New vertices as the old ones' means, `table` (V', V), with new triangles."""
        return Mesh(table @ self.place, faces, table @ self.weights, (table @ self.units).tocsr(),
                    table @ self.shapes, table @ self.colour, label)

    def keep(self, which: np.ndarray) -> "Mesh":
        """The triangles of a mask (F,), without the vertices that no other triangle uses."""
        used, faces = np.unique(self.faces[which], return_inverse=True)
        return self.mix(sparse.identity(len(self), format="csr")[used], faces.reshape(-1, 3),
                        self.label[which])

    def painted(self, colour: tuple[float, float, float]) -> "Mesh":
        """All of one colour."""
        return replace(self, colour=np.tile(np.asarray(colour, float), (len(self), 1)))

    def labelled(self, label: int) -> "Mesh":
        """All of one material."""
        return replace(self, label=np.full(len(self.faces), label))

    def moved(self, by: np.ndarray) -> "Mesh":
        """Vertices shifted by (V, 3) m."""
        return replace(self, place=self.place + by)

    def normals(self) -> np.ndarray:
        """Unit normals (V, 3), area-weighted; vertices at one place share theirs: seams don't show."""
        return normals(self.place, self.faces)

    def edges(self) -> np.ndarray:
        """(E, 2) vertex ids, smaller first, each edge once."""
        e = np.sort(np.concatenate([self.faces[:, [0, 1]], self.faces[:, [1, 2]], self.faces[:, [2, 0]]]), 1)
        return np.unique(e, axis=0)

    def rim(self) -> np.ndarray:
        """(E, 2) directed edges that belong to one triangle only."""
        e = np.concatenate([self.faces[:, [0, 1]], self.faces[:, [1, 2]], self.faces[:, [2, 0]]])
        _, inverse, count = np.unique(np.sort(e, 1), axis=0, return_inverse=True, return_counts=True)
        return e[count[inverse.ravel()] == 1]

    def neighbours(self) -> sparse.csr_matrix:
        """(V, V) matrix that means over a vertex' neighbours."""
        e = self.edges()
        a = sparse.coo_matrix((np.ones(2 * len(e)), (np.r_[e[:, 0], e[:, 1]], np.r_[e[:, 1], e[:, 0]])),
                              shape=(len(self), len(self))).tocsr()
        return sparse.diags(1 / np.maximum(np.asarray(a.sum(1)).ravel(), 1)) @ a


def normals(place: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """See `Mesh.normals`."""
    corners = place[faces]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    _, same = np.unique(np.round(place, 6), axis=0, return_inverse=True)
    same = same.ravel()
    total = np.zeros((same.max() + 1, 3))
    for k in range(3):
        np.add.at(total, same[faces[:, k]], across)
    out = total[same]
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def join(parts: list[Mesh]) -> Mesh:
    """Several meshes side by side."""
    starts = np.cumsum([0, *(len(p) for p in parts)])[:-1]
    return Mesh(np.concatenate([p.place for p in parts]),
                np.concatenate([p.faces + s for p, s in zip(parts, starts, strict=True)]),
                np.concatenate([p.weights for p in parts]),
                sparse.vstack([p.units for p in parts]).tocsr(),
                np.concatenate([p.shapes for p in parts]), np.concatenate([p.colour for p in parts]),
                np.concatenate([p.label for p in parts]))


def cut(mesh: Mesh, level: np.ndarray) -> tuple[Mesh, np.ndarray]:
    """Split triangles along the line where `level` (V,) is 0; then each lies on one side.

    Returns the mesh and for each triangle whether it lies where `level` was above 0.
    """
    level = np.where(np.abs(level) < 1e-7, 1e-7, level)
    e = mesh.edges()
    crossed = e[(level[e[:, 0]] > 0) != (level[e[:, 1]] > 0)]
    t = level[crossed[:, 0]] / (level[crossed[:, 0]] - level[crossed[:, 1]])
    n, m = len(mesh), len(crossed)
    rows = np.r_[np.arange(n), n + np.arange(m), n + np.arange(m)]
    table = sparse.csr_matrix((np.r_[np.ones(n), 1 - t, t],
                               (rows, np.r_[np.arange(n), crossed[:, 0], crossed[:, 1]])), shape=(n + m, n))
    middle = {(int(a), int(b)): n + i for i, (a, b) in enumerate(crossed)}
    faces: list[tuple[int, int, int]] = []
    label: list[int] = []
    above: list[bool] = []
    for face, lab in zip(mesh.faces.tolist(), mesh.label.tolist(), strict=True):
        up = [level[i] > 0 for i in face]
        if up[0] == up[1] == up[2]:
            pieces = [(tuple(face), up[0])]
        else:
            lone = next(i for i in range(3) if up[i] != up[(i + 1) % 3] and up[i] != up[(i + 2) % 3])
            a, b, c = face[lone], face[(lone + 1) % 3], face[(lone + 2) % 3]
            ab, ac = middle[min(a, b), max(a, b)], middle[min(a, c), max(a, c)]
            pieces = [((a, ab, ac), up[lone]), ((ab, b, c), not up[lone]), ((ab, c, ac), not up[lone])]
        for piece, side in pieces:
            faces.append(piece)
            label.append(lab)
            above.append(side)
    return mesh.mix(table, np.array(faces), np.array(label)), np.array(above)


def region(mesh: Mesh, level: np.ndarray) -> Mesh:
    """What lies where `level` (V,) is above 0, cut along the line where it is 0."""
    out, inside = cut(mesh, level)
    return out.keep(inside)


def subdivide(mesh: Mesh, smooth: bool = True) -> Mesh:
    """Each triangle in four; with `smooth`, by Loop's rule (C. Loop, 1987), rims by a cubic spline."""
    e = mesh.edges()
    n, m = len(mesh), len(e)
    number = {(int(a), int(b)): i for i, (a, b) in enumerate(e)}
    faces = np.array([[number[min(f[i], f[j]), max(f[i], f[j])] for i, j in ((0, 1), (1, 2), (2, 0))]
                      for f in mesh.faces.tolist()]) + n
    odd = sparse.lil_matrix((m, n))
    odd[np.arange(m), e[:, 0]] = 0.5
    odd[np.arange(m), e[:, 1]] = 0.5
    even = sparse.identity(n, format="csr")
    if smooth:
        odd, even = _loop(mesh, e, number, odd)
    a, b, c = mesh.faces.T
    ab, bc, ca = faces.T
    four = np.concatenate([np.stack(t, 1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))])
    return mesh.mix(sparse.vstack([even, odd]).tocsr(), four, np.tile(mesh.label, 4))


def _loop(mesh: Mesh, e: np.ndarray, number: dict[tuple[int, int], int],
          odd: sparse.lil_matrix) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Loop's weights: new vertices on edges (E, V) and old vertices (V, V)."""
    n = len(mesh)
    rim = mesh.rim()
    on_rim = np.zeros(n, bool)
    on_rim[rim.ravel()] = True
    rim_edges = {number[min(a, b), max(a, b)] for a, b in rim.tolist()}
    inner = np.array([i not in rim_edges for i in range(len(e))])
    rows, cols = [], []
    for f in mesh.faces.tolist():
        for i in range(3):
            a, b = f[i], f[(i + 1) % 3]
            rows.append(number[min(a, b), max(a, b)])
            cols.append(f[(i + 2) % 3])
    opposite = sparse.coo_matrix((np.full(len(rows), 0.125), (rows, cols)), shape=(len(e), n)).tocsr()
    keep = sparse.diags(inner.astype(float))
    odd = (sparse.diags(np.where(inner, 0.75, 1.0)) @ odd.tocsr() + keep @ opposite).tocsr()
    mean = mesh.neighbours()
    k = np.asarray((mean > 0).sum(1)).ravel()
    share = k * np.where(k == 3, 3 / 16, 3 / (8 * np.maximum(k, 1)))
    inside = sparse.diags(np.where(on_rim, 0.0, 1 - share)) \
        + sparse.diags(np.where(on_rim, 0.0, share)) @ mean
    along = sparse.coo_matrix((np.full(2 * len(rim), 0.125), (np.r_[rim[:, 0], rim[:, 1]],
                               np.r_[rim[:, 1], rim[:, 0]])), shape=(n, n)).tocsr()
    border = sparse.diags(np.where(on_rim, 0.75, 0.0)) + sparse.diags(on_rim.astype(float)) @ along
    return odd, (inside + border).tocsr()
