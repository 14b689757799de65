"""Recorded dances: AIST++ in its official layout, folders of mocap, the project's uniform files."""

from __future__ import annotations

import csv
import os
import pickle
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from dances import clip, pulsing, write_folder
from public import tipped

from dance_core.corpus.aist_names import TEST_MUSIC, read_name
from dance_core.corpus.aistpp import aistpp_clips, clean_parts, load_sequence, to_motion, usable_parts
from dance_core.corpus.clips import (
    FLOOR_TAG,
    FLOOR_WORK,
    KNOWN_DANCE,
    TEST_TAG,
    Clips,
    faults_of,
    must_stand,
    not_upright,
)
from dance_core.corpus.mocap import at_rate, folder_clips, uniform_clips
from dance_core.corpus.plan import shelves
from dance_core.corpus.splits import share_out
from dance_core.errors import UserError
from dance_core.motion import filters
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.bvh import save_bvh
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.floor import floor_of, on_floor
from dance_core.motion.motion import Motion
from dance_core.settings import ROOT

SHARED = ROOT.parent / "shared" / "data"
AIST, UNIFORM = SHARED / "aistpp", SHARED / "motion"
needs_aist = pytest.mark.skipif(not (AIST / "motions").is_dir(),
                                reason="the official AIST++ pickles are not there")
needs_uniform = pytest.mark.skipif(not (UNIFORM / "index.csv").is_file(),
                                   reason="the recorded dances are not there")


# -- pickles ----------------------------------------------------------------------------------------
def as_pickle(motion: Motion, scaling: float = 90.0, **changes: object) -> dict[str, object]:
    """An AIST++ dictionary of a motion at 60 Hz (of its pose alone)."""
    poses = np.zeros((len(motion), 24, 3), np.float32)
    poses[:, :22] = motion.rotations[:, :22]
    return {"smpl_loss": 1.0, "smpl_poses": poses.reshape(-1, 72), "smpl_scaling": np.array([scaling], "f4"),
            "smpl_trans": (motion.translation * scaling).astype(np.float32), **changes}


def dancing(seconds: float = 8.0) -> Motion:
    from dance_core.motion.resample import resample

    return resample(pulsing(np.arange(0.2, seconds, 0.5), seconds), 60.0, smooth=True)


def write(path: Path, content: object, protocol: int = 2) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(content, protocol))
    return path


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_a_pickle_of_arrays_is_read(tmp_path: Path, protocol: int) -> None:
    motion = dancing()
    poses, places = load_sequence(write(tmp_path / "a.pkl", as_pickle(motion), protocol))
    assert np.allclose(poses[:, :22], motion.rotations[:, :22], atol=1e-6)
    assert np.allclose(places, motion.translation, atol=1e-5)  # trans / scaling is in metres


class Nasty:
    def __reduce__(self) -> tuple:
        return os.mkdir, ("nasty",)


@pytest.mark.parametrize("content", [Nasty(), {"smpl_poses": Nasty()}, [print], {"a": Path("x")}])
def test_a_pickle_that_asks_for_anything_else_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                         content: object) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "a.pkl", content)
    with pytest.raises(UserError, match="never run"):
        load_sequence(path)
    assert not (tmp_path / "nasty").exists()


@pytest.mark.parametrize("changes", [
    {"smpl_poses": np.zeros((10, 66), np.float32)}, {"smpl_trans": np.zeros((3, 3), np.float32)},
    {"smpl_scaling": np.array([0.0])}, {"smpl_scaling": np.array([np.nan])},
    {"smpl_trans": np.array(["a"])}, {"smpl_poses": np.array([None, 1], dtype=object)}])
def test_a_pickle_of_another_layout_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(UserError):
        load_sequence(write(tmp_path / "a.pkl", as_pickle(dancing(), **changes)))
    (tmp_path / "b.pkl").write_bytes(b"\x80\x04rubbish")
    with pytest.raises(UserError, match="not a readable"):
        load_sequence(tmp_path / "b.pkl")


