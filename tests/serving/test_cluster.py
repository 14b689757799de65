"""A host whose generators are replicas on Ray: the dances of any host, whichever replica is killed meanwhile.

Skipped where Ray is not installed: `pip install -r requirements-cluster.txt`.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import threading
import time
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hosts import Process, family, until
from practice import job_for, same, stance

from dance_core.corpus.studio.demo import demo_songs
from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.generators.choreographer import Choreographer
from dance_core.longform.dance import GeneratorError
from dance_core.music.analysis import analyse
from dance_core.music.decode import excerpt, load_song
from dance_core.serving import remote
from dance_core.serving.engine import Piece
from dance_core.serving.local import LocalEngine, make_take
from dance_core.serving.message import PROTOCOL, pack_work
from dance_core.serving.remote import RemoteEngine
from dance_core.settings import Settings

pytest.importorskip("ray", reason="Ray is not installed (pip install -r requirements-cluster.txt)")
from ray.exceptions import ActorDiedError

from dance_core.serving import cluster

TOKEN = "0123456789abcdef-of-tests"
RUNNING, WAITING = 2, 1  # of each replica; of all


def start(folder: Path, replicas: int) -> Process:
    (folder / "token").write_text(TOKEN)
    return Process(folder, "--token-file", str(folder / "token"), "--engine", "cluster", "--replicas",
                   str(replicas), DANCE_MAX_RUNNING=str(RUNNING), DANCE_MAX_WAITING=str(WAITING))


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    process = start(tmp_path_factory.mktemp("cluster"), 2)
    yield process
    process.kill()
    until(lambda: not family(process.process.pid))


def replicas(host: Process) -> set[int]:
    """The processes in which the generators are."""
    return {pid for pid, name in family(host.process.pid).items() if "ServeReplica:" in name}


def engine(host: Process, token: str = TOKEN) -> RemoteEngine:
    return RemoteEngine(Settings(engine=host.url, engine_token=token))


def locally(generator, job):
    with LocalEngine({generator.needs.name: generator}, Settings()) as there:
        return make_take(there, job)


def said(host: Process) -> str:
    return httpx.get(f"{host.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    """A demo song's first bars, and what is heard in them."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("song"))
    part = excerpt(load_song(demo_songs()[0].path, settings=settings), 0.0, 16.0)
    return part, analyse(part, settings)


@pytest.mark.parametrize("name", list(registry()))
def test_every_generator_gives_the_bits_of_local(host, song, name):
    generator = registry()[name]
    part, heard = song
    job = replace(job_for(generator, seed=5), song=part, beats=heard.beats, features=heard.features)
    pieces: list[Piece] = []
    take = make_take(engine(host), job, pieces.append)
    wanted = locally(generator, job)
    assert same(take.motion, wanted.motion) and take.segments == wanted.segments
    assert [p.start for p in pieces] == sorted({p.start for p in pieces})


def test_replicas_that_are_killed_in_the_middle_of_many_dances_lose_none(host):
    """Each time one of the two dies while all of the dances are being made; another takes its place."""
    generator = Choreographer()
    jobs = [job_for(generator, 40.0, seed=k) for k in range(4)]
    pieces: dict[int, list[Piece]] = {k: [] for k in range(len(jobs))}
    takes: dict[int, object] = {}
    there = engine(host)

    def make(k: int) -> None:
        takes[k] = make_take(there, jobs[k], pieces[k].append)

    threads = [threading.Thread(target=make, args=(k,)) for k in range(len(jobs))]
    for thread in threads:
        thread.start()
    for wanted in (1, 8):
        until(lambda wanted=wanted: sum(map(len, pieces.values())) >= wanted)
        os.kill(sorted(replicas(host))[0], signal.SIGKILL)
    for thread in threads:
        thread.join()
    assert len(takes) == len(jobs)
    for k, job in enumerate(jobs):
        assert same(takes[k].motion, locally(generator, job).motion)
        starts = [p.start for p in pieces[k]]
        assert starts == sorted(set(starts)), "no segment twice"
    until(lambda: len(replicas(host)) == 2)
    assert httpx.get(f"{host.url}/readyz").status_code == 200


def test_who_hangs_up_frees_its_place(host):
    generator = Choreographer()

    async def first_only():
        async with aclosing(engine(host).stream(job_for(generator, 300.0))) as pieces:
            await anext(pieces)

    asyncio.run(first_only())
    until(lambda: "dance_streams 0.0" in said(host) and 'dance_jobs_total{result="cancelled"}' in said(host))
    assert make_take(engine(host), job_for(generator, 12.0))


def test_a_host_that_is_full_says_so_with_its_numbers(host):
    generator = Choreographer()
    there = engine(host)

    async def fill():
        async with AsyncExitStack() as stack:
            jobs = [job_for(generator, 300.0, seed=k) for k in range(2 * RUNNING + WAITING)]
            streams = [await stack.enter_async_context(aclosing(there.stream(job))) for job in jobs]
            await asyncio.gather(*(anext(s) for s in streams[:2 * RUNNING]))
            waiting = asyncio.ensure_future(anext(streams[-1]))
            before = time.monotonic()
            while "dance_streams 5.0" not in await asyncio.to_thread(said, host):
                assert time.monotonic() - before < 30
            with pytest.raises(UserError, match="4 dances are being made and 1 are waiting"):
                async with aclosing(there.stream(job_for(generator, 12.0))) as pieces:
                    await anext(pieces)
            waiting.cancel()
            await asyncio.wait({waiting})

    asyncio.run(fill())
    until(lambda: "dance_streams 0.0" in said(host))


