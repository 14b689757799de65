"""write_playback and write_small: the player hears what was brought, at the moments that the model saw."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile
from scipy.signal import fftconvolve

from dance_core.music.decode import excerpt, load_song
from dance_core.music.playback import write_playback, write_small
from dance_core.music.song import Song, as_int16


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


# --- two channels -----------------------------------------------------------------------------------------


def apart(seconds: float, rate: int = 44_100) -> np.ndarray:
    """(N, 2) noise, softer at the right, with a loud click each half a second from 0 on, left and right in
    turn."""
    both = np.random.default_rng(5).uniform(-0.05, 0.05, (round(seconds * rate), 2)) * [1.0, 0.5]
    for k in range(round(seconds / 0.5)):
        both[round(k * 0.5 * rate):][:64, k % 2] += 0.8 * np.hanning(64)
    return both.astype(np.float32)


def stereo(seconds: float) -> Song:
    both = apart(seconds)
    return Song(both.mean(1), 44_100, "a" * 64, "", stereo=as_int16(both))


def test_two_channels_are_played_as_they_were_brought_and_danced_to_as_their_mean(tmp_path, settings):
    soundfile.write(tmp_path / "two.wav", apart(4.0), 44_100, subtype="PCM_16")
    brought, _ = soundfile.read(tmp_path / "two.wav", dtype="int16")
    song = load_song(tmp_path / "two.wav", settings=settings)
    back, rate = soundfile.read(write_playback(song, tmp_path / "song.flac"), dtype="int16")
    assert rate == 44_100 and np.abs(back.astype(int) - brought).max() <= 1  # 32767 or 32768 for 1
    np.testing.assert_allclose(song.samples, brought.mean(1) / 32_768, atol=1e-6)


def test_channels_at_another_rate_begin_at_the_same_sample(tmp_path, settings):
    soundfile.write(tmp_path / "two.wav", apart(4.0, 48_000), 48_000, subtype="FLOAT")
    song = load_song(tmp_path / "two.wav", settings=settings)
    assert song.stereo.shape == (len(song.samples), 2)
    np.testing.assert_allclose(song.stereo.mean(1) / 32_767, song.samples, atol=1e-4)
    loudest = 0.5 + 31.5 / 48_000  # s, of the second click
    assert int(np.argmax(song.stereo[22_000:24_000, 1])) + 22_000 == pytest.approx(loudest * 44_100, abs=4)


def test_two_equal_channels_are_one(tmp_path, settings):
    one = apart(4.0)[:, :1]
    soundfile.write(tmp_path / "same.wav", np.repeat(one, 2, axis=1), 44_100)
    song = load_song(tmp_path / "same.wav", settings=settings)
    assert song.stereo is None and song.played.shape == (len(song.samples), 1)


def test_six_channels_are_played_as_they_are_danced_to(tmp_path, settings):
    soundfile.write(tmp_path / "six.wav", np.tile(apart(4.0), 3), 44_100)
    assert load_song(tmp_path / "six.wav", settings=settings).stereo is None


def test_where_channels_cancel_the_one_that_is_danced_to_is_played(tmp_path, settings):
    one = apart(4.0)[:, :1]
    soundfile.write(tmp_path / "anti.wav", one * [1.0, -1.0], 44_100)
    song = load_song(tmp_path / "anti.wav", settings=settings)
    assert song.stereo is None and song.notes and np.abs(song.samples).max() > 0.7


def test_a_channel_louder_than_full_scale_is_turned_down_with_the_other(tmp_path, settings):
    soundfile.write(tmp_path / "hot.wav", apart(4.0) * [2.0, 1.0], 44_100, subtype="FLOAT")
    song = load_song(tmp_path / "hot.wav", settings=settings)
    left, right = np.abs(song.stereo.astype(int)).max(0)
    assert left == 32_767 and left / right == pytest.approx(2, rel=0.1)


def test_an_excerpt_keeps_both_channels():
    song = stereo(4.0)
    part = excerpt(song, 1.0, 3.0)
    np.testing.assert_array_equal(part.stereo, song.stereo[44_100:3 * 44_100])


@pytest.mark.parametrize("song", [noise(6.0), stereo(6.0)], ids=["one channel", "two"])
def test_the_small_file_has_the_same_first_sample_and_length(tmp_path, settings, song):
    back = load_song(write_small(song, tmp_path / "song.m4a"), settings=settings)
    assert back.duration == pytest.approx(song.duration, abs=1024 / 44_100)  # frames are whole
    assert back.played.shape[1] == song.played.shape[1]
    for channel, wanted in zip(back.played.T, song.played.T, strict=True):
        match = fftconvolve(channel.astype(float), wanted[::-1].astype(float))
        assert abs(int(np.argmax(match)) - (len(wanted) - 1)) <= 44  # 1 ms


def test_the_small_file_is_small(tmp_path):
    song = stereo(20.0)
    small, lossless = write_small(song, tmp_path / "song.m4a"), write_playback(song, tmp_path / "song.flac")
    assert small.stat().st_size < 0.25 * lossless.stat().st_size  # of noise, the hardest


def test_a_small_file_that_can_not_be_written_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "song.m4a").mkdir()
    with pytest.raises(OSError, match="song.m4a"):
        write_small(noise(0.1), tmp_path / "song.m4a")
    assert [p.name for p in tmp_path.iterdir()] == ["song.m4a"]