def told(name: str) -> tuple[str, float, str]:
    found = read_name(name)
    assert found is not None
    return found.family, found.tempo, found.split


def test_names_tell_genre_tempo_and_what_is_held_out() -> None:
    assert told("gBR_sBM_cAll_d04_mBR1_ch03") == ("aistpp-gBR", 90, "")
    assert told("gJS_sFM_cAll_d02_mJS5_ch09") == ("aistpp-gJS", 130, "")
    assert told("gBR_sBM_cAll_d04_mBR0_ch01") == ("aistpp-gBR", 80, "test")  # the music of a test sequence
    assert [told(f"gHO_sBM_cAll_d19_mHO{i}_ch01")[1] for i in range(6)] == [110, 115, 120, 125, 130, 135]
    assert told("gPO_sBM_cAll_d10_mPO7_ch01")[1] == 0
    assert read_name("my_dance") is None and read_name("gBR_dance") is None
    assert len(TEST_MUSIC) == len({m[1:3] for m in TEST_MUSIC}) == 10


def test_official_lists_are_respected_and_jumps_refused(tmp_path: Path) -> None:
    good, broken = dancing(), dancing()
    jumping = broken.rotations.copy()
    jumping[::20, 16] += 2.5
    names = [f"gPO_sBM_cAll_d10_mPO{i}_ch0{i}" for i in range(5)]
    for name in names[:4]:
        write(tmp_path / "motions" / f"{name}.pkl", as_pickle(good))
    write(tmp_path / "motions" / f"{names[4]}.pkl",
          as_pickle(Motion(60, jumping, broken.translation, broken.face)))
    (tmp_path / "splits").mkdir()
    for split, held in (("train", [names[0], names[4]]), ("val", names[1:2]), ("test", names[2:3])):
        (tmp_path / "splits" / f"crossmodal_{split}.txt").write_text("\n".join(held) + "\n")
    (tmp_path / "ignore_list.txt").write_text(names[2] + "\n")
    found = aistpp_clips(tmp_path)
    assert {(c.name.removeprefix("aistpp/"), c.split) for c in found.clips} == {(names[0], "train"),
                                                                              (names[1], "val")}
    reasons = {r.name: r.reason for r in found.refused}
    assert "ignore list" in reasons[names[2]] and "splits" in reasons[names[3]]
    assert "jumps" in reasons[names[4]]
    one = found.clips[0]
    assert (one.style, one.family, one.tempo, one.licence) == ("gPO", "aistpp-gPO", 80, "CC BY 4.0")
    assert one.motion.fps == 30 and len(one.motion) == 240 and one.motion.parts == {"body"}
    with pytest.raises(UserError, match="0 pickles"):
        aistpp_clips(tmp_path / "splits")
    shutil.rmtree(tmp_path / "splits")  # without lists: by the music
    assert {(c.group, c.split) for c in aistpp_clips(tmp_path).clips} == {
        ("aistpp/gPO_mPO0", ""), ("aistpp/gPO_mPO1", "test"), ("aistpp/gPO_mPO3", "")}


def test_a_jump_cuts_a_sequence_in_two() -> None:
    motion = pulsing(np.arange(0.2, 12, 0.5), 12.0)
    turned = motion.rotations.copy()
    turned[180, 17] += 2.0
    parts = clean_parts(Motion(30, turned, motion.translation, motion.face))
    assert len(parts) == 2 and parts[0][0] == 0 and parts[1][1] == 360
    assert 170 <= parts[0][1] <= 179 and 181 <= parts[1][0] <= 190
    assert clean_parts(motion) == [(0, 360)]


@cache
def official() -> dict[str, Motion]:
    return {p.stem: to_motion(*load_sequence(p)) for p in sorted((AIST / "motions").glob("*.pkl"))}


