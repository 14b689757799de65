"""How tests wait: until something has happened, never for a time within which it should have.

A machine that is busy with other things makes everything late and nothing wrong. So no test asks how long
something took (that is what `python -m dance_core bench` and tests/browser/measure.py are for), and a wait
gives up only when it is certain that nothing will come.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

PATIENCE = 300.0  # s; nothing that a test waits for takes a tenth of it on an idle machine
_LOOK_S = 0.01


def until(condition: Callable[[], object]) -> bool:
    """Wait for something to become true; False where it never did."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_S)
    return True


async def soon(condition: Callable[[], object]) -> bool:
    """`until` for tests that run in an event loop, which goes on meanwhile."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(_LOOK_S)
    return True


async def settled() -> None:
    """Let every task of this event loop go on until it waits for something outside of the loop."""
    for _ in range(100):
        await asyncio.sleep(0)
