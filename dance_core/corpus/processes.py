"""Work on many things that do not depend on each other, in this process or in several."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

from dance_core.errors import UserError

Item, Done = TypeVar("Item"), TypeVar("Done")
_MOST = 256
_LOOK_S = 1.0


def check_jobs(jobs: int) -> None:
    """Raises UserError for a number of processes out of range."""
    if not 1 <= jobs <= _MOST:
        raise UserError(f"{jobs} jobs were asked for; 1 to {_MOST} are possible.")


def each(call: Callable[[Item], Done], items: Sequence[Item], jobs: int) -> Iterator[Done]:
    """What a call gives for each item, as they get ready; whoever stops asking stops the work.

    call: with more than one job, something that other processes can have: a module's function, or a partial
    of one. jobs: processes.
    """
    if jobs == 1:
        yield from map(call, items)
        return
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"),
                             initializer=end_with, initargs=(os.getpid(),)) as pool:
        waiting = [pool.submit(call, item) for item in items]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def end_with(parent: int) -> None:
    """End this process when its parent is gone: where that was killed, it would wait for work for ever."""
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_S)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
