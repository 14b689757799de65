"""What all charts are drawn with: colours, points with whiskers, a figure's dress."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from dance_core.study.analysis.estimates import Estimate
from dance_core.study.analysis.words import UNKNOWN

# Told apart with every kind of colour vision (after Okabe & Ito), on white and on dark.
COLOURS = ("#d2553a", "#17937e", "#4a7fc1", "#c98a1b", "#9a5fb0", "#6d8f2f", "#b0577d", "#7a7b78")
GREY, GRID, FAINT = "#8a8f9a", "rgba(138,143,154,.18)", "rgba(138,143,154,.55)"


@dataclass(frozen=True)
class Chart:
    """A figure, what it is called (a section and a name), and what it shows.

    Where `figure` is None it was left out, and the caption says why.
    """

    section: str
    name: str
    caption: str
    figure: go.Figure | None


def intervals(figure: go.Figure, names: Sequence[str], points: Sequence[Estimate], label: str, colour: str,
              how: Callable[[float], str], shift: float = 0.0, thin: bool = False) -> None:
    """Points with whiskers, hollow where there is no interval; rows are numbered from the top, so that some
    can be shifted."""
    value = [e.value for e in points]
    low = [e.value - e.low if math.isfinite(e.low) else 0 for e in points]
    high = [e.high - e.value if math.isfinite(e.high) else 0 for e in points]
    shown = [f"{name}: {how(e.value)} ({ends(e.low, e.high, how)})"
             for name, e in zip(names, points, strict=True)]
    figure.add_scatter(
        x=value, y=[i + shift for i in range(len(names))], mode="markers", name=label, customdata=shown,
        marker={"color": colour, "size": 6 if thin else 10,
                "symbol": ["circle" if e.known else "circle-open" for e in points]},
        error_x={"type": "data", "array": high, "arrayminus": low, "color": colour, "width": 0,
                 "thickness": 1.2 if thin else 3}, hovertemplate="%{customdata}<extra>" + label + "</extra>")


def ends(low: float, high: float, how: Callable[[float], str]) -> str:
    known = math.isfinite(low) and math.isfinite(high)
    return f"{how(low)} to {how(high)}" if known else f"interval {UNKNOWN}"


def spread(k: int, n: int) -> float:
    """Place of the k-th of n beside each other in a row of height 1."""
    return (k - (n - 1) / 2) * 0.62 / max(n, 2)


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else math.nan


def dressed(figure: go.Figure, height: int, names: Sequence[str] | None = None,
             legend: bool = True) -> go.Figure:
    figure.update_layout(
        height=height, margin={"l": 8, "r": 24, "t": 40 if legend else 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", font={"color": GREY, "size": 12.5},
        hovermode="closest", dragmode=False, showlegend=legend and len(figure.data) > 1,
        hoverlabel={"font": {"size": 12.5}},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom",
                "traceorder": "normal"})
    figure.update_xaxes(gridcolor=GRID, zeroline=False, automargin=True, fixedrange=True)
    figure.update_yaxes(gridcolor=GRID, zeroline=False, automargin=True, fixedrange=True)
    if names is not None and figure.data and figure.data[0].type == "scatter":
        figure.update_yaxes(tickvals=list(range(len(names))), ticktext=list(names),
                            range=[len(names) - 0.5, -0.5], showgrid=False)
    elif names is not None:
        figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure
