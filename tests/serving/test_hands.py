"""Processes that make dances: the same bits, side by side, and one that dies costs nobody a dance."""

from __future__ import annotations

import asyncio
import functools
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from practice import Swayer, Walker, job_for, same

from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.longform.dance import GeneratorError
from dance_core.motion.motion import Motion
from dance_core.serving.batches import Models
from dance_core.serving.closing import Closing
from dance_core.serving.hands import Elsewhere, Here
from dance_core.serving.local import LocalEngine, make_take, worker_count
from dance_core.settings import Settings
from tests.waiting import PATIENCE, until

JOB = job_for(Swayer(), 10.0)


def walkers() -> dict[str, Walker]:
    return {"practice": Walker()}


class Mortal(Swayer):
    """Its process dies when seed 13 is asked for: always, or once where `once` names a file."""

    def __init__(self, once: Path | None = None) -> None:
        super().__init__()
        self.once = once

    def make(self, request: Request) -> Motion:
        if request.seed == 13 and not (self.once and self.once.exists()):
            if self.once:
                self.once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if request.seed == 14:
            raise UserError("Fourteen is no seed.")
        return super().make(request)


def mortals(once: Path | None = None) -> dict[str, Mortal]:
    return {"practice": Mortal(once)}


def request(seed: int) -> Request:
    return Request(JOB.features, JOB.beats, 0, 60, "gHO", JOB.reference, seed=seed)


def test_a_dance_from_two_processes_has_the_bits_of_one_from_here():
    jobs = [job_for(Walker(), 12.0, seed=s) for s in range(3)]
    with LocalEngine(walkers(), Settings()) as e:
        here = [make_take(e, job) for job in jobs]
    assert isinstance(e._model.hands[0], Here)

    async def together(e):
        return await asyncio.gather(*(asyncio.to_thread(make_take, e, job) for job in jobs))

    with LocalEngine(walkers(), Settings(workers=2), walkers) as e:
        e.load()
        elsewhere = asyncio.run(together(e))
        assert len(multiprocessing.active_children()) == 3, "two, and one for first segments"
    for one, other in zip(here, elsewhere, strict=True):
        assert same(one.motion, other.motion) and one.seams == other.seams
    assert not multiprocessing.active_children(), "closing ends them"


def test_a_request_whose_process_was_killed_is_asked_again(tmp_path):
    hand = Elsewhere(functools.partial(mortals, tmp_path / "died"))
    try:
        motions = hand.answer("practice", [request(1), request(13)])
        assert (tmp_path / "died").exists()
        assert all(same(m, Swayer().make(request(s))) for m, s in zip(motions, (1, 13), strict=True))
    finally:
        hand.close()
    with pytest.raises(Closing):
        hand.answer("practice", [request(1)])


def test_a_request_that_kills_every_process_fails_alone_and_a_sentence_comes_through():
    models = Models(mortals(), window=PATIENCE, most=3, hands=[Elsewhere(mortals)])
    answers = [models.submit("practice", request(seed), f"segment {seed}") for seed in (12, 13, 14)]
    try:
        assert same(answers[0].result(PATIENCE), Swayer().make(request(12)))
        with pytest.raises(GeneratorError, match=r"failed on segment 13 \(BrokenProcessPool\)"):
            answers[1].result(PATIENCE)
        with pytest.raises(UserError, match="Fourteen"):
            answers[2].result(PATIENCE)
    finally:
        models.close()


class Counting:
    """A hand that works while its gate is open."""

    def __init__(self, gate: threading.Event) -> None:
        self.gate, self.sizes = gate, []

    def load(self) -> None: ...
    def close(self) -> None: ...

    def answer(self, name: str, requests: Sequence[Request]) -> list[Motion]:
        self.sizes.append(len(requests))
        assert self.gate.wait(PATIENCE)
        return [Swayer().make(r) for r in requests]


def test_who_comes_new_need_not_wait_for_a_batch_that_has_begun():
    shut, opened = threading.Event(), threading.Event()
    opened.set()
    busy, door = Counting(shut), Counting(opened)
    models = Models(mortals(), window=0.0, most=1, hands=[busy], door=door)
    going_on = [models.submit("practice", replace(request(k), start=10), "") for k in range(3)]
    assert until(lambda: busy.sizes == [1])
    first = models.submit("practice", request(9), "segment 1")
    assert same(first.result(PATIENCE), Swayer().make(request(9)))
    assert door.sizes == [1] and not any(a.done() for a in going_on), "it makes beginnings alone"
    shut.set()
    for answer in going_on:
        answer.result(PATIENCE)
    models.close()
    assert door.sizes == [1] and busy.sizes == [1, 1, 1]


@pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no os.nice here")
def test_a_process_that_dances_stands_back_behind_the_pages():
    hand = Elsewhere(mortals, nice=3)
    try:
        hand.load()
        pid, = (p.pid for p in multiprocessing.active_children())
        assert os.getpriority(os.PRIO_PROCESS, pid) == os.nice(0) + 3
    finally:
        hand.close()


@pytest.mark.parametrize("worth, expected", [(4, [4, 4]), (1, [1] * 8), (3, [2, 3, 3])])
def test_idle_hands_share_what_waits_in_calls_of_the_size_that_is_worth_it(worth, expected):
    gate = threading.Event()
    gate.set()
    hands = [Counting(gate), Counting(gate)]
    models = Models(mortals(), window=0.5, most=16, hands=hands, together=lambda name: worth)
    answers = [models.submit("practice", request(k), "") for k in range(8)]
    for answer in answers:
        answer.result(PATIENCE)
    models.close()
    sizes = sorted(hands[0].sizes + hands[1].sizes)
    assert sum(sizes) == 8 and max(sizes) == max(expected)


@pytest.mark.parametrize("asked, cores, gpu, workers", [
    (-1, 1, False, 0), (-1, 2, False, 2), (-1, 64, False, 4), (-1, 8, True, 0), (0, 8, False, 0),
    (3, 2, False, 3)])
def test_a_process_a_core_where_there_are_several_and_no_gpu(asked, cores, gpu, workers, monkeypatch):
    monkeypatch.setattr("dance_core.serving.local.cores_here", lambda: cores)
    monkeypatch.setattr("dance_core.serving.local.on_gpu", lambda: gpu)
    assert worker_count(Settings(workers=asked)) == workers
