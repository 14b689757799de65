"""The songwriter: songs that are right about their own beats, in key, alive from section to section,
and different from style to style."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from dance_core.corpus.studio import demo
from dance_core.corpus.studio.instruments import INSTRUMENTS
from dance_core.corpus.studio.mastering import CEILING, LOUDNESS, limit, loudness, soft_clip
from dance_core.corpus.studio.mixdown import render_drums
from dance_core.corpus.studio.song_form import lay_grid, plan_form
from dance_core.corpus.studio.song_harmony import lead_voices, read_chord, voicing_tones
from dance_core.corpus.studio.song_score import Chord
from dance_core.corpus.studio.song_styles import SONG_STYLES, styles_in
from dance_core.corpus.studio.songwriter import StudioSong, compose, write_song
from dance_core.corpus.studio.synth import RATE, band, hertz
from dance_core.errors import UserError

STYLES = styles_in("4/4")  # other metres: test_songs_in_threes


@cache
def song(style: str, seed: int = 1) -> StudioSong:
    """A song of 50 s, long enough for every kind of section."""
    return write_song(style, seed, seconds=50.0)


# --- the recording -------------------------------------------------------------------------------


def test_the_same_arguments_give_the_same_song():
    again = write_song("gBR", 1, seconds=50.0)
    assert again.song.digest == song("gBR").song.digest
    np.testing.assert_array_equal(again.song.samples, song("gBR").song.samples)
    np.testing.assert_array_equal(again.beats.times, song("gBR").beats.times)


def test_another_seed_gives_another_song():
    assert compose("gBR", 2, 50.0).hits != song("gBR").composition.hits
    assert write_song("gBR", 2, seconds=12.0).song.digest != write_song("gBR", 1, seconds=12.0).song.digest


@pytest.mark.parametrize("style", STYLES)
def test_a_song_is_clean_and_as_loud_as_it_should_be(style):
    x = song(style).song.samples
    assert np.isfinite(x).all()
    assert len(x) == round(50.0 * RATE)
    assert np.abs(x).max() <= CEILING + 1e-6
    assert loudness(x) == pytest.approx(LOUDNESS, abs=0.5)
    assert abs(float(x.mean())) < 1e-3  # no direct current
    assert np.abs(x[-RATE // 100:]).max() < 0.01  # it has faded when it ends


@pytest.mark.parametrize("style", STYLES)
def test_the_drums_and_the_bass_carry_and_nothing_is_missing(style):
    """Each octave holds as much as in published dance music (the Debian songs: −3 to −25 dB)."""
    f, p = signal.welch(song(style).song.samples, RATE, nperseg=8192)
    shares = {(a, b): 10 * np.log10(p[(f >= a) & (f < b)].sum() / p.sum())
              for a, b in ((20, 120), (120, 500), (500, 2_000), (2_000, 8_000), (8_000, 16_000))}
    assert -8 < shares[20, 120] < -0.7
    assert -12 < shares[120, 500] < -2
    assert -15 < shares[500, 2_000] < -2
    assert -20 < shares[2_000, 8_000] < -6
    assert -27 < shares[8_000, 16_000] < -12


# --- the beats -----------------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("change", [False, True])
def test_kicks_written_on_beats_sound_on_the_beats(style, change):
    """The click stem: every kick that stands on a beat starts within 5 ms of that beat's time."""
    made = compose(style, 3, 30.0, tempo_change=change)
    n = round(made.grid.duration * RATE)
    kicks = render_drums(made, made.recipe, n, only={"kick"})["kick"]
    stem = np.abs(band(kicks, 1_500.0, None))  # the beater
    written = sorted({round(h.beat) for h in made.hits if h.sound == "kick" and abs(h.beat % 1.0) < 1e-9})
    assert len(written) >= made.grid.bars  # the pulse is there: a kick a bar at least
    late = []
    for beat in written:
        t = made.grid.times[beat]
        window = stem[max(0, round((t - 0.02) * RATE)): round((t + 0.03) * RATE)]
        late.append(np.argmax(window > 0.3 * window.max()) / RATE + max(0.0, t - 0.02) - t)
    assert np.abs(late).max() < 0.006
    assert abs(np.median(late)) < 0.002


