"""How each rater answered: with the others, to one side, in haste, past the checks.

A flag is a number that is far out; it takes nobody's votes away. What the result would be without those who
are flagged is computed beside it (findings.Preference.without_flagged).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from dance_core.study.analysis.bradley_terry import TIES, Comparisons, Model
from dance_core.study.analysis.table import Table
from dance_core.study.judgments import Judgment

# A flag needs to be far out even among hundreds of raters.
FAR_Z = -3.0  # agreement this many standard deviations below what the others' answers predict
SIDE_P = 1e-3  # two-sided binomial test of left against right
HASTE = 1 / 3  # median response below this share of everybody's median
SAME = 0.95  # one and the same answer in more than this share of pairs …
ENOUGH = 10  # … with at least so many answers
FEW = 3  # pairs all answered alike by somebody who finished: flagged already, if not most do so
FEW_SCORES = 6  # the same for scales of single dances


@dataclass(frozen=True)
class Rater:
    """One rater in numbers; NaN where there is nothing to say.

    Attributes:
        rater: salted hash, as in the CSV.
        answers: that count.
        decided: pairs answered with a preference.
        agreement: share of the decided answers that side with the others' (Bradley–Terry without this rater),
            among those about which the others say anything.
        expected: the share that the others' model predicts for the same pairs.
        z: their distance in standard deviations.
        left: share of "left better" among the decided ones.
        left_p: two-sided binomial p-value of ½.
        correlation: of single scores with the others' mean score of the same dance and question.
        seconds: median response time.
        passed, checks: attention checks.
        same: share of the most frequent answer to pairs.
        flags: what is far out, in words.
    """

    rater: str
    answers: int
    decided: int
    agreement: float
    expected: float
    z: float
    left: float
    left_p: float
    correlation: float
    seconds: float
    passed: int
    checks: int
    same: float
    flags: tuple[str, ...]


def all_raters(table: Table) -> tuple[Rater, ...]:
    """Everybody whose answers count, those with most flags and the least agreement first."""
    rows: dict[str, list[Judgment]] = defaultdict(list)
    for judgment in table.kept:
        rows[judgment.rater].append(judgment)
    usual = float(np.median([j.response_seconds for j in table.kept])) if table.kept else 0.0
    compared = _agreement(table)
    correlations = _correlations(table)
    checks: dict[str, list[int]] = defaultdict(list)
    for check in table.checks:
        if check.question == "attention":
            checks[check.rater].append(check.answer)
    nothing = (float("nan"), float("nan"), float("nan"), 0)
    alike = _alike(rows, table.people.finished)
    found = [_rater(name, rows[name], usual, compared.get(name, nothing),
                    correlations.get(name, float("nan")), checks[name], alike[name]) for name in sorted(rows)]
    return tuple(sorted(found, key=lambda r: (-len(r.flags), r.z if r.z == r.z else 0.0, r.rater)))


def _rater(name: str, rows: list[Judgment], usual: float, agreement: tuple[float, float, float, int],
           correlation: float, checks: list[int], alike: tuple[str, ...]) -> Rater:
    nan = float("nan")
    answers = [j.answer for j in rows if j.kind in ("pair", "match")]
    left, right = sum(a < 0 for a in answers), sum(a > 0 for a in answers)
    left_p = float(stats.binomtest(left, left + right).pvalue) if left + right else nan
    same = max(Counter(answers).values()) / len(answers) if answers else nan
    seconds = float(np.median([j.response_seconds for j in rows]))
    share, expected, z, told = agreement
    flags = []
    if z < FAR_Z and told >= ENOUGH:
        flags.append(f"sides with the others in {share:.0%} of the pairs, {expected:.0%} expected")
    if left_p < SIDE_P:
        flags.append(f"left in {left} of {left + right} decided answers")
    if len(rows) >= ENOUGH and usual > 0 and seconds < HASTE * usual:
        flags.append(f"answers within {seconds:.1f} s, the others within {usual:.1f} s")
    flags += alike
    if missed := len(checks) - sum(checks):
        flags.append(f"missed {missed} of {len(checks)} attention checks")
    return Rater(name, len(rows), left + right, share, expected, z,
                 left / (left + right) if left + right else nan, left_p, correlation, seconds, sum(checks),
                 len(checks), same, tuple(flags))


def _alike(rows: Mapping[str, Sequence[Judgment]], finished: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Rater → flags for one and the same answer. Nobody stands out by what most others do as well."""
    flags: dict[str, list[str]] = {name: [] for name in rows}
    for kinds, least, what in ((("pair", "match"), FEW, "pairs"), (("single",), FEW_SCORES, "scales")):
        often: dict[str, tuple[int, float, int]] = {}  # most frequent answer, its share, how many answers
        for name, mine in rows.items():
            answers = [j.answer for j in mine if j.kind in kinds]
            if answers:
                (answer, n), = Counter(answers).most_common(1)
                often[name] = (answer, n / len(answers), len(answers))
        for name, (answer, share, n) in often.items():
            if not (n >= ENOUGH and share > SAME or n >= least and share == 1 and name in finished):
                continue
            others = [o for other, o in often.items() if other != name]
            if 2 * sum(o[0] == answer and o[1] > SAME for o in others) <= len(others):
                flags[name].append(f"the same answer to {share:.0%} of the {what}")
    return {name: tuple(mine) for name, mine in flags.items()}


