"""From base mesh to dancer: which surfaces are kept, how they are shaped and what they are made of.

Clothes are the skin laid onto MakeHuman's smooth "tights" helper, cut along clean lines and lifted off by
a few millimetres; each piece reaches a little under the next, so that nothing gapes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from dance_core.body.build import head
from dance_core.body.build.mesh import Mesh, cut, join, region, subdivide
from dance_core.body.build.palette import Zone
from dance_core.body.build.source import Source
from dance_core.motion.skeleton import REST_JOINTS, SOLE_Y, joint

UNDER = 0.022  # m that a piece goes on under the one over it
HEM = 0.118  # m, height of the shirt's hem at the sides
SHOE_TOP = SOLE_Y + 0.098
TROUSER_END = SOLE_Y + 0.080
SOLE = 0.024  # m, thickness of the soles


@dataclass(frozen=True)
class Parts:
    """Pieces of the base mesh, all vertices with weights, face units and shapes."""

    skin: Mesh
    tights: Mesh
    eyes: tuple[Mesh, Mesh]
    teeth: tuple[Mesh, Mesh]  # upper and lower
    lashes: tuple[Mesh, ...]
    tongue: Mesh


def base_mesh(source: Source, place: np.ndarray, weights: np.ndarray, units: np.ndarray, shapes: np.ndarray,
              group: str, colour: np.ndarray) -> Mesh:
    """A group of the base mesh with all that its vertices carry; quads split in two."""
    quads = source.base[1][group]
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    n = len(place)
    whole = Mesh(place, faces, weights, sparse.csr_matrix(units.transpose(1, 0, 2).reshape(n, -1)),
                 shapes.transpose(1, 0, 2).reshape(n, -1), colour, np.zeros(len(faces), int))
    return whole.keep(np.ones(len(faces), bool))


def collar(p: np.ndarray) -> np.ndarray:
    """Height (V,) m above the collar's plane, which falls towards the front."""
    return p[:, 1] - (0.584 - 0.50 * (p[:, 2] - 0.005))


def cuff(p: np.ndarray) -> np.ndarray:
    """Distance (V,) m beyond the cuffs, at the wrists."""
    return np.abs(p[:, 0]) - (REST_JOINTS[joint("left_wrist"), 0] - 0.018)


def hem(p: np.ndarray) -> np.ndarray:
    """Height (V,) m above the shirt's hem, a little lower behind."""
    return p[:, 1] - HEM - 0.09 * np.clip(p[:, 2], -0.12, 0.08)


def dress(parts: Parts) -> Mesh:
    """The dancer. Triangles' labels are zones; pieces that the face moves are among them."""
    skin = parts.skin
    under = smooth_weights(laid_on(skin, parts.tights))
    neck = np.where(np.abs(skin.place[:, 0]) < 0.13, collar(skin.place) + UNDER, -1.0)
    pieces = [*head.pieces(region(skin, neck), parts.eyes, parts.teeth, parts.tongue,
                          parts.lashes),
              head.bare(region(skin, cuff(skin.place) + UNDER)),
              *shirt(under), *trousers(under)]
    for side in (1, -1):
        pieces.append(shoe(parts.tights, side))
    return join(pieces)


def laid_on(skin: Mesh, tights: Mesh) -> Mesh:
    """The skin that clothes cover, moved onto the smooth surface of the tights."""
    fine = subdivide(subdivide(tights))
    out = fine.normals()
    inside = -np.maximum(collar(skin.place) - 0.03, cuff(skin.place) - 0.02)
    share = np.clip(inside / 0.03, 0, 1)[:, None]
    _, near = cKDTree(fine.place).query(skin.place)
    by = out[near] * np.einsum("ij,ij->i", fine.place[near] - skin.place, out[near])[:, None]
    moved = skin.moved(share * by)
    mean = moved.neighbours()
    place = moved.place
    for _ in range(6):
        place = place + share * 0.5 * (mean @ place - place)
    return replace(moved, place=place)


