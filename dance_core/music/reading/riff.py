"""WAV and its relatives (RF64, BW64, RIFX, Wave64) and AIFF: which bytes are sound, whatever the sizes say.

Microsoft's RIFF; EBU Tech 3306 (RF64); ITU-R BS.2088 (BW64); Sony's Wave64 1.01; Apple's AIFF 1.3 and AIFC.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Read = Callable[[int, int], bytes]  # (offset, count) → bytes, fewer at the end
STREAMED = 0x7FFF_0000  # sizes from here up are what recorders write that couldn't go back: unknown
_MOST = 512  # chunks looked at before giving up
_W64 = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"
_PLAIN = (b"none", b"twos", b"sowt", b"fl32", b"fl64", b"in24", b"in32", b"raw ")  # codings of AIFC
PCM, FLOAT, ALAW, MULAW, MS_ADPCM, IMA_ADPCM, GSM, MP3 = 1, 3, 6, 7, 2, 0x11, 0x31, 0x55


@dataclass(frozen=True)
class Wave:
    """One WAV or AIFF within a file.

    Attributes:
        start, stop: where it lies, its trailing chunks included.
        data: (from, to) of the sound, within the file.
        promised: bytes of sound that it should have; more than there are where it is cut.
        head: bytes in front of the sound that make it a file again; None where the original serves.
        coding: WAVE's format code (1 for AIFF).
        rate, channels: Hz and number.
        seconds: of `promised`, None where the coding doesn't tell.
        exact: the coding has no blocks that are filled up.
    """

    start: int
    stop: int
    data: tuple[int, int]
    promised: int
    head: bytes | None
    coding: int
    rate: int
    channels: int
    seconds: float | None
    exact: bool


def is_wave(head: bytes) -> bool:
    """Whether a WAV or a relative begins with these 40 bytes."""
    return head[:4] in (b"RIFF", b"RIFX", b"RF64", b"BW64") and head[8:12] == b"WAVE" or (
        head[:16] == _W64 and head[24:28] == b"wave")


def is_aiff(head: bytes) -> bool:
    """Whether an AIFF begins with these 12 bytes."""
    return head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC")


def read_wave(read: Read, start: int, size: int) -> Wave | None:
    """The WAV that begins at `start` of `size` bytes; None without a format or sound. Raises struct.error."""
    if read(start, 16) == _W64:
        return _wave64(read, start, size)
    name, total = read(start, 4), struct.unpack("<I", read(start + 4, 4))[0]
    order = ">" if name == b"RIFX" else "<"
    at, long_size, form, kept = start + 12, None, None, []
    for _ in range(_MOST):
        head = read(at, 8)
        if len(head) < 8:
            return None
        chunk, length = struct.unpack(order + "4sI", head)
        if chunk == b"ds64":
            long_size = struct.unpack("<QQ", read(at + 8, 16))[1]
        elif chunk == b"data":
            break
        elif length < 1 << 16:
            kept.append(head + read(at + 8, length + length % 2))
            form = read(at + 8, length) if chunk == b"fmt " else form
        at += 8 + length + length % 2
    else:
        return None
    if form is None or len(form) < 14:
        return None
    here = at + 8
    if long_size is not None and length == 0xFFFF_FFFF:
        length = long_size
    known = 0 < length < (STREAMED if long_size is None else 1 << 62) or (
        length == 0 and _chunks_to_the_end(read, here, size, order))
    stop = here + length
    if known and stop < size - 64 and not _follows(read, stop + length % 2, size, order):
        known = False  # a recorder's size that stopped growing: the sound goes on
    if known and name in (b"RIFF", b"RIFX"):
        end = min(size, start + 8 + total) if STREAMED > total >= stop - start - 8 else min(stop, size)
        return _wave(start, max(end, min(stop, size)), (here, min(stop, size)), length, None, form, order)
    if not known:
        stop = _next(read, here, size)
        length = stop - here
    stop = min(stop, size)
    body = b"".join(kept)
    new = b"RIFX" if order == ">" else b"RIFF"
    head = new + struct.pack(order + "I", 12 + len(body) + stop - here) + b"WAVE" + body
    head += struct.pack(order + "4sI", b"data", stop - here)
    return _wave(start, stop, (here, stop), length, head, form, order)


def _wave64(read: Read, start: int, size: int) -> Wave | None:
    at, form = start + 40, None
    for _ in range(_MOST):
        head = read(at, 24)
        if len(head) < 24:
            return None
        name, length = head[:4], struct.unpack("<Q", head[16:])[0] - 24
        if name == b"fmt ":
            form = read(at + 24, min(max(length, 0), 256))
        elif name == b"data":
            break
        if length < 0:
            return None
        at += 24 + -(-length // 8) * 8
    else:
        return None
    if form is None or len(form) < 14:
        return None
    here = at + 24
    if not 0 < length < 1 << 62 or here + length > size and length >= STREAMED:
        length = size - here
    stop = min(here + length, size)
    body = struct.pack("<4sI", b"fmt ", len(form)) + form + bytes(len(form) % 2)
    head = b"RIFF" + struct.pack("<I", 12 + len(body) + stop - here) + b"WAVE" + body + struct.pack(
        "<4sI", b"data", stop - here)
    return _wave(start, size, (here, stop), length, head, form, "<")


def _wave(start: int, stop: int, data: tuple[int, int], promised: int, head: bytes | None, form: bytes,
          order: str) -> Wave:
    code, channels, rate, _, align = struct.unpack(order + "HHIIH", form[:14])
    if code == 0xFFFE and len(form) >= 26:
        code = struct.unpack(order + "H", form[24:26])[0]
    per_block = 1
    if code in (MS_ADPCM, IMA_ADPCM):  # their bytes a second are often wrong: blocks say how long they are
        per_block = struct.unpack(order + "H", form[18:20])[0] if len(form) >= 20 else 0
        if not per_block and channels:
            per_block = 2 * align // channels - (12 if code == MS_ADPCM else 7)
    elif code == GSM:
        per_block, align = 320, 65
    elif code not in (PCM, FLOAT, ALAW, MULAW):
        per_block = 0
    known = per_block > 0 and align and rate
    seconds = promised // align * per_block / rate if known else None
    return Wave(start, stop, data, promised, head, code, rate, channels, seconds, per_block == 1)


def _follows(read: Read, at: int, size: int, order: str) -> bool:
    """Whether what comes after the sound is more of the file's kind, a tag or filling, and no sound."""
    head = read(at, 12)
    if len(head) < 8 or not any(read(at, 4096)) or head[:3] in (b"ID3", b"TAG"):
        return True
    length = struct.unpack(order + "I", head[4:8])[0]
    return all(32 <= c < 127 for c in head[:4]) and at + 8 + length <= size + 1