def _agreement(table: Table) -> dict[str, tuple[float, float, float, int]]:
    """Rater → share of decided answers that side with the others' strengths, share expected, z, of how many.

    Pairs about which the others say nothing, or that they find equal, tell nothing and are left out.
    """
    hits: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(4))  # hits, expected, variance, decided
    for question in sorted({j.question for j in table.of("pair")}):
        rows = [(j.rater, j.left_generator, j.right_generator, j.answer) for j in table.of("pair", question)
                if j.left_generator != j.right_generator]
        data = Comparisons.of(rows, TIES)
        if len(data.systems) < 2 or len(data.raters) < 3:
            continue
        pairs, each = len(data.pairs), np.eye(len(data.systems))
        model = Model(data, data.side_held, each[data.pairs[:, 0]] - each[data.pairs[:, 1]])
        found = model.fit(1 - np.eye(len(data.raters)), errors=False).values  # all but one, for each
        gap, side = found[:, :pairs], found[:, pairs:pairs + model.side].sum(1)  # (R, P), (R,)
        known = np.abs(gap) > 1e-9  # not NaN either
        expects_left = known & (gap > 0)
        # Decided answers, left against right, with the others' bias to a side.
        chance_left = special.expit(gap + side[:, None])
        chance = np.where(expects_left, chance_left, 1 - chance_left)
        left, right = data.counts[:, :, 0] * known, data.counts[:, :, 2] * known
        decided = left + right
        for i, name in enumerate(data.raters):
            part = np.where(known[i], chance[i], 0.0)
            hits[name] += [np.where(expects_left[i], left[i], right[i]).sum(), (decided[i] * part).sum(),
                           (decided[i] * part * (1 - part)).sum(), decided[i].sum()]
    return {name: (float(h / n), float(e / n), float((h - e) / max(v, 1e-9) ** 0.5), int(n))
            for name, (h, e, v, n) in hits.items() if n > 0}


def _correlations(table: Table) -> dict[str, float]:
    """Rater → correlation of single scores with the others' mean for the same dance and question."""
    scores: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for j in table.of("single"):
        dance = j.left_take or j.left or f"{j.left_generator} {j.song} {j.style}"
        scores[dance, j.question][j.rater].append(j.answer)
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for by_rater in scores.values():
        total = sum(sum(a) for a in by_rater.values())
        count = sum(len(a) for a in by_rater.values())
        for rater, answers in by_rater.items():
            if count > len(answers):
                others = (total - sum(answers)) / (count - len(answers))
                pairs[rater].append((float(np.mean(answers)), others))
    found = {}
    for rater, both in pairs.items():
        own, others = np.array(both).T
        if len(both) >= 5 and own.std() > 0 and others.std() > 0:
            found[rater] = float(np.corrcoef(own, others)[0, 1])
    return found
