"""The Song noun: a checked, decoded piece of music."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Song:
    """Mono music in memory.

    Attributes:
        samples: (N,) float32, mono, about -1 to 1, read-only.
        sample_rate: Hz (`settings.PLAYBACK_RATE` for songs that `load_song` made).
        digest: SHA-256 of the uploaded bytes as 64 hex digits; names the song everywhere.
        title: what to show people. User text: never a path, never HTML.
        notes: sentences on how its file was read that people should know: which of several tracks was taken,
            for instance. () as a rule.
    """

    samples: np.ndarray
    sample_rate: int
    digest: str
    title: str
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        s = self.samples
        if s.ndim != 1 or s.dtype != np.float32 or not len(s):
            raise ValueError(f"Song.samples must be (N,) float32, got {s.shape} {s.dtype}")
        if not np.isfinite(s).all():
            raise ValueError("Song.samples holds NaN or infinity")
        if len(self.digest) != 64 or self.sample_rate <= 0:
            raise ValueError("Song needs a SHA-256 digest of 64 hex digits and a positive sample rate")
        s.setflags(write=False)

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate
