"""What the answers to one question about pairs say: strengths, a win matrix, splits, agreement, power."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.study.analysis import agreement, power
from dance_core.study.analysis.bradley_terry import ORDINAL, TIES, Answers, Comparisons, Model
from dance_core.study.analysis.intervals import (
    LEVEL,
    NO_SPREAD,
    RESAMPLES,
    Floats,
    Intervals,
    by_curvature,
    draw,
    holm,
    studentised,
)
from dance_core.study.analysis.scales import Means
from dance_core.study.judgments import Judgment

SPLIT_RATERS = 5  # a split with fewer raters gets counts, but no strengths


@dataclass(frozen=True)
class Sure:
    """How confidence is made: resamples of the raters, level of the intervals, seed."""

    resamples: int = RESAMPLES
    level: float = LEVEL
    seed: int = 0


USUAL = Sure()


@dataclass(frozen=True)
class Estimate:
    """A number with its interval; NaN where there is none. p: of "it is zero" (of a share: ½)."""

    value: float
    low: float = float("nan")
    high: float = float("nan")
    se: float = float("nan")
    p: float = float("nan")

    @classmethod
    def all(cls, found: Intervals) -> tuple["Estimate", ...]:
        """One for each quantity."""
        return tuple(cls(*(float(a[q]) for a in (found.value, found.low, found.high, found.se, found.p)))
                     for q in range(len(found.value)))

    def map(self, to: Callable[[float], float]) -> "Estimate":
        """Value and ends through a rising function; the standard error does not go through it."""
        return Estimate(to(self.value), to(self.low), to(self.high), p=self.p)


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


@dataclass(frozen=True)
class Strengths:
    """One model fitted to one set of votes.

    Attributes:
        answers: name of the model: decided, ties, ordinal.
        systems: names, the strongest first.
        strengths: log-odds of each, adding to zero.
        ranks: best and worst rank of each in the central 95 % of the resamples.
        differences: of all pairs.
        side: β, log-odds for the left; None if not modelled.
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


@dataclass(frozen=True)
class Matrix:
    """Votes between all systems, straight from the answers; (n, n), row against column.

    Attributes:
        systems: names, in the order of the strengths.
        wins, ties: counts.
        share: wins + half of the ties, of all votes of the pair; NaN where there are none.
        low, high: its interval.
        against_all: each system's share against all others together.
    """

    systems: tuple[str, ...]
    wins: tuple[tuple[int, ...], ...]
    ties: tuple[tuple[int, ...], ...]
    share: tuple[tuple[float, ...], ...]
    low: tuple[tuple[float, ...], ...]
    high: tuple[tuple[float, ...], ...]
    against_all: tuple[Estimate, ...]


@dataclass(frozen=True)
class Split:
    """The votes of one style, or about one song. Without `strengths`, `why` says why there are none."""

    name: str
    votes: int
    raters: int
    against_all: tuple[Estimate, ...]
    strengths: Strengths | None
    why: str


@dataclass(frozen=True)
class Preference:
    """Everything about one question. See the attributes' own types."""

    question: str
    systems: tuple[str, ...]
    votes: int
    raters: int
    answers: dict[int, int]
    by_pair: dict[tuple[str, str], tuple[int, ...]]  # first system much better … second
    strengths: Strengths | None
    ordinal: Strengths | None
    without_flagged: Strengths | None
    why: str
    matrix: Matrix
    by_style: tuple[Split, ...]
    by_song: tuple[Split, ...]
    alpha: dict[str, Estimate]
    units: int
    reasons: dict[str, dict[str, int]]
    design_effect: float
    worth: dict[float, power.Need]


def preference(rows: Sequence[Judgment], flagged: frozenset[str] = frozenset(),
               sure: Sure = USUAL) -> Preference:
    """All about the answers −2…2 to one question. `flagged`: raters without whom it is computed again."""
    systems = tuple(sorted({g for j in rows for g in (j.left_generator, j.right_generator)}))
    fitted, why = strengths(rows, TIES, sure)
    if fitted is not None:
        systems = fitted.systems
    less = [j for j in rows if j.rater not in flagged]
    raters = len({j.rater for j in rows})
    alphas, units = _alphas(rows, sure)
    effect = _design_effect(fitted)
    return Preference(
        rows[0].question, systems, len(rows), raters,
        {a: sum(j.answer == a for j in rows) for a in range(-2, 3)}, _by_pair(rows, systems),
        fitted, strengths(rows, ORDINAL, sure)[0] if fitted is not None else None,
        strengths(less, TIES, sure)[0] if len(less) < len(rows) else None, why,
        _matrix(rows, systems, sure),
        _splits(rows, systems, lambda j: j.style, sure, model=True),
        _splits(rows, systems, lambda j: j.song, sure, model=False),
        alphas, units, _reasons(rows), effect, _worth(fitted, raters, len(rows)))