def smooth_weights(mesh: Mesh, rounds: int = 10) -> Mesh:
    """Weights of shoulders and hips blended more softly: MakeHuman's are made for arms that hang."""
    p = mesh.place
    near = np.zeros(len(mesh))
    for name, reach in (("shoulder", 0.20), ("hip", 0.17)):
        for side in ("left_", "right_"):
            away = np.linalg.norm(p - REST_JOINTS[joint(side + name)], axis=1)
            near = np.maximum(near, np.clip(1.6 * (1 - away / reach), 0, 1))
    near = (near * np.clip(-collar(p) / 0.09, 0, 1))[:, None]
    mean = mesh.neighbours()
    w = mesh.weights
    for _ in range(rounds):
        w = w + 0.5 * near * (mean @ w - w)
    # beside the neck an upper arm pulls at nothing: the collar bone has it
    far = np.clip((np.abs(p[:, 0]) - 0.085) / 0.055, 0, 1)
    far = np.where(p[:, 1] > 0.47, np.maximum(far, np.clip((0.53 - p[:, 1]) / 0.06, 0, 1)), 1.0)
    w = w.copy()
    for side in ("left_", "right_"):
        arm, bone = joint(side + "shoulder"), joint(side + "collar")
        taken = w[:, arm] * (1 - far)
        w[:, arm] -= taken
        w[:, bone] += taken
    return replace(mesh, weights=w / w.sum(1, keepdims=True))


def lifted(mesh: Mesh, by: np.ndarray | float) -> Mesh:
    """Moved outwards along the normals, m."""
    return mesh.moved(mesh.normals() * np.broadcast_to(by, len(mesh))[:, None])


def shirt(under: Mesh) -> list[Mesh]:
    """A shirt with raglan sleeves: body, and a sleeve in each side's colour."""
    out = region(under, -collar(under.place))
    out = region(out, -cuff(out.place))
    out = region(out, hem(out.place))
    p = out.place
    edge = np.minimum(np.minimum(-collar(p), -cuff(p)), hem(p))
    out = lifted(out, 0.0022 + 0.0035 * np.clip(1 - edge / 0.05, 0, 1) * (hem(p) < 0.06)
                 + 0.0018 * (np.minimum(-collar(p), -cuff(p)) < 0.02))
    p = out.place
    out, sleeve = cut(out, np.abs(p[:, 0]) - (0.062 + 0.60 * (0.575 - p[:, 1])))
    left = out.place[out.faces].mean(1)[:, 0] > 0
    out = replace(out, label=np.where(sleeve, np.where(left, Zone.LEFT, Zone.RIGHT), Zone.TOP))
    band = np.minimum(-cuff(out.place) - 0.016, 10)  # a dark cuff
    out, cloth = cut(out, band)
    out = replace(out, label=np.where(cloth, out.label, Zone.TROUSERS))
    ring, cloth = cut(out, -collar(out.place) - 0.011)  # a dark collar
    return [replace(ring, label=np.where(cloth, ring.label, Zone.TROUSERS))]


def trousers(under: Mesh) -> list[Mesh]:
    """Dark, with a stripe down each outer side in that side's colour."""
    out = region(under, UNDER - hem(under.place))
    out = region(out, np.where(np.abs(out.place[:, 0]) < 0.3, out.place[:, 1] - TROUSER_END, -1.0))
    p = out.place
    low = np.clip(1 - (p[:, 1] - TROUSER_END) / 0.10, 0, 1)
    out = lifted(out.labelled(Zone.LEFT), 0.0008 + 0.0095 * low)
    for edge in (-0.014, 0.014, None):  # one straight cut after another: a stripe is thinner than triangles
        p = out.place
        knots = [REST_JOINTS[joint(f"left_{n}")] for n in ("ankle", "knee", "hip")]
        x, z = (np.interp(p[:, 1], [k[1] for k in knots], [k[axis] for k in knots]) for axis in (0, 2))
        level = np.abs(p[:, 0]) - x if edge is None else p[:, 2] - z + 0.006 - edge
        out, above = cut(out, level)
        inside = above if edge != 0.014 else ~above
        out = replace(out, label=np.where(inside, out.label, Zone.TROUSERS))
    left = out.place[out.faces].mean(1)[:, 0] > 0
    stripe = out.label != Zone.TROUSERS
    return [replace(out, label=np.where(stripe, np.where(left, Zone.LEFT, Zone.RIGHT), Zone.TROUSERS))]


