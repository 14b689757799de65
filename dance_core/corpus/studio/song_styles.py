"""The song styles by key, each in its own metre, and those that are written in other metres too."""

from __future__ import annotations

from dance_core.corpus.studio.song_book_bands import BALLET_JAZZ, BREAK, LOCK, MIDDLE_HIP_HOP, WAACK
from dance_core.corpus.studio.song_book_machines import HOUSE, KRUMP, LA_HIP_HOP, POP, STREET_JAZZ
from dance_core.corpus.studio.song_book_threes import (
    BALLET_JAZZ_3_4,
    BALLET_JAZZ_6_8,
    MIDDLE_HIP_HOP_3_4,
    MIDDLE_HIP_HOP_6_8,
    WALTZ,
    WALTZ_6_8,
)
from dance_core.corpus.studio.song_metre import METRES
from dance_core.corpus.studio.song_recipe import SongStyle
from dance_core.errors import UserError

SONG_STYLES: dict[str, SongStyle] = {
    style.key: style for style in (BREAK, POP, LOCK, MIDDLE_HIP_HOP, LA_HIP_HOP, HOUSE, WAACK, KRUMP,
                                   STREET_JAZZ, BALLET_JAZZ, WALTZ)}
_IN_METRE: dict[tuple[str, str], SongStyle] = {
    (style.key, style.metre.key): style
    for style in (*SONG_STYLES.values(), BALLET_JAZZ_3_4, BALLET_JAZZ_6_8, MIDDLE_HIP_HOP_3_4,
                  MIDDLE_HIP_HOP_6_8, WALTZ_6_8)}


def song_style(key: str, metre: str | None = None) -> SongStyle:
    """The style with this key, in its own metre or in another one.

    Raises UserError for an unknown style or metre, or a metre that the style is not written in.
    """
    if key not in SONG_STYLES:
        keys = ", ".join(SONG_STYLES)
        raise UserError(f"There is no song style {key[:20]!r}; the {len(SONG_STYLES)} styles are {keys}.")
    if metre is None:
        return SONG_STYLES[key]
    there = styles_in(metre)
    if key not in there:
        raise UserError(f"The style {key} is not written in {metre}; the {len(there)} that are: "
                        f"{', '.join(there)}.")
    return _IN_METRE[key, metre]


def styles_in(metre: str) -> tuple[str, ...]:
    """Keys of the styles that are written in this metre. Raises UserError for an unknown one."""
    if metre not in METRES:
        raise UserError(f"There is no metre {metre[:20]!r}; the {len(METRES)} metres are "
                        f"{', '.join(METRES)}.")
    return tuple(key for key, its in _IN_METRE if its == metre)
