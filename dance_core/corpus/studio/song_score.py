"""What a made song is before it sounds: its time grid, form, chords, notes and drum hits.

Positions are counted in beats from the first downbeat (in 4/4 bar b starts at beat 4·b); only the `Grid`
knows seconds. Pitches are MIDI numbers (69 = A4 = 440 Hz), velocities lie between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from dance_core.corpus.studio.song_metre import Metre
from dance_core.corpus.studio.song_recipe import SongStyle


@dataclass(frozen=True, eq=False)
class Grid:
    """Where the beats are.

    Attributes:
        times: (B,) float64 seconds of every beat, the final downbeat after the last bar included.
        duration: seconds of the whole song, the tail after the final downbeat included.
        per_bar: beats a bar.
    """

    times: np.ndarray
    duration: float
    per_bar: int = 4

    @property
    def bars(self) -> int:
        """Whole bars before the final downbeat."""
        return (len(self.times) - 1) // self.per_bar

    def seconds(self, beat: float | np.ndarray) -> np.ndarray:
        """Seconds of positions in beats; goes on at the nearest pace outside the grid."""
        b, t = np.asarray(beat, np.float64), self.times
        n = len(t) - 1
        inside = np.interp(b, np.arange(n + 1), t)
        inside = np.where(b < 0, t[0] + b * (t[1] - t[0]), inside)
        return np.where(b > n, t[n] + (b - n) * (t[n] - t[n - 1]), inside)


@dataclass(frozen=True)
class Section:
    """A part of the form: `bars` bars from bar `first`, played with `energy` 0 to 1."""

    name: str
    first: int
    bars: int
    energy: float

    @property
    def stop(self) -> int:
        """The bar after the last one."""
        return self.first + self.bars


@dataclass(frozen=True)
class Chord:
    """A chord that sounds from beat `start` to beat `stop`.

    Attributes:
        root: pitch class of the root, 0 = C.
        intervals: semitones above the root, rising, beginning with 0.
        name: the Roman numeral that it was written as.
    """

    start: float
    stop: float
    root: int
    intervals: tuple[int, ...]
    name: str

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """Of its tones, the root first; 0 = C."""
        return tuple((self.root + i) % 12 for i in self.intervals)


@dataclass(frozen=True)
class Note:
    """A pitched note. `nudge` shifts it in seconds (the player's hand; the grid stays);
    `glide_from` is the pitch that it slides from."""

    beat: float
    length: float
    pitch: int
    velocity: float
    nudge: float = 0.0
    glide_from: int | None = None


@dataclass(frozen=True)
class Hit:
    """A drum hit; `sound` names a drum of the kit."""

    beat: float
    sound: str
    velocity: float
    nudge: float = 0.0


@dataclass(frozen=True, eq=False)
class Composition:
    """A whole song on paper.

    Attributes:
        recipe: the style, its choices made. seed: what it was made from. title: what to show people.
        tonic: pitch class of the key. scale: semitones of its scale above the tonic.
        notes: layer name → its notes. hits: all drum hits.
    """

    recipe: SongStyle
    seed: int
    title: str
    grid: Grid
    sections: tuple[Section, ...]
    tonic: int
    scale: tuple[int, ...]
    chords: tuple[Chord, ...]
    notes: dict[str, list[Note]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)

    @property
    def style(self) -> str:
        """The style's key."""
        return self.recipe.key

    @property
    def metre(self) -> Metre:
        """What it is written in."""
        return self.recipe.metre

    def chord_at(self, beat: float) -> Chord:
        """The chord that sounds at `beat` (the last one after the end)."""
        starts = np.array([c.start for c in self.chords])
        return self.chords[max(0, int(np.searchsorted(starts, beat + 1e-9, side="right")) - 1)]
