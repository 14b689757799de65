"""The command batch: many songs, a Take each, none twice, none half, whatever is killed in between."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import soundfile

from dance_core.cli import main
from dance_core.cli.batch import list_of
from dance_core.errors import UserError
from dance_core.longform.take import load_take
from dance_core.serving.batch import Batch, Result
from dance_core.settings import ROOT
from tests.waiting import PATIENCE

RATE = 22_050


def write_song(path, seed: int, seconds: float = 5.0) -> None:
    """Clicks at a tempo of the song's own, over soft noise."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-0.02, 0.02, round(seconds * RATE))
    for t in np.arange(0.2, seconds - 0.1, 60 / (100 + 2 * seed)):
        x[round(t * RATE):][:64] += np.hanning(64)
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.clip(x, -1, 1), RATE)


@pytest.fixture
def songs(tmp_path):
    folder = tmp_path / "songs"
    for k in range(3):
        write_song(folder / f"deep {k}" / f"song {k}.wav", k)
    (folder / "bad.mp3").write_bytes(b"no music at all")
    (folder / "notes.txt").write_text("not a song")
    (folder / ".hidden.wav").write_bytes(b"")
    return folder


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("DANCE_DATA_DIR", str(tmp_path / "data"))


def run(*arguments: object) -> int:
    return main(["batch", *map(str, arguments), "--generator", "choreographer", "--jobs", "1"])


