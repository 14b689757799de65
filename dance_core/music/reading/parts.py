"""A file → the parts that it is made of, one after another, each fit to be decoded as a file of its own."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from dance_core.music.reading import mpeg, pages, riff
from dance_core.music.reading.view import Data, OnDisk, Piece, View, joined

_FLAC = (b"fLaC\x00\x00\x00\x22", b"fLaC\x80\x00\x00\x22")
_EBML = b"\x1aE\xdf\xa3"
_FRAMES = 3  # an MP3 part has as many at least
_BOXES = 1 << 16


@dataclass(frozen=True)
class Source:
    """Something that a decoder takes for a file.

    Attributes:
        kind: "wav", "flac", "ogg", "mp3", "aac", "aiff", "mp4" or "matroska".
        pieces: what it is made of.
        seconds: how long it is by its own packets, None where only a decoder can tell.
        lost: seconds of it that are known to be missing.
        exact: lossless, so that no coder's padding is at its end.
        cut: the file breaks off within it.
    """

    kind: str
    pieces: tuple[Piece, ...]
    seconds: float | None = None
    lost: float = 0.0
    exact: bool = False
    cut: bool = False

    def view(self, data: Data) -> View:
        return View(data, self.pieces)


@dataclass(frozen=True)
class Part:
    """One of the songs in a row: its tracks, each as a file (MP4 and Matroska keep theirs inside)."""

    tracks: tuple[Source, ...] = field(default=())


def find_parts(kind: str, data: Data, start: int) -> list[Part]:
    """The parts of a file of this kind whose sound begins at byte `start`; at least the file as it is."""
    size = len(data)
    if isinstance(data, OnDisk) and kind not in ("wav", "aiff", "mp4"):  # the others are searched through
        return [Part((Source(kind, ((start, size),)),))]
    try:
        found = _FINDERS[kind](data, start, size)
    except (struct.error, ValueError, IndexError, ZeroDivisionError, OverflowError):
        found = []
    return found or [Part((Source(kind, ((start, size),), exact=kind in ("wav", "flac", "aiff")),))]


def _mpeg(data: Data, start: int, size: int) -> list[Part]:
    front: tuple[Piece, ...] = ()
    if data[:3] == b"ID3" and 10 < start < 1 << 28:  # the tag, with its true size: the title is in it
        length = start - 10
        true = bytes(length >> shift & 127 for shift in (21, 14, 7, 0))
        front = (data[:5] + bytes([data[5] & 0xEF]) + true, (10, start))
    return [Part((source,)) for source in mpeg_sources(data, start, size, front)]


def mpeg_sources(data: Data, start: int, stop: int, front: tuple[Piece, ...] = ()) -> list[Source]:
    """The streams of MPEG frames in a row, each from its first frame to its last."""
    groups: list[tuple[mpeg.Frame, mpeg.Tag | None, list[tuple[int, int]]]] = []
    for at, frame in mpeg.walk(data, start, stop):
        tag = mpeg.info_tag(data, at, frame)
        if tag or not groups or groups[-1][0].stream != frame.stream:
            groups.append((frame, tag, []))
        groups[-1][2].append((at, at + frame.size))
    out = []
    for frame, tag, found in groups:
        count = len(found) - (tag is not None)
        if count < _FRAMES:
            continue
        pieces: tuple[Piece, ...] = tuple(joined(found))
        seconds, lost = count * frame.samples / frame.rate, 0.0
        if tag is not None:
            seconds = max(0.0, seconds - tag.padding / frame.rate)
            missing = (tag.frames or 0) - count
            there = sum(b - a for a, b in found)
            # Frames that the tag counts are missing only if bytes are, too; else the tag is wrong.
            if missing > 0 and not (tag.size and tag.size <= there + frame.size):
                lost = missing * frame.samples / frame.rate
            if missing and tag.frames is not None:
                pieces = _corrected(pieces, tag.at, count)
        out.append(Source("mp3" if frame.layer else "aac", front + pieces, seconds, lost))
        front = ()
    return out


def _corrected(pieces: tuple[Piece, ...], at: int, count: int) -> tuple[Piece, ...]:
    """The pieces with the true number of frames at `at`: decoders stop where it says, or wait for more."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, tuple) and piece[0] <= at < piece[1]:
            out += [(piece[0], at), struct.pack(">I", count), (at + 4, piece[1])]
        else:
            out.append(piece)
    return tuple(out)


def _wav(data: Data, start: int, size: int) -> list[Part]:
    out = []
    for wave in riff.waves(lambda at, n: data[at:at + n], start, size, riff.read_wave, riff.is_wave):
        if wave.coding == riff.MP3:
            out += [Part((source,)) for source in mpeg_sources(data, *wave.data)]
        else:
            out.append(Part((_counted("wav", wave),)))
    return out


def _aiff(data: Data, start: int, size: int) -> list[Part]:
    found = riff.waves(lambda at, n: data[at:at + n], start, size, riff.read_aiff, riff.is_aiff)
    return [Part((_counted("aiff", wave),)) for wave in found]


def _counted(kind: str, wave: riff.Wave) -> Source:
    pieces: tuple[Piece, ...] = ((wave.start, wave.stop),) if wave.head is None else (wave.head, wave.data)
    if wave.seconds is None or not wave.promised:
        return Source(kind, pieces, wave.seconds, exact=wave.exact)
    there = (wave.data[1] - wave.data[0]) / wave.promised
    lost = wave.seconds * max(0.0, 1.0 - there)
    return Source(kind, pieces, wave.seconds - lost, lost, wave.exact)


def _flac(data: Data, start: int, size: int) -> list[Part]:
    starts = [start]
    for marker in _FLAC:
        at = data.find(marker, start + 4)
        while at >= 0:
            starts.append(at)
            at = data.find(marker, at + 4)
    starts.sort()
    return [Part((Source("flac", ((a, b),), exact=True),))
            for a, b in zip(starts, [*starts[1:], size], strict=True)]


def _ogg(data: Data, start: int, size: int) -> list[Part]:
    return [Part(tuple(Source("ogg", tuple(s.pieces), lost=s.lost, exact=s.coding == "flac") for s in link))
            for link in pages.links(data, start, size)]


def _mp4(data: Data, start: int, size: int) -> list[Part]:
    starts, at, moov, fragments, cut = [start], start, False, False, False
    for _ in range(_BOXES):
        if at > size - 8:
            break
        length, name = struct.unpack(">I4s", data[at:at + 8])
        if name == b"ftyp" and moov and at > start:
            starts.append(at)
            moov = False
        moov |= name == b"moov"
        fragments |= name == b"moof"
        if length == 1:
            length = struct.unpack(">Q", data[at + 8:at + 16])[0]
        if length < 8:
            break
        at += length
        cut = fragments and at > size  # without fragments its tables say what is missing
    return [Part((Source("mp4", ((a, b),), cut=cut and b == size),))
            for a, b in zip(starts, [*starts[1:], size], strict=True)]


def _matroska(data: Data, start: int, size: int) -> list[Part]:
    starts, at = [start], start
    while (at := data.find(_EBML, at + 4)) >= 0:
        head = data[at:at + 80]
        if b"\x42\x82" in head and (b"webm" in head or b"matroska" in head):
            starts.append(at)
    return [Part((Source("matroska", ((a, b),)),)) for a, b in zip(starts, [*starts[1:], size], strict=True)]


_FINDERS = {"mp3": _mpeg, "aac": _mpeg, "wav": _wav, "aiff": _aiff, "flac": _flac, "ogg": _ogg, "mp4": _mp4,
            "matroska": _matroska}
