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
from hosts import Process, until
from practice import job_for, same

from dance_core.errors import UserError
from dance_core.generators import registry
from dance_core.generators.choreographer import Choreographer
from dance_core.serving import remote
from dance_core.serving.engine import Piece
from dance_core.serving.local import LocalEngine, make_take
from dance_core.serving.message import pack_work
from dance_core.serving.remote import RemoteEngine
from dance_core.settings import Settings

pytest.importorskip("ray", reason="Ray is not installed (pip install -r requirements-cluster.txt)")

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


@pytest.mark.parametrize("name", list(registry()))
def test_every_generator_gives_the_bits_of_local(host, name):
    generator = registry()[name]
    job = job_for(generator, 16.0, seed=5)
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
    monkeypatch.setattr(remote, "PROTOCOL", 2)
    with pytest.raises(UserError, match="protocol 1, this program 2"):
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
