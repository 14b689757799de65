"""What the evaluator says about dances."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from dance_core.errors import UserError
from dance_core.evaluation.evaluator.inputs import motion_input, music_input
from dance_core.evaluation.evaluator.network import RATE, Config, Evaluator
from dance_core.motion.motion import Motion
from dance_core.music.features import Features
from dance_core.settings import ASSETS

FOLDER = ASSETS / "weights" / "evaluator"
WEIGHTS, CONFIG, CARD = "model.safetensors", "config.json", "card.md"


@dataclass(frozen=True, eq=False)
class Heard:
    """A dance or a piece of music in the common space: rows (T, D) of length 1, 15 a second."""

    rows: np.ndarray


class Judge:
    """A loaded evaluator, for reading only. learned_from: index of the corpus it was trained on, or ""."""

    def __init__(self, network: Evaluator, learned_from: str = "") -> None:
        self.network = network.eval()
        self.learned_from = learned_from
        self.known = network.config.styles

    def dance(self, motion: Motion) -> tuple[Heard, np.ndarray]:
        """(rows in the common space, probability of each of `known` styles)."""
        return self.dance_input(motion_input(motion))

    def dance_input(self, rows: np.ndarray) -> tuple[Heard, np.ndarray]:
        """As `dance`, from inputs.motion_input's array."""
        with torch.inference_mode():
            hidden = self.network.motion(torch.from_numpy(rows)[None])
            chances = self.network.styles(hidden).softmax(-1)[0].double().numpy()
            return Heard(self.network.motion.rows(hidden)[0].double().numpy()), chances

    def music(self, features: Features) -> Heard:
        """The rows of a piece of music."""
        return self.music_input(music_input(features))

    def music_input(self, rows: np.ndarray) -> Heard:
        """As `music`, from inputs.music_input's array."""
        with torch.inference_mode():
            hidden = self.network.music(torch.from_numpy(rows)[None])
            return Heard(self.network.music.rows(hidden)[0].double().numpy())

    def style(self, chances: np.ndarray) -> str:
        """The likeliest style's key."""
        return self.known[int(np.argmax(chances))]


def similarity(dance: Heard, music: Heard) -> float:
    """-1 to 1: mean inner product of the rows of the same time, over the time that both last."""
    n = min(len(dance.rows), len(music.rows))
    return float((dance.rows[:n] * music.rows[:n]).sum(-1).mean()) if n else float("nan")


def on_time(dance: Heard, music: Heard, tempo: float) -> bool:
    """Whether the music fits the dance better as it is than half a beat earlier or later. By chance: 1/3.

    tempo: BPM. It needs no motion beats, so that it can't share their errors.
    """
    n = min(len(dance.rows), len(music.rows))
    off = max(1, round(30.0 / tempo * RATE))
    if off >= n:
        return False
    d, m = dance.rows[:n], music.rows[:n]
    here = float((d * m).sum(-1).mean())
    return here > max(float((d[off:] * m[:-off]).sum(-1).mean()), float((d[:-off] * m[off:]).sum(-1).mean()))


def ranks(dances: Sequence[Heard], music: Sequence[Heard]) -> np.ndarray:
    """(N,) the rank, 1 = best, of each dance's own music among all N pieces. Ties count against it."""
    if len(dances) != len(music):
        raise ValueError(f"{len(dances)} dances for {len(music)} pieces of music")
    table = np.array([[similarity(d, m) for m in music] for d in dances])
    return (~(table < np.diag(table)[:, None])).sum(1)  # put so, a network that gives nan is last, not first


def recall(found: np.ndarray, k: int) -> float:
    """Share of ranks that are k or better: R@k. nan for none."""
    return float((np.asarray(found) <= k).mean()) if len(found) else float("nan")


@functools.cache
def load_judge(folder: Path = FOLDER) -> Judge | None:
    """The evaluator kept in `folder`; None where there is none. UserError where it is damaged."""
    if not (folder / WEIGHTS).is_file() or not (folder / CONFIG).is_file():
        return None
    try:
        told = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        network = Evaluator(Config.from_dict(told["network"]))
        network.load_state_dict(load_file(folder / WEIGHTS))
    except (ValueError, KeyError, TypeError, RuntimeError, SafetensorError):
        raise UserError("The evaluator's weights or their config are damaged; train it again.") from None
    return Judge(network, str(told.get("corpus", {}).get("index", "")))
