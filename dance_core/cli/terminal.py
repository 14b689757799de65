"""What a terminal needs: progress on stderr, clean text, files that appear whole."""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.errors import UserError


class Progress:
    """A bar on stderr if that is a terminal, else nothing. Counts real steps, never time."""

    def __init__(self, title: str, unit: str) -> None:
        self._title, self._unit, self._bar = title, unit, None

    def update(self, done: int, total: int) -> None:
        """`done` of `total` steps are finished."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from tqdm import tqdm

            size = os.get_terminal_size(sys.stderr.fileno())  # 0 by 0: it doesn't say, and tqdm draws nothing
            self._bar = tqdm(desc=self._title, total=total, unit=f" {self._unit}", leave=False,
                             ncols=min(size.columns or 80, 100), nrows=size.lines or 24, mininterval=0)
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.close()


@contextlib.contextmanager
def progress(title: str, unit: str) -> Iterator[Progress]:
    """A Progress that is taken off the screen at the end, however it ends."""
    bar = Progress(title, unit)
    try:
        yield bar
    finally:
        bar.close()


class Stages:
    """One bar after another: a new one whenever the title changes. Call it with title, done and total."""

    def __init__(self) -> None:
        self._title, self._bar = "", Progress("", "")

    def __call__(self, title: str, done: int, total: int, unit: str = "steps") -> None:
        if title != self._title:
            self.close()
            self._title, self._bar = title, Progress(title, unit)
        self._bar.update(done, total)

    def close(self) -> None:
        """Take the last bar off the screen."""
        self._bar.close()


def printable(text: str) -> str:
    """The text without control characters and direction marks: a file's name may hold anything."""
    return "".join("?" if _unprintable(c) else c for c in text)


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} \
        or unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to that becomes `target` at the end, or is gone if writing failed.

    The name ends as the target's does. Raises UserError if the target is a folder.
    """
    if target.is_dir():
        raise UserError(f"{target.name!r} is a folder, but a file is to be written.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as part:
        yield part


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows as text in columns; the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:],
                     strict=True))]).rstrip() for row in rows)
