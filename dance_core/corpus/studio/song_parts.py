"""What each player plays: bass lines, chords, pads, arpeggios and melodies from a style's patterns."""

from __future__ import annotations

import numpy as np

from dance_core.corpus.studio.song_harmony import arpeggio_tones, lead_voices
from dance_core.corpus.studio.song_melody import (
    PHRASE_BARS,
    Phrase,
    Place,
    fit_pitch,
    harmony_below,
    is_strong,
    make_melody,
)
from dance_core.corpus.studio.song_metre import METRES, Metre
from dance_core.corpus.studio.song_recipe import Layer, SongStyle
from dance_core.corpus.studio.song_score import Chord, Composition, Note, Section

_LETTER = {"intro": "i", "verse": "v", "build": "b", "chorus": "c", "break": "k", "outro": "o"}
GLIDING = ("bass_808", "bass_growl", "lead_square", "lead_whistle", "lead_flute")


def swung(step: float, swing: float, metre: Metre = METRES["4/4"]) -> float:
    """Beats of a step, the off sixteenths moved to where `swing` says (0.5 = straight)."""
    late = metre.beat(2.0 * swing - 1.0) if int(np.floor(step)) % 2 else 0.0
    return metre.beat(step) + late


def plays(layer: Layer, section: Section) -> bool:
    """Whether a layer plays in a section at all."""
    return _LETTER[section.name] in layer.sections


