"""A system trained whole and with each of its parts changed, each in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from dance_core.generators.nets.training import Progress, last_numbers

WHOLE = "whole"
Train = Callable[[str, Path, Progress], None]  # what is changed ("": nothing), folder, progress


def ablated(folder: Path, changes: Sequence[str], train: Train, logs: Sequence[str], progress: Progress,
            shared: Sequence[Path] = ()) -> dict[str, dict[str, float]]:
    """The last numbers of the logs of `WHOLE` and of each change, trained in FOLDER/NAME.

    Args:
        train: interrupted and started again, it goes on where it was.
        logs: names of the stages that are logged.
        progress: each stage is told with the variant's name before it.
        shared: files that every variant has a copy of; what is missing `train` will say.
    """
    found = {}
    for name in (WHOLE, *changes):
        own = folder / name
        own.mkdir(parents=True, exist_ok=True)
        for file in filter(Path.exists, shared):
            shutil.copyfile(file, own / file.name)
        train("" if name == WHOLE else name, own,
              lambda stage, *told, name=name: progress(f"{name}: {stage}", *told))
        found[name] = {key: value for log in logs for key, value in last_numbers(own / f"{log}.csv").items()}
    return found
