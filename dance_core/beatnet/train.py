"""Training of the beat network on the CPU: seeded, and interrupted, it goes on where it was."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save
from torch.nn import functional

from dance_core.atomic import replacing
from dance_core.beatnet.material import Piece
from dance_core.beatnet.net import BeatNet, NetConfig, arrays
from dance_core.beatnet.targets import stretch
from dance_core.music.beat_net import METRES, TEMPO_BINS


@dataclass(frozen=True)
class Cycle:
    """So many steps at a rate that rises over `TrainConfig.warm` and falls by a cosine over the last `fall`.

    A cycle begins with the weights that the one before has written and a new optimiser (warm restarts as in
    Loshchilov and Hutter, ICLR 2017). pools: until which of its steps how many pieces, the first ones, are
    drawn from; None: all.
    """

    steps: int
    rate: float
    fall: int
    pools: tuple[tuple[int, int | None], ...]


CYCLES = (Cycle(3200, 2e-3, 3000, ((1200, 930), (3200, 1489))), Cycle(6700, 1.2e-3, 1500, ((6700, None),)))


@dataclass(frozen=True)
class TrainConfig:
    """How long and how. rows: of a stretch, 50 a second. every: steps between looks at held-out pieces."""

    cycles: tuple[Cycle, ...] = CYCLES
    batch: int = 12
    rows: int = 1248
    warm: int = 200
    every: int = 200
    tempo_weight: float = 0.05
    metre_weight: float = 0.08
    average: float = 0.998  # the shipped weights are a running mean
    half: bool = True  # products in bfloat16: twice as fast where the processor has them
    net: NetConfig = field(default_factory=NetConfig)

    @property
    def steps(self) -> int:
        """Of all cycles."""
        return sum(cycle.steps for cycle in self.cycles)

    def at(self, step: int) -> tuple[Cycle, int]:
        """The cycle that a step, counted from 0, is of, and which of its steps it is."""
        for cycle in self.cycles:
            if step < cycle.steps:
                return cycle, step
            step -= cycle.steps
        raise ValueError("after the last step")


Progress = Callable[[int, int, dict[str, float]], None]


def train_net(learn: list[Piece], held_out: list[Piece], config: TrainConfig, folder: Path, seed: int = 0,
              threads: int = 1, progress: Progress = lambda step, of, numbers: None) -> Path:
    """Train, and write FOLDER/beats.safetensors and a log (beats.csv); returns the weights' path.

    The same seed, pieces and threads give the same weights, interrupted or not.
    """
    torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    state_path = folder / "training.pt"
    torch.manual_seed(seed)
    net = BeatNet(config.net)
    optimiser, mean = _afresh(net, config)
    step, rows = 0, []
    if state_path.exists():
        kept = torch.load(state_path, weights_only=False)
        if kept["config"] == asdict(config) and kept["seed"] == seed:
            net.load_state_dict(kept["net"])
            optimiser.load_state_dict(kept["optimiser"])
            mean, step, rows = kept["mean"], kept["step"], kept["rows"]
    # Long pieces count by their length; the draw of step n depends on seed and n alone.
    lengths = np.array([max(1.0, len(p.inputs) / config.rows) ** 0.5 for p in learn])
    began, spent = time.monotonic(), []
    while step < config.steps:
        cycle, place = config.at(step)
        if step and not place:
            net.load_state_dict(_as_written(mean))
            optimiser, mean = _afresh(net, config)
        rng = np.random.default_rng([seed, 37, step])
        torch.manual_seed(seed * 1_000_003 + step)
        pool = next((count for until, count in cycle.pools if place < until), None)
        chance = lengths[:pool] / lengths[:pool].sum()
        batch = [stretch(learn[i], config.rows, rng) for i in rng.choice(len(chance), config.batch, p=chance)]
        x, y = (torch.from_numpy(np.stack(part)) for part in zip(*batch, strict=True))
        for group in optimiser.param_groups:
            group["lr"] = cycle.rate * _share_of_rate(place, cycle, config.warm)
        net.train()
        with torch.autocast("cpu", torch.bfloat16, enabled=config.half):
            out = net(x)
        loss, parts = losses(out.float(), y, config)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        keep = min(config.average, (place + 1) / (place + 11))
        with torch.no_grad():
            for name, value in net.state_dict().items():
                mean[name].lerp_(value, 1 - keep)
        spent.append(parts)
        progress(step, config.steps, {})
        if step % config.every == 0 or step == config.steps:
            numbers = {k: float(np.mean([p[k] for p in spent])) for k in spent[0]}
            numbers |= {f"val_{k}": v for k, v in _held_out(mean, held_out, config).items()}
            numbers["seconds"] = time.monotonic() - began
            rows.append({"step": step, **numbers})
            spent = []
            with replacing(state_path) as part:
                torch.save({"config": asdict(config), "seed": seed, "net": net.state_dict(), "mean": mean,
                            "optimiser": optimiser.state_dict(), "step": step, "rows": rows}, part)
            _write(folder, mean, config, rows)
            progress(step, config.steps, numbers)
    return _write(folder, mean, config, rows)


def _afresh(net: BeatNet, config: TrainConfig) -> tuple[torch.optim.AdamW, dict[str, torch.Tensor]]:
    """What a cycle begins with beside the weights: an optimiser, and their running mean."""
    return (torch.optim.AdamW(net.parameters(), config.cycles[0].rate, weight_decay=1e-3),
            {name: value.clone() for name, value in net.state_dict().items()})


def _as_written(mean: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: value.half().float() for name, value in mean.items()}


def losses(out: torch.Tensor, y: torch.Tensor, config: TrainConfig) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of logits (N, T, 48) against targets (N, T, 4), and its parts."""
    each = [_binary(out[..., k], y[..., k]) for k in (0, 1)]
    tempo = _near_bins(out[..., 2:2 + TEMPO_BINS], y[..., 2])
    metre = _classes(out[..., 2 + TEMPO_BINS:], y[..., 3])
    loss = each[0] + each[1] + config.tempo_weight * tempo + config.metre_weight * metre
    return loss, {
        "beat": each[0].item(),
        "downbeat": each[1].item(),
        "tempo": tempo.item(),
        "metre": metre.item(),
    }


