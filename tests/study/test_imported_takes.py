"""A study of dances of other people's systems, read from their files: nothing but the dance differs."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np

from dance_core.generators import registry
from dance_core.longform.take import save_take
from dance_core.motion import rotations as rot
from dance_core.motion.bvh import save_bvh
from dance_core.motion.files import load_npz
from dance_core.motion.motion import Motion
from dance_core.motion.shape import build_named, reshaped
from dance_core.music.analysis import Analysis
from dance_core.music.decode import load_song
from dance_core.music.features import Features
from dance_core.pages.wire import pack_motion, unpack_motion
from dance_core.serving.importing import import_take
from dance_core.serving.local import LocalEngine
from dance_core.settings import ASSETS, Settings
from dance_core.study.design import parse_design
from dance_core.study.make import make_study
from tests.practice import steady_beats
from tests.study.studies import text


def moving(seconds: float) -> Motion:
    """A gallery pose whose trunk turns to and fro."""
    pose = load_npz(next((ASSETS / "poses").glob("*.npz")))
    rotations = np.repeat(pose.rotations[:1], round(30 * seconds), 0)
    rotations[:, 3, 1] += 0.4 * np.sin(np.arange(len(rotations)) / 7)
    place = np.repeat(pose.translation[:1], len(rotations), 0)
    return Motion(30.0, rotations, place, np.zeros((len(rotations), 52)))


def test_two_imported_systems_meet_in_a_study(tmp_path: Path) -> None:
    song = load_song(ASSETS / "songs" / "sunday-lights.ogg", title="Sunday Lights")
    beats = steady_beats(seconds=song.duration)
    analysis = Analysis(beats, Features(np.zeros((2, 1), np.float32), ("onset",), 30.0))
    dance = moving(9.0)
    z_up = rot.quaternion_about("x", np.pi / 2)
    poses = dance.rotations[:, :24].copy()
    poses[:, 0] = rot.axis_angle_from_quaternion(
        rot.multiply(z_up, rot.quaternion_from_axis_angle(poses[:, 0])))
    (tmp_path / "theirs.pkl").write_bytes(pickle.dumps({
        "smpl_poses": poses.reshape(len(poses), 72), "smpl_trans": rot.rotate(z_up,
                                                                              dance.translation) + 5.0}))
    tall = reshaped(dance, build_named("tall"))  # a body would tell the systems apart
    save_bvh(tmp_path / "other.bvh", tall, names="mixamo", units="m")
    for system, file in (("EDGE", "theirs.pkl"), ("Other", "other.bvh")):
        take = import_take(tmp_path / file, song, analysis, "gHO", system)
        assert take.motion.betas.any() == (system == "Other")
        save_take(take, tmp_path / f"takes-{system}" / "one")
    yaml = text(clip_seconds="3", blocks="[{kind: match, trials: 1}]",
                systems="[{name: edge, takes: takes-EDGE}, {name: other, takes: takes-Other}]",
                songs="\n  - {song: Sunday Lights, styles: [gHO], start: 4}")
    settings = Settings(data_dir=tmp_path / "d")
    with LocalEngine(registry(), settings) as engine:
        study = make_study(parse_design(yaml, tmp_path), yaml, tmp_path / "s", engine, settings, pack_motion)
    shown = [unpack_motion((study.files / clip.name).read_bytes())[0] for clip in study.clips.values()]
    assert len(shown) == 2 and {len(m) for m in shown} == {90}
    assert len({(study.files / clip.name).stat().st_size for clip in study.clips.values()}) == 1
    assert all(np.abs(m.translation[0, 1] - dance.translation[0, 1]) < 0.02 for m in shown)
