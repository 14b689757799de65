"""From notes to a recording: tracks, side-chain, echo and reverb, filter sweeps, faders.

Mono float32 at `synth.RATE`. Tracks are balanced by their measured loudness, not by the raw level of
a synthesiser, so that every style has its bass and drums where they belong.
"""

from __future__ import annotations

import hashlib

import numpy as np
from scipy import ndimage, signal

from dance_core.corpus.studio.drumkit import make_kit
from dance_core.corpus.studio.instruments import INSTRUMENTS
from dance_core.corpus.studio.mastering import master
from dance_core.corpus.studio.song_recipe import Layer, SongStyle
from dance_core.corpus.studio.song_score import Composition, Note, Section
from dance_core.corpus.studio.synth import RATE, band, decay, noise

# The faders by section, dB: arrangement makes the energy, these only underline it.
SECTION_DB = {"intro": 0.0, "verse": -0.6, "build": -0.6, "chorus": 0.0, "break": 0.0, "outro": -0.5}
BAND_DB = -1.0  # the most that everybody but the drummer may have over the drums
BUSES = {drum: bus for bus, drums in {  # all others: skins
    "kick": ("kick", "stomp"), "snare": ("snare", "ghost", "clap", "snap", "rim"),
    "metal": ("hat", "open", "ride", "crash", "shaker", "tamb")}.items() for drum in drums}


