"""The pages on the network: Gradio's app, the gate around it, and the server that listens.

Gradio's own `launch` is not used: it puts its answers to foreign origins outside of any gate, and its server
believes what X-Forwarded-For says of everybody who connects from the same machine.
"""

from __future__ import annotations

import warnings
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from dance_core.pages.aliases import Aliases
from dance_core.pages.blocks import Sessions
from dance_core.pages.front import Asgi, Message, Receive, Send, header
from dance_core.pages.gate import Gate
from dance_core.pages.packed import Packed
from dance_core.pages.photos import PATH, take_in
from dance_core.pages.theme import SHEETS, theme
from dance_core.settings import Settings

_GOODBYE_S = 3  # streams of open pages never end by themselves
_MANIFEST = b'<link rel="manifest" href="/manifest.json" />'
_ICON = b'<link rel="icon" href="./favicon.ico" />'


class _Page:
    """Gradio's page without the one link that leads to the top of the host, wherever the app is; the icon,
    which browsers otherwise look for there, is linked instead."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        start: Message | None = None
        body = b""

        async def linked(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message if header(message, b"content-type").startswith(b"text/html") else None
                return None if start else await send(message)
            if start is None:
                return await send(message)
            body += message.get("body", b"")
            if not message.get("more_body"):
                body = body.replace(_MANIFEST, _ICON)
                headers = [h for h in start["headers"] if h[0].lower() != b"content-length"]
                await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
                await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, linked if scope["type"] == "http" else send)


def mount_options(settings: Settings) -> dict[str, Any]:
    """Everything that Gradio must be told: limits of the settings, and no way out to other hosts."""
    return {
        "ssr_mode": False, "max_file_size": f"{settings.max_upload_mb:g}mb", "theme": theme(),
        "css_paths": SHEETS, "footer_links": [], "run_history": False, "show_error": False,
        "enable_monitoring": False, "pwa": False, "mcp_server": False,
        "app_kwargs": {"middleware": [(_Page, (), {})]},  # as Starlette unpacks them
    }


def web_app(pages: gr.Blocks, settings: Settings) -> Gate:
    """The pages behind the gate: an ASGI app. Raises UserError for settings that the gate can't use."""
    gate = Gate(FastAPI(openapi_url=None), settings)
    gate.app.add_route(PATH, take_in, methods=["POST"])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode is not supported")  # it was not asked for
        gr.mount_gradio_app(gate.app, pages, path="/", root_path=gate.front.path, **mount_options(settings))
    Sessions.serve(gate.app)
    gate.app = Packed(Aliases(gate.app, settings))
    pages.has_launched = True  # or Gradio takes any file of the server for an upload
    return gate


def server(app: Gate) -> uvicorn.Server:
    """What runs it: `server(app).run(sockets=[place.listen(settings)])` returns after SIGINT or SIGTERM."""
    return uvicorn.Server(uvicorn.Config(
        app, http="h11", log_level="warning", access_log=False, server_header=False,
        proxy_headers=False,  # the gate decides whom to believe
        timeout_graceful_shutdown=_GOODBYE_S))
