"""Time a learned generator beside a denoiser of EDGE's size, on one thread: part of the command bench."""

from __future__ import annotations

import os
import platform
import statistics

from dance_core.cli import inputs
from dance_core.cli.terminal import progress, table
from dance_core.settings import MOTION_FPS, Settings

# times as fast as the denoiser, as the project asks of them
WANTED = {"jepa": 100, "soulnet": 80, "hotdance": 50}
STEPS = 4  # of the denoiser in each run; it takes 50 that are all alike


def bench_speed(settings: Settings, generator: str | None, seconds: float, runs: int) -> int:
    """Dance to a song of so many seconds, step the denoiser for the same length, in turn; print a table."""
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.corpus.studio.songwriter import write_song
    from dance_core.evaluation.edge_sized import EdgeSized, time_step
    from dance_core.evaluation.making import Wish, make
    from dance_core.generators.nets.one_thread import one_thread
    from dance_core.music.analysis import analyse

    found = analyse(write_song("gMH", 3, seconds).song, settings)
    dancer = inputs.generator(generator)
    dancer.load()
    pose, frames = next(iter(gallery().values())).motion, len(found.features)
    wish = Wish(found.features, found.beats, dancer.needs.styles[0], pose, seed=0)
    network = EdgeSized().eval()
    ours, theirs = [], []
    with one_thread(), progress("Timing", "runs") as bar:
        for i in range(runs + 1):  # the first is to warm up
            bar.update(i, runs + 1)
            ours.append(make(dancer, wish, settings).seconds)
            theirs.append(statistics.mean(time_step(network, frames) for _ in range(STEPS)))
    whole = network.sizes.steps * statistics.median(theirs[1:])
    danced = statistics.median(ours[1:])
    print(f"{frames / MOTION_FPS:.0f} s of dance, one thread, {runs} runs in turn; {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n")
    print(table([
        ("", "median s", "slowest s"),
        (f"{dancer.needs.title}, all of a dance", f"{danced:.2f}", f"{max(ours[1:]):.2f}"),
        (f"a denoiser of EDGE's size ({network.parameters_m:.0f} M), {network.sizes.steps} steps of "
         f"{network.sizes.windows(frames)} × {network.sizes.frames} frames; {STEPS} were timed",
         f"{whole:.1f}", f"{network.sizes.steps * max(theirs[1:]):.1f}"),
    ]))
    wanted = WANTED.get(dancer.needs.name)
    print(f"\n{whole / danced:.0f} times as fast" + (f" (wanted: {wanted})" if wanted else ""))
    return 0
