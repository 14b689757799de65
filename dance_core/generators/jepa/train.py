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
from dance_core.corpus.pairs import Corpus
from dance_core.generators.jepa.config import CONFIGS, JepaConfig
from dance_core.generators.jepa.decoder import Decoder
from dance_core.generators.jepa.losses import effective_rank, spread_range
from dance_core.generators.jepa.world import WorldModel
from dance_core.generators.nets import fk, flow
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances, feature_names, fit_shapes
from dance_core.generators.nets.patches import Patches, PatchStatistics
from dance_core.generators.nets.training import Progress, Stage, start_fabric, train_stage
from dance_core.generators.nets.weights import save_weights

JUMPED, JUMP = 0.3, 40  # share of the world model's stretches whose past is up to so many frames too early
HELD = 0.12  # share of stretches that begin with a held pose
CONTEXT_NOISE = 0.08  # most noise on the decoder's context: what it gets when it dances is its own work
BODY_FROM = 0.35  # share of the decoder's stage after which losses in metres join in
METRES, SPEED, STANCE = 4.0, 0.25, 0.5  # weights of errors in m², (m/s)², and of standing feet's (m/s)²


@dataclass(frozen=True)
class Schedule:
    """Both stages; `ablation` leaves one part of the world model out, for the card."""

    world: Stage
    decoder: Stage
    ablation: str = ""


SCHEDULES: dict[str, Schedule] = {
    "small": Schedule(Stage("world", 700, 64, 6e-4), Stage("decoder", 1_800, 64, 6e-4, average=0.997)),
    "paper": Schedule(Stage("world", 40_000, 128, 3e-4), Stage("decoder", 150_000, 64, 2e-4, average=0.9995)),
    "tiny": Schedule(Stage("world", 250, 16, 3e-3),
                     Stage("decoder", 150, 16, 3e-3, average=0.9)),
}
ABLATIONS = ("no-vicreg", "no-rollout", "no-recall", "music-blind")


class Whole(nn.Module):
    """Everything that is kept in one file of weights."""

    def __init__(self, c: JepaConfig, statistics: PatchStatistics | None = None,
                 code: pc.PoseCode | None = None) -> None:
        super().__init__()
        self.config = c
        self.patches = Patches(c.patch, c.patch_latents, statistics)
        self.world, self.decoder = WorldModel(c), Decoder(c)
        shapes = {"hand_mean": (90,), "hand_shapes": (pc.HAND_SHAPES, 90),
                  "face_mean": (52,), "face_shapes": (pc.FACE_SHAPES, 52)}
        for name, shape in shapes.items():
            value = torch.zeros(shape) if code is None else torch.from_numpy(getattr(code, name))
            self.register_buffer(name, value)

    def code(self) -> pc.PoseCode:
        """The pose code that the weights were trained with."""
        return pc.PoseCode(*(getattr(self, n).cpu().numpy()
                             for n in ("hand_mean", "hand_shapes", "face_mean", "face_shapes")))


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
    """Train a config on a corpus; FOLDER gets checkpoints, logs and, at the end, jepa.safetensors and .json.

    Interrupted and started again, it goes on from the last checkpoint.
    """
    if threads:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    schedule = schedule or SCHEDULES[name]
    whole, dances, held_out = prepare(corpus, CONFIGS[name], seed, progress)
    fabric = start_fabric(devices)
    whole.to(fabric.device)
    worker = _World(whole, dances, held_out, schedule.ablation)
    train_stage(fabric, schedule.world, whole.world, folder, seed, worker.loss, worker.judge, progress)
    whole.world.requires_grad_(False).eval()
    if "decoder" in stages:
        painter = _Decoder(whole, dances, held_out, schedule.ablation)
        train_stage(fabric, schedule.decoder, whole.decoder, folder, seed, painter.loss, painter.judge,
                    progress)
    if fabric.is_global_zero:
        save_weights(folder, "jepa", whole, {
            "config": whole.config.as_dict(), "name": name, "seed": seed, "code_version": __version__,
            "corpus": {"seconds": {s: round(corpus.seconds(s)) for s in ("train", "val", "test")},
                       "styles": list(corpus.styles)},
            "stages": {s.name: dataclasses.asdict(s) for s in (schedule.world, schedule.decoder)},
            "ablation": schedule.ablation,
            "command": f"python -m dance_core train jepa --corpus DIR --config {name} --seed {seed}"})
    return whole.eval()