def seeded(text: str) -> np.random.Generator:
    """The random generator that belongs to a text, the same on every machine."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little"))


def part_rng(song: Composition, part: str) -> np.random.Generator:
    """A generator of its own for each part of a song, so that changing one part leaves the others alone."""
    return seeded(f"{song.style}:{song.seed}:{part}")


def _gain(db: float) -> np.float32:
    return np.float32(10 ** (db / 20))


def _add(track: np.ndarray, at: int, sound: np.ndarray, gain: float) -> None:
    """Mix `sound` into `track` from sample `at`, cut off at both ends."""
    if at < 0:
        sound, at = sound[-at:], 0
    n = min(len(sound), len(track) - at)
    if n > 0:
        track[at: at + n] += np.float32(gain) * sound[:n]


def _cut(sound: np.ndarray, n: int) -> np.ndarray:
    """`sound` damped after n samples, over 8 ms."""
    fade = int(0.008 * RATE)
    if n + fade >= len(sound):
        return sound
    sound = sound[: n + fade].copy()
    sound[n:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    return sound


def render_notes(song: Composition, layer: Layer, notes: list[Note], n: int) -> np.ndarray:
    """(n,) one layer, dry.

    A note is computed once for each pitch, length (to 10 ms) and velocity (to an eighth), then reused.
    """
    track = np.zeros(n, np.float32)
    if not notes:
        return track
    play, cache = INSTRUMENTS[layer.instrument], {}
    rng = part_rng(song, f"sound {layer.name}")
    for note in notes:
        start = float(song.grid.seconds(note.beat))
        held = round(float(song.grid.seconds(note.beat + note.length)) - start, 2)
        key = (note.pitch, held, round(note.velocity * 8), note.glide_from)
        if key not in cache:
            cache[key] = play(note.pitch, max(0.03, held), key[2] / 8, rng, note.glide_from)
        _add(track, round((start + note.nudge) * RATE), cache[key], note.velocity**1.3)
    return band(track, layer.open, None)


def render_drums(song: Composition, style: SongStyle, n: int,
                 only: set[str] | None = None) -> dict[str, np.ndarray]:
    """Bus → (n,): "kick", "snare" (snares and hands), "metal" and "skins". only: these drums alone."""
    buses = {name: np.zeros(n, np.float32) for name in ("kick", "snare", "metal", "skins")}
    rng = part_rng(song, "kit")
    kit = make_kit(style.kit, {h.sound for h in song.hits}, rng)
    starts = [round((float(song.grid.seconds(h.beat)) + h.nudge) * RATE) for h in song.hits]
    closing = np.sort([at for h, at in zip(song.hits, starts, strict=True) if h.sound in ("hat", "open")])
    for hit, at in zip(song.hits, starts, strict=True):
        stroke = kit[hit.sound][int(rng.integers(len(kit[hit.sound])))]
        if only is None or hit.sound in only:
            if hit.sound == "open":  # the next stroke on the hat shuts it
                shut = closing[np.searchsorted(closing, at + RATE // 50):]
                stroke = _cut(stroke, shut[0] - at) if len(shut) else stroke
            _add(buses[BUSES.get(hit.sound, "skins")], at, stroke, hit.velocity**1.4)
    buses["metal"] *= _gain(style.air)
    return buses


def ducking(song: Composition, n: int) -> np.ndarray:
    """(n,) how hard the kick pushes others down, 0 to 1: full at each kick, gone 0.2 s later."""
    rise = np.linspace(0.0, 1.0, int(0.004 * RATE))
    fall = np.cos(np.linspace(0.0, np.pi / 2, int(0.2 * RATE))) ** 1.5
    shape = np.concatenate([rise, fall]).astype(np.float32)
    out = np.zeros(n, np.float32)
    for hit in song.hits:
        if hit.sound == "kick" and hit.velocity > 0.4:
            at = max(0, round(float(song.grid.seconds(hit.beat)) * RATE))
            part = out[at: at + len(shape)]
            np.maximum(part, shape[: len(part)], out=part)
    return out


def active_db(x: np.ndarray) -> float:
    """Level in dB of the louder half of those 50-ms frames that sound at all; −120 for silence."""
    frame = int(0.05 * RATE)
    power = (x[: len(x) // frame * frame].reshape(-1, frame) ** 2).mean(axis=1)
    if not len(power) or power.max() < 1e-12:
        return -120.0
    power = power[power > power.max() * 1e-3]
    return float(10 * np.log10(np.sort(power)[len(power) // 2:].mean()))


def _reverb(x: np.ndarray, length: float, rng: np.random.Generator) -> np.ndarray:
    """A hall: 15 ms of distance, then decaying noise whose highs die first."""
    n = int(length * RATE)
    tail = band(noise(n, rng), 250, 5_500) * decay(n, length / 5.0)
    tail += 0.5 * band(noise(n, rng), 2_000, 9_000) * decay(n, length / 14.0)
    tail = np.concatenate([np.zeros(int(0.015 * RATE), np.float32), tail])
    tail /= np.float32(np.sqrt((tail**2).sum()))
    return signal.oaconvolve(x, tail)[: len(x)].astype(np.float32)


def _echo(x: np.ndarray, gap: float) -> np.ndarray:
    """Three fading repeats, `gap` s apart, duller than the sound."""
    out, d = np.zeros_like(x), int(gap * RATE)
    for k, g in enumerate((0.5, 0.26, 0.13), start=1):
        if k * d < len(x):
            out[k * d:] += np.float32(g) * x[: len(x) - k * d]
    return band(out, 300, 4_000)


def _span(song: Composition, section: Section, first: int = 0) -> tuple[int, int]:
    """Samples in which a section, from its bar `first` on, starts and stops."""
    beats = (section.first + first) * song.metre.beats, section.stop * song.metre.beats
    return tuple(max(0, round(float(song.grid.seconds(b)) * RATE)) for b in beats)


def _effects(song: Composition, style: SongStyle, n: int) -> np.ndarray:
    """(n,) risers into the choruses, an impact on their first beat, crackle where the style is dusty."""
    out, rng = np.zeros(n, np.float32), part_rng(song, "effects")
    soft = 0.4 if style.kit == "soft" else 1.0
    for before, section in zip(song.sections, song.sections[1:], strict=False):
        if section.name == "chorus":
            start, stop = _span(song, before, max(0, before.bars - 2))
            x, ramp = noise(stop - start, rng), np.linspace(0, 1, stop - start, dtype=np.float32)
            rise = band(x, 800, 3_000) * (1 - ramp) + band(x, 3_000, 10_000) * ramp
            _add(out, start, rise * ramp**2.5, 0.10 * soft)
            k = int(1.2 * RATE)
            boom = np.sin(2 * np.pi * np.cumsum(38 + 50 * decay(k, 0.15)) / RATE) * decay(k, 0.35)
            _add(out, stop, boom + 0.25 * band(noise(k, rng), 300, 5_000) * decay(k, 0.25), 0.3 * soft)
    if style.dust:
        pops = np.zeros(n, np.float32)
        where = rng.integers(0, n, int(n / RATE * 14))
        pops[where] = rng.exponential(0.3, len(where)) * rng.choice([-1.0, 1.0], len(where))
        hiss = 0.012 * band(noise(n, rng), 500, 6_000)
        out += np.float32(0.05 * style.dust) * (band(pops, 900, 7_000) + hiss)
    return out


def _sweeps(song: Composition, style: SongStyle, x: np.ndarray) -> None:
    """Filter the band in place: an intro opens from dull, a build thins out until the chorus drops."""
    fade = int(0.02 * RATE)
    for section in song.sections:
        if section.name not in ("intro", "build") or section.bars < 2:
            continue
        start, stop = _span(song, section)
        part = x[start: stop]
        ramp = np.linspace(0.0, 1.0, len(part), dtype=np.float32)
        if section.name == "intro":
            weight, filtered = style.sweep * (1.0 - ramp) ** 0.7, band(part, None, 700.0)
        else:
            weight, filtered = style.sweep * ramp**1.5, band(part, 320.0, None)
            weight[-fade:] *= np.linspace(1.0, 0.0, min(fade, len(part)), dtype=np.float32)
        part += weight * (filtered - part)


def _make_room(song: Composition, kit: np.ndarray, band_: np.ndarray) -> None:
    """Pull the band down, in place, in those sections where its players together bury the drums."""
    gains = np.ones(len(kit), np.float32)
    for section in song.sections:
        start, stop = _span(song, section)
        over = active_db(band_[start: stop]) - active_db(kit[start: stop]) - BAND_DB
        if section.name in ("verse", "chorus") and over > 0:
            gains[start: stop] = _gain(-over)
    band_ *= ndimage.uniform_filter1d(gains, int(0.03 * RATE))


def _faders(song: Composition, n: int) -> np.ndarray:
    """(n,) gain by section, and the fade of the last second."""
    times, levels = [], []
    for section in song.sections:
        start, stop = (s / RATE for s in _span(song, section))
        times += [start + 0.005, stop - 0.005]
        levels += [SECTION_DB[section.name]] * 2
    coarse = np.arange(0, n + 441, 441)
    gain = 10 ** (np.interp(coarse / RATE, times, levels) / 20)
    gain *= np.clip((song.grid.duration - coarse / RATE) / 0.8, 0, 1) ** 1.5
    return np.interp(np.arange(n), coarse, gain).astype(np.float32)


def mix(song: Composition) -> np.ndarray:
    """(N,) float32: the whole song, mixed and mastered."""
    style = song.recipe
    n = int(round(song.grid.duration * RATE))
    drums = render_drums(song, style, n)
    kit = sum(drums.values())
    reference = active_db(kit)
    total = np.zeros(n, np.float32)
    duck = ducking(song, n)
    hall, echo = 0.10 * drums["snare"] + 0.15 * drums["skins"], np.zeros(n, np.float32)
    for layer in style.layers:
        track = render_notes(song, layer, song.notes[layer.name], n)
        level = active_db(track)
        if level <= -119:
            continue
        track *= _gain(reference + layer.level - level)
        if layer.pump:
            track *= 1.0 - np.float32(layer.pump) * duck
        total += track
        hall += np.float32(layer.reverb) * track
        if layer.delay:
            echo += np.float32(layer.delay) * track
    if echo.any():
        repeats = _echo(echo, song.metre.beat(song.metre.echo) * float(np.median(np.diff(song.grid.times))))
        total += repeats
        hall += 0.3 * repeats
    _make_room(song, kit, total)
    total += kit
    if style.sweep:
        _sweeps(song, style, total)
    total += _reverb(hall, style.reverb_s, part_rng(song, "hall"))
    total += 4.0 * _gain(reference) * _effects(song, style, n)
    if style.air:  # a shelf: half of it for everybody
        total += (_gain(0.5 * style.air) - np.float32(1.0)) * band(total, 2_000.0, None, order=1)
    return master(total * _faders(song, n))
