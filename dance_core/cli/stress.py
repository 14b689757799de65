"""The stress tests of a generator: part of the command evaluate."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import Stages, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.motion.motion import Motion

PEOPLE = 9  # dances of a corpus that are warped, at the most


def evaluate_stress(settings: Settings, generator: str | None, seeds: int, seconds: float,
                    corpus: Path | None, out: Path | None, card: Path | None = None) -> int:
    """Dance to songs that jump, to covers, with other seeds; print the tables.

    A corpus gives people's dances as a control. In the folder `out` the dances are kept, and the tables as
    stress.md and stress.json; `card` is one more place for the former.
    """
    if out is not None and out.exists() and not out.is_dir():
        raise UserError(f"{out.name!r} is a file, but the tables are kept in a folder.")
    if not 12.0 <= seconds <= 60.0:
        raise UserError(f"The songs are to be {seconds:g} s long, but 12 to 60 were expected.")
    from dance_core.evaluation import stress_report
    from dance_core.evaluation.making import Kept, making_digest, weights_digest
    from dance_core.evaluation.stress import Asked, StressTest

    dancer = inputs.generator(generator)
    name = dancer.needs.name
    with contextlib.ExitStack() as stack:
        folder = out or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shown = stack.enter_context(contextlib.closing(Stages()))
        kept = Kept(folder / "made" / f"{name}-{making_digest(name)}{weights_digest(name)}")
        people = _people(corpus, seconds) if corpus is not None else []
        result = StressTest(dancer, Asked(seeds, seconds), settings, kept, people, shown).run()
        path, text = stress_report.write(folder, result)
    print(text)
    if out is not None:
        print(f"Written: {path} and {stress_report.STRESS_JSON} beside it.")
    if card is not None:
        with whole_file(card) as part:
            part.write_text(text, encoding="utf-8")
    return 0


def stress_of(folder: Path, name: str) -> str:
    """What a folder says of the stress tests of a generator, if its weights are still those; or ""."""
    from dance_core.evaluation.making import weights_digest
    from dance_core.evaluation.stress_report import STRESS_MD

    path = folder / STRESS_MD
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return text if weights_digest(name) in text else ""


def _people(corpus: Path, seconds: float) -> list[Motion]:
    from dance_core.corpus.pairs import Corpus
    from dance_core.evaluation.clips import choose_clips

    return [clip.motion for clip in choose_clips(Corpus.open(corpus), PEOPLE, seconds, "test")]
