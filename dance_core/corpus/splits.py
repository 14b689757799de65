"""Which recorded dances are held out: whole dances, partners together, never slices of one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dance_core.corpus.aist_names import read_name
from dance_core.corpus.clips import Clip
from dance_core.errors import UserError

_STRICTEST = ("test", "val", "train", "")
SHARES = (("test", 0.12), ("val", 0.08))
_FEWEST = 5  # a family of fewer dances keeps none for val; of fewer than three, none at all


def share_out(clips: Sequence[Clip]) -> dict[str, str]:
    """Split of every group, "train", "val" or "test".

    A split that is given stays; of several within a group the strictest. Within a family the others are taken
    in an order that depends on nothing but their names, whole groups at a time, until a split has its share
    of the seconds.
    """
    families: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    out: dict[str, str] = {}
    for clip in clips:
        if clip.split:
            out[clip.group] = _strictest({clip.split, out.get(clip.group, "")})
        else:
            families[clip.family][clip.group] += clip.motion.duration
    for groups in families.values():
        order = sorted((g for g in groups if g not in out), key=_shuffled)
        total = sum(groups.values())
        for split, share in SHARES:
            if len(groups) < (_FEWEST if split == "val" else 3):
                continue
            have = 0.0
            for g in list(order):
                # take it if that comes nearer to the share than leaving it
                if have < share * total and (have + groups[g] / 2 <= share * total or not have):
                    if groups[g] > 2 * share * total and len(order) > 1 and g != order[-1]:
                        continue
                    out[g] = split
                    have += groups[g]
                    order.remove(g)
        out.update(dict.fromkeys(order, "train"))
    return out


def settled(clips: Sequence[Clip]) -> list[Clip]:
    """The clips, copies of one dance that were told apart (by a list, by another folder) brought together.

    They become a group of their own in the strictest split that any of them must be in.
    """
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for clip in clips:
        said[clip.identity].add((clip.group, clip.split))
    return [clip if len(said[clip.identity]) == 1 else
            replace(clip, group=clip.identity, split=_strictest({s for _, s in said[clip.identity]}))
            for clip in clips]


def check_parted(held: Iterable[tuple[str, Clip]]) -> None:
    """Raises UserError for a dance in two splits, or what must be in test and is elsewhere.

    held: splits, and clips in them. What must be in test is read from the clips' own names, anew: AIST++'s
    test sequences, and whatever was danced to their music unless an official list has it in val.
    """
    where: dict[str, str] = {}
    for split, clip in held:
        first = where.setdefault(clip.identity, split)
        if first != split:
            raise UserError(f"The dance {clip.identity!r} is in the splits {first} and {split}; a dance may "
                            "be in one of them only.")
        told = read_name(clip.name)
        listed = split == clip.split == "val" and not (told and told.official_test)
        if split != "test" and (clip.split == "test" or (told and told.split and not listed)):
            raise UserError(f"The dance {clip.name!r} is in {split}, but it belongs to an official test.")


def _strictest(splits: Iterable[str]) -> str:
    return min(splits, key=_STRICTEST.index)


def _shuffled(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
