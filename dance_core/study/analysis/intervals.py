"""Confidence by resampling raters.

Votes of one rater are not independent: some like one dancer, some always press left. So whole raters are
drawn again, with all of their votes, and the study is fitted anew each time. The percentiles of such
estimates are too narrow with few raters; what is resampled here is the *t* of each quantity, its distance
from the estimate in standard errors that are themselves robust to dependence within a rater (bootstrap-t:
Efron & Tibshirani 1993, ch. 12; Cameron, Gelbach & Miller 2008, Rev. Econ. Stat. 90:414–427). The interval is

    estimate ± q · se,    q = the 95 % quantile of |t| over the resamples.

How well that covers is measured by tests/study/analysis/simulate_coverage.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]
Estimate = Callable[[Floats], tuple[Floats, Floats]]  # weights (B, R) → values (B, Q), standard errors (B, Q)

RESAMPLES = 2000
LEVEL = 0.95
NO_SPREAD = 1e-6  # a standard error below this means that all raters answered alike: it measures nothing
FEW_RATERS = 10  # below this, even these intervals are rough, and the summary says so

# Why there is no interval.
NO_ANSWERS = "there are no answers"
ALONE = "it takes the answers of two raters to tell how much raters differ"
ALIKE = "the raters answered so much alike that nothing says how far others would differ"


@dataclass(frozen=True)
class Intervals:
    """Q quantities with their confidence.

    Attributes (each (Q,)):
        value: the estimate from all raters.
        low, high: ends of the interval; NaN where there is none (see `unknown`).
        se: standard error, the rater as the unit.
        p: two-sided p-value of "it is zero" (or another value), from the same resampled t.
    """

    value: Floats
    low: Floats
    high: Floats
    se: Floats
    p: Floats


def draw(raters: int, resamples: int = RESAMPLES, seed: int = 0) -> Floats:
    """(B, R) how often each rater is drawn: with replacement, as many draws as there are raters."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(raters, np.full(raters, 1 / raters), resamples).astype(float)


def by_raters(estimate: Estimate, raters: int, *, resamples: int = RESAMPLES, level: float = LEVEL,
              seed: int = 0, freedom: Floats | None = None, about: float = 0.0) -> Intervals:
    """Bootstrap-t over raters. `freedom`, `about`: see `studentised`; raters − 1 by default."""
    value, se = (a[0] for a in estimate(np.ones((1, raters))))
    if raters < 2 or resamples < 1:
        gap = np.full(len(value), np.nan)
        return Intervals(value, gap, gap, gap, gap)
    freedom = np.full(len(value), raters - 1.0) if freedom is None else freedom
    values, errors = estimate(draw(raters, resamples, seed))
    return studentised(value, se, values, errors, freedom, level=level, about=about)


