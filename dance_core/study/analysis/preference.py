"""What the answers to one question about pairs say: strengths, a win matrix, splits, agreement, power."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.study.analysis import agreement, power
from dance_core.study.analysis.bradley_terry import ORDINAL, TIES
from dance_core.study.analysis.estimates import USUAL, Estimate, Sure
from dance_core.study.analysis.scales import Means
from dance_core.study.analysis.strengths import Strengths, strengths
from dance_core.study.judgments import Judgment

_PLAN_RATERS = 3  # with two, the standard error itself may be off tenfold
SPLIT_RATERS = 5  # a split with fewer raters gets counts, but no strengths


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
    """Everything about one question. See the attributes' own types.

    Attributes, beside those that say it themselves:
        alone: answers about a system beside itself; they are in no other number.
        why, without_why, power_why: why there are no `strengths`, no `without_flagged`, no `worth`.
    """

    question: str
    systems: tuple[str, ...]
    votes: int
    alone: int
    raters: int
    answers: dict[int, int]
    by_pair: dict[tuple[str, str], tuple[int, ...]]  # first system much better … second
    strengths: Strengths | None
    ordinal: Strengths | None
    without_flagged: Strengths | None
    why: str
    without_why: str
    matrix: Matrix
    by_style: tuple[Split, ...]
    by_song: tuple[Split, ...]
    alpha: dict[str, Estimate]
    units: int
    reasons: dict[str, dict[str, int]]
    design_effect: float
    worth: dict[float, power.Need]
    power_why: str

    @property
    def undecided(self) -> bool:
        """Whether there are answers, and all of them are "about the same"."""
        return self.votes > 0 and self.answers[0] == self.votes


def preference(rows: Sequence[Judgment], flagged: frozenset[str] = frozenset(),
               sure: Sure = USUAL) -> Preference:
    """All about the answers −2…2 to one question. `flagged`: raters without whom it is computed again."""
    question, every = rows[0].question, len(rows)
    rows = [j for j in rows if j.left_generator != j.right_generator]
    systems = tuple(sorted({g for j in rows for g in (j.left_generator, j.right_generator)}))
    fitted, why = strengths(rows, TIES, sure)
    if fitted is not None:
        systems = fitted.systems
    less = [j for j in rows if j.rater not in flagged]
    without, without_why = strengths(less, TIES, sure) if len(less) < len(rows) else (None, "")
    raters = len({j.rater for j in rows})
    alphas, units = _alphas(rows, sure)
    decided = any(j.answer for j in rows)
    worth, power_why = _worth(fitted, raters, len(rows), decided)
    return Preference(
        question, systems, len(rows), every - len(rows), raters,
        {a: sum(j.answer == a for j in rows) for a in range(-2, 3)}, _by_pair(rows, systems),
        fitted, strengths(rows, ORDINAL, sure)[0] if fitted is not None else None, without, why, without_why,
        _matrix(rows, systems, sure),
        _splits(rows, systems, lambda j: j.style, sure, model=True),
        _splits(rows, systems, lambda j: j.song, sure, model=False),
        alphas, units, _reasons(rows), _design_effect(fitted) if worth else math.nan, worth, power_why)


def _points(j: Judgment) -> float:
    """Of the left system: 1, ½, 0."""
    return 1.0 if j.answer < 0 else 0.5 if j.answer == 0 else 0.0


def _against_all(rows: Sequence[Judgment], systems: Sequence[str], sure: Sure) -> tuple[Estimate, ...]:
    points = [(j.rater, g, p) for j in rows if j.left_generator != j.right_generator
              for g, p in ((j.left_generator, _points(j)), (j.right_generator, 1 - _points(j)))]
    return _shares(Means.of(points, systems), sure) if points else ()


def _shares(means: Means, sure: Sure) -> tuple[Estimate, ...]:
    return Estimate.all(means.intervals(resamples=sure.resamples, level=sure.level, seed=sure.seed,
                                        bounds=(0.0, 1.0), about=0.5), means.seen)


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
        fitted, why = None, f"there are fewer than {SPLIT_RATERS} raters"
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
    for j in sorted(rows, key=when):
        a, b = j.left_take or j.left or j.left_generator, j.right_take or j.right or j.right_generator
        unit = f"{min(a, b)} {max(a, b)} {j.song} {j.style}"
        turned.append((j.rater, unit, j.answer if a <= b else -j.answer))
    found = {level: agreement_of(turned, level, sure) for level in agreement.LEVELS}
    found["better"] = agreement_of([(r, u, int(np.sign(a))) for r, u, a in turned], "nominal", sure)
    return found, len({u for _, u, _ in turned})


def when(j: Judgment) -> tuple[int, str, str]:
    """Sorts a rater's answers in the order in which they were given, however the file has them."""
    return j.trial, j.created, j.judgment_id


def agreement_of(rows: Sequence[tuple[str, str, float]], level: agreement.Level, sure: Sure) -> Estimate:
    """Alpha of (rater, unit, answer) with its interval; a rater's first answer to a unit counts."""
    first: dict[tuple[str, str], float] = {}
    for rater, unit, answer in rows:
        first.setdefault((unit, rater), answer)
    counts, values = agreement.table([(unit, answer) for (unit, _), answer in first.items()])
    low, high = agreement.alpha_interval(counts, values, level, resamples=sure.resamples,
                                         confidence=sure.level, seed=sure.seed)
    enough = (counts.sum(1) >= 2).sum() >= agreement.FEW_UNITS
    return Estimate(agreement.alpha(counts, values, level) if enough else math.nan, low, high,
                    why="" if math.isfinite(low) else agreement.unknown(counts))


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
    both = [d for d in fitted.differences if d.gap.known and d.naive.known] if fitted is not None else []
    return float(np.mean([(d.gap.se / d.naive.se) ** 2 for d in both])) if both else math.nan


def _worth(fitted: Strengths | None, raters: int, votes: int,
           decided: bool) -> tuple[dict[float, power.Need], str]:
    """Share of decided answers → what it takes to show it; or nothing, and why."""
    if fitted is None:
        return {}, "there are no strengths"
    if not decided:
        return {}, "nobody saw a difference, so that nothing says how much raters differ"
    if fitted.penalised:
        return {}, "the answers are so one-sided that they don't say how much raters differ"
    known = [d.gap.se for d in fitted.differences if d.gap.known]
    if not known:
        return {}, fitted.differences[0].gap.why
    if raters < _PLAN_RATERS:
        return {}, f"{raters} raters say too little about how much raters differ"
    se = float(np.mean(known))
    return {share: power.need(float(np.log(share / (1 - share))), se, raters, votes / raters)
            for share in power.WORTH}, ""
