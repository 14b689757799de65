"""Songs for the tests of this room, written in every format that people bring."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import soundfile

SOUNDFILE_FORMATS = {
    "wav": ("WAV", "PCM_16"), "flac": ("FLAC", "PCM_16"), "ogg": ("OGG", "VORBIS"), "opus": ("OGG", "OPUS"),
    "mp3": ("MP3", "MPEG_LAYER_III"), "aiff": ("AIFF", "PCM_16"),
}
AV_FORMATS = {"m4a": ("ipod", "aac"), "mp4": ("mp4", "aac"), "webm": ("webm", "libopus"),
              "mka": ("matroska", "flac"), "alac.m4a": ("ipod", "alac")}
ALL_FORMATS = (*SOUNDFILE_FORMATS, *AV_FORMATS)


def song_with_clicks(seconds: float, rate: int, clicks: list[float]) -> np.ndarray:
    """(N,) float32: a soft chord with a decaying 1 kHz blip at each time, loudest on its first cycle."""
    n = np.arange(round(seconds * rate))
    samples = 0.02 * sum(np.sin(2 * np.pi * f * n / rate) for f in (220.0, 277.2, 329.6))
    for time in clicks:
        blip = np.arange(round(0.05 * rate))
        start = round(time * rate)
        shape = 0.5 * np.sin(2 * np.pi * 1000 * blip / rate) * np.exp(-blip / (0.006 * rate))
        samples[start:start + len(blip)] += shape[:len(samples) - start]
    return samples.astype(np.float32)


def write_song(path: Path, samples: np.ndarray, rate: int, ending: str) -> Path:
    """Write (N,) or (N, channels) in the format named by `ending` (whatever the path is called)."""
    if ending in SOUNDFILE_FORMATS:
        kind, subtype = SOUNDFILE_FORMATS[ending]
        with soundfile.SoundFile(path, "w", rate, 1 if samples.ndim == 1 else samples.shape[1],
                                 subtype, format=kind) as file:
            for start in range(0, len(samples), 8192):  # one long OGG write can kill the process
                file.write(samples[start:start + 8192])
    else:
        kind, codec = AV_FORMATS[ending]
        with av.open(str(path), "w", format=kind) as container:
            encode_track(container, container.add_stream(codec, rate=rate, layout="mono"), samples, rate)
    return path


def encode_track(container: av.container.OutputContainer, stream: av.AudioStream, samples: np.ndarray,
                 rate: int) -> None:
    """Encode (N,) mono into a stream of an open container."""
    for start in range(0, len(samples), 1024):
        block = np.ascontiguousarray(samples[None, start:start + 1024], np.float32)
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = rate, start
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
