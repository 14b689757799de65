"""A piece on paper: notes and the beats that they are meant for, and how it becomes a MIDI file."""

from __future__ import annotations

import io
from dataclasses import dataclass

import mido
import numpy as np

DRUMS = -1  # in the place of a programme
TICKS = 480  # a quarter
NOTE = np.dtype([("start", np.float64), ("length", np.float64), ("pitch", np.int16), ("velocity", np.int16),
                 ("program", np.int16)])


@dataclass(frozen=True, eq=False)
class Score:
    """Notes, beats and bars of a piece.

    Attributes:
        notes: (N,) of `NOTE`: start and length in s, MIDI pitch and velocity, General MIDI programme or
            `DRUMS`.
        beats: (B,) s. positions: (B,) place in the bar, 1 = downbeat; 0 throughout where bars are not known.
        metre: beats a bar, 0 where it is not known or changes.
        seconds: length of the piece.
        kind: what kind of piece, for tables.
    """

    notes: np.ndarray
    beats: np.ndarray
    positions: np.ndarray
    metre: int
    seconds: float
    kind: str


def midi_bytes(score: Score) -> bytes:
    """A standard MIDI file (type 0) at 120 BPM whose ticks are simply time: 960 a second.

    One channel for each programme (the first 15), drums on the tenth.
    """
    programs = [int(p) for p in dict.fromkeys(score.notes["program"].tolist()) if p != DRUMS][:15]
    channels = dict(zip(programs, [c for c in range(16) if c != 9], strict=False)) | {DRUMS: 9}
    events: list[tuple[int, int, mido.Message]] = [
        (0, 0, mido.Message("program_change", channel=channels[p], program=p)) for p in programs]
    for note in score.notes:
        channel = channels.get(int(note["program"]))
        if channel is None:
            continue
        start = max(0, round(float(note["start"]) * 2 * TICKS))
        stop = max(start + 1, round(float(note["start"] + note["length"]) * 2 * TICKS))
        pitch, velocity = int(np.clip(note["pitch"], 0, 127)), int(np.clip(note["velocity"], 1, 127))
        events.append((start, 2, mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)))
        events.append((stop, 1, mido.Message("note_off", channel=channel, note=pitch)))
    events.sort(key=lambda event: event[:2])
    track, now = mido.MidiTrack(), 0
    for tick, _, message in events:
        track.append(message.copy(time=tick - now))
        now = tick
    file = mido.MidiFile(type=0, ticks_per_beat=TICKS)
    file.tracks.append(track)
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()
