"""Who is answered when: requests of many jobs, in small batches, by as many hands as there are."""

from __future__ import annotations

import itertools
import logging
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from dance_core.errors import UserError
from dance_core.generators.base import Generator, Request
from dance_core.longform.dance import GeneratorError
from dance_core.motion.motion import Motion
from dance_core.serving.closing import Closing
from dance_core.serving.hands import Hand, Here

log = logging.getLogger(__name__)
_BATCH_S = 60.0  # a batch takes seconds, on a busy machine many of them


@dataclass(eq=False)
class _Ticket:
    generator: str
    request: Request
    what: str
    due: float
    number: int
    answer: Future = field(default_factory=Future)


def _urgent(ticket: _Ticket) -> tuple[float, int]:
    return ticket.due, ticket.number


class Models:
    """Answers requests one batch at a time a hand, in daemon threads that start with the first request.

    What will be played first is made first: a request says when its frames are due, and a batch holds the
    most urgent request and others for the same generator that are due soon after it. So nobody who waits for
    a first movement waits for seconds that are played in a minute; and where all are late, nobody is left
    behind, because whoever has least of a dance is served next. Idle hands share what waits. A batch that has
    begun is not broken off; so that whoever comes new need not wait for its end, one hand may be kept free
    for beginnings.

    Args:
        generators: by name; each is loaded once, in the thread, before its first batch.
        window: seconds that a batch waits for more after its first request came, where more are worth it.
        most: requests in a batch.
        ahead: seconds; what is due later than this after the most urgent request waits for another batch.
        hands: what answers; none: the generators in this process.
        together: how many requests of a generator are worth one call, by its name; asked in the threads.
            None: as many as `most`.
        door: one more hand, which makes nothing but first segments of dances, one at a time; None: there is
            none.
    """

    def __init__(self, generators: Mapping[str, Generator], window: float, most: int,
                 ahead: float = math.inf, hands: Sequence[Hand] = (),
                 together: Callable[[str], int] | None = None, door: Hand | None = None) -> None:
        if most < 1:
            raise ValueError(f"a batch of at most {most} requests")
        self._generators, self._window, self._most, self._ahead = generators, window, most, ahead
        self.hands = tuple(hands) or (Here(generators),)
        self._together, self._door = together, door
        self._wake = threading.Condition()
        self._waiting: list[_Ticket] = []
        self._numbers = itertools.count()
        self._threads: list[threading.Thread] = []
        self._idle = 0  # threads that look for a batch
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
            if not self._threads:
                self._threads = [threading.Thread(target=self._run, args=(hand,), name="dance-model",
                                                  daemon=True) for hand in self.all_hands]
                for thread in self._threads:
                    thread.start()
            self._waiting.append(ticket)
            self._wake.notify_all()
        return ticket.answer

    def close(self, timeout: float = _BATCH_S) -> None:
        """Cancel what waits; wait up to `timeout` s for the threads to end, after the batches they are at.

        Native code that runs on while the interpreter ends takes the whole process down with an abort.
        """
        with self._wake:
            self._closed = True
            for t in self._waiting:
                if t.answer.set_running_or_notify_cancel():
                    t.answer.set_exception(Closing())
            self._waiting.clear()
            self._wake.notify_all()
        until = time.monotonic() + timeout
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, until - time.monotonic()))
        for hand in self.all_hands:
            hand.close()

    @property
    def all_hands(self) -> tuple[Hand, ...]:
        """The hands, and the one at the door."""
        return (*self.hands, *([self._door] if self._door is not None else []))

    def _run(self, hand: Hand) -> None:
        if hand is self._door:
            while (ticket := self._next_beginning()) is not None:
                self._answer(hand, ticket)
            return
        room = {name: self._most if self._together is None else
                max(1, min(self._most, self._together(name))) for name in self._generators}
        while True:
            batch = self._next_batch(room)
            if batch is None:
                return
            self._answer(hand, batch)

    def _next_batch(self, room: Mapping[str, int]) -> list[_Ticket] | None:
        """Wait for requests; None when closed. room: most requests in a call, by generator."""
        with self._wake:
            self._idle += 1
            try:
                return self._found(room)
            finally:
                self._idle -= 1

    def _next_beginning(self) -> list[_Ticket] | None:
        """Wait for a first segment, the most urgent one; None when closed."""
        with self._wake:
            while not self._closed:
                self._drop_cancelled()
                if first := [t for t in self._waiting if t.request.start == 0]:
                    ticket = min(first, key=_urgent)
                    self._waiting.remove(ticket)
                    return [ticket] if ticket.answer.set_running_or_notify_cancel() else []
                self._wake.wait()
        return None

    def _found(self, room: Mapping[str, int]) -> list[_Ticket] | None:
        while not self._closed:
            self._drop_cancelled()
            if not self._waiting:
                self._wake.wait()
                continue
            until = time.monotonic() + self._window
            while len(self._waiting) < self._enough(room) and not self._closed:
                left = until - time.monotonic()
                if left <= 0 or not self._wake.wait(left):
                    break
            self._drop_cancelled()
            if self._waiting and not self._closed:
                return self._chosen(room)
        return None

    def _enough(self, room: Mapping[str, int]) -> int:
        """So many waiting that the hands who have nothing to do need not wait for more."""
        first = min(self._waiting, key=_urgent, default=None)
        return self._most if first is None else min(self._most, room[first.generator] * self._idle)

    def _drop_cancelled(self) -> None:
        self._waiting = [t for t in self._waiting if not t.answer.cancelled()]

    def _chosen(self, room: Mapping[str, int]) -> list[_Ticket]:
        ranked = sorted(self._waiting, key=_urgent)
        until, name = max(ranked[0].due, time.monotonic()) + self._ahead, ranked[0].generator
        batch = [t for t in ranked if t.generator == name and t.due <= until]
        share = -(-len(batch) // self._idle)  # for each that has nothing to do
        batch = batch[:min(room[name], share)]
        self._waiting = [t for t in self._waiting if t not in batch]
        return [t for t in batch if t.answer.set_running_or_notify_cancel()]

    def _answer(self, hand: Hand, batch: list[_Ticket]) -> None:
        if not batch:
            return
        try:
            for t, motion in zip(batch, self._generate(hand, batch), strict=True):
                t.answer.set_result(motion)
        except BaseException as error:  # whatever a generator throws must not end the thread
            if len(batch) > 1:  # one of them may be at fault: the others shall not pay for it
                for t in batch:
                    self._answer(hand, [t])
            else:
                batch[0].answer.set_exception(self._explained(batch[0], error))

    def _generate(self, hand: Hand, batch: Sequence[_Ticket]) -> list[Motion]:
        name = batch[0].generator
        motions = hand.answer(name, [t.request for t in batch])
        if len(motions) != len(batch):
            raise GeneratorError(f"{self._generators[name].needs.title} gave {len(motions)} motions "
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
