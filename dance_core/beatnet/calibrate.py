"""The tracker's chances, fitted: how often songs of such numbers are right."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from dance_core.music.fitted import FAR, Chooser, Curve, scaled_looks

RIGHT = 0.75  # AMLt from which the beats of a song count as right
STRENGTH = 1.0  # of the pull of weights to zero
CHOICE_PULL = 2.0  # the same in a choice


def fitted(numbers: np.ndarray, right: np.ndarray, doubt: float = 1.0) -> Curve:
    """A logistic curve over numbers (N, F) for the chance of right (N,), 0 to 1; wrong ones count `doubt`.

    Newton's steps, with a ridge on the weights, to targets never quite 0 or 1 (Platt 1999), so that it
    ends where all are right, too. Of no songs the chance is even.
    """
    if not len(numbers):
        return Curve(0.0, (0.0,) * numbers.shape[1], (0.0,) * numbers.shape[1], (1.0,) * numbers.shape[1])
    good = right.sum()
    target = np.where(right > 0.5, (good + 1.0) / (good + 2.0), 1.0 / (len(right) - good + 2.0))
    mean, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    x = np.column_stack([np.ones(len(numbers)), np.clip((numbers - mean) / spread, -FAR, FAR)])
    pull = STRENGTH * np.eye(x.shape[1])
    pull[0, 0] = 1e-6
    w, much = np.zeros(x.shape[1]), np.where(right > 0.5, 1.0, doubt)
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (much * (p - target)) + pull @ w
        bend = (x * (much * p * (1 - p))[:, None]).T @ x + pull
        w -= np.linalg.solve(bend, slope)
    return Curve(float(w[0]), tuple(w[1:].tolist()), tuple(mean.tolist()), tuple(spread.tolist()))


def fitted_chooser(cases: list[tuple[np.ndarray, np.ndarray]], weights: list[float] | None = None,
                   pull: float = CHOICE_PULL) -> Chooser:
    """A choice from cases: looks (G, F) of several, and which of them are right (G,), one at least.
    weights: what each case counts, else all the same.

    A softmax (McFadden's conditional logit) with a ridge on the weights; where several are right it does not
    matter which of them is chosen.
    """
    width = cases[0][0].shape[1]
    away = np.concatenate([looks - looks.mean(axis=0) for looks, _ in cases])
    spread = np.maximum(away.std(axis=0), 1e-3)
    xs = [scaled_looks(looks, spread) for looks, _ in cases]

    def cost(w: np.ndarray) -> tuple[float, np.ndarray]:
        loss, slope = 0.5 * pull * float(w @ w), pull * w
        for x, (_, right), much in zip(xs, cases, weights or [1.0] * len(cases), strict=True):
            score = x @ w
            good = score[right]
            every, of_good = np.logaddexp.reduce(score), np.logaddexp.reduce(good)
            loss += much * (every - of_good)
            slope = slope + much * (np.exp(score - every) @ x - np.exp(good - of_good) @ x[right])
        return loss, slope

    w = minimize(cost, np.zeros(width), jac=True, method="L-BFGS-B").x
    return Chooser(tuple(w.tolist()), tuple(spread.tolist()))


def reliability(
    chance: np.ndarray, right: np.ndarray, bins: int = 5
) -> list[tuple[float, float, int, float, float]]:
    """Rows of a reliability diagram: from, to, songs, their mean chance, their share that was right."""
    rows = []
    for k in range(bins):
        low, high = k / bins, (k + 1) / bins
        inside = (chance >= low) & ((chance < high) | (k == bins - 1))
        if inside.any():
            rows.append(
                (low, high, int(inside.sum()), float(chance[inside].mean()), float(right[inside].mean()))
            )
    return rows
