"""Training of the codec, of any kind of it, and the kinds compared."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch
from lightning_fabric import Fabric

from dance_core.corpus.pairs import Corpus
from dance_core.generators.nets.dances import Dances, fit_shapes
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights
from dance_core.generators.soulnet.codec import NAME, Codec
from dance_core.generators.soulnet.config import CONFIGS, KINDS, SoulNetConfig
from dance_core.generators.soulnet.learning import WINDOW, CodecLoss, Learner

KIND_STEPS = 1_500  # of the kinds compared: 10 to 15 minutes of one core each
CODEC_STAGES: dict[str, Stage] = {
    "small": Stage("codec", 4_500, 32, 1e-3, decay=1e-4),
    "paper": Stage("codec", 300_000, 256, 2e-4, decay=0.0),
    "tiny": Stage("codec", 60, 16, 4e-3, decay=0.0, judge_every=60),
}


def train_codec(fabric: Fabric, config: SoulNetConfig, code: PoseCode, dances: Dances, held_out: Dances,
                folder: Path, seed: int, stage: Stage, progress: Progress) -> Codec:
    """The codec's stage, of any kind of codec; its checkpoint and log are FOLDER/STAGE.ckpt and .csv."""
    torch.manual_seed(seed)
    codec = Codec(config, code)
    codec.fit([dances.rows[a:a + n] for a, n in zip(dances.starts, dances.lengths, strict=True)], seed)
    tokens = max(1, stage.batch // fabric.world_size) * WINDOW // config.frames
    learner = Learner(codec, tokens).to(fabric.device)
    worker = CodecLoss(learner, dances, held_out)
    train_stage(fabric, stage, learner, folder, seed, worker.loss, worker.judge, progress)
    learner.settle()
    return codec.requires_grad_(False).eval()


def train_kinds(corpus: Corpus, name: str, folder: Path, *, seed: int = 0,
                progress: Progress = lambda *told: None, devices: str = "auto", threads: int = 0,
                stage: Stage | None = None) -> dict[str, Path]:
    """Train every kind of codec alike and shortly, into FOLDER/KIND; the folders by kind.

    A kind whose weights are there already is left as it is. Interrupted and started again, it goes on.
    """
    if threads:
        torch.set_num_threads(threads)
    planned = CODEC_STAGES[name]
    stage = stage or dataclasses.replace(planned, steps=min(KIND_STEPS, planned.steps))
    folders = {kind: folder / kind for kind in KINDS}
    missing = [kind for kind in KINDS if not (folders[kind] / f"{NAME}.safetensors").exists()]
    if not missing:
        return folders
    code = fit_shapes(corpus, seed)
    dances = Dances.read(corpus, "train", code, corpus.styles, mirrored=True,
                         progress=lambda done, total: progress("reading", done, total, {}))
    held_out = Dances.read(corpus, "val", code, corpus.styles, mirrored=False)
    fabric = start_fabric(devices)
    for kind in missing:
        folders[kind].mkdir(parents=True, exist_ok=True)
        codec = train_codec(fabric, dataclasses.replace(CONFIGS[name], kind=kind), code, dances, held_out,
                            folders[kind], seed, stage,
                            lambda told, *more, kind=kind: progress(f"{kind}: {told}", *more))
        if fabric.is_global_zero:
            save_weights(folders[kind], NAME, codec,
                         {"config": codec.config.as_dict(), "name": name, "seed": seed,
                          "stage": dataclasses.asdict(stage)})
    return folders
