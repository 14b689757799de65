"""Fits the small models beside the networks on held-out pieces that both have heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dance_core.beatnet.calibrate import RIGHT, fitted, fitted_chooser
from dance_core.beatnet.judge import Judged, Tried, judged
from dance_core.beatnet.scores import f_measure
from dance_core.music.bars import bars_over, down_numbers
from dance_core.music.beat_net import METRES
from dance_core.music.choice import LOOKS
from dance_core.music.fitted import Chooser, Curve, Learned
from dance_core.music.sureness import METRE_NUMBERS, NUMBERS

GOOD, PASSABLE = 0.9, 0.7  # F of a grid from which it is right; of the best one from which it will do
FOLDS = 4
DOUBT = 3.0  # songs that people bring are harder than written pieces: in these, wrong ones count three times
NEAR = 0.07  # s
# Kinds of pieces in which, where no bars are known, nothing tells them: four is right there.
ALIKE = ("clicks", "loop")
# Two beats and four are often both right. People count songs in four, but for jigs and 6/8: of the pieces in
# two straight beats there are more here than among songs, so each counts less.
RARE, IN_THREES = 0.5, ("compound", "jig")


def fitted_models(held: Sequence[Tried], beatless: Sequence[Tried]) -> Learned:
    """All of them. The chances are fitted on choices that were made without the piece in question (in four
    folds), so that they are true of songs that nothing was fitted on."""
    learned = choices(held)
    rows: list[Judged] = []
    for k in range(FOLDS):
        apart = [p for i, p in enumerate(held) if i % FOLDS != k]
        other = choices(apart) if len(held) >= 8 * FOLDS else learned
        rows += [judged(p, other) for i, p in enumerate(held) if i % FOLDS == k]
    return with_chances(learned, rows + [judged(p, learned) for p in beatless])


def choices(held: Sequence[Tried]) -> Learned:
    """The choices of grid and metre and the odds of downbeats; chances that know nothing."""
    cases = [case for case in map(_grids, held) if case is not None]
    grid = fitted_chooser([(looks, right) for looks, right, _ in cases]) if cases else \
        Chooser((1.0,) + (0.0,) * (len(LOOKS) - 1), (1.0,) * len(LOOKS))
    on_right = [(piece, case[2]) for piece in held for case in [_grids(piece)] if case is not None]
    down = _down([(piece, best) for piece, best in on_right if piece.truth.metre])
    learned = Learned(grid, Chooser((), ()), down, _even(len(NUMBERS)), _even(len(METRE_NUMBERS)))
    bars, counts = [], []
    for piece, best in on_right:
        metre = piece.truth.metre or (4 if piece.truth.kind in ALIKE else 0)
        if not metre:
            continue
        entry = piece.found.looked[best]
        blank = replace(learned, metre=_blank_metre())
        looks = bars_over(piece.found.heard, entry.grid.times, entry.heard, blank, piece.found.pulse).looks
        bars.append((looks, np.array(METRES) == metre))
        counts.append(RARE if metre == 2 and piece.truth.kind not in IN_THREES else 1.0)
    return replace(learned, metre=fitted_chooser(bars, counts) if bars else _blank_metre())


def _even(numbers: int) -> Curve:
    """An even chance whatever the numbers."""
    return Curve(0.0, (0.0,) * numbers, (0.0,) * numbers, (1.0,) * numbers)


def _blank_metre() -> Chooser:
    """By the fit of the downbeats alone."""
    return Chooser((0.0,) * 11 + (1.0,) + (0.0,) * 9, (1.0,) * 21)


def with_chances(learned: Learned, rows: Sequence[Judged]) -> Learned:
    """`confidence` and `metre_confidence`, of pieces that nothing else was fitted on."""
    right = np.array([float(r.aml >= RIGHT) for r in rows])
    barred = [r for r in rows if r.metre and r.aml >= RIGHT]
    of_bars = np.array([r.metre_numbers for r in barred]).reshape(-1, len(METRE_NUMBERS))
    return replace(
        learned,
        confidence=fitted(np.array([r.numbers for r in rows]).reshape(-1, len(NUMBERS)), right, DOUBT),
        metre_confidence=fitted(of_bars, np.array([float(r.bars_right) for r in barred])))


def _grids(piece: Tried) -> tuple[np.ndarray, np.ndarray, int] | None:
    """Looks (G, F) of a piece's grids, which are right (G,), and the best; None where none will do."""
    if not len(piece.truth.beats):
        return None
    f = np.array([f_measure(piece.truth.beats, entry.grid.times) for entry in piece.found.looked])
    best = int(f.argmax())
    if f[best] < PASSABLE:
        return None
    return piece.found.looks, f >= min(GOOD, f[best]), best


def _down(on_right: Sequence[tuple[Tried, int]]) -> Curve:
    """Odds of a downbeat of what both networks say, on the beats of right grids."""
    numbers, truth = [], []
    for piece, best in on_right:
        entry = piece.found.looked[best]
        numbers.append(down_numbers(piece.found.heard, entry.grid.times, entry.heard, piece.found.pulse))
        away = np.abs(entry.grid.times[:, None] - piece.truth.downbeats).min(axis=1)
        truth.append((away <= NEAR).astype(float))
    if not numbers:
        return Curve(0.0, (1.0, 0.0, 0.0, 0.0), (0.0,) * 4, (1.0,) * 4)
    return fitted(np.concatenate(numbers), np.concatenate(truth))
