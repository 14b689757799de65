"""Poses as one-hot images, and back.

Every coordinate of every point has a row of W bins; in each frame one bin of it is hot. An image is
(C, W, T): coordinates, bins, frames. Hot is soft, a Gaussian of about one bin, so that a place between two
bins is not lost; its height is how sure the point is, 0 to 1. Read back, the hot spot is the mean of the bins
within 3 of the highest, and the height that of the highest: to half a bin what was drawn.

    HotRows     the drawing itself, of any coordinates in bins
    PoseRows    3D: the links of a pose (markers.py), each in a range that follows from its length
    FlatRows    2D: x and y of keypoints in a picture, 0 to 1 of its width and height
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from dance_core.generators.hotdance import markers as mk
from dance_core.generators.nets.sizes import Sizes

_LEAST = -30.0  # logarithm of the least that a bin is hot
NEAR = 3  # bins on either side of the highest that are read


@dataclass(frozen=True, eq=False)
class HotRows:
    """Rows of W bins.

    Attributes:
        bins: W.
        round_: (C,) bool: rows that go round, the last bin next to the first (a place modulo something).
        sigma: bins, spread of a hot spot.
    """

    bins: int
    round_: np.ndarray
    sigma: float = 1.0

    def off(self, places: Tensor) -> Tensor:
        """Bins (…, C, W, T) from places (…, C, T), in bins, to each bin; the short way in rows that go round.

        Rows that go round must be the last ones.
        """
        at = torch.arange(self.bins, dtype=places.dtype, device=places.device)[:, None]
        off = at - places.unsqueeze(-2)
        turns = int(self.round_.sum())
        if turns:
            last = off[..., -turns:, :, :]
            last -= self.bins * torch.round(last / self.bins)
        return off

    def draw(self, places: Tensor, confidence: Tensor | None = None) -> Tensor:
        """Images (…, C, W, T) of places (…, C, T) in bins; what lies beyond the ends is at the end.

        confidence: (…, C, T) height of each hot spot, 0 to 1; None: 1. A place that is not finite is as one
        of no confidence.
        """
        seen = torch.isfinite(places)
        around = torch.as_tensor(self.round_, device=places.device)[:, None]
        places = torch.where(around, places, places.clamp(0, self.bins - 1))
        places = torch.where(seen, places, torch.zeros_like(places))
        rest = places - places.round()  # to the nearest bin, which is as high as can be
        spot = self.off(places).square_().sub_(rest.square().unsqueeze(-2))
        # numbers next to the least that there are would take ten times as long
        spot = spot.mul_(-0.5 / self.sigma**2).clamp_min_(_LEAST).exp_()
        if confidence is not None or not seen.all():
            height = seen.to(spot.dtype) if confidence is None else confidence * seen
            spot *= height.unsqueeze(-2)
        return spot

    def read(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """places (…, C, T) in bins and confidence (…, C, T) of images (…, C, W, T).

        An empty column says its first bin, with confidence 0.
        """
        confidence, top = images.max(-2)
        near = torch.arange(-NEAR, NEAR + 1, device=images.device)
        at = top.unsqueeze(-2) + near[:, None]  # (…, C, 7, T)
        around = torch.as_tensor(self.round_, device=images.device)[:, None, None]
        # at the ends of a row as far on both sides as there is row, or the mean would be drawn inwards
        room = torch.minimum(top, self.bins - 1 - top).unsqueeze(-2)
        weight = images.gather(-2, torch.remainder(at, self.bins)).clamp_min(0)
        weight = weight * (around | (near[:, None].abs() <= room))
        total = weight.sum(-2).clamp_min(1e-9)
        places = top + (weight * near[:, None]).sum(-2) / total
        wrapped = torch.remainder(places, self.bins)
        return torch.where(around[..., 0], wrapped, places), confidence


@dataclass(frozen=True)
class PoseRows(Sizes):
    """The rows of a 3D pose image: of each of K links x, y and z, then fine rows of the pelvis' place.

    A link's three rows reach as far as it can: no pose leaves them, whatever the dancer does, and a bin of a
    short link is a short way. The pelvis is told on a stage of fixed size, in bins of some centimetres; its
    fine rows say the same place modulo `fine`. From frame to frame it goes by the fine rows; the coarse ones
    say where, and need only be right, in the middle of a segment's frames, to half of `fine`.

    Everything is told in the frame of a segment's first frame: pelvis above the origin, facing +Z.
    """

    bins: int = 64
    sigma: float = 1.0  # bins
    stage: float = 3.0  # m from the middle that the pelvis may go; recorded dances go 2.3 in 256 frames
    high: float = 1.8  # m, the pelvis' greatest height; the lowest is 0
    fine: float = 0.64  # m that a fine row goes round in; 0: none
    least: float = 0.2  # m that every link's rows reach at least, or short bones would use all of their bins
    margin: float = 1.03  # of what a link reaches: a hot spot at the very end would be cut

    @property
    def channels(self) -> int:
        """C."""
        return 3 * mk.POINTS + 3 * (self.fine > 0)

    @cached_property
    def hot(self) -> HotRows:
        """The drawing of them."""
        return HotRows(self.bins, np.arange(self.channels) >= 3 * mk.POINTS, self.sigma)

    @cached_property
    def reach(self) -> np.ndarray:
        """(K, 3) m: from the middle of a row to its last bin."""
        long = np.linalg.norm(mk.offsets(), axis=-1)
        long[1:22] *= mk.MOST
        out = np.repeat(np.maximum(long * self.margin, self.least)[:, None], 3, 1)
        out[0] = self.stage, self.high / 2, self.stage
        return out

    @cached_property
    def middle(self) -> np.ndarray:
        """(K, 3) m that the middle of a row says."""
        out = np.zeros((mk.POINTS, 3))
        out[0, 1] = self.high / 2
        return out

    @property
    def metres(self) -> np.ndarray:
        """(C,) m of a bin in each row."""
        coarse = self.reach.ravel() * 2 / (self.bins - 1)
        return np.concatenate([coarse, np.full(self.channels - len(coarse), self.fine / self.bins)])

    def places(self, links: Tensor) -> Tensor:
        """Places (…, C, T) in bins of links (…, T, K, 3) m, not yet cut to the ends of the rows."""
        middle, reach = (torch.as_tensor(v, dtype=links.dtype, device=links.device)
                         for v in (self.middle, self.reach))
        coarse = ((links - middle) / reach + 1) * ((self.bins - 1) / 2)
        rows = [coarse.flatten(-2)]
        if self.fine:
            rows.append(torch.remainder(links[..., 0, :] / self.fine, 1.0) * self.bins)
        return torch.cat(rows, -1).transpose(-1, -2)

    def links(self, places: Tensor) -> Tensor:
        """Links (…, T, K, 3) m of places (…, C, T) in bins of frames that follow one another."""
        rows = places.transpose(-1, -2)
        middle, reach = (torch.as_tensor(v, dtype=rows.dtype, device=rows.device)
                         for v in (self.middle, self.reach))
        coarse = rows[..., :3 * mk.POINTS].unflatten(-1, (mk.POINTS, 3))
        links = (coarse * (2 / (self.bins - 1)) - 1) * reach + middle
        if not self.fine:
            return links
        fine = rows[..., 3 * mk.POINTS:] * (self.fine / self.bins)
        step = fine.diff(dim=-2)
        way = (step - self.fine * torch.round(step / self.fine)).cumsum(-2)
        way = torch.cat([fine[..., :1, :], fine[..., :1, :] + way], -2)
        # one multiple for all frames: frame by frame, one coarse place too far off would be a jump
        far = (links[..., 0, :] - way).median(-2, keepdim=True).values
        pelvis = way + self.fine * torch.round(far / self.fine)
        return torch.cat([pelvis.unsqueeze(-2), links[..., 1:, :]], -2)

    def draw(self, links: Tensor, confidence: Tensor | None = None) -> Tensor:
        """Images (…, C, W, T) of links (…, T, K, 3) m; confidence (…, T, K) 0 to 1, None: 1."""
        if confidence is not None:
            rows = confidence.repeat_interleave(3, -1)
            rows = torch.cat([rows, rows[..., :self.channels - 3 * mk.POINTS]], -1)
            confidence = rows.transpose(-1, -2)
        return self.hot.draw(self.places(links), confidence)

    def read(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """links (…, T, K, 3) m and confidence (…, T, K), the least of a point's three rows, of images."""
        places, confidence = self.hot.read(images)
        rows = confidence[..., :3 * mk.POINTS, :].unflatten(-2, (mk.POINTS, 3)).amin(-2)
        return self.links(places), rows.transpose(-1, -2)

    def clipped(self, links: Tensor) -> Tensor:
        """(…, T, K) bool: links with a coordinate that no row of theirs reaches."""
        places = self.places(links)[..., :3 * mk.POINTS, :]
        out = (places < -0.5) | (places > self.bins - 0.5)
        return out.unflatten(-2, (mk.POINTS, 3)).any(-2).transpose(-1, -2)