def strengths(rows: Sequence[Judgment], answers: Answers = TIES, sure: Sure = USUAL) \
        -> tuple[Strengths | None, str]:
    """Bradley–Terry of the rows, or None and why not."""
    data = Comparisons.of([(j.rater, j.left_generator, j.right_generator, j.answer) for j in rows
                           if j.left_generator != j.right_generator], answers)
    n, raters = len(data.systems), len(data.raters)
    if n < 2:
        return None, "There are no comparisons of two systems."
    if not data.connected:
        return None, "Some systems were never compared, not even by way of others."
    model = Model(data)
    own = model.fit()
    assert own.se is not None
    value, se = own.values[0], own.se[0]
    freedom = np.full(len(value), raters - 1.0)
    if raters >= 2:
        drawn = model.fit(draw(raters, sure.resamples, sure.seed))
        found = studentised(value, se, drawn.values, drawn.se, freedom, level=sure.level)  # type: ignore[arg-type]
        if own.penalised[0]:
            se = np.maximum(se, model.curvature(own.params[0]))
            found = by_curvature(value, se, raters, drawn.values, level=sure.level)
        naive, prior = _naive(model, value, sure), float(drawn.penalised.mean())
    else:
        gap = np.full(len(value), np.nan)
        found = naive = Intervals(value, gap, gap, gap, gap, np.empty((0, len(value))))
        prior = 0.0
    estimates, loose = Estimate.all(found), Estimate.all(naive)
    order = sorted(range(n), key=lambda i: (-round(float(value[i]), 9), data.systems[i]))
    extra = estimates[n + n * (n - 1) // 2:]
    tie = extra[1 + model.kappas.index(0)] if 0 in model.kappas else None
    return Strengths(
        answers.name, tuple(data.systems[i] for i in order), tuple(estimates[i] for i in order),
        _ranks(found.resampled[:, :n], order, sure.level), _differences(data, estimates, loose, raters),
        extra[0] if model.side else None, tie, bool(own.penalised[0]), prior), ""


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
                 raters: int) -> tuple[Difference, ...]:
    n = len(data.systems)
    firsts, seconds = np.triu_indices(n, 1)
    adjusted = holm(np.array([e.p for e in estimates[n:n + len(firsts)]]))
    out = []
    for k, (i, j) in enumerate(zip(firsts.tolist(), seconds.tolist(), strict=True)):
        gap, naive = estimates[n + k], loose[n + k]
        first, second = data.systems[i], data.systems[j]
        if gap.value < -1e-9:
            gap, naive, first, second = _turned(gap), _turned(naive), second, first
        out.append(Difference(first, second, gap, gap.map(_sigmoid), float(adjusted[k]), naive,
                              power.need(gap.value, gap.se, raters, data.total / raters)))
    return tuple(sorted(out, key=lambda d: (-round(d.gap.value, 9), d.first, d.second)))


def _turned(e: Estimate) -> Estimate:
    return Estimate(-e.value, -e.high, -e.low, e.se, e.p)


def _sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def _ranks(resampled: Floats, order: Sequence[int], level: float) -> tuple[tuple[int, int], ...]:
    n = len(order)
    if not len(resampled):
        return ((1, n),) * n
    ranks = (-resampled).argsort(1).argsort(1) + 1
    low, high = np.quantile(ranks, [(1 - level) / 2, (1 + level) / 2], axis=0, method="nearest")
    return tuple((int(low[i]), int(high[i])) for i in order)


def _points(j: Judgment) -> float:
    """Of the left system: 1, ½, 0."""
    return 1.0 if j.answer < 0 else 0.5 if j.answer == 0 else 0.0


def _against_all(rows: Sequence[Judgment], systems: Sequence[str], sure: Sure) -> tuple[Estimate, ...]:
    points = [(j.rater, g, p) for j in rows if j.left_generator != j.right_generator
              for g, p in ((j.left_generator, _points(j)), (j.right_generator, 1 - _points(j)))]
    return _shares(Means.of(points, systems), sure) if points else ()


def _shares(means: Means, sure: Sure) -> tuple[Estimate, ...]:
    return Estimate.all(means.intervals(resamples=sure.resamples, level=sure.level, seed=sure.seed,
                                        bounds=(0.0, 1.0), about=0.5))