@pytest.mark.parametrize("style", STYLES)
def test_beats_keep_the_tempo_and_count_in_four(style):
    made = song(style)
    gaps = np.diff(made.beats.times)
    np.testing.assert_allclose(gaps, 60.0 / made.beats.tempo, rtol=1e-9)
    np.testing.assert_array_equal(made.beats.bar_position, np.arange(len(made.beats.times)) % 4 + 1)
    assert made.beats.confidence == 1.0
    assert 0 <= made.beats.times[0] < 0.5
    assert made.beats.times[-1] < made.song.duration


@pytest.mark.parametrize("style", STYLES)
def test_tempi_come_from_the_range_of_the_style(style):
    low, high = SONG_STYLES[style].tempo
    tempi = {60.0 / np.diff(compose(style, seed, 20.0).grid.times)[0] for seed in range(8)}
    assert all(low - 1e-6 <= t <= high + 1e-6 for t in tempi)
    assert len(tempi) >= 3


def test_a_wished_tempo_is_kept_exactly():
    np.testing.assert_allclose(np.diff(compose("gHO", 5, 40.0, tempo=97.5).grid.times), 60 / 97.5, rtol=1e-9)


@given(seed=st.integers(0, 10_000), tempo=st.floats(80, 135), bars=st.integers(8, 60))
@settings(max_examples=60, deadline=None)
def test_a_tempo_change_is_one_change_of_8_to_18_percent(seed, tempo, bars):
    times = lay_grid(plan_form(bars), tempo, np.random.default_rng(seed), True, 0.1)
    pace = 60.0 / np.diff(times)
    assert len(times) == 4 * bars + 1
    assert pace[0] == pytest.approx(tempo)
    assert 0.07 < abs(pace[-1] / pace[0] - 1.0) < 0.19
    moves = np.flatnonzero(np.abs(np.diff(pace)) > 1e-9)
    assert moves[-1] - moves[0] <= 4  # at once, or over one bar
    assert (np.diff(pace) >= -1e-9).all() or (np.diff(pace) <= 1e-9).all()


def test_a_song_of_any_length_and_tempo_has_at_least_a_bar():
    for seconds, tempo in ((6.0, 60.0), (6.0, 180.0), (7.3, 100.0), (600.0, 60.0)):
        made = compose("gMH", 0, seconds, tempo)
        assert made.grid.duration == seconds
        assert made.grid.bars >= 1
        assert made.grid.times[-1] < seconds


# --- the form ------------------------------------------------------------------------------------


@given(st.integers(1, 400))
def test_sections_fill_the_bars_without_gaps(bars):
    sections = plan_form(bars)
    assert sections[0].first == 0
    assert sections[-1].stop == bars
    assert all(a.stop == b.first and a.bars > 0 for a, b in zip(sections, sections[1:], strict=False))
    assert any(s.name == "chorus" for s in sections)


@pytest.mark.parametrize("style", STYLES)
def test_sections_cover_the_song_from_its_first_sample_to_its_last(style):
    sections = song(style).sections
    assert sections[0][1] == 0.0
    assert sections[-1][2] == song(style).song.duration
    assert all(a[2] == b[1] for a, b in zip(sections, sections[1:], strict=False))
    assert all(0.0 <= s[3] <= 1.0 for s in sections)
    downbeats = song(style).beats.downbeats
    assert all(np.abs(downbeats - s[1]).min() < 1e-9 for s in sections[1:])


@pytest.mark.parametrize("style", STYLES)
def test_the_chorus_is_louder_than_the_verse_and_the_verse_than_the_break(style):
    made = song(style)

    def level(name: str) -> float:
        parts = [made.song.samples[round(a * RATE): round(b * RATE)]
                 for n, a, b, _ in made.sections if n == name]
        return 10 * np.log10(np.mean(np.concatenate(parts) ** 2))
    assert level("chorus") > level("verse") + 1.0
    assert level("verse") > level("break") + 0.8
    assert level("chorus") < level("break") + 15.0  # the quiet parts can still be heard


