"""How often intervals about faults hold the truth, where a fault is known to drive votes and where none does.

    python tests/study/analysis/simulate_faults.py

Simulates studies with dances of differing quality (a chance of each dance's own, and of its system) and
raters who differ. One kind of fault costs a dance votes; the others are there and cost nothing, one of them
more often in the worse system. Analyses each as dance_core does and counts how many intervals hold what an
endless study with the same raters and music would have said (a study of a hundred times the size stands in
for it). Beside it the same with raters alone resampled, which speaks of the dances that were seen and of no
others.
"""

from __future__ import annotations

import argparse
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[3])]

from dance_core.evaluation.faults import KINDS, Fault  # noqa: E402
from dance_core.study.analysis.estimates import Sure  # noqa: E402
from dance_core.study.analysis.scales import Means  # noqa: E402
from dance_core.study.analysis.votes_faults import VotesAndFaults, votes_and_faults  # noqa: E402
from dance_core.study.clip_faults import ClipFaults, StudyFaults  # noqa: E402
from dance_core.study.judgments import Judgment  # noqa: E402

DRIVES, WITH_SYSTEM, NOTHING = "skating", "jitter", "pop"
SYSTEMS = ("a", "b", "c")
ALONE = "raters"  # the raw number with raters alone resampled


@dataclass(frozen=True)
class World:
    """What is true. Latent scores are logistic; sd: of a dance's own quality and of raters' weights."""

    cost: float = 1.2  # of the fault that drives votes
    systems: tuple[float, ...] = (0.5, 0.0, -0.5)
    dance_sd: float = 0.5
    taste_sd: float = 0.5
    side_sd: float = 0.3
    share: float = 0.35  # of dances with a fault


def study(world: World, raters: int, trials: int, songs: int,
          rng: np.random.Generator, kinds: tuple[str, ...] = (DRIVES, WITH_SYSTEM, NOTHING)
          ) -> tuple[list[Judgment], StudyFaults]:
    """A study's rows (a pair and a single question) and the faults of its clips."""
    n = len(SYSTEMS)
    has = {k: rng.random((n, songs)) < world.share for k in kinds}
    if WITH_SYSTEM in has:
        has[WITH_SYSTEM] = rng.random((n, songs)) < np.array([[0.1], [0.4], [0.8]])
    quality = np.array(world.systems)[:, None] + rng.normal(0, world.dance_sd, (n, songs))
    if DRIVES in has:
        quality = quality - world.cost * has[DRIVES]
    clips = {}
    for s in range(n):
        for m in range(songs):
            faults = tuple(Fault(k, 1.0, 2.0, 0.7, "body", 1.0, 0.5, "cm", f"{k}.")
                           for k in kinds if has[k][s, m])
            clips[f"c{s}x{m}"] = ClipFaults(f"c{s}x{m}", f"t{s}x{m}", SYSTEMS[s], f"song{m}", "gHO", 10.0,
                                            faults)
    rows = []
    for r in range(raters):
        taste, side = rng.normal(0, world.taste_sd, n), rng.normal(0, world.side_sd)
        own = quality + taste[:, None]
        where = rng.permutation(max(songs, trials))[:trials] % songs
        for t, m in enumerate(where):
            a, b = rng.permutation(n)[:2]
            latent = own[b, m] - own[a, m] + side + rng.logistic()
            answer = int(np.digitize(latent, [-1.6, -0.35, 0.35, 1.6])) - 2
            shared = {"song": f"song{m}", "style": "gHO"}
            rows.append(_row(f"{r:016x}", t + 1, "pair", "preference", answer, left=f"c{a}x{m}",
                             right=f"c{b}x{m}", left_generator=SYSTEMS[a],
                             right_generator=SYSTEMS[b], **shared))
            score = int(np.clip(round(3 + own[a, m] + rng.normal(0, 0.8)), 1, 5))
            rows.append(_row(f"{r:016x}", t + 1, "single", "overall", score, left=f"c{a}x{m}",
                             left_generator=SYSTEMS[a], **shared))
    return rows, StudyFaults(clips)


def _row(rater: str, trial: int, kind: str, question: str, answer: int, **more: str) -> Judgment:
    return Judgment(str(uuid.uuid4()), "2026-11-10T10:00:00.000Z", "faults", rater, trial, kind, question,
                    answer=answer, **more)


