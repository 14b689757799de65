"""The 35 columns of published systems: what librosa says of the file when it is asked as they ask it."""

from __future__ import annotations

import librosa
import numpy as np
import pytest
import soundfile

from dance_core.corpus.librosa_features import STANDARD, librosa_features
from dance_core.corpus.songs import SongOrder, sing
from dance_core.corpus.studio.songwriter import write_song
from dance_core.music.extract import extract_features
from dance_core.settings import Settings

ORDER = SongOrder("studio", "studio/gHO-5", "gHO", 5, 8.0)


@pytest.fixture(scope="module")
def made():
    return write_song(ORDER.style, ORDER.seed, ORDER.seconds)


@pytest.fixture(scope="module")
def own(made):
    return extract_features(made.song, made.beats)


@pytest.fixture(scope="module")
def found(made, own) -> np.ndarray:
    return librosa_features(made.song, own).values


def test_they_are_those_of_the_file(made, found, tmp_path):
    path = tmp_path / "song.wav"
    soundfile.write(path, made.song.samples, made.song.sample_rate, subtype="FLOAT")
    y, _ = librosa.load(path, sr=15_360)
    n = len(found)
    envelope = librosa.onset.onset_strength(y=y, sr=15_360)
    assert found[:, 0] == pytest.approx(envelope[:n], abs=1e-3)
    assert found[:, 1:21] == pytest.approx(librosa.feature.mfcc(y=y, sr=15_360, n_mfcc=20).T[:n], abs=1e-2)
    assert found[:, 21:33] == pytest.approx(librosa.feature.chroma_cens(y=y, sr=15_360).T[:n], abs=1e-3)
    onsets = librosa.onset.onset_detect(onset_envelope=envelope, sr=15_360)
    start = librosa.feature.tempo(y=librosa.load(path)[0])[0]
    _, beats = librosa.beat.beat_track(onset_envelope=envelope, sr=15_360, start_bpm=start, tightness=100)
    for column, rows in ((33, onsets), (34, beats)):
        assert np.flatnonzero(found[:, column]).tolist() == rows[rows < n].tolist()
        assert len(rows) > 5 and set(np.unique(found[:, column])) == {0.0, 1.0}


def test_phases_and_loudness_stay(own, found):
    assert np.array_equal(found[:, STANDARD:], own.values[:, STANDARD:])
    assert found.dtype == np.float32 and found.shape == own.values.shape


def test_a_song_is_kept_apart_for_either(own, found, tmp_path):
    settings = Settings(data_dir=tmp_path)
    for _ in range(2):  # made, then read again
        plain, theirs = sing(ORDER, settings), sing(ORDER, settings, "librosa")
        assert np.array_equal(plain.features.values, own.values)
        assert np.array_equal(theirs.features.values, found)
        assert theirs.features.names == plain.features.names
    assert len(list(settings.cache_dir.rglob("*.npz"))) == 2
