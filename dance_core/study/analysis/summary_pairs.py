"""What the summary says about one question about pairs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy import special

from dance_core.study.analysis import power
from dance_core.study.analysis.estimates import Estimate, Sure
from dance_core.study.analysis.preference import Preference, Split
from dance_core.study.analysis.strengths import SHOWN, Difference, Strengths
from dance_core.study.analysis.words import (
    REASONS,
    UNKNOWN,
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
    unsure,
)


def preference(p: Preference, sure: Sure) -> list[str]:
    """Its paragraphs, Markdown."""
    level = percent(sure.level)
    out = [f"## {plain(title(p.question))}", _answers(p)]
    if p.strengths is None:
        out.append(f"The strengths of the systems are {UNKNOWN}: {p.why}.")
    else:
        s = p.strengths
        out += [_undecided(s)] if p.undecided else [
            _order(s, level), _strength_table(p, s, level), _differences(s.differences),
            _difference_table(s.differences, level), _sides(s), _checked(p, s)]
    out.append(_splits(p.by_style, p, "style"))
    if len(p.by_song) > 1:
        out.append(_splits(p.by_song, p, "song"))
    out += [_agreement(p) if p.votes else "", _why(p), _power(p)]
    return [text for text in out if text]


def name(key: str) -> str:
    """A system, unable to be Markdown."""
    return plain(system(key))


def alpha(e: Estimate) -> str:
    """ "0.42 (0.31 to 0.55)"."""
    return f"{number(e.value)} ({between(e)})" if math.isfinite(e.value) else UNKNOWN


def _answers(p: Preference) -> str:
    text = []
    if p.votes:
        a = p.answers
        clear, slight, none = (percent(n / p.votes) for n in (a[-2] + a[2], a[-1] + a[1], a[0]))
        text.append(f"{count(p.raters, 'rater')} gave {count(p.votes, 'answer')} about "
                    f"{count(len(p.systems), 'system')}: {clear} a clear preference, {slight} a slight one, "
                    f"{none} none.")
    if p.undecided:
        text.append("Nobody saw a difference.")
    if p.alone:
        text.append(f"{count(p.alone, 'answer')} compared a system with itself and "
                    f"{'is' if p.alone == 1 else 'are'} left out.")
    return " ".join(text)


def _undecided(s: Strengths) -> str:
    pairs = [f"{name(d.first)} and {name(d.second)}" for d in s.differences]
    return (f"No strengths are told, because no answer prefers a system. Not shown: "
            f"{'a' if len(pairs) == 1 else 'any'} difference between {listed(pairs)}. That is no proof that "
            "there is none.")


def _order(s: Strengths, level: str) -> str:
    values = [e.value for e in s.strengths]
    if max(values) - min(values) < 1e-6:
        text = f"No system comes out stronger than another ({listed([name(n) for n in s.systems])})."
    else:
        named = [f"{name(n)} ({number(e.value)}, {level} CI {between(e)})"
                 for n, e in zip(s.systems, s.strengths, strict=True)]
        head = "From the strongest to the weakest" if any(d.shown for d in s.differences) else \
            "No order of the systems is shown. As estimated, the highest first"
        text = f"{head}, in log-odds that add to zero: {listed(named)}."
    if s.penalised:
        text += (" The answers are so one-sided that maximum likelihood has no finite answer; a weak normal "
                 "prior (sd 3.2) was used, from which the outermost strengths and their intervals come.")
    elif s.prior_share > 0.01:
        text += (f" {percent(s.prior_share)} of the resamples needed a weak prior, because in them some "
                 "system won or lost everything or was not compared.")
    return text


def _strength_table(p: Preference, s: Strengths, level: str) -> str:
    lines = zip(s.systems, s.strengths, s.ranks, p.matrix.against_all, strict=True)
    body = [[name(n), number(e.value), between(e), f"{low}–{high}" if low != high else str(low),
             percent(a.value), between(a, "percent")] for n, e, (low, high), a in lines]
    return rows(["System", "Strength", f"{level} CI", "Rank", "Share of votes", f"{level} CI"], body)


def _differences(differences: Sequence[Difference]) -> str:
    shown = [d for d in differences if d.shown]
    text = []
    if shown:
        named = [f"{name(d.first)} over {name(d.second)} ({percent(d.chance.value)} of decided answers, "
                 f"{between(d.chance, 'percent')}, {p_value(d.p_holm)})" for d in shown]
        text.append(f"{len(shown)} of {count(len(differences), 'difference')} "
                    f"{'is' if len(shown) == 1 else 'are'} shown (p adjusted by Holm): {listed(named)}.")
    rest = [d for d in differences if not d.shown]
    if rest:
        named = [f"{name(d.first)} and {name(d.second)} ({percent(d.chance.value)}, "
                 f"{'' if d.gap.known else 'interval '}{between(d.chance, 'percent')})" for d in rest]
        text.append(f"Not shown: {'a' if len(rest) == 1 else 'any'} difference between {listed(named)}. "
                    "That is no proof that there is none.")
    text.append(unsure([(f"{name(d.first)} and {name(d.second)}", d.gap) for d in differences]))
    return " ".join(filter(None, text))


def _difference_table(differences: Sequence[Difference], level: str) -> str:
    body = [[f"{name(d.first)} over {name(d.second)}", percent(d.chance.value),
             between(d.chance, "percent"), number(d.gap.value), between(d.gap),
             p_value(d.p_holm).removeprefix("p ").removeprefix("= "), between(d.naive)] for d in differences]
    return rows(["Pair", "Preferred", f"{level} CI", "Log-odds", f"{level} CI", "p (Holm)",
                 "naive CI (not to be used)"], body)


def _sides(s: Strengths) -> str:
    if s.side is None:
        return (f"A bias to one side is {UNKNOWN}: which systems stood left and right, for all raters or for "
                "all but one, does not tell it from the strengths; they are computed as if there were none.")
    left, *ends = (percent(float(special.expit(x))) for x in (s.side.value, s.side.low, s.side.high))
    said = f"Of two equal dances, the left one got {left} of the decided answers"
    if not s.side.known:
        return f"{said} (interval {UNKNOWN}: {s.side.why})."
    sure = s.side.p < SHOWN
    return (f"{said} ({ends[0]} to {ends[1]}; {p_value(s.side.p)}): "
            f"{'a bias to one side, which the model takes out' if sure else 'no bias to a side is shown'}.")


def _checked(p: Preference, s: Strengths) -> str:
    text = []
    for other, why, what in (
            (p.ordinal, "", "With the strength of preference (“a little”, “clearly”) used as well"),
            (p.without_flagged, p.without_why, "Without the raters who are flagged below")):
        if other is None:
            text.append(f"{what}, the strengths are {UNKNOWN}: {why}." if why else "")
        elif set(other.systems) != set(s.systems):
            text.append(f"{what}, some system has no answers left.")
        elif other.systems == s.systems:
            text.append(f"{what}, the order is the same.")
        else:
            text.append(f"{what}, the order is {listed([name(n) for n in other.systems])}.")
    return " ".join(filter(None, text))


def _splits(splits: Sequence[Split], p: Preference, what: str) -> str:
    if not splits:
        return ""
    def share(e: Estimate) -> str:
        return f"{percent(e.value)} ({between(e, 'percent')})" if math.isfinite(e.value) else "–"

    body = [[(style(s.name) if what == "style" else plain(s.name, 24)) or f"no {what}", str(s.raters),
             str(s.votes), *map(share, s.against_all)] for s in splits]
    head = [what.title(), "Raters", "Votes", *(name(n) for n in p.systems)]
    return f"Share of votes against all others (ties are half), by {what}:\n\n{rows(head, body)}"


def _agreement(p: Preference) -> str:
    a = p.alpha
    if not math.isfinite(a["ordinal"].value):
        return f"Agreement between raters about the same two dances is {UNKNOWN}: {a['ordinal'].why}."
    text = (f"Agreement between raters about the same two dances ({count(p.units, 'pair')} of dances): "
            f"Krippendorff's α = {alpha(a['ordinal'])} ordinal, {alpha(a['interval'])} interval, "
            f"{alpha(a['nominal'])} nominal; {alpha(a['better'])} nominal for which one is "
            "better, if any.")
    why = dict.fromkeys(e.why for e in a.values() if e.why)
    return f"{text} Not estimable, because {'; '.join(why)}." if why else text


def _why(p: Preference) -> str:
    if not p.reasons:
        return ""
    body = [[REASONS.get(reason, plain(reason)), *(str(by.get(n, 0)) for n in p.systems), str(by.get("", 0))]
            for reason, by in p.reasons.items()]
    head = ["Reason", *(f"for {name(n)}" for n in p.systems), "no preference"]
    return f"Reasons that were ticked, by the system that was preferred:\n\n{rows(head, body)}"


def _power(p: Preference) -> str:
    if p.strengths is None:
        return ""
    if not p.worth:
        return f"How many votes it takes to show a difference is {UNKNOWN}: {p.power_why}."
    plans = []
    for share, n in p.worth.items():
        if n.raters is None:
            continue
        enough = f"{count(n.raters, 'rater')}, which there are" if not n.more_raters else \
            f"{count(n.raters, 'rater')}: {n.more_raters:,} more, {n.more_votes:,} more votes"
        plans.append(f"{percent(share)} of decided answers takes {enough}")
    text = (f"Power: to show (two-sided 5%, power {percent(power.POWER)}) that one system is preferred in "
            f"{'; in '.join(plans)}. ") if plans else ""
    close = [d for d in p.strengths.differences if not d.shown and d.need.more_raters]
    if close:
        named = [f"{name(d.first)} over {name(d.second)} {d.need.more_votes:,} "
                 f"({count(d.need.more_raters or 0, 'rater')})" for d in close]
        text += f"If the differences are as seen, more votes until one shows: {listed(named)}. "
    if not math.isfinite(p.design_effect):
        return text.strip()
    return text + (f"The squared standard errors are {p.design_effect:.2f} times those of independent votes "
                   "(design effect).")
