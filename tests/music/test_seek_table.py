"""The seek table of what the player hears, read by hand and by ffmpeg."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from dance_core.music.playback import write_playback
from dance_core.music.seek_table import EVERY, LAST, add_seek_table
from dance_core.music.song import Song

SIZE = 4096  # samples in a frame of libFLAC


def plain(path: Path, seconds: float, rate: int = 44_100) -> np.ndarray:
    """Write a FLAC of noise as libsndfile does, and return its samples."""
    samples = np.random.default_rng(5).integers(-9000, 9000, round(seconds * rate)).astype(np.int16)
    soundfile.write(path, samples, rate, format="FLAC", subtype="PCM_16")
    return samples


def points(path: Path) -> tuple[list[tuple[int, int, int]], bytes]:
    """(first sample, byte, samples) of each point, and the frames."""
    data, at, found = path.read_bytes(), 4, []
    while True:
        length = int.from_bytes(data[at + 1:at + 4], "big")
        if data[at] & 0x7F == 3:
            found += list(struct.iter_unpack(">QQH", data[at + 4:at + 4 + length]))
        at += 4 + length
        if data[at - length - 4] & 0x80:
            return found, data[at:]


@pytest.mark.parametrize("rate", [15_360, 44_100, 48_000])
@pytest.mark.parametrize("frames", [1.3, LAST, LAST + 0.02, EVERY + LAST, EVERY + LAST + 0.5, 700.97])
def test_each_point_is_a_frame_that_decodes_to_the_samples_there(tmp_path, frames, rate):
    path = tmp_path / "song.flac"
    samples = plain(path, frames * SIZE / rate, rate)
    before = path.read_bytes()
    add_seek_table(path)
    found, audio = points(path)
    assert before.endswith(audio), "the frames are as they were"
    assert [p[0] for p in found] == [n * SIZE for n in range(0, max(math.ceil(frames) - LAST, 1), EVERY)]
    np.testing.assert_array_equal(soundfile.read(path, dtype="int16")[0], samples)
    header = path.read_bytes()[:-len(audio)]
    for first, byte, count in (found[0], found[-1]):
        alone = path.with_name("from.flac")
        alone.write_bytes(header + audio[byte:])
        with av.open(str(alone)) as opened:
            heard = next(opened.decode(audio=0)).to_ndarray()[0]
        assert count == SIZE
        np.testing.assert_array_equal(heard, samples[first:first + SIZE])


def test_the_last_point_lies_well_before_the_end(tmp_path):
    song = Song(np.zeros(44_100 * 7, np.float32), 44_100, "a" * 64, "silence")
    found, _ = points(write_playback(song, tmp_path / "song.flac"))
    assert len(found) > 5 and found[0][2] == 1152, "the player goes to 0.03 s before the end, and no further"
    assert 0.25 < 7 - found[-1][0] / 44_100 < 1.5


def test_a_second_time_nothing_changes(tmp_path):
    plain(tmp_path / "song.flac", 3)
    add_seek_table(tmp_path / "song.flac")
    once = (tmp_path / "song.flac").read_bytes()
    add_seek_table(tmp_path / "song.flac")
    assert (tmp_path / "song.flac").read_bytes() == once


def test_what_is_no_whole_flac_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "song.flac"
    plain(path, 3)
    whole = path.read_bytes()
    for bad, words in ((b"RIFF" + whole[4:], "no FLAC"), (whole[:50], "does not end|missing"),
                       (whole[:len(whole) // 2], "is missing")):
        path.write_bytes(bad)
        with pytest.raises(ValueError, match=words):
            add_seek_table(path)
        assert path.read_bytes() == bad
