"""`corpus recorded` from a terminal: resumed, interrupted, with broken files; and a corpus of that."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from dances import write_folder
from public import (
    POP,
    dancer,
    dancing_robot,
    files,
    order,
    tipped,
    write_aistpp,
    write_amass,
    write_g1,
    write_human,
)

from dance_core.cli import main
from dance_core.corpus import collections
from dance_core.corpus.aistpp import aistpp_clips
from dance_core.corpus.clips import Clip
from dance_core.corpus.mocap import folder_clips, uniform_clips
from dance_core.corpus.pairs import Corpus
from dance_core.corpus.recorded import awake, convert_all
from dance_core.motion import kinematics as kin
from dance_core.motion import skeleton as sk
from dance_core.motion.bvh import save_bvh
from dance_core.motion.files import load_npz, save_npz
from dance_core.motion.motion import Motion
from dance_core.motion.resample import resample


# -- the run -----------------------------------------------------------------------------------------
def test_what_is_there_is_kept_and_what_changed_is_made_again(downloads: Path, tmp_path: Path) -> None:
    shutil.copytree(downloads, tmp_path / "d")
    out = tmp_path / "out"
    typed = order(tmp_path / "d", out)
    assert main(typed) == 0
    first, times = files(out), {p: p.stat().st_mtime_ns for p in out.rglob("*.npz")}
    assert main(typed) == 0
    assert files(out) == first and {p: p.stat().st_mtime_ns for p in out.rglob("*.npz")} == times
    (out / "cmu_salsa" / "60_01.npz").unlink()
    write_aistpp(tmp_path / "d" / "aist", POP, dancer(seed=9))
    assert main(typed) == 0
    again = files(out)
    assert again["cmu_salsa/60_01.npz"] == first["cmu_salsa/60_01.npz"]
    assert {n for n in again if n.endswith(".npz") and again[n] != first[n]} == {f"aistpp/{POP}.npz"}
    assert {p for p, t in times.items() if p.stat().st_mtime_ns != t} == {
        out / "cmu_salsa" / "60_01.npz", out / "aistpp" / f"{POP}.npz"}
    (tmp_path / "d" / "aist" / "motions" / f"{POP}.pkl").write_bytes(b"rubbish")  # nothing old is left of it
    assert main(typed) == 3
    assert not (out / "aistpp" / f"{POP}.npz").exists() and POP not in (out / "index.csv").read_text()


def test_collections_may_come_one_after_another(downloads: Path, made: Path, tmp_path: Path) -> None:
    for option, name in (("--aistpp", "aist"), ("--g1", "g1"), ("--cmu", "cmu")):
        assert main(["corpus", "recorded", "--out", str(tmp_path), option, str(downloads / name)]) == 0
    one, other = ({line for line in (f / "index.csv").read_text().splitlines() if "mocap" not in line}
                  for f in (tmp_path, made))
    assert one == other


def test_what_is_in_two_folders_is_taken_once(downloads: Path, made: Path, tmp_path: Path,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "recorded", "--out", str(tmp_path), "--aistpp", str(downloads / "aist"),
                 "--mocap", str(made)]) == 0
    assert "--mocap: 3 of its dances are in another folder too" in capsys.readouterr().out
    assert {n: b for n, b in files(tmp_path).items() if n.endswith(".npz")} == {
        n: b for n, b in files(made).items() if n.endswith(".npz")}


def test_an_interrupted_run_leaves_whole_files_and_an_index(downloads: Path, tmp_path: Path) -> None:
    found = collections.aistpp(downloads / "aist")

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert_all(tmp_path, found.recordings, progress=stop)
    assert len(uniform_clips(tmp_path).clips) == 2 and not list(tmp_path.rglob(".tmp-*"))
    assert len(convert_all(tmp_path, found.recordings)) == 3 and len(uniform_clips(tmp_path).clips) == 3


@pytest.mark.parametrize(("collection", "write", "made_of"), [
    ("aistpp", lambda folder, motion: write_aistpp(folder, POP, motion), 60.0),
    ("mocap", lambda folder, motion: write_amass(folder / "a.npz", motion), 60.0)])
def test_a_clean_dance_that_is_too_short_is_called_that(tmp_path: Path, collection: str, made_of: float,
                                                        write: Callable[[Path, Motion], Path]) -> None:
    for seconds, told in ((3.0, "3.0"), (119 / 30, "3.9")):
        write(tmp_path / "in", dancer(seconds, made_of))
        assert main(["corpus", "recorded", "--out", str(tmp_path / "out"), f"--{collection}",
                     str(tmp_path / "in")]) == 0
        reason = (tmp_path / "out" / "left-out.txt").read_text().split(": ", 1)[1]
        assert reason == f"it lasts {told} s, and at least 4 s are needed\n"


def write_uniform(folder: Path, motion: Motion) -> Path:
    return write_folder(folder, [Clip("practice/a", "practice", "party", "practice/a", resample(motion, 30.0),
                                      "CC0-1.0", "Me")])


WAYS: dict[str, tuple[str, Callable[[Path, Motion], Path]]] = {
    "npz": ("mocap", lambda folder, motion: save_npz(folder / "a.npz", motion) or folder),
    "BVH": ("mocap", lambda folder, motion: save_bvh(folder / "a.bvh", motion) or folder),
    "pickle": ("mocap", lambda folder, motion: write_aistpp(folder, POP, motion)),
    "AIST++": ("aistpp", lambda folder, motion: write_aistpp(folder, POP, motion)),
    "G1 Moves": ("g1", lambda folder, motion: write_human(folder / "J_Dance1_Modern.bvh", motion)),
    "uniform": ("mocap", write_uniform)}


JUDGED = ("BVH", "G1 Moves")  # say nowhere which way is up: the reader sees it, and turns them


@pytest.mark.parametrize("way", JUDGED)
def test_files_that_do_not_say_which_way_is_up_come_in_upright(tmp_path: Path, way: str) -> None:
    option, put = WAYS[way]
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", tipped(dancer(5.0), 180.0))
    typed = ["corpus", "recorded", "--out", str(tmp_path / "out"), f"--{option}", str(tmp_path / "in")]
    assert main(typed) == 0
    upright, = (load_npz(path) for path in (tmp_path / "out").rglob("*.npz"))
    joints = kin.joints(upright, 22)
    assert np.median(joints[:, sk.HEAD, 1] - joints[:, 0, 1]) > 0.4


@pytest.mark.parametrize("way", [w for w in WAYS if w not in JUDGED])
def test_nobody_comes_in_head_down_whatever_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                    way: str) -> None:
    option, put = WAYS[way]
    (tmp_path / "in").mkdir()
    typed = ["corpus", "recorded", "--out", str(tmp_path / "out"), f"--{option}", str(tmp_path / "in")]
    put(tmp_path / "in", dancer(5.0))
    assert main(typed) == 0 and len(list((tmp_path / "out").rglob("*.npz"))) == 1
    capsys.readouterr()
    put(tmp_path / "in", tipped(dancer(5.0), 180.0))
    assert main(typed) == 3
    said = capsys.readouterr().err.splitlines()
    told = r"its head is 0\.\d\d m below its pelvis \(median over the clip\): Y seems to point down"
    assert re.fullmatch(r"\w+\.\w+: " + told, said[0])
    assert said[1:] == ["1 of 1 files could not be taken."]
    assert not list((tmp_path / "out").rglob("*.npz"))  # nor is anything left of it that once stood
    # corpus build, which is given the same folder, refuses it with the same sentence
    if way == "pickle":
        return
    reader = {"AIST++": aistpp_clips, "uniform": uniform_clips}.get(way, folder_clips)
    found = reader(tmp_path / "in")
    assert not found.clips and [re.fullmatch(told, r.reason) is not None for r in found.refused] == [True]


def test_a_broken_file_is_named_and_the_others_go_on(downloads: Path, tmp_path: Path,
                                                     capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(downloads, tmp_path / "d")
    (tmp_path / "d" / "aist" / "motions" / f"{POP}.pkl").write_bytes(b"\x80\x04rubbish")
    (tmp_path / "d" / "mocap" / "bad.npz").write_bytes(b"PK rubbish")
    (tmp_path / "d" / "mocap" / "bad.bvh").write_text("HIERARCHY\nROOT a\n{\n")
    write_g1(tmp_path / "d" / "g1" / "J_Dance1_Modern.csv", dancing_robot()[:, :30])
    assert main(order(tmp_path / "d", tmp_path / "out")) == 3
    said = capsys.readouterr()
    lines = said.err.strip().splitlines()
    assert lines[-1] == "4 of 9 files could not be taken." and len(lines) == 5
    assert any(f"{POP}.pkl: " in line for line in lines)
    assert any("Row 1" in line and "30" in line for line in lines)
    assert len(uniform_clips(tmp_path / "out").clips) == 5
    assert "1,317" in said.out and "no" in said.out


def test_several_processes_make_the_same_files(downloads: Path, made: Path, tmp_path: Path) -> None:
    assert main(["corpus", "recorded", "--out", str(tmp_path), "--aistpp", str(downloads / "aist"), "--jobs",
                 "2"]) == 0
    ours = files(tmp_path)
    assert all(ours[n] == b for n, b in files(made).items() if n.startswith("aistpp") and n.endswith("npz"))


def test_standing_about_at_both_ends_is_cut_off() -> None:
    motion = dancer(8.0, 30.0)
    still = Motion(30, np.repeat(motion.rotations[:1], 120, 0), np.repeat(motion.translation[:1], 120, 0),
                   np.zeros((120, 52)))
    last = Motion(30, np.repeat(motion.rotations[-1:], 120, 0), np.repeat(motion.translation[-1:], 120, 0),
                  np.zeros((120, 52)))
    whole = Motion.join([still, motion, last])
    a, b = awake(whole, 0, len(whole))
    assert 100 <= a <= 126 and 340 <= b <= 380
    assert awake(still, 0, 120) == (0, 0)


@pytest.mark.parametrize(("more", "said"), [
    ([], "0 folders"), *((["--" + option, folder], said) for option in ("aistpp", "g1", "cmu", "mocap")
                         for folder, said in (("/no/where", "There is no folder '/no/where'"),
                                              (__file__, f"{__file__!r} is a file"))),
    (["--jobs", "0"], "0"), (["--mocap", "nowhere", "--mocap-style", "polka"], "polka")])
def test_bad_orders_get_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str],
                                   said: str) -> None:
    assert main(["corpus", "recorded", "--out", str(tmp_path / "c"), *more]) == 2
    told = capsys.readouterr().err.strip()
    assert said in told and "\n" not in told and not (tmp_path / "c").exists()


def test_the_source_is_never_written_into(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "recorded", "--out", str(made), "--mocap", str(made)]) == 2
    assert "same folder" in capsys.readouterr().err
    assert main(["corpus", "recorded", "--out", str(made / "index.csv"), "--mocap", str(made)]) == 2
    assert "is a file" in capsys.readouterr().err


# -- the corpus --------------------------------------------------------------------------------------
def test_a_corpus_is_built_of_them_and_says_their_terms(downloads: Path, tmp_path: Path,
                                                       capsys: pytest.CaptureFixture[str],
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dance_core.corpus.plan.STUDIO_SECONDS", (22.0, 24.0))
    out, dances = tmp_path / "corpus", tmp_path / "dances"
    assert main(["corpus", "recorded", "--out", str(dances), "--g1", str(downloads / "g1"),
                 "--mocap", str(downloads / "mocap"), "--mocap-licence", "CC BY-NC 4.0"]) == 0
    assert main(["corpus", "build", "--out", str(out), "--hours", "0.03", "--no-debian", "--dances",
                 str(dances)]) == 0
    corpus = Corpus.open(out)
    real = [r for r in corpus.rows if r.dance_kind == "real"]
    assert {d.split("/")[0] for r in real for d in r.dances} == {"g1_moves", "mocap_mocap"}
    assert corpus.licences() == ["CC BY 4.0", "CC BY-NC 4.0"]
    assert "may not be shipped**: for dances in it the terms are CC BY-NC 4.0" in corpus.card
    capsys.readouterr()
    assert main(["train", "jepa", "--corpus", str(out), "--config", "tiny"]) == 2
    assert "CC BY-NC 4.0" in capsys.readouterr().err
    monkeypatch.setattr("dance_core.generators.jepa.train.train", lambda *_, **__: None)
    assert main(["train", "jepa", "--corpus", str(out), "--out", str(tmp_path / "w")]) == 0
    assert "CC BY-NC 4.0" in (tmp_path / "w" / "NOT-TO-BE-SHIPPED.txt").read_text()
    index = (out / "index.json").read_text()
    (out / "index.json").write_text(index.replace('"licences": [', '"once": ['))  # as older corpora are
    assert Corpus.open(out).licences() == corpus.licences()
