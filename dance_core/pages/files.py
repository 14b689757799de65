"""Files that a visitor's browser fetches, and their end.

They lie below `settings.web_dir`, which is Gradio's own folder too (uploads go there), each dance in a
folder with a name that nobody can guess. `sweep` takes away what is too old, or the oldest where the
disk budget is used up; the vote book is never touched.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import threading
import time
from pathlib import Path

from dance_core.settings import Settings

log = logging.getLogger(__name__)
SWEEP_EVERY_S = 60.0  # four dances at once can fill some hundred MB meanwhile


def use_folder(settings: Settings) -> None:
    """Make Gradio keep uploads and served files below the settings' folder. Before any component is made."""
    folder = settings.web_dir.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


def new_folder(settings: Settings) -> Path:
    """A fresh folder for the files of one dance. Raises OSError on a full disk."""
    folder = settings.web_dir.absolute() / "dances" / secrets.token_urlsafe(16)
    folder.mkdir(parents=True)
    return folder


def sweep(settings: Settings, now: float | None = None) -> int:
    """Delete visitors' files older than `keep_hours`, then the oldest until `disk_budget_mb` is kept.

    Uploads, served files, takes and cached analyses, whole folders at a time. Returns bytes deleted.
    """
    now = time.time() if now is None else now
    found = sorted(_things(settings), key=lambda thing: thing[1])
    used, freed = sum(size for _, _, size in found), 0
    for path, born, size in found:
        over = used - freed > settings.disk_budget_mb * 1e6
        if not over and now - born <= settings.keep_hours * 3600:
            break
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        freed += size
    return freed


def _things(settings: Settings) -> list[tuple[Path, float, int]]:
    """(path, time of the last change, bytes) of all that may be deleted as one."""
    web = settings.web_dir.absolute()
    kept = {web / "dances", web / "poses", web / "vibe_edit_history"}
    folders = [web, web / "dances", settings.takes_dir, settings.cache_dir / "analysis"]
    things = []
    for folder in folders:
        for path in folder.iterdir() if folder.is_dir() else ():
            if path in kept:
                continue
            try:
                parts = [path, *path.rglob("*")] if path.is_dir() else [path]
                states = [p.lstat() for p in parts]
            except OSError:  # it goes while we look
                continue
            things.append((path, max(s.st_mtime for s in states), sum(s.st_size for s in states)))
    return things


def start_sweeper(settings: Settings) -> threading.Thread:
    """Sweep now and every minute, in a daemon thread."""
    def run() -> None:
        while True:
            try:
                sweep(settings)
            except OSError as error:
                log.warning("the sweep of old files failed: %s", error)
            time.sleep(SWEEP_EVERY_S)

    thread = threading.Thread(target=run, name="dance-sweeper", daemon=True)
    thread.start()
    return thread
