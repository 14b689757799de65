"""On ZeroGPU dances are made in a forked process that has the GPU; elsewhere nothing changes.

`spaces` stands in for Hugging Face's package as it is on a Space (0.51): a generator function runs in a
process that is forked for it, with pickles both ways, and an exception there loses its text. It is not its
code, and no GPU is lent here.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import multiprocessing
import os
import pickle
import sys
import types
from contextlib import aclosing

import pytest
from hosts import until
from practice import Failing, Walker, job_for, same

from dance_core.errors import UserError
from dance_core.longform.dance import GeneratorError
from dance_core.serving import lent, opening
from dance_core.serving.local import LocalEngine, make_take
from dance_core.settings import Settings
from tests.waiting import PATIENCE


def borrowing(task):
    """As `spaces.GPU` on a Space."""
    assert inspect.isgeneratorfunction(task), "what spaces can do"

    def handler(*args):
        fork = multiprocessing.get_context("fork")
        here, there = fork.Pipe()
        stop = fork.Event()

        def work():
            made = task(*pickle.loads(sent))
            try:
                for value in made:
                    if stop.is_set():
                        break
                    there.send((True, value))
                made.close()
                there.send((False, ""))
            except Exception as error:
                there.send((False, type(error).__name__))

        sent = pickle.dumps(args)
        process = fork.Process(target=work, daemon=True)
        process.start()
        handler.pids.append(process.pid)
        try:
            while True:
                assert here.poll(PATIENCE), "nothing came"
                good, value = here.recv()
                if not good:
                    assert not value, f"ZeroGPU worker error: {value}"
                    return
                yield value
        finally:
            stop.set()
            process.kill()
            process.join(PATIENCE)

    handler.pids = []
    return handler


@pytest.fixture
def on_zerogpu(monkeypatch):
    """The modules as they are where `spaces` lends GPUs; what it was told is in `.started`."""
    said = types.SimpleNamespace(started=[])
    package = types.ModuleType("spaces")
    package.GPU = borrowing
    package.zero = types.SimpleNamespace(startup=lambda: said.started.append(1))
    monkeypatch.setitem(sys.modules, "spaces", package)
    said.lent = importlib.reload(lent)
    importlib.reload(opening)
    yield said
    monkeypatch.undo()
    importlib.reload(lent)
    importlib.reload(opening)


def test_elsewhere_the_decorator_changes_nothing():
    def task():
        yield 1

    assert lent.gpu(task) is task and not lent.LENDS
    with opening.open_engine(Settings(), lambda: {"practice": Walker()}) as engine:
        assert type(engine) is LocalEngine


def test_a_package_that_lends_nothing_changes_nothing(monkeypatch):
    """`spaces` outside of a Space gives every function back as it is."""
    package = types.ModuleType("spaces")
    package.GPU = lambda task: task
    monkeypatch.setitem(sys.modules, "spaces", package)
    try:
        assert not importlib.reload(lent).LENDS
    finally:
        monkeypatch.undo()
        importlib.reload(lent)


def test_dances_of_a_lent_gpu_have_the_same_bits_and_are_made_in_another_process(on_zerogpu):
    generator = Walker()
    job = job_for(generator, 30.0, seed=4)
    pieces = []
    with opening.open_engine(Settings(), lambda: {"practice": generator}) as engine:
        assert type(engine) is on_zerogpu.lent.LentEngine
        engine.load()
        assert on_zerogpu.started == [1], "spaces is told when the weights are there"
        take = make_take(engine, job, pieces.append)
        assert on_zerogpu.lent._pieces.pids and os.getpid() not in on_zerogpu.lent._pieces.pids
        assert generator.loads == 1 and not generator.requests, "it dances elsewhere"
    with LocalEngine({"practice": Walker()}, Settings()) as engine:
        wanted = make_take(engine, job)
    assert same(take.motion, wanted.motion) and len(pieces) == len(wanted.segments)


def test_sentences_come_through_the_fork(on_zerogpu):
    job = job_for(Walker(), 20.0)
    with opening.open_engine(Settings(), lambda: {"practice": Failing(lambda request: True)}) as engine, \
            pytest.raises(GeneratorError, match="failed on segment"):
        make_take(engine, job)
    with opening.open_engine(Settings(), lambda: {"other": Walker()}) as engine, \
            pytest.raises(UserError, match="There is no generator 'practice'"):
        make_take(engine, job)


def test_who_hangs_up_gives_the_gpu_back(on_zerogpu):
    async def first_only(engine, job):
        async with aclosing(engine.stream(job)) as pieces:
            await anext(pieces)

    generator = Walker()
    with opening.open_engine(Settings(), lambda: {"practice": generator}) as engine:
        asyncio.run(first_only(engine, job_for(generator, 300.0)))
        pid = on_zerogpu.lent._pieces.pids[-1]
        until(lambda: not os.path.exists(f"/proc/{pid}"))
