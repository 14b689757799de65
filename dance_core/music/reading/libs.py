"""A part of a file → blocks of samples, by libsndfile (soundfile) or by ffmpeg's libraries (PyAV).

Each is right where the other isn't: libsndfile trims what coders add, to the sample, but stops at the length
that a header says and knows no films; ffmpeg reads on, but leaves padding in and trips over streams that
follow each other.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dance_core.music.reading.parts import Source
from dance_core.music.reading.view import Data, Piece

BLOCK = 1 << 16  # frames read at once
DEMUXERS = {"wav": "wav", "flac": "flac", "ogg": "ogg", "mp3": "mp3", "aac": "aac", "aiff": "aiff",
            "mp4": "mov", "matroska": "matroska"}
BY_AV = ("mp4", "matroska", "aac")  # kinds that libsndfile doesn't read


class GivenUp(Exception):
    """The song can't be decoded; args: why, at (seconds)."""


@dataclass
class Opened:
    """A part that is being decoded.

    Attributes:
        sample_rate, channels: of the first block.
        title: from the tags, or None.
        promised: seconds by the decoder's reading of the header, or None.
        blocks: ((n, channels) float32, sample rate), in order; rate and channels may change. Raises GivenUp.
        lost: seconds in packets that could not be decoded, so far.
    """

    sample_rate: int
    channels: int
    title: str | None
    promised: float | None
    blocks: Iterator[tuple[Any, int]]
    lost: float = 0.0


def open_soundfile(source: Source, data: Data) -> Opened:
    """By libsndfile. Raises GivenUp("unreadable", 0) for what it doesn't know."""
    import soundfile

    try:
        file = soundfile.SoundFile(source.view(data))
    except (soundfile.LibsndfileError, TypeError, ValueError) as error:
        raise GivenUp("unreadable", 0.0) from error
    title = _title(file.artist, file.title)

    def blocks() -> Iterator[tuple[Any, int]]:
        done = 0
        while True:
            try:
                block = file.read(BLOCK, dtype="float32", always_2d=True)
            except soundfile.LibsndfileError as error:
                raise GivenUp("broken", done / file.samplerate) from error
            if not len(block):
                return
            done += len(block)
            yield block, file.samplerate

    return Opened(file.samplerate, file.channels, title, None, blocks())


def _title(artist: str | None, title: str | None) -> str | None:
    return " – ".join(t for t in (artist, title) if t) if title else None


def _container(source: Source, data: Data) -> Any:
    import av

    # The demuxer is named: playlists and other formats that open further files are never tried.
    try:
        return av.open(source.view(data), format=DEMUXERS[source.kind], metadata_errors="replace")
    except (av.FFmpegError, ValueError, OSError) as error:
        raise GivenUp("unreadable", 0.0) from error


def av_tracks(source: Source, data: Data) -> list[tuple[int, bool]]:
    """(index, whether the file calls it the default) of each track of sound. Raises GivenUp."""
    import av

    with _container(source, data) as container:
        default = av.stream.Disposition.default
        return [(k, bool(stream.disposition & default)) for k, stream in enumerate(container.streams.audio)]


def open_av(source: Source, data: Data, track: int = 0) -> Opened:
    """By ffmpeg's libraries. track: which of the tracks of sound."""
    import av

    container = _container(source, data)
    if len(container.streams.audio) <= track:
        raise GivenUp("tracks", 0.0)
    stream = container.streams.audio[track]
    opened = Opened(0, 0, None, None, iter(()))
    frames = _frames(container, stream, opened)
    try:
        first = next(frames, None)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise GivenUp("unreadable", 0.0) from error
    if first is None:
        raise GivenUp("unreadable", 0.0)
    tags = {key.lower(): value for s in (stream.metadata, container.metadata) for key, value in s.items()}
    opened.title = _title(tags.get("artist"), tags.get("title"))
    # The stream's own rate can be half the truth (HE-AAC): the first decoded frame knows.
    opened.sample_rate, opened.channels = first.sample_rate, first.layout.nb_channels

    def blocks() -> Iterator[tuple[Any, int]]:
        gathered: list[Any] = []
        count, before = 0, (first.sample_rate, first.layout.nb_channels)
        for frame in itertools.chain([first], frames):
            now = frame.sample_rate, frame.layout.nb_channels
            if gathered and (now != before or count >= BLOCK):  # frames are small: some to a block
                yield np.concatenate(gathered), before[0]
                gathered, count = [], 0
            gathered.append(_samples(frame))
            count, before = count + frame.samples, now
        yield np.concatenate(gathered), before[0]

    opened.blocks = blocks()
    return opened


