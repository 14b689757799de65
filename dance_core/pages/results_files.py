"""The Results page's files: there while the page that asked for them is open, and only for their owner."""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from dance_core.pages.results_door import OPEN_S, Door
from dance_core.settings import Settings


class Files:
    """A folder (0700) with files (0600) for each pass of the door, until it ends. Safe between threads.

    What an earlier server left is taken away.
    """

    def __init__(self, settings: Settings, door: Door) -> None:
        self._top = settings.web_dir.absolute() / "results"
        self._door = door
        self._lock = threading.Lock()
        self._folders: dict[str, dict[int, Path]] = {}  # pass → id of what was read → folder
        shutil.rmtree(self._top, ignore_errors=True)

    def of(self, key: str, what: object, write: Sequence[Callable[[Path], list[Path]]]) -> list[str]:
        """The files about `what` (one object, one state of a study), written now if they are not there."""
        self.prune()
        with self._lock:
            mine = self._folders.setdefault(key, {})
            folder = mine.get(id(what))
            if folder is None or not folder.is_dir():
                folder = self._top / secrets.token_urlsafe(16)
                for made in (self._top, folder):
                    made.mkdir(mode=0o700, parents=True, exist_ok=True)
                for each in write:
                    for path in each(folder):
                        os.chmod(path, 0o600)
                mine[id(what)] = folder
                later = threading.Timer(OPEN_S + 1, self.prune)
                later.daemon = True
                later.start()
        return sorted(str(path) for path in folder.iterdir())

    def end(self, key: object) -> None:
        """The pass is over."""
        with self._lock:
            for folder in self._folders.pop(key, {}).values() if isinstance(key, str) else ():
                shutil.rmtree(folder, ignore_errors=True)

    def prune(self) -> None:
        """Take away what belongs to passes that open nothing any more."""
        for key in [key for key in list(self._folders) if not self._door.open(key)]:
            self.end(key)
