"""The pitched instruments: name → a function that plays one note.

Each takes (pitch as MIDI number, seconds that the key is held, velocity 0 to 1, a random generator,
the MIDI pitch to glide from or None) and returns (n,) float32 with the release included, about -1 to 1.
Velocity shapes the tone here; the mix applies the loudness.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dance_core.corpus.studio.synth import (
    RATE,
    adsr,
    band,
    decay,
    drive,
    fm,
    hertz,
    noise,
    partials,
    pluck,
    seconds,
    sweep,
    vibrato,
    voice,
)

Rng = np.random.Generator
Play = Callable[[int, float, float, Rng, int | None], np.ndarray]


def _n(held: float, release: float) -> int:
    return max(256, int((held + release) * RATE))


def _glide(n: int, pitch: int, start: int | None, tau: float) -> np.ndarray | None:
    return None if start is None else sweep(n, 100.0 * (start - pitch), 0.0, tau)


def bass_808(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A long driven sine with a drop at its start."""
    n = _n(held, 0.06)
    cents = sweep(n, 700.0, 0.0, 0.016)
    if start is not None:
        cents = cents * 0.0 + sweep(n, 100.0 * (start - pitch), 0.0, 0.06)
    phase = np.cumsum(2 * np.pi * hertz(pitch) * 2.0 ** (cents / 1200.0) / RATE)
    body = np.sin(phase) * (0.25 * decay(n, 0.05) + decay(n, 0.9))
    return (drive(body, 2.4) * adsr(n, 0.002, 9.0, 1.0, 0.06)).astype(np.float32)


