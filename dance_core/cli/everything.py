"""All that takes time and room on this machine, in one table: part of the command bench.

Each generator is timed in a process of its own, on the processor and, where there is one, on a GPU: alone and
as a batch of dances, by the length of the song, beside a denoiser of EDGE's size in the same process.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dance_core.cli.memory import CLEAR, peak, repeated, wish_of
from dance_core.cli.terminal import progress, table
from dance_core.errors import UserError
from dance_core.settings import MOTION_FPS, Settings

if TYPE_CHECKING:
    from dance_core.evaluation.making import Wish
    from dance_core.generators.base import Generator
    from dance_core.motion.motion import Motion
    from dance_core.music.song import Song

T = TypeVar("T")
Row = tuple[str, ...]
HEAD = ("what", "song", "dances at once", "on", "seconds", "s of dance a second", "first segment, s",
        "peak memory, MB", "× EDGE's size", "GFLOP a second of dance", "weights, MB")
_EMPTY = ("",) * 6  # the cells of who has only a time
_LENGTHS, _QUICK = (30.0, 180.0, 600.0), (30.0,)
_BATCH, _QUICK_BATCH = 8, 4
_STEPS = 2  # of the denoiser, which takes 50 that are all alike


def bench_everything(settings: Settings, quick: bool, only: str | None = None) -> int:
    """Print the table. quick: songs of 30 s alone. only: one generator."""
    from dance_core.generators import registry
    from dance_core.serving.local import on_gpu

    lengths, batch = (_QUICK, _QUICK_BATCH) if quick else (_LENGTHS, _BATCH)
    names = [n for n in registry() if only in (None, n)]
    if not names:
        raise UserError(f"There is no generator {only!r}. There are: {', '.join(registry())}.")
    devices = ["CPU", *(["GPU"] if on_gpu() else [])]
    rows: list[Row] = [HEAD]
    with progress("Timing", "steps") as bar:
        total, done = len(names) * len(devices) + 3, 0
        rows += [("analysis", f"{s:.0f} s", "1", "CPU", f"{t:.2f}", *_EMPTY)
                 for s, t in analyses(settings, lengths)]
        for device in devices:
            for name in names:
                bar.update(done := done + 1, total)
                with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (device,)) as one:
                    rows += one.submit(generator_rows, settings, name, device, lengths, batch).result()
        bar.update(done := done + 1, total)
        rows += engine_rows(settings, names[0])
        bar.update(total - 1, total)
        rows += payload_rows(settings, names[-1])
    print(f"{os.cpu_count()} cores, {'a GPU' if len(devices) > 1 else 'no GPU'}, load "
          f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}; generators on one thread of the "
          "processor\n")
    print(table(rows))
    return 0


def _begin(device: str) -> None:
    if device == "CPU":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""  # before torch is loaded


def analyses(settings: Settings, lengths: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    """(seconds of a song, seconds that beats and features take), warm and not from the cache."""
    from dance_core.corpus.studio.songwriter import write_song
    from dance_core.music.analysis import analyse, warm_up

    warm_up()
    with tempfile.TemporaryDirectory(prefix="dance-bench-") as folder:
        for seconds in lengths:
            song = write_song("gMH", 3, seconds).song
            begun = time.perf_counter()
            analyse(song, replace(settings, data_dir=Path(folder)))
            yield seconds, time.perf_counter() - begun


def generator_rows(settings: Settings, name: str, device: str, lengths: tuple[float, ...], batch: int
                   ) -> list[Row]:
    """One generator in this process: its dances, and the denoiser's pace beside them."""
    from dance_core.evaluation.edge_sized import EdgeSized, time_step
    from dance_core.evaluation.least_work import least_work
    from dance_core.evaluation.making import make
    from dance_core.generators import registry
    from dance_core.generators.nets import quick
    from dance_core.generators.nets.one_thread import one_thread

    quick.use_as_set(settings)
    generator = registry()[name]
    generator.load()
    short = wish_of(generator.needs.styles[0])
    make(generator, short, settings)  # warm
    least = least_work(generator, short, settings)
    floor = ("", "") if least is None else (f"{least.gflop:.2f}", f"{least.weights_mb:.0f}")
    rows = []
    network = EdgeSized().eval()
    if device == "GPU":
        network.to("cuda")
    for seconds in lengths:
        wish = repeated(short, round(seconds / lengths[0]))
        made, most = _with_peak(lambda wish=wish: make(generator, wish, settings))
        beside = _EMPTY[:3]
        if seconds == lengths[0]:
            with one_thread():
                steps = [time_step(network, len(wish.features)) for _ in range(_STEPS)]
            beside = (f"{network.sizes.steps * statistics.median(steps) / made.seconds:.0f}", *floor)
        rows.append((generator.needs.title, f"{seconds:.0f} s", "1", device, f"{made.seconds:.2f}",
                     f"{seconds / made.seconds:.0f}", f"{made.first:.2f}", most, *beside))
    wishes = [replace(short, seed=k) for k in range(batch)]
    (took, first), most = _with_peak(lambda: together(generator, wishes, settings))
    rows.append((generator.needs.title, f"{lengths[0]:.0f} s", str(batch), device, f"{took:.2f}",
                 f"{batch * lengths[0] / took:.0f}", f"{first:.2f}", most, "", "", ""))
    return rows


