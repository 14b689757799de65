"""HOT-dance in two dimensions: what it learns from, and a tiny one that learns and dances in seconds."""

from __future__ import annotations

import dataclasses
import json
import math
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
import torch
from learning import corpus_in, danced, log_of
from practice import stance

from dance_core.cli import main
from dance_core.corpus.pairs import Corpus
from dance_core.corpus.videos import LEAST, least_frames
from dance_core.errors import UserError
from dance_core.evaluation.flat import filmed
from dance_core.generators.hotdance import flat_dances as fd
from dance_core.generators.hotdance.dit_config import FLAT_CONFIGS, DitConfig
from dance_core.generators.hotdance.flat_dances import FAINT, FlatDances
from dance_core.generators.hotdance.flat_dancing import FlatDancer
from dance_core.generators.hotdance.flat_train import FLAT_SCHEDULES, train_flat
from dance_core.generators.hotdance.image_codec import ImageCodec, load_image_codec
from dance_core.generators.hotdance.image_config import FLAT_IMAGE_CONFIGS
from dance_core.generators.hotdance.points import PICTURE_M, FlatPoints, points_for
from dance_core.generators.hotdance.whole import FlatWhole
from dance_core.motion.mirror import mirror
from dance_core.motion.openpose import KEYPOINTS
from dance_core.motion.sights import filled

NAMES = ("onset_envelope", "loudness", "beat_phase_sin", "beat_phase_cos")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("flat") / "c", styles=("gHO",))


@pytest.fixture(scope="module")
def dances(corpus: Corpus) -> FlatDances:
    return read(corpus, None, "train")


def read(corpus: Corpus | None, clips: Path | None, split: str, seed: int = 1, **how: bool) -> FlatDances:
    return FlatDances.read(corpus, clips, split, NAMES, 16, corpus.styles if corpus else (), seed=seed, **how)


def clip(folder: Path, name: str, fps: float, seconds: float = 11.0, **changed: object) -> None:
    """A dancer who goes from left to right in ten seconds, with a feature that does too."""
    t = np.arange(int(seconds * fps)) / fps
    points = np.ones((len(t), 18, 3), np.float32)
    points[..., 0], points[..., 1] = (20 * t)[:, None], np.arange(18) * 5
    at = np.arange(int(seconds * 30)) / 30
    arrays = {"keypoints": points, "times": t, "fps": fps, "size": np.array([200, 100]),
              "features": np.stack([at] * 4, -1).astype(np.float32), "feature_times": at,
              "feature_names": np.array(NAMES), "beats": at[::15], "video": "v", "sha256": "0"}
    np.savez(folder / name, **{**arrays, **changed})


def sound_of(seconds: float) -> dict[str, np.ndarray]:
    """Features that begin before a clip and end after it, as they do in a video."""
    at = np.arange(-1, math.ceil(seconds * 30) + 1) / 30
    return {"features": np.zeros((len(at), 4), np.float32), "feature_times": at}


def written(folder: Path, seconds: float) -> Path:
    """A song file: a click every half second, over a tone."""
    t = np.arange(int(seconds * 22_050)) / 22_050
    sound = 0.1 * np.sin(880 * t) + np.exp(-60 * (t % 0.5)) * np.sin(4000 * t) * 0.6
    soundfile.write(folder / "song.wav", sound, 22_050)
    return folder / "song.wav"


# --- what it learns from -------------------------------------------------------------------------

def test_segments_are_seen_by_another_camera_each_and_by_the_same_for_the_same_seed(corpus, dances):
    again, other = read(corpus, None, "train"), read(corpus, None, "train", seed=2)
    assert dances.keypoints.shape == (8, 256, 18, 3) and dances.music.shape == (8, 272, 4)
    np.testing.assert_array_equal(dances.keypoints, again.keypoints)
    assert not np.array_equal(dances.keypoints, other.keypoints)
    places, sure = dances.keypoints[..., :2], dances.keypoints[..., 2]
    assert places.min() >= 0 and places.max() <= 1 and FAINT - 1e-6 <= sure.min() < 0.3 < sure.max() <= 1
    nose, ankle = KEYPOINTS.index("nose"), KEYPOINTS.index("left_ankle")
    tall = (places[:, 0, ankle, 1] - places[:, 0, nose, 1])
    assert tall.min() > 0.1 and np.ptp(tall) > 0.1, "they stand upright, near and far"
    assert np.abs(np.diff(places, axis=1)).max() < 0.2, "the camera stands still"


