"""Time how fast a dance becomes a video on this machine: part of the command bench."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from pathlib import Path

from dance_core.cli.terminal import progress, table
from dance_core.settings import Settings

WANTED_FPS = 8.0  # what the project asks for, at 720p on two cores


def bench_video(settings: Settings, seconds: float) -> int:
    """Dance to a song of so many seconds, draw it at 720p, print a table."""
    from dance_core.body.film import SIZE, render_video
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.corpus.studio.songwriter import write_song
    from dance_core.generators import registry
    from dance_core.music.analysis import analyse
    from dance_core.music.playback import write_playback
    from dance_core.serving.engine import Job
    from dance_core.serving.local import LocalEngine, make_take

    with tempfile.TemporaryDirectory(prefix="dance-bench-") as name, progress("Drawing", "frames") as bar:
        folder = Path(name)
        made = write_song("gHO", 4, seconds)
        song = write_playback(made.song, folder / "song.flac")
        found = analyse(made.song, settings)
        key, pose = next(iter(gallery().items()))
        with LocalEngine(registry(), settings) as engine:
            needs = engine.generators()[0]
            take = make_take(engine, Job(made.song, found.beats, found.features, needs.name, needs.styles[0],
                                         f"preset:{key}", pose.motion))
        marks: list[float] = []

        def step(done: int, total: int) -> None:
            marks.append(time.perf_counter())
            bar.update(done, total)

        begun, cpu = time.perf_counter(), os.times()
        render_video(take.motion, song, found.beats, folder / "dance.mp4", step, body=settings.smplx)
        whole = time.perf_counter() - begun
        after = os.times()
        busy = after.children_user + after.children_system - cpu.children_user - cpu.children_system
        size = (folder / "dance.mp4").stat().st_size
    frames = len(take.motion)
    steady = (len(marks) - 1) / (marks[-1] - marks[0])
    print(f"{frames} frames of {SIZE[0]} x {SIZE[1]}, {os.cpu_count()} cores, load "
          f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n")
    print(table([
        ("", "measured", "wanted"),
        ("frames a second, start and end included", f"{frames / whole:.1f}", f"≥ {WANTED_FPS:g}"),
        ("frames a second while it draws", f"{steady:.1f}", ""),
        ("seconds before the first frame", f"{marks[0] - begun:.1f}", ""),
        ("processor time a frame, ms", f"{busy / frames * 1000:.0f}", ""),
        ("MB a minute", f"{size / 1e6 / (frames / take.motion.fps) * 60:.1f}", ""),
    ]))
    return 0
