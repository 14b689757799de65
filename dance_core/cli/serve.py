"""Be a host of generators for front ends elsewhere (DANCE_ENGINE=http://HOST:PORT there)."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import ipaddress
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core import threads
from dance_core.cli import cluster
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.generators.base import Generator
    from dance_core.serving.cluster import ClusterEngine
    from dance_core.serving.local import LocalEngine

NAME = "serve"
SHORTEST_TOKEN = 16  # characters
_GOODBYE_S = 3


def options(parser: argparse.ArgumentParser) -> None:
    """See `python -m dance_core serve --help`."""
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS",
                        help="where to listen (default: this machine alone, 127.0.0.1)")
    parser.add_argument("--port", type=int, default=7870, help="0: a free one (default: 7870)")
    parser.add_argument("--token-file", type=Path, metavar="F",
                        help="a file with what front ends must say (DANCE_ENGINE_TOKEN there)")
    parser.add_argument("--engine", choices=("local", cluster.CLUSTER), default="local",
                        help="where generators run: in this process, or in replicas on Ray (default: local)")
    parser.add_argument("--replicas", metavar="N", type=int,
                        help="with --engine cluster: how many of the generators (default: 1)")
    cluster.options(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Serve until SIGINT or SIGTERM; 0."""
    cluster.check(args, args.engine, "replicas")
    token = "" if args.token_file is None else read_token(args.token_file)
    if not token and not _on_this_machine(args.host):
        raise UserError(f"On {args.host} everybody who reaches it could use this host: --token-file F is "
                        "needed there.")
    import socket

    import uvicorn

    from dance_core.generators import starting_with
    from dance_core.serving.host import Host, build_name

    threads.take_short_turns()
    generators = starting_with(settings.generator)
    try:
        place = socket.create_server((args.host, args.port), family=_family(args.host))
    except (OSError, OverflowError) as error:
        raise UserError(f"{args.host} port {args.port} can't be listened on ({error}).") from None
    build_name()  # reads all weights once; front ends ask for it first
    address, port = place.getsockname()[:2]
    with _engine(args, settings, generators, f"dance-{port}") as engine:
        host = Host(engine, settings, token)

        def load() -> None:
            engine.load()
            host.ready = True

        threading.Thread(target=load, name="dance-load", daemon=True).start()
        shown = f"[{address}]" if ":" in address else address
        where = "" if args.engine == "local" else f"replicas on Ray: {_replicas(args)}; "
        print(f"Generators' host: http://{shown}:{port} ({', '.join(generators)}; {where}"
              f"{'a token is wanted' if token else 'no token is wanted'})", flush=True)
        uvicorn.Server(uvicorn.Config(
            host.app, http="h11", log_level="warning", access_log=False, server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=_GOODBYE_S)).run(sockets=[place])
    return 0


@contextlib.contextmanager
def _engine(args: argparse.Namespace, settings: Settings, generators: Mapping[str, Generator], name: str
            ) -> Iterator[LocalEngine | ClusterEngine]:
    """name: of what runs on a cluster; another run of it takes its place."""
    if args.engine == "local":
        from dance_core.serving.memory import within_memory
        from dance_core.serving.opening import open_engine

        here = within_memory(dataclasses.replace(settings, engine="local"))
        with open_engine(here, lambda: generators, many=True) as engine:
            yield engine
        return
    from dance_core.serving.cluster_start import on_ray

    replicas, gpus = _replicas(args), args.gpus or 0.0
    with on_ray(args.address or "", replicas, gpus):
        from dance_core.serving.cluster import start_replicas  # imports Ray: not before it is set up

        with start_replicas(settings, replicas, gpus, name) as engine:
            yield engine


def _replicas(args: argparse.Namespace) -> int:
    return 1 if args.replicas is None else args.replicas


def read_token(path: Path) -> str:
    """The one line of a token file. Raises UserError."""
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise UserError(f"The token file {path.name!r} can't be read "
                        f"({getattr(error, 'strerror', None) or 'no text'}).") from None
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise UserError(f"The token in {path.name!r} has {len(token)} characters; one line of at least "
                        f"{SHORTEST_TOKEN} letters, digits and signs without spaces is wanted.")
    return token


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _family(host: str) -> int:
    import socket

    return socket.AF_INET6 if ":" in host else socket.AF_INET
