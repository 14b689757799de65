"""The process that draws a video: `python -m dance_core.body.film_worker JOB.npz OUT.mp4`.

Lines of JSON on stdout: {"frame": n} after each frame, {"missing": why} if there is no GL, {"error": why}.
It stops when its stdin closes, so it never outlives who asked for it.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.body.model import load_body
from dance_core.body.mux import Mux
from dance_core.body.stage import Backdrop, NoGL, Shot, Stage
from dance_core.body.strip import draw_strip
from dance_core.motion.camera import Camera, follow
from dance_core.motion.motion import Motion


def say(**message: object) -> None:
    """One line to whoever started this."""
    print(json.dumps(message), flush=True)


def main(job: str, out: str) -> int:
    """Draw, encode, report. Exit code 0, or 3 without GL."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with np.load(job, allow_pickle=False) as file:
        given = {k: file[k] for k in file.files}
    motion = Motion(float(given["fps"]), given["rotations"], given["translation"], given["face"],
                    given["betas"])
    size = int(given["size"][0]), int(given["size"][1])
    try:
        stage = Stage(load_body(Path(str(given["body"]))), size)
    except NoGL as error:
        say(missing=str(error))
        return 3
    cameras = follow(motion, size[0] / size[1])
    mux = Mux(Path(out), size, motion.fps)
    if str(given["audio"]):
        mux.sound(Path(str(given["audio"])), len(motion) / motion.fps)
    finish = Finish(mux, Backdrop(size), cameras, given["beats"], given["downbeats"], motion.fps)
    shots: queue.Queue[Shot | None] = queue.Queue(4)
    trouble: list[BaseException] = []
    second = threading.Thread(target=_work_off, args=(finish, shots, trouble))
    second.start()
    try:
        for t in range(len(motion)):
            shots.put(stage.shoot(motion, t, cameras[t]))
            if trouble:
                break
            say(frame=t + 1)
    finally:
        shots.put(None)
        second.join()
    if trouble:
        raise trouble[0]
    return 0


@dataclass
class Finish:
    """What happens to a figure once it is drawn: floor, shadow, strip of beats, encoding."""

    mux: Mux
    backdrop: Backdrop
    cameras: list[Camera]
    beats: np.ndarray
    downbeats: np.ndarray
    fps: float
    done: int = 0

    def add(self, shot: Shot) -> None:
        """The next frame's."""
        picture = self.backdrop.compose(shot, self.cameras[self.done])
        if len(self.beats):
            draw_strip(picture, self.done / self.fps, self.beats, self.downbeats)
        self.mux.frame(np.asarray(picture))
        self.done += 1


def _work_off(finish: Finish, shots: "queue.Queue[Shot | None]", trouble: list[BaseException]) -> None:
    """Pillow and the encoder let go of Python's lock, so this goes on beside the drawing."""
    try:
        while (shot := shots.get()) is not None:
            finish.add(shot)
        finish.mux.close()
    except BaseException as error:  # told by the main thread; the queue must never fill up
        trouble.append(error)
        while shots.get() is not None:
            pass


def _leave_with_parent() -> None:
    while os.read(0, 1024):  # not sys.stdin: its lock would hang the interpreter's end
        pass
    os._exit(4)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2]))
    except Exception as error:  # the other side turns it into a sentence
        say(error=f"{type(error).__name__}: {error}")
        sys.exit(1)
