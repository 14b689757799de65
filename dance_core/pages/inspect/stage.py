"""A kept dance on the stage of the Inspect page: its files for the browser, its marks and its faults."""

from __future__ import annotations

import shutil
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dance_core.errors import UserError
from dance_core.evaluation.alignment import motion_beats
from dance_core.evaluation.faults import Dance, Hint, find_hints
from dance_core.evaluation.faults.shelf import Entry, Shelf
from dance_core.longform.take import SONG, Take, load_take
from dance_core.motion.contacts import detect_contacts
from dance_core.music.decode import load_song
from dance_core.music.playback import write_playback
from dance_core.music.song import Song
from dance_core.pages.files import new_folder
from dance_core.pages.player import Pane, player_value
from dance_core.pages.wire import pack_motion, pack_peaks
from dance_core.settings import Settings

_SILENCE = 8_000  # Hz, of a dance that was kept without its song
_KEPT = 4  # dances that stay ready


@dataclass(frozen=True, eq=False)
class Opened:
    """A dance that was opened.

    Attributes:
        entry: on the shelf, with its faults. take: itself. hints: what is no fault, but dull.
        folder: with what browsers fetch. song: None where it was kept without.
    """

    entry: Entry
    take: Take
    folder: Path
    song: Song | None
    hints: tuple[Hint, ...] = ()

    def pane(self) -> Pane:
        """The dancer, with marks and faults."""
        take = self.take
        label = f"{take.generator_title.partition(' (')[0]} · {take.seed}{' · mended' if take.parent else ''}"
        return Pane([self.folder / "0.dnc"], label, [float(t) for t in motion_beats(take.motion)],
                    [(s.start_seconds, s.stop_seconds) for s in take.segments],
                    [s.seconds for s in take.seams], faults=self.entry.faults or ())


class Opener:
    """Opens dances of a shelf, and keeps the last ones ready."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf, self.settings = shelf, settings
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Opened] = OrderedDict()

    def open(self, key: object) -> Opened:
        """Raises UserError for a dance that is not there, or damaged."""
        entry = self.shelf.entry(key)
        with self._lock:
            held = self._kept.get(entry.key)
            if held is None or not (held.folder / "0.dnc").is_file() \
                    or held.entry.about["motion_sha256"] != entry.about["motion_sha256"]:
                held = self._opened(entry)
            self._kept[entry.key] = held
            self._kept.move_to_end(entry.key)
            while len(self._kept) > _KEPT:
                _, old = self._kept.popitem(last=False)
                shutil.rmtree(old.folder, ignore_errors=True)
            return held

    def _opened(self, entry: Entry) -> Opened:
        take = load_take(entry.folder)
        if entry.faults is None:
            entry = self.shelf.measure(entry, take)
        folder = new_folder(self.settings)
        contacts = detect_contacts(take.motion)
        (folder / "0.dnc").write_bytes(pack_motion(take.motion, 0, contacts))
        song = None
        if (entry.folder / SONG).is_file():
            song = load_song(entry.folder / SONG, title=take.title, settings=self.settings)
        heard = song or Song(np.zeros(max(1, round(take.motion.duration * _SILENCE)), np.float32), _SILENCE,
                             take.song_digest, take.title)
        write_playback(heard, folder / SONG)
        (folder / "peaks").write_bytes(pack_peaks(heard))
        return Opened(entry, take, folder, song, tuple(find_hints(Dance.of_take(take))))


def stage_value(opened: Sequence[Opened]) -> dict[str, Any]:
    """The player's value: one dance, or two to the music of the first.

    Raises UserError for two dances to different songs.
    """
    first = opened[0]
    if len(opened) > 1 and opened[1].take.song_digest != first.take.song_digest:
        raise UserError("These two dances are to different songs, so they can't stand side by side.")
    take = first.take
    name = "+".join(o.entry.key for o in opened)
    about = f"{take.style} · {take.generator_title}" if len(opened) == 1 else "Two dances, one song"
    return player_value(name, take.title, about, first.folder / SONG, first.folder / "peaks",
                        duration=max(o.take.motion.duration for o in opened), fps=take.motion.fps,
                        panes=[o.pane() for o in opened], beat_times=take.beats.times,
                        beat_positions=take.beats.bar_position)
