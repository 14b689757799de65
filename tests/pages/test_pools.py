"""Pages are answered while all threads that understand songs and keep dances are busy."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar
from typing import Any

import brotli
import pytest

from dance_core.pages.packed import Packed
from dance_core.pages.pools import Pool, moments, songs
from tests.waiting import PATIENCE

TEXT = b"a page " * 1_000


async def page(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": TEXT})


def test_a_page_is_compressed_while_everything_else_is_busy() -> None:
    free, sent = threading.Event(), []

    async def visit() -> None:
        busy = [*(asyncio.ensure_future(songs.run(free.wait, PATIENCE)) for _ in range(64)),
                *(asyncio.ensure_future(asyncio.to_thread(free.wait, PATIENCE)) for _ in range(64))]

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept-encoding", b"br")]}
        try:
            await Packed(page)(scope, None, send)
            assert not any(b.done() for b in busy)
        finally:
            free.set()
            await asyncio.gather(*busy)

    asyncio.run(visit())
    assert brotli.decompress(sent[-1]["body"]) == TEXT


def test_a_pool_is_to_thread_with_threads_of_its_own() -> None:
    who: ContextVar[str] = ContextVar("who")

    def said(word: str, *, loud: bool) -> tuple[str, str]:
        return who.get() + word + "!" * loud, threading.current_thread().name

    def failed() -> None:
        raise KeyError("why")

    async def asked() -> tuple[str, str]:
        who.set("she ")
        with pytest.raises(KeyError, match="why"):
            await moments.run(failed)
        return await Pool("mine", 1).run(said, "said", loud=True)

    words, thread = asyncio.run(asked())
    assert words == "she said!" and thread.startswith("mine")
