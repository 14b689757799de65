"""Small pictures of poses: drawn on the body with GL where there is GL, else as the mannequin.

GL lives in a process of its own (see `film`); one process draws any number of poses.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from dance_core.body import sketch
from dance_core.body.film import GL_LIBRARIES
from dance_core.body.model import BUNDLED
from dance_core.motion.motion import Motion
from dance_core.settings import ROOT

_PATIENCE_S = 20.0  # to start, and 2 s a picture


def draw_poses(poses: Sequence[Motion], size: tuple[int, int] = (256, 320),
               view: tuple[float, float] = (24.0, 8.0), body: Path | None = None) -> list[Image.Image]:
    """An RGB picture of the first frame of each motion, whole body, centred, on the floor.

    size: (w, h) pixels. view: azimuth and elevation in degrees, as sketch.VIEWS; the camera turns with the
    dancer's place, not with the heading. body: an npz, the bundled one by default.
    """
    return by_body(poses, size, view, body) or [sketch.render(p, 0, size, view) for p in poses]


def by_body(poses: Sequence[Motion], size: tuple[int, int], view: tuple[float, float],
            body: Path | None = None) -> list[Image.Image] | None:
    """As `draw_poses`, but None where this machine has no GL."""
    if not poses:
        return []
    with tempfile.TemporaryDirectory(prefix="dance-thumbs-") as name:
        folder = Path(name)
        job = folder / "job.npz"
        np.savez(job, rotations=np.stack([p.rotations[0] for p in poses]),
                 translation=np.stack([p.translation[0] for p in poses]),
                 face=np.stack([p.face[0] for p in poses]), betas=np.stack([p.betas for p in poses]),
                 size=np.array(size), view=np.array(view),
                 body=np.str_(str(BUNDLED if body is None else Path(body).resolve())))
        for library in GL_LIBRARIES:
            env = {**os.environ, "PYTHONPATH": str(ROOT)}
            if library:
                env["PYOPENGL_PLATFORM"] = library
            try:
                done = subprocess.run([sys.executable, "-m", "dance_core.body.thumbs", str(job), str(folder)],
                                      capture_output=True, env=env, cwd=ROOT, check=False,
                                      timeout=_PATIENCE_S + 2 * len(poses))
            except subprocess.TimeoutExpired:
                continue
            if done.returncode == 0:
                return [Image.open(folder / f"{i}.png").convert("RGB") for i in range(len(poses))]
    return None


def _work(job: str, out: str) -> int:
    """The other process: one picture after another."""
    from dance_core.body.model import load_body
    from dance_core.body.stage import NoGL, Stage

    with np.load(job, allow_pickle=False) as file:
        given = {k: file[k] for k in file.files}
    size = int(given["size"][0]), int(given["size"][1])
    try:
        stage = Stage(load_body(Path(str(given["body"]))), (2 * size[0], 2 * size[1]))
    except NoGL as error:
        print(json.dumps({"missing": str(error)}))
        return 3
    for t, betas in enumerate(given["betas"]):
        motion = Motion(30.0, *(given[k][t:t + 1] for k in ("rotations", "translation", "face")), betas)
        picture = stage.draw(motion, 0, _camera(motion, 0, size, given["view"]))
        picture.resize(size, Image.Resampling.LANCZOS).save(Path(out) / f"{t}.png")
    return 0


def _camera(motion: Motion, t: int, size: tuple[int, int], view: np.ndarray):
    """From `view`, as near as keeps the whole body in the picture."""
    from dance_core.motion import kinematics
    from dance_core.motion.camera import Camera

    places = kinematics.joints(motion.slice(t, t + 1))[0]
    azimuth, elevation = np.radians(view)
    way = np.array([np.sin(azimuth) * np.cos(elevation), np.sin(elevation),
                    np.cos(azimuth) * np.cos(elevation)])
    aim = 0.5 * (places.min(0) + places.max(0))
    aim[1] = max(0.62, 0.5 * (places[:, 1].max() + 0.12))
    angle = 26.0
    half = np.tan(np.radians(angle) / 2)
    across = np.array([np.cos(azimuth), 0, -np.sin(azimuth)])
    up = np.cross(way, across)
    off = places - aim
    need = np.maximum((np.abs(off @ across) + 0.16) / (half * size[0] / size[1]),
                      (np.abs(off @ up) + 0.20) / half) + off @ way
    away = float(max(4.2, need.max()))
    eye = aim + away * way
    return Camera(tuple(eye), tuple(aim), angle)


if __name__ == "__main__":
    sys.exit(_work(sys.argv[1], sys.argv[2]))
