"""A Take comes back from its folder as it was, or is refused with a sentence; never half of one is left."""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from practice import Walker, job_for, same

from dance_core.errors import UserError
from dance_core.longform import take as module
from dance_core.longform.take import Fault, Take, is_take_id, load_take, new_take_id, save_take
from dance_core.motion.shape import checked, reshaped
from dance_core.music.beats import Beats
from dance_core.serving.local import LocalEngine, make_take
from dance_core.settings import Settings

JOB = job_for(Walker(), 16.0)


@pytest.fixture(scope="module")
def take() -> Take:
    with LocalEngine({"practice": Walker()}, Settings()) as engine:
        made = make_take(engine, JOB)
    return replace(made, faults=(Fault("slide", 1.0, 2.5, 3.25, 2.0, "left_foot", "cm"),),
                   title='Über "<b>${1}</b>"\n🎵')


def test_it_comes_back_as_it_was(take: Take, tmp_path: Path):
    folder = save_take(take, tmp_path / "a" / "dance", JOB.song)
    assert sorted(p.name for p in folder.iterdir()) == ["motion.npz", "song.flac", "take.json"]
    back = load_take(folder)
    for name in ("id", "title", "song_digest", "duration", "segments", "seams", "generator",
                 "generator_title", "style", "pose", "seed", "guidance", "timings", "faults", "alignment",
                 "reference_error", "created", "version"):
        assert getattr(back, name) == getattr(take, name), name
    assert np.array_equal(back.beats.times, take.beats.times)
    assert np.array_equal(back.beats.bar_position, take.beats.bar_position)
    assert np.array_equal(back.motion.rotations, take.motion.rotations)
    assert np.abs(back.motion.translation - take.motion.translation).max() < 1e-5  # through smplx's transl
    assert back.motion.parts == take.motion.parts and back.motion.fps == 30.0


def test_how_lively_it_was_to_be_is_kept_and_older_dances_were_told_nothing(take: Take, tmp_path: Path):
    folder = save_take(replace(take, energy=0.25), tmp_path / "dance")
    assert load_take(folder).energy == 0.25
    told = json.loads((folder / "take.json").read_text())
    del told["energy"]
    (folder / "take.json").write_text(json.dumps(told))
    assert load_take(folder).energy is None


def test_another_process_gets_it_whole(take: Take):
    back = pickle.loads(pickle.dumps(take))
    for field in fields(take):
        if field.name not in ("beats", "motion", "segments", "seams"):
            assert getattr(back, field.name) == getattr(take, field.name), field.name
    assert same(back.motion, take.motion) and np.array_equal(back.beats.times, take.beats.times)
    with pytest.raises(TypeError):
        back.timings["total"] = 0.0


@pytest.mark.parametrize(("betas", "words"), [((), "average"), ((-2.0, -1.0), "short"),
                                              ((1.0, 0.5), "1,0.5")])
def test_its_description_says_whose_body_it_is(take: Take, tmp_path: Path, betas: tuple[float, ...],
                                               words: str):
    other = replace(take, motion=reshaped(take.motion, checked(betas)))
    folder = save_take(other, tmp_path / "dance")
    assert json.loads((folder / "take.json").read_text())["build"] == words
    assert np.array_equal(load_take(folder).motion.betas, other.motion.betas)


def test_a_waltz_stays_one(take: Take, tmp_path: Path):
    times = np.arange(0.0, 6.0, 0.5)
    waltz = replace(take, beats=Beats(times, np.arange(12) % 3 + 1, 120.0, 1.0, 3))
    back = load_take(save_take(waltz, tmp_path / "dance")).beats
    assert back.beats_per_bar == 3 and np.array_equal(back.bar_position, waltz.beats.bar_position)


def test_the_motion_file_has_the_fields_own_layout(take: Take, tmp_path: Path):
    with np.load(save_take(take, tmp_path / "dance") / "motion.npz") as data:
        frames = len(take.motion)
        assert data["poses"].shape == (frames, 165) and data["trans"].shape == (frames, 3)
        assert data["face"].shape == (frames, 52) and float(data["mocap_frame_rate"]) == 30.0


def test_the_song_is_kept_sample_for_sample(take: Take, tmp_path: Path):
    samples, rate = soundfile.read(save_take(take, tmp_path / "dance", JOB.song) / "song.flac")
    assert rate == JOB.song.sample_rate and np.abs(samples - JOB.song.samples).max() < 2e-5


def test_saving_again_replaces_and_leaves_other_files_alone(take: Take, tmp_path: Path):
    folder = save_take(take, tmp_path / "dance")
    (folder / "notes.txt").write_text("mine")
    other = replace(take, id=new_take_id(), seed=77)
    save_take(other, folder)
    assert load_take(folder).seed == 77 and (folder / "notes.txt").read_text() == "mine"
    assert os.listdir(tmp_path) == ["dance"]


def test_into_an_empty_folder(take: Take, tmp_path: Path):
    (tmp_path / "dance").mkdir()
    assert load_take(save_take(take, tmp_path / "dance")).id == take.id


