"""The whole way on the command line: a song made here, its beats, a dance to it, and what comes of it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from practice import Gesturer

from dance_core.cli import main
from dance_core.generators.choreographer import Choreographer
from dance_core.longform.take import load_take, save_take
from dance_core.motion import rotations as rot
from dance_core.motion.files import load_bvh, load_npz
from dance_core.settings import ROOT
from tests.running import hears_ctrl_c
from tests.waiting import PATIENCE

SONG_S = 14.0


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A House song of 14 s, with the truth about it beside it."""
    folder = tmp_path_factory.mktemp("songs")
    assert main(["corpus", "songs", "--style", "House", "--seed", "4", "--seconds", str(SONG_S),
                 "--out", str(folder)]) == 0
    return folder / "gHO_4.flac"


@pytest.fixture(scope="module")
def dance(song: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dance to it, with seed 7, from the pose "hips"."""
    folder = tmp_path_factory.mktemp("dances") / "house"
    assert main(["dance", str(song), "--style", "gHO", "--pose", "hips", "--generator", "choreographer",
                 "--seed", "7", "--out", str(folder)]) == 0
    return folder


def command(*arguments: object, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "dance_core", *map(str, arguments)], cwd=ROOT, text=True,
                          capture_output=True, timeout=PATIENCE, check=False, **options)


def test_beats_as_json_are_where_the_songwriter_put_them(song: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["beats", str(song), "--json"]) == 0
    out, err = capsys.readouterr()
    found, truth = json.loads(out), json.loads(song.with_suffix(".json").read_text())
    assert set(found) == {"duration", "tempo_bpm", "beats", "downbeats", "beats_per_bar", "meter",
                          "confidence", "meter_confidence"}
    assert found["tempo_bpm"] == pytest.approx(truth["tempo_bpm"], rel=0.02)
    near = [min(abs(b - t) for b in found["beats"]) for t in truth["beats"]]
    assert np.mean(np.array(near) < 0.07) > 0.9
    assert set(found["downbeats"]) <= set(found["beats"]) and found["beats_per_bar"] == 4
    assert 0 <= found["confidence"] <= 1 and found["meter"] == 4
    assert 0.5 < found["meter_confidence"] <= found["confidence"]
    assert found["duration"] == pytest.approx(truth["beats"][-1], abs=3.0)
    assert err == ""


def test_songs_in_three_tell_their_metre(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    words = ["corpus", "songs", "--seconds", "7", "--out", str(tmp_path), "--metre"]
    assert main([*words, "6/8", "--style", "gJB"]) == 0
    truth = json.loads((tmp_path / "gJB_0_6-8.json").read_text())
    assert (truth["metre"], truth["beats_per_bar"]) == ("6/8", 2)
    assert truth["downbeats"] == truth["beats"][::2]
    assert main([*words, "3/4", "--style", "House"]) == 2
    assert "gHO is not written in 3/4" in capsys.readouterr().err


def test_a_demo_song_goes_by_its_title(capsys: pytest.CaptureFixture) -> None:
    assert main(["beats", "first snow", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tempo_bpm"] == pytest.approx(84.0, rel=0.02)
    assert main(["beats", "Last Snow"]) == 2
    assert "there are: Sunday Lights, " in capsys.readouterr().err


def test_a_demo_song_is_danced_in_its_own_style(tmp_path: Path) -> None:
    assert main(["dance", "First Snow", "--seconds", "6", "--out", str(tmp_path / "snow")]) == 0
    take = load_take(tmp_path / "snow")
    assert (take.title, take.style, take.pose) == ("First Snow", "gJB", "preset:ready")


def test_the_reference_poses_are_written_anew(tmp_path: Path) -> None:
    assert main(["corpus", "poses", "--out", str(tmp_path)]) == 0
    assert len(load_npz(tmp_path / "ready.npz")) == 1
    assert len(list(tmp_path.iterdir())) >= 8


def test_beats_for_people(song: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["beats", str(song)]) == 0
    head, *bars = capsys.readouterr().out.splitlines()
    assert " BPM, " in head
    assert len(bars) > 3


def test_beats_that_may_be_wrong_are_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.1, 8 * 22_050)
    soundfile.write(tmp_path / "noise.wav", noise, 22_050)
    assert main(["beats", str(tmp_path / "noise.wav")]) == 0
    assert "these beats may be wrong" in capsys.readouterr().out
    assert main(["dance", str(tmp_path / "noise.wav"), "--out", str(tmp_path / "noise")]) == 0
    assert "these beats may be wrong" in capsys.readouterr().out


def test_what_was_chosen_within_a_file_is_said_beside_the_json(song: Path, tmp_path: Path,
                                                               capsys: pytest.CaptureFixture) -> None:
    samples, rate = soundfile.read(song)
    soundfile.write(tmp_path / "antiphase.wav", np.stack([samples, -samples], 1), rate)
    assert main(["beats", str(tmp_path / "antiphase.wav"), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["beats"]
    assert "the left channel alone is danced to." in err


def test_a_dance_is_a_folder(dance: Path, song: Path) -> None:
    assert {p.name for p in dance.iterdir()} == {"take.json", "motion.npz", "song.flac"}
    with np.load(dance / "motion.npz", allow_pickle=False) as motion:
        frames = len(motion["poses"])
        assert motion["poses"].shape == (frames, 165)
        assert motion["trans"].shape == (frames, 3)
        assert motion["face"].shape == (frames, 52)
        rate = float(motion["mocap_frame_rate"])
    assert frames / rate == pytest.approx(SONG_S, abs=0.1)
    take = load_take(dance)
    assert (take.style, take.pose, take.generator, take.seed) == ("gHO", "preset:hips", "choreographer", 7)
    assert take.timings["analysis"] > 0


@pytest.mark.parametrize("generator", ["jepa", "choreographer"])
def test_same_seed_same_dance(generator: str, song: Path, tmp_path: Path) -> None:
    poses = []
    for name, seed in (("first", 7), ("again", 7), ("other", 8)):
        assert main(["dance", str(song), "--style", "house", "--pose", "hips", "--generator", generator,
                     "--seed", str(seed), "--out", str(tmp_path / name)]) == 0
        poses.append(load_npz(tmp_path / name / "motion.npz").rotations)
    assert np.array_equal(poses[0], poses[1])
    assert not np.array_equal(poses[0], poses[2])


def test_a_stretch_of_the_song_from_a_frame_of_another_dance(song: Path, dance: Path, tmp_path: Path,
                                                             capsys: pytest.CaptureFixture) -> None:
    out, pose = tmp_path / "part", f"{dance / 'motion.npz'}:100"
    assert main(["dance", str(song), "--start", "4", "--seconds", "6", "--pose", pose, "--seed", "1",
                 "--out", str(out)]) == 0
    part, whole = load_npz(out / "motion.npz"), load_npz(dance / "motion.npz")
    assert part.duration == pytest.approx(6.0, abs=0.1)
    wanted, got = (rot.quaternion_from_axis_angle(m.rotations[i, 1:]) for m, i in ((whole, 100), (part, 0)))
    assert np.degrees(rot.geodesic(wanted, got)).max() < 5.0  # the heading aside: a dance begins facing us
    assert load_take(out).pose == "upload"
    assert "seed 1" in capsys.readouterr().out


def test_export_writes_what_others_read(dance: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    whole = load_npz(dance / "motion.npz")
    assert main(["export", str(dance), "--format", "npz", "--out", str(tmp_path / "a.npz")]) == 0
    assert np.array_equal(load_npz(tmp_path / "a.npz").rotations, whole.rotations)
    assert main(["export", str(dance), "--format", "bvh"]) == 0
    bvh = dance.parent / "house.bvh"
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "a.npz"), str(bvh)]
    back = load_bvh(bvh)
    assert len(back) == len(whole)
    turned = rot.geodesic(*(rot.quaternion_from_axis_angle(m.rotations[:, :22]) for m in (back, whole)))
    assert np.degrees(turned).max() < 0.1


def test_sheet_draws_sixteen_moments_twice(dance: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheets" / "house.png"
    assert main(["sheet", str(dance), "--out", str(out)]) == 0
    with Image.open(out) as image:
        assert image.format == "PNG"
        assert min(image.size) > 400
    assert [p.name for p in out.parent.iterdir()] == ["house.png"]


def test_check_measures_the_motion_anew(dance: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["check", str(dance)]) == 0
    good = capsys.readouterr().out
    assert "all limits held" in good
    assert "frame 0 from its pose" in good

    take = load_take(dance)
    floating = take.motion.translation.copy()
    floating[60:70, 1] -= 0.3  # into the ground, and that at once
    motion = dataclasses.replace(take.motion, translation=floating)
    save_take(dataclasses.replace(take, motion=motion), tmp_path / "bad")
    assert main(["check", str(tmp_path / "bad")]) == 1
    bad = capsys.readouterr().out
    assert "fault: 2.00 to 2.33 s: floor" in bad
    assert "all limits held" not in bad


@pytest.mark.parametrize("name, content, says", [
    ("missing.mp3", None, "no file"),
    ("empty.wav", b"", "0"),
    ("junk.wav", b"\x01\x02junk" * 500, "bytes"),
    ("page.mp3", b"<html><body>not a song</body></html>" * 20, "bytes"),
])
def test_bad_songs_leave_one_sentence_and_nothing_else(
        tmp_path: Path, name: str, content: bytes | None, says: str, capsys: pytest.CaptureFixture) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for arguments in (["beats", str(tmp_path / name)],
                      ["dance", str(tmp_path / name), "--out", str(tmp_path / "out")]):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert says in err
        assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options, says", [
    (["--style", "tango"], "There is no style 'tango'. There are: gBR (Break)"),
    (["--pose", "yoga"], "There is no pose 'yoga'."),
    (["--pose", "nowhere.npz"], "There is no pose file 'nowhere.npz'."),
    (["--generator", "magic"], "There is no generator 'magic'. There are: jepa, choreographer"),
    (["--start", "100"], "no music from 100 s"),
    (["--seconds", "1"], "The excerpt is 1.00 s long"),
])
def test_bad_wishes_get_a_sentence(song: Path, tmp_path: Path, options: list[str], says: str,
                                   capsys: pytest.CaptureFixture) -> None:
    assert main(["dance", str(song), "--out", str(tmp_path / "out"), *options]) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_poses_are_checked_before_the_song_is_danced(song: Path, dance: Path, tmp_path: Path,
                                                     capsys: pytest.CaptureFixture) -> None:
    pose = tmp_path / "pose.npz"
    for bad in (b"junk", b""):
        pose.write_bytes(bad)
        assert main(["dance", str(song), "--out", str(tmp_path / "out"), "--pose", str(pose)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    late = f"{dance / 'motion.npz'}:9999"
    assert main(["dance", str(song), "--out", str(tmp_path / "out"), "--pose", late]) == 2
    assert "frame 9999" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [
    ["sheet", "{}", "--out", "x.png"], ["export", "{}", "--format", "bvh"], ["check", "{}"]])
def test_folders_without_a_dance(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "take.json").write_text("{")
    (tmp_path / "broken" / "motion.npz").write_bytes(b"PK")
    for folder in ("nowhere", "empty", "broken"):
        assert main([a.format(tmp_path / folder) for a in arguments]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_sheets_and_dances_do_not_land_on_the_wrong_thing(
        song: Path, dance: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "file").write_text("mine")
    assert main(["sheet", str(dance), "--out", str(tmp_path / "folder.png")]) == 2
    assert main(["sheet", str(dance), "--out", str(tmp_path / "x.jpg")]) == 2
    assert main(["dance", str(song), "--out", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.count("\n") == 3
    assert (tmp_path / "file").read_text() == "mine"


def test_the_help_of_dance_lists_all_there_is() -> None:
    text = command("dance", "--help").stdout
    for word in ("gBR     Break", "gJB     Ballet Jazz", "salsa   Salsa", "hips", "JEPA (world model)",
                 "Choreographer (rule-based", "demo songs:"):
        assert word in text
    assert command("--version").stdout.strip() == "0.1.0"


# --- as a program: other programs read it, people stop it --------------------------------------------------


def test_no_progress_where_nobody_looks(song: Path, tmp_path: Path) -> None:
    done = command("dance", song, "--out", tmp_path / "out", "--seed", 1)
    assert done.returncode == 0
    assert done.stderr == ""


def on_a_terminal(*arguments: object) -> tuple[subprocess.Popen, Iterator[bytes]]:
    """A command whose stderr is a terminal, and what it shows there, as it comes."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "dance_core", *map(str, arguments)], cwd=ROOT,
                               stdout=subprocess.DEVNULL, stderr=theirs, preexec_fn=hears_ctrl_c)
    os.close(theirs)

    def shown() -> Iterator[bytes]:
        with contextlib.suppress(OSError):  # the other side is closed
            while part := os.read(ours, 4096):
                yield part
        os.close(ours)

    return process, shown()


