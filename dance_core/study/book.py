"""The vote book: a CSV that many processes append to, and that loses nothing it has acknowledged.

`append` returns only when the row is on the disk. In this order, under one lock on the file:

1. What others wrote since the last time is scanned for keys (and nothing else is read again).
2. A torn tail (a writer that died in the middle of a line) is copied to `votes.csv.torn-…` and cut off.
3. A key that is there already is answered "already saved": a browser may send a vote again.
4. The row is one `os.write` on O_APPEND, then fsync; a write that fails is taken back.

A row that could not be saved raises NotSaved, whose text is for the person who voted.
POSIX only (flock). On a network file system the lock must be one that its server keeps.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import logging
import os
import random
import secrets
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dance_core.errors import UserError
from dance_core.study.schema import BadLine, Schema
from dance_core.study.vote import VOTES, Vote

log = logging.getLogger(__name__)

T = TypeVar("T")

LOCK_WAIT_S = 10.0
_CHUNK = 1 << 20
_REASONS = 3  # of refused rows that are told in a sentence
_LAST_WORDS = "Your answer is still on this page; please try again."


class NotSaved(UserError):
    """A row that is not on the disk. Says so in one sentence, and that the answer is still there."""


@dataclass(frozen=True)
class Receipt:
    """What `append` gives back: the row is on the disk.

    Attributes:
        key: its uuid.
        already: it was there before (a retry); the first one stands.
    """

    key: str
    already: bool = False


@dataclass(frozen=True)
class BadRow:
    """A line of a book that was not read as a row.

    Attributes:
        line: its number in the file, the header being 1.
        text: the line as it stands there.
        reason: what is wrong with it.
    """

    line: int
    text: str
    reason: str


class VoteBook:
    """Appends rows of one schema to one file; safe between threads and between processes.

    Args:
        path: the CSV; made with its folder (0600 in 0700) by the first row.
        schema: what its rows are; votes by default.
        lock_wait_s: how long to wait for other writers, seconds.
    """

    def __init__(self, path: str | Path, schema: Schema = VOTES, lock_wait_s: float = LOCK_WAIT_S) -> None:
        self.path = Path(path)
        self.schema = schema
        self.lock_wait_s = lock_wait_s
        self._threads = threading.Lock()
        self._file: tuple[int, int] | None = None  # device and inode that _keys and _offset belong to
        self._offset = 0  # everything before it is scanned
        self._keys: set[str] = set()

    def append(self, row: Vote | Mapping[str, object]) -> Receipt:
        """Put one row on the disk.

        Returns a Receipt once it is there for good. Raises NotSaved where it is not, and ValueError for
        a row that is not of this schema.
        """
        return self.append_all([row.row() if isinstance(row, Vote) else row])[0]

    def append_all(self, rows: Sequence[Mapping[str, object]]) -> list[Receipt]:
        """Put rows on the disk in one write: what `append` promises holds for each, and nobody's row is
        between them. A writer that is killed may leave the first of them; the retry adds the others.
        """
        made = [self.schema.line(row) for row in rows]
        lines = dict(zip([str(row[self.schema.key]) for row in rows], made, strict=True))
        with self._threads, self._errors(), self._locked() as fd:
            self._catch_up(fd)
            fresh = {key: line for key, line in lines.items() if key not in self._keys}
            if len(fresh) < len(lines):
                # Whoever wrote them may have died before its fsync: only now may they be called saved.
                os.fsync(fd)
            if fresh:
                self._write(fd, (b"" if self._offset else self.schema.header) + b"".join(fresh.values()))
                self._keys.update(fresh)
            return [Receipt(key, already=key not in fresh) for key in lines]

    def holds(self, keys: Sequence[str]) -> bool:
        """Whether all of these keys are in the book. Raises NotSaved if it can't be read."""
        with self._threads, self._errors(), self._locked() as fd:
            self._catch_up(fd)
            return all(key in self._keys for key in keys)

    def rewrite(self, change: Callable[[list[bytes]], list[bytes]]) -> None:
        """Replace all lines but the header by what `change` makes of them, in one step.

        The lines come without line ends, as they stand there, bad ones too. A new file takes the old one's
        place: killed at any moment, the book is either as before or as after. Other writers wait, and
        go on in the new file. Raises NotSaved.
        """
        with self._threads, self._errors(), self._locked() as fd:
            self._catch_up(fd)
            data = b"".join(_reader(fd, self._offset))
            lines = data.split(b"\n")[1:-1] if data else []
            text = self.schema.header + b"".join(line + b"\n" for line in change(lines))
            part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(8)}")
            try:
                _write_new(part, text)
                os.replace(part, self.path)
            finally:
                part.unlink(missing_ok=True)
            _sync_folder(self.path.parent)
            self._file = None

    def check(self) -> None:
        """Raise NotSaved now if a row could not be saved later: for the start of the app."""
        with self._threads, self._errors(), self._locked() as fd:
            self._catch_up(fd)

    # --- the file ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._file = None  # whatever happened: scan the file again next time
            log.error("the vote book %s was not written: %s", self.path, error)
            raise NotSaved(_sentence(error)) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[int]:
        """The open file, locked for this writer alone."""
        deadline = time.monotonic() + self.lock_wait_s
        while True:
            fd, made = self._open()
            try:
                _lock(fd, deadline)
                if not _is_at(fd, self.path):  # moved away while we waited: lock the new one
                    continue
                self._follow(fd, made)
                yield fd
                return
            finally:
                # By hand: a child that was forked meanwhile holds a copy of fd, and with it the lock.
                fcntl.flock(fd, fcntl.LOCK_UN)
                os.close(fd)

    def _open(self) -> tuple[int, bool]:
        flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            fd, made = os.open(self.path, flags), False
        except FileNotFoundError:
            self.path.parent.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.mkdir(self.path.parent, 0o700)
                _sync_folder(self.path.parent.parent)
            fd, made = os.open(self.path, flags | os.O_CREAT, 0o600), True
        state = os.fstat(fd)
        try:
            if not stat.S_ISREG(state.st_mode):
                raise OSError(errno.ENOTSUP, "not a regular file")
            if state.st_mode & 0o077:
                os.fchmod(fd, 0o600)
        except OSError:
            os.close(fd)
            raise
        return fd, made

    def _follow(self, fd: int, made: bool) -> None:
        """Start the index anew if this is another file than last time, or a shorter one."""
        state = os.fstat(fd)
        file = (state.st_dev, state.st_ino)
        if made or file != self._file:
            _sync_folder(self.path.parent)  # the file's name must outlive a power cut too
        if file != self._file or state.st_size < self._offset:
            self._file, self._offset, self._keys = file, 0, set()

    def _catch_up(self, fd: int) -> None:
        """Scan what was added since last time, and cut off a torn tail."""
        tail = b""
        while chunk := os.pread(fd, _CHUNK, self._offset + len(tail)):
            complete, newline, tail = (tail + chunk).rpartition(b"\n")
            if newline:
                self._scan(complete.split(b"\n"))
                self._offset += len(complete) + 1
        if tail:
            self._set_aside(tail)
            os.ftruncate(fd, self._offset)
            os.fsync(fd)

    def _scan(self, lines: list[bytes]) -> None:
        if self._offset == 0 and not self.schema.is_header(lines[0]):
            raise OSError(errno.EPROTO, f"its header is not that of {self.schema.tag}")
        bad = 0
        for line in lines:
            try:
                self._keys.add(self.schema.key_of(line))
            except BadLine:  # read_book says which and why; its key may come again
                bad += not self.schema.is_header(line)
        if bad:
            log.error("%s: %d of %d lines were damaged or changed: they do not count", self.path, bad,
                      len(lines))

    def _set_aside(self, tail: bytes) -> None:
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        aside = self.path.with_name(f"{self.path.name}.torn-{stamp}-{secrets.token_hex(4)}")
        _write_new(aside, tail)
        _sync_folder(self.path.parent)
        log.warning("%s ended in %d bytes of a torn row, kept in %s", self.path, len(tail), aside.name)

    def _write(self, fd: int, data: bytes) -> None:
        try:
            _write_all(fd, data)
            os.fsync(fd)
        except OSError:
            # Not acknowledged, so it must not be found by the retry and then be called saved.
            with contextlib.suppress(OSError):
                os.ftruncate(fd, self._offset)
                os.fsync(fd)
            raise
        self._offset += len(data)


