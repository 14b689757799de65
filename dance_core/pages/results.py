"""A finished Take in words, tiles and a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from dance_core.evaluation.alignment import SMOOTHING_S, motion_beats, motion_speed
from dance_core.longform.take import Take
from dance_core.motion.shape import BUILDS, build_words

if TYPE_CHECKING:  # torch is loaded when the first dance is ranked
    from dance_core.generators.soulnet.search import Fit

_SPEED, _BEAT, _MOTION, _GREY = "#d2553a", "#c98a1b", "#17937e", "#8a8f9a"
_GRID = "rgba(138,143,154,.18)"


def facts(take: Take, fit: Fit | None = None) -> list[tuple[str, str, str]]:
    """(label, value, note) of what the run that made the take measured, and the rank of its song."""
    beats, align, times = take.beats, take.alignment, take.timings
    tiles = [
        ("Tempo", f"{beats.tempo:.1f} BPM",
         "set by hand" if take.by_hand else f"confidence {beats.confidence:.2f}"),
        ("Beats", f"{len(beats.times)}", f"{len(beats.downbeats)} bars of {beats.beats_per_bar}"),
    ]
    if take.motion.betas.any():
        name = build_words(take.motion.betas)
        tiles.append(("Body", name, "") if name in BUILDS else ("Body", "its own build", f"betas {name}"))
    if "music_to_motion" in align:
        control = align.get("control")
        chance = f"{control:.2f} to beats moved off the music" if control is not None else ""
        tiles.append(("Beat alignment", f"{align['music_to_motion']:.2f} of 1", chance))
    if fit is not None:
        tiles.append(("Fits this song", f"rank {fit.rank} of {fit.of} songs",
                      f"by a learned ear, which may err; first {fit.seconds:.0f}\u00a0s"))
    worst = max((s.ratio for s in take.seams), default=None)
    tiles.append(("Seams", f"{len(take.seams)}",
                  "one segment" if worst is None else f"roughest {worst:.2f} × the rest"))
    if take.reference_error:
        tiles.append(("Reference pose", f"{take.reference_error['degrees']:.1f}° off",
                      f"and {take.reference_error['centimetres']:.1f} cm, in frame 0"))
    tiles.append(("Body limits", "all held" if not take.faults else count(len(take.faults), "fault"),
                  "speed, hinges, slides, floor, seams" if not take.faults else worst_fault(take)))
    if "total" in times:
        first = times.get("first_segment")
        tiles.append(("Time taken", f"{times['total']:.1f} s",
                      f"first segment after {first:.1f}\u00a0s" if first is not None else ""))
    tiles.append(("Seed", str(take.seed), pose_words(take.pose)))
    return tiles


def pose_words(pose: str) -> str:
    """A Take's reference pose in words."""
    known = {"upload": "pose from your file", "frame": "pose from a dance", "photo": "pose from your photo"}
    return known.get(pose) or f"{pose.removeprefix('preset:')} pose"


def count(number: int, thing: str) -> str:
    """ "1 fault", "3 faults"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def worst_fault(take: Take) -> str:
    """The fault that exceeds its limit most, in a few words."""
    fault = max(take.faults, key=lambda f: f.value / max(f.limit, 1e-9))
    where = f" ({fault.joint.replace('_', ' ')})" if fault.joint else ""
    return f"{fault.kind} {fault.value:.1f} {fault.unit}{where} at {fault.start_s:.1f} s"


def speed_chart(take: Take) -> go.Figure:
    """Mean joint speed over time, with the music's beats above and the dance's beats in its valleys."""
    motion, beats = take.motion, take.beats
    smooth = motion_speed(motion, SMOOTHING_S)
    times = (np.arange(len(smooth)) + 0.5) / motion.fps
    dance = motion_beats(motion)
    top = float(smooth.max(initial=0.1)) * 1.12
    figure = go.Figure()
    for name, chosen, width in (("music beat", beats.times, 1), ("downbeat", beats.downbeats, 2)):
        figure.add_scatter(x=np.repeat(chosen, 3), y=np.tile([0, top, np.nan], len(chosen)), mode="lines",
                           name=name, line={"color": _BEAT, "width": width}, hoverinfo="skip",
                           opacity=0.9 if width > 1 else 0.35)
    figure.add_scatter(x=times, y=smooth, mode="lines", name="mean joint speed",
                       line={"color": _SPEED, "width": 2},
                       hovertemplate="%{x:.2f} s: %{y:.2f} m/s<extra></extra>")
    figure.add_scatter(x=dance, y=np.interp(dance, times, smooth) if len(times) else [], mode="markers",
                       name="motion beat", marker={"color": _MOTION, "size": 7, "symbol": "diamond"},
                       hovertemplate="motion beat at %{x:.2f} s<extra></extra>")
    figure.update_layout(
        height=320, margin={"l": 52, "r": 12, "t": 8, "b": 44}, paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", font={"color": _GREY, "size": 12}, hovermode="closest", dragmode="pan",
        legend={"orientation": "h", "y": 1.12})
    figure.update_xaxes(title="seconds", range=[0, min(take.duration, 20.0)], gridcolor=_GRID)
    figure.update_yaxes(title="m/s", range=[0, top], gridcolor=_GRID, fixedrange=True)
    return figure
