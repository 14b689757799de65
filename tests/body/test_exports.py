"""Every kind of file, from a Take and from the command line."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from waves import flowing

from dance_core.body import exports
from dance_core.body.exports import ENDINGS, FORMATS, export_take
from dance_core.cli import export as cli_export
from dance_core.cli import main
from dance_core.errors import UserError
from dance_core.longform.segment import Segment
from dance_core.longform.take import Take, new_take_id, save_take
from dance_core.motion.camera import Camera
from dance_core.motion.files import load_bvh, load_npz
from dance_core.motion.gltf import read_glb
from dance_core.motion.openpose import see
from dance_core.music.beats import Beats
from dance_core.music.song import Song
from dance_core.settings import Settings


@pytest.fixture(scope="module")
def take() -> Take:
    motion = flowing(30, seed=11, fps=10.0)
    beats = Beats(np.arange(6) * 0.5, np.array([1, 2, 3, 4, 1, 2]), 120.0, 1.0)
    segment = Segment(0, 0, 30, 0, 0, 1, 10.0)
    return Take(new_take_id(), "Clicks", "0" * 64, 3.0, beats, motion, (segment,), (), "choreographer",
                "Choreographer", "gHO", "preset:ready", 1)


@pytest.fixture
def folder(take: Take, tmp_path: Path) -> Path:
    samples = np.zeros(3 * 44_100, np.float32)
    samples[::22_050] = 0.9
    save_take(take, tmp_path / "dance", Song(samples, 44_100, "0" * 64, "Clicks"))
    return tmp_path / "dance"


@pytest.mark.parametrize("kind", ["npz", "bvh", "glb"])
def test_a_dance_is_written_beside_its_folder(folder: Path, take: Take, kind: str,
                                              capsys: pytest.CaptureFixture) -> None:
    assert main(["export", str(folder), "--format", kind]) == 0
    path = folder.with_name(f"dance.{kind}")
    assert capsys.readouterr().out.strip() == str(path)
    if kind == "glb":
        animation = read_glb(path.read_bytes()).json["animations"][0]
        assert animation["name"] == "Clicks"
        assert {c["target"]["path"] for c in animation["channels"]} == {"rotation", "translation", "weights"}
    else:
        back = (load_npz if kind == "npz" else load_bvh)(path)
        assert np.abs(back.translation - take.motion.translation).max() < 1e-4


def test_a_dance_becomes_a_video_by_command(gl: None, folder: Path, take: Take, tmp_path: Path) -> None:
    assert main(["export", str(folder), "--format", "mp4", "--out", str(tmp_path / "film.mp4")]) == 0
    with av.open(str(tmp_path / "film.mp4")) as file:
        video = file.streams.video[0]
        assert (video.width, video.height) == (1280, 720)
        assert sum(1 for _ in file.decode(video)) == len(take.motion)
        assert file.streams.audio[0].codec_context.name == "aac"


def test_keypoints_by_command_go_into_a_zip_or_a_folder(folder: Path, take: Take, tmp_path: Path,
                                                        capsys: pytest.CaptureFixture) -> None:
    assert main(["export", str(folder), "--format", "openpose"]) == 0
    with zipfile.ZipFile(tmp_path / "dance-openpose.zip") as archive:
        assert len(archive.namelist()) == len(take.motion)
    out = tmp_path / "made" / "my dance"
    command = ["export", str(folder), "--format", "openpose", "--out", str(out)]
    assert main([*command, "--camera", "0,1,5,0,0.9,0,30", "--size", "640x480"]) == 0
    files = sorted(p.name for p in out.iterdir())
    assert files[0] == "my_dance_000000000000_keypoints.json" and len(files) == len(take.motion)
    numbers = json.loads((out / files[0]).read_text())["people"][0]["pose_keypoints_2d"]
    seen = see(take.motion, [Camera((0, 1, 5), (0, 0.9, 0), 30.0)], (640, 480))
    assert numbers[3:5] == pytest.approx(seen.xy[0, 1].tolist(), abs=1e-3)
    capsys.readouterr()
    assert main(command) == 2 and "my dance" in capsys.readouterr().err  # what is there stays as it is
    assert sorted(p.name for p in out.iterdir()) == files


def test_the_skeletons_video_by_command(folder: Path, take: Take, tmp_path: Path) -> None:
    assert main(["export", str(folder), "--format", "pose-mp4", "--camera", "follow"]) == 0
    with av.open(str(tmp_path / "dance-pose.mp4")) as file:
        assert (file.streams.video[0].width, file.streams.video[0].height) == (512, 768)
        assert sum(1 for _ in file.decode(video=0)) == len(take.motion)
        assert file.streams.audio[0].codec_context.name == "aac"


@pytest.mark.parametrize(("options", "said"), [
    (["--camera", "above"], "above"), (["--camera", "1,2,3"], "7 numbers"),
    (["--camera", "0,1,5,0,1,5,30"], "stands 0 m"), (["--camera", "0,1,5,0,1,0,170"], "170 degrees"),
    (["--camera", "0,1,5000,0,1,0,30"], "5000 m"), (["--camera", "nan,1,5,0,1,0,30"], "7 numbers"),
    (["--size", "512"], "'512'"), (["--size", "512x9000"], "512 x 9000"), (["--size", "65x64"], "65 x 64"),
])
def test_a_camera_or_size_that_is_none_is_refused_in_a_sentence(folder: Path, tmp_path: Path, options: list,
                                                                said: str,
                                                                capsys: pytest.CaptureFixture) -> None:
    assert main(["export", str(folder), "--format", "pose-mp4", *options]) == 2
    assert said in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["dance"]


def test_what_is_not_flat_has_no_camera(folder: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["export", str(folder), "--format", "npz", "--camera", "front"]) == 2
    assert "--camera" in capsys.readouterr().err


def test_a_wrong_body_is_told_before_anything_is_drawn(take: Take, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "SMPLX_MALE.npz").write_bytes(b"no")
    settings = replace(Settings(), smplx=tmp_path / "SMPLX_MALE.npz")
    monkeypatch.setattr(exports, "render_video", lambda *a, **k: pytest.fail("it was drawn"))
    for kind in ("glb", "mp4"):
        with pytest.raises(UserError, match="SMPLX_MALE.npz"):
            export_take(take, kind, tmp_path / f"x.{kind}", settings)
    assert [p.name for p in tmp_path.iterdir()] == ["SMPLX_MALE.npz"]


def test_a_format_that_is_none(take: Take, tmp_path: Path) -> None:
    assert tuple(FORMATS) == tuple(ENDINGS) == cli_export.FORMATS
    with pytest.raises(ValueError, match="fbx"):
        export_take(take, "fbx", tmp_path / "x.fbx", Settings())
