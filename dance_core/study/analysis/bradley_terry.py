"""Strengths of systems from paired comparisons, with ties, strength of preference and a bias to one side.

The model. System i stands left, j right, η = θ_i − θ_j + β, and an answer of category k has

    P(k) ∝ exp(score_k · η + κ_k)

- *decided*: scores ½ (left better), −½ (right better). Bradley & Terry 1952; P(left) = σ(η).
- *ties*: the same and "no difference" with score 0 and a free κ. Davidson 1970 (JASA 65:317–328); β is the
  order effect of Davidson & Beaver 1977 (Biometrics 33:693–702). Davidson's ties were chosen over those of
  Rao & Kupper 1967 because they keep the likelihood an exponential family: concave, with counts as
  sufficient statistics, so that thousands of resamples are refitted at once by Newton's method.
- *ordinal*: answers −2…2 with scores 1, ½, 0, −½, −1 and free κ for the tie and for the strong answers: the
  adjacent-categories model of Agresti 1992 (Applied Statistics 41:287–297), of which *ties* is the case of
  three categories. θ keeps its meaning: the log-odds of "left better" against "right better".

Strengths add to zero. They are those of the raters as a whole (population-averaged), not of a typical rater.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Where the likelihood has no finite maximum (Ford 1957: a system that won, or lost, everything): a normal
# prior of standard deviation 1/√0.1 ≈ 3.2 on every parameter. Reported wherever it was used.
RIDGE = 0.1
_FAR = 12.0  # |log-odds| beyond this mean that the maximum lies at infinity
_STEPS = 40
_CLOSE = 1e-9  # Newton's last step
_FLAT = 1e-7  # a curvature below this: the answers say nothing about that direction


@dataclass(frozen=True)
class Answers:
    """Which answers a model tells apart.

    Attributes:
        name: decided, ties or ordinal.
        scores: (K,) of the categories, left better first.
        free: (K, F) which free κ belongs to a category (0 or 1).
        of: answer −2…2 → category; answers that are not named are left out.
    """

    name: str
    scores: tuple[float, ...]
    free: tuple[tuple[float, ...], ...]
    of: dict[int, int]


DECIDED = Answers("decided", (0.5, -0.5), ((), ()), {-2: 0, -1: 0, 1: 1, 2: 1})
TIES = Answers("ties", (0.5, 0.0, -0.5), ((0.0,), (1.0,), (0.0,)), {-2: 0, -1: 0, 0: 1, 1: 2, 2: 2})
ORDINAL = Answers("ordinal", (1.0, 0.5, 0.0, -0.5, -1.0),
                  ((0.0, 1.0), (0.0, 0.0), (1.0, 0.0), (0.0, 0.0), (0.0, 1.0)),
                  {-2: 0, -1: 1, 0: 2, 1: 3, 2: 4})


@dataclass(frozen=True)
class Comparisons:
    """Judgments of pairs as counts, by rater.

    Attributes:
        systems: n names.
        raters: R names.
        pairs: (P, 2) int: left system, right system, of every ordered pair that was shown.
        counts: (R, P, K) how often a rater gave an answer of a category to a pair.
        answers: the categories.
    """

    systems: tuple[str, ...]
    raters: tuple[str, ...]
    pairs: NDArray[np.int64]
    counts: Floats
    answers: Answers

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str, str, int]], answers: Answers = TIES,
           systems: Sequence[str] | None = None) -> "Comparisons":
        """Count (rater, left system, right system, answer −2…2). Raises ValueError for an unknown system.

        A pair of a system with itself says nothing about strengths (but something about sides): it stays in.
        """
        seen = {s for row in rows for s in row[1:3]}
        names = tuple(systems) if systems is not None else tuple(sorted(seen))
        place = {name: i for i, name in enumerate(names)}
        raters = tuple(sorted({row[0] for row in rows}))
        who = {name: i for i, name in enumerate(raters)}
        if unknown := sorted(seen - set(place)):
            raise ValueError(f"unknown system {unknown[0]!r}")
        kept = [(who[r], place[a], place[b], answers.of[y]) for r, a, b, y in rows if y in answers.of]
        pairs = sorted({(a, b) for _, a, b, _ in kept})
        at = {pair: i for i, pair in enumerate(pairs)}
        counts = np.zeros((len(raters), len(pairs), len(answers.scores)))
        for rater, a, b, k in kept:
            counts[rater, at[a, b], k] += 1
        return cls(names, raters, np.array(pairs, dtype=np.int64).reshape(-1, 2), counts, answers)

    @property
    def total(self) -> int:
        """How many judgments."""
        return int(self.counts.sum())

    @cached_property
    def connected(self) -> bool:
        """Whether comparisons lead from every system to every other one; without that there is no scale."""
        return connected(len(self.systems), self.pairs[self.counts.sum((0, 2)) > 0])

    @cached_property
    def seen(self) -> NDArray[np.int64]:
        """(n,) how many raters judged each system."""
        judged = self.counts.sum(2) > 0  # (R, P)
        n = len(self.systems)
        return np.array([judged[:, (self.pairs == i).any(1)].any(1).sum() for i in range(n)], dtype=np.int64)

    @cached_property
    def held(self) -> NDArray[np.bool_]:
        """(n, n) whether comparisons still lead from one system to the other when any one rater is left out.

        Where they don't, nothing says how much raters differ about the two.
        """
        joined = np.ones((len(self.systems),) * 2, dtype=bool)
        for pairs in self._less_one(len(self.raters) > 1):
            group = groups(len(self.systems), pairs)
            joined &= group[:, None] == group[None]
        return joined

    @cached_property
    def side_held(self) -> bool:
        """Whether a bias to one side can be told from the strengths, also when any one rater is left out.

        It can't where a system stood on one side only, for example.
        """
        n = len(self.systems)
        for pairs in self._less_one(len(self.raters) > 1):
            rows = np.hstack([np.eye(n)[pairs[:, 0]] - np.eye(n)[pairs[:, 1]], np.ones((len(pairs), 1))])
            free = n - len(np.unique(groups(n, pairs)))  # strengths that these pairs tell
            if not len(pairs) or np.linalg.matrix_rank(rows) <= free:
                return False
        return True

    def _less_one(self, less: bool) -> Iterator[NDArray[np.int64]]:
        """Ordered pairs that were judged: by all, then by all but one, for each who makes a difference."""
        by = self.counts.sum(2)  # (R, P)
        total = by.sum(0)
        yield self.pairs[total > 0]
        for own in by if less else ():
            if ((own > 0) & (own >= total)).any():
                yield self.pairs[total - own > 0]


def connected(n: int, pairs: NDArray[np.int64]) -> bool:
    """Whether the undirected graph of `pairs` (P, 2) joins all of the n systems."""
    return len(np.unique(groups(n, pairs))) == 1


def groups(n: int, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) a number for each system, the same for those that the undirected graph of `pairs` (P, 2) joins."""
    group = np.arange(n)
    for a, b in pairs:
        group[group == group[a]] = group[b]
    return group


