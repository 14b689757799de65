"""Dance videos -> clips of 2-D poses, each with what is heard meanwhile; times in seconds of the video.

A clip is an npz: `keypoints` (T, 18, 3) float32, OpenPose's COCO points as x, y in pixels and confidence;
`times` (T,) s; `fps`, the video's own; `size` (w, h) pixels; `features` (N, F) float32 and `feature_times`
(N,) s, their names in `feature_names`; `beats` (B,) s; `video`, the file's name, and `sha256` of it. Where
the sound can't be used, features and beats are empty.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.motion.openpose import DRAWN
from dance_core.music.analysis import Analysis, analyse
from dance_core.music.decode import load_song
from dance_core.settings import MOTION_FPS, Settings
from dance_core.sight.shots import whole_shots
from dance_core.sight.video import Watched, watch

LEAST = 272  # frames at 30 a second: 256 that HOT-dance learns from at a time, 16 more that it hears
INDEX = "index.csv"
_MAX_MB, _MAX_SECONDS = 20_000.0, 9_000.0  # of a video's sound: nobody uploads it


@dataclass(frozen=True)
class Clip:
    """A row of the index: names of file and video, seconds in it, frames, share of the points seen."""

    clip: str
    video: str
    start_s: float
    stop_s: float
    frames: int
    fps: float
    seen: float
    features: int
    sha256: str


@dataclass(frozen=True)
class Made:
    """What became of one video: its clips, and what is to be said about its sound ("" if all is well)."""

    clips: tuple[Clip, ...]
    frames: int
    said: str = ""


def least_frames(fps: float) -> int:
    """Frames of a video that last at least as long as `LEAST`, from the first to the last."""
    return math.ceil(LEAST * fps / MOTION_FPS - 1e-6) + 1


def take_video(path: Path, out: Path, least: int | None, settings: Settings,
               progress: Callable[[int, int], None] | None = None) -> Made:
    """Write a video's clips of at least `least` frames into the folder `out`, in place of those it had of it.

    least: None: as many as HOT-dance can learn from, see `least_frames`.

    Raises UserError as `watch` does; what is wrong with the sound only leaves the clips without it.
    """
    digest = _sha256(path)
    seen = watch(path, progress)
    shots = whole_shots(seen.points, least_frames(seen.fps) if least is None else least)
    heard, said = _listen(path, seen, settings) if shots else (None, "")
    stem = re.sub(r"[^\w.-]", "_", path.stem)[:60] or "video"
    old = set(out.glob(f"{stem}-{digest[:8]}-*.npz"))  # perhaps cut otherwise
    clips = []
    for number, (start, stop) in enumerate(shots):
        name = f"{stem}-{digest[:8]}-{number:03d}.npz"
        arrays = _arrays(seen, start, stop, heard)
        with replacing(out / name) as part, open(part, "xb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays, video=np.str_(path.name),
                                sha256=np.str_(digest))
        share = float((seen.points[start:stop, :, 2] >= DRAWN).mean())
        from_s, to_s = (round(float(seen.times[t]), 3) for t in (start, stop - 1))
        clips.append(Clip(name, path.name, from_s, to_s, stop - start, round(seen.fps, 3), round(share, 3),
                          len(arrays["features"]), digest))
    for left in old - {out / clip.clip for clip in clips}:
        left.unlink(missing_ok=True)
    return Made(tuple(clips), len(seen.times), said)


def _arrays(seen: Watched, start: int, stop: int, heard: Analysis | None) -> dict[str, np.ndarray]:
    times = seen.times[start:stop]
    out = {"keypoints": seen.points[start:stop], "times": times, "fps": np.float64(seen.fps),
           "size": np.array(seen.size), "beats": np.zeros(0), "feature_times": np.zeros(0),
           "features": np.zeros((0, 0), np.float32), "feature_names": np.zeros(0, "U1")}
    if heard is None:
        return out
    features, from_s = heard.features, float(seen.sound_from or 0.0)
    at = from_s + np.arange(len(features)) / features.fps
    near = (at >= times[0] - 1 / features.fps) & (at <= times[-1] + 1 / features.fps)
    beats = from_s + np.asarray(heard.beats.times)
    return out | {"features": features.values[near], "feature_times": at[near],
                  "feature_names": np.array(features.names),
                  "beats": beats[(beats >= times[0]) & (beats <= times[-1])]}


def _listen(path: Path, seen: Watched, settings: Settings) -> tuple[Analysis | None, str]:
    """What is heard, or why nothing is."""
    if seen.sound_from is None:
        return None, "it has no sound"
    try:
        song = load_song(path, settings=replace(settings, max_upload_mb=_MAX_MB, max_seconds=_MAX_SECONDS))
        return analyse(song, settings), ""
    except UserError as error:
        return None, f"its sound can't be used: {error}"


def _sha256(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise UserError(f"There is no video {path.name!r}.") from None
    except IsADirectoryError:
        raise UserError(f"{path.name!r} is a folder, not a video.") from None


def write_index(out: Path, clips: list[Clip]) -> Path:
    """Write the rows of these clips, and of earlier ones whose files are still there."""
    path = out / INDEX
    rows = {clip.clip: asdict(clip) for clip in clips}
    if path.is_file():
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row.get("clip") and (out / row["clip"]).is_file():
                    rows.setdefault(row["clip"], row)
    with replacing(path) as part, open(part, "x", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(Clip.__dataclass_fields__), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows[name] for name in sorted(rows))
    return path
