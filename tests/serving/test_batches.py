"""The model thread: who is served when, what a batch holds, and what a withdrawn request costs (nothing)."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Future

import pytest
from practice import Swayer, job_for, same

from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.longform.dance import GeneratorError
from dance_core.serving.batches import ModelThread

JOB = job_for(Swayer(), 10.0)


class Gated(Swayer):
    """Works only while its gate is open; notes the requests of every batch."""

    def __init__(self, **rest: object) -> None:
        super().__init__(**rest)
        self.gate, self.began = threading.Event(), threading.Event()
        self.seen: list[list[int]] = []

    def generate(self, requests):
        self.seen.append([r.seed for r in requests])
        self.began.set()
        assert self.gate.wait(10)
        return super().generate(requests)


def request(seed: int) -> Request:
    return Request(JOB.features, JOB.beats, 0, 60, "gHO", JOB.reference, seed=seed)


def busy(generator: Gated, most: int = 4, window: float = 0.0, **others) -> tuple[ModelThread, Future]:
    """A model thread that is at work on a first request, so that what is asked now has to wait."""
    thread = ModelThread({generator.needs.name: generator, **others}, window, most)
    first = thread.submit(generator.needs.name, "first", request(0), "segment 1")
    assert generator.began.wait(10)
    return thread, first


def test_a_batch_takes_one_of_every_job_before_a_second_of_any():
    generator = Gated()
    thread, first = busy(generator)
    for seed in (11, 12, 13):
        thread.submit("practice", "much", request(seed), "")
    waiting = [thread.submit("practice", "little", request(21), ""),
               thread.submit("practice", "other", request(31), "")]
    generator.gate.set()
    for answer in waiting:
        answer.result(10)
    thread.close()
    assert generator.seen[:2] == [[0], [11, 21, 31, 12]]


def test_who_was_served_longest_ago_comes_first():
    generator = Gated()
    thread, first = busy(generator, most=1)
    answers = [thread.submit("practice", job, request(seed), "")
               for job, seed in (("a", 1), ("a", 2), ("a", 3), ("b", 4), ("b", 5))]
    generator.gate.set()
    for answer in answers:
        answer.result(10)
    thread.close()
    assert generator.seen == [[0], [1], [4], [2], [5], [3]]


def test_a_batch_holds_one_generator_and_no_generator_starves():
    generator, other = Gated(name="one"), Swayer(name="two")
    thread, first = busy(generator, two=other)
    thread.submit("one", "a", request(1), "")
    thread.submit("one", "a", request(2), "")
    last = [thread.submit("two", "b", request(3), ""), thread.submit("one", "c", request(4), "")]
    generator.gate.set()
    for answer in last:
        answer.result(10)
    thread.close()
    assert [r.seed for r in other.requests] == [3]
    assert generator.seen == [[0], [1, 4, 2]]


def test_requests_that_come_within_the_window_share_a_batch():
    generator = Swayer()
    thread = ModelThread({"practice": generator}, window=0.3, most=3)
    answers = [thread.submit("practice", k, request(k), "") for k in range(3)]
    motions = [a.result(10) for a in answers]
    thread.close()
    assert generator.batches == [3]
    assert all(same(m, Swayer().make(request(k))) for k, m in enumerate(motions))


def test_a_withdrawn_request_is_never_made():
    generator = Gated()
    thread, first = busy(generator)
    dropped = thread.submit("practice", "a", request(1), "")
    kept = thread.submit("practice", "b", request(2), "")
    assert dropped.cancel()
    generator.gate.set()
    kept.result(10)
    thread.close()
    assert generator.seen == [[0], [2]]
    with pytest.raises(CancelledError):
        dropped.result(0)


def test_a_request_in_the_making_cannot_be_withdrawn_but_may_be_ignored():
    generator = Gated()
    thread, first = busy(generator)
    assert not first.cancel()
    generator.gate.set()
    assert len(first.result(10)) == 60
    thread.close()


def test_one_bad_request_of_a_batch_fails_alone():
    class Picky(Gated):
        def make(self, r):
            if r.seed == 2:
                raise ZeroDivisionError
            return super().make(r)

    generator = Picky()
    thread, first = busy(generator)
    answers = [thread.submit("practice", k, request(k), f"segment {k}") for k in (1, 2, 3)]
    generator.gate.set()
    assert len(answers[0].result(10)) == len(answers[2].result(10)) == 60
    with pytest.raises(GeneratorError, match=r"failed on segment 2 \(ZeroDivisionError\)"):
        answers[1].result(10)
    thread.close()
    assert generator.seen == [[0], [1, 2, 3], [1], [2], [3]]


def test_closing_tells_those_who_wait_and_ends_the_thread():
    generator = Gated()
    thread, first = busy(generator)
    waiting = thread.submit("practice", "a", request(1), "")
    threading.Timer(0.1, generator.gate.set).start()
    thread.close()
    with pytest.raises(UserError, match="shutting down"):
        waiting.result(0)
    with pytest.raises(UserError, match="shutting down"):
        thread.submit("practice", "a", request(1), "")
    assert not thread._thread.is_alive() and generator.seen == [[0]]
    assert len(first.result(0)) == 60  # what had begun was finished


def test_it_starts_no_thread_before_it_is_needed():
    before = threading.active_count()
    thread = ModelThread({"practice": Swayer()}, 0.0, 1)
    assert threading.active_count() == before
    thread.close()
    with pytest.raises(ValueError, match="at most 0"):
        ModelThread({}, 0.0, 0)
