"""The app is stopped, by Ctrl-C once or twice, while it dances: it ends as a shell expects."""

from __future__ import annotations

import signal
import time
import uuid
from pathlib import Path

import pytest

from tests.running import start, stop
from tests.waiting import PATIENCE


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_while_a_dance_is_made(tmp_path: Path, presses: int) -> None:
    server = start(tmp_path, DANCE_GENERATOR="jepa")
    try:
        session = uuid.uuid4().hex
        assert server.join(server.order(generator="jepa", length=60), session).status_code == 200
        for message in server.messages(session):
            if message["msg"] == "process_generating":  # the first segment is there, the next is being made
                break
        for _ in range(presses):
            server.process.send_signal(signal.SIGINT)
            time.sleep(0.2)
        assert server.process.wait(PATIENCE) == 130
    finally:
        stop(server)
    assert "terminate called" not in server.log.read_text()
