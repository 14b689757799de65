"""Training of the JEPA system: first the world model f and g, then, with these frozen, the decoder d,
which at last learns to need few passes.

All stages draw stretches of four to five windows at any frame of any dance. In some of them what came
before is replaced by the first pose held still: that is how a dance begins that starts in a reference pose.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from dance_core import __version__
from dance_core.atomic import replacing
from dance_core.corpus.pairs import Corpus
from dance_core.generators.jepa.config import CONFIGS, JepaConfig
from dance_core.generators.jepa.decoder_loss import DecoderLoss
from dance_core.generators.jepa.judging import JUMP, judge_world, judged
from dance_core.generators.jepa.stretches import Stretches
from dance_core.generators.jepa.swift import SwiftLoss
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.nets.dances import Dances, feature_names, fit_shapes
from dance_core.generators.nets.patches import PatchStatistics
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights


@dataclass(frozen=True)
class Schedule:
    """The stages; `ablation` leaves one part of the world model out, for the card."""

    world: Stage
    decoder: Stage
    swift: Stage
    ablation: str = ""


SCHEDULES: dict[str, Schedule] = {
    "small": Schedule(Stage("world", 1_200, 64, 6e-4), Stage("decoder", 6_000, 64, 6e-4, average=0.998),
                      Stage("swift", 800, 64, 2e-4, average=0.995)),
    "paper": Schedule(Stage("world", 40_000, 128, 3e-4), Stage("decoder", 150_000, 64, 2e-4, average=0.9995),
                      Stage("swift", 20_000, 64, 1e-4, average=0.9995)),
    "tiny": Schedule(Stage("world", 250, 16, 3e-3),
                     Stage("decoder", 150, 16, 3e-3, average=0.9), Stage("swift", 30, 16, 1e-3, average=0.8)),
}
ABLATIONS = ("no-vicreg", "no-rollout", "no-recall", "music-blind")


def prepare(corpus: Corpus, config: JepaConfig, seed: int, progress: Progress
            ) -> tuple[Whole, Dances, Dances]:
    """The untrained system with all that is fitted rather than trained, and the train and val dances."""
    config = dataclasses.replace(config, styles=corpus.styles, features=feature_names(corpus))
    code = fit_shapes(corpus, seed)
    train = Dances.read(corpus, "train", code, config.styles, mirrored=True,
                        progress=lambda done, total: progress("reading", done, total, {}))
    held_out = Dances.read(corpus, "val", code, config.styles, mirrored=False)
    rows = [train.rows[a:a + n] for a, n in zip(train.starts, train.lengths, strict=True)]
    torch.manual_seed(seed)
    whole = Whole(config, PatchStatistics.fit(rows, config.patch, config.patch_latents, seed), code)
    for encoder in (whole.world.predictor.music, whole.decoder.music):
        encoder.mean.copy_(torch.from_numpy(train.music.mean(0)))
        encoder.spread.copy_(torch.from_numpy(train.music.std(0) + 1e-3))
    return whole, train, held_out


def train(corpus: Corpus, name: str, folder: Path, *, seed: int = 0,
          progress: Progress = lambda *told: None, schedule: Schedule | None = None, devices: str = "auto",
          stages: tuple[str, ...] = ("world", "decoder", "swift"), threads: int = 0) -> Whole:
    """Train a config on a corpus.

    FOLDER gets checkpoints and logs, at the end judged.md, what the world model is worth, and, with the
    decoder, jepa.safetensors and jepa.json.

    Interrupted and started again, it goes on from the last checkpoint.
    """
    if threads:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    schedule = schedule or SCHEDULES[name]
    whole, dances, held_out = prepare(corpus, CONFIGS[name], seed, progress)
    fabric = start_fabric(devices)
    whole.to(fabric.device)
    worker = WorldLoss(whole, dances, held_out, schedule.ablation)
    train_stage(fabric, schedule.world, whole.world, folder, seed, worker.loss, worker.judge, progress)
    whole.world.requires_grad_(False).eval()
    if "decoder" in stages:
        painter = DecoderLoss(whole, dances, held_out, schedule.ablation)
        train_stage(fabric, schedule.decoder, whole.decoder, folder, seed, painter.loss, painter.judge,
                    progress)
    if "swift" in stages:
        pupil = SwiftLoss(whole, dances, held_out)
        train_stage(fabric, schedule.swift, whole.decoder, folder, seed, pupil.loss, pupil.judge, progress)
    if fabric.is_global_zero:
        if "decoder" in stages:
            save_weights(folder, "jepa", whole, _told(whole, name, seed, schedule, corpus))
        with replacing(folder / "judged.md") as part:
            part.write_text(judged(whole, held_out), encoding="utf-8")
    return whole.eval()


def _told(whole: Whole, name: str, seed: int, schedule: Schedule, corpus: Corpus) -> dict[str, object]:
    """What stands beside the weights."""
    return {"config": whole.config.as_dict(), "name": name, "seed": seed, "code_version": __version__,
            "corpus": {"seconds": {s: round(corpus.seconds(s)) for s in ("train", "val", "test")},
                       "styles": list(corpus.styles)},
            "stages": {s.name: dataclasses.asdict(s)
                       for s in (schedule.world, schedule.decoder, schedule.swift)},
            "ablation": schedule.ablation,
            "command": f"python -m dance_core train jepa --corpus DIR --config {name} --seed {seed}"}


class WorldLoss(Stretches):
    """Loss and judgement of f and g."""

    def __init__(self, whole: Whole, dances: Dances, held_out: Dances, ablation: str) -> None:
        super().__init__(whole, whole.config.rollout + 1, JUMP)
        self.dances, self.held_out, self.ablation = dances, held_out, ablation

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        c = self.c
        rows, music, style = self.draw(self.dances, rng, count, still=0, varied=True)
        hear = torch.from_numpy(rng.random(count) >= c.drop_music).to(rows.device)
        if self.ablation == "music-blind":
            hear[:] = False
        coming = self.coming(music, 1)
        parts = model(self.latents(rows), self.pulses(rows), coming, style, hear)
        weights = {"one": 1.0, "rollout": 1.0, "spread": c.variance, "moving": c.moving,
                   "shared": c.covariance, "recall": c.recall, "again": c.again, "pulse": c.pulse}
        dropped = {"no-vicreg": ("spread", "moving", "shared"), "no-rollout": ("rollout",),
                   "no-recall": ("recall", "again", "pulse")}
        for name in dropped.get(self.ablation, ()):
            weights[name] = 0.0
        loss = sum(w * parts[n] for n, w in weights.items() if w)
        return loss, {n: float(v.detach()) for n, v in parts.items()}

    def judge(self, model: nn.Module) -> dict[str, float]:
        """See judging.judge_world."""
        return judge_world(model, self, self.held_out)
