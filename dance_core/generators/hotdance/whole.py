"""What is trained beside the image codec: the transformer, and how feet, hands and face are told to it.

A column of a segment is one vector: the codec's latents of 8 frames, then principal shapes of which feet
stand in them, and of what hands and face do. Latents that move the body more are larger (`gain`), as they are
in a picture: on the way from noise the large things are found first.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.hotdance.dit import Dit
from dance_core.generators.hotdance.dit_config import PATCH, DitConfig
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.coded import Coded
from dance_core.generators.nets.patches import Patches, PatchStatistics

Shapes = tuple[PatchStatistics | None, PatchStatistics | None, PatchStatistics | None]
_ROWS = (pc.CONTACTS, pc.HANDS, pc.FACES)  # one after another, the last columns of a row
NAME = "dit"  # of its weights
WHITENING = 0.5  # 1: all latents have unit spread; 0: that of what they move


class Imaged:
    """How the latents of images stand in a column's numbers. Who uses it has `config` and `gain`."""

    config: DitConfig
    gain: Tensor

    def body_numbers(self, latents: Tensor) -> Tensor:
        """(B, Z·R, N) of latents (B, Z, R, N)."""
        return latents.flatten(1, 2) * self.gain[:, None]

    def latents(self, numbers: Tensor) -> Tensor:
        """(B, Z, R, N) latents of numbers (B, C, N)."""
        c = self.config
        return (numbers[:, :c.image] / self.gain[:, None]).unflatten(1, (c.latents, c.heights))


class Whole(Imaged, Coded):
    """The transformer and the codes of feet, hands and face.

    Args:
        c: sizes.
        code: None leaves zeros, to be filled from a file; so do the others.
        shapes: how contacts, hands and face are told, see `shapes_of`.
        counts: (Z, R) cm that a point moves with each latent.
    """

    def __init__(self, c: DitConfig, code: pc.PoseCode | None = None, shapes: Shapes = (None, None, None),
                 counts: Tensor | None = None) -> None:
        super().__init__(code)
        self.config = c
        sizes = c.contact_latents, c.hand_latents, c.face_latents
        self.contacts, self.hands, self.face = (
            Patches(PATCH, size, shape, columns=rows.stop - rows.start)
            for size, shape, rows in zip(sizes, shapes, _ROWS, strict=True))
        gain = torch.ones(c.image) if counts is None else gain_of(counts)
        self.register_buffer("gain", gain)
        self.dit = Dit(c)

    def detail_numbers(self, rows: Tensor) -> Tensor:
        """(B, D, N) of pose code rows (B, N·8, ROW)."""
        parts = (self.contacts, self.hands, self.face)
        return torch.cat([part.encode(rows[..., own]) for part, own in zip(parts, _ROWS, strict=True)],
                         -1).transpose(1, 2)

    def details(self, numbers: Tensor) -> Tensor:
        """Contacts, hands and face (B, N·8, 26), the last columns of pose code rows, of numbers (B, C, N)."""
        c = self.config
        sizes = [c.contact_latents, c.hand_latents, c.face_latents]
        told = numbers[:, c.image:].transpose(1, 2).split(sizes, -1)
        parts = (self.contacts, self.hands, self.face)
        return torch.cat([part.decode(x) for part, x in zip(parts, told, strict=True)], -1)


class FlatWhole(Imaged, nn.Module):
    """The transformer of two dimensions: nothing stands beside the image. counts: as in `Whole`."""

    def __init__(self, c: DitConfig, counts: Tensor | None = None) -> None:
        super().__init__()
        self.config = c
        self.register_buffer("gain", torch.ones(c.image) if counts is None else gain_of(counts))
        self.dit = Dit(c)


def gain_of(counts: Tensor) -> Tensor:
    """(Z·R,) by which latents of unit spread are multiplied; mean square 1."""
    size = counts.flatten().clamp_min(1e-3 * float(counts.max()) + 1e-9) ** (1.0 - WHITENING)
    return size / size.square().mean().sqrt()


def shapes_of(rows: list[np.ndarray], c: DitConfig) -> Shapes:
    """How contacts, hands and face are told, from pose code rows (T, ROW) of many dances."""
    plain, sizes = np.ones(pc.ROW), (c.contact_latents, c.hand_latents, c.face_latents)
    return tuple(PatchStatistics.fit(rows, PATCH, size, columns=own, weights=plain)
                 for size, own in zip(sizes, _ROWS, strict=True))
