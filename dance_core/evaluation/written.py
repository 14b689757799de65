"""What the tables of this room are written with: lines of Markdown, values of JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dance_core.evaluation.criterion import Criterion


def line(cells: Sequence[str]) -> str:
    """A row of a table."""
    return "| " + " | ".join(cells) + " |"


def head(cells: Sequence[str], words: int = 1) -> list[str]:
    """The first two rows of a table: headings, and that the first `words` columns stand to the left."""
    return [line(cells), line(["---"] * words + ["---:"] * (len(cells) - words))]


def criteria_table(title: str, held: Sequence[Criterion]) -> list[str]:
    """A section: what is asked, what was measured, whether it holds."""
    lines = [f"## {title}", "", line(["", "asked", "measured", "held"]), line(["---", "---", "---:", "---"])]
    said = {True: "yes", False: "no", None: "–"}
    return lines + [line([c.name, c.asked, c.measured, said[c.held]]) for c in held]


def finite(value: object) -> object:
    """One way for numbers that are none, which JSON has not: null for nan, "never" for infinity."""
    if isinstance(value, Mapping):
        return {str(k): finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [finite(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "never" if math.isinf(value) else None
    return value
