"""Writes songs: a style and a seed in, a recording with its exactly known beats out.

    compose() puts a song on paper (form, chords, lines, drums), mixdown.mix() plays it.

The same arguments give the same song. No sound of anybody else's is used: every instrument is
computed, so the songs belong to this project.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from dance_core.corpus.studio.mixdown import mix, part_rng, seeded
from dance_core.corpus.studio.song_drums import Drummer, plan_silences
from dance_core.corpus.studio.song_form import fit_bars, lay_grid, plan_form
from dance_core.corpus.studio.song_harmony import lay_chords
from dance_core.corpus.studio.song_parts import write_parts
from dance_core.corpus.studio.song_recipe import SCALES
from dance_core.corpus.studio.song_score import Composition, Grid
from dance_core.corpus.studio.song_styles import song_style
from dance_core.corpus.studio.synth import RATE
from dance_core.errors import UserError
from dance_core.music.beats import Beats
from dance_core.music.song import Song

MIN_SECONDS, MAX_SECONDS = 6.0, 600.0
TAIL = 1.6  # s that the last chord may ring at least


@dataclass(frozen=True, eq=False)
class StudioSong:
    """A made song and the truth about it.

    Attributes:
        song: the recording.
        beats: its exact beats (confidence 1), from the first downbeat to the final one.
        sections: (name, start_s, stop_s, energy 0 to 1), without gaps from 0 to the end.
        style: style key. seed: what it was made from.
        composition: the song on paper: chords, notes, drum hits.
    """

    song: Song
    beats: Beats
    sections: tuple[tuple[str, float, float, float], ...]
    style: str
    seed: int
    composition: Composition


def write_song(style: str, seed: int, seconds: float | None = None, tempo: float | None = None,
               tempo_change: bool = False, metre: str | None = None) -> StudioSong:
    """A song in one of the styles of `song_styles`, deterministic for the same arguments.

    seconds: length (default 60 to 100 s by seed). tempo: beats a minute (default by seed within the style's
    own range); a beat of 6/8 is a dotted quarter. tempo_change: the tempo moves by 8 to 18 % near the middle,
    at once or over a bar. metre: "4/4", "3/4" or "6/8" (default: the style's own).
    Raises UserError for an unknown style, a metre that it is not written in, or a length or tempo out of
    range.
    """
    song = compose(style, seed, seconds, tempo, tempo_change, metre)
    samples = mix(song)
    grid = song.grid
    positions = np.arange(len(grid.times)) % grid.per_bar + 1
    pace = 60.0 / float(np.median(np.diff(grid.times)))
    beats = Beats(grid.times, positions, pace, 1.0, grid.per_bar)
    digest = hashlib.sha256(samples.tobytes()).hexdigest()
    return StudioSong(Song(samples, RATE, digest, song.title), beats, _section_times(song), style, seed, song)


def compose(style: str, seed: int, seconds: float | None = None, tempo: float | None = None,
            tempo_change: bool = False, metre: str | None = None) -> Composition:
    """The song on paper; arguments as for `write_song`."""
    recipe = song_style(style, metre)
    per_bar, (slowest, fastest) = recipe.metre.beats, recipe.metre.tempo
    if seconds is not None and not MIN_SECONDS <= seconds <= MAX_SECONDS:
        raise UserError(f"A song of {seconds:g} s was asked for; "
                        f"{MIN_SECONDS:g} to {MAX_SECONDS:g} s can be written.")
    if tempo is not None and not slowest <= tempo <= fastest:
        raise UserError(f"A tempo of {tempo:g} BPM was asked for; "
                        f"{slowest:g} to {fastest:g} BPM can be written in {recipe.metre.key}.")
    rng = seeded(f"{style}:{seed}")
    pace = float(rng.integers(recipe.tempo[0], recipe.tempo[1] + 1))
    length = float(rng.uniform(60.0, 100.0))
    pace, length = tempo or pace, seconds or length
    lead = float(rng.uniform(0.06, 0.35))
    grid_seed = int(rng.integers(2**31))
    bars = fit_bars(length, pace, lead, TAIL, per_bar)
    while True:
        sections = plan_form(bars)
        times = lay_grid(sections, pace, np.random.default_rng(grid_seed), tempo_change, lead, per_bar)
        if times[-1] + TAIL <= length or bars == 1:
            break
        bars -= 1
    look = recipe.settled(rng)
    tonality = look.tonalities[int(rng.integers(len(look.tonalities)))]
    tonic = int(rng.integers(12))
    swing = float(rng.uniform(*look.swing))
    title = " ".join(words[int(rng.integers(len(words)))] for words in look.words)
    song = Composition(look, seed, title, Grid(times, length, per_bar), sections, tonic,
                       SCALES[tonality.mode], lay_chords(sections, tonality, tonic, look.metre))
    silent = plan_silences(song, part_rng(song, "silences"))
    song.hits.extend(Drummer(song, look, swing, part_rng(song, "drums"), silent).write())
    players = {layer.name: part_rng(song, layer.name) for layer in look.layers}
    song.notes.update(write_parts(song, look, swing, players))
    return song


def _section_times(song: Composition) -> tuple[tuple[str, float, float, float], ...]:
    starts = [0.0] + [float(song.grid.seconds(s.first * song.grid.per_bar)) for s in song.sections[1:]]
    stops = [*starts[1:], song.grid.duration]
    return tuple((s.name, a, b, s.energy) for s, a, b in zip(song.sections, starts, stops, strict=True))
