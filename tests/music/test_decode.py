"""load_song: every format in, one mono Song out, on time and with nothing left behind."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from audio_files import ALL_FORMATS, encode_track, song_with_clicks, write_song

from dance_core.errors import UserError
from dance_core.music import process
from dance_core.music.decode import clean_title, excerpt, load_song
from dance_core.settings import PLAYBACK_RATE, Settings

CLICKS = [0.5, 1.25, 2.0, 3.1, 4.4]


def lag_ms(found: np.ndarray, wanted: np.ndarray, rate: int) -> float:
    """By how many milliseconds `found` is later than `wanted`: the peak of their cross-correlation."""
    size = 1 << (len(found) + len(wanted)).bit_length()
    cross = np.fft.irfft(np.fft.rfft(found, size) * np.conj(np.fft.rfft(wanted, size)), size)
    lag = int(cross.argmax())
    return 1000 * (lag - size if lag > size // 2 else lag) / rate


@pytest.mark.parametrize("ending", ALL_FORMATS)
@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_every_format_comes_in_whole_and_on_time(tmp_path, settings, ending, rate):
    if ending in ("opus", "webm") and rate != 48_000:
        pytest.skip("Opus knows no 44.1 kHz")
    path = write_song(tmp_path / f"song.{ending}", song_with_clicks(5.0, rate, CLICKS), rate, ending)

    song = load_song(path, settings=settings)

    assert song.sample_rate == PLAYBACK_RATE
    assert song.samples.dtype == np.float32
    assert song.samples.ndim == 1
    assert not song.samples.flags.writeable
    assert song.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    # AAC comes in blocks of 1024: up to 23 ms of silence may follow the song, never precede it.
    assert 5.0 <= song.duration < 5.03
    truth = song_with_clicks(5.0, PLAYBACK_RATE, CLICKS)
    assert abs(lag_ms(song.samples, truth, PLAYBACK_RATE)) <= 1.0
    assert np.corrcoef(song.samples[:len(truth)], truth)[0, 1] > 0.98


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 32_000, 96_000, 192_000])
def test_any_rate_within_the_limits_lands_on_the_playback_rate(tmp_path, settings, rate):
    path = write_song(tmp_path / "s.wav", song_with_clicks(4.0, rate, CLICKS[:3]), rate, "wav")
    song = load_song(path, settings=settings)
    assert len(song.samples) == 4 * PLAYBACK_RATE
    truth = song_with_clicks(4.0, PLAYBACK_RATE, CLICKS[:3])
    assert abs(lag_ms(song.samples, truth, PLAYBACK_RATE)) <= 1.0


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "opus"])
def test_six_channels_become_their_mean(tmp_path, settings, ending):
    rate = 48_000
    one = song_with_clicks(4.0, rate, CLICKS[:3])
    six = np.stack([one * gain for gain in (1.0, 0.8, 0.6, 0.4, 0.9, 0.7)], axis=1)
    song = load_song(write_song(tmp_path / "six", six, rate, ending), settings=settings)
    expected = 0.733 * song_with_clicks(4.0, PLAYBACK_RATE, CLICKS[:3])
    assert np.corrcoef(song.samples, expected)[0, 1] > 0.98
    if ending in ("wav", "flac"):
        # The blip starts at full slope, which no resampler keeps: a short ring of some per cent there.
        assert np.abs(song.samples - expected).max() < 0.05
        assert np.abs(song.samples - expected).mean() < 1e-3


def test_channels_that_cancel_give_way_to_one_of_them(tmp_path, settings):
    one = song_with_clicks(4.0, PLAYBACK_RATE, CLICKS[:3])
    path = write_song(tmp_path / "s", np.stack([-0.5 * one, 0.502 * one], 1), PLAYBACK_RATE, "wav")
    heard = load_song(path, settings=settings).samples
    assert np.abs(heard).max() == pytest.approx(0.5 * np.abs(one).max(), rel=0.01)
    assert abs(np.corrcoef(heard, one)[0, 1]) > 0.9999


def test_a_constant_offset_is_taken_out_and_an_overload_turned_down(tmp_path, settings):
    wave = song_with_clicks(4.0, PLAYBACK_RATE, CLICKS[:3])
    wave -= wave.mean()
    soundfile.write(tmp_path / "dc.wav", 0.3 + 0.5 * wave, PLAYBACK_RATE, subtype="FLOAT")
    np.testing.assert_allclose(load_song(tmp_path / "dc.wav", settings=settings).samples, 0.5 * wave,
                               atol=1e-4)

    soundfile.write(tmp_path / "int.wav", 32_768 * wave, PLAYBACK_RATE, subtype="FLOAT")
    loud = load_song(tmp_path / "int.wav", settings=settings).samples
    assert np.abs(loud).max() == pytest.approx(1.0)
    np.testing.assert_allclose(loud, wave / np.abs(wave).max(), atol=1e-4)  # turned down, not clipped


def test_the_name_says_nothing_about_the_kind(tmp_path, settings):
    samples = song_with_clicks(4.0, PLAYBACK_RATE, CLICKS[:3])
    for ending, name in (("mp3", "a.wav"), ("flac", "b.mp3"), ("ogg", "c"), ("m4a", "d.ogg")):
        path = write_song(tmp_path / name, samples, PLAYBACK_RATE, ending)
        assert load_song(path, settings=settings).duration == pytest.approx(4.0, abs=0.03)


def test_an_mp3_after_a_tag_with_a_large_picture_and_junk(tmp_path, settings):
    bare = write_song(tmp_path / "bare", song_with_clicks(4.0, 44_100, CLICKS[:3]), 44_100, "mp3")
    picture = b"\xff\xd8" + bytes(300_000)
    size = len(picture)
    tag = b"ID3\x04\x00\x00" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    (tmp_path / "tagged.mp3").write_bytes(tag + picture + bytes(500) + bare.read_bytes())
    assert load_song(tmp_path / "tagged.mp3", settings=settings).duration == pytest.approx(4.0, abs=0.1)


def test_a_film_whose_picture_outlasts_its_sound_is_whole(tmp_path, settings):
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=10)
        picture.width = picture.height = 64
        sound = container.add_stream("aac", rate=44_100, layout="mono")
        for _ in range(80):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        encode_track(container, sound, song_with_clicks(4.0, 44_100, CLICKS[:3]), 44_100)
    assert load_song(path, settings=settings).duration == pytest.approx(4.0, abs=0.03)


def test_a_recording_whose_size_was_never_filled_in_is_read_to_its_end(tmp_path, settings):
    path = write_song(tmp_path / "s.wav", song_with_clicks(4.0, 44_100, CLICKS[:3]), 44_100, "wav")
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[4:8] = data[at:at + 4] = b"\xff\xff\xff\xff"  # as ffmpeg writes into a pipe
    path.write_bytes(data)
    assert load_song(path, settings=settings).duration == pytest.approx(4.0)


def test_nothing_is_left_behind(tmp_path, settings, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "songs").mkdir()
    good = tmp_path / "songs" / "good.m4a"
    write_song(good, song_with_clicks(4.0, 44_100, CLICKS[:3]), 44_100, "m4a")
    bad = tmp_path / "songs" / "bad.flac"
    bad.write_bytes(b"fLaC" + bytes(5000))
    descriptors = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else None
    load_song(good, settings=settings)
    with pytest.raises(UserError):
        load_song(bad, settings=settings)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["bad.flac", "good.m4a", "songs", "tmp"]
    assert not settings.data_dir.exists()
    if descriptors is not None:
        assert len(os.listdir("/proc/self/fd")) <= descriptors


def test_the_decoder_has_no_path_no_secrets_and_starts_without_the_heavy_libraries(tmp_path, settings,
                                                                                  monkeypatch):
    seen = {}
    real = subprocess.Popen

    def spy(command, **options):
        seen.update(options, command=command)
        return real(command, **options)

    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setattr(process.subprocess, "Popen", spy)
    path = write_song(tmp_path / "s.wav", song_with_clicks(4.0, 44_100, CLICKS[:3]), 44_100, "wav")
    load_song(path, settings=settings)
    assert str(tmp_path) not in " ".join(seen["command"])
    assert "SECRET_TOKEN" not in seen["env"]

    code = ("import sys, runpy; sys.argv = ['w', 'wav', '0', '44100', '600', '2048', '60'];"
            f"runpy.run_path({str(process.WORKER)!r}, run_name='__main__');"
            "print(sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)")
    with open(path, "rb") as file:
        ran = subprocess.run([sys.executable, "-I", "-c", code], stdin=file, capture_output=True, check=True)
    for heavy in ("librosa", "numba", "torch", "gradio", "scipy", "av"):
        assert f"'{heavy}'" not in ran.stderr.decode()


def test_limits_of_time_and_memory_stop_the_decoder(tmp_path):
    path = write_song(tmp_path / "s.flac", song_with_clicks(5.0, 44_100, CLICKS), 44_100, "flac")
    with pytest.raises(UserError, match=r"takes more than 0\.005 s"):
        load_song(path, settings=Settings(data_dir=tmp_path, decode_timeout_s=0.005))
    with pytest.raises(UserError, match="gave up after 0.0 s|more than 40 MB"):
        load_song(path, settings=Settings(data_dir=tmp_path, decode_memory_mb=40))
    with pytest.raises(UserError, match="too long: it lasts .* at most 4 s"):
        load_song(path, settings=Settings(data_dir=tmp_path, max_seconds=4))


@pytest.mark.parametrize(("name", "title"), [
    ("my_song.mp3", "my song"),
    ("AC⁄DC “live”.flac", "AC⁄DC “live”"),
    ("..%2f..%2fetc.wav", "%2f..%2fetc"),
    ("..\\..\\windows\\hit.wav", "hit"),
    ("<img src=x onerror=alert(1)>.wav", "<img src=x onerror=alert(1)>"),  # text; pages show it as text
    ("👩‍🎤 dance.ogg", "👩‍🎤 dance"),
    ("\u202egnp.mp3", "gnp"),
    ("a\x00\x1b[31mb\r\nc.wav".replace("\x00", ""), "a[31mb c"),
    (".wav", "Untitled song"), ("___.wav", "Untitled song"), ("\u200f\u200b.wav", "Untitled song"),
    ("x" * 200 + ".wav", "x" * 119 + "…"),
])
def test_titles_are_plain_text(tmp_path, settings, name, title):
    path = tmp_path / name
    write_song(path, song_with_clicks(3.5, 8000, [1.0]), 8000, "wav")
    assert load_song(path, settings=settings).title == title


def test_tags_come_before_the_name_and_a_given_title_before_both(tmp_path, settings):
    path = tmp_path / "track01.flac"
    with soundfile.SoundFile(path, "w", 8000, 1, format="FLAC") as file:
        file.title, file.artist = "Night\u202e Bus", "The \x07Band"
        file.write(song_with_clicks(3.5, 8000, [1.0]))
    assert load_song(path, settings=settings).title == "The Band – Night Bus"
    assert load_song(path, "../../My own", settings).title == "My own"
    assert load_song(path, "  \u202e ", settings).title == "The Band – Night Bus"


def test_piles_of_marks_are_cut_down():
    assert clean_title("a" + "\u0335" * 50) == "a" + "\u0335" * 4
    assert len(clean_title("é" * 5000)) == 120


def test_an_excerpt_is_a_song_of_its_own(tmp_path, settings):
    song = load_song(write_song(tmp_path / "s", song_with_clicks(5.0, 44_100, CLICKS), 44_100, "wav"),
                     settings=settings)
    part = excerpt(song, 1.0, 3.5)
    np.testing.assert_array_equal(part.samples, song.samples[44_100:154_350])
    assert part.digest != song.digest
    assert part.digest == excerpt(song, 1.0, 3.5).digest
    assert part.digest != excerpt(song, 1.0, 3.6).digest
    assert excerpt(song, -3.0, 99.0) is song
    for start, stop in ((3.0, 3.0), (4.0, 2.0), (9.0, 12.0), (float("nan"), 2.0)):
        with pytest.raises(UserError):
            excerpt(song, start, stop)
