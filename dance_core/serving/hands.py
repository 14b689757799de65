"""What answers requests: generators in this process, or in one of its own beside others.

Python runs one thread at a time, and half of a dance is Python. So where several cores make dances, each has
a process with the weights, one thread, and whatever batch is its turn.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

from dance_core.corpus.processes import end_with
from dance_core.generators.base import Generator, Request
from dance_core.motion.motion import Motion
from dance_core.serving.closing import Closing

log = logging.getLogger(__name__)
Make = Callable[[], Mapping[str, Generator]]  # a module's function or a partial of one: it goes to a process


class Hand(Protocol):
    """Answers one batch at a time."""

    def load(self) -> None:
        """Read all weights."""

    def answer(self, name: str, requests: Sequence[Request]) -> list[Motion]:
        """What the generator of that name gives. Raises what it raises."""

    def close(self) -> None:
        """No more answers."""


class Here:
    """Generators in this process; each is loaded once, before its first batch."""

    def __init__(self, generators: Mapping[str, Generator]) -> None:
        self._generators = generators
        self._loaded: set[str] = set()

    def load(self) -> None:
        """Read all weights."""
        for generator in self._generators.values():
            generator.load()

    def answer(self, name: str, requests: Sequence[Request]) -> list[Motion]:
        """See Hand."""
        generator = self._generators[name]
        if name not in self._loaded:
            generator.load()
            self._loaded.add(name)
        return list(generator.generate(requests))

    def close(self) -> None:
        """Nothing is held here."""


class Elsewhere:
    """Generators in a process of their own, started when it is first needed and again when it has died.

    Args:
        make: gives the generators, in that process.
        nice: how far it stands back behind processes that want the same core (POSIX).
    """

    def __init__(self, make: Make, nice: int = 0) -> None:
        self._make, self._nice = make, nice
        self._lock = threading.Lock()
        self._process: ProcessPoolExecutor | None = None
        self._closed = False

    def load(self) -> None:
        """Start the process, and read all weights there."""
        self._call(_load)

    def answer(self, name: str, requests: Sequence[Request]) -> list[Motion]:
        """See Hand. A request whose process dies is asked once more: it need not have been at fault.

        Raises BrokenProcessPool where the second dies too.
        """
        return self._call(_answer, name, list(requests))

    def close(self) -> None:
        """End the process, after the batch that it is at."""
        with self._lock:
            self._closed, process = True, self._process
        if process is not None:
            process.shutdown(wait=True, cancel_futures=True)

    def _call(self, call: Callable[..., Any], *arguments: object) -> Any:
        for again in (True, False):
            process = self._open()
            try:
                return self._asked(process, call, *arguments)
            except BrokenProcessPool:
                self._drop(process)
                if not again:
                    raise
                log.error("a process that makes dances has died; another one is started")

    @staticmethod
    def _asked(process: ProcessPoolExecutor, call: Callable[..., Any], *arguments: object) -> Any:
        try:
            answer = process.submit(call, *arguments)
        except BrokenProcessPool:
            raise
        except RuntimeError:  # it was closed since
            raise Closing() from None
        try:
            return answer.result()
        except CancelledError:
            raise Closing() from None

    def _open(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._closed:
                raise Closing()
            if self._process is None:
                self._process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin,
                                                    (os.getpid(), self._make, self._nice))
            return self._process

    def _drop(self, process: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._process is process:
                self._process = None
        process.shutdown(wait=False)


_here: list[Here] = []  # of a process that answers for another


def _begin(parent: int, make: Make, nice: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this one
    if nice and hasattr(os, "nice"):
        os.nice(nice)
    end_with(parent)
    _here.append(Here(make()))


def _load() -> None:
    _here[0].load()


def _answer(name: str, requests: Sequence[Request]) -> list[Motion]:
    return _here[0].answer(name, requests)
