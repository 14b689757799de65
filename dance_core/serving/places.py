"""How many dances are made at once, and who waits: first come, first served, over all event loops."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future

from dance_core.errors import UserError
from dance_core.serving.batches import Closing


class Busy(UserError):
    """As many dances are being made and are waiting as fit."""


class Places:
    """A counted room with a queue before it; a place is a Future, done once it is free. Thread-safe."""

    def __init__(self, running: int, waiting: int) -> None:
        if running < 1 or waiting < 0:
            raise ValueError(f"places for {running} running and {waiting} waiting dances")
        self._most, self._queue_most = running, waiting
        self._lock = threading.Lock()
        self._inside: set[Future] = set()
        self._queue: deque[Future] = deque()
        self._closed = False

    def take(self) -> Future:
        """Ask for a place: wait for it, and `leave` it in any case. UserError if the queue is full."""
        with self._lock:
            if self._closed:
                raise Closing()
            self._queue = deque(f for f in self._queue if not f.cancelled())
            place: Future = Future()
            if len(self._inside) < self._most:
                self._enter(place)
            elif len(self._queue) < self._queue_most:
                self._queue.append(place)
            else:
                raise Busy(f"{len(self._inside)} dances are being made and {len(self._queue)} are "
                                "waiting, which is as many as fit; please try again in a minute.")
            return place

    def leave(self, place: Future) -> None:
        """Give a place back, or stop waiting for one."""
        with self._lock:
            place.cancel()
            self._inside.discard(place)
            while self._queue and len(self._inside) < self._most and not self._closed:
                self._enter(self._queue.popleft())

    def close(self) -> None:
        """No new places; those who wait are cancelled."""
        with self._lock:
            self._closed = True
            for place in self._queue:
                if place.set_running_or_notify_cancel():
                    place.set_exception(Closing())
            self._queue.clear()

    def _enter(self, place: Future) -> None:
        if place.set_running_or_notify_cancel():
            self._inside.add(place)
            place.set_result(None)
