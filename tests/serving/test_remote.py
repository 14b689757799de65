"""Dances from a host have the bits of local ones, whatever happens to the line; strangers get nothing."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import aclosing
from dataclasses import replace

import httpx
import pytest
from hosts import Process, host_of, running, until
from practice import Between, Failing, Gesturer, Swayer, Walker, job_for, same

from dance_core.errors import UserError
from dance_core.generators.choreographer import Choreographer
from dance_core.longform.dance import GeneratorError
from dance_core.motion.motion import Motion
from dance_core.serving import remote
from dance_core.serving.engine import Piece
from dance_core.serving.host import Host
from dance_core.serving.local import LocalEngine, make_take
from dance_core.serving.message import MAX_BODY, PROTOCOL, message, pack_work
from dance_core.serving.opening import open_engine
from dance_core.serving.remote import RemoteEngine
from dance_core.settings import Settings

TOKEN = "a token of the tests"


def at(url: str, **more: object) -> Settings:
    return Settings(engine=url, **more)


def locally(generator: object, job: object, **settings: object) -> object:
    with LocalEngine({generator.needs.name: generator}, Settings(**settings)) as engine:
        return make_take(engine, job)


@pytest.mark.parametrize(("make", "schedule"), [(Walker, "stream"), (Swayer, "stream"), (Between, "waves")])
def test_a_remote_dance_has_the_bits_of_a_local_one(make, schedule):
    job = job_for(make(), 40.0, seed=5)
    pieces: list[Piece] = []
    with host_of(make(), schedule=schedule) as url:
        take = make_take(RemoteEngine(at(url)), job, pieces.append)
    wanted = locally(make(), job, schedule=schedule)
    assert same(take.motion, wanted.motion) and same(Motion.join([p.motion for p in pieces]), wanted.motion)
    assert take.segments == wanted.segments and take.seams == wanted.seams
    assert take.faults == wanted.faults and take.alignment == wanted.alignment
    assert {"waiting", "first_segment", "generation", "total"} <= set(take.timings)


def test_the_host_says_how_a_dance_is_cut():
    job = job_for(Walker(), 40.0)
    with host_of(Walker(), segment_bars=2, blend_seconds=0.5) as url:
        take = make_take(RemoteEngine(at(url, segment_bars=4)), job)
    assert same(take.motion, locally(Walker(), job, segment_bars=2, blend_seconds=0.5).motion)


def test_parts_of_a_dance_stay_bit_for_bit():
    make = Gesturer
    job = job_for(make(), 20.0)
    given = locally(make(), job).motion
    again = replace(job, keep=frozenset({"body"}), given=given, seed=9)
    with host_of(make()) as url:
        take = make_take(RemoteEngine(at(url)), again)
    assert same(take.motion, locally(make(), again).motion)


def test_what_the_host_has_can_be_chosen_and_the_wished_one_comes_first():
    with host_of(Walker(), Choreographer()) as url:
        assert [n.name for n in RemoteEngine(at(url)).generators()] == ["practice", "choreographer"]
        there = RemoteEngine(at(url, generator="choreographer")).generators()
    assert there == (Choreographer().needs, Walker().needs)


# --- the line breaks --------------------------------------------------------------------------------------


class Cutting:
    """Before a host's app: hangs up in the middle of the answers, at these bytes, try after try."""

    def __init__(self, app, cuts):
        self.app, self.cuts, self.bodies = app, list(cuts), []

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["path"] != "/v1/jobs":
            return await self.app(scope, receive, send)
        left = self.cuts.pop(0) if self.cuts else None
        sizes = 0

        async def counted():
            nonlocal sizes
            event = await receive()
            sizes += len(event.get("body", b""))
            return event

        async def cut(event):
            nonlocal left
            if left is not None and event["type"] == "http.response.body":
                body = event.get("body", b"")
                if len(body) >= left:
                    await send({**event, "body": body[:left], "more_body": True})
                    raise ConnectionAbortedError("cut")
                left -= len(body)
            await send(event)

        try:
            await self.app(scope, counted, cut)
        except ConnectionAbortedError:
            pass  # uvicorn closes a connection whose answer is not whole
        finally:
            self.bodies.append(sizes)


