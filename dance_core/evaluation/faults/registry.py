"""All kinds of fault, and what is found of them in a dance."""

from __future__ import annotations

from collections.abc import Iterable

from dance_core.evaluation.faults import (
    balance,
    burst,
    dead,
    floating,
    floor,
    freeze,
    inside,
    jitter,
    joints,
    offbeat,
    pop,
    seam,
    skating,
    stage,
)
from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import Fault, Kind

KINDS: dict[str, Kind] = {k.key: k for k in (
    skating.KIND, floating.KIND, floor.KIND, inside.KIND, jitter.KIND, pop.KIND, freeze.KIND, burst.KIND,
    seam.KIND, offbeat.KIND, joints.KIND, balance.KIND, dead.HANDS, dead.FACE, stage.DRIFT, stage.TURNED)}


def find_faults(dance: Dance, kinds: Iterable[str] = KINDS) -> list[Fault]:
    """Every fault of a dance, in order of time. Fewer than two frames have none.

    Raises KeyError for a kind that is none.
    """
    if len(dance) < 2 * dance.stride:
        return []
    found = [fault for key in kinds for fault in KINDS[key].find(dance)]
    return sorted(found, key=lambda f: (f.start_s, f.kind, f.joint))


def worst_first(faults: Iterable[Fault]) -> list[Fault]:
    """The most severe first; of two alike the longer one."""
    return sorted(faults, key=lambda f: (-f.severity, f.start_s - f.stop_s, f.start_s))
