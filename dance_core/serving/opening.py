"""The engine that the settings ask for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from dance_core.errors import UserError
from dance_core.generators.base import Generator
from dance_core.serving.lent import LENDS, LentEngine
from dance_core.serving.local import LocalEngine
from dance_core.serving.remote import RemoteEngine
from dance_core.settings import Settings

LOCAL = "local"


def open_engine(settings: Settings, generators: Callable[[], Mapping[str, Generator]], many: bool = False
                ) -> LocalEngine | RemoteEngine:
    """LocalEngine for "local" (LentEngine, where GPUs are lent), RemoteEngine for "http://host:port"; closed
    by `with` or `close`.

    generators: gives those of this process; asked only where they run here. many: several people ask at
    once, so that processes of their own may make the dances (`settings.workers`). Raises UserError.
    """
    where = settings.engine
    if where == LOCAL:
        there = generators()
        if LENDS:
            return LentEngine(there, settings)
        return LocalEngine(there, settings, functools.partial(_again, settings.generator) if many else None)
    try:
        parts = urlsplit(where)
        right = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        right = False
    if not right:
        raise UserError(f"The engine is {where!r}, but local or http://host:port was expected "
                        "(DANCE_ENGINE, --engine).")
    return RemoteEngine(settings)


def _again(first: str) -> Mapping[str, Generator]:
    """The generators, in another process."""
    from dance_core.generators import starting_with

    return starting_with(first)
