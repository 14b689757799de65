"""Sizes of the pose-image codec, with a reason beside each."""

from __future__ import annotations

from dataclasses import dataclass

from dance_core.generators.hotdance.pose_image import FlatRows, PoseRows
from dance_core.generators.nets.sizes import Sizes

PATCH = 8  # bins and frames that one latent place stands for


@dataclass(frozen=True)
class ImageCodecConfig(Sizes):
    """One build of the codec. Frames are at 30 fps."""

    flat: bool = False  # 2D: 18 keypoints of a picture; else 3D: links of a pose
    raw: bool = False  # no images at all: coordinates as they are (raw_codec.py), for comparison
    bins: int = 64  # W; links are short, so these are 0.6 to 1.7 cm wide
    fine: float = 0.64  # m, of the pelvis' fine rows, which bins of 8 cm need; 0: none
    # Z: times 8 places of bins these are 256 numbers for 8 frames. A linear code of as many is off by 0.3 cm
    # a point, one of half as many by 1.1
    latents: int = 32
    width: int = 96  # of the convolutions over bins and time
    blocks: int = 2  # of those, on either side
    columns: int = 384  # width of the convolutions over time alone, which see all bins at once
    column_blocks: int = 3  # of those, on either side: what a patch knows of its neighbours, 3 x 8 frames

    # --- what it learns from ---
    # most noise on latents of unit spread while it learns, mostly much less: near latents are near poses
    noise: float = 0.1
    dropped: float = 0.3  # share of the stretches that are learned from their first channels alone
    metres: float = 30.0  # weight of a metre that a point is off, against the image's own loss
    speed: float = 60.0  # weight of a metre that it is off more or less than in the frame before: jitter

    def __post_init__(self) -> None:
        if self.bins % PATCH or self.bins < PATCH:
            raise ValueError(f"bins is {self.bins}, expected a multiple of {PATCH}")

    @property
    def rows(self) -> PoseRows | FlatRows:
        """What a row of the image says."""
        return FlatRows(bins=self.bins) if self.flat else PoseRows(bins=self.bins, fine=self.fine)

    @property
    def heights(self) -> int:
        """Latent places over the bins."""
        return self.bins // PATCH


IMAGE_CONFIGS: dict[str, ImageCodecConfig] = {
    "small": ImageCodecConfig(),  # learns on one CPU core
    # as fine as published, in 3D. For a GPU
    "paper": ImageCodecConfig(bins=512, fine=0.0, latents=16, width=256, blocks=4, columns=1024,
                              column_blocks=6),
    # learns something in seconds, for tests
    "tiny": ImageCodecConfig(bins=32, latents=12, width=16, blocks=1, columns=48, column_blocks=1),
}
# 2D
FLAT_IMAGE_CONFIGS: dict[str, ImageCodecConfig] = {
    # bins of 4 cm by 2 where the picture shows 5 by 3 m; 256 numbers for 8 frames, as in 3D
    "small": ImageCodecConfig(flat=True, bins=128, fine=0.0, latents=16, width=64, columns=256,
                              column_blocks=2),
    "paper": ImageCodecConfig(flat=True, bins=512, fine=0.0, latents=16, width=256, blocks=4, columns=1024,
                              column_blocks=6),
    "tiny": ImageCodecConfig(flat=True, bins=32, fine=0.0, latents=24, width=16, blocks=1, columns=48,
                             column_blocks=1),
}
