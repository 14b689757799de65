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
    from PIL import Image

    from dance_core.corpus.pairs import Corpus
    from dance_core.evaluation.flat_table import FlatSystem, Result

TABLE, PICTURES = "flat.md", "flat.png"
CELL = (160, 200)  # pixels of a picture in the sheet
MIDDLE = 0.7  # of the picture's height is shown
EVERY_S, MOMENTS, DANCES = 0.5, 12, 2  # s between pictures; how many in a row; dances of each system


def evaluate_flat(settings: Settings, generator: str | None, weights: Path | None, corpus: Corpus, clips: int,
                  seeds: int, seconds: float, out: Path | None = None) -> int:
    """Print a row for people's dances, for controls, and for a generator or a system of two dimensions.

    In the folder `out` the generator's dances are kept, the table is written as flat.md, and pictures of the
    first dances of each system as flat.png.

    Args:
        generator: None: the app's, or none where there are weights.
        weights: folder of a system of two dimensions.
    """
    if out is not None and out.exists() and not out.is_dir():
        raise UserError(f"{out.name!r} is a file, but the tables are kept in a folder.")
    from dance_core.evaluation.flat_table import FlatEvaluation, markdown

    systems = [inputs.generator(generator)] if generator is not None or weights is None else []
    flat: dict[str, FlatSystem] = {}
    if weights is not None:
        from dance_core.generators.hotdance.flat_dancing import FlatDancer

        flat["hotdance in 2D"] = FlatDancer(weights)
    with contextlib.closing(Stages()) as bars:
        result = FlatEvaluation(corpus, systems, flat, clips=clips, seeds=seeds,
                                seconds=seconds, settings=settings,
                                kept=out / "made" if out is not None else None, report=bars).run()
    print(f"{result.chosen} In two dimensions, heights of the picture:\n")
    print(shown(result))
    if out is not None:
        with whole_file(out / TABLE) as part:
            part.write_text(markdown(result), encoding="utf-8")
        with whole_file(out / PICTURES) as part:
            pictures(result).save(part)
        print(f"\nWritten: {out / TABLE} and {PICTURES} beside it.")
    return 0


def shown(result: Result) -> str:
    """The table."""
    from dance_core.evaluation.flat_table import COLUMNS

    lines = [("", *(c.heading for c in COLUMNS))]
    for row in result.rows:
        lines.append((row.name, *(format(row.values[c.key], c.form) if c.key in row.values else ""
                                  for c in COLUMNS)))
    return table(lines)


def pictures(result: Result) -> Image.Image:
    """The first dances of each system as pose-to-video models see them: a row each, every half second."""
    import numpy as np
    from PIL import Image, ImageDraw

    from dance_core.body.openpose_picture import draw_keypoints

    rows = [(name, seen) for name, dances in result.filmed.items()
            for (clip, seed), seen in dances.items() if clip < DANCES and seed == 0]
    sheet = Image.new("RGB", (MOMENTS * CELL[0], len(rows) * CELL[1]))
    for r, (name, seen) in enumerate(rows):
        for k in range(MOMENTS):
            t = min(round(k * EVERY_S * seen.fps), len(seen) - 1)
            drawn = Image.fromarray(np.asarray(draw_keypoints(seen.xy[t], seen.confidence[t], seen.size)))
            high = round(seen.size[1] * MIDDLE)
            wide = round(high * CELL[0] / CELL[1])
            left, top = (seen.size[0] - wide) // 2, (seen.size[1] - high) // 2
            cell = drawn.crop((left, top, left + wide, top + high)).resize(CELL)
            sheet.paste(cell, (k * CELL[0], r * CELL[1]))
        ImageDraw.Draw(sheet).text((4, r * CELL[1] + 4), name, fill=(255, 255, 255))
    return sheet
