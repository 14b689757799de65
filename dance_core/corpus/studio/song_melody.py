"""Melodies: a motif, its answer, a contrast, its answer again (A A' B A'), fitted to the chords.

A phrase is two bars: rhythm cells of the style and a contour in scale steps. Notes on strong
places (in 4/4 beats 1 and 3, and long notes) are chord tones; the others move along the scale and leave
out tones a semitone above a chord tone, so nothing grinds against the harmony.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.song_harmony import grinding
from dance_core.corpus.studio.song_metre import METRES, Metre
from dance_core.corpus.studio.song_score import Chord

PHRASE_BARS = 2


@dataclass(frozen=True)
class Phrase:
    """Two bars of melody before the chords are known.

    Attributes:
        onsets, lengths: in sixteenth steps, onsets 0…31 (0…23 in bars of twelve).
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


# Shapes of a bar of melody: scale steps at the start, in the middle and at the end.
SHAPES = {"arch": (0, 4, 1), "fall": (4, 2, 0), "rise": (0, 2, 4), "bowl": (3, 0, 2), "wave": (1, 3, 0),
          "leap": (0, 5, 3), "sigh": (2, 3, 0)}


def _line(count: int, rng: np.random.Generator, start: int) -> list[int]:
    """A contour of `count` notes that follows one of the shapes, with a neighbour note here and there."""
    shape = SHAPES[str(rng.choice(list(SHAPES)))]
    line = [start + round(float(v)) for v in np.interp(np.linspace(0, 2, max(count, 1)), (0, 1, 2), shape)]
    for i in range(1, count - 1):
        if line[i] == line[i - 1] and rng.random() < 0.7:
            line[i] += int(rng.choice([-1, 1]))
    return line[:count]


def _phrase(cells: tuple[str, str], rng: np.random.Generator, start: int, bar: int) -> Phrase:
    """Two bars; where both have the same rhythm, the second repeats the first a step or two away."""
    one, two = read_cell(cells[0]), read_cell(cells[1], bar)
    contour = _line(len(one), rng, start)
    if cells[0] == cells[1]:
        away = int(rng.choice([-2, -1, 1, 2]))
        contour += [c + away for c in contour]
    else:
        contour += _line(len(two), rng, start + int(rng.choice([-2, -1, 0, 1])))
    notes = one + two
    return Phrase(tuple(n[0] for n in notes), tuple(n[1] for n in notes), tuple(contour))


def _answer(a: Phrase, bar: int) -> Phrase:
    """A': the same beginning, another end that goes home on a longer last note."""
    keep = max(1, len(a.contour) - max(2, len(a.contour) // 3))
    contour = list(a.contour[:keep])
    while len(contour) < len(a.contour):
        contour.append(contour[-1] + (-1 if contour[-1] > 0 else 1))
    contour[-1] = 0 if contour[-2:-1] != [0] else 2
    lengths = (*a.lengths[:-1], max(a.lengths[-1], min(6, PHRASE_BARS * bar - a.onsets[-1])))
    return Phrase(a.onsets, lengths, tuple(contour), closing=True)


def make_melody(cells: tuple[str, ...], rng: np.random.Generator,
                metre: Metre = METRES["4/4"]) -> tuple[Phrase, Phrase, Phrase, Phrase]:
    """Four phrases A A' B A'."""
    order = rng.permutation(len(cells))
    first, second, third = (cells[i] for i in order[:3])
    twice = rng.random() < 0.4  # a motif that comes twice is remembered
    bar = metre.steps
    a = _phrase((first, first if twice else second), rng, int(rng.choice([-1, 0, 1])), bar)
    b = _phrase((third, second if twice or rng.random() < 0.5 else first), rng, int(rng.choice([2, 3])), bar)
    answer = _answer(a, bar)
    return a, answer, b, answer


@dataclass(frozen=True)
class Place:
    """Where a melody may go: its range in MIDI pitches and its key."""

    low: int
    high: int
    tonic: int
    scale: tuple[int, ...]

    def pitch(self, degree: int) -> int:
        """MIDI pitch of a scale step counted from the tonic nearest to the lower third of the range."""
        middle = self.low + (self.high - self.low) // 3
        home = middle + (self.tonic - middle + 6) % 12 - 6
        octave, step = divmod(degree, len(self.scale))
        return home + 12 * octave + self.scale[step]


def fit_pitch(wish: float, chord: Chord, place: Place, strong: bool, closing: bool, before: int | None,
              move: int = 0, held: Collection[int] = ()) -> int:
    """A MIDI pitch near `wish` that fits: a chord tone where strong, else a scale tone without clash.

    move: −1, 0 or 1, which way the contour goes from `before`. The choice keeps that direction,
    avoids leaps beyond a fourth, and keeps out of the way of the pitches that others hold.
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
        price = abs(p - wish) + (1.5 if strong else 0.5) * grinding(p, held)
        if before is not None:
            price += 0.5 * max(0, abs(p - before) - 5)
            price += 2.5 * ((p > before) - (p < before) != move)
        return price, p
    return min(allowed, key=cost)


def harmony_below(pitch: int, chord: Chord) -> int:
    """The chord tone a third to a sixth under a melody note, for a second voice."""
    return next((p for p in range(pitch - 3, pitch - 10, -1) if p % 12 in chord.pitch_classes), pitch - 12)


def is_strong(onset: int, length: int, metre: Metre = METRES["4/4"]) -> bool:
    """Whether a note must be a chord tone: on a strong step (in 4/4 beat 1 or 3), or long."""
    return onset % metre.steps in metre.strong or length >= metre.long
