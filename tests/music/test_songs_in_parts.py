"""Parts of a file: what is taken apart adds up to what was put together, and no bytes are too strange."""

from __future__ import annotations

import functools
import io
import struct

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from odd_files import PICTURE, coded, id3, later, patched, syncsafe

from dance_core.music.reading import pages
from dance_core.music.reading.parts import find_parts
from dance_core.music.reading.view import View
from dance_core.music.sniff import read_header

song = functools.cache(coded)
LENGTHS = (0.5, 1.0, 1.5)
KINDS = {"wav": "wav", "aiff": "aiff", "mp3": "mp3", "flac": "flac", "ogg": "ogg", "opus": "ogg",
         "m4a": "mp4", "webm": "matroska"}


@given(st.data())
@budget(max_examples=40)
def test_each_song_of_a_row_is_found_again(data):
    ending = data.draw(st.sampled_from(sorted(KINDS)))
    rates = (48_000,) if ending in ("opus", "webm") else (48_000, 44_100)
    one = st.tuples(st.sampled_from(LENGTHS), st.sampled_from(rates))
    row = data.draw(st.lists(one, min_size=1, max_size=4))
    songs = [song(ending, seconds, rate) for seconds, rate in row]
    parts = find_parts(KINDS[ending], b"".join(songs), 0)
    assert len(parts) == len(songs)
    for part, alone, (seconds, _) in zip(parts, songs, row, strict=True):
        read = part.tracks[0].view(b"".join(songs)).read()
        if ending in ("mp3", "m4a", "flac", "ogg", "opus", "webm"):
            assert read == alone or ending == "mp3" and read in alone
        if part.tracks[0].seconds is not None:
            assert part.tracks[0].seconds == pytest.approx(seconds, abs=0.03)


@given(at=st.integers(0, 2**32 - 1), riff=st.integers(0, 2**32 - 1))
def test_no_size_in_a_wav_hides_sound_without_a_word(at, riff):
    """Whatever the sizes say: all is there, or some is known to be missing."""
    data = patched(song("wav", 1.0), (b"data", 4, struct.pack("<I", at)),
                   (b"RIFF", 4, struct.pack("<I", riff)))
    source = find_parts("wav", data, 0)[0].tracks[0]
    assert source.lost > 0 or source.seconds == pytest.approx(1.0, abs=0.01)


@given(ticks=st.integers(1, 2**40), kind=st.sampled_from(["ogg", "opus"]))
def test_a_clock_that_starts_late_costs_nothing(ticks, kind):
    data = later(song(kind, 1.0), ticks)
    (link,) = pages.links(data, 0, len(data))
    assert len(link) == 1
    assert link[0].lost == 0
    rewound = View(data, link[0].pieces).read()
    assert len(rewound) == len(data)
    assert all(pages.whole(rewound[a:b]) for a, b, *_ in pages.pages(rewound, 0, len(rewound)))
    if kind == "opus":  # back to the beginning
        last = [clock for _, _, _, clock, *_ in pages.pages(rewound, 0, len(rewound))][-1]
        assert last <= 48_000 * 1.1


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_damaged_files_never_raise(ending, data):
    bad = bytearray(song(ending, 0.5))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(bad) - 1))
        bad[at:at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    parts = find_parts(KINDS[ending], bytes(bad), 0)
    assert parts
    assert all(part.tracks for part in parts)


@given(st.binary(max_size=600), st.lists(st.tuples(st.integers(0, 700), st.integers(0, 700)), max_size=5),
       st.lists(st.tuples(st.integers(0, 900), st.integers(1, 300)), max_size=6))
def test_a_view_reads_like_its_pieces_one_after_another(data, ranges, reads):
    pieces = [p for a, b in ranges for p in ((min(a, b, len(data)), min(max(a, b), len(data))), b"between")]
    view = View(data, pieces)
    whole = b"".join(p if isinstance(p, bytes) else data[slice(*p)] for p in pieces)
    assert view.size == len(whole)
    for at, count in reads:
        view.seek(at)
        assert view.read(count) == whole[at:at + count]


@given(st.integers(0, 3), st.integers(0, 40_000), st.integers(0, 5_000))
@budget(max_examples=25)
def test_tags_and_filling_in_front_are_passed_over(tags, size, zeros):


    body = PICTURE[:size]
    data = tags * id3(body, syncsafe(len(body))) + bytes(zeros if tags else 0) + song("mp3", 0.5)
    header = read_header(io.BytesIO(data), len(data))
    assert header.kind == "mp3"
    assert header.start == len(data) - len(song("mp3", 0.5))
