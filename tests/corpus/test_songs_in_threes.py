"""Songs in 3/4 and 6/8: their beats and bars are exact, bass and chords stand where a waltz has them, and
songs in 4/4 are those that they always were."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import pytest

from dance_core.corpus.studio.mastering import CEILING, LOUDNESS, loudness
from dance_core.corpus.studio.mixdown import render_drums
from dance_core.corpus.studio.song_drums import FILLS
from dance_core.corpus.studio.song_metre import METRES
from dance_core.corpus.studio.song_score import Composition
from dance_core.corpus.studio.song_styles import song_style, styles_in
from dance_core.corpus.studio.songwriter import StudioSong, compose, write_song
from dance_core.corpus.studio.synth import RATE, band

THREES = [(style, metre) for metre in ("3/4", "6/8") for style in styles_in(metre)]


@cache
def paper(style: str, metre: str, seed: int = 1) -> Composition:
    return compose(style, seed, 60.0, metre=metre)


@cache
def waltz() -> StudioSong:
    return write_song("waltz", 2, 24.0)


def test_two_styles_and_more_are_written_in_each_metre():
    assert len(styles_in("3/4")) >= 2 and len(styles_in("6/8")) >= 2 and len(styles_in("4/4")) == 10
    assert song_style("waltz").metre.key == "3/4" and song_style("gJB").metre.key == "4/4"


# --- the beats -----------------------------------------------------------------------------------


def test_a_waltz_counts_three_beats_a_bar_and_ends_on_a_whole_one():
    beats = waltz().beats
    assert beats.beats_per_bar == 3 and beats.confidence == 1.0
    np.testing.assert_array_equal(beats.bar_position, np.arange(len(beats.times)) % 3 + 1)
    np.testing.assert_allclose(np.diff(beats.times), 60 / beats.tempo, rtol=1e-9)
    assert beats.bar_position[-1] == 1 and beats.times[-1] < waltz().song.duration


def test_a_beat_of_six_eight_is_the_dotted_quarter():
    """Two beats a bar, three eighths each: the bass of a bar stands on both beats, the eighths on thirds."""
    made = write_song("waltz", 1, 16.0, 60.0, metre="6/8")
    assert made.beats.beats_per_bar == 2 and made.beats.tempo == pytest.approx(60.0)
    np.testing.assert_allclose(np.diff(made.beats.downbeats), 2.0)
    assert made.beats.bar_position[-1] == 1
    eighths = {round(3 * n.beat % 3) for n in made.composition.notes["comp"]}
    assert eighths == {0, 1, 2}


@pytest.mark.parametrize(("style", "metre"), THREES)
@pytest.mark.parametrize("seed", range(4))
def test_tempo_bars_and_sections(style, metre, seed):
    made = compose(style, seed, tempo_change=seed % 2 == 1, metre=metre)
    per_bar = METRES[metre].beats
    assert (len(made.grid.times) - 1) % per_bar == 0
    assert made.sections[-1].stop == made.grid.bars
    low, high = song_style(style, metre).tempo
    assert low - 1e-6 <= 60 / (made.grid.times[1] - made.grid.times[0]) <= high + 1e-6
    assert 58 <= made.grid.duration <= 101
    assert max(h.beat for h in made.hits) <= per_bar * made.grid.bars + 1e-9


def test_kicks_written_on_beats_sound_on_the_beats():
    made = compose("gMH", 3, 20.0, metre="3/4")
    stem = render_drums(made, made.recipe, round(made.grid.duration * RATE), only={"kick"})["kick"]
    stem = np.abs(band(stem, 1_500.0, None))  # the beater
    late = []
    for beat in sorted({round(h.beat) for h in made.hits if h.sound == "kick" and abs(h.beat % 1.0) < 1e-9}):
        t = made.grid.times[beat]
        window = stem[max(0, round((t - 0.02) * RATE)): round((t + 0.03) * RATE)]
        late.append(np.argmax(window > 0.3 * window.max()) / RATE + max(0.0, t - 0.02) - t)
    assert len(late) > 10 and np.abs(late).max() < 0.006


# --- the notes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_a_waltz_has_its_bass_on_one_and_its_chords_on_two_and_three(seed):
    made = paper("waltz", "3/4", seed)
    end = 3 * made.grid.bars
    bass = {n.beat for n in made.notes["bass"]}
    comp = [n.beat % 3 for n in made.notes["comp"] if n.beat < end]
    assert {round(c, 6) for c in comp} == {1.0, 2.0}
    kicked = {h.beat for h in made.hits if h.sound == "kick"}
    played = [s for s in made.sections if s.name in ("verse", "chorus")]
    assert all(3.0 * bar in kicked & bass for s in played for bar in range(s.first, s.stop))


@pytest.mark.parametrize(("style", "metre"), THREES)
def test_the_first_beat_of_the_bar_is_the_strongest(style, metre):
    """By kick and bass, over the song: more force on the downbeat than on any other beat."""
    made, per_bar = paper(style, metre), METRES[metre].beats
    force = np.zeros(per_bar)
    for hit in made.hits:
        if hit.sound == "kick" and abs(hit.beat - round(hit.beat)) < 1e-6:
            force[round(hit.beat) % per_bar] += hit.velocity
    for note in made.notes["bass"]:
        if abs(note.beat - round(note.beat)) < 1e-6:
            force[round(note.beat) % per_bar] += note.velocity
    assert force[0] > 1.3 * force[1:].max()


@pytest.mark.parametrize(("style", "metre"), THREES)
def test_melodies_stand_on_chord_tones_and_stay_in_key(style, metre):
    strong = chordal = notes = scalar = 0
    for seed in range(3):
        made = paper(style, metre, seed)
        for layer in made.recipe.layers:
            for note in made.notes[layer.name] if layer.role in ("hook", "tune") else ():
                chord = made.chord_at(note.beat)
                scale = {(made.tonic + s) % 12 for s in made.scale} | set(chord.pitch_classes)
                notes += 1
                scalar += note.pitch % 12 in scale
                if round(made.metre.step(note.beat), 6) % made.metre.steps in made.metre.strong:
                    strong += 1
                    chordal += note.pitch % 12 in chord.pitch_classes
    assert strong > 20
    assert chordal / strong >= 0.95
    assert scalar / notes >= 0.97


@pytest.mark.parametrize(("style", "metre"), THREES)
def test_chords_fill_their_bars_and_change_on_beats(style, metre):
    chords = paper(style, metre).chords
    assert all(a.stop == b.start for a, b in zip(chords, chords[1:], strict=False))
    assert all(c.start == round(c.start) for c in chords)


@pytest.mark.parametrize("metre", METRES)
def test_fills_are_a_bar_long_and_every_style_has_its_own(metre):
    for fill in FILLS[metre].values():
        assert {len(text) for text in fill.values()} == {METRES[metre].steps}
    for style in styles_in(metre):
        its = song_style(style, metre)
        assert set(its.fills) <= set(FILLS[metre])
        patterns = [*its.verse_drums, *its.chorus_drums, its.light_drums]
        assert {len(text) for p in patterns for text in p.values()} == {METRES[metre].steps}
        assert {len(cell) for cell in its.cells} == {METRES[metre].steps}
        lines = [text for layer in its.layers for text in (*layer.verse, *layer.chorus)]
        assert {len(text) % METRES[metre].steps for text in lines} == {0}


# --- the sound -----------------------------------------------------------------------------------


def test_a_waltz_is_clean_and_as_loud_as_other_songs():
    x = waltz().song.samples
    assert np.isfinite(x).all() and np.abs(x).max() <= CEILING + 1e-6
    assert loudness(x) == pytest.approx(LOUDNESS, abs=0.5)
    assert np.abs(x[-RATE // 100:]).max() < 0.01


# --- songs in 4/4 --------------------------------------------------------------------------------


def test_songs_in_four_are_note_for_note_those_of_before_other_metres_were_written():
    """A digest of all notes, hits and chords of ten songs, positions and velocities to a millionth."""
    text = ""
    for number, style in enumerate(styles_in("4/4")):
        made = compose(style, 20 + number, 40.0, tempo_change=number % 2 == 1)
        notes = [(name, *map(near, (n.beat, n.length, n.velocity, n.nudge)), n.pitch, n.glide_from)
                 for name, many in sorted(made.notes.items()) for n in many]
        hits = [(h.sound, *map(near, (h.beat, h.velocity, h.nudge))) for h in made.hits]
        chords = [(near(c.start), near(c.stop), c.root, c.intervals) for c in made.chords]
        text += repr((made.title, notes, hits, chords))
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "70c3654938d298c7"


def near(value: float) -> str:
    return f"{value + 0.0:.6f}".replace("-0.000000", "0.000000")
