"""What every answer tells the browser: who may frame it, what it may load, what it may keep.

Gradio's page has scripts of its own within the page and makes functions from text, so `unsafe-inline` and
`unsafe-eval` are needed; nothing may come from, or go to, another host.
"""

from __future__ import annotations

from collections.abc import Iterator

from dance_core.address import read_frames
from dance_core.pages.front import Message
from dance_core.settings import Settings

_LOADS = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
          "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
          "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
          "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors ")
_KEPT = ("/assets/", "/static/", "/svelte/")  # Gradio's own files, the same for everybody
_FILES = "/gradio_api/file="
_OURS = (b"cache-control", b"content-security-policy", b"referrer-policy", b"x-content-type-options",
         b"x-frame-options", b"permissions-policy")


class Headers:
    """The headers by the setting `frames`. Raises UserError for one that is no list of origins."""

    def __init__(self, settings: Settings) -> None:
        self._frames = read_frames(settings.frames)

    def of(self, path: str, message: Message) -> list[tuple[bytes, bytes]]:
        """All headers of an answer's start: the app's own but those that are set here."""
        kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in _OURS]
        return [*kept, *self._made(path, message)]

    def _made(self, path: str, message: Message) -> Iterator[tuple[bytes, bytes]]:
        yield b"cross-origin-resource-policy", b"same-origin"
        yield b"x-content-type-options", b"nosniff"
        yield b"referrer-policy", b"same-origin"
        yield b"permissions-policy", b"camera=(), geolocation=(), microphone=()"
        yield b"content-security-policy", (_LOADS + self._frames).encode()
        if self._frames == "'self'":
            yield b"x-frame-options", b"SAMEORIGIN"
        if path.startswith(_FILES):
            yield b"cache-control", b"private, no-cache"  # asked for, but not sent, again
        elif not path.startswith(_KEPT):
            yield b"cache-control", b"no-store"
        for name, value in message.get("headers", ()):
            if name.lower() == b"content-type" and value.startswith(b"text/event-stream"):
                yield b"x-accel-buffering", b"no"