def test_a_broken_line_is_taken_up_after_the_last_whole_segment(monkeypatch):
    monkeypatch.setattr(remote, "_PAUSE_S", (0.01,))
    job = job_for(Walker(), 60.0)
    before: list[Cutting] = []
    pieces: list[Piece] = []

    def cut(app):
        before.append(Cutting(app, [3, 300_000, 900_000]))
        return before[0]

    with host_of(Walker(), wrap=cut) as url:
        take = make_take(RemoteEngine(at(url)), job, pieces.append)
    assert same(take.motion, locally(Walker(), job).motion)
    starts = [p.start for p in pieces]
    assert starts == sorted(set(starts)), "no segment twice"
    assert len(before[0].bodies) == 4
    assert before[0].bodies[0] == before[0].bodies[1] < before[0].bodies[2] < before[0].bodies[3], \
        "what is there is told to the host"


def test_a_host_that_stays_away_is_given_up_with_a_sentence(monkeypatch):
    monkeypatch.setattr(remote, "_PAUSE_S", (0.01,))
    monkeypatch.setattr(remote, "PATIENCE_S", 0.3)
    job = job_for(Walker(), 60.0)
    with host_of(Walker(), wrap=lambda app: Cutting(app, [400_000, *[0] * 10_000])) as url, \
            pytest.raises(UserError, match=r"has not answered for 0\.3 s .* [12] segments are made"):
        make_take(RemoteEngine(at(url)), job)


def test_a_host_that_became_another_version_does_not_go_on_with_a_dance(monkeypatch):
    monkeypatch.setattr(remote, "_PAUSE_S", (0.01,))
    from dance_core.serving import host

    names = iter("ab")
    monkeypatch.setattr(host, "build_name", lambda: next(names))
    with host_of(Walker(), wrap=lambda app: Cutting(app, [500_000])) as url:
        names = iter("xab")  # the first is asked for with the generators
        engine = RemoteEngine(at(url))
        with pytest.raises(UserError, match="another version"):
            make_take(engine, job_for(Walker(), 60.0))


def test_hosts_that_are_killed_in_the_middle_of_many_dances_lose_none(tmp_path):
    """Eight dances at once; the host is killed three times, wherever it is then."""
    generator = Choreographer()
    jobs = [job_for(generator, 30.0, seed=k) for k in range(8)]
    host = Process(tmp_path, DANCE_MAX_RUNNING="8")
    try:
        engine = RemoteEngine(at(host.url))
        pieces: dict[int, list[Piece]] = {k: [] for k in range(len(jobs))}
        takes: dict[int, object] = {}

        def make(k: int) -> None:
            takes[k] = make_take(engine, jobs[k], pieces[k].append)

        threads = [threading.Thread(target=make, args=(k,)) for k in range(len(jobs))]
        for thread in threads:
            thread.start()
        for wanted in (1, 6, 12):
            until(lambda wanted=wanted: sum(map(len, pieces.values())) >= wanted)
            host.kill()
            host.start()
        for thread in threads:
            thread.join()
    finally:
        host.kill()
    assert len(takes) == len(jobs)
    for k, job in enumerate(jobs):
        assert same(takes[k].motion, locally(generator, job).motion)
        starts = [p.start for p in pieces[k]]
        assert starts == sorted(set(starts))


# --- no -----------------------------------------------------------------------------------------------------


def test_hanging_up_frees_the_model():
    generator = Walker()
    with host_of(generator) as url:
        async def first_only():
            async with aclosing(RemoteEngine(at(url)).stream(job_for(generator, 300.0))) as pieces:
                await anext(pieces)

        asyncio.run(first_only())

        def said() -> str:
            return httpx.get(f"{url}/metrics").text

        until(lambda: 'dance_jobs_total{result="cancelled"} 1.0' in said() and "dance_streams 0.0" in said())


def test_sentences_of_the_generator_and_of_the_queue_come_over_the_line():
    job = job_for(Walker(), 20.0)
    with host_of(Walker(), max_running=1, max_waiting=0) as url:
        engine = RemoteEngine(at(url))
        with pytest.raises(UserError, match="no style 'polka'"):
            make_take(engine, replace(job, style="polka"))
        with pytest.raises(UserError, match="no generator 'polka'"):
            make_take(engine, replace(job, generator="polka"))

        async def two():
            async with aclosing(engine.stream(job_for(Walker(), 300.0))) as pieces:
                await anext(pieces)
                async with aclosing(engine.stream(job)) as others:
                    with pytest.raises(UserError, match="1 dances are being made and 0 are waiting"):
                        await anext(others)

        asyncio.run(two())
    always = Failing(lambda request: True)
    with host_of(always) as url, pytest.raises(GeneratorError, match="failed on segment"):
        make_take(RemoteEngine(at(url)), job)


