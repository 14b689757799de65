"""One thread that runs the generators: requests of many jobs are answered in small batches."""

from __future__ import annotations

import itertools
import logging
import math
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from dance_core.errors import UserError
from dance_core.generators.base import Generator, Request
from dance_core.longform.dance import GeneratorError
from dance_core.motion.motion import Motion

log = logging.getLogger(__name__)
_BATCH_S = 60.0  # a batch takes seconds, on a busy machine many of them


class Closing(UserError):
    """The engine is being shut down."""

    def __init__(self) -> None:
        super().__init__("The server is shutting down and makes no more dances.")


@dataclass(eq=False)
class _Ticket:
    generator: str
    request: Request
    what: str
    due: float
    number: int
    answer: Future = field(default_factory=Future)


class ModelThread:
    """Answers requests one batch at a time, in a daemon thread that starts with the first request.

    What will be played first is made first: a request says when its frames are due, and a batch holds the
    most urgent request and others for the same generator that are due soon after it. So nobody who waits for
    a first movement waits for seconds that are played in a minute; and where all are late, nobody is left
    behind, because whoever has least of a dance is served next.

    Args:
        generators: by name; each is loaded once, in the thread, before its first batch.
        window: seconds that a batch waits for more after its first request came.
        most: requests in a batch.
        ahead: seconds; what is due later than this after the most urgent request waits for another batch.
    """

    def __init__(self, generators: Mapping[str, Generator], window: float, most: int,
                 ahead: float = math.inf) -> None:
        if most < 1:
            raise ValueError(f"a batch of at most {most} requests")
        self._generators, self._window, self._most, self._ahead = generators, window, most, ahead
        self._wake = threading.Condition()
        self._waiting: list[_Ticket] = []
        self._numbers = itertools.count()
        self._loaded: set[str] = set()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, generator: str, request: Request, what: str, due: float | None = None) -> Future:
        """Ask for a Motion. Cancelling the Future withdraws a request that is not being answered yet.

        due: when its frames are wanted, on the clock of time.monotonic(); None: now.
        """
        due = time.monotonic() if due is None else due
        ticket = _Ticket(generator, request, what, due, next(self._numbers))
        with self._wake:
            if self._closed:
                raise Closing()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="dance-model", daemon=True)
                self._thread.start()
            self._waiting.append(ticket)
            self._wake.notify_all()
        return ticket.answer

    def close(self, timeout: float = _BATCH_S) -> None:
        """Cancel what waits; wait up to `timeout` s for the thread to end, after the batch that it is at.

        Native code that runs on while the interpreter ends takes the whole process down with an abort.
        """
        with self._wake:
            self._closed = True
            for t in self._waiting:
                if t.answer.set_running_or_notify_cancel():
                    t.answer.set_exception(Closing())
            self._waiting.clear()
            self._wake.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            batch = self._next_batch()
            if batch is None:
                return
            self._answer(batch)

    def _next_batch(self) -> list[_Ticket] | None:
        """Wait for requests; None when closed."""
        with self._wake:
            while not self._closed:
                self._drop_cancelled()
                if not self._waiting:
                    self._wake.wait()
                    continue
                until = time.monotonic() + self._window
                while len(self._waiting) < self._most and not self._closed:
                    left = until - time.monotonic()
                    if left <= 0 or not self._wake.wait(left):
                        break
                self._drop_cancelled()
                if self._waiting and not self._closed:
                    return self._chosen()
        return None

    def _drop_cancelled(self) -> None:
        self._waiting = [t for t in self._waiting if not t.answer.cancelled()]

    def _chosen(self) -> list[_Ticket]:
        ranked = sorted(self._waiting, key=lambda t: (t.due, t.number))
        until = max(ranked[0].due, time.monotonic()) + self._ahead
        batch = [t for t in ranked if t.generator == ranked[0].generator and t.due <= until][:self._most]
        self._waiting = [t for t in self._waiting if t not in batch]
        return [t for t in batch if t.answer.set_running_or_notify_cancel()]

    def _answer(self, batch: list[_Ticket]) -> None:
        if not batch:
            return
        try:
            for t, motion in zip(batch, self._generate(batch), strict=True):
                t.answer.set_result(motion)
        except BaseException as error:  # whatever a generator throws must not end the thread
            if len(batch) > 1:  # one of them may be at fault: the others shall not pay for it
                for t in batch:
                    self._answer([t])
            else:
                batch[0].answer.set_exception(self._explained(batch[0], error))

    def _generate(self, batch: Sequence[_Ticket]) -> list[Motion]:
        name = batch[0].generator
        generator = self._generators[name]
        if name not in self._loaded:
            generator.load()
            self._loaded.add(name)
        motions = list(generator.generate([t.request for t in batch]))
        if len(motions) != len(batch):
            raise GeneratorError(f"{generator.needs.title} gave {len(motions)} motions "
                                 f"for {len(batch)} requests.")
        return motions

    def _explained(self, ticket: _Ticket, error: BaseException) -> Exception:
        if isinstance(error, UserError):
            return error
        title = self._generators[ticket.generator].needs.title
        log.error("%s failed on %s", title, ticket.what, exc_info=error)
        told = GeneratorError(f"{title} failed on {ticket.what} ({type(error).__name__}); the log says why.")
        told.__cause__ = error
        return told