def held(rows: Tensor, frames: int) -> Tensor:
    """(B, frames, ROW): the first of some rows, standing still."""
    still = rows[:, :1].repeat(1, frames, 1)
    still[..., pc.VELOCITY] = 0.0
    still[..., pc.TURN] = 0.0
    return still


class _Stretches:
    """Draws stretches of windows, some of which begin with a held pose."""

    def __init__(self, whole: Whole, windows: int, jump: int = 0) -> None:
        self.c, self.whole, self.windows, self.jump = whole.config, whole, windows, jump
        self.frames = jump + windows * self.c.window + self.c.music_ahead

    def draw(self, dances: Dances, rng: np.random.Generator, count: int, still: int
             ) -> tuple[Tensor, Tensor, Tensor]:
        """rows (B, W·window, ROW), music (B, frames, F), style (B,); windows up to `still` held in some."""
        drawn, music, style = (x.to(self.whole.hand_mean.device)
                               for x in dances.draw(rng, count, self.frames))
        music = music[:, self.jump:]
        rows = drawn[:, self.jump:self.jump + self.windows * self.c.window].clone()
        if self.jump:  # a past of another phase: only the music tells where the beat is now
            for i in np.flatnonzero(rng.random(count) < JUMPED):
                early = int(rng.integers(self.jump))
                rows[i, :self.c.window] = drawn[i, early:early + self.c.window]
        begins = torch.from_numpy(rng.random(count) < HELD).to(rows.device)
        lead = (still + 1) * self.c.window
        rows[begins, :lead] = held(rows[begins, lead:], lead)
        return rows, music, style

    def latents(self, rows: Tensor) -> Tensor:
        """(B, W, tokens, L)."""
        return self.whole.patches.encode(rows).unflatten(1, (-1, self.c.tokens))

    def music_of(self, music: Tensor, window: int, before: int = 0) -> Tensor:
        """The music of a window, `before` frames earlier until music_ahead frames later."""
        a = window * self.c.window
        return music[:, a - before:a + self.c.window + self.c.music_ahead]


