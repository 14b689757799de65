"""The metres that songs are written in: the beats and steps of a bar, and how players lean on them.

A step is a sixteenth note; patterns are written in steps. A beat is what a listener taps and what annotators
mark: the quarter in 4/4 and 3/4, the dotted quarter in 6/8, so that a bar of 6/8 has two beats of three
eighths each, and its tempo is counted in them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Metre:
    """A metre. Lists are by step of the bar, times in steps.

    Attributes:
        key: as it is written, "3/4". beats, steps: of a bar.
        tempo: slowest and fastest that can be written, beats a minute.
        strong: steps on which a melody stands on chord tones; so do notes of at least `long` steps.
        accents: how musicians lean on the metre: the one most, what comes just before it least.
        lean: the same for cymbals and shakers.
        free: where a kick may come in now and then.
        fill: step at which a fill begins, and a small one.
        roll: gaps between the strokes of a roll, as it gets faster.
        echo: steps after which an echo comes back.
    """

    key: str
    beats: int
    steps: int
    tempo: tuple[float, float]
    strong: tuple[int, ...]
    long: int
    accents: tuple[float, ...]
    lean: tuple[float, ...]
    free: tuple[int, ...]
    fill: tuple[int, int]
    roll: tuple[float, float, float]
    echo: int

    @property
    def beat_steps(self) -> int:
        """Steps of a beat."""
        return self.steps // self.beats

    def beat(self, step: float) -> float:
        """Beats at a step."""
        return step * self.beats / self.steps

    def step(self, beat: float) -> float:
        """Steps at a beat."""
        return beat * self.steps / self.beats


METRES: dict[str, Metre] = {metre.key: metre for metre in (
    Metre("4/4", 4, 16, (60.0, 180.0), (0, 8), 3,
          (1.12, 0.88, 0.95, 0.9, 1.04, 0.88, 0.95, 0.9, 1.06, 0.88, 0.95, 0.9, 1.04, 0.86, 0.9, 0.8),
          (1.1, 0.82, 0.92, 0.82) * 4, (3, 6, 7, 10, 11, 14), (8, 12), (4.0, 2.0, 1.0), 3),
    Metre("3/4", 3, 12, (60.0, 210.0), (0,), 6,
          (1.14, 0.86, 0.93, 0.88, 0.97, 0.86, 0.93, 0.88, 1.0, 0.86, 0.9, 0.8),
          (1.1, 0.82, 0.9, 0.82, 1.0, 0.82, 0.9, 0.82, 1.0, 0.82, 0.9, 0.82), (8, 10), (4, 8),
          (4.0, 2.0, 1.0), 3),
    Metre("6/8", 2, 12, (36.0, 130.0), (0, 6), 5,
          (1.14, 0.84, 0.9, 0.86, 0.94, 0.86, 1.06, 0.84, 0.9, 0.86, 0.92, 0.8),
          (1.1, 0.8, 0.88, 0.8, 0.92, 0.8) * 2, (4, 5, 8, 10), (6, 8), (6.0, 2.0, 1.0), 4),
)}
