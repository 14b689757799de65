"""Videos: what is in the file, how long it is, how it is stopped, and what is said when GL is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from waves import flowing

from dance_core.body import film
from dance_core.body.film import Cancelled, render_video
from dance_core.body.floor import Floor
from dance_core.body.mux import Mux
from dance_core.body.strip import draw_strip
from dance_core.body.thumbs import draw_poses
from dance_core.errors import UserError
from dance_core.motion import kinematics, shape
from dance_core.motion.camera import Camera, follow
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import LEFT_SHOULDER, PELVIS_HEIGHT, RIGHT_SHOULDER
from dance_core.music.beats import Beats
from tests.waiting import PATIENCE

SMALL = (256, 144)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of clicks, twice a second."""
    samples = np.zeros(88_200, np.float32)
    for k in range(4):
        samples[k * 22_050:k * 22_050 + 400] = np.sin(np.arange(400) * 0.2) * 0.8
    path = tmp_path_factory.mktemp("song") / "song.flac"
    soundfile.write(path, samples, 44_100)
    return path


BEATS = Beats(np.arange(4) * 0.5, np.array([1, 2, 3, 4]), 120.0, 1.0)


def streams(path: Path) -> dict[str, tuple[str, float]]:
    """Codec and seconds of picture and sound, the seconds by decoding all of it."""
    with av.open(str(path)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        fps = float(video.average_rate)
        frames = sum(1 for _ in file.decode(video))
        file.seek(0)
        samples = sum(f.samples for f in file.decode(audio))
        return {"video": (video.codec_context.name, frames / fps),
                "audio": (audio.codec_context.name, samples / audio.rate)}


@pytest.mark.parametrize("seconds", [1.5, 2.6])
def test_an_mp4_has_h264_and_aac_of_one_length(gl: None, song: Path, tmp_path: Path, seconds: float) -> None:
    """The song is longer than the one dance and shorter than the other."""
    motion = flowing(round(seconds * 10), fps=10.0)
    steps: list[tuple[int, int]] = []
    path = render_video(motion, song, BEATS, tmp_path / "dance.mp4", lambda *step: steps.append(step),
                        size=SMALL)
    found = streams(path)
    assert found["video"] == ("h264", pytest.approx(seconds, abs=1e-6))
    assert found["audio"][0] == "aac"
    assert found["audio"][1] == pytest.approx(seconds, abs=1 / 10)
    assert steps == [(n + 1, len(motion)) for n in range(len(motion))]


def test_the_dancer_moves_and_the_clicks_are_where_they_were(gl: None, song: Path, tmp_path: Path) -> None:
    motion = flowing(20, fps=10.0, seed=8)
    path = render_video(motion, song, BEATS, tmp_path / "dance.mp4", size=SMALL)
    with av.open(str(path)) as file:
        pictures = [f.to_ndarray(format="rgb24").astype(int) for f in file.decode(video=0)]
        file.seek(0)
        sound = np.concatenate([f.to_ndarray()[0] for f in file.decode(audio=0)])
    above = [p[:120] for p in pictures]  # without the strip of the beats
    assert all(np.abs(a - b).max() > 40 for a, b in zip(above, above[1:], strict=False))
    clicks = [int(np.argmax(np.abs(sound[k * 22_050:(k + 1) * 22_050]) > 0.3)) for k in range(4)]
    assert max(clicks) < 0.02 * 44_100  # within 20 ms


def test_a_film_shows_the_limbs_of_the_build(gl: None, tmp_path: Path) -> None:
    """Arms out: what differs from the average body's film ends at the longer arms' fingertips."""
    size = (640, 360)
    average = Motion(10.0, np.zeros((3, 55, 3), np.float32), np.tile([0.0, PELVIS_HEIGHT, 0.0], (3, 1)),
                     np.zeros((3, 52), np.float32))
    long = shape.reshaped(average, shape.build_named("long-armed"))
    pictures, tips = [], []
    for name, motion in (("average", average), ("long", long)):
        path = render_video(motion, None, None, tmp_path / f"{name}.mp4", size=size)
        with av.open(str(path)) as file:
            pictures.append(next(file.decode(video=0)).to_ndarray(format="rgb24").astype(int))
        tips.append(follow(motion)[0].project(kinematics.joints(motion)[0], size))
    height = round(tips[1][[LEFT_SHOULDER, RIGHT_SHOULDER], 1].mean())
    arms = np.abs(pictures[0] - pictures[1]).max(-1)[height - 20:height + 20]  # the shadow lies below
    columns = np.flatnonzero((arms > 40).any(0))
    was, there = (t[:, 0] for t in tips)
    assert columns.min() == pytest.approx(there.min(), abs=6)
    assert columns.max() == pytest.approx(there.max(), abs=6)
    assert was.min() - there.min() > 8 and there.max() - was.max() > 8  # more than flesh is


def test_cancelling_ends_the_process_and_leaves_no_file(gl: None, song: Path, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen] = []
    real = subprocess.Popen

    def remember(*args: object, **options: object) -> subprocess.Popen:
        started.append(real(*args, **options))
        return started[-1]

    monkeypatch.setattr(film.subprocess, "Popen", remember)
    drawn: list[int] = []
    with pytest.raises(Cancelled):
        render_video(flowing(900), song, BEATS, tmp_path / "dance.mp4", lambda done, _: drawn.append(done),
                     lambda: len(drawn) >= 2, size=SMALL)
    assert len(drawn) < 20  # of 900
    assert [p.poll() is not None for p in started] == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_caller_that_dies_takes_the_process_with_it(gl: None, tmp_path: Path) -> None:
    job = tmp_path / "job.npz"
    motion = flowing(9_000)
    np.savez(job, fps=30.0, rotations=motion.rotations, translation=motion.translation, face=motion.face,
             betas=motion.betas, size=np.array(SMALL), beats=np.zeros(0), downbeats=np.zeros(0), audio="",
             body=str(film.BUNDLED))
    process = subprocess.Popen([sys.executable, "-m", "dance_core.body.film_worker", job, tmp_path / "x.mp4"],
                               cwd=film.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**os.environ, "PYOPENGL_PLATFORM": "egl"})
    assert process.stdout.readline()
    process.stdin.close()
    assert process.wait(PATIENCE) != 0
    process.stdout.close()


