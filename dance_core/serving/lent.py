"""GPUs that are lent for a moment: Hugging Face's ZeroGPU, by way of its package `spaces`.

There, what is marked with `spaces.GPU` runs in a process that is forked from this one and has the GPU while
it runs; its arguments go and what it yields comes back as pickles. Elsewhere `gpu` changes nothing.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, TypeVar

from dance_core.errors import UserError
from dance_core.generators.base import Generator
from dance_core.longform.dance import GeneratorError
from dance_core.serving.engine import Job, Piece
from dance_core.serving.local import LocalEngine
from dance_core.settings import Settings

try:
    import spaces
except ImportError:
    spaces = None

Task = TypeVar("Task", bound=Callable[..., Any])


def gpu(task: Task) -> Task:
    """`spaces.GPU(task)` where that package is, `task` itself elsewhere.

    task: a function, or a generator of what it makes. `spaces` (0.51) refuses coroutines, and would try to
    pickle an asynchronous generator.
    """
    return task if spaces is None else spaces.GPU(task)


class LentEngine(LocalEngine):
    """Makes dances in a process that has a lent GPU, as `serving.engine.Engine` says.

    This process reads the weights and makes no dance, so that a forked one finds an engine whose threads have
    not been started: threads do not live through a fork.
    """

    def __init__(self, generators: Mapping[str, Generator], settings: Settings) -> None:
        super().__init__(generators, settings)
        self._number = next(_NUMBERS)
        _ENGINES[self._number] = self

    def load(self) -> None:
        """Read all weights, then say that this program is ready: what is read later has no GPU."""
        super().load()
        ready = getattr(getattr(spaces, "zero", None), "startup", None)  # on ZeroGPU only
        if ready is not None:
            ready()  # Gradio's `launch` would; the pages are not started by it

    async def stream(self, job: Job) -> AsyncIterator[Piece]:
        """See LocalEngine.stream."""
        pieces = _pieces(self._number, job)
        step: asyncio.Future | None = None
        try:
            while True:
                step = asyncio.ensure_future(asyncio.to_thread(next, pieces, None))
                said = await asyncio.shield(step)
                if said is None:
                    return
                if isinstance(said, UserError):
                    raise said
                yield said
        finally:
            if step is not None:  # a generator that is at work can't be closed, and who cancels does not wait
                step.add_done_callback(lambda _: threading.Thread(target=pieces.close, daemon=True).start())

    def close(self) -> None:
        """See LocalEngine.close."""
        _ENGINES.pop(self._number, None)
        super().close()


_NUMBERS = itertools.count()
_ENGINES: dict[int, LentEngine] = {}  # a forked process finds here what no pickle can hold


def _in_the_fork(number: int, job: Job) -> Iterator[Piece | UserError]:
    """The pieces, or an error that people read, as a value: `spaces` keeps of an exception its name alone."""
    loop = asyncio.new_event_loop()
    pieces = LocalEngine.stream(_ENGINES[number], job)
    try:
        while True:
            yield loop.run_until_complete(anext(pieces))
    except StopAsyncIteration:
        return
    except UserError as error:
        yield (GeneratorError if isinstance(error, GeneratorError) else UserError)(str(error))
    finally:
        loop.run_until_complete(pieces.aclose())
        loop.close()


_pieces = gpu(_in_the_fork)
LENDS = _pieces is not _in_the_fork  # whether there is a GPU to borrow here
