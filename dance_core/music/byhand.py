"""Beats corrected by hand: pure functions from what somebody pressed, tapped or typed to Beats.

A correction is never a list of what was pressed but a state of five numbers, `ByHand`, so that opposite
presses cancel exactly and the page, the Take and the command line can pass the same few values on.

    base (found, tapped or of a file) ─ corrected(base, by_hand, duration) ─▶ Beats

The new beats are a grid on the base's own beat count: a "one" at some count, and steps of 1 / tempo_scale
from there to both ends of the song. So they follow every change of tempo that the base follows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from dance_core.errors import UserError
from dance_core.music.beats import BEATS_PER_BAR, Beats

FOUND, TAPS, FILE = "found", "taps", "file"
SLOWEST, FASTEST = Fraction(1, 4), Fraction(4)  # times the base's tempo
FINEST = 4  # denominator of a tempo scale: 3/2, 2/3, 3/4 are relations of metres, 7/5 is none
TEMPI = (20.0, 400.0)  # BPM: a beat is something that a person can tap
MOST_NUDGE = 1_000  # ms
NUDGE = 10  # ms of one press
MOST_TAPS = 2_000
_FARTHEST = 100_000  # beats from the first to a "one": no song has so many
_SURE = 1.0  # confidence of what a person has set


@dataclass(frozen=True)
class ByHand:
    """How beats were set by hand.

    Attributes:
        source: what the other values are about: "found" (the tracker's beats), "taps" or "file".
        taps: seconds at which somebody tapped along; for "taps" only.
        tempo_scale: beats for each beat of the base: 2 = double tempo.
        one: a beat that is "one", counted in the base's beats from 1; 7/2 lies half a beat after the third.
            None: where the base has it.
        meter: beats a bar, 2 to 7. None: as the base has it.
        nudge_ms: whole milliseconds that all beats come later.
    """

    source: str = FOUND
    taps: tuple[float, ...] = ()
    tempo_scale: Fraction = Fraction(1)
    one: Fraction | None = None
    meter: int | None = None
    nudge_ms: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "taps", tuple(float(t) for t in self.taps))
        if self.source not in (FOUND, TAPS, FILE):
            raise UserError(f"Beats come from {FOUND}, {TAPS} or {FILE}, not from {self.source[:40]!r}.")
        if (self.source == TAPS) != bool(self.taps):
            raise UserError(f"There are {len(self.taps)} taps, but the beats come from {self.source}.")
        if len(self.taps) > MOST_TAPS:
            raise UserError(f"{len(self.taps)} taps are too many: at most {MOST_TAPS} are taken.")
        if not all(math.isfinite(t) and abs(t) < 1e6 for t in self.taps):
            raise UserError("A tap is at no time of a song.")
        if not SLOWEST <= self.tempo_scale <= FASTEST or self.tempo_scale.denominator > FINEST:
            raise UserError(f"The tempo can't be {self.tempo_scale} times what was found: from {SLOWEST} to "
                            f"{FASTEST} in halves, thirds or quarters is possible.")
        if self.one is not None and not (abs(self.one) < _FARTHEST and self.one.denominator <= 48):
            raise UserError(f"“One” can't be at beat {float(self.one):g}.")
        if self.meter is not None and not BEATS_PER_BAR[0] <= self.meter <= BEATS_PER_BAR[1]:
            raise UserError(f"A bar has {BEATS_PER_BAR[0]} to {BEATS_PER_BAR[1]} beats, not {self.meter}.")
        if abs(self.nudge_ms) > MOST_NUDGE:
            raise UserError(f"Beats can be moved by at most {MOST_NUDGE} ms, not by {self.nudge_ms}.")

    @property
    def changes(self) -> bool:
        """Whether anything was set by hand."""
        return self != ByHand()

    @property
    def step(self) -> Fraction:
        """Beats of the base for each beat."""
        return 1 / self.tempo_scale

    def record(self) -> dict[str, Any]:
        """As JSON has it; `read_by_hand` is the inverse."""
        return {"source": self.source, "taps": list(self.taps), "tempo_scale": str(self.tempo_scale),
                "one": None if self.one is None else str(self.one), "meter": self.meter,
                "nudge_ms": self.nudge_ms}

    def in_words(self) -> str:
        """What was done, for people; "" for nothing."""
        parts = {FOUND: [], TAPS: [f"{len(self.taps)} taps"], FILE: ["from a file"]}[self.source]
        if self.tempo_scale != 1:
            parts.append(f"tempo × {self.tempo_scale}")
        if self.one is not None:
            parts.append(f"“one” at beat {_mixed(self.one)}")
        if self.meter is not None:
            parts.append(f"{self.meter} beats a bar")
        if self.nudge_ms:
            parts.append(f"{abs(self.nudge_ms)} ms {'later' if self.nudge_ms > 0 else 'earlier'}")
        return ", ".join(parts)


def corrected(base: Beats, by_hand: ByHand, duration: float) -> Beats:
    """The beats that the corrections make of the base's, all within 0 to `duration` seconds.

    Where tempo, "one" or beats a bar were set, bars are counted evenly from the "one" through the whole song;
    otherwise they are the base's. The grid goes on at the nearest pace for up to half a beat before the
    base's first beat and after its last one. Nothing set: the base itself. Confidence becomes 1.

    Raises:
        UserError: fewer than two beats would be left, or a tempo that nobody can tap.
    """
    if not by_hand.changes:
        return base
    per_bar = by_hand.meter or base.beats_per_bar
    if by_hand.tempo_scale == 1 and by_hand.one is None and by_hand.meter is None:
        times, position = base.times, base.bar_position
    else:
        if len(base.times) < 2:
            raise UserError(f"Only {len(base.times)} beats were found, so there are none to count from: "
                            "please tap along.")
        count, number = _grid(anchor(by_hand, base), by_hand.step, len(base.times))
        times, position = _times(base.times, count), number % per_bar + 1
    times = times + by_hand.nudge_ms / 1000.0
    inside = (times >= 0.0) & (times <= duration)
    times, position = times[inside], position[inside]
    if len(times) < 2:
        raise UserError(f"Only {len(times)} beats would be left in the song; at least 2 are needed.")
    tempo = 60.0 / float(np.median(np.diff(times)))
    if not TEMPI[0] <= tempo <= TEMPI[1]:
        raise UserError(f"The tempo would be {tempo:.0f} BPM, but beats come from {TEMPI[0]:g} to "
                        f"{TEMPI[1]:g} times a minute.")
    return Beats(times, position, tempo, _SURE, per_bar)


def anchor(by_hand: ByHand, base: Beats) -> Fraction:
    """A beat that is "one", counted in the base's beats from 0."""
    if by_hand.one is not None:
        return by_hand.one - 1
    ones = np.flatnonzero(base.bar_position == 1)
    return Fraction(int(ones[0]) if len(ones) else 0)


def double_tempo(by_hand: ByHand) -> ByHand:
    """A beat more between any two. Inverse of `half_tempo`. UserError beyond 4 times the tempo."""
    return replace(by_hand, tempo_scale=by_hand.tempo_scale * 2)


def half_tempo(by_hand: ByHand) -> ByHand:
    """Every second beat, the "ones" among them. Inverse of `double_tempo`. UserError below a quarter."""
    return replace(by_hand, tempo_scale=by_hand.tempo_scale / 2)


def half_a_beat_on(by_hand: ByHand, base: Beats) -> ByHand:
    """All beats half a beat on, the "ones" with them; done again, back: its own inverse."""
    at, half = anchor(by_hand, base), by_hand.step / 2
    back = math.floor(at / half) % 2
    return replace(by_hand, one=at + 1 + (-half if back else half))


def one_on(by_hand: ByHand, base: Beats, beats: int = 1) -> ByHand:
    """The "one" comes so many beats later; less than 0: earlier, which is the inverse."""
    return replace(by_hand, one=anchor(by_hand, base) + 1 + beats * by_hand.step)


def one_at(by_hand: ByHand, base: Beats, seconds: float) -> ByHand:
    """The beat nearest to a moment of the song is "one"; bars are counted from it in both directions."""
    if not math.isfinite(seconds):
        raise UserError("“One” is at no time of the song.")
    at, step = anchor(by_hand, base), by_hand.step
    far = base.phase(np.float64(seconds - by_hand.nudge_ms / 1000.0)) - float(at)
    far = min(max(float(far), -_FARTHEST), _FARTHEST)
    return replace(by_hand, one=at + 1 + round(far / float(step)) * step)


def metered(by_hand: ByHand, beats_per_bar: int) -> ByHand:
    """So many beats a bar, 2 to 7."""
    return replace(by_hand, meter=beats_per_bar)


def nudged(by_hand: ByHand, milliseconds: int = NUDGE) -> ByHand:
    """All beats so much later; less than 0: earlier, which is the inverse."""
    return replace(by_hand, nudge_ms=by_hand.nudge_ms + milliseconds)


def tapped(by_hand: ByHand, taps: Sequence[float]) -> ByHand:
    """Taps take the place of what was before; beats a bar stay as they were set."""
    return ByHand(TAPS, tuple(taps), meter=by_hand.meter)


def scale_from(text: str) -> Fraction:
    """A tempo scale from what somebody typed: 2, 0.5, 2/3, 0.67. UserError for one that can't be."""
    number = fraction_from(text)
    if number is None or number <= 0:
        raise UserError(f"The tempo scale is {text[:40]!r}, but a number such as 2, 0.5 or 2/3 was "
                        "expected.")
    near = number.limit_denominator(FINEST)
    if not SLOWEST <= number <= FASTEST or abs(near / number - 1) > Fraction(1, 100):
        raise UserError(f"The tempo scale is {text}, but {SLOWEST} to {FASTEST} in halves, thirds or "
                        "quarters is possible.")
    return near


def fraction_from(text: str) -> Fraction | None:
    """The number in a text such as 3, 3.25 or 13/4; None for anything else."""
    match = re.fullmatch(r"-?\d{1,6}(?:\.\d{1,6}|/0*[1-9]\d{0,3})?", text.strip(), re.ASCII)
    return Fraction(match[0]) if match else None


def read_by_hand(sent: object) -> ByHand:
    """A ByHand from its JSON, which may come from anybody. UserError for one that can't be."""
    if not isinstance(sent, Mapping):
        raise UserError("The corrections of the beats are damaged.")
    taps, meter, nudge = sent.get("taps", []), sent.get("meter"), sent.get("nudge_ms", 0)
    scale, one = sent.get("tempo_scale", "1"), sent.get("one")
    whole = all(isinstance(n, int) and not isinstance(n, bool) and abs(n) < 2**31
                for n in (nudge, 2 if meter is None else meter))
    timed = isinstance(taps, list) and all(isinstance(t, int | float) and not isinstance(t, bool)
                                           and abs(t) < 1e6 for t in taps[:MOST_TAPS + 1])
    counted = isinstance(scale, str) and (one is None or isinstance(one, str))
    at = fraction_from(one) if counted and one is not None else None
    if not (whole and timed and counted) or (one is not None and at is None):
        raise UserError("The corrections of the beats are damaged: one of their numbers is none.")
    return ByHand(str(sent.get("source", FOUND)), tuple(taps), scale_from(scale), at, meter, nudge)


def _grid(at: Fraction, step: Fraction, beats: int) -> tuple[np.ndarray, np.ndarray]:
    """Counts (N,) of the grid's beats in the base's beats, and their numbers, 0 at the anchor."""
    beyond = min(step, Fraction(1)) / 2
    first = math.ceil((-beyond - at) / step)
    last = math.floor((beats - 1 + beyond - at) / step)
    number = np.arange(first, last + 1)
    return np.array([float(at + int(n) * step) for n in number]), number


def _times(beats: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Seconds of counts, the inverse of `Beats.phase`; a whole count is its beat to the bit."""
    times = np.interp(count, np.arange(len(beats)), beats)
    times = np.where(count < 0, beats[0] + count * (beats[1] - beats[0]), times)
    over = count - (len(beats) - 1)
    return np.where(over > 0, beats[-1] + over * (beats[-1] - beats[-2]), times)


def _mixed(number: Fraction) -> str:
    """3, 3½, 13/6."""
    whole, rest = divmod(number, 1)
    if not rest:
        return str(whole)
    mark = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾"}.get(rest)
    return f"{whole or ''}{mark}" if mark and whole >= 0 else str(number)
