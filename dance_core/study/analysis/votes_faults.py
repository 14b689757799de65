"""Where votes and faults meet: which dances are rated low, what is wrong in them, which faults votes go by.

A kind of fault is taken as the severity of a clip's worst one (0 where there is none, or at the limit). One
dance of a pair has clearly more of it where the two severities differ by `CLEARLY`; a single dance has it
from there on. Two numbers each:

    raw    pairs: share of the answers that prefer the dance with less of it (ties half), ½ where votes don't
           go by it. Single dances: mean score of those with it minus that of those without, 0 likewise.
    held   the same by least squares with a term for every system (and for the left side): among dances of one
           and the same system. It tells a fault from whatever else sets the systems apart.

Intervals are those of `two_ways`: they speak about other raters and about dances to other music. Kinds are
looked at one by one; faults that come together can't be told apart, and neither number is a proof of a cause.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dance_core.evaluation.faults import KINDS, SEVERE, Fault, worst_first
from dance_core.study.analysis.estimates import Estimate, Sure
from dance_core.study.analysis.intervals import Floats, holm
from dance_core.study.analysis.scales import Means
from dance_core.study.analysis.strengths import SHOWN
from dance_core.study.analysis.two_ways import two_ways
from dance_core.study.clip_faults import ClipFaults, StudyFaults
from dance_core.study.judgments import Judgment

CLEARLY = 0.25  # of severity: half the way from the limit to a severe fault
ALL = "all"  # every kind together: how many kinds are severe in a dance
LOWEST = 10  # dances that are named
FEW_ANSWERS = 3  # fewer answers than that don't make a dance low-rated
NEUTRAL = {"pair": 0.5, "single": 0.0}  # the raw number where votes don't go by a fault


@dataclass(frozen=True)
class Prediction:
    """How well votes go by one kind of fault: see the module.

    Attributes:
        kind: a key of evaluation.faults.KINDS, or ALL.
        dances: how many of the clips that were answered about have it clearly.
        answers: on pairs that differ clearly in it; on single dances with it.
        raters, songs: who gave them; stretches of music that they are about.
        raw, held: see the module; `held` is a share around ½ for pairs too.
        p_holm: of `raw`, adjusted over the kinds of this question.
    """

    kind: str
    dances: int
    answers: int
    raters: int
    songs: int
    raw: Estimate
    held: Estimate
    p_holm: float


@dataclass(frozen=True)
class LowDance:
    """A dance as it was rated. value: share of votes against whatever stood beside it, or mean score."""

    clip: ClipFaults
    answers: int
    value: Estimate

    @property
    def worst(self) -> list[list[Fault]]:
        """Its faults by kind, the worst kind first, and the worst of a kind first."""
        kinds: dict[str, list[Fault]] = {}
        for fault in worst_first(self.clip.faults):
            kinds.setdefault(fault.kind, []).append(fault)
        return list(kinds.values())


@dataclass(frozen=True)
class VotesAndFaults:
    """One question.

    Attributes:
        question, kind: "preference" …, and "pair" or "single".
        answers: about clips whose faults are known.
        dances: how many clips those are.
        kinds: for every kind of fault that some pair differs in (some dance has), in the order of KINDS.
        nowhere: kinds of which no clip has any, or all as much.
        lowest: dances with the lowest votes, of those with FEW_ANSWERS answers of two raters.
        rated: how many dances have so many.
    """

    question: str
    kind: str
    answers: int
    dances: int
    kinds: tuple[Prediction, ...]
    nowhere: tuple[str, ...]
    lowest: tuple[LowDance, ...]
    rated: int

    def shown(self) -> list[Prediction]:
        """Kinds by which votes are shown to go, in either direction: adjusted p, and the interval too."""
        zero = NEUTRAL[self.kind]
        return [p for p in self.kinds if p.kind != ALL and p.p_holm < SHOWN
                and (p.raw.low > zero or p.raw.high < zero)]


@dataclass(frozen=True)
class FaultFindings:
    """All questions, and how many clips of the study could not be measured."""

    clips: int
    missing: int
    questions: tuple[VotesAndFaults, ...]


def votes_and_faults(rows: Sequence[Judgment], found: StudyFaults, sure: Sure,
                     order: Sequence[tuple[str, str]]) -> FaultFindings:
    """Of all answers that count. order: (kind of row, question) as they are told."""
    told = []
    for kind, question in order:
        mine = [j for j in rows if (j.kind, j.question) == (kind, question) and j.left in found.clips
                and (kind == "single" or j.right in found.clips)]
        if mine:
            told.append(_question(kind, question, mine, found.clips, sure))
    return FaultFindings(len(found.clips), found.missing, tuple(told))


def amount(clip: ClipFaults, kind: str) -> float:
    """Of a kind of fault in a clip: severity of the worst; of ALL, how many kinds are severe, by CLEARLY."""
    if kind == ALL:
        return CLEARLY * sum(clip.worst(k) >= SEVERE for k in KINDS)
    return clip.worst(kind)


def _question(kind: str, question: str, rows: Sequence[Judgment], clips: Mapping[str, ClipFaults],
              sure: Sure) -> VotesAndFaults:
    if kind == "pair":
        rows = [j for j in rows if j.left != j.right]
    seen = {name: clips[name] for j in rows for name in (j.left, j.right) if name}
    predict = _of_pairs if kind == "pair" else _of_singles
    made, nowhere = [], []
    for fault in (*KINDS, ALL):
        p = predict(fault, rows, seen, sure)
        if p is None:
            nowhere.append(fault)
        else:
            made.append(p)
    adjusted = holm(np.array([p.raw.p for p in made]))
    made = [replace(p, p_holm=float(p_holm)) for p, p_holm in zip(made, adjusted, strict=True)]
    lowest, rated = _lowest(kind, rows, seen, sure)
    return VotesAndFaults(question, kind, len(rows), len(seen), tuple(made),
                          tuple(k for k in nowhere if k != ALL), lowest, rated)


def _of_pairs(fault: str, rows: Sequence[Judgment], clips: Mapping[str, ClipFaults],
              sure: Sure) -> Prediction | None:
    much = {name: amount(clip, fault) for name, clip in clips.items()}
    gap = np.array([much[j.right] - much[j.left] for j in rows])
    less_left = np.where(np.abs(gap) >= CLEARLY, np.sign(gap), 0.0)  # 1: the left dance has less
    told = np.flatnonzero(less_left)
    if not len(told):
        return None
    left = np.array([_left_points(j) for j in rows])
    raters, songs = [j.rater for j in rows], [_music(j) for j in rows]
    towards = np.where(less_left > 0, left, 1 - left)[told]
    raw = two_ways(np.ones((len(told), 1)), towards, [raters[i] for i in told], [songs[i] for i in told],
                   sure, about=0.5, share=True)
    # the coefficient is how far the share of the less faulty one is from ½
    z = np.column_stack([less_left, np.ones(len(rows)), _systems(rows)])
    held = two_ways(z, left - 0.5, raters, songs, sure)
    return Prediction(fault, sum(v >= CLEARLY for v in much.values()), len(told),
                      len({raters[i] for i in told}), len({songs[i] for i in told}), raw,
                      _moved(held, 0.5), math.nan)


def _of_singles(fault: str, rows: Sequence[Judgment], clips: Mapping[str, ClipFaults],
                sure: Sure) -> Prediction | None:
    has = {name: amount(clip, fault) >= CLEARLY for name, clip in clips.items()}
    with_it = np.array([has[j.left] for j in rows], float)
    if with_it.min() == with_it.max():
        return None
    score = np.array([j.answer for j in rows], float)
    raters, songs = [j.rater for j in rows], [_music(j) for j in rows]
    told = np.flatnonzero(with_it)
    both = [with_it > 0, with_it == 0]  # a difference rests on whichever of the two fewer songs have
    fewer = min(both, key=lambda part: len({s for s, there in zip(songs, part, strict=True) if there}))
    alone = np.column_stack([with_it, np.ones(len(rows))])
    raw = two_ways(alone, score, raters, songs, sure, told=fewer)
    held = two_ways(np.column_stack([alone, _systems(rows)]), score, raters, songs, sure, told=fewer)
    return Prediction(fault, sum(has.values()), len(told), len({raters[i] for i in told}),
                      len({songs[i] for i in told}), raw, held, math.nan)


def _left_points(j: Judgment) -> float:
    """Of the left dance of a pair: 1, ½ for a tie, 0."""
    return 0.5 - np.sign(j.answer) / 2


def _moved(e: Estimate, by: float) -> Estimate:
    """A share from its distance to ½; within 0 and 1, which a straight line does not know."""
    value, low, high = (float(np.clip(x + by, 0.0, 1.0)) for x in (e.value, e.low, e.high))
    return Estimate(value, low, high, e.se, e.p, e.why)


def _systems(rows: Sequence[Judgment]) -> Floats:
    """(N, S − 1): 1 where a system stands on the left, −1 where on the right; the first is the rest."""
    names = sorted({g for j in rows for g in (j.left_generator, j.right_generator) if g})
    column = {name: i for i, name in enumerate(names)}
    z = np.zeros((len(rows), len(names)))
    for i, j in enumerate(rows):
        z[i, column[j.left_generator]] += 1
        if j.right_generator:
            z[i, column[j.right_generator]] -= 1
    return z[:, 1:]


def _music(j: Judgment) -> str:
    """Names a stretch of music with its dances: they are the same for all raters."""
    return f"{j.song} {j.style}"


def _lowest(kind: str, rows: Sequence[Judgment], clips: Mapping[str, ClipFaults],
            sure: Sure) -> tuple[tuple[LowDance, ...], int]:
    sides: Callable[[Judgment], list[tuple[str, float]]] = (
        (lambda j: [(j.left, _left_points(j)), (j.right, 1 - _left_points(j))]) if kind == "pair" else
        (lambda j: [(j.left, float(j.answer))]))
    points = [(j.rater, clip, value) for j in rows for clip, value in sides(j)]
    count = Counter(clip for _, clip, _ in points)
    people = Counter(clip for clip, _ in {(clip, rater) for rater, clip, _ in points})
    enough = {clip for clip, n in count.items() if n >= FEW_ANSWERS and people[clip] >= 2}
    points = [p for p in points if p[1] in enough]
    if not points:
        return (), 0
    means = Means.of(points)
    bounds, about = ((0.0, 1.0), 0.5) if kind == "pair" else ((1.0, 5.0), 3.0)
    found = Estimate.all(means.intervals(resamples=sure.resamples, level=sure.level, seed=sure.seed,
                                         bounds=bounds, about=about), means.seen)
    order = sorted(range(len(found)), key=lambda i: (round(found[i].value, 9), means.groups[i]))[:LOWEST]
    low = [LowDance(clips[means.groups[i]], count[means.groups[i]], found[i]) for i in order]
    return tuple(low), len(found)
