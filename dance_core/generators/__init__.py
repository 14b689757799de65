"""Dance generators behind one contract (base.py), and the registry of those that are shipped."""

from __future__ import annotations

import functools

from dance_core.generators.base import Generator, Needs, Request
from dance_core.generators.choreographer import Choreographer
from dance_core.generators.jepa.generator import WEIGHTS as JEPA_WEIGHTS
from dance_core.generators.jepa.generator import Jepa

__all__ = ["Generator", "Needs", "Request", "registry"]


@functools.cache
def registry() -> dict[str, Generator]:
    """All shipped generators by name, the default first. Weights load when first used."""
    generators: list[Generator] = [Choreographer()]
    if (JEPA_WEIGHTS / "jepa.json").exists():  # not while it is being trained
        generators.insert(0, Jepa())
    return {g.needs.name: g for g in generators}
