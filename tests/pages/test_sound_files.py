"""Which files of the music a browser gets."""

from __future__ import annotations

import numpy as np
import pytest

from dance_core.music.song import Song
from dance_core.pages.sound import small_of, wants_small, write_sound

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
FIREFOX_ON_ANDROID = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(("headers", "small"), [
    ({"user-agent": IPHONE}, True), ({"user-agent": FIREFOX_ON_ANDROID}, True),
    ({"sec-ch-ua-mobile": "?1"}, True), ({"sec-ch-ua-mobile": "?0", "user-agent": DESK}, False),
    ({"user-agent": DESK, "save-data": "on"}, True), ({"user-agent": DESK}, False), ({}, False)])
def test_phones_and_those_who_save_data_get_the_small_file(headers, small):
    assert wants_small(headers) is small


def test_the_lossless_file_is_always_there_for_who_can_not_play_the_small_one(tmp_path):
    samples = np.sin(np.arange(44_100, dtype=np.float32) / 20)
    song = Song(samples, 44_100, "a" * 64, "")
    write_sound(song, tmp_path, small=False)
    assert [p.name for p in tmp_path.iterdir()] == ["song.flac"] and small_of(tmp_path) is None
    write_sound(song, tmp_path, small=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["song.flac", "song.m4a"]
    assert small_of(tmp_path) == tmp_path / "song.m4a"
