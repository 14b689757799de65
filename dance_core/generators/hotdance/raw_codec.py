"""No images: patches of coordinates as they are, where an image codec's latents would stand. For comparison.

Each coordinate of each link is told in the range that its rows would have, of unit spread, 8 frames a column.
Nothing is drawn, nothing is compressed and nothing learned; so there are four times as many numbers, and what
the transformer makes of them is taken at its word.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dances import LinkDances
from dance_core.generators.hotdance.image_config import PATCH, ImageCodecConfig
from dance_core.generators.hotdance.leading import Leading

RAW_CONFIG = ImageCodecConfig(raw=True, bins=PATCH * PATCH, fine=0.0, latents=3 * mk.POINTS, width=1,
                              columns=1, blocks=0, column_blocks=0)
MEASURED = 256  # stretches of 64 frames that the spread of the coordinates is measured on


class RawCodec(nn.Module):
    """Links <-> "latents" (B, 3·K, 8, T/8): coordinates, frames of a column, columns. In place of ImageCodec.
    """

    def __init__(self, c: ImageCodecConfig = RAW_CONFIG) -> None:
        super().__init__()
        self.config, self.rows = c, c.rows
        self.lead = Leading(c)  # all directions, each a coordinate of one frame
        eye = torch.eye(self.lead.numbers)
        self.lead.into.copy_(eye)
        self.lead.out.copy_(eye)
        self.register_buffer("shift", torch.zeros(c.latents, 1, 1))
        self.register_buffer("scale", torch.ones(c.latents, 1, 1))
        self.register_buffer("counts", torch.ones(c.latents, c.heights))

    @torch.no_grad()
    def fit(self, dances: LinkDances, seed: int) -> "RawCodec":
        """Measure the spread of the coordinates, and the cm that the points move with it."""
        rng = np.random.default_rng([seed, 2])
        links = torch.from_numpy(dances.draw(rng, MEASURED, 64))
        features = self.lead.of_links(links)
        self.shift.copy_(features.mean((0, 2))[:, None, None])
        self.scale.copy_(features.std((0, 2))[:, None, None] + 1e-4)
        moved = np.sqrt(np.square(mk.SUMMING).sum(0) / mk.POINTS)  # a point, with each link
        cm = 100 * (moved[:, None] * self.rows.reach).ravel()
        self.counts.copy_(torch.from_numpy(cm)[:, None] * self.scale[:, :, 0])
        return self

    def encode_points(self, points: Tensor, confidence: Tensor | None = None) -> Tensor:
        """Latents of links (B, T, K, 3); how sure they are is not told."""
        numbers = self.lead.numbers_of(self.lead.of_links(points.float()))
        raw = numbers.unflatten(1, (self.config.latents, self.config.heights))
        return (raw - self.shift) / self.scale

    def decode_points(self, latents: Tensor) -> tuple[Tensor, Tensor]:
        """(links (B, T, K, 3), ones (B, T, K)) of latents."""
        raw = (latents.float() * self.scale + self.shift).flatten(1, 2)
        places, _ = self.lead.places(raw)
        links = self.rows.links(places)
        return links, torch.ones_like(links[..., 0])
