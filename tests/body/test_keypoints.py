"""OpenPose's files of a dance: what is in them, how the skeleton is drawn, what others read and draw."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import zipfile
from pathlib import Path
from types import ModuleType

import av
import numpy as np
import pytest
import soundfile
from waves import flowing

from dance_core.body.film import Cancelled
from dance_core.body.openpose_files import write_film, write_json
from dance_core.body.openpose_picture import WIDTH, draw_keypoints, grown
from dance_core.errors import UserError
from dance_core.motion.camera import Camera, cameras, follow, front
from dance_core.motion.openpose import COLOURS, DRAWN, KEYPOINTS, LEFT_WRIST, LIMBS, NECK, NOSE, Seen, see

SIZE = (512, 768)


@pytest.fixture(scope="module")
def seen() -> Seen:
    motion = flowing(24, seed=5, fps=12.0)
    return see(motion, follow(motion, SIZE[0] / SIZE[1]), SIZE)


def scattered(count: int, seed: int = 0) -> list[np.ndarray]:
    """Keypoints all over the picture, every second time close together."""
    rng = np.random.default_rng(seed)
    out = [rng.uniform([12, 12], np.array(SIZE) - 12, (18, 2)) for _ in range(count)]
    return [p.mean(0) + (p - p.mean(0)) * (0.2 if k % 2 else 1.0) for k, p in enumerate(out)]


def test_each_frame_is_a_file_as_openpose_writes_them(seen: Seen, tmp_path: Path) -> None:
    write_json(seen, "dance", tmp_path / "a.zip")
    write_json(seen, "dance", tmp_path / "folder")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        zipped = {name: archive.read(name) for name in names}
    assert names == [f"dance_{t:012d}_keypoints.json" for t in range(len(seen))]
    assert zipped == {p.name: p.read_bytes() for p in (tmp_path / "folder").iterdir()}
    for t, name in enumerate(names):
        frame = json.loads(zipped[name])
        assert frame["version"] == 1.3 and len(frame["people"]) == 1
        numbers = np.array(frame["people"][0]["pose_keypoints_2d"]).reshape(18, 3)
        there = seen.confidence[t] > 0
        assert np.abs(numbers[there, :2] - seen.xy[t, there]).max() < 1e-3
        assert np.abs(numbers[:, 2] - seen.confidence[t]).max() < 1e-4
        assert (numbers[~there] == 0).all()
        assert frame["people"][0]["hand_left_keypoints_2d"] == []


def test_the_same_dance_gives_the_same_bytes(seen: Seen, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_json(seen, "dance", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_dots_have_the_points_colours_and_limbs_are_dimmer_ellipses() -> None:
    xy = np.array([(20 + 25 * i, 100 + 30 * (i % 5)) for i in range(18)], float)
    picture = draw_keypoints(xy, np.ones(18), SIZE)
    assert picture.shape == (768, 512, 3) and picture.dtype == np.uint8
    for (x, y), colour in zip(xy.astype(int), COLOURS, strict=True):
        assert tuple(picture[y, x]) == tuple(picture[y, x + WIDTH]) == colour
    colours = {tuple(c) for c in picture.reshape(-1, 3).tolist()}
    assert colours <= {(0, 0, 0), *COLOURS, *(tuple(int(v * 0.6) for v in c) for c in COLOURS[:17])}


def test_an_ellipse_is_as_long_as_its_limb_and_as_wide_as_a_dot() -> None:
    xy, confidence = np.zeros((18, 2)), np.zeros(18)
    xy[[NECK, NOSE]] = [(100, 300), (300, 300)]
    confidence[[NECK, NOSE]] = 1
    picture = draw_keypoints(xy, confidence, SIZE)
    ys, xs = np.nonzero((picture == [0, 0, 153]).all(-1))  # the limb from neck to nose is the 13th
    assert LIMBS[12] == (NECK, NOSE)
    assert (xs.min(), xs.max()) == (104, 296)  # the dots lie over its tips
    assert (ys[xs == 200].min(), ys[xs == 200].max()) == (300 - WIDTH, 300 + WIDTH)


def test_what_is_hardly_seen_is_not_drawn_nor_are_its_limbs() -> None:
    xy = np.array([(20 + 25 * i, 100 + 30 * (i % 5)) for i in range(18)], float)
    confidence = np.ones(18)
    confidence[LEFT_WRIST] = DRAWN - 0.01
    picture = draw_keypoints(xy, confidence, SIZE).reshape(-1, 3).tolist()
    assert list(COLOURS[LEFT_WRIST]) not in picture  # neither its dot
    assert [int(v * 0.6) for v in COLOURS[5]] not in picture  # nor its limb, the 6th
    assert not draw_keypoints(xy, np.zeros(18), SIZE).any()


def test_points_beyond_the_edge_are_cut_off_there() -> None:
    xy = np.array([(-20 + 30 * i, 780 - 2 * i) for i in range(18)], float)
    assert draw_keypoints(xy, np.ones(18), SIZE).any()
    assert not draw_keypoints(xy + 5000, np.ones(18), SIZE).any()


@pytest.mark.parametrize(("size", "times"), [((256, 256), 1), ((512, 768), 1), ((720, 1280), 1),
                                             ((1080, 1920), 2), ((2160, 3840), 4)])
def test_in_large_pictures_all_grows(size: tuple[int, int], times: int) -> None:
    assert grown(size) == times


def test_the_film_has_the_drawn_frames_and_the_music(seen: Seen, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "song.flac", np.sin(np.arange(22_050) * 0.05) * 0.5, 22_050)
    steps: list[tuple[int, int]] = []
    write_film(seen, tmp_path / "song.flac", tmp_path / "a.mp4", lambda *step: steps.append(step))
    assert steps == [(n + 1, len(seen)) for n in range(len(seen))]
    with av.open(str(tmp_path / "a.mp4")) as file:
        pictures = [f.to_ndarray(format="rgb24").astype(int) for f in file.decode(video=0)]
        assert float(file.streams.video[0].average_rate) == 12
        file.seek(0)
        sound = np.concatenate([f.to_ndarray()[0] for f in file.decode(audio=0)])
    assert len(pictures) == len(seen)
    for t in (0, 11, 23):
        wanted = draw_keypoints(seen.xy[t], seen.confidence[t], SIZE).astype(int)
        assert np.abs(pictures[t] - wanted).mean() < 0.6  # of 255; H.264 halves the colours' detail
        assert np.abs(pictures[t] - draw_keypoints(seen.xy[t - 6], seen.confidence[t - 6], SIZE)).mean() > 1.0
    assert len(sound) / 22_050 == pytest.approx(2.0, abs=0.1)
    assert np.abs(sound[2_000:20_000]).max() > 0.3 and np.abs(sound[25_000:40_000]).max() < 0.05


def test_a_film_is_given_up_and_refused(seen: Seen, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_film(seen, None, tmp_path / "a.mp4", cancelled=lambda: True)
    for size in ((63, 64), (65, 64), (64, 62)):
        with pytest.raises(UserError, match=f"{size[0]} x {size[1]}"):
            write_film(Seen(30.0, size, seen.xy, seen.confidence), None, tmp_path / "b.mp4")
    with pytest.raises(UserError, match="0 frames"):
        write_film(Seen(30.0, SIZE, seen.xy[:0], seen.confidence[:0]), None, tmp_path / "b.mp4")


def test_a_view_is_a_name_or_a_camera() -> None:
    motion, own = flowing(4), Camera((0.0, 1.0, 9.0), (0.0, 1.0, 0.0))
    assert cameras(motion, "front") == front(motion) and cameras(motion, "follow") == follow(motion)
    assert cameras(motion, own) == [own]
    with pytest.raises(ValueError, match="above"):
        cameras(motion, "above")


# --- other programs -------------------------------------------------------------------------------------


def controlnet() -> ModuleType:
    """How controlnet-aux draws DWPose's skeletons: one file of it, that needs only cv2."""
    found = importlib.util.find_spec("controlnet_aux")
    if found is None or importlib.util.find_spec("cv2") is None:
        pytest.skip("controlnet-aux and opencv are not installed: its drawing can't be compared with ours "
                    "(pip install --no-deps controlnet-aux; pip install opencv-python-headless)")
    path = Path(found.submodule_search_locations[0]) / "dwpose" / "util.py"
    spec = importlib.util.spec_from_file_location("controlnet_aux_dwpose_util", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drawn_by(module: ModuleType, xy: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The picture that controlnet-aux makes of points (18, 2) in pixels."""
    subset = np.where(there, np.arange(18.0), -1.0)[None]
    return module.draw_bodypose(np.zeros((SIZE[1], SIZE[0], 3), np.uint8), xy / SIZE, subset)


def digest(pictures: list[np.ndarray]) -> str:
    return hashlib.sha256(b"".join(p.tobytes() for p in pictures)).hexdigest()[:16]


THEIRS = "8f608b57ccad2285"  # digest of what controlnet-aux 0.0.10 draws of them, with OpenCV 5.0.0


def test_our_pictures_are_those_that_controlnet_aux_drew() -> None:
    assert digest([draw_keypoints(xy, np.ones(18), SIZE) for xy in scattered(40)]) == THEIRS


def test_controlnet_aux_draws_the_same_pixels() -> None:
    other = controlnet()
    assert digest([drawn_by(other, xy, np.ones(18, bool)) for xy in scattered(40)]) == THEIRS


def test_another_reader_finds_our_numbers_and_another_drawing_our_picture(seen: Seen, tmp_path: Path) -> None:
    """pose-format reads the folder. It knows BODY_25 alone, so it has our numbers in our order under its own
    names: that the file holds COCO's 18 must be told. What it read, controlnet-aux draws."""
    openpose = pytest.importorskip("pose_format.utils.openpose", reason="pose-format is not installed")
    write_json(seen, "dance", tmp_path / "folder")
    body = openpose.load_openpose_directory(str(tmp_path / "folder"), fps=12, width=512, height=768).body
    xy, confidence = np.ma.getdata(body.data)[:, 0, :18], body.confidence[:, 0]
    there = seen.confidence > 0
    assert len(xy) == len(seen) and np.abs(xy - seen.xy)[there].max() < 1e-3
    assert np.abs(confidence[:, :18] - seen.confidence).max() < 1e-4 and not confidence[:, 18:].any()
    assert openpose.BODY_POINTS[8] == "MidHip" and KEYPOINTS[8] == "right_hip"
    other = controlnet()
    for t in range(len(seen)):
        theirs = drawn_by(other, xy[t], confidence[t, :18] >= DRAWN)
        ours = draw_keypoints(seen.xy[t], seen.confidence[t], SIZE)
        different = (theirs != ours).any(-1).sum() / theirs.any(-1).sum()
        assert different <= 0.001  # only where a coordinate's third decimal decides to which pixel it belongs
