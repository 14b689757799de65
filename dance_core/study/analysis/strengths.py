"""Strengths of the systems that a set of answers compares, with confidence; or the reason why not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from dance_core.study.analysis import power
from dance_core.study.analysis.bradley_terry import TIES, Answers, Comparisons, Model
from dance_core.study.analysis.estimates import USUAL, Estimate, Sure
from dance_core.study.analysis.intervals import Floats, Intervals, by_curvature, draw, holm, studentised
from dance_core.study.judgments import Judgment

SHOWN = 0.05  # adjusted p below which a difference is called shown


@dataclass(frozen=True)
class Difference:
    """Two systems compared.

    Attributes:
        first, second: systems, the stronger one first.
        gap: difference of their strengths, log-odds.
        chance: share of decided answers for the first, as the model has it without a side: σ(gap).
        p_holm: p of the gap, adjusted for all pairs of the study (Holm).
        naive: the gap's interval if all votes were independent, which they are not: for comparison only.
        need: what it takes to show this gap.
    """

    first: str
    second: str
    gap: Estimate
    chance: Estimate
    p_holm: float
    naive: Estimate
    need: power.Need

    @property
    def shown(self) -> bool:
        """Whether p, adjusted, and the interval both say so: what ranks and sentences go by."""
        return self.p_holm < SHOWN and self.gap.low > 0


@dataclass(frozen=True)
class Strengths:
    """One model fitted to one set of votes.

    Attributes:
        answers: name of the model: decided, ties, ordinal.
        systems: names, the strongest first.
        strengths: log-odds of each, adding to zero.
        ranks: best and worst rank of each that no shown difference rules out.
        differences: of all pairs.
        side: β, log-odds for the left; None where the answers don't tell it from the strengths
            (Comparisons.side_held), which are then computed as if there were no bias.
        ties: κ of "no difference"; None if nobody gave that answer.
        penalised: the maximum was infinite, so that a weak prior was used.
        prior_share: share of the resamples that needed the prior.
    """

    answers: str
    systems: tuple[str, ...]
    strengths: tuple[Estimate, ...]
    ranks: tuple[tuple[int, int], ...]
    differences: tuple[Difference, ...]
    side: Estimate | None
    ties: Estimate | None
    penalised: bool
    prior_share: float


def strengths(rows: Sequence[Judgment], answers: Answers = TIES, sure: Sure = USUAL) \
        -> tuple[Strengths | None, str]:
    """Bradley–Terry of the rows, or None and why not."""
    data = Comparisons.of([(j.rater, j.left_generator, j.right_generator, j.answer) for j in rows
                           if j.left_generator != j.right_generator], answers)
    n = len(data.systems)
    if n < 2:
        return None, "no two systems were compared"
    if not data.connected:
        return None, "some systems were never compared, not even by way of others"
    model = Model(data, side=data.side_held)
    own = model.fit()
    assert own.se is not None
    value, se, support = own.values[0], own.se[0], _support(data, model.size)
    drawn = model.fit(draw(len(data.raters), sure.resamples, sure.seed))
    if own.penalised[0]:
        se = np.maximum(se, model.curvature(own.params[0]))
        found = by_curvature(value, se, support - 1, level=sure.level)
    else:
        found = studentised(value, se, drawn.values, drawn.se, support - 1, level=sure.level)  # type: ignore[arg-type]
    naive = Estimate.all(_naive(model, value, sure), np.full(len(value), data.total))
    estimates = Estimate.all(found, support)
    order = sorted(range(n), key=lambda i: (-round(float(value[i]), 9), data.systems[i]))
    differences = _differences(data, estimates, naive, bool(own.penalised[0]))
    extra = estimates[n + n * (n - 1) // 2:]
    tie = extra[model.side + model.kappas.index(0)] if 0 in model.kappas else None
    return Strengths(
        answers.name, tuple(data.systems[i] for i in order), tuple(estimates[i] for i in order),
        _ranks([data.systems[i] for i in order], differences),
        differences, extra[0] if model.side else None, tie, bool(own.penalised[0]),
        float(drawn.penalised.mean())), ""


def _support(data: Comparisons, size: int) -> Floats:
    """(Q,) how many raters each quantity of a model rests on; 1 where leaving one out leaves nothing of it.

    size: parameters of the model, whose n − 1 first ones are the strengths.
    """
    n = len(data.systems)
    first, second = np.triu_indices(n, 1)
    pairs = np.where(data.held[first, second], np.minimum(data.seen[first], data.seen[second]), 1)
    each = np.where(data.held.all(1), data.seen.min(), 1)
    return np.concatenate([each, pairs, np.full(size - (n - 1), len(data.raters))]).astype(float)


def _naive(model: Model, value: Floats, sure: Sure) -> Intervals:
    """The same as if every vote came from a rater of its own."""
    own = model.fit_votes()
    cells = model.counts.sum(0)
    votes = int(cells.sum())
    rng = np.random.default_rng(sure.seed)
    drawn = model.fit_votes(rng.multinomial(votes, cells / votes, sure.resamples).astype(float))
    return studentised(value, own.se[0], drawn.values, drawn.se,  # type: ignore[index, arg-type]
                       np.full(len(value), votes - 1.0), level=sure.level)


def _differences(data: Comparisons, estimates: Sequence[Estimate], loose: Sequence[Estimate],
                 penalised: bool) -> tuple[Difference, ...]:
    n, raters = len(data.systems), len(data.raters)
    firsts, seconds = np.triu_indices(n, 1)
    adjusted = holm(np.array([e.p for e in estimates[n:n + len(firsts)]]))
    out = []
    for k, (i, j) in enumerate(zip(firsts.tolist(), seconds.tolist(), strict=True)):
        gap, naive = estimates[n + k], loose[n + k]
        first, second = data.systems[i], data.systems[j]
        if gap.value < -1e-9:
            gap, naive, first, second = gap.turned(), naive.turned(), second, first
        # The standard error is that of the raters only where they differ, and no prior decides.
        se = gap.se if gap.known and not penalised else math.nan
        out.append(Difference(first, second, gap, gap.map(_sigmoid), float(adjusted[k]), naive,
                              power.need(gap.value, se, raters, data.total / raters)))
    return tuple(sorted(out, key=lambda d: (-round(d.gap.value, 9), d.first, d.second)))


def _sigmoid(x: float) -> float:
    return float(special.expit(x))


def _ranks(names: Sequence[str], differences: Sequence[Difference]) -> tuple[tuple[int, int], ...]:
    """(best, worst) of each of `names`: a rank is taken only by whom, or from whom, a difference is shown."""
    shown = [d for d in differences if d.shown]
    return tuple((1 + sum(d.second == name for d in shown), len(names) - sum(d.first == name for d in shown))
                 for name in names)
