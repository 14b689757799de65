"""How much memory a dance takes beside itself and its music, short and long: part of the command bench."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from dataclasses import replace
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
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def bench_memory(settings: Settings, generator: str | None) -> int:
    """Dance for half a minute and for ten; print the peaks of resident memory beside motion and music."""
    from dance_core.evaluation.making import make

    dancer = inputs.generator(generator)
    dancer.load()
    wish = _wish(dancer.needs.styles[0])
    make(dancer, wish, settings)  # what is loaded once is not the dance's
    found = {}
    with progress("Dancing", "dances") as bar:
        for k, seconds in enumerate((SHORT, LONG)):
            bar.update(k, 2)
            long = _repeated(wish, round(seconds / SHORT))
            motion, peak = _peak(lambda long=long: make(dancer, long, settings).motion)
            own = sum(a.nbytes for a in (motion.rotations, motion.translation, motion.face)) / 2**20
            found[seconds] = (peak - own, own)
    print(f"{dancer.needs.title}: peak memory while it dances, beside music and what was loaded before\n")
    print(table([("seconds", "the motion, MB", "beside it, MB"),
                 *((f"{s:.0f}", f"{own:.1f}", f"{more:.1f}") for s, (more, own) in found.items())]))
    print(f"\n{found[LONG][0] - found[SHORT][0]:+.1f} MB for {LONG / 60:.0f} minutes against {SHORT:.0f} s "
          f"(wanted: at most {WANTED:.0f})")
    return 0


def _wish(style: str) -> Wish:
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.evaluation.making import Wish
    from dance_core.evaluation.songs import written

    song = next(written(1, SHORT))
    return Wish(song.features, song.beats, style, next(iter(gallery().values())).motion, seed=0)


def _repeated(wish: Wish, times: int) -> Wish:
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


def _peak(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and by how many MB resident memory rose above what it was, at its highest."""
    gc.collect()
    try:
        _CLEAR.write_text("5")  # the kernel forgets the peak so far
        before = _resident("VmRSS")
    except OSError:
        raise UserError("Peak memory is measured through /proc, as Linux has it; it is not here.") from None
    return work(), _resident("VmHWM") - before


def _resident(name: str) -> float:
    """MB of a line of the kernel about this process."""
    return int(re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text())[1]) / 1024  # type: ignore[index]
