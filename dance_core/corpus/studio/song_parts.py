"""What each player plays: bass lines, chords, pads, arpeggios and melodies from a style's patterns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dance_core.corpus.studio.song_harmony import arpeggio_tones, lead_voices
from dance_core.corpus.studio.song_melody import PHRASE_BARS, fit_pitch, is_strong, make_melody, scale_pitch
from dance_core.corpus.studio.song_score import BEATS_PER_BAR, STEPS_PER_BAR, Composition, Note, Section
from dance_core.corpus.studio.song_styles import Layer, SongStyle

_LETTER = {"intro": "i", "verse": "v", "build": "b", "chorus": "c", "break": "k", "outro": "o"}
STEP = BEATS_PER_BAR / STEPS_PER_BAR  # beats a sixteenth


def swung(step: float, swing: float) -> float:
    """Beats of a step, the off sixteenths moved to where `swing` says (0.5 = straight)."""
    whole = int(np.floor(step))
    late = (2.0 * swing - 1.0) * STEP if whole % 2 else 0.0
    return step * STEP + late


def plays(layer: Layer, section: Section) -> bool:
    """Whether a layer plays in a section at all."""
    return _LETTER[section.name] in layer.sections


def entry_bar(layer: Layer, layers: tuple[Layer, ...], section: Section) -> int:
    """Bar of the section in which the layer comes in: an intro fills up, player by player."""
    if section.name != "intro" or section.bars < 4:
        return 0
    there = [one.name for one in layers if plays(one, section)]
    place = there.index(layer.name)
    return 0 if len(there) < 2 else min(section.bars - 2, 2 * (place * section.bars // (2 * len(there))))


class Player:
    """Writes the notes of one layer into a composition, deterministic for its generator."""

    def __init__(self, song: Composition, style: SongStyle, layer: Layer, swing: float, rng: np.random.Generator,
                 drums_out: set[int]) -> None:
        self.song, self.style, self.layer, self.swing, self.rng = song, style, layer, swing, rng
        self.drums_out = drums_out
        self.notes: list[Note] = []
        choose = lambda options: options[int(rng.integers(len(options)))] if options else ""  # noqa: E731
        self.verse = choose(layer.verse)
        self.chorus = choose(layer.chorus) or self.verse

    def write(self) -> list[Note]:
        """All notes of the layer, in order."""
        roles: dict[str, Callable[[Section, int], None]] = {
            "bass": self._bass, "chords": self._chords, "pad": self._pad, "arp": self._arp}
        if self.layer.role in ("hook", "tune"):
            self._melody()
        else:
            if self.layer.role in ("chords", "pad"):
                chords = list(self.song.chords)
                self.voicings = dict(zip([c.start for c in chords],
                                         lead_voices(chords, self.layer.low, self.layer.high), strict=True))
            for section in self.song.sections:
                if plays(self.layer, section):
                    for bar in range(entry_bar(self.layer, self.style.layers, section), section.bars):
                        roles[self.layer.role](section, section.first + bar)
            self._last_chord()
        return sorted(self.notes, key=lambda n: (n.beat, n.pitch))

    def _put(self, step: float, length: float, pitch: int, velocity: float, glide: int | None = None) -> None:
        """Add a note at a step counted from the song's start, its length in steps."""
        v = float(np.clip(velocity * (1.0 + 0.07 * self.rng.standard_normal()), 0.05, 1.0))
        nudge = float(np.clip(self.style.loose * self.rng.standard_normal(), -0.008, 0.008))
        self.notes.append(Note(swung(step, self.swing), length * STEP, int(pitch), v, nudge, glide))

    def _pattern(self, section: Section, bar: int) -> str:
        """The 16 characters that this layer plays in a bar."""
        text = self.chorus if section.name == "chorus" else self.verse
        at = (bar - section.first) * STEPS_PER_BAR % len(text)
        return text[at: at + STEPS_PER_BAR]

    def _tokens(self, section: Section, bar: int) -> list[tuple[int, int, str]]:
        """(step in the song, length in steps, token) of a bar's pattern."""
        found: list[tuple[int, int, str]] = []
        for i, c in enumerate(self._pattern(section, bar)):
            if c == "-" and found:
                found[-1] = (found[-1][0], found[-1][1] + 1, found[-1][2])
            elif c not in ".-":
                found.append((bar * STEPS_PER_BAR + i, 1, c))
        return found

    def _loud(self, section: Section) -> float:
        return 0.62 + 0.3 * section.energy

    def _bass(self, section: Section, bar: int) -> None:
        tokens = self._tokens(section, bar)
        if section.name in ("intro", "break"):
            tokens = [t for t in tokens if t[0] % 8 == 0 or t[1] > 2]
        low = self.layer.low
        for step, length, token in tokens:
            chord = self.song.chord_at(step * STEP)
            root = low + (chord.root - low) % 12
            if root > low + 9:
                root -= 0 if root <= self.layer.high - 12 else 12
            seventh = next((i for i in chord.intervals if i in (10, 11, 9)), 7)
            third = next((i for i in chord.intervals if i in (3, 4, 5)), 7)
            after = self.song.chord_at((bar + 1) * BEATS_PER_BAR)
            goal = low + (after.root - low) % 12
            pitch = {"R": root, "8": root + 12, "5": root + 7, "3": root + third, "7": root + seventh, "g": root,
                     "a": goal - 1 if goal > root or goal - 1 >= low else goal + 1}[token]
            if token == "a":
                pitch = self._approach(goal)
            velocity = self._loud(section) * {"g": 0.35, "a": 0.85, "R": 1.05}.get(token, 0.92)
            held = 0.4 if token == "g" else length - (0.15 if length > 1 else 0.12)
            glide = self.notes[-1].pitch if self.notes and self._glides(token) else None
            self._put(step, held, pitch, velocity, glide)

    def _approach(self, goal: int) -> int:
        """The scale tone just below or above the next root."""
        scale = {(self.song.tonic + s) % 12 for s in self.song.scale}
        return next((p for p in (goal - 2, goal - 1, goal + 2, goal + 1)
                     if p % 12 in scale and p >= self.layer.low), goal + 2)

    def _glides(self, token: str) -> bool:
        return self.layer.instrument in ("bass_808", "bass_growl") and token in "8a5" and self.rng.random() < 0.6

    def _chords(self, section: Section, bar: int) -> None:
        for step, length, token in self._tokens(section, bar):
            chord = self.song.chord_at(step * STEP)
            velocity = self._loud(section) * (1.08 if token == "X" else 0.88)
            spread = 0.0
            for i, pitch in enumerate(self.voicings[chord.start]):
                self._put(step + spread * i, length - 0.2, pitch, velocity * (1.0 if i else 0.92))

    def _pad(self, section: Section, bar: int) -> None:
        for chord in self.song.chords:
            if bar * BEATS_PER_BAR <= chord.start < (bar + 1) * BEATS_PER_BAR:
                for pitch in self.voicings[chord.start]:
                    self._put(chord.start / STEP, (chord.stop - chord.start) / STEP - 0.1, pitch,
                              self._loud(section) * 0.9)

    def _arp(self, section: Section, bar: int) -> None:
        for step, length, token in self._tokens(section, bar):
            tones = arpeggio_tones(self.song.chord_at(step * STEP), self.layer.low, self.layer.high)
            accent = 1.05 if step % 4 == 0 else 0.85
            self._put(step, length - 0.1, tones[int(token) - 1], self._loud(section) * accent)

    def _last_chord(self) -> None:
        """Everyone who plays the outro lands on the final downbeat."""
        if "o" not in self.layer.sections and self.layer.role != "bass":
            return
        end, chord = self.song.chords[-1].start, self.song.chords[-1]
        if self.layer.role == "bass":
            self._put(end / STEP, 12, self.layer.low + (chord.root - self.layer.low) % 12, 0.85)
        elif self.layer.role in ("chords", "pad"):
            for pitch in self.voicings[chord.start]:
                self._put(end / STEP, 12, pitch, 0.75)

    def _melody(self) -> None:
        phrases = make_melody(self.style.cells, self.rng)
        middle = (self.layer.low + self.layer.high) // 2 - 2
        for section in self.song.sections:
            if not plays(self.layer, section):
                continue
            late = section.name in ("intro", "outro") or (self.layer.role == "tune" and section.bars >= 8)
            for bar in range(0, section.bars, PHRASE_BARS):
                which = bar // PHRASE_BARS
                if late and section.name == "intro" and bar < section.bars // 2:
                    continue
                if self.layer.role == "tune" and which % 2 == 1 and section.name == "break":
                    continue
                self._sing(phrases[which % 4], section, section.first + bar, middle)

    def _sing(self, phrase: object, section: Section, bar: int, middle: int) -> None:
        before: int | None = None
        count = len(phrase.onsets)
        for i, (onset, length, degree) in enumerate(zip(phrase.onsets, phrase.lengths, phrase.contour, strict=True)):
            step = bar * STEPS_PER_BAR + onset
            if step >= section.stop * STEPS_PER_BAR:
                break
            chord = self.song.chord_at(step * STEP)
            wish = scale_pitch(degree, self.song.scale, self.song.tonic, middle)
            pitch = fit_pitch(wish, chord, self.song.scale, self.song.tonic, self.layer.low, self.layer.high,
                              is_strong(onset, length), phrase.closing and i == count - 1, before)
            velocity = self._loud(section) * (1.05 if onset % 4 == 0 else 0.9)
            glide = before if before is not None and self.layer.instrument.startswith("lead_") and length > 1 else None
            self._put(step, length - 0.15, pitch, velocity, glide)
            before = pitch