def test_a_wrong_token_version_or_message_is_one_sentence(host, monkeypatch):
    for token in ("", "a token of others"):
        with pytest.raises(UserError, match="another token"):
            engine(host, token)
    whole = pack_work(job_for(Choreographer(), 12.0).work, {})
    known = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.post(f"{host.url}/v1/jobs", content=whole).status_code == 401
    half = httpx.post(f"{host.url}/v1/jobs", content=whole[:-1], headers=known)
    assert half.status_code == 400 and "safetensors was expected" in half.json()["sentence"]
    polka = replace(job_for(Choreographer(), 12.0), style="polka")
    with pytest.raises(UserError, match="no style 'polka'"):
        make_take(engine(host), polka)
    monkeypatch.setattr(remote, "PROTOCOL", 99)
    with pytest.raises(UserError, match=f"protocol {PROTOCOL}, this program 99"):
        engine(host)


def test_it_listens_on_loopback_alone(host):
    """Ray's own ports too; what is in /proc is in hex, 0100007F is 127.0.0.1."""
    mine = {host.process.pid, *family(host.process.pid)}
    sockets = set()
    for pid in mine:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                sockets |= set(re.findall(r"socket:\[(\d+)\]", os.readlink(link)))
            except OSError:
                continue
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A" and cells[9] in sockets:
                found.append(cells[1].split(":")[0])
    assert len(found) > 5 and set(found) <= {"0100007F", "0000000000000000FFFF00000100007F"}, found


def test_nothing_of_ray_outlives_a_host_that_was_killed(tmp_path):
    process = start(tmp_path, 1)
    there = family(process.process.pid)
    assert any("raylet" in name for name in there.values())
    process.kill()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in there))


# --- replicas that only play dead: no cluster is started ----------------------------------------------------


class Handle:
    """Ray's, of a replica that gives `lives` segments at a try, and dies."""

    def __init__(self, lives: list[int], sentence: str = "") -> None:
        self.lives, self.sentence, self.known, self.cancelled = lives, sentence, [], 0
        self.made = self

    def options(self, stream: bool) -> Handle:
        assert stream
        return self

    def remote(self, work, known):
        self.known.append(len(known))
        return Response(self, len(known), self.lives.pop(0))


class Response:
    def __init__(self, handle: Handle, first: int, count: int) -> None:
        self.handle, self.left = handle, list(range(first, first + count))

    async def __anext__(self):
        if self.left:
            return self.left.pop(0), MOTION
        if self.handle.sentence:
            return cluster.Refusal(self.handle.sentence, True)
        if not self.handle.lives:
            raise StopAsyncIteration
        raise ActorDiedError

    def cancel(self) -> None:
        self.handle.cancelled += 1


MOTION = stance()


def answers(handle: Handle, monkeypatch, there: int = 1) -> list[int]:
    monkeypatch.setattr(cluster, "running", lambda name: there)
    monkeypatch.setattr(cluster, "_PAUSE_S", 0.0)
    generator = Choreographer()

    async def all_of(engine):
        return [made.index async for made in engine.made(job_for(generator, 20.0).work)]

    engine = cluster.ClusterEngine([generator.needs], Settings(schedule="stream"), handle, "none", 1)
    monkeypatch.setattr(cluster.serve, "delete", lambda name: None)
    with engine:
        return asyncio.run(all_of(engine))


def test_a_dance_goes_on_after_the_last_segment_that_came(monkeypatch):
    handle = Handle([2, 0, 1, 2])
    assert answers(handle, monkeypatch) == [-1, 0, 1, 2, 3, 4]
    assert handle.known == [0, 2, 2, 3] and handle.cancelled == 4


def test_a_dance_that_kills_every_replica_is_given_up(monkeypatch):
    handle = Handle([1] + [0] * 20)
    with pytest.raises(GeneratorError, match="4 replicas in a row died on segment 2"):
        answers(handle, monkeypatch)
    assert len(handle.known) == 5 and handle.cancelled == 5


def test_the_sentence_of_a_replica_is_told(monkeypatch):
    with pytest.raises(GeneratorError, match="it failed"):
        answers(Handle([0, 0], "it failed"), monkeypatch)


def test_without_any_replica_a_dance_ends_with_a_sentence(monkeypatch):
    class Silent(Response):
        async def __anext__(self):
            await asyncio.sleep(60)

    handle = Handle([0])
    handle.remote = lambda work, known: Silent(handle, 0, 0)
    monkeypatch.setattr(cluster, "PATIENCE_S", 0.1)
    monkeypatch.setattr(cluster, "_LOOK_S", 0.05)
    with pytest.raises(UserError, match="None of the host's replicas has been running for 0.1 s"):
        answers(handle, monkeypatch, there=0)
