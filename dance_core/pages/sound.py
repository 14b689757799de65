"""What the player plays of a song: the files, and who gets the small one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dance_core.music.playback import write_playback, write_small
from dance_core.music.song import Song

SONG, SMALL = "song.flac", "song.m4a"  # of a dance's folder: without loss, and small


def write_sound(song: Song, folder: Path, small: bool) -> None:
    """Write what the player plays into a dance's folder. Raises OSError on a full disk."""
    write_playback(song, folder / SONG)
    if small:
        write_small(song, folder / SMALL)


def small_of(folder: Path) -> Path | None:
    """The small file of a dance's folder, where there is one."""
    path = folder / SMALL
    return path if path.is_file() else None


def wants_small(headers: Mapping[str, str]) -> bool:
    """Whether a browser is on a phone, or was told to save data, by its request's headers (lower case).

    The first two are what browsers say so with (User-Agent Client Hints, Save-Data); Firefox and Safari on a
    phone only have "Mobi" in their names.
    """
    return (headers.get("sec-ch-ua-mobile", "").strip() == "?1"
            or headers.get("save-data", "").lower() == "on" or "Mobi" in headers.get("user-agent", ""))
