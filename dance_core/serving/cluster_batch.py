"""Many things to do, shared among the processes of a Ray cluster by Ray Data.

What is done is kept by whoever does it (`batch`: a Take's folder, renamed when it is complete), and a run
after one that was killed finds it there. Ray's own checkpoints come too late for that: one is written for a
whole block of rows (Ray 2.60), so that of 40 small rows in one block, killed after 37, none counts.
"""

from __future__ import annotations

import logging
import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import ray.data
from ray.exceptions import RayError

from dance_core.errors import UserError
from dance_core.serving.cluster import check_build
from dance_core.serving.cluster_start import actor_options, sentence_in
from dance_core.serving.host import build_name

Item, Done = TypeVar("Item"), TypeVar("Done")


class _Worker:
    """A process of the cluster; Ray Data calls it with a row at a time, one after another."""

    def __init__(self, call: Callable[[Any], Any], items: Sequence[Any], build: str, mark: Path) -> None:
        check_build(build)
        if not mark.exists():
            raise UserError(f"A machine of the cluster does not see the folder {str(mark.parent)!r}: songs "
                            "and dances must lie where all of them find them, under the same path.")
        self._call, self._items = call, items

    def __call__(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {"done": pickle.dumps(self._call(self._items[row["id"]]))}


def each(call: Callable[[Item], Done], items: Sequence[Item], jobs: int, folder: Path, gpus: float = 0.0
         ) -> Iterator[Done]:
    """What a call gives for each item, as they get ready, on the cluster that this process is connected to.

    A row whose process dies is done once more by another one.

    Args:
        call: something that other processes can have: a module's function, or a partial of one.
        jobs: processes, for as long as it takes. gpus: of each.
        folder: where the results are kept; every machine must see it.

    Raises UserError where a machine does not see it, or has other code.
    """
    with tempfile.TemporaryDirectory(prefix=".cluster.part-", dir=folder) as mark:
        yield from _rows((call, list(items), build_name(), Path(mark)), len(items), jobs, gpus)


def _rows(worker: tuple[Any, ...], count: int, jobs: int, gpus: float) -> Iterator[Any]:
    """worker: the arguments of _Worker."""
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False  # whoever asks has one of their own
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # it warns of what was asked for
    rows = ray.data.from_items([{"id": k} for k in range(count)], override_num_blocks=count)
    options = actor_options(gpus)
    done = rows.map(_Worker, fn_constructor_args=worker,
                    compute=ray.data.ActorPoolStrategy(size=jobs, max_tasks_in_flight_per_actor=1),
                    num_cpus=options["num_cpus"], num_gpus=options["num_gpus"] or None,
                    runtime_env=options["runtime_env"])
    try:
        for row in done.iter_rows():
            yield pickle.loads(row["done"])
    except RayError as error:
        raise UserError(sentence_in(str(error), "Ray gave the work up")) from error
