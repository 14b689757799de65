"""How often 95 % intervals hold the truth, in studies with raters who differ.

    python tests/study/analysis/simulate_coverage.py

Simulates 400 studies (24 raters × 24 trials, four systems, ties, a side bias; raters differ in taste, side
and ties), analyses each as dance_core does, and counts how many intervals hold what the whole population of
raters would have said. Beside it the naive way: every vote as if it came from a rater of its own. (It is not
called coverage.py because numba imports whatever has that name.)
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parent)]

from simulated import Population  # noqa: E402

from dance_core.study.analysis.bradley_terry import Comparisons, Model  # noqa: E402
from dance_core.study.analysis.intervals import by_raters, draw, percentile, studentised  # noqa: E402

WAYS = ("raters, bootstrap-t (what dance_core gives)", "raters, plain percentiles",
        "votes, bootstrap-t (naive)", "votes, plain percentiles (naive)")


@dataclass(frozen=True)
class Coverage:
    """Shares of studies whose interval held the truth: (ways, quantities), and the quantities' names."""

    names: tuple[str, ...]
    held: NDArray[np.float64]

    @property
    def strengths(self) -> NDArray[np.float64]:
        """(ways,) over all differences of strengths."""
        return self.held[:, ["−" in name for name in self.names]].mean(1)


def simulate(studies: int = 400, raters: int = 24, trials: int = 24, resamples: int = 999, seed: int = 7,
             population: Population | None = None) -> Coverage:
    """Run the studies."""
    population = population or Population()
    rng = np.random.default_rng(seed)
    truth = population.truth()
    held = np.zeros((len(WAYS), len(truth)))
    for study in range(studies):
        data = population.study(raters, trials, rng)
        for way, (low, high) in enumerate(_intervals(data, resamples, study)):
            held[way] += (low <= truth) & (truth <= high)
    s = population.systems
    pairs = [f"{s[i]} − {s[j]}" for i in range(len(s)) for j in range(i + 1, len(s))]
    return Coverage((*s, *pairs, "side", "ties"), held / studies)


def _intervals(data: Comparisons, resamples: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    model = Model(data)
    raters = len(data.raters)
    own, votes = model.fit(), model.fit_votes()
    best = by_raters(model.estimate, raters, resamples=resamples, seed=seed)
    value = own.values[0]
    again = model.fit(draw(raters, resamples, seed), errors=False)
    by_rater = percentile(value, own.se[0], again.values)
    cells = model.counts.sum(0)
    rng = np.random.default_rng(seed)
    drawn = model.fit_votes(rng.multinomial(int(cells.sum()), cells / cells.sum(), resamples).astype(float))
    naive = studentised(value, votes.se[0], drawn.values, drawn.se, np.full(len(value), cells.sum()))
    plain = percentile(value, votes.se[0], drawn.values)
    return [(i.low, i.high) for i in (best, by_rater, naive, plain)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--studies", type=int, default=400)
    parser.add_argument("--raters", type=int, default=24)
    parser.add_argument("--trials", type=int, default=24)
    parser.add_argument("--resamples", type=int, default=999)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    begun = time.perf_counter()
    found = simulate(args.studies, args.raters, args.trials, args.resamples, args.seed)
    print(f"{args.studies} studies of {args.raters} raters × {args.trials} trials, "
          f"{args.resamples} resamples each, {time.perf_counter() - begun:.0f} s\nShare of 95 % intervals "
          f"that hold the truth:\n")
    for way, row, mean in zip(WAYS, found.held, found.strengths, strict=True):
        print(f"{way}\n    differences of strengths together: {mean:.1%}")
        each = (f"{name} {share:.3f}" for name, share in zip(found.names, row, strict=True))
        print("    " + "  ".join(each) + "\n")
    good = 0.93 <= found.strengths[0] <= 0.97
    print(f"Wanted: 93 to 97 %. {'Held' if good else 'NOT held'} by raters ({found.strengths[0]:.1%}); "
          f"the naive way has {found.strengths[2]:.1%}.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
