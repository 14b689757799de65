"""Chords: reading progressions, laying them on the bars, and voices that lead."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from dance_core.corpus.studio.song_metre import METRES, Metre
from dance_core.corpus.studio.song_recipe import Tonality
from dance_core.corpus.studio.song_score import Chord, Section

_DEGREES = {"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11}
_QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11),
    "9": (0, 4, 7, 10, 14), "m9": (0, 3, 7, 10, 14), "maj9": (0, 4, 7, 11, 14), "add9": (0, 4, 7, 14),
    "7sus4": (0, 5, 7, 10), "7#9": (0, 4, 7, 10, 15), "5": (0, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9),
}
_CHORD = re.compile(r"([b#]?)(VII|VI|V|IV|III|II|I)(.*)")


def read_chord(text: str, tonic: int) -> tuple[int, tuple[int, ...]]:
    """(root pitch class, semitones above the root) of a numeral such as "bVImaj7"."""
    match = _CHORD.fullmatch(text)
    if not match or match[3] not in _QUALITIES:
        raise ValueError(f"cannot read the chord {text!r}")
    shift = {"": 0, "b": -1, "#": 1}[match[1]]
    return (tonic + _DEGREES[match[2]] + shift) % 12, _QUALITIES[match[3]]


def lay_chords(sections: tuple[Section, ...], tonality: Tonality, tonic: int,
               metre: Metre = METRES["4/4"]) -> tuple[Chord, ...]:
    """The chords of the whole song; the last one is the tonic chord on the final downbeat.

    Chords that share a bar share its beats; of three beats the first has two.
    """
    chords: list[Chord] = []
    for section in sections:
        progression = tonality.chorus if section.name in ("chorus", "break") else tonality.verse
        words = progression.split()
        for bar in range(section.bars):
            parts = words[bar % len(words)].split(",")
            if section.name == "build" and bar == section.bars - 1 and section.bars > 1:
                parts = ["V7sus4", "V7"] if tonality.mode in ("minor", "major") else parts
            one = float((section.first + bar) * metre.beats)
            borders = [one + round(i * metre.beats / len(parts)) for i in range(len(parts) + 1)]
            for name, start, stop in zip(parts, borders, borders[1:], strict=False):
                root, intervals = read_chord(name, tonic)
                chords.append(Chord(start, stop, root, intervals, name))
    home = "Iadd9" if tonality.mode in ("major", "mixolydian") else "Im9" if "9" in tonality.verse else "Im"
    end = sections[-1].stop * metre.beats
    root, intervals = read_chord(home, tonic)
    return (*chords, Chord(end, end + metre.beats, root, intervals, home))


@lru_cache(maxsize=4096)
def _placements(tones: tuple[int, ...], low: int, high: int) -> tuple[tuple[int, ...], ...]:
    """All ways to place the pitch classes `tones` between two pitches within a tenth or so."""
    places = [[p for p in range(low, high + 1) if p % 12 == tone] for tone in tones]
    found = set()
    for combination in itertools.product(*places):
        v = tuple(sorted(combination))
        gaps = [b - a for a, b in zip(v, v[1:], strict=False)]
        clear = not gaps or (min(gaps) >= 1 and gaps.count(1) <= 1 and gaps[-1] > 1)
        if v[-1] - v[0] <= 17 and clear:
            found.add(v)
    return tuple(sorted(found))


# What a chord can least do without first; the bass has the root. Three voices leave colours out.
_NEED = {3: 0, 4: 0, 5: 0, 10: 1, 11: 1, 9: 1, 14: 2, 15: 2, 0: 3, 7: 4}
_NEED_OF_THREE = {**_NEED, 14: 6, 15: 6}


def voicing_tones(chord: Chord, voices: int) -> tuple[int, ...]:
    """Pitch classes to voice with at most `voices` notes."""
    need = _NEED if voices > 3 else _NEED_OF_THREE
    by_need = sorted(chord.intervals, key=need.__getitem__)
    if len(chord.intervals) > voices:
        by_need.remove(0)
    return tuple(sorted({(chord.root + i) % 12 for i in by_need[:voices]}))


def grinding(pitch: int, others: Iterable[int]) -> float:
    """How hard a pitch grinds against others: 1 for each minor second, 1.5 for each minor ninth."""
    return sum({1: 1.0, 13: 1.5}.get(abs(pitch - other), 0.0) for other in others)


def lead_voices(chords: Sequence[Chord], low: int, high: int, voices: int = 4,
                taken: Mapping[float, Collection[int]] | None = None) -> list[tuple[int, ...]]:
    """A voicing of each chord between two MIDI pitches, each as near to the one before as can be.

    taken: chord start → pitches that other players hold then; minor seconds and ninths against
    them are avoided, as they are inside the voicing.
    """
    middle = (low + high) / 2
    result: list[tuple[int, ...]] = []
    for chord in chords:
        options = _placements(voicing_tones(chord, voices), low, high)
        held = taken.get(chord.start, ()) if taken else ()
        harsh = {v: 4.0 * sum(grinding(p, v[i + 1:]) + grinding(p, held) for i, p in enumerate(v))
                 for v in options}
        before = result[-1] if result else None

        def cost(v: tuple[int, ...], before: tuple[int, ...] | None = before,
                 harsh: dict[tuple[int, ...], float] = harsh) -> float:
            centre = 0.25 * abs(sum(v) / len(v) - middle) + harsh[v]
            if before is None:
                return centre
            down = sum(min(abs(p - q) for q in before) for p in v) / len(v)
            up = sum(min(abs(p - q) for q in v) for p in before) / len(before)
            return centre + down + up + 0.5 * abs(v[-1] - before[-1])
        result.append(min(options, key=cost))
    return result


def arpeggio_tones(chord: Chord, low: int, high: int) -> list[int]:
    """Chord tones upwards from `low`, at least nine of them folded back under `high`."""
    tones = [p for p in range(low, high + 1) if p % 12 in chord.pitch_classes[:4]]
    while len(tones) < 9:
        tones.append(tones[-4 if len(tones) > 4 else 0])
    return tones
