"""The network that hears grids of beats, in torch, and its training; `music/grid_net.py` runs it in numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save
from torch import nn
from torch.nn import functional

from dance_core.atomic import replacing
from dance_core.beatnet.material import Piece
from dance_core.beatnet.net import Block
from dance_core.beatnet.targets import augment
from dance_core.music.beat_inputs import HITS, NET_FPS
from dance_core.music.beat_net import METRES, SLOPE
from dance_core.music.grid_net import GRID_INPUTS, PARTS, VERDICTS, Sums, grid_inputs
from dance_core.music.grids import NEAR, RELATIVES, relatives

RIGHT, DOUBLE, HALF, BETWEEN, OTHER = range(VERDICTS)
UNKNOWN = -1.0
EVERY = 250  # steps between looks, after which it goes on when interrupted


@dataclass(frozen=True)
class GridConfig:
    """grids: laid over each piece, once for all; beats: of a stretch; steps: of `batch` stretches."""

    channels: int = 64
    blocks: int = 5
    dropout: float = 0.25
    grids: int = 8
    beats: int = 96
    batch: int = 40
    steps: int = 5000
    rate: float = 2e-3
    average: float = 0.998


class GridNet(nn.Module):
    """(N, B, 265) to (N, B, 12) logits: downbeat, verdicts, metres."""

    def __init__(self, config: GridConfig) -> None:
        super().__init__()
        self.few, self.drop = nn.Dropout1d(0.1), nn.Dropout1d(config.dropout)
        self.first = nn.Conv1d(GRID_INPUTS, config.channels, 3, padding=1)
        self.blocks = nn.ModuleList([Block(config.channels, 2**i, config.dropout)
                                     for i in range(config.blocks)])
        self.heads = nn.Conv1d(config.channels, 1 + VERDICTS + len(METRES), 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.drop(functional.leaky_relu(self.first(self.few(x.transpose(1, 2))), SLOPE))
        for block in self.blocks:
            x = block(x)
        return self.heads(functional.leaky_relu(x, SLOPE)).transpose(1, 2)


@dataclass(frozen=True, eq=False)
class Laid:
    """A grid over a piece: inputs (B, 265) float16, verdict 0 to 4, downbeats (B,) 0, 1 or UNKNOWN, metre's
    place in METRES or UNKNOWN."""

    inputs: np.ndarray
    verdict: int
    down: np.ndarray
    metre: float


def laid(piece: Piece, count: int, rng: np.random.Generator) -> list[Laid]:
    """So many grids over a piece: two of five right, the others its relatives; all a little off, as found
    ones are."""
    if len(piece.beats) < 12:
        return []
    inputs = piece.inputs.astype(np.float32)
    duration = len(inputs) / NET_FPS
    options = relatives(piece.beats, duration, 0)
    out = []
    for _ in range(count):
        turned = inputs.copy()
        augment(turned, int(rng.integers(-6, 7)), float(np.exp(rng.uniform(-0.35, 0.25))),
                int(rng.integers(-2, 3)), rng)
        turned[:, HITS] *= np.tile(np.exp(rng.normal(0, 0.25, 4)), 2).astype(np.float32)
        turned[:, HITS] += rng.choice([0.0, 0.1, 0.3]) * rng.standard_normal((len(turned), 8))
        sums = Sums(turned)
        choice = options[0] if rng.random() < 0.4 else options[int(rng.integers(1, len(options)))]
        times = choice.times
        if len(times) < 8:
            continue
        pace = float(np.median(np.diff(times)))
        times = times + rng.uniform(-1, 1) * min(0.02, 0.06 * pace) \
            + rng.choice([0.0, 0.004, 0.01]) * rng.standard_normal(len(times)).clip(-2, 2)
        verdict = {(1.0, 0.0): RIGHT, (0.5, 0.0): DOUBLE, (2.0, 0.0): HALF, (2.0, 1.0): HALF,
                   (1.0, 0.5): BETWEEN}.get(RELATIVES[choice.relative], OTHER)
        known = verdict == RIGHT and piece.positions.any()
        down = np.full(len(times), UNKNOWN)
        if known:
            away = np.abs(choice.times[:, None] - piece.beats)
            down = np.where(away.min(axis=1) < NEAR, piece.positions[away.argmin(axis=1)] == 1, UNKNOWN)
        metre = METRES.index(piece.metre) if known and piece.metre in METRES else UNKNOWN
        out.append(Laid(grid_inputs(sums, times).astype(np.float16), verdict, down, float(metre)))
    return out


def train_grid_net(learn: Sequence[Piece], config: GridConfig, path: Path, seed: int = 0, threads: int = 1,
                   progress: Callable[[int, int, dict[str, float]], None] = lambda step, of, numbers: None
                   ) -> Path:
    """Train, and write the weights to `path`. The same seed, pieces and threads give the same weights,
    interrupted or not: its state is kept beside them."""
    torch.set_num_threads(threads)
    grids: list[Laid] = []
    for done, piece in enumerate(learn):
        grids += laid(piece, config.grids, np.random.default_rng([seed, 41, done]))
        progress(0, config.steps, {"pieces": float(done + 1)})
    torch.manual_seed(seed)
    net = GridNet(config)
    optimiser = torch.optim.AdamW(net.parameters(), config.rate, weight_decay=5e-2)
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    step, state = 0, path.with_suffix(".pt")
    if state.exists():
        kept = torch.load(state, weights_only=False)
        if kept["config"] == asdict(config) and kept["seed"] == seed:
            net.load_state_dict(kept["net"])
            optimiser.load_state_dict(kept["optimiser"])
            mean, step = kept["mean"], kept["step"]
    path.parent.mkdir(parents=True, exist_ok=True)
    spent: list[dict[str, float]] = []
    while step < config.steps:
        rng = np.random.default_rng([seed, 43, step])
        torch.manual_seed(seed * 1_000_003 + step)
        share = min(1.0, (step + 1) / 100) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * step / config.steps)))
        for group in optimiser.param_groups:
            group["lr"] = config.rate * share
        batch = [_cut(grids[i], config.beats, rng) for i in rng.integers(0, len(grids), config.batch)]
        x, y = (torch.from_numpy(np.stack(part)) for part in zip(*batch, strict=True))
        net.train()
        loss, parts = losses(net(x), y)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        keep = min(config.average, step / (step + 10))
        with torch.no_grad():
            for name, value in net.state_dict().items():
                mean[name].lerp_(value, 1 - keep)
        spent.append(parts)
        numbers = {}
        if step % EVERY == 0 or step == config.steps:
            numbers = {k: float(np.mean([p[k] for p in spent])) for k in parts}
            spent = []
            with replacing(state) as part:
                torch.save({"config": asdict(config), "seed": seed, "net": net.state_dict(), "mean": mean,
                            "optimiser": optimiser.state_dict(), "step": step}, part)
        progress(step, config.steps, numbers)
    with replacing(path) as part:
        part.write_bytes(save({k: np.ascontiguousarray(v.numpy().astype(np.float16))
                               for k, v in mean.items()}))
    return path


def losses(out: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of logits (N, B, 12) against targets (N, B, 3): downbeat, verdict, metre; and its parts."""
    down = _asked(functional.binary_cross_entropy_with_logits(out[..., 0], y[..., 0].clamp(min=0),
                                                              reduction="none"), y[..., 0])
    verdict = _asked(_entropy(out[..., 1:1 + VERDICTS], y[..., 1]), y[..., 1])
    metre = _asked(_entropy(out[..., 1 + VERDICTS:], y[..., 2]), y[..., 2])
    return down + 0.6 * verdict + 0.3 * metre, {"down": down.item(), "verdict": verdict.item(),
                                                "metre": metre.item()}


