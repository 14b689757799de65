"""A dance as a video with its music: drawn and encoded in a process of its own.

GL libraries crash, hang and belong to one thread; none of that may reach the app. The process is killed when
the caller cancels, raises, or is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.body.model import BUNDLED
from dance_core.body.mux import check_size
from dance_core.errors import UserError
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.settings import ROOT

SIZE = (1280, 720)
_SILENCE_S = 120.0  # a frame takes a tenth of a second; a process that says nothing for so long hangs
_LOOK_S = 0.1  # how often `cancelled` is asked
# tried one after another; on other systems pyrender opens a hidden window
GL_LIBRARIES = ("egl", "osmesa") if sys.platform.startswith("linux") else ("",)
NO_GL = ("A video needs software OpenGL on this machine, and none was found. On Debian or Ubuntu: "
         "apt install libegl1 libegl-mesa0 libgl1-mesa-dri (or libosmesa6).")


# Each video keeps two cores busy: on a small machine one visitor after the other
_PLACES = threading.BoundedSemaphore(max(1, (os.cpu_count() or 2) // 2))


class Cancelled(Exception):
    """The caller didn't want the video any more."""


def render_video(motion: Motion, audio: Path | None, beats: Beats | None, path: str | Path,
                 progress: Callable[[int, int], None] | None = None,
                 cancelled: Callable[[], bool] | None = None, size: tuple[int, int] = SIZE,
                 body: Path | None = None) -> Path:
    """Write an mp4 (H.264, AAC) of the dance: the body on a floor, beats in a strip under it.

    audio: the music from the dance's first frame on, a file that soundfile reads; cut or padded to the
    dance's length; None for a silent film. beats: times from the first frame. progress: called with
    frames done and frames in all. cancelled: asked ten times a second. size: even (w, h). body: an npz,
    the bundled one by default. The file appears whole or not at all.

    Raises UserError where the machine has no GL (one sentence that says what to install), where the audio
    can't be read, or for 0 frames; Cancelled.
    """
    path = Path(path)
    if len(motion) == 0:
        raise UserError("The dance has 0 frames; a video needs at least 1.")
    check_size(size)
    if audio is not None and not Path(audio).is_file():
        raise UserError(f"The music {Path(audio).name!r} for the video is not there.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dance-film-") as folder:
        job = Path(folder) / "job.npz"
        times = np.zeros(0) if beats is None else np.asarray(beats.times)
        strong = np.zeros(0) if beats is None else np.asarray(beats.downbeats)
        np.savez(job, fps=motion.fps, rotations=motion.rotations, translation=motion.translation,
                 face=motion.face, betas=motion.betas, size=np.array(size), beats=times, downbeats=strong,
                 audio=np.str_("" if audio is None else str(Path(audio).resolve())),
                 body=np.str_(str(BUNDLED if body is None else Path(body).resolve())))
        with _turn(cancelled), replacing(path) as part:
            for library in GL_LIBRARIES:
                if _run(library, job, part, len(motion), progress, cancelled):
                    return path
            raise UserError(NO_GL)


@contextlib.contextmanager
def _turn(cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Wait for a free place. Raises Cancelled."""
    while not _PLACES.acquire(timeout=_LOOK_S):
        if cancelled is not None and cancelled():
            raise Cancelled
    try:
        yield
    finally:
        _PLACES.release()


def _run(library: str, job: Path, part: Path, frames: int, progress: Callable[[int, int], None] | None,
         cancelled: Callable[[], bool] | None) -> bool:
    """One process from start to end; False if it has no GL of this kind."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    env.pop("PYOPENGL_PLATFORM", None)
    if library:
        env["PYOPENGL_PLATFORM"] = library
    command = [sys.executable, "-m", "dance_core.body.film_worker", str(job), str(part)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=env, cwd=ROOT, text=True)
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
    quiet, drawn = 0.0, 0
    try:
        while True:
            if cancelled is not None and cancelled():
                raise Cancelled
            try:
                line = lines.get(timeout=_LOOK_S)
            except queue.Empty:
                quiet += _LOOK_S
                if quiet > _SILENCE_S:
                    raise UserError(f"The video stopped: its process was silent for {quiet:.0f} s.") from None
                continue
            quiet = 0.0
            if line is None:
                break
            message = _message(line)
            if "missing" in message:
                return False
            if "error" in message:
                raise UserError(f"The video could not be made: {message['error']}")
            if "frame" in message:
                drawn = int(message["frame"])
                if progress is not None:
                    progress(drawn, frames)
        if process.wait() != 0:
            return _gave_up(process.returncode, drawn, library)
        return True
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()


def _gave_up(code: int, drawn: int, library: str) -> bool:
    if code < 0 and not drawn and library != GL_LIBRARIES[-1]:
        return False  # a GL library that takes the process down: try the next
    raise UserError(f"The video could not be made: its process ended with code {code} after {drawn} frames.")


def _message(line: str) -> dict[str, object]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _listen(process: subprocess.Popen[str], lines: "queue.Queue[str | None]") -> None:
    with contextlib.suppress(ValueError, OSError):  # closed under us: the caller is done
        for line in process.stdout:
            lines.put(line)
    lines.put(None)
