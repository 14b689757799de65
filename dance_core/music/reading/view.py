"""Pieces of a file, and bytes put between them, read as if they were one file."""

from __future__ import annotations

import bisect
import io
import mmap
import os
from collections.abc import Sequence

Piece = bytes | tuple[int, int]  # bytes as they are, or from where to where in the file


class OnDisk:
    """A file that is too long to be mapped into memory: slices of it, read when they are asked for."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor, self._size = descriptor, size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        os.lseek(self._descriptor, start, os.SEEK_SET)
        return os.read(self._descriptor, max(0, stop - start))


Data = bytes | mmap.mmap | OnDisk


class View(io.RawIOBase):
    """A read-only file made of pieces of `data`. Nothing is copied before it is read."""

    def __init__(self, data: Data, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self._data = data
        self._pieces = [p for p in pieces if (len(p) if isinstance(p, bytes) else p[1] - p[0]) > 0]
        self._starts, at = [], 0
        for piece in self._pieces:
            self._starts.append(at)
            at += len(piece) if isinstance(piece, bytes) else piece[1] - piece[0]
        self.size, self._at = at, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        out, done = memoryview(buffer).cast("B"), 0
        while done < len(out) and self._at < self.size:
            index = bisect.bisect_right(self._starts, self._at) - 1
            piece, inside = self._pieces[index], self._at - self._starts[index]
            wanted = len(out) - done
            if isinstance(piece, bytes):
                found = piece[inside:inside + wanted]
            else:
                found = self._data[piece[0] + inside:min(piece[1], piece[0] + inside + wanted)]
            if not found:
                break
            out[done:done + len(found)] = found
            done, self._at = done + len(found), self._at + len(found)
        return done


def joined(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same pieces, those that follow each other made one."""
    out: list[tuple[int, int]] = []
    for start, stop in pieces:
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], stop)
        else:
            out.append((start, stop))
    return out