def read_book(path: str | Path, schema: Schema) -> tuple[list[dict[str, object]], list[BadRow]]:
    """All rows of a book, in order, and every line that is not a good row, with the reason.

    Nothing is left out silently: a torn or changed line, a row of another schema and a key that is there
    twice are all in the second list; `refusal` makes a sentence of it, for whoever reads the rest. A file
    that does not exist has no rows. Copies of the header are skipped (books may be joined with `cat`). A file
    that another program saved is read as well, if the values are those that were written (see schema). Waits
    for a writer in the middle of a row.
    """
    return read_as(path, schema, lambda row: row)


def read_votes(path: str | Path) -> tuple[list[Vote], list[BadRow]]:
    """All votes of a book, and the lines that are not good votes (see `read_book`)."""
    return read_as(path, VOTES, lambda row: Vote(**row))  # type: ignore[arg-type]


def read_as(path: str | Path, schema: Schema, make: Callable[[dict[str, object]], T]) \
        -> tuple[list[T], list[BadRow]]:
    """As `read_book`, with `make` of each row; where it raises UserError the row is a bad one."""
    rows: list[T] = []
    bad: list[BadRow] = []
    first: dict[object, int] = {}
    *lines, torn = _contents(path).split(b"\n")
    for number, line in enumerate([*lines, torn] if torn else lines, start=1):
        if schema.is_header(line):
            continue
        try:
            row = schema.parse(line)
            if (before := first.setdefault(row[schema.key], number)) != number:
                raise BadLine(f"its {schema.key} is that of line {before}")
            rows.append(make(row))
        except (BadLine, UserError) as error:
            reason = "torn: it has no line end" if number > len(lines) else str(error)
            bad.append(BadRow(number, line.decode("utf-8", "backslashreplace"), reason))
    return rows, bad