def shoe(tights: Mesh, side: int) -> Mesh:
    """A trainer around the foot of the tights: upper in the side's colour, light sole."""
    p = tights.place
    foot = region(tights, np.where(p[:, 0] * side > 0.02, SHOE_TOP + 0.012 - p[:, 1], -1.0))
    foot = subdivide(foot)
    p, out = foot.place, foot.normals()
    height = p[:, 1] - SOLE_Y
    toes = np.clip((p[:, 2] - 0.09) / 0.06, 0, 1) * (out[:, 1] > 0.1)
    shaft = np.clip((0.085 - height) / 0.03, 0, 1)  # the top goes into the trousers
    foot = foot.moved(out * (-0.002 + 0.0065 * shaft + 0.003 * toes)[:, None])
    upper = region(foot, foot.place[:, 1] - SOLE_Y - SOLE)
    return join([upper.labelled(Zone.LEFT_SHOE if side > 0 else Zone.RIGHT_SHOE), sole(upper)])


def sole(upper: Mesh) -> Mesh:
    """A sole under the rim that the cut left: a lip, a wall, a flat bottom at the floor."""
    loop = _lowest_loop(upper)
    p = upper.place[loop]
    along = np.roll(p, -1, 0) - np.roll(p, 1, 0)
    away = np.cross(along, [0.0, 1.0, 0.0])
    length = np.linalg.norm(away, axis=1, keepdims=True)
    away *= np.sign(((p - p.mean(0)) * away).sum()) / np.maximum(length, 1e-9)
    n = len(loop)
    for _ in range(4):  # a rim of a cut is uneven; a sole isn't
        away = (np.roll(away, 1, 0) + 2 * away + np.roll(away, -1, 0)) / 4
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    rows = sparse.identity(len(upper), format="csr")[np.tile(loop, 5)]
    top = SOLE_Y + SOLE
    rings = [(0.0, top + 0.002), (0.0055, top), (0.0065, SOLE_Y + 0.006), (0.003, SOLE_Y), (0.0, SOLE_Y)]
    faces = []
    for ring in range(len(rings) - 1):
        a = ring * n + np.arange(n)
        b = ring * n + (np.arange(n) + 1) % n
        faces += [np.stack([a, b, b + n], 1), np.stack([a, b + n, a + n], 1)]
    toe = int(np.argmax(p[:, 2]))  # the bottom closes from toe to heel like a zip, so that it can bend there
    last = 4 * n
    for i in range((n - 1) // 2):
        a, b = last + (toe + i) % n, last + (toe + i + 1) % n
        c, d = last + (toe - i) % n, last + (toe - i - 1) % n
        faces.append(np.array([[a, b, d], [a, d, c]]))
    triangles = np.concatenate(faces)
    triangles = triangles[(triangles[:, 0] != triangles[:, 1]) & (triangles[:, 1] != triangles[:, 2])
                          & (triangles[:, 2] != triangles[:, 0])]
    made = upper.mix(rows, triangles, np.full(len(triangles), Zone.SOLE))
    place = np.concatenate([p * [1, 0, 1] + away * out + [0, y, 0] for out, y in rings])
    wall = np.cross(*(place[triangles[0]][k] - place[triangles[0]][0] for k in (1, 2)))
    if wall @ away[0] < 0:
        made = replace(made, faces=triangles[:, ::-1])
    return replace(made, place=place)


def _lowest_loop(mesh: Mesh) -> np.ndarray:
    """Vertices of the rim that lies lowest, in order."""
    after = {int(a): int(b) for a, b in mesh.rim()}
    start = min(after, key=lambda v: mesh.place[v, 1])
    loop = [start]
    while (follow := after[loop[-1]]) != start:
        loop.append(follow)
    return np.array(loop)
