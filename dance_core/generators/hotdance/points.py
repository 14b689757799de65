"""From a segment's numbers to points, without drawing an image.

By the codec's first part alone, which is linear: where each row is hot, and from there by sums the points
(leading.py). What its convolutions add is left out, a few millimetres; so this costs next to nothing, and can
be learned through.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dit_config import PATCH
from dance_core.generators.hotdance.image_codec import ImageCodec
from dance_core.generators.hotdance.whole import FlatWhole, Whole

NOWHERE = 0.3  # of its length: a link that is shorter has no direction to be trusted
PICTURE_M = (16 / 3, 3.0)  # of two dimensions: how wide and high a picture is taken to be


def points_for(codec: ImageCodec, whole: Whole | FlatWhole) -> "Points":
    """The points of a codec's images, in 3D or 2D."""
    return FlatPoints(codec, whole) if codec.config.flat else Points(codec, whole)


class Points:
    """Numbers -> points (B, T, K, 3) m, by the codec's linear part."""

    def __init__(self, codec: ImageCodec, whole: Whole | FlatWhole) -> None:
        self.codec, self.whole = codec, whole
        self.summing = torch.from_numpy(mk.SUMMING.astype(np.float32)).to(codec.shift.device)

    def features(self, numbers: Tensor) -> Tensor:
        """(B, F, T) float32: where the rows are hot, as leading.py has them, of numbers (B, C, N)."""
        codec, lead = self.codec, self.codec.lead
        with torch.autocast(numbers.device.type, enabled=False):
            raw = self.whole.latents(numbers.float()) * codec.scale + codec.shift
            patches = lead.out[:, :lead.used] @ raw.flatten(1, 2)[:, :lead.used] + lead.mean[:, None]
        return patches.unflatten(1, (-1, PATCH)).transpose(2, 3).flatten(2, 3)

    def places(self, features: Tensor) -> Tensor:
        """Points (B, T, K, 3) m of features."""
        lead, rows = self.codec.lead, self.codec.rows
        places = [(features[:, :lead.straight] + 1) * ((rows.bins - 1) / 2)]
        if lead.turns:
            cosine, sine = self._turns(features)
            places.append(torch.atan2(sine, cosine) * (rows.bins / (2 * math.pi)))
        return self.summing @ rows.links(torch.cat(places, 1))

    def of(self, numbers: Tensor) -> Tensor:
        """Points (B, T, K, 3) m of numbers (B, C, N)."""
        return self.places(self.features(numbers))

    def built(self, numbers: Tensor, lengths: Tensor) -> Tensor:
        """Numbers (B, C, N) whose links point where they did and are as long as `lengths` (B, K) m; 0: any.

        By the linear part alone. A link that is next to nothing points nowhere, and is let be.
        """
        reach = self._reach(numbers)
        links = self.features(numbers)[:, :3 * mk.POINTS].transpose(1, 2).unflatten(2, (mk.POINTS, 3)) * reach
        return self._longer(numbers, links, lengths)

    def fitted(self, numbers: Tensor, lengths: Tensor) -> Tensor:
        """`built` by the links that the codec decodes: of a short dancer's forearm the linear part alone says
        2.5 % more than that, of a tall one's less."""
        return self._longer(numbers, self.codec.decode_points(self.whole.latents(numbers))[0], lengths)

    def _longer(self, numbers: Tensor, links: Tensor, lengths: Tensor) -> Tensor:
        """Numbers whose links (B, T, K, 3) m become as long as `lengths`."""
        codec, lead = self.codec, self.codec.lead
        three, reach = 3 * mk.POINTS, self._reach(numbers)
        long, wanted = links.norm(dim=-1), lengths[:, None]
        known = (wanted > 0) & (long > NOWHERE * wanted)
        change = torch.where(known, wanted / long.clamp_min(1e-6) - 1.0, 0.0)
        off = (links * change[..., None] / reach).flatten(2).transpose(1, 2)  # (B, 3 K, T)
        patches = off.unflatten(2, (-1, PATCH)).transpose(2, 3).flatten(1, 2)
        raw = lead.first(lead.into[:, :three * PATCH] @ patches).unflatten(1, codec.counts.shape)
        more = self.whole.body_numbers(raw / codec.scale)
        return torch.cat([numbers[:, :more.shape[1]] + more, numbers[:, more.shape[1]:]], 1)

    def _reach(self, numbers: Tensor) -> Tensor:
        return torch.as_tensor(self.codec.rows.reach, dtype=numbers.dtype, device=numbers.device)

    def errors(self, made: Tensor, true: Tensor) -> tuple[Tensor, Tensor]:
        """(points made - true, true points), each (B, T, K, 3) m, of numbers (B, C, N)."""
        lead, rows = self.codec.lead, self.codec.rows
        mine, theirs = self.features(made), self.features(true)
        reach = torch.as_tensor(rows.reach, dtype=mine.dtype, device=mine.device)
        off = (mine - theirs)[:, :3 * mk.POINTS].transpose(1, 2).unflatten(2, (mk.POINTS, 3)) * reach
        if lead.turns:  # the pelvis is where its fine rows say, the short way round
            (c, s), (c0, s0) = self._turns(mine), self._turns(theirs)
            angle = torch.atan2(s * c0 - c * s0, s * s0 + c * c0 + 1e-4)
            pelvis = (angle * (rows.fine / (2 * math.pi))).transpose(1, 2)
            off = torch.cat([pelvis.unsqueeze(2), off[:, :, 1:]], 2)
        return self.summing @ off, self.places(theirs)

    def _turns(self, features: Tensor) -> tuple[Tensor, ...]:
        """Cosine and sine, each (B, 3, T), of the rows that go round."""
        lead = self.codec.lead
        return features[:, lead.straight:lead.straight + 2 * lead.turns].split(lead.turns, 1)


class FlatPoints(Points):
    """Keypoints (B, T, 18, 2) m of numbers, in a picture of `PICTURE_M`: an error weighs as much as in 3D."""

    def places(self, features: Tensor) -> Tensor:
        """Keypoints (B, T, 18, 2) m of features."""
        rows = self.codec.rows
        share = (features[:, :rows.channels] + 1) * ((rows.bins - 1) / (2 * rows.bins))
        return share.transpose(1, 2).unflatten(2, (-1, 2)) * share.new_tensor(PICTURE_M)

    def errors(self, made: Tensor, true: Tensor) -> tuple[Tensor, Tensor]:
        """(keypoints made - true, true keypoints), each (B, T, 18, 2) m, of numbers (B, C, N)."""
        there = self.of(true)
        return self.of(made) - there, there