def table(out) -> list[dict[str, str]]:
    with (out / "results.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def takes(out) -> list[str]:
    return sorted(p.name for p in out.iterdir() if p.is_dir())


def test_a_folder_of_songs_becomes_a_folder_of_takes_and_a_table(songs, tmp_path, capsys):
    out = tmp_path / "out"
    assert run(songs, "--out", out) == 3
    said = capsys.readouterr().out
    assert "Made" in said and "3 dances" in said and "bad.mp3: This is no song that can be read" in said
    rows = table(out)
    assert [r["name"] for r in rows] == ["bad.mp3", *(f"deep {k}/song {k}.wav" for k in range(3))]
    assert [r["state"] for r in rows] == ["failed", "made", "made", "made"]
    assert takes(out) == sorted(r["key"] for r in rows[1:])
    for row in rows[1:]:
        take = load_take(out / row["key"])
        assert (out / row["key"] / "song.flac").is_file()
        assert (take.song_digest, take.style, str(take.seed)) == (row["digest"], row["style"], row["seed"])
        assert float(row["duration"]) == pytest.approx(5.0) and int(row["faults"]) >= int(row["severe"]) >= 0
        assert float(row["bas"]) == pytest.approx(take.alignment["music_to_motion"], abs=1e-4)
    assert len({r["style"] for r in rows[1:]}) == 3, "styles in turn"


def test_what_is_there_is_not_made_again_and_what_is_damaged_is(songs, tmp_path, capsys):
    out = tmp_path / "out"
    run(songs, "--out", out)
    first, _, third = (out / r["key"] for r in table(out)[1:])
    kept = (first / "take.json").read_bytes()
    (third / "take.json").write_text("{")
    assert run(songs, "--out", out) == 3
    assert [r["state"] for r in table(out)] == ["failed", "there", "there", "made"]
    assert (first / "take.json").read_bytes() == kept and load_take(third)
    run(songs, "--out", out, "--seed", 7)
    assert [r["state"] for r in table(out)] == ["failed", "made", "made", "made"] and len(takes(out)) == 6


def test_a_list_says_more_of_each_song(songs, tmp_path):
    listed = songs / "list.csv"
    listed.write_text("song;style;seed;start;seconds\ndeep 0/song 0.wav;Waack;5;1;3.5\n"
                      "deep 1/song 1.wav;;;;\ngone.wav;;;;\n", encoding="utf-16")
    out = tmp_path / "out"
    assert run(listed, "--out", out, "--style", "gHO") == 3
    one, other, gone = table(out)
    assert (one["style"], one["seed"], float(one["duration"])) == ("gWA", "5", 3.5)
    assert (other["style"], other["seed"]) == ("gHO", "0") and float(other["duration"]) == 5.0
    assert gone["state"] == "failed" and "no file" in gone["error"]


def test_rows_that_differ_in_energy_or_excerpt_alone_are_told_apart(songs, tmp_path, monkeypatch):
    monkeypatch.setattr(Batch, "_make", lambda batch, row, about: Result(**about, state="made"))
    listed = songs / "list.csv"
    listed.write_text("song,energy,start,seconds\n" + "".join(f"deep 0/song 0.wav,{more}\n" for more in (
        "0,,", "1,,", ",,", ",1.5,", ",1.5,3")))
    out = tmp_path / "out"
    assert main(["batch", str(listed), "--generator", "soulnet", "--out", str(out), "--jobs", "1"]) == 0
    asked = [tuple(float(r[c]) if r[c] else None for c in ("energy", "start", "seconds")) for r in table(out)]
    assert asked == [(0.0, 0.0, None), (1.0, 0.0, None), (None, 0.0, None), (None, 1.5, None),
                     (None, 1.5, 3.0)]


@pytest.mark.parametrize(("text", "sentence"), [
    ("name\na.wav\n", "has no column song; it has name"), ("song\n", "has 0 songs"),
    ("song,style\n,gHO\n", "line 2 names no song"),
    ("song,style\na.wav,polka\n", r"list.csv line 2: .*polka"),
    ("song,seed\na.wav,one\n", "line 2: 'one' is no whole number"),
    ("song,start\na.wav,-3\n", "line 2: '-3' is no number of seconds")])
def test_a_list_that_is_none_is_one_sentence(tmp_path, capsys, text, sentence):
    import re

    (tmp_path / "list.csv").write_text(text)
    assert run(tmp_path / "list.csv", "--out", tmp_path / "out") == 2
    assert re.search(sentence, capsys.readouterr().err)


def test_lines_are_counted_as_an_editor_does(tmp_path):
    (tmp_path / "list.csv").write_text("sep=;\nsong;style\na.wav;gHO\n")
    assert list_of(tmp_path / "list.csv") == [({"song": "a.wav", "style": "gHO"}, "list.csv line 3: ")]
    with pytest.raises(UserError, match="can't be read"):
        list_of(tmp_path / "gone.csv")


def test_a_folder_without_songs_and_a_source_that_is_not_there(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty", "--out", tmp_path / "out") == 2
    assert run(tmp_path / "gone", "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "no song in the folder 'empty'" in said and "no folder or list" in said


def test_killed_three_times_every_song_has_its_take_once_and_none_is_half(tmp_path):
    songs, out = tmp_path / "songs", tmp_path / "out"
    for k in range(12):
        write_song(songs / f"{k:02}.wav", k, seconds=4.0)
    command = [sys.executable, "-m", "dance_core", "batch", str(songs), "--out", str(out),
               "--generator", "choreographer", "--jobs", "2"]
    environ = {**os.environ, "DANCE_DATA_DIR": str(tmp_path / "data")}

    def complete() -> set[str]:
        return {p.parent.name for p in out.glob("[!.]*/take.json")}

    for wanted in (1, 4, 8):
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL,
                                   start_new_session=True)
        until = time.monotonic() + PATIENCE
        while len(complete()) < wanted and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for name in complete():
            load_take(out / name)
    subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    rows = table(out)
    assert len(rows) == 12 and {r["state"] for r in rows} <= {"made", "there"}
    assert takes(out) == sorted(r["key"] for r in rows) and len(set(takes(out))) == 12
    assert not list(out.glob(".*"))


def test_processes_end_with_the_one_that_was_killed(tmp_path):
    code = ("import os, time\n"
            "from dance_core.corpus.processes import each\n"
            "from tests.cli.batch_sleeper import sleep\n"
            "if __name__ == '__main__':\n"
            "    for pid in each(sleep, [0, 0, 60, 60], 2): print(pid, flush=True)\n")
    path = tmp_path / "parent.py"
    path.write_text(code)
    process = subprocess.Popen([sys.executable, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"})
    pids = {int(process.stdout.readline()) for _ in range(2)}
    process.kill()
    process.wait()
    until = time.monotonic() + PATIENCE
    while any(os.path.exists(f"/proc/{pid}") for pid in pids):
        assert time.monotonic() < until, "they wait for ever"
        time.sleep(0.05)
