"""The training loop that the learned systems share: Lightning Fabric, steps, checkpoints, a CSV log.

A stage is resumable to the step: what is drawn depends on (seed, stage, step, rank) alone, and the
checkpoint holds the rest. One CPU or many GPUs.
"""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from dance_core.atomic import replacing

Progress = Callable[[str, int, int, dict[str, float]], None]  # stage, steps done, of, latest numbers
Loss = Callable[[nn.Module, np.random.Generator, int, float], tuple[Tensor, dict[str, float]]]
Judge = Callable[[nn.Module], dict[str, float]]
LOG_EVERY, SAVE_EVERY = 50, 250  # steps


@dataclass(frozen=True)
class Stage:
    """How one stage is trained.

    Attributes:
        name: of the stage, in the log and in file names.
        steps: optimiser steps.
        batch: stretches a step, over all devices.
        rate: highest learning rate; warmed up over 4 % of the steps, then a cosine down to a twentieth.
        decay: AdamW's weight decay.
        average: decay of the moving average of the weights, which is what is kept at the end; 0: none.
        clip: largest gradient norm.
        judge_every: steps between judgements on held-out dances.
    """

    name: str
    steps: int
    batch: int
    rate: float = 4e-4
    decay: float = 1e-3
    average: float = 0.0
    clip: float = 1.0
    judge_every: int = 500


def start_fabric(devices: str = "auto") -> Fabric:
    """One process on a CPU, or one per GPU; products in bf16."""
    cuda = torch.cuda.is_available()
    many = cuda and devices != "1" and torch.cuda.device_count() > 1
    fabric = Fabric(accelerator="cuda" if cuda else "cpu", devices=devices if cuda else 1,
                    # no stage trains every parameter of its network
                    strategy="ddp_find_unused_parameters_true" if many else "auto", precision="bf16-mixed")
    fabric.launch()
    return fabric


def train_stage(fabric: Fabric, stage: Stage, model: nn.Module, folder: Path, seed: int,
                loss_of: Loss, judge: Judge, progress: Progress) -> nn.Module:
    """Train until `stage.steps`, going on from folder/STAGE.ckpt if that is there.

    Args:
        loss_of: (model, rng, count, share of the stage that is over) -> loss and numbers to log.
        judge: numbers on held-out dances, of the averaged weights where there are.

    Returns:
        The model with its final (averaged) weights.
    """
    optimiser = torch.optim.AdamW(_groups(model, stage.decay), lr=stage.rate, betas=(0.9, 0.98))
    wrapped, optimiser = fabric.setup(model, optimiser)
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()} if stage.average else {}
    checkpoint = folder / f"{stage.name}.ckpt"
    state = {"model": wrapped, "optimiser": optimiser, "mean": mean, "step": 0}
    if checkpoint.exists():
        fabric.load(checkpoint, state)
        # what is neither a model nor an optimiser is read to the CPU
        mean = {k: v.to(mean[k].device) for k, v in state["mean"].items()}
    rows = _Log(folder / f"{stage.name}.csv", state["step"]) if fabric.is_global_zero else None
    clock, since = time.perf_counter(), state["step"]
    count = max(1, stage.batch // fabric.world_size)
    for step in range(state["step"], stage.steps):
        for group in optimiser.param_groups:
            group["lr"] = stage.rate * _schedule(step / stage.steps)
        rng = np.random.default_rng([seed, _number(stage.name), step, fabric.global_rank])
        torch.manual_seed(int(rng.integers(2**31)))
        wrapped.train()
        loss, numbers = loss_of(wrapped, rng, count, step / stage.steps)
        fabric.backward(loss)
        fabric.clip_gradients(wrapped, optimiser, max_norm=stage.clip, error_if_nonfinite=False)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        _follow(mean, model, min(stage.average, (step + 1) / (step + 10)))
        done = step + 1
        if done % LOG_EVERY == 0 or done == stage.steps:
            numbers["loss"] = float(loss.detach())
            numbers["steps/s"] = (done - since) / (time.perf_counter() - clock)
            if done % stage.judge_every == 0 or done == stage.steps:
                numbers |= _judged(model, mean, judge)
            if rows is not None:
                rows.write(done, numbers)
            progress(stage.name, done, stage.steps, numbers)
        if done % SAVE_EVERY == 0 or done == stage.steps:
            state["step"], state["mean"] = done, mean
            if fabric.world_size > 1:
                fabric.save(checkpoint, state)
            else:  # whole or not at all
                with replacing(checkpoint) as part:
                    fabric.save(part, state)
    if mean:
        model.load_state_dict(mean)
    return model.eval()


def _schedule(share: float) -> float:
    warm = 0.04
    return share / warm + 1e-2 if share < warm else 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * share))


def _groups(model: nn.Module, decay: float) -> list[dict[str, object]]:
    """What has two dimensions decays, but for places and styles; biases and norms don't."""
    heavy = [p for n, p in model.named_parameters() if p.dim() > 1 and "place" not in n and "style" not in n]
    chosen = set(map(id, heavy))
    light = [p for p in model.parameters() if id(p) not in chosen]
    return [{"params": heavy, "weight_decay": decay}, {"params": light, "weight_decay": 0.0}]


@torch.no_grad()
def _follow(mean: dict[str, Tensor], model: nn.Module, decay: float) -> None:
    for name, value in model.state_dict().items() if mean else ():
        if value.dtype.is_floating_point:
            mean[name].lerp_(value, 1.0 - decay)
        else:
            mean[name].copy_(value)


def _judged(model: nn.Module, mean: dict[str, Tensor], judge: Judge) -> dict[str, float]:
    """What `judge` says of the averaged weights; the model has its own back afterwards."""
    own = {k: v.clone() for k, v in model.state_dict().items()} if mean else {}
    if mean:
        model.load_state_dict(mean)
    model.eval()
    with torch.inference_mode():
        numbers = judge(model)
    if own:
        model.load_state_dict(own)
    return numbers


def _number(text: str) -> int:
    return int.from_bytes(text.encode()[:6], "big")


def last_numbers(log: Path) -> dict[str, float]:
    """The last value of each number of a log."""
    with log.open(newline="") as file:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


class _Log:
    """step, name, value: one line a number, so that columns may come and go."""

    def __init__(self, path: Path, known: int) -> None:
        self.path = path
        kept = []
        if path.exists():  # what lies after the checkpoint is done again
            with path.open(newline="") as file:
                kept = [r for r in csv.reader(file) if r and r[0].isdigit() and int(r[0]) <= known]
        with replacing(path) as part, part.open("w", newline="") as file:
            csv.writer(file).writerows([["step", "name", "value"], *kept])

    def write(self, step: int, numbers: dict[str, float]) -> None:
        with self.path.open("a", newline="") as file:
            csv.writer(file).writerows([step, name, f"{value:.6g}"] for name, value in numbers.items())
