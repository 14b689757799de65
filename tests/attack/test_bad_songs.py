"""Songs that are none, or would do harm: one plain sentence each, nothing crashes, nothing stays behind."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import threading
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.music import decode, process
from dance_core.music.decode import load_song
from dance_core.settings import Settings
from tests.waiting import PATIENCE

RATE = 44_100


def tone(seconds: float, rate: int = RATE) -> np.ndarray:
    n = np.arange(round(seconds * rate))
    return (0.3 * np.sin(2 * np.pi * 220 * n / rate) * (1 + (n % (rate // 2) < 2000))).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int = RATE, kind: str = "WAV",
          subtype: str = "PCM_16") -> Path:
    soundfile.write(path, samples, rate, subtype, format=kind)
    return path


def bytes_file(data: bytes):
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path
    return make


def audio_file(samples: np.ndarray, rate: int = RATE, kind: str = "WAV", subtype: str = "PCM_16",
               keep: float = 1.0):
    """A maker of the song as a file, of which only the first part is kept."""
    def make(path: Path) -> Path:
        write(path, samples, rate, kind, subtype)
        data = path.read_bytes()
        path.write_bytes(data[:round(len(data) * keep)])
        return path
    return make


def patched(make, *changes: tuple[bytes, int, bytes]):
    """`make`'s file with bytes put at an offset behind a marker."""
    def patch(path: Path) -> Path:
        data = bytearray(make(path).read_bytes())
        for marker, offset, value in changes:
            at = data.index(marker) + offset
            data[at:at + len(value)] = value
        path.write_bytes(data)
        return path
    return patch


def with_value(value: float, at: float) -> np.ndarray:
    samples = tone(5.0)
    samples[round(at * RATE)] = value
    return samples


HTML = b"<!doctype html><html><body>404 not found</body></html>" * 40
M3U = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n/etc/passwd\n#EXT-X-ENDLIST\n"

# name, how it is made, what the sentence must say (the number that was wrong in it)
BAD_SONGS = [
    ("empty.mp3", bytes_file(b""), r"empty: it has 0 bytes"),
    ("junk.wav", bytes_file(bytes(range(256)) * 40), r"no song that can be read: its 10,240 bytes"),
    ("page.mp3", bytes_file(HTML), r"no song that can be read: its 2,160 bytes"),
    ("list.m3u8", bytes_file(M3U), r"no song that can be read"),
    ("list.mp3", bytes_file(b"ffconcat version 1.0\nfile /etc/passwd\n" * 20), r"no song that can be read"),
    ("cover.ogg", bytes_file(b"\x89PNG\r\n\x1a\n" + bytes(3000)), r"no song that can be read"),
    ("blip.wav", audio_file(tone(0.2)), r"too short: it lasts 0\.2 s, and at least 3 s"),
    ("almost.wav", audio_file(tone(3.0)[:-1]), r"too short: it lasts 2\.999 s, and at least 3 s"),
    ("no-samples.wav", audio_file(tone(0.0)), r"too short: it lasts 0 s"),
    ("long.flac", audio_file(np.zeros(601 * 8000, np.int16), 8000, "FLAC"),
     r"too long: it lasts 10 min 1 s, and at most 10 min"),
    ("silent.wav", audio_file(np.zeros(5 * RATE)), r"silent: the loudest of its samples is 0"),
    ("hiss.wav", audio_file(1e-4 * tone(5.0), subtype="PCM_24"), r"silent: its loudest moment has -8\d dBFS"),
    ("offset.wav", audio_file(np.full(5 * RATE, 0.5)), r"silent"),
    ("nan.wav", audio_file(with_value(np.nan, 2.5), subtype="FLOAT"), r"sample at 2\.5 s is not a number"),
    ("inf.wav", audio_file(with_value(-np.inf, 4.0), subtype="FLOAT"), r"sample at 4\.0 s is not a number"),
    ("wild.wav", audio_file(with_value(3e38, 1.0), subtype="FLOAT"), r"10,000,000,000 times full scale"),
    ("slow.wav", audio_file(tone(5.0, 4000), 4000), r"rate is 4,000 Hz, and it must lie between 8,000"),
    ("fast.wav", audio_file(tone(4.0, 384_000), 384_000), r"sample rate is 384,000 Hz"),
    ("nine.wav", audio_file(np.repeat(tone(4.0)[:, None], 9, 1)), r"has 9 channels, and it must have 1 to 8"),
    ("half.wav", audio_file(tone(8.0), keep=0.5), r"damaged: its header promises 8 s, but only 3\.999 s"),
    ("half.aiff", audio_file(tone(8.0), kind="AIFF", keep=0.5), r"damaged: its header promises 8 s, but"),
    ("half.flac", audio_file(tone(8.0), kind="FLAC", keep=0.5),
     r"damaged: its header promises 8 s, but only [34]\.\d+ s"),
    ("half.mp3", audio_file(tone(8.0), kind="MP3", subtype="MPEG_LAYER_III", keep=0.5),
     r"damaged: its header promises 8 s, but only [34]\.\d+ s"),
    ("half.ogg", audio_file(tone(8.0), kind="OGG", subtype="VORBIS", keep=0.6), r"damaged: .*\d s"),
    ("half.opus", audio_file(tone(8.0, 48_000), 48_000, "OGG", "OPUS", keep=0.6), r"damaged: .*\d s"),
    ("head.wav", bytes_file(b"RIFF\x24\x00\x00\x00WAVEfmt "), r"damaged: its sound can't be decoded"),
    ("head.flac", bytes_file(b"fLaC" + bytes(100)), r"sample rate is 0 Hz"),
    ("head.m4a", bytes_file(struct.pack(">I", 24) + b"ftypM4A " + bytes(500)), r"damaged"),
    ("head.webm", bytes_file(b"\x1aE\xdf\xa3" + bytes(500)), r"damaged"),
    ("head.ogg", bytes_file(b"OggS" + bytes(500)), r"damaged"),
    # headers that lie
    ("three-hours.wav", patched(audio_file(tone(4.0)), (b"data", 4, struct.pack("<I", 3 * 3600 * 88_200))),
     r"too long: it lasts 3 h, and at most 10 min"),
    ("says-5-s.flac", patched(audio_file(np.zeros(700 * 8000, np.int16), 8000, "FLAC"),
                              (b"fLaC", 22, struct.pack(">I", 40_000))), r"too long: it lasts 10 min [12] s"),
    ("no-rate.wav", patched(audio_file(tone(4.0)), (b"fmt ", 12, bytes(4))), r"sample rate is 0 Hz"),
    ("no-channels.wav", patched(audio_file(tone(4.0)), (b"fmt ", 10, bytes(2))), r"has 0 channels"),
    ("giant-box.m4a", bytes_file(struct.pack(">I", 24) + b"ftypM4A " + bytes(16)
                                 + struct.pack(">I4sQ", 1, b"moov", 1 << 62) + bytes(400)), r"damaged"),
]


