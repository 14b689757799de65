"""Confidence about other raters *and* other dances: least squares with two ways of clustering.

Answers of one rater are alike, and so are answers about one stretch of music, because the same dances are
judged. What holds "when a dance has such a fault" speaks of dances that nobody saw too, so both are
resampled: every resample draws raters and, apart from them, stretches of music, and an answer counts as often
as both were drawn (Owen & Eckles 2012, Ann. Appl. Stat. 6:895–927). What is resampled is *t* (see
`intervals`), its standard error that of Cameron, Gelbach & Miller (2011, J. Bus. Econ. Stat. 29:238–249),
V_raters + V_music − V_both, and never below either of the first two.

How well that covers is measured by tests/study/analysis/simulate_faults.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dance_core.study.analysis.estimates import Estimate, Sure
from dance_core.study.analysis.intervals import (
    ALONE,
    NO_SPREAD,
    Floats,
    draw,
    exact_p,
    exact_share,
    studentised,
)

FEWEST_SONGS = 3  # with two, nothing says how much dances differ
_CHUNK = 250  # resamples at a time, for memory's sake


def two_ways(z: Floats, y: Floats, raters: Sequence[str], songs: Sequence[str], sure: Sure, *,
             about: float = 0.0, share: bool = False, told: NDArray[np.bool_] | None = None) -> Estimate:
    """The first coefficient of y ≈ z · b by least squares, with its interval.

    Args:
        z: (N, P) what the answers are explained by. With a column of ones alone, b is the mean of y.
        y: (N,) answers.
        raters, songs: N names each: whose answer, and about the dances of which stretch of music.
        about: what the p-value asks: whether the coefficient is this.
        share: y are shares: the interval stays within 0 and 1, and where all answers are alike it is that
            of as many coins as there are raters or songs, whichever are fewer.
        told: (N,) the answers that the coefficient rests on; by default those whose first column is not 0.
            As many raters and songs as they come from are what the interval is made of.
    """
    z, y = np.asarray(z, float), np.asarray(y, float)
    if not len(y) or not np.abs(_partial(z)).any():
        return Estimate(np.nan, why="nothing tells it from what else answers go by")
    told = z[:, 0] != 0 if told is None else told
    r, m = (len({n for n, t in zip(names, told, strict=True) if t}) for names in (raters, songs))
    cells = _Cells.of(z, y, raters, songs)
    value, se = cells.estimate(np.ones((1, cells.raters)), np.ones((1, cells.songs)))
    if r < 2:
        return Estimate(float(value[0]), why=ALONE)
    if m < FEWEST_SONGS:
        return Estimate(float(value[0]), why=f"the dances of {m} stretch{'es' if m > 1 else ''} of music say "
                                             "too little about other dances")
    if not np.isfinite(se[0]) or se[0] <= NO_SPREAD:
        if not share:
            return Estimate(float(value[0]), why="all answers are alike")
        low, high = exact_share(float(value[0]), min(r, m), sure.level)
        return Estimate(float(value[0]), low, high, 0.0, exact_p(float(value[0]), min(r, m), about))
    values, errors = (np.empty((sure.resamples, 1)) for _ in range(2))
    drawn = draw(cells.raters, sure.resamples, sure.seed), draw(cells.songs, sure.resamples, sure.seed + 1)
    for first in range(0, sure.resamples, _CHUNK):
        part = slice(first, first + _CHUNK)
        values[part, 0], errors[part, 0] = cells.estimate(drawn[0][part], drawn[1][part])
    found = studentised(value, se, values, errors, np.array([min(r, m) - 1.0]), level=sure.level, about=about)
    made = Estimate.all(found, [min(r, m)])[0]
    if not share or not made.known:
        return made
    return Estimate(made.value, max(made.low, 0.0), min(made.high, 1.0), made.se, made.p)


def _partial(z: Floats) -> Floats:
    """(N,) what the other columns leave of the first one; rounding is 0."""
    first, rest = z[:, 0], z[:, 1:]
    if not rest.shape[1]:
        return first
    left = first - rest @ np.linalg.lstsq(rest, first, rcond=None)[0]
    return np.where(np.abs(left) < 1e-9 * max(1.0, float(np.abs(first).max(initial=0.0))), 0.0, left)


class _Cells:
    """Sums of answers by rater and music, and the estimate under weights of both."""

    def __init__(self, a: Floats, c: Floats, rater: NDArray[np.int64], song: NDArray[np.int64]) -> None:
        self.a, self.c = a, c  # (K, P, P), (K, P)
        self.rater, self.song = rater, song  # (K,), sorted by rater; every number is there
        self.raters, self.songs = int(rater.max()) + 1, int(song.max()) + 1
        self._by_song = np.argsort(song, kind="stable")
        self._first = [np.searchsorted(rater, np.arange(self.raters)),
                       np.searchsorted(song[self._by_song], np.arange(self.songs))]

    @classmethod
    def of(cls, z: Floats, y: Floats, raters: Sequence[str], songs: Sequence[str]) -> _Cells:
        rater = np.unique(np.asarray(raters), return_inverse=True)[1]
        song = np.unique(np.asarray(songs), return_inverse=True)[1]
        pairs, cell = np.unique(np.stack([rater, song], 1), axis=0, return_inverse=True)
        cell, k, p = cell.reshape(-1), len(pairs), z.shape[1]
        a, c = np.zeros((k, p, p)), np.zeros((k, p))
        np.add.at(a, cell, z[:, :, None] * z[:, None, :])
        np.add.at(c, cell, z * y[:, None])
        return cls(a, c, pairs[:, 0], pairs[:, 1])

    def estimate(self, by_rater: Floats, by_song: Floats) -> tuple[Floats, Floats]:
        """(B,) first coefficients and their standard errors, of weights (B, R) and (B, M).

        NaN where a resample does not hold enough to tell.
        """
        p, k = self.c.shape[1], len(self.c)
        wr, wm = by_rater[:, self.rater], by_song[:, self.song]  # (B, K)
        w = wr * wm
        total = (w @ self.a.reshape(k, p * p)).reshape(-1, p, p)
        inverse = np.linalg.pinv(total, rcond=1e-9, hermitian=True)
        b = np.einsum("bpq,bq->bp", inverse, w @ self.c)
        g = inverse[:, 0]  # (B, P): how the first coefficient hangs on the sums
        # e (B, K): what each cell pulls at the coefficient
        outer = (g[:, :, None] * b[:, None, :]).reshape(-1, p * p)
        e = g @ self.c.T - outer @ self.a.reshape(k, p * p).T
        # (B, R) and (B, M): whoever is drawn twice counts as two
        from_rater = np.add.reduceat(wm * e, self._first[0], axis=1) ** 2
        from_song = np.add.reduceat((wr * e)[:, self._by_song], self._first[1], axis=1) ** 2
        r, m = self.raters, self.songs
        v_r = (by_rater * from_rater).sum(1) * r / max(r - 1, 1)
        v_m = (by_song * from_song).sum(1) * m / max(m - 1, 1)
        v_both = (w * e**2).sum(1)
        v = np.maximum(np.maximum(v_r, v_m), v_r + v_m - v_both)
        # the first column must be told from the others in this resample too
        clear = np.abs(np.einsum("bp,bp->b", g, total[:, :, 0]) - 1) < 1e-6
        return np.where(clear, b[:, 0], np.nan), np.where(clear, np.sqrt(v), np.nan)
