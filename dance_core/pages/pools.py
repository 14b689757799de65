"""Threads of the pages' own, so that what takes a moment never waits for what takes seconds.

`asyncio.to_thread` has one pool for everything. While eight dances begin and end, songs that are understood
and dances that are kept fill it, and a page that is to be compressed waits for one of them.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from dance_core.threads import cores_here

P, T = ParamSpec("P"), TypeVar("T")


class Pool:
    """A few threads, started when they are needed."""

    def __init__(self, name: str, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What the call gives, made in one of the threads; as `asyncio.to_thread`."""
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: context.run(call, *arguments, **named))


songs = Pool("page-song", max(2, cores_here()))  # for seconds; more threads would not make more of them
moments = Pool("page-moment", 4)
