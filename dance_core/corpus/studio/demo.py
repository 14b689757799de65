"""The demo songs of the app: eight songs that the songwriter wrote, kept in assets/songs as small OGGs.

`demo_songs()` lists those that are there. This writes all of them again, from styles and seeds:

    python -m dance_core corpus demos --out assets/songs
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dance_core.corpus.studio.songwriter import write_song
from dance_core.errors import UserError
from dance_core.music.ogg import write_ogg
from dance_core.settings import ASSETS

SONGS = ASSETS / "songs"
INDEX = "songs.json"
LICENCE = "Written by this project's songwriter; Apache-2.0, or CC0-1.0 if you like that better."


@dataclass(frozen=True)
class DemoSong:
    """A demo song: what to call it, where it lies, its style key, its (first) tempo in BPM."""

    title: str
    path: Path
    style: str
    tempo: float


@dataclass(frozen=True)
class Order:
    """What one demo song is written from."""

    title: str
    style: str
    seed: int
    seconds: float
    tempo: float
    tempo_change: bool = False

    @property
    def file(self) -> str:
        """Name of its audio file."""
        return self.title.lower().replace(" ", "-") + ".ogg"


ORDERS = (
    Order("Sunday Lights", "gHO", 4, 62.0, 124.0),
    Order("Golden Handshake", "gLO", 1, 60.0, 110.0),
    Order("Late Train Home", "gMH", 4, 66.0, 90.0),
    Order("Silver Runway", "gWA", 5, 64.0, 118.0),
    Order("Cardboard Avenue", "gBR", 3, 60.0, 114.0),
    Order("Iron Verdict", "gKR", 3, 58.0, 98.0),
    Order("Telephone Summer", "gJS", 4, 70.0, 102.0, tempo_change=True),
    Order("First Snow", "gJB", 4, 64.0, 84.0),
)


def write_demo_songs(folder: Path | str = SONGS,
                     progress: Callable[[int, int, str], None] | None = None) -> list[Path]:
    """Write all demo songs and their songs.json into `folder` (made if missing); returns the audio files.

    progress: called as (songs done, songs in all, title of the next or last one).
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows, paths = [], []
    for i, order in enumerate(ORDERS):
        if progress:
            progress(i, len(ORDERS), order.title)
        made = write_song(order.style, order.seed, order.seconds, order.tempo, order.tempo_change)
        paths.append(folder / order.file)
        write_ogg(made.song, paths[-1])
        row = {"file": order.file, "title": order.title, "style": order.style, "tempo": order.tempo,
               "seed": order.seed, "seconds": order.seconds, "licence": LICENCE}
        if order.tempo_change:
            row["tempo_change_to"] = round(60.0 / float(made.beats.times[-1] - made.beats.times[-2]), 1)
        rows.append(row)
    (folder / INDEX).write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if progress:
        progress(len(ORDERS), len(ORDERS), ORDERS[-1].title)
    return paths


def demo_songs(folder: Path | str = SONGS) -> list[DemoSong]:
    """The demo songs that lie in `folder`, in the order of its songs.json.

    Raises UserError if the list is missing or damaged, or names a file that isn't there.
    """
    folder = Path(folder)
    try:
        rows = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        songs = [DemoSong(str(row["title"]), folder / Path(row["file"]).name, str(row["style"]),
                          float(row["tempo"])) for row in rows]
    except FileNotFoundError:
        raise UserError("The list of demo songs is missing; write the songs again.") from None
    except (ValueError, KeyError, TypeError):
        raise UserError("The list of demo songs is damaged; write the songs again.") from None
    missing = [song.title for song in songs if not song.path.is_file()]
    if missing:
        raise UserError(f"{len(missing)} of the {len(songs)} demo songs are missing: {missing[0]!r} first.")
    return songs