@dataclass(frozen=True)
class Fits:
    """Maximum likelihood for B weightings of the raters at once.

    Attributes:
        params: (B, m): n − 1 coordinates of the strengths, then β where it is modelled, then the κ.
        se: (B, Q) standard errors of `values`, robust to any dependence within a rater; None if not wanted.
        values: (B, Q) what was asked for: see `Model.quantities`. NaN (as is its se) where the answers say
            nothing about it: of two systems that no comparison joins, for example.
        penalised: (B,) bool: the prior was needed.
    """

    params: Floats
    values: Floats
    se: Floats | None
    penalised: NDArray[np.bool_]


class Model:
    """The model of this page for one set of comparisons, ready to be fitted under many weightings.

    Args:
        data: the counts. Categories that nobody used are left out (their κ would be minus infinity).
        side: whether β is modelled.
        quantities: (Q, n) rows of coefficients of the strengths; by default the n strengths themselves and
            then all differences i − j with i < j. After those, always: β (if modelled), then the κ.
    """

    def __init__(self, data: Comparisons, side: bool = True, quantities: Floats | None = None) -> None:
        n = len(data.systems)
        self.data, self.n = data, n
        scores, free = np.array(data.answers.scores), np.array(data.answers.free, dtype=float)
        used = data.counts.sum((0, 1)) > 0
        kappas = [f for f in range(free.shape[1]) if used[free[:, f] > 0].any()]
        # A category without a κ of its own stays even if nobody used it: it still has a probability.
        stays = [k for k in range(len(scores)) if not free[k].any() or any(free[k, f] for f in kappas)]
        self.kappas = tuple(kappas)
        self.categories = tuple(stays)
        self.side = side
        basis = _sum_to_zero(n)  # (n, n − 1)
        rows = basis[data.pairs[:, 0]] - basis[data.pairs[:, 1]]  # (P, n − 1)
        if self.side:
            rows = np.hstack([rows, np.ones((len(rows), 1))])
        scored = scores[stays][None, :, None] * rows[:, None, :]
        marks = np.broadcast_to(free[stays][:, kappas], (len(rows), len(stays), len(kappas)))
        self.features: Floats = np.concatenate([scored, marks], axis=2)  # (P, K, m)
        self.size = self.features.shape[2]
        self.counts: Floats = data.counts[:, :, stays].reshape(len(data.raters), -1)  # (R, P·K)
        asked = strengths_and_differences(n) if quantities is None else quantities
        extra = self.size - (n - 1)
        self.map: Floats = np.block([[asked @ basis, np.zeros((len(asked), extra))],
                                     [np.zeros((extra, n - 1)), np.eye(extra)]])  # (Q, m)

    def fit(self, weights: Floats | None = None, errors: bool = True) -> Fits:
        """Fit for each row of weights (B, R): how often each rater counts; all of them once by default."""
        weights = np.ones((1, len(self.counts))) if weights is None else np.atleast_2d(weights)
        return self._chunks(weights, self.counts, errors)

    def estimate(self, weights: Floats) -> tuple[Floats, Floats]:
        """Values and standard errors (B, Q), as intervals.by_raters asks for them."""
        found = self.fit(weights)
        assert found.se is not None
        return found.values, found.se

    def fit_votes(self, resampled: Floats | None = None, errors: bool = True) -> Fits:
        """The same as if every vote came from a rater of its own: what a naive analysis does.

        Args:
            resampled: (B, P·K) counts of the cells; by default those of the data.
        """
        cells = self.counts.sum(0)
        weights = cells[None] if resampled is None else resampled
        return self._chunks(weights, np.eye(len(cells)), errors)

    def curvature(self, params: Floats) -> Floats:
        """(Q,) standard errors at `params` (m,) from likelihood and prior, as if votes were independent."""
        _, bend = self._derivatives(self.counts.sum(0)[None], params[None], RIDGE)
        return np.sqrt(np.einsum("qm,mn,qn->q", self.map, np.linalg.inv(bend[0]), self.map))

    # --- inside --------------------------------------------------------------------------------------

    def _chunks(self, weights: Floats, clusters: Floats, errors: bool) -> Fits:
        # A few MB at a time stay in the cache of one core.
        step = max(1, int(2e6 / max(1, max(len(clusters), clusters.shape[1]) * self.size)))
        parts = [self._fit(weights[i:i + step], clusters, errors) for i in range(0, len(weights), step)]
        return Fits(np.concatenate([p.params for p in parts]), np.concatenate([p.values for p in parts]),
                    np.concatenate([p.se for p in parts]) if errors else None,  # type: ignore[misc]
                    np.concatenate([p.penalised for p in parts]))

    def _fit(self, weights: Floats, clusters: Floats, errors: bool) -> Fits:
        counts = weights @ clusters
        start = np.zeros((len(counts), self.size))
        # Before anything is fitted, the curvature is 0 only where the answers say nothing at all.
        bends, ways = np.linalg.eigh(self._derivatives(counts, start, 0.0)[1])
        flat = bends < _FLAT  # (B, m)
        params, bent, done = self._newton(counts, start.copy(), 0.0)
        logits = np.abs(np.einsum("pkm,bm->bpk", self.features, params)).max((1, 2), initial=0.0)
        prior = ~done | (logits > _FAR) | flat.any(1)
        if prior.any():
            params[prior], bent[prior], _ = self._newton(counts[prior], start[prior], RIDGE)
        values = params @ self.map.T
        se = self._errors(weights, clusters, params, bent) if errors else None
        empty = np.flatnonzero(flat.any(1))
        unknown = ((self.map @ ways[empty]) ** 2 * flat[empty, None]).sum(2) > _FLAT  # (E, Q)
        values[empty] = np.where(unknown, np.nan, values[empty])
        if se is not None:
            se[empty] = np.where(unknown, np.nan, se[empty])
        return Fits(params, values, se, prior)

    def _newton(self, counts: Floats, params: Floats, ridge: float) \
            -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Maximise each row's likelihood: parameters, curvature there (B, m, m), and which converged."""
        batch = len(counts)
        done = np.zeros(batch, dtype=bool)
        bent = np.zeros((batch, self.size, self.size))
        for _ in range(_STEPS):
            todo = np.flatnonzero(~done)
            if not len(todo):
                break
            up, bend = self._derivatives(counts[todo], params[todo], ridge)
            step = np.linalg.solve(bend + 1e-10 * np.eye(self.size), up[:, :, None])[:, :, 0]
            size = np.abs(step).max(1, initial=0.0)
            params[todo] += step * np.minimum(1.0, 2.0 / np.maximum(size, 1e-300))[:, None]
            bent[todo] = bend
            done[todo] = size < _CLOSE
            # Those on their way to infinity need not go all of it.
            params[todo] = np.clip(params[todo], -4 * _FAR, 4 * _FAR)
        return params, bent, done

    def _derivatives(self, counts: Floats, params: Floats, ridge: float) -> tuple[Floats, Floats]:
        pairs, kinds, m = self.features.shape
        flat = self.features.reshape(pairs * kinds, m)
        chance = self._chances(params)  # (B, P, K)
        shown = counts.reshape(-1, pairs, kinds).sum(2)  # (B, P)
        expected = (chance * shown[:, :, None]).reshape(len(counts), -1)
        up = (counts - expected) @ flat - ridge * params
        products = (flat[:, :, None] * flat[:, None, :]).reshape(len(flat), m * m)
        mean = np.einsum("bpk,pkm->bpm", chance, self.features)
        bend = (expected @ products).reshape(-1, m, m) - (mean * shown[:, :, None]).transpose(0, 2, 1) @ mean
        return up, bend + ridge * np.eye(m)

    def _chances(self, params: Floats) -> Floats:
        logits = (params @ self.features.reshape(-1, self.size).T).reshape(-1, *self.features.shape[:2])
        logits -= logits.max(2, keepdims=True, initial=-np.inf)
        chance = np.exp(logits)
        return chance / chance.sum(2, keepdims=True)

    def _errors(self, weights: Floats, clusters: Floats, params: Floats, bent: Floats) -> Floats:
        """Sandwich with the cluster as the unit (Liang & Zeger 1986), times the usual R/(R − 1)."""
        pairs, kinds, m = self.features.shape
        flat = self.features.reshape(-1, m)
        mean = np.einsum("bpk,pkm->bpm", self._chances(params), self.features)
        shown = clusters.reshape(len(clusters), pairs, kinds).sum(2)
        scores = (clusters @ flat)[None] - shown[None] @ mean  # (B, R, m): each cluster's pull
        asked = np.broadcast_to(self.map.T, (len(bent), *self.map.T.shape))
        back = np.linalg.solve(bent + 1e-10 * np.eye(m), asked)
        pulls = scores @ back  # (B, R, Q)
        size = np.maximum(weights.sum(1), 2.0)
        return np.sqrt(np.einsum("br,brq->bq", weights, pulls**2) * (size / (size - 1.0))[:, None])


def strengths_and_differences(n: int) -> Floats:
    """Coefficients (n + n(n−1)/2, n): each strength, then every difference i − j with i < j."""
    first, second = np.triu_indices(n, 1)
    return np.vstack([np.eye(n), np.eye(n)[first] - np.eye(n)[second]])


def _sum_to_zero(n: int) -> Floats:
    """(n, n − 1) orthonormal columns, each adding to zero (Helmert)."""
    basis = np.zeros((n, max(n - 1, 0)))
    for k in range(1, n):
        basis[:k, k - 1] = 1.0
        basis[k, k - 1] = -k
        basis[:, k - 1] /= np.sqrt(k * (k + 1))
    return basis