def test_progress_counts_segments_on_a_terminal(song: Path, tmp_path: Path) -> None:
    process, shown = on_a_terminal("dance", song, "--out", tmp_path / "out")
    text = b"".join(shown)
    assert process.wait(PATIENCE) == 0
    total = len(load_take(tmp_path / "out").segments)
    assert b"Dancing" in text
    assert f"{total}/{total}".encode() in text


def test_ctrl_c_stops_a_dance(tmp_path: Path) -> None:
    process, shown = on_a_terminal("dance", "Sunday Lights", "--out", tmp_path / "out")
    text = b""
    for part in shown:
        if b"Dancing" in part and b"Dancing" not in text:
            process.send_signal(signal.SIGINT)  # in the midst of its segments
        text += part
    assert process.wait(PATIENCE) == 130
    assert b"Interrupted." in text
    assert b"Traceback" not in text
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    code = "import sys; from dance_core.cli import main; sys.exit(main(sys.argv[1:]))"
    songs = tmp_path / "songs"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "corpus", "songs", "--count", "1000", "--seconds", "8", "--out", songs],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hears_ctrl_c)
    process.stdout.readline()  # the first song is there: it is in the midst of its work
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert err == "Interrupted.\n"
    assert {p.suffix for p in songs.iterdir()} <= {".flac", ".json"}


