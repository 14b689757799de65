"""How well faults are found: injected into clean dances at known places, and looked for again.

A fault is found if one of its kind begins and ends where the injection fades in and out, 0.2 s let go on
either side. Everything new in the dance that is of another kind, or elsewhere, was found wrongly, but for
what follows from the injection by itself: CONSEQUENCES.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from dance_core.evaluation.faults.changes import STRENGTHS, Injected
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault
from dance_core.evaluation.faults.injecting import INJECTIONS, LENGTHS
from dance_core.evaluation.faults.registry import KINDS, find_faults
from dance_core.evaluation.faults.suited import faces, keeps_time, moves, stands, steady

NEAR_S = 0.2
_EDGE_S = 1.5  # s at either end that are left alone
_TRIES = 40
# What an injection brings with it besides: a body that is moved as a whole is pushed by nobody (balance),
# slides and moves fast; one that leans lifts a heel or sinks a toe; an arm that is flung three times a second
# has overtones; a dance that waits or hurries falls too slowly or jerks.
CONSEQUENCES: dict[str, frozenset[str]] = {key: frozenset(words.split()) for key, words in {
    "skating": "balance burst pop drift", "floating": "balance skating burst", "floor": "skating",
    "inside": "burst balance joints pop skating floating floor",
    "jitter": "joints skating floor pop burst seam inside balance floating",
    "pop": "skating floor floating burst joints inside balance jitter seam",
    "freeze": "skating floor floating balance inside burst joints hands face away offbeat pop",
    "burst": "inside balance joints pop skating jitter",
    "seam": "pop burst skating floor floating inside balance joints jitter",
    "offbeat": "burst skating pop balance floating jitter hands face",
    "joints": "skating floor floating balance inside burst",
    "balance": "skating floor floating joints inside burst", "hands": "", "face": "",
    "drift": "skating balance burst", "away": "skating balance burst"}.items()}


@dataclass
class Score:
    """How one kind was found.

    Attributes:
        injected, found: how many were put in, and found where they are.
        wrong: faults of this kind that were found where nothing of the kind was put.
        off: s, how far begin and end were from where the injection has its full size, of all that were found.
        missed: (clip, strength, frame rate, second) of those that were not.
        told: (kind that was put in, clip, what was found) of those that were wrong.
    """

    injected: int = 0
    found: int = 0
    wrong: int = 0
    off: list[float] = field(default_factory=list)
    missed: list[tuple[str, int, float, float]] = field(default_factory=list)
    told: list[tuple[str, str, Fault]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of what was put in, how much was found; nan for nothing."""
        return self.found / self.injected if self.injected else float("nan")

    @property
    def precision(self) -> float:
        """Of what was found, how much was there; nan for nothing."""
        all_ = self.found + self.wrong
        return self.found / all_ if all_ else float("nan")


@dataclass(frozen=True, eq=False)
class Clean:
    """A clean dance by name, at both frame rates where it has them."""

    name: str  # of its own
    dances: tuple[Dance, ...]


def bench(clips: Sequence[Clean], per_kind: int, seed: int = 0,
          report: Callable[[int, int], None] = lambda done, total: None,
          kinds: Collection[str] = INJECTIONS.keys()) -> dict[str, Score]:
    """Inject every kind into `per_kind` clips in every strength, at every rate that they have.

    kinds: those that are put in; what comes out for one does not depend on the others.

    Clips without what a kind needs (seams, beats, hands, a face, length) are passed over; a kind that finds
    too few clips is injected less often, and Score.injected says so.
    """
    scores = {key: Score() for key in KINDS}
    clean = _Known()
    for number, key in enumerate(INJECTIONS):
        report(number, len(INJECTIONS))
        if key not in kinds:
            continue
        used = 0
        for c in clips:
            if used == per_kind:
                break
            rng = np.random.default_rng([seed, number, used])
            made = [_made(key, c, clean, strength, rng) for strength in range(STRENGTHS)]
            if None in made:
                continue
            used += 1
            for strength, both in enumerate(made):
                for k, one in enumerate(both or ()):
                    where = (c.name, strength, one.dance.fps, one.start_s)
                    _judge(scores, key, one, clean.of(c, k), where)
    report(len(INJECTIONS), len(INJECTIONS))
    return scores


