"""Patterns of drums that dances and genres are known by, as in the tutors of drummers and percussionists.

Places are counted in beats from the first of the pattern, which goes on after its length.
"""

from __future__ import annotations

import numpy as np

from dance_core.beatnet.grooves import (
    CLAP,
    CONGA,
    COWBELL,
    CRASH,
    HAT,
    KICK,
    OPEN,
    RIDE,
    SHAKER,
    SNARE,
    STICK,
    TAMBOURINE,
    TOMS,
    Feel,
    Hit,
    drum_bar,
)

TOM, LOW_TOM = TOMS[2], TOMS[0]
Part = tuple[int, tuple[float, ...], float]  # drum, places, strength


def _every(step: float, first: float, beats: float) -> tuple[float, ...]:
    return tuple(np.round(np.arange(first, beats - 1e-6, step), 4).tolist())


# Pattern: its length in beats, what is always played, what now and then.
PATTERNS: dict[str, tuple[int, tuple[Part, ...], tuple[Part, ...]]] = {
    # four on the floor whose off-beats are as loud as the beats or louder
    "offbeat hats": (4, ((KICK, (0, 1, 2, 3), 0.7), (OPEN, (0.5, 1.5, 2.5, 3.5), 1.0)),
                     ((CLAP, (1, 3), 0.7), (HAT, _every(0.25, 0, 4), 0.4), (SNARE, (1, 3), 0.9))),
    "hard": (4, ((KICK, (0, 1, 2, 3), 0.6), (OPEN, (0.5, 1.5, 2.5, 3.5), 1.0), (SNARE, (1, 3), 0.6)),
             ((SNARE, (3.5, 3.75), 0.8), (KICK, (3.5,), 0.8), (HAT, _every(0.5, 0, 4), 0.7),
              (CLAP, (0.5, 1.5, 2.5, 3.5), 0.8))),
    "hats alone": (4, ((OPEN, (0.5, 1.5, 2.5, 3.5), 1.0),), ((CLAP, (1, 3), 0.8), (KICK, (0,), 0.7))),
    "disco": (4, ((KICK, (0, 1, 2, 3), 1.0), (OPEN, (0.5, 1.5, 2.5, 3.5), 0.7), (SNARE, (1, 3), 0.8)),
              ((HAT, _every(0.25, 0, 4), 0.4), (TAMBOURINE, _every(0.5, 0, 4), 0.5),
               (CLAP, (1, 3), 0.8), (CONGA, (0.75, 1.5, 2.75, 3.5), 0.5))),
    # 12/8: triplets on ride or hat, snare on two and four
    "slow blues": (4, ((RIDE, _every(1 / 3, 0, 4), 0.6), (SNARE, (1, 3), 0.9), (KICK, (0, 2), 0.9)),
                   ((KICK, (5 / 3,), 0.7), (KICK, (11 / 3,), 0.7), (KICK, (7 / 3,), 0.6),
                    (SNARE, (8 / 3,), 0.3))),
    "slow rock": (4, ((HAT, _every(1 / 3, 0, 4), 0.6), (SNARE, (1, 3), 1.0), (KICK, (0, 2), 1.0)),
                  ((KICK, (5 / 3, 7 / 3), 0.7), (HAT, (0, 1, 2, 3), 0.9))),
    "slow shuffle": (4, ((HAT, tuple(sorted((*range(4), *(b + 2 / 3 for b in range(4))))), 0.6),
                         (SNARE, (1, 3), 0.9), (KICK, (0, 2), 0.9)),
                     ((KICK, (2 / 3, 8 / 3), 0.6), (RIDE, (0, 1, 2, 3), 0.5), (KICK, (1, 3), 0.5))),
    "six eight": (2, ((HAT, _every(1 / 3, 0, 2), 0.6), (KICK, (0,), 1.0), (SNARE, (1,), 1.0)),
                  ((KICK, (2 / 3,), 0.7), (KICK, (5 / 3,), 0.6), (OPEN, (5 / 3,), 0.5))),
    # five and seven whose one only bass and harmony tell
    "take five": (5, ((RIDE, (0, 1, 5 / 3, 2, 3, 4, 14 / 3), 0.6), (SNARE, (5 / 3, 3), 0.4), (KICK,
                  (0, 3), 0.6)),
                  ((SNARE, (8 / 3,), 0.4), (STICK, (3,), 0.6), (KICK, (5 / 3,), 0.4))),
    "five straight": (5, ((HAT, _every(0.5, 0, 5), 0.6), (KICK, (0, 3), 0.9)),
                      ((SNARE, (2, 4), 0.8), (SNARE, (1, 4), 0.8), (KICK, (1.5,), 0.6), (TOM, (4.5,), 0.7))),
    "even": (1, ((HAT, (0, 0.5), 0.6),), ((KICK, (0,), 0.7), (SHAKER, _every(0.25, 0, 1), 0.4))),
    "ride alone": (1, ((RIDE, (0,), 0.6),), ((HAT, (0.5,), 0.4),)),
    # Latin America
    "rumba": (4, ((STICK, (0, 1.5, 3, 2.5, 3.5), 0.8), (CONGA, (0.5, 1.5, 2.5, 3, 3.5), 0.6)),
              ((KICK, (0, 1.5, 2, 3.5), 0.7), (SHAKER, _every(0.5, 0, 4), 0.5))),
    "bolero": (4, ((CONGA, (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5), 0.5), (STICK, (0, 0.5, 0.75, 1, 2, 3), 0.6)),
               ((KICK, (0, 2, 3), 0.6), (SHAKER, _every(0.5, 0, 4), 0.5))),
    "cha-cha": (4, ((COWBELL, (0, 1, 2, 3), 0.7), (CONGA, (3, 3.5), 0.9)),
                ((STICK, (1,), 0.7), (SHAKER, (0, 0.5, 1, 2, 2.5, 3), 0.5), (KICK, (0, 2, 3), 0.7))),
    "mambo": (4, ((COWBELL, (0, 1, 1.5, 2, 2.5, 3, 3.5), 0.7), (CONGA, (1, 3, 3.5), 0.9)),
              ((STICK, (1, 1.5, 3), 0.6), (KICK, (1.5, 3), 0.7), (LOW_TOM, (3,), 0.8))),
    "merengue": (2, ((TAMBOURINE, _every(0.25, 0, 2), 0.5), (KICK, (0, 1), 0.9), (TOM,
                 (1.25, 1.5, 1.75), 0.7)),
                 ((SNARE, (0.5, 1.5), 0.5), (COWBELL, (0, 1), 0.5))),
    "beguine": (4, ((CONGA, (0, 0.5, 1, 2, 2.5, 3, 3.5), 0.6), (KICK, (0, 2), 0.7)),
                ((STICK, (0.5, 1, 2, 3), 0.7), (SHAKER, _every(0.5, 0, 4), 0.5))),
    "calypso": (4, ((KICK, (0, 2), 0.9), (SNARE, (0.75, 1.5, 2.75, 3.5), 0.7)),
                ((HAT, (0.5, 1.5, 2.5, 3.5), 0.7), (COWBELL, _every(0.5, 0, 4), 0.5))),
    "soca": (4, ((KICK, (0, 1, 2, 3), 0.9), (SNARE, (0.75, 1.5, 2.75, 3.5), 0.9)),
             ((OPEN, (0.5, 1.5, 2.5, 3.5), 0.7),)),
    "baiao": (2, ((KICK, (0, 0.75, 1.5), 0.9), (TAMBOURINE, (0, 0.5, 1, 1.5), 0.6)),
              ((SNARE, (0.75, 1.75), 0.6), (COWBELL, (0.5, 1.5), 0.6))),
    "afro": (2, ((COWBELL, (0, 1 / 3 * 2, 1, 4 / 3, 5 / 3), 0.7), (KICK, (0, 1), 0.8)),
             ((CONGA, (2 / 3, 5 / 3), 0.8), (SHAKER, _every(1 / 3, 0, 2), 0.5))),
    # North America and Europe
    "funk": (4, ((KICK, (0, 0.5, 2.5), 1.0), (SNARE, (1, 3), 0.9), (HAT, _every(0.25, 0, 4), 0.5)),
             ((SNARE, (1.75, 2.25, 3.75), 0.35), (KICK, (1.75, 2.75), 0.8), (OPEN, (3.5,), 0.7))),
    "motown": (4, ((SNARE, (0, 1, 2, 3), 0.8), (KICK, (0, 1.5, 2), 0.9)),
               ((TAMBOURINE, _every(0.5, 0, 4), 0.6), (KICK, (2.5,), 0.7))),
    "double kick": (4, ((KICK, _every(0.25, 0, 4), 0.9), (SNARE, (1, 3), 1.0)),
                    ((RIDE, (0, 1, 2, 3), 0.7), (OPEN, _every(0.5, 0, 4), 0.6))),
    "blast": (4, ((KICK, _every(0.5, 0, 4), 0.9), (SNARE, _every(0.5, 0.25, 4), 0.9)), ((RIDE,
              (0, 1, 2, 3), 0.7),)),
    "two step": (4, ((KICK, (0, 2.5), 1.0), (SNARE, (1, 3), 1.0), (HAT, _every(0.5, 0, 4), 0.6)),
                 ((SNARE, (1.75, 2.25), 0.4), (HAT, _every(0.25, 0, 4), 0.4), (KICK, (2,), 0.6))),
    "trap": (4, ((KICK, (0, 1.75, 2.5), 1.0), (CLAP, (2,), 1.0), (HAT, _every(0.25, 0, 4), 0.6)),
             ((HAT, _every(0.125, 3, 4), 0.5), (HAT, _every(1 / 6, 1.5, 2), 0.5), (KICK, (0.75,), 0.8))),
    "chop": (2, ((SNARE, (0.5, 1.5), 0.6),), ((KICK, (0, 1), 0.7), (HAT, (0.5, 1.5), 0.6))),
    "drone drum": (2, ((TOM, (0, 0.5, 1, 1.25, 1.5), 0.7),), ((TAMBOURINE, (0, 1), 0.5), (LOW_TOM,
                   (0,), 0.9))),
    "timpani": (4, ((LOW_TOM, (0,), 0.9),), ((LOW_TOM, (2,), 0.7), (LOW_TOM, (3, 3.5), 0.7), (CRASH,
                (0,), 0.4))),
    "pompe": (4, ((STICK, (1, 3), 0.3),), ((SNARE, (1, 3), 0.3), (RIDE, (0, 1, 5 / 3, 2, 3, 11 / 3), 0.4))),
    "musette": (3, ((SNARE, (1, 2), 0.35),), ((KICK, (0,), 0.6), (HAT, (1, 2), 0.4), (KICK, (0, 2), 0.4))),
}


