"""The findings as charts (plotly). Every chart has a caption: what is drawn and how, or why nothing is."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from dance_core.study.analysis import plots_faults, power
from dance_core.study.analysis.drawing import (
    COLOURS,
    FAINT,
    GREY,
    Chart,
    dressed,
    ends,
    intervals,
    mean,
    spread,
)
from dance_core.study.analysis.estimates import Estimate
from dance_core.study.analysis.findings import CHANCE, Findings, Mismatch, Scale
from dance_core.study.analysis.plots_people import exclusions_chart, no_raters, raters_chart
from dance_core.study.analysis.preference import Preference
from dance_core.study.analysis.strengths import Strengths
from dance_core.study.analysis.words import number, percent, style, system, title

log = logging.getLogger(__name__)

_ANSWERS = ((-2, "first, clearly", "#b8432b", "#fff"), (-1, "first, a little", "#eba996", "#1d2026"),
            (0, "same", "#cbc7be", "#1d2026"), (1, "second, a little", "#8fcabe", "#1d2026"),
            (2, "second, clearly", "#136f60", "#fff"))
_REST = "Music, scores and raters"

_SAYS = {
    "Strengths":
        "Log-odds of being preferred, adding to zero (Bradley–Terry with ties and a side). Thick: {level} "
        "intervals by raters. Thin: with the strength of preference used as well.",
    "Win matrix":
        "Share of votes of the row against the column, ties as half; below it wins–ties–losses. Hover for "
        "the {level} interval.",
    "Answers":
        "How the answers to each pair fell, whichever side the dances stood on.",
    "By style":
        "Share of votes against all other systems, with {level} intervals by raters.",
    "Power":
        "Chance that a study of so many raters, with as many votes each as here, shows a difference of this "
        "size (two-sided 5%).",
    "Told apart from a dance to another song":
        "Share of answers that chose the dance made to the song that was heard; {level} intervals. The line "
        "is chance.",
    "Mean scores":
        "Means of 1 (bad) to 5 (excellent) with {level} intervals by raters.",
    "Raters: agreement and speed":
        "A point is a rater: how often decided answers side with the model of all others, beyond what it "
        "expects, against the median time of an answer.",
    "Excluded over time":
        "Share of answers that are excluded, by reason, in parts of the study as the answers came. Dotted: "
        "where "
        "the server warns.",
    **plots_faults.SAYS,
}


def charts(found: Findings) -> list[Chart]:
    """All charts of what the findings have; one that can't be drawn says why in its caption."""
    level, colours, out = percent(found.sure.level), _colours(found), []

    def add(section: str, name: str, draw: Callable[[], go.Figure], unless: str = "") -> None:
        """Draw it, `unless` there is a reason not to."""
        figure = None
        if not unless:
            try:
                figure = draw()
            except Exception:  # one chart that fails must not cost the others
                log.warning("study %s: the chart %r was left out", found.study, name, exc_info=True)
                unless = "it could not be drawn from these answers; the program's log says why"
        caption = f"This chart is left out: {unless}." if unless else _SAYS[name].format(level=level)
        out.append(Chart(section, name, caption, figure))

    for p in found.preferences:
        section = title(p.question)
        none = "" if p.votes else "no two systems were compared"
        add(section, "Strengths", lambda p=p: strengths_chart(p.strengths, p.ordinal),
            p.why or ("nobody saw a difference" if p.undecided else ""))
        add(section, "Win matrix", lambda p=p: matrix_chart(p), none)
        add(section, "Answers", lambda p=p: answers_chart(p), none)
        if len(p.by_style) > 1:
            add(section, "By style", lambda p=p: styles_chart(p, colours))
        add(section, "Power", lambda p=p: power_chart(p), p.power_why)
    if found.mismatch is not None:
        add(_REST, "Told apart from a dance to another song", lambda: mismatch_chart(found.mismatch))
    if found.scales:
        add(_REST, "Mean scores", lambda: scales_chart(found.scales, colours))
    add(_REST, "Raters: agreement and speed", lambda: raters_chart(found.raters), no_raters(found.raters))
    if found.counts.kept + found.counts.excluded:
        add(_REST, "Excluded over time", lambda: exclusions_chart(found.counts.course),
            "" if found.counts.course else "when the answers were given is not known")
    if found.faults is not None:
        for name, draw in plots_faults.drawings(found.faults):
            add(plots_faults.SECTION, name, draw)
    return out


def _colours(found: Findings) -> dict[str, str]:
    """A system has the same colour in all charts."""
    names = {n for p in found.preferences for n in p.systems} | {n for s in found.scales for n in s.systems}
    return {name: COLOURS[k % len(COLOURS)] for k, name in enumerate(sorted(names))}


def strengths_chart(s: Strengths, ordinal: Strengths | None) -> go.Figure:
    """Systems from the strongest down, a point and an interval each."""
    names = [system(n) for n in s.systems]
    figure = go.Figure()
    intervals(figure, names, s.strengths, "ties", COLOURS[0], number)
    if ordinal is not None and set(ordinal.systems) == set(s.systems):
        other = dict(zip(ordinal.systems, ordinal.strengths, strict=True))
        intervals(figure, names, [other[n] for n in s.systems], "strength of preference too", GREY, number,
                   shift=0.24, thin=True)
    figure.add_vline(x=0, line={"color": FAINT, "width": 1})
    figure.update_xaxes(title="log-odds")
    return dressed(figure, 110 + 46 * len(names), names=names)


