"""Public collections in their own layouts, made small here -> uniform files -> a corpus.

Known joint angles come out at known places, heights in metres, Y up, the floor at 0, the rate 30; every file
says its terms.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from public import (
    BREAK,
    POP,
    STANDING,
    TEST_POP,
    UNIT,
    dancer,
    dancing_cmu,
    dancing_robot,
    files,
    write_aistpp,
    write_amass,
    write_cmu,
    write_g1,
    write_human,
)

from dance_core.cli import main
from dance_core.corpus import collections, terms
from dance_core.corpus.aist_names import DANCES, IGNORED, basic_dances, read_name
from dance_core.corpus.clips import FLOOR_WORK, KNOWN_DANCE, Clip
from dance_core.corpus.cmu import load_cmu, trials
from dance_core.corpus.g1_moves import CLIPS
from dance_core.corpus.mocap import uniform_clips
from dance_core.corpus.recorded import Recording, convert, convert_all, read
from dance_core.errors import UserError
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.bvh import read_bvh
from dance_core.motion.files import load_npz
from dance_core.motion.floor import floor_of
from dance_core.motion.motion import Motion
from dance_core.settings import ROOT

SHARED = ROOT.parent / "shared" / "data"


# -- the uniform files -------------------------------------------------------------------------------
def test_every_file_is_uniform_and_says_its_terms(made: Path) -> None:
    with open(made / "index.csv", newline="", encoding="utf-8") as file:
        rows = {r["file"]: r for r in csv.DictReader(file)}
    assert set(rows) == {str(p.relative_to(made)) for p in made.rglob("*.npz")}
    assert {r["source"] for r in rows.values()} == {"aistpp", "g1_moves", "cmu_salsa", "mocap_mocap"}
    for name, row in rows.items():
        with np.load(made / name, allow_pickle=False) as told:
            assert str(told["licence"]) == row["licence"] != ""
            assert str(told["attribution"]) == row["attribution"]
            frames = int(row["frames30"])
            assert told["poses"].shape == (frames, 66) and told["trans"].shape == (frames, 3)
            assert told["mocap_framerate"] == 30 and told["contacts"].shape == (frames, 4)
        motion = load_npz(made / name)
        assert motion.fps == 30 and 4.0 <= motion.duration <= 8.05
        assert abs(floor_of(motion)) < 0.01
        places = kin.joints(motion, sk.BODY)
        assert places[0, 0, [0, 2]] == pytest.approx([0, 0], abs=1e-3)
        ahead = rot.rotate(rot.quaternion_from_axis_angle(motion.rotations[0, 0]), [0.0, 0.0, 1.0])
        assert ahead[0] == pytest.approx(0, abs=1e-3) and ahead[2] > 0.9
        assert (places[:, sk.HEAD, 1] - places[:, sk.LEFT_ANKLE, 1] > 1.2).all()  # Y up, in metres
        assert motion.translation[0, 1] == pytest.approx(sk.PELVIS_HEIGHT, abs=0.05)


def test_the_loader_knows_them(made: Path) -> None:
    found = uniform_clips(made)
    clips = {c.name: c for c in found.clips}
    assert not found.refused and len(clips) == 6
    party = clips["g1_moves/J_Dance7_Party"]
    assert (party.style, party.licence) == ("party", "CC BY 4.0") and "Chaiet" in party.attribution
    salsa = clips["cmu_salsa/60_01"]
    assert (salsa.style, salsa.group, salsa.licence) == ("salsa", "cmu_salsa/01", terms.CMU)
    own = clips["mocap_mocap/s1__swing_poses"]
    assert (own.style, own.licence, own.attribution) == ("modern", "CC BY-NC 4.0", "Somebody.")
    assert (clips[f"aistpp/{POP}"].tempo, clips[f"aistpp/{POP}"].split) == (80, "")
    assert clips[f"aistpp/{TEST_POP}"].split == "test"


def test_places_of_the_source_can_be_had_back(tmp_path: Path) -> None:
    motion = dancer()
    turn = rot.quaternion_about("y", 0.7)
    rotations = motion.rotations.copy()
    rotations[:, 0] = rot.axis_angle_from_quaternion(turn)
    far = Motion(60, rotations, motion.translation + np.float32([2, 0, -3]), motion.face)
    path = write_aistpp(tmp_path / "a", POP, far)
    convert(tmp_path / "out", Recording("aistpp", POP, str(path), "aistpp", "x", "y"))
    with np.load(tmp_path / "out" / "aistpp" / f"{POP}.npz") as told:
        back = rot.rotate(rot.quaternion_about("y", -told["yaw_applied"]), told["trans"])
        back = back + told["origin_applied"]
        scale = float(told["root_scale"])
    assert back[:, [0, 2]] / scale == pytest.approx(np.tile([2.0, -3.0], (len(back), 1)), abs=0.01)


# -- AIST++ ------------------------------------------------------------------------------------------
def test_an_aist_pose_keeps_its_arms_and_its_metres(tmp_path: Path) -> None:
    motion = dancer()
    path = write_aistpp(tmp_path, POP, motion, scaling=93.7)
    ours, _, _ = read(Recording("aistpp", POP, str(path), "aistpp", "", ""))
    before, after = kin.joints(motion, sk.BODY)[::2], kin.joints(ours, sk.BODY)
    for a, b in ((sk.LEFT_SHOULDER, sk.LEFT_ELBOW), (sk.RIGHT_ELBOW, sk.RIGHT_WRIST)):
        bones = [(p[:, b] - p[:, a]) / np.linalg.norm(p[:, b] - p[:, a], axis=-1)[:, None]
                 for p in (before, after)]
        assert np.degrees(np.arccos(np.clip((bones[0] * bones[1]).sum(-1), -1, 1)))[5:-5].max() < 3
    assert ours.translation[:, 1].mean() == pytest.approx(sk.PELVIS_HEIGHT, abs=0.02)


def test_beats_are_those_of_the_name(made: Path) -> None:
    with np.load(made / "aistpp" / f"{BREAK}.npz") as told:
        assert told["tempo_bpm"] == 90 and told["src_start_s"] == 0
        assert told["beat_times"] == pytest.approx(np.arange(12) * 60 / 90, abs=1e-5)


def test_names_follow_a_rule() -> None:
    names = basic_dances()
    assert len(set(names)) == 1200 and all(read_name(n) for n in names)
    assert len(IGNORED) == 45 and {n for n in IGNORED if "_sBM_" in n} <= set(names)
    assert "gWA_sBM_cAll_d26_mWA4_ch10" in names and "gWA_sBM_cAll_d26_mWA2_ch10" not in names
    if (SHARED / "motion" / "index.csv").is_file():
        with open(SHARED / "motion" / "index.csv", newline="", encoding="utf-8") as file:
            there = {r["clip"] for r in csv.DictReader(file) if r["source"].startswith("aistpp")}
        assert {n for n in there if "_sBM_" in n} <= set(names)


def test_a_part_of_aist_says_how_many_and_which_are_missing(tmp_path: Path) -> None:
    write_aistpp(tmp_path, POP, dancer())
    found = collections.aistpp(tmp_path)
    assert f"1 of {DANCES:,}" in found.said[0] and "1,319 are missing" in found.said[0]
    assert POP not in found.missing and BREAK in found.missing and not IGNORED & set(found.missing)
    write_aistpp(tmp_path, "notes", dancer())
    assert f"1 of {DANCES:,}" in collections.aistpp(tmp_path).said[0]
    assert collections.aistpp(tmp_path / "motions").recordings == found.recordings  # pickles alone
    listed = [n for n in basic_dances() if n not in IGNORED] + [f"x{i}" for i in range(200)]
    (tmp_path / "splits").mkdir()
    (tmp_path / "splits" / "all.txt").write_text("\n".join(listed) + "\n")
    found = collections.aistpp(tmp_path)
    assert set(found.missing) == set(listed) - {POP} and "all of them by name" in found.said[0]


def test_official_splits_and_the_ignore_list_are_kept(tmp_path: Path) -> None:
    bad = "gBR_sBM_cAll_d04_mBR0_ch08"
    for name in (BREAK, POP, TEST_POP, bad, "gPO_sBM_cAll_d11_mPO0_ch01", "notes"):
        write_aistpp(tmp_path / "a", name, dancer())
    (tmp_path / "a" / "splits").mkdir()
    for split, names in (("train", [BREAK, bad, "notes"]), ("val", [POP]), ("test", [TEST_POP])):
        (tmp_path / "a" / "splits" / f"crossmodal_{split}.txt").write_text("\n".join(names) + "\n")
    found = collections.aistpp(tmp_path / "a")
    assert [r[0] for r in found.left_out] == [f"aistpp/{bad}", "aistpp/gPO_sBM_cAll_d11_mPO0_ch01",
                                              "aistpp/notes"]
    convert_all(tmp_path / "out", found.recordings)
    clips = {c.name: c for c in uniform_clips(tmp_path / "out").clips}
    assert {(n.split("/")[1], c.split, c.group) for n, c in clips.items()} == {
        (BREAK, "train", f"aistpp/{BREAK}"), (POP, "val", f"aistpp/{POP}"),
        (TEST_POP, "test", "aistpp/gPO_mPO1")}


@pytest.mark.skipif(not (SHARED / "aistpp" / "motions").is_dir() or not (SHARED / "motion").is_dir(),
                    reason="the official AIST++ pickles and their conversions are not there")
def test_official_pickles_come_to_where_another_program_put_them(tmp_path: Path) -> None:
    found = collections.aistpp(SHARED / "aistpp")
    made = convert_all(tmp_path, found.recordings)
    assert [m.name for m in made if not m.rows] == ["aistpp/gBR_sBM_cAll_d04_mBR2_ch08"]
    for name in ("gBR_sBM_cAll_d04_mBR0_ch01", "gBR_sBM_cAll_d06_mBR2_ch06", "gJS_sBM_cAll_d03_mJS2_ch07"):
        ours, theirs = (load_npz(f / "aistpp" / f"{name}.npz") for f in (tmp_path, SHARED / "motion"))
        assert len(ours) == len(theirs)
        a, b = kin.joints(ours, sk.BODY), kin.joints(theirs, sk.BODY)
        apart = np.linalg.norm((a - a[:, :1]) - (b - b[:, :1]), axis=-1)
        assert apart.mean() < 0.025 and np.abs(a[:, 0] - b[:, 0]).mean(0).max() < 0.035


# -- G1 Moves ----------------------------------------------------------------------------------------
def test_a_dancers_own_bvh_is_taken_rather_than_the_robots_joints(tmp_path: Path) -> None:
    assert len(set(CLIPS)) == 28
    folder = tmp_path / "dance"
    write_g1(folder / "B_DadDance.csv", dancing_robot())
    write_g1(folder / "J_Dance3_Woah.csv", dancing_robot())
    write_human(folder / "B_DadDance.bvh", dancer(6.0))
    for clip in ("J_Dance3_Woah", "J_Dance1_Modern"):
        (folder / f"{clip}.bvh").write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    write_g1(folder / "training_log.csv", dancing_robot(0.1))
    found = collections.g1_moves(tmp_path)
    kinds = {r.clip: Path(r.path).suffix for r in found.recordings}
    assert kinds == {"B_DadDance": ".bvh", "J_Dance1_Modern": ".bvh", "J_Dance3_Woah": ".csv"}
    assert "3 of 28" in found.said[0] and "25 are missing" in found.said[0]
    made = {m.name: m for m in convert_all(tmp_path / "out", found.recordings)}
    assert "git lfs pull" in made["g1_moves/J_Dance1_Modern"].broken
    assert made["g1_moves/B_DadDance"].rows and made["g1_moves/J_Dance3_Woah"].rows
    ours = load_npz(tmp_path / "out" / "g1_moves" / "B_DadDance.npz")
    before = kin.joints(dancer(6.0, 30.0), sk.BODY)
    away = np.abs(kin.joints(ours, sk.BODY) - before[:len(ours)])[5:-5]
    assert away.max() < 0.05 and away.mean() < 0.01  # a third of the chest's turn is in another spine joint
    assert len(read_bvh(folder / "B_DadDance.bvh").names) == 51
    with pytest.raises(UserError, match="0 of the 28"):
        collections.g1_moves(tmp_path / "out")


# -- CMU ---------------------------------------------------------------------------------------------
def bone(motion: Motion, start: int, stop: int, frame: int = 0) -> np.ndarray:
    places = kin.joints(motion, sk.BODY)[frame]
    return (places[stop] - places[start]) / np.linalg.norm(places[stop] - places[start])


def test_known_angles_of_cgspeeds_figure_come_out_at_known_places(tmp_path: Path) -> None:
    pose = STANDING | {"LeftForeArm": (0, -90, 0), "RightArm": (0, 0, 40), "Spine": (0, 25, 0)}
    motion, scale = load_cmu(write_cmu(tmp_path / "60_01.bvh", [STANDING, pose]))
    assert motion.fps == 120 and len(motion) == 2  # without the pose that the conversion adds
    down, ahead = np.array([0.0, -1, 0]), np.array([0.0, 0, 1])
    for i in (0, 1):
        assert bone(motion, sk.LEFT_HIP + i, sk.LEFT_KNEE + i) == pytest.approx(down, abs=0.01)
        assert bone(motion, sk.LEFT_KNEE + i, sk.LEFT_ANKLE + i) == pytest.approx(down, abs=0.01)
    assert bone(motion, sk.LEFT_SHOULDER, sk.LEFT_WRIST) == pytest.approx([1, 0, 0], abs=0.01)
    turned = rot.rotate(rot.quaternion_about("y", np.radians(25)), ahead)
    assert bone(motion, sk.LEFT_ELBOW, sk.LEFT_WRIST, 1) == pytest.approx(turned, abs=0.01)
    arm = rot.rotate(rot.quaternion_about("y", np.radians(25)),
                     [-np.cos(np.radians(40)), -np.sin(np.radians(40)), 0])
    assert bone(motion, sk.RIGHT_SHOULDER, sk.RIGHT_WRIST, 1) == pytest.approx(arm, abs=0.01)
    # metres: its leg is ours
    assert scale == pytest.approx(sk.LEG / 14.5, rel=1e-5) and scale == pytest.approx(UNIT, rel=0.02)
    assert motion.translation[0, 1] == pytest.approx(sk.PELVIS_HEIGHT, abs=0.06)
    head = kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[:1]))[0, sk.HEAD]
    assert rot.geodesic(head, rot.IDENTITY) < 1e-6  # the added pose tilts it by 16°, the dancer doesn't


def test_what_is_the_captures_and_not_the_dances_is_taken_out(tmp_path: Path) -> None:
    """Subject 05 holds pelvis and head forward by as much, whatever it does; limbs and chest are right."""
    pose = STANDING | {"Hips": (15, 0, 0), "LowerBack": (-15, 0, 0), "Head": (19, 0, 0),
                       "LeftArm": (0, 0, -30)}
    worlds = {}
    for name in ("05_02", "60_02"):
        motion, _ = load_cmu(write_cmu(tmp_path / f"{name}.bvh", [pose]))
        worlds[name] = kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[:1, :sk.BODY]))[0]
    for joint in (sk.PELVIS, sk.SPINE3, sk.NECK, sk.HEAD):
        assert rot.geodesic(worlds["05_02"][joint], rot.IDENTITY) < 1e-6
    assert rot.geodesic(worlds["60_02"][sk.NECK], rot.quaternion_about("x", np.radians(9.5))) < 1e-6
    same = [sk.LEFT_HIP, sk.LEFT_KNEE, sk.SPINE3, sk.LEFT_SHOULDER]
    assert rot.geodesic(worlds["05_02"][same], worlds["60_02"][same]).max() < 1e-6


def test_channels_are_z_y_x_in_this_order(tmp_path: Path) -> None:
    motion, _ = load_cmu(write_cmu(tmp_path / "60_01.bvh", [STANDING | {"LeftArm": (30, 40, 50)}]))
    z, y, x = (rot.quaternion_about(a, np.radians(v)) for a, v in (("z", 50), ("y", 40), ("x", 30)))
    expected = rot.rotate(rot.multiply(z, rot.multiply(y, x)), [1.0, 0, 0])
    assert bone(motion, sk.LEFT_SHOULDER, sk.LEFT_ELBOW) == pytest.approx(expected, abs=0.01)


def test_a_release_without_the_added_pose_keeps_its_first_frame(tmp_path: Path) -> None:
    pose = STANDING | {"LeftArm": (0, 0, -70), "LeftLeg": (20, 0, 0), "Hips": (0, 30, 0)}
    motion, _ = load_cmu(write_cmu(tmp_path / "60_01.bvh", [pose, pose], t_pose=False))
    assert len(motion) == 2
    arm = bone(motion, sk.LEFT_SHOULDER, sk.LEFT_WRIST)
    assert arm[1] == pytest.approx(-np.sin(np.radians(70)), abs=0.01)


def test_the_rate_is_the_one_it_was_captured_at(tmp_path: Path) -> None:
    frames = dancing_cmu(5.0)
    seconds = {}
    for name in ("60_02", "93_03"):
        path = write_cmu(tmp_path / f"{name}.bvh", frames)
        motion, _, _ = read(Recording("cmu", name, str(path), "cmu", "", ""))
        seconds[name] = motion.duration
        assert motion.fps == 30
    assert seconds == pytest.approx({"60_02": 5.0, "93_03": 10.0}, abs=0.05)


def test_another_unit_is_told(tmp_path: Path) -> None:
    path = write_cmu(tmp_path / "60_01.bvh", [STANDING] * 3, scale=UNIT * 100)  # centimetres
    with pytest.raises(UserError, match=r"its leg is 4\.\d+ m long"):
        load_cmu(path)


def test_of_all_trials_the_dances_are_taken(tmp_path: Path) -> None:
    assert len({n for n, _ in trials()}) == len(list(trials())) == 117
    for name in ("60_08", "85_05", "143_35", "01_01"):
        write_cmu(tmp_path / "a" / f"{name}.bvh", dancing_cmu())
    found = collections.cmu(tmp_path / "a")
    assert {r.name for r in found.recordings} == {"cmu_salsa/60_08", "cmu_85/85_05", "cmu_party/143_35"}
    assert "3 of 117" in found.said[0] and "60_01" in found.missing
    convert_all(tmp_path / "out", found.recordings)
    clips = {c.name.split("/")[1]: c for c in uniform_clips(tmp_path / "out").clips}
    assert clips["85_05"].marks == (FLOOR_WORK,) and clips["143_35"].marks == (KNOWN_DANCE,)
    with pytest.raises(UserError, match="0 of the 117"):
        collections.cmu(tmp_path / "out")


# -- any folder --------------------------------------------------------------------------------------
def test_amass_is_stood_up_and_slowed_down(tmp_path: Path) -> None:
    motion = dancer(6.0, 120.0)
    path = write_amass(tmp_path / "a_poses.npz", motion)
    ours, _, _ = read(Recording("m", "a", str(path), "any", "", ""))
    assert ours.fps == 30 and len(ours) == 180
    before, after = kin.joints(motion, sk.BODY)[::4], kin.joints(ours, sk.BODY)
    before, after = before - before[:, :1], after - after[:, :1]
    assert np.abs(before - after)[5:-5].max() < 0.02
    assert ours.translation[:, 1] == pytest.approx(sk.PELVIS_HEIGHT, abs=0.02)


def test_fingers_that_were_captured_stay(tmp_path: Path) -> None:
    motion = dancer(5.0)
    motion.rotations[:, sk.LEFT_HAND] = [0.0, 0.0, -0.4]
    path = write_human(tmp_path / "a.bvh", motion)
    convert(tmp_path, Recording("m", "a", str(path), "any", "x", "", "modern"))
    back = load_npz(tmp_path / "m" / "a.npz")
    assert back.parts == {"body", "hands"}
    assert np.degrees(back.rotations[:, 26, 2]) == pytest.approx(np.degrees(-0.4), abs=3)


def test_files_of_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    for name in ("a/x.npz", "a__x.npz", "a/é.npz", "a/ü.npz"):
        write_amass(tmp_path / "m" / name, dancer(5.0))
    found = collections.any_folder(tmp_path / "m", "modern", "x", "")
    assert len({r.name for r in found.recordings}) == 4


def test_an_npz_that_says_its_terms_keeps_them(tmp_path: Path) -> None:
    write_amass(tmp_path / "a.npz", dancer(5.0), licence="CC0-1.0", attribution="Me")
    write_amass(tmp_path / "b.npz", dancer(5.0))
    found = collections.any_folder(tmp_path)
    assert [(r.licence, r.attribution) for r in found.recordings] == [("CC0-1.0", "Me"), ("unknown", "")]
    made = convert_all(tmp_path / "out", found.recordings)
    assert "terms of 1 file (unknown)" in collections.terms_said(found.recordings, made)


def test_uniform_files_are_taken_as_they_are(made: Path, tmp_path: Path) -> None:
    assert main(["corpus", "recorded", "--out", str(tmp_path / "again"), "--mocap", str(made)]) == 0
    before, after = files(made), files(tmp_path / "again")
    kept = [n for n in before if n.endswith(".npz") or n in ("index.csv", "TERMS.md")]
    assert len(kept) == 8 and all(before[n] == after[n] for n in kept)


@pytest.mark.skipif(not (SHARED / "motion" / "index.csv").is_file(),
                    reason="the recorded dances are not there")
def test_the_projects_uniform_files_are_taken_as_they_are(tmp_path: Path) -> None:
    found = collections.any_folder(SHARED / "motion", "modern", "unknown", "")
    some = [r for r in found.recordings if r.clip in ("60_01", "85_04", "gangnam_style")]
    assert len(found.recordings) == 111 and len(some) == 3 and not found.said
    convert_all(tmp_path, some)
    for r in some:
        assert (tmp_path / f"{r.name}.npz").read_bytes() == Path(r.path).read_bytes()
    clips = {c.name: c for c in uniform_clips(tmp_path).clips}
    theirs = {c.name: c for c in uniform_clips(SHARED / "motion").clips if c.name in clips}

    def told(c: Clip) -> tuple[object, ...]:
        return c.style, c.family, c.group, c.licence, c.attribution, c.tempo, c.split, c.marks

    assert {n: told(c) for n, c in clips.items()} == {n: told(c) for n, c in theirs.items()}


def test_an_index_that_is_none_gets_a_sentence(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "d")
    index = tmp_path / "d" / "index.csv"
    good = index.read_text(encoding="utf-8")
    index.write_text(good.replace(",gBR,,90,", ",gBR,,fast,"), encoding="utf-8")
    assert ["fast" in r.reason for r in uniform_clips(tmp_path / "d").refused] == [True]
    found = collections.any_folder(tmp_path / "d", "modern", "x", "")
    assert [m.name for m in convert_all(tmp_path / "out", found.recordings) if "fast" in m.broken] == [
        f"aistpp/{BREAK}"]
    index.write_text(good.replace("tempo_bpm", "tempo"), encoding="utf-8")
    with pytest.raises(UserError, match="lacks 1 columns: tempo_bpm"):
        uniform_clips(tmp_path / "d")
    index.write_bytes(b"source,clip\xff\n")
    with pytest.raises(UserError, match="UTF-8"):
        uniform_clips(tmp_path / "d")
    with pytest.raises(UserError, match="UTF-8"):
        collections.any_folder(tmp_path / "d", "modern", "x", "")


def test_an_index_leads_to_no_other_folder(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text("source,clip,file\n..,secret,../secret.npz\n")
    with pytest.raises(UserError, match="Row 1"):
        collections.any_folder(tmp_path, "modern", "", "")
