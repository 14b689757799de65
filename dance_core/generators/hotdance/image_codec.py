"""The pose-image codec: images (C, W, T) to latents (Z, W/8, T/8), and back.

    images  → where each row is hot  → leading directions of 8 frames ┐
            → convolutions over bins and time, then over time alone   ┴→ latents
    latents → convolutions over time alone → where each row is hot    ┐
            → convolutions over bins and time                         ┴→ log-probabilities of the bins

A row's hot spot is one number, and drawing it again is known: so both ways have a part that nothing must
learn (places are read as a mean over bins, their leading directions found by PCA, and the spot drawn as a
Gaussian), and convolutions beside it that begin as nothing and learn what it leaves: what neighbouring
patches say, and hot spots of another shape.
"""

from __future__ import annotations

import copy
import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dance_core.generators.hotdance.image_config import PATCH, ImageCodecConfig
from dance_core.generators.hotdance.leading import Leading
from dance_core.generators.hotdance.raw_codec import RawCodec
from dance_core.generators.nets.weights import load_weights, read_config

NAME = "image_codec"  # of its weights


class Block(nn.Module):
    """A residual block: a convolution over a place's neighbours, one over its own channels."""

    def __init__(self, width: int, kernel: tuple[int, int]) -> None:
        super().__init__()
        pad = (kernel[0] // 2, kernel[1] // 2)
        self.gain = nn.Parameter(torch.ones(width, 1, 1))
        self.near, self.mix = nn.Conv2d(width, width, kernel, padding=pad), nn.Conv2d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, D, R, N) -> (B, D, R, N)."""
        # every place by itself, so that a dance is coded alike in windows of any length
        level = x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-6) * self.gain
        return x + self.mix(F.gelu(self.near(level)))


class _Encoder(nn.Module):
    def __init__(self, channels: int, numbers: int, c: ImageCodecConfig) -> None:
        super().__init__()
        self.patch = nn.Conv2d(channels, c.width, PATCH, stride=PATCH)
        self.place = nn.Parameter(0.02 * torch.randn(c.width, c.heights, 1))  # which bins these are
        self.blocks = nn.Sequential(*(Block(c.width, (3, 3)) for _ in range(c.blocks)))
        self.column = nn.Conv2d(c.width, c.columns, (c.heights, 1))
        self.lead = nn.Conv2d(numbers, c.columns, 1)
        self.times = nn.Sequential(*(Block(c.columns, (1, 3)) for _ in range(c.column_blocks)))
        self.out = _nothing(nn.Conv2d(c.columns, c.latents * c.heights, 1))

    def forward(self, images: Tensor, lead: Tensor) -> Tensor:
        """Images (B, C, W, T), all leading numbers (B, M, N) -> (B, Z·R, N)."""
        x = self.blocks(self.patch(images) + self.place)
        x = self.times(self.column(F.gelu(x)) + self.lead(lead.unsqueeze(2)))
        return self.out(x)[:, :, 0].float()


class _Decoder(nn.Module):
    def __init__(self, channels: int, numbers: int, c: ImageCodecConfig) -> None:
        super().__init__()
        self.into = nn.Conv2d(c.latents * c.heights, c.columns, 1)
        self.times = nn.Sequential(*(Block(c.columns, (1, 3)) for _ in range(c.column_blocks)))
        self.lead = _nothing(nn.Conv2d(c.columns, numbers, 1))
        self.column = nn.ConvTranspose2d(c.columns, c.width, (c.heights, 1))
        self.own = nn.Conv2d(c.latents, c.width, 1)
        self.place = nn.Parameter(0.02 * torch.randn(c.width, c.heights, 1))
        self.blocks = nn.Sequential(*(Block(c.width, (3, 3)) for _ in range(c.blocks)))
        self.patch = _nothing(nn.ConvTranspose2d(c.width, channels, PATCH, stride=PATCH))

    def forward(self, latents: Tensor) -> tuple[Tensor, Tensor]:
        """(B, Z, R, N) -> what to add to the leading numbers (B, M, N), and to the bins (B, C, W, T)."""
        x = self.times(self.into(latents.flatten(1, 2).unsqueeze(2)))
        bins = self.blocks(self.column(F.gelu(x)) + self.own(latents) + self.place)
        return self.lead(x)[:, :, 0].float(), self.patch(F.gelu(bins))


class ImageCodec(nn.Module):
    """Images <-> latents. T may be any multiple of 8.

    Latents have mean 0 and spread 1 in every channel over the dances that it learned from, the channels of
    most weight first. `counts` (Z, R) says how much each latent weighs: the cm that a point is off, in the
    mean, if that latent is off by its spread. The first channels alone are a code too, if a coarser one.
    """

    def __init__(self, c: ImageCodecConfig) -> None:
        super().__init__()
        self.config, self.rows = c, c.rows
        self.lead = Leading(c)
        channels, numbers = self.rows.channels, self.lead.numbers
        self.encoder, self.decoder = _Encoder(channels, numbers, c), _Decoder(channels, numbers, c)
        self.register_buffer("shift", torch.zeros(c.latents, 1, 1))
        self.register_buffer("scale", torch.ones(c.latents, 1, 1))
        self.register_buffer("counts", torch.zeros(c.latents, c.heights))

    def forward(self, images: Tensor, noise: Tensor, kept: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """For learning: raw latents (B, Z, R, N) of images, and what `logits` says of them with noise added.

        noise (B, 1, 1, 1) is its spread; kept (B, Z, 1, 1) is 0 for channels that the decoder doesn't get.
        """
        raw = self.raw(images)
        return raw, *self.logits((raw + noise * torch.randn_like(raw)) * kept)

    # --- images -> latents ---

    def encode(self, images: Tensor) -> Tensor:
        """Latents (B, Z, W/8, T/8) of images (B, C, W, T). ValueError for other shapes."""
        shape = (self.rows.channels, self.config.bins)
        if images.ndim != 4 or tuple(images.shape[1:3]) != shape or images.shape[3] % PATCH \
                or not images.shape[3]:
            raise ValueError(f"images have shape {tuple(images.shape)}, expected (B, {shape[0]}, {shape[1]}, "
                             f"T) with T a multiple of {PATCH}")
        return (self.raw(images) - self.shift) / self.scale

    def raw(self, images: Tensor) -> Tensor:
        """Latents as the encoder makes them, before shift and scale."""
        numbers = self.lead.of(images)
        latents = self.lead.first(numbers) + self.encoder(images, numbers)
        return latents.unflatten(1, (self.config.latents, self.config.heights))

    # --- latents -> images ---

    def decode(self, latents: Tensor) -> Tensor:
        """Images (B, C, W, T) of latents (B, Z, W/8, T/8), or of their first channels alone, at least one.

        ValueError for other shapes.
        """
        most, heights = self.config.latents, self.config.heights
        given = latents.shape[1] if latents.ndim == 4 else 0
        if not 1 <= given <= most or latents.shape[2] != heights:
            raise ValueError(f"latents have shape {tuple(latents.shape)}, expected (B, {most}, {heights}, N)")
        raw = latents * self.scale[:given] + self.shift[:given]
        logits, confidence = self.logits(F.pad(raw, (0, 0, 0, 0, 0, most - given)))
        spot = self.rows.sigma * math.sqrt(2 * math.pi)  # 1 / the height of a Gaussian of sum 1
        return (torch.softmax(logits, -2) * spot).clamp_max(1.0) * confidence.unsqueeze(-2)

    def logits(self, raw: Tensor) -> tuple[Tensor, Tensor]:
        """Log-probabilities, up to a constant, of the bins (B, C, W, T), and confidence (B, C, T)."""
        more, bins = self.decoder(raw)
        places, confidence = self.lead.places(self.lead.all_of(raw.flatten(1, 2)) + more)
        gauss = self.rows.hot.off(places).square() * (-0.5 / self.rows.sigma**2)
        return gauss + bins.float(), confidence

    def linear(self) -> ImageCodec:
        """The codec that it began as, for comparison: what its convolutions add is nothing again."""
        out = copy.deepcopy(self)
        for layer in (out.encoder.out, out.decoder.lead, out.decoder.patch):
            _nothing(layer)
        return out

    # --- with points ---

    def encode_points(self, points: Tensor, confidence: Tensor | None = None) -> Tensor:
        """Latents of links (B, T, K, 3), or in 2D of keypoints (B, T, 18, 2), as the rows draw them.

        confidence: as `draw` of the rows has it.
        """
        return self.encode(self.rows.draw(points, confidence))

    def decode_points(self, latents: Tensor) -> tuple[Tensor, Tensor]:
        """(points, confidence) as the rows read them from decoded images: links (B, T, K, 3), (B, T, K)."""
        return self.rows.read(self.decode(latents))


def _nothing(layer: nn.Module) -> nn.Module:
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def load_image_codec(folder: Path) -> ImageCodec | RawCodec:
    """The codec of a folder, ready to use. UserError where it is missing or does not fit."""
    config = ImageCodecConfig.from_dict(read_config(folder, NAME)["config"])  # type: ignore[arg-type]
    codec = RawCodec(config) if config.raw else ImageCodec(config)
    load_weights(folder, NAME, codec)
    return codec.requires_grad_(False).eval()