class _World(_Stretches):
    """Loss and judgement of f and g."""

    def __init__(self, whole: Whole, dances: Dances, held_out: Dances, ablation: str) -> None:
        super().__init__(whole, whole.config.rollout + 1, JUMP)
        self.dances, self.held_out, self.ablation = dances, held_out, ablation

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        c = self.c
        rows, music, style = self.draw(self.dances, rng, count, still=0)
        hear = torch.from_numpy(rng.random(count) >= c.drop_music).to(rows.device)
        if self.ablation == "music-blind":
            hear[:] = False
        coming = torch.stack([self.music_of(music, k) for k in range(1, self.windows)], 1)
        parts = model(self.latents(rows), coming, style, hear)
        weights = {"one": 1.0, "rollout": 1.0, "spread": c.variance, "moving": c.moving,
                   "shared": c.covariance, "recall": c.recall}
        dropped = {"no-vicreg": ("spread", "moving", "shared"), "no-rollout": ("rollout",),
                   "no-recall": ("recall",)}
        for name in dropped.get(self.ablation, ()):
            weights[name] = 0.0
        loss = sum(w * parts[n] for n, w in weights.items() if w)
        return loss, {n: float(v.detach()) for n, v in parts.items()}

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Prediction on held-out dances against what must be beaten, and signs of collapse."""
        rng = np.random.default_rng(5)
        count = 192
        rows, music, style = super().draw(self.held_out, rng, count, still=0)
        z = model.encode(self.latents(rows))
        coming = torch.stack([self.music_of(music, k) for k in range(1, self.windows)], 1)
        truth, scale = z[:, 1:], z.var()

        def error(guess: Tensor) -> float:
            return float((guess - truth).square().mean() / scale)

        deaf = torch.zeros(count, dtype=torch.bool, device=z.device)
        ahead = model.rollout(z[:, :1], coming, style)
        memory = model.listen(coming)
        one = torch.stack([model.predictor(z[:, max(0, k - self.c.history):k], memory[k - 1], style)
                           for k in range(1, self.windows)], 1)
        flat = z.flatten(0, 2)
        low, mid, high = spread_range(flat)
        return {
            "val one step": error(one),
            "val rollout": error(ahead),
            "val rollout shuffled music": error(model.rollout(z[:, :1], coming.roll(1, 0), style)),
            "val rollout deaf": error(model.rollout(z[:, :1], coming, style, deaf)),
            "val copy last": error(z[:, :1].expand_as(truth)),
            "val mean": error(flat.mean(0).expand_as(truth)),
            "effective rank": effective_rank(flat),
            "least spread": low, "mean spread": mid, "most spread": high}


class _Decoder(_Stretches):
    """Loss and judgement of d."""

    def __init__(self, whole: Whole, dances: Dances, held_out: Dances, ablation: str) -> None:
        super().__init__(whole, 4)
        self.dances, self.held_out, self.ablation = dances, held_out, ablation

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        batch = self._batch(self.dances, rng, count)
        t = flow.draw_times(count, None, batch["x"].device)
        hear = torch.from_numpy(rng.random(count) >= self.c.drop_music).to(t.device)
        guess = self._guess(model, batch, t, hear)
        weight = flow.weight(t)
        numbers = {}
        loss = ((guess - batch["x"]).square().mean((1, 2)) * weight).mean()
        numbers["latent"] = float(loss.detach())
        if share >= BODY_FROM:
            body, parts = self._body_loss(guess, batch, weight / flow.MOST_WEIGHT)
            loss, numbers = loss + body, numbers | parts
        return loss, numbers

    def _guess(self, model: nn.Module, batch: dict[str, Tensor], t: Tensor, hear: Tensor) -> Tensor:
        noise = torch.randn_like(batch["x"])
        if self.ablation == "music-blind":
            hear = torch.zeros_like(hear)
        out = model(flow.mixed(batch["x"], noise, t), t, batch["context"], batch["states"], batch["music"],
                    batch["style"], hear)
        return out.float()

    @torch.no_grad()
    def _batch(self, dances: Dances, rng: np.random.Generator, count: int) -> dict[str, Tensor]:
        c, world = self.c, self.whole.world
        rows, music, style = self.draw(dances, rng, count, still=self.windows - 2)
        latents = self.latents(rows)  # (B, 4, tokens, L)
        z = world.encode(latents)
        steps = int(rng.integers(0, self.windows))  # windows that g went on alone; 0: the true state
        start = self.windows - steps
        if steps:
            coming = torch.stack([self.music_of(music, k) for k in range(start, self.windows)], 1)
            ahead = world.rollout(z[:, :start], coming, style)[:, -1]
        else:
            ahead = z[:, -1]
        context = latents[:, -2, -c.context_tokens:]
        level = CONTEXT_NOISE * torch.rand(count, 1, 1, device=rows.device)
        context = context + level * torch.randn_like(context)
        return {"x": latents[:, -1], "rows": rows[:, -c.window - c.context:], "context": context,
                "states": torch.cat([z[:, -2], ahead], 1), "style": style,
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
            feet = speed[:, :, (7, 10, 8, 11), ::2]
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
        batch = self._batch(self.held_out, rng, 128)
        hear = torch.ones(128, dtype=torch.bool, device=batch["x"].device)
        for at in (0.0, 0.5, 0.9):
            t = torch.full((128,), at, device=hear.device)
            guess = self._guess(model, batch, t, hear)
            numbers[f"val latent t={at}"] = float((guess - batch["x"]).square().mean())
            shuffled = {**batch, "music": batch["music"].roll(1, 0), "states": batch["states"].roll(1, 0)}
            if at == 0.0:
                numbers["val latent t=0 other music"] = float(
                    (self._guess(model, shuffled, t, hear) - batch["x"]).square().mean())
        return numbers
