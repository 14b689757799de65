"""Means and shares from rater weights: what intervals.by_raters needs of anything that is an average."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dance_core.study.analysis.intervals import (
    LEVEL,
    NO_SPREAD,
    RESAMPLES,
    Floats,
    Intervals,
    by_raters,
    exact_p,
    exact_share,
)


@dataclass(frozen=True)
class Means:
    """Averages of groups of answers, as sums by rater.

    A mean is that of all answers (a rater who answered twice as often counts twice), as in the published
    studies; its standard error takes the rater as the unit (linearised ratio of two sums).

    Attributes:
        groups: Q names.
        raters: R names.
        sums, counts: (R, Q).
    """

    groups: tuple[str, ...]
    raters: tuple[str, ...]
    sums: Floats
    counts: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str, float]], groups: Sequence[str] | None = None) -> "Means":
        """From (rater, group, value)."""
        names = tuple(sorted({g for _, g, _ in rows})) if groups is None else tuple(groups)
        raters = tuple(sorted({r for r, _, _ in rows}))
        column = {name: i for i, name in enumerate(names)}
        line = {name: i for i, name in enumerate(raters)}
        sums, counts = np.zeros((2, len(raters), len(names)))
        for rater, group, value in rows:
            sums[line[rater], column[group]] += value
            counts[line[rater], column[group]] += 1
        return cls(names, raters, sums, counts)

    @property
    def seen(self) -> NDArray[np.int64]:
        """(Q,) how many raters gave answers about each group."""
        return (self.counts > 0).sum(0)

    def estimate(self, weights: Floats, contrasts: Floats | None = None) -> tuple[Floats, Floats]:
        """Values and standard errors (B, Q) under weights (B, R); with `contrasts` (C, Q) of their sums."""
        total = weights @ self.counts
        with np.errstate(divide="ignore", invalid="ignore"):
            value = (weights @ self.sums) / total  # NaN for a group that this resample does not have
        size = np.maximum(weights.sum(1), 2.0)
        if contrasts is None:  # Σ w (S − vN)² without the (B, R, Q) array of the residuals
            spread = (weights @ self.sums**2 - 2 * value * (weights @ (self.sums * self.counts))
                      + value**2 * (weights @ self.counts**2))
            with np.errstate(divide="ignore", invalid="ignore"):
                se = np.sqrt(np.maximum(spread, 0.0)) / total
        else:
            se = np.empty((len(weights), len(contrasts)))
            for c, contrast in enumerate(contrasts):
                used = np.flatnonzero(contrast)
                with np.errstate(divide="ignore", invalid="ignore"):
                    pull = sum(contrast[g] * (self.sums[:, g] - value[:, g, None] * self.counts[:, g])
                               / total[:, g, None] for g in used)  # (B, R)
                se[:, c] = np.sqrt((weights * pull**2).sum(1))
            value = np.stack([sum(contrast[g] * value[:, g] for g in np.flatnonzero(contrast))
                              for contrast in contrasts], axis=1)
        return value, se * np.sqrt(size / (size - 1.0))[:, None]

    def intervals(self, *, resamples: int = RESAMPLES, level: float = LEVEL, seed: int = 0,
                  bounds: tuple[float, float] | None = None, about: float = 0.0) -> Intervals:
        """Each group's mean. `bounds`: the scale's ends, which no interval goes beyond. p: it is `about`."""
        seen = self.seen
        found = by_raters(self.estimate, len(self.raters), resamples=resamples, level=level, seed=seed,
                          freedom=seen - 1.0, about=about)
        if bounds is None:
            return found
        low, high, p = np.clip(found.low, *bounds), np.clip(found.high, *bounds), found.p.copy()
        for q in np.flatnonzero((found.se <= NO_SPREAD) & (seen >= 2)):
            # Everybody said the same: as sure as that many coins that all fell on one side.
            share, asked = ((x - bounds[0]) / (bounds[1] - bounds[0]) for x in (float(found.value[q]), about))
            ends = exact_share(share, int(seen[q]), level)
            low[q], high[q] = (bounds[0] + end * (bounds[1] - bounds[0]) for end in ends)
            p[q] = exact_p(share, int(seen[q]), asked)
        return Intervals(found.value, low, high, found.se, p)

    def differences(self, *, resamples: int = RESAMPLES, level: float = LEVEL, seed: int = 0) -> Intervals:
        """Of all pairs of groups, first − second with first < second, in the order of np.triu_indices."""
        n = len(self.groups)
        first, second = np.triu_indices(n, 1)
        contrasts = np.eye(n)[first] - np.eye(n)[second]
        seen = np.minimum(self.seen[first], self.seen[second])
        return by_raters(lambda w: self.estimate(w, contrasts), len(self.raters), resamples=resamples,
                         level=level, seed=seed, freedom=seen - 1.0)
