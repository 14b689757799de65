"""One row of what is asked of a generator, or verified of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """One thing that is asked. held: None where it could not be measured or is only told."""

    name: str
    asked: str
    measured: str
    held: bool | None