@pytest.mark.parametrize("style", STYLES)
def test_a_break_begins_with_a_bar_without_drums_and_a_border_has_a_fill(style):
    made = song(style).composition
    pause = next(s for s in made.sections if s.name == "break")

    def hits(bar: float, length: float = 4.0) -> list[str]:
        return [h.sound for h in made.hits if 4 * bar <= h.beat < 4 * bar + length]
    assert len(hits(pause.first)) <= 4
    verse = next(s for s in made.sections if s.name == "verse")
    steady, last = hits(verse.first + 1), hits(verse.stop - 1)
    assert steady.count("kick") >= 1
    assert sorted(steady) != sorted(last)


# --- the notes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
def test_melodies_stand_on_chord_tones_and_stay_in_key(style):
    strong = chordal = notes = scalar = 0
    for seed in range(4):
        made = compose(style, seed, 60.0)
        for layer in made.recipe.layers:
            if layer.role not in ("hook", "tune"):
                continue
            for note in made.notes[layer.name]:
                chord = made.chord_at(note.beat)
                scale = {(made.tonic + s) % 12 for s in made.scale} | set(chord.pitch_classes)
                notes += 1
                scalar += note.pitch % 12 in scale
                if note.beat % 2.0 < 1e-6:
                    strong += 1
                    chordal += note.pitch % 12 in chord.pitch_classes
    assert strong > 40
    assert chordal / strong >= 0.95
    assert scalar / notes >= 0.97


@pytest.mark.parametrize("style", STYLES)
def test_players_rarely_grind_against_each_other(style):
    """In few sixteenths do two layers hold a minor second or ninth for longer than a sixteenth."""
    made = compose(style, 7, 60.0)
    steps: list[set[tuple[int, str]]] = [set() for _ in range(16 * made.grid.bars)]
    for name, notes in made.notes.items():
        for note in notes:
            if note.length > 0.3:
                stop = min(len(steps), round(4 * (note.beat + note.length)))
                for s in range(round(4 * note.beat), stop):
                    steps[s].add((note.pitch, name))
    grinding = sum(any(abs(p - q) in (1, 13) and a != b for p, a in held for q, b in held) for held in steps)
    assert grinding / len(steps) < 0.2


@pytest.mark.parametrize("style", STYLES)
def test_a_hook_is_a_motif_that_comes_back(style):
    """A A' B A': the answer has the motif's rhythm and comes back after a contrast; nothing leaps wildly."""
    made = compose(style, 1, 80.0)
    hook = next(layer for layer in made.recipe.layers if layer.role == "hook")
    chorus = next(s for s in made.sections if s.name == "chorus" and s.bars >= 8)

    def bars(first: int) -> list[tuple[float, int]]:
        start = 4.0 * (chorus.first + first)
        return [(round(n.beat - start, 3), n.pitch) for n in made.notes[hook.name]
                if start <= n.beat < start + 8]
    a, answer, b, again = (bars(i) for i in (0, 2, 4, 6))
    assert [t for t, _ in a] == [t for t, _ in answer]
    assert answer == again
    assert b != a
    assert len({p for _, p in a}) >= 3
    pitches = [p for _, p in a + answer + b]
    assert np.abs(np.diff(pitches)).max() <= 16


@given(st.lists(st.sampled_from(["Im9", "IVm9", "bVImaj9", "V7", "bVII", "IV9", "Im7", "bIIImaj7"]),
                min_size=2, max_size=8), st.integers(0, 11))
@settings(max_examples=40, deadline=None)
def test_voices_move_little_and_sound_the_chord(names, tonic):
    chords = []
    for i, name in enumerate(names):
        root, intervals = read_chord(name, tonic)
        chords.append(Chord(4.0 * i, 4.0 * i + 4, root, intervals, name))
    voicings = lead_voices(chords, 55, 76)
    for chord, voicing in zip(chords, voicings, strict=True):
        assert {p % 12 for p in voicing} == set(voicing_tones(chord, 4))
        assert 55 <= min(voicing)
        assert max(voicing) <= 76
    for one, two in zip(voicings, voicings[1:], strict=False):
        assert np.mean([min(abs(p - q) for q in one) for p in two]) <= 4.0


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_instruments_are_in_tune_start_and_end_in_silence(name):
    pitch = 40 if name.startswith("bass") else 65
    x = INSTRUMENTS[name](pitch, 0.8, 0.7, np.random.default_rng(0), None)
    assert x.dtype == np.float32
    assert np.isfinite(x).all()
    assert abs(x[0]) < 0.05
    assert abs(x[-1]) < 0.01
    part = x[int(0.15 * RATE): int(0.75 * RATE)] * np.hanning(int(0.75 * RATE) - int(0.15 * RATE))
    t = np.arange(len(part)) / RATE

    def strength(cents: float) -> float:
        f = hertz(pitch) * 2 ** (cents / 1200)
        return sum(abs(np.dot(part, np.exp(-2j * np.pi * f * h * t))) for h in (1, 2, 3))
    found = max(range(-60, 61, 5), key=strength)
    assert abs(found) <= 20  # detuned voices beat, they do not drift