def any_bar(kind: str, feel: Feel, groups: tuple[int, ...], rng: np.random.Generator) -> list[Hit]:
    """One bar of a kind of drumming, of `PATTERNS` or of `drum_bar`."""
    if kind in PATTERNS:
        return pattern_bar(kind, sum(groups), feel, rng)
    return drum_bar(kind, feel, groups, rng)


def pattern_bar(kind: str, beats: int, feel: Feel, rng: np.random.Generator) -> list[Hit]:
    """One bar of a pattern of `PATTERNS`, laid end to end and cut where the bar is of another length.

    In a swung feel, places between the beats lie on the swung note.
    """
    length, always, sometimes = PATTERNS[kind]
    parts = [*always, *(part for part in sometimes if rng.random() < 0.45)]
    turned = 2.0 * rng.integers(2) if length == 4 == beats and kind in ("rumba", "mambo") else 0.0
    out: list[Hit] = []
    for drum, places, strength in parts:
        level = strength * rng.uniform(0.75, 1.1)
        for start in range(0, beats, length):
            for place in places:
                at = start + (place + turned) % length
                if at < beats - 1e-6:
                    out.append((_fitting(at, feel), drum, float(min(1.0, level * rng.uniform(0.9, 1.05)))))
    return out


def _fitting(at: float, feel: Feel) -> float:
    whole = np.floor(at + 1e-6)
    part = at - whole
    if feel.swung and part > 0.05:
        return float(whole + 2 / 3)
    if feel.parts == 3 and abs(part - 0.5) < 0.05:
        return float(whole + 2 / 3)
    return float(at)
