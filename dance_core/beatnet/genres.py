"""More feels: dances and genres that are known by name, and textures without drums.

They are the later part of the material to learn from; the first is of `grooves.FEELS`.
"""

from __future__ import annotations

import numpy as np

from dance_core.beatnet.grooves import FEELS, Feel

NO_DRUMS = ("none",)
LATER_FEELS: dict[str, Feel] = {
    "game techno": Feel(4, False, (118, 178), (4,), ("offbeat hats", "hard", "floor_only", "hats alone"),
                        ("offbeats", "sixteenths", "gallop", "tresillo", "gated", "syncopated"),
                        ("offbeats", "octaves", "roll", "offbeats", "sixteenths", "none"), 0.0),
    "trance": Feel(4, False, (126, 150), (4,), ("offbeat hats", "disco", "hats alone"),
                   ("gated", "arpeggio", "held", "sixteenths"), ("offbeats", "roll", "offbeats")),
    "disco": Feel(4, False, (100, 136), (4,), ("disco", "offbeat hats"),
                  ("offbeats", "syncopated", "held", "random"), ("octaves", "random", "walking", "eighths")),
    "slow blues": Feel(3, False, (46, 84), (4, 4, 4, 2, 3),
                       ("slow blues", "slow rock", "slow shuffle", "none"),
                       ("arpeggio", "triplets", "held", "charleston", "random", "jig"),
                       ("boogie", "walking", "jig", "roots", "two", "triplet walk")),
    "slow rock": Feel(3, False, (54, 104), (4, 4, 2), ("slow rock", "six eight", "slow blues"),
                      ("arpeggio", "triplets", "held"), ("roots", "jig", "two", "random")),
    "five": Feel(2, False, (96, 190), (5,), ("five straight", "even", "ride alone", "none", "random"),
                 ("vamp", "held", "beats", "eighths", "arpeggio", "oompah"),
                 ("vamp", "roots", "vamp", "two", "walking")),
    "five swing": Feel(3, True, (112, 190), (5,), ("take five", "jazz", "ride alone", "none"),
                       ("vamp", "held", "charleston", "vamp"), ("vamp", "two", "walking", "roots")),
    "seven": Feel(2, False, (100, 206), (7,), ("even", "ride alone", "random", "none", "backbeat"),
                  ("vamp", "held", "eighths", "oompah"), ("vamp", "roots", "two")),
    "piano": Feel(4, False, (56, 150), (2, 3, 4, 4), NO_DRUMS,
                  ("alberti", "arpeggio", "beats", "oompah", "held"),
                  ("roots", "none", "two"), rubato=0.5),
    "hymn": Feel(2, False, (58, 124), (4, 4, 3, 2), NO_DRUMS, ("beats", "beats", "held", "two"),
                 ("beats", "roots", "walking"), rubato=0.5),
    "nocturne": Feel(3, False, (46, 112), (2, 4, 3), NO_DRUMS, ("arpeggio", "triplets", "jig"),
                     ("roots", "none", "beats"), rubato=0.6),
    "orchestra": Feel(2, False, (66, 176), (4, 4, 3, 2), ("timpani", "none", "march", "drone drum"),
                      ("eighths", "held", "beats", "offbeats", "alberti"),
                      ("roots", "beats", "eighths", "two"), rubato=0.3),
    "ragtime": Feel(4, False, (66, 112), (2, 2, 4), ("none", "none", "chop", "brushes"), ("skank",),
                    ("beats", "beats", "two")),
    "stride": Feel(3, True, (100, 212), (4,), ("none", "pompe", "brushes"), ("answer", "answer", "beats"),
                   ("two", "two", "walking")),
    "gypsy": Feel(3, True, (112, 212), (4,), ("none", "pompe", "none"), ("pompe",),
                  ("two", "walking", "none")),
    "small combo": Feel(3, True, (84, 200), (4, 4, 3), ("none", "ride alone", "jazz", "brushes"),
                        ("charleston", "random", "beats", "held"), ("walking", "walking", "two")),
    "musette": Feel(2, False, (110, 205), (3,), ("musette", "none", "ride alone", "waltz"),
                    ("answers of three", "oompah", "answers of three"), ("roots", "two", "roots")),
    "reel": Feel(4, False, (92, 128), (2, 4), ("none", "chop", "drone drum", "none"),
                 ("skank", "beats", "gallop", "none"),
                 ("beats", "roots", "none")),
    "ballroom": Feel(2, False, (88, 208), (4,), ("rumba", "bolero", "cha-cha", "beguine", "mambo"),
                     ("held", "syncopated", "offbeats", "montuno", "random"),
                     ("tumbao", "habanera", "two", "pushed")),
    "salsa": Feel(4, False, (84, 124), (4, 4, 2), ("mambo", "rumba", "merengue", "cha-cha"),
                  ("montuno", "syncopated", "held"),
                  ("tumbao", "tumbao", "habanera")),
    "island": Feel(4, False, (92, 140), (4, 4, 2), ("calypso", "soca", "baiao", "merengue"),
                   ("skank", "syncopated", "offbeats", "held"), ("two", "habanera", "pushed", "beats")),
    "afro": Feel(3, False, (84, 138), (2, 4), ("afro", "six eight", "afro"),
                 ("triplets", "random", "jig", "held"),
                 ("beats", "random", "roots")),
    "funk": Feel(4, False, (84, 126), (4,), ("funk", "funk", "broken"),
                 ("syncopated", "offbeats", "held", "stabs"),
                 ("syncopated", "kick", "random", "octaves"), 0.3),
    "motown": Feel(2, False, (92, 172), (4,), ("motown", "two step", "backbeat"),
                   ("beats", "offbeats", "held"),
                   ("random", "kick", "pushed")),
    "metal": Feel(4, False, (88, 190), (4, 4, 3), ("double kick", "blast", "two step", "halftime"),
                  ("gallop", "eighths", "sixteenths", "held"), ("gallop", "kick", "eighths")),
    "drum and bass": Feel(4, False, (150, 182), (4,), ("two step", "breaks"),
                          ("held", "tresillo", "stabs", "none"),
                          ("roots", "random", "tresillo", "kick")),
    "trap": Feel(4, False, (120, 170), (4,), ("trap",), ("held", "arpeggio", "none", "random"),
                 ("kick", "roots")),
    "chip": Feel(4, False, (100, 190), (4, 4, 3), ("backbeat", "broken", "even", "none"),
                 ("sixteenths", "arpeggio", "eighths"), ("octaves", "eighths", "gallop", "random")),
}


