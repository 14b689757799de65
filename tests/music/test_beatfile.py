"""Beats from files of four kinds; what is wrong with one is said in a sentence with the number."""

from __future__ import annotations

import json
from pathlib import Path

import mido
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dance_core.errors import UserError
from dance_core.music.beatfile import as_json, as_labels, read_beats, read_taps
from dance_core.music.beats import Beats

DURATION = 20.0


def put(folder: Path, text: str | bytes, name: str = "beats.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def midi(folder: Path, *events: mido.MetaMessage, ticks: int = 480) -> Path:
    file = mido.MidiFile(ticks_per_beat=ticks)
    file.tracks.append(mido.MidiTrack([*events, mido.MetaMessage("end_of_track")]))
    file.save(folder / "map.mid")
    return folder / "map.mid"


def tempo(bpm: float, after: int = 0) -> mido.MetaMessage:
    return mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(bpm), time=after)


def metre(upper: int, lower: int, after: int = 0) -> mido.MetaMessage:
    return mido.MetaMessage("time_signature", numerator=upper, denominator=lower, time=after)


@given(per_bar=st.integers(2, 7), one=st.integers(0, 6), gap=st.floats(0.2, 2.0),
       kind=st.sampled_from(["json", "txt"]))
def test_what_is_kept_is_read_again(tmp_path_factory, per_bar: int, one: int, gap: float, kind: str) -> None:
    times = np.arange(0.3, DURATION, gap)
    beats = Beats(times, (np.arange(len(times)) - one) % per_bar + 1, 60 / gap, 0.7, per_bar)
    text = json.dumps(as_json(beats)) if kind == "json" else as_labels(beats)
    again = read_beats(put(tmp_path_factory.mktemp("kept"), text), DURATION)
    assert np.allclose(again.times, times, atol=6e-5)
    if len(times) > 2 * per_bar:  # labels tell the bar by two ones
        assert np.array_equal(again.bar_position, beats.bar_position)
        assert again.beats_per_bar == per_bar
    assert again.tempo == pytest.approx(beats.tempo, rel=1e-3) and again.confidence == 1.0


@pytest.mark.parametrize(("text", "ones", "per_bar"), [
    ("0.5\n1.0\n1.5\n2.0\n2.5\n", [0.5, 2.5], 4),  # a time a line
    ("time\n0.5\n1.0\n1.5\n", [0.5], 4),  # with a heading
    ("0.5 2\n1.0 3\n1.5 1\n2.0 2\n2.5 3\n3.0 1\n", [1.5, 3.0], 3),  # with its place
    ("0.500000\t0.500000\t\n1.000000\t1.000000\t\n", [0.5], 4),  # labels without text
    ("0.5\t0.6\t1.1\n1.0\t1.1\t1.2\n1.5\t1.6\t2.1\n2.0\t2.1\t2.2\n2.5\t2.6\t3.1\n", [0.5, 1.5, 2.5], 2),
    ("0.5\t0.5\tverse\n1.0\t1.0\tdownbeat\n1.5\t1.5\t\n2\t2\t\n2.5\t2.5\tOne\n", [1.0, 2.5], 3),
    ("\ufeff0.5\r\n1.0\r\n\r\n# a comment\r\n1.5\r\n", [0.5], 4),  # from Windows
    ("0.5\t0.7\t1\n\\\t100.0\t200.0\n1.0\t1.1\t2\n1.5\t1.6\t1\n2.0\t2.1\t2\n2.5\t2.6\t1\n",
     [0.5, 1.5, 2.5], 2),
    ("[0.5, 1, 1.5]", [0.5], 4),
    ('{"beats": [0.5, 1, 1.5, 2], "downbeats": [1.0], "beats_per_bar": 3}', [1.0], 3),
    ('{"beats": [0.5, 1, 1.5, 2, 2.5], "downbeats": [0.5, 1.5, 2.5]}', [0.5, 1.5, 2.5], 2),
    ('{"beats": [0.5, 1, 1.5, 2], "meter": 3}', [0.5, 2.0], 3),
])
def test_every_kind_of_text_is_read(tmp_path: Path, text: str, ones: list[float], per_bar: int) -> None:
    beats = read_beats(put(tmp_path, text), DURATION)
    assert beats.times[0] == 0.5
    assert list(beats.downbeats) == ones and beats.beats_per_bar == per_bar


def test_labels_as_utf_16_are_read(tmp_path: Path) -> None:
    assert len(read_beats(put(tmp_path, "0.5\t0.5\tä\n1\t1\t\n".encode("utf-16")), DURATION).times) == 2


def test_bars_that_are_not_even_keep_their_ones(tmp_path: Path) -> None:
    text = '{"beats": [1,2,3,4,5,6,7,8,9,10,11], "downbeats": [1,5,7,11], "beats_per_bar": 4}'
    beats = read_beats(put(tmp_path, text), DURATION)
    assert list(beats.downbeats) == [1, 5, 7, 11]
    long = '{"beats": [1,2,3,4,5,6], "downbeats": [1,6], "beats_per_bar": 4}'
    assert list(read_beats(put(tmp_path, long), DURATION).bar_position) == [1, 2, 3, 4, 4, 1]


