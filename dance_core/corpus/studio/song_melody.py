"""Melodies: a motif, its answer, a contrast, its answer again (A A' B A'), fitted to the chords.

A phrase is two bars: rhythm cells of the style and a contour in scale steps. Notes on strong
places (beats 1 and 3, and long notes) are chord tones; the others move along the scale and leave
out tones a semitone above a chord tone, so nothing grinds against the harmony.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    return Phrase(tuple(n[0] for n in notes), tuple(n[1] for n in notes), tuple(_walk(len(notes), rng, start)))


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


def _nearest(wish: float, allowed: list[int], before: int | None) -> int:
    """The allowed pitch nearest to `wish`; of two, the one that moves less."""
    return min(allowed, key=lambda p: (abs(p - wish) + (0.05 * abs(p - before) if before is not None else 0.0), p))


def fit_pitch(wish: float, chord: Chord, scale: tuple[int, ...], tonic: int, low: int, high: int, strong: bool,
              closing: bool, before: int | None) -> int:
    """A MIDI pitch near `wish` that fits: a chord tone where strong, else a scale tone without clash."""
    tones = chord.pitch_classes
    if closing:
        tones = tuple(t for t in tones[:2])
    if not strong and not closing:
        clash = {(t + 1) % 12 for t in chord.pitch_classes} - set(chord.pitch_classes)
        free = {(tonic + s) % 12 for s in scale} - clash
        tones = tuple(sorted(free | set(chord.pitch_classes[:4])))
    allowed = [p for p in range(low, high + 1) if p % 12 in tones]
    return _nearest(wish, allowed, before)


def is_strong(onset: int, length: int) -> bool:
    """Whether a note must be a chord tone: on beat 1 or 3, or three sixteenths and longer."""
    return onset % 8 == 0 or length >= 3


def scale_pitch(degree: int, scale: tuple[int, ...], tonic: int, middle: int) -> int:
    """MIDI pitch of a scale step counted from the tonic nearest to `middle`."""
    home = middle + (tonic - middle + 6) % 12 - 6
    octave, step = divmod(degree, len(scale))
    return home + 12 * octave + scale[step]
