"""Every sentence of "Votes and faults", held against the rows and the faults by rules of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dance_core.evaluation.faults import KINDS, SEVERE
from dance_core.study.clip_faults import StudyFaults
from dance_core.study.judgments import Judgment

TITLES = {"Overall preference": "preference", "Overall": "overall"}
ALL = "Severe ones of any kind"
NAMES = {kind.title: key for key, kind in KINDS.items()}
CELL = r"(?:–|−?[\d.]+%?|−?[\d.]+ to −?[\d.]+%?|not estimable|< \.001|1|\.\d+)"
CLEARLY = 0.25


class FaultSentences:
    """The section of a summary, the answers that count, and what is wrong in the dances."""

    def __init__(self, text: str, rows: Sequence[Judgment], faults: StudyFaults) -> None:
        self.text = text.split("## Votes and faults", 1)[1].split("\n## ", 1)[0].strip()
        self.rows, self.faults = rows, faults

    def wrong(self) -> Iterator[str]:
        first, *parts = self.text.split("\n\n")
        n = len(self.faults.clips)
        what = f"{n} dance{'' if n == 1 else 's'}"
        if not first.startswith(f"Faults were looked for in {what}, as they were shown."):
            yield first
        question = ""
        for part in parts:
            if part.startswith("**"):
                question = TITLES[part.split("**")[1]]
            rules = (self._head, self._table, self._rest, self._lowest)
            if not question or not any(rule(part, question) for rule in rules):
                yield f"{question}: {part[:200]!r}"

    def _mine(self, question: str) -> list[Judgment]:
        return [j for j in self.rows if j.question == question and j.left in self.faults.clips
                and (j.kind == "single" or j.right in self.faults.clips)]

    def _much(self, clip: str, kind: str) -> float:
        worst = {k: max((f.severity for f in self.faults.clips[clip].faults if f.kind == k), default=0.0)
                 for k in KINDS}
        return CLEARLY * sum(w >= SEVERE for w in worst.values()) if kind == ALL else worst[NAMES[kind]]

    def _numbers(self, question: str, kind: str) -> tuple[int, int, float] | None:
        """Dances that have it clearly, answers, the raw number; None where there is nothing to tell."""
        mine = self._mine(question)
        clips = {c for j in mine for c in (j.left, j.right) if c}
        dances = sum(self._much(c, kind) >= CLEARLY for c in clips)
        if question == "overall":
            by = defaultdict(list)
            for j in mine:
                by[self._much(j.left, kind) >= CLEARLY].append(j.answer)
            if len(by) < 2:
                return None
            gap = sum(by[True]) / len(by[True]) - sum(by[False]) / len(by[False])
            return dances, len(by[True]), gap
        points = []
        for j in mine:
            more = self._much(j.right, kind) - self._much(j.left, kind)
            if abs(more) >= CLEARLY:
                left = 1.0 if j.answer < 0 else 0.5 if j.answer == 0 else 0.0
                points.append(left if more > 0 else 1 - left)
        return (dances, len(points), 100 * sum(points) / len(points)) if points else None

    def _head(self, part: str, question: str) -> bool:
        found = re.fullmatch(r"\*\*[^*]+\*\*: (\d+) answers? about (\d+) dances?\. (.*)", part)
        if not found:
            return False
        mine = self._mine(question)
        dances = {c for j in mine for c in (j.left, j.right) if c}
        following = self.text.split(part, 1)[1].strip().split("\n\n")[0]
        rows = [line.split(" | ") for line in following.split("\n")[2:]
                if following.startswith("| Fault |")]
        estimable = any(row[4] != "not estimable" for row in rows)
        told = found[3]
        if told.startswith("Votes go by (p adjusted by Holm): "):
            named = {name for name in NAMES if f"{name} (" in told}
            small = {row[0].removeprefix("| ") for row in rows
                     if row[5] == "< .001" or re.fullmatch(r"\.0[0-4]\d", row[5])} - {ALL}
            right = bool(named) and named <= small
        else:
            right = told == "What is compared differs clearly in no kind of fault." and not rows or (
                told == "No kind of fault is shown to go with the votes. That is no proof that none does."
                and estimable) or (told == "That is too little to say by which faults votes go."
                                   and not estimable and bool(rows))
        return right and (int(found[1]), int(found[2])) == (len(mine), len(dances))

    def _table(self, part: str, question: str) -> bool:
        if not part.startswith("| Fault |"):
            return False
        for line in part.split("\n")[2:]:
            name, dances, answers, raw, *rest = line.strip("| ").split(" | ")
            found = self._numbers(question, name)
            written = float(raw.rstrip("%").replace("−", "-"))
            last = 0.5 if raw.endswith("%") else 0.005  # of the digits that are written
            if found is None or found[:2] != (int(dances), int(answers)):
                return False
            if abs(found[2] - written) > last + 1e-6:
                return False
            if not all(re.fullmatch(CELL, cell) for cell in rest):
                return False
        told = {line.split(" | ")[0].strip("| ") for line in part.split("\n")[2:]}
        return told == {k for k in (*NAMES, ALL) if self._numbers(question, k) is not None}

    def _rest(self, part: str, question: str) -> bool:
        unsure = r"(?:Intervals and p-values are not estimable(?: for .*?\)|: [^.]*)\. ?)?"
        nowhere = (r"(?:(?:No two dances that were compared differ clearly in|All of these dances, or none, "
                   r"have clearly): (.*)\.)?")
        found = re.fullmatch(unsure + nowhere, part)
        if not found:
            return False
        named = set(re.split(r", | and ", found[1])) if found[1] else set()
        return named == {k for k in NAMES if self._numbers(question, k) is None}

    def _lowest(self, part: str, question: str) -> bool:
        count: Counter[str] = Counter()
        who = defaultdict(set)
        for j in self._mine(question):
            for clip in filter(None, (j.left, j.right)):
                count[clip] += 1
                who[clip].add(j.rater)
        rated = [c for c in count if count[c] >= 3 and len(who[c]) >= 2]
        if part.startswith("| Dance |"):
            values = [float(line.split(" | ")[1].rstrip("%")) for line in part.split("\n")[2:]]
            return values == sorted(values) and len(values) == min(5, len(rated))
        told = re.fullmatch(r"The lowest rated (\d+) of the (\d+) dances with 3 answers or more, and what is "
                            r"wrong in them when\. The lowest of many are so partly by chance:", part)
        return part == "One dance has 3 answers or more:" and len(rated) == 1 or bool(
            told and [int(told[1]), int(told[2])] == [min(5, len(rated)), len(rated)])