def test_a_midi_tempo_map_is_beats_and_bars(tmp_path: Path) -> None:
    path = midi(tmp_path, metre(3, 4), tempo(120), tempo(60, 480 * 6), metre(4, 4, 480 * 3))
    beats = read_beats(path, DURATION)
    assert np.allclose(beats.times[:10], [0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6])
    assert np.allclose(beats.downbeats[:5], [0, 1.5, 3, 6, 10])
    assert beats.times[-1] <= DURATION


@pytest.mark.parametrize(("upper", "lower", "per_bar", "gap"), [
    (6, 8, 2, 0.75), (12, 8, 4, 0.75), (9, 8, 3, 0.75), (3, 8, 3, 0.25), (2, 2, 2, 1.0), (5, 4, 5, 0.5),
    (7, 8, 7, 0.25)])
def test_a_midi_beat_is_what_is_tapped(tmp_path: Path, upper: int, lower: int, per_bar: int,
                                       gap: float) -> None:
    beats = read_beats(midi(tmp_path, tempo(120), metre(upper, lower)), DURATION)
    assert beats.beats_per_bar == per_bar and np.allclose(np.diff(beats.times), gap)


def test_a_tempo_that_changes_within_a_beat_counts_from_there(tmp_path: Path) -> None:
    beats = read_beats(midi(tmp_path, tempo(120), tempo(60, 240)), DURATION)
    assert np.allclose(beats.times[:3], [0.0, 0.75, 1.75])


def test_a_midi_file_without_a_map_is_120_in_four(tmp_path: Path) -> None:
    beats = read_beats(midi(tmp_path), DURATION)
    assert beats.tempo == pytest.approx(120) and beats.beats_per_bar == 4 and len(beats.times) == 41


@pytest.mark.parametrize(("text", "said"), [
    ("", "0 beats"), ("0.5\nabc\n", "line 2: 'abc' is no time"),
    ("0.5\n1.0\n0.9\n", "line 3: 0.9 s does not come after 1 s"),
    ("0.5\n", "1 beats in the song"), ("0.5\n0.51\n", "0.010 s apart"), ("0.5\nnan\n", "'nan'"),
    ("0.5\n1\n300\n", "at 300 s, but the song goes from 0 to 20.00 s"), ("-7\n1\n2\n", "at -7 s"),
    ("1 9\n2 1\n3 2\n", "line 1: 9 is no place in a bar"),
    ("{", "no JSON, line 1"),
    ('{"tempo_bpm": 120}', "without “beats”"), ('{"beats": [1, "x"]}', "beat 2 is 'x'"),
    ('{"beats": [1, 2, 1.5]}', "beat 3: 1.5 s does not come after 2 s"), ('{"beats": 7}', "no list of beats"),
    ('{"beats": [1, 2], "downbeats": [1.4]}', "downbeat at 1.4 s"), ('{"beats": [1, NaN]}', "beat 2 is nan"),
    ('{"beats": [1, 2], "beats_per_bar": 12}', "“beats_per_bar” 12"),
    ('{"beats": [1, true]}', "beat 2 is True"),
    ("[" * 100_000, "no JSON"), (b"\x00\xff\xfe\x80", "neither text nor MIDI: its byte 1"),
    (b"MThd\x00\x00\x00\x06\x00\x01\x00\x01", "MIDI"),
    ("\n".join(f"{i * 0.001:.3f}" for i in range(20_002)), "20002 beats"),
    ("[1e999, 2]", "beat 1 is inf"), ("[" + "9" * 5000 + "]", "no JSON|beat 1"),
])
def test_a_bad_file_is_one_sentence_with_the_number(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        read_beats(put(tmp_path, text), DURATION)
    assert "\n" not in str(refused.value) and str(tmp_path) not in str(refused.value)


def test_bad_midi_is_a_sentence_too(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="12/4"):
        read_beats(midi(tmp_path, metre(12, 4)), DURATION)
    with pytest.raises(UserError, match="no file 'nowhere.txt'"):
        read_beats(tmp_path / "nowhere.txt", DURATION)


@given(st.binary(max_size=400).map(lambda b: b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x01\xe0MTrk" + b)
       | st.binary(max_size=200) | st.text(alphabet="0123456789.\t\n -{}[]\",:beatsdow", max_size=200))
def test_whatever_is_in_a_file_it_is_read_or_refused(tmp_path_factory, data: bytes | str) -> None:
    path = put(tmp_path_factory.mktemp("any"), data)
    try:
        beats = read_beats(path, DURATION)
    except UserError:
        pass
    else:
        assert (beats.times >= 0).all() and (beats.times <= DURATION).all() and len(beats.times) >= 2


def test_taps_are_a_time_a_line(tmp_path: Path) -> None:
    assert read_taps(put(tmp_path, "1\n1.5\n2.25\n")) == (1.0, 1.5, 2.25)