def test_a_mirrored_picture_is_that_of_the_mirrored_dance():
    motion = danced("gHO", 1, 2.0)[2]
    a, b = (fd.shares(filmed(m)) for m in (motion, mirror(motion)))
    np.testing.assert_allclose(fd.mirrored(a), b, atol=2e-3)


def test_clips_of_videos_are_looked_up_in_time_at_any_rate(tmp_path):
    for k, fps in enumerate((24.0, 50.0, 30.0)):
        clip(tmp_path, f"film-{k:08d}-000.npz", fps)
    found = read(None, tmp_path, "train", varied=False)
    assert len(found) == 2 and len(read(None, tmp_path, "val")) == 1
    for seen, music in zip(found.keypoints, found.music, strict=True):
        moment = music[:256, 0]  # s: what is heard and what is seen are of one moment
        np.testing.assert_allclose(seen[:, 3, 0] * 10, moment, atol=0.02)
        np.testing.assert_allclose(np.diff(moment), 1 / 30, atol=1e-3)
    assert found.style.tolist() == [0, 0], "of no style"


@pytest.mark.parametrize("fps", [12.0, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0])
def test_a_video_gives_no_clip_that_nothing_can_be_learned_from(tmp_path, fps):
    assert {fd.SEGMENT + c.music_ahead for c in FLAT_CONFIGS.values()} == {LEAST}
    least = least_frames(fps)
    for k, frames in enumerate((least, least, least - math.ceil(fps / 30) - 1)):
        clip(tmp_path, f"film-aaaaaaaa-00{k}.npz", fps, (frames + 0.5) / fps, **sound_of(frames / fps))
    clip(tmp_path, "film-00000000-000.npz", fps, 11.0)  # held out
    found = read(None, tmp_path, "train")
    assert len(found) == 2 and found.unused == ("film-aaaaaaaa-002.npz",)


def test_clips_of_one_video_and_clips_that_do_not_fit(tmp_path):
    clip(tmp_path, "film-aaaaaaaa-000.npz", 30.0)
    with pytest.raises(UserError, match="has 1 clips"):
        read(None, tmp_path, "train")
    clip(tmp_path, "film-aaaaaaaa-001.npz", 30.0, features=np.zeros((0, 0)), feature_names=np.zeros(0, "U1"))
    assert len(read(None, tmp_path, "train")) == 1
    with pytest.raises(UserError, match="no val dance"):
        read(None, tmp_path, "val")  # the last has no sound
    clip(tmp_path, "film-aaaaaaaa-001.npz", 30.0, feature_names=np.array(["a", "b", "c", "d"]))
    with pytest.raises(UserError, match="lacks 4 columns, onset_envelope"):
        read(None, tmp_path, "val")


def test_points_that_are_never_seen_are_where_the_others_are():
    sure = np.array([[1.0, 0.0], [1.0, 0.0]])
    places = np.array([[[1.0, 2.0], [9.0, 9.0]], [[3.0, 4.0], [9.0, 9.0]]])
    np.testing.assert_allclose(filled(places, sure)[:, 1], places[:, 0])
    assert not filled(places, 0 * sure).any()


# --- its parts -----------------------------------------------------------------------------------

def test_points_of_numbers_are_those_of_the_linear_codec(dances):
    config = dataclasses.replace(FLAT_IMAGE_CONFIGS["tiny"], latents=144)  # as many numbers as there are
    codec = ImageCodec(config).eval()
    some = torch.from_numpy(dances.draw(np.random.default_rng(0), 600, 8))
    codec.lead.fit(codec.lead.of_keypoints(some).numpy())
    shape = dataclasses.replace(FLAT_CONFIGS["tiny"], latents=144, styles=("gHO",), features=NAMES)
    whole = FlatWhole(shape)
    points = points_for(codec, whole)
    assert isinstance(points, FlatPoints)
    numbers = whole.body_numbers(codec.encode_points(some[:20])).detach()
    wanted = some[:20, ..., :2] * torch.tensor(PICTURE_M)
    assert float((points.of(numbers) - wanted).abs().max()) < 0.02
    off, true = points.errors(torch.zeros_like(numbers), numbers)
    torch.testing.assert_close(true + off, points.of(torch.zeros_like(numbers)))