def test_without_gl_one_sentence_says_what_to_install(song: Path, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "GL_LIBRARIES", ("no-such-library", "nor-this-one"))
    with pytest.raises(UserError, match="apt install libegl1") as error:
        render_video(flowing(3), song, None, tmp_path / "dance.mp4", size=SMALL)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_without_gl_poses_are_drawn_as_the_mannequin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dance_core.body.thumbs.GL_LIBRARIES", ("no-such-library",))
    picture, = draw_poses([flowing(1)], (96, 120))
    assert picture.size == (96, 120) and np.asarray(picture).std() > 5


def test_poses_are_drawn_on_the_body(gl: None) -> None:
    pictures = draw_poses([flowing(1, seed=s) for s in (1, 2)], (96, 120))
    assert [p.size for p in pictures] == [(96, 120)] * 2
    first, second = (np.asarray(p).astype(int) for p in pictures)
    assert np.abs(first - second).max() > 60
    warm = (first[..., 0] - first[..., 2] > 60).sum()  # the left sleeve
    cool = (first[..., 2] - first[..., 0] > 40).sum()  # the right one
    assert warm > 20 and cool > 20


@pytest.mark.parametrize("size", [(641, 360), (32, 32)])
def test_an_odd_size_is_refused_with_its_number(song: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(UserError, match=f"{size[0]} x {size[1]}"):
        render_video(flowing(3), song, None, tmp_path / "dance.mp4", size=size)


def test_no_frames_and_no_music_are_refused(song: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="0 frames"):
        render_video(flowing(3).slice(0, 0), song, None, tmp_path / "dance.mp4")
    with pytest.raises(UserError, match="gone.flac"):
        render_video(flowing(3), tmp_path / "gone.flac", None, tmp_path / "dance.mp4")


def test_the_camera_keeps_every_joint_in_the_picture() -> None:
    motion = flowing(120, seed=6)
    way = np.linspace(0, 4, 120)[:, None] * [1, 0, 0.4]
    wandering = Motion(30, motion.rotations, motion.translation + way, motion.face)
    places = kinematics.joints(wandering)
    for t, camera in enumerate(follow(wandering)):
        at = camera.project(places[t], (1280, 720))
        assert (at > 0).all() and (at < [1280, 720]).all()


def test_the_camera_moves_more_smoothly_than_the_dancer() -> None:
    """A dancer steps from side to side twice a second: 20 cm for the pelvis, less than 4 for the eye."""
    motion = flowing(150, seed=7)
    beat = np.arange(150) / 30 * 2 * np.pi * 2
    place = np.stack([0.1 * np.sin(beat), 0 * beat + 0.93, 0 * beat], 1)
    stepping = Motion(30, motion.rotations, place, motion.face)
    eyes = np.array([c.eye for c in follow(stepping)])
    assert np.ptp(eyes[:, 0]) < 0.2 * np.ptp(stepping.translation[:, 0])
    assert np.ptp(eyes[:, 1]) == 0


def test_the_floors_lines_are_where_the_camera_projects_them() -> None:
    camera = Camera((0.3, 1.4, 4.2), (0.1, 0.9, 0.1))
    far_away = np.tile([50.0, 3.0, 50.0], (55, 1))  # no shadow in the picture
    picture = np.asarray(Floor((640, 360)).draw(camera, far_away).convert("L")).astype(int)
    crossings = np.array([[x, 0.0, z] for x in (-0.5, 0.0, 0.5, 1.0) for z in (-1.0, -0.5, 0.0)])
    between = crossings + [0.25, 0, -0.25]
    places = (camera.project(p, (640, 360)) for p in (crossings, between))
    for on, off in zip(*places, strict=True):
        (a, b), (c, d) = np.floor(on).astype(int), np.floor(off).astype(int)
        assert picture[b - 1:b + 2, a - 1:a + 2].min() < picture[d, c] - 8


def test_the_strip_glows_on_a_beat() -> None:
    from PIL import Image

    def red(now: float) -> int:
        picture = Image.new("RGB", SMALL, (231, 228, 224))
        draw_strip(picture, now, BEATS.times, BEATS.downbeats)
        p = np.asarray(picture).astype(int)
        return int((p[..., 0] - p[..., 2] > 60).sum())

    assert red(0.5) > red(0.74) > 0


def test_a_frame_rate_that_is_no_whole_number_keeps_its_length(tmp_path: Path, song: Path) -> None:
    path, fps = tmp_path / "x.mp4", 29.97
    mux = Mux(path, (64, 64), fps)
    mux.sound(song, 45 / fps)
    for k in range(45):
        mux.frame(np.full((64, 64, 3), 5 * k, np.uint8))
    mux.close()
    found = streams(path)
    assert found["video"][1] == pytest.approx(45 / fps, abs=1e-3)
    assert found["audio"][1] == pytest.approx(45 / fps, abs=1 / fps)
