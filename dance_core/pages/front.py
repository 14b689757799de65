"""Who asks, under which of the app's addresses, and from whose page: settled before anything else is read.

Three things come in headers that anybody can write, so each is held against what is known:

    Host                 one of the names that the app answers to: a name that its owner lets lead here (DNS
                         rebinding) would make a stranger's page one of ours
    X-Forwarded-…        of a proxy that DANCE_PROXIES names, and from nobody else
    Origin, Sec-Fetch-…  written by browsers: a page of another origin gets nothing and changes nothing

What goes on to Gradio has the visitor's own address, scheme and host in it and no header of these kinds:
Gradio believes X-Forwarded-Host of everybody, and lets any Origin read with credentials.
"""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dance_core.address import PORTS, Host, Ip, Origin, Public, read_hosts, read_ip, read_networks
from dance_core.errors import UserError
from dance_core.settings import Settings

Message = MutableMapping[str, Any]
Receive, Send = Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]
OWN = ("assets", "config", "favicon.ico", "gradio_api", "healthz", "inspect", "manifest.json", "photo",
       "rate", "results", "robots.txt", "static", "svelte", "theme.css")  # how the app's own addresses begin
_SETTLED = (b"forwarded", b"host", b"origin", b"x-gradio-server", b"x-real-ip")


