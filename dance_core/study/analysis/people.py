"""Who took part, as the rows tell: who finished, who left, who passed which check."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dance_core.study.judgments import LEFT, RESULTS, Judgment
from dance_core.study.tones import PASS

EXCLUDE, COUNT = "exclude", "count"
QUARTERS = 4


@dataclass(frozen=True)
class Gate:
    """People at one check. Three ends, because who was never asked has neither passed nor failed."""

    passed: int
    failed: int
    unchecked: int


@dataclass(frozen=True)
class People:
    """Everybody in the rows of one study.

    Attributes:
        took_part: who agreed or answered anything.
        answered: who gave an answer about dances.
        trials: of a rater; None where the file does not say.
        rule: for the answers of who did not finish: EXCLUDE, COUNT, or "" where the file does not say.
        finished, unfinished: of those who answered; both empty where `trials` is None.
        gates: "attention", "headphones" → how people fared.
    """

    took_part: frozenset[str]
    answered: frozenset[str]
    trials: int | None
    rule: str
    finished: frozenset[str]
    unfinished: frozenset[str]
    gates: dict[str, Gate]

    @classmethod
    def of(cls, rows: Sequence[Judgment]) -> "People":
        """From all rows of a study. Of a setting that stands there twice the later row counts."""
        setting: dict[str, int] = {}
        trials: dict[str, set[int]] = defaultdict(set)
        for j in sorted((j for j in rows if j.kind == "setting"), key=lambda j: j.created):
            setting[j.question] = j.answer
        for j in rows:
            if j.kind in RESULTS or (j.kind == "check" and j.trial > 0):
                trials[j.rater].add(j.trial)
        who = frozenset(j.rater for j in rows if j.rater)
        answered = frozenset(j.rater for j in rows if j.kind in RESULTS)
        wanted = setting.get("trials")
        done = frozenset(r for r in answered if wanted is not None and len(trials[r] - {0}) >= wanted)
        rule = {None: "", 0: EXCLUDE}.get(setting.get("unfinished"), COUNT)
        return cls(who, answered, wanted, rule, done, answered - done if wanted is not None else frozenset(),
                   {name: _gate(name, rows, who) for name in ("attention", "headphones")})

    def ruled(self, j: Judgment) -> Judgment:
        """A row as the study's rule for people who left has it."""
        if self.rule != EXCLUDE or j.excluded or j.rater not in self.unfinished:
            return j
        return dataclasses.replace(j, excluded=LEFT)


def _gate(name: str, rows: Sequence[Judgment], who: frozenset[str]) -> Gate:
    """Attention is failed by whoever it excluded; headphones by whoever had too few right in the last try."""
    checks: dict[str, list[Judgment]] = defaultdict(list)
    for j in rows:
        if j.kind == "check" and j.question == name:
            checks[j.rater].append(j)
    failed = 0
    for mine in checks.values():
        last = max(mine, key=lambda j: j.created)
        failed += any(j.excluded.startswith("attention") for j in mine) if name == "attention" \
            else last.answer < PASS
    return Gate(len(checks) - failed, failed, len(who) - len(checks))


def over_time(results: Sequence[Judgment]) -> tuple[tuple[int, int], ...]:
    """(answers, excluded ones) in each quarter of the answers, in the order in which they came."""
    if len(results) < QUARTERS:
        return ()
    ordered = sorted(results, key=lambda j: (j.created, j.rater, j.trial, j.question))
    ends = [len(ordered) * k // QUARTERS for k in range(QUARTERS + 1)]
    return tuple((b - a, sum(bool(j.excluded) for j in ordered[a:b]))
                 for a, b in zip(ends[:-1], ends[1:], strict=True))


@dataclass(frozen=True)
class Course:
    """Some answers in a row, as they came.

    Attributes:
        first, last: when the first and the last of them were given.
        answers: how many.
        excluded: reason, as far as its first colon → how many of them.
    """

    first: str
    last: str
    answers: int
    excluded: dict[str, int]


def course(results: Sequence[Judgment], most: int = 24, least: int = 10) -> tuple[Course, ...]:
    """The answers in the order in which they came, cut into parts of one size: `most`, or of `least` "
    "answers."""
    ordered = sorted(results, key=lambda j: (j.created, j.rater, j.trial, j.question))
    parts = min(most, max(1, len(ordered) // least)) if ordered else 0
    ends = [len(ordered) * k // parts for k in range(parts + 1)] if parts else [0]
    made = []
    for a, b in zip(ends[:-1], ends[1:], strict=True):
        why = Counter(j.excluded.split(":")[0] for j in ordered[a:b] if j.excluded)
        made.append(Course(ordered[a].created, ordered[b - 1].created, b - a, dict(why.most_common())))
    return tuple(made)
