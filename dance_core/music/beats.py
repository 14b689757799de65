"""The Beats noun: where the beats and bars of a song are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BEATS_PER_BAR = (2, 7)  # fewest and most
DOUBTFUL = 0.6  # confidence below which the page opens the panel of the beats, and the command line says so


@dataclass(frozen=True, eq=False)
class Beats:
    """Beat times of a song.

    Attributes:
        times: (B,) float64, seconds from the start of the song, strictly rising.
        bar_position: (B,) int64, place of each beat in its bar, 1 = downbeat.
        tempo: beats per minute, from the median beat interval; 0 with fewer than two beats.
        confidence: 0 (a guess) to 1.
        beats_per_bar: 2 to 7, usually 4. A beat is what is tapped: in 6/8, 9/8 and 12/8 the dotted quarter,
            so that a bar of 6/8 has two beats.
        metre_confidence: 0 to 1, how sure beats, `beats_per_bar` and downbeats together are; 1 where they are
            given, 0 where bars of four were taken for granted.
    """

    times: np.ndarray
    bar_position: np.ndarray
    tempo: float
    confidence: float
    beats_per_bar: int = 4
    metre_confidence: float = 1.0

    def __post_init__(self) -> None:
        t, p = np.asarray(self.times, np.float64), np.asarray(self.bar_position, np.int64)
        object.__setattr__(self, "times", t)
        object.__setattr__(self, "bar_position", p)
        if t.ndim != 1 or t.shape != p.shape:
            raise ValueError(f"Beats: times {t.shape} and bar_position {p.shape} must be equal (B,)")
        if len(t) > 1 and not (np.diff(t) > 0).all():
            raise ValueError("Beats.times must rise strictly")
        per_bar, (fewest, most) = self.beats_per_bar, BEATS_PER_BAR
        if isinstance(per_bar, bool) or not isinstance(per_bar, int | np.integer) \
                or not fewest <= per_bar <= most:
            raise ValueError(f"Beats.beats_per_bar is {per_bar!r}, expected {fewest} to {most}")
        object.__setattr__(self, "beats_per_bar", int(per_bar))
        if len(p) and not ((p >= 1) & (p <= self.beats_per_bar)).all():
            raise ValueError(f"Beats.bar_position must lie in 1..{self.beats_per_bar}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"Beats.confidence is {self.confidence}, expected 0 to 1")
        if not 0.0 <= self.metre_confidence <= 1.0:
            raise ValueError(f"Beats.metre_confidence is {self.metre_confidence}, expected 0 to 1")

    @property
    def doubtful(self) -> bool:
        """Whether people should be told that the beats may be wrong."""
        return self.confidence < DOUBTFUL

    @property
    def downbeats(self) -> np.ndarray:
        """(D,) times in seconds of the first beat of each bar."""
        return self.times[self.bar_position == 1]

    def between(self, start: float, stop: float) -> "Beats":
        """The beats with start <= time < stop, times still counted from the song's start."""
        keep = (self.times >= start) & (self.times < stop)
        return Beats(self.times[keep], self.bar_position[keep], self.tempo, self.confidence,
                     self.beats_per_bar, self.metre_confidence)

    def shifted(self, seconds: float) -> "Beats":
        """The same beats, every time plus `seconds`."""
        return Beats(self.times + seconds, self.bar_position, self.tempo, self.confidence,
                     self.beats_per_bar, self.metre_confidence)

    def phase(self, times: np.ndarray) -> np.ndarray:
        """Running beat count at `times`: (…,) float64; 2.25 = a quarter after the third beat.

        Goes on at the nearest interval's pace before the first and after the last beat, so it is
        defined on the whole song. With fewer than two beats a pace of 120 BPM is taken.
        """
        t = np.asarray(times, np.float64)
        b = self.times
        if len(b) < 2:
            start = b[0] if len(b) else 0.0
            return (t - start) * 2.0
        n = np.arange(len(b), dtype=np.float64)
        count = np.interp(t, b, n)
        count = np.where(t < b[0], (t - b[0]) / (b[1] - b[0]), count)
        return np.where(t > b[-1], n[-1] + (t - b[-1]) / (b[-1] - b[-2]), count)
