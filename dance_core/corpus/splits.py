"""Which recorded dances are held out: whole dances, partners together, never slices of one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from dance_core.corpus.clips import Clip

SHARES = (("test", 0.12), ("val", 0.08))
_FEWEST = 5  # a family of fewer dances keeps none for val; of fewer than three, none at all


def share_out(clips: Sequence[Clip]) -> dict[str, str]:
    """Split of every group, "train", "val" or "test".

    A split that the source itself gives stays. Within a family the others are taken in an order that depends
    on nothing but their names, whole groups at a time, until a split has its share of the seconds.
    """
    families: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    out: dict[str, str] = {}
    for clip in clips:
        if clip.split:
            out[clip.group] = clip.split
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


def _shuffled(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
