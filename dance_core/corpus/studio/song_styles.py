"""The ten song styles by key."""

from __future__ import annotations

from dance_core.corpus.studio.song_book_bands import BALLET_JAZZ, BREAK, LOCK, MIDDLE_HIP_HOP, WAACK
from dance_core.corpus.studio.song_book_machines import HOUSE, KRUMP, LA_HIP_HOP, POP, STREET_JAZZ
from dance_core.corpus.studio.song_recipe import SongStyle
from dance_core.errors import UserError

SONG_STYLES: dict[str, SongStyle] = {
    style.key: style for style in (BREAK, POP, LOCK, MIDDLE_HIP_HOP, LA_HIP_HOP, HOUSE, WAACK, KRUMP,
                                   STREET_JAZZ,
                                   BALLET_JAZZ)}


def song_style(key: str) -> SongStyle:
    """The style with this key. Raises UserError for an unknown one."""
    if key not in SONG_STYLES:
        keys = ", ".join(SONG_STYLES)
        raise UserError(f"There is no song style {key[:20]!r}; the {len(SONG_STYLES)} styles are {keys}.")
    return SONG_STYLES[key]
