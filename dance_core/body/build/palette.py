"""Zones of the body's surface: of which material and colour each is."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

import numpy as np
from scipy import sparse

from dance_core.body.build.mesh import Mesh

MATERIALS = ("suit", "skin", "hair", "eye", "shoe")


class Zone(IntEnum):
    """A label of triangles."""

    SKIN = 0
    HAIR = 1
    BROW = 2
    WHITE = 3
    IRIS = 4
    PUPIL = 5
    TEETH = 6
    TONGUE = 7
    TOP = 8
    TROUSERS = 9
    LEFT = 10
    RIGHT = 11
    LEFT_SHOE = 12
    RIGHT_SHOE = 13
    SOLE = 14


# material, and sRGB 0 to 255 (None: as the vertices are painted). Left is warm and right is cool, as on the
# mannequin, so that crossed limbs stay apart.
LOOK: dict[Zone, tuple[str, tuple[int, int, int] | None]] = {
    Zone.SKIN: ("skin", None),
    Zone.HAIR: ("hair", None), Zone.BROW: ("skin", (70, 52, 46)),
    Zone.WHITE: ("eye", (238, 236, 232)), Zone.IRIS: ("eye", (92, 66, 44)), Zone.PUPIL: ("eye", (12, 10, 10)),
    Zone.TEETH: ("eye", (236, 231, 220)), Zone.TONGUE: ("skin", (176, 92, 92)),
    Zone.TOP: ("suit", (226, 221, 213)), Zone.TROUSERS: ("suit", (54, 56, 70)),
    Zone.LEFT: ("suit", (226, 122, 86)), Zone.RIGHT: ("suit", (74, 136, 198)),
    Zone.LEFT_SHOE: ("shoe", (204, 98, 66)), Zone.RIGHT_SHOE: ("shoe", (52, 104, 166)),
    Zone.SOLE: ("shoe", (240, 238, 234)),
}


def paint(mesh: Mesh) -> Mesh:
    """Colours by zone, sharp where zones meet (vertices there are doubled); labels become materials."""
    pairs = np.stack([mesh.faces.ravel(), np.repeat(mesh.label, 3)], 1)
    unique, faces = np.unique(pairs, axis=0, return_inverse=True)
    table = sparse.csr_matrix((np.ones(len(unique)), (np.arange(len(unique)), unique[:, 0])),
                              shape=(len(unique), len(mesh)))
    out = mesh.mix(table, faces.reshape(-1, 3), mesh.label)
    colour = out.colour.copy()
    material = np.zeros(len(mesh.faces), int)
    for zone, (name, rgb) in LOOK.items():
        if rgb is not None:
            colour[unique[:, 1] == zone] = np.array(rgb) / 255
        material[mesh.label == zone] = MATERIALS.index(name)
    return replace(out, colour=colour, label=material)
