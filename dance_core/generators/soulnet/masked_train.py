"""Training of the two transformers, codec and retrieval module frozen: base codes, then deeper levels."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from lightning_fabric import Fabric

from dance_core.generators.nets.dances import Dances
from dance_core.generators.nets.training import Progress, Stage, train_stage
from dance_core.generators.soulnet.bearing import book_of
from dance_core.generators.soulnet.masked import Masked
from dance_core.generators.soulnet.masked_config import MaskedConfig
from dance_core.generators.soulnet.masked_loss import BaseLoss, LevelsLoss
from dance_core.generators.soulnet.mmr import Mmr
from dance_core.generators.soulnet.tokens import Tokens

if TYPE_CHECKING:
    from dance_core.generators.soulnet.codec import Codec


@dataclass(frozen=True)
class MaskedSchedule:
    """The two stages, and how often the corpus is coded: once as it is, the rest at other tempi."""

    base: Stage
    levels: Stage
    passes: int


MASKED_SCHEDULES: dict[str, MaskedSchedule] = {
    "small": MaskedSchedule(Stage("base", 4_000, 48, 7e-4, decay=0.03, average=0.995, judge_every=250),
                            Stage("levels", 1_450, 48, 7e-4, decay=0.03, average=0.995, judge_every=250), 8),
    "paper": MaskedSchedule(Stage("base", 100_000, 64, 2e-4, decay=1e-5, average=0.9995),
                            Stage("levels", 50_000, 64, 2e-4, decay=1e-5, average=0.9995), 8),
    "tiny": MaskedSchedule(Stage("base", 150, 16, 3e-3, average=0.9, judge_every=150),
                           Stage("levels", 60, 16, 3e-3, average=0.9, judge_every=60), 1),
}
Danced = tuple[Dances, Sequence[str]]  # dances, and the song of each
# the retrieval loss, which the shipped build is without; the retrieval vectors; music per moment
ABLATIONS = ("alignment", "no-vectors", "no-music")
ALIGNMENT = 0.1  # weight of the loss in the ablation that has it


def train_masked(fabric: Fabric, config: MaskedConfig, schedule: MaskedSchedule, codec: Codec,
                 mmr: Mmr | None, danced: Danced, held_out: Danced, folder: Path, seed: int,
                 progress: Progress, stages: tuple[str, ...] = ("base", "levels")) -> Masked:
    """Train both transformers, going on from checkpoints in `folder`.

    Args:
        config: its vector, dim, codes and levels are taken from codec and mmr.
        stages: "base", or both.
    """
    tokens, held_tokens = (
        Tokens.read(d, s, codec, config, n, ear=mmr if config.vector else None,
                    device=fabric.device, seed=seed,
                    progress=lambda done, total, what=what: progress(what, done, total, {}))
        for (d, s), n, what in ((danced, schedule.passes, "coding"), (held_out, 1, "coding val")))
    torch.manual_seed(seed)
    net = Masked(config)
    music = danced[0].music
    net.base.music.mean.copy_(torch.from_numpy(music.mean(0)))
    net.base.music.spread.copy_(torch.from_numpy(music.std(0) + 1e-3))
    if config.dancers:
        net.base.bearing.manner.fit(*book_of(danced[0]))
    net.to(fabric.device)
    base = BaseLoss(tokens, held_tokens, codec, mmr)
    train_stage(fabric, schedule.base, net.base, folder, seed, base.loss, base.judge, progress)
    net.base.requires_grad_(False).eval()
    if "levels" in stages:
        levels = LevelsLoss(tokens, held_tokens, codec, mmr, net.base)
        train_stage(fabric, schedule.levels, net.levels, folder, seed, levels.loss, levels.judge, progress)
    return net.eval()


def fitted(config: MaskedConfig, codec: Codec, mmr: Mmr | None, styles: tuple[str, ...],
           features: tuple[str, ...], dancers: int, ablation: str = "") -> MaskedConfig:
    """The config with what codec, retrieval module and corpus say; one of ABLATIONS changes a part.

    ValueError if the windows are too short for the retrieval module's clips.
    """
    _, levels, codes, dim = codec.books.shape
    vector = mmr.config.vector if mmr is not None and ablation != "no-vectors" else 0
    if ablation and ablation not in ABLATIONS:
        raise ValueError(f"no ablation {ablation!r}; there are {', '.join(ABLATIONS)}")
    config = dataclasses.replace(
        config, levels=levels, codes=codes, dim=dim, vector=vector, styles=styles, features=features,
        dancers=dancers,
        alignment=ALIGNMENT if ablation == "alignment" else config.alignment,
        moments=config.moments and ablation != "no-music")
    new = (config.window - config.context) * config.patch
    if mmr is not None and mmr.clip > new:
        raise ValueError(f"clips of {mmr.clip} frames do not fit windows of {new}")
    return config
