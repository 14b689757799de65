"""Train the evaluator: which style is this, and which music does it belong to, at this very moment?

    python -m dance_core evaluate train-evaluator --corpus DIR

Two losses: cross-entropy of the style from the dance, and InfoNCE between dances and music, whose wrong
answers are the other songs of the batch *and* the dance's own music moved by half a beat either way. Without
the latter style and timbre would be enough, and the judge deaf to the beat.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from dance_core.corpus.pairs import Pair
from dance_core.errors import UserError
from dance_core.evaluation.evaluator.inputs import FPS, mirrored, motion_input, music_input
from dance_core.evaluation.evaluator.judge import Judge, on_time, ranks, recall
from dance_core.evaluation.evaluator.network import RATE, Config, Evaluator


@dataclass(frozen=True)
class Training:
    """How it is trained."""

    steps: int = 600  # about three minutes on one core
    most_seconds: float = 330.0  # a busy machine stops here even if steps are left: six minutes in all
    batch: int = 48
    window_s: float = 5.0
    rate: float = 2e-3
    weight_decay: float = 0.02
    style_weight: float = 0.5
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Seen:
    """A pair as arrays."""

    song: str
    style: str
    tempo: float
    dance: np.ndarray  # (T, 132)
    music: np.ndarray  # (T, 35)

    @classmethod
    def of(cls, pair: Pair) -> "Seen":
        """Of a corpus' pair."""
        dance, music = motion_input(pair.motion), music_input(pair.features)
        n = min(len(dance), len(music))
        return cls(song_of(pair), pair.style, pair.beats.tempo or 120.0, dance[:n], music[:n])


def song_of(pair: Pair) -> str:
    """What tells a pair's song from others."""
    return str(pair.provenance.get("song", pair.id))


def train(seen: list[Seen], training: Training | None = None,
          progress: Callable[[int, int], None] | None = None) -> tuple[Evaluator, dict[str, float]]:
    """An evaluator from pairs, and its last losses. Deterministic for a seed unless the clock stops it.

    Raises UserError if there are fewer than two styles or two songs.
    """
    training = training or Training()
    window = round(training.window_s * FPS)
    seen = [s for s in seen if len(s.dance) >= window]
    styles = tuple(sorted({s.style for s in seen}))
    songs = len({s.song for s in seen})
    if len(styles) < 2 or songs < 2:
        raise UserError(f"The corpus has {len(styles)} styles and {songs} songs of {training.window_s:g} s "
                        "and more in its training split; the evaluator needs two of each.")
    torch.set_num_threads(1)  # so small a network gains little from more, and one gives the same everywhere
    torch.manual_seed(training.seed)
    rng = np.random.default_rng(training.seed)
    network = Evaluator(Config(styles))
    _normalise(network, seen)
    optimiser = torch.optim.AdamW(network.parameters(), training.rate, weight_decay=training.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, training.rate, total_steps=training.steps,
                                                   pct_start=0.15)
    # A style is as likely as any other, however long its dances are.
    share = np.array([len(s.dance) / sum(len(o.dance) for o in seen if o.style == s.style) for s in seen])
    begun, losses = time.monotonic(), {}
    for step in range(training.steps):
        losses = _step(network, seen, rng.choice(len(seen), training.batch, p=share / share.sum()), rng,
                       window, training)
        optimiser.zero_grad()
        losses.pop("loss").backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if progress:
            progress(step + 1, training.steps)
        if time.monotonic() - begun > training.most_seconds:
            break
    return network.eval(), {k: float(v) for k, v in losses.items()} | {"steps": step + 1.0}


def _normalise(network: Evaluator, seen: list[Seen]) -> None:
    for encoder, rows in ((network.motion, [s.dance for s in seen]),
                          (network.music, [s.music for s in seen])):
        taken = np.concatenate([r[::7] for r in rows])
        encoder.mean.copy_(torch.from_numpy(taken.mean(0)))
        encoder.std.copy_(torch.from_numpy(np.maximum(taken.std(0), 0.02)))


def _step(network: Evaluator, seen: list[Seen], chosen: np.ndarray, rng: np.random.Generator, window: int,
          training: Training) -> dict[str, torch.Tensor]:
    dances, music = [], []
    for i in chosen:
        start = int(rng.integers(len(seen[i].dance) - window + 1))
        rows = seen[i].dance[start:start + window]
        dances.append(mirrored(rows) if rng.random() < 0.5 else rows)
        music.append(seen[i].music[start:start + window])
    hidden = network.motion(torch.from_numpy(np.stack(dances)))
    d = network.motion.rows(hidden)
    m = network.music.rows(network.music(torch.from_numpy(np.stack(music))))
    style = torch.tensor([network.config.styles.index(seen[i].style) for i in chosen])
    songs = np.array([seen[i].song for i in chosen])
    half = [max(1, round(30.0 / seen[i].tempo * RATE)) for i in chosen]
    match = _matching(d, m, torch.from_numpy(songs[:, None] == songs[None]), half, network.sharpness.exp())
    told = F.cross_entropy(network.styles(hidden), style, label_smoothing=0.1)
    return {"loss": match + training.style_weight * told, "match": match.detach(), "style": told.detach()}


def _matching(d: torch.Tensor, m: torch.Tensor, same_song: torch.Tensor, half: list[int],
              sharpness: torch.Tensor) -> torch.Tensor:
    """InfoNCE both ways; other windows of the same song are nobody's wrong answer, half a beat off is."""
    n, rows = d.shape[:2]
    nobodys = same_song & ~torch.eye(n, dtype=torch.bool)
    table = (sharpness * torch.einsum("itd,jtd->ij", d, m) / rows).masked_fill(nobodys, -1e4)
    moved = sharpness * torch.stack([torch.stack([(d[i, k:] * m[i, :rows - k]).sum(-1).mean(),
                                                  (d[i, :rows - k] * m[i, k:]).sum(-1).mean()])
                                     for i, k in enumerate(half)])
    answer = torch.arange(n)
    from_dance = F.cross_entropy(torch.cat([table, moved], 1), answer)
    from_music = F.cross_entropy(torch.cat([table.T, moved], 1), answer)
    return (from_dance + from_music) / 2


def held_out(network: Evaluator, seen: list[Seen], seconds: float = 20.0, most: int = 40) -> dict[str, float]:
    """How right it is about true pairs it never saw: style accuracy, R@k among `pool` excerpts, and how often
    the true timing beats half a beat off."""
    judge, length = Judge(network), round(seconds * FPS)
    parts = [(s, a) for s in seen for a in range(0, len(s.dance) - length + 1, length)]
    if not parts:
        return {}
    picked = [parts[i] for i in np.unique(np.linspace(0, len(parts) - 1, most).astype(int))]
    dances = [judge.dance_input(s.dance[a:a + length]) for s, a in picked]
    music = [judge.music_input(s.music[a:a + length]) for s, a in picked]
    right = [judge.style(chances) == s.style for (_, chances), (s, _) in zip(dances, picked, strict=True)]
    found = ranks([h for h, _ in dances], music)
    timed = [on_time(d, m, s.tempo) for (s, _), (d, _), m in zip(picked, dances, music, strict=True)]
    return {"pool": float(len(picked)), "style": float(np.mean(right)),
            **{f"recall_{k}": recall(found, k) for k in (1, 5, 10)}, "on_time": float(np.mean(timed))}
