"""`import`: a file becomes a dance that is kept, checked and exported like any other, and says what it
guessed.
"""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from dance_core.cli import main
from dance_core.longform.take import load_take
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import Motion
from dance_core.motion.reading import read_motion


@pytest.fixture
def song(tmp_path: Path) -> Path:
    assert main(["corpus", "songs", "--style", "House", "--seed", "4", "--seconds", "8",
                 "--out", str(tmp_path / "songs")]) == 0
    return next((tmp_path / "songs").glob("*.flac"))


def edge(path: Path, frames: int = 300) -> Path:
    poses = np.zeros((frames, 72), np.float32)
    poses[:, 0] = np.pi / 2
    poses[:, 48] = 0.6 * np.sin(np.arange(frames) / 8)
    place = np.tile(np.float32([3.0, -2.0, 0.9]), (frames, 1))
    path.write_bytes(pickle.dumps({"smpl_poses": poses, "smpl_trans": place}))
    return path


def test_an_edge_pickle_becomes_a_dance(tmp_path: Path, song: Path,
                                        capsys: pytest.CaptureFixture[str]) -> None:
    edge(tmp_path / "a.pkl")
    capsys.readouterr()
    assert main(["import", str(tmp_path / "a.pkl"), "--song", str(song), "--out", str(tmp_path / "d"),
                 "--system", "EDGE (theirs)", "--style", "House"]) == 0
    told = capsys.readouterr()
    assert "30 were taken" in told.err and "10.0 s long and the song 8.0 s" in told.err
    assert "EDGE's pickle" in told.out
    take = load_take(tmp_path / "d")
    assert (take.generator, take.generator_title, take.style) == ("edge-theirs", "EDGE (theirs)", "gHO")
    assert len(take.motion) == 240 and take.motion.fps == 30
    assert np.abs(take.motion.translation[0, [0, 2]]).max() < 1e-6
    assert take.source is not None and take.source.frames == 300 and len(take.source.said) == 2
    assert json.loads((tmp_path / "d" / "take.json").read_text())["source"]["file"] == "a.pkl"
    assert main(["check", str(tmp_path / "d")]) in (0, 1)
    assert main(["export", str(tmp_path / "d"), "--format", "bvh", "--out", str(tmp_path / "out.bvh")]) == 0
    again = read_motion(tmp_path / "out.bvh").motion
    assert np.abs(kin.joints(again, 22) - kin.joints(take.motion, 22)).max() < 1e-3


def test_a_rate_can_be_given(tmp_path: Path, song: Path) -> None:
    edge(tmp_path / "a.pkl")
    assert main(["import", str(tmp_path / "a.pkl"), "--song", str(song), "--out", str(tmp_path / "d"),
                 "--fps", "60"]) == 0
    take = load_take(tmp_path / "d")
    assert take.motion.duration == pytest.approx(5.0) and take.source is not None and take.source.fps == 60


@pytest.mark.parametrize(("given", "says"), [
    (["none.npz"], "no motion file"), (["song.flac"], "a sound"), (["a.pkl", "--fps", "0.5"], "0.5"),
    (["short.pkl"], "0.10 s")])
def test_bad_input_is_one_sentence(tmp_path: Path, song: Path, capsys: pytest.CaptureFixture[str],
                                   given: list[str], says: str) -> None:
    edge(tmp_path / "a.pkl")
    edge(tmp_path / "short.pkl", 3)
    (tmp_path / "song.flac").write_bytes(song.read_bytes())
    capsys.readouterr()
    assert main(["import", str(tmp_path / given[0]), *given[1:], "--song", str(song),
                 "--out", str(tmp_path / "d")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and says in told[0]
    assert not (tmp_path / "d").exists()


def test_a_dance_of_ours_comes_back_as_it_is(tmp_path: Path, song: Path) -> None:
    rng = np.random.default_rng(0)
    from dance_core.motion.files import save_npz

    motion = Motion(30.0, 0.2 * rng.normal(size=(60, 55, 3)), rng.normal(size=(60, 3)),
                    rng.uniform(size=(60, 52)))
    save_npz(tmp_path / "a.npz", motion)
    assert main(["import", str(tmp_path / "a.npz"), "--song", str(song), "--out", str(tmp_path / "d")]) == 0
    take = load_take(tmp_path / "d")
    assert np.array_equal(take.motion.rotations, motion.rotations)
    assert np.array_equal(take.motion.face, motion.face)
    assert np.abs(take.motion.translation - motion.translation).max() < 1e-6