@pytest.mark.parametrize(("name", "make", "says"), BAD_SONGS, ids=[row[0] for row in BAD_SONGS])
def test_each_bad_song_gets_its_sentence_and_nothing_stays(tmp_path, monkeypatch, name, make, says):
    """The table of bad input. One sentence, no path of this machine, no file and no process left."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    path = make(tmp_path / name)
    started = []
    real = subprocess.Popen

    def start(*arguments, **options):
        started.append(real(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(process.subprocess, "Popen", start)

    with pytest.raises(UserError) as refused:
        load_song(path, settings=Settings(data_dir=tmp_path / "data"))

    sentence = str(refused.value)
    assert re.search(says, sentence), sentence
    assert sentence[0].isupper() or sentence[0] == "“"
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert str(tmp_path) not in sentence
    assert "Traceback" not in sentence
    assert len(sentence) < 200
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "tmp"])
    assert not list(temporary.iterdir())
    assert all(child.returncode is not None for child in started)  # ended and waited for


def test_too_big_is_told_from_the_size_without_reading(tmp_path, monkeypatch):
    path = tmp_path / "huge.wav"
    with open(path, "wb") as file:
        file.truncate(80_000_000_000)  # a hole: takes no room

    def nobody(*_args, **_options):
        raise AssertionError("it was read")

    for reader in ("read_header", "_sha256", "decode_file"):
        monkeypatch.setattr(decode, reader, nobody)
    with pytest.raises(UserError, match=r"too big: it has 80000\.0 MB, and at most 50 MB"):
        load_song(path, settings=Settings(data_dir=tmp_path))


GOOD_NAMES = ["../up.wav", "it's \"quoted\" `$(x)`.wav", "emoji 👯‍♀️💃.wav", "n" * 251 + ".wav", "-rf.wav",
              "a b\tc.wav", "%s%n{0}.wav", "; DROP TABLE songs; --.wav", "ünï–cødé 日本語.wav",
              "\u202egnp.wav", " .wav", "<script>alert(1)</script>.wav".replace("/", "∕")]


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_strange_name_is_only_a_name(tmp_path, name):
    folder = tmp_path / "in"
    folder.mkdir()
    song = load_song(write(folder / name, tone(4.0)), settings=Settings(data_dir=tmp_path / "data"))
    assert song.duration == 4.0
    assert 0 < len(song.title) <= 120
    assert "/" not in song.title
    assert "\\" not in song.title
    assert all(c.isprintable() or c == "\u200d" for c in song.title)


@pytest.mark.parametrize("title", ["../../etc/passwd", "x" * 300, "\u202e\u2066abc\u2069", "a\nb\rc\x00d",
                                   "💃" * 300])
def test_a_given_title_is_cleaned_too(tmp_path, title):
    song = load_song(write(tmp_path / "s.wav", tone(4.0)), title, Settings(data_dir=tmp_path))
    assert 0 < len(song.title) <= 120
    assert ".." not in song.title
    assert all(c.isprintable() for c in song.title)


def test_what_is_no_file_is_refused_at_once(tmp_path):
    limits = Settings(data_dir=tmp_path)
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "loop.wav").symlink_to(tmp_path / "loop.wav")
    long = "n" * 300 + ".wav"
    for name, says in (("missing.wav", "no file “missing.wav”"), ("folder.wav", "is a folder"),
                       ("pipe.wav", "is a device or pipe"), ("loop.wav", "can't be opened"),
                       (long, "can't be opened"), ("zero\x00byte.wav", "can't be opened"),
                       ("s.wav/inside.wav", "no file “inside.wav”")):
        with pytest.raises(UserError, match=says) as refused:
            load_song(tmp_path / name, settings=limits)
        assert str(tmp_path) not in str(refused.value)
    with pytest.raises(UserError, match="is a device or pipe"):
        load_song("/dev/zero", settings=limits)


def test_a_lying_header_can_not_fill_the_memory(tmp_path):
    """70 minutes of silence in a small file that won't say how long it is: no more than the limit is kept."""
    path = audio_file(np.zeros(4200 * 8000, np.int16), 8000, "FLAC")(tmp_path / "bomb.flac")
    data = bytearray(path.read_bytes())
    data[22:26] = struct.pack(">I", 0)  # "length unknown"
    path.write_bytes(data)
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UserError, match="too long: it lasts 10 min [12] s"):
        load_song(path, settings=Settings(data_dir=tmp_path))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # KB; 10 min are 106 MB


