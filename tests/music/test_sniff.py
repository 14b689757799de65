"""read_header: what a file promises, without decoding, in well under a millisecond, whatever the bytes."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from audio_files import ALL_FORMATS, song_with_clicks, write_song
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.music import process
from dance_core.music.decode import load_song
from dance_core.music.sniff import Header, read_header

KINDS = {"wav": "wav", "flac": "flac", "ogg": "ogg", "opus": "ogg", "mp3": "mp3", "aiff": "aiff",
         "m4a": "mp4", "mp4": "mp4", "alac.m4a": "mp4", "webm": "matroska", "mka": "matroska"}


@pytest.mark.parametrize("ending", ALL_FORMATS)
def test_headers_say_kind_length_rate_and_channels(tmp_path, ending):
    rate = 48_000
    path = write_song(tmp_path / "song", song_with_clicks(4.0, rate, [1.0]), rate, ending)
    with open(path, "rb") as file:
        header = read_header(file, path.stat().st_size)
    assert header.kind == KINDS[ending]
    # An MP3's frames are counted with the coder's padding.
    assert header.seconds == pytest.approx(4.0, abs=0.06)
    if header.kind not in ("mp4", "matroska"):
        assert (header.sample_rate, header.channels) == (rate, 1)


@pytest.mark.parametrize(("kind", "subtype"), [("RF64", "PCM_24"), ("WAVEX", "FLOAT"), ("WAV", "IMA_ADPCM"),
                                               ("AIFF", "FLOAT")])
def test_the_rarer_codings_too(tmp_path, kind, subtype):
    path = tmp_path / "song"
    stereo = np.stack([song_with_clicks(4.0, 22_050, [1.0])] * 2, 1)
    soundfile.write(path, stereo, 22_050, subtype, format=kind)
    with open(path, "rb") as file:
        header = read_header(file, path.stat().st_size)
    assert header.seconds == pytest.approx(4.0, abs=0.1)
    assert (header.sample_rate, header.channels) == (22_050, 2)


def three_hours(folder, ending):
    """A small file whose header promises three hours of sound."""
    path = folder / f"long.{ending}"
    if ending == "flac":  # silence packs well: the promise is true
        with soundfile.SoundFile(path, "w", 8000, 1, format="FLAC") as file:
            for _ in range(180):
                file.write(np.zeros(480_000, np.int16))
        return path
    write_song(path, song_with_clicks(4.0, 48_000, [1.0]), 48_000, ending)
    data = bytearray(path.read_bytes())
    if ending == "wav":
        at, value = data.index(b"data") + 4, (3 * 3600 * 96_000).to_bytes(4, "little")
    elif ending == "aiff":
        at, value = data.index(b"COMM") + 10, (3 * 3600 * 48_000).to_bytes(4, "big")
    elif ending in ("ogg", "opus"):
        at, value = data.rindex(b"OggS") + 6, (3 * 3600 * 48_000).to_bytes(8, "little")
    elif ending == "mp3":
        at, value = data.index(b"Info" if b"Info" in data else b"Xing") + 8, (450_000).to_bytes(4, "big")
    elif ending == "m4a":
        at = data.index(b"mvhd") + 20
        scale = int.from_bytes(data[at - 4:at], "big")
        value = (3 * 3600 * scale).to_bytes(4, "big")
    else:
        at, value = data.index(b"\x44\x89\x88") + 3, np.array(3 * 3600e3, ">f8").tobytes()
    data[at:at + len(value)] = value
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("ending", ["wav", "flac", "aiff", "ogg", "opus", "mp3", "m4a", "webm"])
def test_three_hours_are_refused_by_the_header_alone(tmp_path, settings, monkeypatch, ending):
    path = three_hours(tmp_path, ending)

    def nobody(*_args, **_options):
        raise AssertionError("a decoder was started")

    monkeypatch.setattr(process.subprocess, "Popen", nobody)
    with pytest.raises(UserError, match=r"^The song is too long: it lasts 3 h.*, and at most 10 min are"):
        load_song(path, settings=settings)


MAGIC = (b"RIFF\x00\x01\x00\x00WAVEfmt ", b"RF64\xff\xff\xff\xffWAVEds64", b"fLaC\x00\x00\x00\x22",
         b"OggS\x00\x02", b"FORM\x00\x00\x10\x00AIFFCOMM", b"\x00\x00\x00\x18ftypM4A ",
         b"\x1aE\xdf\xa3\x80\x18S\x80g\x80", b"ID3\x04", b"\xff\xfb\x90\x64", b"")


@given(st.sampled_from(MAGIC), st.binary(max_size=400))
def test_no_bytes_make_the_header_reader_raise(start, rest):
    data = start + rest
    header = read_header(io.BytesIO(data), len(data))
    assert header is None or isinstance(header, Header)
    if header is not None and header.seconds is not None:
        assert header.seconds >= 0


@given(st.data())
def test_a_flipped_byte_of_a_good_header_is_read_or_refused_but_never_raises(data):
    good = bytearray(_GOOD[data.draw(st.sampled_from(sorted(_GOOD)))])
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, min(len(good), 600) - 1))] = data.draw(st.integers(0, 255))
    read_header(io.BytesIO(good), len(good))


@pytest.fixture(autouse=True, scope="module")
def _good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    for ending in ALL_FORMATS:
        path = write_song(folder / ending, song_with_clicks(0.5, 48_000, [0.1]), 48_000, ending)
        _GOOD[ending] = path.read_bytes()


_GOOD: dict[str, bytes] = {}


def test_text_pictures_and_programs_are_no_songs():
    for data in (b"<!doctype html><html>" + b"x" * 5000, b"%PDF-1.7" + bytes(5000),
                 b"PK\x03\x04" + bytes(5000), b"\x89PNG\r\n\x1a\n" + bytes(5000), b"\x7fELF" + bytes(5000), b"#EXTM3U\nhttp://x/y.ts\n",
                 b"\xff" * 5000, bytes(5000), b""):
        assert read_header(io.BytesIO(data), len(data)) is None
