"""Drum-machine songs with exactly known beats, more varied and less pretty than the Studio's.

The beat tracker's weights are fitted on them (fit_tracker.py) besides Studio songs, and its tests
try it on some. Patterns and instruments are drawn at random within a style: weak kicks, basses off
the beat, chords that come early, loud hi-hats between the beats, anything that misleads a tracker.
Metronomes belong to them too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.signal

RATE = 44_100
STEPS = 16  # sixteenths of a bar


@dataclass(frozen=True)
class Style:
    """Patterns of sixteenths (x = hit) to draw from; `tempo` in BPM; `swings`: whether sixteenths may."""

    tempo: tuple[float, float]
    kick: tuple[str, ...]
    snare: tuple[str, ...] = ("....x.......x...",)
    hat: tuple[str, ...] = ("x.x.x.x.x.x.x.x.",)
    open_hat: tuple[str, ...] = ("................",)
    swings: bool = False


NONE = "................"
FOUR, OFF, EIGHTHS = "x...x...x...x...", "..x...x...x...x.", "x.x.x.x.x.x.x.x."
ALL, GALLOP, BACK = "xxxxxxxxxxxxxxxx", "x.xxx.xxx.xxx.xx", "....x.......x..."
STYLES = {
    "house": Style((105, 140), (FOUR,), (BACK, NONE), (OFF, GALLOP, ALL), (OFF,), True),
    "techno": Style((122, 170), (FOUR,), (NONE, BACK), (OFF, ALL), (OFF, NONE)),
    "trance": Style((128, 172), (FOUR, "x...x...x...x.x.", "x...x...x..xx..."),
                    (BACK, "....x.......x..x", NONE), (OFF, EIGHTHS, "..xx..xx..xx..xx"), (OFF, NONE)),
    "disco": Style((100, 160), (FOUR,), (BACK,), (GALLOP,), (OFF,)),
    "rock": Style((75, 180), ("x.......x.x.....", "x.....x.x.......", "x.......x......."),
                  hat=(EIGHTHS, FOUR)),
    "pop": Style((68, 165), ("x.......x.......", "x..x....x.......", "x.....x.x..x....", FOUR,
                             "x.x.....x.x....."), hat=(EIGHTHS, FOUR, NONE, ALL),
                 open_hat=(NONE, "..............x.")),
    "ballad": Style((60, 90), ("x.......x.......", "x.....x.x.......")),
    "hiphop": Style((78, 112), ("x..x..x...x.....", "x.....xx..x..x..", "x..x......x..x..",
                                "x......x.xx....."), hat=(EIGHTHS, ALL, "x.xxx.x.x.xxx.x."),
                    open_hat=("..............x.", NONE), swings=True),
    "trap": Style((65, 85), ("x.....x..x......", "x..x......x....."), hat=(ALL, "x.x.xxxxx.x.xxxx")),
    "dembow": Style((88, 108), (FOUR,), ("...x..x....x..x.",)),
    "funk": Style((92, 122), ("x.x...x..x..x...", "x..x..x.x.......", "x.x.......xx..x."),
                  ("....x..x.x..x..x", "....x.......x..x"), (ALL, GALLOP), ("......x.........",), True),
    "breaks": Style((105, 170), ("x.x.......xx....", "x..x..x...x....."), ("....x..x.x..x...", BACK),
                    swings=True),
    "hardbreak": Style((125, 178), ("x.....x...x.....", "x.x...x...x...x.", "x...x.x.x...x...",
                                    "x.x.......x...x.", "x..x..x.x.x....."),
                       (BACK, "....x..x....x..x", "....x.......x.x."),
                       (EIGHTHS, OFF, "x.x.x.xxx.x.x.xx", ALL), (OFF, NONE)),
    "dnb": Style((155, 178), ("x.........x.....", "x.x.......x....."), hat=(EIGHTHS, GALLOP)),
    "piano": Style((65, 150), (NONE,), (NONE,), (NONE,)),
}
SCALES = ((0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 5, 7, 9, 11))
CHORDS = ("x...............", "x.......x.......", "x..x..x...x..x..", BACK, OFF)
PIANO_CHORDS = (FOUR, "x.......x.......", "x.....x...x.....")
BASSES = ("root", "kick", "eighths", "pushed", "off", "random", "random")
VOICES = (("saw", "sine", "pluck"), ("pad", "keys", "saw"), ("pluck", "keys", "saw"))  # bass, chords, lead
PUSHED = "x..x..x...x...x."
# How likely a bass note falls on each sixteenth when it is drawn at random.
BASS_PROFILE = np.array([2.2, .6, 1, .8, 1.2, .5, 1, .8, 1.6, .5, 1, .8, 1.1, .6, 1.2, .8])


@dataclass(frozen=True, eq=False)
class PracticeSong:
    """samples (N,) float32 at 44.1 kHz; beats (B,) s, from a downbeat, four a bar; tempo at the start."""

    samples: np.ndarray
    beats: np.ndarray
    tempo: float

    @property
    def downbeats(self) -> np.ndarray:
        return self.beats[::4]


def practice_song(style: str, seed: int, seconds: float = 36.0, tempo: float | None = None,
                  change: str | None = None, silent_bars: int | None = None) -> PracticeSong:
    """A song of a style of `STYLES`. change: None, "step" (half-way), "ramp" (15 % over the middle third) or
    "ritardando" (to 70 % at the end). silent_bars: bars without drums at the start (drawn if None)."""
    look = STYLES[style]
    rng = np.random.default_rng([seed, *style.encode()])
    tempo = tempo or float(rng.uniform(*look.tempo))
    beats = rng.uniform(0.0, 0.4) + _beat_times(rng, tempo, seconds, change)
    band = _Band(look, style == "piano", tempo, beats, seconds, rng, silent_bars)
    bar = 0
    while beats[4 * bar] < seconds:
        band.play(bar)
        bar += 1
    return PracticeSong(_master(band.out[: int(seconds * RATE)], rng), beats[beats < seconds - 0.05], tempo)


def metronome(seed: int, seconds: float = 30.0, tempo: float | None = None) -> PracticeSong:
    """Clicks alone, the first of four louder, higher or both."""
    rng = np.random.default_rng([seed, 777])
    tempo = tempo or float(np.exp(rng.uniform(np.log(62), np.log(198))))
    beats = np.arange(rng.uniform(0.05, 0.6), seconds - 0.1, 60.0 / tempo)
    out = rng.normal(size=int(seconds * RATE)) * 10.0 ** (-rng.uniform(45, 100) / 20)
    t = np.arange(int(0.06 * RATE)) / RATE
    pitch = np.exp(rng.uniform(np.log(300), np.log(3500)))
    decay, kind = rng.uniform(0.003, 0.02), rng.integers(3)
    higher = rng.choice([1.0, 1.5, 2.0])
    louder = rng.uniform(1.4, 3.0) if higher == 1.0 or kind == 1 else rng.uniform(1.0, 2.0)
    for i, beat in enumerate(beats):
        first = i % 4 == 0
        tone = np.sin(2 * np.pi * pitch * (higher if first else 1.0) * t)
        noise = rng.normal(size=len(t))
        click = (tone, noise, tone + 0.5 * noise)[kind] * np.exp(-t / decay)
        _add(out, click, beat, 0.3 * (louder if first else 1.0))
    return PracticeSong((out * 0.9 / np.abs(out).max()).astype(np.float32), beats, tempo)


def _beat_times(rng: np.random.Generator, tempo: float, seconds: float, change: str | None) -> np.ndarray:
    count = int(seconds * tempo / 60 * 1.6) // 4 * 4 + 9
    i, pace = np.arange(count), np.full(count, tempo)
    if change == "step":
        pace[int(seconds * 0.5 * tempo / 60) // 8 * 8:] *= rng.choice([0.85, 0.9, 1.1, 1.15, 1.2])
    elif change == "ramp":
        k = int(seconds * 0.3 * tempo / 60)
        pace *= np.interp(i, [k, 2 * k], [1.0, rng.choice([0.85, 1.15])])
    elif change == "ritardando":
        k = int((seconds - 8.0) * tempo / 60)
        pace *= np.interp(i, [k, k + 8.0 * tempo / 60], [1.0, 0.7])
    return np.concatenate([[0.0], np.cumsum(60.0 / pace)])


class _Band:
    """Draws its instruments, levels and patterns once and then plays bar by bar."""

    def __init__(self, look: Style, piano: bool, tempo: float, beats: np.ndarray, seconds: float,
                 rng: np.random.Generator, silent_bars: int | None) -> None:
        pick = rng.choice
        self.rng, self.beats, self.seconds, self.piano = rng, beats, seconds, piano
        self.step = 15.0 / tempo
        self.out = np.zeros(int((seconds + 4.0) * RATE))
        self.kit = _drum_kit(rng)
        self.swing = pick([0, 0, 0, 0.08, 0.16]) if look.swings else 0.0
        self.loose = rng.uniform(0.0, 0.006)
        self.patterns = [str(pick(p)) for p in (look.kick, look.snare, look.hat, look.open_hat)]
        self.level = {"kick": pick([rng.uniform(0.5, 1.0), rng.uniform(0.1, 0.5)]),
                      "snare": rng.uniform(0.25, 0.9), "hat": rng.uniform(0.1, 0.8),
                      "bass": rng.uniform(0.1, 0.6), "chords": rng.uniform(0.03, 0.3),
                      "lead": rng.uniform(0.03, 0.5)}
        self.hat_off = pick([1.0, 1.0, 1.4])
        self.silent = int(pick([0, 0, 1, 2, 4])) if silent_bars is None else silent_bars
        self.root, self.scale = int(rng.integers(33, 45)), SCALES[int(rng.integers(2))]
        self.progressions = [rng.permutation(7)[:4] for _ in range(2)]
        self.bars_a_chord, self.early = int(pick([1, 1, 2])), int(pick([0, 0, 0, 1, 2, 2]))
        self.voices = [str(pick(v)) for v in VOICES]
        self.bass = str(pick(BASSES))
        self.bass_hits = rng.random(2 * STEPS) < rng.uniform(0.3, 0.6) * np.tile(BASS_PROFILE, 2)
        self.chords = CHORDS[0] if self.voices[1] == "pad" else str(pick(CHORDS))
        if piano:
            self.chords, self.bass = str(pick(PIANO_CHORDS)), str(pick(["root", "eighths"]))
            self.voices[1] = "keys"
            self.level |= {"chords": 0.3, "lead": 0.2}
        self.tunes = [self._tune() for _ in range(4)]

    def _tune(self) -> dict[int, int]:
        """Sixteenth → semitones above the root; beats more likely than eighths, eighths than sixteenths."""
        rng = self.rng
        eighth, sixteenth = rng.uniform(0.25, 0.8), rng.uniform(0.1, 0.6)
        chance = np.tile([0.9, sixteenth, eighth, sixteenth], 4) * rng.uniform(0.5, 1.2)
        steps = range(0, STEPS, int(rng.choice([1, 1, 2, 2, 4])))
        return {s: self.scale[rng.integers(7)] + 12 * int(rng.integers(2))
                for s in steps if rng.random() < chance[s]}

    def _at(self, bar: int, step: int) -> float:
        place = 4 * bar + (step + (self.swing if step % 2 else 0.0)) / 4
        return float(np.interp(place, np.arange(len(self.beats)), self.beats))

    def _put(self, sound: np.ndarray, at: float, level: float) -> None:
        _add(self.out, sound, max(0.0, at + self.rng.normal() * self.loose), level)

    def play(self, bar: int) -> None:
        section = bar // 8 % 4
        drums = bar >= self.silent and (self.piano or section != 3 or self.rng.random() > 0.15)
        progression = self.progressions[section % 2]
        chord, coming = (int(progression[b // self.bars_a_chord % 4]) for b in (bar, bar + 1))
        for s in range(STEPS):
            at = self._at(bar, s)
            if at >= self.seconds:
                return
            if drums:
                self._drums(bar, s, at)
            degree = coming if s >= STEPS - self.early else chord
            if bar or not self.silent:
                self._bass(bar, s, at, degree)
            anticipated = self.early and s == STEPS - self.early and coming != chord
            if self.chords[s] == "x" or anticipated:
                self._chord(at, degree)
            tune = self.tunes[bar % 2 + 2 * (section == 2)]
            if (section or self.piano) and s in tune:
                tone = _tone(self.root + 36 + tune[s], 1.5 * self.step, self.voices[2], self.rng)
                self._put(tone, at, self.level["lead"] * (1.15 if s % 4 == 0 else 0.95))

    def _drums(self, bar: int, s: int, at: float) -> None:
        rng, level, (kick, snare, hat, open_hat) = self.rng, self.level, self.patterns
        if kick[s] == "x" and rng.random() < 0.97:
            self._put(self.kit["kick"], at, level["kick"])
        fill = bar % 8 == 7 and s >= 12 and not self.piano and rng.random() < 0.6
        if fill or (snare[s] == "x" and rng.random() < 0.97):
            self._put(self.kit["snare"], at, level["snare"] * (1.0 if s in (4, 12) else 0.6))
        if hat[s] == "x" and rng.random() < 0.95:
            accent = 1.0 if s % 4 == 0 else 0.8 * self.hat_off if s % 2 == 0 else 0.55
            self._put(self.kit["hat"], at, level["hat"] * accent * rng.uniform(0.8, 1.1))
        if open_hat[s] == "x":
            self._put(self.kit["open"], at, level["hat"])

    def _bass(self, bar: int, s: int, at: float, degree: int) -> None:
        hit, steps = {
            "root": (s == 0, 8.0), "kick": (self.patterns[0][s] == "x", 2.0), "eighths": (s % 2 == 0, 1.6),
            "pushed": (PUSHED[s] == "x", 2.0), "off": (s % 4 == 2, 1.8),
            "random": (bool(self.bass_hits[s + STEPS * (bar % 2)]), float(1 + s % 3)),
        }[self.bass]
        if hit:
            octave = 12 * (self.bass in ("random", "pushed") and self.rng.random() < 0.2)
            pitch = self.root + self.scale[degree % 7] + octave
            tone = _tone(pitch, steps * self.step, self.voices[0], self.rng)
            self._put(tone, at, self.level["bass"])

    def _chord(self, at: float, degree: int) -> None:
        long = self.voices[1] == "pad"
        for third in (0, 2, 4):
            octave, place = divmod(degree + third, 7)
            pitch = self.root + 24 + self.scale[place] + 12 * octave
            tone = _tone(pitch, (16 if long else 3) * self.step, self.voices[1], self.rng)
            self._put(tone, at, self.level["chords"])


def _drum_kit(rng: np.random.Generator) -> dict[str, np.ndarray]:
    t = np.arange(int(0.35 * RATE)) / RATE
    low = rng.choice([rng.uniform(42, 65), rng.uniform(60, 110)])
    sweep = low * t + rng.uniform(60, 180) * 0.03 * (1.0 - np.exp(-t / 0.03))
    kick = np.sin(2 * np.pi * sweep) * np.exp(-t / rng.uniform(0.07, 0.16))
    kick[:200] += rng.normal(size=200) * np.exp(-np.arange(200) / 60) * rng.uniform(0.05, 0.4)
    band = scipy.signal.butter(2, [rng.uniform(600, 1500), rng.uniform(6000, 12000)], "band", fs=RATE)
    snare = 0.9 * scipy.signal.lfilter(*band, rng.normal(size=len(t))) * np.exp(-t / rng.uniform(0.05, 0.13))
    snare += 0.4 * np.sin(2 * np.pi * rng.uniform(170, 240) * t) * np.exp(-t / 0.05)
    high = scipy.signal.butter(3, rng.uniform(6000, 8000), "high", fs=RATE)
    hiss = scipy.signal.lfilter(*high, rng.normal(size=len(t)))
    return {"kick": kick, "snare": snare, "hat": 0.5 * hiss * np.exp(-t / rng.uniform(0.015, 0.05)),
            "open": 0.45 * hiss * np.exp(-t / 0.13)}


def _tone(midi: float, seconds: float, voice: str, rng: np.random.Generator) -> np.ndarray:
    harmonics, attack, decay, slope = {
        "saw": (12, 0.005, 1.2 * seconds, 1.0), "pad": (6, 0.12, 9.0, 1.4), "pluck": (8, 0.003, 0.18, 1.4),
        "sine": (2, 0.01, 1.0, 1.4), "keys": (4, 0.004, 0.6, 1.4)}[voice]
    t = np.arange(int((seconds + 0.08) * RATE)) / RATE
    hz = 440.0 * 2.0 ** ((midi - 69) / 12)
    y = sum(np.sin(2 * np.pi * hz * k * t + rng.uniform(0, 2 * np.pi)) / k**slope
            for k in range(1, harmonics + 1) if hz * k < 12_000)
    y = y * np.minimum(1.0, t / attack) * np.exp(-t / decay)
    release = int(0.08 * RATE)
    y[-release:] *= np.linspace(1.0, 0.0, release)
    return y


def _add(out: np.ndarray, sound: np.ndarray, at: float, level: float) -> None:
    i = round(at * RATE)
    if i < len(out):
        n = min(len(sound), len(out) - i)
        out[i:i + n] += level * sound[:n]


def _master(y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Sometimes a room, always a noise floor and some saturation."""
    n = len(y)
    if rng.random() < 0.6:
        t = np.arange(int(0.6 * RATE)) / RATE
        room = 0.02 * rng.normal(size=len(t)) * np.exp(-t / rng.uniform(0.1, 0.3))
        room[0] = 1.0
        y = scipy.signal.fftconvolve(y, room)[:n]
    y = y + rng.normal(size=n) * 10.0 ** (rng.uniform(-60, -35) / 20)
    y = np.tanh(y / np.abs(y).max() * rng.uniform(0.7, 2.0))
    return (y * 0.9 / np.abs(y).max()).astype(np.float32)
