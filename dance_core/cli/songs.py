"""Dance to songs that nobody prepared and print what holds: part of the command evaluate."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import inputs
from dance_core.cli.terminal import printable, progress, table, whole_file
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    from dance_core.evaluation.songs import Danced, Total, Unprepared

TABLE = "songs.csv"


def evaluate_songs(settings: Settings, generator: str | None, files: Sequence[str], count: int,
                   seconds: float, corpus: Path | None, out: Path | None = None) -> int:
    """Dance to the first `seconds` of each file, and to written songs where there are fewer than `count`.

    A corpus tells how often recorded dancers' hands are in the body. In the folder `out` each dance is kept
    as dances/NN.npz (motion.files) with NN.json beside it, and what is measured as songs.csv.
    """
    if out is not None and out.exists() and not out.is_dir():
        raise UserError(f"{out.name!r} is a file, but the dances are kept in a folder.")
    if not 5.0 <= seconds <= 600.0:
        raise UserError(f"The dances are to be {seconds:g} s long, but 5 to 600 were expected.")
    from dance_core.corpus.pairs import Corpus
    from dance_core.evaluation.making import Kept
    from dance_core.evaluation.songs import Total, dance_to, recorded_through, written

    kept = Kept(out / "dances") if out is not None else None
    real = recorded_through(Corpus.open(corpus)) if corpus is not None else float("nan")
    with progress("Reading songs", "songs") as bar:
        songs: list[Unprepared] = []
        for song in _read(files, seconds, settings):
            songs.append(song)
            bar.update(len(songs), max(count, len(files)))
        songs += written(count - len(songs), seconds)
    dancer = inputs.generator(generator)
    dancer.load()
    with progress("Dancing", "songs") as bar:
        danced = dance_to(dancer, songs, settings, lambda done: bar.update(done, len(songs)),
                          lambda k, made: kept.put(_name(k), made) if kept else None)
    print(f"{dancer.needs.title}, {len(songs)} songs of up to {seconds:g} s, styles and poses in turn\n")
    print(_songs(danced))
    print()
    print(_total(Total.of_all(danced), real))
    if out is not None:
        _write(out / TABLE, danced)
        print(f"\nWritten: {out / TABLE} and the dances in {out / 'dances'}.")
    return 0


def _name(k: int) -> str:
    """Of a dance's files: its place in the table, for a title is no path."""
    return f"{k:02}"


def _write(path: Path, danced: Sequence[Danced]) -> None:
    """A row a dance; text of users stands in cells as study.cells writes it."""
    from dance_core.evaluation.limits import Limits
    from dance_core.study.cells import encode

    slide = Limits().slide
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("dance", "song", "style", "bas_gain", "stances", "slid", "longest_slide_cm",
                       "turned_away", "hands_through", "raw_jerk", "faults", "first_fault", "first_fault_s"))
        for k, d in enumerate(danced):
            first = min(d.faults, key=lambda f: f.start_s, default=None)
            rows.writerow((_name(k), encode(d.song), d.style, f"{d.gain:.4f}", len(d.slides),
                           sum(s > slide for s in d.slides), f"{max(d.slides, default=0.0):.3f}",
                           f"{d.away:.4f}", f"{d.through:.4f}", f"{d.jerk:.1f}", len(d.faults),
                           *((first.kind, f"{first.start_s:.2f}") if first else ("", ""))))


def _read(files: Sequence[str], seconds: float, settings: Settings) -> Iterator[Unprepared]:
    from dance_core.evaluation.songs import Unprepared
    from dance_core.music.analysis import analyse
    from dance_core.music.decode import excerpt

    for text in files:
        song = inputs.song(text, settings)
        found = analyse(excerpt(song, 0.0, min(seconds, song.duration)), settings)
        yield Unprepared(song.title, found.features, found.beats)


def _songs(danced: Sequence[Danced]) -> str:
    rows: list[tuple[str, ...]] = [("song", "style", "BAS gain", "stances", "longest slide cm", "turned away",
                                    "hands through", "raw jerk", "limits")]
    for d in danced:
        worst = max(d.faults, key=lambda f: f.value / f.limit, default=None)
        told = "held" if worst is None else f"{len(d.faults)} broken: {worst.kind} {worst.value:.1f} " \
            f"{worst.unit} at {worst.start_s:.1f} s"
        rows.append((printable(d.song)[:40], d.style, f"{d.gain:.2f}", str(len(d.slides)),
                     f"{max(d.slides, default=0.0):.2f}", f"{d.away:.0%}", f"{d.through:.1%}",
                     f"{d.jerk:.0f}", told))
    return table(rows)


def _total(t: Total, real: float) -> str:
    from dance_core.evaluation.songs import AWAY, HELD, STOOD

    stood = 1.0 - t.slid / max(t.stances, 1)
    hands = "" if real != real else f"≤ {real:.1%}, recorded dancers' share"
    return table([
        ("", "measured", "wanted"),
        ("dances that hold every limit", f"{t.held} of {t.of}", f"≥ {HELD:.0%}"),
        ("stances that slide no more than 2 cm", f"{stood:.1%} of {t.stances}, worst {t.worst:.2f} cm",
         f"≥ {STOOD:.0%}"),
        ("turned away by more than 60°", f"{t.away:.1%}", f"≤ {AWAY:.0%}"),
        ("hands through the body", f"{t.through:.1%}", hands),
        ("raw jerk, m/s³", f"{t.jerk:.0f}", ""),
        ("BAS gain", f"{t.gain:.3f}", ""),
    ])
