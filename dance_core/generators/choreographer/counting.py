"""How a dancer counts: which beats the counts fall on, how many make a bar and a phrase.

A dancer of styles in four counts beats, or every second one of fast music, or twice a beat of slow music. In
bars of three, eights become sixes: two bars. A dancer of the waltz always counts to three: the beats of a bar
of three, the eighths of a slow bar of six eighths; on other bars slow, quick, quick.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.beats import Beats

_FAST, _SLOW = 152.0, 62.0  # BPM: beyond these a dancer counts every second beat, or twice a beat
_FASTEST_EIGHTHS = 72.0  # beats of three eighths a minute that a waltz still has three steps on
_WAITED = 0.3  # of a count that lasts several beats: how far it has come when its last beat begins
# counts on beats of the bar where it can't be cut evenly
_SLOW_QUICK_QUICK = {2: (0.0, 2.0, 3.0), 4: (0.0, 2.0, 3.0), 5: (0.0, 3.0, 4.0), 7: (0.0, 3.0, 5.0)}


@dataclass(frozen=True)
class Counting:
    """How music is counted.

    Attributes:
        falls: beats after a downbeat on which the counts of a round fall; the first is 0.
        span: beats of a round; it begins again then.
        bar: counts of a bar, as it is danced. phrase: counts of a phrase, the "eight".
    """

    falls: tuple[float, ...]
    span: float
    bar: int
    phrase: int

    @property
    def rate(self) -> float:
        """Counts a beat, on average."""
        return len(self.falls) / self.span

    def counts(self, beats: np.ndarray) -> np.ndarray:
        """Running counts at running beats (…,) from a downbeat on."""
        if len(self.falls) == 1:
            return beats * (1.0 / self.span)
        turn = np.floor(beats / self.span)
        at, count = self._stations
        return turn * len(self.falls) + np.interp(beats - turn * self.span, at, count)

    @property
    def _stations(self) -> tuple[list[float], list[float]]:
        """Beats of a round and the counts there: a count of several beats waits until its last one."""
        at, count = [0.0], [0.0]
        for k, (a, b) in enumerate(zip(self.falls, [*self.falls[1:], self.span], strict=True)):
            if b - a > 1.0:
                at.append(b - 1.0)
                count.append(k + _WAITED)
            at.append(b)
            count.append(k + 1.0)
        return at, count


def count_rate(tempo: float) -> float:
    """Counts a beat: 1, or 0.5 for music faster than dancers count, or 2 for very slow music."""
    return 0.5 if tempo > _FAST else 2.0 if 0 < tempo < _SLOW else 1.0


def even(rate: float, bar: int, phrase: int) -> Counting:
    """Counts at equal distances, `rate` of them a beat."""
    return Counting((0.0,), 1.0 / rate, bar, phrase)


def counting_of(beats: Beats, bar: int = 4) -> Counting:
    """How a dancer whose moves are written in bars of `bar` counts (4 or 3) counts this music."""
    return _in_three(beats) if bar == 3 else _in_four(beats)


def _in_four(beats: Beats) -> Counting:
    per_bar, tempo = beats.beats_per_bar, beats.tempo
    rate = count_rate(tempo)
    if per_bar == 4:
        return even(rate, 4, 8)
    if per_bar == 2:  # a slow one is of six eighths as a rule: halves of its beats are no place to step on
        return even(min(rate, 1.0), 4, 8)
    if tempo <= _FAST:
        return even(1.0, 3, 6) if per_bar in (3, 6) else even(1.0, per_bar, per_bar)
    if per_bar in (3, 6):  # "in one": each group of three is a count
        return even(1 / 3, 4, 8)
    return Counting((0.0, 3.0), 5.0, 4, 8) if per_bar == 5 else Counting((0.0, 2.0, 4.0), 7.0, 3, 6)


def _in_three(beats: Beats) -> Counting:
    per_bar = beats.beats_per_bar
    if per_bar in (3, 6):
        return even(1.0, 3, 6)
    if per_bar == 2 and beats.tempo <= _FASTEST_EIGHTHS:
        return even(3.0, 3, 6)
    return Counting(_SLOW_QUICK_QUICK[per_bar], float(max(per_bar, 4)), 3, 6)


def counts_of(beats: Beats, frames: int, fps: float = 30.0, counting: Counting | None = None) -> np.ndarray:
    """(frames,) running count at each frame; 0 on the first downbeat. counting: as in four, if not given."""
    ones = np.flatnonzero(beats.bar_position == 1)
    first = float(ones[0]) if len(ones) else 0.0
    return (counting or counting_of(beats)).counts(beats.phase(np.arange(frames) / fps) - first)
