"""From base mesh to dancer: which surfaces are kept, how they are shaped and what colour they have."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from dance_core.body.build.mesh import Mesh, cut, join, normals, subdivide
from dance_core.body.build.source import Source
from dance_core.motion.skeleton import REST_JOINTS, SOLE_Y, joint

SUIT, SKIN, HAIR, EYE, SHOE = range(5)  # materials
MATERIALS = ("suit", "skin", "hair", "eye", "shoe")


@dataclass(frozen=True)
class Palette:
    """sRGB 0 to 1. Left limbs are warm and right ones cool, as the mannequin's, so that crossed limbs stay
    apart."""

    skin: tuple[float, float, float] = (0.80, 0.60, 0.48)
    lips: tuple[float, float, float] = (0.70, 0.42, 0.37)
    hair: tuple[float, float, float] = (0.17, 0.12, 0.11)
    white: tuple[float, float, float] = (0.95, 0.95, 0.93)
    iris: tuple[float, float, float] = (0.30, 0.22, 0.15)
    pupil: tuple[float, float, float] = (0.03, 0.03, 0.03)
    teeth: tuple[float, float, float] = (0.93, 0.91, 0.86)
    mouth: tuple[float, float, float] = (0.55, 0.20, 0.20)
    top: tuple[float, float, float] = (0.88, 0.86, 0.83)
    trousers: tuple[float, float, float] = (0.20, 0.21, 0.27)
    left: tuple[float, float, float] = (0.90, 0.48, 0.33)
    right: tuple[float, float, float] = (0.24, 0.50, 0.78)
    shoe: tuple[float, float, float] = (0.94, 0.94, 0.94)


def base_mesh(source: Source, place: np.ndarray, weights: np.ndarray, units: np.ndarray, shapes: np.ndarray,
              group: str) -> Mesh:
    """A group of the base mesh with all that its vertices carry; quads split, colours white."""
    quads = source.base[1][group]
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    n = len(place)
    whole = Mesh(place, faces, weights, sparse.csr_matrix(units.transpose(1, 0, 2).reshape(n, -1)),
                 shapes.transpose(1, 0, 2).reshape(n, -1), np.ones((n, 3)), np.zeros(len(faces), int))
    return whole.keep(np.ones(len(faces), bool))


def collar(p: np.ndarray) -> np.ndarray:
    """Height (V,) m above the collar's plane, which falls towards the front."""
    return p[:, 1] - (0.586 - 0.45 * (p[:, 2] - 0.005))


def cuff(p: np.ndarray) -> np.ndarray:
    """Distance (V,) m beyond the cuffs, at the wrists."""
    return np.abs(p[:, 0]) - (REST_JOINTS[joint("left_wrist"), 0] - 0.012)


def ankle(p: np.ndarray) -> np.ndarray:
    """Height (V,) m above the shoe's edge."""
    return p[:, 1] - (SOLE_Y + 0.105)


def dress(parts: dict[str, Mesh], palette: Palette) -> dict[str, Mesh]:
    """The dancer: `face` (moves with the face units) and `body`."""
    skin, tights = parts["body"], parts["helper-tights"]
    skin = _suit(skin, tights)
    level = np.maximum(collar(skin.place), cuff(skin.place))
    skin, bare = cut(skin, level)
    skin = replace(skin, label=np.where(bare, SKIN, SUIT))
    middle = skin.place[skin.faces].mean(1)
    skin = skin.keep(ankle(middle) > -0.04)
    head = (skin.label == SKIN) & (collar(skin.place)[skin.faces].max(1) > 0)
    suit = skin.keep(skin.label == SUIT)
    suit = replace(suit, colour=_suit_colours(suit.place, palette))
    shoes = tights.keep(ankle(tights.place[tights.faces].mean(1)) < 0).labelled(SHOE).painted(palette.shoe)
    hands = skin.keep((skin.label == SKIN) & ~head).painted(palette.skin)
    face = [skin.keep(head).painted(palette.skin)]
    for side in "lr":
        face.append(_eye(parts[f"helper-{side}-eye"], palette))
    for name, colour in (("helper-upper-teeth", palette.teeth), ("helper-lower-teeth", palette.teeth),
                         ("helper-tongue", palette.mouth)):
        face.append(parts[name].labelled(SKIN).painted(colour))
    return {"face": join(face), "body": join([suit, hands, shoes])}


def _suit(skin: Mesh, tights: Mesh) -> Mesh:
    """The skin under the suit laid onto the smooth surface of the tights."""
    fine = subdivide(subdivide(tights))
    out = fine.normals()
    inside = -np.maximum(collar(skin.place), cuff(skin.place))
    share = np.clip(inside / 0.03, 0, 1)[:, None]
    _, near = cKDTree(fine.place).query(skin.place)
    by = out[near] * np.einsum("ij,ij->i", fine.place[near] - skin.place, out[near])[:, None]
    return skin.moved(share * by)


def _suit_colours(p: np.ndarray, palette: Palette) -> np.ndarray:
    colour = np.where(p[:, 1:2] > 0.14, palette.top, palette.trousers)
    sleeve = np.abs(p[:, :1]) > 0.2
    side = np.where(p[:, :1] > 0, palette.left, palette.right)
    return np.where(sleeve, side, colour)


def _eye(eye: Mesh, palette: Palette) -> Mesh:
    eye = subdivide(eye)
    side = joint("left_eye_smplhf") if eye.place[:, 0].mean() > 0 else joint("right_eye_smplhf")
    ahead = eye.place - REST_JOINTS[side]
    off = np.hypot(ahead[:, 0], ahead[:, 1])
    front = ahead[:, 2] > 0
    colour = np.where((off < 0.0058)[:, None] & front[:, None], palette.iris, palette.white)
    colour = np.where((off < 0.0026)[:, None] & front[:, None], palette.pupil, colour)
    return replace(eye.labelled(EYE), colour=colour)


__all__ = ["MATERIALS", "Palette", "base_mesh", "dress", "normals"]
