"""Answers in as few bytes as can be: pages, messages, scripts, the body and the motion are compressed.

What is the app's own, and the same for everybody, is compressed once and well; until that is there, and where
it is made for one visitor, quickly. The body is shipped compressed as well as can be (10 s):
`python -m dance_core.pages.packed` does that anew where it was built anew. Gradio itself compresses by the
ending of an address, which leaves out its page and its configuration, and every time anew.
"""

from __future__ import annotations

import gzip
import hashlib
import queue
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import brotli

from dance_core.pages.front import Asgi, Message, header
from dance_core.pages.pools import moments
from dance_core.settings import ASSETS

_LEAST, _MOST = 1_000, 1 << 23  # bytes of what is compressed
_KINDS = (b"text/html", b"text/css", b"text/javascript", b"application/javascript", b"application/json",
          b"image/svg+xml")
_ENDINGS = (".glb", ".dnc")  # the body, and motion: plain numbers
_OWN = ("/assets/", "/static/", "/svelte/", "/gradio_api/file=/~app/")
_QUICK, _GOOD = {"br": 5, "gzip": 6}, {"br": 9, "gzip": 9}
SHIPPED = ASSETS / "packed"


class Packed:
    """ASGI middleware before the pages."""

    def __init__(self, app: Asgi) -> None:
        self.app = app
        self.best = Best()

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        send, coding = _unless_known(scope, send), _coding(scope)
        if coding is None:
            return await self.app(scope, receive, send)
        path = scope["path"]
        bare = [(n, v) for n, v in scope["headers"] if n.lower() != b"accept-encoding"]
        start: Message | None = None
        body = bytearray()

        async def packed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message if _worth(path, message) else None
                return None if start is not None else await send(message)
            if start is None or message["type"] != "http.response.body":
                return await send(message)
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                if len(body) <= _MOST:
                    return
                await send(start)  # longer than it said: on as it comes
                start = None
                return await send({**message, "body": bytes(body)})
            await self._send(start, bytes(body), coding, path.startswith(_OWN), send)

        await self.app({**scope, "headers": bare}, receive, packed)

    async def _send(self, start: Message, body: bytes, coding: str, own: bool, send: Any) -> None:
        headers = [(n, v) for n, v in start["headers"] if n.lower() not in (b"content-length", b"vary")]
        varies = [v for n, v in start["headers"] if n.lower() == b"vary"]
        headers.append((b"vary", b", ".join([*varies, b"accept-encoding"])))
        if len(body) >= _LEAST:
            made = self.best.of(body, coding) if own else None
            body = made or await moments.run(_compressed, body, coding, _QUICK[coding])
            headers.append((b"content-encoding", coding.encode()))
        headers.append((b"content-length", str(len(body)).encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class Best:
    """Files compressed well, in a thread that starts with the first; `shipped` has some as well as can be."""

    def __init__(self, shipped: Path = SHIPPED) -> None:
        self._shipped = shipped
        self._made: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._lock = threading.Lock()
        self._work: queue.SimpleQueue[tuple[str, bytes, str]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def of(self, body: bytes, coding: str) -> bytes | None:
        """What is there of these bytes; None: not yet, it is being made."""
        name = name_of(body, coding)
        with self._lock:
            if name in self._made or name in self._asked:
                return self._made.get(name)
            self._asked.add(name)
            if (self._shipped / name).is_file():
                self._made[name] = (self._shipped / name).read_bytes()
                return self._made[name]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="dance-packing", daemon=True)
                self._thread.start()
        self._work.put((name, body, coding))
        return None

    def _run(self) -> None:
        while True:
            name, body, coding = self._work.get()
            self._made[name] = _compressed(body, coding, _GOOD[coding])


def name_of(body: bytes, coding: str) -> str:
    """A name by what is in a file, so that what was compressed is never sent for another."""
    return f"{hashlib.sha256(body).hexdigest()[:32]}.{coding}"


def on_the_wire(body: bytes, own: bool = False) -> bytes:
    """What a browser that takes Brotli gets for these bytes; own: one of the app's files, once it is made."""
    path = SHIPPED / name_of(body, "br")
    if own and path.is_file():
        return path.read_bytes()
    return _compressed(body, "br", (_GOOD if own else _QUICK)["br"])


def ship(files: Sequence[Path], folder: Path = SHIPPED) -> None:
    """Compress files as well as Brotli can (10 s for the body) into a folder that has nothing else then."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {name_of(body, "br"): _compressed(body, "br", 11) for body in (f.read_bytes() for f in files)}
    for old in folder.glob("*.br"):
        if old.name not in made:
            old.unlink()
    for name, data in made.items():
        (folder / name).write_bytes(data)


def _compressed(body: bytes, coding: str, level: int) -> bytes:
    return brotli.compress(body, quality=level) if coding == "br" else gzip.compress(body, level, mtime=0)


def _unless_known(scope: Message, send: Any) -> Any:
    """What sends an answer, but of a file that the browser has already the word that it is the same.

    Gradio (6.31) names its files' states (ETag), but sends them whole whatever a browser says it has.
    """
    has = header(scope, b"if-none-match")
    known = {tag.strip().removeprefix(b"W/") for tag in has.split(b",")} - {b""}
    same = False

    async def sent(message: Message) -> None:
        nonlocal same
        if message["type"] == "http.response.start" and message["status"] == 200 and known:
            if same := header(message, b"etag").removeprefix(b"W/") in known:
                headers = [(n, v) for n, v in message["headers"]
                           if n.lower() not in (b"content-length", b"content-type", b"content-encoding")]
                await send({**message, "status": 304, "headers": headers})
                return await send({"type": "http.response.body", "body": b""})
        if not same:
            await send(message)

    return sent


def _worth(path: str, start: Message) -> bool:
    """Whether an answer can be compressed, and is not yet."""
    headers = {n.lower(): v.lower() for n, v in start["headers"]}
    length = headers.get(b"content-length", b"")
    return (start["status"] == 200 and b"content-encoding" not in headers
            and (not length.isdigit() or _LEAST <= int(length) <= _MOST)
            and (headers.get(b"content-type", b"").startswith(_KINDS) or path.endswith(_ENDINGS)))


def _coding(scope: Message) -> str | None:
    """What a browser takes: Brotli before gzip; None for neither, and where it asks for a part of a file."""
    headers = {n.lower(): v.lower() for n, v in scope["headers"]}
    if b"range" in headers:
        return None
    taken = {part.partition(b";")[0].strip(): part.partition(b";")[2].strip()
             for part in headers.get(b"accept-encoding", b"").split(b",")}
    return next((c for c in ("br", "gzip") if taken.get(c.encode(), b"q=0") not in (b"q=0", b"q=0.0")), None)


if __name__ == "__main__":
    ship([ASSETS / "body" / "body.glb"])