# --- the styles ----------------------------------------------------------------------------------


def fingerprint(made: StudioSong) -> np.ndarray:
    """What a listener could go by: the balance of the octaves and where in the bar things start."""
    x = made.song.samples
    f, p = signal.welch(x, RATE, nperseg=4096)
    edges = np.geomspace(30, 16_000, 10)
    balance = [np.log10(p[(f >= a) & (f < b)].mean()) for a, b in zip(edges, edges[1:], strict=False)]
    _, _, s = signal.stft(x, RATE, nperseg=1024, noverlap=1024 - 441, padded=False)
    rise = np.maximum(np.diff(np.log1p(50 * np.abs(s)), axis=1), 0)
    step = np.arange(0, 4 * made.composition.grid.bars, 0.25)
    frames = np.round(made.composition.grid.seconds(step) * RATE / 441).astype(int)
    rows = []
    for low, high in ((0, 4), (4, 40), (40, 350)):
        curve = rise[low:high].sum(axis=0)
        at = np.array([curve[max(0, k - 2): k + 3].max() for k in frames]).reshape(-1, 16).mean(axis=0)
        rows.append(2.0 * at / at.mean())
    return np.concatenate([balance, *rows])


def test_the_styles_can_be_told_apart_by_ear():
    """The nearest other song, all at one tempo, is of the same style far more often than by luck (0.1)."""
    made = [(style, fingerprint(write_song(style, seed, 16.0, tempo=104.0)))
            for style in STYLES for seed in (1, 2, 3)]
    scale = np.std([v for _, v in made], axis=0)
    right = 0
    for i, (style, v) in enumerate(made):
        others = [(np.linalg.norm((v - w) / scale), s) for j, (s, w) in enumerate(made) if j != i]
        right += min(others)[1] == style
    print(f"style found by nearest neighbour: {right} of {len(made)}")
    assert right / len(made) >= 0.5


def test_styles_have_their_known_signs():
    """Four on the floor, octave bass, the half-time snare: what dancers go by."""
    for style in ("gHO", "gWA"):
        made = compose(style, 2, 60.0)
        verse = next(s for s in made.sections if s.name == "verse")
        kicks = {h.beat - 4 * verse.first for h in made.hits if h.sound == "kick"}
        assert {0.0, 1.0, 2.0, 3.0} <= kicks
    disco = compose("gWA", 2, 60.0)
    leaps = np.abs(np.diff([n.pitch for n in disco.notes["bass"]]))
    assert (leaps == 12).mean() > 0.3
    krump = compose("gKR", 2, 60.0)
    verse = next(s for s in krump.sections if s.name == "verse")
    snares = [h.beat % 4 for h in krump.hits if h.sound == "snare" and h.velocity > 0.6
              and 4 * verse.first <= h.beat < 4 * verse.first + 8]
    assert set(snares) == {2.0}
    hip_hop = compose("gMH", 2, 60.0)
    off = [h.beat % 0.5 for h in hip_hop.hits if 0.05 < h.beat % 0.5 < 0.45 and h.sound in ("hat", "kick")]
    assert np.median(off) > 0.28  # sixteenths that swing: late of 0.25


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("arguments", "number"), [
    (("polka", 1), "11 styles"), (("gHO", 1, 2.0), "2 s"), (("gHO", 1, 900.0), "900 s"),
    (("gHO", 1, 30.0, 20.0), "20 BPM"), (("gHO", 1, 30.0, 400.0), "400 BPM"),
    (("gHO", 1, float("nan")), "nan"), (("gHO", 1, 30.0, None, False, "3/4"), "gHO is not written in 3/4"),
    (("gHO", 1, 30.0, None, False, "9/8"), "3 metres"),
    (("waltz", 1, 30.0, 30.0, False, "6/8"), "36 to 130 BPM"),
    (("waltz", 1, 30.0, None, False, "4/4"), "waltz is not written in 4/4")])
