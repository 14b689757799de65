"""What is trained beside the image codec: the transformer, and how hands and face are told to it.

A column of a segment is one vector: the codec's latents of 8 frames, then principal shapes of what the hands
and the face do in them. Latents that move the body more are larger (`gain`), as they are in a picture: on the
way from noise the large things are found first.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.hotdance.dit import Dit
from dance_core.generators.hotdance.dit_config import PATCH, DitConfig
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.coded import Coded
from dance_core.generators.nets.patches import Patches, PatchStatistics

NAME = "dit"  # of its weights
WHITENING = 0.5  # 1: all latents have unit spread; 0: that of what they move


class Whole(Coded):
    """The transformer and the codes of hands and face.

    Args:
        c: sizes.
        code: None leaves zeros, to be filled from a file; so do the others.
        hands, face: how their rows are told.
        counts: (Z, R) cm that a point moves with each latent.
    """

    def __init__(self, c: DitConfig, code: pc.PoseCode | None = None, hands: PatchStatistics | None = None,
                 face: PatchStatistics | None = None, counts: Tensor | None = None) -> None:
        super().__init__(code)
        self.config = c
        self.hands = Patches(PATCH, c.hand_latents, hands, columns=pc.HAND_SHAPES)
        self.face = Patches(PATCH, c.face_latents, face, columns=pc.FACE_SHAPES)
        gain = torch.ones(c.body) if counts is None else gain_of(counts)
        self.register_buffer("gain", gain)
        self.dit = Dit(c)

    def body_numbers(self, latents: Tensor) -> Tensor:
        """(B, Z·R, N) of latents (B, Z, R, N)."""
        return latents.flatten(1, 2) * self.gain[:, None]

    def latents(self, numbers: Tensor) -> Tensor:
        """(B, Z, R, N) latents of numbers (B, C or Z·R, N)."""
        c = self.config
        return (numbers[:, :c.body] / self.gain[:, None]).unflatten(1, (c.latents, c.heights))

    def detail_numbers(self, rows: Tensor) -> Tensor:
        """(B, D, N) of pose code rows (B, N·8, ROW)."""
        parts = self.hands.encode(rows[..., pc.HANDS]), self.face.encode(rows[..., pc.FACES])
        return torch.cat(parts, -1).transpose(1, 2)

    def details(self, numbers: Tensor) -> tuple[Tensor, Tensor]:
        """Hands (B, N·8, 12) and face (B, N·8, 10), as in pose code rows, of numbers (B, C, N)."""
        hands, face = numbers[:, self.config.body:].transpose(1, 2).split(
            [self.config.hand_latents, self.config.face_latents], -1)
        return self.hands.decode(hands), self.face.decode(face)


def gain_of(counts: Tensor) -> Tensor:
    """(Z·R,) by which latents of unit spread are multiplied; mean square 1."""
    size = counts.flatten().clamp_min(1e-3 * float(counts.max()) + 1e-9) ** (1.0 - WHITENING)
    return size / size.square().mean().sqrt()


def shapes_of(rows: list[np.ndarray], c: DitConfig) -> tuple[PatchStatistics, PatchStatistics]:
    """How hands and face are told, from pose code rows (T, ROW) of many dances."""
    plain = np.ones(pc.ROW)
    return (PatchStatistics.fit(rows, PATCH, c.hand_latents, columns=pc.HANDS, weights=plain),
            PatchStatistics.fit(rows, PATCH, c.face_latents, columns=pc.FACES, weights=plain))
