"""The engine in this process: pieces that stream, batches over users, cancelling, fairness, errors."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
from collections import defaultdict
from contextlib import aclosing
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from practice import Between, Failing, Gesturer, Poser, Swayer, Walker, job_for, same

from dance_core.errors import UserError
from dance_core.evaluation.limits import check
from dance_core.longform.dance import GeneratorError
from dance_core.longform.take import Take
from dance_core.motion.motion import Motion
from dance_core.serving import finish, local
from dance_core.serving.closing import Closing
from dance_core.serving.engine import Job, Piece
from dance_core.serving.local import LocalEngine, make_take
from dance_core.settings import ROOT, Settings
from tests.waiting import PATIENCE, settled, soon, until


def engine(*generators, **settings) -> LocalEngine:
    return LocalEngine({g.needs.name: g for g in generators}, Settings(**settings))


async def all_of(e: LocalEngine, job: Job) -> list[Piece]:
    async with aclosing(e.stream(job)) as pieces:
        return [p async for p in pieces]


@cache
def _alone(make: type, seconds: float, seed: int, tempo: float) -> Take:
    with engine(make()) as e:
        return make_take(e, job_for(make(), seconds, seed, tempo))


def alone(job: Job, make: type = Walker) -> Take:
    """The take of a job (of `job_for`) when nobody else is there."""
    return _alone(make, job.song.duration, job.seed, job.beats.tempo)


def test_pieces_come_in_order_and_the_last_carries_the_take():
    generator = Walker()
    job = job_for(generator, 30.0)
    with engine(generator) as e:
        pieces = asyncio.run(all_of(e, job))
    take = pieces[-1].take
    assert [p.take for p in pieces[:-1]] == [None] * (len(pieces) - 1)
    assert same(Motion.join([p.motion for p in pieces]), take.motion)
    assert [p.done for p in pieces] == list(range(1, pieces[0].total + 1))
    assert pieces[0].start == 0 and all(
        b.start == a.start + len(a.motion) for a, b in zip(pieces, pieces[1:], strict=False))
    assert len(take.motion) == 900 and take.segments == tuple(p.segment for p in pieces)
    assert len(take.seams) == len(take.segments) - 1


def test_the_take_says_what_was_asked_and_what_was_measured():
    generator = Poser()
    job = job_for(generator, 20.0, seed=5)
    take = alone(job, Poser)
    assert (take.title, take.song_digest, take.duration) == ("Clicks", job.song.digest, 20.0)
    assert (take.generator, take.generator_title) == ("practice", "Practice")
    assert (take.style, take.pose, take.seed, take.guidance) == ("gHO", "preset:stance", 5, 1.0)
    assert set(take.timings) == {"waiting", "first_segment", "generation", "total"}
    assert 0 < take.timings["first_segment"] <= take.timings["generation"] <= take.timings["total"]
    assert take.alignment["music_to_motion"] > 0.3 and take.alignment["motion_beats"] > 20
    assert take.reference_error["degrees"] < 5
    assert take.faults == check(take.motion, take.seams, job.reference).faults


def test_the_time_that_the_analysis_took_counts():
    job = job_for(Poser(), 5.0)
    with engine(Poser()) as e:
        take = make_take(e, replace(job, analysis_seconds=1.5))
    assert take.timings["analysis"] == 1.5 and take.timings["total"] > 1.5


def test_the_first_piece_comes_while_the_rest_is_not_made():
    generator = Walker()

    async def first(e):
        async with aclosing(e.stream(job_for(generator, 60.0))) as pieces:
            async for piece in pieces:
                return piece, len(generator.requests)

    with engine(generator) as e:
        piece, asked = asyncio.run(first(e))
    assert piece.done == 1 and piece.total == 8 and len(piece.motion) >= 60
    assert asked <= 2  # the second is made while the first is shown


def test_eight_at_once_are_bit_for_bit_what_each_is_alone():
    jobs = [job_for(Walker(), 14.0, seed=s, tempo=100 + 5 * s) for s in range(8)]
    generator = Walker(gated=True)

    async def together(e):
        tasks = [asyncio.create_task(all_of(e, j)) for j in jobs]
        await settled()  # all have asked
        generator.gate.set()
        return await asyncio.gather(*tasks)

    with engine(generator, max_running=8, max_batch=8) as e:
        results = asyncio.run(together(e))
    assert max(generator.batches) >= 4  # they were batched, so the test is worth something
    for job, pieces in zip(jobs, results, strict=True):
        expected = alone(job)
        assert same(pieces[-1].take.motion, expected.motion)
        assert pieces[-1].take.seams == expected.seams and pieces[-1].take.faults == expected.faults


@pytest.mark.parametrize("schedule, gpu, waves", [("auto", False, False), ("auto", True, True),
                                                  ("stream", True, False), ("waves", False, True)])
def test_two_waves_are_danced_where_a_gpu_makes_them_or_the_setting_says_so(
        schedule: str, gpu: bool, waves: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(local, "on_gpu", lambda: gpu)
    generator, plain = Between(), Walker(name="plain")
    with engine(generator, plain, schedule=schedule) as e:
        for g in (generator, plain):
            make_take(e, job_for(g, 20.0))
    starts = [r.start for r in generator.requests]
    assert (starts != sorted(starts)) == waves, "the third segment is asked for before the second"
    assert [r.start for r in plain.requests] == sorted(r.start for r in plain.requests)


def test_a_take_that_was_remade_in_part_says_who_made_what():
    generator = Gesturer(title="Second")
    with engine(generator) as e:
        first = make_take(e, job_for(generator, 10.0))
        job = replace(job_for(generator, 10.0, seed=2), keep=frozenset({"body"}), given=first.motion,
                      given_by="First")
        take = make_take(e, job)
        assert take.generator_title == "Second: hands and face; First: body"
        assert np.array_equal(take.motion.rotations[:, :22], first.motion.rotations[:, :22])
        assert not np.array_equal(take.motion.face, first.motion.face)
        with pytest.raises(UserError, match="Practice makes whole dances"), engine(Walker()) as other:
            make_take(other, job)


def test_two_waves_cover_the_song_in_two_batches():
    generator = Between()
    job = job_for(generator, 60.0)
    # the window is as long as it takes to stitch between two requests of the second wave
    with engine(generator, batch_window_ms=1000 * PATIENCE, max_batch=4, batch_ahead_s=60.0,
                schedule="waves") as e:
        pieces = asyncio.run(all_of(e, job))
    assert generator.batches == [4, 4]
    assert len(pieces[-1].take.motion) == 1800 and pieces[-1].done == pieces[-1].total == 8
    assert same(Motion.join([p.motion for p in pieces]), pieces[-1].take.motion)
    assert max(s.ratio for s in pieces[-1].take.seams) <= 1.5


def test_from_several_event_loops_and_threads():
    generator = Walker()
    results: dict[int, Take] = {}
    with engine(generator) as e:
        threads = [threading.Thread(target=lambda s=s: results.update(
            {s: make_take(e, job_for(generator, 14.0, seed=s))})) for s in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join(PATIENCE)
    assert sorted(results) == [0, 1, 2, 3]
    assert all(same(results[s].motion, alone(job_for(generator, 14.0, seed=s)).motion) for s in results)


def test_closing_the_stream_stops_before_the_next_segment():
    generator = Walker()

    async def leave(e):
        pieces = e.stream(job_for(generator, 120.0))
        await anext(pieces)
        await pieces.aclose()
        return len(generator.requests)

    with engine(generator) as e:
        asked = asyncio.run(leave(e))
        # its place is free again; and what is made now would come after what is left of the first
        assert len(asyncio.run(all_of(e, job_for(generator, 10.0, seed=2)))[-1].take.motion) == 300
    assert [r.seed for r in generator.requests].count(1) <= asked + 1 <= 3  # at most the one that had begun


def test_cancelling_the_task_that_waits_stops_too():
    generator = Walker()

    async def cancelled(e):
        task = asyncio.create_task(all_of(e, job_for(generator, 120.0)))
        assert await soon(lambda: len(generator.requests) > 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(generator.requests)

    with engine(generator, max_running=1, max_waiting=0) as e:
        asked = asyncio.run(cancelled(e))
        assert asyncio.run(all_of(e, job_for(generator, 5.0, seed=2)))[-1].take is not None
    assert [r.seed for r in generator.requests].count(1) <= asked + 1


def test_a_stream_that_is_dropped_gives_its_place_back():
    generator = Swayer()

    async def drop(e):
        pieces = e.stream(job_for(generator, 60.0))
        await anext(pieces)
        del pieces
        gc.collect()
        await settled()
        return await all_of(e, job_for(generator, 5.0))

    with engine(generator, max_running=1, max_waiting=0) as e:
        assert asyncio.run(drop(e))[-1].take is not None


def test_one_after_another_where_only_one_may_run_and_first_come_first_served():
    generator = Walker()
    order: list[int] = []

    async def run(e, seed):
        await all_of(e, job_for(generator, 10.0, seed=seed))
        order.append(seed)

    async def together(e):
        await asyncio.gather(*(run(e, seed) for seed in range(4)))

    with engine(generator, max_running=1, max_waiting=3) as e:
        asyncio.run(together(e))
    assert order == [0, 1, 2, 3] and set(generator.batches) == {1}


def test_too_many_are_refused_with_the_numbers():
    generator = Walker(gated=True)

    async def crowd(e):
        tasks = [asyncio.create_task(all_of(e, job_for(generator, 10.0, seed=s))) for s in range(3)]
        await settled()
        with pytest.raises(UserError, match="2 dances are being made and 1 are waiting"):
            await all_of(e, job_for(generator, 10.0, seed=9))
        generator.gate.set()
        return await asyncio.gather(*tasks)

    with engine(generator, max_running=2, max_waiting=1) as e:
        assert [r[-1].take is not None for r in asyncio.run(crowd(e))] == [True] * 3


def test_one_who_waits_may_leave_the_queue():
    generator = Walker(gated=True)

    async def crowd(e):
        first = asyncio.create_task(all_of(e, job_for(generator, 20.0)))
        await settled()
        second = asyncio.create_task(all_of(e, job_for(generator, 10.0, seed=2)))
        await settled()
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        third = asyncio.create_task(all_of(e, job_for(generator, 10.0, seed=3)))
        await settled()
        generator.gate.set()
        return (await first)[-1].take, (await third)[-1].take

    with engine(generator, max_running=1, max_waiting=1) as e:
        assert None not in asyncio.run(crowd(e))
        assert 2 not in {r.seed for r in generator.requests}


def test_one_who_asks_for_much_does_not_hold_up_one_who_asks_for_little():
    many, few = Between(name="many", gated=True), Walker(name="few")
    done: list[str] = []

    async def run(e, job):
        await all_of(e, job)
        done.append(job.generator)

    async def together(e):
        big = asyncio.create_task(run(e, job_for(many, 150.0)))
        await settled()
        little = asyncio.create_task(run(e, job_for(few, 20.0)))
        await settled()
        many.gate.set()
        await asyncio.gather(big, little)

    with engine(many, few, max_batch=2, schedule="waves") as e:
        asyncio.run(together(e))
    assert done == ["few", "many"]
    assert max(many.batches) == 2


def test_a_failing_request_hits_its_own_job_only():
    generator = Failing(lambda r: r.seed == 13 and r.start > 0, title="Moody")
    seeds = [1, 13, 2, 3]

    async def together(e):
        return await asyncio.gather(*(all_of(e, job_for(generator, 14.0, seed=s)) for s in seeds),
                                    return_exceptions=True)

    with engine(generator, batch_window_ms=1000 * PATIENCE, max_batch=4) as e:
        results = asyncio.run(together(e))
    assert generator.batches == [4, 4, 1, 1, 1, 1]  # the second batch failed, so each was asked for alone
    for seed, result in zip(seeds, results, strict=True):
        if seed == 13:
            assert isinstance(result, GeneratorError)
            assert "Moody failed on segment 2 (RuntimeError)" in str(result)
        else:
            assert same(result[-1].take.motion, alone(job_for(generator, 14.0, seed=seed)).motion)


def test_the_segments_before_a_failure_were_given_out():
    generator = Failing(lambda r: r.start > 400)
    seen: list[Piece] = []
    with engine(generator) as e, pytest.raises(GeneratorError, match="segment 4"):
        make_take(e, job_for(generator, 60.0), seen.append)
    assert [p.done for p in seen] == [1, 2, 3]


class Miscounting(Walker):
    def generate(self, requests):
        return super().generate(requests)[:-1]


class Unloadable(Walker):
    def load(self):
        super().load()
        raise OSError("/secret/weights.safetensors is missing")


class Exiting(Walker):
    def make(self, request):
        raise SystemExit(3)


@pytest.mark.parametrize("make, told", [
    (Miscounting, "Practice gave 0 motions for 1 requests"),
    (Unloadable, r"Practice failed on segment 1 \(OSError\)"),
    (Exiting, r"Practice failed on segment 1 \(SystemExit\)")])
def test_a_broken_generator_is_named_and_the_engine_lives_on(make, told):
    broken, whole = make(), Swayer(name="whole")
    with engine(broken, whole) as e:
        for _ in range(2):
            with pytest.raises(GeneratorError, match=told) as caught:
                make_take(e, job_for(broken, 10.0))
            assert "/secret" not in str(caught.value)
        assert len(make_take(e, job_for(whole, 10.0)).motion) == 300


def test_weights_are_loaded_once_and_only_when_needed():
    used, unused = Swayer(name="used"), Swayer(name="unused")
    with engine(used, unused) as e:
        assert used.loads == 0
        for seed in range(3):
            make_take(e, job_for(used, 5.0, seed))
    assert (used.loads, unused.loads) == (1, 0)


def test_unknown_wishes_are_a_sentence():
    with engine(Walker(), Swayer(name="sway")) as e:
        assert [n.name for n in e.generators()] == ["practice", "sway"]
        with pytest.raises(UserError, match="no generator 'tango'; there are practice, sway"):
            make_take(e, job_for(Walker(name="tango")))
        with pytest.raises(UserError, match="no style 'gXX'"):
            make_take(e, job_for(Walker(), style="gXX"))


def test_refused_jobs_take_no_place():
    with engine(Swayer(), max_running=1, max_waiting=0) as e:
        for _ in range(3):
            with pytest.raises(UserError, match="no style"):
                make_take(e, job_for(Swayer(), style="gXX"))
        assert make_take(e, job_for(Swayer(), 5.0)) is not None


def test_closing_the_engine_ends_its_threads_and_tells_those_who_wait():
    others = set(threading.enumerate())
    generator = Walker(gated=True)
    e = engine(generator, max_running=1)
    failures: list[BaseException] = []

    def dance(seed: int) -> None:
        try:
            make_take(e, job_for(generator, 300.0, seed))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=dance, args=(s,)) for s in range(2)]
    for t in threads:
        t.start()
    assert until(lambda: generator.batches)
    closing = threading.Thread(target=e.close)
    closing.start()
    assert until(lambda: failures)  # the one who waits is told at once, the other when its batch is made
    generator.gate.set()
    for t in (closing, *threads):
        t.join(PATIENCE)
    assert [type(f) for f in failures] == [Closing, Closing]
    assert all("shutting down" in str(f) for f in failures)
    assert not [t.name for t in set(threading.enumerate()) - others if t.name.startswith("dance-")]
    with pytest.raises(UserError, match="shutting down"):
        make_take(e, job_for(generator, 5.0))
    e.close()  # twice is fine


AT_WORK = """
import os, signal, sys, time
import torch
from dance_core.serving.local import LocalEngine, make_take
from dance_core.settings import Settings
from tests.practice import Swayer, job_for