def entry_bar(layer: Layer, layers: tuple[Layer, ...], section: Section, first_verse: bool) -> int:
    """Bar of the section in which the layer comes in.

    An intro fills up player by player; in the first verse, if it is long, the second chord player
    and the arpeggio wait for its second half.
    """
    there = [one for one in layers if plays(one, section)]
    if section.name == "intro" and section.bars >= 4:
        place = there.index(layer)
        return 0 if len(there) < 2 else min(section.bars - 2, 2 * (place * section.bars // (2 * len(there))))
    if first_verse and section.bars >= 8 and layer.role in ("arp", "chords"):
        comping = [one for one in there if one.role in ("arp", "chords")]
        return 0 if layer is comping[0] else section.bars // 2
    return 0


class Player:
    """Writes the notes of one layer of a song; the same generator gives the same notes.

    held: chord start → pitches that chords and pads hold then; players add theirs and keep out of
    the others' way.
    """

    def __init__(self, song: Composition, style: SongStyle, layer: Layer, swing: float,
                 rng: np.random.Generator, held: dict[float, set[int]]) -> None:
        self.song, self.style, self.layer, self.swing = song, style, layer, swing
        self.metre = song.metre
        self.rng, self.held = rng, held
        self.notes: list[Note] = []
        self.verse = self._choose(layer.verse)
        self.chorus = self._choose(layer.chorus) or self.verse

    def write(self) -> list[Note]:
        """All notes of the layer, in order of time."""
        verses = [s for s in self.song.sections if s.name == "verse"]
        for section in self.song.sections:
            if plays(self.layer, section):
                start = entry_bar(self.layer, self.style.layers, section, verses[:1] == [section])
                for bar in range(start, section.bars):
                    self._bar(section, section.first + bar)
        if "o" in self.layer.sections or self.layer.role == "bass":
            self._end(self.song.chords[-1])
        return sorted(self.notes, key=lambda n: (n.beat, n.pitch))

    def _bar(self, section: Section, bar: int) -> None:
        """Play one bar (counted from the song's start)."""
        raise NotImplementedError

    def _end(self, chord: Chord) -> None:
        """Land on the final downbeat."""

    def _choose(self, options: tuple[str, ...]) -> str:
        return options[int(self.rng.integers(len(options)))] if options else ""

    def _put(self, step: float, length: float, pitch: int, velocity: float, glide: int | None = None) -> None:
        """Add a note at a step counted from the song's start, its length in steps."""
        lean = self.metre.accents[int(step) % self.metre.steps]
        v = float(np.clip(velocity * lean * (1.0 + 0.06 * self.rng.standard_normal()), 0.05, 1.0))
        nudge = float(np.clip(self.style.loose * self.rng.standard_normal(), -0.008, 0.008))
        self.notes.append(Note(swung(step, self.swing, self.metre), self.metre.beat(length), int(pitch), v,
                               nudge, glide))

    def _tokens(self, section: Section, bar: int) -> list[tuple[int, int, str]]:
        """(step in the song, length in steps, token) of a bar's pattern."""
        text = self.chorus if section.name == "chorus" else self.verse
        steps = self.metre.steps
        at = (bar - section.first) * steps % len(text)
        found: list[tuple[int, int, str]] = []
        for i, c in enumerate(text[at: at + steps]):
            if c == "-" and found:
                found[-1] = (found[-1][0], found[-1][1] + 1, found[-1][2])
            elif c not in ".-":
                found.append((bar * steps + i, 1, c))
        return found

    @staticmethod
    def _loud(section: Section) -> float:
        return 0.62 + 0.3 * section.energy


class Bassist(Player):
    """Roots, octaves, fifths and steps towards the next chord."""

    def _bar(self, section: Section, bar: int) -> None:
        tokens = self._tokens(section, bar)
        if section.name in ("intro", "break"):
            tokens = [t for t in tokens if t[0] % self.metre.steps in self.metre.strong or t[1] > 2]
        for step, length, token in tokens:
            pitch = self._pitch(token, self.song.chord_at(self.metre.beat(step)), bar)
            velocity = self._loud(section) * {"g": 0.35, "a": 0.85, "R": 1.05}.get(token, 0.92)
            held = 0.4 if token == "g" else length - (0.15 if length > 1 else 0.12)
            slides = self.layer.instrument in GLIDING and token in "8a5" and self.rng.random() < 0.6
            self._put(step, held, pitch, velocity, self.notes[-1].pitch if slides and self.notes else None)

    def _root(self, chord: Chord) -> int:
        return self.layer.low + (chord.root - self.layer.low) % 12

    def _pitch(self, token: str, chord: Chord, bar: int) -> int:
        root = self._root(chord)
        if token == "a":
            goal = self._root(self.song.chord_at((bar + 1) * self.metre.beats))
            scale = {(self.song.tonic + s) % 12 for s in self.song.scale}
            near = (goal - 2, goal - 1, goal + 2, goal + 1)
            return next((p for p in near if p % 12 in scale and p >= self.layer.low), goal + 2)
        seventh = next((i for i in chord.intervals if i in (9, 10, 11)), 7)
        third = next((i for i in chord.intervals if i in (3, 4, 5)), 7)
        return root + {"8": 12, "5": 7, "3": third, "7": seventh}.get(token, 0)

    def _end(self, chord: Chord) -> None:
        self._put(self.metre.step(chord.start), 12, self._root(chord), 0.85)


class Comper(Player):
    """Chords struck in a rhythm, or held by a pad, with voices that lead."""

    def write(self) -> list[Note]:
        """As of any player; what each chord's voices hold is told to the players after it."""
        chords, voices = self.song.chords, min(self.layer.voices, 3 if self.layer.role == "pad" else 4)
        led = lead_voices(chords, self.layer.low, self.layer.high, voices, self.held)
        self.voicings = dict(zip([c.start for c in chords], led, strict=True))
        for start, pitches in self.voicings.items():
            self.held.setdefault(start, set()).update(pitches)
        return super().write()

    def _bar(self, section: Section, bar: int) -> None:
        if self.layer.role == "pad":
            start, stop = bar * self.metre.beats, (bar + 1) * self.metre.beats
            for chord in (c for c in self.song.chords if start <= c.start < stop):
                length = self.metre.step(chord.stop - chord.start) - 0.1
                self._strike(chord, self.metre.step(chord.start), length, 0.9 * self._loud(section))
            return
        for step, length, token in self._tokens(section, bar):
            velocity = self._loud(section) * (1.08 if token == "X" else 0.88)
            self._strike(self.song.chord_at(self.metre.beat(step)), step, length - 0.2, velocity)

    def _strike(self, chord: Chord, step: float, length: float, velocity: float) -> None:
        for pitch in self.voicings[chord.start]:
            self._put(step, length, pitch, velocity)

    def _end(self, chord: Chord) -> None:
        self._strike(chord, self.metre.step(chord.start), 12, 0.75)


class Arpeggiator(Player):
    """Chord tones one after another."""

    def _bar(self, section: Section, bar: int) -> None:
        for step, length, token in self._tokens(section, bar):
            chord = self.song.chord_at(self.metre.beat(step))
            tones = arpeggio_tones(chord, self.layer.low, self.layer.high)
            accent = 1.05 if step % self.metre.beat_steps == 0 else 0.85
            self._put(step, length - 0.1, tones[int(token) - 1], self._loud(section) * accent)

    def _end(self, chord: Chord) -> None:
        for i, pitch in enumerate(arpeggio_tones(chord, self.layer.low, self.layer.high)[:4]):
            self._put(self.metre.step(chord.start) + 0.12 * i, 12, pitch, 0.7)


class Singer(Player):
    """A melody in phrases A A' B A'; in the last chorus the hook gets a second voice."""

    def __init__(self, song: Composition, style: SongStyle, layer: Layer, swing: float,
                 rng: np.random.Generator, held: dict[float, set[int]]) -> None:
        super().__init__(song, style, layer, swing, rng, held)
        self.phrases = make_melody(style.cells, rng, self.metre)
        self.place = Place(layer.low, layer.high, song.tonic, song.scale)
        choruses = [s for s in song.sections if s.name == "chorus"]
        self.last_chorus = choruses[-1:] if len(choruses) > 1 else []

    def _bar(self, section: Section, bar: int) -> None:
        at = bar - section.first
        if at % PHRASE_BARS:
            return
        which = at // PHRASE_BARS
        if section.name == "intro" and at < section.bars // 2 or section.name == "outro" and at >= 4:
            return
        if self.layer.role == "tune" and section.name == "break" and which % 2:
            return  # breathes
        self._sing(self.phrases[which % 4], section, bar)

    def _sing(self, phrase: Phrase, section: Section, bar: int) -> None:
        before: int | None = None
        metre = self.metre
        notes = list(zip(phrase.onsets, phrase.lengths, phrase.contour, strict=True))
        for i, (onset, length, degree) in enumerate(notes):
            step = bar * metre.steps + onset
            if step >= section.stop * metre.steps:
                break
            chord = self.song.chord_at(metre.beat(step))
            closing = phrase.closing and i == len(notes) - 1
            move = int(np.sign(degree - phrase.contour[i - 1])) if i else 0
            strong = is_strong(onset, length, metre)
            pitch = fit_pitch(self.place.pitch(degree), chord, self.place, strong, closing, before, move,
                              self.held.get(chord.start, ()))
            velocity = self._loud(section) * (1.05 if onset % metre.beat_steps == 0 else 0.9)
            glide = before if self.layer.instrument in GLIDING and length > 1 else None
            self._put(step, length - 0.15, pitch, velocity, glide)
            if self.layer.role == "hook" and self.last_chorus == [section]:
                self._put(step, length - 0.15, harmony_below(pitch, chord), 0.7 * velocity)
            before = pitch


PLAYERS: dict[str, type[Player]] = {
    "bass": Bassist, "chords": Comper, "pad": Comper, "arp": Arpeggiator, "hook": Singer, "tune": Singer}


def write_parts(song: Composition, style: SongStyle, swing: float,
                rng_of: dict[str, np.random.Generator]) -> dict[str, list[Note]]:
    """Layer name → its notes. rng_of: layer name → its random generator."""
    held: dict[float, set[int]] = {}
    order = sorted(style.layers, key=lambda one: one.role in ("hook", "tune"))  # melodies listen to chords
    return {one.name: PLAYERS[one.role](song, style, one, swing, rng_of[one.name], held).write()
            for one in order}
