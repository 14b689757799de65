"""Many visitors at once against one alone on one thread, in the same run: part of the command bench."""

from __future__ import annotations

import asyncio
import os
import platform
import statistics
import time
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from dance_core import threads
from dance_core.cli import inputs
from dance_core.cli.terminal import progress, table
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.generators.base import Generator
    from dance_core.longform.take import Take
    from dance_core.serving.engine import Job
    from dance_core.serving.local import LocalEngine

WANTED_RATE, WANTED_FIRST = 2.2, 1.5  # on two cores, as the project asks
_NEWCOMER_S = 0.5  # after the others


@dataclass(frozen=True)
class Danced:
    """One visitor's dance: seconds to the first segment and to the end, and the Take."""

    first: float
    whole: float
    take: Take


async def danced(engine: LocalEngine, job: Job, after: float = 0.0) -> Danced:
    """Dance as a visitor who comes so many seconds later."""
    await asyncio.sleep(after)
    begun, first, take = time.perf_counter(), 0.0, None
    async with aclosing(engine.stream(job)) as pieces:
        async for piece in pieces:
            first = first or time.perf_counter() - begun
            take = piece.take
    return Danced(first, time.perf_counter() - begun, take)


async def all_at_once(engine: LocalEngine, jobs: list[Job], newcomer: Job | None = None) -> list[Danced]:
    """Dances of visitors who come in one moment, and of one who comes while they are danced for."""
    late = [] if newcomer is None else [danced(engine, newcomer, _NEWCOMER_S)]
    return list(await asyncio.gather(*(danced(engine, job) for job in jobs), *late))


def bench_load(settings: Settings, generator: str | None, seconds: float, visitors: int, runs: int) -> int:
    """Alone, all at once, and one who comes later, in turn; print rates and how late first segments are."""
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.corpus.studio.songwriter import write_song
    from dance_core.music.extract import extract_features
    from dance_core.serving.engine import Job
    from dance_core.serving.local import LocalEngine, worker_count

    threads.take_short_turns()  # as the app does
    needs = inputs.generator(generator).needs
    pose = next(iter(gallery().values())).motion
    jobs = []
    for k in range(visitors):
        made = write_song(("gMH", "gHO", "gBR", "gJB")[k % 4], k, seconds)
        features = extract_features(made.song, made.beats)
        jobs.append(Job(made.song, made.beats, features, needs.name, needs.styles[k % len(needs.styles)],
                        "preset:first", pose, seed=k))
    make = partial(only, needs.name)
    several = replace(settings, max_running=visitors + 1)
    alone: list[list[Danced]] = []
    together: list[tuple[float, list[Danced]]] = []
    late: list[Danced] = []
    with LocalEngine(make(), settings) as one, LocalEngine(make(), several, make) as many, \
            progress("Dancing", "rounds") as bar:
        one.load(), many.load()
        asyncio.run(danced(one, jobs[0])), asyncio.run(all_at_once(many, jobs))  # to warm up
        for k in range(runs):
            bar.update(k, runs)
            alone.append([asyncio.run(danced(one, job)) for job in jobs])
            begun = time.perf_counter()
            found = asyncio.run(all_at_once(many, jobs))
            together.append((time.perf_counter() - begun, found))
            late.append(asyncio.run(all_at_once(many, jobs[1:], jobs[0]))[-1])
    print(f"{needs.title}: {visitors} visitors, {seconds:.0f} s each, {runs} runs in turn; "
          f"{os.cpu_count()} cores, {worker_count(several)} processes that dance, load "
          f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n")
    print(report(alone, together, late, seconds))
    return 0


def only(name: str) -> dict[str, Generator]:
    """One generator, here or in another process: the others' weights need not be read."""
    from dance_core.generators import registry

    return {name: registry()[name]}


def report(alone: list[list[Danced]], together: list[tuple[float, list[Danced]]], late: list[Danced],
           seconds: float) -> str:
    """The table, and whether the dances are those that were danced alone."""
    single = statistics.median(d.whole for run in alone for d in run)
    first = statistics.median(d.first for run in alone for d in run)
    wall = statistics.median(w for w, _ in together)
    visitors = len(alone[0])
    ratio = visitors * single / wall
    firsts = [sorted(d.first for d in run) for _, run in together]
    median, last = (statistics.median(f[i] for f in firsts) for i in (visitors // 2, -1))
    newcomer = statistics.median(d.first for d in late)
    # at once they share what is there: the last of so many can't have its first segment before this
    least = visitors * first / ratio
    rows = [("", "seconds", "times one alone", "wanted"),
            ("one alone on one thread, all of a dance", f"{single:.2f}", "", ""),
            (f"{visitors} at once, all of all dances", f"{wall:.2f}",
             f"{ratio:.2f} × its rate ({visitors * seconds / wall:.0f} s a second)", f"≥ {WANTED_RATE} ×"),
            ("first segment, one alone", f"{first:.2f}", "", ""),
            ("first segment of one who comes while the others dance", f"{newcomer:.2f}",
             f"{newcomer / first:.1f}", f"≤ {WANTED_FIRST}"),
            (f"first segment of {visitors} at once, median", f"{median:.2f}", f"{median / first:.1f}", ""),
            (f"first segment of {visitors} at once, last", f"{last:.2f}", f"{last / first:.1f}",
             f"at this rate not below {least / first:.1f}")]
    return f"{table(rows)}\n\n{likeness(alone[-1], together[-1][1])}"


def likeness(alone: list[Danced], together: list[Danced]) -> str:
    """One sentence: bit for bit the same, or how far apart joints are."""
    import numpy as np

    from dance_core.motion import kinematics as kin

    apart = [float(np.linalg.norm(kin.joints(a.take.motion) - kin.joints(b.take.motion), axis=-1).max())
             for a, b in zip(alone, together, strict=True)]
    same = [a.take.motion.same_as(b.take.motion) for a, b in zip(alone, together, strict=True)]
    if all(same):
        return "Every dance has the bits of the same dance alone."
    return (f"{sum(same)} of {len(same)} dances have the bits of the same dance alone; of the others joints "
            f"are up to {max(apart):.2g} m apart.")
