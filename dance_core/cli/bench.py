"""Time the way from a song to a dance on this machine, warm, or to a video, or a generator beside a network
of a published size, or many visitors at once, or take the memory of short and long dances; print a table."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dance_core.cli import inputs
from dance_core.cli.everything import bench_everything
from dance_core.cli.load import bench_load
from dance_core.cli.memory import bench_memory
from dance_core.cli.speed import bench_speed
from dance_core.cli.terminal import progress, table
from dance_core.cli.video import bench_video
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.serving.local import LocalEngine

NAME = "bench"
T = TypeVar("T")

# What the project asks for, on two cores and a song of three minutes.
WANTED_S = {"analysis": 2.5, "first": 4.0, "take": 12.0}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", default="all", help="default: all",
                        choices=("all", "dance", "video", "speed", "memory", "load"))
    parser.add_argument("--quick", action="store_true", help="for all: songs of 30 s alone")
    parser.add_argument("--seconds", metavar="S", type=inputs.seconds,
                        help="length of the song (default 180; for a video 20, for speed 30)")
    parser.add_argument("--runs", metavar="N", type=inputs.count, default=3,
                        help="default 3, after one to warm up")
    parser.add_argument("--generator", metavar="G",
                        help="for speed, memory, load: which one (default: the app's); for all: no other")
    parser.add_argument("--visitors", metavar="N", type=inputs.count, default=8,
                        help="for load: how many dance at once (default 8)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.what == "all":
        return bench_everything(settings, args.quick, args.generator)
    if args.what == "video":
        return bench_video(settings, args.seconds or 20.0)
    if args.what == "memory":
        return bench_memory(settings, args.generator)
    if args.what == "load":
        return bench_load(settings, args.generator, args.seconds or 30.0, args.visitors, args.runs)
    if args.what == "speed":
        return bench_speed(settings, args.generator, args.seconds or 30.0, args.runs)
    args.seconds = args.seconds or 180.0
    from dance_core.corpus.studio.songwriter import write_song
    from dance_core.generators import registry
    from dance_core.music.analysis import warm_up
    from dance_core.music.playback import write_playback
    from dance_core.serving.local import LocalEngine

    with tempfile.TemporaryDirectory(prefix="dance-bench-") as name, progress("Timing", "runs") as bar:
        folder = Path(name)
        made = write_song("gMH", 3, args.seconds)
        path = write_playback(made.song, folder / "song.flac")
        begun = time.perf_counter()
        warm_up()
        cold = time.perf_counter() - begun
        times: dict[str, list[float]] = {}
        with LocalEngine(registry(), settings) as engine:
            for i in range(args.runs + 1):
                bar.update(i, args.runs + 1)
                # A data folder for each run: nothing may come out of the cache.
                one = _once(path, folder / str(i), replace(settings, data_dir=folder / f"data{i}"), engine)
                for step, seconds in one.items():
                    if i > 0:
                        times.setdefault(step, []).append(seconds)
    print(f"{args.seconds:.0f} s of music at {made.beats.tempo:.0f} BPM, {args.runs} runs, warm; "
          f"{os.cpu_count()} cores, Python {platform.python_version()}; warming up took {cold:.1f} s\n")
    print(_report(times))
    return 0


def _once(path: Path, out: Path, settings: Settings, engine: LocalEngine) -> dict[str, float]:
    """Seconds of each step of one way from a file to a kept dance."""
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.longform.take import save_take
    from dance_core.music.analysis import analyse
    from dance_core.music.decode import load_song
    from dance_core.music.extract import extract_features
    from dance_core.music.tracker import track_beats
    from dance_core.pages.wire import pack_motion
    from dance_core.serving.engine import Job, Piece
    from dance_core.serving.local import make_take

    times: dict[str, float] = {}
    times["read"], song = _timed(lambda: load_song(path, settings=settings))
    times["beats"], beats = _timed(lambda: track_beats(song))
    times["features"], _ = _timed(lambda: extract_features(song, beats))
    times["analysis"], found = _timed(lambda: analyse(song, settings))
    times["again"], _ = _timed(lambda: analyse(song, settings))
    name, pose = next(iter(gallery().items()))
    needs = engine.generators()[0]
    job = Job(song, found.beats, found.features, needs.name, needs.styles[0], f"preset:{name}", pose.motion)
    begun = time.perf_counter()
    arrived: list[float] = []

    def on_piece(piece: Piece) -> None:
        pack_motion(piece.motion, piece.start)
        arrived.append(time.perf_counter() - begun)

    times["dance"], take = _timed(lambda: make_take(engine, job, on_piece))
    times["kept"], _ = _timed(lambda: save_take(take, out, song))
    times["first"] = times["read"] + times["analysis"] + arrived[0]
    times["take"] = times["read"] + times["analysis"] + times["dance"] + times["kept"]
    return times


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def _report(times: dict[str, list[float]]) -> str:
    titles = {
        "read": "read the file (checked, in a process of its own)",
        "beats": "beats alone", "features": "features alone",
        "analysis": "analysis (beats and features)", "again": "the same analysis from the cache",
        "dance": "dance (all segments, stitched and measured)", "kept": "keep the folder",
        "first": "file to first segment, ready for the player", "take": "file to finished Take, kept",
    }
    rows = [("", "median s", "slowest s", "wanted s")]
    for step, title in titles.items():
        wanted = f"≤ {WANTED_S[step]:g}" if step in WANTED_S else ""
        rows.append((title, f"{statistics.median(times[step]):.2f}", f"{max(times[step]):.2f}", wanted))
    return table(rows)