def _binary(logit: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    asked = target >= 0
    loss = functional.binary_cross_entropy_with_logits(logit, target.clamp(min=0), reduction="none")
    return (loss * asked).sum() / asked.sum().clamp(min=1) * 10.0


def _near_bins(logit: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
    """Cross entropy against the bin and, by nearness, its neighbours."""
    asked = place >= 0
    distance = (torch.arange(TEMPO_BINS) + 0.5 - place[..., None]).abs()
    target = (1.5 - distance).clamp(min=0)
    target = target / target.sum(-1, keepdim=True).clamp(min=1e-6)
    loss = -(target * logit.log_softmax(-1)).sum(-1)
    return (loss * asked).sum() / asked.sum().clamp(min=1)


def _classes(logit: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    asked = target >= 0
    loss = functional.cross_entropy(logit.reshape(-1, len(METRES)), target.clamp(min=0).long().reshape(-1),
                                    reduction="none").reshape(target.shape)
    return (loss * asked).sum() / asked.sum().clamp(min=1)


def _share_of_rate(step: int, cycle: Cycle, warm: int) -> float:
    """Of a step of a cycle: up over `warm` steps, down a cosine over the last ones."""
    if step < warm:
        return (step + 1) / warm
    part = max(0.0, (step - cycle.steps + cycle.fall) / max(1, cycle.fall))
    return 0.01 + 0.99 * 0.5 * (1 + float(np.cos(np.pi * part)))


@torch.no_grad()
def _held_out(mean: dict[str, torch.Tensor], held_out: list[Piece], config: TrainConfig) -> dict[str, float]:
    net = BeatNet(config.net)
    net.load_state_dict(mean)
    net.eval()
    found = []
    for a in range(0, len(held_out), config.batch):
        batch = [stretch(p, config.rows, None) for p in held_out[a:a + config.batch]]
        x, y = (torch.from_numpy(np.stack(part)) for part in zip(*batch, strict=True))
        found.append(losses(net(x), y, config)[1])
    return {k: float(np.mean([f[k] for f in found])) for k in found[0]} if found else {}


def _write(
    folder: Path, mean: dict[str, torch.Tensor], config: TrainConfig, rows: list[dict[str, float]]
) -> Path:
    net = BeatNet(config.net)
    net.load_state_dict(mean)
    path = folder / "beats.safetensors"
    with replacing(path) as part:
        part.write_bytes(save({k: np.ascontiguousarray(v.astype(np.float16))
                               for k, v in arrays(net).items()}))
    with replacing(folder / "beats.csv") as part, part.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]) if rows else ["step"])
        table.writeheader()
        table.writerows({k: f"{v:.5g}" for k, v in row.items()} for row in rows)
    return path
