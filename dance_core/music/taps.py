"""Beats from taps: somebody taps along for some seconds, and the whole song gets its beats.

    taps → counted, doubles and misses mended → drawn to a smooth line → moved onto the onsets near it
         → the tracked beats at another tempo or phase, where they keep time with the taps;
           else a path over the onset curve at the tapped pace
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import scipy.linalg

from dance_core.errors import UserError
from dance_core.music.beats import BEATS_PER_BAR, Beats
from dance_core.music.byhand import TEMPI, ByHand, corrected
from dance_core.music.paths import bending

FEWEST = 4  # taps
FPS = 100  # frames a second of the onset curve
DOUBLE = 0.4  # share of a beat within which a second tap is a slip of the finger
STIFFNESS = 30.0  # of the line through the taps: evens them out over about two bars
OUTLIER = 3.0  # spreads from the line at which a tap counts for nothing
STEADY = 0.02  # s; nobody taps better than this
NEAR = 0.08  # s that all beats together may move to meet the onsets: people tap early, screens are late
SAME_PACE = 0.06  # log ratio of tempi that are taken for the same
APART = 0.07  # s, median, by which taps may miss the tracked beats that they agree with
ON_GRID = 0.06  # s within which tapped beats are taken for the tracked ones, or those half-way or at thirds
STEPS = tuple(Fraction(*ratio) for ratio in
              ((1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (1, 1), (4, 3), (3, 2), (2, 1), (3, 1), (4, 1)))
EDGE = 0.03  # s around the song's first moment that are this moment
TIGHT = 100.0  # cost of an interval's squared log ratio to the tapped one, in units of onset strength
PIN = 12.0  # what a beat at its tap is worth
CATCH = 0.045  # s around a beat in which its onset is looked for


def beats_from_taps(taps: Sequence[float], duration: float, found: Beats | None = None,
                    strength: np.ndarray | None = None, per_bar: int | None = None) -> Beats:
    """The beats of a whole song from taps along some of it.

    Period and phase are robust: a tap too many, some missing and a hand that swings cost nothing, and a tempo
    that changes while it is tapped is followed. All beats are moved together by up to 80 ms where that puts
    them on onsets. Beyond the taps they go on as the tracked beats do, at any simple ratio to them (half,
    double, two thirds, off-beat …), or, where those are at another pace, as the onsets do. The first tap is
    "one", and bars are counted evenly from it.

    Args:
        taps: (N,) seconds, in any order; at least 4 of them in the song.
        duration: of the song, seconds.
        found: the tracked beats.
        strength: (T,) onset strength, 100 a second, about zero mean and unit deviation; None: beats go on
            at the pace of the taps.
        per_bar: 2 to 7; None: as found, or 4.

    Raises:
        UserError: too few taps, or at a pace of less than 20 or more than 400 a minute.
    """
    line = _line(np.sort(np.asarray([t for t in taps if 0.0 <= t <= duration], np.float64)))
    per_bar = per_bar or (found.beats_per_bar if found is not None else 4)
    if not BEATS_PER_BAR[0] <= per_bar <= BEATS_PER_BAR[1]:
        raise UserError(f"A bar has {BEATS_PER_BAR[0]} to {BEATS_PER_BAR[1]} beats, not {per_bar}.")
    if found is not None and (tracked := _as_tracked(line, found, strength, duration, per_bar)) is not None:
        return tracked
    if strength is not None:
        line = line + _to_onsets(line, strength)
        times = _drawn(_path(line, strength), strength)
    else:
        times = _run_on(line, duration)
    times = np.where(np.abs(times) < EDGE, 0.0, times)
    times = times[(times >= 0.0) & (times <= duration)]
    one = int(np.abs(times - line[0]).argmin())
    position = (np.arange(len(times)) - one) % per_bar + 1
    return Beats(times, position, 60.0 / float(np.median(np.diff(times))), 1.0, per_bar)


def _line(taps: np.ndarray) -> np.ndarray:
    """(K,) seconds of the beats that were tapped, those that were missed among them, evened out."""
    if len(taps) < FEWEST:
        raise UserError(f"{len(taps)} taps in the song are too few: at least {FEWEST} are needed.")
    gaps = np.diff(taps)
    period = float(np.median(gaps[gaps > 0.05])) if (gaps > 0.05).any() else 0.0
    if not 60.0 / TEMPI[1] <= period <= 60.0 / TEMPI[0]:
        pace = f"{60.0 / period:.0f} times a minute" if period else "all at once"
        raise UserError(f"The taps come {pace}, but beats come from {TEMPI[0]:g} to {TEMPI[1]:g} times a "
                        "minute.")
    count, kept = [0], [taps[0]]
    for tap in taps[1:]:
        gap = tap - kept[-1]
        if gap < DOUBLE * period:
            continue
        count.append(count[-1] + max(1, round(gap / period)))
        kept.append(tap)
        if count[-1] - count[-2] == 1:
            period += 0.2 * (gap - period)  # a pace that changes is followed
    if len(kept) < FEWEST:
        raise UserError(f"{len(kept)} taps that are not doubled are too few: at least {FEWEST} are needed.")
    at, where = np.array(count), np.array(kept)
    number = np.arange(at[-1] + 1, dtype=np.float64)
    target, weight = np.interp(number, at, where), np.zeros(len(number))
    weight[at] = 1.0
    line = _smooth(target, weight, STIFFNESS)
    for _ in range(4):
        off = np.abs(line[at] - where)
        spread = max(STEADY, 1.48 * float(np.median(off)))
        weight[at] = np.maximum(0.0, 1.0 - (off / (OUTLIER * spread)) ** 2) ** 2  # Tukey's biweight
        line = _smooth(target, weight, STIFFNESS)
    return line


def _smooth(target: np.ndarray, weight: np.ndarray, stiffness: float) -> np.ndarray:
    """Minimises sum w (b - target)^2 + stiffness * sum (second difference of b)^2 (Whittaker)."""
    bands = bending(len(target), stiffness)
    bands[2] += weight + 1e-4
    return scipy.linalg.solveh_banded(bands, (weight + 1e-4) * target)


def _as_tracked(line: np.ndarray, found: Beats, strength: np.ndarray | None, duration: float,
                per_bar: int) -> Beats | None:
    """The tracked beats at the tempo and phase of the taps; None where they don't keep time with them."""
    if len(found.times) < FEWEST:
        return None
    count = found.phase(line)
    pace = float(np.median(np.diff(count)))
    if pace <= 0:
        return None
    step = min(STEPS, key=lambda s: abs(np.log(pace / float(s))))
    if abs(np.log(pace / float(step))) > SAME_PACE:
        return None
    second = float(np.median(np.diff(line))) / float(step)  # of one tracked beat, here
    offset = count - float(step) * np.arange(len(line))
    middle = float(np.median(offset))
    if float(np.median(np.abs(offset - middle))) * second > APART or np.ptp(offset) > float(step):
        return None
    near = Fraction(round(middle * 2), 2)
    third = Fraction(round(middle * 3), 3)
    near = min(near, third, key=lambda f: abs(float(f) - middle) + (0.02 if f == third != near else 0.0))
    if abs(float(near) - middle) * second > ON_GRID:
        move = 0.0 if strength is None else _to_onsets(line, strength)
        near = Fraction(round((middle + move / second) * 48), 48)
    return corrected(found, ByHand(tempo_scale=1 / step, one=near + 1, meter=per_bar), duration)


