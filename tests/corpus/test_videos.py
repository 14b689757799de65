"""Dance videos become clips of 2-D poses: cut where the shot changes, at their own rate, with their sound."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from dance_core.body.film import render_video
from dance_core.body.mux import Mux
from dance_core.cli import main
from dance_core.corpus import videos
from dance_core.corpus.studio.gallery import FOLDER, gallery
from dance_core.corpus.videos import take_video
from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion.camera import follow
from dance_core.motion.motion import Motion
from dance_core.motion.openpose import FACE, LEFT_WRIST, RIGHT_WRIST, see
from dance_core.settings import Settings
from dance_core.sight.shots import difference, jumped, whole_shots
from dance_core.sight.video import Watched, watch

pytest.importorskip("ai_edge_litert", reason="ai-edge-litert is not installed: nobody can be read in videos")
FPS = 25.0
SIZE = (320, 240)
SHOTS = [("wide", 20, 24), ("bow", 90, 22), (None, 0, 20), ("hips", 60, 12)]  # pose, x, frames


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three poses that drift a pixel a frame, hard cuts between, nobody for a while; and clicks."""
    folder = tmp_path_factory.mktemp("film")
    frames = sum(n for _, _, n in SHOTS)
    samples = np.zeros(round(44_100 * frames / FPS), np.float32)
    samples[::22_050] = 0.9
    samples += 0.01 * np.random.default_rng(0).normal(size=len(samples)).astype(np.float32)
    soundfile.write(folder / "song.flac", samples, 44_100)
    mux = Mux(folder / "film.mp4", SIZE, FPS)
    mux.sound(folder / "song.flac", frames / FPS)
    for name, x, count in SHOTS:
        for t in range(count):
            picture = Image.new("RGB", SIZE, (231, 228, 224))
            if name:
                picture.paste(Image.open(FOLDER / f"{name}.jpg").convert("RGB"), (x + t, 0))
            mux.frame(np.asarray(picture))
    mux.close()
    return folder / "film.mp4"


def body(height: float = 200.0, at: tuple[float, float] = (160.0, 20.0)) -> np.ndarray:
    """18 points in plain view, all over a box."""
    rng = np.random.default_rng(3)
    xy = np.array(at) + rng.uniform(0, 1, (18, 2)) * [height / 3, height]
    return np.concatenate([xy, np.ones((18, 1))], 1)


def test_a_shot_change_is_a_difference_that_no_body_makes() -> None:
    p = body()
    assert difference(p, p) == 0 and not jumped(p, p)
    assert not jumped(p, p + [8, 0, 0]) and jumped(p, p + [60, 0, 0])
    hands = p.copy()
    hands[[LEFT_WRIST, RIGHT_WRIST], :2] += 90  # only the hands move fast
    assert not jumped(p, hands)
    assert difference(p, p + [20, 0, 0]) == pytest.approx(2 * difference(2 * p, 2 * p + [20, 0, 0]))
    unseen = p * [1, 1, 0.1]
    assert difference(p, unseen) == np.inf
    assert jumped(None, p) and jumped(p, None) and not jumped(None, None)


def test_only_long_shots_in_which_the_body_is_seen_are_kept() -> None:
    p, nobody = body(), np.zeros((18, 3))
    away = body(at=(20.0, 30.0))
    legless = away * 1.0
    legless[8:16, 2] = 0.1
    points = np.stack([p] * 10 + [away] * 4 + [nobody] * 3 + [p] * 6 + [legless] * 9)
    assert whole_shots(points, 5) == [(0, 10), (17, 23)]
    assert whole_shots(points, 4) == [(0, 10), (10, 14), (17, 23)]
    assert whole_shots(points, 11) == [] and whole_shots(points[:0], 2) == []


