"""Krippendorff's alpha: how far raters agree, beyond chance.

α = 1 − observed / expected disagreement (Krippendorff 2019, Content Analysis, ch. 12). 1: all agree; 0:
answers as if drawn at random from all answers. Any number of raters, any number of missing answers.

Its interval resamples the things that were rated, not the raters: a rater drawn twice would agree with
herself (Zapf et al. 2016, BMC Med. Res. Methodol. 16:93).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from dance_core.study.analysis.intervals import LEVEL, RESAMPLES, Floats

Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")
FEW_UNITS = 5  # answered twice: with fewer, alpha is an accident, and resamples of them say nothing


def table(rows: Sequence[tuple[str, float]]) -> tuple[Floats, Floats]:
    """From (unit, answer): counts (U, V) of answers to units, and the V distinct answers, ascending."""
    answers = np.array(sorted({a for _, a in rows}), dtype=float)
    place = {a: i for i, a in enumerate(answers.tolist())}
    units = {name: i for i, name in enumerate(sorted({u for u, _ in rows}))}
    counts = np.zeros((len(units), len(answers)))
    for name, answer in rows:
        counts[units[name], place[float(answer)]] += 1
    return counts, answers


def alpha(counts: Floats, answers: Floats, level: Level = "nominal") -> float:
    """Alpha of counts (U, V); NaN where nothing was answered twice, or all answers are the same."""
    return float(_alphas(np.ones((1, len(counts))), counts, answers, level)[0])


def alpha_interval(counts: Floats, answers: Floats, level: Level = "nominal", *, resamples: int = RESAMPLES,
                   confidence: float = LEVEL, seed: int = 0) -> tuple[float, float]:
    """Percentile interval over resampled units; NaN where there are too few of them (see `unknown`), or where
    the resamples are all the same (all raters agree everywhere, say) or all on one side of alpha.
    """
    counts = counts[counts.sum(1) >= 2]
    if len(counts) < FEW_UNITS or resamples < 1:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), resamples).astype(float)
    found = _alphas(weights, counts, answers, level)
    found = found[np.isfinite(found)]
    if len(found) < resamples / 2 or np.ptp(found) < 1e-9:
        return float("nan"), float("nan")
    low, high = map(float, np.quantile(found, [(1 - confidence) / 2, (1 + confidence) / 2]))
    inside = low <= alpha(counts, answers, level) <= high
    return (low, high) if inside else (float("nan"), float("nan"))


def unknown(counts: Floats) -> str:
    """Why there is no alpha of counts (U, V), or no interval of it."""
    twice = counts[counts.sum(1) >= 2]
    if not len(twice):
        return "no two raters judged the same"
    if (twice.sum(0) > 0).sum() < 2:
        return "everybody gave the same answer, and agreement is measured against how far answers differ"
    if len(twice) < FEW_UNITS:
        same = "one thing was" if len(twice) == 1 else f"{len(twice)} things were"
        return f"only {same} judged by two raters or more"
    return "the answers are too few or too much alike to resample them"


def _alphas(weights: Floats, counts: Floats, answers: Floats, level: Level) -> Floats:
    """(B,) alphas under weights (B, U) of the units."""
    size = counts.sum(1)
    twice = size >= 2
    counts, weights, size = counts[twice], weights[:, twice], size[twice]
    if not len(counts):
        return np.full(len(weights), np.nan)
    v = counts.shape[1]
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(v)
    pairs /= (size - 1)[:, None, None]
    together = (weights @ pairs.reshape(len(pairs), -1)).reshape(-1, v, v)  # coincidences
    margin = together.sum(2)
    total = margin.sum(1)
    chance = margin[:, :, None] * margin[:, None, :] - margin[:, :, None] * np.eye(v)
    far = _distance(margin, answers, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (total - 1) * (together * far).sum((1, 2)) / (chance * far).sum((1, 2))
    return np.where((margin > 0).sum(1) >= 2, found, np.nan)


def _distance(margin: Floats, answers: Floats, level: Level) -> Floats:
    """(B, V, V) squared distance of two answers."""
    v = len(answers)
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(v), (len(margin), v, v))
    if level == "interval":
        return np.broadcast_to((answers[:, None] - answers[None]) ** 2, (len(margin), v, v))
    # How many answers lie between two, counting half of each end.
    middle = np.cumsum(margin, axis=1) - margin / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2
