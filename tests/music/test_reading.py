"""The sound that is in a file, all of it: a member of each kind that fools one library or the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from dance_core.music.analysis import analyse
from dance_core.music.decode import load_song
from dance_core.settings import PLAYBACK_RATE

HANDED = Path(__file__).resolve().parents[3] / "shared" / "cases" / "songs"
handed = pytest.mark.skipif(not HANDED.is_dir(), reason="../shared/cases is not here")


@handed
@pytest.mark.parametrize(("name", "seconds"), [
    ("pipe.flac", 8.0), ("chain.opus", 16.0), ("mono_then_stereo.mp3", 8.5), ("late30.ogg", 8.0),
    ("wav_z.wav", 8.0), ("id3_notsync.mp3", 8.0), ("silent_first.mp4", 8.0), ("anti96.m4a", 8.0),
    ("drums_anti.wav", 8.0)])
def test_each_handed_file_is_read_whole(settings, name, seconds):
    assert load_song(HANDED / name, settings=settings).duration == pytest.approx(seconds, abs=0.06)


@handed
def test_a_track_or_a_channel_that_was_chosen_is_told(settings):
    film, upside_down, drums = (load_song(HANDED / name, settings=settings)
                                for name in ("silent_first.mp4", "anti96.m4a", "drums_anti.wav"))
    assert film.notes == ("The file has 2 tracks of sound, and track 2 is danced to: track 1 is silent.",)
    for song in (upside_down, drums):
        assert len(song.notes) == 1
        assert "cancel each other out" in song.notes[0]
    left = soundfile.read(HANDED / "drums_anti.wav")[0][:, 0]
    assert np.corrcoef(drums.samples, left)[0, 1] > 0.999
    assert analyse(drums, settings).beats.confidence > 0.7


@handed
def test_a_flac_from_a_pipe_has_the_beats_of_one_with_a_length(tmp_path, settings):
    song = load_song(HANDED / "pipe.flac", settings=settings)
    soundfile.write(tmp_path / "known.flac", song.samples, PLAYBACK_RATE)
    known = load_song(tmp_path / "known.flac", settings=settings)
    np.testing.assert_allclose(analyse(song, settings).beats.times, analyse(known, settings).beats.times,
                               atol=0.002)
