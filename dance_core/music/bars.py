"""Bars over given beats: the likeliest way through bars of 2 to 7 beats, and how many they have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.music.bar_length import metre_looks
from dance_core.music.beat_inputs import NET_FPS, TIMBRE
from dance_core.music.beat_net import METRES, Heard
from dance_core.music.beats import Beats
from dance_core.music.fitted import Learned
from dance_core.music.grid_net import GridHeard
from dance_core.music.grids import NEAR

DOWN_BIAS = 0.2  # the network learned that most beats are none; where nothing is fitted this makes up for it
LEAST, MOST = -4.0, 4.0  # log odds of a downbeat
AUDIBLE = 0.3  # in the log units of the spectra: a song begins with the first row that reaches it
SLIP = 9.0  # cost of a bar that breaks off or begins anew


@dataclass(frozen=True, eq=False)
class Bars:
    """Beats and bars.

    Attributes:
        times: (B,) s. positions: (B,) place in the bar, 1 = downbeat. metre: beats a bar.
        chances: (6,) log chance of each of `METRES`. looks: (6, F) what they come from, see `metre_looks`.
        down: (B,) log odds that each beat is a downbeat.
    """

    times: np.ndarray
    positions: np.ndarray
    metre: int
    chances: np.ndarray
    looks: np.ndarray
    down: np.ndarray


def bars_over(heard: Heard, times: np.ndarray, on_grid: GridHeard | None = None,
              learned: Learned | None = None, pulse: Beats | None = None) -> Bars:
    """The likeliest bars over beats (B,), at least two, in s.

    on_grid: what the second network says of them. pulse: what is made of the song without networks. Without
    fitted models the bars are those that fit the first network's downbeats best.
    """
    if on_grid is None or learned is None or pulse is None:
        down, on = down_odds(heard, times), np.zeros((0, len(METRES)))
    else:
        down = np.clip(learned.down.odds(down_numbers(heard, times, on_grid, pulse)), LEAST, MOST)
        on = on_grid.metre
    paths = [_best_bars(down, metre) for metre in METRES]
    fits = np.array([score for _, score in paths]) / len(times)
    looks = metre_looks(heard, times, fits, on)
    chances = fits - np.logaddexp.reduce(fits) if learned is None else learned.metre.log_chances(looks)
    best = int(chances.argmax())
    return Bars(times, paths[best][0] + 1, METRES[best], chances, looks, down)


def down_numbers(heard: Heard, times: np.ndarray, on_grid: GridHeard, pulse: Beats) -> np.ndarray:
    """(B, 4) what both networks say of each beat being a downbeat, whether the pulse has one there, and
    whether it is the first beat that sounds."""
    first = pulse.downbeats
    there = np.abs(times[:, None] - first).min(axis=1) < NEAR if len(first) else np.zeros(len(times))
    sounding = np.flatnonzero(heard.inputs[:, TIMBRE].max(axis=1) > AUDIBLE)
    opening = np.zeros(len(times))
    if len(sounding):
        opening[min(int(np.searchsorted(times, sounding[0] / NET_FPS - NEAR)), len(times) - 1)] = 1.0
    return np.column_stack([down_odds(heard, times), on_grid.down, there, opening])


def down_odds(heard: Heard, times: np.ndarray) -> np.ndarray:
    """(B,) the first network's log odds that each beat is a downbeat, given that it is a beat."""
    row = np.clip(
        np.round(times * NET_FPS - 0.25).astype(int)[:, None] + np.arange(-2, 3), 0, len(heard.beat) - 1
    )
    beat, down = heard.beat[row].max(axis=1), heard.downbeat[row].max(axis=1)
    share = np.clip((down + 0.02) / (np.maximum(beat, down) + 0.08), 0.01, 0.99)
    return np.clip(np.log(share / (1 - share)) + DOWN_BIAS, LEAST, MOST)


def _best_bars(down: np.ndarray, metre: int) -> tuple[np.ndarray, float]:
    """(B,) places from 0 of the best path through bars of so many beats; its score."""
    place = np.arange(metre)
    score, back = np.where(place == 0, down[0], 0.0), []
    for gain in down[1:]:
        top = int(score.argmax())
        stays = np.roll(score, 1)  # one place on
        slips = score[top] - SLIP > stays
        back.append(np.where(slips, top, (place - 1) % metre))
        score = np.where(slips, score[top] - SLIP, stays)
        score[0] += gain
    path = [int(score.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1]), float(score.max())