@needs_aist
@needs_uniform
def test_official_pickles_agree_with_the_conversions_beside_them() -> None:
    """Made by another program: joints about the pelvis agree to 2.5 cm on average, every joint's mean to
    10 cm (knees differ most: it planted feet in another way); the pelvis' way along the floor to 5 mm, its
    height to 4 cm."""
    compared = 0
    for path in sorted((UNIFORM / "aistpp").glob("*.npz")):
        name = path.stem.split("_p")[0] if "_p" in path.stem else path.stem
        with np.load(path) as told:
            first, yaw = round(float(told["src_start_s"]) * 30), float(told["yaw_applied"])
        theirs = load_npz(path)
        ours = official()[name].slice(first, first + len(theirs))
        n = min(len(ours), len(theirs))
        a, b = kin.joints(ours.slice(0, n), 22), kin.joints(theirs.slice(0, n), 22)
        a = rot.rotate(rot.quaternion_about("y", yaw), a - a[:1, :1] * [1, 0, 1])
        apart = np.linalg.norm((a - a[:, :1]) - (b - b[:, :1]), axis=-1)
        assert apart.mean() < 0.025 and apart.mean(0).max() < 0.10
        assert np.linalg.norm(a[:, 0, [0, 2]] - b[:, 0, [0, 2]], axis=-1).mean() < 0.005
        assert np.abs(a[:, 0, 1] - b[:, 0, 1]).mean() < 0.04
        compared += 1
    assert compared == 5


@needs_aist
def test_the_five_official_sequences() -> None:
    found = aistpp_clips(AIST)
    assert [r.name for r in found.refused] == ["gBR_sBM_cAll_d04_mBR2_ch08"]  # floor work, the fit jumps
    assert {(c.group, c.split) for c in found.clips} == {
        ("aistpp/gBR_mBR0", "test"), ("aistpp/gBR_mBR2", ""), ("aistpp/gJS_mJS2", ""),
        ("aistpp/gJS_mJS4", "")}
    for c in found.clips:
        assert filters.joint_speed(c.motion).max() < 11
        assert abs(floor_of(c.motion)) < 0.02


# -- folders ----------------------------------------------------------------------------------------
def test_any_folder_of_npz_and_bvh(tmp_path: Path) -> None:
    motion = pulsing(np.arange(0.2, 6, 0.5), 6.0)
    raised = Motion(30, motion.rotations, motion.translation + np.float32(0.4), motion.face)
    save_npz(tmp_path / "a.npz", raised)
    (tmp_path / "sub").mkdir()
    save_bvh(tmp_path / "sub" / "b.bvh", motion)
    np.savez(tmp_path / "c.npz", poses=np.zeros((200, 156)), trans=np.zeros((200, 3)), mocap_framerate=120.0)
    (tmp_path / "d.npz").write_bytes(b"nothing")
    save_npz(tmp_path / "e.npz", motion.slice(0, 60))
    (tmp_path / "notes.txt").write_text("no dance")
    found = folder_clips(tmp_path, "modern", "CC0-1.0", "Me")
    names = {c.name.split("/", 1)[1]: c for c in found.clips}
    assert set(names) == {"a", "sub/b"}
    assert all((c.style, c.licence, c.attribution, c.motion.fps) == ("modern", "CC0-1.0", "Me", 30)
               for c in found.clips)
    assert abs(floor_of(names["a"].motion)) < 1e-3  # set on the floor
    assert np.allclose(kin.joints(names["a"].motion, 22), kin.joints(names["sub/b"].motion, 22), atol=5e-3)
    reasons = {r.name.split("/", 1)[1]: r.reason for r in found.refused}
    assert set(reasons) == {"c", "d", "e"}
    assert "2.0 s" in reasons["e"] and "not a readable" in reasons["d"]
    with pytest.raises(UserError, match="no folder"):
        folder_clips(tmp_path / "nowhere")


