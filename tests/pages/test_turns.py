"""Pages are opened two at a time, whoever is in already waits for nobody, and errors are a sentence."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from dance_core.pages.gate import Gate
from dance_core.settings import Settings


def scope(path: str, method: str = "GET") -> dict[str, Any]:
    return {"type": "http", "method": method, "path": path, "query_string": b"study=x", "http_version": "1.1",
            "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
            "client": ("127.0.0.1", 1), "scheme": "http"}


async def nothing() -> dict[str, Any]:
    return {"type": "http.request", "body": b"{}", "more_body": False}


class Slow:
    """An app that answers when it is told to; counts who is being answered."""

    def __init__(self) -> None:
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.go = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        self.now[path] += 1
        self.most[path] = max(self.most[path], self.now[path])
        await self.go.wait()
        self.now[path] -= 1
        if b"fail" in scope["query_string"]:
            raise KeyError("a fault of ours")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def visit(gate: Gate, path: str, method: str = "GET", query: bytes = b"", slow: float = 0) -> list[Any]:
    told = []

    async def send(message: Any) -> None:
        told.append(message)
        await asyncio.sleep(slow)

    await gate({**scope(path, method), "query_string": query}, nothing, send)
    return told


def test_pages_are_opened_two_at_a_time_and_messages_all_at_once() -> None:
    async def run() -> Slow:
        app = Slow()
        gate = Gate(app, Settings())
        visits = [asyncio.create_task(visit(gate, "/rate")) for _ in range(20)]
        asked = [asyncio.create_task(visit(gate, "/gradio_api/component_server", "POST")) for _ in range(20)]
        await asyncio.sleep(0.02)
        app.go.set()
        told = await asyncio.gather(*visits, *asked)
        assert all(t[0]["status"] == 200 for t in told)
        return app

    app = asyncio.run(run())
    assert app.most == {"/rate": 2, "/gradio_api/component_server": 20}


def test_who_reads_slowly_or_gets_an_error_holds_up_nobody() -> None:
    async def run() -> None:
        app = Slow()
        app.go.set()
        gate = Gate(app, Settings())
        slow = [asyncio.create_task(visit(gate, "/rate", slow=60)) for _ in range(5)]
        await asyncio.sleep(0.01)
        failed = [await asyncio.wait_for(visit(gate, "/results", query=b"fail"), 10) for _ in range(5)]
        assert {t[0]["status"] for t in failed} == {500}
        assert b"Something went wrong on this server" in failed[0][1]["body"]
        await asyncio.wait_for(visit(gate, "/rate"), 10)
        for task in slow:
            task.cancel()

    asyncio.run(run())
