"""The engine in this process: one model thread that answers requests of all jobs in small batches."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing

from dance_core.errors import UserError
from dance_core.generators.base import Generator, Needs
from dance_core.longform.dance import Dance
from dance_core.longform.take import Take
from dance_core.serving.batches import CLOSING, ModelThread
from dance_core.serving.engine import Engine, Job, Piece
from dance_core.serving.finish import finish
from dance_core.serving.places import Places
from dance_core.settings import MOTION_FPS, Settings

_WORKERS = 2  # threads for stitching and measuring: numpy holds the lock most of the time anyway


class LocalEngine:
    """Makes dances in this process. Its methods may be called from any thread and any event loop.

    At most `settings.max_running` dances are made at once; `settings.max_waiting` more wait for a place,
    first come, first served.

    Args:
        generators: by the name that jobs ask for, the default first.
        settings: max_running, max_waiting, batch_window_ms, max_batch, batch_ahead_s, segment_bars,
            blend_seconds, schedule.
    """

    def __init__(self, generators: Mapping[str, Generator], settings: Settings) -> None:
        if not generators:
            raise ValueError("an engine needs at least one generator")
        self._generators = dict(generators)
        self._settings = settings
        self._places = Places(settings.max_running, settings.max_waiting)
        self._model = ModelThread(self._generators, settings.batch_window_ms / 1000.0, settings.max_batch,
                                  settings.batch_ahead_s)
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="dance-stitch")

    def generators(self) -> tuple[Needs, ...]:
        """What can be asked for, the default first."""
        return tuple(g.needs for g in self._generators.values())

    async def stream(self, job: Job) -> AsyncIterator[Piece]:
        """Make a dance; its finished pieces, in order, the last with the Take. See serving.engine.Engine.

        Closing the iterator, or cancelling the task that waits for it, withdraws what has not begun; an
        answer that is being made is thrown away.

        Raises:
            UserError: unknown generator or style, music too short, or too many dances waiting.
            GeneratorError: the generator failed on this job.
        """
        generator = self._generators.get(job.generator)
        if generator is None:
            known = ", ".join(self._generators)
            raise UserError(f"There is no generator {job.generator!r}; there are {known}.")
        asked = time.perf_counter()
        waves = generator.needs.fills_between and (
            self._settings.schedule == "waves"
            or self._settings.schedule == "auto" and await self._off_loop(_on_gpu))
        dance = Dance(job.features, job.beats, generator.needs, job.style, job.reference, self._settings,
                      job.seed, job.guidance, waves=waves, keep=job.keep, given=job.given)
        place = self._places.take()
        try:
            await asyncio.wrap_future(place)
            async with aclosing(self._pieces(job, dance, asked, time.perf_counter() - asked)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._places.leave(place)

    async def _pieces(self, job: Job, dance: Dance, asked: float, waited: float) -> AsyncIterator[Piece]:
        timings = {"waiting": waited}
        answers: dict[asyncio.Future, int] = {}
        began, plays = time.perf_counter(), time.monotonic()
        try:
            self._ask(job, dance, answers, plays)
            while True:
                await asyncio.wait(answers, return_when=asyncio.FIRST_COMPLETED)
                arrived = sorted((index, answer) for answer, index in answers.items() if answer.done())
                for index, answer in arrived:
                    del answers[answer]
                    piece = await self._off_loop(dance.accept, index, answer.result())
                    self._ask(job, dance, answers, plays)
                    if dance.complete:
                        timings["generation"] = time.perf_counter() - began
                    if piece is None:
                        continue
                    timings.setdefault("first_segment", time.perf_counter() - asked)
                    take = None
                    if dance.complete:
                        take = await self._off_loop(finish, job, dance, timings, asked)
                    yield Piece(piece.motion, piece.start, piece.segment, piece.done, piece.total, take)
                    if take is not None:
                        return
        finally:
            for answer in answers:
                if not answer.cancel() and not answer.cancelled():  # cancels its ticket too
                    answer.exception()  # seen: nobody will ask for it any more

    def _ask(self, job: Job, dance: Dance, answers: dict[asyncio.Future, int], plays: float) -> None:
        """Ask for what can be made now. A dance is thought to be played from the moment `plays` on."""
        for index, request in dance.ready():
            due = plays + request.start / MOTION_FPS
            ticket = self._model.submit(job.generator, request, f"segment {index + 1}", due)
            answers[asyncio.wrap_future(ticket)] = index

    async def _off_loop(self, call: Callable, *arguments: object) -> object:
        try:
            work = self._workers.submit(call, *arguments)
        except RuntimeError:  # the pool was closed
            raise UserError(CLOSING) from None
        return await asyncio.wrap_future(work)

    def close(self) -> None:
        """Stop: what waits is cancelled, what is being made is thrown away. Further jobs are refused."""
        self._places.close()
        self._model.close()
        self._workers.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@functools.cache
def _on_gpu() -> bool:
    """Whether generators compute on a GPU. There many segments take the time of one; on a CPU, all of theirs.

    torch takes seconds to load: not on an event loop.
    """
    import torch

    return torch.cuda.is_available()


def make_take(engine: Engine, job: Job, on_piece: Callable[[Piece], None] | None = None) -> Take:
    """Make a dance and wait for it: for the command line and scripts, where no event loop runs.

    Args:
        on_piece: called with every piece as it comes, in this thread.

    Raises what `Engine.stream` raises, and RuntimeError inside a running event loop.
    """
    async def run() -> Take:
        take = None
        async with aclosing(engine.stream(job)) as pieces:
            async for piece in pieces:
                if on_piece is not None:
                    on_piece(piece)
                take = piece.take or take
        if take is None:
            raise RuntimeError("the engine ended without a Take")
        return take

    return asyncio.run(run())
