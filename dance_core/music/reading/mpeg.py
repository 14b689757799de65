"""Frames of MPEG audio (MP3, also layers I and II) and of AAC in ADTS: where they are and what they say.

After ISO/IEC 11172-3 2.4.1.3, 13818-3 and 13818-7 6.2; the Xing and LAME tags after LAME's own description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_AAC_RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
              7_350)
_KBITS = {  # (MPEG 1?, layer)
    (True, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SYNC = re.compile(rb"\xff[\xe2-\xff]")
LONGEST = 1 << 13  # bytes that one frame may have


class Frame(NamedTuple):
    """One frame: its bytes, Hz, channels, samples, layer (0: AAC), and how far in a tag would begin."""

    size: int
    rate: int
    channels: int
    samples: int
    layer: int
    side: int

    @property
    def stream(self) -> tuple[int, int, int]:
        """What doesn't change within a stream."""
        return self.layer, self.rate, self.channels


def frame(head: bytes) -> Frame | None:
    """Read a frame header of 4 bytes (AAC: 6); None where there is none. Free formats are not known."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    if layer == 4:
        return _adts(head)
    bits, rate_index = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate_index == 3:
        return None
    rate, first, channels = _RATES[version][rate_index], version == 3, 1 if head[3] >> 6 == 3 else 2
    speed, pad = _KBITS[first, layer][bits] * 1000, head[2] >> 1 & 1
    if layer == 1:
        return Frame((12 * speed // rate + pad) * 4, rate, channels, 384, 1, 0)
    samples = 1152 if first or layer == 2 else 576
    side = {(True, 1): 17, (True, 2): 32, (False, 1): 9, (False, 2): 17}[first, channels]
    return Frame(samples // 8 * speed // rate + pad, rate, channels, samples, layer, 4 + side)


def _adts(head: bytes) -> Frame | None:
    if len(head) < 6 or head[1] & 0xF6 != 0xF0:
        return None
    rate_index, size = head[2] >> 2 & 15, (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    channels = (head[2] & 1) << 2 | head[3] >> 6
    if rate_index >= len(_AAC_RATES) or size < 8:
        return None
    return Frame(size, _AAC_RATES[rate_index], channels, 1024, 0, 0)


def begins(data: bytes, at: int, stop: int, count: int) -> Frame | None:
    """The frame at `at` if `count` frames of one stream follow each other there, or fewer up to `stop`."""
    first = found = frame(data[at:at + 6])
    for seen in range(1, count + 1):
        if found is None or found.stream != first.stream:
            return None
        at += found.size
        if at >= stop - 3:
            return first if seen > 1 else None
        found = frame(data[at:at + 6])
        if found is None and data[at:at + 3] in (b"TAG", b"ID3", b"APE") and seen > 1:
            return first
    return first


def first_frame(data: bytes, start: int, stop: int, count: int = 4) -> int:
    """Where the first of `count` frames in a row begins; -1 if nowhere."""
    for match in _SYNC.finditer(data, start, stop):
        if begins(data, match.start(), stop, count):
            return match.start()
    return -1


def tag_size(data: bytes, at: int) -> int:
    """Bytes of an ID3 or APE tag at `at`; 0 where none is."""
    head = bytes(data[at:at + 32])
    if head[:3] == b"ID3" and len(head) >= 10 and max(head[6:10]) < 128:
        return 10 + syncsafe(head[6:10]) + (10 if head[5] & 16 else 0)
    if head[:3] == b"TAG":
        return 128
    if head[:8] == b"APETAGEX" and len(head) == 32:
        return int.from_bytes(head[12:16], "little") + (32 if head[23] & 32 else 0)
    return 0


def syncsafe(size: bytes) -> int:
    """A number in four bytes of seven bits."""
    return size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]


def walk(data: bytes, start: int, stop: int) -> Iterator[tuple[int, Frame]]:
    """Every frame from `start` to `stop` and where it is, tags and junk between them left out."""
    at, stream = start, None
    while at < stop - 3:
        found = frame(data[at:at + 6])
        # A header of another stream must be borne out by the ones after it: junk looks like frames, too.
        if found and (found.stream == stream or begins(data, at, stop, 3)):
            if at + found.size > stop:
                return
            yield at, found
            stream, at = found.stream, at + found.size
            continue
        skipped = tag_size(data, at)
        if skipped:
            at += skipped
            continue
        at = first_frame(data, at + 1, stop, 3)
        if at < 0:
            return


class Tag(NamedTuple):
    """A Xing, Info or VBRI header: where its number of frames stands, frames and bytes (None: not said), the
    samples of delay and padding that the encoder says it added."""

    at: int
    frames: int | None
    size: int | None
    padding: int


def info_tag(data: bytes, at: int, found: Frame) -> Tag | None:
    """The tag in the frame at `at`, if it is one that holds no sound."""
    if found.layer != 3:
        return None
    for side in (found.side, found.side + 2):  # with a checksum, too
        place = at + side
        if data[place:place + 4] in (b"Xing", b"Info"):
            flags = data[place + 7]
            next_at, values = place + 8, []
            for bit in (1, 2):
                values.append(int.from_bytes(data[next_at:next_at + 4], "big") if flags & bit else None)
                next_at += 4 if flags & bit else 0
            lame = next_at + (100 if flags & 4 else 0) + (4 if flags & 8 else 0)
            trimmed = data[lame + 21:lame + 24]
            known = bytes(data[lame:lame + 4]) in (b"LAME", b"Lavc", b"Lavf", b"GOGO", b"L3.9")
            padding = int.from_bytes(trimmed, "big") if known and len(trimmed) == 3 else 0
            return Tag(place + 8, values[0], values[1], (padding >> 12) + (padding & 0xFFF))
    if data[at + 36:at + 40] == b"VBRI":
        return Tag(at + 50, int.from_bytes(data[at + 50:at + 54], "big"),
                   int.from_bytes(data[at + 46:at + 50], "big"), 0)
    return None
