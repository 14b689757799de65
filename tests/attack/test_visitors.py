"""A hostile visitor at the running app: forged messages, other people's files, too much of all, kill -9.

What a browser would never send is sent over HTTP; the app answers a sentence or a refusal, stays alive, and
the vote book holds only votes that were acknowledged.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from dance_core.study.book import read_votes
from tests.running import ROOT, SONG, Server, start, stop
from tests.waiting import until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = start(tmp_path_factory.mktemp("visitors"))
    yield made
    stop(made)


@pytest.mark.parametrize("method, path", [
    ("GET", "gradio_api/deep_link?session_hash=x"), ("GET", "gradio_api/proxy=https://x.hf.space/a"),
    ("GET", "gradio_api/dev/reload"), ("POST", "gradio_api/process_recording"), ("GET", "monitoring"),
    ("POST", "gradio_api/vibe-code"), ("GET", "gradio_api/runs"), ("POST", "gradio_api/stream/x"),
    ("GET", "openapi.json"), ("GET", "docs"), ("POST", "login"), ("OPTIONS", ""),
    ("GET", "gradio_api/startup-events"), ("DELETE", ""), ("PUT", "gradio_api/upload")])
def test_addresses_that_no_page_uses_are_closed(server: Server, method: str, path: str) -> None:
    answer = server.http.request(method, server.url + path)
    assert (answer.status_code, answer.text) == (404, "There is nothing at this address.")


def test_no_file_of_the_server_can_be_read(server: Server) -> None:
    server.vote()
    votes = server.data / "votes" / "votes.csv"
    assert votes.exists()
    for path in (votes, "/etc/passwd", ROOT / "app.py", ROOT / "requirements.txt", "/proc/self/environ",
                 server.data / "takes" / server.take() / "take.json", server.data / "web",
                 f"{server.data}/web/%2e%2e/votes/votes.csv",
                 f"{server.data}/web/poses/..%2f..%2fvotes%2fvotes.csv",
                 "../votes/votes.csv", "http://127.0.0.1:1/x", "https://example.com/a.wav", "file:///etc/passwd"):
        answer = server.http.get(f"{server.url}gradio_api/file={path}")
        assert answer.status_code in (403, 404), path
        assert "root:" not in answer.text and "vote_id" not in answer.text


@pytest.mark.parametrize("path", ["/etc/passwd", "votes/votes.csv", str(SONG), "", "http://127.0.0.1:9/a.wav",
                                  "HTTPS://example.com/a.wav", "file:///etc/passwd", ["a"]])
def test_an_upload_that_was_none_is_refused(server: Server, path: Any) -> None:
    before = server.takes()
    ended, said = server.dance(upload={"path": path, "meta": {"_type": "gradio.FileData"}})
    assert not ended and "root:" not in said
    assert server.takes() == before


def test_forged_orders_make_no_dance_and_break_nothing(server: Server) -> None:
    before = server.takes()
    for forged in ({"start": 1e308}, {"start": "NaN"}, {"start": [1]}, {"length": -1}, {"length": 1e-9},
                   {"seed": -1}, {"seed": 1e300}, {"seed": {}}, {"pose": None}, {"pose": [1]},
                   {"pose": {"selected": "../../etc"}}, {"style": "../x"}, {"style": ["gHO"]},
                   {"generator": "nobody"}, {"generator": None}, {"demo": "../../x"}, {"demo": None},
                   {"remake": "hands"}, {"remake": "feet"}, {"remake": ["hands"]}, {"remake": {}},
                       {"build": "giant"}, {"build": ["tall"]}, {"build": {"betas": [1e9]}},
                   {"energy": "wild"}, {"energy": [0.5]}, {"energy": "lively"},
                   {"upload": 5}, {"upload": "/etc/passwd"}, {"pose": {"selected": "x" * 100_000}}):
        _, said = server.dance(**forged)
        assert "Something went wrong here" not in said and "Traceback" not in said, forged
    assert server.takes() == before
    assert server.dance()[0]


def test_messages_without_end_are_not_read(server: Server) -> None:
    for path in ("queue/join", "component_server", "run/predict"):
        for body in (b" " * 2**20, (b" " * 4096 for _ in range(200))):
            answer = server.http.post(f"{server.url}gradio_api/{path}", content=body,
                                      headers={"content-type": "application/json"})
            assert answer.status_code == 413 and "bytes" in answer.text
    for body in (b"[" * 100_000, b"{", b'{"data":' + b"[" * 60 + b"]" * 60 + b"}"):
        answer = server.http.post(server.url + "gradio_api/queue/join", content=body,
                                  headers={"content-type": "application/json"})
        assert answer.status_code == 400
    # files in a message: Gradio would keep them
    assert server.http.post(server.url + "gradio_api/component_server", files={"f": b"x"}).status_code == 415


def test_uploads_have_names_without_power_and_an_end(server: Server) -> None:
    for name in ("../../../evil.html", "/etc/cron.d/x.svg", "C:\\x\\..\\y.html"):
        answer = server.http.post(server.url + "gradio_api/upload",
                                  files={"files": (name, b"<script>1</script>")})
        path = Path(answer.json()[0])
        assert path.is_relative_to("/~data/web") and ".." not in path.parts
        assert (server.data / path.relative_to("/~data")).is_file()
        shown = server.http.get(f"{server.url}gradio_api/file={path}")
        assert shown.headers["content-disposition"].startswith("attachment")  # never run as a page of ours
        assert shown.headers["content-type"] == "application/octet-stream"
    big = (b"\0" * 2**20 for _ in range(52))
    with contextlib.suppress(httpx.TransportError):  # the answer may come in the middle of the sending
        answer = server.http.post(server.url + "gradio_api/upload", content=big,
                                  headers={"content-type": "multipart/form-data; boundary=x"})
        assert answer.status_code in (400, 413)


def test_forged_votes_are_refused_and_good_ones_count_once(server: Server) -> None:
    before = len(read_votes(server.data / "votes" / "votes.csv")[0])
    for forged in ({"overall": 0}, {"overall": 6}, {"natural": 3.5}, {"natural": True}, {"harmony": "3"},
                   {"on_beat": None}, {"on_beat": 10**400}, {"take": "A" * 22}, {"take": "../../votes"},
                   {"take": {}}, {"vote_id": "1"}, {"vote_id": None}, {"session": "=1+1"}, {"session": ""},
                   {"comment": "x" * 2001}):
        answer = server.vote(**forged)
        assert not answer["saved"] and answer["text"].endswith(".")
        assert "went wrong here" not in answer["text"], forged
    again = str(uuid.uuid4())
    assert server.vote(vote_id=again, overall=5)["saved"]
    assert "counts once" in server.vote(vote_id=again, overall=1)["text"]
    strange = "=cmd|' /C calc'!A0\r\n\"x\",\ud800<script>alert(1)</script>"
    assert server.vote(comment=strange, watched=10**400)["saved"]
    votes, bad = read_votes(server.data / "votes" / "votes.csv")
    assert len(votes) == before + 2 and not bad
    assert votes[-2].overall == 5 and votes[-1].comment == strange and votes[-1].watched_seconds == 86_400
    cells = (server.data / "votes" / "votes.csv").read_text().splitlines()[-1].split(",")
    assert not any(cell.lstrip('"').startswith("=") for cell in cells)


def test_many_at_once_wait_and_each_gets_their_own_song(server: Server) -> None:
    songs = ["Sunday Lights", "Iron Verdict", "First Snow", "Golden Handshake"] * 2
    with ThreadPoolExecutor(8) as visitors:
        answers = list(visitors.map(lambda song: server.dance(demo=song, length=5), songs))
    for song, (ended, heard) in zip(songs, answers, strict=True):
        assert ended and song in heard
        assert not any(other in heard for other in set(songs) - {song})


def test_a_closed_tab_ends_its_dance(server: Server) -> None:
    before = server.takes()
    assert server.join(server.order(demo="First Snow", length=None), "gone").status_code == 200
    with contextlib.closing(server.messages("gone")) as stream:
        for message in stream:
            if ".dnc" in json.dumps(message):  # its first segment is there
                break
    folder = server.data / "web" / "dances"
    known = set(folder.iterdir())
    closed = max(known, key=lambda p: p.stat().st_mtime)
    # the same dance, begun after it and made to its end: by then the closed one would have ended, too
    assert server.dance(demo="First Snow", length=None)[0]
    whole, = set(folder.iterdir()) - known
    assert len(list(closed.glob("*.dnc"))) < len(list(whole.glob("*.dnc")))
    assert list(whole.glob("*.bvh")) and not list(closed.glob("*.bvh"))
    assert len(server.takes()) == len(before) + 1
    waiting = server.http.get(server.url + "gradio_api/queue/status").json()
    assert waiting["queue_size"] == 0


def test_killed_in_the_middle_it_starts_again_with_all_votes_and_no_litter(tmp_path: Path) -> None:
    one = start(tmp_path)
    try:
        saved = [str(uuid.uuid4()) for _ in range(5)]
        assert all(one.vote(vote_id=v)["saved"] for v in saved)
        one.join(one.order(demo="First Snow", length=None), "killed")
        assert until(lambda: list((tmp_path / "data" / "web" / "dances").glob("*/*.dnc")))
    finally:
        one.process.send_signal(signal.SIGKILL)
        stop(one)
    # what a kill may leave: half a take, half a cache file, half an upload, half a row
    data = tmp_path / "data"
    (data / "takes" / ".x.part-1").mkdir(parents=True)
    (data / "takes" / ".x.part-1" / "motion.npz").write_bytes(b"half")
    (data / "cache" / "analysis").mkdir(parents=True, exist_ok=True)
    (data / "cache" / "analysis" / ".tmp-1.npz").write_bytes(b"half")
    (data / "web" / "tmpabc123").write_bytes(b"half")
    with (data / "votes" / "votes.csv").open("ab") as book:
        book.write(b"vote/1,half a ro")
    for path in data.rglob("*"):
        os.utime(path, (0, 0))  # all of it happened long ago
    two = start(tmp_path)
    try:
        kept = (data / "web" / "poses", data / "votes")
        assert until(lambda: not [p for p in data.rglob("*")
                                  if p.is_file() and not any(p.is_relative_to(k) for k in kept)])
        assert two.dance()[0]
        assert two.vote()["saved"]
    finally:
        stop(two)
    votes, bad = read_votes(data / "votes" / "votes.csv")
    assert [v.vote_id for v in votes[:5]] == saved and len(votes) == 6 and not bad
    assert any(p.read_bytes() == b"vote/1,half a ro" for p in (data / "votes").glob("*.torn-*"))