def _chunks_to_the_end(read: Read, at: int, size: int, order: str) -> bool:
    """Whether only whole chunks follow: a file without sound, not one that was never closed."""
    while at < size:
        head = read(at, 8)
        if len(head) < 8 or not all(32 <= c < 127 for c in head[:4]):
            return False
        length = struct.unpack(order + "I", head[4:])[0]
        at += 8 + length + length % 2
    return at <= size + 1


def _next(read: Read, at: int, size: int) -> int:
    """Where the next WAV begins behind sound of unknown length; `size` if there is none."""
    step, kept = 1 << 20, 48
    while at < size:
        block = read(at, step + kept)
        for name in (b"RIFF", b"RF64", b"BW64"):
            found = block.find(name)
            while found >= 0:
                if is_wave(block[found:found + 40]) and block[found + 12:found + 16] in (
                        b"fmt ", b"JUNK", b"ds64", b"bext", b"LIST"):
                    return at + found
                found = block.find(name, found + 1)
        at += step
    return size


def read_aiff(read: Read, start: int, size: int) -> Wave | None:
    """The AIFF that begins at `start`; None without a COMM chunk or sound. Raises struct.error."""
    at, comm, kept, form = start + 12, None, [], read(start + 8, 4)
    for _ in range(_MOST):
        head = read(at, 8)
        if len(head) < 8:
            break
        chunk, length = struct.unpack(">4sI", head)
        if chunk == b"COMM":
            comm = read(at + 8, length)
        elif chunk == b"SSND" and comm is None:  # rare, but then the original must serve
            pass
        elif chunk == b"SSND":
            return _aiff(read, start, size, at, length, comm, kept, form)
        elif length < 1 << 16:
            kept.append(head + read(at + 8, length + length % 2))
        at += 8 + length + length % 2
    if comm is None:
        return None
    rate, channels, frames, _ = _comm(comm)
    return Wave(start, size, (size, size), 0, None, PCM, rate, channels, frames / rate, True)


def _comm(comm: bytes) -> tuple[int, int, int, int]:
    channels, frames, bits, exponent, mantissa = struct.unpack(">HIHHQ", comm[:18])
    rate = round(mantissa * 2.0 ** ((exponent & 0x7FFF) - 16383 - 63))  # 80-bit float
    return rate, channels, frames, -(-bits // 8)


def _aiff(read: Read, start: int, size: int, at: int, length: int, comm: bytes, kept: list[bytes],
          form: bytes) -> Wave:
    rate, channels, frames, width = _comm(comm)
    coding = comm[18:22].lower()
    plain = form == b"AIFF" or coding in _PLAIN
    per_frame = channels * width
    here, whole = at + 16, struct.unpack(">I", read(start + 4, 4))[0]
    unknown = frames in (0, 0xFFFF_FFFF) or not 8 < length < STREAMED
    if not (plain and per_frame and unknown and here + per_frame <= size):
        stop = start + 8 + whole + whole % 2
        stop = stop if at + 8 + length <= stop <= size else size
        return Wave(start, stop, (here, min(size, at + 8 + length)), length, None, PCM, rate, channels,
                    frames / rate, True)
    stop = at + 8 + length if 8 < length < STREAMED and at + 8 + length <= size else size
    count = (stop - here) // per_frame
    body = b"COMM" + struct.pack(">I", len(comm)) + comm[:2] + struct.pack(">I", count) + comm[6:]
    body += bytes(len(comm) % 2) + b"".join(kept) + b"SSND" + struct.pack(">III", 8 + stop - here, 0, 0)
    head = b"FORM" + struct.pack(">I", 4 + len(body) + stop - here) + form + body
    return Wave(start, stop, (here, stop), stop - here, head, PCM, rate, channels, count / rate, True)


def waves(read: Read, start: int, size: int, one: Callable[[Read, int, int], Wave | None],
          begins: Callable[[bytes], bool]) -> Iterator[Wave]:
    """All WAVs (or AIFFs) that stand one after another from `start` on."""
    while True:
        wave = one(read, start, size)
        if wave is None:
            return
        yield wave
        start = wave.stop
        while start < size and not begins(read(start, 40)):  # a byte of filling, or a tag, between them
            if start - wave.stop > 1 << 12:
                return
            start += 1
        if start >= size:
            return