ALL_FEELS = FEELS | LATER_FEELS
# Rhythms of basses and chords that only these feels have.
TEXTURES = ("triplets", "triplet walk", "octaves", "roll", "gated", "vamp", "alberti", "answer",
            "answers of three", "pompe", "montuno", "tumbao", "stabs")


def texture(kind: str, metre: int, starts: list[int], half: float) -> list[float]:
    """Places in a bar of one of `TEXTURES`; starts: of its groups; half: where the off-beat is, in beats."""
    beats = range(metre)
    if kind in ("triplets", "triplet walk"):
        return [b + i / 3 for b in beats for i in range(3)]
    if kind in ("octaves", "alberti"):
        return [b + p for b in beats for p in (0.0, half)]
    if kind == "roll":
        return [b + p for b in beats for p in (0.5, 0.75)]
    if kind == "gated":
        return [b + 0.25 for b in beats]
    if kind == "vamp":  # the groups' first notes, a push inside long ones, the last group's beats
        sizes = np.diff([*starts, metre])
        pushes = [s + 1 + half for s, size in zip(starts, sizes, strict=True) if size >= 3]
        return [float(s) for s in starts] + pushes + [float(b) for b in range(starts[-1], metre)]
    if kind == "answer":
        return [float(b) for b in beats if b % 2]
    if kind == "answers of three":
        return [float(b) for b in beats if b % 3]
    if kind == "pompe":
        return [float(b) for b in beats]
    four = {"montuno": (0.0, 1.0, 1.5, 2.5, 3.5), "tumbao": (1.5, 3.0), "stabs": (0.75, 2.5)}[kind]
    return [p for p in four if p < metre]
