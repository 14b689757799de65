"""Where in beat and bar a dance is, heard from how fast its points move: what the transformer is judged by.

Most of what music tells of a dance is not where its points are but when they rest, and errors in metres
hardly see that: a guess that is nearly right in every number may rest beside the beat. (What music tells of
the points themselves, linearly, is nothing at all: .00 of their variance on held-out dances.) So a small
network learns to tell the metre from true dances, and stays as it is while the transformer learns to be
understood by it. It knows no style, no song and no pose, only speeds; how well it hears true dances to other
songs stands in its log.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.nn import functional as F

from dance_core.generators.hotdance.coded import Coded
from dance_core.generators.hotdance.dit_config import DitConfig
from dance_core.generators.hotdance.points import Points
from dance_core.generators.nets.training import Progress, Stage, train_stage
from dance_core.generators.nets.weights import load_weights, save_weights
from dance_core.motion import skeleton as sk
from dance_core.settings import MOTION_FPS

NAME = "ear"
SLOW = 0.1  # m/s: speeds are told as ratios above it, as themselves below
NOISE = 0.1  # most noise on the numbers it learns from: guesses are not quite dances
JUDGED = 96  # held-out segments
EAR_STAGES = {"small": Stage(NAME, 600, 24, 2e-3, average=0.98, judge_every=100),
              "paper": Stage(NAME, 10_000, 128, 1e-3, average=0.998),
              "tiny": Stage(NAME, 20, 8, 3e-3, judge_every=20)}


class Ear(nn.Module):
    """Points of a dance -> M columns of its metre. Convolutions that see 2 s to either side.

    points: how many it listens to, the first of those that it is shown.
    """

    def __init__(self, metre: int, width: int = 96, dilations: tuple[int, ...] = (1, 2, 4, 8, 16), *,
                 points: int = sk.BODY) -> None:
        super().__init__()
        self.points = points
        self.into = nn.Conv1d(2 * points, width, 5, padding=2)
        self.layers = nn.ModuleList(nn.Conv1d(width, width, 5, padding=2 * d, dilation=d) for d in dilations)
        self.norms = nn.ModuleList(nn.GroupNorm(8, width) for _ in dilations)
        self.out = nn.Conv1d(width, metre, 1)

    def forward(self, points: Tensor) -> Tensor:
        """(B, T, K, 3) m, or (B, T, K, 2) -> (B, T, M): sine and cosine of the place in beat and in bar."""
        change = points[:, :, :self.points].diff(dim=1) * MOTION_FPS
        change = torch.cat([change, change[:, -1:]], 1)
        speed = torch.log(change.square().sum(-1) + SLOW**2) / 2 + 1.0
        rise = change[..., 1] / (change[..., 1].abs() + 5 * SLOW)
        x = self.into(torch.cat([speed, rise], -1).transpose(1, 2))
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = x + layer(F.gelu(norm(x)))
        return self.out(F.gelu(x)).transpose(1, 2)


def load_ear(folder: Path, c: DitConfig) -> Ear | None:
    """The ear that judged the transformer in FOLDER; None where its music has no metre to tell."""
    if not c.metre:
        return None
    ear = Ear(len(c.metre))
    load_weights(folder, NAME, ear)
    return ear.requires_grad_(False).eval()


def metre_of(music: Tensor, frames: int, c: DitConfig) -> Tensor:
    """What the ear is to tell (B, frames, M) of the music (B, T, F) of a segment."""
    return music[:, :frames, list(c.metre)].float()


class EarLoss:
    """Loss and judgement of the ear."""

    def __init__(self, points: Points, config: DitConfig, coded: Coded, held_out: Coded) -> None:
        self.points, self.c, self.coded, self.held_out = points, config, coded, held_out

    def loss(self, model: nn.Module, rng: np.random.Generator, count: int, share: float
             ) -> tuple[Tensor, dict[str, float]]:
        at = rng.integers(len(self.coded), size=count)
        noise = NOISE * torch.from_numpy(rng.random((count, 1, 1)).astype(np.float32))
        return self._error(model, self.coded, at, noise)[0], {}

    def _error(self, model: nn.Module, coded: Coded, at: np.ndarray, noise: Tensor) -> tuple[Tensor, Tensor]:
        """Mean square error, and what saying the mean would cost."""
        numbers = coded.numbers[at].float()
        numbers = numbers + noise * torch.randn(numbers.shape)
        with torch.no_grad():
            points = self.points.of(numbers.to(self.points.summing.device))
        metre = metre_of(coded.music[at].to(points.device), points.shape[1], self.c)
        return (model(points).float() - metre).square().mean(), (metre - metre.mean((0, 1))).square().mean()

    def judge(self, model: nn.Module) -> dict[str, float]:
        """Share of the variance that held-out dances don't tell, without noise."""
        at = np.arange(len(self.held_out))[:JUDGED]
        error, plain = self._error(model, self.held_out, at, torch.zeros(1))
        return {"val unheard": float(error / plain)}


def trained_ear(fabric: Fabric, stage: Stage, worker: EarLoss, folder: Path, seed: int, progress: Progress,
                points: int = sk.BODY) -> Ear:
    """An ear that has learned, or goes on learning where it was; it stays as it is from here on."""
    torch.manual_seed(seed)
    ear = Ear(len(worker.c.metre), points=points).to(fabric.device)
    train_stage(fabric, stage, ear, folder, seed, worker.loss, worker.judge, progress)
    if fabric.is_global_zero:
        save_weights(folder, NAME, ear, {"seed": seed, "metre": len(worker.c.metre), "points": points})
    return ear.requires_grad_(False).eval()