def test_many_bad_and_good_songs_at_once(tmp_path):
    """Visitors don't wait for each other's junk, and no one gets another's song."""
    limits = Settings(data_dir=tmp_path)
    paths = [write(tmp_path / f"good{i}.wav", tone(4.0 + i)) for i in range(4)]
    paths += [audio_file(tone(8.0), kind="FLAC", keep=0.5)(tmp_path / f"bad{i}") for i in range(4)]
    answers: dict[str, float | str] = {}

    def visit(path: Path) -> None:
        try:
            answers[path.name] = load_song(path, settings=limits).duration
        except UserError as error:
            answers[path.name] = str(error)

    threads = [threading.Thread(target=visit, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert [answers[f"good{i}.wav"] for i in range(4)] == [4.0, 5.0, 6.0, 7.0]
    assert all("damaged" in answers[f"bad{i}"] for i in range(4))


MAGIC = [b"RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00", b"fLaC\x00\x00\x00\x22", b"OggS\x00\x02",
         b"ID3\x04\x00\x00", b"FORM\x00\x00\x10\x00AIFFCOMM\x00\x00\x00\x12",
         b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00", b"\x1aE\xdf\xa3\xa3B\x86\x81\x01",
         b"\xff\xfb\x90\x64", b""]


@given(start=st.sampled_from(MAGIC), rest=st.binary(min_size=0, max_size=3000))
@budget(max_examples=40)
def test_no_bytes_raise_anything_but_a_sentence(tmp_path_factory, start, rest):
    path = tmp_path_factory.mktemp("bytes") / "song"
    path.write_bytes(start + rest)
    with pytest.raises(UserError):  # too few bytes for three seconds of anything
        load_song(path, settings=Settings(data_dir=path.parent))


def write_by_ffmpeg(path: Path, samples: np.ndarray, rate: int, kind: str, codec: str) -> Path:
    with av.open(str(path), "w", format=kind) as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        for start in range(0, len(samples), 1024):
            block = samples[None, start:start + 1024]
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@given(data=st.data())
@budget(max_examples=40)
def test_a_damaged_copy_of_a_good_song_loads_or_is_refused(tmp_path_factory, data):
    """Bytes flipped, cut out or doubled anywhere in a real file of every kind."""
    kind, coding = data.draw(st.sampled_from([
        ("WAV", "FLOAT"), ("FLAC", "PCM_16"), ("AIFF", "PCM_16"), ("OGG", "VORBIS"), ("OGG", "OPUS"),
        ("MP3", "MPEG_LAYER_III"), ("ipod", "aac"), ("webm", "libopus"), ("matroska", "flac")]))
    folder = tmp_path_factory.mktemp("copy")
    maker = write if kind.isupper() else write_by_ffmpeg
    good = bytearray(maker(folder / "good", tone(3.5, 24_000), 24_000, kind, coding).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        # Headers lie in front: half of the damage goes there.
        at = data.draw(st.integers(0, 200) | st.integers(0, len(good) - 1))
        what = data.draw(st.sampled_from(["flip", "cut", "double"]))
        if what == "flip":
            good[at] = data.draw(st.integers(0, 255))
        else:
            piece = slice(at, at + data.draw(st.integers(1, 300)))
            good[piece] = b"" if what == "cut" else good[piece] * 2
    (folder / "bad").write_bytes(good)
    try:
        song = load_song(folder / "bad", settings=Settings(data_dir=folder))
    except UserError:
        return
    assert np.isfinite(song.samples).all()
    assert 3.0 <= song.duration <= 600.0
    assert np.abs(song.samples).max() <= 1.0
