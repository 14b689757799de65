"""A small take for the tests of the pages, made by hand: no generator, no music."""

from __future__ import annotations

import numpy as np

from dance_core.longform.segment import Segment
from dance_core.longform.take import Fault, Jump, Seam, Take, new_take_id
from dance_core.motion.motion import FACE, JOINTS, Motion
from dance_core.music.beats import Beats


def swaying(seconds: float = 6.0, period: float = 1.0) -> Motion:
    """Somebody who sways from side to side and rests every half `period` seconds."""
    t = np.arange(round(seconds * 30)) / 30
    place = np.stack([0.2 * np.cos(2 * np.pi * t / period), np.full_like(t, 0.93), np.zeros_like(t)], -1)
    return Motion(30.0, np.zeros((len(t), JOINTS, 3)), place, np.zeros((len(t), FACE)))


def small_take(faults: tuple[Fault, ...] = (), seconds: float = 6.0) -> Take:
    motion = swaying(seconds)
    times = np.arange(0.0, seconds, 0.5)
    beats = Beats(times, np.arange(len(times)) % 4 + 1, 120.0, 0.9)
    middle = len(motion) // 2
    none = Jump(0.0, 0.0, 0.0)
    seam = Seam(1, middle, middle + 10, 30.0, "cosine", 0.0, 0.0, 0, none, none, none, 1.2)
    return Take(
        id=new_take_id(), title="A song", song_digest="a" * 64, duration=seconds, beats=beats, motion=motion,
        segments=(Segment(0, 0, middle + 10, 0, 0, 1), Segment(1, middle, len(motion), 10, 2, 3)),
        seams=(seam,), generator="choreographer", generator_title="Choreographer (rule-based baseline)",
        style="gHO", pose="preset:ready", seed=7, timings={"first_segment": 0.4, "total": 1.6},
        faults=faults, alignment={"music_to_motion": 0.71, "control": 0.3},
        reference_error={"degrees": 0.2, "centimetres": 0.1})