class _Known:
    """What is found in clean dances, each looked at once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], list[Fault]] = {}

    def of(self, clip: Clean, k: int) -> list[Fault]:
        """Faults of its k-th dance."""
        if (clip.name, k) not in self._found:
            self._found[clip.name, k] = find_faults(clip.dances[k])
        return self._found[clip.name, k]


def _made(key: str, clip: Clean, clean: _Known, strength: int, rng: np.random.Generator
          ) -> list[Injected] | None:
    """An injection at a place that can take it and has no fault of the kind, at all rates; None: nowhere."""
    dance, length = clip.dances[0], LENGTHS[key]
    needs = {"seam": bool(dance.seams), "offbeat": dance.beats is not None, "hands": "hands" in dance.parts,
             "face": "face" in dance.parts}
    last = dance.motion.duration - length - _EDGE_S
    if not needs.get(key, True) or last <= _EDGE_S:
        return None
    for _ in range(_TRIES):
        at, again = float(rng.uniform(_EDGE_S, last)), int(rng.integers(2**31))
        made = INJECTIONS[key](dance, at, strength, np.random.default_rng(again))
        if made is None:
            continue
        start, stop = made.start_s - made.fade_s, made.stop_s + made.fade_s
        there = any(f.kind == key and f.stop_s > start - 1.0 and f.start_s < stop + 1.0
                    for k in range(len(clip.dances)) for f in clean.of(clip, k))
        if not there and _takes(key, dance, start, stop):
            both = [made, *(INJECTIONS[key](d, at, strength, np.random.default_rng(again))
                            for d in clip.dances[1:])]
            if None not in both:
                return both
    return None


def _takes(key: str, dance: Dance, start: float, stop: float) -> bool:
    """Whether a clean dance can have the fault there: feet that slide stand, what stops moves before."""
    if key == "balance":
        return stands(dance, start, stop) and steady(dance, start, stop)
    if key in ("skating", "floating", "floor"):
        return stands(dance, start, stop)
    if key == "away":
        return faces(dance, start - 1.0, stop + 1.0)
    if key == "offbeat":
        return keeps_time(dance, start, stop)
    if key == "freeze":
        return moves(dance, start) and moves(dance, stop)
    return True


def _judge(scores: dict[str, Score], key: str, made: Injected, before: list[Fault],
           where: tuple[str, int, float, float]) -> None:
    score = scores[key]
    score.injected += 1
    new = [f for f in find_faults(made.dance) if not any(_same(f, old) for old in before)]
    mine = [f for f in new if f.kind == key and _in_place(f, made)]
    if mine:
        score.found += 1
        score.off += [abs(mine[0].start_s - made.start_s), abs(mine[-1].stop_s - made.stop_s)]
    else:
        score.missed.append(where)
    near = NEAR_S + max(made.fade_s, made.around_s)
    last = np.inf if key == "skating" else made.stop_s + near + 0.5  # who slid away stays there
    for f in new:
        at = f.stop_s > made.start_s - near - 0.5 and f.start_s < last
        if f in mine[:1] or (at and f.kind in CONSEQUENCES[key]):
            continue
        scores[f.kind].wrong += 1
        scores[f.kind].told.append((key, where[0], f))


def _same(one: Fault, other: Fault) -> bool:
    return one.kind == other.kind and one.overlaps(other, 0.3)


def _in_place(found: Fault, made: Injected) -> bool:
    near = NEAR_S + 1e-6
    inner = made.fade_s if found.kind == "offbeat" else 0.0  # told by rests, which come once in a beat
    return (made.start_s - made.fade_s - near <= found.start_s <= made.start_s + inner + near
            and made.stop_s - inner - near <= found.stop_s <= made.stop_s + made.fade_s + near)


def lines(scores: dict[str, Score]) -> Iterator[tuple[str, ...]]:
    """The table: a head, a row a kind, and all together."""
    yield ("kind", "injected", "recall", "precision", "edge off, median s", "90 %")
    for key, s in [*scores.items(), ("all", _all(scores))]:
        off = np.percentile(s.off, [50, 90]) if s.off else [float("nan")] * 2
        yield (KINDS[key].title if key in KINDS else key, str(s.injected), f"{s.recall:.3f}",
               f"{s.precision:.3f}", f"{off[0]:.2f}", f"{off[1]:.2f}")


def _all(scores: dict[str, Score]) -> Score:
    return Score(sum(s.injected for s in scores.values()), sum(s.found for s in scores.values()),
                 sum(s.wrong for s in scores.values()), [o for s in scores.values() for o in s.off])
