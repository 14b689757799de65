"""Measure dances in two dimensions, as one camera sees them: part of the command evaluate."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import Stages, table, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.corpus.pairs import Corpus
    from dance_core.evaluation.flat_table import Result

TABLE = "flat.md"


def evaluate_flat(settings: Settings, generator: str | None, corpus: Corpus, clips: int, seeds: int,
                  seconds: float, out: Path | None = None) -> int:
    """Print a row for people's dances, for controls, and for a generator.

    In the folder `out` the generator's dances are kept, and the table as flat.md.
    """
    if out is not None and out.exists() and not out.is_dir():
        raise UserError(f"{out.name!r} is a file, but the tables are kept in a folder.")
    from dance_core.evaluation.flat_table import FlatEvaluation, markdown

    with contextlib.closing(Stages()) as bars:
        result = FlatEvaluation(corpus, [inputs.generator(generator)], {}, clips=clips, seeds=seeds,
                                seconds=seconds, settings=settings,
                                kept=out / "made" if out is not None else None, report=bars).run()
    print(f"{result.chosen} In two dimensions, heights of the picture:\n")
    print(shown(result))
    if out is not None:
        with whole_file(out / TABLE) as part:
            part.write_text(markdown(result), encoding="utf-8")
        print(f"\nWritten: {out / TABLE}")
    return 0


def shown(result: Result) -> str:
    """The table."""
    from dance_core.evaluation.flat_table import COLUMNS

    lines = [("", *(c.heading for c in COLUMNS))]
    for row in result.rows:
        lines.append((row.name, *(format(row.values[c.key], c.form) if c.key in row.values else ""
                                  for c in COLUMNS)))
    return table(lines)