def refusal(rows: int, bad: Sequence[BadRow]) -> str:
    """What must be said wherever rows of a file are shown, if lines of it were refused; else "".

    rows: how many were read.
    """
    if not bad:
        return ""
    reasons = [f"line {b.line}, {b.reason.rstrip('.')}" for b in bad[:_REASONS]]
    more = f"; and {len(bad) - _REASONS:,} more" if len(bad) > _REASONS else ""
    were, do = ("was", "does") if len(bad) == 1 else ("were", "do")
    return (f"{len(bad):,} of {rows + len(bad):,} rows of the file {were} refused and {do} not count: "
            f"{'; '.join(reasons)}{more}.")


def _contents(path: str | Path) -> bytes:
    """The whole file, read while nobody writes; nothing where there is no file."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return b""
    with open(fd, "rb") as file:
        _lock(fd, time.monotonic() + LOCK_WAIT_S, fcntl.LOCK_SH)
        data = file.read()
        fcntl.flock(fd, fcntl.LOCK_UN)
    return data


def _lock(fd: int, deadline: float, how: int = fcntl.LOCK_EX) -> None:
    pause = 0.0005
    while True:
        try:
            return fcntl.flock(fd, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise OSError(errno.ETIMEDOUT, "another writer kept the lock") from None
        time.sleep(pause * random.uniform(0.5, 1.0))
        pause = min(2 * pause, 0.02)


def _is_at(fd: int, path: Path) -> bool:
    """Whether the open file is still the one under that name."""
    try:
        return os.path.samestat(os.fstat(fd), os.stat(path, follow_symlinks=False))
    except FileNotFoundError:
        return False


def _write_new(path: Path, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _write_all(fd, data)
        os.fsync(fd)
    finally:
        os.close(fd)


def _reader(fd: int, size: int) -> Iterator[bytes]:
    place = 0
    while place < size and (chunk := os.pread(fd, min(_CHUNK, size - place), place)):
        place += len(chunk)
        yield chunk


def _write_all(fd: int, data: bytes) -> None:
    """One write in nearly every case; where the disk ends in the middle, the second one says why."""
    while data:
        data = data[os.write(fd, data):]


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _sentence(error: OSError) -> str:
    """What the person who voted is told. No paths: they read this on a page."""
    reasons = {
        errno.ENOSPC: "the server's disk is full",
        errno.EDQUOT: "the server's disk is full",
        errno.EFBIG: "the vote book has reached the size that its server allows",
        errno.EROFS: "the vote book can't be written to",
        errno.EACCES: "the vote book can't be written to",
        errno.EPERM: "the vote book can't be written to",
        errno.ELOOP: "the vote book's file is a link, and links are not followed",
        errno.EISDIR: "a folder stands where the vote book should be",
        errno.ENOTSUP: "the vote book is not a regular file",
        errno.EPROTO: "the vote book was begun by another version of this program",
        errno.ETIMEDOUT: "the vote book was busy for too long",
    }
    code = errno.errorcode.get(error.errno or 0, "unknown")
    reason = reasons.get(error.errno or 0, f"the vote book could not be written (error {code})")
    return f"Not saved: {reason}. {_LAST_WORDS}"