def _to_onsets(line: np.ndarray, strength: np.ndarray) -> float:
    """Seconds by which all beats together meet the onsets best; 0 where nothing is near."""
    moves = np.arange(-NEAR, NEAR + 1e-9, 0.005)
    curve = np.minimum(strength, 4.0)
    frames = np.arange(len(curve)) / FPS
    met = np.array([np.interp(line + m, frames, curve).mean() for m in moves])
    best = int((met - 0.3 * (moves / NEAR) ** 2).argmax())
    return float(moves[best]) if met[best] > 0.5 else 0.0


def _path(line: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """(B,) seconds of beats from end to end of the onset curve, through those of the line.

    The best sum of onsets met less the cost of uneven intervals, by dynamic programming: D. Ellis, "Beat
    tracking by dynamic programming", 2007; the tapped beats are rewarded so that no path leaves them out.
    """
    gain = np.clip(strength, -1.0, 4.0)
    frames = np.arange(len(gain))
    gain[(frames > FPS * line[0] - 2) & (frames < FPS * line[-1] + 2)] *= 0.25
    for beat in line:
        around = frames[max(0, round(FPS * beat) - 8):max(0, round(FPS * beat) + 9)]
        gain[around] += PIN * np.exp(-0.5 * ((around / FPS - beat) / 0.02) ** 2)
    period = FPS * float(np.median(np.diff(line)))
    lags = np.arange(max(2, int(0.75 * period)), int(1.34 * period) + 2)
    cost = TIGHT * np.log(lags / period) ** 2
    score, back = gain.copy(), np.full(len(gain), -1)
    for a in range(int(lags[0]), len(gain), int(lags[0])):  # a block never depends on itself
        t = np.arange(a, min(len(gain), a + int(lags[0])))
        source = t[:, None] - lags
        options = np.where(source >= 0, score[np.maximum(source, 0)], -np.inf) - cost
        best = options.argmax(axis=1)
        value = options[np.arange(len(t)), best]
        goes_on = value > 0.0
        score[t] += np.where(goes_on, value, 0.0)
        back[t] = np.where(goes_on, t - lags[best], -1)
    tail = max(0, len(gain) - int(period))
    at = tail + int(score[tail:].argmax())
    path = []
    while at >= 0:
        path.append(at)
        at = int(back[at])
    return _run_on(np.array(path[::-1]) / FPS, (len(gain) - 1) / FPS)


def _drawn(times: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """The beats drawn to the onsets between frames, and made even where there are none."""
    if len(times) < 3:
        return times
    reach = round(CATCH * FPS)
    at = np.clip(np.round(times * FPS).astype(int)[:, None] + np.arange(-reach, reach + 1), 1,
                 len(strength) - 2)
    peak = at[np.arange(len(times)), strength[at].argmax(axis=1)]
    left, middle, right = strength[peak - 1], strength[peak], strength[peak + 1]
    bend = np.minimum(left - 2.0 * middle + right, -1e-9)
    onset = (peak + np.clip(0.5 * (left - right) / bend, -0.5, 0.5)) / FPS
    heard = (middle >= left) & (middle >= right) & (middle > 0)
    weight = np.where(heard, np.clip(middle, 0.0, 3.0), 0.0)
    even = _smooth(np.where(heard, onset, times), weight + 0.05, 4.0)
    return even if (np.diff(even) > 0).all() else times


def _run_on(times: np.ndarray, duration: float) -> np.ndarray:
    """The same beats, run on at their first and last pace to both ends of the song."""
    first, last = float(np.median(np.diff(times[:5]))), float(np.median(np.diff(times[-5:])))
    before = np.arange(times[0] - first, 0.0, -first)[::-1]
    after = np.arange(times[-1] + last, duration, last)
    return np.concatenate([before, times, after])
