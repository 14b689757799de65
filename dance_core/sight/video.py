"""The 2-D poses of who dances in a video, frame by frame, at the video's own frame rate.

A frame's landmarks say where the same person is looked for in the next one. Where there are none yet, or the
pose jumps, the whole frame is searched, and the largest person taken. Only keypoints are kept: memory does
not grow with the pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.errors import UserError
from dance_core.motion.openpose import KEYPOINTS
from dance_core.sight.landmarks import Landmarks, read_landmarks
from dance_core.sight.people import find_people
from dance_core.sight.shots import jumped

MAX_FRAMES = 500_000  # two hours and a quarter at 60 frames a second
_LONGEST = 1_280  # pixels of a side that is looked at; places are told in the video's own


@dataclass(frozen=True, eq=False)
class Watched:
    """What was seen in a video.

    Attributes:
        size: (w, h) of its pictures in pixels, as they are shown.
        fps: its mean frame rate.
        times: (T,) s, of each frame.
        points: (T, 18, 3) OpenPose's keypoints: x, y in pixels, confidence; zeros where nobody is.
        sound_from: s, where its sound begins; None if it has none.
    """

    size: tuple[int, int]
    fps: float
    times: np.ndarray
    points: np.ndarray
    sound_from: float | None


def watch(path: str | Path, progress: Callable[[int, int], None] | None = None) -> Watched:
    """Read all poses of a video.

    progress: called with frames done and frames in all, as far as the file says how many. Raises UserError,
    one sentence, for a file that is none or has no picture, for one that breaks off before its first frame,
    and for more than MAX_FRAMES frames.
    """
    import av

    path = Path(path)
    try:
        with av.open(str(path)) as file:
            if not file.streams.video:
                raise UserError(f"{path.name!r} has no pictures.")
            stream = file.streams.video[0]
            stream.thread_type = "AUTO"
            sound = file.streams.audio[0] if file.streams.audio else None
            start = float((sound.start_time or 0) * sound.time_base) if sound is not None else None
            rate = float(stream.average_rate or stream.guessed_rate or 0)
            total = stream.frames or round(float(stream.duration or 0) * float(stream.time_base or 0) * rate)
            times, points, size = _read(file.decode(stream), path.name, total, progress)
    except av.FFmpegError as error:
        raise UserError(f"{path.name!r} can't be read as a video ({error.strerror or error}).") from None
    if len(times) == 0:
        raise UserError(f"{path.name!r} has 0 pictures that can be read.")
    if len(times) > 1 and times[-1] > times[0]:
        rate = (len(times) - 1) / (times[-1] - times[0])
    return Watched(size, rate, times, points, start)


def _read(frames: Iterator, name: str, total: int, progress: Callable[[int, int], None] | None,
          ) -> tuple[np.ndarray, np.ndarray, tuple[int, int]]:
    """Times (T,), points (T, 18, 3) and the pictures' size. What breaks off later keeps what was read."""
    times: list[float] = []
    points: list[np.ndarray] = []
    size, tracker = (0, 0), Tracker()
    for frame in _whole(frames):
        if len(times) == MAX_FRAMES:
            raise UserError(f"{name!r} has more than {MAX_FRAMES:,} pictures; please cut it.")
        picture, scale = _pixels(frame)
        if not times:
            size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
        seen = tracker.look(picture)
        seen[:, :2] *= scale
        times.append(float(frame.time or 0.0))
        points.append(seen.astype(np.float32))
        if progress is not None:
            progress(len(times), max(total, len(times)))
    stacked = np.stack(points) if points else np.zeros((0, len(KEYPOINTS), 3), np.float32)
    return np.array(times), stacked, size


def _whole(frames: Iterator) -> Iterator:
    """The frames until the file breaks off; what is wrong with the very first one is raised."""
    import av

    first = True
    while True:
        try:
            frame = next(frames)
        except StopIteration:
            return
        except av.FFmpegError:
            if first:
                raise
            return
        first = False
        yield frame


def _pixels(frame: object) -> tuple[np.ndarray, float]:
    """A frame upright as RGB (h, w, 3), and how many of its own pixels are one of these."""
    w, h = frame.width, frame.height
    scale = max(1.0, max(w, h) / _LONGEST)
    if scale > 1:
        frame = frame.reformat(width=round(w / scale), height=round(h / scale), interpolation="AREA")
    picture = frame.to_ndarray(format="rgb24")
    quarters = round(getattr(frame, "rotation", 0) / 90) % 4  # how phones say which way they were held
    return np.ascontiguousarray(np.rot90(picture, quarters)), scale


class Tracker:
    """Follows the largest person from picture to picture."""

    def __init__(self) -> None:
        self._last: Landmarks | None = None
        self._points: np.ndarray | None = None

    def look(self, picture: np.ndarray) -> np.ndarray:
        """Keypoints (18, 3) in the next picture (h, w, 3): pixels and confidence; zeros for nobody."""
        found = read_landmarks(picture, self._last.region) if self._last is not None else None
        points = _points_of(found, picture)
        if points is None or jumped(self._points, points):
            found = _afresh(picture)  # somebody else may be there: another shot
            points = _points_of(found, picture)
        self._last, self._points = found, points
        return np.zeros((len(KEYPOINTS), 3)) if points is None else points.copy()


def _afresh(picture: np.ndarray) -> Landmarks | None:
    for person in find_people(picture):
        found = read_landmarks(picture, person.region, 2)
        if found is not None:
            return found
    return None


def _points_of(found: Landmarks | None, picture: np.ndarray) -> np.ndarray | None:
    """(18, 3), confidence 0 outside the picture."""
    if found is None:
        return None
    xy, confidence = found.openpose()
    inside = ((xy >= 0) & (xy < picture.shape[1::-1])).all(1)
    return np.concatenate([xy, np.where(inside, confidence, 0.0)[:, None]], 1)
