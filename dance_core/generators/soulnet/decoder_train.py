"""The codec's decoder trained on, encoders and books as they stand: codes keep their meaning.

While codes still change their meaning a decoder can't learn how they go on; what it makes then trembles,
most of all fingers and faces, which mostly rest. And when SoulNet dances, the deeper codes are guessed: the
decoder learns here from moments of which only the first levels are told.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from dance_core.generators.nets.dances import Dances
from dance_core.generators.nets.training import Progress, Stage, train_stage
from dance_core.generators.soulnet.codec import COLUMNS, PARTS, Codec
from dance_core.generators.soulnet.learning import SCALE, WINDOW, body_loss, judged

STAGE_NAME = "decoder"
DECODER_STAGES: dict[str, Stage] = {
    "small": Stage(STAGE_NAME, 4_000, 32, 6e-4, decay=1e-4, average=0.998),
    "paper": Stage(STAGE_NAME, 50_000, 256, 2e-4, decay=0.0, average=0.9995),
    "tiny": Stage(STAGE_NAME, 20, 16, 1e-3, decay=0.0, average=0.9, judge_every=20),
}
THINNED = 0.3  # share of stretches whose moments are told by their first levels only, each by another number
WEIGHTS = SCALE | {"speed": 1.2}  # the body's (m/s)² count three times what they did for the codec
MOVED = 0.5  # weight of `speed_error` of fingers and faces


def train_decoder(fabric: Fabric, codec: Codec, dances: Dances, held_out: Dances, folder: Path, seed: int,
                  stage: Stage, progress: Progress) -> Codec:
    """The codec with a decoder that was trained on; the checkpoint and log are FOLDER/STAGE.ckpt and .csv."""
    codec.to(fabric.device)
    codec.decoder.requires_grad_(True)
    worker = DecoderLoss(codec, dances, held_out)
    train_stage(fabric, stage, codec.decoder, folder, seed, worker.loss, worker.judge, progress)
    return codec.requires_grad_(False).eval()


class DecoderLoss:
    """Loss and judgement of the decoder's stage."""

    def __init__(self, codec: Codec, dances: Dances, held_out: Dances) -> None:
        self.codec, self.dances, self.held_out = codec, dances, held_out

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        codec = self.codec
        rows = self.dances.draw(rng, count, WINDOW, varied=True)[0].to(codec.books.device)
        made = codec.rows_of(model(self._told(rows, rng)))
        row = sum(codec.off(made, rows)) / PARTS
        body, told = body_loss(made, rows, WEIGHTS)
        moved = sum(speed_error(made[..., k], rows[..., k]) for k in COLUMNS[1:])
        numbers = {"rows": float(row.detach()), "moved": float(moved.detach())}
        return row + MOVED * moved + body, numbers | told

    @torch.no_grad()
    def _told(self, rows: Tensor, rng: np.random.Generator) -> Tensor:
        """Sums of code vectors (B, S, N, D) of rows (B, T, ROW), of some stretches not of all levels."""
        _, vectors, _, _ = self.codec.rounded(self.codec.streams(rows), self.codec.nearest)
        kept = rng.integers(1, vectors.shape[3] + 1, vectors.shape[:3])
        kept[rng.random(len(kept)) >= THINNED] = vectors.shape[3]
        level = torch.arange(vectors.shape[3], device=rows.device)
        has = level < torch.from_numpy(kept).to(rows.device)[..., None]
        return (vectors * has[..., None]).sum(3)

    def judge(self, model: nn.Module) -> dict[str, float]:
        """See `learning.judged`; and how much fingers and faces move against the held-out dances'."""
        numbers, made, rows = judged(self.codec, self.held_out)
        for name, k in zip(("hands", "face"), COLUMNS[1:], strict=True):
            ratio = made[..., k].diff(dim=1).abs().mean() / rows[..., k].diff(dim=1).abs().mean()
            numbers[f"val {name} moved"] = float(ratio)
        return numbers


def speed_error(made: Tensor, true: Tensor) -> Tensor:
    """Mean square error of the change from frame to frame of rows (B, T, C), against the true change's."""
    with torch.autocast(made.device.type, enabled=False):
        change = true.float().diff(dim=1)
        return (made.float().diff(dim=1) - change).square().mean() / change.square().mean().clamp_min(1e-9)
