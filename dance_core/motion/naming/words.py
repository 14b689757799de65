"""A joint's name, taken apart: which side it is on, and a key without prefix, separators and fillers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

SIDES = {"left": "left", "l": "left", "right": "right", "r": "right"}
# what rigs put round the word that counts
_FILLERS = frozenset({"def", "org", "jnt", "joint", "jt", "bone", "bind", "skin", "skel", "avg", "bip",
                      "bip01", "bip001", "biped", "b", "c", "j", "m", "f", "bend", "drv", "sk", "skeleton"})
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+")
_MOST = 0.8  # share of the names that begin with a word, from which on it is a prefix


def words(name: str) -> list[str]:
    """The words of a name in small letters, without what stands before a colon or a bar: mixamorig:LeftUpLeg
    → left, up, leg."""
    return [w.lower() for w in _PARTS.findall(re.split(r"[:|]", name)[-1])]


def keys(names: Sequence[str], known: Collection[str]) -> list[tuple[str, str]]:
    """(side, key) of each name; side is "left", "right" or "".

    known: the keys that mean something; they decide where a name can be read in two ways ("lfemur").
    """
    split = [words(name) for name in names]
    while prefix := _prefix(split, known):
        split = [s[1:] if s[:1] == [prefix] else s for s in split]
    return [_key(s, known) for s in split]


def _prefix(split: list[list[str]], known: Collection[str]) -> str:
    """A word that most names begin with, and that says nothing; "" where there is none."""
    first = Counter(s[0] for s in split if len(s) > 1)
    if not first:
        return ""
    word, count = first.most_common(1)[0]
    if word in SIDES or word in known or count < _MOST * len(split):
        return ""
    return word


def _key(parts: list[str], known: Collection[str]) -> tuple[str, str]:
    sides = [SIDES[p] for p in parts if p in SIDES]
    side = sides[0] if sides else ""
    rest = [p for p in parts if p not in SIDES and p not in _FILLERS]
    # 01 and 001 are 1 where they stand alone; in "finger01" the zero says which finger
    key = "".join(str(int(p)) if p.isdigit() else p for p in rest)
    if key in known:
        return side, key
    bare = re.sub(r"0+(?=[1-9])", "", key)
    if bare in known:
        return side, bare
    if not side:  # sides that are grown together with the word: lfemur, leftarm, armr
        for start, name in SIDES.items():
            if key.startswith(start) and key[len(start):] in known:
                return name, key[len(start):]
            if key.endswith(start) and key[:-len(start)] in known:
                return name, key[:-len(start)]
    return side, key
