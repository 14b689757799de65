"""Studies whose truth is known: raters with tastes, sides and ties of their own answer a balanced plan.

The truth that a study estimates is that of the whole population of raters. Strengths fitted to everybody
are nearer to zero than those of the average rater, so the truth is what the model finds in the expected
answers of a hundred thousand raters.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dance_core.study.analysis.bradley_terry import TIES, Comparisons, Model
from dance_core.study.judgments import Judgment

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Population:
    """Who could be asked. Standard deviations say how much raters differ: they make votes correlated."""

    strengths: tuple[float, ...] = (0.6, 0.2, -0.2, -0.6)
    side: float = 0.15
    tie: float = -0.3
    taste_sd: float = 0.8
    side_sd: float = 0.4
    tie_sd: float = 0.6

    @property
    def systems(self) -> tuple[str, ...]:
        return tuple("abcdefgh"[:len(self.strengths)])

    @property
    def pairs(self) -> NDArray[np.int64]:
        n = len(self.strengths)
        return np.array([(a, b) for a in range(n) for b in range(n) if a != b])

    def chances(self, raters: int, rng: np.random.Generator) -> Floats:
        """(raters, pairs, 3) of left, tie, right."""
        theta = np.array(self.strengths) + rng.normal(0, self.taste_sd, (raters, len(self.strengths)))
        side = self.side + rng.normal(0, self.side_sd, (raters, 1))
        tie = self.tie + rng.normal(0, self.tie_sd, (raters, 1))
        eta = theta[:, self.pairs[:, 0]] - theta[:, self.pairs[:, 1]] + side
        weight = np.exp(np.stack([eta / 2, np.broadcast_to(tie, eta.shape), -eta / 2], axis=2))
        return weight / weight.sum(2, keepdims=True)

    def truth(self, seed: int = 1) -> Floats:
        """Strengths, differences, side, tie of the whole population, as Model.fit orders them."""
        mean = self.chances(100_000, np.random.default_rng(seed)).mean(0)
        return Model(Comparisons(self.systems, ("all",), self.pairs, 1e3 * mean[None], TIES)).fit().values[0]

    def study(self, raters: int, trials: int, rng: np.random.Generator) -> Comparisons:
        """Every rater sees the ordered pairs equally often, the rest at random."""
        chances = self.chances(raters, rng)
        shown = np.full((raters, len(self.pairs)), trials // len(self.pairs))
        for row in shown:
            row[rng.permutation(len(self.pairs))[:trials % len(self.pairs)]] += 1
        names = tuple(f"r{i:03d}" for i in range(raters))
        counts = rng.multinomial(shown, chances).astype(float)
        return Comparisons(self.systems, names, self.pairs, counts, TIES)


def whole_study(seed: int = 0, raters: int = 30, styles: tuple[str, ...] = ("gHO", "gBR", "gJB"),
                songs: int = 3, study: str = "spring") -> list[Judgment]:
    """Rows of every kind: pairs on two questions, mismatches, singles, checks; the last rater is excluded.

    Rater 0 always presses far left and misses the attention check, 1 answers in a second, 2 misses the check.
    """
    rng = np.random.default_rng(seed)
    systems = ("choreographer", "jepa", "soulnet", "hotdance")
    strength = np.array([-0.7, 0.1, 0.5, 0.2])
    rows: list[Judgment] = []

    def add(rater: str, trial: int, kind: str, question: str, answer: int, **more: object) -> None:
        key = str(uuid.UUID(int=int.from_bytes(rng.bytes(16)), version=4))
        when = f"2026-11-{10 + trial % 9:02d}T10:{trial % 60:02d}:00.000Z"
        rows.append(Judgment(key, when, study, rater, trial, kind, question, answer=answer, page_version="1",
                             code_version="0.2.0", **more))  # type: ignore[arg-type]

    pairs = [(a, b) for a in range(4) for b in range(4) if a != b]
    for r in range(raters):
        name, lazy, haste = f"{r:02d}" + "f" * 14, r == 0, r == 1
        taste, side = strength + rng.normal(0, 0.5, 4), rng.normal(0.1, 0.3)
        add(name, 0, "consent", "1", 1)
        add(name, 0, "check", "headphones", int(rng.integers(4, 7)))
        trial = 0
        for a, b in rng.permutation(pairs):
            trial += 1
            style, song = str(rng.choice(styles)), f"song{rng.integers(songs)}"
            for question in ("preference", "quality"):
                latent = taste[b] - taste[a] - side + rng.logistic() * 0.9
                answer = -2 if lazy else int(np.digitize(latent, [-1.6, -0.35, 0.35, 1.6])) - 2
                take = [f"{systems[s]}-{style}-{song}" for s in (a, b)]
                ticked = sorted(set(rng.choice(["on_beat", "natural", "feet"], 2))) if answer else []
                add(name, trial, "pair", question, answer, left=f"x{a}", right=f"y{b}",
                    left_generator=systems[a], right_generator=systems[b], left_take=take[0],
                    right_take=take[1], left_song=song, right_song=song, song=song, style=style,
                    reasons=";".join(ticked),
                    watched_seconds=20.0, response_seconds=1.2 if haste else float(rng.lognormal(3.0, 0.4)))
        for s in range(4):
            trial += 1
            style, song = str(rng.choice(styles)), f"song{rng.integers(songs)}"
            for question in ("overall", "on_beat"):
                answer = int(np.clip(np.round(3 + taste[s] + rng.normal(0, 0.9)), 1, 5))
                add(name, trial, "single", question, answer, left="z", left_generator=systems[s],
                    left_take=f"{systems[s]}-{style}-{song}", left_song=song, song=song, style=style,
                    watched_seconds=20.0, response_seconds=float(rng.lognormal(2.5, 0.4)))
            heard, other = "song0", "song1"
            fits_left = bool(rng.integers(2))
            right_one = rng.random() < (0.5 if s == 0 else 0.7)
            add(name, trial, "match", "mismatch", -1 if fits_left == right_one else 1,
                left_generator=systems[s], right_generator=systems[s],
                left_song=heard if fits_left else other, right_song=other if fits_left else heard,
                song=heard, style=style,
                response_seconds=float(rng.lognormal(2.5, 0.4)))
        add(name, trial + 1, "check", "attention", 0 if r in (0, 2) else 1)
    out = f"{raters - 1:02d}" + "f" * 14
    return [replace(j, excluded="missed both attention checks") if j.rater == out else j for j in rows]
