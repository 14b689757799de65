"""The engine on this machine: requests of all jobs are answered in small batches, here or in processes."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from dance_core.errors import UserError
from dance_core.generators.base import Generator, Needs
from dance_core.generators.nets import quick
from dance_core.longform.dance import Dance, Finished
from dance_core.longform.take import Take
from dance_core.motion.motion import Motion
from dance_core.serving.batches import Models
from dance_core.serving.closing import Closing
from dance_core.serving.engine import Engine, Job, Piece, Work
from dance_core.serving.finish import Course
from dance_core.serving.hands import Elsewhere, Make
from dance_core.serving.places import Places
from dance_core.settings import MOTION_FPS, Settings
from dance_core.threads import cores_here

Found = TypeVar("Found")
MOST_WORKERS = 4  # by themselves: each holds the weights, some 500 MB of memory
_DEVICES = ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd")  # NVIDIA's, the same in WSL, AMD's
NICE = 5  # a third of the weight: pages, the songs of who comes new, and first segments go before
_WORKERS = 2  # threads for stitching and measuring: numpy holds the lock most of the time anyway


@dataclass(frozen=True, eq=False)
class Made:
    """A generator's answer for a segment (`index`), and the frames that it finished, if any.

    dance: the state of the whole, after it. index is -1 and motion None in the first, which has no answer.
    """

    dance: Dance
    index: int = -1
    motion: Motion | None = None
    finished: Finished | None = None


def of_name(there: Mapping[str, Found], name: str) -> Found:
    """What is there for a generator of that name. Raises UserError."""
    if name not in there:
        raise UserError(f"There is no generator {name!r}; there are {', '.join(there)}.")
    return there[name]


def dance_of(work: Work, needs: Needs, waves: bool, settings: Settings) -> Dance:
    """The dance that is to be made, nothing of it made yet. Raises UserError as `Dance` does."""
    return Dance(work.features, work.beats, needs, work.style, work.reference, settings, work.seed,
                 work.guidance, energy=work.energy, waves=waves, keep=work.keep, given=work.given)


class LocalEngine:
    """Makes dances on this machine. Its methods may be called from any thread and any event loop.

    At most `settings.max_running` dances are made at once; `settings.max_waiting` more wait for a place,
    first come, first served.

    Args:
        generators: by the name that jobs ask for, the default first.
        settings: max_running, max_waiting, batch_window_ms, max_batch, batch_ahead_s, segment_bars,
            blend_seconds, schedule, precision, compile; workers, where there is `make`.
        make: gives the same generators in another process. Where it is given and no GPU is there, as many
            processes make the dances as `settings.workers` says, and where these are several one more for
            first segments; else one thread of this one does.
    """

    alive = True  # a cluster's replicas may all be gone

    def __init__(self, generators: Mapping[str, Generator], settings: Settings, make: Make | None = None
                 ) -> None:
        if not generators:
            raise ValueError("an engine needs at least one generator")
        quick.use_as_set(settings)
        self._generators = dict(generators)
        self._settings = settings
        self._places = Places(settings.max_running, settings.max_waiting)
        workers = 0 if make is None else worker_count(settings)
        hands = [Elsewhere(make, NICE) for _ in range(workers)]
        door = Elsewhere(make) if processes(workers) > workers else None
        self._model = Models(self._generators, settings.batch_window_ms / 1000.0, settings.max_batch,
                             settings.batch_ahead_s, hands, self._together, door)
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="dance-stitch")

    def generators(self) -> tuple[Needs, ...]:
        """What can be asked for, the default first."""
        return tuple(g.needs for g in self._generators.values())

    def load(self) -> None:
        """Read all weights now instead of with the first dance."""
        hands = self._model.all_hands
        with ThreadPoolExecutor(len(hands), "dance-load") as loading, contextlib.suppress(Closing):
            list(loading.map(lambda hand: hand.load(), hands))

    def _together(self, name: str) -> int:
        """How many requests are worth one call. On a GPU as many as there are."""
        most, worth = self._settings.max_batch, self._generators[name].needs.together
        return most if worth >= most or on_gpu() else worth

    async def stream(self, job: Job) -> AsyncIterator[Piece]:
        """Make a dance; its finished pieces, in order, the last with the Take. See serving.engine.Engine.

        Closing the iterator, or cancelling the task that waits for it, withdraws what has not begun; an
        answer that is being made is thrown away.

        Raises:
            UserError: unknown generator or style, music too short, or too many dances waiting.
            GeneratorError: the generator failed on this job.
        """
        course = Course(job, self._off_loop)
        async with aclosing(self.made(job.work)) as answers:
            async for made in answers:
                if made.motion is None:
                    course.begins()
                elif piece := await course.piece(made.dance, made.finished):
                    yield piece
                    if piece.take is not None:
                        return

    async def made(self, work: Work, known: Mapping[int, Motion] | None = None) -> AsyncIterator[Made]:
        """The generator's own answers, segment by segment as they come, and what becomes of them.

        The first has no answer: it is there as soon as there is a place. known: answers of an earlier try at
        the same work, by segment; they are taken as they are and do not come again. Raises as `stream` does.
        """
        generator = of_name(self._generators, work.generator)
        waves = generator.needs.fills_between and (
            self._settings.schedule == "waves"
            or self._settings.schedule == "auto" and await self._off_loop(on_gpu))
        dance = dance_of(work, generator.needs, waves, self._settings)
        async with self._places.inside():
            yield Made(dance)
            async with aclosing(self._answers(work, dance, known or {})) as answers:
                async for made in answers:
                    yield made

    async def _answers(self, work: Work, dance: Dance, known: Mapping[int, Motion]) -> AsyncIterator[Made]:
        waiting: dict[asyncio.Future, int] = {}
        plays = time.monotonic()
        try:
            await self._ask(work, dance, waiting, plays, known)
            while not dance.complete:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                arrived = sorted((index, answer) for answer, index in waiting.items() if answer.done())
                for index, answer in arrived:
                    del waiting[answer]
                    finished = await self._off_loop(dance.accept, index, answer.result())
                    await self._ask(work, dance, waiting, plays, known)
                    yield Made(dance, index, answer.result(), finished)
        finally:
            for answer in waiting:
                if not answer.cancel() and not answer.cancelled():  # cancels its ticket too
                    answer.exception()  # seen: nobody will ask for it any more

    async def _ask(self, work: Work, dance: Dance, waiting: dict[asyncio.Future, int], plays: float,
                   known: Mapping[int, Motion]) -> None:
        """Ask for what can be made now. A dance is thought to be played from the moment `plays` on."""
        while ready := dance.ready():
            for index, request in ready:
                if index in known:
                    await self._off_loop(dance.accept, index, known[index])
                    continue
                due = plays + request.start / MOTION_FPS
                ticket = self._model.submit(work.generator, request, f"segment {index + 1}", due)
                waiting[asyncio.wrap_future(ticket)] = index

    async def _off_loop(self, call: Callable, *arguments: object) -> object:
        try:
            work = self._workers.submit(call, *arguments)
        except RuntimeError:  # the pool was closed
            raise Closing() from None
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


def worker_count(settings: Settings) -> int:
    """Processes that make dances: `settings.workers`, or one a core (at most MOST_WORKERS) where that is -1
    and there are several cores and no GPU; 0: none but this one."""
    if settings.workers >= 0:
        return settings.workers
    cores = min(cores_here(), MOST_WORKERS)
    return 0 if cores < 2 or on_gpu() else cores


def processes(workers: int) -> int:
    """All that are started for so many that make dances: to several, one more for beginnings."""
    return workers + (workers > 1)


@functools.cache
def on_gpu() -> bool:
    """Whether generators compute on a GPU. There many segments take the time of one; on a CPU, all of theirs.

    torch takes seconds to load: not on an event loop. It is not asked where Linux has no such device.
    """
    if sys.platform == "linux" and not any(os.path.exists(device) for device in _DEVICES):
        return False
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