@dataclass(frozen=True)
class FlatRows(Sizes):
    """The rows of a 2D pose image: of each keypoint x and y, in shares of the picture's width and height.

    The origin is the picture's upper left corner. A place of 0.477 of 512 bins is at bin 244.2. What lies
    outside the picture is not seen: its column is empty.
    """

    keypoints: int = 18  # OpenPose's, in the order of its COCO model
    bins: int = 512
    sigma: float = 1.0  # bins

    @property
    def channels(self) -> int:
        """C."""
        return 2 * self.keypoints

    @cached_property
    def hot(self) -> HotRows:
        """The drawing of them."""
        return HotRows(self.bins, np.zeros(self.channels, bool), self.sigma)

    def places(self, keypoints: Tensor) -> Tensor:
        """Places (…, C, T) in bins of keypoints (…, T, 18, 2 or more), not cut to the ends of the rows."""
        return (keypoints[..., :2] * self.bins).flatten(-2).transpose(-1, -2)

    def draw(self, keypoints: Tensor, confidence: Tensor | None = None) -> Tensor:
        """Images (…, C, W, T) of keypoints (…, T, 18, 2) with confidence (…, T, 18), 0 to 1.

        Keypoints that are not finite or outside the picture have none. None: the confidence is the third
        number of keypoints (…, T, 18, 3).
        """
        if confidence is None:
            keypoints, confidence = keypoints[..., :2], keypoints[..., 2]
        inside = ((keypoints >= 0) & (keypoints <= 1)).all(-1)
        height = (confidence * inside).repeat_interleave(2, -1).transpose(-1, -2)
        return self.hot.draw(self.places(keypoints), height)

    def read(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """keypoints (…, T, 18, 2) and confidence (…, T, 18), the less of a point's two rows, of images."""
        places, confidence = self.hot.read(images)
        keypoints = (places / self.bins).transpose(-1, -2).unflatten(-1, (self.keypoints, 2))
        return keypoints, confidence.unflatten(-2, (self.keypoints, 2)).amin(-2).transpose(-1, -2)
