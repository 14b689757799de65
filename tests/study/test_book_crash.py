"""Eight writers, killed again and again: no acknowledged vote lost, none doubled, none torn."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

from dance_core.study.book import read_votes
from tests.waiting import PATIENCE

PROCESSES, VOTES_EACH = 8, 200
MORE = 6  # votes that a process saves beyond the one at which it is to be killed, if nobody kills it

# A server process in small: saves the votes it is given, and acknowledges each one, when it is saved, by
# one write of its number. It was killed before, maybe: then the browser sends the first vote that was
# not acknowledged again. It stops and waits for its killer where that one is late.
WRITER = """
import os, sys
from dance_core.study.book import VoteBook
from dance_core.study.vote import Vote
path, acks, most, *ids = sys.argv[1:]
book = VoteBook(path, lock_wait_s=300)
fd = os.open(acks, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
for vote_id in ids[:int(most)]:
    book.append(Vote.make(
        vote_id=vote_id, take_id="0f" * 16, song="ab" * 32, seed=1, generator="choreographer", style="gBR",
        session="s", overall=1, on_beat=2, natural=3, harmony=4, comment="=1\\n" * 50, watched_seconds=1.0))
    os.write(fd, vote_id.encode() + b"\\n")
if int(most) < len(ids):
    sys.stdin.read()
"""


chance = random.Random(7)


class Writer:
    """One of the processes, started anew after each kill with what is not acknowledged yet."""

    def __init__(self, path: Path, number: int) -> None:
        self.path, self.acks = path, path.parent.parent / f"acks-{number}"
        self.ids = [str(uuid.uuid4()) for _ in range(VOTES_EACH)]
        self.acks.touch()
        self.start()

    def acknowledged(self) -> list[str]:
        return self.acks.read_text().split()

    def start(self) -> None:
        done = len(self.acknowledged())
        left = self.ids[done:]
        life = chance.randint(3, 30)
        self.dies_at = done + life
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, self.path, self.acks, str(life + MORE), *left],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE)

    def finished(self) -> bool:
        return self.process.poll() == 0

    def kill(self) -> bool:
        """Kill -9; False if it had come to its end before."""
        self.process.send_signal(signal.SIGKILL)
        killed = self.process.wait() == -signal.SIGKILL
        self.process.stdin.close()
        self.process.stderr.close()
        return killed


def test_no_acknowledged_vote_is_lost_doubled_or_torn(tmp_path: Path) -> None:
    path = tmp_path / "votes" / "votes.csv"
    writers = [Writer(path, n) for n in range(PROCESSES)]
    kills, most, patience = 0, -1, 0.0
    try:
        while not all(w.finished() for w in writers):
            saved = sum(len(w.acknowledged()) for w in writers)
            if saved > most:
                most, patience = saved, time.monotonic() + PATIENCE
            assert time.monotonic() < patience, f"the writers stopped after {most} votes"
            time.sleep(chance.uniform(0.0, 0.004))
            for w in writers:
                if w.process.poll() is None and len(w.acknowledged()) >= w.dies_at and w.kill():
                    kills += 1
                    w.start()
            for w in writers:
                assert w.process.poll() in (None, 0), w.process.stderr.read().decode()
    finally:
        for w in writers:
            w.kill()

    votes, bad = read_votes(path)
    saved = [v.vote_id for v in votes]
    assert bad == []
    assert kills >= 20, f"only {kills} kills: this test showed too little"
    for w in writers:
        assert w.acknowledged() == w.ids
    assert sorted(saved) == sorted(i for w in writers for i in w.ids)
    assert os.path.getsize(path) > 1_600 * 200
