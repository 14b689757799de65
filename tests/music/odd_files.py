"""Files that fool readers, made by code, as bytes."""

from __future__ import annotations

import io
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import soundfile
from audio_files import song_with_clicks, write_song

from dance_core.music.reading.pages import crc

RATE = 48_000
SECONDS = 4.0
CLICKS = (0.5, 1.25, 2.0, 3.1)


def samples(seconds: float = SECONDS, rate: int = RATE, channels: int = 1) -> np.ndarray:
    """(N,) or (N, channels) float32."""
    one = song_with_clicks(seconds, rate, [c for c in CLICKS if c < seconds - 0.1])
    return one if channels == 1 else np.stack([one * (1 - 0.1 * k) for k in range(channels)], 1)


def coded(ending: str, seconds: float = SECONDS, rate: int = RATE, channels: int = 1) -> bytes:
    """A song in the format of that ending."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_song(Path(folder) / "one", samples(seconds, rate, channels), rate, ending)
        return path.read_bytes()


def patched(data: bytes, *changes: tuple[bytes, int, bytes]) -> bytes:
    """The bytes with values put at an offset behind (the first of) a marker."""
    out = bytearray(data)
    for marker, offset, value in changes:
        at = out.index(marker) + offset
        out[at:at + len(value)] = value
    return bytes(out)


def later(ogg: bytes, ticks: int) -> bytes:
    """An Ogg cut out of a running stream: all clocks `ticks` on, and page numbers that don't begin at 0."""
    def change(clock: int, number: int, last: bool) -> tuple[int, int]:
        return (clock + ticks, number + 700) if clock > 0 else (clock, number)
    return _pages_changed(ogg, change)


def ending_within(ogg: bytes, ticks: int) -> bytes:
    """An Ogg whose last page says that the sound ends `ticks` before the end of what its packets hold."""
    return _pages_changed(ogg, lambda clock, number, last: (clock - ticks if last else clock, number))


def _pages_changed(ogg: bytes, change: Callable[[int, int, bool], tuple[int, int]]) -> bytes:
    """With other (clock, number) of each page; `change` is told which is the last."""
    out, at = bytearray(), 0
    while at < len(ogg):
        body = at + 27 + ogg[at + 26]
        stop = body + sum(ogg[at + 27:body])
        page, clock = bytearray(ogg[at:stop]), struct.unpack_from("<q", ogg, at + 6)[0]
        clock, number = change(clock, struct.unpack_from("<I", ogg, at + 18)[0], stop == len(ogg))
        page[6:14], page[18:22] = struct.pack("<q", clock), struct.pack("<I", number)
        page[22:26] = bytes(4)
        page[22:26] = struct.pack("<I", crc(bytes(page)))
        out += page
        at = stop
    return bytes(out)


def without_pages(ogg: bytes, first: int, count: int) -> bytes:
    """An Ogg that lost some pages."""
    starts = [k for k in range(len(ogg)) if ogg.startswith(b"OggS", k)]
    return ogg[:starts[first]] + ogg[starts[first + count]:]


def id3(body: bytes, size: bytes, flags: int = 0) -> bytes:
    return b"ID3\x03\x00" + bytes([flags]) + size + body


def syncsafe(size: int) -> bytes:
    return bytes(size >> shift & 127 for shift in (21, 14, 7, 0))


PICTURE = b"\xff\xd8\xff\xe0" + np.random.default_rng(1).integers(0, 256, 90_000, np.uint8).tobytes()


def w64(unknown: bool = False) -> bytes:
    """Sony's Wave64, by hand: chunks have names of 16 bytes and sizes of 8, their heads included."""
    sound = (samples() * 32_767).astype("<i2").tobytes()
    tail = b"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"
    form = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)
    total = (1 << 63) - 1 if unknown else 40 + 40 + 24 + len(sound)
    return (b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00" + struct.pack("<Q", total)
            + b"wave" + tail + b"fmt " + tail + struct.pack("<Q", 24 + len(form)) + form
            + b"data" + tail + struct.pack("<Q", (1 << 63) - 1 if unknown else 24 + len(sound)) + sound)


def rf64(name: bytes = b"BW64", known: bool = True) -> bytes:
    """RF64 or BW64 with sizes in a ds64 chunk, or with none at all."""
    sound = (samples() * 32_767).astype("<i2").tobytes()
    sizes = (len(sound) + 72, len(sound), 0) if known else (0, 0, 0)
    return (name + b"\xff\xff\xff\xffWAVEds64" + struct.pack("<IQQQI", 28, *sizes, 0)
            + b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16)
            + b"data\xff\xff\xff\xff" + sound)


def film(kind: str, codec: str, *tracks: np.ndarray, options: dict[str, str] | None = None) -> bytes:
    """Tracks of sound in one container, each (N,) at RATE."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind, options=options or {}) as container:
        streams = [container.add_stream(codec, rate=RATE, layout="mono") for _ in tracks]
        longest = max(map(len, tracks))
        for start in range(0, longest, 1024):
            for stream, track in zip(streams, tracks, strict=True):
                block = np.ascontiguousarray(track[None, start:start + 1024], np.float32)
                if block.size:
                    frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
                    frame.sample_rate, frame.pts = RATE, start
                    container.mux(stream.encode(frame))
        for stream in streams:
            container.mux(stream.encode(None))
    return out.getvalue()


def xing(mp3: bytes, frames: int) -> bytes:
    """An MP3 whose tag counts so many frames."""
    at = mp3.index(b"Info" if b"Info" in mp3 else b"Xing")
    return mp3[:at + 8] + struct.pack(">I", frames) + mp3[at + 12:]


def adpcm() -> bytes:
    """A WAV in IMA's ADPCM."""
    out = io.BytesIO()
    soundfile.write(out, samples(), RATE, "IMA_ADPCM", format="WAV")
    return out.getvalue()
