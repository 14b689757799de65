"""Compare other numbers in how a generator dances, on val: part of the command evaluate."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import Stages, table
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.corpus.pairs import Corpus
    from dance_core.evaluation.tuning import Tuned

_SHOWN = ("bas_gain", "precision", "recall", "rests", "on_time", "recall_1", "fid_k_fixed", "div_k_fixed",
          "speed", "jerk", "seam", "skating", "away", "hands_speed", "face_speed", "body_hands", "body_face")


def numbers(text: str) -> tuple[str, tuple[float, ...]]:
    """NAME=V,V,… as on the command line. UserError where it is not."""
    name, there, values = text.partition("=")
    try:
        found = tuple(int(v) if v.strip().isdigit() else float(v) for v in values.split(","))
    except ValueError:
        found = ()
    if not there or not found or not name.isidentifier():
        raise UserError(f"{text!r} is not NAME=NUMBER,NUMBER,… (as in iterations=4,8).")
    return name, found


def evaluate_settings(settings: Settings, generator: str | None, changed: Sequence[str], corpus: Corpus,
                      count: int, seconds: float) -> int:
    """Print a row for each combination of the numbers, and one of people's dances."""
    from dance_core.evaluation.evaluator.judge import load_judge
    from dance_core.evaluation.tuning import combinations, compare

    asked = combinations(dict(numbers(text) for text in changed))
    with contextlib.closing(Stages()) as bars:
        rows = compare(inputs.generator(generator), asked, corpus, count, seconds, settings, load_judge(),
                       report=bars)
    print(f"{count} clips of {seconds:g} s at most, of the val split, one dance each\n")
    print(shown(rows))
    return 0


def shown(rows: Sequence[Tuned]) -> str:
    """The table."""
    from dance_core.evaluation.columns import COLUMNS

    columns = {c.key: c for _, group in COLUMNS for c in group}
    used = [columns[key] for key in _SHOWN if any(key in row.values for row in rows)]
    lines = [("", *(c.heading for c in used), "pace")]
    for row in rows:
        cells = [format(row.values[c.key], c.form) if c.key in row.values else "" for c in used]
        lines.append((row.name, *cells, f"{row.values['pace']:.1f}" if "pace" in row.values else ""))
    return table(lines)
