"""write_playback: the player hears the samples that the model saw."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from dance_core.music.decode import load_song
from dance_core.music.playback import write_playback
from dance_core.music.song import Song


def noise(seconds: float, rate: int = 44_100) -> Song:
    samples = np.random.default_rng(3).uniform(-1, 1, round(seconds * rate)).astype(np.float32)
    return Song(samples, rate, "a" * 64, "noise")


@pytest.mark.parametrize("rate", [15_360, 44_100])
def test_every_sample_comes_back_to_half_a_step_of_16_bit(tmp_path, rate):
    song = noise(5.3, rate)
    path = write_playback(song, tmp_path / "deep" / "song.flac")
    back, found = soundfile.read(path, dtype="int16")
    assert found == rate
    np.testing.assert_array_equal(back, np.rint(song.samples * 32_767))
    info = soundfile.info(path)
    assert (info.format, info.subtype, info.channels) == ("FLAC", "PCM_16", 1)
    assert [p.name for p in path.parent.iterdir()] == ["song.flac"]


def test_what_was_written_can_be_loaded_again(tmp_path, settings):
    song = noise(4.0)
    again = load_song(write_playback(song, tmp_path / "song.flac"), settings=settings)
    # 32767 on the way out, 32768 on the way in.
    np.testing.assert_allclose(again.samples, song.samples, atol=1.5 / 32_767)


def test_samples_beyond_full_scale_are_clipped_not_wrapped(tmp_path):
    song = Song(np.array([0.0, 1.5, -1.5, 1.0, -1.0] * 2000, np.float32), 44_100, "a" * 64, "hot")
    back, _ = soundfile.read(write_playback(song, tmp_path / "hot.flac"), dtype="int16")
    np.testing.assert_array_equal(back[:5], [0, 32_767, -32_767, 32_767, -32_767])


def test_ten_minutes_are_written_in_pieces(tmp_path):
    song = Song(np.tile(noise(1.0).samples, 600), 44_100, "a" * 64, "long")
    assert soundfile.info(write_playback(song, tmp_path / "long.flac")).frames == 600 * 44_100


def test_a_folder_that_can_not_be_written_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        write_playback(noise(0.1), tmp_path / "file" / "song.flac")
    (tmp_path / "song.flac").mkdir()
    with pytest.raises(OSError, match="song.flac"):
        write_playback(noise(0.1), tmp_path / "song.flac")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "song.flac"]
