"""How many dances are made at once, and who waits: in turn over visitors, and over all event loops."""

from __future__ import annotations

import asyncio
import heapq
import statistics
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass

from dance_core.errors import UserError
from dance_core.serving.closing import Closing

STEP = 8  # visitors who may come later and be served before somebody's next dance
_REMEMBERED = 16  # dances whose times say how long one takes here


class Busy(UserError):
    """As many dances are being made and are waiting as fit."""


@dataclass(frozen=True)
class Standing:
    """Of somebody who waits: `place` 1 is next; `seconds` until it should be their turn, None where no dance
    has been made yet that could tell."""

    place: int
    seconds: float | None


@dataclass(eq=False)
class _Guest:
    visitor: object
    turn: int  # who has the lowest is next
    since: float = 0.0  # inside


class Places:
    """A counted room with a queue before it; a place is a Future, done once it is free. Thread-safe.

    Who comes first is served first; but each dance that a visitor has here already puts the next one back by
    STEP: who asks for ten does not keep others waiting for all ten, and nobody waits for ever.

    Args:
        running: dances inside. waiting: in the queue.
        clock: seconds that only go forward.
    """

    def __init__(self, running: int, waiting: int, clock: Callable[[], float] = time.monotonic) -> None:
        if running < 1 or waiting < 0:
            raise ValueError(f"places for {running} running and {waiting} waiting dances")
        self._most, self._queue_most, self._clock = running, waiting, clock
        self._lock = threading.Lock()
        self._inside: dict[Future, _Guest] = {}
        self._queue: dict[Future, _Guest] = {}
        self._times: deque[float] = deque(maxlen=_REMEMBERED)
        self._came = 0
        self._closed = False

    def take(self, visitor: object = None) -> Future:
        """Ask for a place: wait for it, and `leave` it in any case. UserError if the queue is full.

        visitor: whose dance it is; None: somebody of whom nothing is known.
        """
        with self._lock:
            if self._closed:
                raise Closing()
            self._queue = {f: g for f, g in self._queue.items() if not f.cancelled()}
            if len(self._inside) >= self._most and len(self._queue) >= self._queue_most:
                raise Busy(f"{len(self._inside)} dances are being made and {len(self._queue)} are "
                           "waiting, which is as many as fit; please try again in a minute.")
            self._came += 1
            here = sum(g.visitor == visitor for g in (*self._inside.values(), *self._queue.values()))
            back = 0 if visitor is None else STEP * here
            place, guest = Future(), _Guest(visitor, self._came + back)
            if len(self._inside) < self._most:
                self._enter(place, guest)
            else:
                self._queue[place] = guest
            return place

    def leave(self, place: Future, complete: bool = False) -> None:
        """Give a place back, or stop waiting for one. complete: its dance was made, so its time tells."""
        with self._lock:
            place.cancel()
            self._queue.pop(place, None)
            guest = self._inside.pop(place, None)
            if guest is not None and complete:
                self._times.append(self._clock() - guest.since)
            while self._queue and len(self._inside) < self._most and not self._closed:
                first = self._in_turn()[0]
                self._enter(first, self._queue.pop(first))

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[None]:
        """Wait for a place and have it meanwhile. Raises as `take` does."""
        place = self.take()
        try:
            await asyncio.wrap_future(place)
            yield
        finally:
            self.leave(place)

    def standing(self, place: Future) -> Standing | None:
        """Where in the queue a place is; None: it is free, or was left.

        The seconds are those that dances took of late, for all that come before, as if nobody gave up.
        """
        with self._lock:
            turns = [f for f in self._in_turn() if not f.cancelled()]
            if place not in turns:
                return None
            index = turns.index(place)
            if not self._times:
                return Standing(index + 1, None)
            each, now = statistics.mean(self._times), self._clock()
            free = [max(0.0, each - (now - g.since)) for g in self._inside.values()]
            heapq.heapify(free)
            for _ in range(index):
                heapq.heappush(free, heapq.heappop(free) + each)
            return Standing(index + 1, free[0])

    def close(self) -> None:
        """No new places; those who wait are cancelled."""
        with self._lock:
            self._closed = True
            for place in self._queue:
                if place.set_running_or_notify_cancel():
                    place.set_exception(Closing())
            self._queue.clear()

    def _in_turn(self) -> list[Future]:
        """Who waits, the next first."""
        return sorted(self._queue, key=lambda place: self._queue[place].turn)

    def _enter(self, place: Future, guest: _Guest) -> None:
        if place.set_running_or_notify_cancel():
            guest.since = self._clock()
            self._inside[place] = guest
            place.set_result(None)
