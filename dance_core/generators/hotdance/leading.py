"""Where the rows of an image are hot, over 8 frames, in leading directions: a linear code to begin from.

A row's place is a number from -1 (first bin) to 1; one that goes round is a cosine and a sine. Directions are
ranked in metres: by what they move the points, not the links, so that what is off in a thigh and in a shin
does not add up at the foot; and by what they move their speed, which is where jitter comes from.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.image_config import PATCH, ImageCodecConfig
from dance_core.generators.hotdance.pose_image import FlatRows

SPEED = 2.0  # what the square of a change from frame to frame counts, against that of a place
SURE = 4.0  # bins that a keypoint is off which count as much as a confidence that is wrong by 1
ROOT, COARSE = 4.0, 0.5  # times that the pelvis' place counts, which all points share; where fine rows say it


class Leading(nn.Module):
    """Images -> numbers of a patch (M) -> first latents, and back.

    F features a frame: a number for each row, two for one that goes round, and in 2D one more for its
    confidence. M are all of their leading directions in 8 frames, in units of their spread.
    """

    def __init__(self, c: ImageCodecConfig) -> None:
        super().__init__()
        self.rows, self.flat = c.rows, c.flat
        self.turns = int(self.rows.hot.round_.sum())
        self.straight = self.rows.channels - self.turns
        features = self.straight + 2 * self.turns + self.rows.channels * c.flat
        self.numbers = min(features * PATCH, max(c.latents * c.heights, 1) * 2)
        self.latents = c.latents * c.heights
        self.used = min(self.latents, self.numbers)
        at = np.arange(c.bins)
        middle = (c.bins - 1) / 2
        table = np.stack([at / middle - 1, np.cos(2 * np.pi * at / c.bins), np.sin(2 * np.pi * at / c.bins)])
        self.register_buffer("table", torch.from_numpy(table.astype(np.float32)), persistent=False)
        width = features * PATCH
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("into", torch.zeros(self.numbers, width))
        self.register_buffer("out", torch.zeros(width, self.numbers))
        self.register_buffer("moves", torch.zeros(self.latents))  # cm (2D: bins) that a point moves with each

    # --- images -> numbers ---

    def features(self, images: Tensor) -> Tensor:
        """(B, F, T) of images (B, C, W, T)."""
        means, total = self.means(images)
        means = means / total.clamp_min(1e-6).unsqueeze(2)
        out = [means[:, :self.straight, 0]]
        if self.turns:
            out += [means[:, self.straight:, 1], means[:, self.straight:, 2]]
        if self.flat:
            out.append(images.amax(2))
        return torch.cat(out, 1)

    def means(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Sums over the bins: (B, C, 3, T) of what is hot times place, cosine and sine; (B, C, T) of it."""
        return torch.matmul(self.table, images), images.sum(2)

    def of_links(self, links: Tensor) -> Tensor:
        """The features (B, F, T) that images of links (B, T, K, 3) have."""
        places = self.rows.places(links)
        straight = places[:, :self.straight].clamp(0, self.rows.bins - 1) * (2 / (self.rows.bins - 1)) - 1
        angle = places[:, self.straight:] * (2 * np.pi / self.rows.bins)
        return torch.cat([straight, angle.cos(), angle.sin()], 1)

    def of_keypoints(self, keypoints: Tensor) -> Tensor:
        """The features (B, F, T) that images of keypoints (B, T, 18, 3), x, y and confidence, have."""
        places = self.rows.places(keypoints).clamp(0, self.rows.bins - 1) * (2 / (self.rows.bins - 1)) - 1
        return torch.cat([places, keypoints[..., 2].repeat_interleave(2, -1).transpose(1, 2)], 1)

    def of(self, images: Tensor) -> Tensor:
        """All numbers (B, M, T/8) of images (B, C, W, T), float32 whatever the autocast."""
        with torch.autocast(images.device.type, enabled=False):
            return self.numbers_of(self.features(images.float()))

    def numbers_of(self, features: Tensor) -> Tensor:
        """(B, F, T) -> (B, M, T/8)."""
        patches = features.unflatten(2, (-1, PATCH)).transpose(2, 3).flatten(1, 2)
        return self.into @ (patches - self.mean[:, None])

    def first(self, numbers: Tensor) -> Tensor:
        """The latents (B, Z·R, N) that the codec begins with: the leading numbers."""
        return nn.functional.pad(numbers[:, :self.used], (0, 0, 0, self.latents - self.used))

    # --- and back ---

    def all_of(self, latents: Tensor) -> Tensor:
        """Numbers (B, M, N) of latents (B, Z·R, N): the others are 0."""
        return nn.functional.pad(latents[:, :self.used].float(), (0, 0, 0, self.numbers - self.used))

    def places(self, numbers: Tensor) -> tuple[Tensor, Tensor]:
        """Places (B, C, T) in bins and confidence (B, C, T) of numbers (B, M, T/8)."""
        with torch.autocast(numbers.device.type, enabled=False):
            patches = self.out @ numbers.float() + self.mean[:, None]
            f = patches.unflatten(1, (-1, PATCH)).transpose(2, 3).flatten(2, 3)
        bins = self.rows.bins
        places = [(f[:, :self.straight] + 1) * ((bins - 1) / 2)]
        if self.turns:
            cosine, sine = f[:, self.straight:self.straight + 2 * self.turns].split(self.turns, 1)
            # where both are next to nothing the angle says nothing, and its slope has no end
            angle = torch.atan2(sine, cosine + 1e-3 * (sine.square() + cosine.square() < 1e-4))
            places.append(torch.remainder(angle * (bins / (2 * np.pi)), bins))
        if self.flat:
            return torch.cat(places, 1), f[:, -self.rows.channels:].clamp(0.0, 1.0)
        out = torch.cat(places, 1)
        return out, torch.ones_like(out)

    # --- fitting ---

    def fit(self, features: np.ndarray) -> None:
        """Take the leading directions of patches (N, F, 8) of many dances."""
        frame, time = self._metric(features.shape[1]), _time_metric()
        x = np.asarray(features, np.float64).reshape(len(features), -1)
        metric = np.kron(frame, time)  # (F·8, F·8): features as metres
        mean = x.mean(0)
        values, vectors = np.linalg.eigh(metric @ np.cov(x.T) @ metric.T)
        order = np.argsort(values)[::-1][:self.numbers]
        spread, basis = np.sqrt(np.maximum(values[order], 1e-12)), vectors[:, order]
        back = np.kron(np.linalg.inv(frame), np.linalg.inv(time))
        back = back @ (basis * spread)
        metres = np.kron(frame, np.eye(PATCH)) @ back[:, :self.used]
        moves = np.zeros(self.latents)
        moves[:self.used] = 100 * np.sqrt(np.square(metres).sum(0) / (PATCH * mk.POINTS))
        found = {"mean": mean, "into": (basis / spread).T @ metric, "out": back, "moves": moves}
        for name, value in found.items():
            getattr(self, name).copy_(torch.from_numpy(np.ascontiguousarray(value, np.float32)))

    def _metric(self, features: int) -> np.ndarray:
        """(F, F) that makes metres of features: of links points, by the pelvis. In 2D: bins."""
        if isinstance(self.rows, FlatRows):
            return np.diag(np.repeat([(self.rows.bins - 1) / 2, SURE], features // 2))
        own = np.array(mk.SUMMING)
        own[:, 0] = 0.0
        own[0, 0] = COARSE if self.turns else ROOT
        out = np.zeros((features, features))
        three = 3 * mk.POINTS
        out[:three, :three] = np.kron(own, np.eye(3)) * self.rows.reach.ravel()
        rest = np.arange(three, features)
        out[rest, rest] = ROOT * self.rows.fine / (2 * np.pi)
        return out


def _time_metric() -> np.ndarray:
    """(8, 8) whose square counts places, and their changes `SPEED` times."""
    change = np.diff(np.eye(PATCH), axis=0)
    return np.linalg.cholesky(np.eye(PATCH) + SPEED * change.T @ change).T