def _matrix(rows: Sequence[Judgment], systems: tuple[str, ...], sure: Sure) -> Matrix:
    n = len(systems)
    place = {name: i for i, name in enumerate(systems)}
    wins, ties = np.zeros((2, n, n), dtype=int)
    points: list[tuple[str, str, float]] = []
    for j in rows:
        a, b = place[j.left_generator], place[j.right_generator]
        if a == b:
            continue
        if j.answer == 0:
            ties[a, b] += 1
            ties[b, a] += 1
        elif j.answer < 0:
            wins[a, b] += 1
        else:
            wins[b, a] += 1
        points.append((j.rater, f"{min(a, b)} {max(a, b)}", _points(j) if a < b else 1 - _points(j)))
    share, low, high = np.full((3, n, n), np.nan)
    if points:
        means = Means.of(points)
        for group, e in zip(means.groups, _shares(means, sure), strict=True):
            a, b = map(int, group.split())
            share[a, b], low[a, b], high[a, b] = e.value, e.low, e.high
            share[b, a], low[b, a], high[b, a] = 1 - e.value, 1 - e.high, 1 - e.low
    return Matrix(systems, _tuples(wins), _tuples(ties), _tuples(share), _tuples(low), _tuples(high),
                  _against_all(rows, systems, sure))


def _by_pair(rows: Sequence[Judgment], systems: Sequence[str]) -> dict[tuple[str, str], tuple[int, ...]]:
    """(first, second) in the order of `systems` → counts of the five answers, turned to first on the left."""
    place = {name: i for i, name in enumerate(systems)}
    out = {(a, b): [0] * 5 for i, a in enumerate(systems) for b in systems[i + 1:]}
    for j in rows:
        a, b = j.left_generator, j.right_generator
        if a != b:
            turned = place[a] < place[b]
            out[(a, b) if turned else (b, a)][(j.answer if turned else -j.answer) + 2] += 1
    return {pair: tuple(counts) for pair, counts in out.items() if any(counts)}


def _tuples(array: np.ndarray) -> tuple:
    return tuple(tuple(row) for row in array.tolist())


def _splits(rows: Sequence[Judgment], systems: tuple[str, ...], key: Callable[[Judgment], str], sure: Sure,
            model: bool) -> tuple[Split, ...]:
    out = []
    for name in sorted({key(j) for j in rows}):
        part = [j for j in rows if key(j) == name]
        raters = len({j.rater for j in part})
        fitted, why = None, f"Fewer than {SPLIT_RATERS} raters."
        if model and raters >= SPLIT_RATERS:
            fitted, why = strengths(part, TIES, sure)
        out.append(Split(name, len(part), raters, _against_all(part, systems, sure), fitted,
                         why if model else ""))
    return tuple(out)


def _alphas(rows: Sequence[Judgment], sure: Sure) -> tuple[dict[str, Estimate], int]:
    """Alpha on the five answers at three levels, and on "which is better" alone; the number of units.

    A unit is a pair of Takes for a song, however they stood: answers are turned to one order.
    """
    turned = []
    for j in rows:
        a, b = j.left_take or j.left, j.right_take or j.right
        turned.append((f"{min(a, b)} {max(a, b)} {j.song}", j.answer if a <= b else -j.answer))
    found = {}
    for name, level, answers in [(level, level, turned) for level in agreement.LEVELS] + [
            ("better", "nominal", [(u, int(np.sign(a))) for u, a in turned])]:
        counts, values = agreement.table(answers)
        ends = agreement.alpha_interval(counts, values, level, resamples=sure.resamples,  # type: ignore[arg-type]
                                        confidence=sure.level, seed=sure.seed)
        value = agreement.alpha(counts, values, level)  # type: ignore[arg-type]
        found[name] = Estimate(value, *ends)
    return found, len({u for u, _ in turned})


def _reasons(rows: Sequence[Judgment]) -> dict[str, dict[str, int]]:
    """Reason → system that was preferred when it was ticked → how often ("" for no preference)."""
    out: dict[str, Counter[str]] = {}
    for j in rows:
        better = "" if j.answer == 0 else j.left_generator if j.answer < 0 else j.right_generator
        for reason in filter(None, j.reasons.split(";")):
            out.setdefault(reason, Counter())[better] += 1
    ordered = sorted(out.items(), key=lambda item: (-item[1].total(), item[0]))
    return {reason: dict(sorted(count.items())) for reason, count in ordered}


def _design_effect(fitted: Strengths | None) -> float:
    """Mean over pairs of (se by raters / se by votes)²: how many votes are worth one independent one."""
    if fitted is None:
        return float("nan")
    ratios = [(d.gap.se / d.naive.se) ** 2 for d in fitted.differences if d.naive.se > NO_SPREAD]
    return float(np.mean(ratios)) if ratios and not fitted.penalised else float("nan")


def _worth(fitted: Strengths | None, raters: int, votes: int) -> dict[float, power.Need]:
    if fitted is None or raters < 2 or fitted.penalised:
        return {}
    se = float(np.mean([d.gap.se for d in fitted.differences]))
    return {share: power.need(float(np.log(share / (1 - share))), se, raters, votes / raters)
            for share in power.WORTH}
