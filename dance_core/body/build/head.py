"""The head: skin with lips and lids, hair, brows, eyes, teeth and tongue."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from dance_core.body.build.mesh import Mesh, cut, region, subdivide
from dance_core.body.build.palette import Zone
from dance_core.motion.skeleton import FACE_NAMES, REST_JOINTS, joint

EYE = REST_JOINTS[joint("left_eye_smplhf")]
IRIS, PUPIL = 0.0061, 0.0027  # m, radii
_SKIN = np.array([206, 158, 128]) / 255
_LIPS = np.array([178, 104, 92]) / 255
_LID = np.array([96, 62, 52]) / 255
_HAIR = np.array([62, 47, 43]) / 255
_INSIDE = np.array([92, 34, 38]) / 255
# a brow's middle line: across and up from the eye's centre, m, and half its thickness
_BROW = np.array([[-0.0175, 0.0165, 0.0026], [-0.008, 0.0195, 0.0034], [0.004, 0.0215, 0.0031],
                  [0.013, 0.0205, 0.0023], [0.0205, 0.0160, 0.0009]])


def pieces(skin: Mesh, eyes: tuple[Mesh, Mesh], teeth: tuple[Mesh, Mesh], tongue: Mesh,
           lashes: tuple[Mesh, ...]) -> list[Mesh]:
    """All of the head, each piece labelled with its zones. The vertices' colours come as a mask of lips."""
    lower = lying(tongue, teeth[1])
    return [skinned(skin, eyes), hair(skin), *brows(skin), *(eye(e) for e in eyes),
            *(t.labelled(Zone.TEETH).moved(np.array([0.0, 0.0, -0.003])) for t in teeth),
            lower.labelled(Zone.TONGUE),
            *(t.labelled(Zone.BROW) for t in lashes if t.place[:, 1].mean() > EYE[1])]


def lying(tongue: Mesh, teeth: Mesh) -> Mesh:
    """The tongue flat between the lower teeth, and going with them: its own face units leave it at the
    palate when the jaw opens, where it fills the mouth. Only tongueOut is its own."""
    middle = tongue.place.mean(0)
    place = middle + (tongue.place - middle) * [0.84, 0.55, 0.88] - [0, 0.0085, 0.007]
    units = sparse.csr_matrix(np.repeat(np.asarray(teeth.units.mean(0)), len(tongue), 0)).tolil()
    out = slice(3 * FACE_NAMES.index("tongueOut"), 3 * FACE_NAMES.index("tongueOut") + 3)
    units[:, out] = tongue.units[:, out]
    return replace(tongue, place=place, units=units.tocsr())


def skinned(skin: Mesh, eyes: tuple[Mesh, Mesh]) -> Mesh:
    """The skin with its colours; what lies deep under the hair is left out."""
    p = skin.place
    lips = np.clip(skin.colour[:, :1], 0, 1)
    colour = _SKIN + lips * (_LIPS - _SKIN)
    # cheeks, nose and ears have a little more blood
    for at, reach, much in (((0.045, 0.700, 0.125), 0.030, 0.35), ((0.0, 0.705, 0.165), 0.016, 0.30),
                            ((0.080, 0.735, 0.04), 0.030, 0.35)):
        away = np.linalg.norm(np.abs(p) * [1, 1, 0] + p * [0, 0, 1] - at, axis=1)
        warm = much * np.clip(1 - away / reach, 0, 1)[:, None]
        colour = colour * (1 - warm * [0.03, 0.16, 0.18])
    for ball in eyes:
        centre = REST_JOINTS[joint("left_eye_smplhf" if ball.place[:, 0].mean() > 0 else
                                   "right_eye_smplhf")]
        radius = np.linalg.norm(ball.place - centre, axis=1).mean()
        away = np.linalg.norm(p - centre, axis=1)
        upper = np.clip(0.4 + (p[:, 1] - centre[1]) / 0.008, 0, 1)
        dark = np.clip(1.3 - (away - radius) / 0.0020, 0, 1) * upper
        colour = colour + 0.7 * dark[:, None] * (_LID - colour)
    colour = np.where(enclosed(skin)[:, None], _INSIDE, colour)
    colour = 0.5 * (colour + skin.neighbours() @ colour)
    out = replace(skin, colour=colour).labelled(Zone.SKIN)
    return region(out, 0.0025 - hairline(out.place))


def bare(skin: Mesh) -> Mesh:
    """Skin of one colour."""
    return skin.painted(tuple(_SKIN)).labelled(Zone.SKIN)


