"""Training of the pose-image codec in two dimensions: its loss, its stage, how its latents are scaled."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dance_core.generators.hotdance.flat_dances import FlatDances
from dance_core.generators.hotdance.image_codec import NAME, ImageCodec
from dance_core.generators.hotdance.image_codec_train import HELD_OUT, MEASURED, PATCHES, WINDOW
from dance_core.generators.hotdance.image_config import PATCH, ImageCodecConfig
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.training import Stage
from dance_core.motion.openpose import DRAWN

BINS, SPEED, SURE = 0.5, 1.0, 10.0  # weights: bins that a point is off, and a frame; confidence's error²
LEAST = 0.3  # weight of a keypoint that can't be seen against one that can
FLAT_IMAGE_STAGES: dict[str, Stage] = {
    "small": Stage(NAME, 800, 12, 5e-4, decay=1e-4, average=0.995, judge_every=200),
    "paper": Stage(NAME, 200_000, 128, 3e-4, decay=1e-4, average=0.9999),
    "tiny": Stage(NAME, 40, 4, 2e-3, decay=0.0, judge_every=40),
}


def started(config: ImageCodecConfig, dances: FlatDances, seed: int) -> ImageCodec:
    """A codec that begins as the linear code of its dances."""
    codec = ImageCodec(config)
    some = torch.from_numpy(dances.draw(np.random.default_rng([seed, 1]), PATCHES, PATCH))
    codec.lead.fit(codec.lead.of_keypoints(some).numpy())
    return codec


class FlatImageLoss:
    """The loss of a batch, and the numbers of held-out segments."""

    def __init__(self, codec: ImageCodec, dances: FlatDances, held_out: FlatDances) -> None:
        self.codec, self.dances = codec, dances
        at = np.unique(np.linspace(0, len(held_out) - 1, HELD_OUT).round().astype(int))
        self.held_out = torch.from_numpy(held_out.keypoints[at])

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        """Of `count` stretches."""
        codec, c = self.codec, self.codec.config
        device = codec.shift.device
        seen = torch.from_numpy(self.dances.draw(rng, count, WINDOW)).to(device)
        images, places = codec.rows.draw(seen), codec.rows.places(seen)
        noise = c.noise * torch.rand(count, 1, 1, 1, device=device) ** 3
        least = torch.where(torch.rand(count, device=device) < c.dropped, c.latents // 4, c.latents)
        most = least + (c.latents + 1 - least) * torch.rand(count, device=device)
        kept = torch.arange(c.latents, device=device) < most.int()[:, None]
        raw, logits, confidence = model(images, noise, kept[:, :, None, None])
        chances = F.log_softmax(logits.float(), 2).clamp_min(-30.0)  # a chance so small has no slope
        sure = seen[..., 2].repeat_interleave(2, -1).transpose(1, 2)  # (B, C, T)
        weight = sure.clamp_min(LEAST)
        wanted = images / images.sum(2, keepdim=True).clamp_min(1e-6)
        own = 0.5 + math.log(codec.rows.sigma * math.sqrt(math.tau))  # of a Gaussian: the divergence from it
        image = (-(wanted * chances).sum(2) - own).mul(weight).mean()
        middle = (codec.rows.bins - 1) / 2
        said = (codec.lead.means(chances.exp())[0][:, :, 0] + 1) * middle
        off = said - places.clamp(0, codec.rows.bins - 1)
        bins = (off.abs() * weight).mean()
        speed = (off.diff(dim=-1).abs() * weight[..., 1:]).mean()
        told = (confidence.float() - sure).square().mean()
        tame = (raw.float().square().mean((0, 3)) - 1.0).clamp_min(0.0).mean()  # latents keep to their spread
        total = image + BINS * bins + SPEED * speed + SURE * told + 0.1 * tame
        return total, {"image": float(image.detach()), "bins": float(bins.detach()),
                       "sure": float(told.detach())}

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Of held-out segments, through images: bins that what is seen is off, and from frame to frame; how
        far off the confidence is, and the share of the keypoints that are seen wrongly, or wrongly not."""
        codec, rows = self.codec, self.codec.rows
        numbers = []
        for some in self.held_out.to(codec.shift.device).split(2):
            found, confidence = codec.decode_points(codec.encode_points(some))
            there = some[..., 2] >= DRAWN
            off = (found - some[..., :2]) * rows.bins
            both = there[:, 1:] & there[:, :-1]
            numbers.append((off.abs()[there].mean(), off.diff(dim=1).abs()[both].mean(),
                            (confidence - some[..., 2]).abs().mean(),
                            ((confidence >= DRAWN) != there).float().mean()))
        mean = torch.tensor(numbers).mean(0).tolist()
        return dict(zip(("val bins", "val bins a frame", "val confidence", "val wrongly seen"), mean,
                        strict=True))


@one_thread()
@torch.no_grad()
def settle(codec: ImageCodec, dances: FlatDances, seed: int) -> None:
    """Measure the latents of training dances: shift and scale of each channel, and what each counts.

    On one thread: started again it must find the same bits, or the corpus would be coded anew.
    """
    codec.eval()
    rng = np.random.default_rng([seed, 2])
    some = torch.from_numpy(dances.draw(rng, MEASURED, dances.keypoints.shape[1])).to(codec.shift.device)
    raw = torch.cat([codec.raw(codec.rows.draw(few)) for few in some.split(4)])
    codec.shift.copy_(raw.mean((0, 2, 3))[:, None, None])
    codec.scale.copy_(raw.std((0, 2, 3))[:, None, None])
    codec.counts.copy_(codec.lead.moves.reshape(codec.counts.shape) * codec.scale[:, :, 0])
