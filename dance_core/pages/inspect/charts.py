"""What was measured of a dance over time, on one axis; of two dances also their difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dance_core.evaluation.faults import Dance, Fault, offbeat
from dance_core.evaluation.faults.support import Support
from dance_core.generators.inner import Curve
from dance_core.motion.skeleton import FEET
from dance_core.music.song import Song
from dance_core.pages.inspect.stage import Opened

_COLOURS = ("#d2553a", "#17937e")
_MUSIC, _GREY, _GRID, _SEVERE, _MILD = "#c98a1b", "#8a8f9a", "rgba(138,143,154,.18)", "#c8102e", "#c98a1b"
_MOST = 1_800  # points of a curve
_DASHES = ("solid", "dot", "dash", "dashdot")
_ROWS = ("from the beat, ms", "joint speed, m/s", "foot above the floor, cm", "foot speed, m/s",
         "energy, share of its most")


def charts(opened: Sequence[Opened], insides: Sequence[Sequence[Curve]] = ()) -> go.Figure:
    """One figure, its rows on the seconds of the dance; faults are shaded, severe ones red.

    insides: of each dance, what goes on inside of its generator; a row for each chart.
    """
    two = len(opened) > 1
    own = [(c, k) for k, curves in enumerate(insides) for c in curves]
    inner = list(dict.fromkeys(c.chart for c, _ in own))
    titles = [*_ROWS, *(["difference of speed, m/s"] if two else []), *inner]
    figure = make_subplots(len(titles), 1, shared_xaxes=True, vertical_spacing=0.035, subplot_titles=titles)
    speeds = []
    for k, one in enumerate(opened):
        dance = Dance.of_take(one.take)
        name, colour = one.pane().label, _COLOURS[k]
        times = np.arange(len(dance)) / dance.fps
        beats, off = offbeat.phases(dance)
        period = 60_000 / max(one.take.beats.tempo, 1.0)
        _add(figure, 1, beats, off * period, name, colour, mode="markers", shown=True)
        speed = dance.averaged(dance.group_speeds["body"], 0.1)
        speeds.append((times, speed))
        _add(figure, 2, times, speed, name, colour)
        feet = Support.of(dance).heights[:, :8].reshape(-1, 2, 4).min(2)
        for side, dash in enumerate(("solid", "dot")):
            _add(figure, 3, times, 100 * feet[:, side], name, colour, dash=dash)
            moving = dance.averaged(dance.speed(dance.places[:, FEET][:, side]), 0.07)
            _add(figure, 4, times, moving, name, colour, dash=dash)
        energy = dance.averaged(speed, 0.5)
        _add(figure, 5, times, energy / max(float(energy.max()), 1e-9), name, colour)
    song = opened[0].song
    if song is not None:
        _add(figure, 5, *loudness(song), "music", _MUSIC)
    if two:
        n = min(len(s) for _, s in speeds)
        _add(figure, 6, speeds[0][0][:n], speeds[1][1][:n] - speeds[0][1][:n], "right − left", _GREY)
    for chart, row in zip(inner, range(len(titles) - len(inner) + 1, len(titles) + 1), strict=True):
        for nth, (curve, k) in enumerate((c, k) for c, k in own if c.chart == chart):
            name, colour = opened[k].pane().label, _COLOURS[k]
            _add(figure, row, curve.times, curve.values, name, colour, dash=_DASHES[nth % len(_DASHES)],
                 told=curve.name)
    shades = [_shade(f, k, two) for k, o in enumerate(opened) for f in o.entry.faults or ()]
    figure.update_layout(shapes=shades, height=150 * len(titles) + 40,
                         margin={"l": 46, "r": 10, "t": 26, "b": 36},
                         paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", dragmode="zoom",
                         font={"color": _GREY, "size": 11}, hovermode="x unified",
                         legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 1,
                                 "xanchor": "right"})
    figure.update_annotations(x=0.0, xanchor="left", font={"size": 12})
    figure.update_xaxes(gridcolor=_GRID, range=[0, max(o.take.motion.duration for o in opened)])
    figure.update_xaxes(title="seconds", row=len(titles))
    figure.update_yaxes(gridcolor=_GRID, fixedrange=True, zeroline=False)
    return figure


def _shade(fault: Fault, pane: int, two: bool) -> dict[str, Any]:
    """A fault behind all rows; of two dances each has its own colour."""
    colour = _COLOURS[pane] if two else _SEVERE if fault.severe else _MILD
    return {"type": "rect", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "x0": round(fault.start_s, 3),
            "x1": round(max(fault.stop_s, fault.start_s + 0.05), 3), "line": {"width": 0}, "layer": "below",
            "fillcolor": colour, "opacity": 0.16 if fault.severe else 0.08}


def loudness(song: Song) -> tuple[np.ndarray, np.ndarray]:
    """(times in s, loudness as a share of its most): root mean square of half a second."""
    size = max(1, song.sample_rate // 10)
    count = max(1, len(song.samples) // size)
    square = (song.samples[:count * size].reshape(count, -1) ** 2).mean(1) if len(song.samples) >= size else \
        np.zeros(1)
    smooth = np.sqrt(np.convolve(square, np.ones(5) / 5, "same"))
    return np.arange(len(smooth)) / 10 + 0.05, smooth / max(float(smooth.max()), 1e-9)


def _add(figure: go.Figure, row: int, x: np.ndarray, y: np.ndarray, name: str, colour: str, *,
         mode: str = "lines", dash: str = "solid", shown: bool = False, told: str = "") -> None:
    """A curve, thinned to what a screen can show: of each stretch its largest value stays.

    told: what it is called when one points at it, where that is not `name`.
    """
    if mode == "lines" and len(x) > _MOST:
        step = -(-len(x) // _MOST)
        at = np.array([i + int(np.abs(y[i:i + step]).argmax()) for i in range(0, len(x), step)])
        x, y = x[at], y[at]
    shown = shown or name in ("music", "right − left")
    figure.add_trace(go.Scatter(x=np.round(x, 3), y=np.round(y, 3), name=told or name, mode=mode,
                                showlegend=shown, legendgroup=name,
                                line={"color": colour, "width": 1.6, "dash": dash},
                                marker={"color": colour, "size": 5}), row=row, col=1)