def test_every_size_of_two_dimensions_fits_its_codec():
    for name, c in FLAT_CONFIGS.items():
        codec = FLAT_IMAGE_CONFIGS[name]
        assert (c.latents, c.heights) == (codec.latents, codec.heights), name
        assert c.details == 0 and c.numbers == c.image and DitConfig.from_dict(c.as_dict()) == c


# --- learning and dancing ------------------------------------------------------------------------

@pytest.fixture(scope="module")
def trained(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    threads = torch.get_num_threads()
    assert main(["train", "hotdance", "--flat", "--corpus", str(corpus.folder), "--config", "tiny",
                 "--threads", "1", "--out", str(folder)]) == 0
    torch.set_num_threads(threads)
    return folder


def test_it_learns(trained):
    codec, ear, dit = (log_of(trained, stage) for stage in ("image_codec", "ear", "dit"))
    assert codec["val bins"][-1] < 0.5 and codec["val wrongly seen"][-1] < 0.02
    assert dit["val t=0"][-1] < 1.0 and dit["val t=0.9"][-1] < 0.2 * dit["val t=0"][-1]
    assert len(ear["val unheard"]) and "val unheard t=0.5" in dit, "it is listened to while it learns"
    assert load_image_codec(trained).config.flat
    assert json.loads((trained / "dit.json").read_text())["corpus"]["segments"] == {"train": 8, "val": 4}


def test_it_goes_on_where_it_was(trained, corpus):
    before = {p.name: p.stat().st_mtime_ns for p in (trained / "coded").iterdir()}
    weights = (trained / "dit.safetensors").read_bytes()
    threads = torch.get_num_threads()
    train_flat(corpus, None, "tiny", trained, threads=1)
    torch.set_num_threads(threads)
    assert weights == (trained / "dit.safetensors").read_bytes()
    assert before == {p.name: p.stat().st_mtime_ns for p in (trained / "coded").iterdir()}, "coded once"


def test_it_dances_from_the_given_pose_to_the_end_of_the_music(trained):
    dancer = FlatDancer(trained)
    features, beats, _ = danced("gHO", 3, 11.0)
    pose = filmed(stance())
    made, again, other = (dancer.dance(features, beats, "gHO", pose, seed) for seed in (5, 5, 6))
    assert len(made) == len(features) and made.size == pose.size and made.fps == 30.0
    # a point that were in no column would have no place from which the next segment goes on
    assert made.confidence[1:].min() >= np.float32(FAINT) and (made.xy >= 0).all()
    assert (made.xy <= made.size).all()
    np.testing.assert_allclose(made.xy[0], pose.xy[0], atol=0.1)
    np.testing.assert_array_equal(made.xy, again.xy)
    assert not np.array_equal(made.xy, other.xy)
    assert len(dancer.dance(features, beats, "unknown", pose, 1)) == len(features)
    with pytest.raises(UserError, match="lacks 1 columns, loudness"):
        dancer.dance(dataclasses.replace(features, values=features.values[:, [0, 2, 3]],
                                         names=tuple(np.delete(features.names, 1))), beats, "gHO", pose, 1)


def test_it_learns_from_videos_alone_and_knows_no_style(tmp_path):
    for k in range(3):
        clip(tmp_path, f"film-{k:08d}-000.npz", 30.0, seconds=20.0)
    clip(tmp_path, "film-00000001-001.npz", 30.0, seconds=9.0)
    planned, threads = FLAT_SCHEDULES["tiny"], torch.get_num_threads()
    short = dataclasses.replace(planned, codec=dataclasses.replace(planned.codec, steps=2),
                                dit=dataclasses.replace(planned.dit, steps=2))
    unused = train_flat(None, tmp_path, "tiny", tmp_path / "w", schedule=short, threads=1)
    assert unused == ("film-00000001-001.npz",)
    torch.set_num_threads(threads)
    dancer = FlatDancer(tmp_path / "w")
    features, beats, _ = danced("gHO", 3, 6.0)
    assert dancer.styles == () and dancer.config.features == NAMES
    assert len(dancer.dance(features, beats, "gHO", filmed(stance()), 1)) == len(features)


def test_a_segment_goes_on_from_the_frames_of_the_one_before(trained):
    dancer = FlatDancer(trained)
    past = fd.shares(filmed(danced("gHO", 1, 2.0)[2]))[:16]
    clip = np.concatenate([past, np.repeat(past[:1], 80, 0)])
    with torch.inference_mode():
        made = dancer._segment(clip, 16, np.zeros((112, 4), np.float32), 0, torch.Generator().manual_seed(1))
    off = np.abs(made[:16] - past)[..., :2] * dancer.codec.config.bins
    assert off.mean() < 0.5 and off.max() < 2, "bins: as well as the codec can say them"


def test_the_evaluation_has_a_row_for_it_and_draws_it(trained, tmp_path, capsys, monkeypatch):
    corpus = corpus_in(tmp_path / "c", styles=("gHO",))
    index = json.loads((corpus.folder / "index.json").read_text())
    for row in index["pairs"][-2:]:
        row["split"] = "test"
    (corpus.folder / "index.json").write_text(json.dumps(index))
    assert main(["evaluate", "flat", "--corpus", str(corpus.folder), "--flat", str(trained), "--clips", "2",
                 "--seeds", "1", "--seconds", "6", "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "hotdance in 2D, other music" in said and "choreographer" not in said
    assert (tmp_path / "out" / "flat.png").stat().st_size > 1000


@pytest.mark.parametrize("name", ["a.mp4", "a.zip", "a"])
def test_the_command_paints_to_a_song(trained, tmp_path, capsys, name):
    song = written(tmp_path, 7.0)
    assert main(["paint", str(song), "--weights", str(trained), "--style", "House", "--seed", "3",
                 "--size", "256x384", "--out", str(tmp_path / name)]) == 0
    assert ": 210 frames at 30 a second, House, seed 3" in capsys.readouterr().out
    if name == "a.mp4":
        with av.open(str(tmp_path / name)) as film:
            assert (film.streams.video[0].width, film.streams.video[0].height) == (256, 384)
            assert len(film.streams.audio) == 1
            lit = [f.to_ndarray(format="rgb24").max() for f in film.decode(video=0)]
        assert len(lit) == 210 and min(lit) > 200, "somebody is seen in every frame"
        return
    files = zipfile.ZipFile(tmp_path / name).namelist() if name == "a.zip" else \
        sorted(p.name for p in (tmp_path / name).iterdir())
    assert files == [f"a_{t:012d}_keypoints.json" for t in range(210)]


@pytest.mark.parametrize("told, said", [
    (["--weights", "{}/none", "--out", "{}/a.zip"], "no folder of weights 'none'"),
    (["--weights", "{}", "--out", "{}"], "is there already"),
    (["--weights", "{}", "--size", "12x12", "--out", "{}/a.zip"], "12 x 12"),
])
def test_what_cannot_be_painted_is_said(told, said, tmp_path, capsys):
    assert main(["paint", "song.wav", *(t.format(tmp_path) for t in told)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("told, said", [
    (["train", "jepa", "--flat", "--out", "x"], "alone"),
    (["train", "hotdance", "--clips", "x", "--out", "x"], "alone"),
    (["train", "hotdance", "--flat"], "folder of their own"),
    (["train", "hotdance", "--flat", "--out", "assets/weights/hotdance"], "folder of their own"),
    (["train", "hotdance", "--flat", "--out", "{}"], "nothing to learn from"),
    (["train", "hotdance"], "corpus is needed"),
])
def test_the_command_says_what_is_missing(told, said, tmp_path, capsys):
    assert main([t.format(tmp_path) for t in told]) == 2
    assert said in capsys.readouterr().err
