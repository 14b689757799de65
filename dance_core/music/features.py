"""The Features noun: what a generator hears, 30 times a second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Features:
    """Named music features on the motion's frame grid.

    Attributes:
        values: (T, F) float32; row i belongs to the time i / fps seconds of the song.
        names: F column names, in order.
        fps: rows a second (30).
    """

    values: np.ndarray
    names: tuple[str, ...]
    fps: float = 30.0

    def __post_init__(self) -> None:
        v = self.values
        if v.ndim != 2 or v.dtype != np.float32 or v.shape[1] != len(self.names):
            raise ValueError(f"Features: values {v.shape} {v.dtype} against {len(self.names)} names")
        if not np.isfinite(v).all():
            raise ValueError("Features hold NaN or infinity")

    def column(self, name: str) -> np.ndarray:
        """(T,) the named column. Raises KeyError with the names there are."""
        try:
            return self.values[:, self.names.index(name)]
        except ValueError:
            raise KeyError(f"no feature {name!r}; there are {', '.join(self.names)}") from None

    def fitted(self, frames: int) -> "Features":
        """The same with so many rows: the last are left out, or the last one is held."""
        at = np.minimum(np.arange(frames), len(self) - 1)
        return Features(self.values[at], self.names, self.fps)

    def __len__(self) -> int:
        return len(self.values)
