"""The beat tracker on real songs of known tempo (games of Debian) and on Studio songs.

The Debian songs by Kenta Cho (BSD-2) are loops of whole 4/4 bars: their tempo follows from their
length, and their first beat lies at 0 up to the codec's delay. The tracker's weights were fitted
without them and with other seeds of the Studio.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import mir_eval
import numpy as np
import pytest

from dance_core.corpus.studio.songwriter import write_song
from dance_core.music.beats import Beats
from dance_core.music.decode import load_song
from dance_core.music.song import Song
from dance_core.music.tracker import track_beats

GAMES = Path("/usr/share/games")
TEMPI = {
    **{f"parsec47/sounds/ptn{i}.ogg": 160.0 for i in range(4)},
    **{f"torus-trooper/sounds/musics/tt{i}.ogg": 160.0 for i in range(1, 5)},
    **{f"rrootage/sounds/stg_{name}.ogg": bpm for name, bpm in {"a": 145.0, "b": 155.0, "c": 124.0}.items()},
    **{f"tumiki-fighters/sounds/{name}.ogg": 150.0 for name in (
        "battle_over_the_junk_city", "here_comes_a_gigantic_toy")},
    **{f"tumiki-fighters/sounds/{name}.ogg": 130.0 for name in (
        "just_over_the_horizon", "panic_on_meadow", "return_to_home", "we_are_tumiki_fighters")},
}
STUDIO = ("gBR", "gPO", "gLO", "gMH", "gLH", "gHO", "gWA", "gKR", "gJS", "gJB")
Row = tuple[str, float, Beats, float, float]  # name, true BPM, found, F of beats, F of downbeats

needs_debian = pytest.mark.skipif(
    not all((GAMES / path).exists() for path in TEMPI),
    reason="the songs of Debian's parsec47-data, torus-trooper-data, rrootage-data and tumiki-fighters-data "
           "are not installed (apt-get install them)")


@lru_cache(maxsize=1)
def debian_songs() -> dict[str, tuple[Song, float]]:
    return {Path(path).stem: (load_song(GAMES / path), bpm) for path, bpm in TEMPI.items()}


def judge(name: str, song: Song, bpm: float, truth: np.ndarray, downbeats: np.ndarray) -> Row:
    beats = track_beats(song)
    f = mir_eval.beat.f_measure
    return name, bpm, beats, float(f(truth, beats.times)), float(f(downbeats, beats.downbeats))


def judge_piece(name: str, song: Song, bpm: float, start: float, stop: float,
                spoil: Callable[[np.ndarray], np.ndarray] = np.array) -> Row:
    """Row of the part from start to stop (s) of a Debian song, against the grid that goes on through it."""
    first, last = round(start * song.sample_rate), round(stop * song.sample_rate)
    samples = spoil(song.samples[first:last]).astype(np.float32)
    grid = np.arange(0.0, song.duration - 1e-3, 60.0 / bpm) - start
    bar = np.arange(len(grid)) % 4 == 0
    inside = (grid >= 0.0) & (grid < stop - start)
    piece = Song(samples, song.sample_rate, hashlib.sha256(samples.tobytes()).hexdigest(), name)
    return judge(name, piece, bpm, grid[inside], grid[inside & bar])


def right_tempo(rows: list[Row]) -> int:
    return sum(abs(beats.tempo / bpm - 1.0) <= 0.02 for _, bpm, beats, _, _ in rows)


def show(title: str, rows: list[Row], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{title}\n{'song':28} {'BPM':>6} {'found':>7} {'F beats':>8} {'F bars':>7} {'sure':>5}")
        for name, bpm, beats, f_beats, f_bars in rows:
            print(f"{name:28} {bpm:6.1f} {beats.tempo:7.2f} {f_beats:8.3f} {f_bars:7.3f} "
                  f"{beats.confidence:5.2f}")
        beats, bars, sure = np.mean([(row[3], row[4], row[2].confidence) for row in rows], axis=0)
        tempo = f"mean; tempo right in {right_tempo(rows)} of {len(rows)}"
        print(f"{tempo:43} {beats:8.3f} {bars:7.3f} {sure:5.2f}")


@needs_debian
def test_real_songs(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [judge_piece(name, song, bpm, 0.0, song.duration) for name, (song, bpm) in debian_songs().items()]
    show("Debian songs", rows, capsys)
    assert len(rows) == 17
    assert right_tempo(rows) >= 16
    assert np.mean([row[3] for row in rows]) >= 0.93
    assert np.mean([row[4] for row in rows]) >= 0.88
    assert min(row[2].confidence for row in rows) > 0.7


def in_noise(samples: np.ndarray) -> np.ndarray:
    """White noise 10 dB below the music."""
    rng = np.random.default_rng(0)
    return samples + rng.normal(size=len(samples)) * np.sqrt((samples**2).mean() / 10.0)


@needs_debian
@pytest.mark.parametrize("spoil, seconds, least_right, least_f", [
    (np.array, 30.0, 16, 0.92), (in_noise, 30.0, 16, 0.92), (np.array, 12.0, 16, 0.90)],
    ids=["30 s", "30 s in noise", "12 s"])
def test_pieces_of_real_songs(spoil: Callable, seconds: float, least_right: int, least_f: float,
                              capsys: pytest.CaptureFixture[str]) -> None:
    """Cut anywhere: nothing hangs on a song's start or on a whole number of bars."""
    rng = np.random.default_rng(11)
    rows = []
    for name, (song, bpm) in debian_songs().items():
        start = rng.uniform(0.0, max(0.0, song.duration - seconds))
        rows.append(judge_piece(name, song, bpm, start, min(start + seconds, song.duration), spoil))
    show(f"pieces of {seconds:.0f} s" + (" in noise" if spoil is in_noise else ""), rows, capsys)
    assert right_tempo(rows) >= least_right
    assert np.mean([row[3] for row in rows]) >= least_f


@pytest.mark.parametrize("tempo_change", [False, True], ids=["steady", "with a tempo change"])
def test_studio_songs(tempo_change: bool, capsys: pytest.CaptureFixture[str]) -> None:
    rows = []
    for style in STUDIO:
        made = write_song(style, 71, seconds=48.0, tempo_change=tempo_change)
        truth = made.beats
        rows.append(judge(style, made.song, truth.tempo, truth.times, truth.downbeats))
    show("Studio songs" + (" that change their tempo" if tempo_change else ""), rows, capsys)
    assert np.mean([row[3] for row in rows]) >= 0.98
    assert np.mean([row[4] for row in rows]) >= 0.95
    assert right_tempo(rows) >= 9