def test_the_floor_is_where_the_dancer_stands_not_where_one_frame_sinks() -> None:
    motion = pulsing(np.arange(0.2, 6, 0.5), 6.0)
    places = motion.translation.copy()
    places[:, 1] += 0.3
    places[50] -= [0, 0.2, 0]  # a bad frame
    places[100:115, 1] += 0.3  # a hop
    placed = on_floor(Motion(30, motion.rotations, places, motion.face))
    assert abs(float(np.median(placed.translation[:, 1])) - sk.PELVIS_HEIGHT) < 0.005


def test_stretches_that_are_too_short_between_jumps_are_not_called_unclean() -> None:
    motion = pulsing(np.arange(0.2, 7, 0.5), 7.0)
    assert usable_parts(motion) == ([(0, 210)], "")
    assert usable_parts(motion.slice(0, 119)) == ([], "it lasts 3.9 s, and at least 4 s are needed")
    turned = motion.rotations.copy()
    turned[105, 17] += 2.0
    parts, reason = usable_parts(Motion(30, turned, motion.translation, motion.face))
    assert not parts
    assert reason == "it jumps: only 0.0 of 7.0 s are in stretches of 4 s or longer without a jump"


def test_going_down_in_rate_keeps_the_dance() -> None:
    fast = dancing()
    slow = at_rate(fast)
    assert slow.fps == 30 and len(slow) == len(fast) // 2
    assert np.abs(kin.joints(slow, 22)[5:-5] - kin.joints(fast, 22)[::2][5:-5]).max() < 0.01


def test_what_is_no_use_is_said() -> None:
    motion = pulsing(np.arange(0.2, 6, 0.5), 6.0)
    assert faults_of(motion) == ""
    assert "3.0 s" in faults_of(motion.slice(0, 90))
    jump = motion.translation.copy()
    jump[90:] += np.float32(2.0)
    assert "m/s" in faults_of(Motion(30, motion.rotations, jump, motion.face))
    assert "off the floor" in faults_of(Motion(30, motion.rotations, motion.translation + np.float32(1.0),
                                               motion.face))
    still = np.repeat(motion.rotations[:1], len(motion), 0)
    assert "hardly moves" in faults_of(Motion(30, still, motion.translation, motion.face))


def test_who_lies_or_is_head_down_for_a_while_is_taken_and_for_most_of_the_time_is_not() -> None:
    motion = pulsing(np.arange(0.2, 6, 0.5), 6.0)
    down = tipped(motion, 180.0)
    for share, fine in ((0.4, True), (0.6, False)):
        first = round(share * len(motion))
        places = motion.translation.copy()  # on its hands, its pelvis where it was
        rotations = np.concatenate([down.rotations[:first], motion.rotations[first:]])
        assert (not_upright(Motion(30, rotations, places, motion.face)) == "") == fine
    lying = not_upright(on_floor(tipped(motion, 84.0)))
    assert re.match(r"its head is 0\.0\d m above its pelvis .*, and at least 0\.1 m above are needed", lying)
    assert "Y does not point up" in not_upright(on_floor(tipped(motion, -92.0)))
    sunk = Motion(30, motion.rotations, motion.translation - np.float32([0, 1.5, 0]), motion.face)
    assert re.match(r"its pelvis is 0\.\d\d m below the floor", not_upright(sunk))
    with pytest.raises(UserError, match="Y seems to point down"):
        must_stand(on_floor(down))
    assert "Y seems to point down" in faults_of(on_floor(down))


