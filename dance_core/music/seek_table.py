"""Give a FLAC file a seek table, which libsndfile does not write.

Without one, a browser guesses where a moment lies in the file and reads on from there. Chromium's guesses
fail for some moments in the last second of a song ("demuxer seek failed"), and the music is lost with them.
With one it jumps to the point before the moment and lets pass what comes between. A moment of the very last
frame it still loses once it has met that frame, for ffmpeg's parser takes no time from a numbered frame that
nothing follows: the player never asks for it (playback.js), and write_playback makes frames that are short.
Frames that tell their first sample instead of their number would help there, but WebKitGTK can't play them.

Formats after RFC 9639: metadata 8.1, STREAMINFO 8.2, SEEKTABLE 8.5, frame headers 9.1.
"""

from __future__ import annotations

import struct
from pathlib import Path

EVERY = 40  # frames from point to point: 1 s at 44.1 kHz and 1152 samples, 18 bytes each
LAST = 10  # frames at least from the last point to the end: Chromium can't begin with the very last one
_STREAMINFO, _SEEK_TABLE = 0, 3
_SYNC = b"\xff\xf8"  # of a frame in a file whose frames have one size, as libFLAC's have


def add_seek_table(path: str | Path) -> None:
    """Write the FLAC file anew with a seek table; its frames stay as they are, byte for byte.

    The file is not replaced in one step: give it its name afterwards. A file that has a table is left alone.

    Raises:
        ValueError: it is no FLAC of frames of one size, or its frames are not all there.
    """
    path = Path(path)
    data = path.read_bytes()
    blocks, audio = _metadata(data)
    if any(kind == _SEEK_TABLE for kind, _ in blocks):
        return
    info = blocks[0][1]
    size, largest = struct.unpack(">HH", info[:4])
    if size != largest:
        raise ValueError(f"frames of {size} to {largest} samples, expected one size")
    total = int.from_bytes(info[13:18], "big") & (1 << 36) - 1
    if not (size and total):
        raise ValueError("its length is not told")
    starts = frame_starts(data, audio, -(-total // size))
    points = b"".join(struct.pack(">QQH", n * size, starts[n] - audio, size)
                      for n in range(0, max(len(starts) - LAST, 1), EVERY))
    blocks.insert(1, (_SEEK_TABLE, points))
    with path.open("wb") as out:
        out.write(b"fLaC")
        for k, (kind, content) in enumerate(blocks):
            last = 0x80 if k == len(blocks) - 1 else 0
            out.write(bytes([last | kind]) + len(content).to_bytes(3, "big") + content)
        out.write(memoryview(data)[audio:])


def frame_starts(data: bytes, audio: int, count: int) -> list[int]:
    """Where each of `count` frames begins in the file `data`, whose first one begins at byte `audio`.

    What looks like a frame within another is told by its number and checksum. Raises ValueError: one is
    missing.
    """
    starts, at = [], audio
    for number in range(count):
        while not _begins(data, at, number):
            at = data.find(_SYNC, at + 1)
            if at < 0:
                raise ValueError(f"frame {number} of {count} is missing")
        starts.append(at)
        at += 1
    return starts


def _metadata(data: bytes) -> tuple[list[tuple[int, bytes]], int]:
    """The blocks (kind, content), STREAMINFO first, and where the frames begin."""
    if not data.startswith(b"fLaC") or len(data) < 42 or data[4] & 0x7F != _STREAMINFO:
        raise ValueError("this is no FLAC file")
    blocks, at, last = [], 4, False
    while not last:
        head = data[at:at + 4]
        if len(head) < 4:
            raise ValueError("the metadata does not end")
        last, length = head[0] >= 0x80, int.from_bytes(head[1:], "big")
        blocks.append((head[0] & 0x7F, data[at + 4:at + 4 + length]))
        at += 4 + length
    return blocks, at


def _begins(data: bytes, at: int, number: int) -> bool:
    """Whether the frame of this number begins at byte `at`."""
    coded = _coded(number)
    stop = at + 4 + len(coded)
    if data[at:at + 2] != _SYNC or data[at + 4:stop] != coded:
        return False
    stop += {6: 1, 7: 2}.get(data[at + 2] >> 4, 0)  # the size of the frame, where it is an unusual one
    stop += {12: 1, 13: 2, 14: 2}.get(data[at + 2] & 15, 0)  # and the sample rate
    return stop < len(data) and _crc8(data[at:stop]) == data[stop]


def _coded(number: int) -> bytes:
    """A frame's number as UTF-8 writes a character, surrogates too; up to 28 hours at 44.1 kHz fit."""
    return chr(number).encode("utf-8", "surrogatepass")


def _crc8(data: bytes) -> int:
    """x⁸ + x² + x + 1, beginning with 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return crc