def _frames(container: Any, stream: Any, opened: Opened) -> Iterator[Any]:
    import av

    packets, at, seen = container.demux(stream), 0.0, 0
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError as error:
            raise GivenUp("broken", at) from error
        if packet is None:
            break
        seen += packet.size > 0
        try:
            frames = packet.decode()
        except (av.FFmpegError, ValueError, AttributeError) as error:
            if stream.codec_context is None:  # a coding that nobody knows
                raise GivenUp("unreadable", 0.0) from error
            opened.lost += float(max(0, _ticks(packet)) * (packet.time_base or 0))
            continue
        for frame in frames:
            at += frame.samples / max(1, frame.sample_rate)
            yield frame
    # A table of packets (MP4) tells how many there should be; a clock alone is no witness.
    if stream.frames > seen and stream.duration and stream.time_base:
        opened.promised = float(stream.duration * stream.time_base)


def _samples(frame: Any) -> Any:
    """(frames, channels) float32, -1 to 1, of an ffmpeg audio frame in any sample format."""
    raw = frame.to_ndarray()
    data = raw.T if frame.format.is_planar else raw.reshape(-1, frame.layout.nb_channels)
    if data.dtype.kind == "u":
        return (data.astype(np.float32) - 128) / 128
    if data.dtype.kind == "i":
        return data.astype(np.float32) / float(1 << 8 * data.dtype.itemsize - 1)
    return data.astype(np.float32)


def counted(source: Source, data: Data) -> tuple[float, int]:
    """What the packets of the first track add up to, undecoded: (seconds, ticks); (0, 0): nobody knows."""
    import av

    unknown = contextlib.suppress(GivenUp, av.FFmpegError, ValueError, OSError)
    with unknown, _container(source, data) as container:
        if container.streams.audio:
            stream, ticks = container.streams.audio[0], 0
            with contextlib.suppress(av.FFmpegError):
                for packet in container.demux(stream):
                    ticks += _ticks(packet)
            return float(ticks * (stream.time_base or 0)), ticks
    return 0.0, 0


def _ticks(packet: Any) -> int:
    """How long a packet is, on its clock. FFmpeg counts in 32 bits, and the last packet of a Vorbis whose end
    is cut off by more than that packet holds has less than nothing: PyAV 18.1 says 4,294,967,264 of -32."""
    ticks = int(packet.duration or 0)
    return ticks - (1 << 32) if 1 << 31 <= ticks < 1 << 32 else ticks


def flac_of_true_length(source: Source, data: Data) -> tuple[Source, float]:
    """A FLAC whose header says what its frames add up to, and the seconds that it promised before.

    The first block, STREAMINFO, holds the rate in 20 bits from its byte 10 on and the samples in the 36 bits
    before byte 18 (RFC 9639, 8.2). libsndfile stops where it says and fails where it says nothing.
    """
    start = source.pieces[0][0]
    info = bytes(data[start + 8:start + 42])
    if len(info) < 34:
        return source, 0.0
    rate, said = int.from_bytes(info[10:13], "big") >> 4, int.from_bytes(info[13:18], "big") & (1 << 36) - 1
    _, frames = counted(source, data)
    if not (rate and 0 < frames < 1 << 36) or frames <= said:
        return source, said / rate if rate else 0.0
    fixed = bytes([info[13] & 0xF0 | frames >> 32]) + (frames & 0xFFFF_FFFF).to_bytes(4, "big")
    at = start + 8 + 13
    pieces: tuple[Piece, ...] = ((start, at), fixed, (at + 5, source.pieces[-1][1]))
    return Source(source.kind, pieces, frames / rate, source.lost, source.exact), 0.0
