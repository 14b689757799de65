"""A dance with a fault at a known place, kept with its song: for the tests of what finds and mends it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
from practice import Swayer, job_for

from dance_core.longform.take import Take, save_take
from dance_core.motion.easing import smoothstep
from dance_core.motion.motion import Motion
from dance_core.serving.local import LocalEngine, make_take
from dance_core.settings import Settings

SHAKES = (3.0, 4.5)  # s


def shaking(motion: Motion, start: float = SHAKES[0], stop: float = SHAKES[1]) -> Motion:
    """The whole body trembles by some centimetres for a while."""
    t = np.arange(len(motion)) / motion.fps
    on = smoothstep((t - start) / 0.1) - smoothstep((t - stop) / 0.1)
    noise = np.random.default_rng(1).normal(0.0, 0.02, (len(motion), 3)) * on[:, None]
    return replace(motion, translation=(motion.translation + noise).astype(np.float32))


def shaken_take(folder: Path, seconds: float = 8.0, seed: int = 1) -> Path:
    """A kept dance that trembles at SHAKES."""
    job = job_for(Swayer(), seconds, seed)
    with LocalEngine({"practice": Swayer()}, Settings(data_dir=folder)) as engine, \
            ThreadPoolExecutor(1) as apart:  # where Playwright runs, its event loop has this thread
        take: Take = apart.submit(make_take, engine, job).result()
    take = replace(take, motion=shaking(take.motion), title="A <b>shaken</b> song")
    return save_take(take, folder / take.id, job.song)
