"""Dance generators behind one contract (base.py), and the registry of those that are shipped."""

from __future__ import annotations

import functools

from dance_core.errors import UserError
from dance_core.generators.base import Generator, Needs, Request
from dance_core.generators.choreographer import Choreographer
from dance_core.generators.hotdance.generator import WEIGHTS as HOTDANCE_WEIGHTS
from dance_core.generators.hotdance.generator import HotDance
from dance_core.generators.jepa.generator import WEIGHTS as JEPA_WEIGHTS
from dance_core.generators.jepa.generator import Jepa
from dance_core.generators.others import installed
from dance_core.generators.soulnet.generator import WEIGHTS as SOULNET_WEIGHTS
from dance_core.generators.soulnet.generator import SoulNet

__all__ = ["Generator", "Needs", "Request", "registry", "starting_with"]


@functools.cache
def registry() -> dict[str, Generator]:
    """All generators by name: the shipped ones, the default first, then those of installed packages. Weights
    load when first used."""
    generators: list[Generator] = [Choreographer()]
    if (JEPA_WEIGHTS / "jepa.json").exists():  # not while it is being trained
        generators.insert(0, Jepa())
    if (SOULNET_WEIGHTS / "masked.json").exists():  # written when all of it is trained
        generators.append(SoulNet())
    if (HOTDANCE_WEIGHTS / "dit.json").exists():
        generators.append(HotDance())
    generators += installed({g.needs.name for g in generators})
    return {g.needs.name: g for g in generators}


def starting_with(first: str) -> dict[str, Generator]:
    """The registry with another default; "" leaves it. UserError for a name that is none."""
    there = registry()
    if first and first not in there:
        raise UserError(f"There is no generator {first!r} (DANCE_GENERATOR). There are: {', '.join(there)}.")
    return {name: there[name] for name in sorted(there, key=lambda name: name != first)}
