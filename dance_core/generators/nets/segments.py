"""What a learned generator makes of a request before it dances: the dance so far, the music, the chances."""

from __future__ import annotations

import numpy as np
import torch

from dance_core.generators.base import Request
from dance_core.generators.nets import pose_code as pc


def lead_of(rows: np.ndarray, frames: int) -> np.ndarray:
    """The last `frames` of rows (T, ROW) danced so far; the first is held still where there are fewer."""
    rows = rows[-frames:].copy()
    if len(rows) == 1:  # a pose that is held
        rows[:, pc.VELOCITY], rows[:, pc.TURN] = 0.0, 0.0
    lead = np.repeat(rows[:1], frames - len(rows), axis=0)
    lead[:, pc.VELOCITY], lead[:, pc.TURN] = 0.0, 0.0
    return np.concatenate([lead, rows])


def music_from(values: np.ndarray, first: int, frames: int) -> np.ndarray:
    """(frames, F) of a song's features (T, F) from a frame on; both ends are held."""
    return values[np.clip(np.arange(first, first + frames), 0, len(values) - 1)]


def chances_of(request: Request) -> torch.Generator:
    """The random numbers of a request: others in each segment of a dance, the same each time."""
    return torch.Generator().manual_seed((request.seed * 1_000_003 + request.start) % 2**63)
