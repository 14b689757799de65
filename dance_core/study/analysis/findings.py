"""Everything that a study found, as one noun that becomes a JSON file."""

from __future__ import annotations

import dataclasses
import logging
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from dance_core import __version__
from dance_core.study.analysis import agreement
from dance_core.study.analysis.estimates import USUAL, Estimate, Sure
from dance_core.study.analysis.intervals import holm
from dance_core.study.analysis.people import Course, Gate, course, over_time
from dance_core.study.analysis.preference import Preference, agreement_of, preference, when
from dance_core.study.analysis.raters import Rater, all_raters
from dance_core.study.analysis.scales import Means
from dance_core.study.analysis.strengths import SHOWN
from dance_core.study.analysis.table import UNKNOWN_TIME, Table
from dance_core.study.analysis.votes_faults import FaultFindings, votes_and_faults
from dance_core.study.clip_faults import StudyFaults
from dance_core.study.judgments import PAIR_QUESTIONS, SINGLE_QUESTIONS, Judgment

CHANCE = 0.5  # of telling a dance to this song from the same system's dance to another one
MIDDLE = 3.0  # of the scale: what the p-values of means ask about
BROKEN = "it could not be computed from these answers; the program's log says why"

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Counts:
    """What is in the file.

    Attributes:
        kept, excluded: answers about dances.
        raters: whose answers count; excluded_raters: with no answer that counts.
        reasons: reason of exclusion → (answers, people).
        rows: how many rows of the file were read. bad: lines that were refused, (line, reason); refused: the
            sentence about them, "" where there are none.
        withdrawals: (people, rows).
        attention, headphones: how many passed of how many attention checks; median right answers of six.
        gates: how people, also excluded ones, fared at these checks.
        took_part: people. finished, unfinished: of those who answered; None where the file does not tell.
        trials: of a rater; None where the file does not say. rule: for those who left: see `people`.
        over_time: (answers, excluded ones) in each quarter, as they came; course: finer, with the reasons.
            Both are empty where times are not known.
        first, last: times of the first and last answer; "" where there are none, or none that is known.
        seconds: median response time of answers that count; NaN where it is not known.
        versions: of the code that took the answers.
    """

    kept: int
    excluded: int
    raters: int
    excluded_raters: int
    consents: int
    reasons: dict[str, tuple[int, int]]
    rows: int
    bad: tuple[tuple[int, str], ...]
    refused: str
    checksums: bool
    withdrawals: tuple[int, int]
    attention: tuple[int, int]
    headphones: float
    gates: dict[str, Gate]
    took_part: int
    finished: int | None
    unfinished: int | None
    trials: int | None
    rule: str
    over_time: tuple[tuple[int, int], ...]
    course: tuple[Course, ...]
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

    @property
    def shown(self) -> bool:
        """As of `strengths.Difference`."""
        return self.p_holm < SHOWN and self.gap.low > 0


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
    """Share of answers that found the dance made to the song that was heard; ½ is chance (p), ties are ½.

    decided: how many answers were no tie.
    """

    answers: int
    raters: int
    systems: tuple[str, ...]
    shares: tuple[Estimate, ...]
    all: Estimate
    decided: int


@dataclass(frozen=True)
class Findings:
    """What `analyse` gives back.

    faults: how votes and faults of the dances meet; None where the study's dances were not given.
    left_out: (question or part, reason) of what could not be computed.
    """

    study: str
    counts: Counts
    preferences: tuple[Preference, ...]
    scales: tuple[Scale, ...]
    mismatch: Mismatch | None
    raters: tuple[Rater, ...]
    left_out: tuple[tuple[str, str], ...]
    sure: Sure
    faults: FaultFindings | None = None
    version: str = __version__

    def as_json(self) -> dict[str, Any]:
        """Plain values; NaN and infinity become None, because JSON has neither."""
        return _plain(dataclasses.asdict(self))


def analyse(table: Table, sure: Sure = USUAL, faults: StudyFaults | None = None) -> Findings:
    """Everything that the answers which count can tell; whatever they can't is left out, with the reason.

    faults: what is wrong in the study's dances, where they are at hand.
    """
    left_out: list[tuple[str, str]] = []

    def tried(part: str, make: Callable[[], T], otherwise: T) -> T:
        try:
            return make()
        except Exception:  # one part that fails must not cost the others
            log.warning("study %s: %s was left out", table.study, part, exc_info=True)
            left_out.append((part, BROKEN))
            return otherwise

    raters = tried("raters", lambda: all_raters(table), ())
    flagged = frozenset(r.rater for r in raters if r.flags)
    pairs = [tried(q, lambda q=q: preference(table.of("pair", q), flagged, sure), None)
             for q in _questions(table, "pair", PAIR_QUESTIONS)]
    scales = [tried(q, lambda q=q: _scale(q, table.of("single", q), sure), None)
              for q in _questions(table, "single", SINGLE_QUESTIONS)]
    told = tried("mismatch", lambda: _mismatch(table.of("match"), sure), None)
    order = [(kind, q) for kind, usual in (("pair", PAIR_QUESTIONS), ("single", SINGLE_QUESTIONS))
             for q in _questions(table, kind, usual)]
    met = tried("faults", lambda: votes_and_faults(table.kept, faults, sure, order), None) if faults else None
    return Findings(table.study, _counts(table), tuple(p for p in pairs if p), tuple(s for s in scales if s),
                    told, raters, tuple(left_out), sure, met)


