"""HOT-dance: a tiny one really learns in seconds, and keeps the contract, with parts kept and ends given."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from learning import corpus_in, danced
from practice import stance

from dance_core.cli import main
from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.generators.base import Request
from dance_core.generators.hotdance.dit_ablations import ablate
from dance_core.generators.hotdance.dit_train import ABLATIONS
from dance_core.generators.hotdance.generator import HotDance
from dance_core.longform.dance import Dance, reference_error
from dance_core.motion import kinematics as kin
from dance_core.motion.motion import PARTS, Motion
from dance_core.settings import Settings


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_in(tmp_path_factory.mktemp("corpus") / "c")


@pytest.fixture(scope="module")
def trained(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    threads = torch.get_num_threads()
    assert main(["train", "hotdance", "--corpus", str(corpus.folder), "--config", "tiny", "--seed", "1",
                 "--threads", "1", "--out", str(folder)]) == 0
    torch.set_num_threads(threads)
    return folder


@pytest.fixture(scope="module")
def hotdance(trained: Path) -> HotDance:
    return HotDance(trained)


@pytest.fixture(scope="module")
def request_(hotdance: HotDance) -> Request:
    features, beats, _ = danced("gHO", 3, 11.0)
    return Request(features, beats, 0, 120, "gHO", stance(), seed=5)


def log_of(folder: Path, stage: str) -> dict[str, list[float]]:
    numbers: dict[str, list[float]] = {}
    with (folder / f"{stage}.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            numbers.setdefault(row["name"], []).append(float(row["value"]))
    return numbers


def same(a: Motion, b: Motion) -> bool:
    return all(np.array_equal(getattr(a, n), getattr(b, n)) for n in ("rotations", "translation", "face"))


def made(hotdance: HotDance, request: Request, **change: object) -> Motion:
    return hotdance.generate([replace(request, **change)])[0]


# --- learning ------------------------------------------------------------------------------------

def test_the_transformer_learns(trained: Path) -> None:
    numbers = log_of(trained, "dit")
    assert numbers["val t=0"][-1] < 0.9, "numbers have unit spread: 1 is what the mean would be off by"
    assert numbers["val t=0.9"][-1] < 0.8 * numbers["val t=0"][-1], "what is nearly clean tells more"


def test_the_command_says_what_the_codec_keeps(trained: Path) -> None:
    assert "| tiny |" in (trained / "image_codec.md").read_text()


def test_ablations_share_codec_and_segments(corpus: Corpus, trained: Path, tmp_path: Path) -> None:
    text = ablate(corpus, "tiny", tmp_path, weights=trained, steps=4, threads=1)
    assert text == (tmp_path / "dit.md").read_text()
    rows = [line.split(" | ")[0].strip("| ") for line in text.splitlines()[4:]]
    assert rows == ["whole", *ABLATIONS]
    for part in rows:
        assert (tmp_path / part / "image_codec.safetensors").read_bytes() == (
            trained / "image_codec.safetensors").read_bytes()
    assert len(list((tmp_path / "coded").iterdir())) == 2, "train and val, once"
    made = {part: HotDance(tmp_path / part).config for part in rows}
    assert made["caption-clock"].clock == "caption" and made["velocity"].target == "velocity"
    assert made["half-columns"].rows == 2 and made["whole"].rows == 4


# --- the contract ---------------------------------------------------------------------------------

def test_frame_0_is_the_reference_and_all_parts_are_made(hotdance: HotDance, request_: Request) -> None:
    motion = made(hotdance, request_)
    assert len(motion) == 120 and motion.parts == PARTS
    degrees, cm = reference_error(motion, request_.reference)
    assert degrees.max() < 0.1 and cm < 0.1
    for values in (motion.rotations[:, :22], motion.rotations[:, 25:], motion.face):
        assert np.abs(np.diff(values, axis=0)).max() > 1e-3


def test_same_request_same_bits_and_other_seeds_and_guidance_are_heard(hotdance: HotDance, request_: Request
                                                                       ) -> None:
    motion = made(hotdance, request_)
    assert same(motion, made(hotdance, request_))
    assert not same(motion, made(hotdance, request_, seed=6))
    assert not same(motion, made(hotdance, request_, guidance=3.0))
    together = hotdance.generate([replace(request_, seed=6), request_])
    assert same(together[1], motion), "whoever else is there"


def test_a_segment_goes_on_from_its_context(hotdance: HotDance, request_: Request) -> None:
    first = made(hotdance, request_)
    context = first.slice(120 - hotdance.needs.context_frames, 120)
    start = 120 - len(context)
    motion = made(hotdance, request_, start=start, stop=start + 100, context=context)
    assert len(motion) == 100 and same(motion.slice(0, len(context)), context)
    speed = np.linalg.norm(np.diff(kin.joints(motion, 22), axis=0), axis=-1).max(-1)
    assert speed[len(context) - 1] < 2.0 * np.percentile(speed, 99), "without a jump"


def test_a_segment_without_a_past_begins_by_itself(hotdance: HotDance, request_: Request) -> None:
    motion = made(hotdance, request_, start=60, stop=316)
    assert len(motion) == 256 and np.isfinite(motion.rotations).all()


@pytest.mark.parametrize("length", [24, 27, 30])
def test_a_segment_arrives_where_it_must(hotdance: HotDance, request_: Request, length: int) -> None:
    arrive = made(hotdance, request_, seed=9, start=130, stop=200).slice(0, length)
    motion = made(hotdance, request_, start=31, stop=131, arrive=arrive)
    assert np.array_equal(motion.rotations[-length:, 1:], arrive.rotations[:, 1:])
    assert np.array_equal(motion.face[-length:], arrive.face)
    heights = motion.translation[-length:, 1]
    assert np.allclose(heights, arrive.translation[:, 1], atol=1e-6), "turned and moved along the floor only"


@pytest.mark.parametrize("keep", [{"body"}, {"hands", "face"}, {"body", "face"}, {"hands"}])
def test_parts_that_are_kept_stay_bit_for_bit(hotdance: HotDance, request_: Request, keep: set[str]) -> None:
    given = made(hotdance, request_)
    motion = made(hotdance, request_, seed=8, keep=frozenset(keep), given=given)
    assert same(motion, motion.with_parts_of(given, frozenset(keep)))
    for part in PARTS - keep:
        assert not same(motion, motion.with_parts_of(given, frozenset({part}))), f"{part} made anew"


@pytest.mark.parametrize("waves", [False, True])
@pytest.mark.parametrize("keep", [frozenset(), frozenset({"body"})])
def test_whole_dances_by_both_schedules(hotdance: HotDance, keep: frozenset[str], waves: bool) -> None:
    features, beats, motion = danced("gLO", 2, 14.0)
    dance = Dance(features, beats, hotdance.needs, "gLO", stance(), Settings(segment_bars=2), 3, waves=waves,
                  keep=keep, given=motion if keep else None)
    assert len(dance.segments) >= 3
    while not dance.complete:
        asked = dance.ready()
        for (index, _), answer in zip(asked, hotdance.generate([r for _, r in asked]), strict=True):
            dance.accept(index, answer)
    whole = dance.motion()
    assert len(whole) == len(motion)
    if keep:
        assert np.array_equal(whole.rotations[:, :22], motion.rotations[:, :22])
        assert np.array_equal(whole.translation, motion.translation)
        assert not np.array_equal(whole.face, motion.face)
    elif waves:  # it goes on where a segment of the first wave ends, and arrives where the next begins
        assert {seam.method for seam in dance.seams()} == {"kept"}


def test_choosing_among_tries_takes_one_of_them(hotdance: HotDance, request_: Request) -> None:
    chooses = hotdance.with_sampling(tries=3)
    assert same(made(chooses, request_), made(chooses, request_))
    assert len(made(chooses, request_)) == 120
    assert chooses.without_choice().config.tries == 1


def test_a_style_that_was_not_learned_is_one_sentence(hotdance: HotDance, request_: Request) -> None:
    with pytest.raises(UserError, match="HOT-dance has no style 'gBR'; it has gHO, gLO"):
        made(hotdance, request_, style="gBR")


# --- verification ------------------------------------------------------------------------------------

def test_every_tensor_comes_from_the_files_and_choice_can_be_left_out(hotdance: HotDance) -> None:
    count, missing, left = hotdance.tensors()
    assert count > 60 and missing == () and left == ()
    assert hotdance.config.tries == 1 and hotdance.without_choice() is hotdance
