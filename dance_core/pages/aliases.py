"""What browsers see instead of this server's folders: `/~app/…` and `/~data/…`.

Gradio names every file by its whole path, in each page's configuration and in each address of a file. Whose
folders these are, and where, is nobody's business. Outside of the Gradio app all of these paths begin with an
alias; what comes in with one gets the folder back.
"""

from __future__ import annotations

import json
import urllib.parse
from contextvars import ContextVar
from typing import Any

from dance_core.pages.front import Message, header
from dance_core.settings import ROOT, Settings

# Of the visitor whose request is answered, as the gate has it. Gradio hands no request to what pages ask for.
ADDRESS: ContextVar[str] = ContextVar("address", default="")
_FILE = "/gradio_api/file="
_TEXTS = (b"text/html", b"application/json", b"text/event-stream", b"text/plain")
_STREAM = b"text/event-stream"


class Aliases:
    """ASGI middleware between the gate and Gradio."""

    def __init__(self, app: Any, settings: Settings) -> None:
        self.app = app
        folders = {"/~data": str(settings.data_dir.absolute()), "/~app": str(ROOT)}
        # The longest first: one may lie within the other.
        self._folders = dict(sorted(folders.items(), key=lambda item: -len(item[1])))
        self._written = [(form, alias.encode()) for alias, folder in self._folders.items()
                         for form in dict.fromkeys(_forms(folder))]

    def hide(self, data: bytes) -> bytes:
        """Text with aliases instead of folders."""
        for form, alias in self._written:
            data = data.replace(form + b"/", alias + b"/")
        return data

    def reveal(self, path: str) -> str:
        """A path that may begin with an alias."""
        for alias, folder in self._folders.items():
            if path.startswith(alias + "/"):
                return folder + path[len(alias):]
        return path

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        ADDRESS.set(str((scope.get("client") or ("",))[0]))
        path = scope["path"]
        if path.startswith(_FILE):
            path = _FILE + self.reveal(path[len(_FILE):])
            scope = {**scope, "path": path, "raw_path": urllib.parse.quote(path).encode()}
        elif scope["method"] == "POST":
            receive = self._revealed(scope, receive)
        await self.app(scope, receive, self._hidden(send))

    def _revealed(self, scope: Message, receive: Any) -> Any:
        """What gives a JSON message with its paths as they are here. The gate has it whole already."""
        if not header(scope, b"content-type").startswith(b"application/json"):
            return receive

        async def revealed() -> Message:
            message = await receive()
            body = message.get("body", b"")
            if b"/~" not in body or message.get("more_body"):
                return message
            made = json.dumps(self._opened(json.loads(body))).encode()
            scope["headers"][:] = [(n, str(len(made)).encode() if n.lower() == b"content-length" else v)
                                   for n, v in scope["headers"]]
            return {**message, "body": made}

        return revealed

    def _opened(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self.reveal(inner) if key == "path" and isinstance(inner, str) else
                    self._opened(inner) for key, inner in value.items()}
        return [self._opened(inner) for inner in value] if isinstance(value, list) else value

    def _hidden(self, send: Any) -> Any:
        """Text goes on when it is whole; a stream's events are whole one by one."""
        start: Message | None = None
        stream, body = False, b""

        async def hidden(message: Message) -> None:
            nonlocal start, stream, body
            if message["type"] == "http.response.start":
                kind = header(message, b"content-type")
                start = message if kind.startswith(_TEXTS) else None
                stream = kind.startswith(_STREAM)
                return await send(message) if start is None or stream else None
            if start is None or message["type"] != "http.response.body":
                return await send(message)
            body += message.get("body", b"")
            more = bool(message.get("more_body"))
            if stream and (not more or body.endswith(b"\n")):
                whole, body = self.hide(body), b""
                return await send({**message, "body": whole})
            if not more:
                whole = self.hide(body)
                headers = [(n, str(len(whole)).encode() if n.lower() == b"content-length" and body else v)
                           for n, v in start["headers"]]
                await send({**start, "headers": headers})
                await send({"type": "http.response.body", "body": whole})

        return hidden


def _forms(folder: str) -> list[bytes]:
    """A folder's path as it may stand in JSON or in an address."""
    return [folder.encode(), json.dumps(folder)[1:-1].encode(), urllib.parse.quote(folder).encode()]