def by_raters_alone(rows: list[Judgment], faults: StudyFaults, kind: str, resamples: int,
                    seed: int) -> tuple[float, float]:
    """The interval of the raw share of pairs, had the dances been all that there are."""
    points = []
    for j in rows:
        if j.kind == "pair" and (gap := faults.clips[j.left].worst(kind) - faults.clips[j.right].worst(kind)):
            left = 0.5 - np.sign(j.answer) / 2
            points.append((j.rater, "", left if gap < 0 else 1 - left))
    if not points:
        return np.nan, np.nan
    found = Means.of(points).intervals(resamples=resamples, seed=seed, bounds=(0.0, 1.0), about=0.5)
    return float(found.low[0]), float(found.high[0])


ORDER = (("pair", "preference"), ("single", "overall"))


def found_in(rows: list[Judgment], faults: StudyFaults, resamples: int,
             seed: int) -> tuple[VotesAndFaults, ...]:
    return votes_and_faults(rows, faults, Sure(resamples, seed=seed), ORDER).questions


def numbers(found: tuple[VotesAndFaults, ...]) -> dict[tuple[str, str, str], tuple[float, float, float]]:
    """(question, kind, which number) → value, low, high."""
    return {(q.question, p.kind, which): (e.value, e.low, e.high) for q in found for p in q.kinds
            if p.kind in KINDS for which, e in (("raw", p.raw), ("held", p.held))}


def truth(world: World, seed: int = 1) -> dict[tuple[str, str, str], float]:
    """Of an endless study: the mean of some very large ones, without intervals."""
    rng = np.random.default_rng(seed)
    large = [numbers(found_in(*study(world, 150, 40, 1500, rng), 2, 0)) for _ in range(10)]
    made = {key: float(np.mean([one[key][0] for one in large])) for key in large[0]}
    for key in made:  # these are known
        if key[1] == NOTHING or (key[1] == WITH_SYSTEM and key[2] == "held"):
            made[key] = 0.5 if key[0] == "preference" else 0.0
    return made


def simulate(studies: int, raters: int, trials: int, songs: int, resamples: int, seed: int,
             world: World) -> dict[tuple[str, str, str], tuple[float, float, float]]:
    """(question, kind, number) → truth, share of intervals that hold it, share that leave out "no effect"."""
    right, rng = truth(world), np.random.default_rng(seed)
    right |= {("preference", kind, ALONE): right["preference", kind, "raw"] for kind in (DRIVES, NOTHING)}
    held = {key: [0, 0, 0] for key in right}
    for k in range(studies):
        made = study(world, raters, trials, songs, rng)
        found = numbers(found_in(*made, resamples, k))
        found |= {("preference", kind, ALONE): (np.nan, *by_raters_alone(*made, kind, resamples, k))
                  for kind in (DRIVES, NOTHING)}
        for key, (_, low, high) in found.items():
            neutral = 0.5 if key[0] == "preference" else 0.0
            held[key][0] += np.isfinite(low)
            held[key][1] += bool(low <= right[key] <= high)
            held[key][2] += bool(low > neutral or high < neutral)
    return {key: (right[key], hit / max(n, 1), power / max(n, 1)) for key, (n, hit, power) in held.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--studies", type=int, default=400)
    parser.add_argument("--raters", type=int, default=24)
    parser.add_argument("--trials", type=int, default=24)
    parser.add_argument("--songs", type=int, default=16)
    parser.add_argument("--share", type=float, default=0.35, help="of dances with a fault")
    parser.add_argument("--resamples", type=int, default=499)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    begun = time.perf_counter()
    found = simulate(args.studies, args.raters, args.trials, args.songs, args.resamples, args.seed,
                     World(share=args.share))
    print(f"{args.studies} studies of {args.raters} raters × {args.trials} trials on {args.songs} stretches "
          f"of music, {time.perf_counter() - begun:.0f} s\n")
    print(f"{'question':12s}{'kind':10s}{'number':8s}{'truth':>8s}{'held by 95 % intervals':>26s}"
          f"{'effect shown':>16s}")
    for (question, kind, which), (true, share, power) in sorted(found.items()):
        print(f"{question:12s}{kind:10s}{which:8s}{true:8.3f}{share:26.1%}{power:16.1%}")
    mean = float(np.mean([share for (*_, which), (_, share, _) in found.items() if which != ALONE]))
    alone = float(np.mean([share for (*_, which), (_, share, _) in found.items() if which == ALONE]))
    print(f"\nAll together: {mean:.1%} (wanted: 93 to 97 %); with raters alone resampled {alone:.1%}.")
    return 0 if 0.93 <= mean <= 0.97 else 1


if __name__ == "__main__":
    sys.exit(main())
