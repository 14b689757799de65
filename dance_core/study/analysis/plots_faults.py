"""Charts of how votes and faults meet."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from dance_core.evaluation.faults import KINDS
from dance_core.study.analysis.drawing import COLOURS, FAINT, GREY, dressed, ends, intervals, spread
from dance_core.study.analysis.estimates import Estimate
from dance_core.study.analysis.votes_faults import ALL, FaultFindings, LowDance, Prediction, VotesAndFaults
from dance_core.study.analysis.words import UNKNOWN, number, p_value, percent, style, system, title

SECTION = "Votes and faults"
PAIRS, SCORES, LOWEST = "Preference and faults", "Scores and faults", "Lowest rated dances"
_SPEAKS = (" {level} intervals about other raters and dances; hollow: too few dances for one. Hover for the "
           "same among dances of one system.")
_WRONG = (" Right: its worst kinds of fault, at their seconds of the clip; dark ones are severe. The lowest "
          "of many are so partly by chance.")
SAYS = {
    PAIRS: f"Share of answers that prefer the dance with clearly less of it (ties half).{_SPEAKS}",
    SCORES: f"Mean score of dances with a fault minus that of those without.{_SPEAKS}",
    f"{LOWEST}: pairs":
        f"Left: share of votes against others, with {{level}} intervals by raters.{_WRONG}",
    f"{LOWEST}: scores": f"Left: mean score, with {{level}} intervals by raters.{_WRONG}",
}
_LANES = 3  # kinds of fault of a dance that are drawn
_ROW = 62  # pixels


def fault_title(kind: str) -> str:
    """A kind of fault as people read it."""
    return "Severe ones of any kind" if kind == ALL else KINDS[kind].title


def drawings(found: FaultFindings) -> list[tuple[str, Callable[[], go.Figure]]]:
    """(name, how it is drawn) of the charts that there is something for; SAYS has their captions."""
    out: list[tuple[str, Callable[[], go.Figure]]] = []
    for kind, name, lowest in (("pair", PAIRS, "pairs"), ("single", SCORES, "scores")):
        mine = [q for q in found.questions if q.kind == kind]
        if any(q.kinds for q in mine):
            out.append((name, lambda mine=mine: kinds_chart(mine)))
        first = next((q for q in mine if q.lowest), None)
        if first is not None:
            out.append((f"{LOWEST}: {lowest}", lambda q=first: lowest_chart(q)))
    return out


def kinds_chart(questions: Sequence[VotesAndFaults]) -> go.Figure:
    """A row a kind of fault, a colour a question."""
    pairs = questions[0].kind == "pair"
    kinds = [k for k in (*KINDS, ALL) if any(p.kind == k for q in questions for p in q.kinds)]
    names = [fault_title(k) for k in kinds]
    how = percent if pairs else number
    figure = go.Figure()
    for k, q in enumerate(questions):
        by = {p.kind: p for p in q.kinds}
        points = [by[kind].raw if kind in by else Estimate(math.nan) for kind in kinds]
        colour = COLOURS[k % len(COLOURS)]
        intervals(figure, names, points, title(q.question), colour, how,
                  shift=spread(k, len(questions)))
        figure.data[-1].customdata = [_hover(by[kind], how) if kind in by else "" for kind in kinds]
    figure.add_vline(x=0.5 if pairs else 0, line={"color": FAINT, "width": 1})
    if pairs:
        figure.update_xaxes(tickformat=".0%", range=[0, 1], title="the dance with less of it is preferred")
    else:
        figure.update_xaxes(title="points that it costs (below zero) or gains")
    return dressed(figure, 130 + (20 + 13 * len(questions)) * len(names), names=names)


def _hover(p: Prediction, how: Callable[[float], str]) -> str:
    known = math.isfinite(p.held.value)
    held = f"{how(p.held.value)} ({ends(p.held.low, p.held.high, how)})" if known else UNKNOWN
    return (f"{fault_title(p.kind)}: {how(p.raw.value)} ({ends(p.raw.low, p.raw.high, how)}), "
            f"{p_value(p.p_holm)}<br>{p.answers} answers of {p.raters} raters, {p.songs} stretches of music"
            f"<br>among dances of one system: {held}")


def lowest_chart(q: VotesAndFaults) -> go.Figure:
    """A row a dance: how it is rated on the left, when it is wrong on the right."""
    pairs, names = q.kind == "pair", [_name(low) for low in q.lowest]
    seconds = max(low.clip.seconds for low in q.lowest)
    thin = 0.008 * seconds  # a moment is seen too
    figure = go.Figure()

    def lane(row: int, k: int) -> float:
        return row + 1.3 * spread(k, _LANES)

    intervals(figure, names, [low.value for low in q.lowest], title(q.question), COLOURS[2],
              percent if pairs else number)
    for severe, colour in ((True, COLOURS[0]), (False, "#eba996")):
        rows = [(i, k, f) for i, low in enumerate(q.lowest) for k, kind in enumerate(low.worst[:_LANES])
                for f in kind if f.severe == severe]
        if not rows:
            continue
        figure.add_bar(
            x=[max(f.stop_s - f.start_s, thin) for _, _, f in rows], base=[f.start_s for _, _, f in rows],
            y=[lane(i, k) for i, k, _ in rows], width=0.24, orientation="h", xaxis="x2",
            name="severe" if severe else "milder", marker={"color": colour, "line": {"width": 0}},
            customdata=[f"{KINDS[f.kind].title}, {f.start_s:.1f} to {f.stop_s:.1f} s<br>{f.sentence}"
                        for _, _, f in rows], hovertemplate="%{customdata}<extra></extra>")
    for i, low in enumerate(q.lowest):
        for k, kind in enumerate(low.worst[:_LANES]):
            figure.add_annotation(x=0, y=lane(i, k), xref="x2", yref="y", text=KINDS[kind[0].kind].title,
                                  showarrow=False, xanchor="right", xshift=-6, yanchor="middle",
                                  font={"size": 10.5, "color": GREY})
    figure.update_layout(barmode="overlay",
                         xaxis={"domain": [0, 0.25]}, xaxis2={"domain": [0.54, 1], "anchor": "y"})
    made = dressed(figure, 130 + _ROW * len(names), names=names)
    made.update_layout(xaxis={"title": "share of votes" if pairs else "mean score",
                              **({"tickformat": ".0%", "range": [0, 1]} if pairs else {"range": [0.9, 5.1]})},
                       xaxis2={"title": "seconds of the clip", "range": [0, seconds]})
    return made


def _name(low: LowDance) -> str:
    c = low.clip
    return f"{system(c.system)}<br>{c.song}, {style(c.style)}"
