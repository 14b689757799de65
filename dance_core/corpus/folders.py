"""Folders that somebody named: there, or one sentence that has the name as it was given."""

from __future__ import annotations

from pathlib import Path

from dance_core.errors import UserError


def there(folder: str | Path) -> Path:
    """The folder. Raises UserError where there is none of this name, or a file."""
    folder = Path(folder)
    try:
        if folder.is_dir():
            return folder
        if folder.exists():
            raise UserError(f"{str(folder)!r} is a file, and a folder with dances is needed.")
    except OSError:  # a name that is too long, or a folder that may not be looked into
        pass
    raise UserError(f"There is no folder {str(folder)!r} with dances.")
