"""Which container a file is and what its header promises, read in plain Python.

The decoders' own C code sees an upload only in the limited process of worker.py. What is known
before that comes from here: a few reads and seeks, no decoding, no memory that a file could blow
up. A three-hour song is turned away in well under a millisecond.

Everything is a promise of the file, nothing more: what isn't stated is None, and the decoder counts again.
"""

from __future__ import annotations

import dataclasses
import struct
from dataclasses import dataclass
from typing import BinaryIO

from dance_core.music.reading import mpeg, riff

_SEARCHED = 1 << 22  # bytes behind the tags in which MP3 frames are looked for
_LATE_S = 10.0  # a first page has less sound than this
_OLD_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_MAX_STEPS = 512  # chunks, boxes or elements looked at before giving up


@dataclass(frozen=True)
class Header:
    """What a file says about itself.

    Attributes:
        kind: "wav", "flac", "ogg", "mp3", "aac", "aiff", "mp4" or "matroska".
        seconds, sample_rate (Hz), channels: as promised, None where the header doesn't say.
        cut: an Ogg that ends inside a page and was never ended. The other kinds say how long they
            are, so that a missing half shows as seconds that can't be decoded.
        start: the first byte of the sound, behind tags and filling.
    """

    kind: str
    seconds: float | None = None
    sample_rate: int | None = None
    channels: int | None = None
    cut: bool = False
    start: int = 0


def read_header(file: BinaryIO, size: int) -> Header | None:
    """The Header of an open file of `size` bytes, by content; None if it is no audio that we know.

    Never raises on bad bytes: a header that makes no sense yields a Header that promises nothing.
    """
    start = skip_tags(file, size)
    head = _bytes(file)(start, 1 << 16)
    kind = _kind(head[:64])
    page = head.find(b"OggS\0\2")
    if kind is None and page > 0:  # what a recorder of streams left in front of the first page
        kind, start = "ogg", start + page
    if kind is None or kind == "mp4" and not _is_mp4(file, start, size):
        return _mpeg(file, start, size)
    try:
        header = _READERS[kind](file, start, size)
    except (struct.error, ValueError, ZeroDivisionError, OverflowError, IndexError):
        header = Header(kind)
    return dataclasses.replace(header, start=start)


def skip_tags(file: BinaryIO, size: int) -> int:
    """Offset of the first byte after the tags (ID3v2, APE) and zeros in front; 0 without any.

    Some programs write the size of an ID3 tag as a plain number, others count a tag before it is made free of
    sync patterns, or leave filling behind it: of what the size may mean, that is right where sound begins.
    """
    read, at = _bytes(file), 0
    for _ in range(8):
        head = read(at, 32)
        sizes = []
        if head[:3] == b"ID3" and len(head) > 10:
            if max(head[6:10]) < 128:
                sizes.append(mpeg.tag_size(head, 0))
            sizes.append(10 + int.from_bytes(head[6:10], "big"))
        elif head[:8] == b"APETAGEX":
            sizes.append(mpeg.tag_size(head, 0))
        elif head[:4] == bytes(4) and head[4:8] != b"ftyp":
            sizes.append(0)
        else:
            return at
        places = [place for place in (_past_zeros(read, at + s, size) for s in sizes) if place < size]
        good = next((p for p in places if _sounds(read, p, size)), None)
        if good is None and (not places or not sizes[0]):
            return min(at, size)
        at = places[0] if good is None else good
    return min(at, size)


def _past_zeros(read: riff.Read, at: int, size: int) -> int:
    while at < size:
        block = read(at, 1 << 14)
        rest = block.lstrip(b"\0")
        if rest or not block:
            return at + len(block) - len(rest)
        at += len(block)
    return size


def _sounds(read: riff.Read, at: int, size: int) -> bool:
    """Whether something that we know begins here, another tag included."""
    data = read(at, 4 * mpeg.LONGEST)
    return bool(_kind(data[:64]) or data[:3] == b"ID3" or data[:8] == b"APETAGEX"
                or mpeg.begins(data, 0, min(len(data), size - at), 3))


def _kind(head: bytes) -> str | None:
    if riff.is_wave(head):
        return "wav"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"OggS":
        return "ogg"
    if riff.is_aiff(head):
        return "aiff"
    if head[4:8] in (b"ftyp", *_OLD_BOXES):
        return "mp4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    return None


def _wav(file: BinaryIO, start: int, size: int) -> Header:
    return _wave_header("wav", riff.read_wave(_bytes(file), start, size), start)


def _aiff(file: BinaryIO, start: int, size: int) -> Header:
    return _wave_header("aiff", riff.read_aiff(_bytes(file), start, size), start)


def _wave_header(kind: str, wave: riff.Wave | None, start: int) -> Header:
    if wave is None:
        return Header(kind)
    return Header(kind, wave.seconds, wave.rate, wave.channels)


def _is_mp4(file: BinaryIO, start: int, size: int) -> bool:
    """Whether these are boxes: old QuickTime films begin with any, and then must have a moov."""
    read, at = _bytes(file), start
    if read(start, 8)[4:] == b"ftyp":
        return True
    for _ in range(8):
        head = read(at, 16)
        if len(head) < 8 or not head[4:8].isalpha():
            return False
        if head[4:8] == b"moov":
            return True
        length = int.from_bytes(head[8:16] if head[:4] == b"\0\0\0\1" else head[:4], "big")
        if length < 8:
            return False
        at += length
    return False


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
            # Cut out of a running stream, its clock begins late: what the first page ends with is taken off.
            late = _first_clock(_bytes(file)(start, 1 << 18), serial)
            late = late if late > clock * _LATE_S else skip
            ended, seconds = bool(tail[at + 5] & 4), max(0, granule - late) / clock
            break
    return Header("ogg", seconds, rate, channels, cut=torn and not ended)


def _first_clock(data: bytes, serial: bytes) -> int:
    """The clock of the first page of a stream that ends a packet of sound; 0 where none is near."""
    at = data.find(b"OggS")
    while 0 <= at <= len(data) - 27:
        clock = int.from_bytes(data[at + 6:at + 14], "little", signed=True)
        if data[at + 14:at + 18] == serial and clock > 0:
            return clock
        at = data.find(b"OggS", at + 27)
    return 0


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


def _mpeg(file: BinaryIO, start: int, size: int) -> Header | None:
    """Frames have no mark that is theirs alone: some in a row are an MP3 or AAC, also behind junk."""
    data = _bytes(file)(start, _SEARCHED)
    at, stop = 0, min(size - start, len(data))
    found = mpeg.begins(data, 0, stop, 3)
    if found is None:
        # Junk, or the rest of a tag whose size was wrong: a picture looks like frames, but not for long.
        at = mpeg.first_frame(data, 0, stop, 3 if start else 5)
        found = mpeg.frame(data[at:at + 6]) if at >= 0 else None
    if found is None:
        return None
    # Without a tag the first frame says nothing about the rest.
    seconds, tag = None, mpeg.info_tag(data, at, found)
    if tag is not None and tag.frames:
        seconds = tag.frames * found.samples / found.rate
    kind = "mp3" if found.layer else "aac"
    return Header(kind, seconds, found.rate, found.channels or None, start=start + at)


def _bytes(file: BinaryIO) -> riff.Read:
    def read(at: int, count: int) -> bytes:
        file.seek(at)
        return file.read(count)
    return read


_READERS = {"wav": _wav, "flac": _flac, "ogg": _ogg, "aiff": _aiff, "mp4": _mp4, "matroska": _matroska}