def _with_peak(work: Callable[[], T]) -> tuple[T, str]:
    """What it gives, and the peak of memory as a cell; empty where the system has no /proc."""
    if not CLEAR.exists():
        return work(), ""
    result, _, most = peak(work)
    return result, f"{most:.0f}"


def together(generator: Generator, wishes: list[Wish], settings: Settings) -> tuple[float, float]:
    """Seconds that dances take whose segments are asked for in one call, and until all have a first one."""
    from dance_core.longform.dance import Dance

    begun, first = time.perf_counter(), 0.0
    dances = [Dance(w.features, w.beats, generator.needs, w.style, w.reference, settings, w.seed)
              for w in wishes]
    while asked := [(d, *one) for d in dances if not d.complete for one in d.ready()]:
        answers = generator.generate([request for _, _, request in asked])
        for (dance, index, _), answer in zip(asked, answers, strict=True):
            dance.accept(index, answer)
        first = first or time.perf_counter() - begun
    return time.perf_counter() - begun, first


def engine_rows(settings: Settings, name: str) -> list[Row]:
    """The same dance by an engine in this process, and by one behind http on this machine."""
    import socket
    import threading

    import uvicorn

    from dance_core.generators import registry
    from dance_core.serving.engine import Job
    from dance_core.serving.host import Host
    from dance_core.serving.local import LocalEngine, make_take
    from dance_core.serving.remote import RemoteEngine

    generator = registry()[name]
    wish = wish_of(generator.needs.styles[0])
    job = Job(_song(wish), wish.beats, wish.features, name, wish.style, "preset:first", wish.reference)
    place = socket.create_server(("127.0.0.1", 0))
    with LocalEngine({name: generator}, settings) as local:
        server = uvicorn.Server(uvicorn.Config(Host(local, settings).app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        where = f"http://127.0.0.1:{place.getsockname()[1]}"
        times: dict[str, list[float]] = {"local": [], "remote": []}
        with RemoteEngine(replace(settings, engine=where)) as remote:
            for k in range(4):
                for kind, engine in (("local", local), ("remote", remote)):
                    begun = time.perf_counter()
                    make_take(engine, job)
                    if k:  # the first is to warm up
                        times[kind].append(time.perf_counter() - begun)
        server.should_exit = True
        thread.join()
    here, there = (statistics.median(times[kind]) for kind in ("local", "remote"))
    seconds = len(wish.features) / MOTION_FPS
    return [(f"engine here, {generator.needs.title}", f"{seconds:.0f} s", "1", "", f"{here:.2f}",
             f"{seconds / here:.0f}", *_EMPTY[1:]),
            (f"engine behind http here ({100 * (there / here - 1):+.1f} %)", f"{seconds:.0f} s", "1", "",
             f"{there:.2f}", f"{seconds / there:.0f}", *_EMPTY[1:])]


def _song(wish: Wish) -> Song:
    """As long as the music, and silent: nothing here listens to it."""
    import numpy as np

    from dance_core.music.song import Song

    samples = np.zeros(round(len(wish.features) / MOTION_FPS * 8_000), np.float32)
    return Song(samples, 8_000, "0" * 64, "Bench")


def payload_rows(settings: Settings, name: str) -> list[Row]:
    """What a browser gets, as it goes over the wire: MB, of motion a minute."""
    from dance_core.evaluation.making import make
    from dance_core.generators import registry
    from dance_core.pages.packed import on_the_wire
    from dance_core.pages.wire import pack_motion
    from dance_core.settings import ASSETS

    wish = wish_of(registry()[name].needs.styles[0])
    motion: Motion = make(registry()[name], wish, settings).motion
    data = pack_motion(motion, 0)
    minute = 60.0 / motion.duration
    whole = ((f"motion, a minute of {registry()[name].needs.title}", minute * len(data),
              minute * len(on_the_wire(data))),
             *((f"the {what}, once", len(found), len(on_the_wire(found, own=True)))
               for what, found in (("body", (ASSETS / "body" / "body.glb").read_bytes()),
                                   ("player", (ASSETS / "player" / "player.js").read_bytes()))))
    return [(f"page: {what}", "", "", "", f"{sent / 1e6:.2f} MB of {raw / 1e6:.2f}", *_EMPTY)
            for what, raw, sent in whole]
