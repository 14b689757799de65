"""What stands before Gradio: our own pages alone (front.py), only the addresses that they use, small
messages and no more of them than a person sends, a disk that won't fill.

Gradio answers far more than a page of ours asks: it fetches web addresses for visitors (`file=https://…`,
`proxy=`), keeps recordings in the system's folder for ever (`process_recording`), writes deep links,
and reads messages of any length into memory. The gate is an ASGI middleware; what it refuses gets one
plain sentence and never reaches Gradio.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dance_core.pages.files import sweep
from dance_core.pages.front import Asgi, Front, Message, Receive, Refused, Send, header
from dance_core.pages.headers import Headers
from dance_core.pages.photos import PATH
from dance_core.pages.rates import Rate
from dance_core.settings import PAGES, Settings
from dance_core.sight.picture import MAX_MB

log = logging.getLogger(__name__)

MAX_MESSAGE = 1 << 18  # bytes of a JSON message; a form takes 2 KB, a vote with the longest comment 13 KB
_ENVELOPE = 1 << 16  # bytes around an upload: boundaries and headers
_DEEPEST = 40  # levels in a message; the deepest of our own has 5
_READ_ON = 1 << 20  # bytes of a refused message that are read all the same …
_READ_ON_S = 2.0  # … for so long
_OURS = "Something went wrong on this server; its log says what."
_MOST_LOGGED = 50  # different sentences in the log
_API = "/gradio_api/"
_READ = re.compile(
    r"/|/(?:rate|results|inspect|config|theme\.css|favicon\.ico|manifest\.json|robots\.txt)/?|/(?:assets|static|svelte)/.+|"
    r"/gradio_api/(?:(?:info|app_id|theme\.css|queue/data|queue/status|upload_progress)/?"
    r"|heartbeat/[\w-]{1,80}|file=.+)", re.DOTALL)
_TALK = re.compile(r"/gradio_api/(?:queue/join|run/[\w-]{1,80}|component_server|cancel|reset)/?")
_PAGE = re.compile(r"/(?:rate|results|inspect)/")
_OPENED = re.compile(r"/(?:rate|results|inspect)?")
# Pages made at the same time. Each is made by a thread, and threads take turns at Python: where hundreds come
# at once, those who are in already would wait for all of them.
_AT_ONCE = 2
_ALIVE = "/healthz"
_WEB = re.compile(r"\s*[a-z][a-z0-9+.-]*:/?/?", re.IGNORECASE)  # http://, file:, s3:// …


class Gate:
    """ASGI middleware around the pages.

    Args:
        app: what is behind the gate.
        settings: what `Front` reads; max_upload_mb of one upload; visitor_messages and visitor_upload_mb;
            data_dir and disk_budget_mb, kept while uploads come in. Raises UserError for a bad one.
    """

    def __init__(self, app: Asgi, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.front = Front(settings)
        self.headers = Headers(settings)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._messages = Rate(settings.visitor_messages, 60.0)
        self._uploads = Rate(settings.visitor_upload_mb * 2**20, 3_600.0)
        self._unswept = 0  # bytes of uploads since the last look at the disk
        self._logged: set[str] = set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":  # no page of ours opens a web socket
            return await send({"type": "websocket.close", "code": 1008})
        begun = ended = whole = False

        async def taken() -> Message:
            nonlocal whole
            message = await receive()
            whole = not message.get("more_body")
            return message

        async def watched(message: Message) -> None:
            nonlocal begun, ended
            begun, ended = True, message["type"] == "http.response.body" and not message.get("more_body")
            if message["type"] == "http.response.start":
                message = {**message, "headers": self.headers.of(scope["path"], message)}
            await send(message)

        try:
            scope = self.front.settle(scope)
            if scope["path"] == _ALIVE:
                return await _alive(watched)
            if not scope["path"] or _PAGE.fullmatch(scope["path"]):
                return await _move(scope, self.front.path, watched)
            opened = scope["method"] == "GET" and _OPENED.fullmatch(scope["path"])
            into = self._in_turn if opened else self.app
            await into(scope, await self._checked(scope, taken), watched)
        except Refused as refused:
            self._log(refused)
            if not begun:
                if not whole:
                    await _read_on(scope, taken)
                await _answer(refused, self.headers.of_refusal(), send)
        except Exception:
            if begun and not ended:
                raise  # half an answer must break off
            log.exception("%s %s failed", scope["method"], ascii(scope["path"]))
            if not begun:
                await _answer(Refused(500, _OURS), self.headers.of_refusal(), send)

    async def _in_turn(self, scope: Message, receive: Receive, send: Send) -> None:
        """Open a page when it is its turn. It ends as the answer begins: a slow reader holds up nobody."""
        await self._turns.acquire()
        holds = True

        async def begun(message: Message) -> None:
            nonlocal holds
            if holds:
                holds = False
                self._turns.release()
            await send(message)

        try:
            await self.app(scope, receive, begun)
        finally:
            if holds:
                self._turns.release()

    def _log(self, refused: Refused) -> None:
        """Once each: most of the time it is a proxy that nobody told us about."""
        text = str(refused)
        if refused.status in (403, 421) and text not in self._logged and len(self._logged) < _MOST_LOGGED:
            self._logged.add(text)
            log.warning("%s", text)

    async def _checked(self, scope: Message, receive: Receive) -> Receive:
        """What Gradio may read the request's body from. Raises Refused."""
        method, path = scope["method"], scope["path"]
        if not self._there(path):
            raise Refused(404, "There is nothing at this address.")
        if method in ("GET", "HEAD") and _READ.fullmatch(path):
            if path.startswith(_API + "file=") and not path.startswith(_API + "file=/"):
                raise Refused(403, "Only files of this server are served.")
            return receive
        if method == "POST" and (wait := self._messages.wait(scope["client"][0])):
            raise Refused(429, f"At most {self.settings.visitor_messages:g} messages a minute are taken from "
                               f"one visitor: please wait {wait} s.")
        if method == "POST" and _TALK.fullmatch(path):
            return await _message(scope, receive)
        if method == "POST" and path == PATH:
            return await _photo(scope, receive)
        if method == "POST" and path.rstrip("/") == _API + "upload":
            return await self._upload(scope, receive)
        raise Refused(404, "There is nothing at this address.")

    def _there(self, path: str) -> bool:
        """Whether an address belongs to a page that this server shows; uploads belong to Dance."""
        name = path.strip("/").partition("/")[0] or "dance"
        uploads = path == PATH or path.rstrip("/") == _API + "upload"
        return self.settings.shows("dance" if uploads else name) if uploads or name in PAGES else True

    async def _upload(self, scope: Message, receive: Receive) -> Receive:
        """Counts while it comes in; where much came since the last time, old files go first."""
        most = int(self.settings.max_upload_mb * 2**20) + _ENVELOPE
        sentence = f"At most {self.settings.max_upload_mb:g} MB can be uploaded at once."
        if _length(scope) > most:
            raise Refused(413, sentence)
        if not _header(scope, b"content-type").startswith(b"multipart/form-data"):
            raise Refused(400, "An upload must be sent as a form.")
        if wait := self._uploads.wait(scope["client"][0], _length(scope) or most):
            raise Refused(429, f"At most {self.settings.visitor_upload_mb:g} MB an hour can be uploaded by "
                               f"one visitor: please wait {-(-wait // 60)} minutes.")
        if self._unswept > self.settings.disk_budget_mb * 1e6 / 20:
            self._unswept = 0
            await asyncio.to_thread(sweep, self.settings)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            size = len(message.get("body", b""))
            seen, self._unswept = seen + size, self._unswept + size
            if seen > most:
                raise Refused(413, sentence)
            return message

        return counted


