"""analyse: beats and features of a song, kept on disk, whole or not at all."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from audio_files import song_with_clicks

from dance_core.music import analysis as room
from dance_core.music.analysis import Analysis, analyse, cache_path, code_version, warm_up
from dance_core.music.song import Song
from dance_core.settings import ROOT, Settings
from tests.waiting import PATIENCE


@pytest.fixture(scope="module")
def song() -> Song:
    """Sixteen seconds of blips at 120 BPM."""
    return Song(song_with_clicks(16.0, 44_100, list(np.arange(0.5, 15.6, 0.5))), 44_100, "5" * 64, "blips")


def forbid_work(monkeypatch):
    def work(*_args):
        raise AssertionError("the song was analysed again")

    monkeypatch.setattr(room, "track_beats", work)
    monkeypatch.setattr(room, "extract_features", work)


def same(first: Analysis, second: Analysis) -> bool:
    return (np.array_equal(first.beats.times, second.beats.times)
            and np.array_equal(first.beats.bar_position, second.beats.bar_position)
            and (first.beats.tempo, first.beats.confidence, first.beats.beats_per_bar)
            == (second.beats.tempo, second.beats.confidence, second.beats.beats_per_bar)
            and np.array_equal(first.features.values, second.features.values)
            and first.features.names == second.features.names)


def test_beats_and_features_belong_together(song, settings):
    found = analyse(song, settings)
    assert len(found.features) == 480
    assert found.beats.tempo == pytest.approx(120, rel=0.02)
    rows = np.flatnonzero(found.features.column("beat"))
    inside = np.rint(found.beats.times * 30) < 480
    np.testing.assert_array_equal(rows, np.rint(found.beats.times[inside] * 30))


def test_the_second_time_comes_from_the_disk(song, settings, monkeypatch):
    first = analyse(song, settings)
    kept = [path.name for path in (settings.cache_dir / "analysis").iterdir()]
    assert kept == [f"{song.digest}-{code_version()}.npz"]
    forbid_work(monkeypatch)
    assert same(first, analyse(song, settings))


def test_other_code_or_another_song_is_analysed_anew(song, settings, monkeypatch):
    analyse(song, settings)
    other = Song(song.samples.copy(), song.sample_rate, "6" * 64, song.title)
    assert cache_path(other, settings) != cache_path(song, settings)
    before = cache_path(song, settings)
    monkeypatch.setattr(room, "code_version", lambda: "v0-other")
    assert cache_path(song, settings) != before
    forbid_work(monkeypatch)
    with pytest.raises(AssertionError, match="analysed again"):
        analyse(song, settings)


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "junk", "pickle", "other song", "folder"])
def test_a_corrupt_entry_is_made_again(song, settings, damage):
    good = analyse(song, settings)
    path = cache_path(song, settings)
    data = path.read_bytes()
    middle = len(data) // 2
    if damage == "pickle":  # would run code if it were ever unpickled
        np.savez(path, **{name: np.array([print], dtype=object) for name in ("times", "features")})
    elif damage == "other song":
        with np.load(path) as kept:
            np.savez(path, **{**kept, "features": kept["features"][:100]})
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes({"empty": b"", "cut": data[:middle], "junk": b"PK\x03\x04" + bytes(999),
                          "flipped": data[:middle] + bytes(255 - b for b in data[middle:middle + 64])
                          + data[middle + 64:]}[damage])
    assert same(good, analyse(song, settings))
    if damage != "folder":
        assert path.read_bytes() == data
    assert not list(path.parent.glob(".tmp-*"))


def test_where_nothing_can_be_kept_the_analysis_still_comes_back(song, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    found = analyse(song, Settings(data_dir=tmp_path / "data"))
    assert len(found.features) == 480


def test_processes_that_analyse_the_same_song_at_once_agree(song, settings, tmp_path):
    np.save(tmp_path / "samples.npy", song.samples)
    code = f"""
import numpy as np, sys
from pathlib import Path
from dance_core.music.analysis import analyse
from dance_core.music.song import Song
from dance_core.settings import Settings
song = Song(np.load({str(tmp_path / "samples.npy")!r}), 44100, "5" * 64, "blips")
for _ in range(5):
    found = analyse(song, Settings(data_dir=Path({str(settings.data_dir)!r})))
    for kept in Path({str(settings.cache_dir)!r}).rglob("*.npz"):
        if not kept.name.startswith(".tmp-"):
            np.load(kept)["features"]
            kept.unlink(missing_ok=True)
print(float(found.features.values.sum()), len(found.beats.times))
"""
    runs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             cwd=ROOT, text=True) for _ in range(3)]
    answers = [run.communicate(timeout=PATIENCE) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], answers
    assert len({out for out, _ in answers}) == 1
    assert not list(settings.cache_dir.rglob(".tmp-*"))


def test_warming_up_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("DANCE_DATA_DIR", str(tmp_path / "data"))
    warm_up()
    assert not list(tmp_path.iterdir())
