"""Melodies: a motif, its answer, a contrast, its answer again (A A' B A'), fitted to the chords.

A phrase is two bars: rhythm cells of the style and a contour in scale steps. Notes on strong
places (beats 1 and 3, and long notes) are chord tones; the others move along the scale and leave
out tones a semitone above a chord tone, so nothing grinds against the harmony.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.song_harmony import grinding
from dance_core.corpus.studio.song_score import STEPS_PER_BAR, Chord

PHRASE_BARS = 2


@dataclass(frozen=True)
class Phrase:
    """Two bars of melody before the chords are known.

    Attributes:
        onsets, lengths: in sixteenth steps, onsets 0…31.
        contour: scale steps above the melody's middle, one a note.
        closing: the last note goes home (to the root or third of its chord).
    """

    onsets: tuple[int, ...]
    lengths: tuple[int, ...]
    contour: tuple[int, ...]
    closing: bool = False


def read_cell(cell: str, offset: int = 0) -> list[tuple[int, int]]:
    """(onset, length) in steps of the notes of a rhythm cell."""
    notes: list[tuple[int, int]] = []
    for i, c in enumerate(cell):
        if c == "x":
            notes.append((offset + i, 1))
        elif c == "-" and notes:
            notes[-1] = (notes[-1][0], notes[-1][1] + 1)
    return notes


def _walk(count: int, rng: np.random.Generator, start: int) -> list[int]:
    """A contour: mostly steps, a leap now and then which then turns back, within about an octave."""
    line, leap = [start], 0
    for _ in range(count - 1):
        if leap:
            move = -int(np.sign(leap)) * int(rng.integers(1, 3))
            leap = 0
        elif rng.random() < 0.2:
            move = int(rng.choice([-4, -3, 3, 4]))
            leap = move
        else:
            move = int(rng.choice([-2, -1, -1, 0, 1, 1, 2]))
        if abs(line[-1] + move) > 5:
            move = -move
        line.append(line[-1] + move)
    return line


def _phrase(cells: tuple[str, str], rng: np.random.Generator, start: int) -> Phrase:
    notes = read_cell(cells[0]) + read_cell(cells[1], STEPS_PER_BAR)
    return Phrase(tuple(n[0] for n in notes), tuple(n[1] for n in notes), tuple(_walk(len(notes), rng,
                                                                                      start)))


def _answer(a: Phrase, rng: np.random.Generator) -> Phrase:
    """A': the same beginning, another end that goes home on a longer last note."""
    keep = max(1, len(a.contour) - max(2, len(a.contour) // 3))
    contour = list(a.contour[:keep])
    while len(contour) < len(a.contour):
        contour.append(contour[-1] + (-1 if contour[-1] > 0 else int(rng.choice([-1, 1]))))
    contour[-1] = 0
    lengths = (*a.lengths[:-1], max(a.lengths[-1], min(6, PHRASE_BARS * STEPS_PER_BAR - a.onsets[-1])))
    return Phrase(a.onsets, lengths, tuple(contour), closing=True)


def make_melody(cells: tuple[str, ...], rng: np.random.Generator) -> tuple[Phrase, Phrase, Phrase, Phrase]:
    """Four phrases A A' B A'."""
    order = rng.permutation(len(cells))
    first, second, third = (cells[i] for i in order[:3])
    a = _phrase((first, second), rng, int(rng.choice([0, 1, 2])))
    b = _phrase((third, second if rng.random() < 0.5 else first), rng, int(rng.choice([3, 4])))
    answer = _answer(a, rng)
    return a, answer, b, answer


@dataclass(frozen=True)
class Place:
    """Where a melody may go: its range in MIDI pitches and its key."""

    low: int
    high: int
    tonic: int
    scale: tuple[int, ...]

    def pitch(self, degree: int) -> int:
        """MIDI pitch of a scale step counted from the tonic nearest to the middle of the range."""
        middle = (self.low + self.high) // 2 - 2
        home = middle + (self.tonic - middle + 6) % 12 - 6
        octave, step = divmod(degree, len(self.scale))
        return home + 12 * octave + self.scale[step]


def fit_pitch(wish: float, chord: Chord, place: Place, strong: bool, closing: bool, before: int | None,
              held: Collection[int] = ()) -> int:
    """A MIDI pitch near `wish` that fits: a chord tone where strong, else a scale tone without clash.

    Of two equally near ones it takes the one nearer to `before`; it keeps out of the way of the
    pitches that others hold.
    """
    if closing:
        tones = set(chord.pitch_classes[:2])
    elif strong:
        tones = set(chord.pitch_classes)
    else:
        clash = {(t + 1) % 12 for t in chord.pitch_classes}
        if 4 in chord.intervals:
            clash.add((chord.root + 3) % 12)  # no minor third over a major chord
        tones = {(place.tonic + s) % 12 for s in place.scale} - clash | set(chord.pitch_classes[:4])
    allowed = [p for p in range(place.low, place.high + 1) if p % 12 in tones]

    def cost(p: int) -> tuple[float, int]:
        step = 0.05 * abs(p - before) if before is not None else 0.0
        return abs(p - wish) + step + (1.5 if strong else 0.5) * grinding(p, held), p
    return min(allowed, key=cost)


def harmony_below(pitch: int, chord: Chord) -> int:
    """The chord tone a third to a sixth under a melody note, for a second voice."""
    return next((p for p in range(pitch - 3, pitch - 10, -1) if p % 12 in chord.pitch_classes), pitch - 12)


def is_strong(onset: int, length: int) -> bool:
    """Whether a note must be a chord tone: on beat 1 or 3, or three sixteenths and longer."""
    return onset % 8 == 0 or length >= 3