@pytest.mark.parametrize("said", ["", "a token of others"])
def test_without_the_token_nothing_is_told(said):
    with host_of(Walker(), token=TOKEN) as url:
        with pytest.raises(UserError, match="another token"):
            RemoteEngine(at(url, engine_token=said))
        for path in ("/v1/generators", "/metrics"):
            assert httpx.get(url + path).status_code == 401
        body = pack_work(job_for(Walker(), 8.0).work, {})
        assert httpx.post(f"{url}/v1/jobs", content=body).status_code == 401
        assert httpx.get(f"{url}/healthz").status_code == 200
        assert make_take(RemoteEngine(at(url, engine_token=TOKEN)), job_for(Walker(), 8.0))
    assert TOKEN not in repr(at(url, engine_token=TOKEN))


def test_bad_bodies_get_a_sentence_each():
    with host_of(Walker()) as url:
        def refused(**more):
            answer = httpx.post(f"{url}/v1/jobs", **more)
            return answer.status_code, answer.json()["sentence"]

        status, sentence = refused(content=b"hello")
        assert status == 400 and "safetensors" in sentence
        whole = pack_work(job_for(Walker(), 8.0).work, {})
        assert refused(content=whole[:-1])[0] == 400
        status, sentence = refused(content=iter([bytes(1 << 20)] * ((MAX_BODY >> 20) + 1)))
        assert status == 413 and "96 MB" in sentence


def test_a_body_that_comes_too_slowly_is_refused(monkeypatch):
    from dance_core.serving import host

    monkeypatch.setattr(host, "BODY_S", 0.2)
    with host_of(Walker()) as url:
        port = int(url.rsplit(":", 1)[1])
        import socket

        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
            assert b" 408 " in line.recv(1000)


async def _nonsense(scope, receive, send):
    """A web server that is no host: it answers everything with the same words."""
    if scope["type"] != "http":
        return
    said = {"protocol": PROTOCOL, "generators": [{**Walker().needs.__dict__, "parts": ["body"]}]}
    data = json.dumps(said, default=list).encode() if scope["method"] == "GET" else message(b"S", b"nothing")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": data})


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://127.0.0.1:9/"])
def test_where_no_host_is_a_sentence_says_so(url):
    with pytest.raises(UserError, match="no generators' host"):
        RemoteEngine(at(url))


def test_what_is_no_host_is_not_believed():
    with running(_nonsense) as url:
        engine = RemoteEngine(at(url))
        with pytest.raises(UserError, match="make no sense"):
            make_take(engine, job_for(Walker(), 8.0))


def test_another_protocol_is_told(monkeypatch):
    with host_of(Walker()) as url:
        monkeypatch.setattr(remote, "PROTOCOL", 99)
        with pytest.raises(UserError, match=f"protocol {PROTOCOL}, this program 99"):
            RemoteEngine(at(url))


def test_a_host_whose_replicas_are_all_gone_is_alive_and_not_ready():
    class Gone:
        alive = False

    host = Host(Gone(), Settings())
    host.ready = True  # they were there
    with running(host.app) as url:
        assert httpx.get(f"{url}/healthz").status_code == 200
        answer = httpx.get(f"{url}/readyz")
        assert answer.status_code == 503 and answer.json() == {"ready": False}
        Gone.alive = True
        assert httpx.get(f"{url}/readyz").status_code == 200


# --- which engine -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["", "remote", "ftp://host:1", "http://", "http://[::1", "http://host:x",
                                   "host:7870"])
def test_an_address_that_is_none_is_named(where):
    with pytest.raises(UserError, match="local or http://host:port was expected"):
        open_engine(at(where), dict)


def test_the_settings_choose_between_this_process_and_a_host():
    with open_engine(Settings(), lambda: {"practice": Walker()}) as engine:
        assert isinstance(engine, LocalEngine)

    def nobody():
        raise AssertionError("a front end loads no generators")

    with host_of(Walker()) as url, open_engine(at(url), nobody) as engine:
        assert isinstance(engine, RemoteEngine)
