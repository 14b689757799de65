"""Who may see the results: a password, compared in constant time, and patience for those who guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from dance_core.errors import UserError
from dance_core.settings import SHORTEST_PASSWORD

TRIES, WINDOW_S = 5, 60.0  # wrong guesses of one address …
LOCK_S, LONGEST_LOCK_S = 30.0, 3_600.0  # … then it waits, twice as long every time
ALL_TRIES = 60  # wrong guesses of all addresses together in a window
OPEN_S = 8 * 3_600.0  # how long a page stays open
_MOST = 4_096  # addresses and open pages that are remembered


class Door:
    """Checks the password and hands out passes. Safe between threads.

    Args:
        password: what opens it. Raises UserError for a short one.
        clock: seconds that only go forward.
    """

    def __init__(self, password: str, clock: Callable[[], float] = time.monotonic) -> None:
        if len(password) < SHORTEST_PASSWORD:
            raise UserError(f"DANCE_RESEARCHER_PASSWORD has {len(password)} characters, at least "
                            f"{SHORTEST_PASSWORD} are wanted.")
        self._digest = _digest(password)
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._waits: OrderedDict[str, tuple[float, float]] = OrderedDict()  # until when, how long next time
        self._all: deque[float] = deque(maxlen=ALL_TRIES)
        self._passes: OrderedDict[str, float] = OrderedDict()

    def enter(self, guess: object, address: str) -> str:
        """A pass for the right password. Raises UserError for a wrong one, and for any while one must wait.

        The right password does not get past a wait either: otherwise it could be guessed during one.
        """
        now = self._clock()
        with self._lock:
            self._patience(address, now)
            right = hmac.compare_digest(_digest(guess if isinstance(guess, str) else ""), self._digest)
            if not right:
                self._count(address, now)
                raise UserError("That is not the password.")
            self._wrong.pop(address, None)
            self._waits.pop(address, None)
            key = secrets.token_urlsafe(32)
            self._passes[key] = now + OPEN_S
            _trim(self._passes)
            return key

    def open(self, key: object) -> bool:
        """Whether this pass still opens the door."""
        with self._lock:
            return isinstance(key, str) and self._passes.get(key, 0.0) > self._clock()

    def leave(self, key: object) -> None:
        """The pass opens nothing any more."""
        with self._lock:
            if isinstance(key, str):
                self._passes.pop(key, None)

    def _patience(self, address: str, now: float) -> None:
        until, _ = self._waits.get(address, (0.0, 0.0))
        if len(self._all) == ALL_TRIES and now - self._all[0] < WINDOW_S:
            until = max(until, self._all[0] + WINDOW_S)
        if until > now:
            raise UserError(f"Too many wrong passwords. Please wait {int(until - now) + 1} seconds.")

    def _count(self, address: str, now: float) -> None:
        self._all.append(now)
        wrong = self._wrong.setdefault(address, deque(maxlen=TRIES))
        wrong.append(now)
        self._wrong.move_to_end(address)
        if len(wrong) == TRIES and now - wrong[0] < WINDOW_S:
            _, wait = self._waits.get(address, (0.0, LOCK_S))
            self._waits[address] = (now + wait, min(2 * wait, LONGEST_LOCK_S))
            wrong.clear()
        _trim(self._wrong)
        _trim(self._waits)


def _digest(text: str) -> bytes:
    """Of one length for all texts, so that the comparison takes one time."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _trim(things: OrderedDict) -> None:
    while len(things) > _MOST:
        things.popitem(last=False)
