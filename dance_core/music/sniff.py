"""Which container a file is and what its header promises, read in plain Python.

The decoders' own C code sees an upload only in the limited process of worker.py. What is known
before that comes from here: a few reads and seeks, no decoding, no memory that a file could blow
up. A three-hour song is turned away in well under a millisecond.

Everything is a promise of the file, nothing more: what isn't stated is None, and the decoder counts again.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

_STREAMED = 0x7FFF_0000  # sizes from here up are what recorders write that couldn't go back: unknown
_MAX_STEPS = 512  # chunks, boxes or elements looked at before giving up


@dataclass(frozen=True)
class Header:
    """What a file says about itself.

    Attributes:
        kind: "wav", "flac", "ogg", "mp3", "aiff", "mp4" or "matroska".
        seconds, sample_rate (Hz), channels: as promised, None where the header doesn't say.
        cut: an Ogg that ends inside a page and was never ended. The other kinds say how long they
            are, so that a missing half shows as seconds that can't be decoded.
    """

    kind: str
    seconds: float | None = None
    sample_rate: int | None = None
    channels: int | None = None
    cut: bool = False


def read_header(file: BinaryIO, size: int) -> Header | None:
    """The Header of an open file of `size` bytes, by content; None if it is no audio that we know.

    Never raises on bad bytes: a header that makes no sense yields a Header that promises nothing.
    """
    file.seek(0)
    start = skip_id3(file, size)
    file.seek(start)
    head = file.read(64)
    kind = _kind(head)
    if kind is None:
        return _mp3(file, start, size)
    try:
        return _READERS[kind](file, start, size)
    except (struct.error, ValueError, ZeroDivisionError, OverflowError, IndexError):
        return Header(kind)


def skip_id3(file: BinaryIO, size: int) -> int:
    """Offset of the first byte after the ID3v2 tags in front (0 without one)."""
    at = 0
    for _ in range(8):
        file.seek(at)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) > 127:
            break
        at += 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]) + (10 if head[5] & 16 else 0)
    return min(at, size)


def _kind(head: bytes) -> str | None:
    if head[:4] in (b"RIFF", b"RIFX", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"OggS":
        return "ogg"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    return None


def _wav(file: BinaryIO, start: int, size: int) -> Header:
    file.seek(start)
    order = ">" if file.read(4) == b"RIFX" else "<"
    at, long_size = start + 12, None
    rate = channels = bytes_per_second = None
    for _ in range(_MAX_STEPS):
        file.seek(at)
        name, length = struct.unpack(order + "4sI", file.read(8))
        if name == b"ds64":
            long_size = struct.unpack("<QQ", file.read(16))[1]
        elif name == b"fmt ":
            code, channels, rate, average, align = struct.unpack(order + "HHIIH", file.read(14))
            # PCM and float say exactly how many bytes a sample takes; for packed codings the average must do.
            bytes_per_second = align * rate if code in (1, 3, 0xFFFE) else average
        elif name == b"data":
            if long_size is not None and length == 0xFFFF_FFFF:
                length = long_size
            elif not 0 < length < _STREAMED:
                length = size - at - 8
            seconds = length / bytes_per_second if bytes_per_second else None
            return Header("wav", seconds, rate, channels)
        at += 8 + length + length % 2
    return Header("wav", None, rate, channels)


def _aiff(file: BinaryIO, start: int, size: int) -> Header:
    at = start + 12
    for _ in range(_MAX_STEPS):
        file.seek(at)
        name, length = struct.unpack(">4sI", file.read(8))
        if name == b"COMM":
            channels, frames, _, exponent, mantissa = struct.unpack(">HIHHQ", file.read(18))
            rate = round(mantissa * 2.0 ** ((exponent & 0x7FFF) - 16383 - 63))  # 80-bit float
            return Header("aiff", frames / rate, rate, channels)
        at += 8 + length + length % 2
    return Header("aiff")


def _flac(file: BinaryIO, start: int, size: int) -> Header:
    file.seek(start + 8)  # "fLaC", then the header of the STREAMINFO block, which must come first
    bits = int.from_bytes(file.read(34)[10:18], "big")  # 20 rate, 3 channels-1, 5 bits-1, 36 frames
    rate, channels, frames = bits >> 44, (bits >> 41 & 7) + 1, bits & (1 << 36) - 1
    return Header("flac", frames / rate if frames else None, rate, channels)


def _ogg(file: BinaryIO, start: int, size: int) -> Header:
    file.seek(start)
    page = file.read(27 + 255 + 64)
    serial, body = page[14:18], page[27 + page[26]:]
    if body[:7] == b"\x01vorbis":
        channels, rate = struct.unpack("<BI", body[11:16])
        clock, skip = rate, 0
    elif body[:8] == b"OpusHead":
        channels, skip, rate = struct.unpack("<BHI", body[9:16])
        clock = rate = 48_000  # Opus always counts at 48 kHz, whatever was put in
    elif body[:5] == b"\x7fFLAC":
        bits = int.from_bytes(body[27:35], "big")
        rate, channels = bits >> 44, (bits >> 41 & 7) + 1
        clock, skip = rate, 0
    else:
        return Header("ogg")
    file.seek(max(start, size - (1 << 17)))  # two pages' room: a page has at most 65,307 bytes
    tail = file.read(1 << 17)
    at, seconds, ended, torn = len(tail), None, False, False
    for _ in range(_MAX_STEPS):
        at = tail.rfind(b"OggS", 0, at)
        if at < 0 or len(tail) - at < 27:
            break
        length = 27 + tail[at + 26] + sum(tail[at + 27:at + 27 + tail[at + 26]])
        torn |= at + length > len(tail)
        granule = int.from_bytes(tail[at + 6:at + 14], "little", signed=True)
        if tail[at + 14:at + 18] == serial and granule >= 0:
            ended, seconds = bool(tail[at + 5] & 4), max(0, granule - skip) / clock
            break
    return Header("ogg", seconds, rate, channels, cut=torn and not ended)


def _mp4(file: BinaryIO, start: int, size: int) -> Header:
    at, stop = start, size
    for _ in range(_MAX_STEPS):
        if at + 8 > stop:
            break
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if length == 1:
            length = struct.unpack(">Q", file.read(8))[0]
        elif length == 0:
            length = stop - at
        if name == b"moov":
            stop, length = min(stop, at + length), 8  # step inside
        elif name == b"mvhd":
            version = file.read(4)[0]
            file.seek(16 if version else 8, 1)
            scale, ticks = struct.unpack(">IQ" if version else ">II", file.read(12 if version else 8))
            known = ticks and ticks < (1 << (64 if version else 32)) - 1  # 0 where it comes in fragments
            return Header("mp4", ticks / scale if known else None)
        if length < 8:
            break
        at += length
    return Header("mp4")


def _ebml(file: BinaryIO, keep_marker: bool) -> int:
    """One EBML variable-length number; all ones (an unknown size) comes back as -1."""
    first = file.read(1)[0]
    length = 9 - first.bit_length()
    if length > 8:
        raise ValueError("no EBML number")
    raw = int.from_bytes(bytes([first]) + file.read(length - 1), "big")
    ones = (1 << 7 * length) - 1
    if keep_marker:
        return raw
    return -1 if raw & ones == ones else raw & ones


def _matroska(file: BinaryIO, start: int, size: int) -> Header:
    at, scale, ticks, info_stop = start, 1_000_000, None, None
    for _ in range(_MAX_STEPS):
        if at >= size or (info_stop is not None and at >= info_stop):
            break
        file.seek(at)
        name, length = _ebml(file, True), _ebml(file, False)
        body = file.tell()
        if name in (0x18538067, 0x1549A966):  # Segment, Info: step inside
            if name == 0x1549A966:
                info_stop = body + length
            length = 0
        elif name == 0x2AD7B1:  # TimestampScale, nanoseconds a tick
            scale = int.from_bytes(file.read(min(length, 8)), "big")
        elif name == 0x4489:  # Duration
            ticks = struct.unpack(">f" if length == 4 else ">d", file.read(length if length == 4 else 8))[0]
        elif name == 0x1F43B675 or length < 0:  # the first Cluster: no Info came before it
            break
        at = body + length
    seconds = ticks * scale / 1e9 if ticks is not None and 0 < ticks < 1e18 else None
    return Header("matroska", seconds)


_MP3_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _mp3_frame(head: bytes) -> tuple[int, int, int, int, int] | None:
    """(bytes, sample rate, channels, samples, side information's size) of a layer III frame header."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, bits, rate_index = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate_index == 3:
        return None
    rate, mono = _MP3_RATES[version][rate_index], head[3] >> 6 == 3
    kbits = (_KBITS_1 if version == 3 else _KBITS_2)[bits]
    samples = 1152 if version == 3 else 576
    side = (17 if mono else 32) if version == 3 else (9 if mono else 17)
    return samples // 8 * kbits * 1000 // rate + (head[2] >> 1 & 1), rate, 2 - mono, samples, side


def _mp3(file: BinaryIO, start: int, size: int) -> Header | None:
    """An MP3 is known by three frames in a row, somewhere in the 64 KB after the tags."""
    file.seek(start)
    data = file.read((1 << 16) + 3 * 2048)
    at = data.find(b"\xff", 0, 1 << 16)
    while at >= 0:
        frame, following = _mp3_frame(data[at:at + 4]), at
        for _ in range(2):
            here = _mp3_frame(data[following:following + 4])
            if here is None:
                break
            following += here[0]
        else:
            third = data[following:following + 4]
            if frame and (_mp3_frame(third) or start + following >= size - 128):
                return _mp3_header(data[at:at + frame[0]], frame)
        at = data.find(b"\xff", at + 1, 1 << 16)
    return None


def _mp3_header(first: bytes, frame: tuple[int, int, int, int, int]) -> Header:
    _, rate, channels, samples, side = frame
    tag = first[4 + side:4 + side + 12]
    seconds = None  # without a Xing or Info tag the first frame says nothing about the rest
    if tag[:4] in (b"Xing", b"Info") and len(tag) == 12 and tag[7] & 1:
        seconds = int.from_bytes(tag[8:12], "big") * samples / rate
    return Header("mp3", seconds, rate, channels)


_READERS = {"wav": _wav, "flac": _flac, "ogg": _ogg, "aiff": _aiff, "mp4": _mp4, "matroska": _matroska}