def studentised(value: Floats, se: Floats, values: Floats, errors: Floats, freedom: Floats, *,
                level: float = LEVEL, about: float = 0.0) -> Intervals:
    """The symmetric bootstrap-t interval from estimates and standard errors of resamples.

    Args:
        value, se: (Q,) of the study itself.
        values, errors: (B, Q) of the resamples; NaN where a resample says nothing about a quantity.
        freedom: (Q,) degrees of freedom. With two or three raters so many resamples are the same rater over
            and over (no spread, infinite t) that the quantile is infinite: then Student's t stands in.
        about: what the p-values ask: whether a quantity is this.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = np.abs(values - value)
        flat = errors <= 1e-12
        t = np.where(flat, np.where(moved > 1e-9, np.inf, 0.0), moved / errors)
        seen = np.abs(value - about) / se
    known = (~np.isnan(t)).sum(0)
    # The ⌈level·(B + 1)⌉-th smallest of the known ones; NaN are sorted to the end.
    rank = np.clip(np.ceil(level * (known + 1)).astype(int) - 1, 0, np.maximum(known - 1, 0))
    q = np.take_along_axis(np.sort(t, axis=0), rank[None], axis=0)[0]
    q = np.where(np.isfinite(q), q, stats.t.ppf((1 + level) / 2, np.maximum(freedom, 1.0)))
    with np.errstate(invalid="ignore"):
        p = (1.0 + (t >= seen).sum(0)) / (known + 1.0)
    # So many resamples are of one rater only. They may be among those that say nothing.
    raters = np.maximum(freedom, 1.0) + 1.0
    p = np.maximum(p, raters ** (1.0 - raters))
    fine = (se > NO_SPREAD) & (q * se > NO_SPREAD) & (freedom >= 1)
    wide = q * se
    # Two or three raters can't make a p below 5 %: nor may their interval leave out what p can't.
    wide = np.where(raters ** (1.0 - raters) > 1 - level, np.maximum(wide, np.abs(value - about)), wide)
    wide = np.where(fine, wide, np.nan)
    return Intervals(value, value - wide, value + wide, se, np.where(fine, p, np.nan))


def by_curvature(value: Floats, se: Floats, freedom: Floats, *, level: float = LEVEL) -> Intervals:
    """Student's t of given standard errors and degrees of freedom: where resampling says nothing.

    For log-odds of answers so one-sided that a prior decides: they come out the same in every resample. Nor
    is anything called surer than by as many raters who are coins, all fallen on one side (a sign test, and
    the limits of Clopper & Pearson): p is at least 2^(1 − raters), and with five raters or fewer no interval
    of 95 % leaves out zero.
    """
    raters = freedom + 1.0
    with np.errstate(invalid="ignore", divide="ignore"):
        wide = stats.t.ppf((1 + level) / 2, freedom) * se
        coins = special.logit(((1 - level) / 2) ** (1 / raters))  # the lower limit of all of them
        wide = np.maximum(wide, np.abs(value) - coins)
        p = np.maximum(2 * stats.t.sf(np.abs(value) / se, freedom), np.minimum(2 ** (1 - raters), 1.0))
    fine = (freedom >= 1) & (se > 0)
    wide = np.where(fine, wide, np.nan)
    return Intervals(value, value - wide, value + wide, se, np.where(fine, p, np.nan))


def unknown(found: Intervals, raters: Floats) -> tuple[str, ...]:
    """Why a quantity has no interval, "" where it has one. `raters`: (Q,) how many each one rests on."""
    why = []
    for value, low, n in zip(found.value, found.low, raters, strict=True):
        none = NO_ANSWERS if not np.isfinite(value) else ALONE if n < 2 else ALIKE
        why.append("" if np.isfinite(low) else none)
    return tuple(why)


def percentile(value: Floats, se: Floats, values: Floats, *, level: float = LEVEL) -> Intervals:
    """Plain percentiles of the resamples: only for comparison, see the module's text."""
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Intervals(value, low, high, se, np.full(len(value), np.nan))


def exact_share(share: float, raters: int, level: float = LEVEL) -> tuple[float, float]:
    """Clopper–Pearson limits of a share, with the raters as the number of trials.

    For shares that did not vary between raters (all said the same): the standard error is 0, not the doubt.
    """
    if raters < 1:
        return float("nan"), float("nan")
    hits, rest = share * raters, (1 - share) * raters
    tail = (1 - level) / 2
    low = 0.0 if hits <= 0 else float(stats.beta.ppf(tail, hits, rest + 1))
    high = 1.0 if rest <= 0 else float(stats.beta.ppf(1 - tail, hits + 1, rest))
    return low, high


def exact_p(share: float, raters: int, about: float) -> float:
    """Two-sided p of "the share is `about`" that goes with `exact_share`."""
    hits, rest = share * raters, (1 - share) * raters
    below = 1.0 if hits <= 0 else float(stats.beta.cdf(about, hits, rest + 1))
    above = 1.0 if rest <= 0 else float(stats.beta.sf(about, hits + 1, rest))
    return min(1.0, 2 * min(below, above))


def holm(p: Floats) -> Floats:
    """Holm 1979: p-values that may all be read together. NaN stay NaN and are not counted."""
    out = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    if len(known):
        order = known[np.argsort(p[known])]
        steps = p[order] * np.arange(len(order), 0, -1)
        out[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return out
