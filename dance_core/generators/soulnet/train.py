"""Training of SoulNet, stage after stage: first the codec.

Each stage leaves its own files of weights, so that the next begins from them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import torch
from lightning_fabric import Fabric

from dance_core import __version__
from dance_core.corpus.pairs import Corpus
from dance_core.generators.nets.dances import Dances, fit_shapes
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights
from dance_core.generators.soulnet.codec import NAME, Codec
from dance_core.generators.soulnet.config import CONFIGS, SoulNetConfig
from dance_core.generators.soulnet.learning import WINDOW, CodecLoss, Learner

STAGES = ("codec",)


@dataclass(frozen=True)
class Schedule:
    """The stages."""

    codec: Stage


SCHEDULES: dict[str, Schedule] = {
    "small": Schedule(Stage("codec", 2_400, 32, 1e-3, decay=1e-4, judge_every=250)),
    "paper": Schedule(Stage("codec", 300_000, 256, 2e-4, decay=0.0)),
    "tiny": Schedule(Stage("codec", 60, 16, 4e-3, decay=0.0, judge_every=60)),
}


def train(corpus: Corpus, name: str, folder: Path, *, seed: int = 0,
          progress: Progress = lambda *told: None, schedule: Schedule | None = None, devices: str = "auto",
          stages: tuple[str, ...] = STAGES, threads: int = 0) -> None:
    """Train a config on a corpus, the given stages in the order of `STAGES`.

    FOLDER gets checkpoints, logs, and of each stage its weights. Interrupted and started again, it goes on
    from the last checkpoint. ValueError for stages that are none.
    """
    if not set(stages) <= set(STAGES):
        raise ValueError(f"no such stages: {', '.join(sorted(set(stages) - set(STAGES)))}")
    if threads:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    schedule = schedule or SCHEDULES[name]
    code = fit_shapes(corpus, seed)
    dances = Dances.read(corpus, "train", code, corpus.styles, mirrored=True,
                         progress=lambda done, total: progress("reading", done, total, {}))
    held_out = Dances.read(corpus, "val", code, corpus.styles, mirrored=False)
    fabric = start_fabric(devices)
    if "codec" in stages:
        codec = train_codec(fabric, CONFIGS[name], code, dances, held_out, folder, seed,
                            schedule.codec, progress)
        if fabric.is_global_zero:
            told = {"config": codec.config.as_dict(), "name": name, "seed": seed, "code_version": __version__,
                    "corpus": {"seconds": {s: round(corpus.seconds(s)) for s in ("train", "val", "test")},
                               "styles": list(corpus.styles)},
                    "stage": dataclasses.asdict(schedule.codec),
                    "command": f"python -m dance_core train soulnet --corpus DIR --config {name} "
                               f"--seed {seed}"}
            save_weights(folder, NAME, codec, told)


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