class Refused(Exception):
    """Not let through: a status of HTTP and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Visitor:
    """Who asks.

    Attributes:
        address: of the machine that the visitor sits at, as far as believed proxies tell.
        origin: of the app as this visitor sees it: what the browser shows.
    """

    address: str
    origin: Origin


class Front:
    """Settles visitors by the settings public_url, proxies, hosts and host. Raises UserError for bad ones."""

    def __init__(self, settings: Settings) -> None:
        self.public = Public.read(settings.public_url)
        if self.public and self.public.path and self.public.path.split("/")[1] in OWN:
            raise UserError(f"DANCE_PUBLIC_URL has the path {self.public.path}, which begins like an address "
                            "of the app itself; please give the app another path.")
        self.path = self.public.path if self.public else ""
        self._proxies = read_networks(settings.proxies)
        self._listed = read_hosts(settings.hosts)
        self._listens = Host.read(f"[{settings.host}]" if ":" in settings.host else settings.host)
        self._open = self._listens is None or not self._listens.here

    def settle(self, scope: Message) -> Message:
        """The request as Gradio shall see it. Raises Refused for a wrong name and for a stranger's page."""
        headers = [(name.lower(), value.strip()) for name, value in scope["headers"]]
        visitor = self.visitor(scope, headers)
        self._no_stranger(visitor, scope["method"], headers)
        kept = [(name, value) for name, value in headers if name not in _SETTLED
                and not name.startswith((b"x-forwarded-", b"access-control-"))]
        path = scope["path"]
        if self.path and (path == self.path or path.startswith(self.path + "/")):
            path = path[len(self.path):]  # the proxy leaves the prefix on
        host = (b"host", str(visitor.origin.host).encode())
        return {**scope, "scheme": visitor.origin.scheme, "client": (visitor.address, 0), "path": path,
                "raw_path": quote(path).encode(), "headers": [host, *kept]}

    def visitor(self, scope: Message, headers: Iterable[tuple[bytes, bytes]]) -> Visitor:
        """Who asks, and by which name. Raises Refused for a name that is not one of ours."""
        headers = list(headers)
        address, proxies = self._through(str((scope.get("client") or ("",))[0]), headers)
        said = _written(headers, b"x-forwarded-host", proxies)
        host = self._named(said) if said else self._host(scope, headers)
        scheme = _written(headers, b"x-forwarded-proto", proxies).lower()
        if proxies and not said and self.public and host.name not in self._listed:
            return Visitor(address, self.public.origin)  # the proxy keeps the name to itself
        if scheme not in PORTS:
            ours = self.public and host.name == self.public.origin.name and host.port in (
                None, self.public.origin.port)
            if ours:
                return Visitor(address, self.public.origin)
            scheme = "https" if scope.get("scheme") == "https" else "http"
        return Visitor(address, Origin.of(scheme, host))

    def answers_to(self, host: Host) -> bool:
        """Whether the app has this name. Addresses can't be made to lead elsewhere, names can."""
        if host.here or "*" in self._listed or host.name in self._listed:
            return True
        if host.name in (self.public and self.public.origin.name, self._listens and self._listens.name):
            return True
        if self._listed or not self._open:
            return False
        # Open to the network, and nobody said by which names: those that can't be had from a registrar.
        return (host.ip is not None or "." not in host.name or host.name.endswith(".local")
                or host.name == socket.gethostname().lower())

    def _host(self, scope: Message, headers: list[tuple[bytes, bytes]]) -> Host:
        found = [value for name, value in headers if name == b"host"]
        if not found and scope.get("http_version") == "1.0":  # machines that look whether we live
            return Host("localhost")
        if len(found) != 1:
            raise Refused(400, "A request must name its host, once.")
        return self._named(found[0].decode("latin-1"))

    def _named(self, text: str) -> Host:
        host = Host.read(text)
        if host is None:
            raise Refused(400, "The name of the host can't be read.")
        if not self.answers_to(host):
            raise Refused(421, f"This app does not answer to the name {host.name}. Whoever runs it can allow "
                               "it with DANCE_HOSTS or DANCE_PUBLIC_URL.")
        return host

    def _through(self, peer: str, headers: list[tuple[bytes, bytes]]) -> tuple[str, int]:
        """The visitor's address, and how many believed proxies stand between."""
        chain = _parts(headers, b"x-forwarded-for")
        address, proxies = _plain(peer), 0
        while chain and self._believed(address):
            proxies += 1
            said = read_ip(_bare(chain.pop()))
            if said is None:  # "unknown": the proxy that says so is all that we know
                break
            address = str(said)
        if not proxies and self._believed(address):  # one that keeps addresses to itself
            proxies = int(any(name in (b"x-forwarded-host", b"x-forwarded-proto") for name, _ in headers))
        return address, proxies

    def _believed(self, address: str) -> bool:
        ip: Ip | None = read_ip(address)
        return ip is not None and any(ip in network for network in self._proxies)

    def _no_stranger(self, visitor: Visitor, method: str, headers: list[tuple[bytes, bytes]]) -> None:
        """Raises Refused where the page that asks is none of ours. Command lines send no such header."""
        said = [value.decode("latin-1") for name, value in headers if name == b"origin"]
        for text in said:
            origin = Origin.read(text)
            if origin is None or origin not in (visitor.origin, self.public and self.public.origin):
                whose = f"of {origin}" if origin else "without an address of its own"
                raise Refused(403, f"A page {whose} can't use this app. If that is where visitors find the "
                                   "app, set DANCE_PUBLIC_URL to it.")
        told = dict(headers)
        opened = method in ("GET", "HEAD") and told.get(b"sec-fetch-mode") == b"navigate"
        if not said and not opened and told.get(b"sec-fetch-site") in (b"cross-site", b"same-site"):
            raise Refused(403, "A page of another address can't use this app.")


def header(message: Message, name: bytes) -> bytes:
    """The first value of a header of a request or an answer, by its name in small letters; b"" without it."""
    return next((value for key, value in message.get("headers", ()) if key.lower() == name), b"")


def _parts(headers: list[tuple[bytes, bytes]], wanted: bytes) -> list[str]:
    """The values of a header that grows with every proxy, in order."""
    return [part.strip() for name, value in headers if name == wanted
            for part in value.decode("latin-1").split(",") if part.strip()]


def _written(headers: list[tuple[bytes, bytes]], wanted: bytes, proxies: int) -> str:
    """What the outermost believed proxy wrote; "" where there is none."""
    parts = _parts(headers, wanted)
    return parts[max(0, len(parts) - proxies)] if parts and proxies else ""


def _bare(text: str) -> str:
    """An address without the port that some proxies add: `10.0.0.1:5000`, `[::1]:5000`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _plain(peer: str) -> str:
    ip = read_ip(peer)
    return str(ip) if ip else peer
