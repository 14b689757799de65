"""What every answer tells the browser: who may frame it, what it may load, what it may keep.

Gradio's page has scripts of its own within the page and makes functions from text, so `unsafe-inline` and
`unsafe-eval` are needed; nothing may come from, or go to, another host. A file that is opened by itself runs
nothing.

Strict-Transport-Security is left to the proxy that has the certificate: it binds all that its host has on any
port.
"""

from __future__ import annotations

from collections.abc import Iterator

from dance_core.address import read_frames
from dance_core.pages.front import Message, header
from dance_core.settings import Settings

_LOADS = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
          "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
          "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
          "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors ")
_FILE = ("default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; "
         "form-action 'none'; sandbox; frame-ancestors ")
_REFUSAL = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_NOT_USED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer",
             "microphone", "midi", "payment", "serial", "usb")
_KEPT = ("/assets/", "/static/", "/svelte/")  # Gradio's own files, the same for everybody
_FILES = "/gradio_api/file="
_SAME = (  # for every answer, whatever it is
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{name}=()" for name in _NOT_USED).encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-dns-prefetch-control", b"off"),
    (b"x-permitted-cross-domain-policies", b"none"))
_OURS = frozenset([*(name for name, _ in _SAME), b"cache-control", b"content-security-policy", b"pragma",
                   b"referrer-policy", b"server", b"x-frame-options", b"x-powered-by"])


class Headers:
    """The headers by the setting `frames`. Raises UserError for one that is no list of origins."""

    def __init__(self, settings: Settings) -> None:
        self._frames = read_frames(settings.frames)

    def of(self, path: str, message: Message) -> list[tuple[bytes, bytes]]:
        """All headers of an answer's start: the app's own but those that are set here."""
        kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in _OURS]
        return [*kept, *self._made(path, message)]

    @staticmethod
    def of_refusal() -> list[tuple[bytes, bytes]]:
        """Of one plain sentence that nobody frames, keeps or follows."""
        return [*_SAME, (b"referrer-policy", b"no-referrer"), (b"cache-control", b"no-store"),
                (b"content-security-policy", _REFUSAL.encode()), (b"x-frame-options", b"DENY")]

    def _made(self, path: str, message: Message) -> Iterator[tuple[bytes, bytes]]:
        yield from _SAME
        yield b"referrer-policy", b"same-origin"
        policy = _FILE if path.startswith(_FILES) else _LOADS
        yield b"content-security-policy", (policy + self._frames).encode()
        if self._frames == "'self'":
            yield b"x-frame-options", b"SAMEORIGIN"
        if path.startswith(_FILES):
            yield b"cache-control", b"private, no-cache"  # asked for, but not sent, again
        elif not path.startswith(_KEPT) or message.get("status", 200) >= 400:
            yield b"cache-control", b"no-store"
        if header(message, b"content-type").startswith(b"text/event-stream"):
            yield b"x-accel-buffering", b"no"