def test_what_cannot_be_written_is_refused_in_a_sentence(arguments, number):
    with pytest.raises(UserError, match=number):
        write_song(*arguments)


# --- mastering -----------------------------------------------------------------------------------


def test_loudness_of_a_known_tone():
    """BS.1770: a 997-Hz sine at 0 dBFS in one channel measures −3.01 LUFS."""
    t = np.arange(5 * RATE) / RATE
    tone = np.sin(2 * np.pi * 997 * t).astype(np.float32)
    assert loudness(tone) == pytest.approx(-3.01, abs=0.05)
    assert loudness(0.1 * tone) == pytest.approx(-23.01, abs=0.05)
    assert loudness(np.zeros(RATE, np.float32)) == float("-inf")


@given(st.integers(0, 1000), st.floats(0.1, 8.0))
@settings(max_examples=20, deadline=None)
def test_the_limiter_holds_its_ceiling_and_leaves_quiet_music_alone(seed, gain):
    rng = np.random.default_rng(seed)
    x = (rng.standard_normal(8_000) * 0.1).astype(np.float32)
    x[4_000] = gain
    y = limit(x, 0.8)
    assert np.abs(y).max() <= 0.8 + 1e-6
    if np.abs(x).max() <= 0.8:
        np.testing.assert_allclose(y, x, atol=1e-6)
    assert np.abs(soft_clip(3 * x, 0.7)).max() <= 1.0


# --- the demo songs ------------------------------------------------------------------------------


def test_the_demo_songs_are_there_and_are_what_their_list_says():
    songs = demo.demo_songs()
    assert len(songs) >= 6
    assert len({s.style for s in songs}) >= 6
    assert len({s.tempo for s in songs}) >= 6
    assert any(order.tempo_change for order in demo.ORDERS)
    for one in songs:
        info = soundfile.info(one.path)
        assert 45.0 <= info.duration <= 75.0
        assert one.path.stat().st_size <= 700 * 1024


def test_a_demo_song_is_the_song_that_its_row_describes():
    """Written again from its row, the song matches the file that ships, codec aside."""
    row = json.loads((demo.SONGS / demo.INDEX).read_text(encoding="utf-8"))[0]
    assert "Apache-2.0" in row["licence"]
    made = write_song(row["style"], row["seed"], row["seconds"], row["tempo"]).song.samples
    shipped, rate = soundfile.read(demo.SONGS / row["file"], dtype="float32")
    assert rate == RATE
    assert np.abs(shipped).max() < 1.0
    n = min(len(made), len(shipped))
    assert np.corrcoef(made[:n], shipped[:n])[0, 1] > 0.98


def test_writing_the_demo_songs_makes_the_list_that_demo_songs_reads(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "ORDERS", (demo.Order("One Small Song", "gPO", 2, 8.0, 100.0),))
    seen: list[tuple[int, int, str]] = []
    paths = demo.write_demo_songs(tmp_path / "new", lambda *a: seen.append(a))
    assert [p.name for p in paths] == ["one-small-song.ogg"]
    assert seen == [(0, 1, "One Small Song"), (1, 1, "One Small Song")]
    assert demo.demo_songs(tmp_path / "new")[0].title == "One Small Song"


@pytest.mark.parametrize("text", [None, "{", '[{"title": "x"}]',
                                  '[{"title": "x", "file": "no.ogg", "style": "gHO", "tempo": 120}]'])
def test_a_damaged_list_of_demo_songs_is_said_to_be_so(tmp_path, text):
    if text is not None:
        (tmp_path / demo.INDEX).write_text(text)
    with pytest.raises(UserError, match="demo songs"):
        demo.demo_songs(tmp_path)
