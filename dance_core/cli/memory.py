"""How much memory a dance takes beside itself and its music, short and long: part of the command bench."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dance_core.cli import inputs
from dance_core.cli.terminal import progress, table
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.evaluation.making import Wish

T = TypeVar("T")
SHORT, LONG = 30.0, 600.0  # s
WANTED = 40.0  # MB that the long one may take more, as the project asks
_STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Taken:
    """MB of resident memory that one dance took, measured in a process that had made no other.

    Attributes:
        before: once the generator was loaded and the music was there.
        peak: the highest while it danced, never below `before`.
        motion: the finished dance itself.
    """

    before: float
    peak: float
    motion: float

    @property
    def beside(self) -> float:
        """What came on top beside the motion. Below 0 if it fitted into what loading had freed."""
        return self.peak - self.before - self.motion


def bench_memory(settings: Settings, generator: str | None) -> int:
    """Dance for half a minute and for ten, each in a process of its own; print the peaks of memory."""
    _resident("VmRSS")  # refused here, not in another process
    found: list[tuple[float, Taken]] = []
    with progress("Dancing", "dances") as bar:
        for k, seconds in enumerate((SHORT, LONG)):
            bar.update(k, 2)
            # new each time: what a dance leaves to be used again would hide a part of the next one's
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
                found.append((seconds, process.submit(taken, settings, generator, seconds).result()))
    print(f"{inputs.generator(generator).needs.title}: resident memory of a process that makes one dance\n")
    print(table([("seconds", "before it, MB", "at its highest, MB", "the motion, MB", "beside it, MB"),
                 *((f"{s:.0f}", *(f"{v:.1f}" for v in (t.before, t.peak, t.motion, t.beside)))
                   for s, t in found)]))
    print(f"\n{_compared(*(t for _, t in found))}")
    return 0


def _compared(short: Taken, long: Taken) -> str:
    """The last sentence; what a number below 0 means is said."""
    more = long.beside - short.beside
    words = f"{more:+.1f} MB for {LONG / 60:.0f} minutes against {SHORT:.0f} s (wanted: at most {WANTED:.0f})"
    if more < 0:
        words += "\nBelow 0: it took no more beside its motion; two processes differ by some MB."
    if min(short.beside, long.beside) < 0:
        words += "\nBeside the motion below 0: the dance fitted into memory that loading had freed."
    return words


def taken(settings: Settings, generator: str | None, seconds: float) -> Taken:
    """The memory of one dance of so many seconds; run it in a process that has made none."""
    from dance_core.evaluation.making import make

    dancer = inputs.generator(generator)
    dancer.load()
    wish = repeated(wish_of(dancer.needs.styles[0]), round(seconds / SHORT))
    motion, before, most = peak(lambda: make(dancer, wish, settings).motion)
    own = sum(a.nbytes for a in (motion.rotations, motion.translation, motion.face)) / 2**20
    return Taken(before, most, own)


def wish_of(style: str) -> Wish:
    """A dance to a song of SHORT seconds that is written for it."""
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.evaluation.making import Wish
    from dance_core.evaluation.songs import written

    song = next(written(1, SHORT))
    return Wish(song.features, song.beats, style, next(iter(gallery().values())).motion, seed=0)


def repeated(wish: Wish, times: int) -> Wish:
    """The same music so many times on end: its beats go on at their own tempo."""
    import numpy as np

    count = len(wish.features) * times
    beats = wish.beats
    step = 60.0 / beats.tempo
    more = np.arange(beats.times[-1] + step, count / wish.features.fps, step)
    position = (beats.bar_position[-1] + np.arange(len(more))) % beats.beats_per_bar + 1
    going_on = replace(beats, times=np.concatenate([beats.times, more]),
                       bar_position=np.concatenate([beats.bar_position, position]))
    return replace(wish, features=replace(wish.features, values=np.tile(wish.features.values, (times, 1))),
                   beats=going_on)


def peak(work: Callable[[], T]) -> tuple[T, float, float]:
    """What `work` returns, and MB of resident memory before it and at the highest."""
    gc.collect()
    with contextlib.suppress(AttributeError):  # glibc's: what is free is not danced in unseen
        ctypes.CDLL(None).malloc_trim(0)
    CLEAR.write_text("5")  # the kernel forgets the peak so far
    before = _resident("VmRSS")
    result = work()
    return result, before, max(before, _resident("VmHWM"))


def _resident(name: str) -> float:
    """MB of a line of the kernel about this process."""
    try:
        text = _STATUS.read_text()
    except OSError:
        raise UserError("Peak memory is measured through /proc, as Linux has it; it is not here.") from None
    return int(re.search(rf"{name}:\s+(\d+) kB", text)[1]) / 1024  # type: ignore[index]
