"""The small models beside the networks, as numbers of a JSON file: chances, and choices among several.

`dance_core.beatnet.calibrate` fits them on pieces that the networks have not learned from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from dance_core.music.beat_net import WEIGHTS

CURVES = WEIGHTS.with_suffix(".json")
FAR = 4.0  # deviations beyond which a number counts no more


@dataclass(frozen=True)
class Curve:
    """Chance = 1 / (1 + exp(-(bias + weights · (numbers - mean) / spread)))."""

    bias: float
    weights: tuple[float, ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]

    def odds(self, numbers: np.ndarray) -> np.ndarray:
        """Log odds of numbers (…, F): (…)."""
        scaled = np.clip((numbers - np.array(self.mean)) / np.array(self.spread), -FAR, FAR)
        return self.bias + scaled @ np.array(self.weights)

    def chance(self, numbers: np.ndarray) -> float:
        """0 to 1, to three decimals: the last bits of a sum are not the same on every machine."""
        return round(float(1.0 / (1.0 + np.exp(-self.odds(numbers)))), 3)


@dataclass(frozen=True)
class Chooser:
    """Chances of several of which one is right: a softmax over weights · (numbers - their mean) / spread."""

    weights: tuple[float, ...]
    spread: tuple[float, ...]

    def log_chances(self, looks: np.ndarray) -> np.ndarray:
        """(G,) of looks (G, F), a row for each."""
        score = scaled_looks(looks, np.array(self.spread)) @ np.array(self.weights)
        return score - np.logaddexp.reduce(score)


def scaled_looks(looks: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """(G, F) as a `Chooser` weighs them: what is common to all tells nothing."""
    return np.clip((looks - looks.mean(axis=0)) / spread, -FAR, FAR)


@dataclass(frozen=True)
class Learned:
    """What is fitted beside the networks.

    Attributes:
        grid: which of several grids is the beat. metre: how many beats a bar.
        down: odds of a downbeat of what both networks say.
        confidence, metre_confidence: chances that the beats are right, and the bars on right beats.
    """

    grid: Chooser
    metre: Chooser
    down: Curve
    confidence: Curve
    metre_confidence: Curve


@lru_cache(maxsize=2)
def learned_from(path: Path = CURVES) -> Learned:
    """Read from JSON, as `beatnet.system` writes it."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    tuples = {name: {k: tuple(v) if isinstance(v, list) else v for k, v in kept[name].items()}
              for name in kept}
    return Learned(Chooser(**tuples["grid"]), Chooser(**tuples["metre"]), Curve(**tuples["down"]),
                   Curve(**tuples["confidence"]), Curve(**tuples["metre_confidence"]))