def test_a_file_in_its_place_is_a_sentence(take: Take, tmp_path: Path):
    (tmp_path / "dance").write_text("a file")
    with pytest.raises(UserError, match="'dance' is a file"):
        save_take(take, tmp_path / "dance")


@pytest.mark.parametrize("step", ["save_npz", "write_playback", "_digest", "_flush"])
def test_when_the_disk_is_full_nothing_is_left(take: Take, tmp_path: Path, monkeypatch, step: str):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, step, full)
    with pytest.raises(OSError, match="No space"):
        save_take(take, tmp_path / "dance", JOB.song)
    assert os.listdir(tmp_path) == []


def test_a_motion_of_another_dance_is_noticed(take: Take, tmp_path: Path):
    a = save_take(take, tmp_path / "a")
    other = replace(take, motion=replace(take.motion, face=take.motion.face + 0.5))
    b = save_take(other, tmp_path / "b")
    os.replace(b / "motion.npz", a / "motion.npz")
    with pytest.raises(UserError, match="motion.npz is damaged or belongs to another dance"):
        load_take(a)


def test_missing_and_foreign_folders_are_a_sentence(tmp_path: Path):
    with pytest.raises(UserError, match="'nowhere' holds no dance"):
        load_take(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="'empty' holds no dance"):
        load_take(tmp_path / "empty")


def rewritten(folder: Path, change) -> None:
    data = json.loads((folder / "take.json").read_text())
    change(data)
    (folder / "take.json").write_text(json.dumps(data))


@pytest.mark.parametrize("change", [
    lambda d: d.update(seed="7"), lambda d: d.update(seed=True), lambda d: d.update(seed=-1),
    lambda d: d.update(id="../../etc"), lambda d: d.update(title=5), lambda d: d.update(duration=0),
    lambda d: d.update(duration=float("nan")), lambda d: d.update(segments=[]),
    lambda d: d["segments"].pop(), lambda d: d["segments"].reverse(),
    lambda d: d["segments"][0].update(start="0"), lambda d: d["segments"][0].update(colour="red"),
    lambda d: d["seams"][0].update(ratio="rough"), lambda d: d["seams"][0]["before"].pop("velocity"),
    lambda d: d["faults"].append({"kind": "speed"}), lambda d: d["faults"][0].update(start_s=None),
    lambda d: d["beats"]["times"].reverse(), lambda d: d["beats"].update(times="abc"),
    lambda d: d.update(beats=None), lambda d: d.pop("style"), lambda d: d.update(parts=["tail"]),
    lambda d: d.update(timings=[1]), lambda d: d.update(timings={"total": {}}),
    lambda d: d.update(song_digest="zz"), lambda d: d.clear(), lambda d: d.update(seams=5),
])
def test_a_damaged_description_is_a_sentence(take: Take, tmp_path: Path, change):
    folder = save_take(take, tmp_path / "dance")
    load_take(folder)
    rewritten(folder, change)
    with pytest.raises(UserError):
        load_take(folder)


@pytest.mark.parametrize("text", ["[]", '"text"', "null", '{"version": 1}', "", "NaN", '{"version": 1e999}'])
def test_json_that_describes_no_dance_is_a_sentence(take: Take, tmp_path: Path, text: str):
    folder = save_take(take, tmp_path / "dance")
    (folder / "take.json").write_text(text)
    with pytest.raises(UserError):
        load_take(folder)


def test_a_later_version_says_so(take: Take, tmp_path: Path):
    folder = save_take(take, tmp_path / "dance")
    rewritten(folder, lambda d: d.update(version=9))
    with pytest.raises(UserError, match="version 9, but this program reads version 1"):
        load_take(folder)


@given(junk=st.binary(max_size=200))
def test_junk_is_a_sentence(take: Take, tmp_path_factory, junk: bytes):
    folder = tmp_path_factory.mktemp("junk")
    save_take(take, folder)
    (folder / "take.json").write_bytes(junk)
    with pytest.raises(UserError):
        load_take(folder)


def test_an_endless_description_is_not_read(take: Take, tmp_path: Path):
    folder = save_take(take, tmp_path / "dance")
    with open(folder / "take.json", "r+b") as file:
        file.truncate(40 * 2**20)
    with pytest.raises(UserError, match="40 MB"):
        load_take(folder)
    (folder / "take.json").write_text("[" * 100_000)
    with pytest.raises(UserError, match="damaged"):
        load_take(folder)


def test_ids_are_opaque_and_safe():
    ids = {new_take_id() for _ in range(500)}
    assert len(ids) == 500 and all(is_take_id(i) for i in ids)
    wrong = ("", "..", "a/b", "a" * 21, "a" * 23, "é" * 22, next(iter(ids)) + "\n")
    assert not any(is_take_id(x) for x in wrong)


def test_a_take_cannot_be_made_wrong(take: Take):
    for wrong in ({"id": "x"}, {"seed": 2**63}, {"duration": -1.0}, {"segments": take.segments[:-1]},
                  {"song_digest": "A" * 64}):
        with pytest.raises(ValueError):
            replace(take, **wrong)
    with pytest.raises(TypeError):
        take.timings["total"] = 0.0  # what is kept is what was measured
