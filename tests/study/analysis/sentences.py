"""Every sentence of a summary, held against the rows and numbers it speaks of; what no rule knows is wrong.

The rules are written from what a reader takes a sentence to mean, and use nothing of the summary's own code.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any

from dance_core.study.judgments import Judgment

RESULTS = ("pair", "match", "single")
NAMES = {"Choreographer": "choreographer", "JEPA": "jepa", "SoulNet": "soulnet", "HOT-dance": "hotdance"}
SECTIONS = {"Overall preference": "preference", "Movement (sound off)": "quality",
            "Match to the music": "match"}
INTERVAL = r"(?:−?[\d.]+ to −?[\d.]+%?|not estimable)"
P = r"p (?:= 1|= \.\d+|< \.001|not estimable)"
SHARE = r"(?:\d+%|–)"
Rule = tuple[str, Callable[..., bool]]


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").rstrip("%"))


def percent(x: float) -> str:
    return f"{100 * x:.0f}%"


def one(n: int, thing: str, things: str = "") -> str:
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"


class Summary:
    """A summary, the rows it is about (as the study's rule leaves them) and its numbers."""

    def __init__(self, text: str, rows: Sequence[Judgment], data: dict[str, Any]) -> None:
        self.text, self.data = text, data
        self.rows = list(rows)
        self.results = [j for j in rows if j.kind in RESULTS]
        self.kept = [j for j in self.results if not j.excluded]
        self.raters = {j.rater for j in self.kept}

    def wrong(self) -> Iterator[str]:
        """A sentence for everything that is not true, or that nothing is known of."""
        parts = re.split(r"^#+ (.*)$", self.text, flags=re.MULTILINE)
        sections = dict(zip(parts[1::2], parts[2::2], strict=True))
        first = next(iter(sections))
        if not first.startswith("Study "):
            yield "no title"
        for title, body in sections.items():
            rules = self._data() if title == first else self._question(title) if title in SECTIONS else \
                self._rest(title)
            for paragraph in filter(None, map(str.strip, body.split("\n\n"))):
                yield from _consume(title, paragraph, rules)
        for question in {j.question for j in self.kept if j.kind == "pair"}:
            if not any(SECTIONS[title] == question for title in sections if title in SECTIONS):
                yield f"{question} was asked and is not told"

    # --- what is in the file ------------------------------------------------------------------------------

    def _data(self) -> list[Rule]:
        out = [j for j in self.results if j.excluded]
        people = {j.rater for j in self.rows if j.rater}
        times = sorted(j.created for j in self.results if not j.created.startswith("1970"))
        seconds = [j.response_seconds for j in self.kept if j.response_seconds > 0]
        checks = [j for j in self.rows if j.kind == "check"]
        settings = {j.question: j.answer for j in self.rows if j.kind == "setting"}
        trials = settings.get("trials")
        answered = {j.rater for j in self.results}
        asked = [j for j in self.rows if j.trial and j.kind in (*RESULTS, "check")]
        done = {r for r in answered if trials and len({j.trial for j in asked if j.rater == r}) >= trials}
        heard = [j.answer for j in checks if j.question == "headphones" and not j.excluded]
        seen = [j.answer for j in checks if j.question == "attention" and not j.excluded]

        def gate(name: str, passed: str, failed: str, unasked: str) -> bool:
            asked = {j.rater for j in checks if j.question == name}
            bad = {j.rater for j in checks if j.question == name and (
                j.excluded.startswith("attention") if name == "attention" else
                j.answer < 5 and j.created == max(k.created for k in checks if k.question == name
                                                  and k.rater == j.rater))}
            return (number(passed), number(failed), number(unasked)) == (
                len(asked) - len(bad), len(bad), len(people - asked))

        def quarters(text: str) -> bool:
            ordered = sorted(self.results, key=lambda j: (j.created, j.rater, j.trial, j.question))
            cuts = [len(ordered) * k // 4 for k in range(5)]
            parts = [ordered[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
            want = [percent(sum(bool(j.excluded) for j in part) / len(part)) for part in parts]
            return re.findall(r"\d+%", text) == want

        def excluded(n: str, share: str, why: str) -> bool:
            by = Counter(j.excluded for j in out)
            who = {reason: len({j.rater for j in out if j.excluded == reason}) for reason in by}
            told = all(f"{one(k, 'answer')} of {one(who[r], 'person', 'people')}: “{r}”" in why
                       for r, k in by.items())
            return number(n) == len(out) and share == f"{len(out) / len(self.results):.1%}" and told

        return [
            (r"([\d,]+) answers? of ([\d,]+) raters? counts?(?:, given (?:on|from) ([\d-]+)(?: to "
             r"([\d-]+))?)?; (?:the median answer took (\d+) s|how long an answer took is not known)\.",
             lambda n, r, a, b, s: number(n) == len(self.kept) and number(r) == len(self.raters)
             and (a or "") == (times[0][:10] if times else "")
             and (b or a or "") == (times[-1][:10] if times else "")
             and (s == f"{median(seconds):.0f}" if seconds else s is None)),
            (r"No answer counts, so that nothing can be said about the dances\.", lambda: not self.kept),
            (r"([\d,]+) answers? \(([\d.]+%)\) (?:is|are) excluded and kept apart \((.*?”)\)\.", excluded),
            (r"None of the answers that could be read is excluded\.", lambda: not out and self._refused()),
            (r"No answer is excluded\.", lambda: not out and not self._refused()),
            (r"([\d,]+) (?:person|people) took their data back \(([\d,]+) rows?\)\.",
             lambda n, r: [int(number(n)), int(number(r))] == [
                 sum(j.kind == "withdrawal" for j in self.rows),
                 sum(j.answer for j in self.rows if j.kind == "withdrawal")]),
            (r"How many raters finished is not known: the file does not say how many trials a rater had\.",
             lambda: trials is None),
            (r"Of (\d+) (?:person|people) who agreed, (\d+) answered all (\d+) trials?, (\d+) left halfway "
             r"or (?:is|are) under way, and (\d+) gave no answer about dances\.",
             lambda n, d, t, u, s: [int(x) for x in (n, d, t, u, s)] == [
                 len(people), len(done), trials, len(answered - done), len(people - answered)]),
            (r"Attention checks: (\d+) (?:person|people) passed, (\d+) failed, (\d+) not checked\.",
             lambda *n: gate("attention", *n)),
            (r"The headphone check: (\d+) (?:person|people) passed, (\d+) failed, (\d+) not checked\.",
             lambda *n: gate("headphones", *n)),
            (r"(\d+) of (\d+) attention checks of people who count were passed\.",
             lambda a, b: [int(a), int(b)] == [sum(seen), len(seen)]),
            (r"The median headphone check of people who count had ([\d.]+) of 6 right\.",
             lambda m: number(m) == median(heard)),
            (r"Excluded in each quarter of the answers, as they came: (.*?%)\.", quarters),
            (r"The file carries no checksums: changes made after the study could not be noticed\.",
             lambda: not self.data["counts"]["checksums"]),
            (r"One rater says nothing about other raters, so that there are no intervals\.",
             lambda: len(self.raters) == 1),
            (r"With (\d+) raters intervals are rough; 10 or more are wanted\.",
             lambda n: int(n) == len(self.raters) < 10),
            (r"\*\*Attention: .* rows of the file (?:was|were) refused and (?:does|do) not count: .*\*\*",
             self._refused),
        ]

    def _refused(self) -> bool:
        return bool(self.data["counts"]["bad"])

    # --- a question about pairs ---------------------------------------------------------------------------

    def _question(self, title: str) -> list[Rule]:
        question = SECTIONS[title]
        mine = [j for j in self.kept if j.kind == "pair" and j.question == question]
        rows = [j for j in mine if j.left_generator != j.right_generator]
        p = next(p for p in self.data["preferences"] if p["question"] == question)
        s = p["strengths"]
        share = Counter(abs(j.answer) for j in rows)
        n, raters = len(rows), len({j.rater for j in rows})
        systems = {g for j in rows for g in (j.left_generator, j.right_generator)}
        differences = s["differences"] if s else []
        shown = {(d["first"], d["second"]) for d in differences if _shown(d)}
        pairs = {(d["first"], d["second"]) for d in differences}
        lone = all(j.answer == 0 for j in rows)

        def named(text: str, between: str) -> set[tuple[str, str]]:
            one = "|".join(NAMES)
            return {(NAMES[a], NAMES[b]) for a, b in re.findall(rf"({one}) {between} ({one})", text)}

        def order(text: str) -> bool:
            values = [number(v) for v in re.findall(r"\((−?[\d.]+), \d+% CI", text)]
            return values == sorted(values, reverse=True) and abs(sum(values)) <= 0.011 * len(values)

        def less(text: str, other: str) -> bool:
            """Whether another model's order is told as it is."""
            found = p[other]
            if text == "the order is the same":
                return found["systems"] == s["systems"]
            if text.startswith("the order is "):
                return [NAMES[x] for x in re.findall("|".join(NAMES), text)] == found["systems"]
            return (found is None) if text.startswith("the strengths are") else \
                set(found["systems"]) != set(s["systems"])

        return [
            (rf"({raters}) raters? gave ({n}) answers? about ({len(systems)}) systems?: (\d+%) a clear "
             r"preference, (\d+%) a slight one, (\d+%) none\.",
             lambda *t: list(t[3:]) == [percent(share[k] / n) for k in (2, 1, 0)]),
            (r"Nobody saw a difference\.", lambda: n > 0 and lone),
            (r"(\d+) answers? compared a system with itself and (?:is|are) left out\.",
             lambda k: int(k) == len(mine) - n),
            (r"The strengths of the systems are not estimable: [^.]*\.", lambda: s is None),
            (r"No strengths are told, because no answer prefers a system\.", lambda: lone),
            (r"Not shown: (?:a|any) difference between (.*?)\. That is no proof that there is none\.",
             lambda t: named(t, r"(?:\([^)]*\) )?and") | shown >= pairs and not named(t, "and") & shown),
            (r"From the strongest to the weakest, in log-odds that add to zero: (.*?\))\.",
             lambda t: bool(shown) and order(t)),
            (r"No order of the systems is shown\. As estimated, the highest first, in log-odds that add to "
             r"zero: (.*?\))\.", lambda t: not shown and order(t)),
            (r"No system comes out stronger than another \((.*?)\)\.",
             lambda t: max(abs(e["value"]) for e in s["strengths"]) < 1e-5),
            (r"The answers are so one-sided that maximum likelihood has no finite answer; a weak normal "
             r"prior \(sd 3\.2\) was used, from which the outermost strengths and their intervals come\.",
             lambda: s["penalised"] and not lone),
            (r"(\d+%) of the resamples needed a weak prior, because in them some system won or lost "
             r"everything or was not compared\.",
             lambda t: t == percent(s["prior_share"]) and not s["penalised"]),
            (r"(\d+) of (\d+) differences? (?:is|are) shown \(p adjusted by Holm\): (.*?\))\.(?= |$)",
             lambda a, b, t: (int(a), int(b), named(t, "over")) == (len(shown), len(pairs), shown)),
            (r"Intervals and p-values are not estimable(?: for (.*?))?[:(]? ?(.*?)\.(?= |$)",
             lambda *t: any(d["gap"]["low"] is None for d in differences)),
            (r"A bias to one side is not estimable: which systems stood left and right, for all raters or "
             r"for all but one, does not tell it from the strengths; they are computed as if there were "
             r"none\.",
             lambda: s["side"] is None),
            (r"Of two equal dances, the left one got (\d+%) of the decided answers \((?:\d+% to \d+%; "
             rf"({P})|interval not estimable: [^)]*)\)(: a bias to one side, which the model takes out|: no "
             r"bias to a side is shown|)\.",
             lambda t, q, end: t == percent(1 / (1 + math.exp(-s["side"]["value"])))
             and any(j.answer for j in rows) and ("takes out" in end) == (
                 s["side"]["p"] is not None and s["side"]["p"] < 0.05)),
            (r"With the strength of preference \(“a little”, “clearly”\) used as well, (.*?)\.(?= |$)",
             lambda t: less(t, "ordinal") if p["ordinal"] else True),
            (r"Without the raters who are flagged below, (.*?)\.(?= |$)",
             lambda t: less(t, "without_flagged")),
            (r"Share of votes against all others \(ties are half\), by (style|song):",
             lambda what: len(p[f"by_{what}"]) >= 1),
            (r"Agreement between raters about the same two dances is not estimable: .*?\.(?= |$)",
             lambda: p["alpha"]["ordinal"]["value"] is None),
            (r"Agreement between raters about the same two dances \((\d+) pairs? of dances\): Krippendorff's "
             r"α = .*? nominal for which one is better, if any\.(?= |$)",
             lambda k: int(k) == len({(frozenset([j.left_take or j.left or j.left_generator,
                                                  j.right_take or j.right or j.right_generator]),
                                       j.song, j.style) for j in rows})),
            (r"Not estimable, because .*?\.(?= |$)", lambda: any(a["why"] for a in p["alpha"].values())),
            (r"Reasons that were ticked, by the system that was preferred:",
             lambda: any(j.reasons for j in rows)),
            (r"How many votes it takes to show a difference is not estimable: .*?\.(?= |$)",
             lambda: not p["worth"]),
            (r"Power: to show \(two-sided 5%, power 80%\) that one system is preferred in .*?\.(?= |$)",
             lambda: bool(p["worth"]) and raters >= 3),
            (r"If the differences are as seen, more votes until one shows: (.*?)\.(?= |$)",
             lambda t: not named(t, "over") & shown),
            (r"The squared standard errors are ([\d.]+) times those of independent votes \(design effect\)\.",
             lambda x: number(x) == round(p["design_effect"], 2)),
            *self._tables(p, rows, shown),
        ]

    def _tables(self, p: dict[str, Any], rows: Sequence[Judgment], shown: set[tuple[str, str]]) -> list[Rule]:
        s = p["strengths"]
        votes: dict[str, list[float]] = defaultdict(list)
        for j in rows:
            left = 1.0 if j.answer < 0 else 0.5 if j.answer == 0 else 0.0
            votes[j.left_generator].append(left)
            votes[j.right_generator].append(1 - left)

        def strength(*_: str) -> bool:
            return True

        def line(name: str, value: str, interval: str, rank: str, share: str, _: str) -> bool:
            system = NAMES[name]
            first, last = (int(x) for x in (rank.split("–") * 2)[:2])
            n = len(s["systems"])
            return (first == 1 + sum(b == system for _, b in shown)
                    and last == n - sum(a == system for a, _ in shown)
                    and share == percent(sum(votes[system]) / len(votes[system])))

        def pair(a: str, b: str, *rest: str) -> bool:
            d = next(d for d in s["differences"] if (d["first"], d["second"]) == (NAMES[a], NAMES[b]))
            return rest[0] == percent(d["chance"]["value"]) and d["gap"]["value"] > -1e-8

        one = "|".join(NAMES)
        cell = r" ([^|]*) \|"
        return [
            (rf"\| ({one}) \| (−?[\d.]+) \|{cell} (\d(?:–\d)?) \| ({SHARE}) \|{cell}", line),
            (rf"\| ({one}) over ({one}) \| ({SHARE}) \|(?: [^|]* \|)*", pair),
            (r"\|(?: [^|]* \|)+", strength),  # heads, and tables of splits and reasons
        ]

    # --- the rest -----------------------------------------------------------------------------------------

    def _rest(self, title: str) -> list[Rule]:
        told = self.data["mismatch"]
        match = [j for j in self.kept if j.kind == "match" and
                 (j.left_song == j.song) != (j.right_song == j.song)]

        def heard(share: str, n: str, raters: str, _: str) -> bool:
            right = [0.5 if not j.answer else float((j.answer < 0) == (j.left_song == j.song)) for j in match]
            return (share, int(n), int(raters)) == (percent(sum(right) / len(right)), len(match),
                                                    len({j.rater for j in match}))

        def scale(name: str, n: str, raters: str, more: str) -> bool:
            question = {"Overall": "overall", "Hands": "hands"}.get(name, name)
            mine = [j for j in self.kept if j.kind == "single" and j.question == question]
            given = {j.answer for j in mine}
            every = re.match(r"Every answer is (\d)\.", more)
            return (int(n), int(raters)) == (len(mine), len({j.rater for j in mine})) and (
                {int(every[1])} == given if every else len(given) > 1 or len(mine) == 1)

        flagged = [r for r in self.data["raters"] if r["flags"]]
        few = [r for r in self.data["raters"] if r["answers"] < 10]
        return [
            (r"Beside a dance of the same system that was made to another song, the dance made to the song "
             r"that was heard was chosen in (\d+%) of (\d+) answers? of (\d+) raters? \(ties are half; 95% "
             rf"CI (.*?); {P} against the 50% of chance\)\. By system: .*?\)\.(?= |$)", heard),
            (r"Nobody told the two apart: every answer is “about the same”\.",
             lambda: all(not j.answer for j in match)),
            (r"Intervals and p-values are not estimable.*?\.(?= |$)", lambda: True),
            (r"\*\*(.*?)\*\*: (\d+) answers? of (\d+) raters?\. ?(.*)", scale),
            (r"\|(?: [^|]* \|)+", lambda: True),
            (r"There is no rater whose answers count\.", lambda: not self.raters),
            (r"The median rater sides with the model of all others in (\d+%) of the decided answers \(lowest "
             r"(\d+%)\)\.", lambda m, low: [m, low] == [percent(f([r["agreement"] for r in self.data["raters"]
                                                                 if r["agreement"] is not None]))
                                                        for f in (median, min)]),
            (r"How far a rater sides with all others is not estimable: it takes decided answers of three "
             r"raters about the same systems\.",
             lambda: all(r["agreement"] is None for r in self.data["raters"])),
            (r"Nobody stands out\.", lambda: not flagged and not few),
            (r"Nobody stands out, but (\d+) of (\d+) raters? gave fewer than the 10 answers that it takes to "
             r"tell\.", lambda a, b: not flagged and [int(a), int(b)] == [len(few), len(self.raters)]),
            (r"(\d+) raters? of (\d+) stands? out; their answers count all the same\.",
             lambda a, b: [int(a), int(b)] == [len(flagged), len(self.raters)]),
            (r"Answers to pairs were taken as better, no difference or worse .*", self._method),
        ] if title != "Told apart from a dance to another song" or told else []

    def _method(self) -> bool:
        rule = {j.answer for j in self.rows if j.kind == "setting" and j.question == "unfinished"}
        said = {0: "are kept apart, whether or not", 1: "count, whether or not"}
        return (said[rule.pop()] if rule else "The file has no rule") in self.text


def _shown(d: dict[str, Any]) -> bool:
    return d["p_holm"] is not None and d["p_holm"] < 0.05 and (d["gap"]["low"] or 0) > 0


def _consume(title: str, paragraph: str, rules: Sequence[Rule]) -> Iterator[str]:
    """Take sentence after sentence off a paragraph; each must be one that a rule knows, and true."""
    rest = paragraph
    while rest:
        for pattern, true in rules:
            if found := re.match(pattern, rest):
                try:
                    right = true(*found.groups())
                except Exception as error:  # the rule could not be put to what stands there
                    right, pattern = False, f"{pattern} ({error!r})"
                if not right:
                    yield f"{title}: not true: {found[0][:160]!r}"
                rest = rest[found.end():].lstrip()
                break
        else:
            yield f"{title}: no rule knows {rest[:120]!r}"
            return