def bass_finger(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A round electric bass, flat-wound."""
    n = _n(held, 0.05)
    cut = sweep(n, 500 + 1_300 * velocity, 320, 0.07)
    x = voice(pitch, cut, "saw", 0.2, bend=_glide(n, pitch, start, 0.03))
    x = x + 0.5 * np.sin(2 * np.pi * hertz(pitch) * seconds(n))
    return x * adsr(n, 0.004, 0.5, 0.45, 0.05) * np.float32(0.8)


def bass_slap(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """Thumbed and popped: a bright string, a knock, and the round tone under it."""
    n = _n(held, 0.04)
    string = pluck(pitch, n, rng, tone=0.35 + 0.6 * velocity, sustain=0.994, pick=0.09)
    under = voice(pitch, sweep(n, 900 + 2_500 * velocity, 350, 0.05), "saw", 0.5)
    knock = band(noise(n, rng), 900, 5_000) * decay(n, 0.004) * velocity
    return (0.55 * string + 0.55 * under + 0.5 * knock) * adsr(n, 0.002, 0.35, 0.4, 0.04)


def bass_synth(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A monophonic synthesiser: two saws, a snapping resonant filter."""
    n = _n(held, 0.04)
    cut = sweep(n, 700 + 3_200 * velocity, 260, 0.09)
    x = voice(pitch, cut, "saw", 2.2, (-6.0, 7.0), _glide(n, pitch, start, 0.035))
    sub = voice(pitch, np.full(n, 500.0), "square", 0.1)
    return drive(0.55 * x + 0.4 * sub, 1.5) * adsr(n, 0.003, 0.6, 0.6, 0.04)


def bass_house(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A hollow FM organ bass, short and woody."""
    n = _n(held, 0.05)
    f = hertz(pitch)
    knock = 0.35 * np.sin(2 * np.pi * 3 * f * seconds(n)) * decay(n, 0.05)
    x = fm(f, 1.6 * decay(n, 0.06) * velocity + 0.35, 2.0) + knock
    return (drive(x, 1.3) * adsr(n, 0.003, 0.28, 0.45, 0.05)).astype(np.float32)


def bass_growl(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A distorted low reese with a filter that opens and shuts."""
    n = _n(held, 0.06)
    cut = 260 + 1_500 * velocity * (0.5 - 0.5 * np.cos(2 * np.pi * seconds(n) / max(0.2, held)))
    x = voice(pitch, cut, "saw", 1.2, (-14.0, 0.0, 15.0), _glide(n, pitch, start, 0.05))
    sub = np.sin(2 * np.pi * hertz(pitch) * seconds(n))
    return (drive(1.1 * x + 0.8 * sub, 2.6) * adsr(n, 0.004, 1.5, 0.8, 0.06)).astype(np.float32)


def bass_upright(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A double bass plucked with the side of a finger."""
    n = _n(held, 0.08)
    string = pluck(pitch, n, rng, tone=0.22 + 0.2 * velocity, sustain=0.993, pick=0.3)
    body = np.sin(2 * np.pi * hertz(pitch) * seconds(n)) * decay(n, 0.45)
    return ((0.5 * string + 0.75 * body) * adsr(n, 0.006, 0.9, 0.5, 0.08)).astype(np.float32)


def rhodes(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """An electric piano: a soft tine that barks when struck hard, a slow tremolo."""
    n = _n(held, 0.18)
    f = hertz(pitch)
    x = fm(f, (0.35 + 1.5 * velocity**2) * decay(n, 0.35), 1.0)
    tine = fm(f, (0.3 + 0.8 * velocity) * decay(n, 0.06), 14.0 if f < 300 else 7.0) * decay(n, 0.25) * 0.22
    tremolo = 1.0 - 0.12 * np.sin(2 * np.pi * 4.6 * seconds(n))
    return ((x + tine) * tremolo * adsr(n, 0.002, 1.1, 0.15, 0.18)).astype(np.float32) * np.float32(0.7)


def piano(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """Stiff strings, two decays, a hammer."""
    n = _n(held, 0.22)
    f = hertz(pitch)
    count = int(np.clip(7_000 / f, 5, 18))
    h = np.arange(1, count + 1)
    soft = 0.55 + 0.65 * velocity  # a harder hammer excites more harmonics
    amps = np.exp(-h / (3.8 * soft)) * (1.0 - 0.75 * (h % 8 == 0))
    taus = 1.6 * (220.0 / f) ** 0.45 / (1.0 + 0.35 * (h - 1))
    x = partials(f, n, amps, taus, 0.0004) + 0.6 * partials(f * 1.0007, n, amps, taus * 0.35, 0.0004)
    hammer = band(noise(n, rng), 300, 2_500) * decay(n, 0.012) * 0.12 * velocity
    return ((x + hammer) * adsr(n, 0.002, 9.0, 1.0, 0.22)).astype(np.float32) * np.float32(0.75)


def organ(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """Drawbars 888000000 with percussion and a fast rotor."""
    n = _n(held, 0.05)
    t, f = seconds(n), hertz(pitch)
    wobble = 0.35 * np.sin(2 * np.pi * 6.4 * t)
    bars = ((0.5, 0.5), (1.0, 1.0), (1.5, 0.6), (2.0, 0.5), (4.0, 0.15))
    x = sum(a * np.sin(2 * np.pi * r * f * t + wobble * r) for r, a in bars)
    x = x + 0.7 * np.sin(2 * np.pi * 3 * f * t) * decay(n, 0.07)
    return (drive(0.45 * x, 1.3) * adsr(n, 0.003, 1.0, 0.9, 0.05)).astype(np.float32)


def clav(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A clavinet through a quacking filter."""
    n = _n(held, 0.03)
    x = voice(pitch, sweep(n, 1_500 + 4_500 * velocity, 700, 0.06), "pulse18", 1.8)
    return x * adsr(n, 0.001, 0.22, 0.2, 0.03)


def wah(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A guitar string, cut short, through a wah that closes."""
    n = _n(held, 0.03)
    string = pluck(pitch, n, rng, tone=0.85, sustain=0.985, pick=0.12)
    low, high = band(string, 500, 1_300), band(string, 1_300, 3_200)
    open_ = decay(n, 0.05 + 0.08 * velocity)
    x = 1.4 * low * (1.0 - 0.6 * open_) + 1.6 * high * open_ + 0.3 * string
    return x * adsr(n, 0.001, 0.3, 0.4, 0.03)


def guitar(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A clean plucked guitar or harp."""
    n = _n(held, 0.25)
    string = pluck(pitch, n, rng, tone=0.3 + 0.4 * velocity, sustain=0.9975, pick=0.17)
    return string * adsr(n, 0.002, 0.9, 0.3, 0.25)


def brass(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A horn section: three players who scoop into the note, brighter as they blow harder."""
    n = _n(held, 0.09)
    blow = adsr(n, 0.035, 0.25, 0.7, 0.09)
    scoop = sweep(n, -110.0, 0.0, 0.03) + vibrato(n, 9.0, 5.4, 0.25)
    cut = 350 + (1_400 + 4_600 * velocity) * blow**1.5
    return voice(pitch, cut, "saw", 0.25, (-7.0, 0.0, 8.0), scoop) * blow


def strings(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A string section, bowed."""
    attack = 0.05 + 0.1 * (1.0 - velocity)
    n = _n(held, 0.3)
    env = adsr(n, min(attack, 0.4 * held + 0.02), 2.0, 0.85, 0.3)
    bend = vibrato(n, 11.0, 5.6, 0.1)
    return voice(pitch, 900 + (2_200 + 2_500 * velocity) * env, "saw", 0.1, (-11.0, 1.0, 12.0), bend) * env


def pad(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A warm analogue pad that opens slowly."""
    n = _n(held, 0.5)
    env = adsr(n, min(0.25, 0.5 * held), 3.0, 0.85, 0.5)
    key = (hertz(pitch) / 220.0) ** 0.6  # the filter follows the keys
    cut = key * (450 + 900 * velocity * (0.4 + 0.6 * np.clip(seconds(n) / max(0.5, held), 0, 1)))
    return voice(pitch, cut, "saw", 0.4, (-9.0, 9.0), start=0.21) * env


def supersaw(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """Five saws, wide open: a chorus chord."""
    n = _n(held, 0.12)
    cut = sweep(n, 2_500 + 6_000 * velocity, 2_200, 0.18)
    return voice(pitch, cut, "saw", 0.2, (-19.0, -8.0, 0.0, 9.0, 18.0)) * adsr(n, 0.004, 0.5, 0.6, 0.12)


def choir(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """People singing ‘ooh’ to ‘ah’: saws through the formants of a vowel."""
    n = _n(held, 0.25)
    env = adsr(n, 0.07, 2.0, 0.85, 0.25)
    bend = vibrato(n, 14.0, 5.2, 0.12) + sweep(n, -60.0, 0.0, 0.04)
    x = voice(pitch, np.full(n, 5_000.0), "saw", 0.1, (-8.0, 5.0), bend)
    ah = band(x, 620, 900) + 0.6 * band(x, 1_000, 1_350) + 0.22 * band(x, 2_500, 3_100)
    ooh = 1.2 * band(x, 280, 480) + 0.25 * band(x, 750, 950)
    mix = np.clip(seconds(n) / 0.12, 0, 1) * (0.35 + 0.65 * velocity)
    sung = (1.0 - mix) * ooh + mix * ah + 0.16 * band(x, None, 1_600)
    return sung.astype(np.float32) * env * np.float32(1.4)


def lead_square(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A bright synthesiser lead with portamento."""
    n = _n(held, 0.08)
    bend = vibrato(n, 16.0, 5.8, 0.18)
    glide = _glide(n, pitch, start, 0.03)
    bend = bend if glide is None else bend + glide
    cut = sweep(n, 2_200 + 3_500 * velocity, 1_800, 0.2)
    return voice(pitch, cut, "pulse30", 0.8, (-5.0, 6.0), bend) * adsr(n, 0.006, 0.8, 0.65, 0.08)


def lead_whistle(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """The high gliding sine of West Coast hip-hop."""
    n = _n(held, 0.12)
    bend = vibrato(n, 22.0, 5.5, 0.12)
    glide = _glide(n, pitch, start, 0.055)
    bend = bend if glide is None else bend + glide
    x = voice(pitch, np.full(n, 1_900.0 + 1_600 * velocity), "saw", 0.15, (0.0,), bend)
    return x * adsr(n, 0.012, 1.5, 0.85, 0.12)


def lead_flute(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A breathy flute."""
    n = _n(held, 0.12)
    env = adsr(n, 0.05, 1.5, 0.85, 0.12)
    x = voice(pitch, 900 + 1_500 * velocity * env, "reed", 0.1, (0.0,), vibrato(n, 13.0, 5.1, 0.2))
    breath = band(noise(n, rng), 1_500, 6_000) * np.float32(0.035)
    return (x + breath) * env


def vibes(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A vibraphone with its motor on."""
    n = _n(held, 0.6)
    x = partials(hertz(pitch), n, (1.0, 0.0, 0.0, 0.35 * velocity, 0.0, 0.0, 0.0, 0.0, 0.0, 0.08),
                 (1.2, 1.0, 1.0, 0.3, 1.0, 1.0, 1.0, 1.0, 1.0, 0.05))
    motor = 1.0 - 0.25 * np.sin(2 * np.pi * 5.0 * seconds(n))
    return (x * motor * adsr(n, 0.002, 4.0, 0.6, 0.6)).astype(np.float32)


def bell(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A dark FM bell, its overtones harmonic so that it agrees with chords."""
    n = _n(held, 0.4)
    strike = fm(hertz(pitch), (0.5 + 1.3 * velocity) * decay(n, 0.16), 4.0)
    ping = 0.18 * velocity * np.sin(2 * np.pi * 7.02 * hertz(pitch) * seconds(n)) * decay(n, 0.03)
    return ((strike + ping) * decay(n, 0.45) * adsr(n, 0.002, 2.0, 0.7, 0.3)).astype(np.float32)


def orchestra(pitch: int, held: float, velocity: float, rng: Rng, start: int | None) -> np.ndarray:
    """A whole orchestra hitting one chord tone at once, in octaves."""
    n = _n(held, 0.25)
    env = adsr(n, 0.004, 0.22, 0.3, 0.25)
    x = sum(voice(pitch + o, 700 + 5_500 * velocity * env, "saw", 0.2, (-12.0, 3.0, 11.0)) * g
            for o, g in ((-12, 0.8), (0, 1.0), (12, 0.6)))
    thump = band(noise(n, rng), 120, 900) * decay(n, 0.05) * 0.5
    return (0.5 * x * env + thump).astype(np.float32)


INSTRUMENTS: dict[str, Play] = {
    "bass_808": bass_808, "bass_finger": bass_finger, "bass_slap": bass_slap, "bass_synth": bass_synth,
    "bass_house": bass_house, "bass_growl": bass_growl, "bass_upright": bass_upright, "rhodes": rhodes,
    "piano": piano, "organ": organ, "clav": clav, "wah": wah, "guitar": guitar, "brass": brass,
    "strings": strings, "pad": pad, "supersaw": supersaw, "choir": choir, "lead_square": lead_square,
    "lead_whistle": lead_whistle, "lead_flute": lead_flute, "vibes": vibes, "bell": bell,
    "orchestra": orchestra,
}
