"""Pieces that people played or wrote: the drummers of Groove, the songs of Freedoom, from their MIDI files.

Groove (Magenta; CC BY 4.0) was played to a metronome whose clock is the file's own; bars begin at its first
tick. Freedoom's songs (BSD-3-Clause) count as far as their notes lie on their own grid.
"""

from __future__ import annotations

import csv
from pathlib import Path

import mido
import numpy as np

from dance_core.beatnet.score import DRUMS, NOTE, Score
from dance_core.errors import UserError

# Notes of the Roland TD-11 of Groove that General MIDI has elsewhere (the data set's own table).
ROLAND = {22: 42, 26: 46, 58: 43}
SLOWEST, FASTEST = 52.0, 216.0
ON_GRID = 0.75  # share of a song's notes that must lie on its twelfths of a beat
SHORTEST = 12.0  # s
NEAR = 0.06  # s around a beat in which a drummer's hit is meant for it


def groove_pieces(folder: Path) -> list[tuple[Path, str]]:
    """Files of the long takes in 3/4, 4/4 and 5/4 with their split (train, validation, test), in fixed order.

    Raises UserError where the folder has no info.csv.
    """
    table = folder / "info.csv"
    if not table.is_file():
        raise UserError(f"There is no info.csv of the Groove MIDI data set in {folder}.")
    with table.open(encoding="utf-8") as file:
        rows = [
            r
            for r in csv.DictReader(file)
            if r["beat_type"] == "beat"
            and float(r["duration"]) > SHORTEST
            and r["time_signature"] in ("3-4", "4-4", "5-4")
        ]
    return sorted(
        (folder / r["midi_filename"], r["split"]) for r in rows if (folder / r["midi_filename"]).is_file()
    )


def freedoom_pieces(folder: Path) -> list[Path]:
    """Files of the songs, in a fixed order. Raises UserError where there are none."""
    found = sorted(folder.glob("*.mid"))
    if not found:
        raise UserError(f"There are no MIDI files in {folder}.")
    return found


def read_piece(path: Path, kind: str, drums_only: bool = False) -> Score | None:
    """A MIDI file as a Score, or None where its beats or bars can't be trusted.

    drums_only: all notes are of a Roland drum kit. Beats faster than `FASTEST` are counted in twos where bars
    allow it. Positions are 0 where the file names no metre.
    """
    try:
        file = mido.MidiFile(path, clip=True)
    except (OSError, EOFError, ValueError, KeyError, IndexError):
        return None
    notes, tempi, bars, last = _events(file, drums_only)
    if len(notes) < 40:
        return None
    quarter = notes["start"] / file.ticks_per_beat
    place = quarter * 12 % 1.0
    near = np.minimum(place, 1 - place) < 0.18
    if not drums_only and near.mean() < ON_GRID:
        return None
    beats, positions, metre = _beats(bars, last / file.ticks_per_beat)
    clock = _clock(tempi, file.ticks_per_beat)
    times = clock(beats * file.ticks_per_beat)
    pace = 60.0 / np.median(np.diff(times)) if len(times) > 8 else 0.0
    if pace > FASTEST and metre in (2, 4, 6):
        times, positions, metre, pace = times[::2], (positions[::2] + 1) // 2, metre // 2, pace / 2
        metre = max(metre, 1)
    if not SLOWEST <= pace <= FASTEST or metre == 1:
        return None
    start = clock(notes["start"])
    notes["length"] = np.maximum(0.03, clock(notes["start"] + notes["length"]) - start)
    notes["start"] = start
    if drums_only:
        times = times + _ahead(start, times)
    end = float(start.max()) + 1.0
    inside = (times >= start.min() - 0.5 * 60 / pace) & (times <= start.max() + 0.1)
    return Score(notes, times[inside], positions[inside], metre, end, kind)


def _ahead(hits: np.ndarray, beats: np.ndarray) -> float:
    """Seconds by which a drummer's hits near the beats lie after them: negative, as a rule.

    Beats are where they are heard, not where the metronome was.
    """
    off = hits - beats[np.abs(beats - hits[:, None]).argmin(axis=1)]
    near = off[np.abs(off) < NEAR]
    return float(np.median(near)) if len(near) >= 8 else 0.0


def part_of(score: Score, start: float, seconds: float) -> Score:
    """The piece from start on, for at most so many seconds; its times count from there."""
    stop = min(start + seconds, score.seconds)
    notes = score.notes[(score.notes["start"] >= start) & (score.notes["start"] < stop)].copy()
    notes["start"] -= start
    inside = (score.beats >= start) & (score.beats < stop)
    return Score(
        notes, score.beats[inside] - start, score.positions[inside], score.metre, stop - start, score.kind
    )


def _events(file: mido.MidiFile, drums_only: bool) -> tuple[np.ndarray, list, list, int]:
    """Notes in ticks, tempi (tick, s a quarter), bars (tick, numerator, denominator), the last tick."""
    rows, tempi, bars, last = [], [], [], 0
    for track in file.tracks:
        now, programs, open_notes = 0, {}, {}
        for message in track:
            now += message.time
            if message.type == "set_tempo":
                tempi.append((now, message.tempo / 1e6))
            elif message.type == "time_signature":
                bars.append((now, message.numerator, message.denominator))
            elif message.type == "program_change":
                programs[message.channel] = message.program
            elif message.type == "note_on" and message.velocity:
                open_notes.setdefault((message.channel, message.note), (now, message.velocity))
            elif message.type in ("note_off", "note_on"):
                begun = open_notes.pop((message.channel, message.note), None)
                if begun is not None:
                    drum = drums_only or message.channel == 9
                    pitch = ROLAND.get(message.note, message.note) if drums_only else message.note
                    rows.append((begun[0], max(1, now - begun[0]), pitch, begun[1],
                                 DRUMS if drum else programs.get(message.channel, 0)))
                    last = max(last, now)
    notes = np.array(rows, NOTE) if rows else np.zeros(0, NOTE)
    return np.sort(notes, order="start"), sorted(tempi), sorted(bars), last


def _beats(bars: list[tuple[int, int, int]], quarters: float) -> tuple[np.ndarray, np.ndarray, int]:
    """Beats in quarters, their positions and the beats a bar; quarters are beats whatever the signature says.

    With more than one signature, or one that isn't of quarters, the bars are not known.
    """
    beats = np.arange(0.0, quarters + 1e-6)
    kinds = {(n, d) for _, n, d in bars}
    if len(kinds) != 1:
        return beats, np.zeros(len(beats), np.int64), 0
    (metre, unit), = kinds
    if unit != 4 or not 2 <= metre <= 7:
        return beats, np.zeros(len(beats), np.int64), 0
    return beats, np.arange(len(beats)) % metre + 1, metre


def _clock(tempi: list[tuple[int, float]], ticks: int):
    changes = [(0, 0.5), *tempi]
    at = np.array([t for t, _ in changes], np.float64)
    pace = np.array([s for _, s in changes]) / ticks
    passed = np.concatenate([[0.0], np.cumsum(np.diff(at) * pace[:-1])])

    def seconds(tick: np.ndarray) -> np.ndarray:
        k = np.clip(np.searchsorted(at, tick, side="right") - 1, 0, len(at) - 1)
        return passed[k] + (tick - at[k]) * pace[k]

    return seconds
