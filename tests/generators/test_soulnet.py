"""SoulNet: a tiny one really learns in seconds, and keeps the contract, with parts kept and ends given."""

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
from dance_core.generators.soulnet.generator import SoulNet
from dance_core.generators.soulnet.masked_ablations import ablate
from dance_core.generators.soulnet.masked_train import ABLATIONS, ALIGNMENT
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
    assert main(["train", "soulnet", "--corpus", str(corpus.folder), "--config", "tiny", "--seed", "1",
                 "--threads", "1", "--out", str(folder)]) == 0
    torch.set_num_threads(threads)
    return folder


@pytest.fixture(scope="module")
def soulnet(trained: Path) -> SoulNet:
    return SoulNet(trained)


@pytest.fixture(scope="module")
def request_(soulnet: SoulNet) -> Request:
    features, beats, _ = danced("gHO", 3, 9.0)
    return Request(features, beats, 0, 120, "gHO", stance(), seed=5)


def log_of(folder: Path, stage: str) -> dict[str, list[float]]:
    numbers: dict[str, list[float]] = {}
    with (folder / f"{stage}.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            numbers.setdefault(row["name"], []).append(float(row["value"]))
    return numbers


def same(a: Motion, b: Motion) -> bool:
    return all(np.array_equal(getattr(a, n), getattr(b, n)) for n in ("rotations", "translation", "face"))


def made(soulnet: SoulNet, request: Request, **change: object) -> Motion:
    return soulnet.generate([replace(request, **change)])[0]


# --- learning ------------------------------------------------------------------------------------

def test_both_transformers_learn(trained: Path) -> None:
    base, levels = log_of(trained, "base"), log_of(trained, "levels")
    guess = np.log(32)
    assert base["val all masked"][-1] < 0.9 * guess
    assert base["val half masked"][-1] < base["val all masked"][-1], "codes tell about codes"
    assert levels["val level 1"][-1] < 0.97 * guess
    assert base["alignment"] and np.isfinite(base["alignment"]).all()


# --- the contract ---------------------------------------------------------------------------------

def test_frame_0_is_the_reference_and_all_parts_are_made(soulnet: SoulNet, request_: Request) -> None:
    motion = made(soulnet, request_)
    assert len(motion) == 120 and motion.parts == PARTS
    degrees, cm = reference_error(motion, request_.reference)
    assert degrees.max() < 0.1 and cm < 0.1
    for values in (motion.rotations[:, :22], motion.rotations[:, 25:], motion.face):
        assert np.abs(np.diff(values, axis=0)).max() > 1e-3


def test_same_request_same_bits_and_other_seeds_and_guidance_are_heard(soulnet: SoulNet, request_: Request
                                                                       ) -> None:
    motion = made(soulnet, request_)
    assert same(motion, made(soulnet, request_))
    assert not same(motion, made(soulnet, request_, seed=6))
    assert not same(motion, made(soulnet, request_, guidance=3.0))
    together = soulnet.generate([replace(request_, seed=6), request_])
    assert same(together[1], motion), "whoever else is there"


def test_a_segment_goes_on_from_its_context(soulnet: SoulNet, request_: Request) -> None:
    first = made(soulnet, request_)
    context = first.slice(120 - soulnet.needs.context_frames, 120)
    start = 120 - len(context)
    motion = made(soulnet, request_, start=start, stop=start + 100, context=context)
    assert len(motion) == 100 and same(motion.slice(0, len(context)), context)
    speed = np.linalg.norm(np.diff(kin.joints(motion, 22), axis=0), axis=-1).max(-1)
    assert speed[len(context) - 1] < 2.0 * np.percentile(speed, 99), "without a jump"


def test_a_segment_without_a_past_begins_by_itself(soulnet: SoulNet, request_: Request) -> None:
    motion = made(soulnet, request_, start=60, stop=160)
    assert len(motion) == 100 and np.isfinite(motion.rotations).all()


@pytest.mark.parametrize("length", [24, 27, 30])
def test_a_segment_arrives_where_it_must(soulnet: SoulNet, request_: Request, length: int) -> None:
    arrive = made(soulnet, request_, seed=9, start=130, stop=200).slice(0, length)
    motion = made(soulnet, request_, start=31, stop=131, arrive=arrive)
    assert np.array_equal(motion.rotations[-length:, 1:], arrive.rotations[:, 1:])
    assert np.array_equal(motion.face[-length:], arrive.face)
    heights = motion.translation[-length:, 1]
    assert np.allclose(heights, arrive.translation[:, 1], atol=1e-6), "turned and moved along the floor only"


@pytest.mark.parametrize("keep", [{"body"}, {"hands", "face"}, {"body", "face"}, {"hands"}])
def test_parts_that_are_kept_stay_bit_for_bit(soulnet: SoulNet, request_: Request, keep: set[str]) -> None:
    given = made(soulnet, request_)
    motion = made(soulnet, request_, seed=8, keep=frozenset(keep), given=given)
    assert same(motion, motion.with_parts_of(given, frozenset(keep)))
    for part in PARTS - keep:
        assert not same(motion, motion.with_parts_of(given, frozenset({part}))), f"{part} made anew"


@pytest.mark.parametrize("waves", [False, True])
@pytest.mark.parametrize("keep", [frozenset(), frozenset({"body"})])
def test_whole_dances_by_both_schedules(soulnet: SoulNet, keep: frozenset[str], waves: bool) -> None:
    features, beats, motion = danced("gLO", 2, 14.0)
    dance = Dance(features, beats, soulnet.needs, "gLO", stance(), Settings(segment_bars=2), 3, waves=waves,
                  keep=keep, given=motion if keep else None)
    assert len(dance.segments) >= 3
    while not dance.complete:
        asked = dance.ready()
        for (index, _), answer in zip(asked, soulnet.generate([r for _, r in asked]), strict=True):
            dance.accept(index, answer)
    whole = dance.motion()
    assert len(whole) == len(motion)
    if keep:
        assert np.array_equal(whole.rotations[:, :22], motion.rotations[:, :22])
        assert np.array_equal(whole.translation, motion.translation)
        assert not np.array_equal(whole.face, motion.face)
    elif waves:  # it goes on where a segment of the first wave ends, and arrives where the next begins
        assert {seam.method for seam in dance.seams()} == {"kept"}


def test_a_style_that_was_not_learned_is_one_sentence(soulnet: SoulNet, request_: Request) -> None:
    with pytest.raises(UserError, match="SoulNet has no style 'gBR'; it has gHO, gLO"):
        made(soulnet, request_, style="gBR")


# --- verification ------------------------------------------------------------------------------------

def test_every_tensor_comes_from_the_files_and_choice_can_be_left_out(soulnet: SoulNet, request_: Request
                                                                      ) -> None:
    count, missing, left = soulnet.tensors()
    assert count > 100 and missing == () and left == ()
    plain = soulnet.without_choice()
    assert plain.config.tries == 1 and plain.without_choice() is plain
    assert len(made(plain, request_)) == 120


def test_ablations_share_codec_and_retrieval_module(corpus: Corpus, trained: Path, tmp_path: Path) -> None:
    text = ablate(corpus, "tiny", tmp_path, weights=trained, steps=10, threads=1)
    assert text == (tmp_path / "masked.md").read_text()
    rows = [line.split(" | ")[0].strip("| ") for line in text.splitlines()[4:]]
    assert rows == ["whole", *ABLATIONS]
    for part in rows:
        assert (tmp_path / part / "codec.safetensors").read_bytes() == (
            trained / "codec.safetensors").read_bytes()
    made = {part: SoulNet(tmp_path / part).config for part in rows}
    assert made["alignment"].alignment == ALIGNMENT and made["no-vectors"].vector == 0
    assert made["whole"].moments and not made["no-music"].moments