async def _message(scope: Message, receive: Receive) -> Receive:
    """A JSON message, whole and looked through; it comes out again as it went in. Raises Refused."""
    if _length(scope) > MAX_MESSAGE:
        raise Refused(413, f"At most {MAX_MESSAGE:,} bytes can be sent at once.")
    if not _header(scope, b"content-type").startswith(b"application/json"):
        raise Refused(415, "A message must be sent as JSON.")
    body = await _body(receive, MAX_MESSAGE, f"At most {MAX_MESSAGE:,} bytes can be sent at once.")
    try:
        for path in _paths(json.loads(body)):
            if not isinstance(path, str) or _WEB.match(path):
                raise Refused(403, "Only files of this server can be used.")
    except (ValueError, RecursionError):
        raise Refused(400, "The message is no JSON.") from None
    return _again(body, receive)


async def _photo(scope: Message, receive: Receive) -> Receive:
    """A photo's bytes, whole, in memory: no form, which would be laid down on the disk. Raises Refused."""
    most = int(MAX_MB * 2**20)
    sentence = f"At most {MAX_MB:g} MB of a photo can be sent."
    if _length(scope) > most:
        raise Refused(413, sentence)
    if _header(scope, b"content-type") != b"application/octet-stream":
        raise Refused(415, "A photo must be sent as plain bytes.")
    return _again(await _body(receive, most, sentence), receive)


