"""Beats by hand on the command line: a song whose beats are wrong is mended by each option, and danced so."""

from __future__ import annotations

import json
from pathlib import Path

import mido
import numpy as np
import pytest

from dance_core.cli import main
from dance_core.longform.take import load_take
from dance_core.music.analysis import analyse, set_by_hand
from dance_core.music.beats import Beats
from dance_core.music.byhand import ByHand
from dance_core.music.decode import load_song
from dance_core.music.extract import extract_features
from dance_core.settings import Settings


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("songs")
    words = ["--style", "House", "--seed", "4", "--seconds", "14", "--out", str(folder)]
    assert main(["corpus", "songs", *words]) == 0
    return folder / "gHO_4.flac"


def told(capsys: pytest.CaptureFixture, *words: object) -> dict:
    capsys.readouterr()
    assert main(["beats", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_number_by_hand(song: Path, capsys: pytest.CaptureFixture) -> None:
    found = told(capsys, song)
    beats, ones = np.array(found["beats"]), found["downbeats"]
    double = told(capsys, song, "--tempo-scale", "2")
    assert double["tempo_bpm"] == pytest.approx(2 * found["tempo_bpm"], rel=0.01)
    assert set(found["beats"]) <= set(double["beats"])
    half = told(capsys, song, "--tempo-scale", "1/2")
    assert set(half["beats"]) <= set(found["beats"]) and abs(len(half["beats"]) - len(beats) / 2) < 1
    off = told(capsys, song, "--one", "1.5")
    between = (beats[:-1] + beats[1:]) / 2
    assert np.abs(between[:, None] - off["beats"]).min(axis=1).max() < 2e-4
    assert off["downbeats"][0] == pytest.approx(between[0], abs=2e-4)
    assert told(capsys, song, "--one", "3")["downbeats"][0] == found["beats"][2]
    three = told(capsys, song, "--meter", "3")
    assert three["beats_per_bar"] == 3
    assert three["downbeats"][1] == found["beats"][found["beats"].index(ones[0]) + 3]
    late = told(capsys, song, "--nudge", "20")
    assert np.allclose(np.array(late["beats"])[:10], beats[:10] + 0.02, atol=2e-4)
    assert late["confidence"] == 1.0


@pytest.mark.parametrize("kind", ["json", "txt"])
def test_beats_go_round(song: Path, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    kept = tmp_path / f"beats.{kind}"
    assert main(["beats", str(song), "--meter", "3", "--nudge", "-10", "--out", str(kept)]) == 0
    first = told(capsys, song, "--meter", "3", "--nudge", "-10")
    again = told(capsys, song, "--beats", kept)
    assert again["downbeats"] == pytest.approx(first["downbeats"], abs=2e-4)
    assert again["beats"] == pytest.approx(first["beats"], abs=2e-4)
    assert again["beats_per_bar"] == 3


def test_times_taps_and_a_midi_map(song: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    found = told(capsys, song)
    (tmp_path / "times").write_text("".join(f"{t}\n" for t in found["beats"][1:]))
    assert told(capsys, song, "--beats", tmp_path / "times")["beats"] == found["beats"][1:]
    (tmp_path / "taps").write_text("".join(f"{t - 0.03:.3f}\n" for t in found["beats"][4:20:2]))
    tapped = told(capsys, song, "--taps", tmp_path / "taps")  # every second beat, early
    assert tapped["tempo_bpm"] == pytest.approx(found["tempo_bpm"] / 2, rel=0.01)
    assert set(tapped["beats"]) <= set(found["beats"]) and found["beats"][4] in tapped["downbeats"]
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(124))])
    file = mido.MidiFile()
    file.tracks.append(track)
    file.save(tmp_path / "map.mid")
    assert told(capsys, song, "--beats", tmp_path / "map.mid")["tempo_bpm"] == pytest.approx(124, rel=1e-3)


def test_a_dance_keeps_how_its_beats_were_set_and_they_go_on_from_there(
        song: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    numbers = ["--tempo-scale", "0.5", "--one", "2", "--meter", "3", "--nudge", "-20"]
    words = ["--generator", "choreographer", "--out", str(tmp_path / "d")]
    assert main(["dance", str(song), *numbers, *words]) == 0
    assert "by hand (tempo × 1/2, “one” at beat 2, 3 beats a bar, 20 ms earlier)" in capsys.readouterr().out
    take = load_take(tmp_path / "d")
    assert take.by_hand.record() == {"source": "found", "taps": [], "tempo_scale": "1/2", "one": "2",
                                     "meter": 3, "nudge_ms": -20}
    same = told(capsys, song, *numbers)
    assert same["beats"] == pytest.approx(list(take.beats.times), abs=1e-4)
    assert same["downbeats"] == pytest.approx(list(take.beats.downbeats), abs=1e-4)
    assert told(capsys, song)["beats"] == pytest.approx(list(take.found.times), abs=1e-4)
    assert told(capsys, song, "--beats", tmp_path / "d")["beats"] == same["beats"]
    assert told(capsys, song, "--beats", tmp_path / "d" / "take.json")["downbeats"] == same["downbeats"]


def test_times_of_a_file_are_those_of_the_whole_song(song: Path, tmp_path: Path) -> None:
    (tmp_path / "beats.txt").write_text("".join(f"{0.25 + 0.5 * i}\n" for i in range(27)))
    (tmp_path / "taps.txt").write_text("".join(f"{5.25 + 0.6 * i}\n" for i in range(8)))
    for option in ("beats", "taps"):
        assert main(["dance", str(song), "--start", "5", "--seconds", "6", f"--{option}",
                     str(tmp_path / f"{option}.txt"), "--generator", "choreographer",
                     "--out", str(tmp_path / option)]) == 0
    assert load_take(tmp_path / "beats").beats.times[0] == pytest.approx(0.25)
    assert load_take(tmp_path / "taps").by_hand.taps[0] == pytest.approx(0.25)


def test_the_features_are_those_of_the_corrected_beats(song: Path) -> None:
    heard, settings = load_song(song), Settings.from_env()
    for by_hand in (ByHand(meter=3, nudge_ms=40), ByHand("taps", (1.0, 1.6, 2.2, 2.8, 3.4))):
        mended = set_by_hand(heard, analyse(heard, settings), by_hand)
        assert isinstance(mended.beats, Beats)
        assert np.array_equal(mended.features.values, extract_features(heard, mended.beats).values)


@pytest.mark.parametrize(("words", "said"), [
    (["--meter", "8"], "'8'"), (["--tempo-scale", "0.97"], "0.97"), (["--tempo-scale", "x"], "'x'"),
    (["--one", "two"], "'two'"), (["--nudge", "1001"], "'1001'"), (["--nudge", "0.5"], "'0.5'"),
    (["--beats", "nowhere.txt"], "'nowhere.txt'"), (["--tempo-scale", "4"], "BPM"),
    (["--beats", "{bad}"], "line 2: 'abc'"), (["--beats", "{bad}", "--taps", "{bad}"], "one of them"),
    (["--taps", "{few}"], "2 taps"), (["--beats", "{long}"], "300 s"), (["--out", "beats.csv"], "'.csv'"),
])
def test_what_is_wrong_is_one_sentence_with_it(words: list[str], said: str, song: Path, tmp_path: Path,
                                               capsys: pytest.CaptureFixture) -> None:
    files = {"bad": "0.5\nabc\n", "few": "0.5\n1\n", "long": "0.5\n1\n300\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    words = [w.format(**{name: tmp_path / name for name in files}) for w in words]
    assert main(["beats", str(song), *words]) == 2
    out, err = capsys.readouterr()
    assert said in err and out == "" and len(err.splitlines()) == 1


def test_a_remade_dance_keeps_its_beats(song: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    words = ["--remake", "hands", "--meter", "3", "--generator", "soulnet", "--out", str(tmp_path / "x")]
    assert main(["dance", "--from", str(tmp_path), *words]) == 2
    assert "the beats are those of the kept dance" in capsys.readouterr().err
