"""Pictures and sound into an mp4: H.264 and AAC, through PyAV's own ffmpeg."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter

from dance_core.errors import UserError
from dance_core.music.aac import Aac

_BIT_RATE = 160_000  # bit/s of the sound
_SMALLEST = 64  # pixels


def check_size(size: tuple[int, int]) -> None:
    """Raises UserError for a size (w, h) that a film can't have."""
    if min(size) < _SMALLEST or size[0] % 2 or size[1] % 2:
        raise UserError(f"A video of {size[0]} x {size[1]} pixels can't be made: both must be even, and at "
                        f"least {_SMALLEST}.")


class Mux:
    """Write frames one by one, then the sound; `close` finishes the file."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, threads: int = 1,
                 crf: int = 20) -> None:
        """A file at `path` of pictures of `size` (w, h). crf: H.264's, the lower the truer."""
        self._file = av.open(str(path), "w", format="mp4", options={"movflags": "faststart"})
        rate = Fraction(fps).limit_denominator(1001)
        self._video = self._file.add_stream("h264", rate=rate)
        self._video.width, self._video.height = size
        self._video.pix_fmt = "yuv420p"
        self._video.options = {"preset": "veryfast", "crf": str(crf), "threads": str(threads)}
        # the matrix of HD, named in the file: untagged, players guess, and reds turn brown
        to = self._video.codec_context
        to.color_primaries, to.color_trc = int(ColorPrimaries.BT709), int(ColorTrc.BT709)
        to.colorspace, to.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
        self._colours = VideoReformatter()
        self._sound: Aac | None = None
        self._frames = 0
        self._fps = float(rate)

    def sound(self, path: Path, seconds: float) -> None:
        """The music, cut or padded with silence to `seconds`. Call it before the first frame.

        Any file that soundfile reads; more than two channels are mixed to mono. Raises RuntimeError
        (soundfile's) for another.
        """
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
        if samples.shape[1] > 2:
            samples = samples.mean(1, keepdims=True)
        count = round(seconds * rate)
        samples = np.pad(samples[:count], ((0, max(0, count - len(samples))), (0, 0)))
        self._sound = Aac(self._file, samples, rate, _BIT_RATE)

    def frame(self, picture: np.ndarray) -> None:
        """Add a picture (h, w, 3) uint8, and the sound up to it."""
        image = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
        image = self._colours.reformat(image, format="yuv420p", dst_colorspace=Colorspace.ITU709,
                                       dst_color_range=ColorRange.MPEG)
        image.pts, image.time_base = self._frames, 1 / Fraction(self._fps).limit_denominator(1001)
        self._frames += 1
        self._file.mux(self._video.encode(image))
        if self._sound is not None:
            self._sound.until(round(self._frames / self._fps * self._sound.rate))

    def close(self) -> None:
        """Everything still held back by the encoders goes out."""
        self._file.mux(self._video.encode(None))
        if self._sound is not None:
            self._sound.close()
        self._file.close()
