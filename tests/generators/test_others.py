"""Generators of installed packages: found, used like the shipped ones, left out where they are broken."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from practice import Failing, Poser, Walker

from dance_core.evaluation.contract import keeps_contract
from dance_core.generators import registry
from dance_core.generators.others import what_is_wrong
from dance_core.settings import ROOT

EXAMPLE = ROOT / "tests/examples/sway"


def package(folder: Path, name: str, target: str, code: str) -> None:
    """What pip leaves of a package: a module, and a folder that names its entry point."""
    (folder / f"{target.partition(':')[0]}.py").write_text(code)
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[dance_core.generators]\n{name} = {target}\n")


@pytest.fixture
def installed(tmp_path):
    package(tmp_path, "sway", "sway:Sway", (EXAMPLE / "sway.py").read_text())
    package(tmp_path, "broken", "broken:Broken", "raise RuntimeError('no such library')\n")
    package(tmp_path, "thief", "thief:make", "from dataclasses import replace\nfrom sway import Sway\n"
            "def make():\n    s = Sway()\n    s.needs = replace(s.needs, name='choreographer')\n"
            "    return s\n")
    return {**os.environ, "PYTHONPATH": str(tmp_path), "DANCE_DATA_DIR": str(tmp_path / "data")}


def run(environ, *arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "dance_core", *map(str, arguments)], cwd=ROOT, env=environ,
                          capture_output=True, text=True)


def test_an_installed_generator_dances_like_a_shipped_one(installed, tmp_path):
    how = ["--seconds", 6, "--generator", "sway", "--out", tmp_path / "out"]
    made = run(installed, "dance", "Sunday Lights", *how)
    assert made.returncode == 0, made.stderr
    assert "Sway" in made.stdout and (tmp_path / "out" / "motion.npz").is_file()
    assert "'broken' of broken:Broken is left out: RuntimeError: no such library" in made.stderr
    assert "'thief' of thief:make is left out: there is a generator 'choreographer' already" in made.stderr


def test_the_command_tells_its_author_that_the_example_keeps_the_contract(installed):
    told = run(installed, "contract", "sway")
    assert told.returncode == 0, told.stdout
    assert "BROKEN" not in told.stdout and "All is kept." in told.stdout
    assert "refused: Sway can't arrive at given frames" in told.stdout


def test_the_example_is_short_enough_to_read():
    assert len((EXAMPLE / "sway.py").read_text().splitlines()) <= 60


def test_the_shipped_baseline_keeps_the_contract():
    assert [t for t in keeps_contract(registry()["choreographer"]) if not t.kept] == []


class Forgetful(Poser):
    """Another dance each time."""

    def make(self, request):
        self.times = getattr(self, "times", 0) + 1
        return super().make(replace(request, seed=self.times))


def broken(generator) -> set[str]:
    return {t.asked.split(",")[0] for t in keeps_contract(generator) if not t.kept}


def test_what_is_not_kept_is_named():
    assert "the same request is the same motion" in broken(Forgetful())
    assert "a whole dance" in broken(Failing(lambda request: request.start > 0))
    assert "frame 0 is the first pose" in broken(Poser())


@pytest.mark.parametrize(("change", "sentence"), [
    ({"name": "Sway Me"}, "name"), ({"title": " "}, "title"), ({"styles": ()}, "style"),
    ({"segment_seconds": (3.0, 1.0)}, "3.0 to 1.0 s"), ({"parts": frozenset({"feet"})}, "feet"),
    ({"context_frames": -1}, "-1 frames")])
def test_what_a_generator_may_not_say_of_itself(change, sentence):
    assert what_is_wrong(Walker().needs) is None
    assert sentence in what_is_wrong(replace(Walker().needs, **change))
