"""The sound that is in a file, all of it: a member of each kind that fools one library or the other."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from audio_files import song_with_clicks
from odd_files import (
    CLICKS,
    PICTURE,
    RATE,
    SECONDS,
    adpcm,
    coded,
    ending_within,
    film,
    id3,
    later,
    patched,
    rf64,
    samples,
    syncsafe,
    w64,
    without_pages,
    xing,
)

from dance_core.errors import UserError
from dance_core.music.analysis import analyse
from dance_core.music.decode import load_song
from dance_core.settings import PLAYBACK_RATE, Settings

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


SILENCE = np.zeros(round(SECONDS * RATE), np.float32)
HISS = (5e-4 * np.random.default_rng(2).standard_normal(len(SILENCE))).astype(np.float32)

# kind: how a file of it is made; SECONDS of sound are in each
WHOLE = {
    # the header doesn't say how long, or is wrong
    "flac without length": lambda: patched(coded("flac"), (b"fLaC", 21, bytes([0xF0]) + bytes(4))),
    "flac that stopped counting": lambda: patched(coded("flac"), (b"fLaC", 22, struct.pack(">I", 9000))),
    "wav with size 0": lambda: patched(coded("wav"), (b"data", 4, bytes(4)), (b"RIFF", 4, bytes(4))),
    "wav with the largest size": lambda: patched(coded("wav"), (b"data", 4, b"\xff" * 4)),
    "wav whose size stopped growing": lambda: patched(
        coded("wav"), (b"data", 4, struct.pack("<I", 96_000)), (b"RIFF", 4, struct.pack("<I", 96_036))),
    "wav with tags behind the sound": lambda: coded("wav") + b"LIST\x0c\x00\x00\x00INFOISFT\x00\x00\x00\x00",
    "aiff without sizes": lambda: patched(coded("aiff"), (b"COMM", 10, bytes(4)), (b"SSND", 4, bytes(4))),
    "webm with half its duration": lambda: patched(
        coded("webm"), (b"\x44\x89\x88", 3, struct.pack(">d", 2000.0))),
    "webm with twice its duration": lambda: patched(
        coded("webm"), (b"\x44\x89\x88", 3, struct.pack(">d", 8000.0))),
    "mp3 whose tag counts too few frames": lambda: xing(coded("mp3"), 50),
    "mp4 in fragments": lambda: film("mp4", "aac", samples(), options={
        "movflags": "frag_keyframe+empty_moov", "frag_duration": "1000000"}),
    "adpcm with wrong bytes a second": lambda: patched(adpcm(), (b"fmt ", 16, struct.pack("<I", 999))),
    # clocks that start late
    "vorbis that ends within its last packets": lambda: ending_within(coded("ogg"), 2000),
    "vorbis from a running stream": lambda: later(coded("ogg"), 30 * RATE),
    "opus from a running stream": lambda: later(coded("opus"), 3600 * RATE),
    # relatives
    "bw64": rf64,
    "rf64 that was never closed": lambda: rf64(b"RF64", known=False),
    "wave64": w64,
    "wave64 that was never closed": lambda: w64(unknown=True),
    "quicktime without ftyp": lambda: film("mov", "pcm_s16le", samples()).replace(b"ftypqt  ", b"skipqt  "),
    "aac in adts": lambda: film("adts", "aac", samples()),
    "mp2": lambda: film("mp2", "mp2", samples()),
    "mp3 in wav": lambda: film("wav", "libmp3lame", samples()),
    # before the first frame
    "id3 with a plain size": lambda: id3(PICTURE, struct.pack(">I", len(PICTURE))) + coded("mp3"),
    "id3 counted before unsynchronisation": lambda: id3(
        PICTURE.replace(b"\xff", b"\xff\0"), syncsafe(len(PICTURE)), 0x80) + coded("mp3"),
    "id3 twice and zeros": lambda: 2 * id3(PICTURE, syncsafe(len(PICTURE))) + bytes(5000) + coded("mp3"),
    "id3 and zeros before flac": lambda: id3(PICTURE, syncsafe(len(PICTURE))) + bytes(70_000) + coded("flac"),
    "ape tag before mp3": lambda: b"APETAGEX" + struct.pack("<IIII8x", 2000, 9032, 1, 0xA0000000) + bytes(
        9000) + b"APETAGEX" + struct.pack("<IIII8x", 2000, 9032, 1, 0x80000000) + coded("mp3"),
    "a server's answer before ogg": lambda: b"HTTP/1.0 200 OK\r\nicy-br: 64\r\n\r\n" + coded("ogg"),
    # several tracks
    "silence first": lambda: film("mp4", "aac", SILENCE, samples()),
    "hiss first": lambda: film("matroska", "flac", HISS, samples()),
    "a jingle first": lambda: film("webm", "libopus", samples(1.0), samples()),
    "ogg with two streams": lambda: film("ogg", "libopus", SILENCE, samples()),
    "a coding that nobody knows first": lambda: patched(
        film("matroska", "flac", samples(), samples()), (b"A_FLAC", 2, b"ZZZZ")),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_all_of_the_sound_comes_in_whatever_the_header_says(tmp_path, settings, kind):
    (tmp_path / "song").write_bytes(WHOLE[kind]())
    song = load_song(tmp_path / "song", settings=settings)
    assert song.duration == pytest.approx(SECONDS, abs=0.1)
    truth = song_with_clicks(SECONDS, PLAYBACK_RATE, list(CLICKS))
    if any(kind.startswith(trimmed) for trimmed in ("vorbis", "opus", "flac", "wav", "bw64", "aiff")):
        assert np.corrcoef(song.samples[:len(truth)], truth[:len(song.samples)])[0, 1] > 0.98  # on time
    # Without its gapless tag an MP3 begins with the coder's delay: compared is what is heard, not when.
    count = min(len(truth), len(song.samples))
    spectra = [np.abs(np.fft.rfft(x[:count])) for x in (truth, song.samples)]
    assert np.corrcoef(*spectra)[0, 1] > 0.9
    tracks = any(word in kind for word in ("first", "two"))
    assert bool(song.notes) == tracks
    if tracks:
        assert song.notes[0].startswith("The file has 2 tracks of sound, and track 2 is danced to")


JOINED = {
    "mp3": (("mp3", 48_000, 1), ("mp3", 48_000, 2), ("mp3", 44_100, 1)),
    "vorbis": (("ogg", 48_000, 1), ("ogg", 44_100, 2)),
    "opus": (("opus", 48_000, 2), ("opus", 48_000, 1)),
    "flac": (("flac", 48_000, 2), ("flac", 22_050, 1)),
    "wav": (("wav", 48_000, 2), ("wav", 8_000, 1), ("wav", 96_000, 1)),
    "aiff": (("aiff", 48_000, 2), ("aiff", 44_100, 1)),
    "m4a": (("m4a", 48_000, 1), ("m4a", 44_100, 1)),
    "webm": (("webm", 48_000, 1), ("webm", 48_000, 1)),
}


@pytest.mark.parametrize("kind", JOINED)
def test_songs_joined_end_to_end_are_one_song(tmp_path, settings, kind):
    parts = JOINED[kind]
    (tmp_path / "song").write_bytes(b"".join(coded(e, 2.0, rate, channels) for e, rate, channels in parts))
    song = load_song(tmp_path / "song", settings=settings)
    assert song.duration == pytest.approx(2.0 * len(parts), abs=0.03 * len(parts))
    for k in range(len(parts)):  # the click at 1.25 s of each
        at = round((2.0 * k + 1.25) * PLAYBACK_RATE)
        near = np.abs(song.samples[at - 2000:at + 4000])
        assert near.max() > 3 * np.abs(song.samples[at - 15_000:at - 6000]).max()


LOST = {
    "ogg that lost pages": (lambda: without_pages(coded("opus", 8.0), 4, 3), r"3(\.\d+)? s of it can't be"),
    "mp4 whose last fragments are gone": (lambda: film("mp4", "aac", samples(8.0), options={
        "movflags": "frag_keyframe+empty_moov", "frag_duration": "1000000"})[:-20_000],
        "breaks off|can't be"),
    "wave64 cut in two": (lambda: w64()[:200_000], r"header promises 4 s, but only 2\.08"),
    "joined flacs, the last one cut": (lambda: coded("flac") + coded("flac")[:-30_000],
                                       r"header promises [78]\.?\d* s"),
}


@pytest.mark.parametrize("kind", LOST)
def test_what_is_missing_is_a_sentence(tmp_path, settings, kind):
    make, says = LOST[kind]
    (tmp_path / "song").write_bytes(make())
    with pytest.raises(UserError, match=rf"^The song is damaged: .*({says})"):
        load_song(tmp_path / "song", settings=settings)


@pytest.mark.parametrize("ending", ["mp3", "m4a"])
def test_padding_does_not_take_a_song_over_the_limit(tmp_path, ending):
    song = coded(ending, 4.0)
    song = song.replace(b"Info", b"\0\0\0\0").replace(b"Lavc", b"\0\0\0\0")  # no tag tells the padding
    (tmp_path / "song").write_bytes(song)
    limits = Settings(data_dir=tmp_path, max_seconds=4.0)
    assert load_song(tmp_path / "song", settings=limits).duration == pytest.approx(4.0, abs=0.03)
    (tmp_path / "song.wav").write_bytes(coded("wav", 4.1))
    with pytest.raises(UserError, match=r"too long: it lasts 4\.1 s"):
        load_song(tmp_path / "song.wav", settings=limits)
