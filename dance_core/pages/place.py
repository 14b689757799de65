"""The place where the app listens."""

from __future__ import annotations

import socket

from dance_core.address import Host
from dance_core.errors import UserError
from dance_core.settings import Settings


def listen(settings: Settings) -> socket.socket:
    """The place where visitors will knock; nobody is let in yet. Raises UserError where it can't be had."""
    if not 0 <= settings.port < 65_536:  # the library would take another one
        raise UserError(f"DANCE_PORT is {settings.port}, but ports go from 0 (any free one) to 65535.")
    try:
        kind, _, _, _, address = socket.getaddrinfo(
            settings.host or None, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        place = socket.socket(kind, socket.SOCK_STREAM)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind(address)
    except OSError as error:
        raise UserError(f"The app can't listen on {settings.host}:{settings.port} (DANCE_HOST, DANCE_PORT): "
                        f"{error.strerror}.") from None
    return place


def shown(place: socket.socket) -> str:
    """The address that a browser on this machine can open."""
    name, port = place.getsockname()[:2]
    host = Host("localhost" if name in ("0.0.0.0", "::") else name, port)
    return f"http://{host}"
