"""What a learned generator makes of a request before it dances: the dance so far, the music, the chances."""

from __future__ import annotations

import zlib

import numpy as np
import torch

from dance_core.generators.base import Request
from dance_core.generators.nets import pose_code as pc
from dance_core.music.beats import Beats
from dance_core.settings import MOTION_FPS

STEADY = 0.04  # share of a beat that the beats of a song of one tempo are off by


def lead_of(rows: np.ndarray, frames: int) -> np.ndarray:
    """The last `frames` of rows (T, ROW) danced so far; the first is held still where there are fewer."""
    rows = rows[-frames:].copy()
    if len(rows) == 1:  # a pose that is held
        rows[:, pc.VELOCITY], rows[:, pc.TURN] = 0.0, 0.0
    lead = np.repeat(rows[:1], frames - len(rows), axis=0)
    lead[:, pc.VELOCITY], lead[:, pc.TURN] = 0.0, 0.0
    return np.concatenate([lead, rows])


def music_from(values: np.ndarray, first: int, frames: int, bar: int = 0) -> np.ndarray:
    """(frames, F) of a song's features (T, F) from a frame on. Before it the first frame is held.

    Args:
        bar: frames that are heard again and again after the end: there every network looks ahead, and a beat
            that stands still is music that none has learned. 0: the last frame is held.
    """
    at = np.clip(np.arange(first, first + frames), 0, None)
    count = len(values)
    bar = min(bar, count) or 1
    return values[np.where(at < count, at, count - bar + (at - count) % bar)]


def bar_of(beats: Beats) -> int:
    """Frames of the last bar; 0 where there is no tempo.

    Of the whole song's tempo, where the beats of the last two bars keep it: each lies but near its place.
    """
    if beats.tempo <= 0:
        return 0
    beat, last = 60.0 / beats.tempo, np.diff(beats.times[-2 * beats.beats_per_bar - 1:])
    if len(last) and abs(np.median(last) / beat - 1.0) > STEADY:
        beat = float(np.median(last))
    return round(beats.beats_per_bar * beat * MOTION_FPS)


def chances_of(request: Request) -> torch.Generator:
    """The random numbers of a request: others in each segment of a dance, the same each time."""
    return torch.Generator().manual_seed((request.seed * 1_000_003 + request.start) % 2**63)


def temper(request: Request, width: float, what: str = "", covers: bool = False) -> float:
    """See `tempered`: of a request."""
    return tempered(request.seed, request.beats, width, what, covers)


def tempered(seed: int, beats: Beats, width: float, what: str = "", covers: bool = False) -> float:
    """e^-width to e^width, the same for all segments of a dance: by its seed and by the song's beats.

    Args:
        what: of the dance it is; another word, another number.
        covers: the same to slow and fast covers of a song.
    """
    return float(np.exp(lot_of(seed, beats, what, covers).uniform(-width, width)))


def lot_of(seed: int, beats: Beats, what: str = "", covers: bool = False) -> np.random.Generator:
    """The chances of a whole dance, the same in all of its segments. Arguments as of `tempered`."""
    times = _in_beats(beats) if covers else beats.times * MOTION_FPS
    song = zlib.crc32(np.rint(times).astype("<i4").tobytes() + what.encode())
    return np.random.default_rng([seed, song])


def _in_beats(beats: Beats) -> np.ndarray:
    """The beats' times from the first frame on, in eighths of a usual beat."""
    return beats.times / np.median(np.diff(beats.times)) * 8 if len(beats.times) > 1 else np.zeros(0)