def _entropy(logit: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    right = target.clamp(min=0).long().reshape(-1)
    flat = functional.cross_entropy(logit.reshape(-1, logit.shape[-1]), right, reduction="none")
    return flat.reshape(target.shape)


def _asked(loss: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    asked = target >= 0
    return (loss * asked).sum() / asked.sum().clamp(min=1)


def _cut(grid: Laid, beats: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(beats, 265) and (beats, 3) of a stretch of a grid; nothing is asked where it is shorter."""
    x, y = np.zeros((beats, GRID_INPUTS), np.float32), np.full((beats, 3), UNKNOWN, np.float32)
    have = len(grid.inputs)
    start = int(rng.integers(0, have - beats + 1)) if have > beats else 0
    n = min(beats, have - start)
    x[:n] = grid.inputs[start:start + n]
    without = rng.random()
    if without < 0.1:  # at times notes alone, at times hits alone
        x[:, :4 * PARTS] = 0.0
    elif without < 0.2:
        x[:, 4 * PARTS:-1] = 0.0
    x[:n, :-1] *= np.float32(np.exp(rng.normal(0, 0.1)))
    y[:n, 0], y[:n, 1], y[:n, 2] = grid.down[start:start + n], grid.verdict, grid.metre
    return x, y


def grid_arrays(net: GridNet) -> dict[str, np.ndarray]:
    """The weights as `music.grid_net.run_grid_net` takes them."""
    return {name: value.detach().cpu().numpy() for name, value in net.state_dict().items()}
