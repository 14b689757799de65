"""Dances in two dimensions to learn from: a corpus as cameras see it, and clips of dance videos.

A segment is what a camera sees of 256 frames; the camera stands still. It is the calibrated one or somebody's
(motion/views.py), told from the segment's first moment or from one up to ten seconds before, as a dance that
goes on is seen by the camera that saw it begin. A keypoint is x and y in shares of the picture, and how sure
it is; one that can't be seen is faint, not absent: where it is stays known, and the image's column can be
read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import PACE, VARIED, Dances
from dance_core.motion.mirror import mirror
from dance_core.motion.motion import Motion
from dance_core.motion.openpose import Seen, keypoints, project
from dance_core.motion.sights import filled
from dance_core.motion.views import CALIBRATED, PICTURE, random_view
from dance_core.settings import MOTION_FPS

FAINT = 0.06  # how sure a keypoint is that can't be seen
FIXED = 0.35  # share of the segments that the calibrated camera sees
BEGAN, EARLIER = 0.5, 300  # share of the segments whose camera is told at their first frame; frames before
HELD_OUT = 8  # one video of so many is held out


@dataclass(frozen=True, eq=False)
class FlatDances:
    """Segments one after another.

    Attributes:
        keypoints: (S, 256, 18, 3) float32. still: (S, 18, 3), another moment of the dance by that camera.
        music: (S, 256 + ahead, F) float32. style: (S,) index; of videos, which say none, how many there are.
        unused: names of the clips that are too short, or have no sound.
    """

    keypoints: np.ndarray
    still: np.ndarray
    music: np.ndarray
    style: np.ndarray
    unused: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.style)

    @classmethod
    def read(cls, corpus: Corpus | None, clips: Path | None, split: str, names: tuple[str, ...], ahead: int,
             styles: tuple[str, ...], *, seed: int, varied: bool = True,
             progress: Callable[[int, int], None] = lambda done, total: None) -> "FlatDances":
        """Segments that cover the dances of a split, train or val, about once.

        Args:
            clips: folder that the command `corpus video` filled.
            names: columns of the music. ahead: frames of it beyond a segment.
            varied: half mirrored, some at other tempi; another seed has other cameras.

        Raises:
            UserError: there is nothing, or music without these columns.
        """
        rng, found = np.random.default_rng([seed, split == "val"]), []
        unused: list[str] = []
        rows = [r for r in corpus.rows if r.split == split] if corpus else []
        files = clip_files(clips, split) if clips else []
        for i, row in enumerate(rows):
            pair = corpus.pair(row.id)
            music = columns_of(pair.features.values, pair.features.names, names, row.id)
            found += _filmed(pair.motion, music, styles.index(pair.style), ahead, rng, varied)
            progress(i + 1, len(rows) + len(files))
        for i, path in enumerate(files):
            here = list(_of_video(path, names, ahead, len(styles), rng, varied))
            found += here
            unused += [] if here else [path.name]
            progress(len(rows) + i + 1, len(rows) + len(files))
        if not found:
            raise UserError(f"There is no {split} dance of {SEGMENT + ahead} frames with music.")
        return cls(*(np.stack(column) for column in zip(*found, strict=True)), unused=tuple(unused))

    def draw(self, rng: np.random.Generator, count: int, frames: int) -> np.ndarray:
        """`count` stretches (count, frames, 18, 3), every moment equally often."""
        first = rng.integers(SEGMENT - frames + 1, size=count)
        at = rng.integers(len(self), size=count)
        return self.keypoints[at[:, None], first[:, None] + np.arange(frames)]


Segment = tuple[np.ndarray, np.ndarray, np.ndarray, int]  # keypoints, still, music, style


def _filmed(motion: Motion, music: np.ndarray, style: int, ahead: int, rng: np.random.Generator, varied: bool
            ) -> Iterator[Segment]:
    """A dance seen by a camera for each segment."""
    frames = SEGMENT + ahead
    if len(motion) < frames:
        return
    if varied and rng.random() < 0.5:
        motion = mirror(motion)
    points = keypoints(motion)
    rows = np.concatenate([np.zeros((len(points), pc.ROW)), points.reshape(len(points), -1)], 1)
    dance = Dances(rows.astype(np.float32), music, np.array([0]), np.array([len(rows)]), np.array([style]),
                   (), ("",))
    count = max(1, round(len(motion) / SEGMENT))
    for k in range(count):
        pace = PACE ** rng.uniform(-1.0, 1.0) if varied and rng.random() < VARIED else 1.0
        if np.ceil((frames - 1) * pace) + 2 > len(motion):
            pace = 1.0
        where = (k + rng.random()) / count
        told, heard = dance.at_pace(0, where, frames, pace)
        own = told[:SEGMENT, pc.ROW:].reshape(SEGMENT, -1, 3)
        view = CALIBRATED if rng.random() < FIXED else random_view(rng)
        began = own[0]
        if rng.random() >= BEGAN:
            first = int(where * (len(points) - 1 - (frames - 1) * pace))
            began = points[max(0, first - int(rng.integers(EARLIER)))]
        camera = [view.camera(began)]
        other = points[rng.integers(len(points))][None]
        seen, still = (shares(project(p, camera, PICTURE, MOTION_FPS)) for p in (own, other))
        yield seen, still[0], heard.astype(np.float32), style


def shares(seen: Seen) -> np.ndarray:
    """(T, 18, 3) float32: x and y in shares of the picture, 0 to 1, and confidence, at least `FAINT`."""
    places = np.clip(np.asarray(seen.xy) / seen.size, 0.0, 1.0)
    return np.concatenate([places, np.maximum(seen.confidence, FAINT)[..., None]], -1).astype(np.float32)


def columns_of(values: np.ndarray, have: tuple[str, ...], names: tuple[str, ...], what: str) -> np.ndarray:
    """(T, F) columns of music (T, …) by their names, as told of `what`. UserError where one is missing."""
    missing = [n for n in names if n not in have]
    if missing:
        raise UserError(f"The music of {what} lacks {len(missing)} columns, {missing[0]} among them.")
    return values if have == names else values[:, [have.index(n) for n in names]]


# --- videos ---

def clip_files(folder: Path, split: str) -> list[Path]:
    """The clips of a folder that belong to train or to val, whose videos are others; of one video the last.

    UserError where there are fewer than two clips.
    """
    files = sorted(folder.glob("*.npz")) if folder.is_dir() else []
    if len(files) < 2:
        raise UserError(f"{folder.name!r} has {len(files)} clips of videos, but 2 are needed, one to learn "
                        "from and one held out (python -m dance_core corpus video FILE … --out DIR).")
    video = {path: path.name.rsplit("-", 2)[1] for path in files}
    every = sorted(set(video.values()))
    held_out = set(every[::HELD_OUT])
    val = [p for p in files if video[p] in held_out] if len(every) > 1 else files[-1:]
    return val if split == "val" else [p for p in files if p not in val]


def _of_video(path: Path, names: tuple[str, ...], ahead: int, style: int, rng: np.random.Generator,
              varied: bool) -> Iterator[Segment]:
    """Segments of a clip at 30 frames a second: one that is seen at another rate is looked up in time."""
    try:
        with np.load(path, allow_pickle=False) as a:
            points, times, size = a["keypoints"].astype(np.float64), a["times"], a["size"]
            heard, heard_at = a["features"], a["feature_times"]
            have = tuple(str(n) for n in a["feature_names"])
    except (OSError, ValueError, KeyError):
        raise UserError(f"The clip {path.name} is damaged.") from None
    if not len(heard):
        return  # without sound nothing says what it is danced to
    music = columns_of(heard, have, names, path.name)
    frames = SEGMENT + ahead
    at = np.arange(max(times[0], heard_at[0]), min(times[-1], heard_at[-1]), 1 / MOTION_FPS)
    places = filled(points[..., :2] / size, points[..., 2])
    seen = np.concatenate([places.clip(0.0, 1.0), points[..., 2:].clip(FAINT, 1.0)], -1)
    place = np.interp(at, times, np.arange(len(times)))
    low = np.minimum(place.astype(int), len(times) - 2)
    w = (place - low)[:, None, None]
    seen = (seen[low] * (1 - w) + seen[low + 1] * w).astype(np.float32)
    music = music[np.clip(np.searchsorted(heard_at, at - 0.5 / MOTION_FPS), 0, len(music) - 1)]
    if varied and rng.random() < 0.5:
        seen = mirrored(seen)
    for k in range(len(at) // frames):
        first = k * frames + (int(rng.integers(len(at) % frames + 1)) if varied else 0)
        yield (seen[first:first + SEGMENT], seen[rng.integers(len(seen))], music[first:first + frames], style)


# left and right of OpenPose's 18 keypoints
_SWAPPED = (0, 1, 5, 6, 7, 2, 3, 4, 11, 12, 13, 8, 9, 10, 15, 14, 17, 16)


def mirrored(seen: np.ndarray) -> np.ndarray:
    """Keypoints (…, 18, 3) of the picture in a mirror: left becomes right."""
    out = seen[..., list(_SWAPPED), :].copy()
    out[..., 0] = 1.0 - out[..., 0]
    return out
