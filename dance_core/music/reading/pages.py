"""Pages of an Ogg file: its links (one song after another), the logical streams in each, and what is lost.

RFC 3533 (Ogg), RFC 7845 (Opus in Ogg), the Vorbis I specification, and Xiph's FLAC mapping.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dance_core.music.reading.view import Data, joined

_HEAD = struct.Struct("<4sBBqIIIB")
_REVERSED = bytes(int(f"{n:08b}"[::-1], 2) for n in range(256))
BEGINS, ENDS = 2, 4  # flags of a page


@dataclass
class Stream:
    """A logical stream of sound within a link.

    Attributes:
        coding: "vorbis", "opus", "flac", "speex" or "" (no sound that anybody knows).
        rate: ticks a second of its clock.
        pieces: what its pages are: (from, to), or bytes.
        lost: seconds in pages that are missing or damaged.
        ended: whether its last page says that it is the last one.
    """

    coding: str
    rate: int
    pieces: list[Any] = field(default_factory=list)
    lost: float = 0.0
    ended: bool = False
    _number: int = -1
    _clock: int = -1
    _usual: int = 0

    def add(self, at: int, stop: int, flags: int, clock: int, number: int) -> None:
        """Take the next page of this stream."""
        self.pieces.append((at, stop))
        self.ended |= bool(flags & ENDS)
        if clock > 0:
            steps = clock - self._clock
            if self._clock > 0 and number > self._number + 1:
                self.lost += max(0, steps - self._usual) / self.rate
            elif self._clock > 0 and steps > 0:
                self._usual = steps
            self._clock = clock
        self._number = number


def crc(page: bytes) -> int:
    """An Ogg page's checksum: the polynomial of zlib's, but high bit first, from 0, nothing inverted."""
    turned = zlib.crc32(page.translate(_REVERSED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int.from_bytes(turned.to_bytes(4, "big").translate(_REVERSED), "little")


def whole(page: bytes) -> bool:
    """Whether the checksum of a page is right."""
    return crc(page[:22] + bytes(4) + page[26:]) == int.from_bytes(page[22:26], "little")


def pages(data: Data, start: int, stop: int) -> Iterator[tuple[int, int, int, int, int, int, bytes]]:
    """(start, stop, flags, clock, serial, number, first 64 bytes of the body) of every page that is whole."""
    at = data.find(b"OggS", start, stop)
    while 0 <= at <= stop - 27:
        _, _, flags, clock, serial, number, _, count = _HEAD.unpack_from(data, at)
        body = at + 27 + count
        end = body + sum(data[at + 27:body])
        if end <= stop and whole(data[at:end]):
            yield at, end, flags, clock, serial, number, data[body:min(end, body + 64)]
            at = end if data[end:end + 4] == b"OggS" else data.find(b"OggS", end, stop)
        else:
            at = data.find(b"OggS", at + 4, stop)


def _rewind(stream: Stream, data: Data) -> None:
    """Let an Opus stream out of a running one begin at 0: libsndfile trims its start by the clock."""
    where = stream.pieces
    stream.pieces = joined(where)
    clocks = [int.from_bytes(data[at + 6:at + 14], "little", signed=True) for at, _ in where]
    first = next((k for k, clock in enumerate(clocks) if clock > 0), None)
    if stream.coding != "opus" or first is None:
        return
    late = clocks[first] - sum(_opus_ticks(packet) for packet in _packets(data[slice(*where[first])]))
    if late <= 0:
        return
    stream.pieces = []
    for (at, stop), clock in zip(where, clocks, strict=True):
        page = data[at:stop]
        if clock > 0:
            page = page[:6] + struct.pack("<q", max(0, clock - late)) + page[14:22] + bytes(4) + page[26:]
            page = page[:22] + struct.pack("<I", crc(page)) + page[26:]
        stream.pieces += [page[:27], (at + 27, stop)]


def _packets(page: bytes) -> list[bytes]:
    """The beginnings (2 bytes) of the packets that begin and end on a page."""
    at, out, going, begun = 27 + page[26], [], bool(page[5] & 1), 27 + page[26]
    for length in page[27:27 + page[26]]:
        at += length
        if length < 255:
            if not going:
                out.append(page[begun:begun + 2])
            begun, going = at, False
    return out


def _opus_ticks(packet: bytes) -> int:
    """Samples at 48 kHz of an Opus packet, from its first two bytes (RFC 6716, 3.1)."""
    if not packet:
        return 0
    config, code = packet[0] >> 3, packet[0] & 3
    if config < 12:
        each = (480, 960, 1920, 2880)[config & 3]
    else:
        each = (480, 960)[config & 1] if config < 16 else (120, 240, 480, 960)[config & 3]
    count = (1, 2, 2, packet[1] & 63 if len(packet) > 1 else 0)[code]
    return each * count


def _stream(body: bytes) -> Stream:
    if body[:7] == b"\x01vorbis" and len(body) >= 16:
        return Stream("vorbis", max(1, struct.unpack("<I", body[12:16])[0]))
    if body[:8] == b"OpusHead":
        return Stream("opus", 48_000)
    if body[:5] == b"\x7fFLAC" and len(body) >= 35:
        return Stream("flac", max(1, int.from_bytes(body[27:35], "big") >> 44))
    if body[:8] == b"Speex   " and len(body) >= 40:
        return Stream("speex", max(1, struct.unpack("<I", body[36:40])[0]))
    return Stream("", 1)


def links(data: Data, start: int, stop: int) -> list[list[Stream]]:
    """The links of a file that have sound, in order, each with its streams of sound."""
    found: list[dict[int, Stream]] = []
    running = True
    for at, end, flags, clock, serial, number, body in pages(data, start, stop):
        if flags & BEGINS:
            if running:
                found.append({})
                running = False
            found[-1][serial] = _stream(body)
        elif found:
            running = True
        if found and serial in found[-1]:
            found[-1][serial].add(at, end, flags, clock, number)
    out = []
    for link in found:
        streams = [s for s in link.values() if s.coding and len(s.pieces) > 1]
        for stream in streams:
            _rewind(stream, data)
        if streams:
            out.append(streams)
    return out
