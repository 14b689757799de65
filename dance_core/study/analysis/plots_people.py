"""Charts about the people of a study: how they answered, and when answers were excluded."""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Sequence

import plotly.graph_objects as go

from dance_core.study.analysis.drawing import COLOURS, FAINT, dressed
from dance_core.study.analysis.people import Course
from dance_core.study.analysis.raters import Rater
from dance_core.study.analysis.words import percent
from dance_core.study.record import SHARE

_MOST_REASONS = 6


def raters_chart(raters: Sequence[Rater]) -> go.Figure:
    """Time (logarithmic) against agreement beyond the expected."""
    figure = go.Figure()
    known = [r for r in raters if math.isfinite(r.agreement) and r.seconds > 0]
    for name, flagged, colour, symbol in (("rater", False, COLOURS[1], "circle"),
                                          ("flagged", True, COLOURS[0], "diamond")):
        part = [r for r in known if bool(r.flags) == flagged]
        if not part:
            continue
        figure.add_scatter(
            x=[max(r.seconds, 0.05) for r in part], y=[r.agreement - r.expected for r in part],
            mode="markers", name=name,
            marker={"color": colour, "symbol": symbol, "size": 10, "opacity": 0.85},
            customdata=[[r.rater[:12], percent(r.agreement), percent(r.expected), r.answers,
                         "<br>".join(r.flags) or "nothing stands out"] for r in part],
            hovertemplate="%{customdata[0]}: sides with the others in %{customdata[1]}, expected "
                          "%{customdata[2]}"
                          "<br>%{customdata[3]} answers, median %{x:.1f} "
                          "s<br>%{customdata[4]}<extra></extra>")
    figure.add_hline(y=0, line={"color": FAINT, "width": 1})
    figure.update_xaxes(type="log", title="median seconds an "
                                          "answer", tickvals=[.5, 1, 2, 5, 10, 20, 50, 100, 200])
    figure.update_yaxes(tickformat="+.0%", title="agreement − expected")
    return dressed(figure, 340)


def no_raters(raters: Sequence[Rater]) -> str:
    """Why the chart of raters is left out; "" where it is not."""
    if not any(math.isfinite(r.agreement) for r in raters):
        return "it takes decided answers of three raters about the same systems"
    return "" if any(r.seconds > 0 for r in raters) else "how long the answers took is not known"


def exclusions_chart(parts: Sequence[Course]) -> go.Figure:
    """Bars that stack by reason, a bar for some answers in a row; those that come seldom together."""
    total = Counter({reason: 0 for part in parts for reason in part.excluded})
    for part in parts:
        total.update(part.excluded)
    named = [reason for reason, _ in total.most_common(_MOST_REASONS)]
    figure, ends = go.Figure(), [0]
    for part in parts:
        ends.append(ends[-1] + part.answers)
    middle = [(a + b) / 2 for a, b in zip(ends[:-1], ends[1:], strict=True)]
    wide = [p.answers * (0.86 if len(parts) > 1 else 0.3) for p in parts]
    rows = [(_text(reason), [p.excluded.get(reason, 0) for p in parts]) for reason in named]
    if len(total) > len(named):
        rows.append(("other reasons", [sum(p.excluded.values()) - sum(p.excluded.get(r, 0) for r in named)
                                       for p in parts]))
    for k, (name, counts) in enumerate(rows or [("excluded", [0] * len(parts))]):
        both = list(zip(counts, parts, strict=True))
        text = [f"{_when(p)}<br>{n} of {p.answers} answers: {name}" for n, p in both]
        figure.add_bar(x=middle, y=[n / p.answers for n, p in both], width=wide, name=name,
                       marker={"color": COLOURS[k % len(COLOURS)]}, customdata=text,
                       hovertemplate="%{customdata}<extra></extra>")
    figure.add_hline(y=SHARE, line={"color": FAINT, "width": 1, "dash": "dot"})
    highest = max(sum(p.excluded.values()) / p.answers for p in parts)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title="answers, as they came", range=[0, ends[-1]])
    figure.update_yaxes(tickformat=".0%", range=[0, min(1.0, max(1.6 * SHARE, 1.15 * highest))],
                        title="excluded")
    return dressed(figure, 320)


def _when(part: Course) -> str:
    first, last = (t[:16].replace("T", " ") for t in (part.first, part.last))
    return f"{first} to {last[11:] if last[:10] == first[:10] else last} UTC"


def _text(reason: str) -> str:
    """A reason as plotly shows it as text: it reads some HTML."""
    return html.escape(reason if len(reason) <= 40 else reason[:39] + "…")
