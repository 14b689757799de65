"""What the README says is so: its commands run, its tables are those of the code."""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dance_core.cli import main
from dance_core.corpus.cmu import trials
from dance_core.corpus.terms import AIST_PLUS, G1_MOVES
from dance_core.settings import ROOT, Settings
from dance_core.study.vote import VOTES
from tests.waiting import PATIENCE

README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)[1]


def rows(text: str) -> list[list[str]]:
    """The cells of a section's tables, without code marks."""
    found = re.findall(r"^\| (.*) \|$", text, re.MULTILINE)
    return [[cell.strip().strip("`") for cell in line.split(" | ")] for line in found]


def test_every_setting_is_in_the_table_with_its_default() -> None:
    table = {row[0]: row[1] for row in rows(section("Settings"))}
    del table["variable"]
    assert list(table) == [f"DANCE_{f.name.upper()}" for f in dataclasses.fields(Settings)]
    for f in dataclasses.fields(Settings):
        shown = table[f"DANCE_{f.name.upper()}"]
        expected = f.default.relative_to(ROOT) if isinstance(f.default, Path) else f.default
        expected = "data` beside the code" if f.name == "data_dir" else str(expected)
        assert shown == expected, f.name


def test_every_column_of_the_vote_book_is_in_the_table() -> None:
    table = [row for row in rows(section("The vote book")) if row[0] != "column"]
    assert [row[0] for row in table] == ["schema", *(c.name for c in VOTES.columns), "crc32"]
    for (_, shown), column in zip(table[1:-1], VOTES.columns, strict=True):
        assert shown == column.about.replace(": see dance_core.study.cells", " as below")


def test_files_that_it_names_are_there() -> None:
    for name in re.findall(r"`((?:assets|tests|dance_core)/[\w./]+)`", README):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / name).is_file(), f"a picture is missing: {name}"


def test_the_two_commands_are_those_that_ci_and_people_run() -> None:
    start = ("python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python app.py")
    commands = re.findall(r"```bash\n(.*?)```", section("Quick start"), re.DOTALL)
    assert commands == [start + "\n", "bash tests/run\n"]
    assert "bash tests/run" in (ROOT / ".ci" / "run").read_text()


def test_the_commands_run_as_they_stand(tmp_path: Path) -> None:
    block = re.search(r"```bash\n(.*?)```", section("The command line"), re.DOTALL)[1]
    lines = [shlex.split(line, comments=True) for line in block.splitlines()]
    assert len(lines) >= 6
    for line in lines:
        assert line[:3] == ["python", "-m", "dance_core"]
        done = subprocess.run([sys.executable, *line[1:]], cwd=tmp_path, capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=PATIENCE, check=False)
        assert done.returncode == 0, f"{' '.join(line)}\n{done.stdout}{done.stderr}"
        assert done.stdout
    made = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert made >= {"songs/gHO_4.flac", "dances/house/take.json", "dances/house/motion.npz",
                    "dances/house.png", "dances/house.bvh"}


def test_every_download_has_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["corpus", "recorded", "--help"])
    taken = set(re.findall(r"--[a-z0-9]+(?= DIR)", capsys.readouterr().out)) - {"--out"}
    table = [row for row in rows(section("Learning")) if row[1].startswith("--")]
    assert [row[1] for row in table] == ["--aistpp", "--g1", "--cmu", "--mocap"] and set(taken) == {
        row[1] for row in table}
    subjects = {name.split("_")[0] for name, _ in trials()}
    assert subjects == set(re.search(r"\(([\d, ]+)\)", table[2][0])[1].split(", "))
    assert [row[3].split(" (")[0] for row in table[:2]] == [AIST_PLUS, G1_MOVES]


@pytest.mark.parametrize("word", ["dance", "beats", "sheet", "export", "check", "corpus", "bench"])
def test_every_command_is_explained(word: str) -> None:
    assert f"| `{word}" in section("The command line")