def test_a_video_is_cut_at_its_shots_and_keeps_its_times(film: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    made = take_video(film, tmp_path, 16, Settings(data_dir=tmp_path / "data"), lambda *s: steps.append(s))
    assert made.frames == len(steps) == 78 and steps[-1][0] == 78 and made.said == ""
    assert [(c.frames, c.start_s, c.fps) for c in made.clips] == [(24, 0.0, FPS), (22, 0.96, FPS)]
    for clip, (_, x, count) in zip(made.clips, SHOTS, strict=False):
        with np.load(tmp_path / clip.clip, allow_pickle=False) as file:
            points, times = file["keypoints"], file["times"]
            assert points.shape == (count, 18, 3)
            assert tuple(file["size"]) == SIZE and float(file["fps"]) == FPS
            assert np.allclose(np.diff(times), 1 / FPS, atol=1e-4) and str(file["video"]) == "film.mp4"
            middle = points[:, :, 0].mean(1)
            assert middle[-1] - middle[0] == pytest.approx(count - 1, abs=5)  # it drifts as the pictures do
            assert abs(middle[0] - (x + 96)) < 25
            at = file["feature_times"]
            assert file["features"].shape == (len(at), len(file["feature_names"]))
            assert np.allclose(np.diff(at), 1 / 30)
            assert at[0] <= times[0] + 1 / 30 and at[-1] >= times[-1] - 1 / 30
            onset = file["features"][:, list(file["feature_names"]).index("onset_envelope")]
            loud = at[onset > 0.5 * onset.max()]  # the clicks, each half second of the whole video
            assert len(loud) and np.abs(loud / 0.5 - np.round(loud / 0.5)).max() < 0.15


def test_keypoints_of_our_own_film_lie_on_its_dancer(gl: None, tmp_path: Path) -> None:
    """A dancer who goes from pose to pose, filmed: what is read against where the joints really are."""
    poses = [gallery()[n].motion.rotations[0] for n in ("ready", "wide", "point")]
    quaternions = [rot.quaternion_from_axis_angle(p) for p in poses]
    frames = 24
    turned = np.stack([rot.slerp(quaternions[int(a)], quaternions[int(a) + 1], a % 1)
                       for a in np.linspace(0, 1.999, frames)])
    motion = Motion(12.0, rot.axis_angle_from_quaternion(turned),
                    np.tile(gallery()["ready"].motion.translation, (frames, 1)), np.zeros((frames, 52)))
    size = (360, 480)
    render_video(motion, None, None, tmp_path / "own.mp4", size=size)
    seen = watch(tmp_path / "own.mp4")
    assert seen.size == size and seen.fps == pytest.approx(12) and seen.sound_from is None
    truth = see(motion, follow(motion, size[0] / size[1]), size)
    limbs = [i for i in range(18) if i not in FACE]
    plain = truth.confidence[:, limbs] == 1
    height = np.ptp(truth.xy[..., 1], axis=1).mean()
    apart = np.linalg.norm(seen.points[:, limbs, :2] - truth.xy[:, limbs], axis=-1)[plain] / height
    assert np.median(apart) < 0.03 and np.mean(apart) < 0.05  # of the body's height
    assert (seen.points[:, limbs, 2][plain] >= 0.3).mean() > 0.95
    made = take_video(tmp_path / "own.mp4", tmp_path, frames, Settings(data_dir=tmp_path / "data"))
    assert [c.frames for c in made.clips] == [frames] and made.said == "it has no sound"


def test_many_videos_by_command(film: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "no.mp4").write_bytes(b"no video at all")
    command = ["corpus", "video", str(film), str(tmp_path / "no.mp4"), str(tmp_path / "gone.mp4"), "--out",
               str(tmp_path / "clips"), "--least", "20"]
    assert main(command) == 3
    said = capsys.readouterr()
    assert "2 clips of at least 20 frames" in said.out and "film.mp4" in said.out
    assert "no.mp4" in said.err and "gone.mp4" in said.err and "2 of 3" in said.err
    with open(tmp_path / "clips" / "index.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["frames"] for row in rows] == ["24", "22"]
    assert {row["clip"] for row in rows} == {p.name for p in (tmp_path / "clips").glob("*.npz")}


@pytest.mark.parametrize("least", ["1", "0", "-5", "1000000"])
def test_a_length_that_no_clip_can_have_is_refused(film: Path, tmp_path: Path, least: str,
                                                   capsys: pytest.CaptureFixture) -> None:
    assert main(["corpus", "video", str(film), "--out", str(tmp_path / "o"), "--least", least]) == 2
    assert f"--least is {least}" in capsys.readouterr().err


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A video of which is seen: somebody for 300 frames at 30 a second, who jumps, and goes on for 260."""
    points = np.stack([body()] * 300 + [body(at=(20.0, 30.0))] * 260)
    watched = Watched(SIZE, 30.0, np.arange(560) / 30, points, None)
    monkeypatch.setattr(videos, "watch", lambda path, progress: watched)
    (tmp_path / "film.mp4").write_bytes(b"film")
    return tmp_path / "film.mp4"


def test_cut_otherwise_a_video_leaves_no_clip_of_before(seen: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["corpus", "video", str(seen), "--out", str(out), "--least"]
    out.mkdir()
    other = out / "film-00000000-000.npz"  # of another video by that name
    other.write_bytes(b"clip")
    for least, frames in (("200", ["300", "260"]), ("280", ["300"])):
        assert main([*command, least]) == 0
        with open(out / "index.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [row["frames"] for row in rows] == frames
        assert {p.name for p in out.glob("*.npz")} == {other.name, *(row["clip"] for row in rows)}


def test_unless_told_otherwise_clips_are_long_enough_to_learn_from(seen: Path, tmp_path: Path,
                                                                   capsys: pytest.CaptureFixture) -> None:
    assert main(["corpus", "video", str(seen), "--out", str(tmp_path / "out")]) == 0
    assert "1 clips of at least 9.1 s" in capsys.readouterr().out


def test_a_file_without_pictures_is_no_video(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", np.zeros(44_100), 44_100)
    with pytest.raises(UserError, match=r"'a\.flac' has no pictures"):
        watch(tmp_path / "a.flac")