def matrix_chart(p: Preference) -> go.Figure:
    """Row against column."""
    m, n = p.matrix, len(p.systems)
    names = [system(s) for s in m.systems]
    share = np.array(m.share, dtype=float)
    text, hover = [], []
    for i in range(n):
        counts = [(m.wins[i][j], m.ties[i][j], m.wins[j][i]) for j in range(n)]
        text.append(["" if i == j or not math.isfinite(share[i, j]) else
                     f"<b>{percent(share[i, j])}</b><br>{'–'.join(map(str, counts[j]))}" for j in range(n)])
        hover.append(["" if i == j else f"{names[i]} against {names[j]}: {percent(share[i, j])}, "
                      f"{ends(m.low[i][j], m.high[i][j], percent)}" for j in range(n)])
    figure = go.Figure(go.Heatmap(
        z=share, x=names, y=names, text=text, texttemplate="%{text}", customdata=hover, zmin=0, zmax=1,
        hovertemplate="%{customdata}<extra></extra>", xgap=3, ygap=3, hoverongaps=False,
        textfont={"color": "#1d2026", "size": 12}, showscale=False,
        colorscale=[[0, "#7fc0b3"], [0.5, "#efece5"], [1, "#e99681"]]))
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(side="top", showgrid=False)
    return dressed(figure, 90 + max(58 * n, 140), legend=False)


def answers_chart(p: Preference) -> go.Figure:
    """Bars that add to 100 % a pair, the stronger system first; shares of the five answers."""
    counts = p.by_pair
    labels = [f"{system(a)} – {system(b)}" for a, b in counts]
    figure = go.Figure()
    for answer, name, colour, ink in _ANSWERS:
        totals = [max(sum(c), 1) for c in counts.values()]
        x = [c[answer + 2] / t for c, t in zip(counts.values(), totals, strict=True)]
        n = [c[answer + 2] for c in counts.values()]
        figure.add_bar(y=labels, x=x, orientation="h", name=name, marker={"color": colour}, customdata=n,
                       text=[percent(v) if v >= 0.06 else "" for v in x], textposition="inside",
                       insidetextanchor="middle", textfont={"color": ink, "size": 11.5}, textangle=0,
                       hovertemplate="%{y}: %{customdata} " + name + " (%{x:.0%})<extra></extra>")
    figure.update_layout(barmode="stack", bargap=0.28)
    figure.update_xaxes(tickformat=".0%", range=[0, 1])
    return dressed(figure, 120 + 38 * len(labels), names=labels)


def styles_chart(p: Preference, colours: Mapping[str, str]) -> go.Figure:
    """One row of points a style, one colour a system."""
    names = [style(s.name) for s in p.by_style]
    figure = go.Figure()
    for k, name in enumerate(p.systems):
        points = [s.against_all[k] if s.against_all else Estimate(math.nan) for s in p.by_style]
        intervals(figure, names, points, system(name), colours[name], percent,
                   shift=spread(k, len(p.systems)))
    figure.add_vline(x=0.5, line={"color": FAINT, "width": 1})
    figure.update_xaxes(tickformat=".0%", range=[0, 1], title="share of votes")
    return dressed(figure, 130 + (22 + 15 * len(p.systems)) * len(names), names=names)


def scales_chart(scales: Sequence[Scale], colours: Mapping[str, str]) -> go.Figure:
    """One row of points a question, one colour a system."""
    names = [title(s.question) for s in scales]
    systems = sorted({n for s in scales for n in s.systems},
                     key=lambda n: -mean([dict(zip(s.systems, s.means, strict=True))[n].value
                                           for s in scales if n in s.systems]))
    figure = go.Figure()
    for k, name in enumerate(systems):
        points = [dict(zip(s.systems, s.means, strict=True)).get(name, Estimate(math.nan)) for s in scales]
        intervals(figure, names, points, system(name), colours[name], number,
                   shift=spread(k, len(systems)))
    figure.update_xaxes(range=[0.9, 5.1], dtick=1, title="mean score")
    return dressed(figure, 130 + (22 + 15 * len(systems)) * len(names), names=names)


def mismatch_chart(m: Mismatch) -> go.Figure:
    """All systems together on top, then each."""
    names = ["All", *(system(n) for n in m.systems)]
    figure = go.Figure()
    intervals(figure, names, [m.all, *m.shares], "share", COLOURS[2], percent)
    figure.add_vline(x=CHANCE, line={"color": FAINT, "width": 1})
    figure.update_xaxes(tickformat=".0%", range=[0, 1], title="share of answers")
    return dressed(figure, 110 + 40 * len(names), names=names, legend=False)


def power_chart(p: Preference) -> go.Figure:
    """Power over the number of raters, for differences that a study may want to see."""
    assert p.strengths is not None
    se = mean([d.gap.se for d in p.strengths.differences if d.gap.known])
    most = max([4 * p.raters, *(n.raters for n in p.worth.values() if n.raters and n.raters < 20 * p.raters)])
    planned = np.unique(np.linspace(2, most, 160).astype(int))
    figure = go.Figure()
    for k, share in enumerate(power.WORTH):
        gap = math.log(share / (1 - share))
        y = [power.power(gap, se, p.raters, int(n)) for n in planned]
        figure.add_scatter(x=planned, y=y, mode="lines", name=f"{percent(share)} preferred",
                           line={"color": COLOURS[k], "width": 2.5},
                           hovertemplate="%{x} raters: %{y:.0%}<extra></extra>")
    figure.add_hline(y=power.POWER, line={"color": FAINT, "width": 1, "dash": "dot"})
    figure.add_vline(x=p.raters, line={"color": FAINT, "width": 1})
    figure.add_annotation(x=p.raters, y=0.03, text="now", showarrow=False, xanchor="left")
    figure.update_xaxes(title="raters", rangemode="tozero")
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], title="power")
    return dressed(figure, 320)
