"""The models: who is served when, what a batch holds, and what a withdrawn request costs (nothing)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError, Future

import pytest
from practice import Swayer, job_for, same

from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.longform.dance import GeneratorError
from dance_core.serving.batches import Models
from tests.waiting import PATIENCE, until

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
        assert self.gate.wait(PATIENCE)
        return super().generate(requests)


def request(seed: int) -> Request:
    return Request(JOB.features, JOB.beats, 0, 60, "gHO", JOB.reference, seed=seed)


def busy(generator: Gated, most: int = 4, window: float = 0.0, ahead: float = 1e9, **others
         ) -> tuple[Models, Future]:
    """A model thread that is at work on a first request, so that what is asked now has to wait."""
    thread = Models({generator.needs.name: generator, **others}, window, most, ahead)
    first = thread.submit(generator.needs.name, request(0), "segment 1")
    assert generator.began.wait(PATIENCE)
    return thread, first


def asked(thread: Models, *tickets: tuple[int, float], name: str = "practice") -> list[Future]:
    """Submit (seed, seconds from now at which it is due), in this order."""
    now = time.monotonic()
    return [thread.submit(name, request(seed), "", now + due) for seed, due in tickets]


def test_what_is_played_first_is_made_first():
    generator = Gated()
    thread, first = busy(generator, most=1)
    answers = asked(thread, (1, 60.0), (2, 30.0), (3, 90.0), (4, 0.0))
    generator.gate.set()
    for answer in answers:
        answer.result(PATIENCE)
    thread.close()
    assert generator.seen == [[0], [4], [2], [1], [3]]


def test_whoever_has_least_of_a_dance_is_served_next_where_all_are_late():
    # two dances, both behind their music: neither gets two segments before the other had one
    generator = Gated()
    thread, first = busy(generator, most=1)
    answers = asked(thread, (1, -40.0), (2, -32.0), (3, -24.0), (11, -38.0), (12, -30.0), (13, -22.0))
    generator.gate.set()
    for answer in answers:
        answer.result(PATIENCE)
    thread.close()
    assert generator.seen == [[0], [1], [11], [2], [12], [3], [13]]


def test_a_first_movement_does_not_wait_for_what_is_played_much_later():
    generator = Gated()
    thread, first = busy(generator, ahead=10.0)
    answers = asked(thread, (1, 60.0), (2, 65.0), (3, 0.0), (4, 5.0), (5, 100.0))
    generator.gate.set()
    for answer in answers:
        answer.result(PATIENCE)
    thread.close()
    assert generator.seen == [[0], [3, 4], [1, 2], [5]]


def test_all_that_are_late_share_a_batch():
    generator = Gated()
    thread, first = busy(generator, ahead=10.0)
    answers = asked(thread, (1, -5.0), (2, -60.0), (3, 5.0))
    generator.gate.set()
    for answer in answers:
        answer.result(PATIENCE)
    thread.close()
    assert generator.seen == [[0], [2, 1, 3]]


def test_a_batch_holds_one_generator_and_no_generator_starves():
    generator, other = Gated(name="one"), Swayer(name="two")
    thread, first = busy(generator, two=other)
    asked(thread, (1, 1.0), (2, 3.0), name="one")
    last = [*asked(thread, (3, 2.0), name="two"), *asked(thread, (4, 4.0), name="one")]
    generator.gate.set()
    for answer in last:
        answer.result(PATIENCE)
    thread.close()
    assert [r.seed for r in other.requests] == [3]
    assert generator.seen == [[0], [1, 2, 4]]


def test_requests_that_come_within_the_window_share_a_batch():
    generator = Swayer()
    thread = Models({"practice": generator}, window=PATIENCE, most=3)
    answers = [thread.submit("practice", request(k), "") for k in range(3)]
    motions = [a.result(PATIENCE) for a in answers]
    thread.close()
    assert generator.batches == [3]
    assert all(same(m, Swayer().make(request(k))) for k, m in enumerate(motions))


def test_a_request_that_gains_nothing_by_company_waits_for_none():
    thread = Models({"practice": Swayer()}, window=10 * PATIENCE, most=16, together=lambda name: 1)
    assert len(thread.submit("practice", request(1), "").result(PATIENCE)) == 60
    thread.close()


def test_a_withdrawn_request_is_never_made():
    generator = Gated()
    thread, first = busy(generator)
    dropped = thread.submit("practice", request(1), "")
    kept = thread.submit("practice", request(2), "")
    assert dropped.cancel()
    generator.gate.set()
    kept.result(PATIENCE)
    thread.close()
    assert generator.seen == [[0], [2]]
    with pytest.raises(CancelledError):
        dropped.result(0)


def test_a_request_in_the_making_cannot_be_withdrawn_but_may_be_ignored():
    generator = Gated()
    thread, first = busy(generator)
    assert not first.cancel()
    generator.gate.set()
    assert len(first.result(PATIENCE)) == 60
    thread.close()


def test_one_bad_request_of_a_batch_fails_alone():
    class Picky(Gated):
        def make(self, r):
            if r.seed == 2:
                raise ZeroDivisionError
            return super().make(r)

    generator = Picky()
    thread, first = busy(generator)
    answers = [thread.submit("practice", request(k), f"segment {k}") for k in (1, 2, 3)]
    generator.gate.set()
    assert len(answers[0].result(PATIENCE)) == len(answers[2].result(PATIENCE)) == 60
    with pytest.raises(GeneratorError, match=r"failed on segment 2 \(ZeroDivisionError\)"):
        answers[1].result(PATIENCE)
    thread.close()
    assert generator.seen == [[0], [1, 2, 3], [1], [2], [3]]


def test_closing_tells_those_who_wait_and_ends_the_thread():
    generator = Gated()
    thread, first = busy(generator)
    waiting = thread.submit("practice", request(1), "")
    closing = threading.Thread(target=thread.close)
    closing.start()
    assert until(waiting.done)  # told while the batch is still being made
    generator.gate.set()
    closing.join(PATIENCE)
    with pytest.raises(UserError, match="shutting down"):
        waiting.result(0)
    with pytest.raises(UserError, match="shutting down"):
        thread.submit("practice", request(1), "")
    assert not any(t.is_alive() for t in thread._threads) and generator.seen == [[0]]
    assert len(first.result(0)) == 60  # what had begun was finished


def test_it_starts_no_thread_before_it_is_needed():
    before = threading.active_count()
    thread = Models({"practice": Swayer()}, 0.0, 1)
    assert threading.active_count() == before
    thread.close()
    with pytest.raises(ValueError, match="at most 0"):
        Models({}, 0.0, 0)