async def _body(receive: Receive, most: int, sentence: str) -> bytes:
    """The whole body of a request of at most so many bytes. Raises Refused with the sentence beyond that."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        part = await receive()
        if part["type"] != "http.request":
            raise Refused(400, "The message broke off.")
        parts.append(part.get("body", b""))
        size, more = size + len(parts[-1]), part.get("more_body", False)
        if size > most:
            raise Refused(413, sentence)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was read once more."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


def _paths(value: Any, depth: int = 0) -> Iterator[Any]:
    """Every value under the key "path", anywhere inside: what Gradio would fetch or open."""
    if depth > _DEEPEST:
        raise Refused(400, f"The message is nested deeper than {_DEEPEST} levels.")
    if isinstance(value, dict):
        if value.get("path") is not None:
            yield value["path"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _paths(inner, depth + 1)


def _header(scope: Message, name: bytes) -> bytes:
    return header(scope, name).strip().lower()


def _length(scope: Message) -> int:
    """What the header says; 0 where it says nothing (bytes are counted all the same)."""
    text = _header(scope, b"content-length")
    return int(text) if text.isdigit() else 0


async def _read_on(scope: Message, receive: Receive) -> None:
    """Take in what is left of a refused message: a connection that is closed with bytes unread is reset, and
    the sentence lost on the way."""
    size, more = 0, _length(scope) <= _READ_ON and scope["method"] not in ("GET", "HEAD")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_READ_ON_S):
            while more and size <= _READ_ON:
                part = await receive()
                size, more = size + len(part.get("body", b"")), part.get("more_body", False)


async def _move(scope: Message, path: str, send: Send) -> None:
    """To where the page is: `/dance` → `/dance/`, `/rate/?study=x` → `/rate?study=x`.

    Relative, so that it holds behind any proxy; and with the query, which Gradio's own redirect drops.
    """
    page = scope["path"].strip("/")
    to = f"../{page}" if page else f"{path.rpartition('/')[2]}/"
    query = scope.get("query_string", b"")
    await send({"type": "http.response.start", "status": 307, "headers": [
        (b"location", to.encode() + (b"?" + query if query else b"")), (b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def _alive(send: Send) -> None:
    """For whoever watches over the server: it answers."""
    await _say(send, 200, b"application/json", b'{"alive":true}')


async def _answer(refused: Refused, headers: list[tuple[bytes, bytes]], send: Send) -> None:
    await _say(send, refused.status, b"text/plain; charset=utf-8", str(refused).encode(),
               [*headers, (b"connection", b"close")])


async def _say(send: Send, status: int, kind: bytes, body: bytes,
               headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [
        (b"content-type", kind), (b"content-length", str(len(body)).encode()), *headers]})
    await send({"type": "http.response.body", "body": body})
