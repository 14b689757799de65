"""The tracker's chances, fitted: how often songs of such numbers are right."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from dance_core.music.bar_length import FAR, MetreModel
from dance_core.music.beat_net import METRES
from dance_core.music.sureness import Curve

RIGHT = 0.75  # AMLt from which the beats of a song count as right
STRENGTH = 1.0  # of the pull of weights to zero
METRE_PULL = 3.0  # the same in the choice of the metre


def fitted(numbers: np.ndarray, right: np.ndarray) -> Curve:
    """A logistic curve over numbers (N, F) for the chance of right (N,), 0 to 1.

    Newton's steps, with a ridge on the weights, to targets never quite 0 or 1 (Platt 1999), so that it
    ends where all are right, too. Of no songs the chance is even.
    """
    if not len(numbers):
        return Curve(0.0, (0.0,) * numbers.shape[1], (0.0,) * numbers.shape[1], (1.0,) * numbers.shape[1])
    good = right.sum()
    target = np.where(right > 0.5, (good + 1.0) / (good + 2.0), 1.0 / (len(right) - good + 2.0))
    mean, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    x = np.column_stack([np.ones(len(numbers)), np.clip((numbers - mean) / spread, -4.0, 4.0)])
    pull = STRENGTH * np.eye(x.shape[1])
    pull[0, 0] = 1e-6
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - target) + pull @ w
        bend = (x * (p * (1 - p))[:, None]).T @ x + pull
        w -= np.linalg.solve(bend, slope)
    return Curve(float(w[0]), tuple(w[1:].tolist()), tuple(mean.tolist()), tuple(spread.tolist()))


def fitted_metre(columns: np.ndarray, metre: np.ndarray) -> MetreModel:
    """The choice of the metre of columns (N, 68) and what is right (N,), beats a bar: a softmax with a ridge.

    Songs of rare metres count more, by the root of how rare they are.
    """
    mean, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-3
    x = np.clip((columns - mean) / spread, -FAR, FAR)
    right = (metre[:, None] == np.array(METRES)).astype(float)
    share = (right.mean(axis=0) + 1.0 / len(metre)) ** -0.5
    weight = right @ share
    weight = (weight / weight.mean())[:, None]

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(len(METRES), -1)
        score = x @ w[:, 1:].T + w[:, 0]
        log = score - np.logaddexp.reduce(score, axis=1, keepdims=True)
        wrong = weight * (np.exp(log) - right)
        slope = np.column_stack([wrong.sum(axis=0), wrong.T @ x + METRE_PULL * w[:, 1:]])
        return -(weight * right * log).sum() + 0.5 * METRE_PULL * (w[:, 1:] ** 2).sum(), slope.ravel()

    w = minimize(cost, np.zeros(len(METRES) * (1 + x.shape[1])), jac=True, method="L-BFGS-B").x
    w = w.reshape(len(METRES), -1)
    return MetreModel(tuple(w[:, 0].tolist()), tuple(map(tuple, w[:, 1:].tolist())), tuple(mean.tolist()),
                      tuple(spread.tolist()))


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
