"""The panel "Beats": what a visitor presses and taps becomes the beats of the song on the stage.

Everything is worked out here and nothing in the browser, so that the page, the Take and the command line have
the same beats of the same corrections.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.music.beatfile import record
from dance_core.music.beats import Beats
from dance_core.music.byhand import (
    TAPS,
    ByHand,
    corrected,
    double_tempo,
    half_a_beat_on,
    half_tempo,
    metered,
    nudged,
    one_at,
    one_on,
    read_by_hand,
    tapped,
)
from dance_core.music.decode import load_song
from dance_core.music.onsets import hear
from dance_core.music.song import Song
from dance_core.music.taps import beats_from_taps
from dance_core.pages.sound import SONG
from dance_core.settings import Settings

log = logging.getLogger(__name__)
_HEARD, _ONSETS = "heard.json", "onsets.npy"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,30}")
_GONE = "This dance is no longer kept, so its beats can't be changed: please dance to the song once more."
_OURS = "Something went wrong here, and the beats stay as they were. Please try again."


@dataclass(frozen=True, eq=False)
class Heard:
    """What is known of the song on the stage: its folder, its length in s and the beats that were found."""

    folder: Path
    duration: float
    found: Beats


@dataclass(frozen=True)
class Mended:
    """Corrections that a browser sends with the form, and the song that they are about (`song_name`)."""

    song: str
    by_hand: ByHand

    @classmethod
    def read(cls, sent: object) -> Mended | None:
        """From what the panel gave; None where there is nothing on the stage. Raises UserError."""
        if not isinstance(sent, Mapping) or not sent.get("song"):
            return None
        return cls(str(sent["song"]), read_by_hand(sent.get("by_hand")))


def song_name(song: Song) -> str:
    """What a browser calls a song, or an excerpt of one."""
    return song.digest[:16]


def keep_heard(folder: Path, song: Song, found: Beats) -> None:
    """Write what the panel needs into a dance's folder."""
    data = {"duration": song.duration, "found": record(found)}
    with replacing(folder / _HEARD) as part:
        part.write_text(json.dumps(data), encoding="utf-8")


def heard(settings: Settings, name: object) -> Heard:
    """What `keep_heard` wrote, by the folder's name, which came from a browser. Raises UserError."""
    if not isinstance(name, str) or not _TOKEN.fullmatch(name):
        raise UserError("There is no song on the stage whose beats could be changed.")
    folder = settings.web_dir.absolute() / "dances" / name
    try:
        data = json.loads((folder / _HEARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UserError(_GONE) from None
    return Heard(folder, data["duration"], Beats(**data["found"]))


def view(beats: Beats, by_hand: ByHand) -> dict[str, Any]:
    """Beats as the panel and the player have them."""
    return {"times": [round(float(t), 4) for t in beats.times],
            "positions": [int(p) for p in beats.bar_position], "tempo": round(float(beats.tempo), 2),
            "per_bar": beats.beats_per_bar, "words": by_hand.in_words()}


def panel_value(folder: Path, song: Song, found: Beats, by_hand: ByHand, beats: Beats) -> dict[str, Any]:
    """A value for `widgets.BeatsPanel`: a song whose beats are known."""
    return {"dance": folder.name, "song": song_name(song), "confidence": round(found.confidence, 2),
            "low": found.doubtful and not by_hand.changes, "by_hand": by_hand.record(),
            "plain": ByHand().record(), "found": view(found, ByHand()), "now": view(beats, by_hand)}


def press(sent: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """One press of the panel: {"by_hand", "now"}, or {"error": one sentence}, whatever happens.

    Args:
        sent: what the browser sent, not trusted: dance (folder), by_hand (so far), press (a key of
            `PRESSES`), value (its number, or the seconds of taps).
    """
    try:
        known, by_hand = heard(settings, sent.get("dance")), read_by_hand(sent.get("by_hand"))
        make = PRESSES.get(str(sent.get("press")))
        if make is None:
            raise UserError("This button is not known here: please reload the page.")
        base = _base(known, by_hand, settings)
        by_hand = make(by_hand, base, sent.get("value"))
        beats = corrected(_base(known, by_hand, settings), by_hand, known.duration)
    except UserError as error:
        return {"error": str(error)}
    except Exception:  # the answer must reach the visitor, whatever went wrong here
        log.exception("beats were not changed")
        return {"error": _OURS}
    return {"by_hand": by_hand.record(), "now": view(beats, by_hand)}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UserError("The beats can't be changed by that: it is no number.")
    return float(value)


def _taps(value: object) -> list[float]:
    if not isinstance(value, list):
        raise UserError("There are no taps.")
    return [round(_number(v), 3) for v in value]


PRESSES: dict[str, Callable[[ByHand, Beats, object], ByHand]] = {
    "double": lambda h, base, value: double_tempo(h),
    "half": lambda h, base, value: half_tempo(h),
    "on": lambda h, base, value: half_a_beat_on(h, base),
    "one": lambda h, base, value: one_on(h, base, int(min(max(_number(value), -100), 100))),
    "here": lambda h, base, value: one_at(h, base, _number(value)),
    "meter": lambda h, base, value: metered(h, int(min(max(_number(value), 0), 1000))),
    "nudge": lambda h, base, value: nudged(h, int(min(max(_number(value), -10_000), 10_000))),
    "taps": lambda h, base, value: tapped(h, _taps(value)),
}


def _base(known: Heard, by_hand: ByHand, settings: Settings) -> Beats:
    if by_hand.source != TAPS:
        return known.found
    return beats_from_taps(by_hand.taps, known.duration, known.found, _onsets(known.folder, settings),
                           by_hand.meter)


def _onsets(folder: Path, settings: Settings) -> np.ndarray:
    """(T,) onset strength of the song in a dance's folder, kept there once somebody taps to it."""
    path = folder / _ONSETS
    try:
        return np.load(path, allow_pickle=False)
    except (OSError, ValueError):
        strength = hear(load_song(folder / SONG, settings=settings)).strength
    with replacing(path) as part, part.open("xb") as file:
        np.save(file, strength)
    return strength
