"""The command batch on Ray Data: the Takes and the table of a local batch, whatever is killed in between.

Skipped where Ray is not installed: `pip install -r requirements-cluster.txt`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from dance_core.cli import main
from dance_core.longform.take import load_take
from dance_core.settings import ROOT
from tests.cli.test_batch import table, takes, write_song
from tests.serving.hosts import family, until

pytest.importorskip("ray", reason="Ray is not installed (pip install -r requirements-cluster.txt)")


def test_killed_and_started_again_it_gives_what_a_local_batch_gives(tmp_path, monkeypatch):
    monkeypatch.setenv("DANCE_DATA_DIR", str(tmp_path / "data"))
    songs, out, here = tmp_path / "songs", tmp_path / "out", tmp_path / "here"
    for k in range(8):
        write_song(songs / f"{k}.wav", k, seconds=4.0)
    (songs / "bad.mp3").write_bytes(b"no music at all")
    how = ["batch", str(songs), "--generator", "choreographer", "--jobs", "2"]
    command = [sys.executable, "-m", "dance_core", *how, "--out", str(out), "--engine", "cluster"]

    def complete() -> set[str]:
        return {p.parent.name for p in out.glob("[!.]*/take.json")}

    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    until(lambda: len(complete()) >= 1)
    workers = [pid for pid, name in family(process.pid).items() if "MapWorker" in name]
    os.kill(workers[0], signal.SIGKILL)
    until(lambda: len(complete()) >= 3)
    process.kill()
    process.wait()
    kept = complete()
    assert len(kept) >= 3
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    assert "bad.mp3: This is no song that can be read" in done.stdout
    assert main([*how, "--out", str(here)]) == 3
    rows, wanted = table(out), table(here)
    timed = {"took", "state"}
    assert [{k: v for k, v in row.items() if k not in timed} for row in rows] == [
        {k: v for k, v in row.items() if k not in timed} for row in wanted]
    assert {row["state"] for row in rows if row["key"] in kept} == {"there"}
    assert takes(out) == takes(here) and not list(out.glob(".*"))
    for key in takes(out):
        one, other = load_take(out / key).motion, load_take(here / key).motion
        assert np.array_equal(one.rotations, other.rotations)
        assert np.array_equal(one.translation, other.translation)
