"""What the summary says about votes and faults."""

from __future__ import annotations

from collections.abc import Sequence

from dance_core.study.analysis.plots_faults import fault_title
from dance_core.study.analysis.summary_pairs import name
from dance_core.study.analysis.votes_faults import (
    CLEARLY,
    FEW_ANSWERS,
    NEUTRAL,
    FaultFindings,
    LowDance,
    Prediction,
    VotesAndFaults,
)
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
    style,
    title,
    unsure,
)

TOLD = 5  # low dances in the summary; the JSON has more
_FAULTS = 3  # of a dance


def faults(found: FaultFindings) -> list[str]:
    """Its paragraphs, Markdown."""
    text = f"Faults were looked for in {count(found.clips, 'dance')}, as they were shown."
    if found.missing:
        are = "is" if found.missing == 1 else "are"
        text += (f" {count(found.missing, 'dance')} could not be looked at, because what they were cut "
                 f"from is not there: answers about them {are} left out here.")
    out = ["## Votes and faults", text]
    if not found.questions:
        return [*out, "There are no answers about these dances."]
    for q in found.questions:
        out += _question(q)
    return out


def _question(q: VotesAndFaults) -> list[str]:
    out = [f"**{plain(title(q.question))}**: {count(q.answers, 'answer')} about {count(q.dances, 'dance')}. "
           f"{_shown(q)}"]
    kinds = [p for p in q.kinds if p.answers]
    if kinds:
        out.append(_table(q, kinds))
    out.append(" ".join(filter(None, (_unsure(kinds), _nowhere(q)))))
    if q.lowest:
        out += [_lowest(q), _low_table(q)]
    return [text for text in out if text]


def _shown(q: VotesAndFaults) -> str:
    if shown := q.shown():
        return f"Votes go by (p adjusted by Holm): {'; '.join(_told(p, q) for p in shown)}."
    if not q.kinds:
        return "What is compared differs clearly in no kind of fault."
    if not any(p.raw.known for p in q.kinds):
        return "That is too little to say by which faults votes go."
    return "No kind of fault is shown to go with the votes. That is no proof that none does."


def _told(p: Prediction, q: VotesAndFaults) -> str:
    if q.kind == "pair":
        text = (f"{fault_title(p.kind)} (the dance with less was preferred in {percent(p.raw.value)} of "
                f"{count(p.answers, 'answer')}, {between(p.raw, 'percent')}, {p_value(p.p_holm)}")
        value, ends = percent(p.held.value), between(p.held, "percent")
    else:
        text = (f"{fault_title(p.kind)} (dances with it get {number(p.raw.value)} points, {between(p.raw)}, "
                f"{p_value(p.p_holm)}")
        value, ends = number(p.held.value), between(p.held)
    if not p.held.known:
        return f"{text}; among dances of one system {UNKNOWN})"
    beside = "" if held_shown(p, q.kind) else \
        ", which shows nothing: it may be what else sets the systems apart"
    return f"{text}; among dances of one system {value}, {ends}{beside})"


def held_shown(p: Prediction, kind: str) -> bool:
    """Whether the interval among dances of one system leaves out "no difference", on the side of `raw`."""
    zero = NEUTRAL[kind]
    return p.held.low > zero if p.raw.value > zero else p.held.high < zero


def _table(q: VotesAndFaults, kinds: Sequence[Prediction]) -> str:
    pair = q.kind == "pair"
    how, ends = (percent, "percent") if pair else (number, "number")
    body = [[fault_title(p.kind), str(p.dances), f"{p.answers:,}", how(p.raw.value), between(p.raw, ends),
             p_value(p.p_holm).removeprefix("p ").removeprefix("= "), how(p.held.value),
             between(p.held, ends)] for p in kinds]
    what = "Less of it preferred" if pair else "Points"
    return rows(["Fault", "Dances", "Answers", what, "CI", "p (Holm)", "One system", "CI"], body)


def _unsure(kinds: Sequence[Prediction]) -> str:
    return unsure([(fault_title(p.kind), p.raw) for p in kinds])


def _nowhere(q: VotesAndFaults) -> str:
    if not q.nowhere:
        return ""
    names = listed([fault_title(k) for k in q.nowhere])
    where = "No two dances that were compared differ clearly in" if q.kind == "pair" else \
        "All of these dances, or none, have clearly"
    return f"{where}: {names}."


def _lowest(q: VotesAndFaults) -> str:
    least = f"{FEW_ANSWERS} answers or more"
    if q.rated == 1:
        return f"One dance has {least}:"
    named = min(TOLD, len(q.lowest))
    return (f"The lowest rated {named} of the {count(q.rated, 'dance')} with {least}, and what is wrong in "
            "them when. The lowest of many are so partly by chance:")


def _low_table(q: VotesAndFaults) -> str:
    pair = q.kind == "pair"
    how, ends = (percent, "percent") if pair else (number, "number")
    body = [[_dance(low), how(low.value.value), between(low.value, ends), str(low.answers), _wrong(low)]
            for low in q.lowest[:TOLD]]
    return rows(["Dance", "Share of votes" if pair else "Mean", "CI", "Answers",
                 "Wrong, in seconds of the clip"], body)


def _dance(low: LowDance) -> str:
    c = low.clip
    return f"{name(c.system)}, {plain(c.song)}, {plain(style(c.style))}"


def _wrong(low: LowDance) -> str:
    """The worst fault of its worst kinds with its seconds."""
    found = [f"{fault_title(f.kind)} {f.start_s:.1f}–{f.stop_s:.1f}{' (severe)' if f.severe else ''}"
             f"{f' and {len(more)} more' if more else ''}" for f, *more in low.worst[:_FAULTS]]
    rest = len(low.worst) - len(found)
    return "; ".join(found) + (f"; {count(rest, 'other kind')}" if rest else "") if found else "nothing found"


def method() -> str:
    """What the Method says about it."""
    return (
        "A dance has as much of a kind of fault as its worst one is severe, from 0 (at the limit) to 1, and "
        f"clearly more than another from {CLEARLY:g} on. Votes by faults are shares and mean differences by "
        "least squares, alone and with a term for every system and the left side. Their intervals and "
        "p-values resample raters and stretches of music (Owen & Eckles, 2012) with standard errors that are "
        "clustered by both (Cameron, Gelbach & Miller, 2011), so that they speak of other dances too. Kinds "
        "were looked at one by one; a fault that comes with another can't be told from it, and none of this "
        "proves a cause.")