def test_a_reader_that_has_enough(song: Path) -> None:
    process = subprocess.Popen([sys.executable, "-m", "dance_core", "beats", song], cwd=ROOT,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(PATIENCE) == 1


def test_bench_speed_sets_a_generator_beside_the_denoiser(capsys: pytest.CaptureFixture) -> None:
    assert main(["bench", "speed", "--generator", "jepa", "--seconds", "6", "--runs", "1"]) == 0
    out = capsys.readouterr().out
    rows = [line for line in out.splitlines() if line.startswith(("JEPA", "a denoiser"))]
    ours, theirs = (float(row.split()[-2]) for row in rows)
    said = float(out.splitlines()[-1].split()[0])
    # what is printed is rounded to hundredths of a second, and the ratio to a whole number
    assert 0.005 < ours and said == pytest.approx(theirs / ours, rel=0.01 + 0.006 / ours, abs=0.6)


def test_bench_prints_what_it_measured(capsys: pytest.CaptureFixture) -> None:
    assert main(["bench", "dance", "--seconds", "8", "--runs", "1"]) == 0
    out = capsys.readouterr().out
    for step in ("analysis (beats and features)", "file to first segment", "file to finished Take"):
        assert step in out
    assert "8 s of music" in out


def test_parts_of_a_dance_are_made_anew(dance: Path, tmp_path: Path, capsys: pytest.CaptureFixture,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    # who names no generator gets the first that can keep parts, though the default one makes whole dances
    there = {"choreographer": Choreographer(), "practice": Gesturer(title="Gesturer")}
    monkeypatch.setattr("dance_core.generators.registry", lambda: there)
    out = tmp_path / "hands"
    assert main(["dance", "--from", str(dance), "--remake", "hands, face", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    before, after = load_take(dance), load_take(out)
    assert "Gesturer: hands and face; Choreographer (rule-based baseline): body" in told
    assert np.array_equal(after.motion.rotations[:, :22], before.motion.rotations[:, :22])
    assert np.array_equal(after.motion.translation, before.motion.translation)
    assert not np.array_equal(after.motion.rotations[:, 25:], before.motion.rotations[:, 25:])
    assert not np.array_equal(after.motion.face, before.motion.face)
    assert (after.style, after.pose, after.title) == (before.style, before.pose, before.title)
    assert after.song_digest == before.song_digest and (out / "song.flac").exists()


@pytest.mark.parametrize("words, told", [
    (["--remake", "hands"], "--from DIR"),
    (["--from", "DANCE"], "--remake hands,face"),
    (["--from", "DANCE", "--remake", "feet"], "'feet' is not one or two of body, hands, face"),
    (["--from", "DANCE", "--remake", "body,hands,face"], "is not one or two of"),
    (["--from", "DANCE", "--remake", "hands", "--pose", "hips"], "those of the kept dance"),
    (["--from", "DANCE", "--remake", "hands", "--generator", "choreographer"],
     "Choreographer (rule-based baseline) makes whole dances: it can't keep the body and face"),
    (["--from", "/nowhere", "--remake", "hands", "--generator", "choreographer"], "holds no dance"),
    (["First Snow", "--generator", "choreographer", "--schedule", "waves"], "can't dance in two waves"),
    ([], "Name a SONG"),
])
def test_what_cannot_be_made_anew_is_one_sentence(words: list[str], told: str, dance: Path, tmp_path: Path,
                                                  capsys: pytest.CaptureFixture) -> None:
    words = [str(dance) if word == "DANCE" else word for word in words]
    assert main(["dance", *words, "--out", str(tmp_path / "x")]) == 2
    err = capsys.readouterr().err
    assert told in err and len(err.strip().splitlines()) == 1
