"""The shelf: dances are described and measured once, and never with what was found in another motion."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dance_core.errors import UserError
from dance_core.evaluation.faults import Dance, find_faults
from dance_core.evaluation.faults import shelf as module
from dance_core.evaluation.faults.shelf import Shelf
from dance_core.longform.take import load_take, new_take_id, save_take
from tests.pages.making import small_take


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for _ in range(3):
        take = small_take()
        save_take(take, tmp_path / "takes" / take.id)
    return tmp_path / "takes"


def test_what_was_measured_is_kept_for_another_shelf(folder: Path, tmp_path: Path) -> None:
    shelf = Shelf([folder], tmp_path / "cache")
    entries = shelf.read()
    assert len(entries) == 3 and all(e.faults is None and e.severe is None for e in entries)
    measured = shelf.measure(entries[0], load_take(entries[0].folder))
    there = find_faults(Dance.of_take(load_take(measured.folder)))
    assert [f.record() for f in measured.faults or ()] == [f.record() for f in there]
    again = {e.key: e for e in Shelf([folder], tmp_path / "cache").read()}
    assert [f.record() for f in again[measured.key].faults or ()] == [f.record() for f in there]


def test_another_motion_in_the_folder_is_measured_anew(folder: Path, tmp_path: Path) -> None:
    shelf = Shelf([folder], tmp_path / "cache")
    entry = shelf.read()[0]
    take = load_take(entry.folder)
    shelf.measure(entry, take)
    moved = replace(take.motion, translation=take.motion.translation + 0.01)
    save_take(replace(take, motion=moved), entry.folder)
    assert next(e for e in shelf.read() if e.key == entry.key).faults is None


def test_other_code_finds_faults_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf([folder], tmp_path / "cache")
    entry = shelf.read()[0]
    shelf.measure(entry, load_take(entry.folder))
    monkeypatch.setattr(module, "code_digest", lambda: "other")
    assert all(e.faults is None for e in Shelf([folder], tmp_path / "cache").read())


def test_what_is_damaged_is_passed_over_and_no_key_is_a_path(folder: Path, tmp_path: Path) -> None:
    broken = folder / new_take_id()
    broken.mkdir()
    (broken / "take.json").write_text("{")
    (broken / "motion.npz").write_bytes(b"")
    shelf = Shelf([folder, tmp_path / "nowhere"], tmp_path / "cache")
    entries = shelf.read()
    assert len(entries) == 3
    assert all(str(tmp_path) not in e.key for e in entries)
    for key in ("../takes", str(entries[0].folder), None, 3):
        with pytest.raises(UserError, match="not there any more"):
            shelf.entry(key)


def test_a_damaged_cache_is_no_harm(folder: Path, tmp_path: Path) -> None:
    shelf = Shelf([folder], tmp_path / "cache")
    entry = shelf.read()[0]
    shelf.measure(entry, load_take(entry.folder))
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_text(json.dumps({"faults": [{"kind": 1}]}))
    assert len(Shelf([folder], tmp_path / "cache").read()) == 3
