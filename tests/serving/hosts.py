"""Hosts of generators for tests: in this process, and as processes that can be killed."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn

from dance_core.serving.host import Host
from dance_core.serving.local import LocalEngine
from dance_core.settings import ROOT, Settings
from tests.waiting import PATIENCE


@contextlib.contextmanager
def running(app: Any, port: int = 0) -> Iterator[str]:
    """The address of an ASGI app that listens in a thread of this process."""
    place = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{place.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextlib.contextmanager
def host_of(*generators: Any, token: str = "", wrap: Callable[[Any], Any] = lambda app: app,
            **settings: Any) -> Iterator[str]:
    """The address of a host in this process with these generators. wrap: what stands before its app."""
    made = Settings(**settings)
    with LocalEngine({g.needs.name: g for g in generators}, made) as engine, \
            running(wrap(Host(engine, made, token).app)) as url:
        yield url


class Process:
    """`python -m dance_core serve` on a port of its own; `kill` is -9, and `start` starts it there again."""

    def __init__(self, folder: Path, *options: str, **environ: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._command = [sys.executable, "-m", "dance_core", "serve", "--port", str(self.port), *options]
        self._environ = {**os.environ, "DANCE_DATA_DIR": str(folder), "DANCE_WORKERS": "0", **environ}
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, cwd=ROOT, env=self._environ, stdout=subprocess.PIPE,
                                        text=True)
        line = self.process.stdout.readline()
        assert re.match(rf"Generators' host: {self.url} ", line), line

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def family(root: int) -> dict[int, str]:
    """Process id → command line of what descends from a process, or did: its children end with it."""
    parents, names = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(re.search(r"\) \S (\d+)", (folder / "stat").read_text())[1])
            names[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except (OSError, TypeError):
            continue  # it ended meanwhile
    found: dict[int, str] = {}
    for pid in parents:
        above = pid
        while above in parents and above != root:
            above = parents[above]
        if above == root and pid != root:
            found[pid] = names[pid]
    return found


def until(what: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    last = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.02)
