"""What makes a song belong to a style: tempo, swing, drums, harmony, layers, melody rhythms.

All patterns are written here as text, a character a sixteenth note (one bar or two: 16 or 32 of them in 4/4,
12 or 24 in 3/4 and 6/8):

- drums: X accent, x hit, o soft, g ghost note, r two strokes in one step, t three, . rest
- bass: R root, 8 octave, 5 fifth, 3 third, 7 seventh (or sixth), a step towards the next root, g muted,
  - hold, . rest
- chords: X accent, x stab, - hold, . rest; arpeggios: 1…9 chord tones upwards, - hold, . rest
- melody cells: x note, - hold, . rest

Progressions: a word a bar, a comma halves it; Roman numerals count from the major scale.
The sections that a layer plays in: i intro, v verse, b build, c chorus, k break, o outro.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.song_metre import METRES, Metre

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}


@dataclass(frozen=True)
class Layer:
    """One player.

    Attributes:
        role: bass, chords, pad, arp, hook (the chorus melody) or tune (the verse melody).
        instrument: name in `instruments.INSTRUMENTS`, or several with | between them to choose from.
        verse, chorus: patterns to choose from by seed; the verse's serve all sections but the chorus.
        low, high: MIDI range. level: dB against the drums. sections: where it plays.
        reverb, delay, pump: 0 to 1; pump = how far the kick pushes it down.
        open: Hz above which it may sound (a high-pass that leaves room for the bass).
    """

    name: str
    role: str
    instrument: str
    verse: tuple[str, ...] = ()
    chorus: tuple[str, ...] = ()
    low: int = 52
    high: int = 76
    level: float = -10.0
    sections: str = "ivbcko"
    reverb: float = 0.15
    delay: float = 0.0
    pump: float = 0.0
    open: float = 120.0
    voices: int = 4  # notes of a chord (a pad holds three at most)


@dataclass(frozen=True)
class Tonality:
    """A mode with the progressions that go with it."""

    mode: str
    verse: str
    chorus: str


Pattern = dict[str, str]


@dataclass(frozen=True)
class SongStyle:
    """Everything that a style gives to a song in one metre. Tempi in BPM, `lateness` of the backbeat in s."""

    key: str
    title: str
    tempo: tuple[int, int]
    swing: tuple[float, float]  # where the off sixteenth falls in its eighth: .5 straight, .67 triplet
    kit: str  # name in `drumkit.KITS`, or several with | between them
    tonalities: tuple[Tonality, ...]
    verse_drums: tuple[Pattern, ...]
    chorus_drums: tuple[Pattern, ...]
    light_drums: Pattern
    fills: tuple[str, ...]
    layers: tuple[Layer, ...]
    cells: tuple[str, ...]
    words: tuple[tuple[str, ...], tuple[str, ...]]
    lateness: float = 0.0
    reverb_s: float = 1.1
    loose: float = 0.003  # standard deviation of the players' timing, s
    dust: float = 0.0  # vinyl crackle
    sweep: float = 0.0  # 0 to 1: how far filters close over intros and open out of builds
    air: float = 0.0  # dB more of cymbals and shakers
    metre: Metre = METRES["4/4"]

    def settled(self, rng: np.random.Generator) -> SongStyle:
        """The style with its open choices made: one kit, one instrument a layer; now and then one
        of the players who can be missed stays at home."""
        def pick(options: str) -> str:
            names = options.split("|")
            return names[int(rng.integers(len(names)))]

        layers = [dataclasses.replace(layer, instrument=pick(layer.instrument)) for layer in self.layers]
        first = next(layer for layer in layers if layer.role in ("chords", "arp"))
        spare = [one for one in layers if one is not first and one.role in ("chords", "arp", "pad")]
        if len(spare) > 1 and rng.random() < 0.35:
            layers.remove(spare[int(rng.integers(len(spare)))])
        return dataclasses.replace(self, kit=pick(self.kit), layers=tuple(layers))