def _questions(table: Table, kind: str, order: Sequence[str]) -> list[str]:
    asked = {j.question for j in table.of(kind)}
    return [q for q in order if q in asked] + sorted(asked - set(order))


def _counts(table: Table) -> Counts:
    attention = [c.answer for c in table.checks if c.question == "attention" and not c.excluded]
    heard = [c.answer for c in table.checks if c.question == "headphones" and not c.excluded]
    times = sorted(t for j in (*table.kept, *table.excluded) if (t := j.created) != UNKNOWN_TIME)
    seconds = [j.response_seconds for j in table.kept if j.response_seconds > 0]
    who, told = table.people, table.people.trials is not None
    return Counts(
        len(table.kept), len(table.excluded), len(table.raters),
        len({j.rater for j in table.excluded} - set(table.raters)), table.consents, table.reasons,
        table.rows, tuple((b.line, b.reason) for b in table.bad), table.refused, table.checksums,
        table.withdrawals, (sum(attention), len(attention)), float(np.median(heard)) if heard else math.nan,
        who.gates, len(who.took_part), len(who.finished) if told else None,
        len(who.unfinished) if told else None, who.trials, who.rule,
        over_time((*table.kept, *table.excluded)) if times else (),
        course((*table.kept, *table.excluded)) if times else (),
        times[0] if times else "", times[-1] if times else "",
        float(np.median(seconds)) if seconds else math.nan,
        tuple(v for v, _ in Counter(j.code_version for j in table.kept if j.code_version).most_common()))


def _scale(question: str, rows: Sequence[Judgment], sure: Sure) -> Scale:
    means = Means.of([(j.rater, j.left_generator, float(j.answer)) for j in rows])
    options: dict[str, Any] = {"resamples": sure.resamples, "level": sure.level, "seed": sure.seed}
    found = Estimate.all(means.intervals(bounds=(1.0, 5.0), about=MIDDLE, **options), means.seen)
    names, n = means.groups, len(means.groups)
    order = sorted(range(n), key=lambda i: (-round(found[i].value, 9), names[i]))
    systems = tuple(names[i] for i in order)
    count = Counter((j.left_generator, j.answer) for j in rows)
    styles = {}
    for style in sorted({j.style for j in rows}):
        part = Means.of([(j.rater, j.left_generator, float(j.answer)) for j in rows if j.style == style],
                        systems)
        styles[style] = Estimate.all(part.intervals(bounds=(1.0, 5.0), about=MIDDLE, **options), part.seen)
    return Scale(question, systems, len(rows), len(means.raters), tuple(found[i] for i in order),
                 tuple(tuple(count[s, a] for a in range(1, 6)) for s in systems),
                 _contrasts(means, options) if n > 1 else (), styles, _scale_alphas(rows, sure))


def _contrasts(means: Means, options: dict[str, Any]) -> tuple[Contrast, ...]:
    pairs = list(zip(*np.triu_indices(len(means.groups), 1), strict=True))
    support = [min(means.seen[i], means.seen[j]) for i, j in pairs]
    found = Estimate.all(means.differences(**options), support)
    adjusted = holm(np.array([e.p for e in found]))
    out = []
    for k, (i, j) in enumerate(pairs):
        e, first, second = found[k], means.groups[i], means.groups[j]
        if e.value < 0:
            e, first, second = e.turned(), second, first
        out.append(Contrast(first, second, e, float(adjusted[k])))
    return tuple(sorted(out, key=lambda c: -c.gap.value))


def _scale_alphas(rows: Sequence[Judgment], sure: Sure) -> dict[str, Estimate]:
    units = [(j.rater, j.left_take or j.left or f"{j.left_generator} {j.song} {j.style}", j.answer)
             for j in sorted(rows, key=when)]
    return {level: agreement_of(units, level, sure) for level in agreement.LEVELS}


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
            resamples=sure.resamples, level=sure.level, seed=sure.seed, bounds=(0.0, 1.0), about=CHANCE),
            means.seen)

    systems, each = shares(points)
    order = sorted(range(len(systems)), key=lambda i: -each[i].value)
    return Mismatch(len(points), len({p[0] for p in points}), tuple(systems[i] for i in order),
                    tuple(each[i] for i in order), shares([(r, "", p) for r, _, p in points])[1][0],
                    sum(p != 0.5 for _, _, p in points))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {" – ".join(k) if isinstance(k, tuple) else str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
