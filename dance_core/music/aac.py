"""Samples → AAC in an MP4 file that is being written, through PyAV's own ffmpeg."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np

FRAME = 1_024  # samples of an AAC frame
_LAYOUTS = {1: "mono", 2: "stereo"}


class Aac:
    """The sound of an MP4 file, added bit by bit. Players take off the coder's delay: the file tells it."""

    def __init__(self, file: Any, sound: np.ndarray, rate: int, bit_rate: int) -> None:
        """A track in an open file of PyAV's. sound: (N, 1) or (N, 2) float32, -1 to 1; bit_rate: bit/s."""
        self._file, self._sound, self.rate = file, sound, rate
        self._track = file.add_stream("aac", rate=rate, layout=_LAYOUTS[sound.shape[1]])
        self._track.bit_rate = bit_rate
        self._said = 0

    def until(self, sample: int) -> None:
        """Write the whole frames before this sample."""
        while min(sample, len(self._sound)) - self._said >= FRAME:
            self._say(self._said + FRAME)

    def close(self) -> None:
        """Write all that is left."""
        self.until(len(self._sound))
        if self._said < len(self._sound):
            self._say(len(self._sound))
        self._file.mux(self._track.encode(None))

    def _say(self, stop: int) -> None:
        sound = np.ascontiguousarray(self._sound[self._said:stop].T, np.float32)
        block = av.AudioFrame.from_ndarray(sound, "fltp", _LAYOUTS[len(sound)])
        block.sample_rate, block.pts, block.time_base = self.rate, self._said, Fraction(1, self.rate)
        self._file.mux(self._track.encode(block))
        self._said = stop
