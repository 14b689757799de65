"""A known dance is known by its name, whatever way it comes in: its style, which dance it is, its split."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from dances import clip as dancer_clip
from dances import pulsing, write_folder
from hypothesis import given
from hypothesis import strategies as st
from public import dancer, write_aistpp, write_amass

from dance_core.cli import main
from dance_core.cli.recorded import told_apart
from dance_core.corpus.aist_names import TEST_MUSIC, basic_dances, read_name
from dance_core.corpus.clips import TEST_TAG, Clip
from dance_core.corpus.mocap import folder_clips, uniform_clips
from dance_core.corpus.origins import origin_of, whole_clip
from dance_core.corpus.pairs import Corpus
from dance_core.corpus.plan import Order, load_clips, shelves
from dance_core.corpus.splits import check_parted, settled, share_out
from dance_core.errors import UserError
from dance_core.motion.files import save_npz
from dance_core.motion.motion import Motion

NEAR, TEST, FREE = "gWA_sBM_cAll_d25_mWA0_ch01", "gWA_sBM_cAll_d25_mWA0_ch02", "gWA_sBM_cAll_d25_mWA2_ch09"
SHAPES = ("{}", "{}_60fps", "60fps/{}", "60fps__{}", "{}_smpl", "{}-1", "{}~1", "{}_p3", "mirrored_{}", "M{}",
          "{}_mirror_p1", "{}.bvh", "{}_ik/motion", "set.{}.v2", "{}_slice12", "{}_120fps_retarget")
names = st.sampled_from(basic_dances())
shapes = st.sampled_from(SHAPES)


# -- names -------------------------------------------------------------------------------------------
@given(names, shapes, st.sampled_from(["cAll", "c01", "c9"]), st.sampled_from(["_", "-", ".", "__"]),
       st.sampled_from([str, str.lower, str.upper]))
def test_a_name_is_found_inside_a_longer_one(name: str, shape: str, camera: str, gap: str,
                                             case: Callable[[str], str]) -> None:
    written = shape.format(case(name.replace("cAll", camera).replace("_", gap)))
    told = read_name(written)
    assert told == read_name(name) and told is not None and told.sequence == name
    assert (f"m{name[1:3]}", told.split == "test") == (told.music[:3], told.music in TEST_MUSIC)


@pytest.mark.parametrize(("name", "sequence", "music"), [
    ("gBR_sGR_c01_d04_d05_mBR0_ch11", "", "mBR0"), ("waack to mWA0 (2)", "", "mWA0"),
    ("gWA_mWA0", "", "mWA0"),
    (f"{FREE}/{NEAR}", NEAR, "mWA0"), ("gWA_sFM_cAll_d25_mWA3_ch19", "gWA_sFM_cAll_d25_mWA3_ch19", "mWA3")])
def test_of_less_than_a_name_the_music_is_known(name: str, sequence: str, music: str) -> None:
    told = read_name(name)
    assert told is not None and (told.sequence, told.music) == (sequence, music)


@pytest.mark.parametrize("name", ["film", "mWA", "amWA0", "mWA01", "mXX0", "gWA_sBM", "60_01", ""])
def test_other_names_are_none_of_them(name: str) -> None:
    assert read_name(name) is None


def test_the_official_test_has_twenty_sequences() -> None:
    official = [n for n in basic_dances() if read_name(n).official_test]
    assert len(official) == 20 and TEST in official and NEAR not in official
    assert len({n[1:3] for n in official}) == 10


@given(names, shapes, st.sampled_from(["aistpp", "aistpp_positions", "mocap_mine", "x"]),
       st.sampled_from(["", "modern", "party"]), st.sampled_from(["", "train", "val", "test"]))
def test_a_name_says_more_than_its_source(name: str, shape: str, source: str, style: str, split: str) -> None:
    found, told = origin_of(source, shape.format(name), style, split), read_name(name)
    assert (found.style, found.family, found.dance) == (name[:3], f"aistpp-{name[:3]}", f"aistpp/{name}")
    if told.official_test or (told.split and split != "val"):
        assert (found.split, found.group) == ("test", told.group)
    else:
        assert found.split == split and found.group == (found.dance if split else told.group)


@pytest.mark.parametrize(("source", "clip", "group"), [
    ("cmu_salsa", "60_01", "cmu_salsa/01"), ("mocap_CMU", "60__60_01_poses", "cmu_salsa/01"),
    ("mocap_x", "cmu/61_01_120fps", "cmu_salsa/01"), ("cmu_85", "85_14_p1", "cmu_85/85_14"),
    ("mocap_x", "60_01", "mocap_x/60_01"), ("mocap_cmu", "99_01", "mocap_cmu/99_01"),
    ("g1_moves", "J_Dance1_Modern", "g1_moves/J_Dance1_Modern"),
    ("mocap_x", "capture__J_Dance11_Gnarly_60fps", "g1_moves/J_Dance11_Gnarly"),
    ("x", "60fps/a_mirrored_p1", "x/a"), ("x", "a-1", "x/a-1"), ("x", "swing_poses", "x/swing_poses")])
def test_copies_of_other_collections_are_the_same_dance(source: str, clip: str, group: str) -> None:
    found = origin_of(source, clip, "modern")
    assert (found.group, found.family, found.style, found.split) == (group, source, "modern", "")


def test_a_recording_is_its_parts_and_its_other_files() -> None:
    files = ("a", "a_p0", "a_60fps", "a_60fps_p2", "60fps/a", "a~1", "a_smplx")
    assert {whole_clip(n) for n in files} == {"a"}
    assert [whole_clip(n) for n in ("unmirrored_a", "_p0", "a_part", "90fps")] == [
        "unmirrored_a", "_p0", "a_part", "90fps"]


def test_a_split_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="'tset'"):
        origin_of("x", "a", "party", "tset")


# -- splits ------------------------------------------------------------------------------------------
def lying(source: str, name: str, split: str, seconds: int) -> Clip:
    frames = 30 * seconds
    motion = Motion(30, np.zeros((frames, 55, 3)), np.zeros((frames, 3)), np.zeros((frames, 52)))
    return origin_of(source, name, "party", split).clip(f"{source}/{name}", motion, "", "")


near_names = st.sampled_from([n for n in basic_dances() if n[:3] in ("gWA", "gPO") and n[-2:] < "04"])
clips = st.builds(lying, st.sampled_from(["aistpp", "mocap_x", "x"]), st.one_of(
    st.builds(str.format, shapes, near_names), st.builds("{}{}".format, st.sampled_from(["a", "60fps/b"]),
                                                         st.integers(0, 9))),
    st.sampled_from(["", "", "train", "val", "test"]), st.integers(4, 20))


@given(st.lists(clips, max_size=25))
def test_whatever_is_given_no_dance_is_in_two_splits_and_no_test_is_learned_from(some: list[Clip]) -> None:
    where: dict[str, set[str]] = {}
    for (split, _), held in shelves(settled(some)).items():
        for one in held:
            told = read_name(one.name)
            where.setdefault(told.sequence if told else one.group, set()).add(split)
            assert not (told and told.split and split == "train")
            assert not (told and told.official_test and split != "test")
            if told and told.split and split == "val":  # by an official list alone
                assert one.split == "val"
    assert all(len(splits) == 1 for splits in where.values())
    assert sum(len(held) for held in shelves(settled(some)).values()) == len(some)


def test_copies_that_were_told_apart_come_together() -> None:
    listed, copy, other = (lying(s, n, p, 9) for s, n, p in (
        ("aistpp", FREE, "train"), ("mocap_x", f"{FREE}_60fps", ""), ("mocap_x", f"{FREE[:-2]}08", "")))
    found = settled([listed, copy, other])
    assert [(c.group, c.split) for c in found] == [
        (f"aistpp/{FREE}", "train"), (f"aistpp/{FREE}", "train"), ("aistpp/gWA_mWA2", "")]
    same = [lying("x", "a", "train", 9), lying("x", "a_p1", "test", 9)]
    assert share_out(same) == {"x/a": "test"}


@pytest.mark.parametrize(("held", "said"), [
    ([("train", lying("x", "a", "", 4)), ("val", lying("x", "a_60fps", "", 4))], "'x/a' is in the splits"),
    ([("train", lying("x", NEAR, "", 4))], "official test"), ([("val", lying("x", NEAR, "", 4))], "official"),
    ([("val", lying("x", TEST, "val", 4))], "official test"),
    ([("train", replace(lying("x", NEAR, "val", 4), split="val"))], "official test"),
    ([("val", lying("x", "a", "test", 4))], "official test")])
def test_what_lies_in_a_wrong_split_is_found(held: list[tuple[str, Clip]], said: str) -> None:
    with pytest.raises(UserError, match=said):
        check_parted(held)


# -- every way in ------------------------------------------------------------------------------------
def test_every_loader_knows_a_dance_by_its_name(tmp_path: Path) -> None:
    motion = pulsing(np.arange(0.2, 6, 0.5), 6.0)
    write_aistpp(tmp_path / "aist", NEAR, dancer())
    (tmp_path / "mine" / "60fps").mkdir(parents=True)
    save_npz(tmp_path / "mine" / f"{NEAR}_60fps.npz", motion)
    save_npz(tmp_path / "mine" / "60fps" / f"{NEAR}-1.npz", motion)
    before = [replace(dancer_clip(f"60fps__{NEAR}", family="mocap_old"), style="modern"),
              dancer_clip(f"{NEAR}_p0", family="aistpp"), dancer_clip("other")]
    index = write_folder(tmp_path / "old", before)
    found = load_clips(Order(0.1, 0, str(index), "", str(tmp_path / "mine"))).clips
    official = load_clips(Order(0.1, 0, "", str(tmp_path / "aist"))).clips
    known = [c for c in (*found, *official) if NEAR in c.name]
    assert len(known) == 5 and len(found) == 5
    assert {(c.style, c.family, c.group, c.split, c.identity) for c in known} == {
        ("gWA", "aistpp-gWA", "aistpp/gWA_mWA0", "test", f"aistpp/{NEAR}")}
    both = load_clips(Order(0.1, 0, str(index), str(tmp_path / "aist")))
    assert [c.name for c in both.clips] == ["practice/other", f"aistpp/{NEAR}"]
    assert {r.name for r in both.refused} == {c.name for c in before[:2]}
    assert {split for (split, family) in shelves(found) if family == "aistpp-gWA"} == {"test"}


def test_files_of_one_name_and_pickles_are_told_apart(tmp_path: Path) -> None:
    for name in ("a.npz", "a.bvh", "b.npz", "c.pkl"):
        (tmp_path / name).write_bytes(b"rubbish")
    refused = {r.name.split("/")[1]: r.reason for r in folder_clips(tmp_path).refused}
    assert set(refused) == {"a.npz", "a.bvh", "b", "c"} and "pickle" in refused["c"]


def test_recorded_writes_what_the_name_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "some positions"
    for n, name in enumerate((f"{NEAR}_60fps", f"60fps/{TEST}", FREE, "swing")):
        write_amass(folder / f"{name}.npz", dancer(5.0, seed=n))
    for name in ("x/bad.npz", "y/bad.npz", "z/odd.pkl"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"PK rubbish")
    write_aistpp(folder / "w", f"{FREE}_copy", dancer(5.0))
    typed = ["corpus", "recorded", "--mocap", str(folder), "--out", str(tmp_path / "d")]
    assert main(typed) == 3
    said = capsys.readouterr()
    assert "terms of 5 files (unknown)" in said.out  # of those that were read
    lines = said.err.strip().splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == ["x/bad.npz", "y/bad.npz", "odd.pkl"]
    assert lines[-1] == "3 of 8 files could not be taken."
    with open(tmp_path / "d" / "index.csv", newline="", encoding="utf-8") as file:
        rows = {r["clip"]: (r["style"], r["split"], TEST_TAG in r["beat_note"]) for r in csv.DictReader(file)}
    assert rows == {f"{NEAR}_60fps": ("gWA", "test", False), f"60fps__{TEST}": ("gWA", "test", True),
                    FREE: ("gWA", "", False), f"w__motions__{FREE}_copy": ("gWA", "", False),
                    "swing": ("modern", "", False)}
    assert main(["corpus", "recorded", "--mocap", str(tmp_path / "d"), "--out", str(tmp_path / "e")]) == 0
    assert (tmp_path / "e" / "index.csv").read_text() == (tmp_path / "d" / "index.csv").read_text()
    index = tmp_path / "d" / "index.csv"  # as it was written before names were read
    index.write_text(index.read_text().replace(",gWA,test,", ",modern,,").replace(TEST_TAG, ""))
    assert main(["corpus", "recorded", "--mocap", str(tmp_path / "d"), "--out", str(tmp_path / "f")]) == 0
    for made in ("d", "f"):
        known = {c.name.split("/")[1]: (c.style, c.split) for c in uniform_clips(tmp_path / made).clips}
        assert known[f"{NEAR}_60fps"] == known[f"60fps__{TEST}"] == ("gWA", "test")


def test_a_path_is_told_by_as_little_as_will_do() -> None:
    assert told_apart(["/d/a/x.npz", "/d/b/x.npz", "/d/b/y.npz", "/e/b/x.npz", "x.npz", "/d/b/y.npz"]) == {
        "/d/a/x.npz": "a/x.npz", "/d/b/x.npz": "d/b/x.npz", "/e/b/x.npz": "e/b/x.npz", "/d/b/y.npz": "y.npz",
        "x.npz": "x.npz"}


# -- the corpus --------------------------------------------------------------------------------------
def test_a_corpus_counts_the_official_dances_of_each_split(tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dance_core.corpus.plan.STUDIO_SECONDS", (22.0, 24.0))
    some = [dancer_clip(n, seconds=8.0, seed=i, family="mocap_x") for i, n in enumerate(
        (TEST, f"60fps__{TEST}_60fps", f"{NEAR}-1", FREE, f"{FREE}_mirrored"))]
    dances = write_folder(tmp_path / "dances", some)
    assert main(["corpus", "build", "--out", str(tmp_path / "c"), "--hours", "0.02", "--no-debian",
                 "--dances", str(dances)]) == 0
    corpus = Corpus.open(tmp_path / "c")
    lines = [line for line in corpus.card.splitlines() if line.startswith(("| official", "| others to"))]
    assert lines[0].startswith("| official test sequences | 0 (0) | 0 (0) | 1 (")
    assert lines[1].startswith("| others to the music of these | 0 (0) | 0 (0) | 1 (")
    assert "| to other music | 1 (1) | 0 (0) | 0 (0) |" in corpus.card
    for row in corpus.rows:
        for name in row.dances:
            told = read_name(name)
            assert told is None or (row.split == "test") == bool(told.split)