signal.signal(signal.SIGINT, signal.default_int_handler)  # not inherited where tests run in the background

class Slow(Swayer):
    def generate(self, requests):
        os.kill(os.getpid(), signal.SIGINT)
        some, end = torch.rand(200, 200), time.monotonic() + 6
        while time.monotonic() < end:
            with torch.inference_mode():
                some = torch.nn.functional.normalize(some @ some)
        return super().generate(requests)

try:
    with LocalEngine({"practice": Slow()}, Settings()) as engine:
        make_take(engine, job_for(Slow(), 10.0))
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_a_process_that_is_interrupted_in_a_long_batch_ends_as_it_should():
    """If the interpreter ended before the batch, the network's native code would abort the process."""
    done = subprocess.run([sys.executable, "-c", AT_WORK], cwd=ROOT, capture_output=True, text=True,
                          timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_nothing_that_takes_long_is_done_by_the_event_loop(monkeypatch):
    """Generating, stitching and measuring: each in a thread of its own kind, never in the one of the loop."""
    generator, where = Walker(), defaultdict(set)

    def noted(owner, name):
        real = getattr(owner, name)

        def call(*arguments):
            where[name].add(threading.current_thread())
            return real(*arguments)

        monkeypatch.setattr(owner, name, call)

    noted(generator, "generate")
    noted(local.Dance, "accept")
    noted(finish, "finish")
    with engine(generator) as e:
        asyncio.run(all_of(e, job_for(generator, 60.0)))
    assert set(where) == {"generate", "accept", "finish"}
    assert {t.name for t in where["generate"]} == {"dance-model"}
    assert all(t.name.startswith("dance-stitch") for t in where["accept"] | where["finish"])
