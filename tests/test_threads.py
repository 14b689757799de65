"""Threads: what the numerical libraries are told, and when; how many cores are free."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dance_core import threads

ROOT = Path(__file__).resolve().parent.parent


def test_what_the_environment_says_stands():
    environ = {"OPENBLAS_NUM_THREADS": "4"}
    threads.set_up(environ)
    assert environ == {"OPENBLAS_NUM_THREADS": "4", "OMP_WAIT_POLICY": "PASSIVE"}


@pytest.mark.parametrize("start, arguments", [("app", []), ("dance_core.__main__", ["beats", "nothing.wav"])])
def test_both_ways_in_say_it_before_a_library_loads(start, arguments):
    # the first numerical library to be imported is stopped: by then the environment must be set
    code = f"""
import os, sys
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name in ("numpy", "torch", "scipy"):
            print(os.environ.get("OMP_WAIT_POLICY"), os.environ.get("OPENBLAS_NUM_THREADS"), flush=True)
            os._exit(0)
sys.meta_path.insert(0, Stop())
sys.argv = ["x", *{arguments}]
import runpy
runpy.run_module({start!r}, run_name="__main__")
"""
    environ = {k: v for k, v in os.environ.items() if k not in threads._WANTED}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.stdout.split() == ["PASSIVE", "1"], done.stderr


def test_free_cores_are_those_that_nobody_keeps_busy(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setattr(threads, "_QUOTA", tmp_path / "none")
    assert [threads.free_cores(load) for load in (0.0, 0.4, 3.0, 7.9, 20.0)] == [8, 8, 5, 1, 1]
    quota = tmp_path / "cpu.max"
    monkeypatch.setattr(threads, "_QUOTA", quota)
    for text, free in (("max 100000", 8), ("250000 100000", 2), ("50000 100000", 1), ("", 8)):
        quota.write_text(text)
        assert threads.free_cores(0.0) == free


def test_threads_of_a_server_take_short_turns(monkeypatch):
    turns = []
    monkeypatch.setattr(sys, "setswitchinterval", turns.append)
    threads.take_short_turns()
    assert turns == [threads.TURN_S]
    assert threads.TURN_S < 0.005  # Python's own, which another test of this process may have changed