def test_uniform_files_with_their_index(tmp_path: Path) -> None:
    clips = [clip("a"), clip("b_p0"), clip("b_p1"), clip("gone")]
    write_folder(tmp_path, clips)
    (tmp_path / "practice" / "gone.npz").unlink()
    found = uniform_clips(tmp_path)
    assert [c.name for c in found.clips] == ["practice/a", "practice/b_p0", "practice/b_p1"]
    assert found.clips[1].group == found.clips[2].group == "practice/b"
    assert found.clips[0].tempo == 120 and found.clips[0].attribution == "Made by a test."
    assert [r.name for r in found.refused] == ["practice/gone"]
    shutil.rmtree(tmp_path / "practice")
    (tmp_path / "index.csv").unlink()
    with pytest.raises(UserError, match="index.csv"):
        uniform_clips(tmp_path)


def test_an_index_says_what_is_held_out_and_what_stays_on_the_floor(tmp_path: Path) -> None:
    near, far, other = (f"gWA_sBM_cAll_d25_m{m}" for m in ("WA0_ch01", "WA2_ch09", "WA3_ch03_p0"))
    clips = [replace(clip(n, family="aistpp_positions"), style="") for n in (near, far, other)]
    clips += [clip("spin"), clip("test"), replace(clip("x", family="unheard_of"), style="")]
    found = uniform_clips(write_folder(tmp_path, clips, {
        "practice/spin": f"break, {FLOOR_TAG}; s R=0.4", "practice/test": f"{TEST_TAG}; nominal BPM"}))
    known = {c.name.split("/")[1]: c for c in found.clips}
    assert {(known[n].style, known[n].family) for n in (near, far, other)} == {("gWA", "aistpp-gWA")}
    assert [known[n].group for n in (near, far, other)] == [f"aistpp/gWA_mWA{i}" for i in (0, 2, 3)]
    assert [known[n].split for n in (near, far, other, "spin", "test")] == ["test", "", "", "", "test"]
    assert known["spin"].marks == (FLOOR_WORK,) and not known["spin"].arrangeable
    assert not known["test"].marks and known["test"].arrangeable
    assert [r.name for r in found.refused] == ["unheard_of/x"] and "style" in found.refused[0].reason


@cache
def project() -> Clips:
    return uniform_clips(UNIFORM)


@needs_uniform
def test_the_recorded_dances_of_the_project() -> None:
    found = project()
    assert len(found.clips) == 111 and not found.refused
    assert found.seconds == pytest.approx(2259, abs=5)
    genres = {f"g{g}" for g in ("BR", "PO", "LO", "MH", "LH", "HO", "WA", "KR", "JS", "JB")}
    assert {c.style for c in found.clips} == genres | {"salsa", "party", "modern"}
    pairs = {c.name.split("/")[1]: c.group for c in found.clips if c.family == "cmu_salsa"}
    assert all(pairs[f"60_{n}"] == pairs[f"61_{n}"] for n in ("01", "07", "15"))  # partners stay together
    assert all(c.licence and c.attribution for c in found.clips)


@needs_uniform
def test_what_of_them_is_held_out_and_what_is_only_measured() -> None:
    clips = project().clips
    splits = share_out(clips)
    with open(UNIFORM / "index.csv", newline="", encoding="utf-8") as file:
        official = {f"{r['source']}/{r['clip']}" for r in csv.DictReader(file) if TEST_TAG in r["beat_note"]}
    near = {"aistpp_positions/gWA_sBM_cAll_d25_mWA0_ch01", "aistpp/gBR_sBM_cAll_d04_mBR0_ch01"}
    assert len(official) == 20
    assert {c.name for c in clips if c.split == "test"} == official | near
    assert all(splits[c.group] == "test" for c in clips if c.name in official | near)
    assert {c.name: c.marks for c in clips if c.marks} == {
        "g1_unitree/gangnam_style": (KNOWN_DANCE,),
        **{f"cmu_85/{n}": (FLOOR_WORK,) for n in ("85_04", "85_12", "85_14_p1")}}
    held = {c.name: where for where, of in shelves(clips).items() for c in of}
    assert set(held) == {c.name for c in clips if not c.marks}
    assert held["cmu_85/85_03"] == ("train", "cmu_85") and held["g1_unitree/Take_102"][0] == "train"