def enclosed(skin: Mesh) -> np.ndarray:
    """Which vertices (V,) of mouth and nostrils face other skin nearby: the inside of the mouth.

    A ray along each normal against each triangle around the mouth (T. Möller and B. Trumbore, 1997).
    """
    p, normals = skin.place, skin.normals()
    box = (np.abs(p[:, 0]) < 0.042) & (p[:, 1] > 0.62) & (p[:, 1] < 0.722) & (p[:, 2] > 0.015)
    a, b, c = (p[skin.faces[box[skin.faces].all(1)][:, k]] for k in range(3))
    ab, ac = b - a, c - a
    out = np.zeros(len(p), bool)
    for v in np.flatnonzero(box):
        way = normals[v]
        across = np.cross(way, ac)
        det = (ab * across).sum(1)
        det = np.where(np.abs(det) < 1e-14, 1e-14, det)
        start = p[v] + 2e-4 * way - a
        u = (start * across).sum(1) / det
        side = np.cross(start, ab)
        w = (side @ way) / det
        far = (ac * side).sum(1) / det
        reach = 0.13 if p[v, 2] < 0.12 and p[v, 1] > 0.652 else 0.035  # m; the throat is further away
        out[v] = bool(((u >= 0) & (w >= 0) & (u + w <= 1) & (far > 0) & (far < reach)).any())
    mean, deep = skin.neighbours(), box & (p[:, 2] < 0.125) & (p[:, 1] > 0.648)
    for _ in range(6):  # rays that left through the lips leave holes
        out |= deep & (mean @ out.astype(float) > 0.45)
    return out


def hairline(p: np.ndarray) -> np.ndarray:
    """Height (V,) m above the line where the hair begins: forehead, over the ears, nape."""
    side = np.clip((np.abs(p[:, 0]) - 0.035) / 0.03, 0, 1)
    line = 0.732 + 0.60 * p[:, 2]
    ears = 0.023 * np.exp(-((p[:, 2] - 0.034) / 0.034) ** 2) * side
    return p[:, 1] - (line + ears)


def hair(skin: Mesh) -> Mesh:
    """Short at the sides and nape, thicker on top, swept back in soft locks."""
    p = skin.place
    near = region(skin, hairline(p) + 0.004)
    fine, soft = subdivide(near, smooth=False), subdivide(near)
    up = hairline(fine.place)
    inner = np.clip(up / 0.03, 0, 1)[:, None]  # smoothing would sink the edge into the skin
    fine = region(fine.moved(inner * (soft.place - fine.place)), up)
    p, out = fine.place, fine.normals()
    up = hairline(p)
    top = np.clip((p[:, 1] - 0.775) / 0.06, 0, 1)
    lock = np.sin(p[:, 0] * 140 + 2.2 * np.sin(p[:, 2] * 38 + 1) + 1.5 * np.sin(p[:, 0] * 47)) \
        * (0.75 + 0.25 * np.sin(p[:, 2] * 61 + p[:, 0] * 23))
    edge = np.clip(up / 0.030, 0, 1)
    edge = edge * edge * (3 - 2 * edge)
    wide = 1 - 0.45 * np.abs(out[:, 0])
    front = np.clip((p[:, 2] - 0.02) / 0.10, 0, 1) * top
    thick = 0.0020 + edge * wide * (0.006 + 0.010 * top + 0.006 * front + 0.0034 * lock * (0.25 + top))
    fine = fine.moved(out * thick[:, None] + (0.006 * edge * top)[:, None] * [0.0, 0.4, -0.3])
    shade = (0.92 + 0.30 * lock * (0.3 + 0.7 * top))[:, None]
    return replace(fine, colour=_HAIR * shade).labelled(Zone.HAIR)


def brows(skin: Mesh) -> list[Mesh]:
    """Two brows that lie on the forehead and move with it."""
    out = []
    for side in (1, -1):
        p = skin.place
        across = p[:, 0] * side - EYE[0]
        near = (p[:, 2] > 0.10) & (np.abs(p[:, 1] - EYE[1] - 0.018) < 0.02) & (np.abs(across) < 0.035)
        fine = subdivide(skin.keep(near[skin.faces].all(1)), smooth=False)
        p = fine.place
        across, up = p[:, 0] * side - EYE[0], p[:, 1] - EYE[1]
        middle = np.interp(across, _BROW[:, 0], _BROW[:, 1])
        half = np.interp(across, _BROW[:, 0], _BROW[:, 2])
        ends = np.minimum(across - _BROW[0, 0], _BROW[-1, 0] - across)
        brow = region(fine, np.minimum(half - np.abs(up - middle), ends))
        out.append(brow.moved(0.0011 * brow.normals()).labelled(Zone.BROW))
    return out


def eye(ball: Mesh) -> Mesh:
    """An eyeball with iris and pupil cut into it."""
    side = joint("left_eye_smplhf" if ball.place[:, 0].mean() > 0 else "right_eye_smplhf")
    fine = subdivide(ball)
    ahead = fine.place - REST_JOINTS[side]
    off = np.where(ahead[:, 2] > 0, np.hypot(ahead[:, 0], ahead[:, 1]), 1.0)
    fine, white = cut(fine.labelled(Zone.WHITE), off - IRIS)
    fine = replace(fine, label=np.where(white, Zone.WHITE, Zone.IRIS))
    ahead = fine.place - REST_JOINTS[side]
    off = np.where(ahead[:, 2] > 0, np.hypot(ahead[:, 0], ahead[:, 1]), 1.0)
    fine, outside = cut(fine, off - PUPIL)
    return replace(fine, label=np.where(outside, fine.label, Zone.PUPIL))
