"""All names of a skeleton → our joints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dance_core.motion.naming.tables import KNOWN, MIDDLE, NEEDED, RIGIFY, SIDED, WHOSE
from dance_core.motion.naming.words import keys
from dance_core.motion.skeleton import JOINT_NAMES


def match_names(names: Sequence[str], parents: Sequence[int] | None = None) -> dict[str, int]:
    """Our joint names → index among other joints' names, for all that can be told.

    parents: of each, -1 for a root. With them a pelvis without a name that says so is the joint that both
    legs hang on, and a name twice is the joint that is where it must be.
    """
    if set(JOINT_NAMES) <= set(names):
        return {n: list(names).index(n) for n in JOINT_NAMES}
    found = _matched(names)
    if missing(found):  # Sketchfab and Blender put a number behind names that were there twice
        plain = _matched([re.sub(r"[_.]\d+$", "", name) for name in names])
        found = plain if len(missing(plain)) < len(missing(found)) else found
    if parents is not None:
        _pelvis_by_legs(found, parents)
    return found


def _matched(names: Sequence[str]) -> dict[str, int]:
    """By the names alone."""
    called: dict[tuple[str, str], list[int]] = {}
    for j, key in enumerate(keys(names, KNOWN)):
        called.setdefault(key, []).append(j)
    found: dict[str, int] = {}
    taken: set[int] = set()

    def claim(ours: str, side: str, candidates: Sequence[str]) -> None:
        for key in candidates:
            for j in called.get((side, key), ()):
                if j not in taken:
                    found[ours] = j
                    taken.add(j)
                    return

    for ours, others in MIDDLE.items():
        claim(ours, "", others)
    for ours, others in SIDED.items():
        for side in ("left", "right"):
            claim(f"{side}_{ours}", side, others)
    if "head" not in found and ("", RIGIFY["head"]) in called:
        for ours, key in RIGIFY.items():
            if ours not in found:
                claim(ours, "", (key,))
    return found


def missing(found: dict[str, int]) -> list[str]:
    """Our joints without which nobody can dance that were not found, in words."""
    return [n.replace("_", " ") for n in NEEDED if n not in found]


def whose_names(names: Sequence[str]) -> str:
    """Whose naming it is ("Mixamo", "Unreal", …), or "" where it is nobody's that is known."""
    if set(JOINT_NAMES) <= set(names):
        return "SMPL-X"
    plain = " ".join(n.lower().replace(" ", "_") for n in names) + " "
    return next((who for who, parts in WHOSE if all(p in plain for p in parts)), "")


def _pelvis_by_legs(found: dict[str, int], parents: Sequence[int]) -> None:
    """The pelvis is what both legs hang on, where no name tells it or the named one holds but one of them."""
    if "left_hip" not in found or "right_hip" not in found:
        return
    left, right = (_up(found[f"{s}_hip"], parents) for s in ("left", "right"))
    if found.get("pelvis", -1) in left and found["pelvis"] in right:
        return
    common = [j for j in left if j in right]
    if common:
        found["pelvis"] = common[0]


def _up(j: int, parents: Sequence[int]) -> list[int]:
    """The joints above j, nearest first."""
    out = []
    while (j := parents[j]) >= 0:
        out.append(j)
    return out
