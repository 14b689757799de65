"""From notes to a finished recording: tracks, side-chain, echo and reverb, levels, master.

Mono float32 at `synth.RATE`. Tracks are balanced by their measured loudness, not by the raw level of
a synthesiser, so that every style has its bass and drums where they belong.
"""

from __future__ import annotations

import hashlib

import numpy as np
from scipy import ndimage, signal

from dance_core.corpus.studio.drumkit import make_kit
from dance_core.corpus.studio.instruments import INSTRUMENTS
from dance_core.corpus.studio.song_score import BEATS_PER_BAR, Composition, Note
from dance_core.corpus.studio.song_styles import Layer, SongStyle
from dance_core.corpus.studio.synth import RATE, band, decay, noise

LOUDNESS = -14.0  # LUFS of the finished song (ITU-R BS.1770, mono)
CEILING = 10 ** (-1.0 / 20)  # highest sample of a finished song
SECTION_DB = {"intro": -2.5, "verse": -1.5, "build": -1.0, "chorus": 0.0, "break": -3.0, "outro": -2.5}


def part_rng(song: Composition, part: str) -> np.random.Generator:
    """A generator of its own for each part of a song, so that one part's changes leave the others alone."""
    digest = hashlib.sha256(f"{song.style}:{song.seed}:{part}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "little"))


def _add(track: np.ndarray, at: int, sound: np.ndarray, gain: float) -> None:
    """Mix `sound` into `track` from sample `at`, cut off at both ends."""
    if at < 0:
        sound, at = sound[-at:], 0
    n = min(len(sound), len(track) - at)
    if n > 0:
        track[at: at + n] += np.float32(gain) * sound[:n]


def render_notes(song: Composition, layer: Layer, notes: list[Note], n: int) -> np.ndarray:
    """(n,) one layer, dry. Equal notes (pitch, length to 10 ms, velocity to an eighth) sound once and are reused."""
    track = np.zeros(n, np.float32)
    play, cache = INSTRUMENTS[layer.instrument], {}
    rng = part_rng(song, f"sound {layer.name}")
    for note in notes:
        start = float(song.grid.seconds(note.beat))
        held = round(float(song.grid.seconds(note.beat + note.length)) - start, 2)
        key = (note.pitch, held, round(note.velocity * 8), note.glide_from)
        if key not in cache:
            cache[key] = play(note.pitch, max(0.03, held), key[2] / 8, rng, note.glide_from)
        _add(track, round((start + note.nudge) * RATE), cache[key], note.velocity**1.3)
    return band(track, layer.open, None) if notes else track


def render_drums(song: Composition, style: SongStyle, n: int, only: set[str] | None = None) -> dict[str, np.ndarray]:
    """Bus → (n,): "kick", "snare" (snares and hands), "metal" and "skins"."""
    buses = {name: np.zeros(n, np.float32) for name in ("kick", "snare", "metal", "skins")}
    where = {"kick": "kick", "stomp": "kick", "snare": "snare", "ghost": "snare", "clap": "snare", "snap": "snare",
             "rim": "snare", "hat": "metal", "open": "metal", "pedal": "metal", "ride": "metal", "crash": "metal",
             "shaker": "metal", "tamb": "metal"}
    rng = part_rng(song, "kit")
    kit = make_kit(style.kit, {h.sound for h in song.hits}, rng)
    for hit in song.hits:
        stroke = kit[hit.sound][int(rng.integers(len(kit[hit.sound])))]
        if only is None or hit.sound in only:
            at = round((float(song.grid.seconds(hit.beat)) + hit.nudge) * RATE)
            _add(buses[where.get(hit.sound, "skins")], at, stroke, hit.velocity**1.4)
    return buses


def ducking(song: Composition, n: int) -> np.ndarray:
    """(n,) how hard the kick is pushing, 0 to 1: jumps at each kick, gone after a quarter of a second."""
    shape = np.clip(np.arange(int(0.004 * RATE)) / (0.004 * RATE), 0, 1)
    shape = np.concatenate([shape, np.cos(np.linspace(0, np.pi / 2, int(0.2 * RATE))) ** 1.5]).astype(np.float32)
    out = np.zeros(n, np.float32)
    for hit in song.hits:
        if hit.sound == "kick" and hit.velocity > 0.4:
            at = max(0, round(float(song.grid.seconds(hit.beat)) * RATE))
            part = out[at: at + len(shape)]
            np.maximum(part, shape[: len(part)], out=part)
    return out


def active_db(x: np.ndarray) -> float:
    """Level in dB of the louder half of the 50-ms frames that sound at all; −120 for silence."""
    frame = int(0.05 * RATE)
    power = (x[: len(x) // frame * frame].reshape(-1, frame) ** 2).mean(axis=1)
    if not len(power) or power.max() < 1e-12:
        return -120.0
    power = power[power > power.max() * 1e-3]
    return float(10 * np.log10(np.sort(power)[len(power) // 2:].mean()))


def _reverb(x: np.ndarray, length: float, rng: np.random.Generator) -> np.ndarray:
    """A hall: 15 ms of distance, then decaying noise, darker with time."""
    n = int(length * RATE)
    tail = band(noise(n, rng), 250, 5_500) * decay(n, length / 5.0)
    bright = band(noise(n, rng), 2_000, 9_000) * decay(n, length / 14.0)
    tail = np.concatenate([np.zeros(int(0.015 * RATE), np.float32), tail + 0.5 * bright])
    tail /= np.float32(np.sqrt((tail**2).sum()))
    return signal.oaconvolve(x, tail)[: len(x)].astype(np.float32)


def _echo(x: np.ndarray, gap: float) -> np.ndarray:
    """Three fading repeats, `gap` s apart, darker than the sound."""
    out, d = np.zeros_like(x), int(gap * RATE)
    for k, g in enumerate((0.5, 0.26, 0.13), start=1):
        if k * d < len(x):
            out[k * d:] += np.float32(g) * x[: len(x) - k * d]
    return band(out, 300, 4_000)


def _effects(song: Composition, style: SongStyle, n: int) -> np.ndarray:
    """(n,) risers into the choruses, an impact on their first beat, vinyl where the style wants it."""
    out, rng = np.zeros(n, np.float32), part_rng(song, "effects")
    for before, section in zip(song.sections, song.sections[1:], strict=False):
        if section.name != "chorus":
            continue
        stop = float(song.grid.seconds(section.first * BEATS_PER_BAR))
        bars = 2 if before.bars >= 2 else 1
        start = float(song.grid.seconds((section.first - bars) * BEATS_PER_BAR))
        m = int((stop - start) * RATE)
        x, ramp = noise(m, rng), np.linspace(0, 1, m, dtype=np.float32)
        soft = 0.4 if style.kit == "soft" else 1.0
        rise = band(x, 800, 3_000) * (1 - ramp) + band(x, 3_000, 10_000) * ramp
        _add(out, int(start * RATE), rise * ramp**2.5, 0.10 * soft)
        k = int(1.2 * RATE)
        boom = np.sin(2 * np.pi * np.cumsum(38 + 50 * decay(k, 0.15)) / RATE) * decay(k, 0.35)
        _add(out, int(stop * RATE), (boom + 0.25 * band(noise(k, rng), 300, 5_000) * decay(k, 0.25)), 0.3 * soft)
    if style.dust:
        pops = np.zeros(n, np.float32)
        where = rng.integers(0, n, int(n / RATE * 14))
        pops[where] = rng.exponential(0.3, len(where)).astype(np.float32) * rng.choice([-1, 1], len(where))
        out += np.float32(0.05 * style.dust) * (band(pops, 900, 7_000) + 0.012 * band(noise(n, rng), 500, 6_000))
    return out


def mix(song: Composition, style: SongStyle) -> np.ndarray:
    """(N,) float32: the whole song, mixed and mastered."""
    n = int(round(song.grid.duration * RATE))
    drums = render_drums(song, style, n)
    kit = drums["kick"] + drums["snare"] + drums["metal"] + drums["skins"]
    reference = active_db(kit)
    duck = ducking(song, n)
    beat = float(np.median(np.diff(song.grid.times)))
    total = kit
    hall, echo = 0.10 * drums["snare"] + 0.15 * drums["skins"], np.zeros(n, np.float32)
    for layer in style.layers:
        track = render_notes(song, layer, song.notes[layer.name], n)
        level = active_db(track)
        if level <= -119:
            continue
        track *= np.float32(10 ** ((reference + layer.level - level) / 20))
        if layer.pump:
            track *= 1.0 - np.float32(layer.pump) * duck
        total += track
        if layer.reverb:
            hall += np.float32(layer.reverb) * track
        if layer.delay:
            echo += np.float32(layer.delay) * track
    if echo.any():
        repeats = _echo(echo, 0.75 * beat)
        total += repeats
        hall += 0.3 * repeats
    total += _reverb(hall, style.reverb_s, part_rng(song, "hall"))
    total += np.float32(10 ** (reference / 20) * 4.0) * _effects(song, style, n)
    return master(total * _rides(song, n))


def _rides(song: Composition, n: int) -> np.ndarray:
    """(n,) the fader that makes sections differ, and the fade of the last second."""
    times, gains = [0.0], [SECTION_DB[song.sections[0].name]]
    for section in song.sections:
        start = float(song.grid.seconds(section.first * BEATS_PER_BAR))
        stop = float(song.grid.seconds(section.stop * BEATS_PER_BAR))
        times += [start + 0.005, stop - 0.005]
        end = SECTION_DB[section.name] + (1.0 if section.name == "build" else 0.0)
        gains += [SECTION_DB[section.name], end]
    coarse = np.arange(0, n + 441, 441) / RATE
    gain = 10 ** (np.interp(coarse, times, gains) / 20)
    gain *= np.clip((song.grid.duration - coarse) / 0.8, 0, 1) ** 1.5
    return np.interp(np.arange(n), np.arange(len(coarse)) * 441, gain).astype(np.float32)


def loudness(x: np.ndarray) -> float:
    """Integrated loudness in LUFS of mono samples at `RATE` (ITU-R BS.1770-4, gated); −inf for silence."""
    # K weighting: a high shelf of +4 dB and a high-pass, designed for any rate as in libebur128's derivation.
    f, g, q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k, vh = np.tan(np.pi * f / RATE), 10 ** (g / 20)
    vb, a0 = vh**0.4996667741545416, 1 + np.tan(np.pi * f / RATE) / q + np.tan(np.pi * f / RATE) ** 2
    shelf = [(vh + vb * k / q + k * k) / a0, 2 * (k * k - vh) / a0, (vh - vb * k / q + k * k) / a0, 1.0,
             2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
    f, q = 38.13547087602444, 0.5003270373238773
    k = np.tan(np.pi * f / RATE)
    a0 = 1 + k / q + k * k
    high = [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
    y = signal.sosfilt(np.array([shelf, high]), x)
    hop = RATE // 10
    blocks = (y[: len(y) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1)
    power = np.convolve(blocks, np.ones(4) / 4, "valid") if len(blocks) >= 4 else blocks
    power = power[power > 10 ** ((-70 + 0.691) / 10)]
    if not len(power):
        return float("-inf")
    power = power[power > power.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(power.mean()))


def master(x: np.ndarray) -> np.ndarray:
    """Rumble filter, soft clip, loudness to `LOUDNESS`, a limiter that keeps all samples under `CEILING`."""
    x = band(x, 28.0, None)
    x = x * np.float32(10 ** ((LOUDNESS - loudness(x)) / 20))
    for _ in range(2):  # clipping costs a little loudness: set it again
        x = np.tanh(x * np.float32(0.8)) / np.float32(0.8)
        x = limit(x * np.float32(10 ** ((LOUDNESS - loudness(x)) / 20)), CEILING)
    return x


def limit(x: np.ndarray, ceiling: float) -> np.ndarray:
    """Look-ahead limiter: gain falls within 3 ms before a peak and comes back over 60 ms."""
    hop = 64
    n = -(-len(x) // hop)
    peaks = np.abs(np.pad(x, (0, n * hop - len(x)))).reshape(n, hop).max(axis=1)
    need = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    hold = ndimage.minimum_filter1d(need, 9)
    smooth = ndimage.uniform_filter1d(ndimage.minimum_filter1d(hold, 5), 5)
    gain = np.minimum(smooth, need)
    gain = np.interp(np.arange(len(x)), (np.arange(n) + 0.5) * hop, gain)
    return np.clip(x * gain, -ceiling, ceiling).astype(np.float32)
