"""The line before the dance floor: whose turn it is, and what those who wait are told."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Hashable
from contextlib import aclosing

from dance_core.pages.dancing import Beside, Order, Scene, dance
from dance_core.pages.player import player_patch
from dance_core.serving.engine import Engine
from dance_core.serving.places import Places, Standing
from dance_core.settings import Settings

_LOOK_S = 1.0  # how often a place in the line is looked at


async def dance_in_turn(order: Order, engine: Engine, settings: Settings, beside: Beside | None, line: Places,
                        visitor: Hashable) -> AsyncIterator[Scene]:
    """`dancing.dance` once it is the visitor's turn; until then the place in the line, when it changes.

    Nothing of the order is read before; an upload counts as new as long as it waits, or it would be the first
    that goes where the disk's budget is used up (`files.sweep`). Closing the iterator leaves the line. Raises
    UserError, too, where the line is full.
    """
    place, complete = line.take(visitor), False
    try:
        turn, told = asyncio.wrap_future(place), ""
        while not turn.done():
            standing = line.standing(place)
            if standing is not None and (words := waiting(standing)) != told:
                told = words
                yield Scene(player_patch(("working", words)))
            if order.upload:
                with contextlib.suppress(OSError):
                    os.utime(order.upload)
            await asyncio.wait([turn], timeout=_LOOK_S)
        turn.result()  # the server may be closing
        async with aclosing(dance(order, engine, settings, beside)) as scenes:
            async for scene in scenes:
                yield scene
        complete = True
    finally:
        line.leave(place, complete)


def waiting(standing: Standing) -> str:
    """ "You are 3rd in line; your dance should begin in about 20 s." Whole fives: more would be pretended."""
    n = standing.place
    tail = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    where = "You are next in line" if n == 1 else f"You are {n}{tail} in line"
    if standing.seconds is None:
        return f"{where}."
    rounded = max(5, 5 * round(standing.seconds / 5))
    when = f"{rounded} s" if rounded < 90 else f"{round(rounded / 60)} minutes"
    return f"{where}; your dance should begin in about {when}."
