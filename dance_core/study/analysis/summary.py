"""The findings in sentences that a paper can quote: numbers, intervals, method.

What can't be known is "not estimable", with the reason: never 0, and never a difference.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from dance_core.study.analysis.findings import CHANCE, Counts, Findings, Mismatch, Scale
from dance_core.study.analysis.intervals import FEW_RATERS
from dance_core.study.analysis.people import COUNT, EXCLUDE
from dance_core.study.analysis.raters import ENOUGH, Rater
from dance_core.study.analysis.summary_faults import faults, method
from dance_core.study.analysis.summary_pairs import alpha, name, preference
from dance_core.study.analysis.words import (
    UNKNOWN,
    between,
    count,
    listed,
    number,
    p_value,
    percent,
    plain,
    rows,
    title,
    unsure,
)

_RULES = {
    EXCLUDE: "By the study's rule, set before it began, answers of people who did not finish are kept apart, "
             "whether or not somebody took their place.",
    COUNT: "By the study's rule, set before it began, answers of people who did not finish count, whether or "
           "not somebody took their place.",
    "": "The file has no rule for people who did not finish: their answers count where no reason against it "
        "stands beside them.",
}


def summary(found: Findings) -> str:
    """The whole text, Markdown."""
    parts = [f"# Study {plain(found.study)}"]
    if found.counts.refused:
        parts.append(f"**Attention: {plain(found.counts.refused, 1000)}**")
    parts.append(_data(found.counts))
    for p in found.preferences:
        parts += preference(p, found.sure)
    if found.mismatch is not None:
        parts += ["## Told apart from a dance to another song", _mismatch(found.mismatch)]
    if found.scales:
        parts += ["## Single dances, 1 to 5", *(_scale(s) for s in found.scales)]
    if found.faults is not None:
        parts += faults(found.faults)
    for part, reason in found.left_out:
        parts += [f"## {plain(title(part))}", f"This part is left out: {reason}."]
    parts += ["## Raters", _raters(found.raters), "## Method", _method(found)]
    return "\n\n".join(parts) + "\n"


def _data(c: Counts) -> str:
    text = [_kept(c)]
    if c.excluded:
        why = [f"{count(n, 'answer')} of {count(people, 'person', 'people')}: “{plain(reason)}”"
               for reason, (n, people) in c.reasons.items()]
        text.append(f"{count(c.excluded, 'answer')} ({c.excluded / (c.kept + c.excluded):.1%}) "
                    f"{'is' if c.excluded == 1 else 'are'} excluded and kept apart ({'; '.join(why)}).")
    elif c.kept and c.refused:
        text.append("None of the answers that could be read is excluded.")
    elif c.kept:
        text.append("No answer is excluded.")
    if c.withdrawals[0]:
        text.append(f"{count(c.withdrawals[0], 'person', 'people')} took their data back "
                    f"({count(c.withdrawals[1], 'row')}).")
    text += [_finished(c), _gates(c), _over_time(c)]
    if not c.checksums:
        text.append("The file carries no checksums: changes made after the study could not be noticed.")
    if c.raters == 1:
        text.append("One rater says nothing about other raters, so that there are no intervals.")
    elif 0 < c.raters < FEW_RATERS:
        text.append(f"With {count(c.raters, 'rater')} intervals are rough; {FEW_RATERS} or more are wanted.")
    return " ".join(filter(None, text))


def _finished(c: Counts) -> str:
    """How many went through all trials, how many left; what that means for their answers is in the Method."""
    if c.finished is None or c.unfinished is None:
        return "How many raters finished is not known: the file does not say how many trials a rater had." \
            if c.took_part else ""
    silent = c.took_part - c.finished - c.unfinished
    text = (f"Of {count(c.took_part, 'person', 'people')} who agreed, {c.finished:,} answered all "
            f"{count(c.trials or 0, 'trial')}, {c.unfinished:,} left halfway or "
            f"{'is' if c.unfinished == 1 else 'are'} under way, and {silent:,} gave no answer about dances.")
    return text


def _gates(c: Counts) -> str:
    text = []
    for key, what in (("attention", "Attention checks"), ("headphones", "The headphone check")):
        g = c.gates[key]
        if g.passed + g.failed:
            text.append(f"{what}: {count(g.passed, 'person', 'people')} passed, {g.failed:,} failed, "
                        f"{g.unchecked:,} not checked.")
    if c.attention[1]:
        text.append(f"{c.attention[0]} of {c.attention[1]} attention checks of people who count were passed.")
    if math.isfinite(c.headphones):
        text.append(f"The median headphone check of people who count had {c.headphones:g} of 6 right.")
    return " ".join(text)


def _over_time(c: Counts) -> str:
    if not c.excluded or not c.over_time:
        return ""
    shares = listed([percent(out / n) for n, out in c.over_time])
    return f"Excluded in each quarter of the answers, as they came: {shares}."


def _kept(c: Counts) -> str:
    if not c.kept:
        return "No answer counts, so that nothing can be said about the dances."
    first, last = c.first[:10], c.last[:10]
    days = f", given on {first}" if first == last else f", given from {first} to {last}"
    took = f"the median answer took {c.seconds:.0f} s" if math.isfinite(c.seconds) else \
        "how long an answer took is not known"
    return (f"{count(c.kept, 'answer')} of {count(c.raters, 'rater')} "
            f"{'counts' if c.kept == 1 else 'count'}{days if first else ''}; {took}.")


def _mismatch(m: Mismatch) -> str:
    each = [f"{name(n)} {percent(e.value)} ({between(e, 'percent')}, {p_value(e.p)})"
            for n, e in zip(m.systems, m.shares, strict=True)]
    text = ("Beside a dance of the same system that was made to another song, the dance made to the song "
            f"that was heard was chosen in {percent(m.all.value)} of {count(m.answers, 'answer')} of "
            f"{count(m.raters, 'rater')} (ties are half; 95% CI {between(m.all, 'percent')}; "
            f"{p_value(m.all.p)} against the {percent(CHANCE)} of chance). By system: {listed(each)}. ")
    if not m.decided:
        text += "Nobody told the two apart: every answer is “about the same”. "
    named = [("all together", m.all), *((name(n), e) for n, e in zip(m.systems, m.shares, strict=True))]
    return (text + unsure(named)).strip()


def _scale(s: Scale) -> str:
    body = [[name(n), number(e.value), between(e), *map(str, c)]
            for n, e, c in zip(s.systems, s.means, s.counts, strict=True)]
    shown = [f"{name(d.first)} over {name(d.second)} by {number(d.gap.value)} ({between(d.gap)}, "
             f"{p_value(d.p_holm)})" for d in s.differences if d.shown]
    given = [k for k in range(5) if any(c[k] for c in s.counts)]
    text = [f"Every answer is {given[0] + 1}." if len(given) == 1 and s.answers > 1 else "",
            f"Shown: {listed(shown)}." if shown else "No difference is shown." if s.differences else
            "There is one system, and nothing to compare it with."]
    pairs = [(f"{name(d.first)} and {name(d.second)}", d.gap) for d in s.differences]
    text.append(unsure(pairs or [(name(n), e) for n, e in zip(s.systems, s.means, strict=True)]))
    ordinal = s.alpha["ordinal"]
    if math.isfinite(ordinal.value):
        text.append(f"Krippendorff's α = {alpha(ordinal)} ordinal, {alpha(s.alpha['interval'])} interval.")
    if ordinal.why:
        what = "Its interval" if math.isfinite(ordinal.value) else "Agreement between raters"
        text.append(f"{what} is {UNKNOWN}: {ordinal.why}.")
    return (f"**{title(s.question)}**: {count(s.answers, 'answer')} of {count(s.raters, 'rater')}. "
            f"{' '.join(filter(None, text))}\n\n" + rows(["System", "Mean", "CI", *"12345"], body))


def _raters(raters: Sequence[Rater]) -> str:
    if not raters:
        return "There is no rater whose answers count."
    flagged = [r for r in raters if r.flags]
    known = [r.agreement for r in raters if math.isfinite(r.agreement)]
    text = []
    if known:
        middle, lowest = percent(float(np.median(known))), percent(min(known))
        text.append(f"The median rater sides with the model of all others in {middle} of the decided answers "
                    f"(lowest {lowest}).")
    else:
        text.append(f"How far a rater sides with all others is {UNKNOWN}: it takes decided answers of three "
                    "raters about the same systems.")
    if not flagged:
        few = sum(r.answers < ENOUGH for r in raters)
        text.append("Nobody stands out." if not few else
                    f"Nobody stands out, but {few} of {count(len(raters), 'rater')} gave fewer than the "
                    f"{ENOUGH} answers that it takes to tell.")
        return " ".join(text)
    text.append(f"{count(len(flagged), 'rater')} of {len(raters)} "
                f"{'stands' if len(flagged) == 1 else 'stand'} out; their answers count all the same.")
    text.append("\n\n" + rows(["Rater", "What"], [[plain(r.rater[:12]), plain("; ".join(r.flags), 200)]
                                                  for r in flagged]).replace("---:", "---"))
    return " ".join(text)


def _method(found: Findings) -> str:
    sure, versions = found.sure, plain(", ".join(found.counts.versions) or "unknown")
    return (
        "Answers to pairs were taken as better, no difference or worse and fitted by maximum likelihood with "
        "the Bradley–Terry model with ties of Davidson (1970) and a multiplicative side effect (Davidson & "
        "Beaver, 1977); strengths add to zero. “Preferred” is the model's share of decided answers between "
        "the two without a side. The strength of preference was used in an adjacent-categories model "
        "(Agresti, 1992), of which Davidson's is the case of three answers. Raters were resampled with all "
        f"of their answers ({sure.resamples:,} times, seed {sure.seed}); intervals are symmetric bootstrap-t "
        f"intervals of {percent(sure.level)} with standard errors that are robust to any dependence within a "
        "rater (Efron & Tibshirani, 1993; Cameron, Gelbach & Miller, 2008). p-values are from the same "
        "resamples, adjusted within each question (Holm, 1979). Where all raters gave a share or a mean "
        "alike, its limits are those of as many coins (Clopper & Pearson, 1934). Other numbers that rest on "
        "one rater, or on raters who all answered alike, have no interval. The naive intervals resample "
        "votes as if they were independent and stand there to compare. Shares and means are over all "
        "answers. Krippendorff's α has percentile intervals over resampled dances. The power note takes the "
        "standard errors of this study and the rater as the unit. Songs are taken as given: intervals say "
        "what other raters would answer, not what other songs would give. A rank leaves open whatever no "
        f"shown difference settles. {f'{method()} ' if found.faults is not None else ''}"
        f"{_RULES[found.counts.rule]} "
        f"Analysed by dance_core {plain(found.version)}; answers taken by version {versions}.")
