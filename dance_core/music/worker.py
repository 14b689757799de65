"""Decodes one song in a process of its own. Run as a script by decode.py, never imported by the app.

    python -I -B worker.py KIND RATE MAX_SECONDS MEMORY_MB CPU_SECONDS < song > messages

The song is standard input, already open: no path, no network, no file is opened here, and the limits are set
before the first byte is read. It stands alone (numpy, soundfile, soxr; PyAV only where needed), so
that it starts in a tenth of a second.

Messages on standard output: one letter, four bytes little-endian length, payload.

    I  JSON: sample_rate, channels, seconds promised (or null), title (or null); once, before the samples
    S  float32 little-endian, mono at RATE
    A  nothing: forget the samples so far, they come again in another mix
    E  JSON: seconds decoded, seconds lost to unreadable parts; the end
    X  JSON: why ("unreadable", "broken", "nan", "wild", "memory", "tracks") and at (seconds); given up
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

BLOCK = 1 << 16  # frames read at once
WILD = 1e10  # louder than any integer format written as float: not sound
CANCELLED = 1e-4  # power of the mono mix over that of the channels below which they cancel out
DEMUXERS = {"wav": "wav", "flac": "flac", "ogg": "ogg", "mp3": "mp3", "aiff": "aiff",
            "mp4": "mov", "matroska": "matroska"}


class GivenUp(Exception):
    """The song can't be decoded; args: why, at (seconds)."""


