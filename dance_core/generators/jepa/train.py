"""Training of the JEPA system: first the world model f and g, then, with these frozen, the decoder d.

Both stages draw stretches of four to five windows at any frame of any dance. In some of them what came
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
from dance_core.generators.jepa.judging import JUMP, judge_world, judged
from dance_core.generators.jepa.stretches import Stretches
from dance_core.generators.jepa.whole import Whole
from dance_core.generators.nets import fk, flow
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances, feature_names, fit_shapes
from dance_core.generators.nets.finishing import FEET
from dance_core.generators.nets.patches import PatchStatistics
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights

CONTEXT_NOISE = 0.08  # most noise on the decoder's context: what it gets when it dances is its own work
BODY_FROM = 0.35  # share of the decoder's stage after which losses in metres join in
HEARD = 0.4  # weight of what the world model hears of beat and bar in what is danced
METRES, SPEED, STANCE = 4.0, 0.25, 0.5  # weights of errors in m², (m/s)², and of standing feet's (m/s)²


@dataclass(frozen=True)
class Schedule:
    """Both stages; `ablation` leaves one part of the world model out, for the card."""

    world: Stage
    decoder: Stage
    ablation: str = ""


SCHEDULES: dict[str, Schedule] = {
    "small": Schedule(Stage("world", 1_200, 64, 6e-4), Stage("decoder", 6_000, 64, 6e-4, average=0.998)),
    "paper": Schedule(Stage("world", 40_000, 128, 3e-4), Stage("decoder", 150_000, 64, 2e-4, average=0.9995)),
    "tiny": Schedule(Stage("world", 250, 16, 3e-3),
                     Stage("decoder", 150, 16, 3e-3, average=0.9)),
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
          stages: tuple[str, ...] = ("world", "decoder"), threads: int = 0) -> Whole:
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
            "stages": {s.name: dataclasses.asdict(s) for s in (schedule.world, schedule.decoder)},
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


class DecoderLoss(Stretches):
    """Loss and judgement of d."""

    def __init__(self, whole: Whole, dances: Dances, held_out: Dances, ablation: str) -> None:
        super().__init__(whole, 4)
        self.dances, self.held_out, self.ablation = dances, held_out, ablation

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        batch = self.batch(self.dances, rng, count)
        t = flow.draw_times(count, None, batch["x"].device)
        hear = self.hearing(rng.random(count) >= self.c.drop_music, t.device)
        guess = self._guess(model, batch, t, hear)
        weight = flow.weight(t)
        numbers = {}
        loss = ((guess - batch["x"]).square().mean((1, 2)) * weight).mean()
        numbers["latent"] = float(loss.detach())
        if share >= BODY_FROM:
            body, parts = self._body_loss(guess, batch, weight / flow.MOST_WEIGHT)
            loss, numbers = loss + body, numbers | parts
        heard = self.heard_loss(guess, batch, weight / flow.MOST_WEIGHT * hear)
        numbers["heard"] = float(heard.detach())
        return loss + HEARD * heard, numbers

    def hearing(self, wanted: np.ndarray, device: torch.device) -> Tensor:
        """(B,) bool: whose guess is made with music; nobody's where the music is left out altogether."""
        return torch.from_numpy(wanted & (self.ablation != "music-blind")).to(device)

    def heard_loss(self, guess: Tensor, batch: dict[str, Tensor], weight: Tensor) -> Tensor:
        """How badly the world model hears beat and bar back from the dance so far and the guess.

        A guess that is nearly right in every number may still rest beside the beat, and that is what is seen.
        weight (B,): 0 for guesses made without music, which have no beat to be on; the loss is 0 if all are.
        """
        world = self.whole.world
        with torch.autocast(guess.device.type, torch.bfloat16):
            after = world.encode(guess[:, None])
            told = world.heard(batch["states"][:, None, :self.c.chunks], after)
        error = (told.float() - batch["metre"]).square().mean((1, 2, 3))
        return (error * weight).sum() / weight.sum().clamp_min(1e-6)

    def _guess(self, model: nn.Module, batch: dict[str, Tensor], t: Tensor, hear: Tensor) -> Tensor:
        noise = torch.randn_like(batch["x"])
        out = model(flow.mixed(batch["x"], noise, t), t, batch["context"], batch["states"], batch["music"],
                    batch["style"], hear)
        return out.float()

    @torch.no_grad()
    def batch(self, dances: Dances, rng: np.random.Generator, count: int) -> dict[str, Tensor]:
        c, world = self.c, self.whole.world
        varied = dances is self.dances
        rows, music, style = self.draw(dances, rng, count, still=self.windows - 2, varied=varied)
        latents = self.latents(rows)  # (B, 4, tokens, L)
        z = world.encode(latents)
        steps = int(rng.integers(0, self.windows))  # windows that g went on alone; 0: the true state
        start = self.windows - steps
        if steps:
            coming = self.coming(music, start)
            ahead = world.rollout(z[:, :start], coming, style)[:, -1]
        else:
            ahead = z[:, -1]
        context = latents[:, -2, -c.context_tokens:]
        level = CONTEXT_NOISE * torch.rand(count, 1, 1, device=rows.device)
        context = context + level * torch.randn_like(context)
        return {"x": latents[:, -1], "rows": rows[:, -c.window - c.context:], "context": context,
                "states": torch.cat([z[:, -2], ahead], 1), "style": style,
                "metre": world.metre(self.music_of(music, self.windows - 1)[:, None]),
                "music": self.music_of(music, self.windows - 1, c.context)}

    def _body_loss(self, guess: Tensor, batch: dict[str, Tensor], weight: Tensor
                   ) -> tuple[Tensor, dict[str, float]]:
        """Errors in metres and m/s, one patch of the context included so that the way on is smooth."""
        p = self.c.patch
        with torch.autocast(guess.device.type, enabled=False):
            true = batch["rows"][:, self.c.context - p:]
            made = torch.cat([true[:, :p], self.whole.patches.decode(guess)], 1)
            at, true_at = fk.places(made), fk.places(true)
            speed, true_speed = fk.velocities(made, at), fk.velocities(true, true_at)
            stands = true[:, :-1, pc.CONTACTS, None]
            feet = speed[:, :, FEET, ::2]
            parts = {"metres": (at - true_at).square().sum(-1).mean((1, 2)),
                     "speed": (speed - true_speed).square().sum(-1).mean((1, 2)),
                     "stance": (stands * feet.square()).sum((1, 2, 3)) / stands.sum((1, 2, 3)).clamp_min(1.0)}
            scale = {"metres": METRES, "speed": SPEED, "stance": STANCE}
            loss = sum(scale[n] * (weight * v).mean() for n, v in parts.items())
        return loss, {n: float(v.mean().detach()) for n, v in parts.items()}

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Error of the guess on held-out dances, half-way and near the end of the path."""
        rng, numbers = np.random.default_rng(7), {}
        torch.manual_seed(7)
        batch = self.batch(self.held_out, rng, 128)
        hear = self.hearing(np.ones(128, bool), batch["x"].device)
        for at in (0.0, 0.5, 0.9):
            t = torch.full((128,), at, device=hear.device)
            guess = self._guess(model, batch, t, hear)
            numbers[f"val latent t={at}"] = float((guess - batch["x"]).square().mean())
            shuffled = {**batch, "music": batch["music"].roll(1, 0), "states": batch["states"].roll(1, 0)}
            if at == 0.0:
                numbers["val latent t=0 other music"] = float(
                    (self._guess(model, shuffled, t, hear) - batch["x"]).square().mean())
        return numbers
