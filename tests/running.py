"""The app in a process of its own, and how a script talks to it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
SONG = ROOT / "assets" / "songs" / "sunday-lights.ogg"


@dataclass
class Server:
    """A running app and how a script talks to it."""

    process: subprocess.Popen
    url: str
    data: Path
    log: Path
    http: httpx.Client
    run: int = -1  # number of the event that dances
    panel: int = -1  # number of the rating panel

    def order(self, **changes: Any) -> list[Any]:
        form = {"upload": None, "demo": "Sunday Lights", "generator": "choreographer", "style": "gHO",
                "pose": {"selected": "ready"}, "start": 0, "length": 4, "seed": 1, "own": None, "remake": "",
                "build": "", "energy": "", "take": None, "kept": None, "beats": None}
        return list((form | changes).values())

    def join(self, data: list[Any], session: str) -> httpx.Response:
        return self.http.post(self.url + "gradio_api/queue/join",
                              json={"data": data, "fn_index": self.run, "session_hash": session})

    def dance(self, **changes: Any) -> tuple[bool, str]:
        """Whether the event ended well, and everything that it answered."""
        session = uuid.uuid4().hex
        joined = self.join(self.order(**changes), session)
        if joined.status_code != 200:
            return False, joined.text
        heard = ""
        for message in self.messages(session):
            heard += json.dumps(message, ensure_ascii=False)
            if message["msg"] in ("process_completed", "unexpected_error"):
                return bool(message.get("success")), heard
        raise AssertionError("the stream ended without an end")

    def messages(self, session: str) -> Iterator[dict[str, Any]]:
        with self.http.stream("GET", self.url + "gradio_api/queue/data",
                              params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])

    def vote(self, **changes: Any) -> dict[str, Any]:
        """Send a vote as the panel does."""
        sent = {"overall": 4, "on_beat": 4, "natural": 4, "harmony": 4, "comment": "", "watched": 3.0,
                "vote_id": str(uuid.uuid4()), "session": "5" * 32, "take": self.take()}
        answer = self.http.post(self.url + "gradio_api/component_server", content=json.dumps({
            "data": [sent | changes], "component_id": self.panel, "fn_name": "vote",
            "session_hash": "s"}), headers={"content-type": "application/json"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def take(self) -> str:
        """A dance that is kept."""
        kept = self.takes()
        if not kept:
            assert self.dance()[0]
            kept = self.takes()
        return kept[0]

    def takes(self) -> list[str]:
        folder = self.data / "takes"
        return sorted(os.listdir(folder)) if folder.is_dir() else []


def hears_ctrl_c() -> None:
    """In a new process: whoever runs the tests in the background has told all children not to."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(folder: Path, port: int = 0, checkout: Path = ROOT, **settings: str) -> Server:
    """`python app.py` on a port, by default any free one, with its data below `folder`; ready to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    log = folder / "app.log"
    environ = {**os.environ, "DANCE_DATA_DIR": str(folder / "data"), "DANCE_PORT": str(port),
               "DANCE_WORKERS": "0", **settings}  # many are started: no more processes than are asked for
    with log.open("a") as out:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=checkout, env=environ, stdout=out,
                                   stderr=out, preexec_fn=hears_ctrl_c)
    http = httpx.Client(timeout=PATIENCE)
    server = Server(process, f"http://127.0.0.1:{port}/", folder / "data", log, http)
    for _ in range(round(4 * PATIENCE)):
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(httpx.HTTPError):
            config = server.http.get(server.url + "config").json()
            break
        time.sleep(0.25)
    else:
        stop(server)
        raise AssertionError(f"the app did not start: {log.read_text()}")
    if "dance" in settings.get("DANCE_PAGES", "dance"):
        server.run = next(d["id"] for d in config["dependencies"] if d["api_name"] == "run")
        server.panel = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "rating")
    return server


def stop(server: Server) -> None:
    server.http.close()
    server.process.kill()
    server.process.wait()
