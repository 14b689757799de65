"""Drum patterns for any bar: what a drummer plays in it, drawn at random within a feel.

Places are counted in beats from the first of the bar. A bar is made of groups (5 = 3 + 2); most feels put the
bass drum where a group begins and answer it inside the group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KICK, STICK, SNARE, CLAP, HAT, PEDAL, OPEN, CRASH, RIDE, TAMBOURINE, COWBELL, CONGA, SHAKER = (
    36, 37, 38, 39, 42, 44, 46, 49, 51, 54, 56, 63, 70)
TOMS = (41, 45, 47, 50)
GROUPS: dict[int, tuple[tuple[int, ...], ...]] = {
    2: ((2,),), 3: ((3,), (3,), (1, 2)), 4: ((2, 2), (2, 2), (4,)), 5: ((3, 2), (3, 2), (2, 3), (5,)),
    6: ((3, 3), (2, 2, 2), (4, 2)), 7: ((4, 3), (3, 4), (2, 2, 3), (3, 2, 2)),
}
Hit = tuple[float, int, float]  # place in the bar in beats, General MIDI drum, strength 0 to 1


@dataclass(frozen=True)
class Feel:
    """How a kind of music divides its beats.

    parts: of a beat, 2 (straight), 4 (sixteenths) or 3 (triplets and compound bars); swung: of the triplet
    only the outer two are played. tempo: BPM to draw from. metres: beats a bar, drawn with equal chances.
    drums: names that `drum_bar` knows. comping, bass: names in band.py. late: how often sixteenths are swung.
    rubato: how often the tempo breathes with the phrases.
    """

    parts: int
    swung: bool
    tempo: tuple[float, float]
    metres: tuple[int, ...]
    drums: tuple[str, ...]
    comping: tuple[str, ...]
    bass: tuple[str, ...]
    late: float = 0.15
    rubato: float = 0.0


ANY_COMPING = ("held", "beats", "offbeats", "arpeggio", "random", "none")
FEELS: dict[str, Feel] = {
    "rock": Feel(
        2,
        False,
        (70, 190),
        (4,),
        ("backbeat", "halftime", "random", "backbeat"),
        ("held", "beats", "eighths", "random", "none"),
        ("roots", "eighths", "random", "kick"),
    ),
    "sixteenths": Feel(
        4,
        False,
        (62, 130),
        (4,),
        ("backbeat", "random", "halftime", "broken"),
        ANY_COMPING,
        ("random", "eighths", "kick", "pushed"),
    ),
    "floor": Feel(
        4,
        False,
        (98, 180),
        (4,),
        ("floor", "floor", "floor_only"),
        ("held", "offbeats", "arpeggio", "random"),
        ("offbeats", "offbeats", "random", "eighths", "roots"),
    ),
    "fast": Feel(
        2,
        False,
        (165, 214),
        (4, 4, 2, 3),
        ("punk", "backbeat", "floor"),
        ("eighths", "beats", "held", "none"),
        ("eighths", "roots", "none"),
    ),
    "onedrop": Feel(
        2,
        False,
        (62, 100),
        (4,),
        ("onedrop", "rockers", "steppers"),
        ("skank",),
        ("pushed", "random", "roots"),
    ),
    "ska": Feel(
        2, False, (110, 190), (4, 2), ("backbeat", "punk", "none"), ("skank",), ("walking", "eighths")
    ),
    "swing": Feel(
        3,
        True,
        (76, 212),
        (4, 4, 4, 3, 5),
        ("jazz", "jazz", "jazz", "brushes", "none"),
        ("charleston", "held", "random", "none"),
        ("walking", "walking", "two"),
    ),
    "shuffle": Feel(
        3,
        True,
        (70, 170),
        (4, 4, 3, 2),
        ("shuffle", "shuffle", "backbeat", "random"),
        ("eighths", "beats", "held", "offbeats", "random"),
        ("walking", "eighths", "roots", "random"),
    ),
    "waltz": Feel(
        2,
        False,
        (76, 205),
        (3,),
        ("waltz", "waltz", "none", "brushes"),
        ("oompah", "oompah", "held", "arpeggio"),
        ("roots", "roots", "walking"),
    ),
    "compound": Feel(
        3,
        False,
        (46, 130),
        (2, 2, 4, 3),
        ("compound", "compound", "backbeat", "none", "random"),
        ("held", "arpeggio", "beats", "oompah", "random"),
        ("roots", "beats", "random", "walking"),
    ),
    "jig": Feel(
        3,
        False,
        (90, 150),
        (2, 2, 4, 3),
        ("march", "none", "compound"),
        ("oompah", "beats", "jig", "none"),
        ("beats", "roots", "none"),
    ),
    "march": Feel(2, False, (90, 150), (2, 4), ("march",), ("oompah", "skank"), ("two", "roots")),
    "polka": Feel(
        2, False, (95, 140), (2,), ("march", "train", "none"), ("skank", "oompah"), ("beats", "two")
    ),
    "latin": Feel(
        4,
        False,
        (80, 150),
        (4, 4, 2),
        ("bossa", "latin", "tango", "dembow", "none"),
        ("random", "syncopated", "held"),
        ("habanera", "two", "pushed", "random"),
    ),
    "samba": Feel(
        4, False, (70, 130), (2, 4), ("samba", "latin"), ("syncopated", "random"), ("beats", "habanera")
    ),
    "country": Feel(
        2, False, (80, 210), (4, 2), ("train", "backbeat"), ("skank", "oompah", "eighths"), ("two", "walking")
    ),
    "odd": Feel(
        2,
        False,
        (84, 206),
        (5, 7, 6, 5, 7),
        ("backbeat", "random", "floor", "waltz", "jazz"),
        ("held", "beats", "riff", "oompah", "random"),
        ("roots", "riff", "eighths", "random"),
    ),
    "odd swing": Feel(
        3,
        True,
        (100, 200),
        (5, 7, 5),
        ("jazz", "backbeat", "shuffle"),
        ("riff", "charleston", "held"),
        ("riff", "walking", "roots"),
    ),
    "techno": Feel(
        4,
        False,
        (104, 176),
        (4,),
        ("floor", "floor", "floor_only", "breaks", "broken"),
        ("arpeggio", "tresillo", "offbeats", "syncopated", "held", "random"),
        ("sixteenths", "offbeats", "tresillo", "eighths", "gallop", "random"),
    ),
    "breaks": Feel(
        4,
        False,
        (84, 180),
        (4,),
        ("breaks", "breaks", "halftime"),
        ("held", "syncopated", "tresillo", "random", "arpeggio"),
        ("random", "kick", "roots", "gallop"),
    ),
    "hip hop": Feel(
        4,
        False,
        (64, 112),
        (4,),
        ("breaks", "backbeat", "broken", "random"),
        ("held", "random", "charleston", "none"),
        ("kick", "random", "roots"),
        0.8,
    ),
    "blues": Feel(
        3,
        False,
        (48, 138),
        (4, 4, 4, 3),
        ("shuffle", "compound", "backbeat", "brushes", "none"),
        ("arpeggio", "held", "charleston", "jig", "random"),
        ("boogie", "walking", "jig", "roots"),
    ),
    "boogie": Feel(
        3,
        True,
        (84, 196),
        (4, 4, 3),
        ("shuffle", "backbeat", "jazz", "none"),
        ("charleston", "offbeats", "random", "held"),
        ("boogie", "boogie", "walking"),
    ),
    "swing waltz": Feel(
        3,
        True,
        (76, 196),
        (3,),
        ("jazz", "waltz", "brushes", "shuffle", "none"),
        ("charleston", "oompah", "held", "random"),
        ("roots", "walking", "two"),
    ),
    "pad": Feel(
        2,
        False,
        (60, 150),
        (4, 4, 3, 6),
        ("none", "none", "halftime", "sparse"),
        ("held", "arpeggio", "arpeggio", "random"),
        ("roots", "none", "arpeggio"),
    ),
}


def drum_bar(kind: str, feel: Feel, groups: tuple[int, ...], rng: np.random.Generator) -> list[Hit]:
    """One bar's pattern, to be repeated; groups: lengths in beats, whose sum is the bar."""
    beats = sum(groups)
    starts = np.cumsum((0, *groups[:-1])).tolist()
    answers = _answers(groups)
    if kind == "none":
        return []
    if kind == "sparse":
        return [(float(s), int(rng.choice([KICK, STICK, TAMBOURINE])), 0.6) for s in starts]
    hits = _TIMEKEEPERS.get(kind, _any_hat)(beats, feel, rng)
    first, last = (1.0, 0.9) if rng.random() < 0.7 else (0.85, 0.85)
    if kind in ("floor", "floor_only", "steppers"):
        hits += [(float(b), KICK, first) for b in range(beats)]
        if kind != "floor_only":
            hits += [(float(a), int(rng.choice([SNARE, CLAP])), last) for a in answers]
    elif kind == "halftime":
        hits += [(0.0, KICK, 1.0), (float(beats // 2 if beats > 3 else beats - 1), SNARE, 1.0)]
    elif kind in ("onedrop", "rockers"):
        middle = float(beats // 2)
        hits += [(middle, KICK, 1.0), (middle, int(rng.choice([SNARE, STICK])), 0.8)]
        if kind == "rockers":
            hits.append((0.0, KICK, 0.6))
    elif kind == "jazz":
        hits += [(float(a), PEDAL, 0.6) for a in answers]
        hits += [(float(rng.integers(beats)) + rng.choice([0.0, 2 / 3]), int(rng.choice([SNARE, KICK])),
                  rng.uniform(0.3, 0.7)) for _ in range(rng.integers(0, 4))]
        if rng.random() < 0.5:
            hits += [(float(b), KICK, 0.35) for b in range(beats)]
    elif kind == "waltz":
        drum = int(rng.choice([SNARE, STICK, HAT, TAMBOURINE]))
        hits += [(float(s), KICK, 1.0) for s in starts]
        hits += [(float(b), drum, rng.uniform(0.4, 0.7)) for b in range(beats) if b not in starts]
    elif kind in ("march", "train"):
        hits += [(float(s), KICK, 1.0) for s in starts] if kind == "march" else \
            [(float(b), KICK, 0.8) for b in range(0, beats, 2)]
        roll = _steps(beats, feel)
        hits += [(p, SNARE, 0.9 if p in answers else rng.uniform(0.25, 0.5)) for p in roll
                 if p in answers or rng.random() < (0.8 if kind == "train" else 0.4)]
    elif kind in ("bossa", "latin", "tango", "dembow", "samba", "breaks"):
        hits += _syncopated(kind, beats, rng)
    elif kind == "punk":
        hits += [
            (b + h, KICK, 1.0)
            for b in range(0, beats, 2)
            for h in ((0.0, 0.5) if rng.random() < 0.3 else (0.0,))
        ]
        hits += [(float(b), SNARE, 1.0) for b in range(1, beats, 2)]
    elif kind == "random":
        weights = {p: 1.0 if p in starts else 0.45 if p == int(p) else 0.25 for p in _steps(beats, feel)}
        hits += [(p, KICK, rng.uniform(0.7, 1.0)) for p, w in weights.items() if rng.random() < w * 0.7]
        hits += [(float(a), SNARE, 0.9) for a in answers if rng.random() < 0.9]
        hits += [(p, SNARE, 0.35) for p in weights if rng.random() < 0.12]
    else:  # backbeat, shuffle, compound, broken, brushes
        hits += [(float(s), KICK, first) for s in starts]
        hits += [(float(a), SNARE, last) for a in answers]
        off = [p for p in _steps(beats, feel) if p != int(p)]
        hits += [(p, KICK, 0.8) for p in off if rng.random() < (0.35 if kind == "broken" else 0.15)]
        if kind == "broken":
            hits += [(p, SNARE, 0.6) for p in off if rng.random() < 0.2]
    return hits


def fill(beats: int, feel: Feel, rng: np.random.Generator) -> list[Hit]:
    """Toms and snare over the last beat or two of a bar."""
    start = beats - rng.integers(1, min(3, beats) + 1)
    drums = rng.choice([SNARE, *TOMS], 2)
    return [(p, int(drums[int(p * 2) % 2]), rng.uniform(0.6, 1.0)) for p in _steps(beats, feel)
            if p >= start and rng.random() < 0.8]


def _steps(beats: int, feel: Feel) -> list[float]:
    """Places of a bar that this feel plays on."""
    parts = (0.0, 2 / 3) if feel.swung else tuple(i / feel.parts for i in range(feel.parts))
    return [b + p for b in range(beats) for p in parts]


def _answers(groups: tuple[int, ...]) -> list[int]:
    """Beats that answer the start of their group: 2 and 4 of four, 3 or 2 and 3 of three."""
    out, at = [], 0
    for size in groups:
        out += {1: [], 2: [at + 1], 3: [at + 2], 4: [at + 1, at + 3]}.get(size, [at + 1, at + 3])
        at += size
    return out or [sum(groups) - 1]


def _any_hat(beats: int, feel: Feel, rng: np.random.Generator) -> list[Hit]:
    drum = int(rng.choice([HAT, HAT, HAT, RIDE, SHAKER, TAMBOURINE]))
    steps = _steps(beats, feel)
    way = rng.choice(["steps", "beats", "off", "some", "none", "steps", "eighths"])
    level = rng.uniform(0.3, 0.9)
    flat = rng.random() < 0.4  # off-beats as loud as the beats
    if way == "none":
        return []
    chosen = [p for p in steps if way in ("steps", "some") or (way == "beats") == (p == int(p))]
    if way == "eighths":
        chosen = [p for p in steps if (p * 2) == int(p * 2) or feel.parts == 3]
    if way == "some":
        chosen = [p for p in chosen if rng.random() < 0.7]
    hits = [(p, drum, level * (1.0 if flat or p == int(p) else rng.uniform(0.5, 1.0))) for p in chosen]
    if rng.random() < 0.2:
        hits += [
            (p, OPEN, level) for p in steps if p != int(p) and rng.random() < (0.8 if way == "off" else 0.1)
        ]
    return hits


def _swing_ride(beats: int, feel: Feel, rng: np.random.Generator) -> list[Hit]:
    drum, level = int(rng.choice([RIDE, RIDE, HAT])), rng.uniform(0.5, 0.9)
    odd = 1 if rng.random() < 0.85 else 0
    return [(float(b), drum, level) for b in range(beats)] + \
        [(b + 2 / 3, drum, level * 0.8) for b in range(beats) if b % 2 == odd or rng.random() < 0.15]


def _brushes(beats: int, feel: Feel, rng: np.random.Generator) -> list[Hit]:
    return [
        (p, SNARE, rng.uniform(0.15, 0.4)) for p in _steps(beats, feel) if p == int(p) or rng.random() < 0.5
    ]


def _threes(beats: int, feel: Feel, rng: np.random.Generator) -> list[Hit]:
    drum, level = int(rng.choice([HAT, RIDE, SHAKER])), rng.uniform(0.4, 0.9)
    middle = rng.random() < 0.7
    return [(b + i / 3, drum, level * (1.0 if i == 0 else 0.75)) for b in range(beats) for i in range(3)
            if i != 1 or middle]


def _nothing(beats: int, feel: Feel, rng: np.random.Generator) -> list[Hit]:
    return []


_TIMEKEEPERS = {"jazz": _swing_ride, "brushes": _brushes, "compound": _threes, "march": _nothing,
                "train": _nothing, "shuffle": lambda beats, feel, rng:
                [(p, HAT if rng.random() < 0.95 else OPEN, 0.7) for p in _steps(beats, feel)]}

_LATIN: dict[str, tuple[tuple[int, tuple[float, ...]], ...]] = {  # per four beats
    "bossa": ((KICK, (0, 1.5, 2, 3.5)), (STICK, (0, 0.75, 1.5, 2.5, 3.25))),
    "latin": (
        (STICK, (0, 0.75, 1.5, 2.5, 3)),
        (CONGA, (0.5, 1, 1.5, 2.5, 3, 3.5)),
        (KICK, (0.75, 1.5, 2.75, 3.5)),
        (COWBELL, (0, 1, 2, 3)),
    ),
    "tango": ((SNARE, (0, 1, 2, 3, 3.5)), (KICK, (0, 2))),
    "breaks": (
        (KICK, (0, 2.5)),
        (SNARE, (1, 3)),
        (SNARE, (1.75, 2.25)),
        (KICK, (0.5, 1.5)),
        (KICK, (2.75,)),
    ),
    "dembow": ((KICK, (0, 1, 2, 3)), (SNARE, (0.75, 1.5, 2.75, 3.5))),
    "samba": (
        (KICK, (0, 0.75, 1, 1.75, 2, 2.75, 3, 3.75)),
        (SNARE, (0.5, 1.25, 2, 2.5, 3.25)),
        (TAMBOURINE, (1, 3)),
    ),
}


def _syncopated(kind: str, beats: int, rng: np.random.Generator) -> list[Hit]:
    turn = 2.0 * rng.integers(2) if beats == 4 and kind != "breaks" else 0.0  # 3-2 or 2-3
    parts = _LATIN[kind]
    kept = [(drum, places) for i, (drum, places) in enumerate(parts)
            if (i < 2 or rng.random() < 0.5 if kind == "breaks" else rng.random() < 0.85 or drum == KICK)]
    return [((p + turn) % 4 if beats == 4 else p, drum, rng.uniform(0.6, 1.0))
            for drum, places in kept for p in places if beats == 4 or p < beats]
