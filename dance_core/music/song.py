"""The Song noun: a checked, decoded piece of music."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FULL_SCALE = 32_767  # 16 bit


def as_int16(samples: np.ndarray) -> np.ndarray:
    """Float samples of any shape, -1 to 1, in 16 bit; at most half a step = 1.5e-5 off, and clipped."""
    return np.rint(np.clip(samples, -1.0, 1.0) * FULL_SCALE).astype(np.int16)


@dataclass(frozen=True, eq=False)
class Song:
    """Music in memory: in mono, as it is danced to, and as it is played.

    Attributes:
        samples: (N,) float32, mono, about -1 to 1, read-only.
        sample_rate: Hz (`settings.PLAYBACK_RATE` for songs that `load_song` made).
        digest: SHA-256 of the uploaded bytes as 64 hex digits; names the song everywhere.
        title: what to show people. User text: never a path, never HTML.
        notes: sentences on how its file was read that people should know: which of several tracks was taken,
            for instance. () as a rule.
        stereo: (N, 2) int16, read-only: the same moments as two channels, to be played; None where there is
            nothing but `samples`.
    """

    samples: np.ndarray
    sample_rate: int
    digest: str
    title: str
    notes: tuple[str, ...] = ()
    stereo: np.ndarray | None = None

    def __post_init__(self) -> None:
        s = self.samples
        if s.ndim != 1 or s.dtype != np.float32 or not len(s):
            raise ValueError(f"Song.samples must be (N,) float32, got {s.shape} {s.dtype}")
        if not np.isfinite(s).all():
            raise ValueError("Song.samples holds NaN or infinity")
        if self.stereo is not None:
            if self.stereo.shape != (len(s), 2) or self.stereo.dtype != np.int16:
                raise ValueError(f"Song.stereo must be ({len(s)}, 2) int16, got {self.stereo.shape} "
                                 f"{self.stereo.dtype}")
            self.stereo.setflags(write=False)
        if len(self.digest) != 64 or self.sample_rate <= 0:
            raise ValueError("Song needs a SHA-256 digest of 64 hex digits and a positive sample rate")
        s.setflags(write=False)

    @property
    def played(self) -> np.ndarray:
        """What a loudspeaker gets: (N, 1) or (N, 2) int16, all that is beyond -1 to 1 clipped."""
        return as_int16(self.samples)[:, None] if self.stereo is None else self.stereo

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate
