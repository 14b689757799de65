"""The findings in sentences that a paper can quote: numbers, intervals, method."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dance_core.study.analysis import power
from dance_core.study.analysis.findings import CHANCE, Counts, Findings, Mismatch, Scale
from dance_core.study.analysis.intervals import FEW_RATERS
from dance_core.study.analysis.preference import Difference, Estimate, Preference, Split, Strengths
from dance_core.study.analysis.raters import Rater
from dance_core.study.analysis.words import (
    REASONS,
    between,
    count,
    listed,
    number,
    p_value,
    percent,
    plain,
    rows,
    style,
    system,
    title,
)

SHOWN = 0.05  # adjusted p below which a difference is called shown


def summary(found: Findings) -> str:
    """The whole text, Markdown."""
    parts = [f"# Study {plain(found.study)}", _data(found.counts)]
    for preference in found.preferences:
        parts += _preference(preference, found)
    if found.mismatch is not None:
        parts += ["## Told apart from a dance to another song", _mismatch(found.mismatch)]
    if found.scales:
        parts += ["## Single dances, 1 to 5", *(_scale(s) for s in found.scales)]
    parts += ["## Raters", _raters(found.raters), "## Method", _method(found)]
    return "\n\n".join(parts) + "\n"


def _data(c: Counts) -> str:
    all_answers = c.kept + c.excluded
    text = [f"{count(c.kept, 'answer')} of {count(c.raters, 'rater')} "
            f"{'counts' if c.kept == 1 else 'count'}, given {_days(c)}; the "
            f"median answer took {c.seconds:.0f} s."]
    if c.excluded:
        why = [f"{count(n, 'answer')} of {count(people, 'person', 'people')}: “{plain(reason)}”"
               for reason, (n, people) in c.reasons.items()]
        text.append(f"{count(c.excluded, 'answer')} ({c.excluded / all_answers:.1%}) "
                    f"{'is' if c.excluded == 1 else 'are'} excluded and kept apart ({'; '.join(why)}).")
    else:
        text.append("No answer is excluded.")
    if c.withdrawals[0]:
        text.append(f"{count(c.withdrawals[0], 'person', 'people')} took their data back "
                    f"({count(c.withdrawals[1], 'row')}).")
    if c.attention[1]:
        text.append(f"{c.attention[0]} of {c.attention[1]} attention checks of people who count were passed.")
    if c.bad:
        text.append(f"{count(len(c.bad), 'line')} of the file could not be read and "
                    f"{'is' if len(c.bad) == 1 else 'are'} left out (first: line {c.bad[0][0]}, "
                    f"{plain(c.bad[0][1])}).")
    if not c.checksums:
        text.append("The file carries no checksums: changes made after the study could not be noticed.")
    if c.raters < FEW_RATERS:
        text.append(f"With {count(c.raters, 'rater')} intervals are rough; {FEW_RATERS} or more are wanted.")
    return " ".join(text)


def _days(c: Counts) -> str:
    first, last = c.first[:10], c.last[:10]
    return f"on {first}" if first == last else f"from {first} to {last}"


# --- pairs ----------------------------------------------------------------------------------------


def _preference(p: Preference, found: Findings) -> list[str]:
    level = percent(found.sure.level)
    out = [f"## {title(p.question)}", _answers(p)]
    if p.strengths is None:
        out.append(f"No strengths: {p.why}")
    else:
        s = p.strengths
        out += [_order(s, level), _strength_table(p, s, level), _differences(s.differences),
                _difference_table(s.differences, level), _sides(s), _checked(p, s)]
    out.append(_splits(p.by_style, p, "style"))
    if len(p.by_song) > 1:
        out.append(_splits(p.by_song, p, "song"))
    out += [_agreement(p), _why(p), _power(p)]
    return [text for text in out if text]


def _answers(p: Preference) -> str:
    a = p.answers
    return (f"{count(p.raters, 'rater')} gave {count(p.votes, 'answer')} about "
            f"{count(len(p.systems), 'system')}: {percent((a[-2] + a[2]) / p.votes)} a clear preference, "
            f"{percent((a[-1] + a[1]) / p.votes)} a slight one, {percent(a[0] / p.votes)} none.")


def _order(s: Strengths, level: str) -> str:
    named = [f"{_name(n)} ({number(e.value)}, {level} CI {between(e)})"
             for n, e in zip(s.systems, s.strengths, strict=True)]
    text = f"From the strongest to the weakest, in log-odds that add to zero: {listed(named)}."
    if s.penalised:
        text += (" The answers are so one-sided that maximum likelihood has no finite answer; a weak normal "
                 "prior (sd 3.2) was used, from which the outermost strengths and their intervals come.")
    elif s.prior_share > 0.01:
        text += f" {percent(s.prior_share)} of the resamples needed a weak prior to stay finite."
    return text


def _strength_table(p: Preference, s: Strengths, level: str) -> str:
    lines = zip(s.systems, s.strengths, s.ranks, p.matrix.against_all, strict=True)
    body = [[_name(n), number(e.value), between(e), f"{low}–{high}" if low != high else str(low),
             percent(a.value), between(a, "percent")] for n, e, (low, high), a in lines]
    return rows(["System", "Strength", f"{level} CI", "Rank", "Share of votes", f"{level} CI"], body)


def _differences(differences: Sequence[Difference]) -> str:
    shown = [d for d in differences if d.p_holm < SHOWN]
    text = []
    if shown:
        named = [f"{_name(d.first)} over {_name(d.second)} ({percent(d.chance.value)} of decided answers, "
                 f"{between(d.chance, 'percent')}, {p_value(d.p_holm)})" for d in shown]
        text.append(f"{len(shown)} of {count(len(differences), 'difference')} "
                    f"{'is' if len(shown) == 1 else 'are'} shown (p adjusted by Holm): {listed(named)}.")
    rest = [d for d in differences if not d.p_holm < SHOWN]
    if rest:
        named = [f"{_name(d.first)} and {_name(d.second)} ({percent(d.chance.value)}, "
                 f"{between(d.chance, 'percent')})" for d in rest]
        text.append(f"Not shown: {'a' if len(rest) == 1 else 'any'} difference between {listed(named)}. "
                    "That is no proof that there is none.")
    return " ".join(text)


def _difference_table(differences: Sequence[Difference], level: str) -> str:
    body = [[f"{_name(d.first)} over {_name(d.second)}", percent(d.chance.value),
             between(d.chance, "percent"), number(d.gap.value), between(d.gap),
             p_value(d.p_holm).removeprefix("p ").removeprefix("= "), between(d.naive)] for d in differences]
    return rows(["Pair", "Preferred", f"{level} CI", "Log-odds", f"{level} CI", "p (Holm)",
                 "naive CI (not to be used)"], body)


def _sides(s: Strengths) -> str:
    if s.side is None:
        return ""
    left = 1 / (1 + math.exp(-s.side.value))
    ends = [1 / (1 + math.exp(-x)) for x in (s.side.low, s.side.high)]
    if not math.isfinite(s.side.p):
        return f"Of two equal dances, the left one got {percent(left)} of the decided answers."
    sure = s.side.p < SHOWN
    return (f"Of two equal dances, the left one got {percent(left)} of the decided answers "
            f"({percent(ends[0])} to {percent(ends[1])}; {p_value(s.side.p)}): "
            f"{'a bias to one side, which the model takes out' if sure else 'no bias to a side is shown'}.")


def _checked(p: Preference, s: Strengths) -> str:
    text = []
    for other, what in ((p.ordinal, "With the strength of preference (“a little”, “clearly”) used as well"),
                        (p.without_flagged, "Without the raters who are flagged below")):
        if other is None:
            continue
        if set(other.systems) != set(s.systems):
            text.append(f"{what}, some system has no answers left.")
        elif other.systems == s.systems:
            text.append(f"{what}, the order is the same.")
        else:
            text.append(f"{what}, the order is {listed([_name(n) for n in other.systems])}.")
    return " ".join(text)


def _splits(splits: Sequence[Split], p: Preference, what: str) -> str:
    if not splits:
        return ""
    body = [[style(s.name) if what == "style" else plain(s.name, 24), str(s.raters), str(s.votes),
             *([f"{percent(e.value)} ({between(e, 'percent')})" for e in s.against_all]
               or ["–"] * len(p.systems))] for s in splits]
    head = [what.title(), "Raters", "Votes", *(_name(n) for n in p.systems)]
    return f"Share of votes against all others (ties are half), by {what}:\n\n{rows(head, body)}"


def _agreement(p: Preference) -> str:
    a = p.alpha
    if not math.isfinite(a["ordinal"].value):
        return "No pair of dances was judged twice, so that agreement between raters can't be told."
    return (f"Agreement between raters about the same two dances ({count(p.units, 'pair')} of dances): "
            f"Krippendorff's α = {_alpha(a['ordinal'])} ordinal, {_alpha(a['interval'])} interval, "
            f"{_alpha(a['nominal'])} nominal; {_alpha(a['better'])} nominal for which one is "
            "better, if any.")


def _alpha(e: Estimate) -> str:
    return f"{number(e.value)} ({between(e)})"


def _why(p: Preference) -> str:
    if not p.reasons:
        return ""
    body = [[REASONS.get(reason, plain(reason)), *(str(by.get(n, 0)) for n in p.systems), str(by.get("", 0))]
            for reason, by in p.reasons.items()]
    head = ["Reason", *(f"for {_name(n)}" for n in p.systems), "no preference"]
    return f"Reasons that were ticked, by the system that was preferred:\n\n{rows(head, body)}"


def _power(p: Preference) -> str:
    if not p.worth or p.strengths is None:
        return ""
    plans = []
    for share, n in p.worth.items():
        if n.raters is None:
            continue
        enough = f"{count(n.raters, 'rater')}, which there are" if not n.more_raters else \
            f"{count(n.raters, 'rater')}: {n.more_raters:,} more, {n.more_votes:,} more votes"
        plans.append(f"{percent(share)} of decided answers takes {enough}")
    text = (f"Power: to show (two-sided 5%, power {percent(power.POWER)}) that one system is preferred in "
            f"{'; in '.join(plans)}. ")
    close = [d for d in p.strengths.differences if not d.p_holm < SHOWN and d.need.more_raters]
    if close:
        named = [f"{_name(d.first)} over {_name(d.second)} {d.need.more_votes:,} "
                 f"({count(d.need.more_raters or 0, 'rater')})" for d in close]
        text += f"If the differences are as seen, more votes until one shows: {listed(named)}. "
    if not math.isfinite(p.design_effect):
        return text.strip()
    return text + (f"The squared standard errors are {p.design_effect:.2f} times those of independent votes "
                   "(design effect).")


# --- the rest -------------------------------------------------------------------------------------


def _mismatch(m: Mismatch) -> str:
    each = [f"{_name(n)} {percent(e.value)} ({between(e, 'percent')}, {p_value(e.p)})"
            for n, e in zip(m.systems, m.shares, strict=True)]
    return ("Beside a dance of the same system that was made to another song, the dance made to the song "
            f"that was heard was chosen in {percent(m.all.value)} of {count(m.answers, 'answer')} of "
            f"{count(m.raters, 'rater')} (ties are half; 95% CI {between(m.all, 'percent')}; "
            f"{p_value(m.all.p)} against the {percent(CHANCE)} of chance). By system: {listed(each)}.")


def _scale(s: Scale) -> str:
    body = [[_name(n), number(e.value), between(e), *map(str, c)]
            for n, e, c in zip(s.systems, s.means, s.counts, strict=True)]
    shown = [f"{_name(d.first)} over {_name(d.second)} by {number(d.gap.value)} ({between(d.gap)}, "
             f"{p_value(d.p_holm)})" for d in s.differences if d.p_holm < SHOWN]
    text = f"Shown: {listed(shown)}." if shown else "No difference is shown."
    alpha = s.alpha["ordinal"]
    if math.isfinite(alpha.value):
        text += f" Krippendorff's α = {_alpha(alpha)} ordinal, {_alpha(s.alpha['interval'])} interval."
    return (f"**{title(s.question)}**: {count(s.answers, 'answer')} of {count(s.raters, 'rater')}. {text}\n\n"
            + rows(["System", "Mean", "CI", *"12345"], body))


def _raters(raters: Sequence[Rater]) -> str:
    flagged = [r for r in raters if r.flags]
    known = sorted(r.agreement for r in raters if math.isfinite(r.agreement))
    text = []
    if known:
        text.append("The median rater sides with the model of all others in "
                    f"{percent(known[len(known) // 2])} of the decided answers (lowest {percent(known[0])}).")
    if not flagged:
        text.append("Nobody stands out.")
    else:
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
        "resamples, adjusted within each question (Holm, 1979). The naive intervals resample votes as if "
        "they were independent and stand there to compare. Shares and means are over all answers. "
        "Krippendorff's α has percentile intervals over resampled dances. The power note takes the standard "
        "errors of this study and the rater as the unit. Songs are taken as given: the intervals say what "
        "other raters would answer, not what other songs would give. "
        f"Analysed by dance_core {plain(found.version)}; answers taken by version {versions}.")


def _name(name: str) -> str:
    return plain(system(name))