def limit(memory_mb: int, cpu_seconds: int) -> None:
    """No more memory than this, no more CPU time, no file written, no core dump (POSIX only)."""
    try:
        import resource
    except ImportError:  # Windows: the wall-clock limit and the caps remain
        return
    memory = memory_mb << 20
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds),
                       (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # lower than we ask already, or unknown here
            resource.setrlimit(what, (most, most))


def open_soundfile() -> tuple[dict[str, Any], Iterator[Any]]:
    """Header and blocks (frames, channels) float32 by libsndfile. Raises GivenUp("unreadable", 0)."""
    import soundfile

    os.lseek(0, 0, os.SEEK_SET)
    try:
        file = soundfile.SoundFile(os.dup(0))
    except (soundfile.LibsndfileError, TypeError, ValueError) as error:
        raise GivenUp("unreadable", 0.0) from error
    title = " – ".join(t for t in (file.artist, file.title) if t) if file.title else None
    # libsndfile guesses the length of an MP3 from its size (cover picture included): no promise.
    known = file.format != "MP3" and 0 < file.frames < 1 << 48
    info = {"sample_rate": file.samplerate, "channels": file.channels, "title": title,
            "seconds": file.frames / file.samplerate if known else None}

    def blocks() -> Iterator[Any]:
        done = 0
        while True:
            try:
                block = file.read(BLOCK, dtype="float32", always_2d=True)
            except soundfile.LibsndfileError as error:
                raise GivenUp("broken", done / file.samplerate) from error
            if not len(block):
                return
            done += len(block)
            yield block

    return info, blocks()


def open_av(kind: str, lost: list[float]) -> tuple[dict[str, Any], Iterator[Any]]:
    """The same by ffmpeg's libraries. Seconds in packets that can't be decoded are added to `lost`."""
    import av

    os.lseek(0, 0, os.SEEK_SET)
    try:
        # The demuxer is named: playlists and other formats that open further files are never tried.
        container = av.open(os.fdopen(os.dup(0), "rb"), format=DEMUXERS[kind], metadata_errors="replace")
        if not container.streams.audio:
            raise GivenUp("tracks", 0.0)
        stream = container.streams.audio[0]
        frames = _av_frames(container, stream, lost)
        first = next(frames, None)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise GivenUp("unreadable", 0.0) from error
    if first is None:
        raise GivenUp("unreadable", 0.0)
    seconds = None
    if kind == "mp3":
        pass  # a guess from the size
    elif stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration and not container.streams.video:  # a film may outlast its sound
        seconds = container.duration / 1e6
    tags = {key.lower(): value for source in (stream.metadata, container.metadata)
            for key, value in source.items()}
    title = " – ".join(t for t in (tags.get("artist"), tags.get("title")) if t) if tags.get("title") else None
    # The stream's own rate can be half the truth (HE-AAC): the first decoded frame knows.
    info = {"sample_rate": first.sample_rate, "channels": first.layout.nb_channels, "title": title,
            "seconds": seconds}

    def blocks() -> Iterator[Any]:
        frame = first
        while frame is not None:
            if frame.sample_rate != first.sample_rate:
                raise GivenUp("broken", float(frame.time or 0.0))
            yield _av_samples(frame)
            frame = next(frames, None)

    return info, blocks()


def _av_frames(container: Any, stream: Any, lost: list[float]) -> Iterator[Any]:
    import av

    packets, at = container.demux(stream), 0.0
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError as error:
            raise GivenUp("broken", at) from error
        if packet is None:
            return
        try:
            frames = packet.decode()
        except av.FFmpegError:
            lost[0] += float((packet.duration or 0) * (packet.time_base or 0))
            continue
        for frame in frames:
            at = float(frame.time or at)
            yield frame


def _av_samples(frame: Any) -> Any:
    """(frames, channels) float32, -1 to 1, of an ffmpeg audio frame in any sample format."""
    import numpy as np

    raw = frame.to_ndarray()
    data = raw.T if frame.format.is_planar else raw.reshape(-1, frame.layout.nb_channels)
    if data.dtype.kind == "u":
        return (data.astype(np.float32) - 128) / 128
    if data.dtype.kind == "i":
        return data.astype(np.float32) / float(1 << 8 * data.dtype.itemsize - 1)
    return data.astype(np.float32)


class Sender:
    """Writes messages, and the samples resampled to one rate."""

    def __init__(self, out: BinaryIO, rate: int) -> None:
        self.out, self.rate = out, rate

    def message(self, letter: bytes, payload: bytes = b"") -> None:
        self.out.write(letter + struct.pack("<I", len(payload)) + payload)

    def json(self, letter: bytes, content: dict[str, Any]) -> None:
        self.message(letter, json.dumps(content).encode())

    def stream(self, info: dict[str, Any], blocks: Iterator[Any], max_seconds: float,
               channel: int | None) -> tuple[float, Any]:
        """Send all samples. channel: take this one; None: the mean. Returns seconds decoded and, per
        channel and at last for the mono mix, the power."""
        import numpy as np
        import soxr

        rate = info["sample_rate"]
        resampler = soxr.ResampleStream(rate, self.rate, 1, dtype="float32") if rate != self.rate else None
        frames, power, empty = 0, np.zeros(info["channels"] + 1), np.zeros(0, np.float32)
        enough = round((max_seconds + 1) * rate)  # whatever the header said: enough to refuse it
        for block in blocks:
            block = block[:enough - frames]
            if not np.isfinite(block).all():
                row = int(np.argmin(np.isfinite(block).all(1)))
                raise GivenUp("nan", (frames + row) / rate)
            if len(block) and np.abs(block).max() > WILD:
                raise GivenUp("wild", frames / rate)
            mono = block.mean(1) if channel is None else block[:, min(channel, block.shape[1] - 1)]
            powers = np.einsum("nc,nc->c", block, block, dtype=np.float64)[:len(power) - 1]
            power[:len(powers)] += powers
            power[-1] += float(np.dot(mono, mono))
            frames += len(block)
            self.samples(resampler.resample_chunk(np.ascontiguousarray(mono)) if resampler else mono)
            if frames >= enough:
                break
        if resampler:
            self.samples(resampler.resample_chunk(empty, last=True))
        return frames / rate, power

    def samples(self, mono: Any) -> None:
        if len(mono):
            self.message(b"S", mono.astype("<f4").tobytes())


def decode(kind: str, sender: Sender, max_seconds: float) -> None:
    """Decode standard input; every way out but a crash sends E or X."""
    lost = [0.0]

    def opened() -> tuple[dict[str, Any], Iterator[Any]]:
        lost[0] = 0.0
        if kind in ("mp4", "matroska"):
            return open_av(kind, lost)
        try:
            return open_soundfile()
        except GivenUp:  # a coding that libsndfile doesn't know, e.g. MP3 inside WAV
            return open_av(kind, lost)

    try:
        info, blocks = opened()
        sender.json(b"I", info)
        seconds, power = sender.stream(info, blocks, max_seconds, None)
        if power[-1] < CANCELLED * power[:-1].mean():  # e.g. left = -right: their mean would be silence
            sender.message(b"A")
            _, blocks = opened()
            seconds, _ = sender.stream(info, blocks, max_seconds, int(power[:-1].argmax()))
        sender.json(b"E", {"seconds": seconds, "lost": lost[0]})
    except GivenUp as error:
        sender.json(b"X", {"why": error.args[0], "at": error.args[1]})
    except MemoryError:
        sender.json(b"X", {"why": "memory", "at": 0.0})


def main(arguments: list[str]) -> None:
    kind, rate, max_seconds, memory_mb, cpu_seconds = arguments
    limit(int(memory_mb), int(cpu_seconds))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # C libraries that print mustn't print into the messages
    with out:
        decode(kind, Sender(out, int(rate)), float(max_seconds))


if __name__ == "__main__":
    main(sys.argv[1:])
