"""Visitors' files end; votes never do."""

from __future__ import annotations

import os
from pathlib import Path

from dance_core.pages.files import new_folder, sweep
from dance_core.settings import Settings


def put(path: Path, size: int, age_s: float, now: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    for p in (path, path.parent):
        os.utime(p, (now - age_s, now - age_s))
    return path


def test_what_is_too_old_goes_and_the_rest_stays(tmp_path: Path) -> None:
    settings, now = Settings(data_dir=tmp_path, keep_hours=2.0), 1e9
    old = put(settings.takes_dir / "old" / "motion.npz", 1000, 3 * 3600, now)
    upload = put(settings.web_dir / "digest" / "song.mp3", 1000, 3 * 3600, now)
    cached = put(settings.cache_dir / "analysis" / "a.npz", 1000, 3 * 3600, now)
    young = put(settings.takes_dir / "young" / "motion.npz", 1000, 3600, now)
    votes = put(settings.votes_csv, 1000, 99 * 3600, now)
    poses = put(settings.web_dir / "poses" / "ready.png", 1000, 99 * 3600, now)
    assert sweep(settings, now) >= 3000
    assert not old.parent.exists() and not upload.parent.exists() and not cached.exists()
    assert young.exists() and votes.exists() and poses.exists()


def test_a_dance_that_is_still_being_written_to_counts_as_young(tmp_path: Path) -> None:
    settings, now = Settings(data_dir=tmp_path, keep_hours=1.0), 1e9
    folder = settings.web_dir / "dances" / "one"
    put(folder / "0.dnc", 10, 2 * 3600, now)
    newest = put(folder / "120.dnc", 10, 60, now)
    sweep(settings, now)
    assert newest.exists()


def test_over_the_budget_the_oldest_go_first(tmp_path: Path) -> None:
    settings, now = Settings(data_dir=tmp_path, disk_budget_mb=0.25), 1e9
    files = [put(settings.web_dir / "dances" / str(i) / "f", 100_000, 3600 - 60 * i, now) for i in range(4)]
    sweep(settings, now)
    kept = [f.exists() for f in files]
    assert kept == [False, False, True, True]


def test_folders_have_names_that_nobody_guesses(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    names = {new_folder(settings).name for _ in range(20)}
    assert len(names) == 20 and min(map(len, names)) >= 22
