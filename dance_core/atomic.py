"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """A name beside `path` to write to; it takes the name `path` in one step, or goes if anything fails.

    It ends as `path` does, because many writers choose the format by the ending. What is raised inside comes
    out unchanged, and so does the OSError of a rename that fails. A folder may be made there, too, where
    `path` is none yet.
    """
    path = Path(path)
    part = path.with_name(f".tmp-{secrets.token_hex(8)}{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):  # what went wrong first is what people should hear of
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            part.unlink(missing_ok=True)
        raise
