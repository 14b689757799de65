"""Everything that a study found, as one noun that becomes a JSON file."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dance_core import __version__
from dance_core.errors import UserError
from dance_core.study.analysis import agreement
from dance_core.study.analysis.intervals import holm
from dance_core.study.analysis.preference import USUAL, Estimate, Preference, Sure, preference
from dance_core.study.analysis.raters import Rater, all_raters
from dance_core.study.analysis.scales import Means
from dance_core.study.analysis.table import Table
from dance_core.study.judgments import PAIR_QUESTIONS, SINGLE_QUESTIONS, Judgment

CHANCE = 0.5  # of telling a dance to this song from the same system's dance to another one
MIDDLE = 3.0  # of the scale: what the p-values of means ask about


@dataclass(frozen=True)
class Counts:
    """What is in the file.

    Attributes:
        kept, excluded: answers about dances.
        raters: whose answers count; excluded_raters: with no answer that counts.
        reasons: reason of exclusion → (answers, people).
        bad: lines that could not be read, (line, reason).
        withdrawals: (people, rows).
        attention, headphones: how many passed of how many attention checks; median right answers of six.
        first, last: times of the first and last answer.
        seconds: median response time of answers that count.
        versions: of the code that took the answers.
    """

    kept: int
    excluded: int
    raters: int
    excluded_raters: int
    consents: int
    reasons: dict[str, tuple[int, int]]
    bad: tuple[tuple[int, str], ...]
    checksums: bool
    withdrawals: tuple[int, int]
    attention: tuple[int, int]
    headphones: float
    first: str
    last: str
    seconds: float
    versions: tuple[str, ...]


@dataclass(frozen=True)
class Contrast:
    """Difference of two means, the higher one first; p_holm: adjusted for all pairs of this scale."""

    first: str
    second: str
    gap: Estimate
    p_holm: float


@dataclass(frozen=True)
class Scale:
    """One question about single dances, 1 to 5. Systems: the best mean first."""

    question: str
    systems: tuple[str, ...]
    answers: int
    raters: int
    means: tuple[Estimate, ...]
    counts: tuple[tuple[int, ...], ...]  # (systems, 5)
    differences: tuple[Contrast, ...]
    by_style: dict[str, tuple[Estimate, ...]]
    alpha: dict[str, Estimate]


@dataclass(frozen=True)
class Mismatch:
    """Share of answers that found the dance made to the song that was heard; ½ is chance (p), ties are ½."""

    answers: int
    raters: int
    systems: tuple[str, ...]
    shares: tuple[Estimate, ...]
    all: Estimate


@dataclass(frozen=True)
class Findings:
    """What `analyse` gives back."""

    study: str
    counts: Counts
    preferences: tuple[Preference, ...]
    scales: tuple[Scale, ...]
    mismatch: Mismatch | None
    raters: tuple[Rater, ...]
    sure: Sure
    version: str = __version__

    def as_json(self) -> dict[str, Any]:
        """Plain values; NaN and infinity become None, because JSON has neither."""
        return _plain(dataclasses.asdict(self))


def analyse(table: Table, sure: Sure = USUAL) -> Findings:
    """Everything. Raises UserError where no answer counts."""
    if not table.kept:
        raise UserError(f"Study {table.study!r} has no answer that counts ({len(table.excluded)} excluded).")
    raters = all_raters(table)
    flagged = frozenset(r.rater for r in raters if r.flags)
    return Findings(
        table.study, _counts(table),
        tuple(preference(rows, flagged, sure) for q in _questions(table, "pair", PAIR_QUESTIONS)
              if (rows := table.of("pair", q))),
        tuple(_scale(q, table.of("single", q), sure) for q in _questions(table, "single", SINGLE_QUESTIONS)),
        _mismatch(table.of("match"), sure), raters, sure)


def _questions(table: Table, kind: str, order: Sequence[str]) -> list[str]:
    asked = {j.question for j in table.of(kind)}
    return [q for q in order if q in asked] + sorted(asked - set(order))


def _counts(table: Table) -> Counts:
    attention = [c.answer for c in table.checks if c.question == "attention" and not c.excluded]
    heard = [c.answer for c in table.checks if c.question == "headphones" and not c.excluded]
    times = sorted(j.created for j in (*table.kept, *table.excluded))
    return Counts(
        len(table.kept), len(table.excluded), len(table.raters),
        len({j.rater for j in table.excluded} - set(table.raters)), table.consents, table.reasons,
        tuple((b.line, b.reason) for b in table.bad), table.checksums, table.withdrawals,
        (sum(attention), len(attention)), float(np.median(heard)) if heard else float("nan"),
        times[0], times[-1], float(np.median([j.response_seconds for j in table.kept])),
        tuple(v for v, _ in Counter(j.code_version for j in table.kept).most_common()))


def _scale(question: str, rows: Sequence[Judgment], sure: Sure) -> Scale:
    means = Means.of([(j.rater, j.left_generator, float(j.answer)) for j in rows])
    options: dict[str, Any] = {"resamples": sure.resamples, "level": sure.level, "seed": sure.seed}
    found = Estimate.all(means.intervals(bounds=(1.0, 5.0), about=MIDDLE, **options))
    names, n = means.groups, len(means.groups)
    order = sorted(range(n), key=lambda i: (-round(found[i].value, 9), names[i]))
    systems = tuple(names[i] for i in order)
    count = Counter((j.left_generator, j.answer) for j in rows)
    styles = {}
    for style in sorted({j.style for j in rows}):
        part = Means.of([(j.rater, j.left_generator, float(j.answer)) for j in rows if j.style == style],
                        systems)
        styles[style] = Estimate.all(part.intervals(bounds=(1.0, 5.0), about=MIDDLE, **options))
    return Scale(question, systems, len(rows), len(means.raters), tuple(found[i] for i in order),
                 tuple(tuple(count[s, a] for a in range(1, 6)) for s in systems),
                 _contrasts(means, options) if n > 1 else (), styles, _scale_alphas(rows, sure))


def _contrasts(means: Means, options: dict[str, Any]) -> tuple[Contrast, ...]:
    found = Estimate.all(means.differences(**options))
    adjusted = holm(np.array([e.p for e in found]))
    out = []
    for k, (i, j) in enumerate(zip(*np.triu_indices(len(means.groups), 1), strict=True)):
        e, first, second = found[k], means.groups[i], means.groups[j]
        if e.value < 0:
            e, first, second = Estimate(-e.value, -e.high, -e.low, e.se, e.p), second, first
        out.append(Contrast(first, second, e, float(adjusted[k])))
    return tuple(sorted(out, key=lambda c: -c.gap.value))


def _scale_alphas(rows: Sequence[Judgment], sure: Sure) -> dict[str, Estimate]:
    counts, answers = agreement.table([(j.left_take or j.left, j.answer) for j in rows])
    return {level: Estimate(agreement.alpha(counts, answers, level), *agreement.alpha_interval(
        counts, answers, level, resamples=sure.resamples, confidence=sure.level, seed=sure.seed))
        for level in agreement.LEVELS}


def _mismatch(rows: Sequence[Judgment], sure: Sure) -> Mismatch | None:
    points = []
    for j in rows:
        fits_left, fits_right = j.left_song == j.song, j.right_song == j.song
        if fits_left == fits_right:  # no side, or both, dance to what is heard: nothing to tell apart
            continue
        towards_left = 1.0 if j.answer < 0 else 0.5 if j.answer == 0 else 0.0
        right = towards_left if fits_left else 1.0 - towards_left
        points.append((j.rater, j.left_generator if fits_left else j.right_generator, right))
    if not points:
        return None

    def shares(rows: Sequence[tuple[str, str, float]]) -> tuple[tuple[str, ...], tuple[Estimate, ...]]:
        means = Means.of(rows)
        return means.groups, Estimate.all(means.intervals(
            resamples=sure.resamples, level=sure.level, seed=sure.seed, bounds=(0.0, 1.0), about=CHANCE))

    systems, each = shares(points)
    order = sorted(range(len(systems)), key=lambda i: -each[i].value)
    return Mismatch(len(points), len({p[0] for p in points}), tuple(systems[i] for i in order),
                    tuple(each[i] for i in order), shares([(r, "", p) for r, _, p in points])[1][0])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {" – ".join(k) if isinstance(k, tuple) else str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
